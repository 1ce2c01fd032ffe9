//! Where a report goes besides the standard output: one list of forms and files.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args};
use operations::{Desk, ExportFormat, Language, OnPaper, Pages, Painting, Paper, Trouble, file};
use texts::{Key, Lang, Phrase};

use crate::failure::{Failure, Unwritten};

/// Where a report goes besides the standard output.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("file").multiple(true))]
pub(crate) struct Output {
    #[arg(long, value_name = "FILE", group = "file", help = "Записать PDF")]
    pub(crate) pdf: Option<PathBuf>,
    #[arg(long, value_name = "FILE", group = "file", help = "Записать SVG")]
    pub(crate) svg: Option<PathBuf>,
    #[arg(
        long,
        value_name = "FILE",
        group = "file",
        help = "Записать растр ESC/POS для термопринтера"
    )]
    pub(crate) escpos: Option<PathBuf>,
    #[arg(
        long,
        value_name = "FILE",
        group = "file",
        help = "Записать книгу Excel"
    )]
    pub(crate) xlsx: Option<PathBuf>,
    #[arg(
        long,
        value_name = "FILE",
        group = "file",
        help = "Записать таблицу CSV"
    )]
    pub(crate) csv: Option<PathBuf>,
    #[arg(long, requires = "file", help = "Заменить файл, если он есть")]
    pub(crate) force: bool,
    #[arg(
        long,
        value_parser = paper(),
        ignore_case = true,
        value_name = "PAPER",
        help = "Бумага: 80, 58 или a4; иначе как в настройке paper"
    )]
    pub(crate) paper: Option<Paper>,
    #[arg(
        long,
        value_parser = report_lang(),
        ignore_case = true,
        value_name = "LANG",
        help = "Язык отчёта: ru, kk, en или kk+ru; иначе как в настройке report-language"
    )]
    pub(crate) report_lang: Option<Language>,
    #[arg(
        long,
        value_parser = document(),
        ignore_case = true,
        value_name = "DOCUMENT",
        help = "Что напечатать: report (сам отчёт), with-documents (с документами смены) или cash-count (акт пересчёта наличных)"
    )]
    pub(crate) document: Option<operations::Form>,
    #[arg(
        long,
        value_name = "PRINTER",
        help = "Напечатать: system:ИМЯ, raw:ИМЯ или tcp:АДРЕС[:ПОРТ]; без значения — принтер из настройки printer или системный"
    )]
    pub(crate) print: Option<Option<String>>,
}

/// One of these names, in whatever case; clap refuses others and lists these.
pub(crate) fn one_of<T: Clone + Send + Sync + 'static>(
    names: impl IntoIterator<Item = &'static str>,
    read: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names)
        .try_map(move |name| read(&name.to_lowercase()).ok_or(std::fmt::Error))
}

/// `80`, `58`, `a4`.
pub(crate) fn paper() -> impl TypedValueParser<Value = Paper> {
    one_of(Paper::ALL.map(Paper::as_str), Paper::from_name)
}

/// `ru`, `kk`, `en`, `kk+ru`.
pub(crate) fn report_lang() -> impl TypedValueParser<Value = Language> {
    one_of(Language::ALL.map(Language::as_str), Language::from_name)
}

fn document() -> impl TypedValueParser<Value = operations::Form> {
    let names = operations::Form::ALL.map(operations::Form::as_str);
    one_of(names, operations::Form::from_name)
}

/// What a report is written as.
#[derive(Debug, Clone, Copy)]
enum Form {
    Painted(Painting),
    Table(ExportFormat),
}

impl Output {
    /// What is asked for: its option, its form, its file.
    fn files(&self) -> impl Iterator<Item = (&'static str, Form, &Path)> {
        let all = [
            ("--pdf", Form::Painted(Painting::Pdf), &self.pdf),
            ("--svg", Form::Painted(Painting::Svg), &self.svg),
            ("--escpos", Form::Painted(Painting::EscPos), &self.escpos),
            ("--xlsx", Form::Table(ExportFormat::Xlsx), &self.xlsx),
            ("--csv", Form::Table(ExportFormat::Csv), &self.csv),
        ];
        let asked = all.into_iter();
        asked.filter_map(|(option, form, path)| Some((option, form, path.as_deref()?)))
    }

    /// How the report is put on paper.
    pub(crate) fn on_paper(&self) -> OnPaper {
        OnPaper {
            paper: self.paper,
            language: self.report_lang,
            form: self.document.unwrap_or_default(),
            ..OnPaper::default()
        }
    }

    /// What can be known of the files beforehand is said before anything is sent.
    pub(crate) fn refuse_unwritable(&self) -> Result<(), Failure> {
        self.refuse_one_file_for_two()?;
        for (_, _, path) in self.files() {
            refuse_unwritable(path, self.force)?;
        }
        Ok(())
    }

    /// With `--force` the second would replace the first without a word.
    pub(crate) fn refuse_one_file_for_two(&self) -> Result<(), Failure> {
        let mut taken: Vec<(&str, PathBuf)> = Vec::new();
        for (option, _, path) in self.files() {
            let place = place(path);
            if let Some((other, _)) = taken.iter().find(|(_, it)| *it == place) {
                return Err(Failure::usage(
                    Phrase::of(Key::CliOneFile)
                        .with("other", other)
                        .with("option", option)
                        .with("path", path.display()),
                    Key::CliOneFileRemedy,
                ));
            }
            taken.push((option, place));
        }
        Ok(())
    }

    /// Writes a report of the archive in each form.
    pub(crate) fn write(&self, desk: &Desk, number: i64) -> Files {
        let pages = |on: &OnPaper| desk.report_pages(number, on);
        let table = |format, lang, path: &Path| {
            desk.export_numbers(&[number], format, lang, path, self.force)
                .map(drop)
        };
        self.write_each(desk, &pages, &table)
    }

    /// Writes something in each form; one that fails does not stop the others.
    pub(crate) fn write_each(
        &self,
        desk: &Desk,
        pages: &dyn Fn(&OnPaper) -> Result<Pages, Trouble>,
        table: &dyn Fn(ExportFormat, Lang, &Path) -> Result<(), Trouble>,
    ) -> Files {
        let mut files = Files::default();
        for (option, form, path) in self.files() {
            match self.write_one(desk, form, path, pages, table) {
                Ok(()) => files.written.push(path.to_path_buf()),
                Err(cause) => files.failed.push(Unwritten {
                    option: Some(option),
                    path: path.to_path_buf(),
                    cause,
                }),
            }
        }
        files
    }

    /// Writes one; gives the cause where that fails.
    fn write_one(
        &self,
        desk: &Desk,
        form: Form,
        path: &Path,
        pages: &dyn Fn(&OnPaper) -> Result<Pages, Trouble>,
        table: &dyn Fn(ExportFormat, Lang, &Path) -> Result<(), Trouble>,
    ) -> Result<(), Phrase> {
        let on = self.on_paper();
        let painted = match form {
            Form::Table(format) => {
                let language = desk.language_of(&on);
                let written = language.and_then(|it| table(format, it.numbers(), path));
                return written.map_err(|trouble| trouble.reason());
            }
            Form::Painted(Painting::EscPos) => desk
                .on_tape(&on)
                .and_then(|on| Painting::EscPos.of(&pages(&on)?)),
            Form::Painted(painting) => pages(&on).and_then(|pages| painting.of(&pages)),
        };
        let bytes = painted.map_err(|trouble| trouble.reason())?;
        file::write(path, &bytes, self.force).map_err(|error| file::reason(&error))
    }

    /// Where nothing can be written.
    pub(crate) fn refuse_all(&self, with: &str) -> Result<(), Failure> {
        let print = self.print.as_ref().map(|_| "--print");
        match self.files().map(|(option, ..)| option).next().or(print) {
            Some(option) => Err(Failure::usage(
                Phrase::of(Key::CliNotWith)
                    .with("option", option)
                    .with("with", with),
                Key::CliNotWithRemedy,
            )),
            None => Ok(()),
        }
    }

    /// Without a count there is no slip of one.
    pub(crate) fn refuse_cash_count(&self) -> Result<(), Failure> {
        match self.document {
            Some(operations::Form::CashCount) => Err(Failure::usage(
                Key::CliNothingCounted,
                Key::CliNothingCountedRemedy,
            )),
            _ => Ok(()),
        }
    }

    /// A slip has no table of its own.
    pub(crate) fn refuse_tables(&self) -> Result<(), Failure> {
        match self
            .files()
            .find(|(_, form, _)| matches!(form, Form::Table(_)))
        {
            Some((option, ..)) => Err(Failure::usage(
                Phrase::of(Key::CliNoTable).with("option", option),
                Key::CliNoTableRemedy,
            )),
            None => Ok(()),
        }
    }
}

/// What became of the files that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Files {
    written: Vec<PathBuf>,
    /// Those that were not written.
    pub(crate) failed: Vec<Unwritten>,
}

impl Files {
    /// A result with the files that were written, for people.
    pub(crate) fn below(&self, result: String, lang: Lang) -> String {
        let said = self.written.iter().map(|path| written(path, lang));
        [result]
            .into_iter()
            .chain(said)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// That a file was written, and where it is.
pub(crate) fn written(path: &Path, lang: Lang) -> String {
    lang.fill(Key::CliFileWritten, &[("path", &absolute(path))])
}

/// A path that can be followed from any folder.
pub(crate) fn absolute(path: &Path) -> String {
    let whole = std::path::absolute(path);
    whole.as_deref().unwrap_or(path).display().to_string()
}

/// What can be known beforehand of a file to be written.
pub(crate) fn refuse_unwritable(path: &Path, force: bool) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(Failure::usage(
            Phrase::of(Key::CliIsFolder).with("path", path.display()),
            Key::CliIsFolderRemedy,
        ));
    }
    if !force && path.symlink_metadata().is_ok() {
        return Err(Failure::usage(
            Phrase::of(Key::CliFileExists).with("path", path.display()),
            Key::CliFileExistsRemedy,
        ));
    }
    let folder = folder(path);
    if !folder.is_dir() {
        return Err(Failure::usage(
            Phrase::of(Key::CliNoFolder).with("path", folder.display()),
            Key::CliNoFolderRemedy,
        ));
    }
    Ok(())
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// One place has one name, however it is written; where capitals make no difference, none is made here.
fn place(path: &Path) -> PathBuf {
    let folder = folder(path);
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let place = folder.join(path.file_name().unwrap_or_default());
    if cfg!(any(windows, target_os = "macos")) {
        place.to_string_lossy().to_lowercase().into()
    } else {
        place
    }
}
