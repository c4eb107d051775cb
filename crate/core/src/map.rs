//! Maps for small keys that the engine itself makes (ids). Nobody reads their order: what is written down is taken from lists.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

pub type Map<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;
pub type Set<K> = HashSet<K, BuildHasherDefault<Quick>>;

/// A hash of a few words in a few instructions (multiply and rotate, as in Firefox and rustc). It is no protection against
/// keys that were chosen to collide; ids are counted, not chosen.
#[derive(Clone, Copy, Default)]
pub struct Quick(u64);

/// Odd, with bits all over: 2⁶⁴ / π.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

impl Hasher for Quick {
    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(MULTIPLIER);
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            self.write_u64(rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)));
        }
    }

    fn write_u8(&mut self, word: u8) {
        self.write_u64(word.into());
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(word.into());
    }

    fn write_u128(&mut self, word: u128) {
        self.write_u64(word as u64);
        self.write_u64((word >> 64) as u64);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn finish(&self) -> u64 {
        // The table takes the low bits for the place and the high ones for comparing: both must depend on all.
        self.0 ^ (self.0 >> 29)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_spread() {
        let hash = |n: u32| {
            let mut quick = Quick::default();
            quick.write_u32(n);
            quick.finish()
        };
        for take in [|h: u64| h % 1024, |h: u64| h >> 54] {
            let places: Set<u64> = (0..512).map(|n| take(hash(n))).collect();
            assert!(places.len() > 256, "{}", places.len());
        }
    }
}
