//! Compiles in the page, the icons and the list of commands that the page may be granted: those the capability names.

use std::error::Error;
use std::fs;

/// What the page in the main window is granted.
const CAPABILITY: &str = "capabilities/main.json";
/// How a command's permission begins; what it continues with is the command's name.
const GRANT: &str = "allow-";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={CAPABILITY}");
    let commands: Vec<String> = fs::read_to_string(CAPABILITY)?
        .split('"')
        .filter_map(|text| text.strip_prefix(GRANT))
        .map(|name| name.replace('-', "_"))
        .collect();
    // A build script lives as long as its process.
    let names: Vec<&'static str> = commands
        .into_iter()
        .map(|name| &*Box::leak(name.into_boxed_str()))
        .collect();
    let names: &'static [&'static str] = Box::leak(names.into_boxed_slice());
    let manifest = tauri_build::AppManifest::new().commands(names);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
