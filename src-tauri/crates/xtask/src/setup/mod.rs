//! Set-up before a chore: what a fresh machine lacks is installed, or the one command is told.

mod needs;
mod packages;
pub(crate) mod system;
mod tools;

pub(crate) use needs::{CHROMIUM, Chore};
pub(crate) use tools::{check_page_types, page_tools, tauri_cli, tauri_driver};

use crate::process::Done;

/// Makes sure that everything these chores need is here. Fast when nothing is missing.
pub(crate) fn prepare(chores: &[Chore]) -> Done {
    packages::provide(&needs::missing(chores))?;
    for chore in chores {
        match chore {
            Chore::Build
            | Chore::Pictures
            | Chore::Print
            | Chore::Rivals
            | Chore::Windows
            | Chore::WindowsLibrary => {}
            Chore::Lint => tools::provide_components()?,
            Chore::Page => tools::provide_page_tools()?,
            Chore::Window if cfg!(target_os = "linux") => tools::provide_tauri_driver()?,
            Chore::Window => {}
            Chore::Bundle => tools::provide_tauri_cli()?,
        }
    }
    Ok(())
}
