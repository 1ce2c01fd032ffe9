//! The hash chain: a row's SHA-256 covers every value of the row and the hash of the row before it.

use rusqlite::types::Value;
use sha2::{Digest, Sha256};

/// What the first row has in place of the hash before it.
pub(crate) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of a row, in lower-case hex. Each value is hashed with its type and length, so that no two different rows
/// give the same bytes.
pub(crate) fn row_hash(kind: &str, values: &[Value]) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, b'k', kind.as_bytes());
    for value in values {
        match value {
            Value::Null => feed(&mut hash, b'n', &[]),
            Value::Integer(number) => feed(&mut hash, b'i', &number.to_be_bytes()),
            // Never written; hashed so that an edit that puts one there is found.
            Value::Real(real) => feed(&mut hash, b'r', &real.to_bits().to_be_bytes()),
            Value::Text(text) => feed(&mut hash, b't', text.as_bytes()),
            Value::Blob(bytes) => feed(&mut hash, b'b', bytes),
        }
    }
    hex(&hash.finalize())
}

fn feed(hash: &mut Sha256, tag: u8, bytes: &[u8]) {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    hash.update([tag]);
    hash.update(length.to_be_bytes());
    hash.update(bytes);
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_do_not_run_into_each_other() {
        let text = |text: &str| Value::Text(text.to_owned());
        let rows = [
            vec![text("ab"), text("c")],
            vec![text("a"), text("bc")],
            vec![text("abc")],
            vec![text("ab"), text("c"), Value::Null],
            vec![Value::Blob(b"ab".to_vec()), text("c")],
        ];
        let mut hashes: Vec<_> = rows.iter().map(|row| row_hash("test", row)).collect();
        hashes.push(row_hash("other", &rows[0]));
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), rows.len() + 1);
    }

    #[test]
    fn the_hash_is_sha_256() {
        // printf 'k\0\0\0\0\0\0\0\0' | sha256sum
        let known = "d1c5b497e10d67e49af4421b9c62d2c51278b15f0a5c9f0e6c4d2469f1c80af4";
        assert_eq!(row_hash("", &[]), known);
        assert_eq!(GENESIS.len(), known.len());
    }
}
