//! Where the data are and how the credentials there are unsealed; the window uses the same folder.

use std::io::IsTerminal;
use std::path::PathBuf;

use domain::ServerUrl;
use operations::{Desk, DeskConfig, Keeping, Outside, Scope, Timeouts, servers};
use secrecy::SecretString;
use texts::{Key, Lang, Phrase};

use crate::accounts::phone;
use crate::args::{self, Globals, StoreKind};
use crate::failure::Failure;

/// The folder's name: the application's identifier, as the window's framework names it on every system.
const IDENTIFIER: &str = "kz.smena.app";

/// The data folder of this run; training has one of its own inside.
pub(crate) fn data_dir(globals: &Globals) -> Result<PathBuf, Failure> {
    let base = match &globals.data_dir {
        Some(folder) => folder.clone(),
        None => directories::BaseDirs::new()
            .ok_or_else(|| Failure::usage(Key::CliNoHome, Key::CliNoHomeRemedy))?
            .data_dir()
            .join(IDENTIFIER),
    };
    Ok(if globals.training {
        base.join("training")
    } else {
        base
    })
}

/// The server that `--server` names.
pub(crate) fn server(globals: &Globals) -> Option<&str> {
    globals.server.as_deref().map(|name| match name {
        "production" => servers::PRODUCTION,
        "test" => servers::TEST,
        url => url,
    })
}

/// The server to sign in on when none is named.
pub(crate) const fn default_server() -> &'static str {
    servers::PRODUCTION
}

/// Opens the data folder; what must be asked before is asked in this language.
pub(crate) fn open(
    globals: &Globals,
    store: Option<StoreKind>,
    lang: Lang,
) -> Result<Desk, Failure> {
    let data_dir = data_dir(globals)?;
    let keeping = keeping(globals, store, lang)?;
    Ok(Desk::open(DeskConfig {
        data_dir,
        training: globals.training,
        keeping,
        scope: scope(globals)?,
        timeouts: timeouts(),
        outside: Outside::default(),
        lang: globals.lang.map(args::Lang::texts),
    })?)
}

/// What `--server` and `--account` leave of the accounts. Training has one server, whatever is asked.
fn scope(globals: &Globals) -> Result<Scope, Failure> {
    let server = server(globals).filter(|_| !globals.training);
    let server = server.map(|address| {
        ServerUrl::parse(address).map_err(|_| {
            let message = Phrase::of(Key::CliNoAddress).with("address", address);
            Failure::usage(message, Key::CliNoAddressRemedy)
        })
    });
    Ok(Scope {
        server: server.transpose()?,
        login: globals.account.as_deref().map(phone),
    })
}

fn timeouts() -> Timeouts {
    let released = Timeouts::default();
    Timeouts {
        late: fail_points::late(released.late),
        ..released
    }
}

fn keeping(globals: &Globals, store: Option<StoreKind>, lang: Lang) -> Result<Keeping, Failure> {
    let passphrase = std::env::var("SMENA_PASSPHRASE")
        .ok()
        .filter(|text| !text.is_empty());
    Ok(match (store, passphrase) {
        (Some(StoreKind::Keyring), _) => Keeping::Keyring,
        (_, Some(passphrase)) => Keeping::Passphrase(SecretString::from(passphrase)),
        (Some(StoreKind::Passphrase), None) => Keeping::Passphrase(ask_passphrase(lang)?),
        (None, None) if globals.training => Keeping::Session,
        (None, None) => Keeping::Keyring,
    })
}

fn ask_passphrase(lang: Lang) -> Result<SecretString, Failure> {
    let missing = || Failure::usage(Key::CliPassphraseNeeded, Key::CliPassphraseRemedy);
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    let prompt = format!("{} ", lang.text(Key::CliPassphrase));
    let text = rpassword::prompt_password(prompt).map_err(|_| missing())?;
    if text.is_empty() {
        Err(missing())
    } else {
        Ok(SecretString::from(text))
    }
}
