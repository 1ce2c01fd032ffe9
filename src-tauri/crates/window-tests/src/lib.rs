//! The real program in a real window, played through WebDriver.
//!
//! One library serves two readers: `demo`, which leaves papers and pictures behind,
//! and the tests, which check what the page shows and what the papers say. It runs
//! on Linux, where WebKitGTK brings a WebDriver and Xvfb a display without a screen.
#![cfg(target_os = "linux")]

pub mod day;
pub mod display;
pub mod failure;
pub mod key_store;
pub mod leash;
pub mod memory;
pub mod paper;
pub mod program;
pub mod screen;
pub mod stage;
pub mod till;
pub mod webdriver;
pub mod window;

pub use day::{Day, play_day};
pub use failure::{Failure, Played};
pub use paper::Paper;
pub use stage::Stage;
pub use till::Till;
pub use window::Window;
