//! Features that no crate may turn on, or no released program may have.

use crate::process::{Done, Stop, cargo, read};

/// The fail points kill the program: what is released must not have them.
pub(super) fn no_fail_points() -> Done {
    for program in ["smena", "cli"] {
        let output = read(&mut cargo(&[
            "tree",
            "--package",
            program,
            "--edges",
            "normal,build,features",
            "--target",
            "all",
        ]))?;
        let tree = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() || !tree.contains("fail-points") {
            let told = String::from_utf8_lossy(&output.stderr);
            return Err(Stop(format!("cargo tree of {program}: {told}")));
        }
        if tree.contains("fail-points feature \"on\"") {
            return Err(Stop(format!("{program} is built with fail points")));
        }
    }
    Ok(())
}

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
