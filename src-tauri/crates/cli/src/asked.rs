//! What of a command its failure has to know.

use crate::args::{Autonomous, Close, Command, Outbox, Report, Shift};

/// What a failure is told by.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked {
    /// Whether a request that changes something is what the command is for.
    pub(crate) sends: bool,
    /// The register that is named.
    pub(crate) kkm: Option<i64>,
}

impl Command {
    /// What is asked for, as far as a failure has to know it.
    pub(crate) const fn asked(&self) -> Asked {
        let (sends, kkm) = match self {
            Self::Login(_) => (true, None),
            Self::Shift(Shift::Open { kkm, .. } | Shift::Close(Close { kkm, .. }))
            | Self::Report(Report::X { kkm, .. } | Report::Sections { kkm, .. }) => {
                (true, Some(*kkm))
            }
            Self::Recover { kkm } | Self::Outbox(Outbox::Replay { kkm }) => (true, *kkm),
            Self::Shift(Shift::Show { kkm, .. }) => (false, *kkm),
            Self::Autonomous(Autonomous::On { kkm, .. } | Autonomous::Off { kkm }) => {
                (false, Some(*kkm))
            }
            _ => (false, None),
        };
        Asked { sends, kkm }
    }
}
