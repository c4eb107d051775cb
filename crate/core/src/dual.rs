//! Dual numbers: the oracle. A value with its derivative in one direction, with a table of slopes of its own that
//! shares nothing with the rules in `ops/`, so that neither can hide an error of the other. (The slopes are checked
//! against central differences below.)
//!
//! Value and slope may be of any kind: the table is written once, over that kind. Dual numbers of dual numbers
//! ([`Jet`]) carry derivatives of derivatives.

use crate::number::Number;
use crate::scalar::{Constant, Elementary, Elementary2, Scalar};

/// A value with its derivative in one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<S> {
    pub value: S,
    pub slope: S,
}

/// Floats that move in two directions: for derivatives and derivatives of derivatives. One direction that is not used
/// costs little (a slope of 0 is not worked out), so that one kind serves for both.
pub type Jet = Dual<Dual<f64>>;

fn zero<S: Scalar>() -> S {
    S::from_f64(0.0)
}

fn one<S: Scalar>() -> S {
    S::from_f64(1.0)
}

/// The slope of an elementary function at x, written from its definition. At kinks: the language's choices.
fn slope<S: Scalar>(f: Elementary, x: S) -> S {
    let one = one::<S>();
    let square = |v: S| v.times(v);
    let minus = |v: S| v.map(Elementary::Negate);
    let exp = |v: S| v.map(Elementary::Exp);
    let root = |v: S| v.map(Elementary::Sqrt);
    match f {
        Elementary::Negate => S::from_f64(-1.0),
        Elementary::Exp | Elementary::Expm1 => exp(x),
        Elementary::Log => one.over(x),
        Elementary::Log2 => one.over(x.times(S::from_f64(2.0).map(Elementary::Log))),
        Elementary::Log10 => one.over(x.times(S::from_f64(10.0).map(Elementary::Log))),
        Elementary::Log1p => one.over(one.plus(x)),
        Elementary::Sqrt => S::from_f64(0.5).times(S::map2(Elementary2::Power, x, S::from_f64(-0.5))),
        Elementary::Cbrt => one.over(S::from_f64(3.0).times(square(x.map(Elementary::Cbrt)))),
        Elementary::Abs => x.map(Elementary::Sign),
        // Not a number stays what it is.
        Elementary::Sign | Elementary::Step => x.times(zero()),
        Elementary::Sin => x.map(Elementary::Cos),
        Elementary::Cos => minus(x.map(Elementary::Sin)),
        Elementary::Tan => one.over(square(x.map(Elementary::Cos))),
        Elementary::Sec => x.map(Elementary::Sin).over(square(x.map(Elementary::Cos))),
        Elementary::Csc => minus(x.map(Elementary::Cos)).over(square(x.map(Elementary::Sin))),
        Elementary::Cot => minus(one).over(square(x.map(Elementary::Sin))),
        Elementary::Asin => one.over(root(one.minus(x).times(one.plus(x)))),
        Elementary::Acos => minus(one).over(root(one.minus(x).times(one.plus(x)))),
        Elementary::Atan => one.over(one.plus(square(x))),
        Elementary::Sinh => x.map(Elementary::Cosh),
        Elementary::Cosh => x.map(Elementary::Sinh),
        Elementary::Tanh => one.over(square(x.map(Elementary::Cosh))),
        Elementary::Asinh => one.over(root(square(x).plus(one))),
        Elementary::Acosh => one.over(root(square(x).minus(one))),
        Elementary::Atanh => one.over(one.minus(x).times(one.plus(x))),
        Elementary::Relu => x.map(Elementary::Step),
        // e^-x / (1 + e^-x)², by the smaller exponential.
        Elementary::Sigmoid => {
            let e = exp(minus(x.map(Elementary::Abs)));
            e.over(square(one.plus(e)))
        }
        Elementary::Softplus => x.map(Elementary::Sigmoid),
        Elementary::Erf => {
            let two_over_root_pi = S::from_f64(2.0).over(root(S::constant(Constant::Pi)));
            two_over_root_pi.times(exp(minus(square(x))))
        }
    }
}

/// `factor · slope`, where a slope of exactly 0 means that this path does not move at all.
fn along<S: Scalar>(factor: S, slope: S) -> S {
    if slope == zero() { zero() } else { factor.times(slope) }
}

impl<S: Scalar> Dual<S> {
    /// A number that stands still.
    pub fn still(value: S) -> Dual<S> {
        Dual { value, slope: zero() }
    }
}

impl<S: Scalar> Scalar for Dual<S> {
    const EXACT: bool = S::EXACT;

    fn from_f64(value: f64) -> Dual<S> {
        Dual::still(S::from_f64(value))
    }
    fn from_number(number: Number) -> Dual<S> {
        Dual::still(S::from_number(number))
    }
    fn constant(which: Constant) -> Dual<S> {
        Dual::still(S::constant(which))
    }
    fn undefined() -> Dual<S> {
        Dual { value: S::undefined(), slope: S::undefined() }
    }
    fn value(self) -> f64 {
        self.value.value()
    }
    fn is_undefined(self) -> bool {
        self.value.is_undefined()
    }
    fn is_above(self, other: Dual<S>) -> bool {
        self.value.is_above(other.value)
    }
    fn by_order(self) -> Dual<S> {
        Dual { value: self.value.by_order(), slope: self.slope.by_order() }
    }
    fn choose(condition: Dual<S>, yes: Dual<S>, no: Dual<S>) -> Dual<S> {
        let of = |yes, no| S::choose(condition.value, yes, no);
        Dual { value: of(yes.value, no.value), slope: of(yes.slope, no.slope) }
    }
    fn plus(self, other: Dual<S>) -> Dual<S> {
        Dual { value: self.value.plus(other.value), slope: self.slope.plus(other.slope) }
    }
    fn minus(self, other: Dual<S>) -> Dual<S> {
        Dual { value: self.value.minus(other.value), slope: self.slope.minus(other.slope) }
    }
    fn times(self, other: Dual<S>) -> Dual<S> {
        let slope = along(other.value, self.slope).plus(along(self.value, other.slope));
        Dual { value: self.value.times(other.value), slope }
    }
    fn over(self, other: Dual<S>) -> Dual<S> {
        let value = self.value.over(other.value);
        if self.slope == zero() && other.slope == zero() {
            return Dual::still(value);
        }
        let by_self = along(one::<S>().over(other.value), self.slope);
        Dual { value, slope: by_self.minus(along(value.over(other.value), other.slope)) }
    }

    fn map(self, f: Elementary) -> Dual<S> {
        let value = self.value.map(f);
        if self.slope == zero() {
            return Dual::still(value);
        }
        // Where a function has no value it has no slope either, even where the formula of the slope has one.
        let slope = if value.is_undefined() { S::undefined() } else { slope(f, self.value) };
        Dual { value, slope: along(slope, self.slope) }
    }

    fn map2(f: Elementary2, a: Dual<S>, b: Dual<S>) -> Dual<S> {
        if f == Elementary2::Divide {
            return a.over(b);
        }
        let value = S::map2(f, a.value, b.value);
        if a.slope == zero() && b.slope == zero() {
            return Dual::still(value);
        }
        let follows = |comparison| S::choose(S::map2(comparison, a.value, b.value), a.slope, b.slope);
        let slope = match f {
            Elementary2::Power => {
                let lower = || S::map2(Elementary2::Power, a.value, b.value.minus(one()));
                let by_base = if a.slope == zero() { zero() } else { along(b.value.times(lower()), a.slope) };
                let log = || a.value.map(Elementary::Log);
                by_base.plus(if b.slope == zero() { zero() } else { along(value.times(log()), b.slope) })
            }
            Elementary2::Max => follows(Elementary2::GreaterEqual),
            Elementary2::Min => follows(Elementary2::LessEqual),
            Elementary2::Divide
            | Elementary2::Greater
            | Elementary2::Less
            | Elementary2::GreaterEqual
            | Elementary2::LessEqual => zero(),
        };
        Dual { value, slope }
    }
}

/// Numbers that move in [`Layers::DEPTH`] independent directions: level 0 is the innermost slope.
pub trait Layers: Scalar {
    const DEPTH: usize;
    /// The number moving by so much more in the direction of a level.
    fn moving(self, level: usize, by: f64) -> Self;
    /// How fast it moves in the direction of a level: itself a number that may move in the others.
    fn rate(self, level: usize) -> Self;
    /// The plain number as one that stands still, and back.
    type Plain: Scalar;
    fn lift(plain: Self::Plain) -> Self;
    fn plain(self) -> Self::Plain;
}

impl Layers for f64 {
    const DEPTH: usize = 0;
    type Plain = f64;

    fn moving(self, _: usize, _: f64) -> f64 {
        self
    }
    fn rate(self, _: usize) -> f64 {
        0.0
    }
    fn lift(plain: f64) -> f64 {
        plain
    }
    fn plain(self) -> f64 {
        self
    }
}

impl<S: Layers> Layers for Dual<S> {
    const DEPTH: usize = S::DEPTH + 1;
    type Plain = S::Plain;

    fn moving(self, level: usize, by: f64) -> Dual<S> {
        if level == S::DEPTH {
            Dual { slope: self.slope.plus(S::from_f64(by)), ..self }
        } else {
            Dual { value: self.value.moving(level, by), ..self }
        }
    }
    fn rate(self, level: usize) -> Dual<S> {
        if level == S::DEPTH {
            Dual::still(self.slope)
        } else {
            Dual { value: self.value.rate(level), slope: self.slope.rate(level) }
        }
    }
    fn lift(plain: S::Plain) -> Dual<S> {
        Dual::still(S::lift(plain))
    }
    fn plain(self) -> S::Plain {
        self.value.plain()
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

    /// The second derivative by the same table, against differences of the first.
    #[test]
    fn slopes_of_slopes_agree_with_differences() {
        let mut looked_at = 0;
        for op in ops::all() {
            let Eval::Map(f) = op.eval else { continue };
            for &x in points(op.sample) {
                let first = |x: f64| Dual { value: x, slope: 1.0 }.map(f).slope;
                let central = |h: f64| (first(x + h) - first(x - h)) / (2.0 * h);
                let difference = (4.0 * central(1e-3) - central(2e-3)) / 3.0;
                let moving = Jet::lift(x).moving(0, 1.0).moving(1, 1.0).map(f);
                let second = moving.rate(1).rate(0).plain();
                assert_eq!(moving.rate(0).plain(), first(x), "{} at {x}", op.name);
                assert_eq!(moving.rate(1).plain(), first(x), "{} at {x}", op.name);
                assert!(
                    (second - difference).abs() <= 1e-7 * (1.0 + second.abs()),
                    "{} at {x}: {second} {difference}",
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
