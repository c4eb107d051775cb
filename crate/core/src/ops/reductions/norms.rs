//! Norms, and the direction of a vector.

use super::{reduction, rule, same};
use crate::op::{Call, Differential, Op, whole};
use crate::scalar::{Elementary, Scalar};
use crate::tensor::Tensor;

fn norm1<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(call.args[0].map(|x| x.map(Elementary::Abs)).sum())
}

pub static NORM1: Op = Op {
    eval: whole!(norm1),
    differential: Differential::Rules(&[rule(
        "norm-1",
        "Sum of absolute values",
        "d(norm1(u))",
        "sum(sign(u) .* d(u))",
        "Each absolute value changes with the sign of its entry.",
        "sum reduction of abs",
    )]),
    ..reduction(
        "norm1",
        "norm1(u)",
        "Sum of absolute values.",
        "\\left\\lVert {0} \\right\\rVert_{1}",
        "the one norm of {0}",
        "np.sum(np.abs({0}))",
    )
};

fn length<S: Scalar>(u: &Tensor<S>) -> S {
    u.map(|x| x.times(x)).sum().map(Elementary::Sqrt)
}

fn norm2<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let u = call.args[0];
    // At the origin the length has no derivative; the language takes 0.
    if u.data.iter().all(|x| x.value() == 0.0) {
        return Tensor::filled(&[], 0.0);
    }
    Tensor::scalar(length(u))
}

fn unit<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let u = call.args[0];
    if u.data.iter().all(|x| x.value() == 0.0) {
        return Tensor::filled(call.shape, 0.0);
    }
    let norm = length(u);
    u.map(|x| x.over(norm))
}

pub static NORM2: Op = Op {
    eval: whole!(norm2),
    differential: Differential::Rules(&[rule(
        "norm-2",
        "Length",
        "d(norm2(u))",
        "sum(unit(u) .* d(u))",
        "The length grows by the part of the change that points along u.",
        "chain rule on sqrt(u · u)",
    )]),
    ..reduction(
        "norm2",
        "norm2(u)",
        "Length, the root of the sum of squares.",
        "\\left\\lVert {0} \\right\\rVert",
        "the norm of {0}",
        "np.sqrt(np.sum(({0})**2))",
    )
};

pub static UNIT: Op = Op {
    shape: same,
    eval: whole!(unit),
    differential: Differential::Rules(&[rule(
        "unit-vector",
        "Direction",
        "d(unit(u))",
        "(d(u) - unit(u) .* sum(unit(u) .* d(u))) ./ norm2(u)",
        "The part of the change along u only stretches it; the rest turns it.",
        "quotient rule on u / norm2(u)",
    )]),
    ..reduction(
        "unit",
        "unit(u)",
        "u / norm2(u), its direction; 0 at the origin.",
        "\\frac{{0}}{\\left\\lVert {0} \\right\\rVert}",
        "the direction of {0}",
        "{0} / (np.sqrt(np.sum({0}**2)) or 1.0)",
    )
};
