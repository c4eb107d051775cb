//! Exact coefficients: a fraction of whole numbers as long as it fits, a float where nothing exact is left. Two of them are
//! combined in 128 bits, where nothing overflows, and kept in 64.

use num_rational::Ratio;

/// A number in an expression.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    Exact(Ratio<i64>),
    /// Too large, too small or too long for such a fraction.
    Float(f64),
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        match (self, other) {
            // Fractions are kept in lowest terms.
            (Number::Exact(a), Number::Exact(b)) => (a.numer(), a.denom()) == (b.numer(), b.denom()),
            (Number::Float(a), Number::Float(b)) => a.to_bits() == b.to_bits(),
            _ => false,
        }
    }
}
impl Eq for Number {}

impl std::hash::Hash for Number {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        match self {
            Number::Exact(r) => (r.numer(), r.denom()).hash(state),
            Number::Float(f) => f.to_bits().hash(state),
        }
    }
}

/// Fractions stay within this, so that products of two never overflow 128 bits and texts stay readable.
const LARGEST: i128 = 1 << 62;

/// The float nearest to a decimal, as JSON writes it. JSON's reader has its table of powers in the engine anyway; the
/// standard library's reader would bring another.
pub fn float_of(text: &str) -> Option<f64> {
    serde_json::from_str(text).ok()
}

impl Number {
    pub const ZERO: Number = Number::Exact(Ratio::new_raw(0, 1));
    pub const ONE: Number = Number::Exact(Ratio::new_raw(1, 1));
    pub const MINUS_ONE: Number = Number::Exact(Ratio::new_raw(-1, 1));

    pub fn int(n: i64) -> Number {
        // Nearly always: then there is nothing to look at.
        if n.unsigned_abs() <= LARGEST as u64 { Number::Exact(Ratio::new_raw(n, 1)) } else { Number::Float(n as f64) }
    }

    pub fn ratio(n: i64, d: i64) -> Number {
        Number::bounded(Ratio::new(n.into(), d.into()))
    }

    /// Reads a decimal literal exactly where it fits.
    pub fn parse(text: &str) -> Option<Number> {
        if text.len() < 10 && text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().ok().map(Number::int);
        }
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{part}");
        let is_whole = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_whole(&digits) || !is_whole(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)) {
            return None;
        }
        let power = exponent.parse::<i32>().unwrap_or(i32::MAX).saturating_sub(part.len() as i32);
        let digits = digits.trim_start_matches('0');
        if digits.len() > 18 || power.abs() > 18 {
            let whole = whole.trim_start_matches('0');
            // What is written correctly and yet refused is too large.
            let float = float_of(&format!("{}.{part}0e{exponent}", if whole.is_empty() { "0" } else { whole }));
            return Some(Number::Float(float.unwrap_or(f64::INFINITY)));
        }
        let n: i128 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        let scale = 10i128.pow(power.unsigned_abs());
        let exact = if power >= 0 { Ratio::from_integer(n * scale) } else { Ratio::new(n, scale) };
        Some(Number::bounded(exact))
    }

    pub fn to_f64(self) -> f64 {
        match self {
            Number::Exact(r) => *r.numer() as f64 / *r.denom() as f64,
            Number::Float(f) => f,
        }
    }

    pub fn is_zero(self) -> bool {
        self == Number::ZERO
    }

    pub fn is_one(self) -> bool {
        self == Number::ONE
    }

    pub fn is_negative(self) -> bool {
        match self {
            Number::Exact(r) => *r.numer() < 0,
            Number::Float(f) => f < 0.0,
        }
    }

    /// The whole number, where it is one that fits.
    pub fn whole(self) -> Option<i64> {
        match self {
            Number::Exact(r) if *r.denom() == 1 => Some(*r.numer()),
            _ => None,
        }
    }

    /// Numerator and denominator, where exact.
    pub fn fraction(self) -> Option<(i128, i128)> {
        match self {
            Number::Exact(r) => Some(((*r.numer()).into(), (*r.denom()).into())),
            Number::Float(_) => None,
        }
    }

    /// The fraction as long as it fits.
    fn bounded(r: Ratio<i128>) -> Number {
        let fits = |n: &i128| (-LARGEST..=LARGEST).contains(n).then_some(*n as i64);
        match (fits(r.numer()), fits(r.denom())) {
            (Some(n), Some(d)) => Number::Exact(Ratio::new_raw(n, d)),
            _ => Number::Float(*r.numer() as f64 / *r.denom() as f64),
        }
    }

    fn combine(
        self,
        other: Number,
        exact: impl Fn(Ratio<i128>, Ratio<i128>) -> Ratio<i128>,
        float: impl Fn(f64, f64) -> f64,
    ) -> Number {
        let wide = |r: Ratio<i64>| Ratio::new_raw((*r.numer()).into(), (*r.denom()).into());
        match (self, other) {
            (Number::Exact(a), Number::Exact(b)) => Number::bounded(exact(wide(a), wide(b))),
            _ => Number::Float(float(self.to_f64(), other.to_f64())),
        }
    }

    /// Both as whole numbers, where they are small ones: nearly always, and then nothing has to be reduced.
    fn small(self, other: Number) -> Option<(i64, i64)> {
        let small = |n: Number| n.whole().filter(|n| n.unsigned_abs() < 1 << 31);
        Some((small(self)?, small(other)?))
    }

    pub fn plus(self, other: Number) -> Number {
        if let Some((a, b)) = self.small(other) {
            return Number::int(a + b);
        }
        self.combine(other, |a, b| a + b, |a, b| a + b)
    }

    pub fn times(self, other: Number) -> Number {
        if let Some((a, b)) = self.small(other) {
            return Number::int(a * b);
        }
        self.combine(other, |a, b| a * b, |a, b| a * b)
    }

    /// Division; by zero there is no exact answer, so a float (infinite or not a number) is left.
    pub fn over(self, other: Number) -> Number {
        if other.is_zero() {
            return Number::Float(self.to_f64() / 0.0);
        }
        if let Some((a, b)) = self.small(other) {
            return Number::Exact(Ratio::new(a, b));
        }
        self.combine(other, |a, b| a / b, |a, b| a / b)
    }

    pub fn negated(self) -> Number {
        self.times(Number::MINUS_ONE)
    }

    /// A power with a whole exponent, where it stays exact.
    pub fn power(self, exponent: i64) -> Option<Number> {
        let base = if exponent < 0 { if self.is_zero() { return None } else { Number::ONE.over(self) } } else { self };
        if exponent.unsigned_abs() > 64 {
            return None;
        }
        let mut result = Number::ONE;
        for _ in 0..exponent.unsigned_abs() {
            result = result.times(base);
        }
        matches!(result, Number::Exact(_)).then_some(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is no exact fraction is the float that the standard library reads.
    #[test]
    fn long_decimals_are_the_nearest_floats() {
        let mut random = oorandom::Rand64::new(11);
        let mut texts: Vec<String> = ["1e400", "1e-400", "00012e25", ".5e30", "5.e+30", "4.9e-324", "1e99999999999"]
            .into_iter()
            .chain(["2.2250738585072011e-308", "0.e-99999999999", "123456789012345678901234567890"])
            .map(str::to_owned)
            .collect();
        for _ in 0..2000 {
            let digits: String =
                (0..random.rand_range(19..40)).map(|_| char::from(random.rand_range(48..58) as u8)).collect();
            let (whole, part) = digits.split_at(random.rand_range(0..19) as usize);
            texts.push(format!("{whole}.{part}e{}", random.rand_range(0..640) as i64 - 320));
        }
        let floats = texts.iter().filter(|text| match Number::parse(text) {
            Some(Number::Float(float)) => {
                assert_eq!(Ok(float), text.parse::<f64>(), "{text}");
                true
            }
            other => {
                assert!(other.is_some(), "{text}");
                false
            }
        });
        assert!(floats.count() > 1900);
        for text in ["", ".", "e5", "1e", "1e+", "1.2.3", "1x", "-1", "+1", "inf", "nan", "1e5x"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
