use std::io::{Cursor, SeekFrom};

use calamine::{Reader as _, Xlsx};
use chrono::Offset as _;
use domain::{Kkm, KkmId, Marks, Report, ReportKind};
use texts::Lang;

use super::*;

fn setting() -> Setting {
    Setting {
        lang: Lang::En,
        zone: domain::Zone::new(|_| Utc.fix()),
    }
}

fn report() -> Report {
    Report {
        kind: ReportKind::Z,
        kkm: Kkm::bare(KkmId::new(1)),
        shift: None,
        figures: None,
        sections: None,
        documents: Vec::new(),
        taken: "2026-11-24T10:00:00Z".parse().unwrap(),
        cash_count: None,
        marks: Marks::default(),
    }
}

fn fill<W: Write + Seek + Send>(mut book: Workbook<W>, reports: i64) -> Result<(), ExportError> {
    let report = report();
    for number in 1..=reports {
        book.add(&Archived {
            number,
            server: "https://a.kz",
            hash: "0",
            intact: true,
            report: &report,
            before: None,
        })?;
    }
    Box::new(book).finish()
}

#[test]
fn what_does_not_fit_on_a_sheet_goes_on_on_the_next() {
    for amount in [Amount::Few, Amount::Many] {
        let mut out = Cursor::new(Vec::new());
        fill(
            Workbook::with_rows(amount, setting(), &mut out, 3).unwrap(),
            7,
        )
        .unwrap();
        let mut book = Xlsx::new(Cursor::new(out.into_inner())).unwrap();
        let heights = ["Reports", "Reports 2", "Reports 3"].map(|name| {
            let range = book.worksheet_range(name).unwrap();
            assert_eq!(range.get((0, 0)).unwrap().to_string(), "Archive no.");
            range.height() - 1
        });
        assert_eq!(heights, [3, 3, 1]);
        assert_eq!(
            book.sheet_names(),
            ["Reports", "Sections", "Reports 2", "Reports 3"]
        );
    }
}

/// A disk with so much room.
struct Full(Cursor<Vec<u8>>, usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.get_ref().len() + bytes.len() > self.1 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Seek for Full {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_disk_that_is_full_is_told_and_nothing_panics() {
    for amount in [Amount::Few, Amount::Many] {
        let mut whole = Full(Cursor::default(), usize::MAX);
        let book = Workbook::begin(amount, setting(), &mut whole).unwrap();
        fill(book, 20).unwrap();
        let needed = whole.0.get_ref().len();
        for room in (0..needed).step_by(needed / 40) {
            let mut full = Full(Cursor::default(), room);
            let book = Workbook::begin(amount, setting(), &mut full).unwrap();
            let error = fill(book, 20).unwrap_err();
            assert!(
                matches!(&error, ExportError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull),
                "{room}: {error}"
            );
        }
    }
}
