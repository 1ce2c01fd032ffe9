//! The icon in the system's tray: the worst state of all registers, the next deadline, and the way back to the window.

use std::path::Path;

use commands::Stand;
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

/// The lines of the menu: how the registers stand, the next deadline, and the two that are buttons.
struct Lines {
    state: MenuItem<Wry>,
    next: MenuItem<Wry>,
    show: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// Puts the icon into the tray, where there is one.
pub(crate) fn begin(app: &AppHandle, lang: Lang) -> Result<()> {
    if !may_be() {
        return Ok(());
    }
    let state = MenuItem::with_id(app, "state", "Smena", false, None::<&str>)?;
    let next = MenuItem::with_id(app, "next", "", false, None::<&str>)?;
    let show = MenuItem::with_id(app, SHOW, lang.text(Key::TrayShow), true, None::<&str>)?;
    let quit = MenuItem::with_id(app, QUIT, lang.text(Key::TrayQuit), true, None::<&str>)?;
    let menu = Menu::with_items(app, &[&state, &next, &show, &quit])?;
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
    app.manage(Lines {
        state,
        next,
        show,
        quit,
    });
    Ok(())
}

/// Shows how the registers stand: a dot in the state's colour on the icon, and the same in words.
pub(crate) fn show(app: &AppHandle, stand: &Stand) -> Result<()> {
    let (Some(tray), Some(lines)) = (app.tray_by_id(TRAY), app.try_state::<Lines>()) else {
        return Ok(());
    };
    let next = stand.next.as_deref().unwrap_or_default();
    let words = [stand.words.as_str(), next].join("\n");
    lines.state.set_text(&stand.words)?;
    lines.next.set_text(next)?;
    tray.set_tooltip(Some(words.trim()))?;
    let icon = Image::from_bytes(ICON)?;
    let (width, height) = (icon.width(), icon.height());
    let mut pixels = icon.rgba().to_vec();
    if let Some(colour) = colour(stand.state) {
        dot(&mut pixels, width, colour);
    }
    tray.set_icon(Some(Image::new_owned(pixels, width, height)))
}

/// Puts the buttons into another language; how the registers stand is told anew by itself.
pub(crate) fn speak(app: &AppHandle, lang: Lang) -> Result<()> {
    let Some(lines) = app.try_state::<Lines>() else {
        return Ok(());
    };
    lines.show.set_text(lang.text(Key::TrayShow))?;
    lines.quit.set_text(lang.text(Key::TrayQuit))
}

/// What needs somebody is red or amber, an open shift green.
fn colour(state: &str) -> Option<[u8; 4]> {
    match state {
        "overdue" => Some([207, 58, 45, 255]),
        "unknown" | "soon" | "blocked" => Some([217, 138, 20, 255]),
        "open" => Some([33, 150, 90, 255]),
        _ => None,
    }
}

/// A dot in the lower right quarter, with a white rim so that it shows on any ground.
fn dot(pixels: &mut [u8], width: u32, colour: [u8; 4]) {
    let quarter = i64::from(width / 4);
    let (centre, rim) = (i64::from(width) - quarter - 1, quarter + 1);
    let mut place = (0, 0);
    for pixel in pixels.chunks_exact_mut(4) {
        let (x, y): (i64, i64) = place;
        let far = (x - centre).pow(2) + (y - centre).pow(2);
        if far <= quarter.pow(2) {
            pixel.copy_from_slice(&colour);
        } else if far <= rim.pow(2) {
            pixel.copy_from_slice(&[255; 4]);
        }
        place = if x + 1 == i64::from(width) {
            (0, y + 1)
        } else {
            (x + 1, y)
        };
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dot_lies_inside_the_icon_and_leaves_the_rest_alone() {
        let side = 32;
        let mut pixels = vec![7; 32 * 32 * 4];
        dot(&mut pixels, side, [1, 2, 3, 255]);
        let at = |x: usize, y: usize| &pixels[(y * 32 + x) * 4..][..4];
        assert_eq!(at(23, 23), [1, 2, 3, 255]);
        assert_eq!(at(0, 0), [7; 4]);
        assert_eq!(at(23, 23 - 9), [255; 4]);
    }
}
