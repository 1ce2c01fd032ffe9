//! Leads through every screen in every look, and leaves pictures of them.

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
    eprintln!("the pictures of the screens are made on Linux");
    ExitCode::FAILURE
}
