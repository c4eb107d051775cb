//! How large a rate may be. Where the loss is quadratic in the parameters, its gradient is a straight line in every
//! direction, and the steepest direction (the largest eigenvalue λ of the second derivative) decides: a step with a
//! rate above 2/λ lands farther from the valley's floor than it started.

use crate::number::float_of;
use oorandom::Rand64;

/// Gradient of the loss at given parameters, all in one row; `None` where it cannot be computed.
pub type Gradient<'a> = &'a mut dyn FnMut(&[f64]) -> Option<Vec<f64>>;

fn norm(v: &[f64]) -> f64 {
    v.iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn is_finite(v: &[f64]) -> bool {
    v.iter().all(|x| x.is_finite())
}

fn direction(len: usize, random: &mut Rand64) -> Vec<f64> {
    (0..len).map(|_| 2.0 * random.rand_float() - 1.0).collect()
}

/// True where the gradient is affine around `at`, far out and on both sides: then the loss is quadratic.
fn is_affine(gradient: Gradient, at: &[f64], random: &mut Rand64) -> Option<bool> {
    let reach = 10.0 * (1.0 + at.iter().fold(0.0, |most: f64, x| most.max(x.abs())));
    for _ in 0..6 {
        let mut point =
            || -> Vec<f64> { direction(at.len(), random).iter().zip(at).map(|(d, x)| x + reach * d).collect() };
        let (a, b) = (point(), point());
        let middle: Vec<f64> = a.iter().zip(&b).map(|(x, y)| 0.5 * (x + y)).collect();
        let (ga, gb, gm) = (gradient(&a)?, gradient(&b)?, gradient(&middle)?);
        let off: Vec<f64> = ga.iter().zip(&gb).zip(&gm).map(|((x, y), m)| 0.5 * (x + y) - m).collect();
        if !is_finite(&off) || norm(&off) > 1e-9 * (norm(&ga) + norm(&gb)) {
            return Some(false);
        }
    }
    Some(true)
}

/// The largest eigenvalue of the second derivative, by power iteration on differences of the gradient.
/// `None` where the gradient is not affine, or where nothing curves upwards.
pub fn largest_curvature(gradient: Gradient, at: &[f64]) -> Option<f64> {
    let mut random = Rand64::new(0x63757276);
    if !is_affine(gradient, at, &mut random)? {
        return None;
    }
    let start = gradient(at)?;
    let reach = 1.0 + norm(at);
    let mut v = direction(at.len(), &mut random);
    let mut curvature = 0.0;
    for _ in 0..1_000 {
        let length = norm(&v);
        if length == 0.0 || !length.is_finite() {
            return None;
        }
        v.iter_mut().for_each(|x| *x /= length);
        let moved: Vec<f64> = at.iter().zip(&v).map(|(x, d)| x + reach * d).collect();
        let bent: Vec<f64> = gradient(&moved)?.iter().zip(&start).map(|(g, s)| (g - s) / reach).collect();
        let next: f64 = bent.iter().zip(&v).map(|(b, d)| b * d).sum();
        let settled = (next - curvature).abs() <= 1e-13 * next.abs();
        curvature = next;
        v = bent;
        if settled {
            break;
        }
    }
    (curvature > 0.0 && curvature.is_finite()).then_some(curvature)
}

/// A rate a little below the limit, with two digits: one that a learner can type and that settles.
pub fn comfortable(limit: f64) -> f64 {
    let target = 0.95 * limit;
    let unit = libm::pow(10.0, libm::log10(target).floor() - 1.0);
    // A whole number of units must not fall to the one below by rounding.
    let rounded = (target / unit + 1e-9).floor() * unit;
    // Away from the noise of the multiplication: 31 × 0.01 is to read 0.31.
    float_of(&format!("{rounded:.2e}")).unwrap_or(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steepest_direction_of_a_bowl_is_found() {
        // Loss ½ (4 p² + 2 p q + 3 q²): eigenvalues (7 ± √5)/2.
        let mut gradient = |v: &[f64]| Some(vec![4.0 * v[0] + v[1] - 2.0, v[0] + 3.0 * v[1]]);
        let found = largest_curvature(&mut gradient, &[5.0, -3.0]).unwrap();
        assert!((found - (7.0 + 5f64.sqrt()) / 2.0).abs() < 1e-9, "{found}");
    }

    #[test]
    fn what_is_no_bowl_has_no_limit() {
        let mut cubic = |v: &[f64]| Some(vec![v[0] * v[0]]);
        assert_eq!(largest_curvature(&mut cubic, &[1.0]), None);
        let mut kinked = |v: &[f64]| Some(vec![if v[0] > -2.0 { v[0] } else { 0.0 }]);
        assert_eq!(largest_curvature(&mut kinked, &[3.0]), None);
        let mut slope = |_: &[f64]| Some(vec![1.0]);
        assert_eq!(largest_curvature(&mut slope, &[1.0]), None);
        let mut dome = |v: &[f64]| Some(vec![-v[0]]);
        assert_eq!(largest_curvature(&mut dome, &[1.0]), None);
        let mut broken = |_: &[f64]| None;
        assert_eq!(largest_curvature(&mut broken, &[1.0]), None);
    }

    #[test]
    fn advice_has_two_digits_and_stays_below() {
        for (limit, advice) in [(0.331, 0.31), (2.0, 1.9), (1234.0, 1100.0), (3.3e-5, 3.1e-5)] {
            assert_eq!(comfortable(limit), advice);
        }
    }
}
