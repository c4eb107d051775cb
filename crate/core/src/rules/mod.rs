//! Rules that belong to no one operator: those of tidying. A rule is one entry: an equation in our own language, and the
//! code that applies it from left to right (a test holds the two together).

pub mod among;
pub mod assumed;
pub mod cancelling;
pub mod diagonal;
pub mod factoring;
pub mod headlines;
pub mod matrices;
pub mod numbers;
pub mod powers;
pub mod products;
pub mod scalars;
pub mod transposes;

use crate::expr::{Arena, NodeId};
use crate::op::{Eval, Op};
use crate::ops;
use crate::ops::arithmetic::MULTIPLY;
use std::sync::OnceLock;

/// A rule of algebra, applied from left to right.
pub struct Tidying {
    pub id: &'static str,
    pub title: &'static str,
    /// The equation, in our language, for the shapes in `given`.
    pub from: &'static str,
    pub to: &'static str,
    pub given: &'static str,
    pub why: &'static str,
    pub source: &'static str,
    /// Housekeeping is never a headline of its own.
    pub housekeeping: bool,
    /// The operators at whose nodes it may fit: nowhere else it is tried.
    pub at: At,
    /// What must stand among the arguments, as bits of [`among`]: one of these, or nothing in particular.
    pub among: u8,
    /// The right side, where the rule fits this node and changes it.
    pub apply: fn(&mut Arena, NodeId) -> Option<NodeId>,
}

/// What stands at the head of a rule's left side.
pub enum At {
    Ops(&'static [&'static Op]),
    /// Tensors made entry by entry.
    Entrywise,
}

impl At {
    fn fits(&self, op: &'static Op, is_scalar: bool) -> bool {
        match self {
            At::Ops(ops) => ops.contains(&op),
            At::Entrywise => !is_scalar && (matches!(op.eval, Eval::Map(_) | Eval::Map2(_)) || op == &MULTIPLY),
        }
    }
}

/// The rules that are tried at a node of this operator, as bits in the order of [`all`].
pub fn tried_at(op: &'static Op, is_scalar: bool) -> u64 {
    /// By the operator's address, of tensors and of scalars; a free place has the address 0. Asked for every new node.
    static TABLE: OnceLock<Vec<(usize, [u64; 2])>> = OnceLock::new();
    let bits = |op: &'static Op, is_scalar: bool| {
        all().enumerate().filter(|(_, rule)| rule.at.fits(op, is_scalar)).map(|(at, _)| 1 << at).sum()
    };
    let address = |op: &'static Op| std::ptr::from_ref(op).addr();
    let place = |address: usize| ((address as u64).wrapping_mul(SPREAD) >> (64 - PLACES)) as usize;
    let next = |at: usize| (at + 1) & ((1 << PLACES) - 1);
    let table = TABLE.get_or_init(|| {
        let mut table = vec![(0, [u64::MAX; 2]); 1 << PLACES];
        for op in ops::all() {
            let mut at = place(address(op));
            while table[at].0 != 0 {
                at = next(at);
            }
            table[at] = (address(op), [false, true].map(|scalar| bits(op, scalar)));
        }
        table
    });
    let mut at = place(address(op));
    while table[at].0 != address(op) && table[at].0 != 0 {
        at = next(at);
    }
    table[at].1[usize::from(is_scalar)]
}

/// Places of the table of operators, as a power of two: several times as many as there are operators.
const PLACES: u32 = 10;
/// Odd, with bits all over: 2⁶⁴ / φ.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// All rules of tidying, in the order in which they are tried.
pub fn all() -> impl Iterator<Item = &'static Tidying> {
    let families: [&[Tidying]; 10] = [
        numbers::RULES,
        diagonal::RULES,
        transposes::RULES,
        scalars::RULES,
        powers::RULES,
        cancelling::RULES,
        products::RULES,
        matrices::RULES,
        assumed::RULES,
        factoring::RULES,
    ];
    families.into_iter().flatten()
}

/// The same with a bit each.
pub fn numbered() -> impl Iterator<Item = (u64, &'static Tidying)> {
    in_order().iter().enumerate().map(|(at, rule)| (1 << at, *rule))
}

/// The rules of these bits.
pub fn of_bits(mut bits: u64) -> impl Iterator<Item = (u64, &'static Tidying)> {
    let rules = in_order();
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros();
        let rule = rules.get(at as usize)?;
        bits &= bits - 1;
        Some((1 << at, *rule))
    })
}

/// The bits of all rules.
pub fn all_bits() -> u64 {
    (1 << in_order().len()) - 1
}

fn in_order() -> &'static [&'static Tidying] {
    static RULES: OnceLock<Vec<&'static Tidying>> = OnceLock::new();
    RULES.get_or_init(|| all().collect())
}

#[cfg(test)]
mod tests;
