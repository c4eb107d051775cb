//! Chains of elementwise steps on one block of numbers, in place: what an expression does entry by entry after a product.

use crate::real::{Function, Real};

/// How an operand covers the `rows × columns` that a chain runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// One number for all.
    Scalar,
    /// One number for each column, the same in every row.
    Row,
    /// One number for each row.
    Column,
    Full,
}

/// Numbers that stand earlier in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operand {
    pub at: usize,
    pub extent: Extent,
}

/// What becomes of a factor before it is multiplied in: the forms that slopes of activations have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// b
    Plain,
    /// 1 − b
    OneMinus,
    /// 1 − b²
    OneMinusSquare,
    /// 1 where b > 0, else 0
    Step,
}

/// Functions of two numbers; x is what the chain holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zip {
    /// x / b
    Divide,
    /// b / x
    DivideInto,
    /// max(x, b); at a tie x
    Max,
    /// min(x, b); at a tie x
    Min,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
}

/// One step of a chain; x is what it holds.
#[derive(Clone, Copy, Debug)]
pub enum Step<T> {
    Map(Function),
    /// scale · x + shift
    Affine {
        scale: T,
        shift: T,
    },
    /// x + scale · b
    Add(Operand, T),
    Multiply(Operand, Gate),
    Zip(Zip, Operand),
    /// f(x, b) in f64, one number after the other.
    Other(fn(f64, f64) -> f64, Operand),
    /// x where the condition is not 0, else the other.
    Choose {
        condition: Operand,
        other: Operand,
    },
}

/// Numbers that a chain works on at a time, so that they stay in the nearest cache from step to step.
const BLOCK: usize = 4096;

/// Applies the steps to `out`, `columns` to a row. Operands lie in `before`.
pub fn apply<T: Real>(steps: &[Step<T>], before: &[T], columns: usize, out: &mut [T]) {
    if out.len() <= BLOCK {
        steps.iter().for_each(|step| one(step, before, 0, columns, out));
        return;
    }
    let rows = (BLOCK / columns).max(1);
    for (at, block) in out.chunks_mut(rows * columns).enumerate() {
        for step in steps {
            one(step, before, at * rows, columns, block);
        }
    }
}

fn one<T: Real>(taken: &Step<T>, before: &[T], first: usize, columns: usize, out: &mut [T]) {
    let place = Place { before, first, columns };
    match *taken {
        Step::Map(function) => T::map(function, out),
        Step::Affine { scale, shift } => out.iter_mut().for_each(|x| *x = scale * *x + shift),
        Step::Add(b, scale) => place.each(out, b, |x, b| x + scale * b),
        Step::Multiply(b, Gate::Plain) => place.each(out, b, |x, b| x * b),
        Step::Multiply(b, Gate::OneMinus) => place.each(out, b, |x, b| x * (T::ONE - b)),
        Step::Multiply(b, Gate::OneMinusSquare) => place.each(out, b, |x, b| x * (T::ONE - b * b)),
        Step::Multiply(b, Gate::Step) => place.each(out, b, |x, b| if b > T::ZERO { x } else { T::ZERO }),
        Step::Zip(zip, b) => zipped(zip, place, b, out),
        Step::Other(f, b) => place.one_by_one(out, b, &|x, b| T::of(f(x.to_f64(), b.to_f64()))),
        Step::Choose { condition, other } => {
            for (k, x) in out.iter_mut().enumerate() {
                let number = |o: Operand| before[o.at + place.offset(o.extent, k)];
                *x = if number(condition) != T::ZERO { *x } else { number(other) };
            }
        }
    }
}

fn zipped<T: Real>(zip: Zip, place: Place<T>, b: Operand, out: &mut [T]) {
    let indicator = |holds: bool| if holds { T::ONE } else { T::ZERO };
    let no_number = |x: T| x.partial_cmp(&x).is_none();
    match zip {
        Zip::Divide => place.one_by_one(out, b, &|x, b| x / b),
        Zip::DivideInto => place.one_by_one(out, b, &|x, b| b / x),
        Zip::Max => place.one_by_one(out, b, &|x, b| if x >= b || no_number(x) { x } else { b }),
        Zip::Min => place.one_by_one(out, b, &|x, b| if x <= b || no_number(x) { x } else { b }),
        Zip::Greater => place.one_by_one(out, b, &|x, b| indicator(x > b)),
        Zip::Less => place.one_by_one(out, b, &|x, b| indicator(x < b)),
        Zip::GreaterEqual => place.one_by_one(out, b, &|x, b| indicator(x >= b)),
        Zip::LessEqual => place.one_by_one(out, b, &|x, b| indicator(x <= b)),
    }
}

/// Where a block stands: its first row, and what is before it.
#[derive(Clone, Copy)]
struct Place<'a, T> {
    before: &'a [T],
    first: usize,
    columns: usize,
}

impl<T: Real> Place<'_, T> {
    /// Where the operand's number for the block's entry `k` stands.
    fn offset(&self, extent: Extent, k: usize) -> usize {
        match extent {
            Extent::Scalar => 0,
            Extent::Row => k % self.columns,
            Extent::Column => self.first + k / self.columns,
            Extent::Full => self.first * self.columns + k,
        }
    }

    /// The frequent steps: each extent has its own loop.
    #[inline(always)]
    fn each(&self, out: &mut [T], operand: Operand, f: impl Fn(T, T) -> T + Copy) {
        if !T::FAST {
            self.one_by_one(out, operand, &f);
            return;
        }
        let numbers = &self.before[operand.at..];
        match operand.extent {
            Extent::Scalar => {
                let b = numbers[0];
                out.iter_mut().for_each(|x| *x = f(*x, b));
            }
            Extent::Full => {
                let numbers = &numbers[self.first * self.columns..][..out.len()];
                out.iter_mut().zip(numbers).for_each(|(x, &b)| *x = f(*x, b));
            }
            Extent::Row => {
                let numbers = &numbers[..self.columns];
                for row in out.chunks_exact_mut(self.columns) {
                    pairs(row, numbers, f);
                }
            }
            Extent::Column => {
                for (row, &b) in out.chunks_exact_mut(self.columns).zip(&numbers[self.first..]) {
                    same(row, b, f);
                }
            }
        }
    }

    /// The rare steps, and all where size counts more than speed.
    fn one_by_one(&self, out: &mut [T], operand: Operand, f: &dyn Fn(T, T) -> T) {
        for (k, x) in out.iter_mut().enumerate() {
            *x = f(*x, self.before[operand.at + self.offset(operand.extent, k)]);
        }
    }
}

#[inline(always)]
fn pairs<T: Real>(row: &mut [T], numbers: &[T], f: impl Fn(T, T) -> T + Copy) {
    // Rows of small layers: eight at a time, without asking how many there are.
    let ((row, row_rest), (numbers, numbers_rest)) = (row.as_chunks_mut::<8>(), numbers.as_chunks::<8>());
    for (row, numbers) in row.iter_mut().zip(numbers) {
        for (x, &b) in row.iter_mut().zip(numbers) {
            *x = f(*x, b);
        }
    }
    row_rest.iter_mut().zip(numbers_rest).for_each(|(x, &b)| *x = f(*x, b));
}

#[inline(always)]
fn same<T: Real>(row: &mut [T], b: T, f: impl Fn(T, T) -> T + Copy) {
    let (row, rest) = row.as_chunks_mut::<8>();
    for row in row {
        row.iter_mut().for_each(|x| *x = f(*x, b));
    }
    rest.iter_mut().for_each(|x| *x = f(*x, b));
}

/// Copies an operand to every entry that it covers.
pub fn load<T: Real>(operand: Operand, before: &[T], columns: usize, out: &mut [T]) {
    let numbers = &before[operand.at..];
    match operand.extent {
        Extent::Scalar => out.fill(numbers[0]),
        Extent::Full => out.copy_from_slice(&numbers[..out.len()]),
        Extent::Row => {
            let numbers = &numbers[..columns];
            out.chunks_exact_mut(columns).for_each(|row| row.copy_from_slice(numbers));
        }
        Extent::Column => out.chunks_exact_mut(columns).zip(numbers).for_each(|(row, &b)| row.fill(b)),
    }
}
