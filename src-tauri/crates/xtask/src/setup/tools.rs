//! Tools that come from package registries, kept in the target folder.

use std::fs;
use std::path::PathBuf;

use crate::place;
use crate::process::{Done, Stop, cargo, command, show, succeeds};

/// The tools' major version: Tauri's own.
const DRIVER: &str = "^2";
const CLI: &str = "@tauri-apps/cli@^2";

/// Where `tauri-driver` is kept.
pub(crate) fn tauri_driver() -> PathBuf {
    place::tools().join("bin/tauri-driver")
}

/// Where Tauri's command line is kept: a script for node.
pub(crate) fn tauri_cli() -> PathBuf {
    place::tools().join("node_modules/@tauri-apps/cli/tauri.js")
}

pub(super) fn provide_tauri_driver() -> Done {
    let kept = fs::read_to_string(place::tools().join(".crates.toml")).unwrap_or_default();
    if kept.contains("\"tauri-driver 2.") && tauri_driver().is_file() {
        return Ok(());
    }
    let tools = place::tools();
    let mut install = cargo(&["install", "tauri-driver", "--version", DRIVER, "--locked"]);
    show(install.arg("--root").arg(tools))
}

pub(super) fn provide_tauri_cli() -> Done {
    if tauri_cli().is_file() {
        return Ok(());
    }
    let tools = place::tools();
    fs::create_dir_all(&tools)?;
    let tools = tools.to_string_lossy();
    npm(&[
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--prefix",
        &tools,
        CLI,
    ])
}

/// Formatter and linter: some machines come without.
pub(super) fn provide_components() -> Done {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !succeeds(&mut cargo(&[tool, "--version"])) {
            show(&mut command("rustup", &["component", "add", component]))?;
        }
    }
    Ok(())
}

/// The page's folder is embedded into the program: nothing is installed there.
pub(crate) fn page_tools() -> PathBuf {
    place::tools().join("page")
}

pub(super) fn provide_page_tools() -> Done {
    let tools = page_tools();
    fs::create_dir_all(&tools)?;
    // npm writes it when all is there.
    let mut same = tools.join("node_modules/.package-lock.json").is_file();
    for name in ["package.json", "package-lock.json"] {
        let wanted = fs::read(place::root().join("ui").join(name))?;
        let kept = tools.join(name);
        if fs::read(&kept).ok().as_ref() != Some(&wanted) {
            // They are the same again when all of it was fetched.
            let old = tools.join("node_modules");
            if old.exists() {
                fs::remove_dir_all(old)?;
            }
            fs::write(kept, wanted)?;
            same = false;
        }
    }
    if same {
        return Ok(());
    }
    let tools = tools.to_string_lossy();
    npm(&[
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefix",
        &tools,
    ])
}

/// Checks the page's types; nothing is written.
pub(crate) fn check_page_types() -> Done {
    let compiler = page_tools().join("node_modules/typescript/bin/tsc");
    if !compiler.is_file() {
        return Err(Stop("the page's package.json names no typescript".into()));
    }
    let compiler = compiler.to_string_lossy();
    show(&mut command(
        "node",
        &[&compiler, "--project", "ui/tsconfig.json"],
    ))
}

/// npm, which is a script and on Windows needs a shell to be found.
fn npm(arguments: &[&str]) -> Done {
    if cfg!(windows) {
        return show(command("cmd", &["/C", "npm"]).args(arguments));
    }
    show(&mut command("npm", arguments))
}
