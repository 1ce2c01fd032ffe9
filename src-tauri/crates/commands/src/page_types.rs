//! The page's declarations of the commands are generated from the table; this test fails when the file in `ui/types` is
//! stale, or when the window's capability grants other commands than there are.

use std::path::Path;

fn beside(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../..")
        .join(path)
}

#[test]
fn the_pages_commands_are_those_of_the_table() {
    let lines = crate::declarations();
    let mut views: Vec<&str> = lines
        .iter()
        .flat_map(|line| {
            line.lines()
                .last()
                .unwrap_or_default()
                .split(|it: char| !it.is_alphanumeric())
        })
        .filter(|word| word.starts_with(char::is_uppercase) && *word != "Array")
        .collect();
    views.sort_unstable();
    views.dedup();
    let text = format!(
        "// Generated from src-tauri/crates/commands/src/lib.rs; `SMENA_BLESS=1 cargo test -p commands` writes it anew.\n\
         import type {{\n  {},\n}} from './operations';\n\n\
         /** Every command of the shell: its arguments and its answer. A failure is an `ErrorView`. */\n\
         export interface Commands {{\n{}\n}}\n",
        views.join(", "),
        lines.join("\n")
    );
    let file = beside("ui/types/commands.d.ts");
    if std::env::var_os("SMENA_BLESS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&file)
        .unwrap()
        .replace("\r\n", "\n");
    // Not assert_eq: it would print both files.
    assert!(kept == text, "ui/types/commands.d.ts is stale");
}

#[test]
fn the_window_grants_every_command_and_no_other() {
    let capability = std::fs::read_to_string(beside("src-tauri/capabilities/main.json")).unwrap();
    let granted: Vec<String> = capability
        .split('"')
        .filter_map(|text| text.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect();
    assert_eq!(granted, crate::NAMES);
}
