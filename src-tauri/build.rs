//! Compiles in the page, the icons and the list of commands that the page may be granted.

/// Every command of the shell; a capability grants each by name, so one that is missing here cannot be called.
const COMMANDS: &[&str] = &[
    "start",
    "enter_training",
    "leave_training",
    "sign_in",
    "sign_out",
    "board",
    "register",
    "open_shift",
    "x_report",
    "section_report",
    "close_shift",
    "report",
    "reports",
    "save_pdf",
    "export_reports",
    "print_report",
    "recover",
    "support_bundle",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
