//! Below the figures: the OFD, what does not add up, the marks, the archive line.

use domain::{Report, Totals};

use super::Options;
use super::sheet::Sheet;
use super::style::{BODY, HEADING, SMALL};
use crate::text::Captions;

/// So many letters of the hash are enough to tell one report from another by eye.
const HASH_PREFIX: usize = 16;

pub(super) fn lay(
    sheet: &mut Sheet,
    report: &Report,
    options: &Options,
    before: Option<&Totals>,
    words: &Captions,
) {
    ofd(sheet, report, words);
    if sheet.has_starred() {
        sheet.hairline();
        sheet.left(&format!("* {}", words.computed), SMALL);
    }
    warnings(sheet, report, before, words);
    marks(sheet, report, options, words);
}

fn ofd(sheet: &mut Sheet, report: &Report, words: &Captions) {
    let kkm = &report.kkm;
    if kkm.ofd_name.is_some() || kkm.offline_queue.is_some() || report.marks.autonomous {
        sheet.heavy();
    }
    if let Some(name) = &kkm.ofd_name {
        sheet.pair(words.ofd, name);
    }
    if let Some(queue) = kkm.offline_queue {
        sheet.pair(words.queue, &crate::format::count(queue));
    }
    if report.marks.autonomous {
        sheet.space(1_000);
        sheet.frame(words.autonomous);
    }
}

fn warnings(sheet: &mut Sheet, report: &Report, before: Option<&Totals>, words: &Captions) {
    let found = crate::warnings_after(report, before);
    if found.is_empty() {
        return;
    }
    sheet.hairline();
    sheet.left(words.attention, HEADING);
    for warning in &found {
        sheet.space(400);
        sheet.left(&format!("— {warning}"), BODY);
    }
}

fn marks(sheet: &mut Sheet, report: &Report, options: &Options, words: &Captions) {
    sheet.space(2_500);
    if options.copy {
        sheet.frame(words.duplicate);
    }
    if options.altered {
        sheet.frame(words.altered);
        sheet.centred(crate::text::ALTERED, SMALL);
        sheet.space(1_000);
    }
    if report.marks.restored {
        sheet.frame(words.restored);
        sheet.centred(words.restored_note, SMALL);
        sheet.space(1_000);
    }
    if report.marks.training {
        sheet.band(words.training);
        sheet.centred(words.training_note, SMALL);
        sheet.space(1_000);
    }
    if let Some((number, hash)) = &options.archive {
        let prefix: String = hash.chars().take(HASH_PREFIX).collect();
        sheet.centred(
            &format!("{}\u{a0}{number} · {prefix}", words.archive),
            SMALL,
        );
    }
}
