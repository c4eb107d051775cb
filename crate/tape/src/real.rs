//! The numbers a tape computes with: f32 for training, f64 for checks.

use crate::functions;
use crate::program::{Program, run};
use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub, SubAssign};

/// A function of one number, entry by entry.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    Exp,
    Log,
    Tanh,
    Sigmoid,
    Softplus,
    Relu,
    Step,
    Abs,
    Sqrt,
    /// Any other: computed in f64 and rounded, one number after the other.
    Other(fn(f64) -> f64),
}

/// A kind of number. Sealed in effect: only f32 and f64 make sense, and only they are compiled here.
pub trait Real:
    Copy
    + Debug
    + Default
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + SubAssign
    + 'static
{
    const ZERO: Self;
    const ONE: Self;
    fn of(value: f64) -> Self;
    fn to_f64(self) -> f64;
    /// Applies a function to every number.
    fn map(function: Function, values: &mut [Self]);
    /// Runs instructions `from..to` of a program on its buffer.
    fn run(program: &Program<Self>, from: usize, to: usize, buffer: &mut [Self]);
    /// `parameters − rate · gradient`; with `momentum`, the gradient is first added to `momentum · velocity`, which is kept.
    fn descend(parameters: &mut [Self], gradient: &[Self], velocity: &mut [Self], rate: Self, momentum: Self);
    /// True where no number is infinite or not a number.
    fn all_finite(values: &[Self]) -> bool;
    /// Copies the given rows of `data`, each `width` numbers long, one after the other.
    fn gather(data: &[Self], width: usize, rows: &[u32], out: &mut [Self]);
}

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

/// x − x is 0 for every finite number and no number for all others; so is the sum of these.
fn all_finite<T: Real>(values: &[T]) -> bool {
    let mut lanes = [T::ZERO; 8];
    let (chunks, rest) = values.as_chunks::<8>();
    for chunk in chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            *lane = *lane + (x - x);
        }
    }
    let rest = rest.iter().fold(T::ZERO, |sum, &x| sum + (x - x));
    lanes.into_iter().fold(rest, |sum, lane| sum + lane) == T::ZERO
}

fn gather<T: Real>(data: &[T], width: usize, rows: &[u32], out: &mut [T]) {
    // The widths that small examples have get loops of a known length.
    match width {
        1 => out.iter_mut().zip(rows).for_each(|(out, &row)| *out = data[row as usize]),
        2 => {
            let (data, _) = data.as_chunks::<2>();
            let (out, _) = out.as_chunks_mut::<2>();
            out.iter_mut().zip(rows).for_each(|(out, &row)| *out = data[row as usize]);
        }
        _ => {
            for (out, &row) in out.chunks_exact_mut(width.max(1)).zip(rows) {
                out.copy_from_slice(&data[row as usize * width..][..width]);
            }
        }
    }
}

impl Real for f32 {
    const ZERO: f32 = 0.0;
    const ONE: f32 = 1.0;

    fn of(value: f64) -> f32 {
        value as f32
    }

    fn to_f64(self) -> f64 {
        self.into()
    }

    fn map(function: Function, values: &mut [f32]) {
        match function {
            Function::Exp => each(values, functions::exp),
            Function::Log => each(values, functions::log),
            Function::Tanh => each(values, functions::tanh),
            Function::Sigmoid => each(values, functions::sigmoid),
            Function::Softplus => each(values, functions::softplus),
            Function::Relu => each(values, relu),
            Function::Step => each(values, step),
            Function::Abs => each(values, f32::abs),
            Function::Sqrt => each(values, f32::sqrt),
            Function::Other(f) => values.iter_mut().for_each(|x| *x = f(f64::from(*x)) as f32),
        }
    }

    fn run(program: &Program<f32>, from: usize, to: usize, buffer: &mut [f32]) {
        run(&program.instructions[from..to], buffer);
    }

    fn descend(parameters: &mut [f32], gradient: &[f32], velocity: &mut [f32], rate: f32, momentum: f32) {
        descend(parameters, gradient, velocity, rate, momentum);
    }

    fn all_finite(values: &[f32]) -> bool {
        all_finite(values)
    }

    fn gather(data: &[f32], width: usize, rows: &[u32], out: &mut [f32]) {
        gather(data, width, rows, out);
    }
}

impl Real for f64 {
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;

    fn of(value: f64) -> f64 {
        value
    }

    fn to_f64(self) -> f64 {
        self
    }

    fn map(function: Function, values: &mut [f64]) {
        match function {
            Function::Exp => each(values, libm::exp),
            Function::Log => each(values, libm::log),
            Function::Tanh => each(values, libm::tanh),
            Function::Sigmoid => each(values, |x| {
                let small = libm::exp(-x.abs());
                if x >= 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) }
            }),
            Function::Softplus => each(values, |x| relu(x) + libm::log1p(libm::exp(-x.abs()))),
            Function::Relu => each(values, relu),
            Function::Step => each(values, step),
            Function::Abs => each(values, f64::abs),
            Function::Sqrt => each(values, f64::sqrt),
            Function::Other(f) => each(values, f),
        }
    }

    fn run(program: &Program<f64>, from: usize, to: usize, buffer: &mut [f64]) {
        run(&program.instructions[from..to], buffer);
    }

    fn descend(parameters: &mut [f64], gradient: &[f64], velocity: &mut [f64], rate: f64, momentum: f64) {
        descend(parameters, gradient, velocity, rate, momentum);
    }

    fn all_finite(values: &[f64]) -> bool {
        all_finite(values)
    }

    fn gather(data: &[f64], width: usize, rows: &[u32], out: &mut [f64]) {
        gather(data, width, rows, out);
    }
}

#[inline(always)]
fn each<T: Real>(values: &mut [T], f: impl Fn(T) -> T) {
    values.iter_mut().for_each(|x| *x = f(*x));
}

/// 0 below 0; what is not a number stays.
#[inline(always)]
fn relu<T: Real>(x: T) -> T {
    if x < T::ZERO { T::ZERO } else { x }
}

/// 1 above 0, else 0; what is not a number stays.
#[inline(always)]
pub(crate) fn step<T: Real>(x: T) -> T {
    let indicator = if x > T::ZERO { T::ONE } else { T::ZERO };
    // 0 · x would be no number for infinities.
    if x.partial_cmp(&x).is_none() { x } else { indicator }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_found_wherever_it_stands() {
        for len in [1, 7, 8, 9, 40] {
            assert!(f32::all_finite(&vec![f32::MAX; len]));
            for at in 0..len {
                for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                    let mut values = vec![1.0f32; len];
                    values[at] = bad;
                    assert!(!f32::all_finite(&values), "{len} {at} {bad}");
                }
            }
        }
    }

    #[test]
    fn rows_are_gathered_at_every_width() {
        for width in 1..5 {
            let data: Vec<f64> = (0..6 * width).map(|x| x as f64).collect();
            let mut out = vec![0.0; 3 * width];
            f64::gather(&data, width, &[4, 0, 5], &mut out);
            let expected: Vec<f64> =
                [4, 0, 5].iter().flat_map(|&row| data[row * width..(row + 1) * width].to_vec()).collect();
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn momentum_keeps_a_running_sum() {
        let (mut p, mut v) = ([1.0f64], [0.5]);
        f64::descend(&mut p, &[2.0], &mut v, 0.1, 0.5);
        assert_eq!((p, v), ([1.0 - 0.1 * 2.25], [2.25]));
        f64::descend(&mut p, &[2.0], &mut v, 0.5, 0.0);
        assert_eq!(v, [2.25]);
    }
}
