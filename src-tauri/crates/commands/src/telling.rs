//! What the person is told by notifications and in the tray, in words. In training every one of them says so first: nothing of
//! it is to be taken for the real registers.

use chrono::{DateTime, Utc};
use domain::watch::{Concern, Stand as Found};
use operations::view::{OperationView, ScheduledRunView};
use operations::{Desk, Reminder};
use texts::Key;

use crate::Stand;
use crate::room::Room;

/// So many reminders at once are told one by one.
const FEW: usize = 3;

/// A notification: its title and text.
pub(crate) type Notice = (String, String);

/// How a closing by the clock ended; nothing where nothing was to be closed.
pub(crate) fn run(room: &Room, run: &ScheduledRunView) -> Option<Notice> {
    let desk = &room.desk;
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
    let title = lang.fill(Key::NotifyRun, &[("name", &name)]);
    Some((marked(room, title), text))
}

/// Reminders that have come: each, or where they are many, that they are.
pub(crate) fn reminders(room: &Room, reminders: &[Reminder]) -> Vec<Notice> {
    let desk = &room.desk;
    let lang = desk.lang();
    if let Some(first) = reminders.first().filter(|_| reminders.len() > FEW) {
        let (count, time) = (reminders.len(), clock(desk, first.deadline));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("count", &count), ("time", &time), ("name", &first.name)];
        let text = lang.fill(Key::NotifyRemindersText, &values);
        let title = lang.text(Key::NotifyReminders).to_owned();
        return vec![(marked(room, title), text)];
    }
    let one = |it: &Reminder| {
        let text = match it.minutes {
            120 => Key::NotifyReminderH2,
            60 => Key::NotifyReminderH1,
            _ => Key::NotifyReminderM15,
        };
        let time = clock(desk, it.deadline);
        let title = lang.fill(Key::NotifyReminder, &[("name", &it.name)]);
        (marked(room, title), lang.fill(text, &[("time", &time)]))
    };
    reminders.iter().map(one).collect()
}

/// An operation whose outcome was unknown and is known now.
pub(crate) fn settled(room: &Room, row: &OperationView) -> Option<Notice> {
    let lang = room.desk.lang();
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
    let text = lang.fill(text, &[("what", &lang.text(what))]);
    Some((marked(room, name), text))
}

/// How all registers stand.
pub(crate) fn stand(room: &Room, found: Option<&Found>) -> Stand {
    let desk = &room.desk;
    let lang = desk.lang();
    let Some(found) = found else {
        return Stand {
            state: "none",
            words: marked(room, lang.text(Key::StandNone).to_owned()),
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
        words: marked(room, lang.fill(words, &[("count", &found.count)])),
        next,
    }
}

/// With the mark of training before it, in training.
fn marked(room: &Room, words: String) -> String {
    if room.is_training() {
        format!("{} · {words}", room.desk.lang().text(Key::TrainingMark))
    } else {
        words
    }
}

fn named(name: Option<&str>, kkm: i64) -> String {
    name.map_or_else(|| kkm.to_string(), ToOwned::to_owned)
}

/// A moment by the shop's clocks, with its day: a deadline may be tomorrow's.
fn clock(desk: &Desk, at: DateTime<Utc>) -> String {
    desk.zone().local(at).format("%d.%m %H:%M").to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use operations::Outside;

    use super::*;

    async fn told(training: bool) -> [String; 3] {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::open(folder.path(), training, Outside::default());
        let room = room.await.unwrap();
        room.desk.set_setting("language", "ru").unwrap();
        let ended = ScheduledRunView {
            number: 1,
            server: "https://a.kz".into(),
            kkm: 7,
            name: None,
            due: String::new(),
            outcome: "queued".into(),
            report: None,
            problem: None,
        };
        let reminder = Reminder {
            server: "https://a.kz".into(),
            kkm: 7,
            name: "Касса 1".into(),
            deadline: Utc::now(),
            minutes: 60,
        };
        let (run, _) = run(&room, &ended).unwrap();
        let (reminder, _) = reminders(&room, &[reminder]).remove(0);
        [run, reminder, stand(&room, None).words]
    }

    #[tokio::test]
    async fn what_is_told_of_training_says_so_first() {
        let (real, training) = (told(false).await, told(true).await);
        for (real, training) in real.iter().zip(training) {
            assert_eq!(training, format!("УЧЕБНЫЙ · {real}"));
        }
    }
}
