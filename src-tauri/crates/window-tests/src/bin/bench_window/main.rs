//! The window beside an empty one: start and memory; and what a click and a scroll take on its page.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> ExitCode {
    linux::main().await
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("the window is measured on Linux");
    ExitCode::FAILURE
}
