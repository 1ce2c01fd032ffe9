//! The real program in a real window, played through WebDriver.
//!
//! One library serves two readers: `demo`, which leaves papers and pictures behind,
//! and the tests, which check what the page shows and what the papers say. It runs
//! on Linux, where WebKitGTK brings a WebDriver and Xvfb a display without a screen.
//! The same walks run in Chromium, where the page's commands are answered by the
//! program `bridge` as the window answers them.
#![cfg(target_os = "linux")]

pub mod bridge;
pub mod catalogue;
pub mod chromium;
mod closer;
pub mod company;
pub mod day;
pub mod display;
pub mod engine;
pub mod failure;
pub mod key_store;
pub mod keyboard;
pub mod leash;
pub mod memory;
pub mod paper;
pub mod program;
pub mod screen;
pub mod shop;
pub mod stage;
pub mod till;
pub mod tour;
pub mod webdriver;
pub mod window;

pub use chromium::Look;
pub use company::Company;
pub use day::{Day, play_day};
pub use engine::Engine;
pub use failure::{Failure, Played};
pub use keyboard::Keyboard;
pub use paper::Paper;
pub use shop::Shop;
pub use stage::Stage;
pub use till::Till;
pub use window::Window;
