//! How a server is reached: proxies, extra root certificates, and by which method it takes the X-report.

use std::sync::Once;

use domain::{ErrorCode, ServerUrl};
use reqwest::{Certificate, ClientBuilder, Proxy as HttpProxy};

use crate::{ApiError, Call, Failure, Timeouts};

/// Connections kept for the next requests to a server: as many as are under way at once.
const IDLE: usize = 32;

/// Which proxy stands between.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// The system's settings decide.
    #[default]
    System,
    /// None.
    None,
    /// This one, for everything.
    Url(String),
}

/// By which method a server takes the X-report; the specification does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum XMethod {
    /// `GET /shifts/:IdShift/x`.
    #[default]
    Get,
    /// `POST /shifts/:IdShift/x`.
    Post,
}

impl XMethod {
    /// `get` or `post`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Get, Self::Post]
            .into_iter()
            .find(|method| method.as_str() == name)
    }

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Get => Self::Post,
            Self::Post => Self::Get,
        }
    }
}

/// How to reach a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// The proxy.
    pub proxy: Proxy,
    /// More roots than the system's, as PEM: those of a company's own proxy.
    pub roots: Option<Vec<u8>>,
    /// How this server took its last X-report.
    pub x_method: XMethod,
    /// Whether `x_method` is somebody's word, from which no answer leads away.
    pub x_pinned: bool,
}

/// One pool of connections for everything. A state-changing request never comes first on one: each is led by readings, so
/// it does not go out on a connection that the server has been closing meanwhile.
pub(crate) fn pool(
    server: &ServerUrl,
    timeouts: &Timeouts,
    network: &Network,
) -> Result<reqwest::Client, ApiError> {
    install_ring();
    let unusable = |what: &str, error: reqwest::Error| {
        ApiError::new(Call::SignIn, Failure::NotSent, ErrorCode::BadInput)
            .because(format!("{what}: {error}"))
    };
    let mut builder = ClientBuilder::new()
        .connect_timeout(timeouts.connect)
        // A token goes to the server it is for and to no other place.
        .redirect(reqwest::redirect::Policy::none())
        // What may be repeated is decided where it is known what it does.
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(IDLE)
        .pool_idle_timeout(timeouts.connect.saturating_mul(2))
        .user_agent(concat!("smena/", env!("CARGO_PKG_VERSION")));
    // Plain HTTP is for this computer only, which no proxy stands before.
    let direct = server.as_str().starts_with("http://");
    builder = match &network.proxy {
        Proxy::System if !direct => builder,
        Proxy::Url(url) if !direct => {
            let proxy = HttpProxy::all(url).map_err(|error| unusable("the proxy", error))?;
            builder.proxy(proxy)
        }
        _ => builder.no_proxy(),
    };
    if let Some(pem) = &network.roots {
        let roots = Certificate::from_pem_bundle(pem)
            .map_err(|error| unusable("the root certificates", error))?;
        builder = builder.tls_certs_merge(roots);
    }
    builder
        .build()
        .map_err(|error| unusable("TLS or the proxy settings", error))
}

/// The process-wide TLS provider; whoever comes first installs it.
fn install_ring() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // Somebody else may install one at the same moment: theirs is as good.
            let _already = rustls::crypto::ring::default_provider().install_default();
        }
    });
}
