//! Steps down a loss, minibatch after minibatch, without leaving this crate: gather the samples, run the gradient's
//! instructions, move the parameters.

use crate::program::{Program, run};
use crate::real::Real;
use std::ops::Range;

/// Samples, one row each, and where a minibatch of them goes in the buffer.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a, T> {
    pub numbers: &'a [T],
    pub width: usize,
    pub at: usize,
}

/// What a run of minibatches reads and moves.
pub struct Descent<'a, T> {
    pub program: &'a Program<T>,
    /// So many instructions give the gradient.
    pub instructions: usize,
    pub sources: &'a [Source<'a, T>],
    /// Samples in a minibatch.
    pub batch: usize,
    pub parameters: Range<usize>,
    /// Where the gradient by all parameters begins, in their order; it stands behind them.
    pub gradient: usize,
    pub velocity: &'a mut [T],
    pub rate: T,
    pub momentum: T,
}

/// A descent that was compiled further: it does what [`Real::descend`] does, bit for bit.
pub trait Compiled<T> {
    fn descend(&self, descent: &mut Descent<T>, rows: &[u32], buffer: &mut [T]);
}

impl<T: Real> Descent<'_, T> {
    /// One step for each minibatch of `rows`; on the last one all instructions up to `all` are run.
    pub(crate) fn run(&mut self, all: usize, rows: &[u32], buffer: &mut [T]) {
        let mut left = rows.len() / self.batch;
        for rows in rows.chunks_exact(self.batch) {
            gather_all(self.sources, rows, buffer);
            left -= 1;
            let end = if left == 0 { all } else { self.instructions };
            run(&self.program.instructions[..end], buffer);
            self.step(buffer);
        }
    }

    pub(crate) fn step(&mut self, buffer: &mut [T]) {
        let (before, after) = buffer.split_at_mut(self.gradient);
        let parameters = &mut before[self.parameters.clone()];
        let gradient = &after[..parameters.len()];
        descend(parameters, gradient, self.velocity, self.rate, self.momentum);
    }
}

pub(crate) fn gather_all<T: Real>(sources: &[Source<T>], rows: &[u32], buffer: &mut [T]) {
    for source in sources {
        let out = &mut buffer[source.at..][..rows.len() * source.width];
        gather(source.numbers, source.width, rows, out);
    }
}

/// `parameters − rate · velocity`, where the velocity is the gradient plus `momentum` times what it was.
fn descend<T: Real>(parameters: &mut [T], gradient: &[T], velocity: &mut [T], rate: T, momentum: T) {
    if momentum == T::ZERO {
        for (p, &g) in parameters.iter_mut().zip(gradient) {
            *p -= rate * g;
        }
        return;
    }
    for ((p, &g), v) in parameters.iter_mut().zip(gradient).zip(velocity) {
        *v = g + momentum * *v;
        *p -= rate * *v;
    }
}

/// Copies the given rows of `numbers`, one after the other.
pub(crate) fn gather<T: Real>(numbers: &[T], width: usize, rows: &[u32], out: &mut [T]) {
    // The widths that small examples have get loops of a known length.
    match width {
        1 => out.iter_mut().zip(rows).for_each(|(out, &row)| *out = numbers[row as usize]),
        2 => {
            let ((numbers, _), (out, _)) = (numbers.as_chunks::<2>(), out.as_chunks_mut::<2>());
            out.iter_mut().zip(rows).for_each(|(out, &row)| *out = numbers[row as usize]);
        }
        _ => {
            for (out, &row) in out.chunks_exact_mut(width.max(1)).zip(rows) {
                out.copy_from_slice(&numbers[row as usize * width..][..width]);
            }
        }
    }
}

/// Puts `0, 1, …` in an order that the seed decides (Fisher and Yates, from the inside out; the numbers come from SplitMix64 of
/// Steele, Lea and Flood 2014, two of 32 bits from each of its 64). With fewer than 2²⁴ places each order's chance is off by
/// less than 2⁻⁸ of itself.
pub fn shuffle(order: &mut [u32], seed: u64) {
    let mut state = seed;
    for at in (0..order.len()).step_by(2) {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let drawn = mixed(state);
        put(order, at, drawn & 0xffff_ffff);
        if at + 1 < order.len() {
            put(order, at + 1, drawn >> 32);
        }
    }
}

/// Puts the number `at` among those before it; `drawn` below 2³² says where.
#[inline(always)]
fn put(order: &mut [u32], at: usize, drawn: u64) {
    let other = ((drawn * (at as u64 + 1)) >> 32) as usize;
    order[at] = order[other];
    order[other] = at as u32;
}

/// SplitMix64's mixing of a counter.
pub fn mixed(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_gathered_at_every_width() {
        for width in 1..5 {
            let data: Vec<f64> = (0..6 * width).map(|x| x as f64).collect();
            let mut out = vec![0.0; 3 * width];
            gather(&data, width, &[4, 0, 5], &mut out);
            let expected: Vec<f64> =
                [4, 0, 5].iter().flat_map(|&row| data[row * width..(row + 1) * width].to_vec()).collect();
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn momentum_keeps_a_running_sum() {
        let (mut p, mut v) = ([1.0f64], [0.5]);
        descend(&mut p, &[2.0], &mut v, 0.1, 0.5);
        assert_eq!((p, v), ([1.0 - 0.1 * 2.25], [2.25]));
        descend(&mut p, &[2.0], &mut v, 0.5, 0.0);
        assert_eq!(v, [2.25]);
    }

    #[test]
    fn orders_are_about_equally_likely() {
        let mut counts = std::collections::BTreeMap::new();
        for seed in 0..2400 {
            let mut order = [0; 4];
            shuffle(&mut order, mixed(seed));
            *counts.entry(order).or_insert(0) += 1;
        }
        assert!(counts.len() == 24 && counts.values().all(|&n| (60..140).contains(&n)), "{counts:?}");
    }
}
