//! The period summary: several Z-reports together, by day, by register and by shift.

use chrono::{DateTime, NaiveDate, Utc};
use domain::period::{Period, Sum, Tally};
use domain::{Marks, Report};
use texts::Key;

use super::remarks::{Gap, REBUILT, SUMS, partly, remarks};
use super::{Block, Cell, Column, Document, Options, Role, Table, Tape, Writer, chart, foot, head};
use crate::format;

/// The summary of a period, with the gaps that the archive has in it and the reports of it that are left out.
pub fn period(period: &Period, gaps: &[Gap], left_out: &[i64], options: &Options) -> Document {
    let mut writer = Writer::new(options);
    let marks = Marks {
        training: options.training || period.shifts.iter().any(|z| z.report.marks.training),
        ..Marks::default()
    };
    head::marks(&mut writer, marks);
    taxpayer(&mut writer, period);
    head::title(
        &mut writer,
        Key::PaperPeriodTitle,
        Some(Key::PaperPeriodSubtitle),
        None,
    );
    let span = span(period);
    writer.centred(Role::Name, &span);
    if period.shifts.is_empty() {
        for line in writer.language().lines(Key::PaperNoReports) {
            writer.push(Block::Paragraph(line));
        }
    } else {
        total(&mut writer, period);
        chart::write(&mut writer, period);
        days(&mut writer, period);
        registers(&mut writer, period);
        shifts(&mut writer, period);
        writer.footnote();
    }
    let points = writer.by_sentence(|lang| remarks(period, gaps, left_out, lang));
    foot::attention(&mut writer, points);
    foot::marks(&mut writer, marks);
    let name = options.language.title().text(Key::PaperPeriodSummary);
    writer.finish(format!("{name}, {span}"), created(period))
}

/// The newest report's time: the same reports give the same bytes.
fn created(period: &Period) -> DateTime<Utc> {
    let taken = period.shifts.iter().map(|z| z.report.taken).max();
    taken.unwrap_or(DateTime::UNIX_EPOCH)
}

/// Whose registers they are, where all of them are of one taxpayer.
fn taxpayer(writer: &mut Writer<'_>, period: &Period) {
    let of = |place: usize| period.shifts.get(place).map(|z| &z.report.kkm);
    let Some(first) = of(0) else {
        return;
    };
    let same = |z: &domain::period::PeriodShift| {
        (&z.report.kkm.bin, &z.report.kkm.taxpayer) == (&first.bin, &first.taxpayer)
    };
    if period.shifts.iter().all(same) {
        if let Some(taxpayer) = &first.taxpayer {
            writer.centred(Role::Name, taxpayer);
        }
        head::pairs(writer, [(Key::PaperBin, first.bin.clone())]);
        writer.push(Block::Heavy);
    }
}

/// The days asked for; where none were, those of the first and the last shift.
pub(super) fn days_of(period: &Period) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let from = period.from.or(period.days.keys().next().copied());
    let to = period.to.or(period.days.keys().next_back().copied());
    (from, to)
}

fn span(period: &Period) -> String {
    match days_of(period) {
        (Some(from), Some(to)) if from == to => format::day(from),
        (Some(from), Some(to)) => format!("{} — {}", format::day(from), format::day(to)),
        (Some(day), None) => format!("{} —", format::day(day)),
        (None, Some(day)) => format!("— {}", format::day(day)),
        (None, None) => "—".to_owned(),
    }
}

fn total(writer: &mut Writer<'_>, period: &Period) {
    let whole = |number: i64| Some(writer.language().numbers().whole(number));
    let registers = i64::try_from(period.registers.len()).unwrap_or(i64::MAX);
    let values = [
        (Key::PaperRegisters, whole(registers)),
        (Key::PaperReports, whole(period.total.reports)),
    ];
    head::pairs(writer, values);
    writer.push(Block::Heavy);
    let currency = writer.caption(Key::PaperCurrency);
    writer.push(Block::Currency(currency));
    let tally = &period.total;
    let sums = [
        (Key::PaperSales, tally.receipts, &tally.sales),
        (Key::PaperRefunds, None, &tally.refunds),
        (Key::PaperPurchases, None, &tally.purchases),
        (Key::PaperPurchaseRefunds, None, &tally.purchase_refunds),
        (Key::PaperIncomes, None, &tally.incomes),
        (Key::PaperExpenses, None, &tally.expenses),
        (Key::PaperDiscount, None, &tally.discount),
        (Key::PaperNds, None, &tally.nds),
    ];
    writer.starred = true;
    let quantity = tally.receipts.map(|_| Key::PaperQuantity);
    writer.heading(Key::PaperOfAll, quantity);
    for (place, (key, count, sum)) in sums.into_iter().enumerate() {
        let caption = super::star(&writer.caption(key));
        writer.sum_row(caption, count, sum.amount(), place == 0);
        not_told(writer, sum, tally.reports, Key::PaperNotTold);
    }
    // Above the figure that it is about, which ends the chapter: so it says of what it speaks.
    not_told(
        writer,
        &tally.revenue,
        tally.reports,
        Key::SummaryRevenuePartly,
    );
    if let Some(amount) = tally.revenue.amount() {
        let caption = writer.starred(Key::PaperRevenue);
        writer.push(Block::Hero { caption, amount });
    }
    if period.is_beyond() {
        for line in writer.language().lines(Key::PaperWarningOverflow) {
            writer.push(Block::Note(line));
        }
    }
}

/// A sum that some reports did not tell their part of must not look whole.
fn not_told(writer: &mut Writer<'_>, sum: &Sum, reports: i64, note: Key) {
    if !sum.is_partial() {
        return;
    }
    let lines = writer.language().sentences(|lang| {
        let values: [(&str, &dyn std::fmt::Display); 2] = [
            ("count", &lang.whole(sum.missing)),
            ("all", &lang.whole(reports)),
        ];
        lang.fill(note, &values)
    });
    for line in lines {
        writer.push(Block::Note(line));
    }
}

/// The heads that every table of the summary ends with.
fn heads(writer: &Writer<'_>) -> Vec<Column> {
    SUMS.map(|(name, _)| Column::number(writer.caption(name)))
        .into()
}

fn sums(tally: &Tally) -> [Cell; 4] {
    SUMS.map(|(_, sum)| Cell::Sum(sum(tally).amount()))
}

/// A table with a row for each tally, and all of them together.
fn table(
    writer: &mut Writer<'_>,
    chapter: Key,
    first: Key,
    mut rows: Vec<(String, Tally)>,
    total: &Tally,
) {
    writer.push(Block::Heavy);
    writer.chapter(chapter);
    let mut columns = vec![
        Column::text(writer.caption(first)),
        Column::number(writer.caption(Key::PaperReports)),
    ];
    columns.extend(heads(writer));
    let row = |name: String, tally: &Tally| {
        let start = [Cell::Text(name), Cell::Count(Some(tally.reports))];
        start.into_iter().chain(sums(tally)).collect::<Vec<_>>()
    };
    let several = rows.len() > 1;
    let total = several.then(|| (writer.caption(Key::PaperOfAll), *total));
    let written = |(name, tally): &(String, Tally)| row(name.clone(), tally);
    writer.push(Block::Table(Table {
        columns,
        rows: rows.iter().map(written).collect(),
        total: total.as_ref().map(written),
        tape: Tape::Stacked,
    }));
    rows.extend(total);
    for note in writer.by_sentence(|lang| partly(&rows, lang)) {
        writer.push(Block::Note(note));
    }
}

fn days(writer: &mut Writer<'_>, period: &Period) {
    let rows = period.days.iter().map(|(day, it)| (format::day(*day), *it));
    table(
        writer,
        Key::PaperByDay,
        Key::PaperDay,
        rows.collect(),
        &period.total,
    );
}

fn registers(writer: &mut Writer<'_>, period: &Period) {
    let rows = period.registers.iter().map(|it| {
        let name = head::named(it.name.as_deref(), it.kkm);
        (name, it.tally)
    });
    table(
        writer,
        Key::PaperByRegister,
        Key::PaperRegister,
        rows.collect(),
        &period.total,
    );
}

/// The shift's number, marked where the report is not the server's own.
fn number(report: &Report) -> String {
    let index = report.shift_index().map(|index| index.to_string());
    let mark = report.marks.restored.then(|| REBUILT.to_owned());
    let parts: Vec<String> = index.into_iter().chain(mark).collect();
    parts.join("\u{a0}")
}

fn shifts(writer: &mut Writer<'_>, period: &Period) {
    writer.push(Block::Heavy);
    writer.chapter(Key::PaperByShift);
    let mut columns = vec![
        Column::text(writer.caption(Key::PaperClosed)),
        Column::text(writer.caption(Key::PaperRegister)),
        Column::text(writer.caption(Key::PaperShift)),
    ];
    columns.extend(heads(writer));
    columns.push(Column::number(writer.caption(Key::PaperCashAtEnd)));
    let rows = period.shifts.iter().map(|z| {
        let kkm = &z.report.kkm;
        let name = kkm.name.clone().unwrap_or_else(|| kkm.id.to_string());
        let figures = z.report.figures.as_ref();
        let of =
            |get: fn(&domain::Figures) -> Option<domain::Money>| Cell::Sum(figures.and_then(get));
        vec![
            Cell::Text(head::moment(writer, Some(z.closed())).unwrap_or_default()),
            Cell::Text(name),
            Cell::Text(number(&z.report)),
            of(|figures| figures.totals.sales.amount),
            of(|figures| figures.totals.refunds.amount),
            of(|figures| figures.nds),
            of(domain::Figures::revenue),
            of(|figures| figures.balance_close),
        ]
    });
    let rows = rows.collect();
    writer.push(Block::Table(Table {
        columns,
        rows,
        total: None,
        tape: Tape::Stacked,
    }));
}
