//! The walk with the camera, and the page that shows what it took.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use serde_json::json;
use window_tests::tour::{sign_in_tour, tour};
use window_tests::{Company, Engine, Look, Played, Stage, Window};

/// Days of work that lie behind: enough for the archive, the journal and the charts.
const DAYS: i64 = 16;
/// Registers besides the training company's own: a chain's board.
const MORE: &str = "9";

/// The looks, by the folder that their pictures are in.
fn looks() -> [(&'static str, Look); 4] {
    let light = Look::default();
    [
        ("light-100", light),
        ("dark-100", light.dark()),
        ("light-200", light.twice()),
        ("dark-200", light.dark().twice()),
    ]
}

pub(super) async fn main() -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let [folder, language] = &given[..] else {
        eprintln!("usage: screenshots FOLDER ru|kk|en");
        return ExitCode::from(2);
    };
    let folder = PathBuf::from(folder);
    match take(&folder, language).await {
        Ok(places) => {
            println!("{} screens in {} looks", places.len(), looks().len());
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn take(folder: &Path, language: &str) -> Played<Vec<String>> {
    for (look, _) in looks() {
        fs::create_dir_all(folder.join(look))?;
    }
    let stage = Stage::set(Engine::Chromium, Some(folder)).await?;
    let always = ["--blocked-register", "--more-registers", MORE];
    let mut company = Company::start(stage.folder(), &always)?;
    // The days are another window's: whoever comes now signs in anew and finds what they left.
    let earlier = stage.open(&[]).await?;
    earlier.see("sign-in").await?;
    company.play_days(&earlier, DAYS).await?;
    let set = json!({ "name": "language", "value": language });
    earlier.call("set_setting", set).await?;
    earlier.close().await?;
    let window = stage.open(&[]).await?;

    let mut places: Vec<String> = Vec::new();
    let mut visit = async |window: &Window, place: &str| -> Played<()> {
        for (name, look) in looks() {
            window.look(look).await?;
            window.picture(&format!("{name}/{place}")).await?;
        }
        window.look(Look::default()).await?;
        places.push(place.to_owned());
        Ok(())
    };
    sign_in_tour(&window, &company, &mut visit).await?;
    tour(&window, &mut company, &mut visit).await?;
    window.close().await?;
    fs::write(folder.join("index.html"), index(&places))?;
    Ok(places)
}

/// A page that shows every screen in its looks side by side.
fn index(places: &[String]) -> String {
    let mut page = String::from(
        "<!doctype html><meta charset=\"utf-8\"><title>Smena: the screens</title>\
         <style>body{font:15px system-ui;margin:24px}img{width:100%;border:1px solid #8888}\
         section{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;align-items:start}</style>\n",
    );
    for place in places {
        let _ = writeln!(page, "<h2>{place}</h2><section>");
        for (look, _) in looks() {
            let _ = writeln!(
                page,
                "<a href=\"{look}/{place}.png\"><img src=\"{look}/{place}.png\" alt=\"{place}, {look}\"></a>"
            );
        }
        page.push_str("</section>\n");
    }
    page
}
