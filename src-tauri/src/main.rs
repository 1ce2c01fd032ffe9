//! The window: a thin shell over `commands`. No rule of the trade lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod about;
mod answers;
mod around;
mod folders;
mod tray;
mod typeface;
mod window;

use std::sync::Arc;

use commands::House;
use tauri::Manager as _;
use tauri_plugin_autostart::MacosLauncher;
use tauri_plugin_window_state::StateFlags;

/// Says that the computer started the program: it waits in the tray.
const BACKGROUND: &str = "--background";

fn main() {
    if about::said(std::env::args().skip(1)) {
        return;
    }
    let shown = std::env::var("SMENA_LOG").unwrap_or_else(|_| "warn".to_owned());
    let log = operations::log::start("smena", &shown);
    let has = |wanted: &str| std::env::args().any(|word| word == wanted);
    let training = has("--training") || std::env::var_os("SMENA_TRAINING").is_some();
    let background = has(BACKGROUND);
    let mut program = tauri::Builder::default();
    // Somebody who names a data folder means another program than the one that runs on the usual one.
    if std::env::var_os(folders::DATA).is_none() {
        program = program.plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::show(app);
        }));
    }
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let program = program
        .plugin(tauri_plugin_autostart::init(
            MacosLauncher::LaunchAgent,
            Some(vec![BACKGROUND]),
        ))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(kept)
                .build(),
        )
        .register_uri_scheme_protocol(typeface::SCHEME, |_, request| typeface::answer(&request))
        .invoke_handler(answers::answer)
        .on_window_event(window::on_event)
        .setup(move |app| {
            #[cfg(target_os = "linux")]
            window::paint_plainly(app.handle());
            let around = Arc::new(around::Around(app.handle().clone()));
            let house = House::new(training, log, around);
            let lang = house.lang();
            #[cfg(target_os = "linux")]
            window::speak(app.handle(), lang);
            app.manage(Arc::new(house));
            if let Err(error) = tray::begin(app.handle(), lang) {
                tracing::warn!(%error, "there is no icon in the tray");
            }
            if background && tray::is_here(app.handle()) {
                window::hide(app.handle());
            }
            Ok(())
        })
        .build(tauri::generate_context!());
    match program {
        Ok(program) => program.run(|app, event| window::on_run(app, &event)),
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            std::process::exit(1);
        }
    }
}
