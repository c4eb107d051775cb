//! Functions that work entry by entry: value, rule, notation and domain, a static each.

pub mod activation;
pub mod exponential;
pub mod hyperbolic;
pub mod trigonometric;

pub use activation::{ABS, RELU, SIGMOID, SIGN, SOFTPLUS, STEP};
pub use exponential::{CBRT, ERF, EXP, EXPM1, LOG, LOG1P, LOG2, LOG10, SQRT};
pub use hyperbolic::{ACOSH, ASINH, ATANH, COSH, SINH, TANH};
pub use trigonometric::{ACOS, ASIN, ATAN, COS, COT, CSC, SEC, SIN, TAN};

use crate::op::{Call, Data, Differential, Eval, Notation, Op, Sample, Typed, whole};
use crate::ops::arithmetic::{entrywise, same_shape};
use crate::rule::{Rule, always};
use crate::scalar::{Elementary, Elementary2, Scalar};
use crate::shape::Shape;
use crate::tensor::Tensor;

pub static OPS: &[&Op] = &[&GREATER, &LESS, &GREATER_EQUAL, &LESS_EQUAL, &MAX, &MIN, &CASES];

/// What distinguishes one function of one argument from another.
struct Row {
    name: &'static str,
    aliases: &'static [&'static str],
    usage: &'static str,
    about: &'static str,
    computes: Elementary,
    latex: &'static str,
    spoken: &'static str,
    numpy: &'static str,
    sample: Sample,
    kinks: &'static [f64],
}

const fn function(row: Row, differential: Differential) -> Op {
    Op {
        name: row.name,
        aliases: row.aliases,
        usage: row.usage,
        about: row.about,
        typed: Typed::Call { least: 1, most: 1 },
        shape: same_shape,
        eval: Eval::Map(row.computes),
        differential,
        index: None,
        notation: Notation::Call { latex: row.latex, spoken: row.spoken, numpy: row.numpy },
        sample: row.sample,
        kinks: row.kinks,
    }
}

const fn comparison(name: &'static str, usage: &'static str, about: &'static str, computes: Elementary2) -> Op {
    Op {
        name,
        aliases: &[],
        usage,
        about,
        typed: Typed::Notation,
        shape: same_shape,
        eval: Eval::Map2(computes),
        differential: Differential::Zero(&[]),
        index: None,
        notation: Notation::Printer,
        sample: Sample::Real,
        kinks: &[],
    }
}

pub static GREATER: Op = comparison("greater", "a > b", "1 where a > b, else 0.", Elementary2::Greater);
pub static LESS: Op = comparison("less", "a < b", "1 where a < b, else 0.", Elementary2::Less);
pub static GREATER_EQUAL: Op =
    comparison("greater-equal", "a >= b", "1 where a >= b, else 0.", Elementary2::GreaterEqual);
pub static LESS_EQUAL: Op = comparison("less-equal", "a <= b", "1 where a <= b, else 0.", Elementary2::LessEqual);

/// The larger of two, entry by entry. (With a constant 0 the text becomes `relu`: see infer.)
pub static MAX: Op = Op {
    typed: Typed::Call { least: 2, most: 2 },
    notation: Notation::Call {
        latex: "\\max\\left({0}, {1}\\right)",
        spoken: "the maximum of {0} and {1}",
        numpy: "np.maximum({0}, {1})",
    },
    differential: Differential::Rules(&[Rule {
        id: "maximum",
        title: "Larger of two (piecewise)",
        from: "d(max(u, v))",
        to: "cases(u >= v, d(u), d(v))",
        given: "u: [], v: []",
        why: "Only the larger one moves the result; at a tie we follow the first.",
        source: "Parr & Howard 4.2",
        applies: always,
    }]),
    ..comparison("max", "max(a, b)", "The larger of two, entry by entry.", Elementary2::Max)
};

/// The smaller of two, entry by entry.
pub static MIN: Op = Op {
    typed: Typed::Call { least: 2, most: 2 },
    notation: Notation::Call {
        latex: "\\min\\left({0}, {1}\\right)",
        spoken: "the minimum of {0} and {1}",
        numpy: "np.minimum({0}, {1})",
    },
    differential: Differential::Rules(&[Rule {
        id: "minimum",
        title: "Smaller of two (piecewise)",
        from: "d(min(u, v))",
        to: "cases(u <= v, d(u), d(v))",
        given: "u: [], v: []",
        why: "Only the smaller one moves the result; at a tie we follow the first.",
        source: "Parr & Howard 4.2",
        applies: always,
    }]),
    ..comparison("min", "min(a, b)", "The smaller of two, entry by entry.", Elementary2::Min)
};

fn choose<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let [condition, yes, no] = call.args else { return Tensor::filled(call.shape, f64::NAN) };
    let pick = |k: usize| S::choose(condition.data[k], yes.data[k], no.data[k]);
    Tensor::new(call.shape, (0..condition.len()).map(pick).collect())
}

/// Linear in its two alternatives; constant in its condition.
pub static CASES: Op = Op {
    name: "cases",
    aliases: &[],
    usage: "cases(condition, a, b)",
    about: "a where the condition holds (is not 0), else b.",
    typed: Typed::Call { least: 3, most: 3 },
    shape: same_shape,
    eval: whole!(choose),
    differential: Differential::Rules(&[Rule {
        id: "cases",
        title: "Case by case",
        from: "d(cases(c, u, v))",
        to: "cases(c, d(u), d(v))",
        given: "c: [], u: [], v: []",
        why: "On each side of the condition only that side's formula counts.",
        source: "Parr & Howard 5",
        applies: always,
    }]),
    index: Some(|arena, node, arg| {
        let condition = arena.args(node)[0];
        let shape = arena.shape(node).clone();
        let scalar = arena.unexpanded(condition);
        let (condition, shape) =
            if arena.shape(scalar).is_scalar() { (scalar, Shape::SCALAR) } else { (condition, shape) };
        let (one, zero) = (arena.ones(&shape), arena.zeros(&shape));
        let (yes, no) = if arg == 1 { (one, zero) } else { (zero, one) };
        let mask = arena.must(&CASES, &[condition, yes, no], Data::None);
        entrywise(arena, node, vec![mask])
    }),
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};
