//! A company whose server can be stopped, started anew with faults, and set back in time; and days of work at it.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::failure::{Failure, Played};
use crate::till::{LOGIN, PASSWORD, Till};
use crate::window::Window;

/// The second cashier, who works at the second register.
const SECOND: &str = "77004445566";
/// The registers that work every day, and who works there.
const WORKPLACES: [(i64, &str); 2] = [(77505, LOGIN), (77506, SECOND)];
/// How long a day's shifts are open, hours.
const SHIFT: i64 = 9;
const HOUR: i64 = 3600;

/// How long a killed server may hold its port.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(20);

/// Waits until nobody listens on a port of this computer any more: the system takes a moment to clear away a killed process.
fn until_free(port: &str) -> Played<()> {
    let address = format!("127.0.0.1:{port}");
    let began = Instant::now();
    loop {
        match TcpListener::bind(&address) {
            Ok(_) => return Ok(()),
            Err(error) if began.elapsed() > PATIENCE => return Err(error.into()),
            Err(_) => std::thread::sleep(GLANCE),
        }
    }
}

/// A server whose world outlives it.
#[derive(Debug)]
pub struct Company {
    till: Option<Till>,
    url: String,
    folder: PathBuf,
    always: Vec<String>,
}

impl Company {
    /// Starts its server; `always` are options of `smenactl sandbox` that it has whenever it runs.
    pub fn start(folder: &Path, always: &[&str]) -> Played<Self> {
        let mut company = Self {
            till: None,
            url: String::new(),
            folder: folder.to_path_buf(),
            always: always.iter().map(|&option| option.to_owned()).collect(),
        };
        company.run(&[])?;
        Ok(company)
    }

    /// Its address, the same for ever.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its server goes, and comes back with these options.
    pub fn run(&mut self, options: &[&str]) -> Played<()> {
        self.stop();
        let world = self.world().display().to_string();
        let port = self.url.rsplit(':').next().unwrap_or_default().to_owned();
        let mut all = vec!["--state", &world];
        if !port.is_empty() {
            until_free(&port)?;
            all.extend(["--port", &port]);
        }
        all.extend(self.always.iter().map(String::as_str));
        all.extend(options);
        let till = Till::start(&self.folder, &all)?;
        self.url = till.url().to_owned();
        self.till = Some(till);
        Ok(())
    }

    /// Its server is gone.
    pub fn stop(&mut self) {
        self.till = None;
    }

    /// Its server, while it runs.
    pub fn till(&self) -> Played<&Till> {
        let gone = || Failure::Bench("the company's server was stopped".into());
        self.till.as_ref().ok_or_else(gone)
    }

    /// The file of its world.
    pub fn world(&self) -> PathBuf {
        self.folder.join("world.json")
    }

    /// Changes its world while its server does not look, and starts it again.
    pub fn change(&mut self, change: impl FnOnce(&mut Value)) -> Played<()> {
        self.stop();
        let odd = |error| Failure::Bench(format!("the world's file: {error}"));
        let text = fs::read(self.world())?;
        let mut world = serde_json::from_slice(&text).map_err(odd)?;
        change(&mut world);
        fs::write(self.world(), world.to_string())?;
        self.run(&[])
    }

    /// How often something was really done, by the server's own book: `Opened`, `XTaken`, `SectionsTaken` or `Closed`, at a
    /// register since its id was given to it. The server must have written it down, so it is stopped for a moment.
    pub fn done(&mut self, act: &str, kkm: i64) -> Played<usize> {
        let mut count = 0;
        self.change(|world| {
            let book = world.get("ledger").and_then(Value::as_array);
            let same = |entry: &&Value| entry["act"] == act && entry["kkm"] == kkm;
            count = book.into_iter().flatten().filter(same).count();
        })?;
        Ok(count)
    }

    /// Plays so many days up to now: both cashiers sign in, open, count, close. The window's clock and the
    /// server's go back for it, and are right again afterwards. In Chromium only.
    pub async fn play_days(&mut self, window: &Window, days: i64) -> Played<()> {
        for day in (1..=days).rev() {
            self.open_ago(window, day * 24 + SHIFT).await?;
            self.go_to(window, -(day * 24)).await?;
            for (kkm, _) in WORKPLACES {
                self.close(window, kkm, day).await?;
            }
        }
        self.come_back(window).await
    }

    /// Both cashiers sign in so many hours ago and open their shifts; where they are now the clocks stay. In Chromium only.
    pub async fn open_ago(&mut self, window: &Window, hours: i64) -> Played<()> {
        self.go_to(window, -hours).await?;
        for (kkm, login) in WORKPLACES {
            // A new day, a new sign-in: tokens do not live longer, and too many renewals within minutes look like two computers.
            let who = json!({ "server": self.url, "login": login, "password": PASSWORD, "remember": false });
            window.call("sign_in", who).await?;
            let open = json!({ "server": self.url, "kkm": kkm, "login": login });
            window.call("open_shift", open).await?;
        }
        Ok(())
    }

    /// Server and window tell the time of the computer again.
    pub async fn come_back(&mut self, window: &Window) -> Played<()> {
        self.go_to(window, 0).await
    }

    /// Both close their shifts now.
    pub async fn close_both(&self, window: &Window) -> Played<()> {
        for (kkm, _) in WORKPLACES {
            self.close(window, kkm, 0).await?;
        }
        Ok(())
    }

    /// Every other closing has its readings before it, every third is counted.
    async fn close(&self, window: &Window, kkm: i64, day: i64) -> Played<()> {
        let of = json!({ "server": self.url, "kkm": kkm });
        let register = window.call("register", of).await?;
        let counted = match day % 3 {
            0 => register["cash"].clone(),
            _ => Value::Null,
        };
        let input = json!({ "server": self.url, "kkm": kkm, "shift": null, "xFirst": day % 2 == 0, "counted": counted, "reason": null });
        window
            .call("close_shift", json!({ "input": input }))
            .await?;
        Ok(())
    }

    /// Server and window are so many hours ahead of the computer.
    async fn go_to(&mut self, window: &Window, hours: i64) -> Played<()> {
        self.run(&["--ahead", &hours.to_string()])?;
        window.set_clock(hours * HOUR).await
    }
}
