//! A key store of the test's own: gnome-keyring on a session bus where nothing else is.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::Played;
use crate::leash::Leash;

/// A bus that starts no service by itself.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Unlocked by a password that nobody needs to know.
const UNLOCKED: &str =
    r#"printf "pw\n" | exec gnome-keyring-daemon --unlock --components=secrets --foreground"#;

/// The key store; gone when dropped.
#[derive(Debug)]
pub struct KeyStore {
    _keys: Leash,
    _bus: Leash,
    address: String,
}

impl KeyStore {
    /// Starts bus and key store with this environment; they write into `folder` only. The store may need a moment more.
    pub fn start(folder: &Path, environment: &[(String, Option<String>)]) -> Played<Self> {
        let config = folder.join("bus.conf");
        fs::write(&config, BUS)?;
        let log = folder.join("bus.log");
        let mut bus = Command::new("dbus-daemon");
        bus.arg(format!("--config-file={}", config.display()));
        bus.args(["--nofork", "--print-address=1"]);
        apply(&mut bus, environment);
        let mut bus = Leash::start(&bus, &log)?;
        let address = bus.says(&format!("no session bus; see {}", log.display()))?;
        let mut keys = Command::new("sh");
        keys.args(["-c", UNLOCKED]);
        apply(&mut keys, environment);
        keys.env("DBUS_SESSION_BUS_ADDRESS", &address);
        Ok(Self {
            _keys: Leash::start(&keys, &log)?,
            _bus: bus,
            address,
        })
    }

    /// The bus where it is found.
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Gives a command this environment; `None` removes a variable.
pub(crate) fn apply(command: &mut Command, environment: &[(String, Option<String>)]) {
    for (name, value) in environment {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
}
