//! `about.json`: the program, the computer, the clocks.

use std::fs;
use std::path::Path;

use chrono::{Local, Utc};
use serde_json::{Value, json};

use crate::board::time;
use crate::support::Source;
use crate::support::parts::or_error;

pub(super) fn about(source: &Source) -> Value {
    let os = os_info::get();
    let clock = |(server, ahead): &(domain::ServerUrl, chrono::TimeDelta)| json!({ "server": server.as_str(), "aheadMilliseconds": ahead.num_milliseconds() });
    json!({
        "program": { "name": "Smena", "version": env!("CARGO_PKG_VERSION"), "training": source.training },
        "closed": source.closed,
        "system": {
            "name": os.os_type().to_string(),
            "version": os.version().to_string(),
            "architecture": std::env::consts::ARCH,
            "locale": sys_locale::get_locale(),
        },
        "time": {
            "utc": time(Utc::now()),
            "localOffsetMinutes": Local::now().offset().local_minus_utc() / 60,
            "servers": source.clocks.iter().map(clock).collect::<Vec<_>>(),
        },
        "database": {
            "sqlite": store::sqlite_version(),
            "version": or_error(&source.store, store::Store::version),
        },
        "disk": {
            "freeBytes": fs4::available_space(&source.folder).ok(),
            "files": files(&source.folder),
        },
    })
}

/// The names and sizes of what stands in the data folder.
fn files(folder: &Path) -> Vec<Value> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<(String, u64)> = entries
        .flatten()
        .filter_map(|entry| {
            let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((
                entry.file_name().to_string_lossy().into_owned(),
                about.len(),
            ))
        })
        .collect();
    files.sort();
    let file = |(name, bytes)| json!({ "name": name, "bytes": bytes });
    files.into_iter().map(file).collect()
}
