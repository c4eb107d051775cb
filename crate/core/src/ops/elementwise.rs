//! Functions that work entry by entry: value, rule, notation and domain, a static each.

use crate::op::{Call, Data, Differential, Eval, Notation, Op, Sample, Typed};
use crate::ops::arithmetic::{entrywise, same_shape};
use crate::rule::{Rule, always};
use crate::scalar::{Elementary, Elementary2, Scalar};
use crate::shape::Shape;
use crate::tensor::Tensor;

pub static OPS: &[&Op] = &[
    &EXP,
    &LOG,
    &LOG2,
    &LOG10,
    &LOG1P,
    &EXPM1,
    &SQRT,
    &CBRT,
    &ABS,
    &SIGN,
    &SIN,
    &COS,
    &TAN,
    &SEC,
    &CSC,
    &COT,
    &ASIN,
    &ACOS,
    &ATAN,
    &SINH,
    &COSH,
    &TANH,
    &ASINH,
    &ACOSH,
    &ATANH,
    &RELU,
    &SIGMOID,
    &SOFTPLUS,
    &STEP,
    &ERF,
    &GREATER,
    &LESS,
    &GREATER_EQUAL,
    &LESS_EQUAL,
    &MAX,
    &MIN,
    &CASES,
];

/// What distinguishes one function of one argument from another.
struct Row {
    name: &'static str,
    aliases: &'static [&'static str],
    usage: &'static str,
    about: &'static str,
    computes: Elementary,
    latex: &'static str,
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
        notation: Notation::Call { latex: row.latex, numpy: row.numpy },
        sample: row.sample,
        kinks: row.kinks,
    }
}

pub static EXP: Op = function(
    Row {
        name: "exp",
        aliases: &[],
        usage: "exp(u)",
        about: "Exponential, e to the u.",
        computes: Elementary::Exp,
        latex: "\\exp\\left({0}\\right)",
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

pub static ABS: Op = function(
    Row {
        name: "abs",
        aliases: &[],
        usage: "abs(u)",
        about: "Absolute value.",
        computes: Elementary::Abs,
        latex: "\\left\\lvert {0} \\right\\rvert",
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

pub static SIN: Op = function(
    Row {
        name: "sin",
        aliases: &[],
        usage: "sin(u)",
        about: "Sine.",
        computes: Elementary::Sin,
        latex: "\\sin\\left({0}\\right)",
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

pub static SINH: Op = function(
    Row {
        name: "sinh",
        aliases: &[],
        usage: "sinh(u)",
        about: "Hyperbolic sine.",
        computes: Elementary::Sinh,
        latex: "\\sinh\\left({0}\\right)",
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

pub static RELU: Op = function(
    Row {
        name: "relu",
        aliases: &[],
        usage: "relu(u)",
        about: "The rectifier max(0, u).",
        computes: Elementary::Relu,
        latex: "\\max\\left(0, {0}\\right)",
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
        numpy: "(0.5*(1 + np.tanh(0.5*({0}))))",
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

pub static ERF: Op = function(
    Row {
        name: "erf",
        aliases: &[],
        usage: "erf(u)",
        about: "Error function.",
        computes: Elementary::Erf,
        latex: "\\operatorname{erf}\\left({0}\\right)",
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
    notation: Notation::Call { latex: "\\max\\left({0}, {1}\\right)", numpy: "np.maximum({0}, {1})" },
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
    notation: Notation::Call { latex: "\\min\\left({0}, {1}\\right)", numpy: "np.minimum({0}, {1})" },
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
    let pick = |k: usize| if condition.data[k].value() != 0.0 { yes.data[k] } else { no.data[k] };
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
    eval: Eval::Whole { float: choose, dual: choose },
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
