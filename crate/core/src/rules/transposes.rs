//! Transposes: pushed inwards where that removes one, never left standing twice.

use super::assumed::is_symmetric;
use super::{At, Tidying, among};
use crate::expr::{Arena, NodeId};
use crate::op::Data;
use crate::ops::arithmetic::{ADD, EXPAND, MULTIPLY, NEGATE};
use crate::ops::build::{DIAG, GRID, IDENTITY, TRACE};
use crate::ops::linalg::{ADJ, DET, INV, LOGDET, MATRIX_POWER};
use crate::ops::products::{PRODUCT, TRANSPOSE};
use crate::shape::{Dim, Shape};

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "transpose-of-product",
        title: "Transpose of a product",
        from: "(x' * A)'",
        to: "A' * x",
        given: "A: [n,k], x: [n]",
        why: "Transposing reverses the order of the factors.",
        source: "Magnus & Neudecker 1.4",
        housekeeping: false,
        at: At::Ops(&[&TRANSPOSE]),
        among: among::ANYTHING,
        apply: of_product,
    },
    Tidying {
        id: "transpose-of-sum",
        title: "Transpose of a sum",
        from: "(x' + y')'",
        to: "x + y",
        given: "",
        why: "A sum is transposed term by term.",
        source: "Magnus & Neudecker 1.4",
        housekeeping: true,
        at: At::Ops(&[&TRANSPOSE]),
        among: among::ANYTHING,
        apply: of_sum,
    },
    Tidying {
        id: "transpose-of-inverse",
        title: "Inverse of a transpose",
        from: "inv(A')",
        to: "inv(A)'",
        given: "A: [n,n]",
        why: "Transposing and inverting may be done in either order.",
        source: "Magnus & Neudecker 1.6",
        housekeeping: true,
        at: At::Ops(&[&DET, &LOGDET, &TRACE, &INV, &ADJ, &MATRIX_POWER]),
        among: among::ANYTHING,
        apply: outwards,
    },
    Tidying {
        id: "symmetric-as-it-stands",
        title: "A diagonal is its own transpose",
        from: "diag(x)'",
        to: "diag(x)",
        given: "",
        why: "Mirroring at the diagonal leaves a diagonal matrix as it is.",
        source: "Magnus & Neudecker 1.4",
        housekeeping: true,
        at: At::Ops(&[&TRANSPOSE]),
        among: among::ANYTHING,
        apply: of_symmetric,
    },
];

/// So many nodes of a top layer are looked at (shared parts each time they are used); in a larger one nothing is moved.
const MOST_LOOKED_AT: usize = 256;

/// How many transposes stand in a node's top layer: those that pushing one more inwards would remove count negative.
fn gain(arena: &Arena, id: NodeId) -> i32 {
    let scalar_like = |a: NodeId| arena.unexpanded(a) != a || arena.is(a, &IDENTITY);
    let mut open = vec![id];
    let mut total = 0;
    for _ in 0..MOST_LOOKED_AT {
        let Some(id) = open.pop() else { return total };
        if arena.is(id, &TRANSPOSE) {
            total += 1;
        } else if scalar_like(id) || (arena.is(id, &DIAG) && arena.shape(id).is_matrix()) {
            continue;
        } else if [&ADD, &MULTIPLY, &NEGATE, &PRODUCT].contains(&arena.op(id)) {
            open.extend_from_slice(arena.args(id));
        } else {
            total -= 1;
        }
    }
    -1
}

fn of_product(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let inner = under_transpose(arena, id)?;
    if !arena.is(inner, &PRODUCT) {
        return None;
    }
    let args = arena.args(inner).to_vec();
    // The outer transpose goes; that pays unless more come in inside. Products of matrices are always turned round:
    // B' X' A' is what a person expects of (A X B)'.
    let matrices = args.iter().all(|&a| arena.shape(a).is_matrix() && !is_thin(arena, a)) && !is_thin(arena, inner);
    // A row as a column reads best as A' x.
    if gain(arena, inner) < 0 && !matrices && !arena.shape(inner).is_row() {
        return None;
    }
    let turned: Vec<NodeId> = args.iter().rev().map(|&a| arena.transpose(a)).collect();
    let mut result = turned[0];
    for &t in &turned[1..] {
        result = arena.product(result, t).ok()?;
    }
    (arena.shape(result) == arena.shape(id)).then_some(result)
}

/// A row, a column, or a matrix of one column.
fn is_thin(arena: &Arena, id: NodeId) -> bool {
    arena.shape(id).0.contains(&Dim::Size(1))
}

fn under_transpose(arena: &Arena, id: NodeId) -> Option<NodeId> {
    arena.is(id, &TRANSPOSE).then(|| arena.args(id)[0])
}

fn of_sum(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let inner = under_transpose(arena, id)?;
    let node = arena.get(inner).clone();
    // A row as a column is worth it even where no transpose goes.
    let pays = gain(arena, inner) > 0 || arena.shape(inner).is_row();
    if ![&ADD, &MULTIPLY, &NEGATE].contains(&node.op) || !pays {
        return None;
    }
    let turned: Vec<NodeId> = node.args.iter().map(|&a| turn(arena, a)).collect();
    // Of size 1 a row, a column and a matrix turn into one another.
    if turned.iter().any(|&t| arena.shape(t) != arena.shape(turned[0])) {
        return None;
    }
    Some(if node.op == &ADD {
        arena.add(&turned)
    } else if node.op == &MULTIPLY {
        arena.multiply(&turned)
    } else {
        arena.negate(turned[0])
    })
}

/// The transpose, of an expanded scalar as an expanded scalar.
fn turn(arena: &mut Arena, id: NodeId) -> NodeId {
    let scalar = arena.unexpanded(id);
    let turned = arena.transpose(id);
    if scalar == id {
        return turned;
    }
    let shape = arena.shape(turned).clone();
    arena.expand(scalar, &shape)
}

fn of_symmetric(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let inner = under_transpose(arena, id)?;
    if is_symmetric(arena, inner, false) {
        return Some(inner);
    }
    let scalar = arena.unexpanded(inner);
    if scalar != inner && arena.shape(inner).is_row() {
        let n = arena.shape(inner).0[1];
        return Some(arena.must(&EXPAND, &[scalar], Data::Shape(Shape::vector(n))));
    }
    if scalar != inner && arena.shape(inner).is_matrix() {
        let shape = arena.shape(id).clone();
        return Some(arena.expand(scalar, &shape));
    }
    if let (true, Data::Grid(rows, columns)) = (arena.is(inner, &GRID), arena.get(inner).data.clone()) {
        let args = arena.args(inner).to_vec();
        let turned: Vec<NodeId> =
            (0..columns).flat_map(|c| (0..rows).map(move |r| r * columns + c)).map(|k| args[k]).collect();
        return Some(arena.must(&GRID, &turned, Data::Grid(columns, rows)));
    }
    None
}

/// `inv(A')`, `adj(A')`, `(A')^k` as transposes; `det(A')`, `tr(A')` without one.
fn outwards(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let op = arena.op(id);
    let inner = under_transpose(arena, *arena.args(id).first()?)?;
    if [&DET, &LOGDET, &TRACE].contains(&op) {
        return arena.make(op, &[inner], Data::None).ok();
    }
    if ![&INV, &ADJ, &MATRIX_POWER].contains(&op) {
        return None;
    }
    let data = arena.get(id).data.clone();
    let turned = arena.make(op, &[inner], data).ok()?;
    Some(arena.transpose(turned))
}
