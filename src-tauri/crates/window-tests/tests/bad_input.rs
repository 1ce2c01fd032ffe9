//! Each thing that goes wrong, in the window: it says what happened and what to do, and changes nothing.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::day::{close_uncounted, sign_in};
use window_tests::till::PASSWORD;
use window_tests::{Engine, Played, Stage, Till, Window};

const KKM: &str = "77505";

/// The page shows this error, with a message and a remedy that say these words.
async fn told(window: &Window, code: &str, message: &str, remedy: &str) -> Played<()> {
    window
        .see_css(&format!("[data-test='error'][data-code='{code}']"))
        .await?;
    window.reads("error-message", message).await?;
    window.reads("error-remedy", remedy).await?;
    Ok(())
}

/// A window that is signed in on a server with these options.
struct Shop {
    // Dropped in this order: the window's program, then the stage it stands on.
    window: Window,
    till: Till,
    stage: Stage,
}

async fn shop(engine: Engine, options: &[&str]) -> Shop {
    let stage = Stage::set(engine, None).await.unwrap();
    let till = Till::start(stage.folder(), options).unwrap();
    let window = stage.open(&[]).await.unwrap();
    sign_in(&window, till.url(), PASSWORD).await.unwrap();
    window.see("board").await.unwrap();
    Shop {
        window,
        till,
        stage,
    }
}

impl Shop {
    async fn open_register(&self, kkm: &str) {
        self.window.click(&format!("register-{kkm}")).await.unwrap();
        self.window.see("register").await.unwrap();
    }

    async fn open_shift(&self) {
        self.window.click("open-shift").await.unwrap();
        self.window.click("confirm-yes").await.unwrap();
    }

    async fn told(&self, code: &str, message: &str, remedy: &str) {
        if let Err(failure) = told(&self.window, code, message, remedy).await {
            panic!("{failure}\n{}", self.stage.log());
        }
    }

    async fn close(self) {
        self.window.close().await.unwrap();
    }
}

async fn a_wrong_password_is_named_with_its_remedy_and_the_right_one_then_works(engine: Engine) {
    let stage = Stage::set(engine, None).await.unwrap();
    let till = Till::start(stage.folder(), &[]).unwrap();
    let window = stage.open(&[]).await.unwrap();
    sign_in(&window, till.url(), "wrong").await.unwrap();
    told(
        &window,
        "wrong-credentials",
        "пароль",
        "Проверьте номер и пароль",
    )
    .await
    .unwrap();
    window.see("sign-in").await.unwrap();

    window.fill("[name='password']", PASSWORD).await.unwrap();
    window.click("sign-in-submit").await.unwrap();
    window.see("board").await.unwrap();
    window.close().await.unwrap();
}

async fn a_server_that_is_not_there_or_no_server_at_all_is_said_to_be_so(engine: Engine) {
    // A port that was free a moment ago: nobody listens there.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);

    let stage = Stage::set(engine, None).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    sign_in(&window, &address, PASSWORD).await.unwrap();
    told(&window, "no-link", "Нет связи", "адрес сервера")
        .await
        .unwrap();
    // A password goes over an open line to this computer only.
    sign_in(&window, "http://kassa.example.kz", PASSWORD)
        .await
        .unwrap();
    told(&window, "bad-input", "https://", "Ничего не отправлено")
        .await
        .unwrap();
    window.see("sign-in").await.unwrap();
    window.close().await.unwrap();
}

async fn a_data_folder_that_cannot_be_used_is_said_at_the_start(engine: Engine) {
    let stage = Stage::set(engine, None).await.unwrap();
    std::fs::remove_dir(stage.data()).unwrap();
    std::fs::write(stage.data(), "not a folder").unwrap();
    let window = stage.open(&[]).await.unwrap();
    told(&window, "data-folder", "Папкой данных", "Проверьте права")
        .await
        .unwrap();
    assert_eq!(
        std::fs::read_to_string(stage.data()).unwrap(),
        "not a folder"
    );
    // Once it can be used again, the same window goes on.
    std::fs::remove_file(stage.data()).unwrap();
    window.click("retry").await.unwrap();
    window.see("sign-in").await.unwrap();
    window.close().await.unwrap();
}

async fn an_unknown_and_a_blocked_register_say_so_and_offer_nothing(engine: Engine) {
    let shop = shop(engine, &["--blocked-register"]).await;
    let window = &shop.window;
    let server = shop.till.url().replace(':', "%3A").replace('/', "%2F");
    window
        .go(&format!("#/register/99999/{server}"))
        .await
        .unwrap();
    shop.told("wrong-register", "не даёт доступа", "IdKkm")
        .await;
    assert!(!window.shows("open-shift").await.unwrap());

    window.click("back").await.unwrap();
    shop.open_register("77508").await;
    window.reads("state", "заблокирована").await.unwrap();
    window
        .reads("actions-note", "Обратитесь в поддержку")
        .await
        .unwrap();
    assert!(!window.shows("open-shift").await.unwrap());
    shop.close().await;
}

async fn a_shift_that_is_open_already_here_or_elsewhere_is_named(engine: Engine) {
    let shop = shop(engine, &[]).await;
    shop.open_register(KKM).await;
    shop.window.reads("state", "закрыта").await.unwrap();
    // Somebody opens it while the window still shows it closed.
    shop.till.sign_in().unwrap();
    shop.till
        .meanwhile(&["shift", "open", "--kkm", KKM])
        .unwrap();
    shop.open_shift().await;
    shop.told("shift-already-open", "уже открыта", "Новая смена не нужна")
        .await;
    shop.window.reads("state", "открыта").await.unwrap();

    // 424: this user has one open on another register.
    shop.window.click("back").await.unwrap();
    shop.open_register("77506").await;
    shop.open_shift().await;
    shop.told("user-has-open-shift", "Касса 1", "Закройте ту смену")
        .await;
    shop.window.reads("state", "закрыта").await.unwrap();
    shop.close().await;
}

async fn a_shift_that_was_closed_meanwhile_is_said_to_be_closed(engine: Engine) {
    let shop = shop(engine, &["--fault", r"GET /shifts/\d+/x 1 status:410"]).await;
    shop.open_register(KKM).await;
    shop.open_shift().await;
    shop.window.click("x-report").await.unwrap();
    shop.told("shift-closed", "уже закрыта", "Z-отчёт").await;

    // And without the server's word: the shift is read before anything is sent.
    shop.till.sign_in().unwrap();
    shop.till
        .meanwhile(&["shift", "close", "--kkm", KKM])
        .unwrap();
    shop.window.click("section-report").await.unwrap();
    shop.window.see("report").await.unwrap();
    shop.window.click("back").await.unwrap();
    shop.window.reads("state", "закрыта").await.unwrap();
    shop.close().await;
}

async fn an_overdue_shift_is_told_by_the_servers_clock_and_can_be_closed(engine: Engine) {
    let stage = Stage::set(engine, None).await.unwrap();
    let world = stage.folder().join("world.json");
    let state = ["--state", world.to_str().unwrap()];
    let till = Till::start(stage.folder(), &state).unwrap();
    till.sign_in().unwrap();
    till.meanwhile(&["shift", "open", "--kkm", KKM]).unwrap();
    drop(till);
    let later = [&state[..], &["--ahead", "26"]].concat();
    let till = Till::start(stage.folder(), &later).unwrap();

    let window = stage.open(&[]).await.unwrap();
    sign_in(&window, till.url(), PASSWORD).await.unwrap();
    window.reads("register-77505", "просрочена").await.unwrap();
    // Two hours, or a minute less by the time it is read.
    let row = window.reads("register-77505", "дольше на").await.unwrap();
    assert!(
        row.contains("1 ч 59 мин") || row.contains("2 ч 00 мин"),
        "{row}"
    );
    window
        .reads("board", "Часы этого компьютера отстают")
        .await
        .unwrap();
    window.click("register-77505").await.unwrap();
    window.reads("state", "просрочена").await.unwrap();
    window.click("close-shift").await.unwrap();
    window
        .reads("close-dialog", "дольше 24 часов")
        .await
        .unwrap();
    window.click("close-next").await.unwrap();
    window.see("expected").await.unwrap();
    window.click("close-next").await.unwrap();
    window.click("close-confirm").await.unwrap();
    window.click("show-report").await.unwrap();
    window.see("report").await.unwrap();
    window.close().await.unwrap();
}

async fn a_proxys_page_instead_of_an_answer_is_told_and_read_again(engine: Engine) {
    let shop = shop(engine, &["--fault", "GET /kkms 1-4 html"]).await;
    shop.told(
        "not-the-api",
        "Ответил не сервер касс",
        "Проверьте адрес сервера",
    )
    .await;
    shop.window.click("refresh").await.unwrap();
    shop.window.see("register-77505").await.unwrap();
    shop.close().await;
}

/// A closing of which half an answer came, twice.
async fn closed_in_doubt(engine: Engine) -> Shop {
    let shop = shop(engine, &["--fault", r"POST /shifts/\d+/z 1-2 truncate"]).await;
    shop.open_register(KKM).await;
    shop.open_shift().await;
    close_uncounted(&shop.window).await.unwrap();
    let unknown = "[data-test='close-dialog'] [data-code='unknown-outcome']";
    shop.window.see_css(unknown).await.unwrap();
    shop.window
        .reads("close-dialog", "неизвестно")
        .await
        .unwrap();
    shop
}

async fn half_an_answer_to_a_z_leaves_it_open_until_it_is_resolved_and_then_there_is_one_report(
    engine: Engine,
) {
    let shop = closed_in_doubt(engine).await;
    let window = &shop.window;
    // Nothing new can be started meanwhile.
    window.click("close-finish").await.unwrap();
    window.see("recover").await.unwrap();
    for name in ["open-shift", "close-shift", "x-report"] {
        let usable = format!("return document.querySelector(\"[data-test='{name}']:enabled\")");
        assert!(window.ask(&usable).await.unwrap().is_null(), "{name}");
    }
    window.click("recover").await.unwrap();
    window.reads("state", "закрыта").await.unwrap();
    window.reads("register", "выполнено").await.unwrap();
    let zs = window
        .ask("return [...document.querySelectorAll(\"[data-test='report-line']\")].filter((row) => row.textContent.includes('Z-')).length")
        .await
        .unwrap();
    assert_eq!(zs, 1);
    shop.close().await;
}

async fn what_was_left_open_is_settled_by_itself_when_the_server_can_be_read_again(engine: Engine) {
    let shop = closed_in_doubt(engine).await;
    let window = &shop.window;
    // Nobody presses anything, and the dialog that said that it is unknown tells the end.
    window.see("show-report").await.unwrap();
    window.click("close-finish").await.unwrap();
    window.reads("state", "закрыта").await.unwrap();
    shop.close().await;
}

window_tests::in_both_engines!(
    a_wrong_password_is_named_with_its_remedy_and_the_right_one_then_works,
    a_server_that_is_not_there_or_no_server_at_all_is_said_to_be_so,
    a_data_folder_that_cannot_be_used_is_said_at_the_start,
    an_unknown_and_a_blocked_register_say_so_and_offer_nothing,
    a_shift_that_is_open_already_here_or_elsewhere_is_named,
    a_shift_that_was_closed_meanwhile_is_said_to_be_closed,
    an_overdue_shift_is_told_by_the_servers_clock_and_can_be_closed,
    a_proxys_page_instead_of_an_answer_is_told_and_read_again,
    half_an_answer_to_a_z_leaves_it_open_until_it_is_resolved_and_then_there_is_one_report,
    what_was_left_open_is_settled_by_itself_when_the_server_can_be_read_again,
);
