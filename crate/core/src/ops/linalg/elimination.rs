//! Determinants, inverses and adjugates of square blocks of numbers, for every kind of number alike.

use crate::scalar::{Elementary, Scalar};
use crate::tensor::Tensor;

/// What is at most so large, relative to the terms that it is the difference of, is rounding: a pivot that should be 0.
/// (Some thousands of the spacing of floats would hide matrices that can be inverted, a few would miss entries that are
/// sums of products themselves.)
const ROUNDING: f64 = 64.0 * f64::EPSILON;

/// Rows under elimination.
struct Rows<S> {
    entries: Vec<Vec<S>>,
    /// The largest term that each entry was made of: its own size at first.
    terms: Vec<Vec<f64>>,
}

impl<S: Scalar> Rows<S> {
    fn of(a: &Tensor<S>) -> Rows<S> {
        let n = a.shape.first().copied().unwrap_or(1);
        let entries: Vec<Vec<S>> = (0..n).map(|i| a.data[i * n..(i + 1) * n].to_vec()).collect();
        let terms = entries.iter().map(|row| row.iter().map(|x| x.value().abs()).collect()).collect();
        Rows { entries, terms }
    }

    /// The row at or below `k` whose entry in column `k` is largest. (Among numbers without an order any nonzero one does.)
    fn pivot_row(&self, k: usize) -> usize {
        let size = |row: usize| self.entries[row][k].value().abs();
        (k + 1..self.entries.len()).fold(k, |best, row| if size(row) > size(best) { row } else { best })
    }

    fn swap(&mut self, one: usize, other: usize) {
        self.entries.swap(one, other);
        self.terms.swap(one, other);
    }

    /// The pivot of step `k`, which is 0 where it is rounding.
    fn pivot(&self, k: usize) -> S {
        let pivot = self.entries[k][k];
        if pivot.value().abs() <= ROUNDING * self.terms[k][k] { S::from_f64(0.0) } else { pivot }
    }

    /// Takes so many times the row `from` from another one, from a column on.
    fn take(&mut self, row: usize, factor: S, from: usize, column: usize) {
        let pivot_row = self.entries[from][column..].to_vec();
        let changed = self.entries[row][column..].iter_mut().zip(&mut self.terms[row][column..]);
        for ((x, terms), p) in changed.zip(pivot_row) {
            let part = factor.times(p);
            *terms = terms.max(part.value().abs());
            *x = x.minus(part);
        }
    }
}

/// The matrix after Gauss's elimination with partial pivoting: its pivots, and the sign of the row exchanges.
struct Eliminated<S> {
    pivots: Vec<S>,
    sign: f64,
}

fn eliminate<S: Scalar>(a: &Tensor<S>) -> Eliminated<S> {
    let mut rows = Rows::of(a);
    let count = rows.entries.len();
    let mut result = Eliminated { pivots: Vec::with_capacity(count), sign: 1.0 };
    for k in 0..count {
        let best = rows.pivot_row(k);
        if best != k {
            rows.swap(k, best);
            result.sign = -result.sign;
        }
        let pivot = rows.pivot(k);
        result.pivots.push(pivot);
        for row in k + 1..count {
            let factor = rows.entries[row][k].over(pivot);
            rows.take(row, factor, k, k + 1);
        }
    }
    result
}

/// The determinant without any division, so that it (and its slope) is right at singular matrices too.
/// R. Bird, "A simple division-free algorithm for computing determinants", Inf. Process. Lett. 111 (2011).
fn without_division<S: Scalar>(a: &Tensor<S>) -> S {
    let n = a.shape.first().copied().unwrap_or(1);
    let zero = S::from_f64(0.0);
    let mut x = a.data.clone();
    for _ in 1..n {
        // What is on or below the diagonal goes; the diagonal becomes minus the sum of the entries further down it.
        let mut upper = vec![zero; n * n];
        let mut below = zero;
        for i in (0..n).rev() {
            upper[i * n + i] = zero.minus(below);
            below = below.plus(x[i * n + i]);
            upper[i * n + i + 1..(i + 1) * n].copy_from_slice(&x[i * n + i + 1..(i + 1) * n]);
        }
        for i in 0..n {
            for j in 0..n {
                let terms = (i..n).map(|k| upper[i * n + k].times(a.data[k * n + j]));
                x[i * n + j] = terms.fold(zero, S::plus);
            }
        }
    }
    if n.is_multiple_of(2) { zero.minus(x[0]) } else { x[0] }
}

/// The determinant of a square block.
pub fn determinant<S: Scalar>(a: &Tensor<S>) -> S {
    let eliminated = eliminate(a);
    if eliminated.pivots.iter().any(|p| p.value() == 0.0) {
        return without_division(a);
    }
    eliminated.pivots.into_iter().fold(S::from_f64(eliminated.sign), S::times)
}

/// log |det A|; where the determinant itself is too large or too small for a float, by its factors.
pub fn log_determinant<S: Scalar>(a: &Tensor<S>) -> S {
    let log_size = |x: S| x.map(Elementary::Abs).map(Elementary::Log);
    let eliminated = eliminate(a);
    if eliminated.pivots.iter().any(|p| p.value() == 0.0) {
        // The logarithm of 0, whose slope has no number either.
        let rest = without_division(a);
        return rest.minus(S::from_f64(rest.value())).map(Elementary::Log);
    }
    let whole = eliminated.pivots.iter().fold(S::from_f64(1.0), |product, &p| product.times(p));
    if whole.value().is_normal() {
        return log_size(whole);
    }
    eliminated.pivots.into_iter().map(log_size).fold(S::from_f64(0.0), S::plus)
}

/// The inverse by Gauss and Jordan. A matrix that is singular, up to rounding, gives `inf` and `nan`, as dividing by 0 does.
pub fn inverse<S: Scalar>(a: &Tensor<S>) -> Tensor<S> {
    let mut rows = Rows::of(a);
    let n = rows.entries.len();
    for i in 0..n {
        let unit = (0..n).map(|j| if i == j { 1.0 } else { 0.0 });
        rows.terms[i].extend(unit.clone());
        rows.entries[i].extend(unit.map(S::from_f64));
    }
    for k in 0..n {
        let best = rows.pivot_row(k);
        rows.swap(k, best);
        let pivot = rows.pivot(k);
        for (x, terms) in rows.entries[k].iter_mut().zip(&mut rows.terms[k]) {
            *x = x.over(pivot);
            *terms /= pivot.value().abs();
        }
        for row in (0..n).filter(|row| *row != k) {
            let factor = rows.entries[row][k];
            rows.take(row, factor, k, 0);
        }
    }
    Tensor::new(&[n, n], rows.entries.into_iter().flat_map(|row| row.into_iter().skip(n)).collect())
}

/// The adjugate by its cofactors: entry i, j is the determinant without row j and column i, with its sign.
pub fn adjugate<S: Scalar>(a: &Tensor<S>) -> Tensor<S> {
    let n = a.shape.first().copied().unwrap_or(1);
    Tensor::build(&[n, n], |at| {
        let (column, row) = (at[0], at[1]);
        let kept = |skip: usize| (0..n).filter(move |&k| k != skip);
        let data: Vec<S> =
            kept(row).flat_map(|i| kept(column).map(move |j| (i, j))).map(|(i, j)| a.at(&[i, j])).collect();
        let minor = if n == 1 { S::from_f64(1.0) } else { determinant(&Tensor { shape: vec![n - 1, n - 1], data }) };
        if (row + column).is_multiple_of(2) { minor } else { S::from_f64(0.0).minus(minor) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dual::Dual;

    fn matrix(rows: &[&[f64]]) -> Tensor<f64> {
        Tensor::new(&[rows.len(), rows.len()], rows.concat())
    }

    fn near(got: &Tensor<f64>, want: &Tensor<f64>) {
        for (g, w) in got.data.iter().zip(&want.data) {
            assert!((g - w).abs() < 1e-12, "{:?} is not {:?}", got.data, want.data);
        }
    }

    /// Worked on paper.
    #[test]
    fn small_matrices() {
        assert_eq!(determinant(&matrix(&[&[-3.0]])), -3.0);
        assert_eq!(determinant(&matrix(&[&[0.0, 2.0], &[3.0, 4.0]])), -6.0);
        let a = matrix(&[&[2.0, 0.0, 1.0], &[1.0, 3.0, 2.0], &[0.0, 1.0, 1.0]]);
        assert!((determinant(&a) - 3.0).abs() < 1e-12);
        assert!((without_division(&a) - 3.0).abs() < 1e-12);
        near(&adjugate(&a), &matrix(&[&[1.0, 1.0, -3.0], &[-1.0, 2.0, -3.0], &[1.0, -2.0, 6.0]]));
        near(&inverse(&a), &adjugate(&a).map(|x| x / 3.0));
        assert_eq!(adjugate(&matrix(&[&[7.0]])).data, [1.0]);
        assert!((log_determinant(&a) - libm::log(3.0)).abs() < 1e-12);
        assert!((log_determinant(&matrix(&[&[1e-200, 0.0], &[0.0, -1e-200]])) + 400.0 * libm::log(10.0)).abs() < 1e-9);
    }

    /// Singular on paper, and in floats a little off it.
    #[test]
    fn singular_up_to_rounding() {
        let u = [0.1, 0.7, -1.3];
        let outer = Tensor::build(&[3, 3], |at| u[at[0]] * u[at[1]] / 3.0);
        assert!(inverse(&outer).data.iter().any(|x| !x.is_finite()));
        assert_eq!(log_determinant(&outer), f64::NEG_INFINITY);
        // Its determinant is 0 to second order, whatever direction it moves in.
        let mut dual = Tensor { shape: vec![3, 3], data: outer.data.iter().map(|&x| Dual::from_f64(x)).collect() };
        dual.data[4].slope = 1.0;
        assert!(determinant(&dual).slope.abs() < 1e-15);
        // What is small but not cancelled is no rounding.
        near(
            &inverse(&matrix(&[&[1e-200, 0.0], &[1.0, 1e180]])).map(|x| x * 1e-200),
            &matrix(&[&[1.0, 0.0], &[-1e-180, 0.0]]),
        );
        let close = matrix(&[&[1.0, 1.0], &[1.0, 1.0 + 1e-12]]);
        assert!(inverse(&close).data.iter().all(|x| x.is_finite()));
    }

    #[test]
    fn singular_matrices() {
        // Rank 1: the adjugate of a 3 × 3 matrix vanishes; rank 2: it does not.
        let rank_one = matrix(&[&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0], &[3.0, 6.0, 9.0]]);
        near(&adjugate(&rank_one), &Tensor::filled(&[3, 3], 0.0));
        let rank_two = matrix(&[&[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0], &[0.0, 0.0, 0.0]]);
        near(&adjugate(&rank_two), &matrix(&[&[0.0, 0.0, 0.0], &[0.0, 0.0, 0.0], &[0.0, 0.0, 1.0]]));
        assert_eq!(determinant(&rank_two), 0.0);
        assert_eq!(log_determinant(&rank_two), f64::NEG_INFINITY);
        assert!(inverse(&rank_two).data.iter().all(|x| !x.is_finite() || *x == 0.0 || *x == 1.0));
        assert!(inverse(&rank_two).data.iter().any(|x| !x.is_finite()));
        // The slope of the determinant at a singular matrix: that of entry 3, 3 is the minor 1.
        let mut dual = Tensor { shape: vec![3, 3], data: rank_two.data.iter().map(|&x| Dual::from_f64(x)).collect() };
        dual.data[8].slope = 1.0;
        assert_eq!(determinant(&dual).slope, 1.0);
    }
}
