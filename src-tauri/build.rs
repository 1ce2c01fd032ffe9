//! Prepares what Tauri compiles in: the page, the icons, the capabilities.
fn main() {
    tauri_build::build();
}
