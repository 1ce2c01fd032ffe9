//! The least that Tauri can show: a window with a word in it. `cargo xtask bench-window` measures the program beside it.

fn main() -> Result<(), tauri::Error> {
    let program = tauri::Builder::default();
    program.run(tauri::generate_context!(
        "examples/empty_window/tauri.conf.json"
    ))
}
