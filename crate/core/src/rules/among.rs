//! What nodes are, in bits, as far as rules of tidying ask for it: one that needs a zero among the arguments is tried nowhere
//! else. Known when a node is made, so that most rules are never called where they do not fit.

use super::{Tidying, all};
use crate::op::{Data, Op};
use crate::ops::arithmetic::{ADD, EXPAND, MULTIPLY, NEGATE};
use crate::ops::build::IDENTITY;
use crate::ops::leaves::NUMBER as NUMBER_OP;
use crate::ops::products::TRANSPOSE;
use crate::ops::reductions::NORM2;
use std::sync::OnceLock;

/// Nothing in particular.
pub const ANYTHING: u8 = 0;
/// A number, also expanded or behind a sign.
pub const NUMBER: u8 = 1;
/// Such a number that is 0.
pub const ZERO: u8 = 1 << 1;
/// Such a number that is 1, or an identity matrix.
pub const ONE: u8 = 1 << 2;
/// Something behind a sign.
pub const SIGN: u8 = 1 << 3;
/// An expanded scalar.
pub const EXPANSION: u8 = 1 << 4;
/// A product with a number or a sign among its factors.
pub const NUMBERED: u8 = 1 << 5;
/// A length, or a product with one among its factors, expanded or not.
pub const LENGTH: u8 = 1 << 6;
/// A sum, or one transposed.
pub const SUM: u8 = 1 << 7;

/// What a node is, by what its arguments are; [`ZERO`] and [`ONE`] of numbers are added by whom knows the number.
pub fn what_is(op: &'static Op, data: &Data, among: u8) -> u8 {
    if op == &MULTIPLY {
        among & LENGTH | if among & (NUMBER | SIGN) == 0 { 0 } else { NUMBERED }
    } else if op == &EXPAND {
        EXPANSION | among & (NUMBER | LENGTH)
    } else if op == &NEGATE {
        SIGN | among & NUMBER
    } else if op == &NUMBER_OP && matches!(data, Data::Number(_)) {
        NUMBER
    } else if op == &IDENTITY {
        ONE
    } else if op == &NORM2 {
        LENGTH
    } else if op == &ADD {
        SUM
    } else if op == &TRANSPOSE {
        among & SUM
    } else {
        0
    }
}

/// The rules, as bits in the order of [`all`], that find what they need among such arguments.
pub fn possible(among: u8) -> u64 {
    static TABLE: OnceLock<Vec<u64>> = OnceLock::new();
    let finds = |rule: &Tidying, among: u8| rule.among == ANYTHING || rule.among & among != 0;
    let table = TABLE.get_or_init(|| {
        let bits = |among: u8| all().enumerate().filter(|(_, rule)| finds(rule, among)).map(|(at, _)| 1 << at).sum();
        (0..=u8::MAX).map(bits).collect()
    });
    table[usize::from(among)]
}
