//! Products in tiles, their sums in registers to the end of their chain. Each sum runs in the order of the inner dimension, as
//! in the tape; a sum that begins with −0 is its first product.

use crate::chain::{Corner, Entries, finish, weight};
use crate::code::{BUFFER, Code, Place, Pointer, Two, Value};
use crate::loops::{overlapping, repeat};
use crate::reduce;
use chalkgrad_tape::{Product, Step};

/// Inner dimensions up to this are written out; longer ones are a loop of single rounds. Rounds one after the other without a
/// loop are slow (a third of the speed at 64 × 64): V8 then keeps the sums on the stack.
const INNER: usize = 2;
/// Steps of this weight are long.
const LONG: usize = 12;
/// Multiply-adds of vectors, and what else is done to vectors, that are written out before rows or columns are a loop: what a
/// processor keeps of decoded instructions is small.
const WRITTEN: usize = 60;

struct Tiles<'a> {
    rows: usize,
    inner: usize,
    columns: usize,
    a: usize,
    transposed: bool,
    b: usize,
    bias: Option<usize>,
    steps: &'a [Step<f32>],
    out: usize,
}

/// Where a tile begins.
#[derive(Clone, Copy)]
struct At {
    corner: Corner,
    /// A's address, with the tile's first row.
    a: Pointer,
}

pub fn product(code: &mut Code, product: &Product, steps: &[Step<f32>], out: usize) -> Option<()> {
    let Product { rows, inner, columns, a, a_transposed, b, bias } = *product;
    if inner == 0 || rows == 0 || columns == 0 {
        return None;
    }
    match (columns, a_transposed, bias) {
        (1, false, None) => reduce::dots(code, a, Some(b), (rows, inner), steps, out),
        // A' v is stored like v' A.
        (1, true, None) => {
            let turned = Tiles { rows: 1, inner, columns: rows, a: b, transposed: false, b: a, bias: None, steps, out };
            across(code, &turned)
        }
        _ => across(code, &Tiles { rows, inner, columns, a, transposed: a_transposed, b, bias, steps, out }),
    }
}

/// All blocks of columns.
fn across(code: &mut Code, tiles: &Tiles) -> Option<()> {
    let columns = tiles.columns;
    if code.lanes() == 4 && columns >= 16 && columns.is_multiple_of(8) {
        return code.scope(|code| {
            let column = code.copy_of(BUFFER);
            repeat(code, columns / 8, &[(column, 8)], |code| down(code, tiles, column, &[(0, 4), (4, 4)]))
        });
    }
    let stretches = overlapping(columns, code.lanes());
    let width = if stretches[0].1 == 1 { 3 } else { 2 };
    stretches.chunks(width).try_for_each(|block| down(code, tiles, BUFFER, block))
}

/// All rows of a block of columns.
fn down(code: &mut Code, tiles: &Tiles, column: Pointer, block: &[(usize, usize)]) -> Option<()> {
    let Tiles { rows, inner, columns, .. } = *tiles;
    // Sixteen registers hold the sums, a row of B's block, an entry of A and, where there are long functions, what these need:
    // more sums were slower in every network measured.
    let most = match block.len() {
        1 => 8,
        2 if weight(tiles.steps) >= LONG => 3,
        _ => 4,
    };
    let height = if rows <= most { rows } else { rows.div_ceil(rows.div_ceil(most)) };
    let corner = Corner { full: column, row: BUFFER, column, columns };
    let count = rows / height;
    let rest = rows - count * height;
    if code.in_locals().is_some()
        || count == 1
        || rows * block.len() * (inner.min(INNER) + weight(tiles.steps)) <= WRITTEN
    {
        for k in 0..count {
            tile(code, tiles, At { corner, a: BUFFER }, k * height, height, block)?;
        }
        return if rest == 0 {
            Some(())
        } else {
            tile(code, tiles, At { corner, a: BUFFER }, count * height, rest, block)
        };
    }
    code.scope(|code| {
        let (full, row, a) = (code.copy_of(column), code.copy_of(BUFFER), code.copy_of(BUFFER));
        let at = At { corner: Corner { full, row, ..corner }, a };
        let moving =
            [(full, height * columns), (row, height), (a, if tiles.transposed { height } else { height * inner })];
        repeat(code, count, &moving, |code| tile(code, tiles, at, 0, height, block))?;
        if rest > 0 { tile(code, tiles, at, 0, rest, block) } else { Some(()) }
    })
}

/// Some rows of a block of columns: `first` counts from where the tile begins.
fn tile(code: &mut Code, tiles: &Tiles, at: At, first: usize, height: usize, block: &[(usize, usize)]) -> Option<()> {
    code.scope(|code| {
        let inner = tiles.inner;
        let mut sums: Vec<Option<Value>> = vec![None; height * block.len()];
        if let Some(bias) = tiles.bias {
            for (c, &(column, lanes)) in block.iter().enumerate() {
                let start = code.load(Place { base: at.corner.column, offset: bias + column }, lanes);
                for r in 0..height {
                    code.add_to(&mut sums[r * block.len() + c], start);
                }
            }
        }
        let (mut a, mut b) = (at.a, at.corner.column);
        let mut left = inner;
        if inner > INNER && code.in_locals().is_none() {
            if tiles.bias.is_none() {
                let none = code.constant(-0.0);
                sums.iter_mut().for_each(|sum| code.add_to(sum, none));
            }
            (a, b) = (code.copy_of(a), code.copy_of(b));
            let step = if tiles.transposed { tiles.rows } else { 1 };
            let moving = [(a, step), (b, tiles.columns)];
            repeat(code, inner, &moving, |code| {
                round(code, tiles, (a, b), (first, height), block, 0, &mut sums);
                Some(())
            })?;
            left = 0;
        }
        (0..left).for_each(|k| round(code, tiles, (a, b), (first, height), block, k, &mut sums));
        for (place, sum) in sums.into_iter().enumerate() {
            let (r, (column, lanes)) = (place / block.len(), block[place % block.len()]);
            finish(code, tiles.steps, at.corner, Entries { row: first + r, column, lanes }, sum?, tiles.out)?;
        }
        Some(())
    })
}

/// One place of the inner dimension.
fn round(
    code: &mut Code,
    tiles: &Tiles,
    (a, b): (Pointer, Pointer),
    (first, height): (usize, usize),
    block: &[(usize, usize)],
    k: usize,
    sums: &mut [Option<Value>],
) {
    // Sums that begin here are taken before the scope, so that it does not free them.
    let begins = sums.iter().any(|sum| sum.is_none());
    sums.iter_mut().for_each(|sum| *sum = Some(sum.unwrap_or_else(|| code.value())));
    code.scope(|code| {
        let right: Vec<Value> = block
            .iter()
            .map(|&(column, lanes)| code.load(Place { base: b, offset: tiles.b + k * tiles.columns + column }, lanes))
            .collect();
        for r in 0..height {
            let entry = if tiles.transposed { k * tiles.rows + first + r } else { (first + r) * tiles.inner + k };
            let left = code.spread(Place { base: a, offset: tiles.a + entry });
            for (&right, &sum) in right.iter().zip(&sums[r * block.len()..]) {
                match sum {
                    Some(sum) if begins => {
                        let product = code.two(Two::Multiply, left, right);
                        code.assign(sum, product);
                    }
                    Some(sum) => code.multiply_add(sum, left, right),
                    None => {}
                }
            }
        }
    });
}
