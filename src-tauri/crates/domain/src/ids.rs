//! Identifiers as the server gives them: numbers that must not be mixed up with each other.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// Wraps the server's number.
            pub const fn new(value: i64) -> Self {
                Self(value)
            }

            /// The server's number.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A cash register (`IdKkm`).
    KkmId
}
id! {
    /// A shift (`IdShift`); not the shift's number on its register, which is `ShiftIndex`.
    ShiftId
}
id! {
    /// A user, that is, a cashier or manager (`IdUser`).
    UserId
}
id! {
    /// A section of a register: a department or VAT group.
    SectionId
}

/// The one-time key of the next operation on a register. Not a secret: it is journalled.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Uid(String);

impl Uid {
    /// Wraps the key as the server wrote it.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The key as the server wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
