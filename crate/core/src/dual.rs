//! Dual numbers: the oracle. A value with its derivative in one direction, with a table of slopes of its own that
//! shares nothing with the rules in `ops/`, so that neither can hide an error of the other. (The slopes are checked
//! against central differences below.)

use crate::scalar::{Dual, Elementary, Elementary2, Scalar, power, sigmoid};

/// 2/√π, the slope of the error function at 0.
const TWO_OVER_ROOT_PI: f64 = std::f64::consts::FRAC_2_SQRT_PI;

/// The slope of an elementary function at x, written from its definition. At kinks: the language's choices.
fn slope(f: Elementary, x: f64) -> f64 {
    let square = |v: f64| v * v;
    match f {
        Elementary::Negate => -1.0,
        Elementary::Exp | Elementary::Expm1 => libm::exp(x),
        Elementary::Log => 1.0 / x,
        Elementary::Log2 => std::f64::consts::LOG2_E / x,
        Elementary::Log10 => std::f64::consts::LOG10_E / x,
        Elementary::Log1p => 1.0 / (1.0 + x),
        Elementary::Sqrt => 0.5 * libm::pow(x, -0.5),
        Elementary::Cbrt => 1.0 / (3.0 * square(libm::cbrt(x))),
        Elementary::Abs => {
            if x > 0.0 {
                1.0
            } else if x < 0.0 {
                -1.0
            } else {
                x * 0.0
            }
        }
        Elementary::Sign | Elementary::Step => x * 0.0,
        Elementary::Sin => libm::cos(x),
        Elementary::Cos => -libm::sin(x),
        Elementary::Tan => 1.0 / square(libm::cos(x)),
        Elementary::Sec => libm::sin(x) / square(libm::cos(x)),
        Elementary::Csc => -libm::cos(x) / square(libm::sin(x)),
        Elementary::Cot => -1.0 / square(libm::sin(x)),
        Elementary::Asin => 1.0 / libm::sqrt((1.0 - x) * (1.0 + x)),
        Elementary::Acos => -1.0 / libm::sqrt((1.0 - x) * (1.0 + x)),
        Elementary::Atan => 1.0 / (1.0 + x * x),
        Elementary::Sinh => libm::cosh(x),
        Elementary::Cosh => libm::sinh(x),
        Elementary::Tanh => 1.0 / square(libm::cosh(x)),
        Elementary::Asinh => 1.0 / libm::hypot(x, 1.0),
        Elementary::Acosh => 1.0 / libm::sqrt(x * x - 1.0),
        Elementary::Atanh => 1.0 / ((1.0 - x) * (1.0 + x)),
        Elementary::Relu => {
            if x.is_nan() {
                x
            } else if x > 0.0 {
                1.0
            } else {
                0.0
            }
        }
        // e^-x / (1 + e^-x)², by the smaller exponential.
        Elementary::Sigmoid => {
            let e = libm::exp(-x.abs());
            e / square(1.0 + e)
        }
        Elementary::Softplus => sigmoid(x),
        Elementary::Erf => TWO_OVER_ROOT_PI * libm::exp(-x * x),
    }
}

/// `factor · slope`, where a slope of exactly 0 means that this path does not move at all.
fn along(factor: f64, slope: f64) -> f64 {
    if slope == 0.0 { 0.0 } else { factor * slope }
}

impl Scalar for Dual {
    fn from_f64(value: f64) -> Dual {
        Dual { value, slope: 0.0 }
    }
    fn value(self) -> f64 {
        self.value
    }
    fn plus(self, other: Dual) -> Dual {
        Dual { value: self.value + other.value, slope: self.slope + other.slope }
    }
    fn minus(self, other: Dual) -> Dual {
        Dual { value: self.value - other.value, slope: self.slope - other.slope }
    }
    fn times(self, other: Dual) -> Dual {
        let slope = along(other.value, self.slope) + along(self.value, other.slope);
        Dual { value: self.value * other.value, slope }
    }
    fn over(self, other: Dual) -> Dual {
        let value = self.value / other.value;
        Dual { value, slope: along(1.0 / other.value, self.slope) - along(value / other.value, other.slope) }
    }

    fn map(self, f: Elementary) -> Dual {
        let value = self.value.map(f);
        // Where a function has no value it has no slope either, even where the formula of the slope has one.
        let slope = if value.is_nan() { value } else { slope(f, self.value) };
        Dual { value, slope: along(slope, self.slope) }
    }

    fn map2(f: Elementary2, a: Dual, b: Dual) -> Dual {
        let value = f64::map2(f, a.value, b.value);
        let slope = match f {
            Elementary2::Divide => return a.over(b),
            Elementary2::Power => {
                let by_base = along(b.value * power(a.value, b.value - 1.0), a.slope);
                by_base + along(value * libm::log(a.value), b.slope)
            }
            Elementary2::Max => {
                if a.value >= b.value {
                    a.slope
                } else {
                    b.slope
                }
            }
            Elementary2::Min => {
                if a.value <= b.value {
                    a.slope
                } else {
                    b.slope
                }
            }
            Elementary2::Greater | Elementary2::Less | Elementary2::GreaterEqual | Elementary2::LessEqual => 0.0,
        };
        Dual { value, slope }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Eval, Sample};
    use crate::ops;

    /// Points inside a domain, both signs where there are two.
    fn points(sample: Sample) -> &'static [f64] {
        match sample {
            Sample::Real => &[-2.3, -0.7, 0.4, 1.9],
            Sample::Positive => &[0.2, 0.9, 1.7, 2.6],
            Sample::AboveOne => &[1.2, 1.9, 3.5],
            Sample::Unit => &[-0.8, -0.3, 0.2, 0.7],
        }
    }

    #[test]
    fn slopes_agree_with_richardson_differences() {
        let mut looked_at = 0;
        for op in ops::all() {
            let Eval::Map(f) = op.eval else { continue };
            for &x in points(op.sample) {
                let central = |h: f64| ((x + h).map(f) - (x - h).map(f)) / (2.0 * h);
                let difference = (4.0 * central(1e-3) - central(2e-3)) / 3.0;
                let dual = Dual { value: x, slope: 1.0 }.map(f).slope;
                assert!(
                    (dual - difference).abs() <= 1e-8 * (1.0 + dual.abs()),
                    "{} at {x}: {dual} {difference}",
                    op.name
                );
                looked_at += 1;
            }
        }
        assert!(looked_at > 100);
    }

    #[test]
    fn kinks_have_the_slopes_of_the_language() {
        for op in ops::all() {
            let Eval::Map(f) = op.eval else { continue };
            for &kink in op.kinks {
                assert_eq!(Dual { value: kink, slope: 1.0 }.map(f).slope, 0.0, "{} at {kink}", op.name);
            }
        }
    }
}
