//! The numbers a tape computes with: f32 for training, f64 for checks.

use crate::descent::{Descent, Source, gather_all};
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
    /// What sums begin with. In f32 it is −0, which changes no number it is added to (0 would turn −0 into 0): a sum is then
    /// its first term, and generated code need not add it.
    const START: Self;
    /// Whether loops are cut into tiles and blocks. Checks and reports need no such code, which is most of this crate's; the
    /// results are the same bits.
    const FAST: bool;
    fn of(value: f64) -> Self;
    fn to_f64(self) -> f64;
    /// Applies a function to every number.
    fn map(function: Function, values: &mut [Self]);
    /// Runs instructions `from..to` of a program on its buffer.
    fn run(program: &Program<Self>, from: usize, to: usize, buffer: &mut [Self]);
    /// Takes one step for each minibatch of `rows`; on the last one all instructions up to `all` are run.
    fn descend(descent: &mut Descent<Self>, all: usize, rows: &[u32], buffer: &mut [Self]);
    /// Puts the samples of one minibatch into the buffer.
    fn gather(sources: &[Source<Self>], rows: &[u32], buffer: &mut [Self]);
    /// The last part of a step, where the gradient is there.
    fn move_parameters(descent: &mut Descent<Self>, buffer: &mut [Self]);
    /// True where no number is infinite or not a number.
    fn all_finite(values: &[Self]) -> bool;
}

/// 0 · x is 0 for every finite number and no number for all others; so is the sum of these.
fn all_finite<T: Real>(values: &[T]) -> bool {
    let mut lanes = [T::ZERO; 8];
    let (chunks, rest) = values.as_chunks::<8>();
    for chunk in chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            *lane = *lane + x * T::ZERO;
        }
    }
    let rest = rest.iter().fold(T::ZERO, |sum, &x| sum + x * T::ZERO);
    lanes.into_iter().fold(rest, |sum, lane| sum + lane) == T::ZERO
}

impl Real for f32 {
    const ZERO: f32 = 0.0;
    const ONE: f32 = 1.0;
    const START: f32 = -0.0;
    const FAST: bool = true;

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

    fn descend(descent: &mut Descent<f32>, all: usize, rows: &[u32], buffer: &mut [f32]) {
        descent.run(all, rows, buffer);
    }

    fn gather(sources: &[Source<f32>], rows: &[u32], buffer: &mut [f32]) {
        gather_all(sources, rows, buffer);
    }

    fn move_parameters(descent: &mut Descent<f32>, buffer: &mut [f32]) {
        descent.step(buffer);
    }

    fn all_finite(values: &[f32]) -> bool {
        all_finite(values)
    }
}

impl Real for f64 {
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;
    const START: f64 = 0.0;
    const FAST: bool = false;

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

    fn descend(descent: &mut Descent<f64>, all: usize, rows: &[u32], buffer: &mut [f64]) {
        descent.run(all, rows, buffer);
    }

    fn gather(sources: &[Source<f64>], rows: &[u32], buffer: &mut [f64]) {
        gather_all(sources, rows, buffer);
    }

    fn move_parameters(descent: &mut Descent<f64>, buffer: &mut [f64]) {
        descent.step(buffer);
    }

    fn all_finite(values: &[f64]) -> bool {
        all_finite(values)
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
fn step<T: Real>(x: T) -> T {
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
}
