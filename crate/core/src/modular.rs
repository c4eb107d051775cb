//! Numbers modulo a prime: the exact oracle. Sums, products and quotients are those of the rationals, without rounding,
//! so two formulas that differ there differ for certain. What no field has, an order and exp, log, sin …, is replaced
//! by functions that keep the identities of the real ones as far as a field allows: *atoms*. Where numbers differ that
//! an atom had a part in, the formulas may still be equal, and floats have the last word.
//!
//! The prime is p = 4·(2·3·5·…·47) − 1. It is so that
//! - every whole number whose prime factors are below 59 is a square modulo p and its negative is not (quadratic
//!   reciprocity). "Positive" means being a square, and so small fractions keep their true sign. The sign is
//!   multiplicative and odd; only "the sum of positive numbers is positive" is lost;
//! - the squares form a group of odd order with no prime factor below 53, so that roots of positive numbers are unique
//!   and all laws of powers hold for small fractions as exponents;
//! - exp can be a power of one square: then exp(a + b) = exp(a) exp(b) wherever a and b are small fractions, which
//!   they are where variables are small whole numbers.
//!
//! Schwartz and Zippel: two different formulas of degree d agree at a random point with a probability of at most d over
//! the number of values that each variable is drawn from (sample.rs: 2²¹).

use crate::dual::{Dual, Layers};
use crate::eval::Jiggled;
use crate::number::Number;
use crate::scalar::{Constant, Elementary, Elementary2, Scalar};

/// The prime, a little above 2⁶¹.
const P: u64 = 2_459_559_130_353_965_639;

/// The number of squares other than 0: an odd number.
const SQUARES: u64 = (P - 1) / 2;

/// A number modulo p.
#[derive(Clone, Copy, Debug)]
pub struct Modular {
    /// Times 2⁶⁴ modulo p (Montgomery's form, in which products need no division); [`NONE`] for no number.
    form: u64,
    /// Whether a function that is no part of field arithmetic had a part in it.
    pub atom: bool,
}

/// Exact numbers that move in two directions.
pub type ExactJet = Dual<Dual<Modular>>;

/// What is no number: an argument outside a domain, a division by 0.
const NONE: u64 = u64::MAX;

/// −1/p modulo 2⁶⁴: Newton's iteration doubles the right bits each time.
const MINUS_INVERSE: u64 = {
    let mut inverse: u64 = 1;
    let mut step = 0;
    while step < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(P.wrapping_mul(inverse)));
        step += 1;
    }
    inverse.wrapping_neg()
};

/// 2⁶⁴ modulo p: the form of 1.
const ONE: u64 = ((1u128 << 64) % P as u128) as u64;

/// 2¹²⁸ modulo p: takes numbers into Montgomery's form.
const SQUARE_OF_ONE: u64 = ((ONE as u128 * ONE as u128) % P as u128) as u64;

/// t / 2⁶⁴ modulo p, for t below 2⁶⁴ p.
const fn reduce(t: u128) -> u64 {
    let m = (t as u64).wrapping_mul(MINUS_INVERSE);
    let r = ((t + m as u128 * P as u128) >> 64) as u64;
    if r >= P { r - P } else { r }
}

const fn multiply(a: u64, b: u64) -> u64 {
    reduce(a as u128 * b as u128)
}

fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= P { sum - P } else { sum }
}

fn negate(a: u64) -> u64 {
    if a == 0 { 0 } else { P - a }
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut square) = (ONE, base);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, square);
        }
        square = multiply(square, square);
        exponent >>= 1;
    }
    result
}

/// The number below p that a form stands for, and back.
fn number(form: u64) -> u64 {
    reduce(u128::from(form))
}

fn form(number: u64) -> u64 {
    multiply(number % P, SQUARE_OF_ONE)
}

fn form_of_whole(n: i128) -> u64 {
    form(n.rem_euclid(i128::from(P)) as u64)
}

/// One over it, for what is not 0 (Fermat).
fn inverse(a: u64) -> u64 {
    power(a, P - 2)
}

/// 1 for squares, −1 for the others, 0 for 0 (Euler's criterion).
fn sign(a: u64) -> i32 {
    match power(a, SQUARES) {
        0 => 0,
        ONE => 1,
        _ => -1,
    }
}

/// Numerators below this and denominators up to that: twice their product stays below p, so that no number is two
/// fractions.
const LARGEST_NUMERATOR: u64 = 1 << 44;
const LARGEST_DENOMINATOR: u64 = 1 << 16;

/// The small fraction that a number is, if it is one (half of Euclid's algorithm, Wang 1981).
fn fraction(form: u64) -> Option<(i64, u64)> {
    let (mut r, mut next) = (P, number(form));
    let (mut t, mut t_next) = (0i128, 1i128);
    while next >= LARGEST_NUMERATOR {
        let q = r / next;
        (r, next) = (next, r - q * next);
        (t, t_next) = (t_next, t - i128::from(q) * t_next);
    }
    let denominator = u64::try_from(t_next.unsigned_abs()).ok().filter(|&d| d <= LARGEST_DENOMINATOR)?;
    let (a, b) = (next as i64 * t_next.signum() as i64, denominator);
    (gcd(next, denominator) == 1).then_some((a, b))
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// a/b modulo n, where b has an inverse there.
fn quotient(a: i64, b: u64, n: u64) -> Option<u64> {
    let (mut r, mut next) = (i128::from(n), i128::from(b % n));
    let (mut t, mut t_next) = (0i128, 1i128);
    while next != 0 {
        let q = r / next;
        (r, next) = (next, r - q * next);
        (t, t_next) = (t_next, t - q * t_next);
    }
    let n = i128::from(n);
    (r == 1).then(|| (t.rem_euclid(n) * i128::from(a).rem_euclid(n)).rem_euclid(n) as u64)
}

/// `base` to an exponent that is read as a whole number between −p/2 and p/2, so that base^(c − 1) = base^c / base.
fn lifted_power(base: u64, exponent: u64) -> u64 {
    let lift = number(exponent);
    if lift <= P / 2 { power(base, lift) } else { inverse(power(base, P - lift)) }
}

/// A number that the key alone decides.
fn drawn(function: u64, argument: u64) -> u64 {
    let mut state = function.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ argument;
    // The mixing steps of splitmix64.
    for _ in 0..2 {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
    }
    state % P
}

/// Keys of what is drawn; the functions themselves have the keys of their place in `Elementary`, from 16 on.
const KEY_E: u64 = 1;
const KEY_PI: u64 = 2;
const KEY_CIRCLE: u64 = 3;

fn key(f: Elementary) -> u64 {
    16 + f as u64
}

/// The number that stands for e: a square, as a positive number is.
fn e() -> u64 {
    let root = drawn(KEY_E, 0);
    multiply(root, root)
}

/// exp(u) = e^u: for a small fraction u a true power of e, so that sums become products; else its lift is the exponent,
/// and exp(−u) is 1/exp(u) all the same.
fn exp(u: u64) -> u64 {
    match fraction(u).and_then(|(a, b)| quotient(a, b, SQUARES)) {
        Some(exponent) => power(e(), exponent),
        None => lifted_power(e(), u),
    }
}

/// Two numbers a + b i with i² = −1, which is no square.
fn complex_times((a, b): (u64, u64), (c, d): (u64, u64)) -> (u64, u64) {
    (add(multiply(a, c), negate(multiply(b, d))), add(multiply(a, d), multiply(b, c)))
}

/// cos u + i sin u: a fixed point on the unit circle to the power u, lifted; whole numbers add up as angles do.
fn circle(u: u64) -> (u64, u64) {
    let t = drawn(KEY_CIRCLE, 0);
    let square = multiply(t, t);
    let scale = inverse(add(ONE, square));
    let mut base = (multiply(add(ONE, negate(square)), scale), multiply(add(t, t), scale));
    let lift = number(u);
    let (mut exponent, is_negative) = if lift <= P / 2 { (lift, false) } else { (P - lift, true) };
    let mut point = (ONE, 0);
    while exponent > 0 {
        if exponent & 1 == 1 {
            point = complex_times(point, base);
        }
        base = complex_times(base, base);
        exponent >>= 1;
    }
    (point.0, if is_negative { negate(point.1) } else { point.1 })
}

/// log u: drawn, with log 1 = 0, log e = 1 and log(1/u) = −log u.
fn log(u: u64) -> Option<u64> {
    if u == 0 {
        return None;
    }
    if u == e() {
        return Some(ONE);
    }
    let turned = inverse(u);
    Some(match u.cmp(&turned) {
        // u is 1 (or −1, which has no logarithm).
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Less => drawn(key(Elementary::Log), u),
        std::cmp::Ordering::Greater => negate(drawn(key(Elementary::Log), turned)),
    })
}

/// A drawn function with f(−u) = −f(u).
fn odd(f: Elementary, u: u64) -> u64 {
    let opposite = negate(u);
    match u.cmp(&opposite) {
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Less => drawn(key(f), u),
        std::cmp::Ordering::Greater => negate(drawn(key(f), opposite)),
    }
}

/// `base^exponent`, and whether it is more than field arithmetic. `None` outside the domain.
fn general_power(base: u64, exponent: u64) -> Option<(u64, bool)> {
    let (a, b) = fraction(exponent).unwrap_or((0, 0));
    if base == 0 {
        return match (a, b) {
            (0, 1) => Some((ONE, false)),
            (1.., 1..) => Some((0, b > 1)),
            _ => None,
        };
    }
    if b <= 1 {
        // A whole number, or no small fraction at all: only that base^(c − 1) = base^c / base is kept.
        return Some((lifted_power(base, exponent), b == 0));
    }
    // Odd roots are unique for all numbers, others for squares.
    let group = if b % 2 == 1 { P - 1 } else { SQUARES };
    if b.is_multiple_of(2) && sign(base) < 0 {
        return None;
    }
    quotient(a, b, group).map(|exponent| (power(base, exponent), true))
}

impl Modular {
    const NONE: Modular = Modular { form: NONE, atom: true };

    pub fn whole(n: i64) -> Modular {
        Modular { form: form_of_whole(n.into()), atom: false }
    }

    fn with(self, other: Modular, combine: impl FnOnce(u64, u64) -> u64) -> Modular {
        if self.form == NONE || other.form == NONE {
            return Modular::NONE;
        }
        Modular { form: combine(self.form, other.form), atom: self.atom || other.atom }
    }

    /// An atom of this number.
    fn atom(self, function: impl FnOnce(u64) -> Option<u64>) -> Modular {
        let value = if self.form == NONE { None } else { function(self.form) };
        value.map_or(Modular::NONE, |form| Modular { form, atom: true })
    }

    /// The same number if it is a square, else its negative: what stands for its absolute value.
    pub fn positive(self) -> Modular {
        if self.form != NONE && sign(self.form) < 0 { self.map(Elementary::Negate) } else { self }
    }

    fn indicator(self, holds: impl FnOnce(i32) -> bool) -> Modular {
        self.atom(|u| Some(if holds(sign(u)) { ONE } else { 0 }))
    }
}

/// Equal as numbers; what is no number equals nothing.
impl PartialEq for Modular {
    fn eq(&self, other: &Modular) -> bool {
        self.form == other.form && self.form != NONE
    }
}

impl Scalar for Modular {
    const EXACT: bool = true;

    fn from_f64(value: f64) -> Modular {
        if value == 0.0 {
            return Modular { form: 0, atom: false };
        }
        if value == 1.0 {
            return Modular { form: ONE, atom: false };
        }
        if !value.is_finite() {
            return Modular::NONE;
        }
        // Every float is a whole number times a power of 2.
        let (mut mantissa, mut exponent) = (value, 0i32);
        while mantissa != mantissa.trunc() {
            mantissa *= 2.0;
            exponent -= 1;
        }
        while mantissa.abs() >= 9e15 {
            mantissa *= 0.5;
            exponent += 1;
        }
        let two = add(ONE, ONE);
        let scale = power(if exponent < 0 { inverse(two) } else { two }, u64::from(exponent.unsigned_abs()));
        Modular { form: multiply(form_of_whole(mantissa as i128), scale), atom: false }
    }

    fn from_number(value: Number) -> Modular {
        match (value, value.fraction()) {
            (_, Some((n, d))) => Modular { form: multiply(form_of_whole(n), inverse(form_of_whole(d))), atom: false },
            // Already rounded: nothing that comes of it is certain.
            (number, None) => Modular { atom: true, ..Modular::from_f64(number.to_f64()) },
        }
    }

    fn constant(which: Constant) -> Modular {
        let root = drawn(KEY_PI, 0);
        let form = match which {
            Constant::Pi => multiply(root, root),
            Constant::E => e(),
        };
        Modular { form, atom: true }
    }

    fn undefined() -> Modular {
        Modular::NONE
    }
    fn is_undefined(self) -> bool {
        self.form == NONE
    }
    fn value(self) -> f64 {
        if self.form == NONE { f64::NAN } else { f64::from(sign(self.form)) }
    }
    fn is_above(self, other: Modular) -> bool {
        self.minus(other).value() > 0.0
    }
    fn by_order(self) -> Modular {
        Modular { atom: true, ..self }
    }
    fn choose(condition: Modular, yes: Modular, no: Modular) -> Modular {
        match condition.form {
            NONE => Modular::NONE,
            0 => Modular { atom: no.atom || condition.atom, ..no },
            _ => Modular { atom: yes.atom || condition.atom, ..yes },
        }
    }
    fn plus(self, other: Modular) -> Modular {
        self.with(other, add)
    }
    fn minus(self, other: Modular) -> Modular {
        self.with(other, |a, b| add(a, negate(b)))
    }
    fn times(self, other: Modular) -> Modular {
        self.with(other, multiply)
    }
    fn over(self, other: Modular) -> Modular {
        if other.form == 0 {
            return Modular::NONE;
        }
        self.with(other, |a, b| multiply(a, inverse(b)))
    }

    fn map(self, f: Elementary) -> Modular {
        let one = Modular { form: ONE, atom: false };
        let over_log = |base: i64| self.map(Elementary::Log).over(Modular::whole(base).map(Elementary::Log));
        // e^u and e^−u, for the hyperbolic functions.
        let both = || {
            let e = self.map(Elementary::Exp);
            (e, one.over(e))
        };
        let half = |x: Modular| x.over(Modular::whole(2));
        match f {
            Elementary::Negate => self.with(one, |u, _| negate(u)),
            Elementary::Exp => self.atom(|u| Some(exp(u))),
            Elementary::Log => self.atom(log),
            Elementary::Log2 => over_log(2),
            Elementary::Log10 => over_log(10),
            Elementary::Log1p => one.plus(self).map(Elementary::Log),
            Elementary::Expm1 => self.map(Elementary::Exp).minus(one),
            // Of the two roots the one that is itself a square.
            Elementary::Sqrt => self.atom(|u| {
                let root = power(u, P.div_ceil(4));
                (multiply(root, root) == u).then_some(root)
            }),
            Elementary::Cbrt => self.atom(|u| quotient(1, 3, P - 1).map(|third| power(u, third))),
            Elementary::Abs => self.times(self.map(Elementary::Sign)),
            Elementary::Sign => self.atom(|u| Some(form_of_whole(sign(u).into()))),
            Elementary::Step => self.indicator(|s| s > 0),
            Elementary::Relu => self.times(self.map(Elementary::Step)),
            Elementary::Sin => self.atom(|u| Some(circle(u).1)),
            Elementary::Cos => self.atom(|u| Some(circle(u).0)),
            Elementary::Tan => self.map(Elementary::Sin).over(self.map(Elementary::Cos)),
            Elementary::Cot => self.map(Elementary::Cos).over(self.map(Elementary::Sin)),
            Elementary::Sec => one.over(self.map(Elementary::Cos)),
            Elementary::Csc => one.over(self.map(Elementary::Sin)),
            Elementary::Sinh => {
                let (up, down) = both();
                half(up.minus(down))
            }
            Elementary::Cosh => {
                let (up, down) = both();
                half(up.plus(down))
            }
            Elementary::Tanh => {
                let (up, down) = both();
                up.minus(down).over(up.plus(down))
            }
            Elementary::Sigmoid => {
                let e = self.map(Elementary::Exp);
                e.over(one.plus(e))
            }
            Elementary::Softplus => one.plus(self.map(Elementary::Exp)).map(Elementary::Log),
            Elementary::Acos | Elementary::Acosh => self.atom(|u| Some(drawn(key(f), u))),
            Elementary::Asin | Elementary::Atan | Elementary::Asinh | Elementary::Atanh | Elementary::Erf => {
                self.atom(|u| Some(odd(f, u)))
            }
        }
    }

    fn map2(f: Elementary2, a: Modular, b: Modular) -> Modular {
        let difference = a.minus(b);
        match f {
            Elementary2::Divide => a.over(b),
            Elementary2::Power => {
                let power = if a.form == NONE || b.form == NONE { None } else { general_power(a.form, b.form) };
                power.map_or(Modular::NONE, |(form, atom)| Modular { form, atom: atom || a.atom || b.atom })
            }
            Elementary2::Max => Modular::choose(Modular::map2(Elementary2::GreaterEqual, a, b), a, b),
            Elementary2::Min => Modular::choose(Modular::map2(Elementary2::LessEqual, a, b), a, b),
            Elementary2::Greater => difference.indicator(|s| s > 0),
            Elementary2::Less => difference.indicator(|s| s < 0),
            Elementary2::GreaterEqual => difference.indicator(|s| s >= 0),
            Elementary2::LessEqual => difference.indicator(|s| s <= 0),
        }
    }
}

impl Layers for Modular {
    const DEPTH: usize = 0;
    type Plain = Modular;

    fn moving(self, _: usize, _: f64) -> Modular {
        self
    }
    fn rate(self, _: usize) -> Modular {
        Modular::whole(0)
    }
    fn lift(plain: Modular) -> Modular {
        plain
    }
    fn plain(self) -> Modular {
        self
    }
}

/// Exact numbers have no rounding to look for.
impl Jiggled for Modular {
    fn scaled(self, _: f64, _: f64) -> Modular {
        self
    }
    fn size(self) -> f64 {
        0.0
    }
    fn steepness(self) -> f64 {
        0.0
    }
    fn tilted(self, _: f64) -> Modular {
        self
    }
}

#[cfg(test)]
mod tests;
