//! The support bundle: what somebody far away needs to understand what happened here, in one ZIP, and no secret.
//!
//! It is made from whatever there is: nobody need be signed in, and where the database is damaged, or cannot be opened at all,
//! the error stands in place of what could not be read.

mod about;
pub(crate) mod filter;
mod logs;
mod parts;

use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};

use chrono::{Local, TimeDelta};
use domain::{ErrorCode, ServerUrl};
use serde_json::Value;
use store::Store;
use texts::Key;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, result::ZipResult};

use crate::aside::aside;
use crate::support::filter::Filter;
use crate::{Desk, Effect, Trouble, file, system_lang};

/// What a bundle is made from.
struct Source {
    folder: PathBuf,
    store: Result<Store, String>,
    training: bool,
    clocks: Vec<(ServerUrl, TimeDelta)>,
    /// Why the desk could not be opened.
    closed: Option<String>,
}

/// The bundle of a data folder, as the bytes of a ZIP. `desk` is the desk that works on it, or why none could be opened.
///
/// # Errors
/// When it cannot be put together at all, which takes no more than memory.
pub async fn bundle(folder: &Path, desk: Result<&Desk, String>) -> Result<Vec<u8>, Trouble> {
    let folder = folder.to_owned();
    match desk {
        Ok(desk) => {
            let filter = Filter::of(desk).await?;
            let source = Source {
                folder,
                store: Ok(desk.store.clone()),
                training: desk.training,
                clocks: desk.known_clocks(),
                closed: None,
            };
            aside(move || pack(&source, &filter)).await?
        }
        Err(why) => {
            let opened = aside(move || {
                // What kept the desk closed may be in one place, and the rest still be there to read.
                let source = Source {
                    store: Store::open(&folder).map_err(|error| parts::chain(&error)),
                    folder,
                    training: false,
                    clocks: Vec::new(),
                    closed: Some(why),
                };
                let logins = source.store.as_ref().ok().map(filter::logins);
                pack(
                    &source,
                    &Filter::new(Vec::new(), logins.unwrap_or_default()),
                )
            });
            opened.await?
        }
    }
}

/// Makes the bundle and writes it into a folder, such as the user's documents, under a name of its own.
///
/// # Errors
/// When the file cannot be written.
pub async fn save(
    data_dir: &Path,
    desk: Result<&Desk, String>,
    folder: &Path,
) -> Result<PathBuf, Trouble> {
    let lang = desk
        .as_ref()
        .map_or_else(|_| system_lang(), |desk| desk.lang());
    let bytes = bundle(data_dir, desk).await?;
    let failed = |error: io::Error| {
        Trouble::new(ErrorCode::OutputFailed, Effect::Output)
            .with("path", folder.display())
            .with("detail", error)
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let now = Local::now().format("%Y-%m-%d %H-%M-%S");
    let name = lang.fill(Key::WhatSupportFile, &[("time", &now)]);
    for copy in 1..1000 {
        let again = if copy == 1 {
            String::new()
        } else {
            format!(" ({copy})")
        };
        let path = folder.join(format!("{name}{again}.zip"));
        match file::write_for_owner(&path, &bytes, false) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Err(failed(io::ErrorKind::AlreadyExists.into()))
}

fn pack(source: &Source, filter: &Filter) -> Result<Vec<u8>, Trouble> {
    let parts: [(&str, Value); 7] = [
        ("about.json", about::about(source)),
        ("settings.json", parts::settings(&source.store)),
        ("accounts.json", parts::accounts(&source.store)),
        ("journal.json", parts::journal(&source.store, filter)),
        ("outbox.json", parts::outbox(&source.store)),
        ("verify.json", parts::verify(&source.store)),
        ("archive.json", parts::archive(&source.store)),
    ];
    let mut files = Vec::new();
    for (name, value) in parts {
        let text = serde_json::to_string_pretty(&filter.value(value)).map_err(unpacked)?;
        files.push((name.to_owned(), text));
    }
    for (name, text) in logs::last(&source.folder) {
        files.push((format!("logs/{name}"), filter.lines(&text)));
    }
    zip(files).map_err(unpacked)
}

fn zip(files: Vec<(String, String)>) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o600);
    for (name, text) in files {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn unpacked(error: impl ToString) -> Trouble {
    Trouble::new(ErrorCode::Internal, Effect::Local).with("detail", error)
}
