//! The WebDriver server that starts the program, or Chromium, and plays it.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

use crate::engine::Engine;
use crate::failure::{Failure, Played};
use crate::key_store;
use crate::leash::Leash;
use crate::program;

/// How long a driver may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// `tauri-driver` with the WebKitWebDriver behind it, or `chromedriver`; gone when dropped.
#[derive(Debug)]
pub struct WebDriver {
    _server: Leash,
    port: u16,
}

impl WebDriver {
    /// Starts an engine's with `environment`, which what it starts inherits.
    pub async fn start(
        engine: Engine,
        environment: &[(String, Option<String>)],
        log: &Path,
    ) -> Played<Self> {
        // Both are held until both are known, so that they differ.
        let (first, second) = (free_port()?, free_port()?);
        let (port, native) = (first.local_addr()?.port(), second.local_addr()?.port());
        drop((first, second));
        let mut ports = vec![port];
        let mut command = match engine {
            Engine::WebKit => {
                let mut command = Command::new(program::tauri_driver()?);
                command.args(["--port", &port.to_string()]);
                command.args(["--native-port", &native.to_string()]);
                ports.push(native);
                command
            }
            Engine::Chromium => {
                let mut command = Command::new(program::chromedriver()?);
                command.arg(format!("--port={port}"));
                command
            }
        };
        key_store::apply(&mut command, environment);
        let server = Leash::start(&command, log)?;
        for port in ports {
            listening(port, log).await?;
        }
        Ok(Self {
            _server: server,
            port,
        })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

fn free_port() -> Played<TcpListener> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?)
}

async fn listening(port: u16, log: &Path) -> Played<()> {
    let began = Instant::now();
    let mut tick = tokio::time::interval(Duration::from_millis(50));
    while began.elapsed() < PATIENCE {
        tick.tick().await;
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .is_ok()
        {
            return Ok(());
        }
    }
    Err(Failure::Bench(format!(
        "the WebDriver does not listen on port {port}; see {}",
        log.display()
    )))
}
