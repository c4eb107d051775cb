//! Determinants, inverses and adjugates of square blocks of numbers, for every kind of number alike.

use crate::scalar::{Elementary, Scalar};
use crate::tensor::Tensor;

/// The matrix after Gauss's elimination with partial pivoting: its pivots, and the sign of the row exchanges.
struct Eliminated<S> {
    pivots: Vec<S>,
    sign: f64,
}

/// The row at or below `k` whose entry in column `k` is largest. (Among numbers without an order any nonzero one does.)
fn pivot_row<S: Scalar>(rows: &[Vec<S>], k: usize) -> usize {
    let size = |row: usize| rows[row][k].value().abs();
    (k + 1..rows.len()).fold(k, |best, row| if size(row) > size(best) { row } else { best })
}

fn rows_of<S: Scalar>(a: &Tensor<S>) -> Vec<Vec<S>> {
    let n = a.shape.first().copied().unwrap_or(1);
    (0..n).map(|i| a.data[i * n..(i + 1) * n].to_vec()).collect()
}

fn eliminate<S: Scalar>(a: &Tensor<S>) -> Eliminated<S> {
    let mut rows = rows_of(a);
    let mut result = Eliminated { pivots: Vec::with_capacity(rows.len()), sign: 1.0 };
    for k in 0..rows.len() {
        let best = pivot_row(&rows, k);
        if best != k {
            rows.swap(k, best);
            result.sign = -result.sign;
        }
        let pivot_row = rows[k].clone();
        let pivot = pivot_row[k];
        result.pivots.push(pivot);
        for row in &mut rows[k + 1..] {
            let factor = row[k].over(pivot);
            for (x, &p) in row[k + 1..].iter_mut().zip(&pivot_row[k + 1..]) {
                *x = x.minus(factor.times(p));
            }
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
    let whole = eliminated.pivots.iter().fold(S::from_f64(1.0), |product, &p| product.times(p));
    if whole.value().is_normal() {
        return log_size(whole);
    }
    eliminated.pivots.into_iter().map(log_size).fold(S::from_f64(0.0), S::plus)
}

/// The inverse by Gauss and Jordan. A singular matrix gives `inf` and `nan`, as dividing by 0 does.
pub fn inverse<S: Scalar>(a: &Tensor<S>) -> Tensor<S> {
    let mut rows = rows_of(a);
    let n = rows.len();
    for (i, row) in rows.iter_mut().enumerate() {
        row.extend((0..n).map(|j| S::from_f64(if i == j { 1.0 } else { 0.0 })));
    }
    for k in 0..n {
        let best = pivot_row(&rows, k);
        rows.swap(k, best);
        let pivot = rows[k][k];
        rows[k].iter_mut().for_each(|x| *x = x.over(pivot));
        let pivot_row = rows[k].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(i, _)| *i != k) {
            let factor = row[k];
            for (x, &p) in row.iter_mut().zip(&pivot_row) {
                *x = x.minus(factor.times(p));
            }
        }
    }
    Tensor::new(&[n, n], rows.into_iter().flat_map(|row| row.into_iter().skip(n)).collect())
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
