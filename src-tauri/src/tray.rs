//! The icon in the system's tray: the worst state of all registers, the next deadline, and the way back to the window.

use std::path::Path;

use operations::Lang;
use tauri::image::Image;
use tauri::menu::{Menu, MenuEvent, MenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager as _, Result, Wry};
use texts::Key;

use crate::window;

const TRAY: &str = "main";
const SHOW: &str = "show";
const QUIT: &str = "quit";
const ICON: &[u8] = include_bytes!("../../icons/32x32.png");

/// The libraries that a tray needs on Linux, one of them; without it the tray's own library ends the program.
const LIBRARIES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
/// Where systems keep libraries.
const FOLDERS: [&str; 6] = [
    "/usr/lib",
    "/usr/lib64",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/lib64",
    "/usr/local/lib",
];

/// The state's line of the menu, which is no button.
struct State(MenuItem<Wry>);

/// Puts the icon into the tray, where there is one.
pub(crate) fn begin(app: &AppHandle, lang: Lang) -> Result<()> {
    if !may_be() {
        return Ok(());
    }
    let state = MenuItem::with_id(app, "state", "Smena", false, None::<&str>)?;
    let show = MenuItem::with_id(app, SHOW, lang.text(Key::TrayShow), true, None::<&str>)?;
    let quit = MenuItem::with_id(app, QUIT, lang.text(Key::TrayQuit), true, None::<&str>)?;
    let menu = Menu::with_items(app, &[&state, &show, &quit])?;
    TrayIconBuilder::with_id(TRAY)
        .icon(Image::from_bytes(ICON)?)
        .tooltip("Smena")
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(on_menu)
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                window::show(tray.app_handle());
            }
        })
        .build(app)?;
    app.manage(State(state));
    Ok(())
}

/// Whether there is an icon in the tray.
pub(crate) fn is_here(app: &AppHandle) -> bool {
    app.tray_by_id(TRAY).is_some()
}

fn on_menu(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        SHOW => window::show(app),
        QUIT => window::end(app),
        _ => {}
    }
}

/// On Linux the tray's library must be there, and a session bus to speak over.
fn may_be() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let bus = std::env::var("DBUS_SESSION_BUS_ADDRESS").unwrap_or_default();
    let spoken = bus.starts_with("unix:") || bus.starts_with("tcp:");
    spoken
        && FOLDERS.iter().any(|folder| {
            LIBRARIES
                .iter()
                .any(|name| Path::new(folder).join(name).exists())
        })
}
