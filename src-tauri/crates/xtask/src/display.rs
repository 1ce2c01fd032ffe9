//! Is there a screen to show a window on?

use std::env;

/// Windows and macOS always have one; elsewhere the session says so.
pub(crate) fn is_here() -> bool {
    let named = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
