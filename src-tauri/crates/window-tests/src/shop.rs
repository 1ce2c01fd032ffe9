//! A shop at work: a company with its server, and a window that is signed in there.

use crate::company::Company;
use crate::day::sign_in;
use crate::engine::Engine;
use crate::failure::Played;
use crate::stage::Stage;
use crate::till::PASSWORD;
use crate::window::Window;

/// Dropped in this order: the window's program and the server, then the stage they stand on.
#[derive(Debug)]
pub struct Shop {
    /// The window, which shows the board.
    pub window: Window,
    /// The company.
    pub company: Company,
    /// What stands around them.
    pub stage: Stage,
}

impl Shop {
    /// Opens it; `options` are those of `smenactl sandbox` that the company's server always has.
    pub async fn open(engine: Engine, options: &[&str]) -> Played<Self> {
        let stage = Stage::set(engine, None).await?;
        let company = Company::start(stage.folder(), options)?;
        Self::begin(stage, company).await
    }

    /// The same on a stage and with a company that are there.
    pub async fn begin(stage: Stage, company: Company) -> Played<Self> {
        Self::enter(stage, company, &[]).await
    }

    async fn enter(stage: Stage, company: Company, arguments: &[&str]) -> Played<Self> {
        let window = stage.open(arguments).await?;
        let shop = Self {
            window,
            company,
            stage,
        };
        shop.sign_in(&shop.window).await?;
        Ok(shop)
    }

    /// Signs a window in, until it shows the board.
    pub async fn sign_in(&self, window: &Window) -> Played<()> {
        sign_in(window, self.company.url(), PASSWORD).await?;
        // A large company's board takes its time.
        let there = "return document.querySelector(\"[data-test^='register-']\") !== null";
        window.until("the board", there).await?;
        Ok(())
    }

    /// The program dies as by a power cut, and is started anew; where it keeps no password one signs in again.
    pub async fn restart(self, arguments: &[&str]) -> Played<Self> {
        let Self {
            window,
            company,
            stage,
        } = self;
        window.cut_off(&stage.data()).await?;
        Self::enter(stage, company, arguments).await
    }
}
