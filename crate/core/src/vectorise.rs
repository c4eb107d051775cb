//! From entries to whole vectors: `sin(x[i])`, over i, is `sin(x)`; `w[i] * x[i]` is `w ⊙ x`.

use crate::expr::{Arena, IndexId, NodeId, Place};
use crate::map::Map;
use crate::op::{Data, Eval};
use crate::ops;
use crate::shape::Shape;

/// A node with free bound indices as a tensor whose first axes are these indices, in the order returned.
pub fn lift(arena: &mut Arena, node: NodeId) -> (NodeId, Vec<IndexId>) {
    let indices = arena.get(node).free.clone();
    if let Some(base) = plain_component(arena, node) {
        return base;
    }
    if let [index] = indices[..]
        && let Some(vector) = vectorise(arena, node, index)
    {
        return (vector, indices);
    }
    // Entry by entry, own axes last.
    let own: Vec<IndexId> =
        arena.shape(node).0.clone().iter().enumerate().map(|(k, &d)| arena.new_index(&format!("a_{k}"), d)).collect();
    let mut body = node;
    if !own.is_empty() {
        let places = own.iter().map(|&i| Some(Place::Index(i, 0))).collect();
        body = arena.must(&ops::build::PICK, &[node], Data::Subscripts(places));
    }
    let axes = indices.iter().copied().chain(own).collect();
    (ops::build::tensor(arena, axes, body), indices)
}

/// `A[i, j]` with distinct plain indices is `A` itself, its axes in that order.
fn plain_component(arena: &Arena, node: NodeId) -> Option<(NodeId, Vec<IndexId>)> {
    let Data::Subscripts(places) = &arena.get(node).data else { return None };
    if !arena.is(node, &ops::build::PICK) {
        return None;
    }
    let base = arena.args(node)[0];
    let mut axes = Vec::new();
    for (place, &dim) in places.iter().zip(&arena.shape(base).0) {
        let whole = |i: &IndexId| arena.dims.resolve(arena.indices[i.0 as usize].dim) == arena.dims.resolve(dim);
        match place {
            Some(Place::Index(i, 0)) if !axes.contains(i) && whole(i) => axes.push(*i),
            _ => return None,
        }
    }
    arena.get(base).free.is_empty().then_some((base, axes))
}

/// A scalar with one free index as a vector over that index; `None` where only entries can say it.
pub fn vectorise(arena: &mut Arena, root: NodeId, index: IndexId) -> Option<NodeId> {
    let dim = arena.indices[index.0 as usize].dim;
    let shape = Shape::vector(arena.dims.resolve(dim));
    let mut vector: Map<NodeId, NodeId> = Map::default();
    for id in arena.reachable(&[root]) {
        let node = arena.get(id).clone();
        if !node.free.contains(&index) {
            continue;
        }
        if node.free.len() > 1 || !node.shape.is_scalar() {
            continue; // only what the root needs must have a vector; that is looked at where it is used
        }
        if let Some((base, axes)) = plain_component(arena, id) {
            if axes == [index] && arena.dims.resolve_shape(arena.shape(base)) == shape {
                vector.insert(id, base);
            }
            continue;
        }
        let is_entrywise = matches!(node.op.eval, Eval::Map(_) | Eval::Map2(_))
            || [&ops::arithmetic::ADD, &ops::arithmetic::MULTIPLY, &ops::elementwise::CASES].contains(&node.op);
        if is_entrywise {
            let args: Option<Vec<NodeId>> = node
                .args
                .iter()
                .map(|a| {
                    if arena.get(*a).free.is_empty() { Some(arena.expand(*a, &shape)) } else { vector.get(a).copied() }
                })
                .collect();
            if let Some(args) = args {
                let made = if node.op == &ops::arithmetic::ADD {
                    arena.add(&args)
                } else if node.op == &ops::arithmetic::MULTIPLY {
                    arena.multiply(&args)
                } else {
                    arena.make(node.op, &args, node.data.clone()).ok()?
                };
                vector.insert(id, made);
            }
            continue;
        }
        if let Some(made) = row_times_vector(arena, id, index) {
            vector.insert(id, made);
        }
    }
    vector.get(&root).copied()
}

/// `sum(j, 1, n, A[i,j] * v[j])`, `A[i,:] · v` and their mirror images, over i: `A * v`.
fn row_times_vector(arena: &mut Arena, node: NodeId, index: IndexId) -> Option<NodeId> {
    let args = arena.args(node).to_vec();
    let (matrix, vector) = if arena.is(node, &ops::products::DOT) {
        let is_row = |a: &NodeId| arena.get(*a).free.contains(&index);
        let (row, other) = if is_row(&args[0]) { (args[0], args[1]) } else { (args[1], args[0]) };
        if !arena.get(other).free.is_empty() || !arena.is(row, &ops::build::PICK) {
            return None;
        }
        let base = arena.args(row)[0];
        match &arena.get(row).data {
            Data::Subscripts(p) if p[..] == [Some(Place::Index(index, 0)), None] => (base, other),
            Data::Subscripts(p) if p[..] == [None, Some(Place::Index(index, 0))] => (arena.transpose(base), other),
            _ => return None,
        }
    } else if arena.is(node, &ops::build::SUM_OVER) && arena.is(args[0], &ops::arithmetic::MULTIPLY) {
        let Data::Binds(bound) = arena.get(node).data.clone() else { return None };
        let inner = *bound.first()?;
        let factors = arena.args(args[0]).to_vec();
        let at = factors.iter().position(|&f| arena.get(f).free.contains(&index))?;
        let (base, axes) = plain_component(arena, factors[at])?;
        let rest: Vec<NodeId> = factors.iter().enumerate().filter(|(k, _)| *k != at).map(|(_, &f)| f).collect();
        let rest = arena.multiply(&rest);
        if arena.get(rest).free != [inner] {
            return None;
        }
        let vector = vectorise(arena, rest, inner)?;
        if axes == [index, inner] {
            (base, vector)
        } else if axes == [inner, index] {
            (arena.transpose(base), vector)
        } else {
            return None;
        }
    } else {
        return None;
    };
    arena.product(matrix, vector).ok()
}
