//! The window: a thin shell over `commands`. No rule of the trade lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod answers;
mod around;
mod folders;
mod typeface;

use std::sync::Arc;

use commands::House;
use tauri::Manager as _;

fn main() {
    let shown = std::env::var("SMENA_LOG").unwrap_or_else(|_| "warn".to_owned());
    let log = operations::log::start("smena", &shown);
    let training = std::env::args().any(|word| word == "--training")
        || std::env::var_os("SMENA_TRAINING").is_some();
    let program = tauri::Builder::default()
        .register_uri_scheme_protocol(typeface::SCHEME, |_, request| typeface::answer(&request))
        .invoke_handler(answers::answer)
        .setup(move |app| {
            let around = Arc::new(around::Around(app.handle().clone()));
            app.manage(Arc::new(House::new(training, log, around)));
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = program {
        tracing::error!(%error, "the window could not be opened");
        std::process::exit(1);
    }
}
