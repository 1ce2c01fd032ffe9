//! The objects of the API as JSON: users, registers, sections, shifts.

use crate::{
    clock::rfc3339,
    json::Json,
    random::part,
    seed::{SECTIONS, Section},
    world::{Kkm, KkmStatus, Shift, User, World},
};

/// The server's way to say "never".
const NO_DATE: &str = "0001-01-01T00:00:00Z";
pub(crate) const COMPANY: i64 = 20;

pub(crate) fn user(world: &World, user: &User) -> Json {
    Json::object([
        ("Id", Json::Int(user.id)),
        ("Name", Json::text(&user.name)),
        ("PhoneLogin", Json::text(&user.login)),
        ("Lock", Json::Bool(world.open_shift_of(user.id).is_some())),
        ("IdShift", Json::Int(user.last_shift)),
    ])
}

pub(crate) fn company() -> Json {
    Json::object([
        ("Id", Json::Int(COMPANY)),
        ("Bin", Json::text("120340012345")),
        ("ShortName", Json::text("ТОО «Көктем Маркет»")),
        (
            "FullName",
            Json::text("Товарищество с ограниченной ответственностью «Көктем Маркет»"),
        ),
        ("Fio", Json::text("Сәрсенова Айгерім")),
        ("Nds", Json::Bool(true)),
    ])
}

fn address(kkm: &Kkm) -> Json {
    Json::object([
        ("Id", Json::Int(kkm.id)),
        ("Street", Json::text("пр. Абая")),
        ("House", Json::text(format!("{}", part(kkm.id) % 100))),
        ("Flat", Json::text("")),
        (
            "Town",
            Json::object([("Id", Json::Int(1)), ("Name", Json::text("Алматы"))]),
        ),
    ])
}

fn balance(id: i64, name: &str, tiyn: i64) -> Json {
    let kind = Json::object([("Id", Json::Int(id)), ("Name", Json::text(name))]);
    Json::object([("Amount", Json::Short(tiyn)), ("TypeBalance", kind)])
}

/// A register. In the list the objects that no list needs are empty, as they are on the real server.
pub(crate) fn kkm(world: &World, kkm: &Kkm, listed: bool) -> Json {
    let (status, status_name) = match kkm.status {
        KkmStatus::Ready => (2, "ready"),
        KkmStatus::Blocked => (3, "blocked"),
    };
    let non_cash = world
        .open_shift_on(kkm.id)
        .map_or(0, |shift| shift.takings.non_cash);
    let whole = |object: Json| if listed { Json::empty() } else { object };
    Json::object([
        ("Id", Json::Int(kkm.id)),
        ("IdCompany", Json::Int(COMPANY)),
        ("Name", Json::text(&kkm.name)),
        ("Znm", Json::text(&kkm.znm)),
        ("Rnm", Json::text(&kkm.rnm)),
        ("IdShift", Json::Int(kkm.last_shift)),
        ("ShiftIndex", Json::Int(kkm.shift_index)),
        ("Lock", Json::Bool(kkm.status == KkmStatus::Blocked)),
        ("IsActive", Json::Bool(true)),
        ("Allowed", Json::Bool(true)),
        ("Autorenew", Json::Bool(false)),
        ("OfflineQueue", Json::Int(kkm.offline_queue)),
        ("OfdCode", Json::Int(kkm.ofd_code)),
        ("IdStatusKkm", Json::Int(status)),
        (
            "StatusKKM",
            Json::object([("Id", Json::Int(status)), ("Name", Json::text(status_name))]),
        ),
        ("Company", company()),
        ("Address", address(kkm)),
        (
            "Ofd",
            Json::object([
                ("Id", Json::Int(1)),
                ("Name", Json::text("АО Казахтелеком")),
            ]),
        ),
        (
            "PlaceUsed",
            whole(Json::object([
                ("Id", Json::Int(1)),
                ("Name", Json::text("Торговый зал")),
            ])),
        ),
        ("TokenCPCR", Json::text(&kkm.token_cpcr)),
        (
            "Balances",
            Json::List(vec![
                balance(1, "Наличные", kkm.cash),
                balance(2, "Безналичные", non_cash),
            ]),
        ),
    ])
}

pub(crate) fn sections() -> Json {
    let one = |section: &Section| {
        Json::object([
            ("Id", Json::Int(section.id)),
            ("Name", Json::text(section.name)),
            ("Nds", Json::Int(section.nds)),
            ("Active", Json::Bool(true)),
        ])
    };
    Json::object([("Sections", Json::List(SECTIONS.iter().map(one).collect()))])
}

/// The answer to opening.
pub(crate) fn opened(shift: &Shift) -> Json {
    Json::object([(
        "Shift",
        Json::object([
            ("Id", Json::Int(shift.id)),
            ("IdUser", Json::Int(shift.user)),
            ("IdKkm", Json::Int(shift.kkm)),
            ("IdStatusShift", Json::Int(1)),
            ("DateOpen", Json::text(rfc3339(shift.opened))),
        ]),
    )])
}

/// Shift info, flat in `Data`; the closing balances are 0 while the shift is open, as in the specification's sample.
pub(crate) fn shift(world: &World, shift: &Shift) -> Json {
    let closed = shift.closed.is_some();
    let (status, status_name) = if closed { (2, "close") } else { (1, "open") };
    let (close, non_cash) = if closed {
        (shift.balance_close(), shift.takings.non_cash)
    } else {
        (0, 0)
    };
    Json::object([
        ("BalanceClose", Json::Short(close)),
        ("BalanceCloseNonCash", Json::Short(non_cash)),
        ("BalanceOpen", Json::Short(shift.balance_open)),
        ("Company", company()),
        (
            "DateClose",
            Json::text(shift.closed.map_or_else(|| NO_DATE.to_owned(), rfc3339)),
        ),
        ("DateOpen", Json::text(rfc3339(shift.opened))),
        ("Id", Json::Int(shift.id)),
        ("IdCompany", Json::Int(COMPANY)),
        ("IdKkm", Json::Int(shift.kkm)),
        ("IdStatusShift", Json::Int(status)),
        ("IdUser", Json::Int(shift.user)),
        (
            "KKM",
            world
                .kkm(shift.kkm)
                .map_or(Json::Null, |register| kkm(world, register, false)),
        ),
        ("ShiftIndex", Json::Int(shift.index)),
        (
            "StatusShift",
            Json::object([("Id", Json::Int(status)), ("Name", Json::text(status_name))]),
        ),
        (
            "User",
            world
                .user(shift.user)
                .map_or_else(Json::empty, |found| user(world, found)),
        ),
    ])
}
