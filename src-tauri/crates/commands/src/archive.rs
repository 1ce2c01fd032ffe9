//! Commands of the archive and of the journal.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ErrorCode;
use operations::view::{
    ArchiveInput, ArchivePage, ContinuityView, ExportInput, JournalInput, JournalPage,
    OperationDetailsView, PaperInput, ReportView, SavedFile, SummaryInput, SummaryView, VerifyView,
};
use operations::{Effect, OnPaper, Trouble, Which, support};
use texts::Key;

use crate::house::aside;
use crate::{FileQuestion, House};

impl House {
    pub(crate) async fn report(
        &self,
        number: i64,
        on: Option<PaperInput>,
    ) -> Result<ReportView, Trouble> {
        let on = OnPaper::of(on.as_ref())?;
        let room = self.room().await?;
        aside(move || room.desk.report_on(number, &on)).await
    }

    pub(crate) async fn archive(&self, input: ArchiveInput) -> Result<ArchivePage, Trouble> {
        let room = self.room().await?;
        aside(move || room.desk.archive(&input)).await
    }

    pub(crate) async fn continuity(
        &self,
        server: Option<String>,
        kkm: Option<i64>,
    ) -> Result<ContinuityView, Trouble> {
        let which = match (server, kkm) {
            (Some(server), Some(kkm)) => Some(Which::on(&server, kkm)?),
            _ => None,
        };
        let room = self.room().await?;
        aside(move || room.desk.continuity(which.as_ref())).await
    }

    pub(crate) async fn verify(&self) -> Result<VerifyView, Trouble> {
        let room = self.room().await?;
        let found = aside(move || room.desk.verify()).await?;
        Ok(VerifyView {
            reports: found.rows,
            broken_report: found.broken,
            operations: found.operations,
            broken_operation: found.broken_operation,
        })
    }

    pub(crate) async fn save_pdf(
        &self,
        number: i64,
        on: Option<PaperInput>,
        ask: Option<bool>,
    ) -> Result<Option<SavedFile>, Trouble> {
        let on = OnPaper::of(on.as_ref())?;
        let room = self.room().await?;
        if ask != Some(true) {
            let folder = self.around.documents()?;
            let path = aside(move || room.desk.save_pdf(number, &folder, &on)).await?;
            return Ok(Some(self.saved(path)));
        }
        let name = room.desk.pdf_name(number)?;
        let Some(path) = self
            .file(Key::FileSave, Some(name), Key::FilePdf, "pdf")
            .await?
        else {
            return Ok(None);
        };
        let written = path.clone();
        aside(move || room.desk.write_pdf(number, &written, &on)).await?;
        Ok(Some(self.saved(path)))
    }

    pub(crate) async fn export_reports(
        &self,
        input: ExportInput,
        on: Option<PaperInput>,
    ) -> Result<SavedFile, Trouble> {
        let on = OnPaper::of(on.as_ref())?;
        let room = self.room().await?;
        let folder = self.around.documents()?;
        let path = aside(move || room.desk.save_export(&input, &folder, &on)).await?;
        Ok(self.saved(path))
    }

    pub(crate) async fn summary(&self, input: SummaryInput) -> Result<SummaryView, Trouble> {
        let room = self.room().await?;
        aside(move || room.desk.summary_view(&input)).await
    }

    pub(crate) async fn save_summary(
        &self,
        input: SummaryInput,
        format: String,
        on: Option<PaperInput>,
    ) -> Result<SavedFile, Trouble> {
        let on = OnPaper::of(on.as_ref())?;
        let room = self.room().await?;
        let folder = self.around.documents()?;
        let save = move || room.desk.save_summary(&input, &format, &folder, &on);
        Ok(self.saved(aside(save).await?))
    }

    pub(crate) async fn open_saved(&self, path: String, folder: bool) -> Result<(), Trouble> {
        let path = PathBuf::from(path);
        let failed =
            || Trouble::new(ErrorCode::OutputFailed, Effect::Output).with("path", path.display());
        if !self.has_saved(&path) {
            return Err(failed());
        }
        let (around, opened) = (Arc::clone(&self.around), path.clone());
        let done = aside(move || Ok(around.open(&opened, folder))).await?;
        done.map_err(|error| failed().with("detail", error))
    }

    pub(crate) async fn journal(&self, input: JournalInput) -> Result<JournalPage, Trouble> {
        let room = self.room().await?;
        aside(move || room.desk.journal(&input)).await
    }

    pub(crate) async fn operation(&self, number: i64) -> Result<OperationDetailsView, Trouble> {
        let room = self.room().await?;
        room.desk.operation_shown(number).await
    }

    /// Also where no room can be opened.
    pub(crate) async fn support_bundle(&self) -> Result<SavedFile, Trouble> {
        let documents = self.around.documents()?;
        let path = match self.room().await {
            Ok(room) => support::save(room.desk.folder(), Ok(&room.desk), &documents).await,
            Err(trouble) => {
                support::save(&self.folder()?, Err(trouble.to_string()), &documents).await
            }
        };
        Ok(self.saved(path?))
    }

    fn saved(&self, path: impl AsRef<Path>) -> SavedFile {
        let path = path.as_ref();
        self.remember_saved(path);
        SavedFile {
            path: path.display().to_string(),
        }
    }

    /// Asks for a file: with a name for one to write, without for one that is there.
    pub(crate) async fn file(
        &self,
        title: Key,
        name: Option<String>,
        kind: Key,
        extension: &str,
    ) -> Result<Option<PathBuf>, Trouble> {
        let lang = self.lang();
        let question = FileQuestion {
            title: lang.text(title).to_owned(),
            name,
            kind: (lang.text(kind).to_owned(), extension.to_owned()),
        };
        let around = Arc::clone(&self.around);
        aside(move || Ok(around.ask(&question))).await
    }
}
