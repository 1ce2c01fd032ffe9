//! Who, where, which shift: the lines above the figures.

use chrono::{DateTime, Utc};
use domain::{Kkm, KkmId, Marks};
use texts::Key;

use super::{Block, Role, Writer};
use crate::format;

/// The marks that must be seen before anything else.
pub(super) fn marks(writer: &mut Writer<'_>, marks: Marks) {
    if marks.training {
        mark(writer, Key::PaperTraining, true);
    }
    if writer.options.altered {
        mark(writer, Key::PaperAltered, false);
    }
    if writer.options.copy {
        // On sheets the first one alone must not pass for the original.
        mark(writer, Key::PaperDuplicate, false);
    }
    if marks.restored {
        // Nobody is to take it for the server's own.
        mark(writer, Key::PaperRestored, false);
    }
}

pub(super) fn mark(writer: &mut Writer<'_>, key: Key, solid: bool) {
    let lines = writer.language().lines(key);
    writer.push(Block::Mark { lines, solid });
}

/// The taxpayer and the register.
pub(super) fn register(writer: &mut Writer<'_>, kkm: &Kkm) {
    if let Some(taxpayer) = &kkm.taxpayer {
        writer.centred(Role::Name, taxpayer);
    }
    if let Some(address) = &kkm.address {
        writer.centred(Role::Small, address);
    }
    let numbers = [
        (Key::PaperBin, kkm.bin.clone()),
        (Key::PaperZnm, kkm.znm.clone()),
        (Key::PaperRnm, kkm.rnm.clone()),
        (Key::PaperRegister, Some(name(kkm))),
    ];
    pairs(writer, numbers);
    writer.push(Block::Heavy);
}

/// The register's name with its id.
pub(super) fn name(kkm: &Kkm) -> String {
    named(kkm.name.as_deref(), kkm.id)
}

/// A name with an id: two registers may have one name.
pub fn named(name: Option<&str>, id: KkmId) -> String {
    match name {
        Some(name) => format!("{name} (id\u{a0}{id})"),
        None => format!("id\u{a0}{id}"),
    }
}

/// The title, what follows it, and the shift's number.
pub(super) fn title(
    writer: &mut Writer<'_>,
    title: Key,
    subtitle: Option<Key>,
    index: Option<i64>,
) {
    writer.centred_lines(Role::Title, title);
    if let Some(subtitle) = subtitle {
        writer.centred_lines(Role::Subtitle, subtitle);
    }
    if let Some(index) = index {
        let caption = writer.caption(Key::PaperShift);
        writer.centred(Role::Name, format!("{caption}\u{a0}{index}"));
    }
}

/// Captions with the values that are known.
pub(super) fn pairs<const N: usize>(writer: &mut Writer<'_>, values: [(Key, Option<String>); N]) {
    let known = values.into_iter().filter_map(|(key, value)| {
        let value = value?;
        Some((writer.caption(key), value))
    });
    let known: Vec<_> = known.collect();
    if !known.is_empty() {
        writer.push(Block::Pairs(known));
    }
}

/// A moment at the store's offset.
pub(super) fn moment(writer: &Writer<'_>, at: Option<DateTime<Utc>>) -> Option<String> {
    at.map(|at| format::moment(at, writer.options.zone.offset(at)))
}

/// The title of a document of one shift: `Z-отчёт, смена № 128, Касса 1`.
pub(super) fn of_shift(writer: &Writer<'_>, title: Key, kkm: &Kkm, index: Option<i64>) -> String {
    // A file's title has no room for two languages: a bilingual paper is called in the second one, Russian.
    let lang = writer.language().title();
    let mut text = lang.text(title).to_owned();
    if let Some(index) = index {
        text = lang.fill(Key::PaperTitleShift, &[("title", &text), ("index", &index)]);
    }
    let register = kkm
        .name
        .clone()
        .unwrap_or_else(|| lang.fill(Key::PaperTitleRegister, &[("id", &kkm.id)]));
    format!("{text}, {register}")
}
