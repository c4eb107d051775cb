//! Common factors of sums of products: `A x + A' x` is `(A + A') x`. Sums are collected, never multiplied out.

use super::Tidying;
use super::numbers::split_number;
use crate::expr::{Arena, NodeId};
use crate::number::Number;
use crate::ops::arithmetic::ADD;
use crate::ops::products::PRODUCT;

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "common-right-factor",
        title: "Take out a common factor on the right",
        from: "A * x + B * x",
        to: "(A + B) * x",
        given: "A: [m,n], B: [m,n], x: [n]",
        why: "Matrices multiply a sum term by term, so a factor that all terms end with is written once.",
        source: "Magnus & Neudecker 1.2",
        housekeeping: false,
        apply: |arena, id| common(arena, id, true),
    },
    Tidying {
        id: "common-left-factor",
        title: "Take out a common factor on the left",
        from: "A * x + A * y",
        to: "A * (x + y)",
        given: "A: [m,n], x: [n], y: [n]",
        why: "Matrices multiply a sum term by term, so a factor that all terms begin with is written once.",
        source: "Magnus & Neudecker 1.2",
        housekeeping: false,
        apply: |arena, id| common(arena, id, false),
    },
];

/// A term of the sum as coefficient (number and scalars) times two matrix factors.
struct Pair {
    number: Number,
    scalars: Vec<NodeId>,
    left: NodeId,
    right: NodeId,
}

fn pair(arena: &Arena, term: NodeId) -> Option<Pair> {
    let (number, factors) = split_number(arena, term);
    let (products, scalars): (Vec<NodeId>, Vec<NodeId>) = factors.into_iter().partition(|&f| arena.is(f, &PRODUCT));
    let [product] = products[..] else { return None };
    let [left, right] = arena.args(product)[..] else { return None };
    scalars.iter().all(|&s| arena.unexpanded(s) != s).then_some(Pair { number, scalars, left, right })
}

fn common(arena: &mut Arena, id: NodeId, on_the_right: bool) -> Option<NodeId> {
    if !arena.is(id, &ADD) {
        return None;
    }
    let terms = arena.args(id).to_vec();
    let pairs: Option<Vec<Pair>> = terms.iter().map(|&t| pair(arena, t)).collect();
    let pairs = pairs?;
    let kept = |p: &Pair| if on_the_right { p.right } else { p.left };
    let moved = |p: &Pair| if on_the_right { p.left } else { p.right };
    let first = &pairs[0];
    let alike = |p: &Pair| kept(p) == kept(first) && p.scalars == first.scalars && p.number == first.number;
    if !pairs.iter().all(alike) {
        return None;
    }
    let inner: Vec<NodeId> = pairs.iter().map(moved).collect();
    let sum = arena.add(&inner);
    let (left, right) = if on_the_right { (sum, kept(first)) } else { (kept(first), sum) };
    let product = arena.product(left, right).ok()?;
    let mut factors = Vec::new();
    if !first.number.is_one() {
        factors.push(arena.number(first.number));
    }
    factors.extend(first.scalars.iter().map(|&s| arena.unexpanded(s)));
    factors.push(product);
    Some(arena.multiply(&factors))
}
