//! What the person is told by notifications and in the tray, in words.

use chrono::{DateTime, Utc};
use domain::watch::{Concern, Stand as Found};
use operations::view::{OperationView, ScheduledRunView};
use operations::{Desk, Reminder};
use texts::Key;

use crate::Stand;

/// So many reminders at once are told one by one.
const FEW: usize = 3;

/// A notification: its title and text.
pub(crate) type Notice = (String, String);

/// How a closing by the clock ended; nothing where nothing was to be closed.
pub(crate) fn run(desk: &Desk, run: &ScheduledRunView) -> Option<Notice> {
    let lang = desk.lang();
    let text = match run.outcome.as_str() {
        "closed" => {
            let report = run
                .report
                .map_or_else(|| "—".to_owned(), |it| it.to_string());
            lang.fill(Key::NotifyRunClosed, &[("report", &report)])
        }
        "queued" => lang.text(Key::NotifyRunQueued).to_owned(),
        "unknown" => lang.text(Key::NotifyRunUnknown).to_owned(),
        "missed" => {
            let due = run
                .due
                .parse()
                .map(|due| clock(desk, due))
                .unwrap_or_default();
            lang.fill(Key::NotifyRunMissed, &[("time", &due)])
        }
        "failed" => {
            let why = run.problem.as_ref().map_or("", |problem| &problem.message);
            lang.fill(Key::NotifyRunFailed, &[("why", &why)])
                .trim_end()
                .to_owned()
        }
        _ => return None,
    };
    let name = named(run.name.as_deref(), run.kkm);
    Some((lang.fill(Key::NotifyRun, &[("name", &name)]), text))
}

/// Reminders that have come: each, or where they are many, that they are.
pub(crate) fn reminders(desk: &Desk, reminders: &[Reminder]) -> Vec<Notice> {
    let lang = desk.lang();
    if let Some(first) = reminders.first().filter(|_| reminders.len() > FEW) {
        let (count, time) = (reminders.len(), clock(desk, first.deadline));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("count", &count), ("time", &time), ("name", &first.name)];
        let text = lang.fill(Key::NotifyRemindersText, &values);
        return vec![(lang.text(Key::NotifyReminders).to_owned(), text)];
    }
    let one = |it: &Reminder| {
        let text = match it.minutes {
            120 => Key::NotifyReminderH2,
            60 => Key::NotifyReminderH1,
            _ => Key::NotifyReminderM15,
        };
        let time = clock(desk, it.deadline);
        (
            lang.fill(Key::NotifyReminder, &[("name", &it.name)]),
            lang.fill(text, &[("time", &time)]),
        )
    };
    reminders.iter().map(one).collect()
}

/// An operation whose outcome was unknown and is known now.
pub(crate) fn settled(desk: &Desk, row: &OperationView) -> Option<Notice> {
    let lang = desk.lang();
    let what = match row.kind.as_str() {
        "open" => Key::OperationOpen,
        "z" => Key::OperationZ,
        // A reading that was let go is no news.
        _ => return None,
    };
    let text = match row.state.as_str() {
        "confirmed" => Key::NotifySettledDone,
        "refused" | "abandoned" => Key::NotifySettledNotDone,
        _ => return None,
    };
    let name = named(row.kkm_name.as_deref(), row.kkm);
    Some((name, lang.fill(text, &[("what", &lang.text(what))])))
}

/// How all registers stand.
pub(crate) fn stand(desk: &Desk, found: Option<&Found>) -> Stand {
    let lang = desk.lang();
    let Some(found) = found else {
        return Stand {
            state: "none",
            words: lang.text(Key::StandNone).to_owned(),
            next: None,
        };
    };
    let words = match found.concern {
        Concern::Overdue => Key::StandOverdue,
        Concern::Unknown => Key::StandUnknown,
        Concern::Soon => Key::StandSoon,
        Concern::Blocked => Key::StandBlocked,
        Concern::Open => Key::StandOpen,
        Concern::Closed => Key::StandClosed,
    };
    let next = found.next.as_ref().map(|(deadline, name)| {
        let time = clock(desk, *deadline);
        lang.fill(Key::StandNext, &[("time", &time), ("name", name)])
    });
    Stand {
        state: found.concern.as_str(),
        words: lang.fill(words, &[("count", &found.count)]),
        next,
    }
}

fn named(name: Option<&str>, kkm: i64) -> String {
    name.map_or_else(|| kkm.to_string(), ToOwned::to_owned)
}

/// A moment by the shop's clocks, with its day: a deadline may be tomorrow's.
fn clock(desk: &Desk, at: DateTime<Utc>) -> String {
    desk.zone().local(at).format("%d.%m %H:%M").to_string()
}
