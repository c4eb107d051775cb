//! What the user assumed of a variable: a symmetric matrix is its own transpose, a positive number its own absolute
//! value. A step that uses one says so as its condition.

use super::{At, Tidying, among};
use crate::expr::{Arena, Assumption, NodeId};
use crate::map::Set;
use crate::ops::arithmetic::{ADD, DIVIDE, EXPAND, MULTIPLY, NEGATE, POWER};
use crate::ops::build::{DIAG, IDENTITY};
use crate::ops::elementwise::{ABS, EXP, RELU, SIGMOID, SIGN, SOFTPLUS, SQRT, STEP};
use crate::ops::linalg::{ADJ, DET, INV, MATRIX_POWER};
use crate::ops::products::{PRODUCT, TRANSPOSE};
use crate::ops::reductions::{NORM1, SUM};

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "assumed-symmetric",
        title: "A symmetric matrix is its own transpose",
        from: "A' * x",
        to: "A * x",
        given: "A: [n,n] symmetric, x: [n]",
        why: "Mirroring at the diagonal leaves it as it is.",
        source: "definition of symmetry",
        housekeeping: false,
        at: At::Ops(&[&TRANSPOSE]),
        among: among::ANYTHING,
        apply: symmetric,
    },
    Tidying {
        id: "adjugate-of-invertible",
        title: "Adjugate of an invertible matrix",
        from: "adj(A)",
        to: "det(A) * inv(A)",
        given: "A: [n,n] invertible",
        why: "A times its adjugate is det(A) times the identity.",
        source: "Magnus & Neudecker 1.9",
        housekeeping: false,
        at: At::Ops(&[&ADJ]),
        among: among::ANYTHING,
        apply: invertible,
    },
    Tidying {
        id: "assumed-positive",
        title: "A positive number needs no sign",
        from: "abs(x)",
        to: "x",
        given: "x: [n] positive",
        why: "On the positive side the kink at 0 is out of reach.",
        source: "definition of the absolute value",
        housekeeping: false,
        at: At::Ops(&[&SQRT, &ABS, &SIGN, &RELU, &STEP, &NORM1]),
        among: among::ANYTHING,
        apply: positive,
    },
];

/// True where the node is symmetric: as it is made, or by what is assumed of its variables. A loop over what it is
/// made of; `assumed` tells whether assumptions count.
pub fn is_symmetric(arena: &Arena, root: NodeId, assumed: bool) -> bool {
    let [m, n] = arena.shape(root).0[..] else { return false };
    if m != n {
        return false;
    }
    let mut open = vec![root];
    let mut seen = Set::default();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let op = arena.op(id);
        let given = assumed && arena.is_assumed(id, Assumption::Symmetric);
        let is_diagonal = op == &IDENTITY || (op == &DIAG && arena.shape(id).is_matrix());
        if given
            || is_diagonal
            || arena.shape(id).is_scalar()
            || arena.unexpanded(id) != id
            || mirrors(arena, id, assumed)
        {
            continue;
        }
        let keeps = [&ADD, &NEGATE, &MULTIPLY, &DIVIDE, &POWER, &INV, &ADJ, &MATRIX_POWER, &TRANSPOSE].contains(&op);
        if !keeps || arena.args(id).iter().any(|&a| arena.shape(a).order() == 1) {
            return false;
        }
        open.extend_from_slice(arena.args(id));
    }
    true
}

/// `x * x'`, `A' * A`, `A' * S * A`: a chain that reads the same from both ends.
fn mirrors(arena: &Arena, id: NodeId, assumed: bool) -> bool {
    if !arena.is(id, &PRODUCT) {
        return false;
    }
    let args = arena.args(id);
    let turned = |a: NodeId, b: NodeId| {
        (arena.is(b, &TRANSPOSE) && arena.args(b)[0] == a) || (arena.is(a, &TRANSPOSE) && arena.args(a)[0] == b)
    };
    let pairs = (0..args.len() / 2).all(|k| turned(args[k], args[args.len() - 1 - k]));
    let middle = args[args.len() / 2];
    pairs && (args.len().is_multiple_of(2) || simply_symmetric(arena, middle, assumed))
}

/// For the middle of a chain: symmetric at a glance.
fn simply_symmetric(arena: &Arena, id: NodeId, assumed: bool) -> bool {
    (assumed && arena.is_assumed(id, Assumption::Symmetric))
        || arena.is(id, &IDENTITY)
        || (arena.is(id, &DIAG) && arena.shape(id).is_matrix())
        || (arena.is(id, &INV) && assumed && arena.is_assumed(arena.args(id)[0], Assumption::Symmetric))
}

fn symmetric(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let inner = arena.is(id, &TRANSPOSE).then(|| arena.args(id)[0])?;
    is_symmetric(arena, inner, true).then_some(inner)
}

fn invertible(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let inner = arena.is(id, &ADJ).then(|| arena.args(id)[0])?;
    if !arena.is_assumed(inner, Assumption::Invertible) {
        return None;
    }
    let det = arena.must(&DET, &[inner], crate::op::Data::None);
    let inverse = arena.must(&INV, &[inner], crate::op::Data::None);
    Some(arena.multiply(&[det, inverse]))
}

/// True where every entry is above 0: assumed, or made of such by what keeps it so.
fn is_positive(arena: &Arena, root: NodeId) -> bool {
    let mut open = vec![root];
    let mut seen = Set::default();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let op = arena.op(id);
        if arena.is_assumed(id, Assumption::Positive) || op == &EXP || op == &SIGMOID || op == &SOFTPLUS {
            continue;
        }
        if let Some(n) = arena.number_of(id) {
            if n.is_zero() || n.is_negative() {
                return false;
            }
            continue;
        }
        let base_decides = op == &POWER;
        if ![&ADD, &MULTIPLY, &DIVIDE, &EXPAND, &SQRT, &SUM, &POWER, &TRANSPOSE].contains(&op) {
            return false;
        }
        let args = arena.args(id);
        open.extend_from_slice(if base_decides { &args[..1] } else { args });
    }
    true
}

fn positive(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let op = arena.op(id);
    let inner = *arena.args(id).first()?;
    if op == &SQRT && arena.is(inner, &POWER) {
        let (base, exponent) = (arena.args(inner)[0], arena.args(inner)[1]);
        let is_square = arena.number_of(exponent).and_then(|n| n.whole()) == Some(2);
        return (is_square && assumed_below(arena, base) && is_positive(arena, base)).then_some(base);
    }
    if ![&ABS, &SIGN, &RELU, &STEP, &NORM1].contains(&op) || !assumed_below(arena, inner) || !is_positive(arena, inner)
    {
        return None;
    }
    let shape = arena.shape(id).clone();
    if op == &ABS || op == &RELU {
        Some(inner)
    } else if op == &NORM1 {
        Some(arena.must(&SUM, &[inner], crate::op::Data::None))
    } else {
        Some(arena.ones(&shape))
    }
}

/// The rule is about what the user assumed: what is positive by itself (`abs(exp(x))`) is left as it was typed.
fn assumed_below(arena: &Arena, root: NodeId) -> bool {
    arena.reachable(&[root]).into_iter().any(|id| arena.is_assumed(id, Assumption::Positive))
}

/// The assumption that a rule needs, by the word behind the shape in its `given`.
pub fn needs(rule: &Tidying) -> Option<Assumption> {
    [Assumption::Symmetric, Assumption::Invertible, Assumption::Positive]
        .into_iter()
        .find(|a| rule.given.contains(a.word()))
}
