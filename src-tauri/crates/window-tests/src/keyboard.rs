//! The keyboard alone: keys go to whatever has the focus, and at each stop the focus must be seen.

use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::failure::{Failure, Played};
use crate::window::Window;

/// So many stops at the most lie between two places.
const STOPS: usize = 80;
/// How long the focus may take to come where it is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(40);

/// Where the focus is, and what is wrong about how it is seen there: it must be drawn, in view, under nothing else,
/// and marked by an outline.
const FOCUS: &str = "const element = document.activeElement ?? document.body;\
    const name = element.closest('[data-test]')?.dataset.test ?? '';\
    const words = element.getAttribute('aria-label') ?? element.innerText ?? '';\
    const told = `${element.localName}[${element.dataset.test ?? element.name ?? element.id}] ${words.trim().slice(0, 40)}`;\
    if (element === document.body) return { lost: true, name, told, wrong: [] };\
    const boxes = [...element.getClientRects()].map(({ left, top, right, bottom }) =>\
        [Math.max(left, 0), Math.max(top, 0), Math.min(right, innerWidth), Math.min(bottom, innerHeight)])\
        .filter(([left, top, right, bottom]) => right - left >= 1 && bottom - top >= 1);\
    const lies = ([left, top, right, bottom]) => {\
        const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);\
        return over !== null && (element.contains(over) || over.contains(element) || over.control === element);\
    };\
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);\
    const marked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/, 0\\)|transparent/.test(outlineColor);\
    return { lost: false, name, told, wrong: [\
        !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && 'is not visible',\
        boxes.length === 0 ? 'is out of view' : !boxes.some(lies) && 'lies under something else',\
        !marked && 'shows no focus',\
    ].filter(Boolean) };";
/// Is the focus there, or on something within?
const AT: &str = "return document.activeElement?.closest(arguments[0]) !== null";
/// What is said aloud by itself, once it changes.
const SAID: &str = "return [...document.querySelectorAll('[role=status], [role=alert], output, [aria-live]')]\
    .filter((element) => element.checkVisibility()).map((element) => element.textContent.trim()).filter(Boolean)";
/// Where a screen is when it was come to: at its heading, or at its start.
const ARRIVED: &str = "main, main h1";

/// The keys of a window.
#[derive(Debug, Clone, Copy)]
pub struct Keyboard<'a> {
    window: &'a Window,
}

/// Where the focus is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// The nearest `data-test`.
    pub name: String,
    /// The element, in words.
    pub told: String,
    /// Nothing has it.
    pub lost: bool,
    /// How it fails to be seen.
    pub wrong: Vec<String>,
}

impl<'a> Keyboard<'a> {
    /// Of this window.
    pub const fn of(window: &'a Window) -> Self {
        Self { window }
    }

    /// Presses one key.
    pub async fn press(&self, key: Key) -> Played<()> {
        self.strike(&[char::from(key)]).await
    }

    /// Presses a key while another is held.
    pub async fn chord(&self, held: Key, key: char) -> Played<()> {
        self.strike(&[char::from(held), key]).await
    }

    /// Presses the keys of a text, one after another.
    pub async fn write(&self, text: &str) -> Played<()> {
        for letter in text.chars() {
            self.strike(&[letter]).await?;
        }
        Ok(())
    }

    /// All down in this order, and up in the other.
    async fn strike(&self, keys: &[char]) -> Played<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for &value in keys {
            actions = actions.then(KeyAction::Down { value });
        }
        for &value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        let pressed = self.window.client().perform_actions(actions);
        match tokio::time::timeout(PATIENCE, pressed).await {
            Ok(pressed) => Ok(pressed?),
            Err(_) => Err(Failure::Bench("a key was never pressed".into())),
        }
    }

    /// Where the focus is now.
    pub async fn focus(&self) -> Played<Focus> {
        let seen = self.window.ask(FOCUS).await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(Focus {
            name: text(&seen["name"]),
            told: text(&seen["told"]),
            lost: seen["lost"] == true,
            wrong: seen["wrong"]
                .as_array()
                .into_iter()
                .flatten()
                .map(text)
                .collect(),
        })
    }

    /// Presses Tab until the focus is on the element with this `data-test`, or on something within it.
    pub async fn tab_to(&self, name: &str) -> Played<()> {
        self.walk(&[char::from(Key::Tab)], name).await
    }

    /// The same backwards.
    pub async fn back_to(&self, name: &str) -> Played<()> {
        self.walk(&[char::from(Key::Shift), char::from(Key::Tab)], name)
            .await
    }

    async fn walk(&self, keys: &[char], name: &str) -> Played<()> {
        let mut met = Vec::new();
        while met.len() < STOPS {
            self.strike(keys).await?;
            let focus = self.focus().await?;
            met.push(focus.told.clone());
            if !focus.wrong.is_empty() {
                return Err(focus.complaint(&met));
            }
            if self.is_at(name).await? {
                return Ok(());
            }
        }
        let met = met.join("\n");
        Err(Failure::Page(format!("Tab never came to {name}:\n{met}")))
    }

    /// Is the focus on this element or within it?
    pub async fn is_at(&self, name: &str) -> Played<bool> {
        self.is_at_css(&format!("[data-test='{name}']")).await
    }

    async fn is_at_css(&self, css: &str) -> Played<bool> {
        Ok(self.window.ask_with(AT, vec![json!(css)]).await? == true)
    }

    /// Waits until the focus is on this element or within it.
    pub async fn comes_to(&self, name: &str) -> Played<()> {
        self.comes_to_css(&format!("[data-test='{name}']")).await
    }

    async fn comes_to_css(&self, css: &str) -> Played<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if self.is_at_css(css).await? {
                return Ok(());
            }
            tokio::time::sleep(GLANCE).await;
        }
        let focus = self.focus().await?;
        let told = format!(
            "the focus is at {:?} ({}), not at {css}",
            focus.told, focus.name
        );
        Err(Failure::Page(told))
    }

    /// Waits for a screen and for the focus at its heading or its start.
    pub async fn arrives_at(&self, screen: &str) -> Played<()> {
        self.window.see(screen).await?;
        let began = Instant::now();
        loop {
            let at = "return document.activeElement.matches(arguments[0])";
            if self.window.ask_with(at, vec![json!(ARRIVED)]).await? == true {
                return self.window.settled().await;
            }
            if began.elapsed() > PATIENCE {
                let told = self.focus().await?.told;
                return Err(Failure::Page(format!(
                    "{screen} was come to with the focus at {told:?}"
                )));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits for a dialog that has taken the focus, and goes once around in it: Tab must never lead out.
    pub async fn is_held_by(&self, dialog: &str) -> Played<()> {
        self.window.see(dialog).await?;
        self.comes_to(dialog).await?;
        let mut met: Vec<String> = Vec::new();
        while met.len() < STOPS {
            self.press(Key::Tab).await?;
            let focus = self.focus().await?;
            met.push(focus.told.clone());
            // Behind the last stop there is the frame of the browser itself, which has no element.
            if !focus.wrong.is_empty() || (!focus.lost && !self.is_at(dialog).await?) {
                return Err(focus.complaint(&met));
            }
            let first = met.iter().find(|told| !told.starts_with("body"));
            let stops = met.iter().filter(|told| Some(*told) == first).count();
            if stops > 1 && !focus.lost {
                return Ok(());
            }
        }
        Err(Failure::Page(format!(
            "{dialog} has no end:\n{}",
            met.join("\n")
        )))
    }

    /// Escape shuts this dialog, and the focus is where it was before.
    pub async fn escapes(&self, dialog: &str, opener: &str) -> Played<()> {
        self.press(Key::Escape).await?;
        self.gone(dialog).await?;
        self.comes_to(opener).await
    }

    /// Waits until something is not there any more.
    pub async fn gone(&self, name: &str) -> Played<()> {
        let began = Instant::now();
        while self.window.shows(name).await? {
            if began.elapsed() > PATIENCE {
                return Err(Failure::Page(format!("{name} stays")));
            }
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    /// Waits until a part of the page that is said aloud has these words.
    pub async fn hears(&self, words: &str) -> Played<()> {
        let began = Instant::now();
        loop {
            let said = self.window.ask(SAID).await?;
            let mut said = said
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            if said.any(|each| each.contains(words)) {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                let said = self.window.ask(SAID).await?;
                return Err(Failure::Page(format!("{words:?} is not said, but {said}")));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }
}

impl Focus {
    /// A failure that tells the way to it.
    fn complaint(&self, met: &[String]) -> Failure {
        let Self { told, wrong, .. } = self;
        let wrong = if wrong.is_empty() {
            "is outside".to_owned()
        } else {
            wrong.join(", ")
        };
        Failure::Page(format!("{told} {wrong}; the way:\n{}", met.join("\n")))
    }
}
