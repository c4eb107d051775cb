//! Exponentials, logarithms and roots.

use super::{Row, function};
use crate::op::{Differential, Op, Sample};
use crate::rule::{Rule, always};
use crate::scalar::Elementary;

pub static OPS: &[&Op] = &[&EXP, &LOG, &LOG2, &LOG10, &LOG1P, &EXPM1, &SQRT, &CBRT, &ERF];

pub static EXP: Op = function(
    Row {
        name: "exp",
        aliases: &[],
        usage: "exp(u)",
        about: "Exponential, e to the u.",
        computes: Elementary::Exp,
        latex: "\\exp\\left({0}\\right)",
        spoken: "exp of {0}",
        numpy: "np.exp({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "exp",
        title: "Exponential",
        from: "d(exp(u))",
        to: "exp(u) .* d(u)",
        given: "u: []",
        why: "The exponential is its own derivative.",
        source: "DLMF 4.7.3",
        applies: always,
    }]),
);

pub static LOG: Op = function(
    Row {
        name: "log",
        aliases: &["ln"],
        usage: "log(u)",
        about: "Natural logarithm.",
        computes: Elementary::Log,
        latex: "\\ln\\left({0}\\right)",
        spoken: "log of {0}",
        numpy: "np.log({0})",
        sample: Sample::Positive,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "log",
        title: "Natural logarithm",
        from: "d(log(u))",
        to: "d(u) ./ u",
        given: "u: []",
        why: "The logarithm changes by the relative change of its argument.",
        source: "DLMF 4.7.1",
        applies: always,
    }]),
);

pub static LOG2: Op = function(
    Row {
        name: "log2",
        aliases: &[],
        usage: "log2(u)",
        about: "Logarithm to base 2.",
        computes: Elementary::Log2,
        latex: "\\log_{2}\\left({0}\\right)",
        spoken: "log base two of {0}",
        numpy: "np.log2({0})",
        sample: Sample::Positive,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "log2",
        title: "Logarithm to base 2",
        from: "d(log2(u))",
        to: "d(u) ./ (u * log(2))",
        given: "u: []",
        why: "A logarithm to base 2 is the natural one over log 2.",
        source: "DLMF 4.7.1",
        applies: always,
    }]),
);

pub static LOG10: Op = function(
    Row {
        name: "log10",
        aliases: &[],
        usage: "log10(u)",
        about: "Logarithm to base 10.",
        computes: Elementary::Log10,
        latex: "\\log_{10}\\left({0}\\right)",
        spoken: "log base ten of {0}",
        numpy: "np.log10({0})",
        sample: Sample::Positive,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "log10",
        title: "Logarithm to base 10",
        from: "d(log10(u))",
        to: "d(u) ./ (u * log(10))",
        given: "u: []",
        why: "A logarithm to base 10 is the natural one over log 10.",
        source: "DLMF 4.7.1",
        applies: always,
    }]),
);

pub static LOG1P: Op = function(
    Row {
        name: "log1p",
        aliases: &[],
        usage: "log1p(u)",
        about: "log(1 + u), exact for small u.",
        computes: Elementary::Log1p,
        latex: "\\ln\\left(1 + {0}\\right)",
        spoken: "log-one-plus of {0}",
        numpy: "np.log1p({0})",
        sample: Sample::Positive,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "log1p",
        title: "Logarithm of 1 + u",
        from: "d(log1p(u))",
        to: "d(u) ./ (1 + u)",
        given: "u: []",
        why: "The logarithm rule, at 1 + u.",
        source: "DLMF 4.7.1",
        applies: always,
    }]),
);

pub static EXPM1: Op = function(
    Row {
        name: "expm1",
        aliases: &[],
        usage: "expm1(u)",
        about: "exp(u) − 1, exact for small u.",
        computes: Elementary::Expm1,
        latex: "\\operatorname{expm1}\\left({0}\\right)",
        spoken: "exp-minus-one of {0}",
        numpy: "np.expm1({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "expm1",
        title: "Exponential minus 1",
        from: "d(expm1(u))",
        to: "exp(u) .* d(u)",
        given: "u: []",
        why: "The constant −1 drops out; the exponential stays.",
        source: "DLMF 4.7.3",
        applies: always,
    }]),
);

pub static SQRT: Op = function(
    Row {
        name: "sqrt",
        aliases: &[],
        usage: "sqrt(u)",
        about: "Square root.",
        computes: Elementary::Sqrt,
        latex: "\\sqrt{{0}}",
        spoken: "the square root of {0}",
        numpy: "np.sqrt({0})",
        sample: Sample::Positive,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "sqrt",
        title: "Square root",
        from: "d(sqrt(u))",
        to: "d(u) ./ (2 * sqrt(u))",
        given: "u: []",
        why: "The power rule with exponent one half.",
        source: "DLMF 4.7",
        applies: always,
    }]),
);

pub static CBRT: Op = function(
    Row {
        name: "cbrt",
        aliases: &[],
        usage: "cbrt(u)",
        about: "Cube root, of negative numbers too.",
        computes: Elementary::Cbrt,
        latex: "\\sqrt[3]{{0}}",
        spoken: "the cube root of {0}",
        numpy: "np.cbrt({0})",
        sample: Sample::Positive,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "cbrt",
        title: "Cube root",
        from: "d(cbrt(u))",
        to: "d(u) ./ (3 * cbrt(u).^2)",
        given: "u: []",
        why: "The power rule with exponent one third.",
        source: "DLMF 4.7",
        applies: always,
    }]),
);

pub static ERF: Op = function(
    Row {
        name: "erf",
        aliases: &[],
        usage: "erf(u)",
        about: "Error function.",
        computes: Elementary::Erf,
        latex: "\\operatorname{erf}\\left({0}\\right)",
        spoken: "the error function of {0}",
        numpy: "erf({0})",
        sample: Sample::Real,
        kinks: &[],
    },
    Differential::Rules(&[Rule {
        id: "erf",
        title: "Error function",
        from: "d(erf(u))",
        to: "2 / sqrt(pi) * exp(-u.^2) .* d(u)",
        given: "u: []",
        why: "The integrand of the error function at its upper end.",
        source: "DLMF 7.2.1",
        applies: always,
    }]),
);
