//! The last of the log.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use crate::log;

/// So much of the log goes into a bundle, in bytes.
const LIMIT: u64 = 5 * 1024 * 1024;

/// The newest log files and their texts, all together no longer than [`LIMIT`]; the oldest of them may lack its beginning.
pub(super) fn last(data_dir: &Path) -> Vec<(String, String)> {
    let mut left = LIMIT;
    let mut logs = Vec::new();
    for path in log::files_in(data_dir).iter().rev() {
        if left == 0 {
            break;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A file that cannot be read says so in its place.
        let text = tail(path, left).unwrap_or_else(|error| format!("{error}\n").into_bytes());
        left = left.saturating_sub(u64::try_from(text.len()).unwrap_or(u64::MAX));
        logs.push((
            name.into_owned(),
            String::from_utf8_lossy(&text).into_owned(),
        ));
    }
    logs
}

/// The last `limit` bytes at the most, from the beginning of a line.
fn tail(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let skipped = file.metadata()?.len().saturating_sub(limit);
    file.seek(SeekFrom::Start(skipped))?;
    let mut text = Vec::new();
    file.take(limit).read_to_end(&mut text)?;
    if skipped > 0 {
        let line = text.iter().position(|byte| *byte == b'\n');
        text.drain(..line.map_or(text.len(), |end| end + 1));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_newest_lines_go_in_and_no_more_than_the_limit() {
        let data = tempfile::tempdir().unwrap();
        let folder = log::folder_in(data.path());
        fs::create_dir(&folder).unwrap();
        let line = format!("{}\n", "x".repeat(1023));
        for day in ["01", "02", "03"] {
            fs::write(
                folder.join(format!("smena.2026-11-{day}.log")),
                format!("first of {day}\n{}", line.repeat(2500)),
            )
            .unwrap();
        }
        let logs = last(data.path());
        let names: Vec<_> = logs.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "smena.2026-11-03.log",
                "smena.2026-11-02.log",
                "smena.2026-11-01.log"
            ]
        );
        assert!(logs[0].1.starts_with("first of 03") && logs[1].1.starts_with("first of 02"));
        assert!(!logs[2].1.is_empty() && logs[2].1.lines().all(|it| it.len() == 1023));
        let all: usize = logs.iter().map(|(_, text)| text.len()).sum();
        assert!(
            u64::try_from(all).unwrap() <= LIMIT && all > 5_200_000,
            "{all}"
        );
    }
}
