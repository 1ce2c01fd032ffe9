//! Text that comes from the server is never markup: it is shown as it is, on every screen, and spoils nothing around it.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use serde_json::{Value, json};
use window_tests::tour::{sign_in_tour, tour};
use window_tests::{Company, Engine, Failure, Played, Stage, Window};

/// The registers' names: what would run, what would leave an attribute, what turns its surroundings round.
const FIRST: &str = r#"<img src=x onerror="window.owned=1">"#;
const SECOND: &str = r#""><svg onload="window.owned=1"></svg><script>window.owned=1</script>"#;
const TURNED: &str = "\u{202e}Касса 3";
/// Without a place to break it.
const LONG: &str =
    "НеоченьДлинноеНоСовсемНеразрывноеНазваниеКассыКотороеНеПомещаетсяНиВОднуСтрокуТаблицы";
const CASHIER: &str = "<script>window.owned=1</script>";
/// Whatever else the server names: the company, its street, its sections. The answers to a Z are the tour's to spoil.
const REST: &str = "GET .* * write:markup";
/// What of it is added to each of those names.
const ADDED: &str = r#"<img src=x onerror="window.owned=1">"#;

/// Every element that runs something or is none of the page's own, and how much wider than the window the page is.
const WRONG: &str = "const own = (element) => [...element.attributes].some(({ name }) => name.startsWith('on'))\
        || element.matches('script:not(head > script), iframe, object, embed, img:not([src=\"mark.svg\"]), style:not(svg style), base, meta:not(head > meta)');\
    const wrong = [...document.querySelectorAll('*')].filter(own).map((element) => element.outerHTML.slice(0, 200));\
    if (window.owned !== undefined) wrong.push('a name was run');\
    const over = document.documentElement.scrollWidth - innerWidth;\
    if (over > 0) wrong.push(`the page is ${over} px wider than the window`);\
    return wrong";
/// The page's words and its papers', without spaces: a name may be broken in lines anywhere.
const SAID: &str = "return document.body.textContent.replace(/\\s+/g, '')";

/// The screens on which the name of the first register stands, that of the second, and what is added to all other names.
fn names_on(place: &str) -> &'static [&'static str] {
    match place {
        "board" | "board-cards" => &[FIRST, SECOND, LONG, ADDED],
        "board-picked" | "bulk-confirm" | "palette" => &[FIRST],
        "register-closed" | "register-open" | "open-confirm" => &[FIRST],
        "close-1-check" => &[FIRST, CASHIER],
        "close-2-count" | "close-3-confirm" => &[FIRST],
        "report-sections" | "report-z" | "archive" => &[FIRST, ADDED],
        "archive-continuity" | "journal" | "operation" | "analytics" | "settings" => &[FIRST],
        "close-unknown" | "register-unknown" | "board-unknown" | "journal-unknown" => &[SECOND],
        _ => &[],
    }
}

async fn look(window: &Window, place: &str, found: &mut Vec<String>) -> Played<()> {
    let wrong = window.ask(WRONG).await?;
    for line in wrong.as_array().into_iter().flatten() {
        found.push(format!("{place}: {}", line.as_str().unwrap_or("?")));
    }
    let said = window.ask(SAID).await?;
    let said = said.as_str().unwrap_or_default();
    for name in names_on(place) {
        let bare: String = name.split_whitespace().collect();
        if !said.contains(&bare) {
            found.push(format!("{place} does not show {name}: {said}"));
        }
    }
    Ok(())
}

/// A company of which everything has such a name.
fn name(world: &mut Value) {
    for (place, name) in [FIRST, SECOND, TURNED, LONG].into_iter().enumerate() {
        world["kkms"][place]["name"] = json!(name);
    }
    world["users"][0]["name"] = json!(CASHIER);
}

async fn what_the_server_names_is_shown_as_it_is_on_every_screen(engine: Engine) {
    let stage = Stage::set(engine, None).await.unwrap();
    let always = ["--blocked-register", "--fault", REST];
    let mut company = Company::start(stage.folder(), &always).unwrap();
    company.change(name).unwrap();
    let window = stage.open(&[]).await.unwrap();
    let (mut found, mut places) = (Vec::new(), Vec::new());
    let mut visit = async |window: &Window, place: &str| -> Played<()> {
        places.push(place.to_owned());
        look(window, place, &mut found).await
    };
    sign_in_tour(&window, &company, &mut visit).await.unwrap();
    turned(&window).await.unwrap();
    if let Err(failure) = tour(&window, &mut company, &mut visit).await {
        panic!("after {:?}: {failure}", places.last());
    }
    window.close().await.unwrap();
    assert!(places.len() > 25, "{places:?}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A name that turns round what comes after it does so with itself alone: the question ends with its own mark.
async fn turned(window: &Window) -> Played<()> {
    window.click("register-77507").await?;
    window.click("open-shift").await?;
    window.see("confirm").await?;
    let last = "const words = document.querySelector('#confirm-title').firstChild;\
        const at = (from) => { const range = document.createRange(); range.setStart(words, from); range.setEnd(words, from + 1); return range.getBoundingClientRect(); };\
        const end = words.data.length - 1;\
        const lefts = Array.from({ length: end }, (_, from) => at(from)).filter(({ width }) => width > 0).map(({ left }) => left);\
        return [words.data, at(end).left > Math.max(...lefts)]";
    let last = window.ask(last).await?;
    if last[1] != true {
        return Err(Failure::Page(format!("{} is turned round", last[0])));
    }
    window
        .ask("document.querySelector('dialog[open]').close()")
        .await?;
    Ok(())
}

window_tests::in_both_engines!(what_the_server_names_is_shown_as_it_is_on_every_screen,);
