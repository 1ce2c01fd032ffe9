//! Which register is meant: two servers may give two registers the same id.

use domain::{ErrorCode, KkmId, ServerUrl};

use crate::{Effect, Trouble};

/// A register by its id, and by its server where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Which {
    /// The server's id of the register.
    pub kkm: KkmId,
    /// Its server. `None`: the only server in scope on which there is such a register.
    pub server: Option<ServerUrl>,
}

impl Which {
    /// The register `kkm` on `server`.
    ///
    /// # Errors
    /// When the server's address is not one.
    pub fn on(server: &str, kkm: i64) -> Result<Self, Trouble> {
        let server = ServerUrl::parse(server).map_err(|error| {
            Trouble::new(ErrorCode::BadInput, Effect::Nothing).with("detail", error)
        })?;
        Ok(Self {
            kkm: KkmId::new(kkm),
            server: Some(server),
        })
    }

    /// The register `kkm` on whichever server in scope has it.
    pub const fn anywhere(kkm: i64) -> Self {
        Self {
            kkm: KkmId::new(kkm),
            server: None,
        }
    }

    /// Whether a register on this server can be meant.
    pub(crate) fn may_be_on(&self, server: &ServerUrl) -> bool {
        self.server.as_ref().is_none_or(|meant| meant == server)
    }
}
