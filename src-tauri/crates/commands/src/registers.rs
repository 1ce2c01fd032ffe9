//! Commands of registers and their shifts.

use operations::view::{
    BoardView, CloseInput, CloseOutcome, LicenceView, OpenOutcome, OperationView, QueuedView,
    RegisterView, ReportView,
};
use operations::{Ended, Trouble, Which};

use crate::House;

impl House {
    pub(crate) async fn board(&self) -> Result<BoardView, Trouble> {
        self.room().await?.desk.board().await
    }

    pub(crate) async fn register(&self, server: String, kkm: i64) -> Result<RegisterView, Trouble> {
        let which = Which::on(&server, kkm)?;
        self.room().await?.desk.register(&which).await
    }

    pub(crate) async fn open_shift(
        &self,
        server: String,
        kkm: i64,
        login: Option<String>,
    ) -> Result<OpenOutcome, Trouble> {
        let which = Which::on(&server, kkm)?;
        let room = self.room().await?;
        let _under_way = self.begin();
        let login = login.as_deref();
        let ended = if room.desk.may_wait(&which)? {
            room.desk.open_shift_or_queue(&which, login, None).await?
        } else {
            Ended::Done(room.desk.open_shift(&which, login).await?)
        };
        let (opened, queued) = apart(ended);
        Ok(OpenOutcome { opened, queued })
    }

    pub(crate) async fn x_report(&self, server: String, kkm: i64) -> Result<ReportView, Trouble> {
        let which = Which::on(&server, kkm)?;
        let room = self.room().await?;
        let _under_way = self.begin();
        room.desk.x_report(&which).await
    }

    pub(crate) async fn section_report(
        &self,
        server: String,
        kkm: i64,
    ) -> Result<ReportView, Trouble> {
        let which = Which::on(&server, kkm)?;
        self.room().await?.desk.section_report(&which).await
    }

    pub(crate) async fn close_shift(&self, input: CloseInput) -> Result<CloseOutcome, Trouble> {
        let which = input.which()?;
        let room = self.room().await?;
        let _under_way = self.begin();
        let ended = if room.desk.may_wait(&which)? {
            room.desk.close_shift_or_queue(input, None).await?
        } else {
            Ended::Done(room.desk.close_shift(input).await?)
        };
        let (closed, queued) = apart(ended);
        Ok(CloseOutcome { closed, queued })
    }

    pub(crate) async fn recover(
        &self,
        server: String,
        kkm: i64,
    ) -> Result<Vec<OperationView>, Trouble> {
        let which = Which::on(&server, kkm)?;
        let room = self.room().await?;
        let _under_way = self.begin();
        room.desk.recover(Some(&which)).await
    }

    pub(crate) async fn outbox(&self, settled: bool) -> Result<Vec<QueuedView>, Trouble> {
        self.room().await?.desk.outbox(settled)
    }

    pub(crate) async fn replay(
        &self,
        server: String,
        kkm: i64,
    ) -> Result<Vec<QueuedView>, Trouble> {
        let which = Which::on(&server, kkm)?;
        let room = self.room().await?;
        let _under_way = self.begin();
        room.desk.replay(Some(&which), true).await
    }

    pub(crate) async fn withdraw(&self, number: i64) -> Result<QueuedView, Trouble> {
        self.room().await?.desk.withdraw(number)
    }

    pub(crate) async fn licences(&self) -> Result<Vec<LicenceView>, Trouble> {
        self.room().await?.desk.licences()
    }

    pub(crate) async fn set_licence(
        &self,
        server: String,
        kkm: i64,
        licensed: bool,
    ) -> Result<Vec<LicenceView>, Trouble> {
        let which = Which::on(&server, kkm)?;
        let room = self.room().await?;
        room.desk.set_autonomy(&which, licensed).await?;
        room.desk.licences()
    }
}

/// What is done, or what waits.
fn apart<T>(ended: Ended<T>) -> (Option<T>, Option<QueuedView>) {
    match ended {
        Ended::Done(done) => (Some(done), None),
        Ended::Queued(queued) => (None, Some(*queued)),
    }
}
