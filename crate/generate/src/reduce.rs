//! Sums along axes, dot products, softmax: eight lanes, added up in pairs, then what is left over, as in the tape.

use crate::chain::{Corner, Entries, finish};
use crate::code::{BUFFER, Code, Place, Pointer, Two, Value, fixed};
use crate::functions;
use crate::loops::{once, overlapping, repeat};
use chalkgrad_tape::Step;

/// Chunks of eight, and rows, that are written out.
const CHUNKS: usize = 8;
const ROWS: usize = 16;
/// Columns of a softmax that are written out.
const CLASSES: usize = 64;

/// `sum + x`, or `sum + x y` where there are two places, put into `sum`.
fn take(code: &mut Code, sum: &mut Option<Value>, a: Place, b: Option<Place>, width: usize) {
    let own = if sum.is_none() { Some(code.value()) } else { None };
    code.scope(|code| {
        let x = code.load(a, width);
        let y = b.map(|b| code.load(b, width));
        match (*sum, own, y) {
            (Some(sum), _, Some(y)) => code.multiply_add(sum, x, y),
            (None, Some(own), Some(y)) => {
                let product = code.two(Two::Multiply, x, y);
                code.assign(own, product);
            }
            (None, Some(own), None) => code.assign(own, x),
            _ => code.add_to(sum, x),
        }
    });
    if own.is_some() {
        *sum = own;
    }
}

fn behind(place: Place, by: usize) -> Place {
    Place { offset: place.offset + by, ..place }
}

/// A sum over `len` entries, not yet added up: eight lanes in two vectors (or one by one), and what was left over.
struct Lanes {
    lanes: Vec<Value>,
    rest: Option<Value>,
}

fn lanes(code: &mut Code, a: Place, b: Option<Place>, len: usize) -> Option<Lanes> {
    let width = code.lanes();
    let chunks = len / 8;
    let mut sums: Vec<Option<Value>> = vec![None; 8 / width];
    let chunk = |code: &mut Code, sums: &mut [Option<Value>], a: Place, b: Option<Place>| {
        for (k, sum) in sums.iter_mut().enumerate() {
            take(code, sum, behind(a, k * width), b.map(|b| behind(b, k * width)), width);
        }
    };
    let (mut a, mut b) = (a, b);
    if chunks > CHUNKS && width == 4 {
        let none = code.constant(-0.0);
        sums.iter_mut().for_each(|sum| code.add_to(sum, none));
        a.base = code.copy_of(a.base);
        let mut moving = vec![(a.base, 8)];
        if let Some(b) = &mut b {
            b.base = code.copy_of(b.base);
            moving.push((b.base, 8));
        }
        repeat(code, chunks, &moving, |code| {
            chunk(code, &mut sums, a, b);
            Some(())
        })?;
    } else {
        for _ in 0..chunks {
            chunk(code, &mut sums, a, b);
            (a, b) = (behind(a, 8), b.map(|b| behind(b, 8)));
        }
    }
    let mut rest = None;
    for k in 0..len % 8 {
        take(code, &mut rest, behind(a, k), b.map(|b| behind(b, k)), 1);
    }
    Some(Lanes { lanes: sums.into_iter().flatten().collect(), rest })
}

/// One sum, in the first place.
fn total(code: &mut Code, lanes: &Lanes) -> Option<Value> {
    let mut pair = |a: Value, b: Value| code.two(Two::Add, a, b);
    let sum = match lanes.lanes[..] {
        [] => None,
        [low, high] => {
            let four = pair(low, high);
            let turned = code.pick(four, four, [2, 3, 0, 1]);
            let two = code.two(Two::Add, four, turned);
            let turned = code.pick(two, two, [1, 0, 3, 2]);
            Some(code.two(Two::Add, two, turned))
        }
        [l0, l1, l2, l3, l4, l5, l6, l7] => {
            let four = [pair(l0, l4), pair(l1, l5), pair(l2, l6), pair(l3, l7)];
            let (even, odd) = (pair(four[0], four[2]), pair(four[1], four[3]));
            Some(pair(even, odd))
        }
        _ => return None,
    };
    match (sum, lanes.rest) {
        (Some(sum), Some(rest)) => Some(code.two(Two::Add, sum, rest)),
        (sum, rest) => sum.or(rest),
    }
}

/// Four sums at once, turned so that each has its place.
fn four_totals(code: &mut Code, rows: &[Lanes; 4]) -> Option<Value> {
    let mut halves = Vec::new();
    for row in rows {
        if let [low, high] = row.lanes[..] {
            halves.push(code.two(Two::Add, low, high));
        }
    }
    let sum = if let [a, b, c, d] = halves[..] {
        let fold = |code: &mut Code, a: Value, b: Value| {
            let (low, high) = (code.pick(a, b, [0, 1, 4, 5]), code.pick(a, b, [2, 3, 6, 7]));
            code.two(Two::Add, low, high)
        };
        let (first, second) = (fold(code, a, b), fold(code, c, d));
        let (even, odd) = (code.pick(first, second, [0, 2, 4, 6]), code.pick(first, second, [1, 3, 5, 7]));
        Some(code.two(Two::Add, even, odd))
    } else {
        None
    };
    let rest = if let [Some(a), Some(b), Some(c), Some(d)] = [rows[0].rest, rows[1].rest, rows[2].rest, rows[3].rest] {
        let (first, second) = (code.pick(a, b, [0, 4, 0, 4]), code.pick(c, d, [0, 4, 0, 4]));
        Some(code.pick(first, second, [0, 1, 4, 5]))
    } else {
        None
    };
    match (sum, rest) {
        (Some(sum), Some(rest)) => Some(code.two(Two::Add, sum, rest)),
        (sum, rest) => sum.or(rest),
    }
}

/// The sum of each row, times a vector if there is one, then steps: one number a row.
pub fn dots(
    code: &mut Code,
    a: usize,
    b: Option<usize>,
    (rows, inner): (usize, usize),
    steps: &[Step<f32>],
    out: usize,
) -> Option<()> {
    if inner == 0 {
        return None;
    }
    let entry = |base: Pointer, row: usize| Place { base, offset: a + row * inner };
    if rows < 4 || code.lanes() == 1 {
        return (0..rows).try_for_each(|row| {
            code.scope(|code| {
                let lanes = lanes(code, entry(BUFFER, row), b.map(fixed), inner)?;
                let sum = total(code, &lanes)?;
                finish(code, steps, Corner::of_buffer(1), Entries { row, column: 0, lanes: 1 }, sum, out)
            })
        });
    }
    // Four rows from one on, counted from where the addresses stand.
    let group = |code: &mut Code, corner: Corner, from: Pointer, row: usize| {
        code.scope(|code| {
            let mut all = Vec::new();
            for r in 0..4 {
                all.push(lanes(code, entry(from, row + r), b.map(fixed), inner)?);
            }
            let sum = four_totals(code, &all.try_into().ok()?)?;
            finish(code, steps, corner, Entries { row, column: 0, lanes: 4 }, sum, out)
        })
    };
    let corner = Corner::of_buffer(1);
    if rows <= ROWS {
        return overlapping(rows, 4).into_iter().try_for_each(|(row, _)| group(code, corner, BUFFER, row));
    }
    code.scope(|code| {
        let (full, from) = (code.copy_of(BUFFER), code.copy_of(BUFFER));
        let moving = Corner { full, row: full, column: BUFFER, columns: 1 };
        repeat(code, rows / 4, &[(full, 4), (from, 4 * inner)], |code| group(code, moving, from, 0))
    })?;
    if rows.is_multiple_of(4) { Some(()) } else { group(code, corner, BUFFER, rows - 4) }
}

pub fn sum(code: &mut Code, from: usize, len: usize, out: usize) -> Option<()> {
    dots(code, from, None, (1, len), &[], out)
}

pub fn row_sums(code: &mut Code, from: usize, (rows, columns): (usize, usize), out: usize) -> Option<()> {
    dots(code, from, None, (rows, columns), &[], out)
}

/// The sum of each column, in the order of the rows.
pub fn column_sums(code: &mut Code, from: usize, (rows, columns): (usize, usize), out: usize) -> Option<()> {
    let lanes = code.lanes();
    for block in overlapping(columns, lanes).chunks(8) {
        code.scope(|code| {
            let mut sums: Vec<Option<Value>> = vec![None; block.len()];
            let row_of = |code: &mut Code, sums: &mut [Option<Value>], base: Pointer, row: usize| {
                for (sum, &(column, width)) in sums.iter_mut().zip(block) {
                    take(code, sum, Place { base, offset: from + row * columns + column }, None, width);
                }
            };
            if rows > 2 * ROWS && lanes == 4 {
                let none = code.constant(-0.0);
                sums.iter_mut().for_each(|sum| code.add_to(sum, none));
                let at = code.copy_of(BUFFER);
                repeat(code, rows, &[(at, columns)], |code| {
                    row_of(code, &mut sums, at, 0);
                    Some(())
                })?;
            } else {
                (0..rows).for_each(|row| row_of(code, &mut sums, BUFFER, row));
            }
            for (sum, &(column, width)) in sums.into_iter().zip(block) {
                code.store(fixed(out + column), width, sum?);
            }
            Some(())
        })?;
    }
    Some(())
}

/// Softmax of each row, from which the largest entry is taken first.
pub fn softmax(code: &mut Code, from: usize, (rows, columns): (usize, usize), out: usize) -> Option<()> {
    if columns > CLASSES || columns == 0 {
        return None;
    }
    code.scope(|code| {
        let at = if code.in_locals().is_some() { BUFFER } else { code.copy_of(BUFFER) };
        if at == BUFFER {
            return (0..rows)
                .try_for_each(|row| softmax_row(code, at, (from + row * columns, out + row * columns), columns));
        }
        repeat(code, rows, &[(at, columns)], |code| softmax_row(code, at, (from, out), columns))
    })
}

fn softmax_row(code: &mut Code, base: Pointer, (from, out): (usize, usize), columns: usize) -> Option<()> {
    let place = |offset: usize| Place { base, offset };
    let width = code.lanes();
    code.scope(|code| {
        let mut top = code.load(place(from), 1);
        for column in 1..columns {
            let x = code.load(place(from + column), 1);
            top = code.two(Two::Larger, top, x);
        }
        let top = code.pick(top, top, [0, 0, 0, 0]);
        for (column, lanes) in overlapping(columns, width) {
            code.scope(|code| {
                let x = code.load(place(from + column), lanes);
                let below = code.two(Two::Subtract, x, top);
                let value = functions::exp(code, below);
                code.store(place(out + column), lanes, value);
            });
        }
        let sums = lanes(code, place(out), None, columns)?;
        let sum = total(code, &sums)?;
        let one = code.constant(1.0);
        let share = code.two(Two::Divide, one, sum);
        let share = code.pick(share, share, [0, 0, 0, 0]);
        for (column, lanes) in once(columns, width) {
            code.scope(|code| {
                let x = code.load(place(out + column), lanes);
                let value = code.two(Two::Multiply, x, share);
                code.store(place(out + column), lanes, value);
            });
        }
        Some(())
    })
}
