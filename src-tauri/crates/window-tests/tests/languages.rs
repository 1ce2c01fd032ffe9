//! Every screen and dialog speaks the language that was chosen, and takes another one at once.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use window_tests::catalogue::Foreign;
use window_tests::tour::{self, sign_in_tour, speak, speak_at_the_door, words};
use window_tests::{Company, Engine, Played, Stage, Window};

/// What else the server calls things: its sections, its registers' street, why it refuses a password; and what the
/// languages call themselves.
const NAMES: [&str; 7] = [
    "НДС 16%",
    "Без НДС",
    "Алматы, пр. Абая,",
    "неверный логин или пароль",
    "Русский",
    "Қазақ тілі",
    "English",
];

/// Whatever is shown in the server's own words: its registers and people, as its world has them.
fn data(company: &Company) -> Vec<String> {
    let world: Value = serde_json::from_slice(&fs::read(company.world()).unwrap()).unwrap();
    let named = |list: &str| world[list].as_array().unwrap().clone();
    let all = named("kkms").into_iter().chain(named("users"));
    let names = all.map(|each| each["name"].as_str().unwrap().to_owned());
    names.chain(NAMES.map(str::to_owned)).collect()
}

/// What is shown at a place in words that are not right there.
async fn listen(
    window: &Window,
    foreign: &Foreign,
    place: &str,
    found: &mut BTreeSet<String>,
) -> Played<()> {
    for shown in words(window).await? {
        if let Some(wrong) = foreign.finds(&shown) {
            found.insert(format!("{place}: {wrong}"));
        }
    }
    Ok(())
}

async fn every_screen_speaks(engine: Engine, language: &str) {
    let stage = Stage::set(engine, None).await.unwrap();
    let mut company = Company::start(stage.folder(), &["--blocked-register"]).unwrap();
    let data = data(&company);
    let foreign = Foreign::new(language, "ru", data.clone()).unwrap();
    let window = stage.open(&[]).await.unwrap();
    let mut found = BTreeSet::new();
    let mut visit =
        async |window: &Window, place: &str| listen(window, &foreign, place, &mut found).await;

    window.see("sign-in").await.unwrap();
    speak_at_the_door(&window, language).await.unwrap();
    sign_in_tour(&window, &company, &mut visit).await.unwrap();
    speak(&window, "ru").await.unwrap();
    speak(&window, language).await.unwrap();
    visit(&window, "settings, at once").await.unwrap();
    tour::tour(&window, &mut company, &mut visit).await.unwrap();

    let back = Foreign::new("ru", language, data).unwrap();
    speak(&window, "ru").await.unwrap();
    listen(&window, &back, "settings, back in Russian", &mut found)
        .await
        .unwrap();
    window.close().await.unwrap();
    let found: Vec<_> = found.into_iter().collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

async fn every_screen_speaks_kazakh(engine: Engine) {
    every_screen_speaks(engine, "kk").await;
}

async fn every_screen_speaks_english(engine: Engine) {
    every_screen_speaks(engine, "en").await;
}

window_tests::in_both_engines!(every_screen_speaks_kazakh, every_screen_speaks_english);
