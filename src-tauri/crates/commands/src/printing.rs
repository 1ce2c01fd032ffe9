//! Commands of printers and of the print queue.

use std::sync::Arc;

use operations::view::{PaperInput, PrintView, PrinterView, SummaryInput};
use operations::{Desk, OnPaper, Trouble};

use crate::House;
use crate::house::aside;

impl House {
    pub(crate) async fn printers(&self) -> Result<Vec<PrinterView>, Trouble> {
        self.room().await?.desk.printers().await
    }

    pub(crate) async fn print_report(
        &self,
        number: i64,
        printer: Option<String>,
        on: Option<PaperInput>,
    ) -> Result<PrintView, Trouble> {
        let on = OnPaper::of(on.as_ref())?;
        let room = self.room().await?;
        let printed = room
            .desk
            .print_report_for_page(number, printer.as_deref(), &on);
        printed.await
    }

    pub(crate) async fn print_summary(
        &self,
        input: SummaryInput,
        on: Option<PaperInput>,
    ) -> Result<(), Trouble> {
        let on = OnPaper::of(on.as_ref())?;
        let query = Desk::summary_query(&input)?;
        let room = self.room().await?;
        let reading = Arc::clone(&room);
        let summary = aside(move || reading.desk.summary(&query)).await?;
        let pages = |on: &OnPaper| room.desk.summary_pages(&summary, on);
        room.desk.print_unkept(None, &on, pages).await
    }

    pub(crate) async fn print_test_page(
        &self,
        printer: Option<String>,
    ) -> Result<PrintView, Trouble> {
        let room = self.room().await?;
        room.desk.print_test_page_for_page(printer.as_deref()).await
    }

    pub(crate) async fn print_queue(&self) -> Result<Vec<PrintView>, Trouble> {
        self.room().await?.desk.print_queue()
    }

    pub(crate) async fn retry_print(&self, number: i64) -> Result<PrintView, Trouble> {
        self.room().await?.desk.retry_print(number).await
    }

    pub(crate) async fn cancel_print(&self, number: i64) -> Result<PrintView, Trouble> {
        self.room().await?.desk.cancel_print(number)
    }
}
