//! What poppler, which others read PDFs with, makes of ours.
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::path::PathBuf;
use std::process::Command;

use reports::{Pages, pdf};
use tempfile::TempDir;

pub(crate) fn rendered(pages: &Pages) -> Vec<u8> {
    pdf::render(pages).unwrap()
}

/// What a poppler tool says of the report's PDF.
pub(crate) fn read_with(tool: &str, arguments: &[&str], pages: &Pages) -> String {
    let folder = TempDir::new().unwrap();
    let file: PathBuf = folder.path().join("report.pdf");
    std::fs::write(&file, rendered(pages)).unwrap();
    let mut command = Command::new(tool);
    command.args(arguments).arg(&file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("poppler-utils is installed");
    assert!(output.status.success());
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// What pdftotext gives back, with plain spaces.
pub(crate) fn words(pages: &Pages) -> String {
    read_with("pdftotext", &["-layout"], pages).replace('\u{a0}', " ")
}
