//! Powers and inverses of square matrices.

use super::{At, Tidying};
use crate::budget::MAX_MATRIX_POWER;
use crate::expr::{Arena, NodeId};
use crate::ops::linalg::{INV, MATRIX_POWER, exponent, matrix_power};
use crate::ops::products::PRODUCT;

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "powers-of-a-matrix",
        title: "Powers of one matrix",
        from: "A^2 * A",
        to: "A^3",
        given: "A: [n,n]",
        why: "Equal neighbours are written as one power; a matrix beside its inverse is the identity.",
        source: "associativity",
        housekeeping: false,
        at: At::Ops(&[&PRODUCT]),
        apply: collect_powers,
    },
    Tidying {
        id: "inverse-of-an-inverse",
        title: "Inverse of an inverse",
        from: "inv(inv(A))",
        to: "A",
        given: "A: [n,n]",
        why: "What undoes the undoing is the matrix itself.",
        source: "definition of the inverse",
        housekeeping: false,
        at: At::Ops(&[&INV]),
        apply: |arena, id| {
            let inner = arena.is(id, &INV).then(|| arena.args(id)[0])?;
            arena.is(inner, &INV).then(|| arena.args(inner)[0])
        },
    },
];

/// A factor as a base and an exponent.
fn base_and_exponent(arena: &Arena, id: NodeId) -> (NodeId, i64) {
    let inner = |id: NodeId| arena.is(id, &INV).then(|| arena.args(id)[0]);
    if let Some(base) = inner(id) {
        return (base, -1);
    }
    if !arena.is(id, &MATRIX_POWER) {
        return (id, 1);
    }
    let (base, k) = (arena.args(id)[0], i64::from(exponent(&arena.get(id).data)));
    inner(base).map_or((base, k), |base| (base, -k))
}

fn collect_powers(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &PRODUCT) {
        return None;
    }
    let factors: Vec<(NodeId, i64)> = arena.args(id).iter().map(|&f| base_and_exponent(arena, f)).collect();
    let meets =
        |pair: &[(NodeId, i64)]| pair[0].0 == pair[1].0 && (pair[0].1 + pair[1].1).unsigned_abs() <= MAX_MATRIX_POWER;
    let at = factors.windows(2).position(meets)?;
    let (base, k) = (factors[at].0, factors[at].1 + factors[at + 1].1);
    let power = matrix_power(arena, base, k).ok()?;
    let args = arena.args(id).to_vec();
    // An identity beside other factors goes.
    let middle = if k == 0 && args.len() > 2 { None } else { Some(power) };
    let chain: Vec<NodeId> = args[..at].iter().copied().chain(middle).chain(args[at + 2..].iter().copied()).collect();
    Some(arena.chain(&chain))
}
