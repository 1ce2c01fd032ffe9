//! Every screen and dialog of the page, one after another, for whoever looks at them all: pictures, contrast, words, markup.

use serde_json::{Value, json};

use crate::company::Company;
use crate::day::{REASON, close_uncounted, short_by_500, sign_in};
use crate::failure::{Failure, Played};
use crate::till::PASSWORD;
use crate::window::Window;

/// A Z that is done without anybody hearing of it.
const UNHEARD: &str = r"POST /shifts/\d+/z 1+ truncate";
const FIRST: &str = "register-77505";
const NAME: &str = "[data-test='register-77505'] th a";
const SECOND: &str = "register-77506";
/// As the page listens to it, on every system.
const FIND: &str = "dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true }))";
const SHUT: &str = "document.querySelector('dialog[open]')?.close()";

/// Sign-in, refused and then not.
pub async fn sign_in_tour(
    window: &Window,
    company: &Company,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    window.see("sign-in").await?;
    visit(window, "sign-in").await?;
    sign_in(window, company.url(), "wrong").await?;
    window.see("error").await?;
    visit(window, "sign-in-refused").await?;
    sign_in(window, company.url(), PASSWORD).await?;
    window.see(FIRST).await?;
    Ok(())
}

/// Everything behind sign-in. It opens and closes shifts, and ends with an unknown outcome and without a link.
pub async fn tour(
    window: &Window,
    company: &mut Company,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    board(window, visit).await?;
    register(window, visit).await?;
    closing(window, visit).await?;
    archive(window, visit).await?;
    journal(window, visit).await?;
    window.go("#/analytics").await?;
    window.see("analytics").await?;
    window.settled().await?;
    visit(window, "analytics").await?;
    window.go("#/settings").await?;
    window.see("setting-language").await?;
    window.settled().await?;
    visit(window, "settings").await?;
    window.ask(FIND).await?;
    window.see("palette").await?;
    visit(window, "palette").await?;
    window.fill("[data-test='palette-field']", "1").await?;
    visit(window, "palette-found").await?;
    window.ask(SHUT).await?;
    unknown(window, company, visit).await?;
    without_link(window, company, visit).await
}

async fn board(
    window: &Window,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    window.go("#/registers").await?;
    window.see(FIRST).await?;
    window.settled().await?;
    visit(window, "board").await?;
    window.click("look-cards").await?;
    visit(window, "board-cards").await?;
    window.click("look-table").await?;
    window.fill("[data-test='search']", "яяя").await?;
    visit(window, "board-nothing-found").await?;
    // Typed and taken back: the field is empty, and the page has heard of it.
    window.fill("[data-test='search']", "я\u{e003}").await?;
    window.see(FIRST).await?;
    Ok(())
}

async fn register(
    window: &Window,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    window.click(FIRST).await?;
    window.see("open-shift").await?;
    window.settled().await?;
    visit(window, "register-closed").await?;
    window.click("open-shift").await?;
    window.see("confirm").await?;
    visit(window, "open-confirm").await?;
    window.click("confirm-yes").await?;
    window.see("close-shift").await?;
    window.settled().await?;
    visit(window, "register-open").await?;
    window.click("section-report").await?;
    window.see_css("[data-test='paper'] svg").await?;
    visit(window, "report-sections").await?;
    window.go("#/registers").await?;
    window.see(FIRST).await?;
    window.ask("for (const box of document.querySelectorAll(\"[data-test='pick-77505'], [data-test='pick-77506']\")) box.click()").await?;
    window.see("picked").await?;
    visit(window, "board-picked").await?;
    window.click("bulk-z").await?;
    window.see("confirm").await?;
    visit(window, "bulk-confirm").await?;
    window.ask(SHUT).await?;
    Ok(())
}

/// Counts what is there and a little less, and says why.
async fn closing(
    window: &Window,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    window.click(FIRST).await?;
    window.click("close-shift").await?;
    window.see("checklist").await?;
    visit(window, "close-1-check").await?;
    window.click("close-next").await?;
    window.see("expected").await?;
    visit(window, "close-2-count").await?;
    let counted = short_by_500(&window.text("expected").await?)?;
    window.fill("[data-test='counted']", &counted).await?;
    // In the language that is listened for.
    let reason = match window
        .ask("return document.documentElement.lang")
        .await?
        .as_str()
    {
        Some("kk") => "Ұсақ ақша сейфте",
        Some("en") => "Change is in the safe",
        _ => REASON,
    };
    window.fill("[data-test='reason']", reason).await?;
    visit(window, "close-2-short").await?;
    window.click("close-next").await?;
    window.see("close-confirm").await?;
    window.settled().await?;
    visit(window, "close-3-confirm").await?;
    window.click("close-confirm").await?;
    window.see("show-report").await?;
    visit(window, "close-4-closed").await?;
    window.click("show-report").await?;
    window.see_css("[data-test='paper'] svg").await?;
    window.settled().await?;
    visit(window, "report-z").await
}

async fn archive(
    window: &Window,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    window.go("#/archive").await?;
    window.see("report-line").await?;
    let focus =
        "document.querySelector(\"[data-test='archive'] [data-test='report-line']\").focus()";
    window.ask(focus).await?;
    window.settled().await?;
    visit(window, "archive").await?;
    window.fill("[data-test='archive-search']", "яяя").await?;
    window.click("clear-filters").await?;
    window.see("report-line").await?;
    for name in ["continuity", "verify"] {
        window.click(name).await?;
        window.see(&format!("{name}-dialog")).await?;
        window.settled().await?;
        visit(window, &format!("archive-{name}")).await?;
        window.ask(SHUT).await?;
    }
    Ok(())
}

async fn journal(
    window: &Window,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    window.go("#/journal").await?;
    window.see("operation-line").await?;
    window.settled().await?;
    visit(window, "journal").await?;
    // A row is a place to press for a pointer, but not for WebKit's driver.
    window.click_css("[data-test='operation-line'] a").await?;
    window.see("operation").await?;
    window.click("exchange").await?;
    window.see("operation-answer").await?;
    visit(window, "operation").await?;
    window.ask(SHUT).await?;
    Ok(())
}

async fn unknown(
    window: &Window,
    company: &mut Company,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    company.run(&["--fault", UNHEARD])?;
    window.go("#/registers").await?;
    window.click(SECOND).await?;
    window.click("open-shift").await?;
    window.click("confirm-yes").await?;
    close_uncounted(window).await?;
    window
        .see_css("[data-test='close-dialog'] [data-code='unknown-outcome']")
        .await?;
    visit(window, "close-unknown").await?;
    window.click("close-finish").await?;
    window.see("recover").await?;
    window.settled().await?;
    visit(window, "register-unknown").await?;
    window.go("#/registers").await?;
    window.see("unresolved-panel").await?;
    window.settled().await?;
    visit(window, "board-unknown").await?;
    window.go("#/journal").await?;
    window.see("recover").await?;
    visit(window, "journal-unknown").await
}

async fn without_link(
    window: &Window,
    company: &mut Company,
    visit: &mut impl AsyncFnMut(&Window, &str) -> Played<()>,
) -> Played<()> {
    company.stop();
    window.go("#/registers").await?;
    window.click("refresh").await?;
    window.see("error").await?;
    window.settled().await?;
    visit(window, "board-without-link").await?;
    // In the middle of a row that cannot be read one is told why.
    window.click_css(NAME).await?;
    window.see("register").await?;
    window.settled().await?;
    visit(window, "register-without-link").await?;
    window.go("#/report/999999").await?;
    window.see("error").await?;
    visit(window, "report-not-there").await
}

/// Sets the language where a person does; the window is drawn anew without a restart.
pub async fn speak(window: &Window, language: &str) -> Played<()> {
    window.go("#/settings").await?;
    choose(window, "setting-language", language).await
}

/// The same before anybody is signed in.
pub async fn speak_at_the_door(window: &Window, language: &str) -> Played<()> {
    choose(window, "sign-in-language", language).await
}

async fn choose(window: &Window, list: &str, language: &str) -> Played<()> {
    window
        .choose(&format!("[data-test='{list}']"), language)
        .await?;
    let began = std::time::Instant::now();
    loop {
        let spoken = window.ask("return document.documentElement.lang").await?;
        if spoken == language {
            return window.settled().await;
        }
        if began.elapsed().as_secs() > 10 {
            return Err(Failure::Page(format!("the page speaks {spoken}")));
        }
        window.settled().await?;
    }
}

/// Whatever the page says in words at this moment: texts, titles, labels, hints, options.
pub async fn words(window: &Window) -> Played<Vec<String>> {
    let said = window.ask_with(WORDS, vec![json!(null)]).await?;
    let said = said.as_array().into_iter().flatten();
    Ok(said.filter_map(Value::as_str).map(str::to_owned).collect())
}

const WORDS: &str = "const said = new Set([document.title]);\
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);\
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {\
        if (!node.parentElement.closest('svg.paper, [data-test=paper], pre')) said.add(node.data.trim());\
    }\
    for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description', 'aria-roledescription', 'label'])\
        for (const element of document.querySelectorAll(`[${name}]`)) said.add(element.getAttribute(name).trim());\
    return [...said].filter(Boolean);";
