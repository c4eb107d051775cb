//! The limits of DESIGN.md, counted, never timed. Past one: error `limit` that says the number.

use crate::error::{Error, Kind};
use crate::words;

/// UTF-16 units of one typed expression.
pub const MAX_SOURCE: usize = 4_096;
/// Nesting of brackets, powers and signs.
pub const MAX_NESTING: usize = 128;
/// Nodes of one arena.
pub const MAX_NODES: usize = 20_000;
/// How often one question differentiates.
pub const MAX_ORDER: u32 = 6;
/// Steps in the tree.
pub const MAX_STEPS: usize = 400;
/// Steps in the contract's flat list.
pub const MAX_FLAT_STEPS: usize = 60;
/// Bytes of one formula's LaTeX.
pub const MAX_LATEX: usize = 40_000;
/// Bytes of one formula in words.
pub const MAX_SPOKEN: usize = 8_000;
/// Elements of one formula in MathML.
pub const MAX_MATHML: usize = 2_000;
/// Numbers in one tensor.
pub const MAX_NUMBERS: usize = 1_000_000;
/// Terms that a sum with whole-number bounds is written out into.
pub const MAX_UNROLLED: u64 = 64;

/// Factors that a power of a matrix stands for; its differential has as many terms.
pub const MAX_MATRIX_POWER: u64 = 64;

/// `what` is a key: `limit.numbers`.
pub fn exceeded(what: &str, limit: usize) -> Error {
    let what = words::text(what);
    Error::new(Kind::Limit, say!("limit.exceeded", limit, what)).hint(say!("limit.exceeded.hint"))
}
