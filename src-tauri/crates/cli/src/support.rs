//! `support-bundle`: what support needs, in one file. It needs nobody signed in and no whole database.

use std::path::Path;

use operations::{file, support};
use serde_json::json;
use texts::{Key, Phrase};

use crate::args::{Globals, SupportBundle};
use crate::exit;
use crate::failure::Failure;
use crate::output::written;
use crate::place;
use crate::say::Say;

/// Makes the bundle, writes it, says where.
pub(crate) async fn bundle(
    globals: &Globals,
    args: &SupportBundle,
    say: Say,
) -> Result<(), Failure> {
    let path = args.file.as_path();
    if !args.force && path.exists() {
        return Err(exists(path));
    }
    let desk = match place::open(globals, None, say.lang) {
        Err(failure) if failure.exit() == exit::USAGE => return Err(failure),
        desk => desk,
    };
    let folder = place::data_dir(globals)?;
    let desk = desk
        .as_ref()
        .map_err(|failure| failure.text(Say { json: true, ..say }));
    let bytes = support::bundle(&folder, desk).await?;
    file::write_for_owner(path, &bytes, args.force).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => exists(path),
        _ => Failure::not_written(path, file::reason(&error)),
    })?;
    let shown = say.print(&json!({ "path": path, "bytes": bytes.len() }), || {
        let written = written(path, say.lang);
        format!("{written}\n{}", say.lang.text(Key::CliBundleNote))
    });
    shown.map_err(|error| Failure::unsaid(path, &error))
}

fn exists(path: &Path) -> Failure {
    Failure::usage(
        Phrase::of(Key::CliFileExists).with("path", path.display()),
        Key::CliFileExistsRemedy,
    )
}
