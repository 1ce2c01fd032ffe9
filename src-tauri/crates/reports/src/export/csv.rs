//! A CSV table that Excel opens by double click: UTF-8 with its mark, the list separator and the decimal sign of the
//! language, RFC 4180 quotes, and no cell that a spreadsheet would take for a formula.

use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};
use texts::Lang;

use super::table::{self, Cell, Column, Line};
use super::{Archived, Export, ExportError, Setting};

/// A table that is being written.
pub(super) struct Csv<W: Write> {
    setting: Setting,
    columns: Vec<Column>,
    rows: Writer<W>,
}

impl<W: Write> Csv<W> {
    pub(super) fn begin(setting: Setting, mut out: W) -> Result<Self, ExportError> {
        out.write_all("\u{feff}".as_bytes())?;
        let separator = match setting.lang {
            Lang::Ru | Lang::Kk => b';',
            Lang::En => b',',
        };
        let columns = table::reports(setting.lang);
        let mut rows = WriterBuilder::new()
            .delimiter(separator)
            .terminator(Terminator::CRLF)
            .from_writer(out);
        rows.write_record(columns.iter().map(|column| &column.head))
            .map_err(told)?;
        Ok(Self {
            setting,
            columns,
            rows,
        })
    }
}

impl<W: Write> Export for Csv<W> {
    fn add(&mut self, archived: &Archived<'_>) -> Result<(), ExportError> {
        let line = Line::report(archived, &self.setting);
        for column in &self.columns {
            let value = column.value(&line);
            let field = value.map_or_else(String::new, |cell| field(cell, self.setting.lang));
            self.rows.write_field(field).map_err(told)?;
        }
        self.rows.write_record(None::<&[u8]>).map_err(told)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.rows.flush()?)
    }
}

fn told(error: csv::Error) -> ExportError {
    ExportError::Io(error.into())
}

fn field(cell: Cell, lang: Lang) -> String {
    match cell {
        Cell::Text(text) => defused(text),
        Cell::Id(number) | Cell::Count(number) => number.to_string(),
        Cell::Amount(amount) => decimal(&amount.to_string(), lang),
        Cell::Time(time) => {
            let form = match lang {
                Lang::Ru | Lang::Kk => "%d.%m.%Y %H:%M:%S",
                Lang::En => "%Y-%m-%d %H:%M:%S",
            };
            time.format(form).to_string()
        }
    }
}

/// A decimal number with the language's own sign, not grouped.
pub(super) fn decimal(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru | Lang::Kk => number.replace('.', ","),
        Lang::En => number.to_owned(),
    }
}

/// Whatever the server calls a register, it is no formula (OWASP, "CSV Injection").
fn defused(text: String) -> String {
    const FORMULA: [char; 11] = [
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ];
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text
    }
}
