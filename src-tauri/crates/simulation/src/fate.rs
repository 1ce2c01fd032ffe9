//! What becomes of a request: nothing is too bad to happen.

use crate::random::Random;

/// How the links are for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weather {
    /// Everything arrives.
    Fair,
    /// Anything may happen.
    Rough,
    /// Nothing leaves.
    NoWayThere,
    /// Everything is performed and nothing comes back.
    NoWayBack,
}

impl Weather {
    pub(crate) fn next(random: &mut Random) -> Self {
        match random.between(0, 9) {
            0..=3 => Self::Fair,
            4..=7 => Self::Rough,
            8 => Self::NoWayThere,
            _ => Self::NoWayBack,
        }
    }
}

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Performed and answered.
    Delivered,
    /// It never leaves.
    NotSent,
    /// It leaves and is lost on the way.
    LostBefore,
    /// Performed; the answer is lost.
    LostAfter,
    /// The answer is lost, and so many milliseconds later it is performed.
    Late(u64),
    /// Answered with this status and not performed.
    Instead(u16),
    /// Performed, and answered with this status.
    Spoilt(u16),
    /// Every token ends before it arrives.
    Expired,
    /// The till sells right before it arrives, and so uses up its key.
    Overtaken,
    /// Performed, with an answer that nobody can read.
    Garbage,
}

/// The latest at which a lost request is still performed: within what the client calls late.
const LATE: u64 = 50_000;

impl Fate {
    /// Draws one for a request; `is_z` marks those that carry a key, `signs_in` those that give out a token.
    pub(crate) fn draw(random: &mut Random, weather: Weather, is_z: bool, signs_in: bool) -> Self {
        match weather {
            Weather::Fair => Self::Delivered,
            Weather::NoWayThere => Self::NotSent,
            Weather::NoWayBack => Self::LostAfter,
            Weather::Rough if signs_in && random.chance(60) => Self::Delivered,
            Weather::Rough => match random.between(0, 39) {
                0 | 1 => Self::NotSent,
                2 | 3 => Self::LostBefore,
                4..=6 => Self::LostAfter,
                7 | 8 => Self::Late(random.between(1, LATE)),
                9 => Self::Instead(*random.pick(&[500, 502, 503, 504]).unwrap_or(&500)),
                10 | 11 => Self::Spoilt(*random.pick(&[500, 502, 503, 504]).unwrap_or(&500)),
                12 => Self::Instead(449),
                13 if is_z => Self::Spoilt(449),
                14 if is_z => Self::Overtaken,
                15 => Self::Expired,
                16 => Self::Garbage,
                _ => Self::Delivered,
            },
        }
    }
}
