//! What the tests work with: a shop with a real server, a real data folder, and a desk.

use domain::ErrorCode;
use operations::view::CloseInput;
use operations::{
    Clock, Desk, DeskConfig, Keeping, Lang, Outside, Scope, Timeouts, Trouble, Which,
};
use sandbox::{Config, Sandbox};
use secrecy::SecretString;
use std::time::Duration;
use tempfile::TempDir;

pub(crate) const KKM: i64 = 77505;

pub(crate) fn kkm(id: i64) -> Which {
    Which::anywhere(id)
}

pub(crate) struct Shop {
    pub(crate) server: Sandbox,
    pub(crate) desk: Desk,
    pub(crate) folder: TempDir,
}

pub(crate) async fn shop(config: Config) -> Shop {
    let server = Sandbox::start(config).await.unwrap();
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    sign_in(&desk, &server, sandbox::FIRST_LOGIN).await;
    Shop {
        server,
        desk,
        folder,
    }
}

pub(crate) async fn sign_in(desk: &Desk, server: &Sandbox, login: &str) {
    let password = SecretString::from(sandbox::PASSWORD);
    desk.sign_in(&server.base_url(), login, password, false)
        .await
        .unwrap();
}

pub(crate) fn desk(folder: &TempDir) -> Desk {
    desk_where_lost_is_late_for(folder, Duration::ZERO)
}

pub(crate) fn desk_where_lost_is_late_for(folder: &TempDir, late: Duration) -> Desk {
    desk_by_clock(folder, late, Outside::default().clock)
}

pub(crate) fn desk_by_clock(folder: &TempDir, late: Duration, clock: Clock) -> Desk {
    desk_that_keeps(Keeping::Session, folder, late, clock)
}

/// Whether it knows its accounts after a restart.
pub(crate) fn desk_that_keeps(
    keeping: Keeping,
    folder: &TempDir,
    late: Duration,
    clock: Clock,
) -> Desk {
    Desk::open(DeskConfig {
        data_dir: folder.path().to_owned(),
        training: true,
        keeping,
        scope: Scope::default(),
        timeouts: Timeouts {
            pause: Duration::from_millis(2),
            late,
            ..Timeouts::default()
        },
        outside: Outside {
            clock,
            ..Outside::default()
        },
        lang: Some(Lang::Ru),
    })
    .unwrap()
}

pub(crate) fn close() -> CloseInput {
    CloseInput {
        server: None,
        kkm: KKM,
        shift: None,
        x_first: true,
        counted: Some("50 000,00".to_owned()),
        reason: Some("Размен".to_owned()),
    }
}

pub(crate) fn faults(shop: &Shop, rules: &[&str]) {
    shop.server
        .world()
        .set_faults(rules.iter().map(|rule| rule.parse().unwrap()).collect());
}

pub(crate) fn code(outcome: Result<impl Sized, Trouble>) -> ErrorCode {
    match outcome {
        Ok(_) => panic!("it succeeded"),
        Err(trouble) => trouble.code(),
    }
}
