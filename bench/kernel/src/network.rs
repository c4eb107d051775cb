//! A network of two hidden layers of equal width, and the neuron.

use crate::{Order, POINTS};
use core::arch::wasm32::*;

/// Row-major matrices in flat arrays: X is samples × INPUTS, a weight matrix is inputs × units.
struct Network<const INPUTS: usize, const UNITS: usize, const BATCH: usize, const TANH: bool> {
    x: Vec<f32>,
    y: Vec<f32>,
    order: Order,
    /// Weights and biases of the three layers, one after the other, and their gradients.
    parameters: Vec<f32>,
    gradient: Vec<f32>,
    batch_x: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    second_error: Vec<f32>,
    first_error: Vec<f32>,
    turned: Vec<f32>,
}

#[inline(always)]
fn load(numbers: &[f32], at: usize) -> v128 {
    debug_assert!(at + 4 <= numbers.len());
    // Safe: callers stay inside, as the assertion of a debug build says.
    unsafe { v128_load(numbers.as_ptr().add(at).cast()) }
}

#[inline(always)]
fn splat(numbers: &[f32], at: usize) -> v128 {
    debug_assert!(at < numbers.len());
    unsafe { v128_load32_splat(numbers.as_ptr().add(at).cast()) }
}

#[inline(always)]
fn store(numbers: &mut [f32], at: usize, value: v128) {
    debug_assert!(at + 4 <= numbers.len());
    unsafe { v128_store(numbers.as_mut_ptr().add(at).cast(), value) }
}

/// tanh as a fraction of polynomials, good to single precision.
#[inline(always)]
fn tanh(x: v128) -> v128 {
    let x = f32x4_pmax(f32x4_pmin(x, f32x4_splat(9.02)), f32x4_splat(-9.02));
    let t = f32x4_mul(x, x);
    let polynomial = |coefficients: &[f32]| {
        let (last, rest) = coefficients.split_last().unwrap();
        rest.iter().rev().fold(f32x4_splat(*last), |value, &c| f32x4_add(f32x4_splat(c), f32x4_mul(t, value)))
    };
    let above =
        polynomial(&[1.0, 0.130_831_78, 0.003_103_024, 1.114_448e-5, -2.018_48e-8, 5.258_138_6e-11, -8.436_87e-14]);
    let below = polynomial(&[1.0, 0.464_165_04, 0.024_491_473, 2.544_783_4e-4]);
    f32x4_div(f32x4_mul(x, above), below)
}

#[inline(always)]
fn activate<const TANH: bool>(x: v128) -> v128 {
    if TANH { tanh(x) } else { f32x4_pmax(x, f32x4_splat(0.0)) }
}

/// An error, times the slope where the activation gave `value`.
#[inline(always)]
fn through<const TANH: bool>(error: v128, value: v128) -> v128 {
    if TANH {
        f32x4_mul(error, f32x4_sub(f32x4_splat(1.0), f32x4_mul(value, value)))
    } else {
        v128_and(error, f32x4_gt(value, f32x4_splat(0.0)))
    }
}

/// `out = A B` in tiles of four rows and eight columns (two rows where no four are left), begun with a row; `end` is done to
/// four entries before they are stored.
#[inline(always)]
fn product<const ROWS: usize, const INNER: usize, const COLUMNS: usize, const TURNED: bool>(
    a: &[f32],
    b: &[f32],
    bias: Option<&[f32]>,
    out: &mut [f32],
    end: impl Fn(v128, usize) -> v128,
) {
    for column in (0..COLUMNS).step_by(8) {
        let mut row = 0;
        while row + 4 <= ROWS {
            tile::<4, ROWS, INNER, COLUMNS, TURNED>(a, b, bias, out, row, column, &end);
            row += 4;
        }
        while row + 2 <= ROWS {
            tile::<2, ROWS, INNER, COLUMNS, TURNED>(a, b, bias, out, row, column, &end);
            row += 2;
        }
    }
}

#[inline(always)]
fn tile<const M: usize, const ROWS: usize, const INNER: usize, const COLUMNS: usize, const TURNED: bool>(
    a: &[f32],
    b: &[f32],
    bias: Option<&[f32]>,
    out: &mut [f32],
    row: usize,
    column: usize,
    end: &impl Fn(v128, usize) -> v128,
) {
    let start = match bias {
        Some(bias) => [load(bias, column), load(bias, column + 4)],
        None => [f32x4_splat(0.0); 2],
    };
    let mut sums = [start; M];
    for k in 0..INNER {
        let right = [load(b, k * COLUMNS + column), load(b, k * COLUMNS + column + 4)];
        for (r, sums) in sums.iter_mut().enumerate() {
            let left = splat(a, if TURNED { k * ROWS + row + r } else { (row + r) * INNER + k });
            sums[0] = f32x4_add(sums[0], f32x4_mul(left, right[0]));
            sums[1] = f32x4_add(sums[1], f32x4_mul(left, right[1]));
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        let at = (row + r) * COLUMNS + column;
        store(out, at, end(sums[0], at));
        store(out, at + 4, end(sums[1], at + 4));
    }
}

/// Sums of columns.
#[inline(always)]
fn columns<const ROWS: usize, const COLUMNS: usize>(numbers: &[f32], out: &mut [f32]) {
    for column in (0..COLUMNS).step_by(4) {
        let mut sum = f32x4_splat(0.0);
        for row in 0..ROWS {
            sum = f32x4_add(sum, load(numbers, row * COLUMNS + column));
        }
        store(out, column, sum);
    }
}

impl<const INPUTS: usize, const UNITS: usize, const BATCH: usize, const TANH: bool> Network<INPUTS, UNITS, BATCH, TANH> {
    const PARAMETERS: usize = INPUTS * UNITS + UNITS + UNITS * UNITS + UNITS + UNITS + 1;

    fn new() -> Self {
        let zeros = |n: usize| vec![0.0; n];
        Network {
            x: zeros(POINTS * INPUTS),
            y: zeros(POINTS),
            order: Order::new(),
            parameters: zeros(Self::PARAMETERS),
            gradient: zeros(Self::PARAMETERS),
            batch_x: zeros(BATCH * INPUTS),
            first: zeros(BATCH * UNITS),
            second: zeros(BATCH * UNITS),
            second_error: zeros(BATCH * UNITS),
            first_error: zeros(BATCH * UNITS),
            turned: zeros(UNITS * UNITS),
        }
    }

    #[inline(always)]
    fn step(&mut self, rate: f32) {
        let mut target = [0.0; BATCH];
        for (k, &row) in self.order.batch(BATCH).iter().enumerate() {
            let row = row as usize;
            self.batch_x[k * INPUTS..][..INPUTS].copy_from_slice(&self.x[row * INPUTS..][..INPUTS]);
            target[k] = self.y[row];
        }
        let (w1, rest) = self.parameters.split_at(INPUTS * UNITS);
        let (b1, rest) = rest.split_at(UNITS);
        let (w2, rest) = rest.split_at(UNITS * UNITS);
        let (b2, rest) = rest.split_at(UNITS);
        let (w3, b3) = rest.split_at(UNITS);
        let active = |x: v128, _| activate::<TANH>(x);
        product::<BATCH, INPUTS, UNITS, false>(&self.batch_x, w1, Some(b1), &mut self.first, active);
        product::<BATCH, UNITS, UNITS, false>(&self.first, w2, Some(b2), &mut self.second, active);
        // The last layer and its error, and the error behind the second activation.
        let mut error = [0.0; BATCH];
        for k in 0..BATCH {
            let mut sum = f32x4_splat(0.0);
            for unit in (0..UNITS).step_by(4) {
                sum = f32x4_add(sum, f32x4_mul(load(&self.second, k * UNITS + unit), load(w3, unit)));
            }
            let pair = f32x4_add(sum, i32x4_shuffle::<2, 3, 0, 1>(sum, sum));
            let out = f32x4_extract_lane::<0>(pair) + f32x4_extract_lane::<1>(pair) + b3[0];
            error[k] = (out - target[k]) * (2.0 / BATCH as f32);
            let spread = f32x4_splat(error[k]);
            for unit in (0..UNITS).step_by(4) {
                let at = k * UNITS + unit;
                let back = f32x4_mul(spread, load(w3, unit));
                store(&mut self.second_error, at, through::<TANH>(back, load(&self.second, at)));
            }
        }
        for row in 0..UNITS {
            for column in 0..UNITS {
                self.turned[column * UNITS + row] = w2[row * UNITS + column];
            }
        }
        let first = &self.first;
        product::<BATCH, UNITS, UNITS, false>(&self.second_error, &self.turned, None, &mut self.first_error, |x, at| {
            through::<TANH>(x, load(first, at))
        });
        let (g1, rest) = self.gradient.split_at_mut(INPUTS * UNITS);
        let (h1, rest) = rest.split_at_mut(UNITS);
        let (g2, rest) = rest.split_at_mut(UNITS * UNITS);
        let (h2, rest) = rest.split_at_mut(UNITS);
        let (g3, h3) = rest.split_at_mut(UNITS);
        product::<INPUTS, BATCH, UNITS, true>(&self.batch_x, &self.first_error, None, g1, |x, _| x);
        product::<UNITS, BATCH, UNITS, true>(&self.first, &self.second_error, None, g2, |x, _| x);
        columns::<BATCH, UNITS>(&self.first_error, h1);
        columns::<BATCH, UNITS>(&self.second_error, h2);
        for unit in (0..UNITS).step_by(4) {
            let mut sum = f32x4_splat(0.0);
            for (k, &error) in error.iter().enumerate() {
                sum = f32x4_add(sum, f32x4_mul(f32x4_splat(error), load(&self.second, k * UNITS + unit)));
            }
            store(g3, unit, sum);
        }
        h3[0] = error.iter().sum();
        for (p, g) in self.parameters.iter_mut().zip(&self.gradient) {
            *p -= rate * g;
        }
    }
}

/// The neuron, sample by sample, its parameters in registers.
struct Neuron {
    x: Vec<f32>,
    y: Vec<f32>,
    order: Order,
    parameters: Vec<f32>,
}

impl Neuron {
    fn new() -> Neuron {
        Neuron { x: vec![0.0; 2 * POINTS], y: vec![0.0; POINTS], order: Order::new(), parameters: vec![0.0; 3] }
    }

    fn steps(&mut self, count: u32, rate: f32) {
        let (mut w0, mut w1, mut b) = (self.parameters[0], self.parameters[1], self.parameters[2]);
        for _ in 0..count {
            let row = self.order.batch(1)[0] as usize;
            let x = &self.x[2 * row..][..2];
            let z = w0 * x[0] + w1 * x[1] + b;
            if z > 0.0 {
                let change = rate * 2.0 * (z - self.y[row]);
                w0 -= change * x[0];
                w1 -= change * x[1];
                b -= change;
            }
        }
        self.parameters.copy_from_slice(&[w0, w1, b]);
    }
}

/// One network: where its numbers are, and steps. All are reached by a number from JavaScript.
pub trait Trained {
    fn run(&mut self, steps: u32, rate: f32);
    fn place(&mut self, what: u32) -> *mut f32;
}

impl<const INPUTS: usize, const UNITS: usize, const BATCH: usize, const TANH: bool> Trained
    for Network<INPUTS, UNITS, BATCH, TANH>
{
    fn run(&mut self, steps: u32, rate: f32) {
        (0..steps).for_each(|_| self.step(rate));
    }

    fn place(&mut self, what: u32) -> *mut f32 {
        [&mut self.x, &mut self.y, &mut self.parameters][what as usize].as_mut_ptr()
    }
}

impl Trained for Neuron {
    fn run(&mut self, steps: u32, rate: f32) {
        self.steps(steps, rate);
    }

    fn place(&mut self, what: u32) -> *mut f32 {
        [&mut self.x, &mut self.y, &mut self.parameters][what as usize].as_mut_ptr()
    }
}

/// The networks of bench/networks.mjs, in their order.
#[unsafe(no_mangle)]
pub extern "C" fn open(which: u32) -> *mut Box<dyn Trained> {
    let network: Box<dyn Trained> = match which {
        0 => Box::new(Neuron::new()),
        1 => Box::new(Network::<2, 8, 10, true>::new()),
        2 => Box::new(Network::<2, 8, 10, false>::new()),
        3 => Box::new(Network::<2, 16, 10, true>::new()),
        4 => Box::new(Network::<2, 16, 10, false>::new()),
        _ => Box::new(Network::<64, 64, 32, false>::new()),
    };
    Box::into_raw(Box::new(network))
}

/// Where numbers are: 0 the samples, 1 the targets, 2 the parameters (W₁, b₁, W₂, b₂, w, b).
#[unsafe(no_mangle)]
pub extern "C" fn place(network: *mut Box<dyn Trained>, what: u32) -> *mut f32 {
    // Safe: JavaScript passes what `open` gave, and nothing else runs meanwhile.
    unsafe { &mut *network }.place(what)
}

#[unsafe(no_mangle)]
pub extern "C" fn run(network: *mut Box<dyn Trained>, steps: u32, rate: f32) {
    // Safe: as above.
    unsafe { &mut *network }.run(steps, rate);
}
