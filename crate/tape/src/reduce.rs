//! Sums along axes, and softmax.

use crate::product::total;
use crate::real::{Function, Real};

/// Sum of all numbers, in eight lanes.
pub fn sum<T: Real>(numbers: &[T]) -> T {
    let (chunks, rest) = numbers.as_chunks::<8>();
    let mut lanes = [T::START; 8];
    for chunk in chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            *lane = *lane + x;
        }
    }
    total(lanes) + rest.iter().fold(T::START, |sum, &x| sum + x)
}

/// The sum of each row.
pub fn rows<T: Real>(numbers: &[T], columns: usize, out: &mut [T]) {
    for (out, row) in out.iter_mut().zip(numbers.chunks_exact(columns)) {
        *out = sum(row);
    }
}

/// The sum of each column, eight columns at a time.
pub fn columns<T: Real>(numbers: &[T], columns: usize, out: &mut [T]) {
    let (blocks, rest) = out.as_chunks_mut::<8>();
    for (at, block) in blocks.iter_mut().enumerate() {
        let mut sums = [T::START; 8];
        for row in numbers.chunks_exact(columns) {
            for (sum, &x) in sums.iter_mut().zip(&row[8 * at..8 * at + 8]) {
                *sum = *sum + x;
            }
        }
        *block = sums;
    }
    let done = columns - rest.len();
    for (at, out) in rest.iter_mut().enumerate() {
        *out = numbers.iter().skip(done + at).step_by(columns).fold(T::START, |sum, &x| sum + x);
    }
}

/// Softmax of each row, from which the largest entry is taken first: no overflow.
pub fn softmax<T: Real>(numbers: &[T], columns: usize, out: &mut [T]) {
    for (out, row) in out.chunks_exact_mut(columns).zip(numbers.chunks_exact(columns)) {
        let top = row.iter().fold(row[0], |top, &x| if x > top { x } else { top });
        out.iter_mut().zip(row).for_each(|(out, &x)| *out = x - top);
        T::map(Function::Exp, out);
        let share = T::ONE / sum(out);
        out.iter_mut().for_each(|x| *x = *x * share);
    }
}

/// The transpose of `rows × columns`, in blocks of four by four.
pub fn transpose<T: Real>(numbers: &[T], rows: usize, columns: usize, out: &mut [T]) {
    if rows.is_multiple_of(4) && columns.is_multiple_of(4) {
        for i in (0..rows).step_by(4) {
            for j in (0..columns).step_by(4) {
                let mut block = [[T::ZERO; 4]; 4];
                for (r, block) in block.iter_mut().enumerate() {
                    block.copy_from_slice(&numbers[(i + r) * columns + j..][..4]);
                }
                for c in 0..4 {
                    let turned = [block[0][c], block[1][c], block[2][c], block[3][c]];
                    out[(j + c) * rows + i..][..4].copy_from_slice(&turned);
                }
            }
        }
        return;
    }
    for (i, row) in numbers.chunks_exact(columns).enumerate() {
        out.iter_mut().skip(i).step_by(rows).zip(row).for_each(|(out, &x)| *out = x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_turns_of_every_size() {
        for height in 1..10usize {
            for width in 1..20usize {
                let numbers: Vec<f64> = (0..height * width).map(|k| ((k * 37) % 101) as f64).collect();
                assert_eq!(sum(&numbers), numbers.iter().sum::<f64>());
                let (mut by_row, mut by_column) = (vec![0.0; height], vec![0.0; width]);
                rows(&numbers, width, &mut by_row);
                columns(&numbers, width, &mut by_column);
                let mut turned = vec![0.0; height * width];
                transpose(&numbers, height, width, &mut turned);
                for i in 0..height {
                    assert_eq!(by_row[i], (0..width).map(|j| numbers[i * width + j]).sum::<f64>());
                    for j in 0..width {
                        assert_eq!(turned[j * height + i], numbers[i * width + j]);
                    }
                }
                for j in 0..width {
                    assert_eq!(by_column[j], (0..height).map(|i| numbers[i * width + j]).sum::<f64>());
                }
            }
        }
    }

    #[test]
    fn softmax_takes_large_numbers() {
        let mut out = [0.0f32; 6];
        softmax(&[1000.0, 1000.0, -1000.0, 0.0, 0.0, 0.0], 3, &mut out);
        assert_eq!(out[..3], [0.5, 0.5, 0.0]);
        assert!(out[3..].iter().all(|x| (x - 1.0 / 3.0).abs() < 1e-7));
    }
}
