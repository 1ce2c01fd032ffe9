//! The cash count slip: what was in the drawer before closing, to be signed and put to the money.

use domain::Report;
use texts::Key;

use super::{Block, Document, Options, Writer, foot, head};

/// The slip of the cash count that was made before a report was taken; nothing where none was made.
pub fn cash_count(report: &Report, options: &Options) -> Option<Document> {
    let count = report.cash_count.as_ref()?;
    let mut writer = Writer::new(options);
    head::marks(&mut writer, report.marks);
    head::register(&mut writer, &report.kkm);
    let index = report.shift_index();
    head::title(&mut writer, Key::PaperCashTitle, None, index);
    let shift = report.shift.as_ref();
    let values = [
        (
            Key::PaperCountedAt,
            head::moment(&writer, Some(report.taken)),
        ),
        (
            Key::PaperCashier,
            shift.and_then(|shift| shift.user_name.clone()),
        ),
    ];
    head::pairs(&mut writer, values);
    writer.push(Block::Heavy);
    let currency = writer.caption(Key::PaperCurrency);
    writer.push(Block::Currency(currency));
    foot::cash_count(&mut writer, count);
    writer.footnote();
    let lines = [Key::PaperCountedBy, Key::PaperCheckedBy].map(|key| writer.caption(key));
    writer.push(Block::Signatures(lines.into()));
    foot::marks(&mut writer, report.marks);
    foot::archive(&mut writer);
    let title = head::of_shift(&writer, Key::PaperCashSlip, &report.kkm, index);
    Some(writer.finish(title, report.taken))
}
