//! `--help` and `--version`: a word about the program, for whoever starts it from a shell.

use std::io::Write as _;

use operations::Lang;
use texts::Key;

/// Says what is asked for, in the system's language, and whether that is all there is to do.
pub(crate) fn said(words: impl Iterator<Item = String>) -> bool {
    let Some(text) = answer(words, operations::system_lang()) else {
        return false;
    };
    // A program with a window may have nowhere to say it.
    let _ = writeln!(std::io::stdout(), "{text}");
    true
}

fn answer(mut words: impl Iterator<Item = String>, lang: Lang) -> Option<String> {
    let version = format!("smena {}", env!("CARGO_PKG_VERSION"));
    words.find_map(|word| match word.as_str() {
        "--help" | "-h" => Some(format!("{version}\n{}", lang.text(Key::WindowHelp))),
        "--version" | "-V" => Some(version.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_and_version_are_answered_and_nothing_else_is() {
        let asked = |word: &str| answer([word.to_owned()].into_iter(), Lang::Ru);
        let help = asked("--help").unwrap_or_default();
        assert!(help.contains("--training") && help.contains("smenactl"));
        let version = asked("--version").unwrap_or_default();
        assert!(help.starts_with(&version) && !version.contains('\n'));
        for word in ["--training", "--background", "help"] {
            assert_eq!(asked(word), None);
        }
    }
}
