//! `cargo xtask gallery`: every document on every paper in every language, to be looked at.

use std::fs;
use std::path::Path;

use crate::place;
use crate::process::{Done, Stop, cargo, command, name, read, show};
use crate::setup::{self, Chore};

/// A thermal head's resolution, in dots an inch, so that paper and tape can be laid over one another.
const DPI: &str = "203.2";

/// Makes PDF, SVG, PNG and thermal pictures in `target/gallery`, and a page that shows them. `--docs` makes the README's
/// pictures anew, too.
pub(crate) fn gallery(arguments: &[&str]) -> Done {
    let docs = match arguments {
        [] => false,
        ["--docs"] => true,
        _ => return Err(Stop("cargo xtask gallery [--docs]".into())),
    };
    setup::prepare(&[Chore::Build, Chore::Pictures])?;
    let folder = place::target().join("gallery");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut make = cargo(&[
        "run",
        "--quiet",
        "--package",
        "reports",
        "--example",
        "gallery",
        "--",
    ]);
    make.arg(&folder);
    if docs {
        make.arg("--docs").arg(place::root().join("docs/pictures"));
    }
    let made = read(&mut make)?;
    if !made.status.success() {
        let told = String::from_utf8_lossy(&made.stderr);
        return Err(Stop(format!("{}: {told}", name(&make))));
    }
    for line in String::from_utf8_lossy(&made.stdout).lines() {
        let (stem, pages) = line.split_once(' ').ok_or_else(|| odd(line))?;
        let pages: usize = pages.parse().map_err(|_| odd(line))?;
        for page in 1..=pages {
            paint(&folder, stem, page)?;
        }
    }
    let index = folder.join("index.html");
    all_is_there(&folder, &fs::read_to_string(&index)?)?;
    println!("{}", index.display());
    Ok(())
}

fn odd(line: &str) -> Stop {
    Stop(format!("the gallery says «{line}»"))
}

/// A page of a PDF as poppler paints it.
fn paint(folder: &Path, stem: &str, page: usize) -> Done {
    let number = page.to_string();
    let options = ["-png", "-gray", "-r", DPI, "-singlefile"];
    let mut poppler = command("pdftoppm", &options);
    poppler.args(["-f", &number, "-l", &number]);
    poppler.arg(folder.join(format!("{stem}.pdf")));
    poppler.arg(folder.join(format!("{stem}-{page}")));
    show(&mut poppler)
}

/// Whatever the page shows or leads to has been made.
fn all_is_there(folder: &Path, page: &str) -> Done {
    let gone = files(page).find(|file| !folder.join(file).is_file());
    match gone {
        None => Ok(()),
        Some(file) => Err(Stop(format!("the page shows {file}, which was not made"))),
    }
}

/// The files that a page shows or leads to; places within the page are none.
fn files(page: &str) -> impl Iterator<Item = &str> {
    let named = |start| page.split(start).skip(1);
    let named = named("src=\"").chain(named("href=\""));
    let named = named.filter_map(|rest| rest.split('"').next());
    named.filter(|file| !file.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_shows_and_leads_to_is_found_but_for_places_in_it() {
        let page = r##"<a href="#z">z</a><a href="z.pdf"><img src="z-1.png"></a>"##;
        assert_eq!(files(page).collect::<Vec<_>>(), ["z-1.png", "z.pdf"]);
    }
}
