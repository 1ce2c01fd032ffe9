//! The window: a thin shell over `operations`. Commands of a few lines each; no rule of the trade lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod folders;
mod room;
mod settling;
mod typeface;

fn main() {
    let shown = std::env::var("SMENA_LOG").unwrap_or_else(|_| "warn".to_owned());
    let log = operations::log::start("smena", &shown);
    let training = std::env::args().any(|word| word == "--training")
        || std::env::var_os("SMENA_TRAINING").is_some();
    let program = tauri::Builder::default()
        .manage(room::House::new(training, log))
        .register_uri_scheme_protocol(typeface::SCHEME, |_, request| typeface::answer(&request))
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
            commands::export_reports,
            commands::print_report,
            commands::recover,
            commands::support_bundle,
        ])
        .run(tauri::generate_context!());
    if let Err(error) = program {
        tracing::error!(%error, "the window could not be opened");
        std::process::exit(1);
    }
}
