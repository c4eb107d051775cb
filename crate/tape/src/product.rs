//! Products of small matrices for whole minibatches, tile by tile: a tile's sums stay in registers while the inner
//! dimension runs. Each sum is made in the order of the inner dimension, so the tiles change no bit of it.

use crate::real::Real;

/// `out = A B`, plus a row added to every row. A is `rows × inner` (or stored the other way round), B `inner × columns`.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    pub rows: usize,
    pub inner: usize,
    pub columns: usize,
    pub a: usize,
    /// A is stored `inner × rows`.
    pub a_transposed: bool,
    pub b: usize,
    /// The row that sums begin with; else they begin with [`Real::START`].
    pub bias: Option<usize>,
}

/// The operands of a product, cut out of the buffer.
struct Factors<'a, T> {
    a: &'a [T],
    b: &'a [T],
    bias: Option<&'a [T]>,
    rows: usize,
    inner: usize,
    columns: usize,
}

impl Product {
    pub fn run<T: Real>(&self, before: &[T], out: &mut [T]) {
        let Product { rows, inner, columns, .. } = *self;
        let factors = Factors {
            a: &before[self.a..][..rows * inner],
            b: &before[self.b..][..inner * columns],
            bias: self.bias.map(|at| &before[at..][..columns]),
            rows,
            inner,
            columns,
        };
        match (columns, self.a_transposed, self.bias) {
            // A matrix times a vector: dot products along the rows.
            (1, false, None) => {
                for (out, row) in out.iter_mut().zip(factors.a.chunks_exact(inner.max(1))) {
                    *out = dot(row, factors.b);
                }
            }
            // A' v is stored like v' A: one row, so that the loop runs along A's rows.
            (1, true, None) if T::FAST => {
                let turned = Factors { a: factors.b, b: factors.a, rows: 1, columns: rows, ..factors };
                across::<T, false>(&turned, out);
            }
            _ if !T::FAST => plainly(&factors, self.a_transposed, out),
            (_, false, _) => across::<T, false>(&factors, out),
            (_, true, _) => across::<T, true>(&factors, out),
        }
    }
}

/// Sum of products in eight lanes, then the lanes in pairs.
pub fn dot<T: Real>(a: &[T], b: &[T]) -> T {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut lanes = [T::START; 8];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..8 {
            lanes[lane] = lanes[lane] + a[lane] * b[lane];
        }
    }
    let rest = a_rest.iter().zip(b_rest).fold(T::START, |sum, (&a, &b)| sum + a * b);
    total(lanes) + rest
}

/// Eight lanes added up in a fixed order.
#[inline(always)]
pub fn total<T: Real>(l: [T; 8]) -> T {
    let four = [l[0] + l[4], l[1] + l[5], l[2] + l[6], l[3] + l[7]];
    (four[0] + four[2]) + (four[1] + four[3])
}

/// Entry by entry, the sums in the order of the tiles.
fn plainly<T: Real>(factors: &Factors<T>, transposed: bool, out: &mut [T]) {
    let Factors { a, b, bias, rows, inner, columns } = *factors;
    for (at, out) in out.iter_mut().enumerate() {
        let (row, column) = (at / columns, at % columns);
        let entry = |k: usize| if transposed { a[k * rows + row] } else { a[row * inner + k] };
        let start = bias.map_or(T::START, |bias| bias[column]);
        *out = (0..inner).fold(start, |sum, k| sum + entry(k) * b[k * columns + column]);
    }
}

/// All column blocks: of eight, then of four, then single columns.
fn across<T: Real, const TRANSPOSED: bool>(factors: &Factors<T>, out: &mut [T]) {
    let mut column = 0;
    while column < factors.columns {
        column += match factors.columns - column {
            8.. => down::<T, 8, TRANSPOSED>(factors, column, out),
            4.. => down::<T, 4, TRANSPOSED>(factors, column, out),
            _ => down::<T, 1, TRANSPOSED>(factors, column, out),
        };
    }
}

/// All rows of a column block, in tiles of up to five rows; ten rows are two of five, not four, four and two.
fn down<T: Real, const N: usize, const TRANSPOSED: bool>(factors: &Factors<T>, column: usize, out: &mut [T]) -> usize {
    let mut row = 0;
    while row < factors.rows {
        row += match factors.rows - row {
            1 => tile::<T, 1, N, TRANSPOSED>(factors, row, column, out),
            2 => tile::<T, 2, N, TRANSPOSED>(factors, row, column, out),
            3 | 6 => tile::<T, 3, N, TRANSPOSED>(factors, row, column, out),
            5 | 9 | 10 => tile::<T, 5, N, TRANSPOSED>(factors, row, column, out),
            _ => tile::<T, 4, N, TRANSPOSED>(factors, row, column, out),
        };
    }
    N
}

/// M rows and N columns of the result.
#[inline(always)]
fn tile<T: Real, const M: usize, const N: usize, const TRANSPOSED: bool>(
    factors: &Factors<T>,
    row: usize,
    column: usize,
    out: &mut [T],
) -> usize {
    let Factors { a, b, rows, inner, columns, .. } = *factors;
    let start = match factors.bias {
        Some(bias) => *chunk::<T, N>(bias, column),
        None => [T::START; N],
    };
    let mut sums = [start; M];
    if TRANSPOSED {
        for k in 0..inner {
            let b = chunk::<T, N>(b, k * columns + column);
            let a = chunk::<T, M>(a, k * rows + row);
            for (sums, &a) in sums.iter_mut().zip(a) {
                for (sum, &b) in sums.iter_mut().zip(b) {
                    *sum = *sum + a * b;
                }
            }
        }
    } else {
        let a: [&[T]; M] = std::array::from_fn(|r| &a[(row + r) * inner..][..inner]);
        for k in 0..inner {
            let b = chunk::<T, N>(b, k * columns + column);
            for (sums, a) in sums.iter_mut().zip(a) {
                let a = a[k];
                for (sum, &b) in sums.iter_mut().zip(b) {
                    *sum = *sum + a * b;
                }
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        out[(row + r) * columns + column..][..N].copy_from_slice(sums);
    }
    M
}

/// N numbers from a place on.
#[inline(always)]
fn chunk<T, const N: usize>(numbers: &[T], at: usize) -> &[T; N] {
    match numbers[at..].first_chunk() {
        Some(chunk) => chunk,
        // Sizes were checked when the operands were cut out.
        None => unreachable!("a tile lies inside its factors"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: u32) -> Vec<f64> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 8) / f64::from(1 << 24) - 0.5
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn every_size_equals_the_plain_sum() {
        every_size::<f64>(1e-14);
        every_size::<f32>(1e-6);
    }

    fn every_size<T: Real>(tolerance: f64) {
        for rows in 1..12 {
            for inner in [1, 2, 7, 8, 9, 19] {
                for columns in [1, 2, 3, 4, 5, 8, 11, 12, 16, 17] {
                    for a_transposed in [false, true] {
                        let a = numbers(rows * inner, 3);
                        let b = numbers(inner * columns, 5);
                        let bias = numbers(columns, 9);
                        let before: Vec<T> = [&a[..], &b, &bias].concat().into_iter().map(T::of).collect();
                        for with in [false, true] {
                            let product = Product {
                                rows,
                                inner,
                                columns,
                                a: 0,
                                a_transposed,
                                b: a.len(),
                                bias: with.then_some(a.len() + b.len()),
                            };
                            let mut out = vec![T::of(f64::NAN); rows * columns];
                            product.run(&before, &mut out);
                            for (at, is) in out.iter().enumerate() {
                                let (i, j) = (at / columns, at % columns);
                                let entry = |k: usize| if a_transposed { a[k * rows + i] } else { a[i * inner + k] };
                                let sum: f64 = (0..inner).map(|k| entry(k) * b[k * columns + j]).sum();
                                let right = sum + if with { bias[j] } else { 0.0 };
                                assert!(
                                    (is.to_f64() - right).abs() < tolerance,
                                    "{rows} {inner} {columns} {a_transposed}"
                                );
                            }
                        }
                    }
                }
            }
        }
    }
}
