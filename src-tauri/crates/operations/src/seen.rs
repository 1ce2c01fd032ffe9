//! What was seen of registers: kept for when they cannot be read, and watched between two reads.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{Kkm, KkmId, ServerUrl, ShiftId};
use store::Sighting;

use crate::board::{Kept, Place, time};
use crate::view::{ErrorView, ProblemView, RegisterView, ShiftView};
use crate::{Desk, Trouble, Which};

/// The registers that were read just now.
pub(crate) type ReadNow = HashSet<Place>;

impl Desk {
    /// The registers of the accounts that could not be read, as they were seen last, and those on which something waits
    /// that nobody could read just now: the hours of autonomous work run on meanwhile.
    pub(crate) async fn unread(
        &self,
        kept: &Kept,
        read: &ReadNow,
        problems: &[ProblemView],
    ) -> Result<Vec<RegisterView>, Trouble> {
        let of = |server: &str, login: &str| {
            let this = |it: &&ProblemView| it.server == server && it.login == login;
            problems.iter().find(this)
        };
        let seen = self.store.sightings()?;
        let mut unread: Vec<RegisterView> = Vec::new();
        for seen in &seen {
            let Some(problem) = of(&seen.server, &seen.login) else {
                continue;
            };
            if let Some(view) = self.as_seen(seen, &problem.error, kept, read) {
                unread.push(view);
            }
        }
        for server in self.servers().await? {
            for first in kept.waiting_on(&server) {
                let told = unread
                    .iter()
                    .any(|it| it.server == first.server && it.kkm == first.kkm.get());
                if told || read.contains(&(server.clone(), first.kkm)) {
                    continue;
                }
                let problem = problems.iter().find(|it| it.server == first.server);
                let problem = problem.map(|it| it.error.clone());
                let before = seen
                    .iter()
                    .find(|it| it.server == first.server && it.kkm == first.kkm);
                let mut kkm = before.map_or_else(|| Kkm::bare(first.kkm), register_of);
                kkm.name = kkm.name.or_else(|| kept.licensed_name(&server, first.kkm));
                let mut view = self.view_of(&server, &first.login, &kkm, None, kept);
                view.seen = before.map(|seen| time(seen.seen));
                view.problem = problem;
                unread.push(view);
            }
        }
        Ok(unread)
    }

    fn as_seen(
        &self,
        seen: &Sighting,
        problem: &ErrorView,
        kept: &Kept,
        read: &ReadNow,
    ) -> Option<RegisterView> {
        let server = ServerUrl::parse(&seen.server).ok()?;
        let place = (server, seen.kkm);
        if read.contains(&place) {
            return None;
        }
        let mut view = self.view_of(&place.0, &seen.login, &register_of(seen), None, kept);
        view.seen = Some(time(seen.seen));
        view.problem = Some(problem.clone());
        Some(view)
    }

    /// A register that cannot be read, as it was seen last; nothing where it never was.
    pub(crate) fn last_seen(
        &self,
        which: &Which,
        trouble: &Trouble,
    ) -> Result<Option<RegisterView>, Trouble> {
        let Some(server) = &which.server else {
            return Ok(None);
        };
        let seen = self.store.sightings()?.into_iter();
        let mut seen = seen.filter(|it| it.kkm == which.kkm && it.server == server.as_str());
        let Some(seen) = seen.next() else {
            return Ok(None);
        };
        let problem = trouble.view_of_reading(self.lang());
        let kept = self.kept(&[(server.clone(), which.kkm)])?;
        Ok(self.as_seen(&seen, &problem, &kept, &ReadNow::new()))
    }

    /// The registers that were ever seen.
    pub(crate) fn seen_places(&self) -> Result<Vec<Place>, Trouble> {
        let seen = self.store.sightings()?.into_iter();
        let place = |it: Sighting| Some((ServerUrl::parse(&it.server).ok()?, it.kkm));
        Ok(seen.filter_map(place).collect())
    }

    /// Keeps what was read of these registers. That it cannot be kept is no failure of the reading.
    pub(crate) fn keep_seen(&self, views: &[RegisterView], gone: &[(String, KkmId)]) {
        let sightings: Vec<Sighting> = views.iter().filter_map(sighting).collect();
        if let Err(error) = self.store.keep_sightings(&sightings, gone) {
            tracing::warn!(%error, "what was seen of the registers is not kept");
        }
    }

    /// What these accounts saw once and do not see any more.
    pub(crate) fn gone(
        &self,
        whole: &HashSet<(String, String)>,
        read: &ReadNow,
    ) -> Result<Vec<(String, KkmId)>, Trouble> {
        let read: HashSet<(&str, KkmId)> = read
            .iter()
            .map(|(server, kkm)| (server.as_str(), *kkm))
            .collect();
        let seen = self.store.sightings()?.into_iter();
        let gone = seen.filter(|it| !read.contains(&(it.server.as_str(), it.kkm)));
        Ok(gone
            .map(|it| ((it.server.clone(), it.login), (it.server, it.kkm)))
            .filter(|(account, _)| whole.contains(account))
            .map(|(_, place)| place)
            .collect())
    }

    /// When the shift of each register that was seen with an open one becomes 24 hours old, by its server's clock.
    pub(crate) fn seen_deadlines(&self) -> Result<HashMap<(String, i64), DateTime<Utc>>, Trouble> {
        let seen = self.store.sightings()?.into_iter();
        Ok(seen
            .filter_map(|it| Some(((it.server, it.kkm.get()), it.overdue_at?)))
            .collect())
    }
}

/// Only what was read just now is a sight.
fn sighting(view: &RegisterView) -> Option<Sighting> {
    if view.problem.is_some() {
        return None;
    }
    let seen = moment(view.seen.as_deref()?)?;
    Some(Sighting {
        server: view.server.clone(),
        kkm: KkmId::new(view.kkm),
        login: view.login.clone(),
        name: Some(view.name.clone()),
        address: view.address.clone(),
        znm: view.znm.clone(),
        rnm: view.rnm.clone(),
        seen,
        state: view.state.clone(),
        overdue_at: deadline(view),
        shift: open_shift(view).map(|shift| ShiftId::new(shift.id)),
    })
}

/// When an open shift becomes 24 hours old, by the server's clock.
pub(crate) fn deadline(view: &RegisterView) -> Option<DateTime<Utc>> {
    moment(&open_shift(view)?.overdue_at)
}

fn open_shift(view: &RegisterView) -> Option<&ShiftView> {
    let shift = view.shift.as_ref();
    shift.filter(|shift| matches!(shift.status.as_str(), "open" | "overdue"))
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(text).ok()?;
    Some(moment.with_timezone(&Utc))
}

fn register_of(seen: &Sighting) -> Kkm {
    Kkm {
        name: seen.name.clone(),
        address: seen.address.clone(),
        znm: seen.znm.clone(),
        rnm: seen.rnm.clone(),
        ..Kkm::bare(seen.kkm)
    }
}
