//! Diagonal matrices, identities and vectors of ones: how Jacobians of element-wise operators multiply.

use super::{At, Tidying, among};
use crate::expr::{Arena, NodeId, Place};
use crate::op::{Data, Eval, Op};
use crate::ops::arithmetic::{ADD, MULTIPLY};
use crate::ops::build::{DIAG, IDENTITY, LIST, PICK, STACK};
use crate::ops::products::{DOT, PRODUCT, TRANSPOSE};
use crate::ops::reductions::SUM;
use crate::shape::Shape;

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "diagonal-of-ones",
        title: "A diagonal of equal entries",
        from: "diag(ones(n))",
        to: "eye(n)",
        given: "",
        why: "The same number down the diagonal is that number times the identity.",
        source: "Parr & Howard 4.3",
        housekeeping: true,
        at: At::Ops(&[&DIAG]),
        among: among::ANYTHING,
        apply: diagonal_of_ones,
    },
    Tidying {
        id: "diagonal-times-diagonal",
        title: "Diagonal times diagonal",
        from: "diag(x) * diag(y)",
        to: "diag(x .* y)",
        given: "",
        why: "Diagonal matrices multiply entry by entry.",
        source: "Parr & Howard 4.5.3",
        housekeeping: false,
        at: At::Ops(&[&PRODUCT]),
        among: among::ANYTHING,
        apply: diagonal_times_diagonal,
    },
    Tidying {
        id: "row-times-diagonal",
        title: "Row times diagonal",
        from: "x' * diag(y)",
        to: "(x .* y)'",
        given: "",
        why: "Each entry of the row is scaled by its own diagonal entry; a row of ones just reads the diagonal off.",
        source: "Parr & Howard 5",
        housekeeping: false,
        at: At::Ops(&[&PRODUCT]),
        among: among::ANYTHING,
        apply: row_times_diagonal,
    },
    Tidying {
        id: "diagonal-times-vector",
        title: "Diagonal times vector",
        from: "diag(x) * y",
        to: "x .* y",
        given: "",
        why: "Each entry of the vector is scaled by its own diagonal entry.",
        source: "Parr & Howard 4.2",
        housekeeping: false,
        at: At::Ops(&[&PRODUCT]),
        among: among::ANYTHING,
        apply: diagonal_times_vector,
    },
    Tidying {
        id: "ones-as-sum",
        title: "A row of ones adds up",
        from: "ones(n)' * x",
        to: "sum(x)",
        given: "x: [n]",
        why: "Multiplying by a row of ones adds all entries.",
        source: "Parr & Howard 4.4",
        housekeeping: false,
        at: At::Ops(&[&DOT, &PRODUCT]),
        among: among::ANYTHING,
        apply: ones_as_sum,
    },
    Tidying {
        id: "row-times-vector",
        title: "Row times vector",
        from: "x' * y",
        to: "x · y",
        given: "",
        why: "A row times a column is the dot product.",
        source: "Parr & Howard 5",
        housekeeping: true,
        at: At::Ops(&[&PRODUCT]),
        among: among::ANYTHING,
        apply: row_times_vector,
    },
    Tidying {
        id: "component-of-product",
        title: "Component of a product",
        from: "(x' * A)' · eye(k)[:,2]",
        to: "(x' * A)'[2]",
        given: "A: [n,k], x: [n]",
        why: "A unit vector picks one component.",
        source: "Parr & Howard 4.1",
        housekeeping: true,
        at: At::Ops(&[&DOT, &PRODUCT]),
        among: among::ANYTHING,
        apply: unit_picks,
    },
    Tidying {
        id: "component-of-list",
        title: "Component of a list",
        from: "[c, d][2]",
        to: "d",
        given: "c: [], d: []",
        why: "The component is written there.",
        source: "language reference",
        housekeeping: true,
        at: At::Ops(&[&PICK]),
        among: among::ANYTHING,
        apply: component_of_list,
    },
    Tidying {
        id: "column-of-transpose",
        title: "Column of a transpose",
        from: "A'[:,2]",
        to: "A[2,:]",
        given: "A: [3,n]",
        why: "The columns of a transpose are the rows of the matrix.",
        source: "definition of the transpose",
        housekeeping: true,
        at: At::Ops(&[&PICK]),
        among: among::ANYTHING,
        apply: column_of_transpose,
    },
    Tidying {
        id: "component-entry-by-entry",
        title: "Component of an element-wise expression",
        from: "(x .* y + exp(x))[2]",
        to: "x[2] * y[2] + exp(x[2])",
        given: "",
        why: "Entry i of an element-wise expression is made of the entries i alone.",
        source: "Parr & Howard 4.2",
        housekeeping: true,
        at: At::Ops(&[&PICK]),
        among: among::ANYTHING,
        apply: component_entry_by_entry,
    },
];

/// Replaces two neighbours in a chain of products; `pair` gives what stands for them. Runs are taken as a whole, from the
/// left, so that a long one is no step for each of its members.
fn neighbours(arena: &mut Arena, id: NodeId, pair: fn(&mut Arena, NodeId, NodeId) -> Option<NodeId>) -> Option<NodeId> {
    if !arena.is(id, &PRODUCT) {
        return None;
    }
    let args = arena.args(id).to_vec();
    let at = (1..args.len()).find(|&at| pair(arena, args[at - 1], args[at]).is_some())?;
    let mut chain = args[..at].to_vec();
    for &next in &args[at..] {
        let made = chain.last().and_then(|&last| pair(arena, last, next));
        match made {
            Some(made) => *chain.last_mut()? = made,
            None => chain.push(next),
        }
    }
    Some(arena.chain(&chain))
}

pub fn under(arena: &Arena, id: NodeId, op: &'static Op) -> Option<NodeId> {
    arena.is(id, op).then(|| arena.args(id)[0])
}

/// `v` of `diag(v)`, a matrix (not the diagonal of one).
fn diagonal(arena: &Arena, id: NodeId) -> Option<NodeId> {
    under(arena, id, &DIAG).filter(|&v| arena.shape(v).is_vector())
}

/// `v` of the row `v'`; ones for a row of ones.
pub fn row(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if let Some(v) = under(arena, id, &TRANSPOSE) {
        return arena.shape(v).is_vector().then_some(v);
    }
    if arena.shape(id).is_row() && arena.unexpanded(id) != id {
        let n = arena.shape(id).0[1];
        let scalar = arena.unexpanded(id);
        return Some(arena.expand(scalar, &Shape::vector(n)));
    }
    None
}

fn diagonal_of_ones(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let v = diagonal(arena, id)?;
    let scalar = arena.unexpanded(v);
    if scalar == v {
        return None;
    }
    let identity = arena.identity(arena.shape(v).0[0]);
    Some(if arena.is_one(scalar) { identity } else { arena.multiply(&[scalar, identity]) })
}

fn diagonal_times_diagonal(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    neighbours(arena, id, |arena, a, b| {
        let (x, y) = (diagonal(arena, a)?, diagonal(arena, b)?);
        let product = arena.multiply(&[x, y]);
        Some(arena.must(&DIAG, &[product], Data::None))
    })
}

fn row_times_diagonal(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    neighbours(arena, id, |arena, a, b| {
        let y = diagonal(arena, b)?;
        // A sum of rows is a row as well.
        let sum = arena.is(a, &ADD) && arena.shape(a).is_row();
        let x = if sum { arena.transpose(a) } else { row(arena, a)? };
        let product = if arena.is_one(x) { y } else { arena.multiply(&[x, y]) };
        Some(arena.transpose(product))
    })
}

fn diagonal_times_vector(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    // In front of a longer chain that ends in a vector it scales what the rest of the chain gives.
    if arena.is(id, &PRODUCT) && arena.shape(id).is_vector() && arena.args(id).len() > 2 {
        let args = arena.args(id).to_vec();
        if let Some(x) = diagonal(arena, args[0]) {
            let rest = arena.chain(&args[1..]);
            return arena.shape(rest).is_vector().then(|| arena.multiply(&[x, rest]));
        }
    }
    neighbours(arena, id, |arena, a, b| {
        let x = diagonal(arena, a)?;
        if !arena.shape(b).is_vector() {
            return None;
        }
        Some(if arena.is_one(b) { x } else { arena.multiply(&[x, b]) })
    })
}

fn ones_as_sum(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if arena.is(id, &DOT) {
        let args = arena.args(id).to_vec();
        let at = args.iter().position(|&a| arena.is_one(a))?;
        return Some(arena.must(&SUM, &[args[1 - at]], Data::None));
    }
    neighbours(arena, id, |arena, a, b| {
        let x = row(arena, a)?;
        (arena.is_one(x) && arena.shape(b).is_vector()).then(|| arena.must(&SUM, &[b], Data::None))
    })
}

fn row_times_vector(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let [left, right] = arena.args(id)[..] else { return None };
    if !arena.is(id, &PRODUCT) || !arena.shape(id).is_scalar() || !arena.shape(right).is_vector() {
        return None;
    }
    let x = row(arena, left)?;
    arena.make(&DOT, &[x, right], Data::None).ok()
}

/// `k` where the node is column k of an identity.
pub fn unit(arena: &Arena, id: NodeId) -> Option<u64> {
    let base = under(arena, id, &PICK)?;
    match &arena.get(id).data {
        Data::Subscripts(p) if arena.is(base, &IDENTITY) => match p[..] {
            [None, Some(Place::Fixed(k))] | [Some(Place::Fixed(k)), None] => Some(k),
            _ => None,
        },
        _ => None,
    }
}

fn component(arena: &mut Arena, vector: NodeId, k: u64) -> NodeId {
    if arena.is(vector, &LIST) {
        return arena.args(vector)[k as usize - 1];
    }
    let scalar = arena.unexpanded(vector);
    if scalar != vector {
        return scalar;
    }
    arena.must(&PICK, &[vector], Data::Subscripts(vec![Some(Place::Fixed(k))]))
}

fn unit_picks(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if arena.is(id, &DOT) {
        let args = arena.args(id).to_vec();
        let at = args.iter().position(|&a| unit(arena, a).is_some())?;
        let k = unit(arena, args[at])?;
        return Some(component(arena, args[1 - at], k));
    }
    neighbours(arena, id, |arena, a, b| {
        if let Some(k) = unit(arena, b) {
            if let Some(v) = row(arena, a) {
                return Some(component(arena, v, k));
            }
            if !arena.shape(a).is_matrix() || arena.shape(a).is_row() || arena.is(a, &IDENTITY) {
                return None;
            }
            return Some(arena.must(&PICK, &[a], Data::Subscripts(vec![None, Some(Place::Fixed(k))])));
        }
        let e = under(arena, a, &TRANSPOSE)?;
        let k = unit(arena, e)?;
        if arena.shape(b).is_vector() {
            return Some(component(arena, b, k));
        }
        if arena.shape(b).is_row() || !arena.shape(b).is_matrix() {
            return None;
        }
        let row = arena.must(&PICK, &[b], Data::Subscripts(vec![Some(Place::Fixed(k)), None]));
        Some(arena.transpose(row))
    })
}

fn component_of_list(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let base = under(arena, id, &PICK)?;
    let Data::Subscripts(places) = arena.get(id).data.clone() else { return None };
    let [Some(Place::Fixed(k))] = places[..] else { return None };
    let simple = arena.is(base, &LIST) || arena.unexpanded(base) != base;
    let whole_stack = arena.is(base, &STACK) && arena.args(base).iter().all(|&a| arena.shape(a).is_scalar());
    if whole_stack {
        return Some(arena.args(base)[k as usize - 1]);
    }
    simple.then(|| component(arena, base, k))
}

fn component_entry_by_entry(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let base = under(arena, id, &PICK)?;
    let Data::Subscripts(places) = arena.get(id).data.clone() else { return None };
    let [Some(Place::Fixed(k))] = places[..] else { return None };
    if let Some(one) = unit(arena, base) {
        return Some(arena.int(i64::from(one == k)));
    }
    let node = arena.get(base).clone();
    let entrywise = matches!(node.op.eval, Eval::Map(_) | Eval::Map2(_)) || [&ADD, &MULTIPLY].contains(&node.op);
    if !entrywise {
        return None;
    }
    let args: Vec<NodeId> = node.args.iter().map(|&a| component(arena, a, k)).collect();
    if node.op == &ADD {
        Some(arena.add(&args))
    } else if node.op == &MULTIPLY {
        Some(arena.multiply(&args))
    } else {
        arena.make(node.op, &args, node.data).ok()
    }
}

fn column_of_transpose(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let base = under(arena, id, &PICK)?;
    let inner = under(arena, base, &TRANSPOSE)?;
    let Data::Subscripts(places) = arena.get(id).data.clone() else { return None };
    if !arena.shape(inner).is_matrix() || places.len() != 2 {
        return None;
    }
    arena.make(&PICK, &[inner], Data::Subscripts(vec![places[1], places[0]])).ok()
}
