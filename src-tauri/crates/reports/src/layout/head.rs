//! Who, where, which shift: the lines above the figures.

use domain::{Report, ReportKind};

use super::sheet::Sheet;
use super::style::{BODY, LONG_TITLE, NAME, SMALL, TITLE};
use super::{Options, closes};
use crate::format;
use crate::text::Captions;

pub(super) fn lay(sheet: &mut Sheet, report: &Report, options: &Options, words: &Captions) {
    if report.marks.training {
        sheet.band(words.training);
        sheet.space(600);
    }
    if options.altered {
        sheet.frame(words.altered);
        sheet.space(600);
    }
    if report.marks.restored {
        // First of all: nobody is to take it for the server's own.
        sheet.frame(words.restored);
        sheet.space(600);
    }
    register(sheet, report, words);
    title(sheet, report, words);
    shift(sheet, report, options, words);
}

fn register(sheet: &mut Sheet, report: &Report, words: &Captions) {
    let kkm = &report.kkm;
    if let Some(taxpayer) = &kkm.taxpayer {
        sheet.centred(taxpayer, NAME);
    }
    if let Some(address) = &kkm.address {
        sheet.space(300);
        sheet.centred(address, SMALL);
    }
    sheet.space(1_200);
    let numbers = [
        (words.bin, &kkm.bin),
        (words.znm, &kkm.znm),
        (words.rnm, &kkm.rnm),
    ];
    for (caption, value) in numbers {
        if let Some(value) = value {
            sheet.pair(caption, value);
        }
    }
    let name = match &kkm.name {
        Some(name) => format!("{name} (id\u{a0}{})", kkm.id),
        None => format!("id\u{a0}{}", kkm.id),
    };
    sheet.pair(words.register, &name);
    sheet.heavy();
}

fn title(sheet: &mut Sheet, report: &Report, words: &Captions) {
    match report.kind {
        ReportKind::X => {
            sheet.centred(words.x_title, TITLE);
            sheet.centred(words.x_subtitle, BODY);
        }
        ReportKind::Z => {
            sheet.centred(words.z_title, TITLE);
            sheet.centred(words.z_subtitle, BODY);
        }
        ReportKind::Sections => sheet.centred(words.section_title, LONG_TITLE),
    }
    let shift = report.shift.as_ref();
    if let Some(index) = shift
        .and_then(|shift| shift.index)
        .or(report.kkm.shift_index)
    {
        sheet.space(500);
        sheet.centred(&format!("{}\u{a0}{index}", words.shift), NAME);
    }
    sheet.space(1_000);
}

fn shift(sheet: &mut Sheet, report: &Report, options: &Options, words: &Captions) {
    let figures = report.figures.as_ref();
    let shift = report.shift.as_ref();
    let opened = figures
        .and_then(|figures| figures.opened)
        .or(shift.map(|shift| shift.opened));
    let closed = figures
        .and_then(|figures| figures.closed)
        .or(shift.and_then(|shift| shift.closed))
        .filter(|_| closes(report));
    let taken = figures
        .and_then(|figures| figures.taken)
        .unwrap_or(report.taken);
    let moments = [
        (words.opened, opened),
        (words.closed, closed),
        (words.taken, Some(taken)),
    ];
    for (caption, at) in moments {
        if let Some(at) = at {
            sheet.pair(caption, &format::moment(at, options.utc_offset));
        }
    }
    if let Some(cashier) = shift.and_then(|shift| shift.user_name.as_deref()) {
        sheet.pair(words.cashier, cashier);
    }
    if let Some(code) = figures.and_then(|figures| figures.operator_code.as_deref()) {
        sheet.pair(words.operator_code, code);
    }
    sheet.heavy();
    sheet.right_word(words.currency, SMALL);
    sheet.space(700);
}
