//! What the page takes for a click, and how smoothly a board of a thousand registers scrolls.

use std::io::Write;

use serde_json::{Value, json};
use window_tests::{Engine, Failure, Played, Shop, Window};

use super::middle_and_most;

/// With the training company's own three: a thousand.
const MORE: &str = "997";
/// How often each click is made.
const ROUNDS: usize = 5;

/// Clicks in the order in which a person can make them, on the board of a thousand: what to press, and what must be there
/// before the next.
const CLICKS: [(&str, &str); 20] = [
    ("[data-test='place-archive']", "[data-test='archive']"),
    ("[data-test='place-journal']", "[data-test='journal']"),
    ("[data-test='place-analytics']", "[data-test='analytics']"),
    (
        "[data-test='place-settings']",
        "[data-test='setting-language']",
    ),
    (
        ".settings-list a:last-child",
        "[data-test='setting-language']",
    ),
    ("[data-test='place-registers']", ROW),
    ("[data-test='look-cards']", ROW),
    ("[data-test='look-table']", ROW),
    ("[data-test='filter-open']", "[data-test='board']"),
    ("[data-test='filter-all']", ROW),
    ("[data-test='sort-cash']", ROW),
    ("[data-test='sort-name']", ROW),
    ("[data-test='pick-all']", "[data-test='picked']"),
    ("[data-test='bulk-x']", "[data-test='confirm']"),
    ("[data-test='pick-all']", ROW),
    ("[data-test='palette-open']", "[data-test='palette-field']"),
    (".menu summary", ".menu[open]"),
    (".menu summary", ".menu:not([open])"),
    (ROW, "[data-test='register']"),
    ("[data-test='back']", ROW),
];
const ROW: &str = "[data-test='board'] tbody tr";

/// From the press to the end of the frame that shows its first answer, whole microseconds: that of `bulk-x` is that the board is
/// being read; the question comes after. A message of a channel would do as well in Chromium; in WebKit it goes over another
/// process, and comes when the next frame has begun.
const CLICK: &str = "const [name, done] = arguments;\
    const element = [...document.querySelectorAll(name)].find((each) => each.checkVisibility());\
    if (!element) return done(null);\
    const began = performance.now();\
    element.click();\
    requestAnimationFrame(() => setTimeout(() => done(Math.round((performance.now() - began) * 1000))));";

/// What a click opened over the page goes again.
const SHUT: &str = "document.querySelector('dialog[open]')?.close()";

/// Scrolls over the whole height, a little in each frame, and tells how long each frame took, whole microseconds.
const SCROLL: &str = "const done = arguments[arguments.length - 1];\
    const frames = []; let before = null;\
    const step = (now) => {\
        if (before !== null) frames.push(Math.round((now - before) * 1000));\
        before = now;\
        const top = scrollY; scrollBy({ top: 160, behavior: 'instant' });\
        if (scrollY === top) done(frames); else requestAnimationFrame(step);\
    };\
    scrollTo({ top: 0, behavior: 'instant' }); requestAnimationFrame(step);";
/// The same height with nothing on it.
const BARE: &str = "const height = document.documentElement.scrollHeight;\
    document.body.replaceChildren(); document.body.style.height = `${height}px`;";

/// Prints a table of the clicks and a line about the scrolling.
pub(super) async fn measure(engine: Engine, out: &mut impl Write) -> Played<()> {
    let shop = Shop::open(engine, &["--more-registers", MORE]).await?;
    let window = &shop.window;
    window.settled().await?;
    writeln!(
        out,
        "\n{engine:?}: a board of 1 000 registers, ms; the middle of {ROUNDS}, and the longest"
    )?;
    let mut taken: Vec<Vec<u64>> = vec![Vec::new(); CLICKS.len()];
    for _ in 0..ROUNDS {
        for ((press, next), taken) in CLICKS.iter().zip(&mut taken) {
            let micros = click(window, press).await?;
            taken.push(micros);
            window.see_css(next).await?;
            window.settled().await?;
            window.ask(SHUT).await?;
        }
    }
    for ((press, _), taken) in CLICKS.iter().zip(taken) {
        let (middle, most) = middle_and_most(taken);
        let late = if most > 50_000 { "  above 50" } else { "" };
        writeln!(
            out,
            "{press:<34}{:>16}{:>16}{late}",
            millis(middle),
            millis(most)
        )?;
    }
    let ours = scroll(window).await?;
    window.ask(BARE).await?;
    let bare = scroll(window).await?;
    for (what, frames) in [
        ("scrolling all of it", ours),
        ("the same height, empty", bare),
    ] {
        writeln!(out, "{what:<34}{}", told(frames))?;
    }
    shop.window.close().await
}

async fn click(window: &Window, name: &str) -> Played<u64> {
    let done = window.client().execute_async(CLICK, vec![json!(name)]);
    let taken = done.await?.as_u64();
    taken.ok_or_else(|| Failure::Page(format!("{name} is not there to be pressed")))
}

async fn scroll(window: &Window) -> Played<Vec<u64>> {
    let frames = window.try_out("scrolling", SCROLL).await?;
    let frames = frames.as_array().into_iter().flatten();
    Ok(frames.filter_map(Value::as_u64).collect())
}

fn millis(micros: u64) -> String {
    format!("{}.{}", micros / 1000, micros % 1000 / 100)
}

/// `59 frames a second; a frame 16.7 ms (longest 20.1), 3 of 500 late`: late is what misses the next frame of 60 a second.
fn told(frames: Vec<u64>) -> String {
    let count = u64::try_from(frames.len()).unwrap_or(u64::MAX);
    let sum: u64 = frames.iter().sum();
    let late = frames.iter().filter(|frame| **frame > 25_000).count();
    let a_second = count * 1_000_000 / sum.max(1);
    let (middle, most) = middle_and_most(frames);
    format!(
        "{a_second} frames a second; a frame {} ms (longest {}), {late} of {count} late",
        millis(middle),
        millis(most)
    )
}
