//! Rules about what source files say.

use std::fs;
use std::path::{Path, PathBuf};

use crate::place;
use crate::process::{Done, Stop};

const LONGEST: usize = 500;

/// Between the socket and the page no amount passes through a float.
pub(super) fn no_floats() -> Done {
    let mut found = Vec::new();
    for name in ["domain", "kkm-api", "store"] {
        let folder = place::root()
            .join("src-tauri/crates")
            .join(name)
            .join("src");
        found.extend(lines(&folder, &["rs"], |line| {
            let code = line.split("//").next().unwrap_or(line);
            words(code).any(|word| matches!(word, "f32" | "f64"))
        })?);
    }
    none(found)
}

/// The page builds its elements; it never parses markup, which might be somebody else's.
pub(super) fn no_markup() -> Done {
    none(lines(&place::root().join("ui"), &["js", "html"], |line| {
        let mut words = words(line);
        words.any(|word| matches!(word, "innerHTML" | "outerHTML" | "insertAdjacentHTML"))
    })?)
}

/// A file has one subject.
pub(super) fn no_long_file() -> Done {
    let mut found = Vec::new();
    for folder in ["src-tauri", "ui"] {
        for file in files(&place::root().join(folder), &["rs", "js", "css", "html"])? {
            // The catalogue of a language is one list.
            if file.parent().is_some_and(|it| it.ends_with("ui/text")) {
                continue;
            }
            let count = fs::read_to_string(&file)?.lines().count();
            if count > LONGEST {
                found.push(format!("{}: {count} lines", file.display()));
            }
        }
    }
    none(found)
}

fn none(found: Vec<String>) -> Done {
    if found.is_empty() {
        return Ok(());
    }
    Err(Stop(found.join("\n")))
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|sign: char| !sign.is_alphanumeric() && sign != '_')
}

/// The lines that `is_bad`, each with its place.
fn lines(folder: &Path, endings: &[&str], is_bad: impl Fn(&str) -> bool) -> Done<Vec<String>> {
    let mut found = Vec::new();
    for file in files(folder, endings)? {
        let text = fs::read_to_string(&file)?;
        for (number, line) in (1..).zip(text.lines()) {
            if is_bad(line) {
                found.push(format!("{}:{number}: {}", file.display(), line.trim()));
            }
        }
    }
    Ok(found)
}

/// The files below a folder, without what was fetched or generated.
fn files(folder: &Path, endings: &[&str]) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .map_err(|error| Stop(format!("{}: {error}", folder.display())))?;
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if !matches!(&*name, "node_modules" | "target" | "gen") {
                    folders.push(path);
                }
            } else if let Some(ending) = path.extension()
                && endings.iter().any(|wanted| ending == *wanted)
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_found_as_a_word_only() {
        assert!(words("let sum: f64 = 0;").any(|word| word == "f64"));
        assert!(!words("let half64 = of64();").any(|word| word == "f64"));
    }
}
