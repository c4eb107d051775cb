//! From many entries to one: sums, products, spread, extremes, norms, softmax and its relatives, by family.

mod extremes;
mod norms;
mod products;
mod softmax;
mod spread;
mod sums;

pub use extremes::{FIRST_LARGEST, FIRST_SMALLEST, LARGEST, SMALLEST};
pub use norms::{NORM1, NORM2, UNIT};
pub use products::{PROD, PROD_BUT, PROD_OTHERS, PROD_PAIRS, all_but, left_out};
pub use softmax::{LOGSUMEXP, SOFTMAX};
pub use spread::{STD, VAR};
pub use sums::{COLSUMS, MEAN, ROWSUMS, SUM};

use crate::op::{Data, Differential, Eval, Fault, Notation, Op, Sample, Typed};
use crate::rule::{Rule, always};
use crate::shape::{Dims, Shape};

pub static OPS: &[&Op] = &[
    &SUM,
    &MEAN,
    &ROWSUMS,
    &COLSUMS,
    &PROD,
    &PROD_OTHERS,
    &PROD_PAIRS,
    &PROD_BUT,
    &VAR,
    &STD,
    &LARGEST,
    &SMALLEST,
    &FIRST_LARGEST,
    &FIRST_SMALLEST,
    &NORM1,
    &NORM2,
    &UNIT,
    &LOGSUMEXP,
    &SOFTMAX,
];

fn to_scalar(_: &mut Dims, _: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    Ok(Shape::SCALAR)
}

fn same(_: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    Ok(args[0].clone())
}

/// A function of one argument to a scalar, or of the argument's shape.
const fn reduction(
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    latex: &'static str,
    spoken: &'static str,
    numpy: &'static str,
) -> Op {
    Op {
        name,
        aliases: &[],
        usage,
        about,
        typed: Typed::Call { least: 1, most: 1 },
        shape: to_scalar,
        eval: Eval::Evaluator,
        differential: Differential::Unsupported,
        index: None,
        notation: Notation::Call { latex, spoken, numpy },
        sample: Sample::Real,
        kinks: &[],
    }
}

const fn rule(
    id: &'static str,
    title: &'static str,
    from: &'static str,
    to: &'static str,
    why: &'static str,
    source: &'static str,
) -> Rule {
    Rule { id, title, from, to, given: "", why, source, applies: always }
}
