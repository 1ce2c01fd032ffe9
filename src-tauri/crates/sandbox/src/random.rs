//! Repeatable numbers: the same seed tells the same story on every machine.

/// A SplitMix64 sequence.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// A sequence of its own for each combination of parts.
    pub(crate) fn of(parts: [u64; 3]) -> Self {
        let mut random = Self(0x5EED);
        for part in parts {
            random.0 ^= part;
            random.0 = random.next();
        }
        random
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included; `low` where the range is empty.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0);
        let step = self.next() % width.saturating_add(1);
        low.saturating_add(i64::try_from(step).unwrap_or(0))
    }

    /// A key in the form of a UUID.
    pub(crate) fn uid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0xFFF,
            low >> 52,
            low & 0xFFFF_FFFF_FFFF
        )
    }
}

/// An id as a part of a seed.
pub(crate) const fn part(id: i64) -> u64 {
    id.unsigned_abs()
}
