//! Slips that are made on the result itself: a transpose, an order, a shape.

use super::Fault;
use crate::expr::{Arena, Assumption, NodeId};
use crate::map::Map;
use crate::op::Data;
use crate::ops::arithmetic::{EXPAND, MULTIPLY, NEGATE};
use crate::ops::build::{DIAG, IDENTITY, SUM_OVER};
use crate::ops::products::{DOT, PRODUCT, TRANSPOSE};
use crate::ops::reductions::{MEAN, SUM};

/// The result with the fault in it; `None` where there is no place for it.
pub fn changed(arena: &mut Arena, expr: NodeId, truth: NodeId, fault: Fault) -> Option<NodeId> {
    match fault {
        Fault::TransposeDropped(k) => transpose_dropped(arena, truth, k),
        Fault::OrderSwapped(k) => order_swapped(arena, truth, k),
        Fault::OuterTurned(k) => outer_turned(arena, truth, k),
        Fault::DiagonalAsVector { hadamard } => {
            let is_product = arena.is(expr, &MULTIPLY);
            if is_product == hadamard { diagonal_of(arena, truth) } else { None }
        }
        Fault::OnesForgotten { of_sum } => {
            if arena.shape(expr).is_scalar() == of_sum {
                one_entry(arena, truth)
            } else {
                None
            }
        }
        Fault::IndexCaptured => index_captured(arena, expr, truth),
        _ => None,
    }
}

fn is_square(arena: &Arena, id: NodeId) -> bool {
    matches!(arena.shape(id).0[..], [m, n] if m == n)
}

/// Takes all square matrices of which nothing is assumed to be symmetric; false unless one of them stands in the truth
/// both as it is and transposed: only there somebody takes two different terms for one.
pub fn assume_symmetric(arena: &mut Arena, truth: NodeId) -> bool {
    let reached = arena.reachable(&[truth]);
    let turned: Vec<NodeId> =
        reached.iter().filter(|&&id| arena.is(id, &TRANSPOSE)).map(|&id| arena.args(id)[0]).collect();
    let is_plain = |leaf: NodeId| reached.iter().any(|&id| !arena.is(id, &TRANSPOSE) && arena.args(id).contains(&leaf));
    if !turned.into_iter().any(|leaf| arena.symbol_of(leaf).is_some() && is_square(arena, leaf) && is_plain(leaf)) {
        return false;
    }
    for symbol in &mut arena.symbols {
        let is_square = matches!(symbol.shape.0[..], [m, n] if m == n);
        if is_square && symbol.assumed.is_empty() && symbol.definition.is_none() {
            symbol.assumed.push(Assumption::Symmetric);
        }
    }
    true
}

/// A square matrix with its transpose where it should stand as it is, or the other way round.
fn transpose_dropped(arena: &mut Arena, truth: NodeId, k: usize) -> Option<NodeId> {
    let reached = arena.reachable(&[truth]);
    let transposes = reached.iter().copied().filter(|&id| arena.is(id, &TRANSPOSE) && is_square(arena, id));
    let leaves = reached.iter().copied().filter(|&id| arena.symbol_of(id).is_some() && is_square(arena, id));
    let id = transposes.chain(leaves).nth(k)?;
    let turned = arena.transpose(id);
    Some(arena.replace(truth, &Map::from_iter([(id, turned)])))
}

fn order_swapped(arena: &mut Arena, truth: NodeId, k: usize) -> Option<NodeId> {
    let mut seen = 0;
    for id in arena.reachable(&[truth]) {
        if !arena.is(id, &PRODUCT) {
            continue;
        }
        let args = arena.args(id).to_vec();
        for at in 0..args.len() - 1 {
            if seen == k {
                let mut turned = args.clone();
                turned.swap(at, at + 1);
                let made = turned[1..].iter().try_fold(turned[0], |chain, &f| arena.product(chain, f)).ok()?;
                let fits = arena.shape(made) == arena.shape(id);
                return fits.then(|| arena.replace(truth, &Map::from_iter([(id, made)])));
            }
            seen += 1;
        }
    }
    None
}

/// `x y'` for `y x'`, where both are square.
fn outer_turned(arena: &mut Arena, truth: NodeId, k: usize) -> Option<NodeId> {
    let is_outer = |id: &NodeId| {
        let holds_row = || arena.args(*id).iter().skip(1).any(|&factor| arena.shape(factor).is_row());
        arena.is(*id, &PRODUCT) && is_square(arena, *id) && holds_row()
    };
    let id = arena.reachable(&[truth]).into_iter().filter(is_outer).nth(k)?;
    let turned = arena.transpose(id);
    Some(arena.replace(truth, &Map::from_iter([(id, turned)])))
}

/// The diagonal of a matrix that is written as one, also behind a sign or beside scalar factors.
fn diagonal_of(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if arena.is(id, &DIAG) && arena.shape(id).is_matrix() {
        return Some(arena.args(id)[0]);
    }
    if arena.is(id, &NEGATE) {
        let inner = arena.args(id)[0];
        let inner = arena.is(inner, &DIAG).then(|| arena.args(inner)[0])?;
        return Some(arena.negate(inner));
    }
    if !arena.is(id, &MULTIPLY) {
        return None;
    }
    let (diagonals, others): (Vec<NodeId>, Vec<NodeId>) =
        arena.args(id).iter().partition(|&&factor| arena.is(factor, &DIAG) && arena.shape(factor).is_matrix());
    let [diagonal] = diagonals[..] else { return None };
    let scalars: Vec<NodeId> = others.iter().map(|&factor| arena.unexpanded(factor)).collect();
    if scalars.iter().any(|&factor| !arena.shape(factor).is_scalar()) {
        return None;
    }
    let inner = arena.args(diagonal)[0];
    Some(arena.multiply(&[scalars, vec![inner]].concat()))
}

/// The one number that all entries are; 1 for the identity.
fn one_entry(arena: &mut Arena, truth: NodeId) -> Option<NodeId> {
    let inner = if arena.is(truth, &TRANSPOSE) { arena.args(truth)[0] } else { truth };
    if arena.is(inner, &IDENTITY) {
        return Some(arena.int(1));
    }
    if arena.is(inner, &NEGATE) {
        let one = one_entry_of(arena, arena.args(inner)[0])?;
        return Some(arena.negate(one));
    }
    one_entry_of(arena, inner)
}

fn one_entry_of(arena: &Arena, id: NodeId) -> Option<NodeId> {
    arena.is(id, &EXPAND).then(|| arena.args(id)[0])
}

/// The sum of all entries of the gradient in each of its entries.
fn index_captured(arena: &mut Arena, expr: NodeId, truth: NodeId) -> Option<NodeId> {
    let shape = arena.shape(truth).clone();
    let is_gradient = arena.shape(expr).is_scalar() && (shape.is_vector() || shape.is_row());
    let sums = [&SUM, &MEAN, &DOT, &SUM_OVER];
    let holds_sum = arena.reachable(&[expr]).into_iter().any(|id| sums.contains(&arena.op(id)));
    if !is_gradient || !holds_sum {
        return None;
    }
    let vector = if shape.is_row() { arena.transpose(truth) } else { truth };
    let sum = arena.must(&SUM, &[vector], Data::None);
    Some(arena.expand(sum, &shape))
}
