//! Secrets stay: after a day on which everything went wrong, and with every message asked for, no secret stands anywhere
//! outside the sealed boxes.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use sandbox::Config;

use crate::shop::{KKM, LOGIN, Shop, program};
use crate::support::unzipped;

/// With a quote, a slash and a backslash, so that it is written differently in JSON.
const PASSWORD: &str = "pa\"s/s\\61fe0c-password";
const WRONG: &str = "wr\"o/ng\\d20b57-password";
const PASSPHRASE: &str = "фраза 84c1d9-passphrase";
const WRONG_PASSPHRASE: &str = "фраза 3ab6e2-other";
const PROXY: &str = "77f0aa-proxy";

/// The parts of the marks that every way of writing leaves as they are.
const MARKS: [&str; 5] = [
    "61fe0c-password",
    "d20b57-password",
    "84c1d9-passphrase",
    "3ab6e2-other",
    "77f0aa-proxy",
];

/// So much of a secret gives it away.
const BEGINNING: usize = 12;

/// The shop, and everything that was ever said or was a secret.
struct Day {
    shop: Shop,
    said: Vec<String>,
    secrets: Vec<String>,
}

impl Day {
    fn run(&mut self, args: &[&str], stdin: &str, code: i32) -> String {
        self.run_under(PASSPHRASE, args, stdin, code)
    }

    /// Runs with every message there is, and with a proxy of the system's that knows a password.
    fn run_under(&mut self, passphrase: &str, args: &[&str], stdin: &str, code: i32) -> String {
        let mut child = program(&self.shop.path("data"), &[&["-vvv"], args].concat())
            .env("SMENA_PASSPHRASE", passphrase)
            .env("HTTPS_PROXY", format!("http://user:{PROXY}@127.0.0.1:9"))
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        self.said.push(said.clone());
        self.secrets.extend(self.shop.world.secrets().unwrap());
        said
    }

    fn faults(&self, rules: &[&str]) {
        let rules = rules.iter().map(|rule| rule.parse().unwrap()).collect();
        self.shop.world.set_faults(rules);
    }
}

#[test]
fn after_a_day_of_faults_no_secret_stands_anywhere() {
    let shop = Shop::closed_door(Config::default());
    shop.world.set_password(PASSWORD).unwrap();
    let url = shop.url.clone();
    let mut day = Day {
        shop,
        said: Vec::new(),
        secrets: Vec::new(),
    };
    sign_in_with_difficulty(&mut day, &url);
    a_day_with_faults(&mut day);

    let bundle = day.shop.path("bundle.zip");
    day.run(&["support-bundle", bundle.to_str().unwrap()], "", 0);
    let mut everything = files(&day.shop.path("data"));
    for (name, bytes) in unzipped(&bundle) {
        everything.insert(format!("bundle/{name}"), bytes);
    }
    for (number, said) in day.said.iter().enumerate() {
        everything.insert(format!("what run {number} said"), said.clone().into_bytes());
    }

    // Were the search blind, or had nothing been said, it would find nothing either.
    for (place, control) in [
        ("smena.db", "Касса 1"),
        ("what run 0 said", "DEBUG"),
        ("bundle/journal.json", "Echo"),
        ("bundle/journal.json", "TokenCPCR"),
        ("bundle/archive.json", "Касса 1"),
        ("logs/", "unknown-outcome"),
        ("bundle/logs/", "unknown-outcome"),
    ] {
        let found = everything
            .iter()
            .any(|(name, bytes)| name.contains(place) && holds(bytes, control));
        assert!(found, "no «{control}» in {place}: {:?}", everything.keys());
    }
    let tokens: Vec<String> = day
        .secrets
        .iter()
        .filter(|secret| *secret != PASSWORD)
        .map(|secret| secret.chars().take(BEGINNING).collect())
        .collect();
    assert!(tokens.len() > 5, "{tokens:?}");
    for (name, bytes) in &everything {
        for secret in MARKS.into_iter().chain(tokens.iter().map(String::as_str)) {
            assert!(!holds(bytes, secret), "{secret} stands in {name}");
        }
    }
}

fn sign_in_with_difficulty(day: &mut Day, url: &str) {
    let login = [
        "--server",
        url,
        "login",
        "--login",
        LOGIN,
        "--password-stdin",
        "--store",
        "passphrase",
    ];
    day.run(&login, WRONG, 4);
    day.faults(&[
        "POST /auth 1 echo:401",
        "POST /auth 2 echo:500",
        "POST /auth 3 echo",
    ]);
    day.run(&login, WRONG, 4);
    day.run(&login, PASSWORD, 1);
    day.run(&login, PASSWORD, 1);
    day.run(&login, PASSWORD, 0);
    let elsewhere = [
        "--server",
        "https://kassa.invalid",
        "login",
        "--login",
        LOGIN,
        "--password-stdin",
    ];
    day.run(&elsewhere, PASSWORD, 5);
    let address = format!("http://user:{PROXY}@proxy:3128");
    day.run(&["settings", "set", "proxy", &address], "", 2);
    day.run_under(WRONG_PASSPHRASE, &["registers"], "", 4);
}

fn a_day_with_faults(day: &mut Day) {
    day.faults(&["GET /kkms 1-4 echo:500", "GET /kkms 5 echo"]);
    day.run(&["registers"], "", 1);
    day.run(&["--json", "registers"], "", 1);
    day.run(&["registers"], "", 0);
    // Done, but the answer is nothing but what was sent: unknown, until the server is asked.
    day.faults(&["POST /shifts 1 echo-after", r"GET /shifts/\d+ * echo:500"]);
    day.run(&["shift", "open", "--kkm", KKM], "", 3);
    day.faults(&[]);
    day.run(&["recover"], "", 0);
    day.faults(&[r"* /shifts/\d+/x 1 echo:500", r"* /shifts/\d+/x 2 truncate"]);
    day.run(&["report", "x", "--kkm", KKM], "", 3);
    day.run(&["--json", "report", "x", "--kkm", KKM], "", 3);
    day.run(&["report", "x", "--kkm", KKM], "", 0);
    day.faults(&[r"GET /shifts/\d+/sections/reports 1 echo:403"]);
    day.run(&["report", "sections", "--kkm", KKM], "", 1);
    day.shop.world.expire_tokens().unwrap();
    day.faults(&["GET /kkms 1 echo:401"]);
    day.run(&["registers"], "", 0);
    // The Z is half answered, then echoed, and only then told.
    day.faults(&[
        r"POST /shifts/\d+/z 1 truncate",
        r"POST /shifts/\d+/z 2+ echo:500",
    ]);
    day.run(&["shift", "close", "--kkm", KKM], "", 3);
    day.run(&["recover"], "", 3);
    day.faults(&[]);
    day.run(&["recover"], "", 0);
    for command in [
        &["journal", "list"][..],
        &["archive", "list"],
        &["accounts"],
        &["settings", "list"],
        &["archive", "verify"],
    ] {
        day.run(command, "", 0);
        day.run(&[&["--json"], command].concat(), "", 0);
    }
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}
