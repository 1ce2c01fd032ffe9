//! The window: a thin shell over `operations`. Commands of a few lines each; no rule of the trade lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod folders;
mod room;

use tracing_subscriber::EnvFilter;

fn main() {
    let filter = EnvFilter::try_from_env("SMENA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let training = std::env::args().any(|word| word == "--training")
        || std::env::var_os("SMENA_TRAINING").is_some();
    let program = tauri::Builder::default()
        .manage(room::House::new(training))
        .invoke_handler(tauri::generate_handler![
            commands::start,
            commands::enter_training,
            commands::leave_training,
            commands::sign_in,
            commands::sign_out,
            commands::board,
            commands::register,
            commands::open_shift,
            commands::x_report,
            commands::section_report,
            commands::close_shift,
            commands::report,
            commands::reports,
            commands::save_pdf,
            commands::recover,
        ])
        .run(tauri::generate_context!());
    if let Err(error) = program {
        tracing::error!(%error, "the window could not be opened");
        std::process::exit(1);
    }
}
