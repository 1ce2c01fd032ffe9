//! The one window: how it comes to the front, and what happens when somebody closes it.

use std::sync::Arc;

use commands::{House, Said, Surroundings as _};
use tauri::{AppHandle, Manager as _, RunEvent, Window, WindowEvent};

use crate::around::Around;
use crate::tray;

const MAIN: &str = "main";
/// `on`: the closed window stays in the tray.
const CLOSE_TO_TRAY: &str = "close-to-tray";

/// Brings the window to the front, wherever it is.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window
        .unminimize()
        .and_then(|()| window.show())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window does not come to the front");
    }
}

/// Has the page painted without the graphics card. It is text and lines, which WebKitGTK paints by itself twice as soon as
/// through a card that the processor imitates.
#[cfg(target_os = "linux")]
pub(crate) fn paint_plainly(app: &AppHandle) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

    let plainly = |view: tauri::webview::PlatformWebview| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    };
    let painted = app
        .get_webview_window(MAIN)
        .map(|window| window.with_webview(plainly));
    if let Some(Err(error)) = painted {
        tracing::warn!(%error, "the page is painted as the system likes");
    }
}

/// Has the web view's own fields, such as those for dates, speak the language. Elsewhere they speak the system's.
#[cfg(target_os = "linux")]
pub(crate) fn speak(app: &AppHandle, lang: operations::Lang) {
    use webkit2gtk::{WebContextExt as _, WebViewExt as _};

    // Days before months.
    let name = match lang {
        operations::Lang::En => "en-GB",
        lang => lang.as_str(),
    };
    let speaks = move |view: tauri::webview::PlatformWebview| {
        if let Some(context) = view.inner().context() {
            context.set_preferred_languages(&[name]);
        }
    };
    let spoken = app
        .get_webview_window(MAIN)
        .map(|window| window.with_webview(speaks));
    if let Some(Err(error)) = spoken {
        tracing::warn!(%error, "dates are written as the system likes");
    }
}

/// Takes the window out of sight; it stays open.
pub(crate) fn hide(app: &AppHandle) {
    let hidden = app.get_webview_window(MAIN).map(|window| window.hide());
    if let Some(Err(error)) = hidden {
        tracing::warn!(%error, "the window cannot be hidden");
    }
}

/// Somebody closes the window: while something is under way the page asks, for its outcome would be seen by nobody; else it
/// stays in the tray where that is wished for.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    let app = window.app_handle();
    let house = app.state::<Arc<House>>();
    if house.is_busy() {
        api.prevent_close();
        Around(app.clone()).say(Said::Closing);
    } else if tray::is_here(app) && house.setting(CLOSE_TO_TRAY).as_deref() == Some("on") {
        api.prevent_close();
        hide(app);
    }
}

/// Ends the program as a person wishes it: while something is under way the page asks.
pub(crate) fn end(app: &AppHandle) {
    if app.state::<Arc<House>>().is_busy() {
        show(app);
        Around(app.clone()).say(Said::Closing);
    } else {
        app.exit(0);
    }
}

/// The system ends the program: while something is under way the page asks.
pub(crate) fn on_run(app: &AppHandle, event: &RunEvent) {
    // With a code it is ours, and meant.
    let RunEvent::ExitRequested {
        code: None, api, ..
    } = event
    else {
        return;
    };
    if app.state::<Arc<House>>().is_busy() && app.get_webview_window(MAIN).is_some() {
        api.prevent_exit();
        end(app);
    }
}
