//! What can go wrong with the sandbox itself (never with a request to it: that is answered on the wire).

use std::{io, path::PathBuf};

/// The sandbox cannot start or cannot keep its world.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The loopback port cannot be bound.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Bind {
        /// The port asked for; 0 means any.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// The state file cannot be read, locked or written.
    #[error("state file {path}: {source}")]
    File {
        /// The file at fault.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The state file is not a world of this version.
    #[error("state file {path} is not a sandbox world: {source}")]
    Damaged {
        /// The file at fault.
        path: PathBuf,
        /// What the parser met.
        source: serde_json::Error,
    },
    /// A world handle was asked for a register that does not exist.
    #[error("there is no register {0}")]
    NoRegister(i64),
    /// A world handle was asked to sell on a register without an open shift.
    #[error("register {0} has no open shift")]
    NoOpenShift(i64),
}
