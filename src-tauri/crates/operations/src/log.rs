//! The program's messages: to the standard error as much as was asked for, and to files in `logs/` of the data folder, one a
//! day. Several processes write to the same file, line by line. Nothing here ever stops the program.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::fmt::{MakeWriter, layer};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, registry};

/// The folder of the files, inside the data folder.
const FOLDER: &str = "logs";
/// A file is `smena.2026-11-24.log`, by the day in UTC.
const PREFIX: &str = "smena";
const SUFFIX: &str = "log";
/// So many days are kept.
const DAYS: usize = 14;
/// A day's file takes no more than this and a line, in bytes.
const DAY_LIMIT: u64 = 5 * 1024 * 1024;
/// What goes to the files, whatever is shown.
const KEPT: &str = "warn,smena=info,smenactl=info,operations=info,kkm_api=info,store=info,reports=info,sandbox=info,commands=info";

/// Where the files are, as soon as it is known. Clones are the same log.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<RwLock<Option<Arc<Files>>>>);

#[derive(Debug)]
struct Files {
    folder: PathBuf,
    appender: RollingFileAppender,
}

/// Starts the messages of `program`; `shown` says which of them go to the standard error (`info,operations=debug`). A panic
/// is a message, too. To be called once, first thing.
pub fn start(program: &'static str, shown: &str) -> Log {
    let log = Log::default();
    let shown = EnvFilter::try_new(shown).unwrap_or_else(|_| EnvFilter::new("warn"));
    let people = layer().with_writer(io::stderr).with_filter(shown);
    let files = layer()
        .with_ansi(false)
        .with_timer(Mark(program))
        .with_writer(log.clone())
        .with_filter(EnvFilter::new(KEPT));
    let started = registry().with(people).with(files).try_init();
    if started.is_ok() {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let what = panic.to_string().replace('\n', " ");
            tracing::error!(what, "the program panicked");
            before(panic);
        }));
    }
    log
}

impl Log {
    /// From now on the messages go to the files of this data folder, which is made where it is not there.
    pub fn keep_in(&self, data_dir: &Path) {
        let folder = folder_in(data_dir);
        let opened = make_folder(&folder).and_then(|()| {
            prune(&folder);
            RollingFileAppender::builder()
                .rotation(Rotation::DAILY)
                .filename_prefix(PREFIX)
                .filename_suffix(SUFFIX)
                .max_log_files(DAYS)
                .build(&folder)
                .map_err(io::Error::other)
        });
        let files = match opened {
            Ok(appender) => Some(Arc::new(Files { folder, appender })),
            Err(error) => {
                tracing::warn!(%error, folder = %folder.display(), "the log cannot be kept");
                None
            }
        };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = files;
    }
}

/// A short mark that a person can read out to support and that is found in the log.
pub fn support_id() -> String {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let now = Utc::now().timestamp_millis();
    let next = |last: i64| now.max(last.saturating_add(1));
    let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
        Some(next(last))
    });
    let at = DateTime::from_timestamp_millis(next(last.unwrap_or_default())).unwrap_or_default();
    format!("S-{}", at.format("%y%m%d-%H%M%S%3f"))
}

/// The folder of the log files.
pub(crate) fn folder_in(data_dir: &Path) -> PathBuf {
    data_dir.join(FOLDER)
}

/// The log files of a data folder, the oldest first.
pub(crate) fn files_in(data_dir: &Path) -> Vec<PathBuf> {
    days(&folder_in(data_dir))
}

fn days(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let is_day = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(PREFIX) && name.ends_with(SUFFIX) && path.is_file()
    };
    let mut days: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(is_day)
        .collect();
    // Their names are dates.
    days.sort();
    days
}

/// Removes what is too old before the appender finds it: where another process is at it as well, the appender complains on
/// the standard error, which belongs to the program's own words.
fn prune(folder: &Path) {
    let days = days(folder);
    let surplus = days.len().saturating_sub(DAYS - 1);
    for day in days.iter().take(surplus) {
        if *day != today(folder) {
            let _ = fs::remove_file(day);
        }
    }
}

fn today(folder: &Path) -> PathBuf {
    let day = Utc::now().format("%Y-%m-%d");
    folder.join(format!("{PREFIX}.{day}.{SUFFIX}"))
}

/// For the owner alone, as the data folder is.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        let files = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Line(files.clone())
    }
}

/// One message on its way to the file of the day.
#[derive(Debug)]
pub struct Line(Option<Arc<Files>>);

impl Files {
    fn is_full(&self) -> bool {
        fs::metadata(today(&self.folder)).is_ok_and(|file| file.len() >= DAY_LIMIT)
    }
}

impl Write for Line {
    /// Says that it is written whatever becomes of it: a full disk is no reason for anything else to fail.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(files) = self.0.as_ref().filter(|files| !files.is_full()) {
            let _ = files.appender.make_writer().write_all(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// When, and which process: several write to one file.
struct Mark(&'static str);

impl FormatTime for Mark {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        let now = Utc::now().format("%Y-%m-%dT%H:%M:%S%.3fZ");
        write!(writer, "{now} {}[{}]", self.0, std::process::id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages of this thread go to `log`, as [`start`] has it.
    fn with<T>(log: &Log, work: impl FnOnce() -> T) -> T {
        let files = layer()
            .with_ansi(false)
            .with_timer(Mark("test"))
            .with_writer(log.clone())
            .with_filter(EnvFilter::new(KEPT));
        tracing::subscriber::with_default(registry().with(files), work)
    }

    fn text(data_dir: &Path) -> String {
        let read = |path: PathBuf| fs::read_to_string(path).unwrap();
        files_in(data_dir).into_iter().map(read).collect()
    }

    #[test]
    fn messages_go_to_the_folder_that_was_named_last() {
        let (real, training) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let log = Log::default();
        with(&log, || {
            tracing::info!("too early");
            log.keep_in(real.path());
            tracing::info!("first");
            tracing::debug!("too much");
            log.keep_in(training.path());
            tracing::info!("second");
        });
        let (real, training) = (text(real.path()), text(training.path()));
        assert!(
            real.contains("test[") && real.ends_with("first\n"),
            "{real}"
        );
        assert!(training.ends_with("second\n"), "{training}");
        assert_eq!((real.lines().count(), training.lines().count()), (1, 1));
    }

    #[test]
    fn a_log_that_cannot_be_opened_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FOLDER), b"a file").unwrap();
        let log = Log::default();
        with(&log, || {
            log.keep_in(folder.path());
            tracing::error!("nowhere");
        });
        assert_eq!(fs::read(folder.path().join(FOLDER)).unwrap(), b"a file");
    }

    #[test]
    fn a_day_and_the_days_are_bounded() {
        let data = tempfile::tempdir().unwrap();
        let folder = folder_in(data.path());
        fs::create_dir(&folder).unwrap();
        for day in 1..=30 {
            fs::write(folder.join(format!("smena.2020-01-{day:02}.log")), b"old").unwrap();
        }
        let full = vec![b'x'; usize::try_from(DAY_LIMIT).unwrap()];
        fs::write(today(&folder), &full).unwrap();
        let log = Log::default();
        with(&log, || {
            log.keep_in(data.path());
            tracing::info!("one too many");
        });
        let days = files_in(data.path());
        assert!(days.len() <= DAYS, "{days:?}");
        assert_eq!(days.last(), Some(&today(&folder)));
        assert!(
            days.contains(&folder.join("smena.2020-01-30.log")),
            "{days:?}"
        );
        assert_eq!(fs::read(today(&folder)).unwrap(), full);
    }

    #[test]
    fn a_panic_is_in_the_log() {
        let data = tempfile::tempdir().unwrap();
        let log = start("test", "off");
        log.keep_in(data.path());
        let panicked = std::thread::spawn(|| panic!("as a\ntest")).join();
        assert!(panicked.is_err());
        let text = text(data.path());
        assert!(
            text.contains("ERROR") && text.contains("as a test"),
            "{text}"
        );
        log.0.write().unwrap().take();
    }

    #[test]
    fn no_two_failures_of_a_run_have_the_same_mark() {
        let marks: std::collections::HashSet<_> = (0..1000).map(|_| support_id()).collect();
        assert_eq!(marks.len(), 1000);
    }

    #[test]
    fn many_writers_leave_whole_lines() {
        let data = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let log = Log::default();
                    log.keep_in(data.path());
                    with(&log, || {
                        for number in 0..200 {
                            tracing::info!(number, "{}", "слово ".repeat(20));
                        }
                    });
                });
            }
        });
        let text = text(data.path());
        assert_eq!(text.lines().count(), 1600);
        for line in text.lines() {
            assert!(
                line.starts_with("20") && line.matches("number=").count() == 1,
                "{line}"
            );
        }
    }
}
