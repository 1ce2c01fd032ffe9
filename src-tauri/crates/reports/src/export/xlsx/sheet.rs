//! A table on its sheets: head, rows, totals.

use chrono::Datelike as _;
use domain::ReportKind;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, Formula, Note, Workbook as Book, Worksheet, XlsxError,
};
use texts::{Key, Lang};

use crate::export::Amount;
use crate::export::csv::decimal;
use crate::export::table::{self, Cell, Column, Line};

/// The columns that stay in view: number, kind and register.
const FROZEN: u16 = 3;
/// The head's height in points: four lines.
const HEAD: u16 = 64;
/// What a cell holds, in UTF-16 units.
const LONGEST: usize = 32_767;
/// So many significant digits are the same in decimal and in a double.
const DIGITS: usize = 15;

/// How cells look.
pub(super) struct Looks {
    head: Format,
    text: Format,
    id: Format,
    count: Format,
    amount: Format,
    long: Format,
    time: Format,
    total_text: Format,
    total_count: Format,
    total_amount: Format,
    total_long: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        let total = Format::new().set_bold().set_border_top(FormatBorder::Thin);
        // Excel shows this with the separators of its own language: `1 228 340,94`.
        let (money, whole) = ("#,##0.00", "#,##0");
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0x00EE_EEEE))
                .set_border_bottom(FormatBorder::Thin),
            text: plain.clone(),
            id: plain.clone().set_num_format("0"),
            count: plain.clone().set_num_format(whole),
            amount: plain.clone().set_num_format(money),
            long: plain.clone().set_align(FormatAlign::Right),
            time: plain.set_num_format("dd.mm.yyyy hh:mm"),
            total_text: total.clone(),
            total_count: total.clone().set_num_format(whole),
            total_amount: total.clone().set_num_format(money),
            total_long: total.set_align(FormatAlign::Right),
        }
    }
}

/// A sum over a column of a sheet, exact: that of its Z-reports.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    /// In tiyn, or whole ones.
    of: i128,
    cells: u32,
    money: bool,
    /// Some of the cells are text, so a formula would leave them out.
    long: bool,
    /// Some of the cells of the column are text, whatever they are of.
    noted: bool,
}

/// A table, on as many sheets as it takes.
pub(super) struct Table {
    lang: Lang,
    name: &'static str,
    columns: Vec<Column>,
    amount: Amount,
    rows: u32,
    parts: u32,
    sheet: Option<Sheet>,
}

/// The sheet that is being written.
struct Sheet {
    place: usize,
    /// The next row.
    row: u32,
    sums: Vec<Sum>,
    /// Some of its rows are of no Z-report. They are not added up: an X tells again what the Z of its shift tells.
    mixed: bool,
}

impl Table {
    pub(super) fn new(
        lang: Lang,
        name: &'static str,
        columns: Vec<Column>,
        amount: Amount,
        rows: u32,
    ) -> Self {
        Self {
            lang,
            name,
            columns,
            amount,
            rows,
            parts: 0,
            sheet: None,
        }
    }

    /// Begins a sheet.
    pub(super) fn begin(&mut self, book: &mut Book, looks: &Looks) -> Result<(), XlsxError> {
        let place = book.worksheets().len();
        let sheet = match self.amount {
            Amount::Few => book.add_worksheet(),
            Amount::Many => book.add_worksheet_with_constant_memory()?,
        };
        self.parts += 1;
        match self.parts {
            1 => sheet.set_name(self.name)?,
            part => sheet.set_name(format!("{} {part}", self.name))?,
        };
        sheet
            .set_freeze_panes(1, FROZEN)?
            .set_landscape()
            .set_repeat_rows(0, 0)?
            .set_row_height(0, HEAD)?;
        for (place, column) in (0u16..).zip(&self.columns) {
            sheet.set_column_width(place, column.width)?;
            sheet.write_string_with_format(0, place, &column.head, &looks.head)?;
        }
        self.sheet = Some(Sheet {
            place,
            row: 1,
            sums: vec![Sum::default(); self.columns.len()],
            mixed: false,
        });
        Ok(())
    }

    /// Adds a row; on a new sheet where this one is full.
    pub(super) fn add(
        &mut self,
        book: &mut Book,
        looks: &Looks,
        line: &Line<'_>,
    ) -> Result<(), XlsxError> {
        if self.sheet.as_ref().is_some_and(|it| it.row > self.rows) {
            self.end(book, looks)?;
        }
        if self.sheet.is_none() {
            self.begin(book, looks)?;
        }
        let Some(it) = &mut self.sheet else {
            return Ok(());
        };
        let sheet = book.worksheet_from_index(it.place)?;
        for ((place, column), sum) in (0u16..).zip(&self.columns).zip(&mut it.sums) {
            if let Some(cell) = column.value(line) {
                sum.add(&cell, line.is_z());
                put(sheet, it.row, place, cell, looks, self.lang)?;
            }
        }
        it.row += 1;
        it.mixed |= !line.is_z();
        Ok(())
    }

    /// Ends the sheet: filter, totals, notes.
    pub(super) fn end(&mut self, book: &mut Book, looks: &Looks) -> Result<(), XlsxError> {
        let Some(it) = self.sheet.take().filter(|it| it.row > 1) else {
            return Ok(());
        };
        let sheet = book.worksheet_from_index(it.place)?;
        let last = it.row - 1;
        let columns = (0u16..).zip(&self.columns).zip(&it.sums);
        let mut summed = false;
        for ((place, column), sum) in columns {
            if column.summed && sum.cells > 0 {
                summed = true;
                sum.put(sheet, (it.row, place), it.mixed, looks, self.lang)?;
            }
            if sum.noted {
                sheet.insert_note(0, place, &Note::new(self.lang.text(Key::ExportExact)))?;
            }
        }
        if summed {
            let caption = self.lang.text(match it.mixed {
                true => Key::ExportTotalOfZ,
                false => Key::ExportTotal,
            });
            sheet.write_string_with_format(it.row, 0, caption, &looks.total_text)?;
        }
        if let Some((right, _)) = (0u16..).zip(&self.columns).last() {
            sheet.autofilter(0, 0, last, right)?;
        }
        Ok(())
    }
}

impl Sum {
    fn add(&mut self, cell: &Cell, is_z: bool) {
        let (number, exact) = match cell {
            Cell::Amount(amount) => (amount.tiyn(), is_exact(amount.tiyn().into())),
            Cell::Count(count) => (*count, is_exact((*count).into())),
            _ => return,
        };
        self.noted |= !exact;
        if !is_z {
            return;
        }
        self.money = matches!(cell, Cell::Amount(_));
        // Sixty-four bits, a million times, are far from the edge of a hundred and twenty-eight.
        self.of += i128::from(number);
        self.cells += 1;
        self.long |= !exact;
    }

    /// Below its column: a formula with its result, or the text of what a double does not hold.
    fn put(
        &self,
        sheet: &mut Worksheet,
        (row, place): (u32, u16),
        mixed: bool,
        looks: &Looks,
        lang: Lang,
    ) -> Result<(), XlsxError> {
        let (text, look) = if self.money {
            let sign = if self.of < 0 { "-" } else { "" };
            let tiyn = self.of.unsigned_abs();
            let text = format!("{sign}{}.{:02}", tiyn / 100, tiyn % 100);
            (text, &looks.total_amount)
        } else {
            (self.of.to_string(), &looks.total_count)
        };
        if self.long || !is_exact(self.of) {
            let text = decimal(&text, lang);
            sheet.write_string_with_format(row, place, text, &looks.total_long)?;
            return Ok(());
        }
        let column = |place| {
            let (first, last) = (row_col_to_cell(1, place), row_col_to_cell(row - 1, place));
            format!("{first}:{last}")
        };
        let formula = if mixed {
            let (kinds, z) = (column(table::KIND), table::kind_name(ReportKind::Z, lang));
            format!("=SUMIF({kinds},\"{z}\",{})", column(place))
        } else {
            // 109: the sum of what a filter shows.
            format!("=SUBTOTAL(109,{})", column(place))
        };
        let formula = Formula::new(formula).set_result(text);
        sheet.write_formula_with_format(row, place, formula, look)?;
        Ok(())
    }
}

/// Whether a double holds the number as it is written, in tiyn or whole: its significant digits are few.
fn is_exact(number: i128) -> bool {
    let digits = number.unsigned_abs().to_string();
    digits.trim_end_matches('0').len() <= DIGITS
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    place: u16,
    cell: Cell,
    looks: &Looks,
    lang: Lang,
) -> Result<(), XlsxError> {
    let (number, look) = match cell {
        Cell::Text(text) => {
            sheet.write_string_with_format(row, place, fitting(&text), &looks.text)?;
            return Ok(());
        }
        // What Excel's calendar does not have is written as text.
        Cell::Time(time) if !(1900..=9999).contains(&time.year()) => {
            sheet.write_string_with_format(row, place, time.to_string(), &looks.text)?;
            return Ok(());
        }
        Cell::Time(time) => {
            sheet.write_datetime_with_format(row, place, time, &looks.time)?;
            return Ok(());
        }
        Cell::Id(number) => (i128::from(number), &looks.id),
        Cell::Count(number) => (i128::from(number), &looks.count),
        Cell::Amount(amount) => (i128::from(amount.tiyn()), &looks.amount),
    };
    let text = match cell {
        Cell::Amount(amount) => amount.to_string(),
        _ => number.to_string(),
    };
    // The nearest double to these digits, read as Excel reads them from the file; no arithmetic is done with it.
    match text.parse::<f64>() {
        Ok(double) if is_exact(number) => {
            sheet.write_number_with_format(row, place, double, look)?;
        }
        _ => {
            sheet.write_string_with_format(row, place, decimal(&text, lang), &looks.long)?;
        }
    }
    Ok(())
}

/// A text that a cell can hold: no control characters but the end of a line, no longer than a cell is.
fn fitting(text: &str) -> String {
    let mut units = 0;
    let fits = text.replace("\r\n", "\n");
    let fits = fits.chars().map(|c| match c {
        '\n' => c,
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    });
    fits.take_while(|c| {
        units += c.len_utf16();
        units <= LONGEST
    })
    .collect()
}
