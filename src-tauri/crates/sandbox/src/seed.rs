//! The company at the beginning: its people, registers, sections and sixty days of closed shifts.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::{
    config::{FIRST_LOGIN, PASSWORD, SECOND_LOGIN},
    lifecycle,
    random::{Random, part},
    sales,
    sums::Sums,
    world::{Kkm, KkmStatus, User, World},
};

/// The three registers.
pub const REGISTERS: [i64; 3] = [77505, 77506, 77507];
/// The register that is blocked, where the set-up has it.
pub const BLOCKED_REGISTER: i64 = 77508;
/// The section with VAT of 16 %.
pub const SECTION_VAT: i64 = 76634;
/// The section without VAT.
pub const SECTION_EXEMPT: i64 = 76635;

/// Ids of added registers follow this one.
pub const MORE_REGISTERS: i64 = 80_000;
/// Days of history.
const DAYS: i64 = 60;
/// Minutes after midnight UTC between which each register worked in the past, one after the other: their one cashier
/// can have only one shift open at a time.
const HOURS: [(i64, i64); 3] = [(125, 480), (490, 780), (790, 1020)];

/// A section of a register.
pub(crate) struct Section {
    pub(crate) id: i64,
    pub(crate) name: &'static str,
    /// VAT, whole percent.
    pub(crate) nds: i64,
}

pub(crate) const SECTIONS: [Section; 2] = [
    Section {
        id: SECTION_VAT,
        name: "НДС 16%",
        nds: 16,
    },
    Section {
        id: SECTION_EXEMPT,
        name: "Без НДС",
        nds: 0,
    },
];

/// The VAT contained in an amount, tiyn, rounded half up.
pub(crate) fn nds(section: i64, value: i64) -> i64 {
    let rate = SECTIONS
        .iter()
        .find(|known| known.id == section)
        .map_or(0, |known| known.nds);
    let whole = 100 + rate;
    (value.saturating_mul(rate) + whole / 2) / whole
}

/// The world as it stands before anybody of today came to work.
pub(crate) fn world(seed: u64, blocked_register: bool, now: DateTime<Utc>) -> World {
    let mut world = World {
        seed,
        users: vec![
            user(1, FIRST_LOGIN, "Айгерім Сәрсенова"),
            user(2, SECOND_LOGIN, "Нұрлан Өтегенов"),
        ],
        kkms: Vec::new(),
        shifts: Vec::new(),
        next_shift: 11_165,
        next_document: 400_001,
        ledger: Vec::new(),
    };
    let names = ["Касса 1", "Касса 2", "Касса 3 (склад)"];
    for (id, name) in REGISTERS.into_iter().zip(names) {
        world.kkms.push(kkm(seed, id, name));
        world.renew_uid(id);
    }
    past(&mut world, now);
    if blocked_register {
        add_blocked(&mut world);
    }
    world
}

/// Adds the blocked register; once.
pub(crate) fn add_blocked(world: &mut World) {
    if world.kkm(BLOCKED_REGISTER).is_none() {
        let mut blocked = kkm(world.seed, BLOCKED_REGISTER, "Касса 4 (заблокирована)");
        blocked.status = KkmStatus::Blocked;
        world.kkms.push(blocked);
        world.renew_uid(BLOCKED_REGISTER);
    }
}

/// Adds registers of a large company, each with yesterday's shift; those that are there stay.
pub(crate) fn add_more(world: &mut World, count: u16, now: DateTime<Utc>) {
    let opened = now - TimeDelta::hours(30);
    for number in 1..=i64::from(count) {
        let id = MORE_REGISTERS + number;
        if world.kkm(id).is_some() {
            continue;
        }
        world
            .kkms
            .push(kkm(world.seed, id, &format!("Магазин {number}")));
        world.renew_uid(id);
        let shift = lifecycle::begin(world, id, 1, opened, false);
        lifecycle::end(world, shift, opened + TimeDelta::hours(12));
    }
}

fn user(id: i64, login: &str, name: &str) -> User {
    User {
        id,
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        name: name.to_owned(),
        tokens: Vec::new(),
        last_shift: 0,
    }
}

fn kkm(seed: u64, id: i64, name: &str) -> Kkm {
    let mut random = Random::of([seed, part(id), 0x00C0_FFEE]);
    Kkm {
        id,
        name: name.to_owned(),
        znm: format!("SWK{:08}", random.between(0, 99_999_999)),
        rnm: format!("{:012}", random.between(10_100_000_000, 10_199_999_999)),
        status: KkmStatus::Ready,
        offline_queue: 0,
        offline_since: None,
        ofd_code: 0,
        last_shift: 0,
        shift_index: 0,
        cash: 5_000_000,
        cumulative: Sums::default(),
        uid: String::new(),
        uids_made: 0,
        documents: 0,
        last_operation: None,
        answers: Vec::new(),
        token_cpcr: format!("cpcr-{}", random.uid()),
    }
}

fn past(world: &mut World, now: DateTime<Utc>) {
    let today = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    for day in (1..=DAYS).rev() {
        let midnight = today - TimeDelta::days(day);
        for (kkm, (from, to)) in REGISTERS.into_iter().zip(HOURS) {
            let mut random = Random::of([world.seed, part(kkm), part(day)]);
            let opened = midnight + TimeDelta::seconds(from * 60 + random.between(0, 540));
            let closed = midnight + TimeDelta::seconds(to * 60 - random.between(0, 300));
            let shift = lifecycle::begin(world, kkm, 1, opened, false);
            sales::arrive_in(world, shift, closed);
            lifecycle::end(world, shift, closed);
        }
    }
}
