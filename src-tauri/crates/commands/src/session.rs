//! Commands of the session: rooms, accounts, settings, the end.

use std::sync::Arc;

use domain::ErrorCode;
use operations::view::{AccountView, SettingView, StartView};
use operations::{Effect, Trouble};
use secrecy::SecretString;
use texts::{Key, Phrase};

use crate::House;
use crate::house::aside;

/// So many signs of what the page says are written down.
const MOST: usize = 2_000;

/// A setting by which the program speaks to somebody else than before. The page alone may not set it: whoever got hold of
/// the page could listen in on the sign-in. So the person is asked outside of it.
fn weighty(name: &str, value: &str) -> Option<Key> {
    match (name, value) {
        (_, "") => None,
        ("proxy", "system" | "none") => None,
        ("proxy", _) => Some(Key::ConfirmProxy),
        ("root-certificates", _) => Some(Key::ConfirmRoots),
        ("printer", printer) if printer.starts_with("tcp:") => Some(Key::ConfirmPrinter),
        _ => None,
    }
}

impl House {
    pub(crate) async fn start(&self) -> Result<StartView, Trouble> {
        let room = self.room().await?;
        self.set_lang(room.desk.lang());
        room.start_view(self.around.starts_with_computer()).await
    }

    pub(crate) async fn enter_training(&self) -> Result<StartView, Trouble> {
        // A room that cannot be opened does nothing by itself either.
        let needed = self.room().await.is_ok_and(|room| room.is_needed());
        if needed && !self.agreed(&Key::ConfirmTraining.into()).await? {
            return self.start().await;
        }
        let room = self.enter(true).await?;
        room.start_view(self.around.starts_with_computer()).await
    }

    pub(crate) async fn leave_training(&self) -> Result<StartView, Trouble> {
        let room = self.enter(false).await?;
        room.start_view(self.around.starts_with_computer()).await
    }

    pub(crate) async fn sign_in(
        &self,
        server: String,
        login: String,
        password: String,
        remember: bool,
    ) -> Result<AccountView, Trouble> {
        let password = SecretString::from(password);
        let room = self.room().await?;
        if let Some(stranger) = room.stranger(&server)? {
            let question = Phrase::of(Key::ConfirmServer).with("value", stranger.host());
            if !self.agreed(&question).await? {
                let refused = Trouble::new(ErrorCode::BadInput, Effect::Nothing);
                return Err(refused.saying(Key::WhatServerNotAgreed));
            }
        }
        room.desk.sign_in(&server, &login, password, remember).await
    }

    pub(crate) async fn sign_out(&self, server: String, login: String) -> Result<(), Trouble> {
        self.room().await?.desk.sign_out(&server, &login)
    }

    pub(crate) async fn settings(&self) -> Result<Vec<SettingView>, Trouble> {
        self.room().await?.desk.settings()
    }

    pub(crate) async fn set_setting(
        &self,
        name: String,
        value: String,
    ) -> Result<StartView, Trouble> {
        let room = self.room().await?;
        // The person sees what would be kept, and none of the page's own words.
        let value = room.desk.usable_setting(&name, &value)?;
        if let Some(key) = weighty(&name, &value)
            && !self.agreed(&Phrase::of(key).with("value", &value)).await?
        {
            return self.start().await;
        }
        room.desk.set_setting(&name, &value)?;
        self.start().await
    }

    /// Whether the person agrees, asked outside of the page.
    pub(crate) async fn agreed(&self, question: &Phrase) -> Result<bool, Trouble> {
        let question = question.to(self.lang());
        let around = Arc::clone(&self.around);
        aside(move || Ok(around.confirm(&question))).await
    }

    pub(crate) async fn set_autostart(&self, on: bool) -> Result<StartView, Trouble> {
        let around = Arc::clone(&self.around);
        let done = aside(move || Ok(around.start_with_computer(on))).await?;
        done.map_err(|error| {
            Trouble::new(ErrorCode::Internal, Effect::Nothing).with("detail", error)
        })?;
        self.start().await
    }

    /// Whether it ends.
    pub(crate) async fn quit(&self, force: bool) -> Result<bool, Trouble> {
        let ends = force || !self.is_busy();
        if ends {
            self.around.quit();
        }
        Ok(ends)
    }

    pub(crate) async fn page_failed(&self, message: String) -> Result<(), Trouble> {
        let message: String = message.chars().take(MOST).collect();
        tracing::error!(message, "the page failed");
        Ok(())
    }
}
