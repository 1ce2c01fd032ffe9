//! The page in an ordinary browser, for tests. It serves the page's files and answers its commands as the window does,
//! over loopback only and below a path that nobody can guess. It is in no installer.

mod around;
mod page;
mod serve;

use std::error::Error;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use commands::House;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use crate::around::Around;

/// Serves the page to a browser. The first line of output is its address; it ends with its standard input.
#[derive(Parser)]
struct Options {
    /// The page's folder.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui"))]
    ui: PathBuf,
    /// The data folder; by default a fresh one, gone at the end.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Start in training.
    #[arg(long)]
    training: bool,
    /// The port; by default a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The clock is so many seconds ahead.
    #[arg(long, default_value_t = 0, allow_hyphen_values = true)]
    ahead: i64,
    /// Run until it is stopped, whatever standard input does.
    #[arg(long)]
    stay: bool,
    /// Print the TypeScript declarations of the commands and end.
    #[arg(long)]
    types: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    if options.types {
        println!("{}", commands::declarations().join("\n"));
        return Ok(());
    }
    let log = operations::log::start("bridge", "warn");
    let fresh = tempfile::tempdir()?;
    let data = options.data.unwrap_or_else(|| fresh.path().to_owned());
    let around = Arc::new(Around::in_folder(data));
    around.set_ahead(options.ahead);
    let house = House::new(options.training, log, Arc::<Around>::clone(&around));
    let mut token = [0; 16];
    getrandom::fill(&mut token)?;
    let token: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    println!("http://{}/{token}/", listener.local_addr()?);
    let router = serve::router(&token, Arc::new(house), around, options.ui);
    let stay = options.stay;
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            let mut rest = Vec::new();
            tokio::io::stdin().read_to_end(&mut rest).await.ok();
            if stay {
                std::future::pending::<()>().await;
            }
            std::process::exit(0);
        })
        .await?;
    Ok(())
}
