//! Looking for a register or a shift on every server in scope, so that nothing is guessed.

use std::collections::HashMap;

use domain::{ErrorCode, ServerUrl};
use kkm_api::ApiError;
use texts::Key;

use crate::{Effect, Trouble};

/// A thing that is looked for on each server in scope, account by account.
pub(crate) struct Search<T> {
    found: Option<(ServerUrl, T)>,
    /// Servers that could not be asked, or would not say.
    failed: HashMap<ServerUrl, Trouble>,
}

impl<T> Default for Search<T> {
    fn default() -> Self {
        Self {
            found: None,
            failed: HashMap::new(),
        }
    }
}

impl<T> Search<T> {
    /// Whether it was found on this server already.
    pub(crate) fn is_done(&self, server: &ServerUrl) -> bool {
        self.found
            .as_ref()
            .is_some_and(|(found, _)| found == server)
    }

    /// An account that cannot ask: its server may have it.
    pub(crate) fn leave_out(&mut self, server: ServerUrl, why: Trouble) {
        self.failed.insert(server, why);
    }

    /// What one account was told.
    pub(crate) fn take(
        &mut self,
        server: &ServerUrl,
        told: Result<T, ApiError>,
    ) -> Result<(), Trouble> {
        match told {
            Ok(_) if self.found.is_some() => Err(on_two_servers()),
            Ok(value) => {
                self.failed.remove(server);
                self.found = Some((server.clone(), value));
                Ok(())
            }
            Err(error) => {
                let trouble = Trouble::from(error);
                let trouble = match self.failed.remove(server) {
                    Some(before) => before.worse(trouble),
                    None => trouble,
                };
                self.failed.insert(server.clone(), trouble);
                Ok(())
            }
        }
    }

    /// The one that was found; a server that could not be asked may have it too.
    pub(crate) fn found(self) -> Result<(ServerUrl, T), Trouble> {
        let Self { found, failed } = self;
        let nobody = Trouble::new(ErrorCode::NotSignedIn, Effect::SignIn);
        let worst = failed.into_values().fold(nobody, Trouble::worse);
        match found {
            Some(found) if worst.is_denial() => Ok(found),
            _ => Err(worst),
        }
    }
}

fn on_two_servers() -> Trouble {
    Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(Key::WhatNumberOnServers)
}
