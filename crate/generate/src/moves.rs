//! Numbers put elsewhere: transposes, and entries picked by their places.

use crate::code::{BUFFER, Code, Place, fixed};
use crate::loops::repeat;

/// Entries that are written out.
const ENTRIES: usize = 1024;
/// Columns that are written out within a loop over rows.
const COLUMNS: usize = 128;

pub fn transpose(code: &mut Code, from: usize, (rows, columns): (usize, usize), out: usize) -> Option<()> {
    if code.lanes() == 4 && rows.is_multiple_of(4) && columns.is_multiple_of(4) {
        if columns > COLUMNS {
            return None;
        }
        let blocks = |code: &mut Code, source, to, row: usize| {
            for column in (0..columns).step_by(4) {
                let from = Place { base: source, offset: from + row * columns + column };
                block(code, from, columns, Place { base: to, offset: out + column * rows + row }, rows);
            }
        };
        if rows * columns <= ENTRIES / 4 {
            (0..rows).step_by(4).for_each(|row| blocks(code, BUFFER, BUFFER, row));
            return Some(());
        }
        return code.scope(|code| {
            let (source, to) = (code.copy_of(BUFFER), code.copy_of(BUFFER));
            repeat(code, rows / 4, &[(source, 4 * columns), (to, 4)], |code| {
                blocks(code, source, to, 0);
                Some(())
            })
        });
    }
    if rows * columns > ENTRIES {
        return None;
    }
    for row in 0..rows {
        for column in 0..columns {
            copy(code, fixed(from + row * columns + column), fixed(out + column * rows + row), 1);
        }
    }
    Some(())
}

/// Four rows of four, turned.
fn block(code: &mut Code, from: Place, from_stride: usize, to: Place, to_stride: usize) {
    code.scope(|code| {
        let row = |r: usize, place: Place, stride: usize| Place { offset: place.offset + r * stride, ..place };
        let rows: [_; 4] = std::array::from_fn(|r| code.load(row(r, from, from_stride), 4));
        let [a, b, c, d] = rows;
        // a and b, c and d entry by entry; then their halves together.
        let low = [code.pick(a, b, [0, 4, 1, 5]), code.pick(c, d, [0, 4, 1, 5])];
        let high = [code.pick(a, b, [2, 6, 3, 7]), code.pick(c, d, [2, 6, 3, 7])];
        for (r, (pair, places)) in
            [(low, [0, 1, 4, 5]), (low, [2, 3, 6, 7]), (high, [0, 1, 4, 5]), (high, [2, 3, 6, 7])]
                .into_iter()
                .enumerate()
        {
            let turned = code.pick(pair[0], pair[1], places);
            code.store(row(r, to, to_stride), 4, turned);
        }
    });
}

pub fn copy(code: &mut Code, from: Place, to: Place, lanes: usize) {
    code.scope(|code| {
        let x = code.load(from, lanes);
        code.store(to, lanes, x);
    });
}

pub fn gather(code: &mut Code, places: &[Option<u32>], out: usize) -> Option<()> {
    if places.len() > ENTRIES {
        return None;
    }
    let zero = code.constant(0.0);
    for (at, place) in places.iter().enumerate() {
        match place {
            Some(place) => copy(code, fixed(*place as usize), fixed(out + at), 1),
            None => code.store(fixed(out + at), 1, zero),
        }
    }
    Some(())
}
