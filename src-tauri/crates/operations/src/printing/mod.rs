//! Printing: what a person asks for, and what the queue answers. A job is on the disk before it is tried, and printing comes
//! after the fiscal result: nothing here is in its way, and what fails is printed from the archive later.

mod page;
mod queue;

use domain::{ErrorCode, ReportKind};
use printing::{PrintError, Printer};
use store::{NewPrint, PrintJob, PrintState};
use texts::{Key, Lang, Phrase};

use crate::aside::aside;
use crate::board::time;
use crate::view::{PrintView, PrinterView};
use crate::{Desk, Effect, OnPaper, Pages, Paper, Trouble, settings};

/// Jobs that a list shows.
const LISTED: u32 = 200;

/// What is printed by itself when it is archived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AutoPrint {
    /// Nothing.
    #[default]
    Off,
    /// Z-reports.
    Z,
    /// Every report.
    All,
}

impl AutoPrint {
    /// Reads `off`, `z` or `all`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "z" => Some(Self::Z),
            "all" => Some(Self::All),
            _ => None,
        }
    }
}

impl Desk {
    /// The printers of this computer, and the one of the settings wherever it is.
    ///
    /// # Errors
    /// When there is no printing system, or the database cannot be read.
    pub async fn printers(&self) -> Result<Vec<PrinterView>, Trouble> {
        let chosen = settings::printer(&self.store)?.map(|printer| printer.to_string());
        let queues = match (aside(printing::list).await?, &chosen) {
            (Ok(queues), _) => queues,
            // Where the one that is used is on the network, nothing is missing.
            (Err(error), Some(chosen)) if !chosen.starts_with("system:") => {
                tracing::warn!(%error, "the system's printers are not listed");
                Vec::new()
            }
            (Err(error), _) => return Err(no_list(&error)),
        };
        let mut printers: Vec<PrinterView> = queues
            .into_iter()
            .map(|queue| {
                let printer = Printer::System(queue.name).to_string();
                PrinterView {
                    chosen: chosen.as_ref() == Some(&printer),
                    printer,
                    system_default: queue.is_default,
                }
            })
            .collect();
        if let Some(printer) = chosen
            && !printers.iter().any(|it| it.chosen)
        {
            printers.push(PrinterView {
                printer,
                system_default: false,
                chosen: true,
            });
        }
        Ok(printers)
    }

    /// The printer of this name; without one that of the settings, or else the system's default, for which the system is
    /// asked.
    ///
    /// # Errors
    /// When the name names no printer, none was chosen, or the system does not answer.
    async fn printer(&self, named: Option<&str>) -> Result<Printer, Trouble> {
        if let Some(named) = named {
            return printer_named(named);
        }
        if let Some(chosen) = settings::printer(&self.store)? {
            return Ok(chosen);
        }
        let queues = aside(printing::list).await?;
        let queues = queues.map_err(|error| no_list(&error).of_effect(Effect::Output))?;
        let default = queues.into_iter().find(|queue| queue.is_default);
        default
            .map(|queue| Printer::System(queue.name))
            .ok_or_else(|| bad(Key::PrintNoneChosen.into()))
    }

    /// Prints an archived report: puts it into the queue, and tries at once.
    ///
    /// # Errors
    /// [`ErrorCode::NotPrinted`] when it did not get through: it stays in the queue; otherwise when there is no such report
    /// or printer. While somebody else is at the printer for long, what it gives is not yet `done`.
    pub async fn print_report(
        &self,
        number: i64,
        printer: Option<&str>,
        on: &OnPaper,
    ) -> Result<PrintView, Trouble> {
        let printer = self.printer(printer).await?;
        self.print_report_on(number, &printer, on).await
    }

    /// As [`Self::print_report`], for the page: it may name a queue of the system or the printer of the settings, and makes
    /// the program connect to nothing else.
    ///
    /// # Errors
    /// As [`Self::print_report`]; [`ErrorCode::BadInput`] for any other printer.
    pub async fn print_report_for_page(
        &self,
        number: i64,
        printer: Option<&str>,
        on: &OnPaper,
    ) -> Result<PrintView, Trouble> {
        let printer = self.printer_for_page(printer).await?;
        self.print_report_on(number, &printer, on).await
    }

    async fn printer_for_page(&self, named: Option<&str>) -> Result<Printer, Trouble> {
        let printer = self.printer(named).await?;
        let Some(named) = named else {
            return Ok(printer);
        };
        if settings::printer(&self.store)?.as_ref() == Some(&printer) {
            return Ok(printer);
        }
        if let Printer::System(name) = &printer {
            let queues = aside(printing::list).await?;
            let queues = queues.map_err(|error| no_list(&error))?;
            if queues.iter().any(|queue| queue.name == *name) {
                return Ok(printer);
            }
        }
        Err(bad(Phrase::of(Key::PrintingNotListed).with("text", named)))
    }

    async fn print_report_on(
        &self,
        number: i64,
        printer: &Printer,
        on: &OnPaper,
    ) -> Result<PrintView, Trouble> {
        self.archived(number)?;
        let new = self.new_print(Some(number), printer, on)?;
        let job = self.store.add_print(&new)?;
        self.print_now(job).await
    }

    /// Prints a page that shows whether the printer prints what reports need.
    ///
    /// # Errors
    /// As [`Self::print_report`].
    pub async fn print_test_page(&self, printer: Option<&str>) -> Result<PrintView, Trouble> {
        let printer = self.printer(printer).await?;
        let new = self.new_print(None, &printer, &OnPaper::default())?;
        let job = self.store.add_print(&new)?;
        self.print_now(job).await
    }

    /// As [`Self::print_test_page`], for the page: see [`Self::print_report_for_page`].
    ///
    /// # Errors
    /// As [`Self::print_report_for_page`].
    pub async fn print_test_page_for_page(
        &self,
        printer: Option<&str>,
    ) -> Result<PrintView, Trouble> {
        let printer = self.printer_for_page(printer).await?;
        self.print_test_page(Some(&printer.to_string())).await
    }

    /// Prints what the archive does not keep, a slip or a summary, at once and without a place in the queue: it can be made
    /// anew at any time.
    ///
    /// # Errors
    /// [`ErrorCode::NotPrinted`] when it did not get through; otherwise when there is no such printer, or what `pages` says.
    pub async fn print_unkept(
        &self,
        printer: Option<&str>,
        on: &OnPaper,
        pages: impl FnOnce(&OnPaper) -> Result<Pages, Trouble>,
    ) -> Result<(), Trouble> {
        let printer = self.printer(printer).await?;
        let on = if printer.takes_pdf() {
            *on
        } else {
            self.on_tape(on)?
        };
        let printable = page::Printable::new(printer, pages(&on)?)?;
        let name = printable.printer.to_string();
        let accepted = aside(move || queue::hand_over(&printable)).await?;
        let accepted = accepted.map_err(|error| {
            let what = problem(error.as_str(), &name, &error.detail());
            let trouble = Trouble::new(ErrorCode::NotPrinted, Effect::Output)
                .saying(what)
                .with("printer", &name);
            if error.may_pass() {
                trouble.worth_repeating()
            } else {
                trouble
            }
        })?;
        tracing::info!(?accepted, "printed");
        Ok(())
    }

    /// The print queue, the newest job first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn print_queue(&self) -> Result<Vec<PrintView>, Trouble> {
        self.store.requeue_dead_prints(self.now())?;
        let jobs = self.store.prints(LISTED)?;
        let lang = self.lang();
        Ok(jobs.iter().map(|job| view(job, lang)).collect())
    }

    /// Tries a job again at once that waits, failed or was given up.
    ///
    /// # Errors
    /// As [`Self::print_report`]; when there is no such job, or it is printed already.
    pub async fn retry_print(&self, number: i64) -> Result<PrintView, Trouble> {
        self.store.requeue_dead_prints(self.now())?;
        let job = self.store.retry_print(number, self.now())?;
        self.print_now(job).await
    }

    /// Gives a job up that waits or failed.
    ///
    /// # Errors
    /// When there is no such job, or it is being printed or printed already.
    pub fn cancel_print(&self, number: i64) -> Result<PrintView, Trouble> {
        self.store.requeue_dead_prints(self.now())?;
        let job = self.store.cancel_print(number, self.now())?;
        Ok(view(&job, self.lang()))
    }

    /// Tries everything that waits, whatever its pause, and gives the jobs it tried.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn print_waiting(&self) -> Result<Vec<PrintView>, Trouble> {
        self.store.requeue_dead_prints(self.now())?;
        self.queue_new_reports();
        let waiting = self.store.waiting_prints(None)?;
        let mut printers: Vec<&str> = waiting.iter().map(|job| job.printer.as_str()).collect();
        printers.sort_unstable();
        printers.dedup();
        for printer in printers {
            self.work_off_in_turn(printer).await?;
        }
        let tried = waiting.iter().map(|job| self.store.print_job(job.number));
        let lang = self.lang();
        tried.map(|job| Ok(view(&job?, lang))).collect()
    }

    fn new_print(
        &self,
        report: Option<i64>,
        printer: &Printer,
        on: &OnPaper,
    ) -> Result<NewPrint, Trouble> {
        let paper = on.paper.map_or_else(|| settings::paper(&self.store), Ok)?;
        // No thermal printer has sheets.
        let paper = if printer.takes_pdf() || paper.is_tape() {
            paper
        } else {
            Paper::Tape80
        };
        Ok(NewPrint {
            report,
            form: on.form.as_str().to_owned(),
            printer: printer.to_string(),
            paper: paper.as_str().to_owned(),
            language: self.language_of(on)?.as_str().to_owned(),
            at: self.now(),
        })
    }

    /// Queues what was archived since the last look, where that is wanted. The reports are safe whatever fails here, and the
    /// next look finds them.
    fn queue_new_reports(&self) {
        if let Err(trouble) = self.look_for_new_reports() {
            tracing::warn!(%trouble, "new reports are not queued for printing");
        }
    }

    fn look_for_new_reports(&self) -> Result<(), Trouble> {
        let only = match settings::auto_print(&self.store)? {
            AutoPrint::Off => return Ok(()),
            AutoPrint::Z => Some(ReportKind::Z),
            AutoPrint::All => None,
        };
        let Some(printer) = settings::printer(&self.store)? else {
            return Ok(());
        };
        let like = self.new_print(None, &printer, &OnPaper::default())?;
        let queued = self.store.print_new_reports(only, &like)?;
        if queued > 0 {
            tracing::info!(queued, "new reports are to be printed");
        }
        Ok(())
    }
}

/// Reads a printer's name. Nobody is asked whether there is such a printer.
///
/// # Errors
/// [`ErrorCode::BadInput`] where it names none.
pub fn printer_named(named: &str) -> Result<Printer, Trouble> {
    named
        .parse()
        .map_err(|_| bad(Phrase::of(Key::PrintBadPrinter).with("text", named)))
}

fn bad(what: Phrase) -> Trouble {
    Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what)
}

fn no_list(error: &PrintError) -> Trouble {
    let what = problem(error.as_str(), "", &error.detail());
    Trouble::new(ErrorCode::NotPrinted, Effect::Local).saying(what)
}

/// What a failure's code and particulars mean for a person.
pub(crate) fn problem(code: &str, printer: &str, detail: &str) -> Phrase {
    let key = match code {
        "no-such-printer" => Key::PrintProblemNoSuchPrinter,
        "unreachable" if printer.is_empty() => Key::PrintProblemNoSystem,
        "unreachable" => Key::PrintProblemUnreachable,
        "broken" => Key::PrintProblemBroken,
        "refused" => Key::PrintProblemRefused,
        "timed-out" => Key::PrintProblemTimedOut,
        "tool-missing" => Key::PrintProblemToolMissing,
        "restored" => Key::PrintProblemRestored,
        _ => Key::PrintProblemNotPainted,
    };
    let detail = detail.trim_end_matches('.');
    Phrase::of(key)
        .with("printer", printer)
        .with("detail", detail)
}

/// A job as it is shown.
pub(crate) fn view(job: &PrintJob, lang: Lang) -> PrintView {
    let waits = job.state == PrintState::Queued;
    PrintView {
        number: job.number,
        report: job.report,
        printer: job.printer.clone(),
        paper: job.paper.clone(),
        language: job.language.clone(),
        state: job.state.as_str().to_owned(),
        copy: job.copy,
        attempts: job.attempts,
        at: time(job.at),
        next: waits.then(|| time(job.next)),
        settled: job.settled.map(time),
        code: job.code.clone(),
        message: job.code.as_deref().map(|code| {
            problem(
                code,
                &job.printer,
                job.detail.as_deref().unwrap_or_default(),
            )
            .to(lang)
        }),
    }
}
