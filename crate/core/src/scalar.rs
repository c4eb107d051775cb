//! What numbers must be able to do: floats for values, dual numbers for the oracle. One trait, so that all run the
//! same evaluation; only the elementary functions differ, and the dual numbers' table (dual.rs) is its own.

use crate::number::Number;

/// A kind of number that expressions can be evaluated on.
pub trait Scalar: Copy + PartialEq + std::fmt::Debug {
    /// True where nothing is rounded and nothing overflows: then nothing is shifted for stability.
    const EXACT: bool;
    fn from_f64(value: f64) -> Self;
    /// A coefficient, exactly where the kind is exact.
    fn from_number(number: Number) -> Self;
    fn constant(which: Constant) -> Self;
    /// No number: what a function has outside its domain.
    fn undefined() -> Self;
    /// The plain value: what comparisons and choices look at. Not a number where there is none; of exact kinds the
    /// sign alone.
    fn value(self) -> f64;
    fn is_undefined(self) -> bool {
        self.value().is_nan()
    }
    /// True where this number is the larger one.
    fn is_above(self, other: Self) -> bool;
    /// The same number, chosen by looking at which of some others is larger.
    fn by_order(self) -> Self;
    /// `yes` where the condition is not 0, else `no`; no number where the condition is none.
    fn choose(condition: Self, yes: Self, no: Self) -> Self;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn over(self, other: Self) -> Self;
    fn map(self, f: Elementary) -> Self;
    fn map2(f: Elementary2, a: Self, b: Self) -> Self;
}

/// Constants with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    Pi,
    E,
}

/// Functions of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elementary {
    Negate,
    Exp,
    Log,
    Log2,
    Log10,
    Log1p,
    Expm1,
    Sqrt,
    Cbrt,
    Abs,
    Sign,
    Sin,
    Cos,
    Tan,
    Sec,
    Csc,
    Cot,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Relu,
    Sigmoid,
    Softplus,
    Step,
    Erf,
}

/// Functions of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elementary2 {
    Divide,
    Power,
    Max,
    Min,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
}

fn indicator(condition: bool) -> f64 {
    if condition { 1.0 } else { 0.0 }
}

/// `x^y` as exact as repeated multiplication for small whole exponents, else `libm`'s power.
pub fn power(x: f64, y: f64) -> f64 {
    if y == 2.0 {
        return x * x;
    }
    libm::pow(x, y)
}

/// Stable on both sides: no overflow for large |x|.
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + libm::exp(-x))
    } else {
        let e = libm::exp(x);
        e / (1.0 + e)
    }
}

impl Scalar for f64 {
    const EXACT: bool = false;

    fn from_f64(value: f64) -> f64 {
        value
    }
    fn from_number(number: Number) -> f64 {
        number.to_f64()
    }
    fn constant(which: Constant) -> f64 {
        match which {
            Constant::Pi => std::f64::consts::PI,
            Constant::E => std::f64::consts::E,
        }
    }
    fn undefined() -> f64 {
        f64::NAN
    }
    fn value(self) -> f64 {
        self
    }
    fn is_above(self, other: f64) -> bool {
        self > other
    }
    fn by_order(self) -> f64 {
        self
    }
    fn choose(condition: f64, yes: f64, no: f64) -> f64 {
        if condition.is_nan() {
            return condition;
        }
        if condition != 0.0 { yes } else { no }
    }
    fn plus(self, other: f64) -> f64 {
        self + other
    }
    fn minus(self, other: f64) -> f64 {
        self - other
    }
    fn times(self, other: f64) -> f64 {
        self * other
    }
    fn over(self, other: f64) -> f64 {
        self / other
    }

    fn map(self, f: Elementary) -> f64 {
        let x = self;
        match f {
            Elementary::Negate => -x,
            Elementary::Exp => libm::exp(x),
            Elementary::Log => libm::log(x),
            Elementary::Log2 => libm::log2(x),
            Elementary::Log10 => libm::log10(x),
            Elementary::Log1p => libm::log1p(x),
            Elementary::Expm1 => libm::expm1(x),
            Elementary::Sqrt => libm::sqrt(x),
            Elementary::Cbrt => libm::cbrt(x),
            Elementary::Abs => x.abs(),
            Elementary::Sign => {
                if x.is_nan() {
                    x
                } else {
                    indicator(x > 0.0) - indicator(x < 0.0)
                }
            }
            Elementary::Sin => libm::sin(x),
            Elementary::Cos => libm::cos(x),
            Elementary::Tan => libm::tan(x),
            Elementary::Sec => 1.0 / libm::cos(x),
            Elementary::Csc => 1.0 / libm::sin(x),
            Elementary::Cot => 1.0 / libm::tan(x),
            Elementary::Asin => libm::asin(x),
            Elementary::Acos => libm::acos(x),
            Elementary::Atan => libm::atan(x),
            Elementary::Sinh => libm::sinh(x),
            Elementary::Cosh => libm::cosh(x),
            Elementary::Tanh => libm::tanh(x),
            Elementary::Asinh => libm::asinh(x),
            Elementary::Acosh => libm::acosh(x),
            Elementary::Atanh => libm::atanh(x),
            Elementary::Relu => {
                if x > 0.0 || x.is_nan() {
                    x
                } else {
                    0.0
                }
            }
            Elementary::Sigmoid => sigmoid(x),
            // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|): stable on both sides.
            Elementary::Softplus => x.max(0.0) + libm::log1p(libm::exp(-x.abs())) + if x.is_nan() { x } else { 0.0 },
            Elementary::Step => {
                if x.is_nan() {
                    x
                } else {
                    indicator(x > 0.0)
                }
            }
            Elementary::Erf => libm::erf(x),
        }
    }

    fn map2(f: Elementary2, a: f64, b: f64) -> f64 {
        match f {
            Elementary2::Divide => a / b,
            Elementary2::Power => power(a, b),
            // At a tie the first argument (language reference, "at kinks").
            Elementary2::Max => {
                if a >= b || a.is_nan() {
                    a
                } else {
                    b
                }
            }
            Elementary2::Min => {
                if a <= b || a.is_nan() {
                    a
                } else {
                    b
                }
            }
            // What compares to no number is unknown, not false.
            _ if a.is_nan() || b.is_nan() => f64::NAN,
            Elementary2::Greater => indicator(a > b),
            Elementary2::Less => indicator(a < b),
            Elementary2::GreaterEqual => indicator(a >= b),
            Elementary2::LessEqual => indicator(a <= b),
        }
    }
}
