//! Activations of neurons, and what has a kink or a jump at 0.

use super::{Row, function};
use crate::op::{Differential, Op, Sample};
use crate::rule::{Rule, always};
use crate::scalar::Elementary;

pub static OPS: &[&Op] = &[&ABS, &SIGN, &RELU, &SIGMOID, &SOFTPLUS, &STEP];

pub static ABS: Op = function(
    Row {
        name: "abs",
        aliases: &[],
        usage: "abs(u)",
        about: "Absolute value.",
        computes: Elementary::Abs,
        latex: "\\left\\lvert {0} \\right\\rvert",
        spoken: "the absolute value of {0}",
        numpy: "np.abs({0})",
        sample: Sample::Real,
        kinks: &[0.0],
    },
    Differential::Rules(&[Rule {
        id: "abs",
        title: "Absolute value (piecewise)",
        from: "d(abs(u))",
        to: "sign(u) .* d(u)",
        given: "u: []",
        why: "Right of 0 it rises with slope 1, left of it with −1; at 0 we take 0.",
        source: "Parr & Howard 5, piecewise",
        applies: always,
    }]),
);

pub static SIGN: Op = function(
    Row {
        name: "sign",
        aliases: &[],
        usage: "sign(u)",
        about: "1, 0 or −1.",
        computes: Elementary::Sign,
        latex: "\\operatorname{sign}\\left({0}\\right)",
        spoken: "the sign of {0}",
        numpy: "np.sign({0})",
        sample: Sample::Real,
        kinks: &[0.0],
    },
    Differential::Zero(&[Rule {
        id: "sign-flat",
        title: "Sign (flat)",
        from: "d(sign(u))",
        to: "0 * d(u)",
        given: "u: []",
        why: "It is flat on both sides of 0; at 0 we take 0.",
        source: "language reference, at kinks",
        applies: always,
    }]),
);

pub static RELU: Op = function(
    Row {
        name: "relu",
        aliases: &[],
        usage: "relu(u)",
        about: "The rectifier max(0, u).",
        computes: Elementary::Relu,
        latex: "\\max\\left(0, {0}\\right)",
        spoken: "relu of {0}",
        numpy: "np.maximum(0, {0})",
        sample: Sample::Real,
        kinks: &[0.0],
    },
    Differential::Rules(&[Rule {
        id: "relu",
        title: "Rectifier (piecewise)",
        from: "d(relu(u))",
        to: "step(u) .* d(u)",
        given: "u: []",
        why: "Where u > 0 it passes the change on, elsewhere it blocks it; at 0 we take 0.",
        source: "Parr & Howard 5",
        applies: always,
    }]),
);

pub static SIGMOID: Op = function(
    Row {
        name: "sigmoid",
        aliases: &["σ"],
        usage: "sigmoid(u)",
        about: "1/(1 + exp(−u)), stable for large |u|.",
        computes: Elementary::Sigmoid,
        latex: "\\sigma\\left({0}\\right)",
        spoken: "sigma of {0}",
        numpy: "np.exp(-np.logaddexp(0, -({0})))",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "sigmoid",
        title: "Sigmoid",
        from: "d(sigmoid(u))",
        to: "sigmoid(u) .* (1 - sigmoid(u)) .* d(u)",
        given: "u: []",
        why: "Steepest at 0, flat where it saturates: σ(1 − σ).",
        source: "quotient rule on 1/(1 + exp(−u))",
        applies: always,
    }]),
);

pub static SOFTPLUS: Op = function(
    Row {
        name: "softplus",
        aliases: &[],
        usage: "softplus(u)",
        about: "log(1 + exp(u)), a smooth rectifier, stable for large |u|.",
        computes: Elementary::Softplus,
        latex: "\\operatorname{softplus}\\left({0}\\right)",
        spoken: "softplus of {0}",
        numpy: "np.logaddexp(0, {0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "softplus",
        title: "Softplus",
        from: "d(softplus(u))",
        to: "sigmoid(u) .* d(u)",
        given: "u: []",
        why: "The smooth rectifier has the smooth step as its slope.",
        source: "chain rule on log(1 + exp(u))",
        applies: always,
    }]),
);

pub static STEP: Op = function(
    Row {
        name: "step",
        aliases: &[],
        usage: "step(u)",
        about: "1 where u > 0, else 0.",
        computes: Elementary::Step,
        latex: "\\left[{0} > 0\\right]",
        spoken: "the unit step of {0}",
        numpy: "np.heaviside({0}, 0.0)",
        sample: Sample::Real,
        kinks: &[0.0],
    },
    Differential::Zero(&[Rule {
        id: "step-flat",
        title: "Step (flat)",
        from: "d(step(u))",
        to: "0 * d(u)",
        given: "u: []",
        why: "It is flat on both sides of 0; at 0 we take 0.",
        source: "Parr & Howard 5",
        applies: always,
    }]),
);
