//! The page as installers carry it: its modules in one file, its styles in another, neither with comments nor with long names.
//! What is developed and tested is the page as it is written; only what leaves the house is packed, by esbuild.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place;
use crate::process::{Done, Stop, command, show};
use crate::setup;

/// What of a page counts as code and styles; its texts do not.
const CODE: [&str; 3] = ["js", "css", "html"];
/// A packed page's code and styles stay below so many bytes.
const MOST: u64 = 150_000;
/// Below the page's folder; no part of what a person's computer reads as code.
const NO_CODE: [&str; 3] = ["text", "types", "node_modules"];

/// Packs the page; returns its folder. Its languages stay files of their own, of which one is read at a time, and the reports'
/// letters come from the program itself.
pub(crate) fn pack() -> Done<PathBuf> {
    let (page, packed) = (place::root().join("ui"), place::target().join("page"));
    if packed.exists() {
        fs::remove_dir_all(&packed)?;
    }
    let outside = ["./text/*", "paper:*", "http:*"].map(|what| format!("--external:{what}"));
    let mut code = esbuild(&page, &packed);
    code.args(["--bundle", "--format=esm"]).args(outside);
    show(code.args(["app.js", "style.css"]))?;
    let mut texts = esbuild(&page, &packed.join("text"));
    for text in fs::read_dir(page.join("text"))? {
        texts.arg(text?.path());
    }
    show(&mut texts)?;
    for whole in ["index.html", "mark.svg"] {
        fs::copy(page.join(whole), packed.join(whole))?;
    }
    Ok(packed)
}

/// Packs it and sees that it is small: what has to be read before a cheap computer shows anything stays within bounds.
pub(crate) fn check_size() -> Done {
    let bytes = size(&pack()?)?;
    println!("{bytes} bytes of code and styles");
    if bytes < MOST {
        return Ok(());
    }
    Err(Stop(format!("above {MOST}")))
}

/// The configuration that has the packed page embedded, a field of Tauri's.
pub(crate) fn embedded(packed: &Path) -> String {
    // As a path of the configuration's own folder: with a drive's letter it would be taken for an address.
    let path = match packed.strip_prefix(place::root()) {
        Ok(below) => Path::new("..").join(below),
        Err(_) => packed.to_path_buf(),
    };
    let path = path.to_string_lossy().replace('\\', "/");
    format!(r#""build":{{"frontendDist":"{path}"}}"#)
}

/// Bytes of a page's code and styles, unpacked.
pub(crate) fn size(folder: &Path) -> Done<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            let skipped = NO_CODE.iter().any(|other| name == *other);
            sum += if skipped { 0 } else { size(&path)? };
        } else if path
            .extension()
            .is_some_and(|end| CODE.iter().any(|code| end == *code))
        {
            sum += entry.metadata()?.len();
        }
    }
    Ok(sum)
}

/// The tool, without its files; a script for node.
fn esbuild(page: &Path, into: &Path) -> Command {
    let tool = setup::page_tools().join("node_modules/esbuild/bin/esbuild");
    let mut pack = command("node", &[&tool.to_string_lossy()]);
    pack.args(["--minify", "--charset=utf8", "--log-level=warning"]);
    pack.arg(format!("--outdir={}", into.to_string_lossy()));
    pack.current_dir(page);
    pack
}
