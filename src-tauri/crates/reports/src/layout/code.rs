//! The QR code: dark runs of its rows.

use qrcodegen::{QrCode, QrCodeEcc};

use super::Um;

/// The side of a module: four dots of a head of 203 dots an inch, so that every module prints alike.
pub(super) const MODULE: Um = 500;

/// A dark run: the row, where it begins, and how long it is, in modules.
pub(super) struct Run {
    pub(super) row: Um,
    pub(super) start: Um,
    pub(super) length: Um,
}

/// The side of the code in modules and its dark runs; nothing if the text is longer than a code holds.
pub(super) fn runs(text: &str) -> Option<(Um, Vec<Run>)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let mut runs: Vec<Run> = Vec::new();
    for row in 0..side {
        let mut open: Option<i32> = None;
        for column in 0..=side {
            let dark = column < side && code.get_module(column, row);
            match (dark, open) {
                (true, None) => open = Some(column),
                (false, Some(start)) => {
                    runs.push(Run {
                        row: row.into(),
                        start: start.into(),
                        length: (column - start).into(),
                    });
                    open = None;
                }
                _ => {}
            }
        }
    }
    Some((side.into(), runs))
}
