//! A disk of its own, small enough to be filled: a tmpfs in a mount namespace that is gone with the process.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Says that this process may mount.
const INSIDE: &str = "SMENA_TEST_OWN_MOUNTS";

/// Runs the test `name` anew in a mount namespace of its own; there, this gives true. Where none can be had, it fails.
pub(crate) fn is_inside(name: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let ways: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];
    let can = |way: &&&[&str]| {
        let tried = Command::new("unshare").args(**way).arg("true").output();
        tried.is_ok_and(|tried| tried.status.success())
    };
    let way = ways.iter().find(can).expect("a mount namespace can be had");
    let test = Command::new("unshare")
        .args(*way)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&test.stdout);
    assert!(
        test.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&test.stderr)
    );
    false
}

/// A mounted tmpfs; unmounted when dropped.
pub(crate) struct Disk(PathBuf);

impl Disk {
    /// Mounts so many MiB on a new folder.
    pub(crate) fn mount(folder: &Path, mebibytes: u32) -> Self {
        fs::create_dir(folder).unwrap();
        let size = format!("size={mebibytes}m,mode=700");
        run(
            "mount",
            &[
                "-t",
                "tmpfs",
                "-o",
                &size,
                "tmpfs",
                folder.to_str().unwrap(),
            ],
        );
        Self(folder.to_owned())
    }

    /// Takes so many MiB of it.
    pub(crate) fn take(&self, mebibytes: usize) {
        let mut file = File::create(self.ballast()).unwrap();
        for _ in 0..mebibytes {
            file.write_all(&vec![1; 1 << 20]).unwrap();
        }
    }

    /// Takes it to the last byte.
    pub(crate) fn fill(&self) {
        let mut file = File::create(self.ballast()).unwrap();
        for size in [1 << 20, 1 << 10, 1] {
            let piece = vec![1; size];
            while file.write_all(&piece).is_ok() {}
        }
    }

    /// Gives back what was taken.
    pub(crate) fn free(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }

    /// Lets it be read only, or written again.
    pub(crate) fn remount(&self, mode: &str) {
        let mode = format!("remount,{mode}");
        run("mount", &["-o", &mode, self.0.to_str().unwrap()]);
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).output();
    }
}

fn run(program: &str, args: &[&str]) {
    let output = Command::new(program).args(args).output().unwrap();
    assert!(output.status.success(), "{program} {args:?}: {output:?}");
}
