//! The demonstration itself.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use window_tests::{Engine, Paper, Played, Stage, play_day};

pub(super) async fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: demo FOLDER");
        return ExitCode::from(2);
    };
    match demonstrate(&folder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn demonstrate(folder: &Path) -> Played<()> {
    fs::create_dir_all(folder)?;
    let stage = Stage::set(Engine::WebKit, Some(folder)).await?;
    let window = stage.open(&[]).await?;
    let day = match play_day(&window).await {
        Ok(day) => day,
        Err(failure) => {
            eprintln!("{}", stage.log());
            return Err(failure);
        }
    };
    window.close().await?;
    for paper in [&day.x, &day.sections, &day.z] {
        keep(paper, folder)?;
    }
    let mut left: Vec<_> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    left.sort();
    for path in left {
        println!("{}", path.display());
    }
    Ok(())
}

fn keep(paper: &Paper, folder: &Path) -> Played<()> {
    if let Some(name) = paper.path.file_name() {
        fs::copy(&paper.path, folder.join(name))?;
    }
    Ok(())
}
