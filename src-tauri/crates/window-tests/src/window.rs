//! The program's window: find, click, fill, read, photograph.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::failure::{Failure, Played};

/// How long the page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(40);

/// A running program; `close` it to end it politely.
#[derive(Debug)]
pub struct Window {
    client: Client,
    pictures: Option<PathBuf>,
}

impl Window {
    pub(crate) async fn open(
        driver: &str,
        program: &Path,
        arguments: &[&str],
        pictures: Option<PathBuf>,
    ) -> Played<Self> {
        let options = json!({ "application": program, "args": arguments });
        let capabilities = [("tauri:options".to_owned(), options)];
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.into_iter().collect());
        let client = builder.connect(driver).await?;
        Ok(Self { client, pictures })
    }

    /// Ends the program.
    pub async fn close(self) -> Played<()> {
        Ok(self.client.close().await?)
    }

    /// Waits for the element whose `data-test` is `name`, visible.
    pub async fn see(&self, name: &str) -> Played<Element> {
        self.see_css(&format!("[data-test='{name}']")).await
    }

    /// Waits for the first visible element that a CSS selector finds.
    pub async fn see_css(&self, css: &str) -> Played<Element> {
        let began = Instant::now();
        let mut glance = tokio::time::interval(GLANCE);
        while began.elapsed() < PATIENCE {
            glance.tick().await;
            // An element may be replaced between two commands; then the next look finds the new one.
            for element in self.client.find_all(Locator::Css(css)).await? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
        }
        Err(self.disappointed(&format!("{css} is not visible")).await)
    }

    /// Is it there at this moment?
    pub async fn shows(&self, name: &str) -> Played<bool> {
        let css = format!("[data-test='{name}']");
        for element in self.client.find_all(Locator::Css(&css)).await? {
            if element.is_displayed().await.unwrap_or(false) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Waits until it can be clicked, and clicks it.
    pub async fn click(&self, name: &str) -> Played<()> {
        let began = Instant::now();
        loop {
            let element = self.see(name).await?;
            if element.is_enabled().await.unwrap_or(false) {
                match element.click().await {
                    Ok(()) => return Ok(()),
                    Err(error) if began.elapsed() > PATIENCE => return Err(error.into()),
                    Err(_) => {}
                }
            }
            if began.elapsed() > PATIENCE {
                return Err(self.disappointed(&format!("{name} stays disabled")).await);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Types `text` instead of what a field holds.
    pub async fn fill(&self, css: &str, text: &str) -> Played<()> {
        let field = self.see_css(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// The visible text of an element.
    pub async fn text(&self, name: &str) -> Played<String> {
        Ok(self.see(name).await?.text().await?)
    }

    /// Waits until an element's text contains `part` (letter case apart); returns the text.
    pub async fn reads(&self, name: &str, part: &str) -> Played<String> {
        let part = part.to_lowercase();
        let mut last = String::new();
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Ok(text) = self.see(name).await?.text().await {
                last = text;
            }
            if last.to_lowercase().contains(&part) {
                return Ok(last);
            }
            tokio::time::sleep(GLANCE).await;
        }
        let told = format!("{name} says {last:?}, not {part:?}");
        Err(self.disappointed(&told).await)
    }

    /// Runs a script in the page and returns its value.
    pub async fn ask(&self, script: &str) -> Played<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Takes a picture of the window, when pictures are wanted.
    pub async fn picture(&self, name: &str) -> Played<()> {
        if let Some(folder) = &self.pictures {
            let picture = self.client.screenshot().await?;
            fs::write(folder.join(format!("{name}.png")), picture)?;
        }
        Ok(())
    }

    /// A failure that tells what the page shows instead.
    async fn disappointed(&self, told: &str) -> Failure {
        let _ = self.picture("failure").await;
        let seen = self
            .ask("return location.hash + '\\n' + document.body.innerText")
            .await
            .ok()
            .and_then(|seen| seen.as_str().map(str::to_owned))
            .unwrap_or_else(|| "nothing that can be read".into());
        Failure::Page(format!("{told}; the page shows {seen}"))
    }
}
