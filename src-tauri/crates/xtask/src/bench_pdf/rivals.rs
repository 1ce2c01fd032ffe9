//! The others: libraries in a Python of their own, and the browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::Work;
use super::figures::Shot;
use crate::place;
use crate::process::{Done, Stop, command, name, read, show};
use crate::setup::{self, system};

/// Scripts of these names are in `bench-pdf/`: reportlab with its layout, its canvas without any, and typst.
pub(super) const LIBRARIES: [&str; 3] = ["reportlab", "reportlab_canvas", "typst"];
const VERSIONS: [&str; 3] = ["reportlab==5.1.0", "rl_accel==0.9.1", "typst==0.15.2"];

/// A Python with the libraries.
pub(super) struct Python {
    program: PathBuf,
    folder: PathBuf,
}

impl Python {
    /// Makes the environment in `folder`, unless it is there.
    pub(super) fn provide(folder: &Path) -> Done<Self> {
        let environment = folder.join("python");
        let program = if cfg!(windows) {
            environment.join("Scripts/python.exe")
        } else {
            environment.join("bin/python")
        };
        if !program.is_file() {
            show(command("python3", &["-m", "venv"]).arg(&environment))?;
        }
        let python = Self {
            program,
            folder: folder.to_path_buf(),
        };
        let mut pip = python.command(&["-m", "pip", "install", "--quiet"]);
        pip.arg("--disable-pip-version-check").args(VERSIONS);
        show(&mut pip)?;
        Ok(python)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(&self.program.to_string_lossy(), arguments);
        // Nothing is left beside the scripts.
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    fn script(&self, name: &str) -> Command {
        let script = place::root()
            .join("src-tauri/crates/xtask/bench-pdf")
            .join(name);
        self.command(&[&script.to_string_lossy()])
    }

    pub(super) fn versions(&self) -> Done<String> {
        let version = read(&mut self.command(&["--version"]))?.stdout;
        let version = String::from_utf8_lossy(&version).trim().to_owned();
        Ok(format!("{version}: {}", VERSIONS.join(", ")))
    }

    /// One library, one process.
    pub(super) fn printing(&self, library: &str, work: &Work) -> Command {
        let mut script = self.script(&format!("with_{library}.py"));
        script.arg(work.what).arg(&self.folder);
        script.args([work.warm_up, work.timed].map(|count| count.to_string()));
        script
    }

    /// The pages that Chromium prints.
    pub(super) fn write_pages(&self, folder: &Path) -> Done {
        show(self.script("to_html.py").arg(folder))
    }
}

/// The browser, headless.
pub(super) struct Chromium {
    program: PathBuf,
    folder: PathBuf,
}

impl Chromium {
    pub(super) fn find(folder: &Path) -> Done<Self> {
        let found = setup::CHROMIUM.iter().find_map(|name| place::on_path(name));
        let program = found.ok_or_else(|| Stop("there is no Chromium on the path".into()))?;
        Ok(Self {
            program,
            folder: folder.to_path_buf(),
        })
    }

    pub(super) fn version(&self) -> Done<String> {
        let version = command(&self.program.to_string_lossy(), &["--version"]);
        let version = read(&mut { version })?.stdout;
        Ok(String::from_utf8_lossy(&version).trim().to_owned())
    }

    /// Prints `PAGE.html` to `chromium-NAME.pdf`; its start and its end count.
    pub(super) fn print(&self, page: &str, name: &str) -> Done<Shot> {
        let pdf = self.folder.join(format!("chromium-{name}.pdf"));
        // Tags are left out, as we leave them out.
        let options = [
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--disable-pdf-tagging",
        ];
        let mut print = command(&self.program.to_string_lossy(), &options);
        if system::is_root() {
            print.arg("--no-sandbox");
        }
        let profile = self.folder.join("chromium");
        print.arg(format!("--user-data-dir={}", profile.display()));
        print.arg(format!("--print-to-pdf={}", pdf.display()));
        print.arg(self.folder.join(format!("{page}.html")));
        if pdf.exists() {
            fs::remove_file(&pdf)?;
        }
        let start = Instant::now();
        let done = read(&mut print)?;
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if !done.status.success() || !pdf.is_file() {
            let told = String::from_utf8_lossy(&done.stderr);
            return Err(Stop(format!("{}: {told}", self::name(&print))));
        }
        let bytes = fs::metadata(pdf)?.len();
        Ok(Shot { nanos, bytes })
    }
}
