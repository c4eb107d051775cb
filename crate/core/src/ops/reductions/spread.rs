//! Variance and standard deviation.

use super::{reduction, rule};
use crate::op::{Call, Differential, Op, whole};
use crate::scalar::{Elementary, Scalar};
use crate::tensor::Tensor;

fn centred<S: Scalar>(u: &Tensor<S>) -> Tensor<S> {
    let mean = u.sum().over(S::from_f64(u.len() as f64));
    u.map(|x| x.minus(mean))
}

fn variance<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let squares = centred(call.args[0]).map(|x| x.times(x));
    Tensor::scalar(squares.sum().over(S::from_f64(squares.len() as f64)))
}

fn deviation<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    variance(call).map(|v| v.map(Elementary::Sqrt))
}

pub static VAR: Op = Op {
    eval: whole!(variance),
    differential: Differential::Rules(&[rule(
        "variance",
        "Variance",
        "d(var(u))",
        "2 * mean((u - mean(u)) .* d(u))",
        "The mean of squares, by the power rule; the mean's own change averages out.",
        "chain rule on mean((u - mean(u)).^2)",
    )]),
    ..reduction(
        "var",
        "var(u)",
        "Variance of the entries (divided by n).",
        "\\operatorname{var}\\left({0}\\right)",
        "the variance of {0}",
        "np.var({0})",
    )
};

pub static STD: Op = Op {
    eval: whole!(deviation),
    differential: Differential::Rules(&[rule(
        "standard-deviation",
        "Standard deviation",
        "d(std(u))",
        "sum(unit(u - mean(u)) .* d(u)) / sqrt(sum(u.^0))",
        "It is the length of u - mean(u) over the root of the number of entries.",
        "chain rule on norm2(u - mean(u)) / sqrt(n)",
    )]),
    ..reduction(
        "std",
        "std(u)",
        "Standard deviation of the entries.",
        "\\operatorname{std}\\left({0}\\right)",
        "the standard deviation of {0}",
        "np.std({0})",
    )
};
