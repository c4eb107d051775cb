//! Loops with addresses that move along, and how sizes are cut.

use crate::code::{Code, Pointer};

/// Does something `count` times, and moves each pointer by so many numbers each time.
pub fn repeat(
    code: &mut Code,
    count: usize,
    moving: &[(Pointer, usize)],
    inside: impl FnOnce(&mut Code) -> Option<()>,
) -> Option<()> {
    if count == 0 {
        return Some(());
    }
    code.scope(|code| {
        let left = code.pointer();
        code.sink().i32_const(count as i32).local_set(left.0).loop_(wasm_encoder::BlockType::Empty);
        code.scope(inside)?;
        for &(pointer, by) in moving {
            code.advance(pointer, by);
        }
        code.sink().local_get(left.0).i32_const(1).i32_sub().local_tee(left.0).br_if(0).end();
        Some(())
    })
}

/// A stretch of neighbouring numbers: where it begins, and whether there are four or one.
pub type Stretch = (usize, usize);

/// `len` numbers in fours. What is left over is taken together with some before it, once more: where results go elsewhere,
/// doing them twice changes nothing. Fewer than four are single ones.
pub fn overlapping(len: usize, lanes: usize) -> Vec<Stretch> {
    if lanes == 1 || len < 4 {
        return (0..len).map(|at| (at, 1)).collect();
    }
    let mut all: Vec<Stretch> = (0..len / 4).map(|k| (4 * k, 4)).collect();
    if !len.is_multiple_of(4) {
        all.push((len - 4, 4));
    }
    all
}

/// `len` numbers in fours, then single ones: each exactly once.
pub fn once(len: usize, lanes: usize) -> Vec<Stretch> {
    if lanes == 1 {
        return (0..len).map(|at| (at, 1)).collect();
    }
    let mut all: Vec<Stretch> = (0..len / 4).map(|k| (4 * k, 4)).collect();
    all.extend((len / 4 * 4..len).map(|at| (at, 1)));
    all
}
