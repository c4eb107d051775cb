//! Trigonometric functions and their inverses.

use super::{Row, function};
use crate::op::{Differential, Op, Sample};
use crate::rule::{Rule, always};
use crate::scalar::Elementary;

pub static OPS: &[&Op] = &[&SIN, &COS, &TAN, &SEC, &CSC, &COT, &ASIN, &ACOS, &ATAN];

pub static SIN: Op = function(
    Row {
        name: "sin",
        aliases: &[],
        usage: "sin(u)",
        about: "Sine.",
        computes: Elementary::Sin,
        latex: "\\sin\\left({0}\\right)",
        spoken: "sine of {0}",
        numpy: "np.sin({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "sin",
        title: "Sine",
        from: "d(sin(u))",
        to: "cos(u) .* d(u)",
        given: "u: []",
        why: "The slope of the sine is the cosine.",
        source: "DLMF 4.20.1",
        applies: always,
    }]),
);

pub static COS: Op = function(
    Row {
        name: "cos",
        aliases: &[],
        usage: "cos(u)",
        about: "Cosine.",
        computes: Elementary::Cos,
        latex: "\\cos\\left({0}\\right)",
        spoken: "cosine of {0}",
        numpy: "np.cos({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "cos",
        title: "Cosine",
        from: "d(cos(u))",
        to: "-sin(u) .* d(u)",
        given: "u: []",
        why: "The slope of the cosine is minus the sine.",
        source: "DLMF 4.20.2",
        applies: always,
    }]),
);

pub static TAN: Op = function(
    Row {
        name: "tan",
        aliases: &[],
        usage: "tan(u)",
        about: "Tangent.",
        computes: Elementary::Tan,
        latex: "\\tan\\left({0}\\right)",
        spoken: "tangent of {0}",
        numpy: "np.tan({0})",
        sample: Sample::Unit,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "tan",
        title: "Tangent",
        from: "d(tan(u))",
        to: "sec(u).^2 .* d(u)",
        given: "u: []",
        why: "The quotient rule on sin over cos.",
        source: "DLMF 4.20.3",
        applies: always,
    }]),
);

pub static SEC: Op = function(
    Row {
        name: "sec",
        aliases: &[],
        usage: "sec(u)",
        about: "Secant, 1/cos.",
        computes: Elementary::Sec,
        latex: "\\sec\\left({0}\\right)",
        spoken: "secant of {0}",
        numpy: "1/np.cos({0})",
        sample: Sample::Unit,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "sec",
        title: "Secant",
        from: "d(sec(u))",
        to: "sec(u) .* tan(u) .* d(u)",
        given: "u: []",
        why: "The reciprocal rule on cos.",
        source: "DLMF 4.20.5",
        applies: always,
    }]),
);

pub static CSC: Op = function(
    Row {
        name: "csc",
        aliases: &[],
        usage: "csc(u)",
        about: "Cosecant, 1/sin.",
        computes: Elementary::Csc,
        latex: "\\csc\\left({0}\\right)",
        spoken: "cosecant of {0}",
        numpy: "1/np.sin({0})",
        sample: Sample::Positive,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "csc",
        title: "Cosecant",
        from: "d(csc(u))",
        to: "-csc(u) .* cot(u) .* d(u)",
        given: "u: []",
        why: "The reciprocal rule on sin.",
        source: "DLMF 4.20.4",
        applies: always,
    }]),
);

pub static COT: Op = function(
    Row {
        name: "cot",
        aliases: &[],
        usage: "cot(u)",
        about: "Cotangent, cos/sin.",
        computes: Elementary::Cot,
        latex: "\\cot\\left({0}\\right)",
        spoken: "cotangent of {0}",
        numpy: "1/np.tan({0})",
        sample: Sample::Positive,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "cot",
        title: "Cotangent",
        from: "d(cot(u))",
        to: "-csc(u).^2 .* d(u)",
        given: "u: []",
        why: "The quotient rule on cos over sin.",
        source: "DLMF 4.20.6",
        applies: always,
    }]),
);

pub static ASIN: Op = function(
    Row {
        name: "asin",
        aliases: &["arcsin"],
        usage: "asin(u)",
        about: "Inverse sine.",
        computes: Elementary::Asin,
        latex: "\\arcsin\\left({0}\\right)",
        spoken: "arc sine of {0}",
        numpy: "np.arcsin({0})",
        sample: Sample::Unit,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "asin",
        title: "Inverse sine",
        from: "d(asin(u))",
        to: "d(u) ./ sqrt(1 - u.^2)",
        given: "u: []",
        why: "The slope of an inverse is one over the slope.",
        source: "DLMF 4.24.7",
        applies: always,
    }]),
);

pub static ACOS: Op = function(
    Row {
        name: "acos",
        aliases: &["arccos"],
        usage: "acos(u)",
        about: "Inverse cosine.",
        computes: Elementary::Acos,
        latex: "\\arccos\\left({0}\\right)",
        spoken: "arc cosine of {0}",
        numpy: "np.arccos({0})",
        sample: Sample::Unit,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "acos",
        title: "Inverse cosine",
        from: "d(acos(u))",
        to: "-d(u) ./ sqrt(1 - u.^2)",
        given: "u: []",
        why: "The slope of an inverse is one over the slope.",
        source: "DLMF 4.24.8",
        applies: always,
    }]),
);

pub static ATAN: Op = function(
    Row {
        name: "atan",
        aliases: &["arctan"],
        usage: "atan(u)",
        about: "Inverse tangent.",
        computes: Elementary::Atan,
        latex: "\\arctan\\left({0}\\right)",
        spoken: "arc tangent of {0}",
        numpy: "np.arctan({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "atan",
        title: "Inverse tangent",
        from: "d(atan(u))",
        to: "d(u) ./ (1 + u.^2)",
        given: "u: []",
        why: "The slope of an inverse is one over the slope.",
        source: "DLMF 4.24.9",
        applies: always,
    }]),
);
