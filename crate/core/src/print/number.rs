//! Numbers as text: whole, as a fraction where that is short, else as a decimal.

use crate::number::Number;

/// The ways a number without its sign can be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown {
    Whole(String),
    Fraction(String, String),
    Decimal(String),
    /// Mantissa and power of ten.
    Scientific(String, i32),
    Infinite,
    NotANumber,
}

/// The largest numerator and denominator of a fraction that is shown as one.
const SHORT: i128 = 1000;

/// A number's sign and the rest.
pub(crate) fn shown(number: Number) -> (bool, Shown) {
    if let Some(whole) = number.whole() {
        return (whole < 0, Shown::Whole(whole.unsigned_abs().to_string()));
    }
    match number.fraction() {
        Some((n, d)) => {
            let size = n.abs();
            let shown = if size < SHORT && d < SHORT {
                Shown::Fraction(size.to_string(), d.to_string())
            } else {
                decimal(size, d).map_or_else(|| Shown::Fraction(size.to_string(), d.to_string()), Shown::Decimal)
            };
            (n < 0, shown)
        }
        None => float(number.to_f64()),
    }
}

/// The exact decimal of `n / d`, where it ends within 18 places.
fn decimal(n: i128, d: i128) -> Option<String> {
    let places = (1..=18).find(|&p| 10i128.pow(p) % d == 0)?;
    let digits = n.checked_mul(10i128.pow(places) / d)?;
    let scale = 10i128.pow(places);
    let width = places as usize;
    Some(format!("{}.{:0width$}", digits / scale, digits % scale))
}

fn float(value: f64) -> (bool, Shown) {
    let size = value.abs();
    let shown = if value.is_nan() {
        Shown::NotANumber
    } else if size.is_infinite() {
        Shown::Infinite
    } else if size == 0.0 || (1e-4..1e9).contains(&size) {
        Shown::Decimal(size.to_string())
    } else {
        let scientific = format!("{size:e}");
        match scientific.split_once('e') {
            Some((mantissa, power)) => Shown::Scientific(mantissa.to_owned(), power.parse().unwrap_or(0)),
            None => Shown::Decimal(scientific),
        }
    };
    (value < 0.0, shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_fractions_and_exact_decimals() {
        let rows = [
            ("3", Shown::Whole("3".into())),
            (".5", Shown::Fraction("1".into(), "2".into())),
            ("0.015", Shown::Fraction("3".into(), "200".into())),
            ("0.001", Shown::Decimal("0.001".into())),
            ("3.14159", Shown::Decimal("3.14159".into())),
            ("1e300", Shown::Scientific("1".into(), 300)),
            ("1.5e-30", Shown::Scientific("1.5".into(), -30)),
        ];
        for (typed, expected) in rows {
            assert_eq!(shown(Number::parse(typed).unwrap()), (false, expected), "{typed}");
        }
        assert_eq!(shown(Number::ratio(-2, 3)), (true, Shown::Fraction("2".into(), "3".into())));
        assert_eq!(shown(Number::ratio(1, 3001)), (false, Shown::Fraction("1".into(), "3001".into())));
        assert_eq!(shown(Number::Float(f64::NEG_INFINITY)), (true, Shown::Infinite));
    }
}
