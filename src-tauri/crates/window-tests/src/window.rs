//! The program's window: find, click, fill, read, photograph.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::bridge::Bridge;
use crate::chromium::{self, Look};
use crate::failure::{Failure, Played};
use crate::memory;
use crate::screen::{HEIGHT, Screen, WIDTH};

/// How long the page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// The same for what the program does by itself, every half a minute at the least.
const LONG_PATIENCE: Duration = Duration::from_secs(45);
/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(40);

/// The program's process is called so.
const PROGRAM: &str = "smena";

/// The name under which WebDriver sends an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const FIRST_VISIBLE: &str = "return [...document.querySelectorAll(arguments[0])]\
    .find((element) => element.checkVisibility()) ?? null";

const TO_THE_MIDDLE: &str = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";

/// Comes back when fonts are there, nothing moves any more, and two frames have been painted since.
const PAINTED: &str = "const done = arguments[arguments.length - 1];\
    document.fonts.ready\
        .then(() => Promise.allSettled(document.getAnimations()\
            .filter((animation) => animation.effect.getComputedTiming().endTime < 2000)\
            .map((animation) => animation.finished)))\
        .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));";
/// Asks the shell as the page does.
const CALL: &str = "const [command, given, done] = arguments;\
    window.__TAURI__.core.invoke(command, given)\
        .then((answer) => done({ answer }), (failed) => done({ failed: JSON.stringify(failed) }));";
/// Is nothing under way, and everything there that is waited for?
const IDLE: &str =
    "return !document.querySelector('[aria-busy=true], progress, .waiting, .skeleton')";
/// Moves what is around the page on a bridge.
const POST: &str = "const [what, value, done] = arguments;\
    fetch(`around/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })\
        .then((reply) => done(reply.ok), (failed) => done(String(failed)));";
/// The bridge's record.
const AROUND: &str = "const [done] = arguments;\
    fetch('around').then((reply) => reply.json()).then(done, (failed) => done(String(failed)));";
/// Between two pictures of the same.
const EXPOSURE: Duration = Duration::from_millis(200);
/// So many pictures at the most: a caret that blinks never stays the same for long.
const STILLS: usize = 8;

/// What sees the page.
#[derive(Debug)]
enum Eye {
    /// The display that the program's window covers.
    Screen(Screen),
    /// The browser itself, and what it shows.
    Browser(Bridge),
}

/// A running program; `close` it to end it politely.
#[derive(Debug)]
pub struct Window {
    client: Client,
    eye: Eye,
    pictures: Option<PathBuf>,
}

impl Window {
    pub(crate) async fn open(
        driver: &str,
        program: &Path,
        arguments: &[&str],
        screen: Screen,
        pictures: Option<PathBuf>,
    ) -> Played<Self> {
        let options = json!({ "application": program, "args": arguments });
        let capabilities = [("tauri:options".to_owned(), options)];
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.into_iter().collect());
        let client = builder.connect(driver).await?;
        // The whole screen is the window's, so that a picture of one is a picture of the other.
        client.set_window_rect(0, 0, WIDTH, HEIGHT).await?;
        Ok(Self {
            client,
            eye: Eye::Screen(screen),
            pictures,
        })
    }

    /// The page of a bridge in Chromium.
    pub(crate) async fn browse(
        driver: &str,
        bridge: Bridge,
        pictures: Option<PathBuf>,
    ) -> Played<Self> {
        let client = chromium::start(driver).await?;
        within("its look", chromium::look(&client, Look::default())).await?;
        within("the page", client.goto(bridge.url())).await?;
        Ok(Self {
            client,
            eye: Eye::Browser(bridge),
            pictures,
        })
    }

    /// Shows the page in another size or theme; in Chromium only.
    pub async fn look(&self, look: Look) -> Played<()> {
        within("its look", chromium::look(&self.client, look)).await
    }

    /// The WebDriver's own client, for what a walk needs besides.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Ends the program.
    pub async fn close(self) -> Played<()> {
        within("closing", self.client.close()).await
    }

    /// Ends the program on this data folder as a power cut would: nobody tells it.
    pub(crate) async fn cut_off(self, data: &Path) -> Played<()> {
        let Self { client, eye, .. } = self;
        match eye {
            Eye::Browser(bridge) => drop(bridge),
            Eye::Screen(_) => {
                for process in memory::processes(data, |name| name == PROGRAM)? {
                    let number = process.file_name().unwrap_or_default();
                    Command::new("kill").arg("-KILL").arg(number).status()?;
                }
            }
        }
        // The driver may have noticed already.
        let _ = tokio::time::timeout(PATIENCE, client.close()).await;
        Ok(())
    }

    /// Waits for the element whose `data-test` is `name`, visible.
    pub async fn see(&self, name: &str) -> Played<Element> {
        self.see_css(&format!("[data-test='{name}']")).await
    }

    /// Waits for the first visible element that a CSS selector finds.
    pub async fn see_css(&self, css: &str) -> Played<Element> {
        let began = Instant::now();
        let mut glance = tokio::time::interval(GLANCE);
        while began.elapsed() < PATIENCE {
            glance.tick().await;
            if let Some(element) = self.glance(css).await? {
                return Ok(element);
            }
        }
        Err(self.disappointed(&format!("{css} is not visible")).await)
    }

    /// Is it there at this moment?
    pub async fn shows(&self, name: &str) -> Played<bool> {
        let element = self.glance(&format!("[data-test='{name}']")).await?;
        Ok(element.is_some())
    }

    /// The first visible element, at this moment.
    ///
    /// By a script: WebKitWebDriver's own search may wait for ever for what is not there.
    async fn glance(&self, css: &str) -> Played<Option<Element>> {
        let found = within(css, self.client.execute(FIRST_VISIBLE, vec![json!(css)])).await?;
        let Some(number) = found.get(ELEMENT).and_then(Value::as_str) else {
            return Ok(None);
        };
        let number = ElementRef::from(number.to_owned());
        Ok(Some(Element::from_element_id(self.client.clone(), number)))
    }

    /// Waits until it can be clicked, and clicks it.
    pub async fn click(&self, name: &str) -> Played<()> {
        self.click_css(&format!("[data-test='{name}']")).await
    }

    /// The same with the first visible element that a CSS selector finds.
    pub async fn click_css(&self, name: &str) -> Played<()> {
        let began = Instant::now();
        loop {
            let element = self.see_css(name).await?;
            if within(name, element.is_enabled()).await.unwrap_or(false) {
                match within(name, element.click()).await {
                    Ok(()) => return Ok(()),
                    Err(error) if began.elapsed() > PATIENCE => return Err(error),
                    // What sticks at an edge may lie over it: a person would scroll. Or it was drawn anew meanwhile,
                    // and is not there to be scrolled to.
                    Err(_) => {
                        let _ = self.ask_with(TO_THE_MIDDLE, vec![json!(element)]).await;
                    }
                }
            }
            if began.elapsed() > PATIENCE {
                return Err(self.disappointed(&format!("{name} stays disabled")).await);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Types `text` instead of what a field holds.
    pub async fn fill(&self, css: &str, text: &str) -> Played<()> {
        self.with(css, async |field: Element| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await
    }

    /// Chooses an option of a list by its value.
    pub async fn choose(&self, css: &str, value: &str) -> Played<()> {
        let choose = async |list: Element| list.select_by_value(value).await;
        self.with(css, choose).await
    }

    /// Does something with an element; from its beginning, where the page drew the element anew meanwhile.
    async fn with<T>(
        &self,
        css: &str,
        act: impl AsyncFn(Element) -> Result<T, CmdError>,
    ) -> Played<T> {
        let began = Instant::now();
        loop {
            match within(css, act(self.see_css(css).await?)).await {
                Err(error) if error.is_stale() && began.elapsed() < PATIENCE => {}
                outcome => return outcome,
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Clicks it so many times as fast as a hand can: a double click, or more.
    pub async fn clicks(&self, name: &str, times: usize) -> Played<()> {
        let middle = "arguments[0].scrollIntoView({ block: 'center' });\
            const box = arguments[0].getBoundingClientRect();\
            return [box.left + box.width / 2, box.top + box.height / 2].map(Math.round)";
        let css = format!("[data-test='{name}']");
        let find = async |element: Element| self.client.execute(middle, vec![json!(element)]).await;
        let middle = self.with(&css, find).await?;
        let at = |place: usize| {
            middle
                .get(place)
                .and_then(Value::as_f64)
                .unwrap_or_default()
        };
        let pause = Some(Duration::from_millis(20));
        let mut hand = MouseActions::new("hand".to_owned()).then(PointerAction::MoveTo {
            duration: pause,
            x: at(0),
            y: at(1),
        });
        for _ in 0..times {
            hand = hand
                .then(PointerAction::Down {
                    button: MOUSE_BUTTON_LEFT,
                })
                .then(PointerAction::Up {
                    button: MOUSE_BUTTON_LEFT,
                });
        }
        within(name, self.client.perform_actions(hand)).await
    }

    /// Presses Enter where the keyboard is, and holds it down for so many repeats; in Chromium only.
    pub async fn hold_enter(&self, repeats: usize) -> Played<()> {
        within("Enter", chromium::hold_enter(&self.client, repeats)).await
    }

    /// The visible text of an element.
    pub async fn text(&self, name: &str) -> Played<String> {
        let css = format!("[data-test='{name}']");
        self.with(&css, async |element: Element| element.text().await)
            .await
    }

    /// Waits until an element's text contains `part` (letter case apart); returns the text.
    pub async fn reads(&self, name: &str, part: &str) -> Played<String> {
        let part = part.to_lowercase();
        let mut last = String::new();
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            last = self.text(name).await?;
            if last.to_lowercase().contains(&part) {
                return Ok(last);
            }
            tokio::time::sleep(GLANCE).await;
        }
        let told = format!("{name} says {last:?}, not {part:?}");
        Err(self.disappointed(&told).await)
    }

    /// Goes to another screen by its address.
    pub async fn go(&self, hash: &str) -> Played<()> {
        let script = "location.hash = arguments[0]";
        within(hash, self.client.execute(script, vec![json!(hash)])).await?;
        Ok(())
    }

    /// Waits until a script finds what it looks for: anything but `false` and `null`, which is returned.
    pub async fn until(&self, about: &str, script: &str) -> Played<Value> {
        let began = Instant::now();
        while began.elapsed() < LONG_PATIENCE {
            let found = self.ask(script).await?;
            if !found.is_null() && found != false {
                return Ok(found);
            }
            tokio::time::sleep(GLANCE).await;
        }
        Err(self.disappointed(about).await)
    }

    /// Runs a script in the page and returns its value.
    pub async fn ask(&self, script: &str) -> Played<Value> {
        within(script, self.client.execute(script, Vec::new())).await
    }

    /// Waits until nothing is under way on the page any more.
    pub async fn settled(&self) -> Played<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if self.ask(IDLE).await? == true {
                within("painting", self.client.execute_async(PAINTED, Vec::new())).await?;
                return Ok(());
            }
            tokio::time::sleep(GLANCE).await;
        }
        Err(self.disappointed("something stays under way").await)
    }

    /// The program's clock is so many seconds ahead of the computer's; in Chromium only.
    pub async fn set_clock(&self, ahead: i64) -> Played<()> {
        self.post("clock", &json!(ahead)).await
    }

    /// The notifications so far, each a title and a text; in Chromium only.
    pub async fn notified(&self) -> Played<Vec<(String, String)>> {
        let all = self.around().await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let all = all["notified"].as_array().into_iter().flatten();
        Ok(all.map(|it| (text(&it[0]), text(&it[1]))).collect())
    }

    /// Waits until the program has ended; a bridge says that it would have.
    pub(crate) async fn ended(&self, data: &Path) -> Played<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let gone = match &self.eye {
                Eye::Browser(_) => self.around().await?["quit"] == true,
                Eye::Screen(_) => memory::processes(data, |name| name == PROGRAM)?.is_empty(),
            };
            if gone {
                return Ok(());
            }
            tokio::time::sleep(GLANCE).await;
        }
        Err(Failure::Page("the program does not end".into()))
    }

    /// What the bridge wrote down of what was told.
    async fn around(&self) -> Played<Value> {
        within("the record", self.client.execute_async(AROUND, Vec::new())).await
    }

    /// Moves what is around the page; in Chromium only.
    pub(crate) async fn post(&self, what: &str, value: &Value) -> Played<()> {
        let done = self
            .client
            .execute_async(POST, vec![json!(what), value.clone()]);
        let done = within(what, done).await?;
        if done == true {
            return Ok(());
        }
        Err(Failure::Bench(format!("{what} was not taken: {done}")))
    }

    /// Loads the page anew, as the program's next start would; in Chromium only.
    pub async fn load(&self) -> Played<()> {
        match &self.eye {
            Eye::Browser(bridge) => within("the page", self.client.goto(bridge.url())).await,
            Eye::Screen(_) => Err(Failure::Bench("the window has no address".into())),
        }
    }

    /// What a command answers to the page; a failure comes as what the page would be told.
    pub async fn call(&self, command: &str, arguments: Value) -> Played<Value> {
        let answer = self
            .client
            .execute_async(CALL, vec![json!(command), arguments]);
        let answer = within(command, answer).await?;
        match answer.get("failed") {
            Some(failed) => Err(Failure::Page(format!("{command}: {failed}"))),
            None => Ok(answer.get("answer").cloned().unwrap_or_default()),
        }
    }

    /// Runs a script in the page with arguments and returns its value.
    pub async fn ask_with(&self, script: &str, arguments: Vec<Value>) -> Played<Value> {
        within(script, self.client.execute(script, arguments)).await
    }

    /// Runs a script in the page that hands its outcome to its last argument.
    pub async fn try_out(&self, about: &str, script: &str) -> Played<Value> {
        within(about, self.client.execute_async(script, Vec::new())).await
    }

    /// Takes a picture of the window, when pictures are wanted: what a person would see on the display. It can be some
    /// frames behind the page, so it is taken again until it stays the same.
    pub async fn picture(&self, name: &str) -> Played<()> {
        let Some(folder) = &self.pictures else {
            return Ok(());
        };
        within(name, self.client.execute_async(PAINTED, Vec::new())).await?;
        let mut picture = Vec::new();
        for _ in 0..STILLS {
            tokio::time::sleep(EXPOSURE).await;
            let next = match &self.eye {
                Eye::Screen(screen) => screen.picture()?,
                Eye::Browser(_) => within(name, self.client.screenshot()).await?,
            };
            if next == picture {
                break;
            }
            picture = next;
        }
        fs::write(folder.join(format!("{name}.png")), picture)?;
        Ok(())
    }

    /// A failure that tells what the page shows instead.
    async fn disappointed(&self, told: &str) -> Failure {
        let _ = self.picture("failure").await;
        let seen = self
            .ask("return location.hash + '\\n' + document.body.innerText")
            .await
            .ok()
            .and_then(|seen| seen.as_str().map(str::to_owned))
            .unwrap_or_else(|| "nothing that can be read".into());
        Failure::Page(format!("{told}; the page shows {seen}"))
    }
}

/// A command of the WebDriver that must come back: some hang when the page is gone.
async fn within<T>(about: &str, command: impl Future<Output = Result<T, CmdError>>) -> Played<T> {
    match tokio::time::timeout(PATIENCE, command).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Failure::Bench(format!(
            "the WebDriver does not answer about {about}"
        ))),
    }
}
