//! Every screen is as WCAG 2.2 AA wants it, as far as axe-core can see: light and dark.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::fs;

use window_tests::tour::{sign_in_tour, tour};
use window_tests::{Company, Engine, Look, Played, Stage, Window, program};

/// What axe finds wrong: a line for each element.
const AXE: &str = "const done = arguments[arguments.length - 1];\
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })\
        .then(({ violations }) => done(violations.flatMap(({ id, help, nodes }) => nodes.map((node) =>\
            `${id} (${help}): ${node.target.join(' ')}: ${node.any.map((each) => each.message).join('; ')}`))),\
        (failed) => done([String(failed)]));";

/// Looks at what is shown; the page keeps the script.
async fn look(window: &Window, axe: &str, place: &str, found: &mut Vec<String>) -> Played<()> {
    if window.ask("return typeof axe").await? == "undefined" {
        // The policy refuses what a script of the page would evaluate, so it comes as a script of the driver's.
        window.client().execute(axe, Vec::new()).await?;
    }
    let wrong = window.try_out(place, AXE).await?;
    for line in wrong.as_array().into_iter().flatten() {
        found.push(format!("{place}: {}", line.as_str().unwrap_or("?")));
    }
    Ok(())
}

async fn no_screen_breaks_a_rule_of_wcag(engine: Engine) {
    let axe = fs::read_to_string(program::axe().unwrap()).unwrap();
    let stage = Stage::set(engine, None).await.unwrap();
    let mut company = Company::start(stage.folder(), &["--blocked-register"]).unwrap();
    let window = stage.open(&[]).await.unwrap();
    let mut found = Vec::new();
    let mut visit = async |window: &Window, place: &str| -> Played<()> {
        look(window, &axe, place, &mut found).await?;
        if engine == Engine::Chromium {
            window.look(Look::default().dark()).await?;
            look(window, &axe, &format!("{place}, dark"), &mut found).await?;
            window.look(Look::default()).await?;
        }
        Ok(())
    };
    sign_in_tour(&window, &company, &mut visit).await.unwrap();
    tour(&window, &mut company, &mut visit).await.unwrap();
    window.close().await.unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

window_tests::in_both_engines!(no_screen_breaks_a_rule_of_wcag);
