//! A program: instructions in order over one buffer. Each reads what stands before its result and writes only its result,
//! so one cut of the buffer gives it both.

use crate::product::Product;
use crate::real::Real;
use crate::reduce;
use crate::steps::{Operand, Step, apply, load};

/// One instruction; `out` is where its result begins.
#[derive(Clone, Debug)]
pub enum Instruction<T> {
    /// A product, then steps on its entries.
    Product {
        product: Product,
        steps: Vec<Step<T>>,
        out: usize,
    },
    /// Steps on an operand, copied first.
    Chain {
        from: Operand,
        rows: usize,
        columns: usize,
        steps: Vec<Step<T>>,
        out: usize,
    },
    /// Sum of all numbers.
    Sum {
        from: usize,
        len: usize,
        out: usize,
    },
    /// The sum of each row.
    RowSums {
        from: usize,
        rows: usize,
        columns: usize,
        out: usize,
    },
    /// The sum of each column.
    ColumnSums {
        from: usize,
        rows: usize,
        columns: usize,
        out: usize,
    },
    Softmax {
        from: usize,
        rows: usize,
        columns: usize,
        out: usize,
    },
    Transpose {
        from: usize,
        rows: usize,
        columns: usize,
        out: usize,
    },
    /// Entry k is the number at `places[k]`; 0 where there is none.
    Gather {
        places: Vec<Option<u32>>,
        out: usize,
    },
}

/// Instructions with the size of the buffer they run on and the numbers that stand in it from the start.
#[derive(Clone, Debug)]
pub struct Program<T> {
    pub instructions: Vec<Instruction<T>>,
    pub size: usize,
    pub constants: Vec<(usize, T)>,
}

impl<T: Real> Program<T> {
    /// A fresh buffer.
    pub fn buffer(&self) -> Vec<T> {
        let mut buffer = vec![T::ZERO; self.size];
        self.constants.iter().for_each(|&(at, value)| buffer[at] = value);
        buffer
    }
}

/// Runs instructions one after the other. Called from this crate only, so that it is compiled here.
pub(crate) fn run<T: Real>(instructions: &[Instruction<T>], buffer: &mut [T]) {
    for instruction in instructions {
        match instruction {
            Instruction::Product { product, steps, out } => {
                let (before, out) = cut(buffer, *out, product.rows * product.columns);
                product.run(before, out);
                apply(steps, before, product.columns, out);
            }
            Instruction::Chain { from, rows, columns, steps, out } => {
                let (before, out) = cut(buffer, *out, rows * columns);
                load(*from, before, *columns, out);
                apply(steps, before, *columns, out);
            }
            Instruction::Sum { from, len, out } => buffer[*out] = reduce::sum(&buffer[*from..][..*len]),
            Instruction::RowSums { from, rows, columns, out } => {
                let (before, out) = cut(buffer, *out, *rows);
                reduce::rows(&before[*from..][..rows * columns], *columns, out);
            }
            Instruction::ColumnSums { from, rows, columns, out } => {
                let (before, out) = cut(buffer, *out, *columns);
                reduce::columns(&before[*from..][..rows * columns], *columns, out);
            }
            Instruction::Softmax { from, rows, columns, out } => {
                let (before, out) = cut(buffer, *out, rows * columns);
                reduce::softmax(&before[*from..][..rows * columns], *columns, out);
            }
            Instruction::Transpose { from, rows, columns, out } => {
                let (before, out) = cut(buffer, *out, rows * columns);
                reduce::transpose(&before[*from..][..rows * columns], *rows, *columns, out);
            }
            Instruction::Gather { places, out } => {
                let (before, out) = cut(buffer, *out, places.len());
                for (out, place) in out.iter_mut().zip(places) {
                    *out = place.map_or(T::ZERO, |at| before[at as usize]);
                }
            }
        }
    }
}

/// What stands before a result, and the result.
fn cut<T>(buffer: &mut [T], at: usize, len: usize) -> (&[T], &mut [T]) {
    let (before, rest) = buffer.split_at_mut(at);
    (before, &mut rest[..len])
}
