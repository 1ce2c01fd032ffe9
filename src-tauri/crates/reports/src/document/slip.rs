//! The shift slip: what is known of a shift when it is opened and when it is closed, without its figures.

use chrono::{DateTime, Utc};
use domain::{Kkm, Marks, Shift};
use texts::Key;

use super::{Block, Document, Options, Writer, foot, head};

/// Which of a shift's two moments the slip is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The shift is open.
    Opened,
    /// The shift is closed.
    Closed,
}

/// The slip of a shift as it was when it was last seen, at `seen`.
pub fn shift_slip(
    kkm: &Kkm,
    shift: &Shift,
    moment: Moment,
    seen: DateTime<Utc>,
    marks: Marks,
    options: &Options,
) -> Document {
    let mut writer = Writer::new(options);
    head::marks(&mut writer, marks);
    head::register(&mut writer, kkm);
    let (form, name) = match moment {
        Moment::Opened => (Key::PaperOpenedTitle, Key::PaperOpenedSlip),
        Moment::Closed => (Key::PaperClosedTitle, Key::PaperClosedSlip),
    };
    head::title(&mut writer, form, Some(Key::PaperSlipSubtitle), shift.index);
    let closed = shift.closed.filter(|_| moment == Moment::Closed);
    let due = (moment == Moment::Opened).then(|| shift.overdue_at());
    let values = [
        (Key::PaperOpened, head::moment(&writer, Some(shift.opened))),
        (Key::PaperClosed, head::moment(&writer, closed)),
        (Key::PaperOverdueAt, head::moment(&writer, due)),
        (Key::PaperCashier, shift.user_name.clone()),
        (Key::PaperSeen, head::moment(&writer, Some(seen))),
    ];
    head::pairs(&mut writer, values);
    let closed = moment == Moment::Closed;
    let sums = [
        (Key::PaperBalanceOpen, shift.balance_open),
        (
            Key::PaperBalanceClose,
            if closed {
                shift.balance_close
            } else {
                kkm.cash()
            },
        ),
        (
            Key::PaperNonCash,
            shift.balance_close_non_cash.filter(|_| closed),
        ),
    ];
    if sums.iter().any(|(_, sum)| sum.is_some()) {
        writer.push(Block::Heavy);
        let currency = writer.caption(Key::PaperCurrency);
        writer.push(Block::Currency(currency));
        for (key, sum) in sums {
            let caption = writer.caption(key);
            writer.sum_row(caption, None, sum, key == Key::PaperBalanceClose);
        }
    }
    foot::ofd(&mut writer, kkm, marks);
    foot::marks(&mut writer, marks);
    foot::archive(&mut writer);
    let title = head::of_shift(&writer, name, kkm, shift.index);
    writer.finish(title, seen)
}
