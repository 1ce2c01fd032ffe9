//! What only Chromium's driver can do: its size, its theme, its scale.

use std::time::Duration;

use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::failure::Played;
use crate::program;
use crate::screen::{HEIGHT, WIDTH};

const KEY: &str = "Input.dispatchKeyEvent";

/// How the page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Width of the page, CSS pixels.
    pub width: u32,
    /// Height of the page, CSS pixels.
    pub height: u32,
    /// Pixels of the picture to one of the page: 2 with half the size is the page at 200 %.
    pub scale: u32,
    /// The system asks for dark.
    pub dark: bool,
}

impl Default for Look {
    /// The window at first, light.
    fn default() -> Self {
        Self {
            width: WIDTH,
            height: HEIGHT,
            scale: 1,
            dark: false,
        }
    }
}

impl Look {
    /// The same in dark.
    pub const fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same window with everything twice as large.
    pub const fn twice(self) -> Self {
        Self {
            width: self.width / 2,
            height: self.height / 2,
            scale: 2,
            ..self
        }
    }
}

/// Starts Chromium on an empty page.
pub(crate) async fn start(driver: &str) -> Played<Client> {
    let options = json!({
        "binary": program::chromium()?,
        "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--lang=ru"],
    });
    let capabilities = [("goog:chromeOptions".to_owned(), options)];
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities.into_iter().collect());
    Ok(builder.connect(driver).await?)
}

/// Shows the page in this way from now on; without motion, so that a picture shows no halfway.
pub(crate) async fn look(client: &Client, look: Look) -> Result<(), CmdError> {
    let Look {
        width,
        height,
        scale,
        dark,
    } = look;
    let size =
        json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
    ask(client, "Emulation.setDeviceMetricsOverride", size).await?;
    let theme = if dark { "dark" } else { "light" };
    let features = json!({ "features": [
        { "name": "prefers-color-scheme", "value": theme },
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ] });
    ask(client, "Emulation.setEmulatedMedia", features).await?;
    Ok(())
}

/// Between two repeats of a key that is held down.
const REPEAT: Duration = Duration::from_millis(15);

/// Presses Enter and holds it down for so many repeats, as a keyboard would.
pub(crate) async fn hold_enter(client: &Client, repeats: usize) -> Result<(), CmdError> {
    let key = |kind: &str, repeat: bool| {
        json!({ "type": kind, "key": "Enter", "code": "Enter", "text": if kind == "keyUp" { "" } else { "\r" },
            "windowsVirtualKeyCode": 13, "nativeVirtualKeyCode": 13, "autoRepeat": repeat })
    };
    for place in 0..=repeats {
        ask(client, KEY, key("keyDown", place > 0)).await?;
        tokio::time::sleep(REPEAT).await;
    }
    ask(client, KEY, key("keyUp", false)).await?;
    Ok(())
}

/// A command of Chromium's own protocol.
async fn ask(client: &Client, method: &'static str, of: Value) -> Result<Value, CmdError> {
    client.issue_cmd(Ask { method, of }).await
}

#[derive(Debug)]
struct Ask {
    method: &'static str,
    of: Value,
}

impl WebDriverCompatibleCommand for Ask {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.method, "params": self.of });
        (Method::POST, Some(body.to_string()))
    }
}
