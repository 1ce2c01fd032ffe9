//! Below the figures: the cash count, the OFD, what does not add up, the marks, the archive line.

use domain::{CashCount, Kkm, Marks, Money, Report, Totals};
use texts::Key;

use super::{Block, Role, Writer, head, warnings_after};

/// So many letters of the hash are enough to tell one report from another by eye.
const HASH_PREFIX: usize = 16;

pub(super) fn write(writer: &mut Writer<'_>, report: &Report, before: Option<&Totals>) {
    if let Some(count) = &report.cash_count {
        writer.push(Block::Heavy);
        writer.heading(Key::PaperCashCount, None);
        cash_count(writer, count);
    }
    ofd(writer, &report.kkm, report.marks);
    writer.footnote();
    warnings(writer, report, before);
    marks(writer, report.marks);
    archive(writer);
}

/// What was counted, what should have been there, over or short, and why.
pub(super) fn cash_count(writer: &mut Writer<'_>, count: &CashCount) {
    let caption = writer.caption(Key::PaperCounted);
    writer.sum(caption, None, Some(count.counted));
    let caption = writer.caption(Key::PaperExpected);
    writer.sum(caption, None, count.expected);
    if let Some(difference) = count.difference() {
        let (key, size) = if difference == Money::ZERO {
            (Key::PaperNoDifference, Some(difference))
        } else if difference.is_negative() {
            (Key::PaperShort, Money::ZERO.checked_sub(difference))
        } else {
            (Key::PaperOver, Some(difference))
        };
        let caption = writer.starred(key);
        writer.strong_sum(caption, None, size);
    }
    head::pairs(writer, [(Key::PaperReason, count.reason.clone())]);
}

/// The OFD, its queue, and the autonomous mark.
pub(super) fn ofd(writer: &mut Writer<'_>, kkm: &Kkm, marks: Marks) {
    if kkm.ofd_name.is_some() || kkm.offline_queue.is_some() || marks.autonomous {
        writer.push(Block::Heavy);
    }
    let queue = kkm.offline_queue;
    let queue = queue.map(|queue| writer.language().numbers().whole(queue));
    head::pairs(
        writer,
        [
            (Key::PaperOfd, kkm.ofd_name.clone()),
            (Key::PaperQueue, queue),
        ],
    );
    if marks.autonomous {
        head::mark(writer, Key::PaperAutonomous, false);
    }
}

fn warnings(writer: &mut Writer<'_>, report: &Report, before: Option<&Totals>) {
    let points = writer.by_sentence(|lang| warnings_after(report, before, lang));
    attention(writer, points);
}

/// Points under «Проверьте».
pub(super) fn attention(writer: &mut Writer<'_>, points: Vec<String>) {
    if !points.is_empty() {
        writer.push(Block::Hairline);
        let heading = writer.caption(Key::PaperAttention);
        writer.push(Block::Points { heading, points });
    }
}

/// The marks again, with what they mean.
pub(super) fn marks(writer: &mut Writer<'_>, marks: Marks) {
    if writer.options.copy {
        head::mark(writer, Key::PaperDuplicate, false);
    }
    if writer.options.altered {
        head::mark(writer, Key::PaperAltered, false);
        writer.centred_lines(Role::Small, Key::PaperAlteredNote);
    }
    if marks.restored {
        head::mark(writer, Key::PaperRestored, false);
        writer.centred_lines(Role::Small, Key::PaperRestoredNote);
    }
    if marks.training {
        head::mark(writer, Key::PaperTraining, true);
        writer.centred_lines(Role::Small, Key::PaperTrainingNote);
    }
}

/// The number in the archive and the beginning of the hash, in letters and as a QR code.
pub(super) fn archive(writer: &mut Writer<'_>) {
    let Some((number, hash)) = &writer.options.archive else {
        return;
    };
    let hash: String = hash.chars().take(HASH_PREFIX).collect();
    let line = format!("{}\u{a0}{number}", writer.caption(Key::PaperArchive));
    let code = format!("SMENA:{number}:{}", hash.to_uppercase());
    writer.push(Block::Archive { line, hash, code });
}
