//! exp, log and what is made of them in f32, without branches, so that a loop over numbers becomes vector code.
//!
//! Errors, measured by the tests below against f64: exp 1.6e-7 and log 1.5e-7 relative (log near 1 too), tanh 4e-7, sigmoid
//! 4e-7, softplus 4e-7. Results below the smallest normal number are 0.

use crate::coefficients::{EXP, LN2_HIGH, LN2_LOW, LOG, LOG2_E, ROUNDING, SMALLEST, TANH_DENOMINATOR, TANH_NUMERATOR};

/// A polynomial by its coefficients from the lowest power on (Horner).
#[inline(always)]
fn polynomial<const N: usize>(x: f32, coefficients: &[f32; N]) -> f32 {
    let (last, rest) = (coefficients[N - 1], &coefficients[..N - 1]);
    rest.iter().rev().fold(last, |value, &coefficient| coefficient + x * value)
}

/// The bits of 2ᵏ.
#[inline(always)]
fn power_of_two(k: i32) -> f32 {
    f32::from_bits((k.wrapping_add(127) as u32).wrapping_shl(23))
}

#[inline(always)]
pub fn exp(x: f32) -> f32 {
    // Comparisons that are false for what is not a number: it passes through.
    let within = if x > 89.0 { 89.0 } else { x };
    let within = if within < -88.0 { -88.0 } else { within };
    let shifted = within * LOG2_E + ROUNDING;
    let n = shifted - ROUNDING;
    let k = (shifted.to_bits() as i32).wrapping_sub(ROUNDING.to_bits() as i32);
    let r = (within - n * LN2_HIGH) - n * LN2_LOW;
    let fraction = 1.0 + (r + r * r * polynomial(r, &EXP));
    // 2ᵏ in two factors: k may be 128, which has no bits of its own.
    let half = k >> 1;
    let value = fraction * power_of_two(half) * power_of_two(k.wrapping_sub(half));
    if x < SMALLEST { 0.0 } else { value }
}

#[inline(always)]
pub fn log(x: f32) -> f32 {
    let tiny = x < f32::MIN_POSITIVE;
    let normal = if tiny { x * 8_388_608.0 } else { x };
    let bits = normal.to_bits() as i32;
    // The exponent that leaves a fraction between √½ and √2.
    let k = bits.wrapping_sub(0x3f35_04f3) >> 23;
    let f = f32::from_bits(bits.wrapping_sub(k.wrapping_shl(23)) as u32) - 1.0;
    let exponent = k as f32 - if tiny { 23.0 } else { 0.0 };
    let small = f * f * (f * polynomial(f, &LOG) - 0.5) + exponent * LN2_LOW;
    let value = exponent * LN2_HIGH + (f + small);
    let value = if x == f32::INFINITY { x } else { value };
    let value = if x == 0.0 { f32::NEG_INFINITY } else { value };
    if x >= 0.0 { value } else { f32::NAN }
}

#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let within = if x > 9.02 { 9.02 } else { x };
    let within = if within < -9.02 { -9.02 } else { within };
    let t = within * within;
    let value = within * polynomial(t, &TANH_NUMERATOR) / polynomial(t, &TANH_DENOMINATOR);
    let value = if value > 1.0 { 1.0 } else { value };
    if value < -1.0 { -1.0 } else { value }
}

#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// log(1 + t) for t between 0 and 1: the rounding of 1 + t is divided out (Kahan).
#[inline(always)]
fn log1p(t: f32) -> f32 {
    let u = 1.0 + t;
    let value = log(u) * (t / (u - 1.0));
    if u == 1.0 { t } else { value }
}

#[inline(always)]
pub fn softplus(x: f32) -> f32 {
    let positive = if x < 0.0 { 0.0 } else { x };
    positive + log1p(exp(-x.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest error relative to the value over a fine grid of all magnitudes, and where it is.
    fn worst(f: fn(f32) -> f32, exact: fn(f64) -> f64, from: f32, to: f32) -> (f64, f32) {
        let mut worst = (0.0, 0.0);
        for k in 0..=2_000_000u32 {
            let x = from + (to - from) * (k as f32 / 2e6);
            let (is, right) = (f64::from(f(x)), exact(f64::from(x)));
            let error = if right == 0.0 { is.abs() } else { ((is - right) / right).abs() };
            if right.abs() >= f64::from(f32::MIN_POSITIVE) && error > worst.0 {
                worst = (error, x);
            }
        }
        worst
    }

    /// Name, ours, the exact one, from, to, the bound.
    type Row = (&'static str, fn(f32) -> f32, fn(f64) -> f64, f32, f32, f64);

    #[test]
    fn errors_stay_within_the_stated_bounds() {
        let soft = |x: f64| x.max(0.0) + libm::log1p(libm::exp(-x.abs()));
        let rows: [Row; 9] = [
            ("exp", exp, libm::exp, -87.3, 88.7, 1.6e-7),
            ("exp", exp, libm::exp, -1.0, 1.0, 1.6e-7),
            ("log", log, libm::log, 1e-30, 1e-3, 1.5e-7),
            ("log", log, libm::log, 0.5, 2.0, 1.5e-7),
            ("log", log, libm::log, 1.0, 1e30, 1.5e-7),
            ("tanh", tanh, libm::tanh, -12.0, 12.0, 4e-7),
            ("tanh", tanh, libm::tanh, -0.01, 0.01, 4e-7),
            ("sigmoid", sigmoid, |x| 1.0 / (1.0 + libm::exp(-x)), -80.0, 80.0, 4e-7),
            ("softplus", softplus, soft, -80.0, 80.0, 4e-7),
        ];
        for (name, f, exact, from, to, bound) in rows {
            let (error, at) = worst(f, exact, from, to);
            assert!(error <= bound, "{name} at {at}: {error:e}");
            // A bound far above the truth would say nothing.
            assert!(error > 0.2 * bound, "{name}: {error:e} is far below {bound:e}");
        }
    }

    #[test]
    fn the_ends_are_right() {
        assert_eq!((exp(0.0), exp(-1e30), exp(1e30), exp(-100.0)), (1.0, 0.0, f32::INFINITY, 0.0));
        assert_eq!((exp(f32::NEG_INFINITY), exp(f32::INFINITY)), (0.0, f32::INFINITY));
        assert_eq!((log(1.0), log(0.0), log(f32::INFINITY)), (0.0, f32::NEG_INFINITY, f32::INFINITY));
        assert!((log(1e-42) - -96.709_71).abs() < 1e-2, "{}", log(1e-42));
        assert_eq!((tanh(0.0), tanh(20.0), tanh(f32::NEG_INFINITY)), (0.0, tanh(9.02), -tanh(9.02)));
        assert_eq!((sigmoid(0.0), sigmoid(200.0), sigmoid(-200.0)), (0.5, 1.0, 0.0));
        assert_eq!((softplus(1e30), softplus(-200.0), softplus(f32::INFINITY)), (1e30, 0.0, f32::INFINITY));
        for f in [exp, log, tanh, sigmoid, softplus] {
            assert!(f(f32::NAN).is_nan());
        }
        assert!(log(-1.0).is_nan());
    }
}
