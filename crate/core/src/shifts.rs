//! Index terms with a shift, the tensor `δ(p + o, q)` that a component `x[i+1]` brings where its index runs less far than
//! the vector is long: contracted with a vector it is that vector between zeros.

use crate::expr::{Arena, NodeId, Place};
use crate::op::{Data, Label};
use crate::ops::build::{STACK, TENSOR};
use crate::ops::leaves::DELTA;
use crate::shape::{Dim, Formula, Shape};
use crate::terms::Term;

/// Contracts shifts with the vectors beside them. Labels below `free` are not summed over.
pub fn contract(arena: &mut Arena, term: &mut Term, free: usize) {
    while (0..term.factors.len()).any(|at| contract_one(arena, term, at, free)) {}
}

/// The offset, where a factor is a shift.
fn offset(arena: &Arena, node: NodeId) -> Option<u64> {
    let Data::Binds(bound) = &arena.get(node).data else { return None };
    let (&[p, q], true) = (&bound[..], arena.is(node, &TENSOR)) else { return None };
    let body = arena.args(node)[0];
    match &arena.get(body).data {
        Data::Subscripts(places) if arena.is(body, &DELTA) => match places[..] {
            [Some(Place::Index(first, offset)), Some(Place::Index(second, 0))] if (first, second) == (p, q) => {
                u64::try_from(offset).ok()
            }
            _ => None,
        },
        _ => None,
    }
}

fn contract_one(arena: &mut Arena, term: &mut Term, at: usize, free: usize) -> bool {
    let (node, labels) = term.factors[at].clone();
    let (Some(offset), &[short, long]) = (offset(arena, node), &labels[..]) else { return false };
    let carries = |label: Label, k: usize| k != at && term.factors[k].1.contains(&label);
    let others: Vec<usize> = (0..term.factors.len()).filter(|&k| carries(short, k)).collect();
    if short < free || others.iter().any(|&k| term.factors[k].1 != [short]) {
        return false;
    }
    let vectors: Vec<NodeId> = others.iter().map(|&k| term.factors[k].0).collect();
    let sizes = arena.shape(node).0.clone();
    let vector = if vectors.is_empty() { arena.ones(&Shape::vector(sizes[0])) } else { arena.multiply(&vectors) };
    let before = Formula::whole(offset as i64);
    let after = arena.dims.formula(sizes[1]).plus(&arena.dims.formula(sizes[0]), -1).plus(&before, -1);
    if !after.is_zero() && !after.can_be_a_size() {
        return false;
    }
    let mut blocks: Vec<NodeId> = zeros(arena, &before).into_iter().collect();
    blocks.push(vector);
    blocks.extend(zeros(arena, &after));
    let padded = arena.must(&STACK, &blocks, Data::None);
    let gone: Vec<usize> = others.into_iter().chain([at]).collect();
    let mut place = 0;
    term.factors.retain(|_| {
        place += 1;
        !gone.contains(&(place - 1))
    });
    term.summed.remove(&short);
    term.factors.push((padded, vec![long]));
    true
}

/// So many zeros; a single one is the number.
fn zeros(arena: &mut Arena, count: &Formula) -> Option<NodeId> {
    if count.is_zero() {
        return None;
    }
    match arena.dims.of_formula(count) {
        Dim::Size(1) => Some(arena.int(0)),
        dim => Some(arena.zeros(&Shape::vector(dim))),
    }
}
