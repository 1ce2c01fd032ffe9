//! Decoding, tolerant where the server is known to be odd and exact where money is concerned.

pub(crate) mod document;
pub(crate) mod envelope;
pub(crate) mod object;
pub(crate) mod register;
pub(crate) mod report;
pub(crate) mod request;
pub(crate) mod shift;

pub(crate) use object::{Bad, Obj};
