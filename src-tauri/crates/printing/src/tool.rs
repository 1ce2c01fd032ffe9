//! A program of the system, run to its end and not longer than it may take.

use std::io::{ErrorKind, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::PrintError;

/// How long a tool may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at whether it has ended.
const GLANCE: Duration = Duration::from_millis(10);

/// What a tool said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) well: bool,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs a tool in the C locale.
pub(crate) fn run(tool: &'static str, args: &[&str], input: &[u8]) -> Result<Said, PrintError> {
    run_for(tool, args, input, PATIENCE)
}

fn run_for(
    tool: &'static str,
    args: &[&str],
    input: &[u8],
    patience: Duration,
) -> Result<Said, PrintError> {
    let missing = |error: std::io::Error| PrintError::ToolMissing {
        tool,
        detail: error.to_string(),
    };
    let mut child = Command::new(tool)
        .args(args)
        .env("LC_ALL", "C")
        .env_remove("LANGUAGE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(missing)?;
    let (stdin, out, err) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let wrote = scope.spawn(move || match stdin {
            Some(mut stdin) => stdin.write_all(input),
            None => Ok(()),
        });
        let out = scope.spawn(move || read(out));
        let err = scope.spawn(move || read(err));
        let well = wait(&mut child, patience)?;
        let wrote = wrote
            .join()
            .unwrap_or_else(|_| Err(ErrorKind::Other.into()));
        Ok(Said {
            // One that ended before it read everything did not take the job, whatever it says.
            well: well && wrote.is_ok(),
            out: out.join().unwrap_or_default(),
            err: err.join().unwrap_or_default(),
        })
    })
}

fn read(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // What was read until a pipe broke is what it said.
        let _ = pipe.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether it ended well; one that takes too long is ended.
fn wait(child: &mut Child, patience: Duration) -> Result<bool, PrintError> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if begun.elapsed() < patience => thread::sleep(GLANCE),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(PrintError::TimedOut { after: patience });
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_hangs_is_ended() {
        let begun = Instant::now();
        let patience = Duration::from_millis(200);
        // It reads nothing either.
        let input = vec![0; 1 << 20];
        let error = run_for("sleep", &["60"], &input, patience).unwrap_err();
        assert_eq!(error, PrintError::TimedOut { after: patience });
        assert!(begun.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_tool_that_is_not_there_is_named() {
        let error = run("smena-no-such-tool", &[], b"").unwrap_err();
        assert!(
            matches!(
                error,
                PrintError::ToolMissing {
                    tool: "smena-no-such-tool",
                    ..
                }
            ),
            "{error:?}"
        );
        assert!(!error.may_pass());
    }

    #[test]
    fn much_goes_through_a_tool() {
        let input = vec![b'x'; 1 << 20];
        let said = run("cat", &[], &input).unwrap();
        assert!(said.well && said.out.as_bytes() == input);
    }
}
