//! Derivatives not yet taken. They have a numeric meaning (the evaluator gives it by dual numbers), so that a step that
//! still holds one is an equation like any other.

use crate::op::{Data, Differential, Eval, Fault, Notation, Op, Sample, Typed};
use crate::ops::arithmetic::same_shape;
use crate::ops::products::TRANSPOSE;
use crate::shape::{Dim, Dims, Shape};

pub static OPS: &[&Op] = &[&DIFFERENTIAL, &PARTIAL, &TOTAL];

const fn pending(name: &'static str, about: &'static str) -> Op {
    Op {
        name,
        aliases: &[],
        usage: name,
        about,
        typed: Typed::Internal,
        shape: jacobian_shape,
        eval: Eval::Evaluator,
        differential: Differential::Unsupported,
        index: None,
        notation: Notation::Printer,
        sample: Sample::Real,
        kinks: &[],
    }
}

/// The numerator layout of a derivative as a matrix of the language: a scalar's gradient is a row.
/// Orders above that keep the tensor's shape, `value ++ variable`.
fn jacobian_shape(_: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    Ok(match (args[0].order(), args[1].order()) {
        (0, 1) => Shape::matrix(Dim::Size(1), args[1].0[0]),
        _ => args[0].then(args[1]),
    })
}

/// `d(e)`, the differential: of the shape of `e`.
pub static DIFFERENTIAL: Op = Op { shape: same_shape, ..pending("d", "A differential not yet taken.") };
/// `∂v/∂u`: arguments are the value and the variable, other named intermediates held fixed.
pub static PARTIAL: Op = pending("partial", "A partial derivative not yet taken.");
/// `dv/dx` along all paths: named intermediates move with x.
pub static TOTAL: Op = pending("total", "A total derivative not yet taken.");

/// The transpose of one of the two above, as the other layout writes it: with the same sign, and no ᵀ. Only formulas that are
/// shown have them (layout.rs).
pub static PARTIAL_TURNED: Op =
    Op { shape: turned_shape, ..pending("partial-turned", "The transpose of a partial derivative.") };
pub static TOTAL_TURNED: Op =
    Op { shape: turned_shape, ..pending("total-turned", "The transpose of a total derivative.") };

fn turned_shape(dims: &mut Dims, args: &[&Shape], data: &Data) -> Result<Shape, Fault> {
    let shape = jacobian_shape(dims, args, data)?;
    (TRANSPOSE.shape)(dims, &[&shape], data)
}

/// True for nodes that still hold a derivative to be taken.
pub fn is_pending(op: &'static Op, data: &Data) -> bool {
    debug_assert!(matches!(data, Data::None) || op != &PARTIAL);
    op == &DIFFERENTIAL || op == &PARTIAL || op == &TOTAL
}
