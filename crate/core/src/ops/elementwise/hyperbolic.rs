//! Hyperbolic functions and their inverses.

use super::{Row, function};
use crate::op::{Differential, Op, Sample};
use crate::rule::{Rule, always};
use crate::scalar::Elementary;

pub static OPS: &[&Op] = &[&SINH, &COSH, &TANH, &ASINH, &ACOSH, &ATANH];

pub static SINH: Op = function(
    Row {
        name: "sinh",
        aliases: &[],
        usage: "sinh(u)",
        about: "Hyperbolic sine.",
        computes: Elementary::Sinh,
        latex: "\\sinh\\left({0}\\right)",
        spoken: "hyperbolic sine of {0}",
        numpy: "np.sinh({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "sinh",
        title: "Hyperbolic sine",
        from: "d(sinh(u))",
        to: "cosh(u) .* d(u)",
        given: "u: []",
        why: "Half of exp(u) − exp(−u): differentiate both.",
        source: "DLMF 4.34.1",
        applies: always,
    }]),
);

pub static COSH: Op = function(
    Row {
        name: "cosh",
        aliases: &[],
        usage: "cosh(u)",
        about: "Hyperbolic cosine.",
        computes: Elementary::Cosh,
        latex: "\\cosh\\left({0}\\right)",
        spoken: "hyperbolic cosine of {0}",
        numpy: "np.cosh({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "cosh",
        title: "Hyperbolic cosine",
        from: "d(cosh(u))",
        to: "sinh(u) .* d(u)",
        given: "u: []",
        why: "Half of exp(u) + exp(−u): differentiate both.",
        source: "DLMF 4.34.2",
        applies: always,
    }]),
);

pub static TANH: Op = function(
    Row {
        name: "tanh",
        aliases: &[],
        usage: "tanh(u)",
        about: "Hyperbolic tangent.",
        computes: Elementary::Tanh,
        latex: "\\tanh\\left({0}\\right)",
        spoken: "tanh of {0}",
        numpy: "np.tanh({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "tanh",
        title: "Hyperbolic tangent",
        from: "d(tanh(u))",
        to: "(1 - tanh(u).^2) .* d(u)",
        given: "u: []",
        why: "The slope is 1 at 0 and dies out where tanh saturates.",
        source: "DLMF 4.34.3",
        applies: always,
    }]),
);

pub static ASINH: Op = function(
    Row {
        name: "asinh",
        aliases: &[],
        usage: "asinh(u)",
        about: "Inverse hyperbolic sine.",
        computes: Elementary::Asinh,
        latex: "\\operatorname{arsinh}\\left({0}\\right)",
        spoken: "inverse hyperbolic sine of {0}",
        numpy: "np.arcsinh({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "asinh",
        title: "Inverse hyperbolic sine",
        from: "d(asinh(u))",
        to: "d(u) ./ sqrt(u.^2 + 1)",
        given: "u: []",
        why: "The slope of an inverse is one over the slope.",
        source: "DLMF 4.38.9",
        applies: always,
    }]),
);

pub static ACOSH: Op = function(
    Row {
        name: "acosh",
        aliases: &[],
        usage: "acosh(u)",
        about: "Inverse hyperbolic cosine.",
        computes: Elementary::Acosh,
        latex: "\\operatorname{arcosh}\\left({0}\\right)",
        spoken: "inverse hyperbolic cosine of {0}",
        numpy: "np.arccosh({0})",
        sample: Sample::AboveOne,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "acosh",
        title: "Inverse hyperbolic cosine",
        from: "d(acosh(u))",
        to: "d(u) ./ (sqrt(u - 1) .* sqrt(u + 1))",
        given: "u: []",
        why: "The slope of an inverse is one over the slope.",
        source: "DLMF 4.38.10",
        applies: always,
    }]),
);

pub static ATANH: Op = function(
    Row {
        name: "atanh",
        aliases: &[],
        usage: "atanh(u)",
        about: "Inverse hyperbolic tangent.",
        computes: Elementary::Atanh,
        latex: "\\operatorname{artanh}\\left({0}\\right)",
        spoken: "inverse hyperbolic tangent of {0}",
        numpy: "np.arctanh({0})",
        sample: Sample::Unit,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "atanh",
        title: "Inverse hyperbolic tangent",
        from: "d(atanh(u))",
        to: "d(u) ./ (1 - u.^2)",
        given: "u: []",
        why: "The slope of an inverse is one over the slope.",
        source: "DLMF 4.38.11",
        applies: always,
    }]),
);
