//! The rules of opening, reading and closing a shift.

use chrono::{DateTime, SubsecRound, Utc};
use serde::Deserialize;

use crate::{
    envelope::{Answer, Outcome, Refusal},
    json::Json,
    ledger::{Act, Entry},
    lifecycle, render, reports, sales,
    world::{Kkm, KkmStatus, Shift, StoredAnswer, World},
};

/// Who asks, when, and under which house rules.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) user: i64,
    pub(crate) now: DateTime<Utc>,
    pub(crate) sales_on_open: bool,
    pub(crate) one_shift_per_user: bool,
}

/// The body of opening and of the Z-report.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    id_kkm: i64,
    date: Option<String>,
}

impl Body {
    /// The register, and the time of an autonomous operation.
    fn read(bytes: &[u8]) -> Result<(i64, Option<DateTime<Utc>>), Refusal> {
        let body: Self = serde_json::from_slice(bytes).map_err(|_| Refusal::of(400))?;
        let date = match body.date {
            None => None,
            Some(text) => {
                let date = DateTime::parse_from_rfc3339(&text).map_err(|_| Refusal::of(400))?;
                Some(date.with_timezone(&Utc))
            }
        };
        Ok((body.id_kkm, date))
    }
}

/// `POST /shifts`.
pub(crate) fn open(world: &mut World, asked: Asked, body: &[u8]) -> Outcome {
    let (id, date) = Body::read(body)?;
    let kkm = world.kkm(id).ok_or_else(Refusal::no_access)?;
    ready(kkm)?;
    if world.open_shift_on(id).is_some() {
        return Err(Refusal::already_open());
    }
    if asked.one_shift_per_user && world.open_shift_of(asked.user).is_some() {
        return Err(Refusal::of(424));
    }
    in_order(kkm, date)?;
    let opened = date.unwrap_or(asked.now);
    let shift = lifecycle::begin(world, id, asked.user, opened, date.is_some());
    queue(world, id, date.is_some(), opened);
    // The header has the key as it is now; the sales that follow at once use it up, as a busy till does.
    let uid = world.renew_uid(id);
    world.record(Entry {
        at: asked.now,
        act: Act::Opened,
        kkm: id,
        shift,
        user: asked.user,
        uid: None,
    });
    let shift = world.shift(shift).ok_or_else(|| Refusal::of(500))?;
    let answer = Answer::data(&render::opened(shift)).with_uid(uid);
    if asked.sales_on_open {
        let id = shift.id;
        sales::arrive_in(world, id, opened);
        sales::arrive(world, asked.now);
    }
    Ok(answer)
}

/// `GET /shifts/:IdShift`.
pub(crate) fn info(world: &World, id: i64) -> Outcome {
    let shift = world.shift(id).ok_or_else(Refusal::no_access)?;
    Ok(Answer::data(&render::shift(world, shift)))
}

/// The X-report: a document of its own, but it uses up no Uid.
pub(crate) fn x(world: &mut World, asked: Asked, id: i64) -> Outcome {
    let shift = owned(world, asked, id)?;
    if shift.closed.is_some() {
        return Err(Refusal::of(410));
    }
    let kkm = world.kkm(shift.kkm).ok_or_else(Refusal::no_access)?;
    ready(kkm)?;
    let answer = Answer::data(&reports::x(world, shift));
    let kkm = shift.kkm;
    queue(world, kkm, false, asked.now);
    if let Some(kkm) = world.kkm_mut(kkm) {
        kkm.documents += 1;
    }
    note(world, asked, Act::XTaken, id, None);
    Ok(answer)
}

/// `GET /shifts/:IdShift/sections/reports`; a closed shift still has its sums.
pub(crate) fn sections(world: &mut World, asked: Asked, id: i64) -> Outcome {
    let shift = world.shift(id).ok_or_else(Refusal::no_access)?;
    let answer = Answer::data(&reports::sections(shift));
    note(world, asked, Act::SectionsTaken, id, None);
    Ok(answer)
}

/// `POST /shifts/:IdShift/z`: done once per Uid; a repeated Uid gets the stored result.
pub(crate) fn z(
    world: &mut World,
    asked: Asked,
    id: i64,
    uid: Option<&str>,
    body: &[u8],
) -> Outcome {
    let (kkm_id, date) = Body::read(body)?;
    let shift = owned(world, asked, id)?;
    if shift.kkm != kkm_id {
        return Err(Refusal::no_access());
    }
    let kkm = world.kkm(kkm_id).ok_or_else(Refusal::no_access)?;
    let uid = uid.ok_or_else(|| Refusal::saying(400, "Bad Request: Uid is required"))?;
    let kept = |answer: &&StoredAnswer| answer.uid == uid && answer.shift == id;
    if let Some(stored) = kkm.answers.iter().find(kept) {
        return Ok(Answer {
            status: 208,
            data: stored.data.clone(),
            next_uid: Some(kkm.uid.clone()),
        });
    }
    if shift.closed.is_some() {
        return Err(Refusal::of(410));
    }
    ready(kkm)?;
    if kkm.uid != uid {
        return Err(Refusal::of(452));
    }
    in_order(kkm, date)?;
    let closed = date.unwrap_or(asked.now);
    if asked.sales_on_open {
        sales::arrive_in(world, id, closed);
    }
    close(world, asked, id, uid, closed, date.is_some())
}

fn close(
    world: &mut World,
    asked: Asked,
    id: i64,
    uid: &str,
    closed: DateTime<Utc>,
    autonomous: bool,
) -> Outcome {
    let open = world.shift(id).cloned().ok_or_else(|| Refusal::of(500))?;
    lifecycle::end(world, id, closed);
    queue(world, open.kkm, autonomous, closed);
    let ended = world.shift(id).cloned().ok_or_else(|| Refusal::of(500))?;
    let with_documents = Shift {
        documents: open.documents,
        ..ended
    };
    let data = reports::z(world, &with_documents).to_string();
    world.keep_answer(
        open.kkm,
        StoredAnswer {
            uid: uid.to_owned(),
            shift: id,
            data: data.clone(),
        },
    );
    note(world, asked, Act::Closed, id, Some(uid));
    Ok(Answer {
        status: 200,
        data,
        next_uid: world.renew_uid(open.kkm),
    })
}

/// `GET /kkms/:IdKkm`.
pub(crate) fn kkm(world: &World, id: i64) -> Outcome {
    let kkm = world.kkm(id).ok_or_else(Refusal::no_access)?;
    let kkm = render::kkm(world, kkm, false);
    Ok(Answer::data(&Json::object([("Kkm", kkm)])))
}

/// `GET /kkms`, of the companies asked for (`1,2`) or of all.
pub(crate) fn kkms(world: &World, companies: Option<&str>) -> Outcome {
    let ours = companies.is_none_or(|ids| {
        let mut ids = ids.split(',').filter(|id| !id.is_empty()).peekable();
        ids.peek().is_none() || ids.any(|id| id.trim() == render::COMPANY.to_string())
    });
    let kkms = world.kkms.iter().filter(|_| ours);
    let kkms = kkms.map(|kkm| render::kkm(world, kkm, true)).collect();
    Ok(Answer::data(&Json::object([("Kkms", Json::List(kkms))])))
}

/// `GET /uid/:IdKkm`.
pub(crate) fn uid(world: &World, id: i64) -> Outcome {
    let kkm = world.kkm(id).ok_or_else(Refusal::no_access)?;
    let uid = Json::text(&kkm.uid);
    Ok(Answer::data(&Json::object([("Uid", uid)])))
}

/// `GET /kkms/:IdKkm/sections`.
pub(crate) fn register_sections(world: &World, id: i64) -> Outcome {
    world.kkm(id).ok_or_else(Refusal::no_access)?;
    Ok(Answer::data(&render::sections()))
}

fn owned(world: &World, asked: Asked, id: i64) -> Result<&Shift, Refusal> {
    let shift = world.shift(id).ok_or_else(Refusal::no_access)?;
    if shift.user == asked.user {
        Ok(shift)
    } else {
        Err(Refusal::wrong_shift())
    }
}

fn ready(kkm: &Kkm) -> Result<(), Refusal> {
    match kkm.status {
        KkmStatus::Ready => Ok(()),
        KkmStatus::Blocked => Err(Refusal::blocked()),
    }
}

/// Dates of autonomous operations never go back. They have whole seconds, so the one before is compared by seconds too.
fn in_order(kkm: &Kkm, date: Option<DateTime<Utc>>) -> Result<(), Refusal> {
    match (date, kkm.last_operation) {
        (Some(date), Some(last)) if date < last.trunc_subsecs(0) => Err(Refusal::out_of_order()),
        _ => Ok(()),
    }
}

/// An autonomous document waits for the fiscal data operator; an ordinary one takes the waiting ones along, unless the
/// operator cannot be reached: then it waits as well.
fn queue(world: &mut World, kkm: i64, autonomous: bool, at: DateTime<Utc>) {
    if let Some(kkm) = world.kkm_mut(kkm) {
        if autonomous || kkm.ofd_code != 0 {
            kkm.offline_queue += 1;
            kkm.offline_since.get_or_insert(at);
        } else {
            kkm.offline_queue = 0;
            kkm.offline_since = None;
        }
    }
}

fn note(world: &mut World, asked: Asked, act: Act, shift: i64, uid: Option<&str>) {
    if let Some(kkm) = world.shift(shift).map(|shift| shift.kkm) {
        world.record(Entry {
            at: asked.now,
            act,
            kkm,
            shift,
            user: asked.user,
            uid: uid.map(str::to_owned),
        });
    }
}
