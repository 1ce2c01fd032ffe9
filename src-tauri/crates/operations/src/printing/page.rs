//! What goes to the printer: a report's pages or a test page, as PDF or as a thermal printer's bytes.

use domain::{ErrorCode, Zone};
use printing::{Media, Printer};
use reports::document::{Block, Role};
use reports::{Document, Page, Pages};
use store::PrintJob;
use texts::{Key, Lang};

use super::printer_named;
use crate::{Desk, Effect, Form, Language, OnPaper, Paper, Trouble};

/// Letters and signs that printers get wrong.
const LETTERS: &str = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя \
    ӘәҒғҚқҢңӨөҰұҮүҺһІі ABCXYZabcxyz 0123456789 ₸ № « » — /";

/// Something to print, ready for its printer.
pub(super) struct Printable {
    pub(super) printer: Printer,
    pub(super) title: String,
    pub(super) bytes: Vec<u8>,
    pub(super) media: Media,
}

impl Printable {
    pub(super) fn new(printer: Printer, pages: Pages) -> Result<Self, Trouble> {
        Ok(Self {
            bytes: bytes(&printer, &pages)?,
            media: media(&pages),
            title: pages.title,
            printer,
        })
    }
}

impl Desk {
    pub(super) fn printable(&self, job: &PrintJob) -> Result<Printable, Trouble> {
        let unknown =
            |what: &str| Trouble::new(ErrorCode::Damaged, Effect::Local).with("detail", what);
        let printer = printer_named(&job.printer)?;
        let paper = Paper::from_name(&job.paper).ok_or_else(|| unknown("paper"))?;
        let language = Language::from_name(&job.language).ok_or_else(|| unknown("language"))?;
        let on = OnPaper {
            form: Form::from_name(&job.form).ok_or_else(|| unknown("form"))?,
            paper: Some(paper),
            language: Some(language),
            copy: job.copy,
        };
        let pages = match job.report {
            Some(report) => self.report_pages(report, &on)?,
            None => self.laid(&test_page(job, language, &self.zone()), &on)?,
        };
        Printable::new(printer, pages)
    }
}

fn bytes(printer: &Printer, pages: &Pages) -> Result<Vec<u8>, Trouble> {
    Ok(if printer.takes_pdf() {
        reports::pdf::render(pages)?
    } else {
        reports::escpos::render(pages)?
    })
}

/// The paper for these pages: of tape as much as the longest of them takes, in whole millimetres.
fn media(pages: &Pages) -> Media {
    const MILLIMETRE: i64 = 1000;
    if !pages.paper.is_tape() {
        return Media::A4;
    }
    let whole = |length: i64| (length + MILLIMETRE - 1) / MILLIMETRE;
    let longest = |length: fn(&Page) -> i64| pages.pages.iter().map(length).max().unwrap_or(0);
    Media::Piece {
        width: whole(longest(|page| page.width)),
        height: whole(longest(|page| page.height)),
    }
}

fn test_page(job: &PrintJob, language: Language, zone: &Zone) -> Document {
    let languages: &[Lang] = match &language {
        Language::One(lang) => std::slice::from_ref(lang),
        Language::KazakhRussian => &[Lang::Kk, Lang::Ru],
    };
    let each = |key: Key| -> Vec<String> {
        let mut lines: Vec<String> = languages
            .iter()
            .map(|lang| lang.text(key).to_owned())
            .collect();
        lines.dedup();
        lines
    };
    let caption = |key| each(key).join(" / ");
    let at = zone.local(job.at);
    let mut blocks = vec![Block::Centred(Role::Title, each(Key::PrintTestTitle))];
    blocks.extend([
        Block::Heavy,
        Block::Pairs(vec![
            (caption(Key::PrintTestPrinter), job.printer.clone()),
            (caption(Key::PrintTestPaper), job.paper.clone()),
            (
                caption(Key::PrintTestAt),
                at.format("%d.%m.%Y %H:%M:%S").to_string(),
            ),
        ]),
        Block::Hairline,
        Block::Paragraph(LETTERS.to_owned()),
        Block::Hairline,
    ]);
    blocks.extend(each(Key::PrintTestLetters).into_iter().map(Block::Note));
    Document {
        title: caption(Key::PrintTestTitle),
        language,
        created: job.at,
        blocks,
    }
}
