//! No crate may turn on what changes how everybody reads numbers.

use crate::process::{Done, Stop, cargo, read};

/// serde_json's `arbitrary_precision` breaks untagged, tagged and flattened types everywhere.
pub(super) fn exact_numbers() -> Done {
    let output = read(&mut cargo(&[
        "tree",
        "--workspace",
        "--invert",
        "serde_json",
        "--edges",
        "features",
        "--target",
        "all",
    ]))?;
    let tree = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || !tree.contains("serde_json") {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(Stop(format!("cargo tree: {told}")));
    }
    let lines = tree
        .lines()
        .filter(|line| line.contains("arbitrary_precision"));
    let guilty: Vec<_> = lines.collect();
    if guilty.is_empty() {
        return Ok(());
    }
    Err(Stop(guilty.join("\n")))
}
