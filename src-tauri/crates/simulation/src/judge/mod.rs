//! The judge: what must hold when a request leaves, when the server performed something, when a use case says how it ended,
//! and when an episode is over.

pub(crate) mod departure;
pub(crate) mod ending;
pub(crate) mod performed;
pub(crate) mod verdict;
