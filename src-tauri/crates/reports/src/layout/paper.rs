//! The papers.

use super::Um;

/// The paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Paper {
    /// Tape of 80 mm with 72 mm that can be printed; one page as long as its content.
    #[default]
    Tape80,
    /// Tape of 58 mm with 48 mm that can be printed; one page as long as its content.
    Tape58,
    /// Sheets of 210 × 297 mm with page numbers.
    A4,
}

impl Paper {
    /// Every paper, in the order in which a person is offered them.
    pub const ALL: [Self; 3] = [Self::Tape80, Self::Tape58, Self::A4];

    /// `80`, `58` or `a4`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tape80 => "80",
            Self::Tape58 => "58",
            Self::A4 => "a4",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.as_str() == name)
    }

    /// The paper's width.
    pub const fn width(self) -> Um {
        match self {
            Self::Tape80 => 80_000,
            Self::Tape58 => 58_000,
            Self::A4 => 210_000,
        }
    }

    /// The margin on either side: on tape what the head cannot reach.
    pub const fn margin(self) -> Um {
        match self {
            Self::Tape80 => 4_000,
            Self::Tape58 => 5_000,
            Self::A4 => 16_000,
        }
    }

    /// The height of a sheet; nothing for tape.
    pub const fn height(self) -> Option<Um> {
        match self {
            Self::Tape80 | Self::Tape58 => None,
            Self::A4 => Some(297_000),
        }
    }

    /// Whether it is a tape.
    pub const fn is_tape(self) -> bool {
        self.height().is_none()
    }
}
