//! Everything a walk needs around the program: folders of its own, a display, a WebDriver.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::bridge::Bridge;
use crate::closer;
use crate::display::Display;
use crate::engine::Engine;
use crate::failure::{Failure, Played};
use crate::key_store::{self, KeyStore};
use crate::program;
use crate::screen::Screen;
use crate::webdriver::WebDriver;
use crate::window::Window;

/// The system's wish for no motion, which the page honours: pictures then show no halfway.
const STILL: &str = "[Settings]\ngtk-enable-animations=0\n";

/// A stage; its folders, display and processes are gone when it is dropped.
///
/// The fields are dropped in this order: processes before the folders they write to.
#[derive(Debug)]
pub struct Stage {
    driver: WebDriver,
    /// Chromium needs none.
    display: Option<Display>,
    _keys: Option<KeyStore>,
    engine: Engine,
    environment: Vec<(String, Option<String>)>,
    pictures: Option<PathBuf>,
    folder: tempfile::TempDir,
}

impl Stage {
    /// Sets the stage for an engine with fresh folders; nothing of the user's own data is seen or touched.
    /// Pictures of the screens go to `pictures`, when it is given.
    pub async fn set(engine: Engine, pictures: Option<&Path>) -> Played<Self> {
        Self::build(engine, pictures, false).await
    }

    /// The same for the program's own window, with a key store and with every message of the program's.
    pub async fn set_with_key_store(pictures: Option<&Path>) -> Played<Self> {
        Self::build(Engine::WebKit, pictures, true).await
    }

    async fn build(engine: Engine, pictures: Option<&Path>, with_key_store: bool) -> Played<Self> {
        let folder = tempfile::Builder::new().prefix("smena-window-").tempdir()?;
        for name in ["home", "data", "documents", "runtime"] {
            fs::create_dir(folder.path().join(name))?;
        }
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder.path().join("runtime"), private)?;
        let toolkit = folder.path().join("home/.config/gtk-3.0");
        fs::create_dir_all(&toolkit)?;
        fs::write(toolkit.join("settings.ini"), STILL)?;
        if let Some(pictures) = pictures {
            fs::create_dir_all(pictures)?;
        }
        let display = match engine {
            Engine::WebKit => Some(Display::start(folder.path())?),
            Engine::Chromium => None,
        };
        let mut environment = environment(folder.path(), display.as_ref().map(Display::name));
        let mut keys = None;
        if with_key_store {
            let started = KeyStore::start(folder.path(), &environment)?;
            let bus = started.address().to_owned();
            environment.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), Some(bus)));
            environment.push(("SMENA_LOG".to_owned(), Some("debug".to_owned())));
            keys = Some(started);
        }
        let log = folder.path().join("driver.log");
        Ok(Self {
            driver: WebDriver::start(engine, &environment, &log).await?,
            display,
            _keys: keys,
            engine,
            environment,
            pictures: pictures.map(Path::to_path_buf),
            folder,
        })
    }

    /// Starts the program in its window, or a bridge with a page of Chromium on it.
    pub async fn open(&self, arguments: &[&str]) -> Played<Window> {
        let driver = self.driver.url();
        let pictures = self.pictures.clone();
        match &self.display {
            Some(display) => {
                let program = program::under_test()?;
                Window::open(&driver, &program, arguments, display.screen(), pictures).await
            }
            None => {
                let bridge = Bridge::start(self.folder(), &self.environment, arguments)?;
                Window::browse(&driver, bridge, pictures).await
            }
        }
    }

    /// Another bridge on the same data folder: a second program, as it were.
    pub async fn open_beside(&self) -> Played<Window> {
        if self.engine != Engine::Chromium {
            return Err(Failure::Bench("a second window is Chromium's".into()));
        }
        self.open(&[]).await
    }

    /// Closes the window as a person does; what comes of it is for the walk to see.
    pub async fn shut(&self, window: &Window) -> Played<()> {
        match &self.display {
            Some(display) => closer::ask_to_close(display.name()),
            None => window.post("close", &Value::Null).await,
        }
    }

    /// Waits until the program has ended, or would have ended.
    pub async fn ended(&self, window: &Window) -> Played<()> {
        window.ended(&self.data()).await
    }

    /// `smenactl` on the program's own data folder, in its own surroundings.
    pub fn smenactl(&self) -> Played<Command> {
        Ok(self.command(&program::smenactl()?))
    }

    /// Any program in the surroundings of the one under test.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        key_store::apply(&mut command, &self.environment);
        command
    }

    /// What is on the display; the program's own window has one.
    pub fn screen(&self) -> Played<Screen> {
        let none = || Failure::Bench("Chromium has no display".into());
        self.display.as_ref().map(Display::screen).ok_or_else(none)
    }

    /// A folder for whatever else a walk needs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program's data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where the program saves papers when it is asked to.
    pub fn documents(&self) -> PathBuf {
        self.folder.path().join("documents")
    }

    /// What the program, the driver and the display wrote as messages.
    pub fn log(&self) -> String {
        ["driver.log", "xvfb.log"]
            .iter()
            .filter_map(|name| fs::read_to_string(self.folder.path().join(name)).ok())
            .collect()
    }
}

/// `None` removes a variable.
fn environment(folder: &Path, display: Option<&str>) -> Vec<(String, Option<String>)> {
    let inside = |name: &str| Some(folder.join(name).display().to_string());
    let set = |value: &str| Some(value.to_owned());
    [
        ("DISPLAY", display.map(str::to_owned)),
        ("WAYLAND_DISPLAY", None),
        ("GDK_BACKEND", set("x11")),
        ("LANGUAGE", set("ru")),
        ("HOME", inside("home")),
        ("XDG_DATA_HOME", inside("home/.local/share")),
        ("XDG_CONFIG_HOME", inside("home/.config")),
        ("XDG_CACHE_HOME", inside("home/.cache")),
        ("XDG_RUNTIME_DIR", inside("runtime")),
        // No session bus, hence no key store. Unset, one would be started beside us and stay.
        ("DBUS_SESSION_BUS_ADDRESS", set("disabled:")),
        ("NO_AT_BRIDGE", set("1")),
        ("NO_PROXY", set("127.0.0.1,localhost")),
        ("no_proxy", set("127.0.0.1,localhost")),
        ("SMENA_DATA_DIR", inside("data")),
        ("SMENA_DOCUMENTS_DIR", inside("documents")),
        ("SMENA_TRAINING", None),
        // WebKitWebDriver hangs unless the program allows to be driven.
        ("TAURI_AUTOMATION", set("true")),
        ("TAURI_WEBVIEW_AUTOMATION", set("true")),
        ("TZ", set("Asia/Almaty")),
        ("LANG", set("C.UTF-8")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}
