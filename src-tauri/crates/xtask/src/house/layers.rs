//! Dependencies between our crates point downwards only (docs/ARCHITECTURE.md).

use crate::process::{Done, Stop, cargo, read};

/// Each crate, the crates of ours that it may use, and the outside crates that only it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("texts", &[]),
    ("fail-points", &[]),
    ("printing", &[]),
    ("kkm-api", &["domain", "fail-points"]),
    ("store", &["domain", "fail-points"]),
    ("reports", &["domain", "texts"]),
    ("sandbox", &[]),
    (
        "operations",
        &["domain", "texts", "printing", "kkm-api", "store", "reports"],
    ),
    (
        "cli",
        &[
            "domain",
            "texts",
            "fail-points",
            "store",
            "operations",
            "sandbox",
        ],
    ),
    ("simulation", &["domain", "store", "operations", "sandbox"]),
    ("commands", &["domain", "texts", "operations", "sandbox"]),
    ("smena", &["commands", "domain", "operations", "texts"]),
    ("bridge", &["commands", "domain", "operations"]),
    ("xtask", &[]),
    ("window-tests", &[]),
];

/// One place each.
const ONLY_IN: &[(&str, &str)] = &[
    ("reqwest", "kkm-api"),
    ("rusqlite", "store"),
    ("krilla", "reports"),
    ("rust_xlsxwriter", "reports"),
    ("printers", "printing"),
    ("tauri", "smena"),
];

/// Compares what cargo resolves with what the house allows.
pub(super) fn downwards() -> Done {
    let mut found = Vec::new();
    for (name, allowed) in LAYERS {
        for used in uses(name)? {
            let ours = LAYERS.iter().any(|(ours, _)| *ours == used);
            if ours && !allowed.contains(&used.as_str()) {
                found.push(format!("{name} uses {used}, which is not below it"));
            }
            if let Some((_, home)) = ONLY_IN.iter().find(|(outside, _)| *outside == used)
                && home != name
            {
                found.push(format!("{name} uses {used}, which belongs to {home} only"));
            }
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(Stop(found.join("\n")))
}

/// What a crate itself uses, tests apart.
fn uses(name: &str) -> Done<Vec<String>> {
    let output = read(&mut cargo(&[
        "tree",
        "--package",
        name,
        "--depth",
        "1",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--target",
        "all",
    ]))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(Stop(format!("cargo tree of {name}: {told}")));
    }
    let tree = String::from_utf8_lossy(&output.stdout);
    let names = tree
        .lines()
        .skip(1)
        .filter_map(|line| line.split(' ').next());
    Ok(names.map(str::to_owned).collect())
}
