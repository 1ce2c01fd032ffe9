//! Starting and stopping.

use std::{net::Ipv4Addr, time::Duration};

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    Config, SandboxError, WorldHandle,
    line::{Front, Line},
    routes,
};

/// How long stopping waits for requests under way.
const PATIENCE: Duration = Duration::from_secs(2);

/// A running sandbox. It serves until it is stopped or dropped.
#[derive(Debug)]
pub struct Sandbox {
    world: WorldHandle,
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Makes or loads the world and serves it on 127.0.0.1, on the runtime of the caller.
    ///
    /// # Errors
    /// The port is taken, or the state file cannot be used.
    pub async fn start(config: Config) -> Result<Self, SandboxError> {
        let bound = |source| SandboxError::Bind {
            port: config.port,
            source,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port));
        let front = Front(listener.await.map_err(bound)?);
        let port = front.address().map_err(bound)?.port();
        let world = WorldHandle::new(&config)?;
        let service: IntoMakeServiceWithConnectInfo<_, Line> =
            routes::router(world.clone()).into_make_service_with_connect_info();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(async move {
            // A dropped sender stops as well as a message.
            let served = axum::serve(front, service).with_graceful_shutdown(async {
                stopped.await.ok();
            });
            if let Err(error) = served.await {
                tracing::error!(%error, "the sandbox stopped serving");
            }
        });
        tracing::debug!(port, "the sandbox serves");
        Ok(Self {
            world,
            port,
            stop: Some(stop),
            serving: Some(serving),
        })
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port that it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The world behind it; the handle stays good after the sandbox has stopped.
    #[must_use]
    pub fn world(&self) -> WorldHandle {
        self.world.clone()
    }

    /// Takes no more connections, finishes what is under way (2 s at most) and frees the port.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        if let Some(mut serving) = self.serving.take()
            && tokio::time::timeout(PATIENCE, &mut serving).await.is_err()
        {
            serving.abort();
        }
    }
}
