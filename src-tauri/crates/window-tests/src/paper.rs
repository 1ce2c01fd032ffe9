//! A report as the page shows it and as its PDF says it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Played};
use crate::window::Window;

/// A report that was looked at on the screen and saved as a PDF.
#[derive(Debug)]
pub struct Paper {
    /// The texts on the screen's paper, in order, as they are painted.
    pub screen: Vec<String>,
    /// What `pdftotext` reads in the PDF.
    pub pdf: String,
    /// The PDF.
    pub path: PathBuf,
}

impl Paper {
    /// Reads the report that the window shows, saves it by the page's button, reads the PDF.
    pub async fn take(window: &Window) -> Played<Self> {
        window.see("report").await?;
        window.see_css("[data-test='paper'] svg").await?;
        let texts = window
            .ask(
                "return [...document.querySelectorAll(\"[data-test='paper'] svg text\")]\
                 .map(text => text.textContent)",
            )
            .await?;
        let screen: Vec<String> = texts
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect();
        window.click("save-pdf").await?;
        let path = PathBuf::from(window.reads("saved-path", ".pdf").await?.trim());
        Ok(Self {
            screen,
            pdf: pdf_text(&path)?,
            path,
        })
    }

    /// Fails unless the screen shows something and the PDF says all of it.
    pub fn agrees(&self) -> Played<()> {
        let said = bare(&self.pdf);
        let missing: Vec<_> = self
            .screen
            .iter()
            .filter(|text| !said.contains(&bare(text)))
            .collect();
        if self.screen.len() < 10 || !missing.is_empty() {
            return Err(Failure::Page(format!(
                "{}: the screen's {} texts, of which the PDF lacks {missing:?}; it says {}",
                self.path.display(),
                self.screen.len(),
                self.pdf
            )));
        }
        Ok(())
    }

    /// Fails unless both the screen and the PDF say `text`, spaces and letter case apart.
    pub fn says(&self, text: &str) -> Played<()> {
        let wanted = bare(text).to_lowercase();
        let screen = bare(&self.screen.concat()).to_lowercase();
        let pdf = bare(&self.pdf).to_lowercase();
        for (place, said) in [("the screen", screen), ("the PDF", pdf)] {
            if !said.contains(&wanted) {
                let path = self.path.display();
                let told = format!("{path}: {place} does not say {text:?}: {said}");
                return Err(Failure::Page(told));
            }
        }
        Ok(())
    }
}

/// Spaces of every width come and go between painters and readers; nothing else may.
fn bare(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

fn pdf_text(path: &Path) -> Played<String> {
    let read = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8"])
        .arg(path)
        .arg("-")
        .output()?;
    if !read.status.success() {
        return Err(Failure::Bench(format!(
            "pdftotext {}: {}",
            path.display(),
            String::from_utf8_lossy(&read.stderr)
        )));
    }
    Ok(String::from_utf8_lossy(&read.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_on_the_screen_that_the_pdf_lacks_is_noticed() {
        let mut screen: Vec<String> = (0..10).map(|line| format!("строка {line}")).collect();
        let pdf = screen.join("\n");
        let paper = |screen: &[String]| Paper {
            screen: screen.to_vec(),
            pdf: pdf.clone(),
            path: "z.pdf".into(),
        };
        assert!(paper(&screen).agrees().is_ok());
        screen.push("1 228 340,94".into());
        assert!(paper(&screen).agrees().is_err());
    }

    #[test]
    fn spaces_of_any_width_are_the_same() {
        let paper = Paper {
            screen: vec!["1\u{a0}228\u{202f}340,94".into()],
            pdf: "Наличных   1 228 340,94".into(),
            path: "x.pdf".into(),
        };
        assert!(paper.says("1 228 340,94").is_ok());
    }
}
