//! The figures: sections, totals at the start, the shift's sums, cash, revenue, totals at the end, the cash count.

use domain::{CashCount, Counter, Figures, Money, Report, ReportKind, SectionLine, Totals};

use super::sheet::Sheet;
use super::style::{BODY, STRONG};
use super::{Um, closes};
use crate::text::Captions;

/// How far the sums of a section stand in from its name.
const INDENT: Um = 3_000;

pub(super) fn lay(sheet: &mut Sheet, report: &Report, words: &Captions) {
    let only_sections = report.kind == ReportKind::Sections;
    match &report.sections {
        Some(lines) if !lines.is_empty() => sections(sheet, lines, only_sections, words),
        _ if only_sections => {
            sheet.left(words.nothing, BODY);
        }
        _ => {}
    }
    if let Some(figures) = &report.figures {
        let has_sections = report
            .sections
            .as_ref()
            .is_some_and(|lines| !lines.is_empty());
        totals_at_start(sheet, &figures.totals, has_sections, words);
        operations(sheet, &figures.totals, words);
        amounts(sheet, figures, words);
        money(sheet, figures, words);
        if let Some(revenue) = figures.revenue() {
            let caption = sheet.starred(words.revenue);
            sheet.hero(&caption, revenue);
        }
        totals_at_end(sheet, report, &figures.totals, words);
        if let Some(count) = figures.count {
            sheet.hairline();
            sheet.pair(words.documents, &crate::format::count(count));
        }
    }
    if let Some(count) = &report.cash_count {
        cash_count(sheet, count, words);
    }
}

fn sections(sheet: &mut Sheet, lines: &[SectionLine], totals: bool, words: &Captions) {
    if !totals {
        sheet.heading(words.by_section, None);
    }
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            sheet.space(900);
        }
        let name = match &line.name {
            Some(name) => format!("{name} (№\u{a0}{})", line.id),
            None => format!("{} №\u{a0}{}", words.section, line.id),
        };
        sheet.left(&name, STRONG);
        sheet.indent(INDENT);
        for (caption, sum) in four(words, section_sums(line)) {
            sheet.sum(caption, None, sum);
        }
        sheet.indent(0);
    }
    if totals && lines.len() > 1 {
        sheet.heavy();
        let caption = sheet.starred(words.all_sections);
        sheet.left(&caption, STRONG);
        let mut sums = [Some(Money::ZERO); 4];
        for line in lines {
            for (sum, part) in sums.iter_mut().zip(section_sums(line)) {
                *sum = sum.zip(part).and_then(|(sum, part)| sum.checked_add(part));
            }
        }
        for (caption, sum) in four(words, sums) {
            sheet.strong_sum(caption, None, sum);
        }
    }
}

fn totals_at_start(
    sheet: &mut Sheet,
    totals: &Totals,
    report_has_sections: bool,
    words: &Captions,
) {
    let sums = fiscal(totals).map(Counter::at_start);
    if sums.iter().all(Option::is_none) {
        return;
    }
    if report_has_sections {
        sheet.hairline();
    }
    let caption = sheet.starred(words.totals_at_start);
    sheet.heading(&caption, None);
    for (caption, sum) in four(words, sums) {
        sheet.sum(caption, None, sum);
    }
}

fn operations(sheet: &mut Sheet, totals: &Totals, words: &Captions) {
    let known = |counter: &Counter| counter.qty.is_some() || counter.amount.is_some();
    if !totals.all().into_iter().any(known) {
        return;
    }
    sheet.heavy();
    sheet.heading(words.operations, Some(words.quantity));
    sheet.strong_sum(words.sales, totals.sales.qty, totals.sales.amount);
    let others = [
        (words.purchases, &totals.purchases),
        (words.refunds, &totals.refunds),
        (words.purchase_refunds, &totals.purchase_refunds),
        (words.incomes, &totals.incomes),
        (words.expenses, &totals.expenses),
    ];
    for (caption, counter) in others {
        sheet.sum(caption, counter.qty, counter.amount);
    }
}

fn amounts(sheet: &mut Sheet, figures: &Figures, words: &Captions) {
    let sums = [
        (words.received, figures.received),
        (words.change, figures.change),
        (words.discount, figures.discount),
        (words.markup, figures.markup),
        (words.nds, figures.nds),
    ];
    if sums.iter().any(|(_, sum)| sum.is_some()) {
        sheet.hairline();
        for (caption, sum) in sums {
            sheet.sum(caption, None, sum);
        }
    }
}

fn money(sheet: &mut Sheet, figures: &Figures, words: &Captions) {
    let sums = [
        figures.balance_open,
        figures.balance_close,
        figures.balance_close_non_cash,
    ];
    if sums.iter().any(Option::is_some) {
        sheet.hairline();
        sheet.heading(words.money, None);
        sheet.sum(words.balance_open, None, figures.balance_open);
        sheet.strong_sum(words.balance_close, None, figures.balance_close);
        sheet.sum(words.non_cash, None, figures.balance_close_non_cash);
    }
}

fn totals_at_end(sheet: &mut Sheet, report: &Report, totals: &Totals, words: &Captions) {
    let sums = fiscal(totals).map(|counter| counter.cumulative);
    if sums.iter().all(Option::is_none) {
        return;
    }
    let caption = if closes(report) {
        words.totals_at_end
    } else {
        words.totals_now
    };
    sheet.heading(caption, None);
    for (caption, sum) in four(words, sums) {
        sheet.sum(caption, None, sum);
    }
}

fn cash_count(sheet: &mut Sheet, count: &CashCount, words: &Captions) {
    sheet.heavy();
    sheet.heading(words.cash_count, None);
    sheet.sum(words.counted, None, Some(count.counted));
    sheet.sum(words.expected, None, count.expected);
    if let Some(difference) = count.difference() {
        let caption = if difference == Money::ZERO {
            words.no_difference
        } else if difference.is_negative() {
            words.short
        } else {
            words.over
        };
        let caption = sheet.starred(caption);
        let size = if difference.is_negative() {
            Money::ZERO.checked_sub(difference)
        } else {
            Some(difference)
        };
        sheet.strong_sum(&caption, None, size);
    }
    if let Some(reason) = &count.reason {
        sheet.pair(words.reason, reason);
    }
}

/// The four kinds that have a non-resettable total.
const fn fiscal(totals: &Totals) -> [&Counter; 4] {
    [
        &totals.sales,
        &totals.purchases,
        &totals.refunds,
        &totals.purchase_refunds,
    ]
}

const fn section_sums(line: &SectionLine) -> [Option<Money>; 4] {
    [
        line.sales,
        line.purchases,
        line.refunds,
        line.purchase_refunds,
    ]
}

const fn four(words: &Captions, sums: [Option<Money>; 4]) -> [(&'static str, Option<Money>); 4] {
    let [sales, purchases, refunds, purchase_refunds] = sums;
    [
        (words.sales, sales),
        (words.purchases, purchases),
        (words.refunds, refunds),
        (words.purchase_refunds, purchase_refunds),
    ]
}
