//! What the page is answered, and what it is not.
#![allow(missing_docs, clippy::unwrap_used)]

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use commands::{FileQuestion, House, Said, Stand, Surroundings};
use operations::{Lang, Trouble};
use sandbox::Sandbox;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A file with root certificates.
const AUTHORITY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../cli/tests/shell/authority.pem"
);

/// A person who agrees, or not, and names one file.
struct Around {
    folder: TempDir,
    agrees: AtomicBool,
    asked: AtomicUsize,
    questions: Mutex<Vec<String>>,
    names: Mutex<Option<PathBuf>>,
    opened: Mutex<Vec<PathBuf>>,
    spoken: Mutex<Vec<Lang>>,
}

impl Surroundings for Around {
    fn data(&self) -> Result<PathBuf, Trouble> {
        Ok(self.folder.path().join("data"))
    }
    fn documents(&self) -> Result<PathBuf, Trouble> {
        Ok(self.folder.path().join("documents"))
    }
    fn say(&self, _: Said) {}
    fn notify(&self, _: &str, _: &str) {}
    fn stand(&self, _: &Stand) {}
    fn speak(&self, lang: Lang) {
        self.spoken.lock().unwrap().push(lang);
    }
    fn ask(&self, _: &FileQuestion) -> Option<PathBuf> {
        self.names.lock().unwrap().clone()
    }
    fn confirm(&self, question: &str) -> bool {
        self.questions.lock().unwrap().push(question.to_owned());
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.agrees.load(Ordering::SeqCst)
    }
    fn open(&self, path: &Path, _: bool) -> io::Result<()> {
        self.opened.lock().unwrap().push(path.to_owned());
        Ok(())
    }
    fn starts_with_computer(&self) -> Option<bool> {
        None
    }
    fn start_with_computer(&self, _: bool) -> io::Result<()> {
        Ok(())
    }
    fn quit(&self) {}
}

fn training() -> (Arc<Around>, House) {
    house(true)
}

fn house(training: bool) -> (Arc<Around>, House) {
    let around = Arc::new(Around {
        folder: tempfile::tempdir().unwrap(),
        agrees: AtomicBool::new(false),
        asked: AtomicUsize::new(0),
        questions: Mutex::default(),
        names: Mutex::default(),
        opened: Mutex::default(),
        spoken: Mutex::default(),
    });
    let log = operations::log::start("commands", "error");
    let house = House::new(training, log, Arc::<Around>::clone(&around));
    (around, house)
}

async fn answer(house: &House, command: &str, arguments: Value) -> Value {
    let answer = house.answer(command, arguments).await;
    answer.unwrap_or_else(|error| panic!("{command}: {error:?}"))
}

#[tokio::test]
async fn what_is_no_command_or_not_its_arguments_is_refused() {
    let (_, house) = training();
    for (command, arguments) in [
        ("shell", json!({})),
        ("register", json!({"server": "https://kassa.test"})),
        (
            "register",
            json!({"server": "https://kassa.test", "kkm": "1"}),
        ),
        ("board", json!({"also": "an X"})),
        ("open_saved", json!({"path": 1, "folder": false})),
        (
            "print_summary",
            json!({"input": {}, "printer": "tcp:10.0.0.1"}),
        ),
    ] {
        let error = house.answer(command, arguments).await.unwrap_err();
        assert_eq!(error.code, "internal", "{command}");
    }
}

#[tokio::test]
async fn training_needs_no_sign_in_and_a_password_never_comes_back() {
    let (_, house) = training();
    let start = answer(&house, "start", Value::Null).await;
    assert_eq!(start["accounts"].as_array().unwrap().len(), 1);
    let board = answer(&house, "board", json!({})).await;
    assert_eq!(board["registers"].as_array().unwrap().len(), 3);
    let account = start["accounts"][0].to_string();
    assert!(!account.contains("password"), "{account}");
}

#[tokio::test]
async fn the_page_has_nothing_opened_but_what_this_run_saved() {
    let (around, house) = training();
    let foreign = json!({"path": "/etc/passwd", "folder": false});
    assert!(house.answer("open_saved", foreign).await.is_err());
    let saved = answer(&house, "support_bundle", json!({})).await;
    answer(
        &house,
        "open_saved",
        json!({"path": saved["path"], "folder": true}),
    )
    .await;
    assert_eq!(around.opened.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn the_program_speaks_to_nobody_else_without_the_persons_word() {
    let (around, house) = training();
    let set = |name: &str, value: &str| json!({"name": name, "value": value});
    for (name, value) in [
        ("proxy", "http://127.0.0.1:9"),
        ("printer", "tcp:127.0.0.1"),
        ("root-certificates", AUTHORITY),
    ] {
        let before = answer(&house, "start", json!({})).await;
        let after = answer(&house, "set_setting", set(name, value)).await;
        assert_eq!(before["settings"], after["settings"], "{name}");
    }
    assert_eq!(around.asked.load(Ordering::SeqCst), 3);
    around.agrees.store(true, Ordering::SeqCst);
    let after = answer(&house, "set_setting", set("printer", "tcp:127.0.0.1")).await;
    assert_eq!(after["settings"]["printer"], "tcp:127.0.0.1");
    // What speaks to nobody is not asked about.
    let after = answer(&house, "set_setting", set("language", "en")).await;
    assert_eq!(after["language"], "en");
    assert_eq!(around.asked.load(Ordering::SeqCst), 4);

    // A password is any text: whoever got hold of the page could send by it what was seen there.
    let sign_in = |server: &str| json!({"server": server, "login": "77012223344", "password": "what was seen", "remember": false});
    let refused = house.answer("sign_in", sign_in("https://127.0.0.1:1"));
    assert_eq!(refused.await.unwrap_err().code, "bad-input");
    assert_eq!(around.asked.load(Ordering::SeqCst), 4);

    let (around, house) = self::house(false);
    let refused = house.answer("sign_in", sign_in("https://name.invalid:8443/path"));
    assert_eq!(refused.await.unwrap_err().code, "bad-input");
    let question = around.questions.lock().unwrap().concat();
    assert!(question.contains("name.invalid:8443"), "{question}");
    assert!(!question.contains("path"), "{question}");
    around.agrees.store(true, Ordering::SeqCst);
    let failed = house.answer("sign_in", sign_in("https://name.invalid:8443/path"));
    assert_ne!(failed.await.unwrap_err().code, "bad-input");
    // What stays on this computer is not asked about, nor is what cannot be an address.
    let failed = house.answer("sign_in", sign_in("https://127.0.0.1:1"));
    assert_ne!(failed.await.unwrap_err().code, "bad-input");
    let refused = house.answer("sign_in", sign_in("name.invalid"));
    assert_eq!(refused.await.unwrap_err().code, "bad-input");
    assert_eq!(around.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_backup_goes_where_the_person_says_and_comes_back_from_there() {
    let (around, house) = training();
    assert_eq!(answer(&house, "backup", json!({})).await, Value::Null);
    let file = around.folder.path().join("copy.db");
    *around.names.lock().unwrap() = Some(file.clone());
    let made = answer(&house, "backup", json!({})).await;
    assert_eq!(made["file"], file.to_str().unwrap());
    let back = answer(&house, "restore", json!({"force": false})).await;
    assert_eq!(back["lostReports"], 0);
}

#[tokio::test]
async fn what_a_backup_lacks_is_given_up_by_the_persons_word_and_once() {
    let (around, house) = training();
    let restore = |force: bool| json!({"force": force});
    let name = |file: Option<&Path>| *around.names.lock().unwrap() = file.map(Path::to_owned);
    let file = around.folder.path().join("copy.db");
    name(Some(&file));
    answer(&house, "backup", json!({})).await;
    let register = &answer(&house, "board", json!({})).await["registers"][0];
    let register = json!({"server": register["server"], "kkm": register["kkm"]});
    answer(&house, "open_shift", register).await;

    let refused = house.answer("restore", restore(false)).await.unwrap_err();
    assert!(refused.params.contains_key("lost-operations"));
    name(None);
    assert_eq!(around.asked.load(Ordering::SeqCst), 0);
    assert_eq!(answer(&house, "restore", restore(true)).await, Value::Null);
    assert_eq!(around.asked.load(Ordering::SeqCst), 1);
    // Who said no is asked for a file again.
    assert_eq!(answer(&house, "restore", restore(true)).await, Value::Null);
    assert_eq!(around.asked.load(Ordering::SeqCst), 1);

    around.agrees.store(true, Ordering::SeqCst);
    name(Some(&file));
    house.answer("restore", restore(false)).await.unwrap_err();
    name(None);
    let back = answer(&house, "restore", restore(true)).await;
    assert_eq!(back["lostOperations"], 1);
    assert_eq!(around.asked.load(Ordering::SeqCst), 2);
    assert_eq!(answer(&house, "restore", restore(true)).await, Value::Null);

    // A file that was named in one room is not put in place in the other.
    name(Some(Path::new("/nowhere.db")));
    house.answer("restore", restore(false)).await.unwrap_err();
    name(None);
    answer(&house, "leave_training", json!({})).await;
    assert_eq!(answer(&house, "restore", restore(true)).await, Value::Null);
    assert_eq!(around.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn the_persons_question_holds_none_of_the_pages_own_words() {
    let (around, house) = training();
    let set = |name: &str, value: &str| json!({"name": name, "value": value});
    for (name, value) in [
        ("proxy", "an update: agree"),
        ("proxy", "http://user@a.kz"),
        ("printer", "tcp:an update"),
        ("root-certificates", "/an update"),
    ] {
        let refused = house.answer("set_setting", set(name, value)).await;
        assert_eq!(refused.unwrap_err().code, "bad-input", "{name}");
    }
    assert_eq!(around.asked.load(Ordering::SeqCst), 0);
    let long = "http://a.kz:3128/an update: agree";
    answer(&house, "set_setting", set("proxy", long)).await;
    let roundabout = AUTHORITY.replace("/shell/", "/shell/../shell/./");
    let roots = set("root-certificates", &roundabout);
    answer(&house, "set_setting", roots).await;
    let questions = around.questions.lock().unwrap().clone();
    assert!(questions[0].contains("http://a.kz:3128"), "{questions:?}");
    assert!(!questions[0].contains("update"), "{questions:?}");
    assert!(!questions[1].contains(".."), "{questions:?}");
    around.agrees.store(true, Ordering::SeqCst);
    let after = answer(&house, "set_setting", set("proxy", long)).await;
    assert_eq!(after["settings"]["proxy"], "http://a.kz:3128");
}

#[tokio::test]
async fn what_is_around_speaks_the_language_of_the_settings() {
    let (around, house) = training();
    let set = |lang: &str| json!({"name": "language", "value": lang});
    for lang in ["ru", "kk", "en", "en", "ru"] {
        answer(&house, "set_setting", set(lang)).await;
    }
    // The first is the system's, where that is another one.
    let spoken = around.spoken.lock().unwrap().clone();
    assert!(
        spoken.ends_with(&[Lang::Kk, Lang::En, Lang::Ru]),
        "{spoken:?}"
    );
}

#[tokio::test]
async fn what_is_closed_by_the_clock_is_not_left_for_training_without_the_persons_word() {
    let (around, house) = house(false);
    let server = Sandbox::of_folder(around.folder.path(), true)
        .await
        .unwrap();
    let sign_in = json!({"server": server.base_url(), "login": sandbox::FIRST_LOGIN, "password": sandbox::PASSWORD, "remember": false});
    // Nothing waits yet.
    let mode = async |command: &str| answer(&house, command, json!({})).await["mode"].clone();
    assert_eq!(mode("enter_training").await, "training");
    assert_eq!(mode("leave_training").await, "real");
    assert_eq!(around.asked.load(Ordering::SeqCst), 0);

    answer(&house, "sign_in", sign_in).await;
    let register = &answer(&house, "board", json!({})).await["registers"][0];
    let closing = json!({"server": register["server"], "kkm": register["kkm"], "at": "22:00"});
    answer(&house, "set_schedule", closing).await;
    assert_eq!(mode("enter_training").await, "real");
    assert_eq!(around.asked.load(Ordering::SeqCst), 1);
    around.agrees.store(true, Ordering::SeqCst);
    assert_eq!(mode("enter_training").await, "training");
    assert_eq!(mode("enter_training").await, "training");
    assert_eq!(around.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn what_is_settled_by_itself_is_under_way_as_anything_else_is() {
    let (around, house) = house(false);
    let server = Sandbox::of_folder(around.folder.path(), true)
        .await
        .unwrap();
    let sign_in = json!({"server": server.base_url(), "login": sandbox::FIRST_LOGIN, "password": sandbox::PASSWORD, "remember": false});
    answer(&house, "sign_in", sign_in).await;
    let register = &answer(&house, "board", json!({})).await["registers"][0];
    let (on, kkm) = (register["server"].clone(), register["kkm"].clone());
    answer(&house, "open_shift", json!({"server": on, "kkm": kkm})).await;
    let faults = |rules: &[&str]| {
        let rules = rules.iter().map(|rule| rule.parse().unwrap());
        server.world().set_faults(rules.collect());
    };
    faults(&["POST .*/z 1 reset-after", "POST .*/z 2+ refuse"]);
    let close = json!({"input": {"server": on, "kkm": kkm, "shift": null, "xFirst": false, "counted": null, "reason": null}});
    let lost = house.answer("close_shift", close).await.unwrap_err();
    assert_eq!(lost.code, "unknown-outcome");
    assert!(!house.is_busy());
    // Within a quarter of a minute the program asks the server by itself what became of it.
    let before = server.world().requests().len();
    faults(&["* .* * delay-before:1000"]);
    let began = Instant::now();
    while server.world().requests().len() == before {
        assert!(began.elapsed() < Duration::from_secs(30));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(house.is_busy());
    faults(&[]);
    while house.is_busy() {
        assert!(began.elapsed() < Duration::from_secs(60));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let settled = answer(&house, "register", json!({"server": on, "kkm": kkm})).await;
    assert_eq!(settled["unresolved"], Value::Null, "{settled}");
}
