//! Makes the `Key` and `Plural` enums and their texts from the page's own catalogue, `ui/text/{ru,kk,en}.js`.
//!
//! A file there is one JSON object behind `export default`, so that the page and the program read the same lines. A key
//! that one language lacks stops the build and is named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a build script stops the build"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

const LANGUAGES: [&str; 3] = ["ru", "kk", "en"];
/// The plural categories of whole numbers: Russian has three, Kazakh and English two.
const CATEGORIES: [&str; 4] = ["one", "few", "many", "other"];

type Catalogue = BTreeMap<String, String>;

fn main() {
    // Of this build: the script itself may have been compiled elsewhere.
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    let folder = Path::new(&here).join("../../../ui/text");
    let catalogues = LANGUAGES.map(|language| {
        let path = folder.join(format!("{language}.js"));
        println!("cargo:rerun-if-changed={}", path.display());
        read(&path)
    });
    complete(&catalogues);
    let mut code = String::new();
    keys(&mut code, &catalogues);
    plurals(&mut code, &catalogues);
    let out = std::env::var("OUT_DIR").unwrap();
    std::fs::write(Path::new(&out).join("catalogue.rs"), code).unwrap();
}

fn read(path: &Path) -> Catalogue {
    let file = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let (_, object) = file.split_once("export default ").unwrap();
    let object = object.trim_end().trim_end_matches(';');
    serde_json::from_str(object).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

/// The name without its plural category.
fn base(name: &str) -> &str {
    name.split('#').next().unwrap()
}

fn complete(catalogues: &[Catalogue; 3]) {
    let names = |catalogue: &Catalogue| {
        let bases = catalogue.keys().map(|name| base(name).to_owned());
        bases.collect::<BTreeSet<_>>()
    };
    let all: BTreeSet<String> = catalogues.iter().flat_map(names).collect();
    for (language, catalogue) in LANGUAGES.iter().zip(catalogues) {
        let there = names(catalogue);
        let lacking: Vec<_> = all.difference(&there).collect();
        assert!(
            lacking.is_empty(),
            "ui/text/{language}.js lacks {lacking:?}"
        );
    }
}

/// `paper.z-title` as `PaperZTitle`.
fn variant(name: &str) -> String {
    let words = name.split(['.', '-', '_', '+']);
    words
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        })
        .collect()
}

fn keys(code: &mut String, catalogues: &[Catalogue; 3]) {
    let names: Vec<&String> = catalogues[0]
        .keys()
        .filter(|name| !name.contains('#'))
        .collect();
    let doc = |name: &str| catalogues[0][name].clone();
    enumeration(code, "Key", "A text of the catalogue.", &names, doc);
    code.push_str("const TEXTS: &[[&str; 3]] = &[\n");
    for name in &names {
        let texts = catalogues.iter().map(|catalogue| &catalogue[*name]);
        writeln!(code, "    {:?},", texts.collect::<Vec<_>>()).unwrap();
    }
    code.push_str("];\n");
}

fn plurals(code: &mut String, catalogues: &[Catalogue; 3]) {
    let plural = catalogues[0].keys().filter(|name| name.contains('#'));
    let names: Vec<String> = plural
        .map(|name| base(name).to_owned())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let about = "A text of the catalogue that depends on a whole number.";
    let doc = |name: &str| catalogues[0][&format!("{name}#many")].clone();
    enumeration(
        code,
        "Plural",
        about,
        &names.iter().collect::<Vec<_>>(),
        doc,
    );
    code.push_str("const FORMS: &[[[&str; 4]; 3]] = &[\n");
    for name in &names {
        let forms = |catalogue: &Catalogue| {
            CATEGORIES.map(|category| {
                let form = catalogue.get(&format!("{name}#{category}"));
                form.cloned().unwrap_or_default()
            })
        };
        let texts: Vec<_> = catalogues.iter().map(forms).collect();
        writeln!(code, "    {texts:?},").unwrap();
    }
    code.push_str("];\n");
}

fn enumeration(
    code: &mut String,
    name: &str,
    about: &str,
    names: &[&String],
    doc: impl Fn(&str) -> String,
) {
    writeln!(
        code,
        "#[doc = {about:?}]\n#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum {name} {{"
    )
    .unwrap();
    for name in names {
        writeln!(code, "    #[doc = {:?}]\n    {},", doc(name), variant(name)).unwrap();
    }
    writeln!(
        code,
        "}}\n\nimpl {name} {{\n    /// Every one, in the order of its name.\n    pub const ALL: &[(Self, &str)] = &["
    )
    .unwrap();
    for name in names {
        writeln!(code, "        (Self::{}, {name:?}),", variant(name)).unwrap();
    }
    code.push_str("    ];\n}\n\n");
}
