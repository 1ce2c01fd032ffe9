//! Why something is not printed.

use std::time::Duration;

/// Why a job was not handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// The system has no queue of this name, or the network no host.
    #[error("there is no printer {name}")]
    NoSuchPrinter {
        /// The name asked for.
        name: String,
    },
    /// It is off, stopped, or cannot be reached: no byte of the job got there.
    #[error("the printer cannot be reached: {detail}")]
    Unreachable {
        /// What was found.
        detail: String,
    },
    /// The connection broke on the way: a part of the job may be on paper.
    #[error("the connection to the printer broke: {detail}")]
    Broken {
        /// What was found.
        detail: String,
    },
    /// The queue does not take this job.
    #[error("the queue refused the job: {detail}")]
    Refused {
        /// The queue's words.
        detail: String,
    },
    /// It took too long: a part of the job may be on paper.
    #[error("the printer did not answer in {} s", after.as_secs())]
    TimedOut {
        /// How long it was waited for.
        after: Duration,
    },
    /// What hands jobs to the system's queues is not installed.
    #[error("{tool} cannot be run: {detail}")]
    ToolMissing {
        /// The program.
        tool: &'static str,
        /// What was found.
        detail: String,
    },
}

impl PrintError {
    /// Its name, which stays the same.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NoSuchPrinter { .. } => "no-such-printer",
            Self::Unreachable { .. } => "unreachable",
            Self::Broken { .. } => "broken",
            Self::Refused { .. } => "refused",
            Self::TimedOut { .. } => "timed-out",
            Self::ToolMissing { .. } => "tool-missing",
        }
    }

    /// The particulars, without saying what kind of failure it is.
    pub fn detail(&self) -> String {
        match self {
            Self::NoSuchPrinter { name } => name.clone(),
            Self::Unreachable { detail } | Self::Broken { detail } | Self::Refused { detail } => {
                detail.clone()
            }
            Self::TimedOut { after } => format!("{} s", after.as_secs()),
            Self::ToolMissing { tool, detail } => format!("{tool}: {detail}"),
        }
    }

    /// Whether it may pass by itself, so that trying again later may help.
    pub const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::Broken { .. } | Self::TimedOut { .. }
        )
    }
}
