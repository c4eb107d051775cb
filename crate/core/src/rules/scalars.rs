//! Scalars: out of products, sums and diagonals to the front; one expansion for all.

use super::numbers::{split_number, with_number};
use super::{At, Tidying, among};
use crate::expr::{Arena, NodeId};
use crate::map::Map;
use crate::number::Number;
use crate::op::{Data, Eval};
use crate::ops::arithmetic::{DIVIDE, MULTIPLY};
use crate::ops::build::{DIAG, TRACE};
use crate::ops::products::{DOT, PRODUCT, TRANSPOSE};
use crate::ops::reductions::{COLSUMS, MEAN, NORM2, ROWSUMS, SUM, UNIT};

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "expansion-inside",
        title: "One scalar for all entries",
        from: "(ones(n) * c) .* (ones(n) * d) .* x",
        to: "(c * d) .* x",
        given: "c: [], d: [], x: [n]",
        why: "Vectors with equal entries are scalars in disguise: compute once, expand after.",
        source: "Parr & Howard 4.3",
        housekeeping: true,
        at: At::Entrywise,
        among: among::ANYTHING,
        apply: expansion_inside,
    },
    Tidying {
        id: "scalar-in-front",
        title: "Scalars to the front",
        from: "A * (c * x)",
        to: "c * (A * x)",
        given: "c: [], A: [m,n], x: [n]",
        why: "A scalar factor may stand anywhere in a product; it reads best in front.",
        source: "Magnus & Neudecker 1.2",
        housekeeping: true,
        at: At::Ops(&[&TRANSPOSE, &DIAG, &SUM, &MEAN, &ROWSUMS, &COLSUMS, &TRACE, &PRODUCT, &DOT]),
        among: among::ANYTHING,
        apply: scalar_in_front,
    },
    Tidying {
        id: "length-times-direction",
        title: "Length times direction",
        from: "norm2(x) * unit(x)",
        to: "x",
        given: "x: [n]",
        why: "A vector is its length times its direction, at the origin too.",
        source: "definition of the direction",
        housekeeping: false,
        at: At::Ops(&[&MULTIPLY]),
        among: among::LENGTH,
        apply: length_times_direction,
    },
    Tidying {
        id: "sum-of-equal-entries",
        title: "Sum of equal entries",
        from: "sum(ones(n))",
        to: "n",
        given: "",
        why: "n times the same number.",
        source: "Parr & Howard 4.4",
        housekeeping: false,
        at: At::Ops(&[&SUM, &MEAN]),
        among: among::ANYTHING,
        apply: sum_of_equal,
    },
];

fn is_expansion(arena: &Arena, id: NodeId) -> bool {
    arena.unexpanded(id) != id
}

fn expansion_inside(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let node = arena.get(id).clone();
    if node.shape.is_scalar() {
        return None;
    }
    if node.op == &MULTIPLY {
        let (equal, rest): (Vec<NodeId>, Vec<NodeId>) = node.args.iter().partition(|&&a| is_expansion(arena, a));
        if equal.len() < 2 && !rest.is_empty() {
            return None;
        }
        let inner: Vec<NodeId> = equal.iter().map(|&a| arena.unexpanded(a)).collect();
        let scalar = arena.multiply(&inner);
        let expanded = arena.expand(scalar, &node.shape);
        let factors: Vec<NodeId> = std::iter::once(expanded).chain(rest).collect();
        return Some(arena.multiply(&factors));
    }
    let entrywise = matches!(node.op.eval, Eval::Map(_) | Eval::Map2(_));
    if entrywise && node.args.iter().all(|&a| is_expansion(arena, a)) {
        let inner: Vec<NodeId> = node.args.iter().map(|&a| arena.unexpanded(a)).collect();
        let scalar = arena.make(node.op, &inner, node.data.clone()).ok()?;
        return Some(arena.expand(scalar, &node.shape));
    }
    None
}

/// The scalar factors of a node (number, expanded scalars) and what remains, if there are any.
fn scalar_part(arena: &mut Arena, id: NodeId) -> Option<(Number, Vec<NodeId>, NodeId)> {
    let shape = arena.shape(id).clone();
    if shape.is_scalar() {
        return None;
    }
    if arena.is(id, &DIVIDE) && is_expansion(arena, arena.args(id)[1]) {
        let (above, below) = (arena.args(id)[0], arena.unexpanded(arena.args(id)[1]));
        let one = arena.int(1);
        let reciprocal = arena.divide(one, below);
        return Some((Number::ONE, vec![reciprocal], above));
    }
    let (number, factors) = split_number(arena, id);
    let (equal, rest): (Vec<NodeId>, Vec<NodeId>) = factors.into_iter().partition(|&f| is_expansion(arena, f));
    if number.is_one() && equal.is_empty() {
        return None;
    }
    let scalars = equal.iter().map(|&e| arena.unexpanded(e)).collect();
    let remaining = if rest.is_empty() { arena.ones(&shape) } else { arena.multiply(&rest) };
    Some((number, scalars, remaining))
}

fn scalar_in_front(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let node = arena.get(id).clone();
    let linear = [&TRANSPOSE, &DIAG, &SUM, &MEAN, &ROWSUMS, &COLSUMS, &TRACE].contains(&node.op);
    let multilinear = [&PRODUCT, &DOT].contains(&node.op);
    if !linear && !multilinear {
        return None;
    }
    let all_ones = |arena: &Arena, a: NodeId| is_expansion(arena, a);
    let mut number = Number::ONE;
    let mut scalars = Vec::new();
    let mut args = node.args.clone();
    let mut found = false;
    for arg in &mut args {
        if all_ones(arena, *arg) && (node.op == &SUM || node.op == &MEAN) {
            continue; // sum-of-equal-entries
        }
        if let Some((n, s, rest)) = scalar_part(arena, *arg)
            && rest != *arg
        {
            number = number.times(n);
            scalars.extend(s);
            *arg = rest;
            found = true;
        }
    }
    if !found {
        return None;
    }
    let core = if node.op == &PRODUCT {
        let mut core = args[0];
        for &a in &args[1..] {
            core = arena.product(core, a).ok()?;
        }
        core
    } else {
        arena.rebuild(&node, &args)
    };
    scalars.push(core);
    Some(with_number(arena, number, &scalars, id))
}

fn sum_of_equal(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let node = arena.get(id).clone();
    if node.op != &SUM && node.op != &MEAN {
        return None;
    }
    let scalar = arena.unexpanded(node.args[0]);
    if scalar == node.args[0] {
        return None;
    }
    if node.op == &MEAN {
        return Some(scalar);
    }
    let shape = arena.shape(node.args[0]).clone();
    let count = arena.count(&shape);
    Some(arena.multiply(&[count, scalar]))
}

/// A scalar factor without one of its `norm2`, and the vector whose length that was: every way there is.
fn without_length(arena: &mut Arena, scalar: NodeId) -> Vec<(NodeId, NodeId)> {
    if arena.is(scalar, &NORM2) {
        return vec![(arena.int(1), arena.args(scalar)[0])];
    }
    if !arena.is(scalar, &MULTIPLY) {
        return Vec::new();
    }
    let factors = arena.args(scalar).to_vec();
    let lengths = (0..factors.len()).filter(|&at| arena.is(factors[at], &NORM2)).collect::<Vec<_>>();
    let without = |at: usize| -> Vec<NodeId> { [&factors[..at], &factors[at + 1..]].concat() };
    lengths.into_iter().map(|at| (arena.multiply(&without(at)), arena.args(factors[at])[0])).collect()
}

/// The factor with its first `unit(vector)` (as it stands, transposed, or in a product) replaced by the vector.
fn with_vector(arena: &mut Arena, factor: NodeId, vector: NodeId) -> Option<NodeId> {
    let direction = arena.must(&UNIT, &[vector], Data::None);
    let stands =
        |arena: &Arena, a: NodeId| a == direction || (arena.is(a, &TRANSPOSE) && arena.args(a)[0] == direction);
    let swap = Map::from_iter([(direction, vector)]);
    let inner = arena.unexpanded(factor);
    if stands(arena, inner) {
        return Some(arena.replace(factor, &swap));
    }
    if !arena.is(inner, &PRODUCT) && !arena.is(inner, &DOT) {
        return None;
    }
    let node = arena.get(inner).clone();
    let place = node.args.iter().position(|&a| stands(arena, a))?;
    let mut args = node.args.clone();
    args[place] = arena.replace(args[place], &swap);
    let made = arena.rebuild(&node, &args);
    let shape = arena.shape(factor).clone();
    Some(arena.expand(made, &shape))
}

fn length_times_direction(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &MULTIPLY) {
        return None;
    }
    let factors = arena.args(id).to_vec();
    for at in 0..factors.len() {
        for (rest, vector) in without_length(arena, arena.unexpanded(factors[at])) {
            for other in (0..factors.len()).filter(|&k| k != at) {
                if let Some(made) = with_vector(arena, factors[other], vector) {
                    let mut new = factors.clone();
                    new[at] = rest;
                    new[other] = made;
                    return Some(arena.multiply(&new));
                }
            }
        }
    }
    None
}
