//! The queue at work: each printer's jobs in their order, one attempt at a time, and pauses that grow where a printer is away.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorCode;
use printing::{Accepted, Job, PrintError};
use store::{NotPrinted, PrintJob, PrintState, Store, StoreError};
use texts::{Key, Phrase};

use super::page::Printable;
use super::{AutoPrint, problem, view};
use crate::aside::aside;
use crate::view::PrintView;
use crate::{Desk, Effect, Trouble, settings};

/// Before the second attempt; it doubles each time.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(10);
/// After so many it is longer than the longest.
const DOUBLINGS: u32 = 6;
/// The longest pause.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(10);

/// How long another process's job at the printer is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks at whether it has ended.
const GLANCE: Duration = Duration::from_millis(100);

/// How an attempt ended.
enum Ended {
    /// The printer has it, or it never will.
    Settled,
    /// The printer is away, and so it is for what stands behind this job.
    Away(Box<PrintJob>),
    /// Somebody else is at the printer.
    Busy,
}

/// How it went with a printer's jobs.
pub(super) enum Worked {
    /// Nothing waits, up to the last job that was meant.
    Off,
    /// This job found the printer away.
    Away(Box<PrintJob>),
    /// Somebody else is at the printer.
    Busy,
}

/// A job that this process prints. When this is dropped, nobody does: an end that could not be written down is then found
/// by the next look at the queue.
struct AtThePrinter<'a> {
    store: &'a Store,
    job: &'a PrintJob,
}

impl Drop for AtThePrinter<'_> {
    fn drop(&mut self) {
        self.store.release_print(self.job);
    }
}

impl Desk {
    /// Queues what was archived since the last look, where that is wanted, and tries what is due. Says whether anything was
    /// tried. Nothing waits for this but whoever calls it.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn print_due(&self) -> Result<bool, Trouble> {
        self.store.requeue_dead_prints(self.now())?;
        self.queue_new_reports();
        let due = self.store.due_printers(self.now())?;
        for printer in &due {
            self.work_off(printer, None).await?;
        }
        Ok(!due.is_empty())
    }

    /// Where something is to be printed by itself: queues what was archived since the last look, and tries the printer that is
    /// meant for it, if it is due. Other printers are not waited for. Gives what waits for that printer afterwards.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn print_by_itself(&self) -> Result<Vec<PrintView>, Trouble> {
        if settings::auto_print(&self.store)? == AutoPrint::Off {
            return Ok(Vec::new());
        }
        self.store.requeue_dead_prints(self.now())?;
        self.queue_new_reports();
        let Some(printer) = settings::printer(&self.store)? else {
            return Ok(Vec::new());
        };
        let printer = printer.to_string();
        if self.store.due_printers(self.now())?.contains(&printer) {
            self.work_off(&printer, None).await?;
        }
        let waiting = self.store.waiting_prints(Some(&printer))?;
        Ok(waiting.iter().map(|job| view(job, self.lang())).collect())
    }

    /// Prints a job that was queued just now, after those that wait for the same printer. Where somebody else is at the
    /// printer for long, the job is given as it stands in the queue.
    pub(super) async fn print_now(&self, job: PrintJob) -> Result<PrintView, Trouble> {
        let begun = Instant::now();
        let number = job.number;
        loop {
            let worked = self.work_off(&job.printer, Some(number)).await?;
            let job = self.store.print_job(number)?;
            let is_elsewhere = match (job.state, worked) {
                (PrintState::Done, _) => false,
                (PrintState::Printing, _) | (PrintState::Queued, Worked::Busy) => true,
                // What stands before it says why.
                (PrintState::Queued, Worked::Away(before)) => {
                    return Err(not_printed(&job, &before));
                }
                (PrintState::Queued | PrintState::Failed | PrintState::Cancelled, _) => {
                    return Err(not_printed(&job, &job));
                }
            };
            if !is_elsewhere || begun.elapsed() >= PATIENCE {
                return Ok(view(&job, self.lang()));
            }
            tokio::time::sleep(GLANCE).await;
            self.store.requeue_dead_prints(self.now())?;
        }
    }

    /// As [`Self::work_off`], and waits for whoever is at the printer.
    pub(super) async fn work_off_in_turn(&self, printer: &str) -> Result<(), Trouble> {
        let begun = Instant::now();
        while let Worked::Busy = self.work_off(printer, None).await?
            && begun.elapsed() < PATIENCE
        {
            tokio::time::sleep(GLANCE).await;
            self.store.requeue_dead_prints(self.now())?;
        }
        Ok(())
    }

    /// Tries a printer's jobs up to this one, in their order, until it is away or somebody else is at it.
    pub(super) async fn work_off(
        &self,
        printer: &str,
        last: Option<i64>,
    ) -> Result<Worked, Trouble> {
        for job in self.store.waiting_prints(Some(printer))? {
            if last.is_some_and(|last| job.number > last) {
                break;
            }
            match self.attempt(job.number).await? {
                Ended::Settled => {}
                Ended::Away(job) => return Ok(Worked::Away(job)),
                Ended::Busy => return Ok(Worked::Busy),
            }
        }
        Ok(Worked::Off)
    }

    async fn attempt(&self, number: i64) -> Result<Ended, Trouble> {
        let job = match self.store.claim_print(number, self.now()) {
            Ok(job) => job,
            // Somebody else has printed it, or gave it up.
            Err(StoreError::NoPrintJob { .. }) => return Ok(Ended::Settled),
            Err(StoreError::Printing { .. }) => return Ok(Ended::Busy),
            Err(error) => return Err(error.into()),
        };
        let _held = AtThePrinter {
            store: &self.store,
            job: &job,
        };
        let printable = match self.printable(&job) {
            Ok(printable) => printable,
            Err(trouble) => {
                let why = NotPrinted {
                    code: trouble.code().as_str(),
                    detail: &trouble.to_string(),
                    next: None,
                };
                self.store.not_printed(number, self.now(), &why)?;
                return Ok(Ended::Settled);
            }
        };
        match aside(move || hand_over(&printable)).await? {
            Ok(accepted) => {
                tracing::info!(number, ?accepted, "printed");
                self.store.printed(number, self.now())?;
                Ok(Ended::Settled)
            }
            Err(error) => {
                tracing::warn!(number, attempts = job.attempts, %error, "not printed");
                let now = self.now();
                let why = NotPrinted {
                    code: error.as_str(),
                    detail: &error.detail(),
                    next: error.may_pass().then(|| again(now, job.attempts)),
                };
                self.store.not_printed(number, now, &why)?;
                if why.next.is_none() {
                    return Ok(Ended::Settled);
                }
                Ok(Ended::Away(Box::new(self.store.print_job(number)?)))
            }
        }
    }
}

pub(super) fn hand_over(printable: &Printable) -> Result<Accepted, PrintError> {
    let job = Job {
        title: &printable.title,
        bytes: &printable.bytes,
        media: Some(printable.media),
    };
    printing::print(&printable.printer, &job)
}

/// When to try again after so many attempts.
fn again(now: DateTime<Utc>, attempts: u32) -> DateTime<Utc> {
    let doubled = FIRST_PAUSE * 2_i32.pow(attempts.saturating_sub(1).min(DOUBLINGS));
    let pause = doubled.min(LONGEST_PAUSE);
    now.checked_add_signed(pause).unwrap_or(now)
}

fn not_printed(job: &PrintJob, why: &PrintJob) -> Trouble {
    let detail = why.detail.as_deref().unwrap_or_default();
    let because = why.code.as_ref();
    let because = because.map(|code| problem(code, &why.printer, detail));
    let waits = job.state == PrintState::Queued;
    let stays = if waits {
        Key::PrintWaits
    } else {
        Key::PrintStopped
    };
    let because = because.into_iter();
    let trouble = because
        .fold(
            Trouble::new(ErrorCode::NotPrinted, Effect::Output),
            Trouble::saying,
        )
        .saying(Phrase::of(stays).with("number", job.number))
        .with("print-job", job.number)
        .with("printer", &job.printer);
    if waits {
        trouble.worth_repeating()
    } else {
        trouble
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_from_ten_seconds_to_ten_minutes() {
        let now = DateTime::UNIX_EPOCH;
        let pauses = [1, 2, 3, 6, 7, 8, 31, 32, 33, 100, u32::MAX].map(|attempts| {
            again(now, attempts)
                .signed_duration_since(now)
                .num_seconds()
        });
        assert_eq!(pauses, [10, 20, 40, 320, 600, 600, 600, 600, 600, 600, 600]);
    }
}
