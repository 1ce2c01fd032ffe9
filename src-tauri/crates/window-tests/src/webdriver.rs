//! The WebDriver server that starts the program and plays it.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

use crate::failure::{Failure, Played};
use crate::key_store;
use crate::leash::Leash;
use crate::program;

/// How long `tauri-driver` may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// `tauri-driver` with the WebKitWebDriver behind it; both gone when dropped.
#[derive(Debug)]
pub struct WebDriver {
    _server: Leash,
    port: u16,
}

impl WebDriver {
    /// Starts it with `environment`, which the program under test inherits.
    pub async fn start(environment: &[(String, Option<String>)], log: &Path) -> Played<Self> {
        // Both are held until both are known, so that they differ.
        let (first, second) = (free_port()?, free_port()?);
        let (port, native) = (first.local_addr()?.port(), second.local_addr()?.port());
        drop((first, second));
        let mut command = Command::new(program::tauri_driver()?);
        command.args(["--port", &port.to_string()]);
        command.args(["--native-port", &native.to_string()]);
        key_store::apply(&mut command, environment);
        let server = Leash::start(&command, log)?;
        let driver = Self {
            _server: server,
            port,
        };
        listening(port, log).await?;
        listening(native, log).await?;
        Ok(driver)
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
