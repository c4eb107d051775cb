//! Steps on values that are still in registers, and chains that begin with an operand.

use crate::code::{BUFFER, Code, Place, Pointer, Two, Value};
use crate::functions;
use crate::loops::{overlapping, repeat};
use chalkgrad_tape::{Extent, Function, Gate, Operand, Step, Zip};

/// Where a block of a result's entries stands: addresses that already hold its first row and column (all three are the
/// buffer's own where these are 0), and the result's columns.
#[derive(Clone, Copy)]
pub struct Corner {
    /// Moves with every entry.
    pub full: Pointer,
    /// Moves with the row only.
    pub row: Pointer,
    /// Moves with the column only.
    pub column: Pointer,
    pub columns: usize,
}

impl Corner {
    pub fn of_buffer(columns: usize) -> Corner {
        Corner { full: BUFFER, row: BUFFER, column: BUFFER, columns }
    }

    /// A value that is stored in full, at an entry counted from the corner.
    pub fn entry(&self, at: usize, row: usize, column: usize) -> Place {
        Place { base: self.full, offset: at + row * self.columns + column }
    }
}

/// Some neighbouring entries of a row, counted from the corner.
#[derive(Clone, Copy)]
pub struct Entries {
    pub row: usize,
    pub column: usize,
    pub lanes: usize,
}

fn operand(code: &mut Code, corner: Corner, at: Entries, operand: Operand) -> Value {
    match operand.extent {
        Extent::Scalar => code.spread(Place { base: BUFFER, offset: operand.at }),
        Extent::Row => code.load(Place { base: corner.column, offset: operand.at + at.column }, at.lanes),
        Extent::Column => code.spread(Place { base: corner.row, offset: operand.at + at.row }),
        Extent::Full => code.load(corner.entry(operand.at, at.row, at.column), at.lanes),
    }
}

/// All steps on some entries, which are then stored; locals are free again behind it.
pub fn finish(
    code: &mut Code,
    steps: &[Step<f32>],
    corner: Corner,
    at: Entries,
    value: Value,
    out: usize,
) -> Option<()> {
    code.scope(|code| {
        let mut value = value;
        for step in steps {
            value = one(code, step, corner, at, value)?;
        }
        code.store(corner.entry(out, at.row, at.column), at.lanes, value);
        Some(())
    })
}

fn one(code: &mut Code, step: &Step<f32>, corner: Corner, at: Entries, x: Value) -> Option<Value> {
    let one = code.constant(1.0);
    let zero = code.constant(0.0);
    Some(match *step {
        Step::Map(function) => functions::map(code, function, x)?,
        Step::Affine { scale, shift } => affine(code, x, scale, shift),
        Step::Add(b, scale) => {
            let b = operand(code, corner, at, b);
            add_scaled(code, x, b, scale)
        }
        Step::Multiply(b, gate) => {
            let b = operand(code, corner, at, b);
            match gate {
                Gate::Plain => code.two(Two::Multiply, x, b),
                Gate::OneMinus => {
                    let rest = code.two(Two::Subtract, one, b);
                    code.two(Two::Multiply, x, rest)
                }
                Gate::OneMinusSquare => {
                    let square = code.two(Two::Multiply, b, b);
                    let rest = code.two(Two::Subtract, one, square);
                    code.two(Two::Multiply, x, rest)
                }
                Gate::Step if at.lanes == 1 && code.lanes() == 1 => code.branch((b, Two::Greater, zero), x, zero),
                Gate::Step => {
                    let above = code.two(Two::Greater, b, zero);
                    code.two(Two::And, x, above)
                }
            }
        }
        Step::Zip(zip, b) => {
            let b = operand(code, corner, at, b);
            zipped(code, zip, x, b)
        }
        Step::Choose { condition, other } => {
            let condition = operand(code, corner, at, condition);
            let other = operand(code, corner, at, other);
            let holds = code.two(Two::Unequal, condition, zero);
            code.select(holds, x, other)
        }
        Step::Other(..) => return None,
    })
}

/// scale · x + shift. Adding −0 changes no bit; adding 0 turns −0 into 0.
fn affine(code: &mut Code, x: Value, scale: f32, shift: f32) -> Value {
    let shift = code.constant(shift);
    add_scaled(code, shift, x, scale)
}

/// a + scale · b. Times 1 and times −1 are exact, so they need no multiplication: in the smallest networks a step lasts as long
/// as its chain of operations, each of which waits for the one before.
fn add_scaled(code: &mut Code, a: Value, b: Value, scale: f32) -> Value {
    if scale == 1.0 {
        return code.two(Two::Add, a, b);
    }
    if scale == -1.0 {
        return code.two(Two::Subtract, a, b);
    }
    let scale = code.constant(scale);
    let product = code.two(Two::Multiply, scale, b);
    code.two(Two::Add, a, product)
}

fn zipped(code: &mut Code, zip: Zip, x: Value, b: Value) -> Value {
    let mut indicator = |op: Two| {
        let (holds, one) = (code.two(op, x, b), code.constant(1.0));
        code.two(Two::And, holds, one)
    };
    match zip {
        Zip::Greater => return indicator(Two::Greater),
        Zip::Less => return indicator(Two::Less),
        Zip::GreaterEqual => return indicator(Two::GreaterEqual),
        Zip::LessEqual => return indicator(Two::LessEqual),
        Zip::Divide => return code.two(Two::Divide, x, b),
        Zip::DivideInto => return code.two(Two::Divide, b, x),
        Zip::Max | Zip::Min => {}
    }
    let keeps = code.two(if zip == Zip::Max { Two::GreaterEqual } else { Two::LessEqual }, x, b);
    let undefined = code.two(Two::Unequal, x, x);
    let mask = code.two(Two::Or, keeps, undefined);
    code.select(mask, x, b)
}

fn extents(from: Operand, steps: &[Step<f32>]) -> Vec<Extent> {
    let mut all = vec![from.extent];
    for step in steps {
        match step {
            Step::Add(b, _) | Step::Multiply(b, _) | Step::Zip(_, b) | Step::Other(_, b) => all.push(b.extent),
            Step::Choose { condition, other } => all.extend([condition.extent, other.extent]),
            Step::Map(_) | Step::Affine { .. } => {}
        }
    }
    all
}

/// Entries that are written out one after the other, in vectors, times what is done to them.
const UNROLLED: usize = 48;

/// About how many operations the steps are, compared with a multiplication and an addition.
pub fn weight(steps: &[Step<f32>]) -> usize {
    let one = |step: &Step<f32>| match step {
        Step::Map(Function::Relu | Function::Step | Function::Abs) => 1,
        Step::Map(Function::Softplus) => 36,
        Step::Map(_) => 12,
        _ => 1,
    };
    steps.iter().map(one).sum()
}

/// A chain: an operand, then steps on it.
pub fn chain(
    code: &mut Code,
    from: Operand,
    (rows, columns): (usize, usize),
    steps: &[Step<f32>],
    out: usize,
) -> Option<()> {
    let lanes = code.lanes();
    // Where no operand differs by row or by column alone, the rows are one long row.
    let is_flat = extents(from, steps).iter().all(|e| matches!(e, Extent::Full | Extent::Scalar));
    let (rows, columns) = if is_flat { (1, rows * columns) } else { (rows, columns) };
    let entries = |code: &mut Code, corner: Corner, at: Entries| {
        code.scope(|code| {
            let value = operand(code, corner, at, from);
            finish(code, steps, corner, at, value, out)
        })
    };
    let weight = 1 + weight(steps);
    if is_flat && columns * weight > 4 * UNROLLED && lanes == 4 {
        let blocks = columns / 8;
        return code.scope(|code| {
            let full = code.copy_of(BUFFER);
            let corner = Corner { full, ..Corner::of_buffer(columns) };
            repeat(code, blocks, &[(full, 8)], |code| {
                (0..2).try_for_each(|k| entries(code, corner, Entries { row: 0, column: 4 * k, lanes: 4 }))
            })?;
            let rest = columns - 8 * blocks;
            let singles = crate::loops::once(rest, 4);
            singles.into_iter().try_for_each(|(column, lanes)| entries(code, corner, Entries { row: 0, column, lanes }))
        });
    }
    let stretches = overlapping(columns, lanes);
    let row_of = |code: &mut Code, corner: Corner, row: usize| {
        stretches.iter().try_for_each(|&(column, lanes)| entries(code, corner, Entries { row, column, lanes }))
    };
    if rows == 1 || rows * stretches.len() * weight <= UNROLLED || lanes == 1 {
        return (0..rows).try_for_each(|row| row_of(code, Corner::of_buffer(columns), row));
    }
    if stretches.len() > 64 {
        return None;
    }
    code.scope(|code| {
        let (full, row) = (code.copy_of(BUFFER), code.copy_of(BUFFER));
        let corner = Corner { full, row, ..Corner::of_buffer(columns) };
        repeat(code, rows, &[(full, columns), (row, 1)], |code| row_of(code, corner, 0))
    })
}
