//! The server without a socket: for a model that plays years of evenings in a minute.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::Request,
};
use tower::ServiceExt as _;

use crate::{Config, SandboxError, WorldHandle, line::Line, routes};

/// What the server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// A sandbox that is asked by a call instead of over the network. Its answers are those of [`crate::Sandbox`]; a fault rule
/// that needs a connection to cut has no effect here.
#[derive(Debug, Clone)]
pub struct InMemory {
    world: WorldHandle,
    router: Router,
}

impl InMemory {
    /// Makes or loads the world.
    ///
    /// # Errors
    /// The state file cannot be used.
    pub fn new(config: &Config) -> Result<Self, SandboxError> {
        let world = WorldHandle::new(config)?;
        let router = routes::router(world.clone());
        Ok(Self { world, router })
    }

    /// The world behind it.
    #[must_use]
    pub fn world(&self) -> WorldHandle {
        self.world.clone()
    }

    /// Takes one request and answers it; what is no HTTP request at all gets 400.
    pub async fn answer(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Vec<u8>,
    ) -> Answered {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.extension(ConnectInfo(Line::default()));
        let bad = || Answered {
            status: 400,
            headers: Vec::new(),
            body: Vec::new(),
        };
        let Ok(request) = request.body(Body::from(body)) else {
            return bad();
        };
        let Ok(reply) = self.router.clone().oneshot(request).await;
        let (parts, body) = reply.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return bad();
        };
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        Answered {
            status: parts.status.as_u16(),
            headers: parts
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
                .collect(),
            body: body.into(),
        }
    }
}
