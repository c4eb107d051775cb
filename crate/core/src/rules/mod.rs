//! Rules that belong to no one operator: those of tidying. A rule is one entry: an equation in our own language, and the
//! code that applies it from left to right (a test holds the two together).

pub mod assumed;
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
    /// The right side, where the rule fits this node and changes it.
    pub apply: fn(&mut Arena, NodeId) -> Option<NodeId>,
}

/// All rules of tidying, in the order in which they are tried.
pub fn all() -> impl Iterator<Item = &'static Tidying> {
    let families: [&[Tidying]; 9] = [
        numbers::RULES,
        diagonal::RULES,
        transposes::RULES,
        scalars::RULES,
        powers::RULES,
        products::RULES,
        matrices::RULES,
        assumed::RULES,
        factoring::RULES,
    ];
    families.into_iter().flatten()
}

#[cfg(test)]
mod tests;
