//! The page's types are generated from the views; this test fails when the file in `ui/types` is stale.

use std::path::Path;

#[test]
fn the_pages_types_are_those_of_the_views() {
    let mut text = String::from(
        "// Generated from src-tauri/crates/operations/src/view; `SMENA_BLESS=1 cargo test -p operations` writes it anew.\n",
    );
    text.push_str(
        "\n// The field's own words for parts of the views.\nexport type RegisterState = RegisterView['state'];\n\
         export type ReportKind = ReportLine['kind'];\nexport type OperationKind = OperationView['kind'];\n\
         export type OperationState = OperationView['state'];\nexport type Amount = string;\nexport type Time = string;\n",
    );
    for declaration in crate::view::declarations() {
        text.push_str("\nexport ");
        text.push_str(&declaration);
        text.push('\n');
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/types/operations.d.ts");
    if std::env::var_os("SMENA_BLESS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&file)
        .unwrap()
        .replace("\r\n", "\n");
    // Not assert_eq: it would print both files.
    assert!(kept == text, "ui/types/operations.d.ts is stale");
}
