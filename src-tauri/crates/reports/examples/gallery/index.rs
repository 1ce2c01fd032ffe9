//! The page that shows the gallery: documents, papers and languages, with pictures that lead to the files. No script.

use std::fmt::Write as _;

use reports::{Document, Language, Paper, layout};

use crate::{page, samples, stem};

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Smena: the papers</title>
<style>
body { margin: 2rem auto; max-width: 66rem; padding: 0 1rem; font: 15px/1.45 "DejaVu Sans", system-ui, sans-serif; color: #1c1c1c; background: #f3f3f1; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .6rem; padding-top: .5rem; border-top: 1px solid #c9c9c4; }
nav a { margin-right: .9rem; white-space: nowrap; }
a { color: #0b57a4; text-decoration: none; }
a:hover { text-decoration: underline; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th { font-weight: 600; padding: .35rem; text-align: left; vertical-align: top; }
th[scope=row], thead th:first-child { width: 4.5rem; }
td { padding: .35rem .35rem 1rem; vertical-align: top; font-size: 13px; }
td a { margin-right: .55rem; white-space: nowrap; }
td a.paper { display: block; margin: 0 0 .35rem; max-height: 283px; overflow: hidden; width: 200px; background: #fff; border: 1px solid #d5d5d0; }
.tape-58 a.paper { width: 145px; }
img { display: block; width: 100%; }
</style>
</head>
<body>
<h1>Smena: the papers</h1>
<p>Every document on every paper in every language. A picture leads to its PDF; of a tape it shows the beginning.
<em>PNG</em> is the PDF as poppler paints it, <em>SVG</em> the preview on the screen, <em>thermal</em> the dots that a tape printer burns.</p>
"#;

/// The whole page.
pub(crate) fn page_of_all() -> String {
    let by_language: Vec<_> = Language::ALL.map(samples::all).into_iter().collect();
    let Some(russian) = by_language.first() else {
        return String::new();
    };
    let mut html = HEAD.to_owned();
    html.push_str("<nav>\n");
    for (name, _) in russian {
        let _ = writeln!(html, "<a href=\"#{name}\">{name}</a>");
    }
    html.push_str("</nav>\n");
    for (place, (name, document)) in russian.iter().enumerate() {
        let title = escaped(&document.title);
        let _ = writeln!(html, "<h2 id=\"{name}\">{name} — {title}</h2>");
        let in_languages = by_language.iter().filter_map(|all| all.get(place));
        table(&mut html, name, in_languages.map(|(_, document)| document));
    }
    html.push_str("</body>\n</html>\n");
    html
}

/// One document: a row for each paper, a column for each language.
fn table<'a>(html: &mut String, name: &str, documents: impl Iterator<Item = &'a Document> + Clone) {
    html.push_str("<table>\n<thead><tr><th></th>");
    for language in Language::ALL {
        let _ = write!(html, "<th scope=\"col\">{}</th>", language.as_str());
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for paper in Paper::ALL {
        let (class, caption) = match paper {
            Paper::Tape80 => ("tape-80", "80 mm"),
            Paper::Tape58 => ("tape-58", "58 mm"),
            Paper::A4 => ("a4", "A4"),
        };
        let _ = writeln!(
            html,
            "<tr class=\"{class}\"><th scope=\"row\">{caption}</th>"
        );
        for document in documents.clone() {
            let stem = stem(name, paper, document.language);
            let count = layout::pages(document, paper).pages.len();
            cell(html, &stem, &escaped(&document.title), count, paper);
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
}

fn cell(html: &mut String, stem: &str, title: &str, count: usize, paper: Paper) {
    let first = page(stem, 1);
    let _ = write!(
        html,
        "<td><a class=\"paper\" href=\"{stem}.pdf\"><img src=\"{first}.png\" alt=\"{title}\" loading=\"lazy\"></a>"
    );
    let _ = write!(html, "<a href=\"{stem}.pdf\">PDF</a>");
    let mut kinds = vec![("SVG", ".svg"), ("PNG", ".png")];
    if paper.is_tape() {
        kinds.push(("thermal", "-thermal.png"));
    }
    for (caption, ending) in kinds {
        for number in 1..=count {
            let of = page(stem, number);
            let caption = if count == 1 {
                caption.to_owned()
            } else {
                format!("{caption} {number}")
            };
            let _ = write!(html, " <a href=\"{of}{ending}\">{caption}</a>");
        }
    }
    html.push_str("</td>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
