//! Which printer, as a person writes it down.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

/// The port of printers that take their bytes from a TCP connection.
pub const PORT: u16 = 9100;

/// A printer: `system:NAME` gets a PDF, `raw:NAME` and `tcp:HOST[:PORT]` get a thermal printer's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Printer {
    /// A queue of the system, whose driver prints PDF.
    System(String),
    /// A queue of the system that hands bytes on as they are.
    Raw(String),
    /// A printer on the network.
    Tcp {
        /// A name or an address, an IPv6 one without brackets.
        host: String,
        /// The port.
        port: u16,
    },
}

/// A text that names no printer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no printer: system:NAME, raw:NAME or tcp:HOST[:PORT]")]
pub struct BadPrinter(pub String);

impl Printer {
    /// Whether it prints PDF; the others print a thermal printer's bytes.
    pub const fn takes_pdf(&self) -> bool {
        matches!(self, Self::System(_))
    }
}

impl FromStr for Printer {
    type Err = BadPrinter;

    fn from_str(text: &str) -> Result<Self, BadPrinter> {
        let text = text.trim();
        let parsed = text.split_once(':').and_then(|(way, rest)| match way {
            "system" => queue(rest).map(Self::System),
            "raw" => queue(rest).map(Self::Raw),
            "tcp" => tcp(rest),
            _ => None,
        });
        parsed.ok_or_else(|| BadPrinter(text.to_owned()))
    }
}

impl fmt::Display for Printer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(name) => write!(f, "system:{name}"),
            Self::Raw(name) => write!(f, "raw:{name}"),
            Self::Tcp { host, port } => {
                if host.contains(':') {
                    write!(f, "tcp:[{host}]")?;
                } else {
                    write!(f, "tcp:{host}")?;
                }
                if *port == PORT {
                    return Ok(());
                }
                write!(f, ":{port}")
            }
        }
    }
}

/// A queue's name; nothing that a program could take for one of its options.
fn queue(name: &str) -> Option<String> {
    let fits = !name.is_empty()
        && name.trim() == name
        && !name.starts_with('-')
        && !name.contains(char::is_control);
    fits.then(|| name.to_owned())
}

fn tcp(rest: &str) -> Option<Printer> {
    let (host, port) = if let Some(rest) = rest.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        let address = host.split_once('%').map_or(host, |(address, _)| address);
        address.parse::<Ipv6Addr>().ok()?;
        (host, (!after.is_empty()).then(|| after.strip_prefix(':')))
    } else {
        match rest.split_once(':') {
            Some((host, port)) => (host, Some(Some(port))),
            None => (rest, None),
        }
    };
    let port = match port {
        None => PORT,
        Some(port) => number(port?)?,
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '%');
    (!host.is_empty() && host.chars().all(fits)).then(|| Printer::Tcp {
        host: host.to_owned(),
        port,
    })
}

fn number(text: &str) -> Option<u16> {
    let digits = text.chars().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|port| digits && *port != 0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn host(host: &str, port: u16) -> Printer {
        Printer::Tcp {
            host: host.to_owned(),
            port,
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (text, printer) in [
            ("system:HP_LaserJet", Printer::System("HP_LaserJet".into())),
            (
                "system:Касса: зал 1",
                Printer::System("Касса: зал 1".into()),
            ),
            ("raw:XP-80", Printer::Raw("XP-80".into())),
            ("tcp:192.168.1.50", host("192.168.1.50", 9100)),
            ("tcp:printer.local:9101", host("printer.local", 9101)),
            ("tcp:[fe80::1%eth0]", host("fe80::1%eth0", 9100)),
            ("tcp:[::1]:6101", host("::1", 6101)),
        ] {
            let read: Printer = text.parse().unwrap();
            assert_eq!(read, printer, "{text}");
            assert_eq!(read.to_string(), text);
        }
        let plain: Printer = " tcp:10.0.0.7:9100 ".parse().unwrap();
        assert_eq!(plain.to_string(), "tcp:10.0.0.7");
    }

    #[test]
    fn what_names_no_printer_is_refused() {
        for text in [
            "",
            "HP",
            "system:",
            "system: HP",
            "raw:-o",
            "raw:a\nb",
            "lpt:1",
            "tcp:",
            "tcp::9100",
            "tcp:host:",
            "tcp:host:0",
            "tcp:host:+9100",
            "tcp:host:65536",
            "tcp:a b",
            "tcp:fe80::1",
            "tcp:[fe80::1",
            "tcp:[fe80::1]9100",
            "tcp:[host]:9100",
            "tcp:[::1]:",
            "tcp:ho/st",
        ] {
            assert_eq!(
                text.parse::<Printer>(),
                Err(BadPrinter(text.trim().to_owned())),
                "{text:?}"
            );
        }
    }
}
