//! What may go wrong while a walk is played.

/// Why a walk stopped, in words for whoever reads the test's output.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The page did not show what it should.
    #[error("{0}")]
    Page(String),
    /// A program of the test bench did not start or did not answer.
    #[error("{0}")]
    Bench(String),
    /// The WebDriver refused a command.
    #[error("WebDriver: {0}")]
    Driver(#[from] fantoccini::error::CmdError),
    /// The WebDriver could not start the program.
    #[error("the program did not start: {0}")]
    Session(#[from] fantoccini::error::NewSessionError),
    /// A file or a process.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl Failure {
    /// Whether an element was drawn anew between being found and being used.
    pub(crate) fn is_stale(&self) -> bool {
        matches!(self, Self::Driver(error) if error.is_stale_element_reference())
    }
}

/// The result of a step of a walk.
pub type Played<T> = Result<T, Failure>;
