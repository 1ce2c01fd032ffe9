//! The hash chain: a row's SHA-256 covers every value of the row and the hash of the row before it.

use rusqlite::types::{Value, ValueRef};
use sha2::{Digest, Sha256};

/// What the first row has in place of the hash before it.
pub(crate) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of a row, in lower-case hex.
pub(crate) fn row_hash(kind: &str, values: &[Value]) -> String {
    let mut bytes = Vec::new();
    begin(&mut bytes, kind);
    for value in values {
        add(&mut bytes, value.into());
    }
    hash(&bytes)
}

/// Begins the bytes of a row of this kind, which [`hash`] takes when all its values are added.
pub(crate) fn begin(bytes: &mut Vec<u8>, kind: &str) {
    feed(bytes, b'k', kind.as_bytes());
}

/// Adds a value with its type and length, so that no two different rows give the same bytes.
pub(crate) fn add(bytes: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => feed(bytes, b'n', &[]),
        ValueRef::Integer(number) => feed(bytes, b'i', &number.to_be_bytes()),
        // Never written; hashed so that an edit that puts one there is found.
        ValueRef::Real(real) => feed(bytes, b'r', &real.to_bits().to_be_bytes()),
        ValueRef::Text(text) => feed(bytes, b't', text),
        ValueRef::Blob(blob) => feed(bytes, b'b', blob),
    }
}

/// The hash of a row's bytes, in lower-case hex.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn feed(bytes: &mut Vec<u8>, tag: u8, value: &[u8]) {
    let length = u64::try_from(value.len()).unwrap_or(u64::MAX);
    bytes.push(tag);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(value);
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('?');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
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

    /// Reckoned by another hand: hashlib over struct.pack('>Q', length) and the value's bytes.
    #[test]
    fn the_hashes_of_released_rows_stay_as_they_are() {
        let values = [
            Value::Integer(1),
            Value::Integer(-5),
            Value::Text("Касса 1".to_owned()),
            Value::Null,
            Value::Real(1.5),
            Value::Blob(vec![0, 255]),
            Value::Text(String::new()),
        ];
        assert_eq!(
            row_hash("smena report 1", &values),
            "a3c02756d4f61e57e90ee7e2636c3fe62b09d43d2cc40c6a671e60452c0be7eb"
        );
        assert_eq!(
            row_hash(
                "smena operation 1",
                &[Value::Null, Value::Text("0".repeat(64))]
            ),
            "8bf7bb33595f32f7a49ac7eae09a818a4a6d21a947bf45cbbac0b0bc409f7ebc"
        );
    }
}
