//! Plays the whole day where there is no screen and leaves the papers and the pictures.

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
    eprintln!("the demonstration without a screen is for Linux");
    ExitCode::FAILURE
}
