//! Numbers, constants, variables, dimensions and bound indices.

use crate::op::{Data, Differential, Eval, Fault, Notation, Op, Sample, Typed};
use crate::rule::{Rule, always};
use crate::shape::{Dims, Shape};

pub static OPS: &[&Op] = &[&NUMBER, &PI, &E, &SYMBOL, &DIMENSION, &INDEX, &DELTA];

fn scalar(_: &mut Dims, _: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    Ok(Shape::SCALAR)
}

const fn leaf(name: &'static str, usage: &'static str, about: &'static str, differential: Differential) -> Op {
    Op {
        name,
        aliases: &[],
        usage,
        about,
        typed: Typed::Notation,
        shape: scalar,
        eval: Eval::Evaluator,
        differential,
        index: None,
        notation: Notation::Printer,
        sample: Sample::Real,
        kinks: &[],
    }
}

/// A number, exact.
pub static NUMBER: Op = leaf(
    "number",
    "3, .5, 1.5e-1",
    "A number.",
    Differential::Zero(&[Rule {
        id: "constant",
        title: "Constant rule",
        from: "d(c)",
        to: "0",
        given: "c: []",
        why: "What does not depend on the variable does not change with it.",
        source: "Parr & Howard 2",
        applies: always,
    }]),
);
pub static PI: Op = leaf("pi", "pi", "The number 3.14159…", Differential::Zero(&[]));
pub static E: Op = leaf("e", "e", "The number 2.71828…", Differential::Zero(&[]));
/// A variable or a named intermediate; its shape is the symbol's.
pub static SYMBOL: Op = leaf("variable", "x, w_1, α", "A variable.", Differential::Zero(&[]));
pub static DIMENSION: Op = leaf("dimension", "n", "A dimension as a number.", Differential::Zero(&[]));
pub static INDEX: Op = leaf("index", "i", "A bound index as a number.", Differential::Zero(&[]));
/// Kronecker's delta of two subscripts (data: two places).
pub static DELTA: Op = Op {
    typed: Typed::Call { least: 2, most: 2 },
    ..leaf("delta", "delta(i, j)", "Kronecker's delta: 1 where i = j, else 0.", Differential::Zero(&[]))
};
