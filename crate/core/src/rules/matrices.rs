//! Powers and inverses of square matrices.

use super::numbers::with_number;
use super::{At, Tidying, among};
use crate::budget::MAX_MATRIX_POWER;
use crate::expr::{Arena, NodeId};
use crate::number::Number;
use crate::op::Data;
use crate::ops::arithmetic::{DIVIDE, MULTIPLY};
use crate::ops::linalg::{ADJ, DET, INV, MATRIX_POWER, exponent, matrix_power};
use crate::ops::products::{PRODUCT, TRANSPOSE};

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
        among: among::ANYTHING,
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
        among: among::ANYTHING,
        apply: |arena, id| {
            let inner = arena.is(id, &INV).then(|| arena.args(id)[0])?;
            arena.is(inner, &INV).then(|| arena.args(inner)[0])
        },
    },
    Tidying {
        id: "adjugate-over-determinant",
        title: "Adjugate over determinant",
        from: "adj(A) / det(A)",
        to: "inv(A)",
        given: "A: [n,n]",
        why: "That is how the inverse is written by cofactors.",
        source: "Magnus & Neudecker 1.9",
        housekeeping: false,
        at: At::Ops(&[&MULTIPLY, &DIVIDE]),
        among: among::ANYTHING,
        apply: adjugate_over_determinant,
    },
];

/// Factors above and below one line, those of scalars that are a quotient beside matrices too.
fn above_and_below(arena: &Arena, id: NodeId) -> (Vec<NodeId>, Vec<NodeId>) {
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let factors = |id: NodeId| if arena.is(id, &MULTIPLY) { arena.args(id).to_vec() } else { vec![id] };
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        let plain = arena.unexpanded(next);
        if arena.is(plain, &MULTIPLY) {
            open.extend(arena.args(plain).iter().rev());
        } else if arena.is(plain, &DIVIDE) {
            open.push(arena.args(plain)[0]);
            below.extend(factors(arena.unexpanded(arena.args(plain)[1])));
        } else if !arena.is_one(plain) {
            above.push(plain);
        }
    }
    (above, below)
}

/// The factor with the adjugate of a matrix replaced by the inverse; `None` where it holds none.
fn with_inverse(arena: &mut Arena, factor: NodeId, matrix: NodeId) -> Option<NodeId> {
    let mut chain = if arena.is(factor, &PRODUCT) { arena.args(factor).to_vec() } else { vec![factor] };
    let (at, inverse) = (0..chain.len()).find_map(|at| {
        let turned = arena.is(chain[at], &TRANSPOSE).then(|| arena.args(chain[at])[0]);
        let inverse = with_inverse_of_adjugate(arena, turned.unwrap_or(chain[at]), matrix)?;
        Some((at, if turned.is_some() { arena.transpose(inverse) } else { inverse }))
    })?;
    chain[at] = inverse;
    Some(arena.chain(&chain))
}

/// `inv(A)` for `adj(A)`.
fn with_inverse_of_adjugate(arena: &mut Arena, factor: NodeId, matrix: NodeId) -> Option<NodeId> {
    let is_it = arena.is(factor, &ADJ) && arena.args(factor)[0] == matrix;
    is_it.then(|| arena.must(&INV, &[matrix], Data::None))
}

fn adjugate_over_determinant(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if arena.shape(id).order() != 2 && !arena.shape(id).is_vector() {
        return None;
    }
    let (mut above, mut below) = above_and_below(arena, id);
    for at in 0..below.len() {
        if !arena.is(below[at], &DET) {
            continue;
        }
        let matrix = arena.args(below[at])[0];
        let found = (0..above.len()).find_map(|k| Some((k, with_inverse(arena, above[k], matrix)?)));
        let Some((k, inverse)) = found else { continue };
        above[k] = inverse;
        below.remove(at);
        if !below.is_empty() {
            let (one, divisor) = (arena.int(1), arena.multiply(&below));
            if !arena.shape(divisor).is_scalar() {
                return None;
            }
            above.insert(0, arena.divide(one, divisor));
        }
        return Some(with_number(arena, Number::ONE, &above, id));
    }
    None
}

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
