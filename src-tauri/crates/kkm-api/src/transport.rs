//! What stands in for the network: a model that is run through years of evenings needs no sockets.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// A request as it would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// `GET` or `POST`.
    pub method: String,
    /// The path; no call has a query.
    pub path: String,
    /// The headers, names in lower case; the token among them.
    pub headers: Vec<(String, String)>,
    /// The body, where there is one.
    pub body: Vec<u8>,
}

/// An answer as it would arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The request never left.
    NotSent,
    /// It left, and nothing came back.
    Lost,
}

/// An answer that is on its way.
pub type Underway<'a> = Pin<Box<dyn Future<Output = Result<Reply, Broken>> + Send + 'a>>;

/// Carries requests in place of the network.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Carries one request to its answer.
    fn carry(&self, parcel: Parcel) -> Underway<'_>;
}
