//! The engine's memory. An answer is made of many small and short-lived things: their blocks come in a few sizes, and a freed block
//! is the next one of its size, so that taking and giving back are a handful of instructions each. Large blocks come from below.
//! (TLSF below alone looks for the best fit and joins neighbours each time. In one go on one machine, `node bench/derivations.mjs`, medians of
//! the textbook questions: 33 µs a bare result and 394 µs a full one without these lists, 29 and 315 with them.)
#![allow(unsafe_code)] // An allocator cannot be written without.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// Sizes are counted in units, to which all small blocks are aligned.
const UNIT: usize = 16;
/// The sizes of small blocks, in units: never more than half again as large as what is asked for, beyond the first.
const SIZES: [usize; 12] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
const LARGEST: usize = SIZES[SIZES.len() - 1];
/// So many bytes are taken from below at a time.
const CHUNK: usize = 32 * 1024;

/// For each number of units the place of the smallest size that holds them.
const CLASS: [u8; LARGEST + 1] = {
    let mut classes = [0; LARGEST + 1];
    let (mut units, mut class) = (0, 0);
    while units <= LARGEST {
        if units > SIZES[class] {
            class += 1;
        }
        classes[units] = class as u8;
        units += 1;
    }
    classes
};

/// A free block: its first word leads to the next one.
struct Free {
    next: *mut Free,
}

struct Lists {
    free: [*mut Free; SIZES.len()],
    /// What is left of the last chunk.
    rest: *mut u8,
    left: usize,
}

/// Small blocks over another allocator. For one thread only, as every instance of the engine has.
pub struct Memory<Below> {
    lists: UnsafeCell<Lists>,
    below: Below,
}

// SAFETY: wasm without shared memory has one thread. (Tests make one `Memory` each and keep it in their thread.)
unsafe impl<Below> Sync for Memory<Below> {}

/// The place of a block's size; `None` for what is large or has an alignment of its own.
fn class(layout: Layout) -> Option<usize> {
    let units = layout.size().div_ceil(UNIT);
    (units <= LARGEST && layout.align() <= UNIT).then(|| CLASS[units] as usize)
}

impl<Below: GlobalAlloc> Memory<Below> {
    pub const fn over(below: Below) -> Memory<Below> {
        let lists = Lists { free: [null_mut(); SIZES.len()], rest: null_mut(), left: 0 };
        Memory { lists: UnsafeCell::new(lists), below }
    }

    /// A block from the chunk, or from a new one; what was left of the old one is one free block more.
    ///
    /// # Safety
    /// `lists` are this memory's own.
    #[cold]
    #[inline(never)]
    unsafe fn cut(&self, lists: &mut Lists, class: usize) -> *mut u8 {
        let size = SIZES[class] * UNIT;
        if lists.left < size {
            // SAFETY: the layout has a size; what is left is whole units, nobody's, and held in blocks that fit into it.
            unsafe {
                let chunk = self.below.alloc(Layout::from_size_align_unchecked(CHUNK, UNIT));
                if chunk.is_null() {
                    return chunk;
                }
                while lists.left > 0 {
                    let units = lists.left / UNIT;
                    let largest = SIZES.iter().rposition(|&size| size <= units).unwrap_or(0);
                    let block = lists.rest.cast::<Free>();
                    block.write(Free { next: lists.free[largest] });
                    lists.free[largest] = block;
                    lists.rest = lists.rest.add(SIZES[largest] * UNIT);
                    lists.left -= SIZES[largest] * UNIT;
                }
                (lists.rest, lists.left) = (chunk, CHUNK);
            }
        }
        let block = lists.rest;
        // SAFETY: so much is left.
        lists.rest = unsafe { block.add(size) };
        lists.left -= size;
        block
    }
}

// SAFETY: a small block is in use or in the list of its size, never both; it is as large as its size says and aligned to a unit.
// All others are passed on with the layout that they came with.
unsafe impl<Below: GlobalAlloc> GlobalAlloc for Memory<Below> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(class) = class(layout) else {
            // SAFETY: as the caller promises.
            return unsafe { self.below.alloc(layout) };
        };
        // SAFETY: one thread, and nothing below calls back.
        let lists = unsafe { &mut *self.lists.get() };
        let block = lists.free[class];
        if block.is_null() {
            // SAFETY: they are.
            return unsafe { self.cut(lists, class) };
        }
        // SAFETY: what stands in a list is a free block.
        lists.free[class] = unsafe { (*block).next };
        block.cast()
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(class) = class(layout) else {
            // SAFETY: as the caller promises, and it came from below.
            return unsafe { self.below.dealloc(block, layout) };
        };
        // SAFETY: one thread; the block is the caller's last use of it, and holds a pointer.
        unsafe {
            let lists = &mut *self.lists.get();
            block.cast::<Free>().write(Free { next: lists.free[class] });
            lists.free[class] = block.cast();
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises a size that makes a layout.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (class(layout), class(wanted)) {
            // SAFETY: as the caller promises, and it came from below.
            (None, None) => unsafe { self.below.realloc(block, layout, size) },
            (Some(old), Some(new)) if old == new => block,
            // SAFETY: the new block is another one, and both hold so many bytes.
            _ => unsafe {
                let moved = self.alloc(wanted);
                if !moved.is_null() {
                    moved.copy_from_nonoverlapping(block, layout.size().min(size));
                    self.dealloc(block, layout);
                }
                moved
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::alloc::System;

    #[test]
    fn sizes_hold_what_is_asked_for() {
        for size in 1..=LARGEST * UNIT {
            let class = class(Layout::from_size_align(size, 8).unwrap()).unwrap();
            assert!(SIZES[class] * UNIT >= size && (class == 0 || SIZES[class - 1] * UNIT < size), "{size}");
        }
        assert_eq!(class(Layout::from_size_align(LARGEST * UNIT + 1, 8).unwrap()), None);
        assert_eq!(class(Layout::from_size_align(8, 2 * UNIT).unwrap()), None);
    }

    /// Blocks come, grow, shrink and go in an order that a seed decides; each keeps what was written to it.
    #[test]
    fn blocks_keep_what_is_written_to_them() {
        let memory = Memory::over(System);
        let mut held: Vec<(*mut u8, Layout, u8)> = Vec::new();
        let mut random = 1u64;
        let mut next = |below: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % below
        };
        let check = |(block, layout, mark): &(*mut u8, Layout, u8)| {
            // SAFETY: the block is held, and this large.
            let bytes = unsafe { std::slice::from_raw_parts(*block, layout.size()) };
            assert!(bytes.iter().all(|byte| byte == mark) && block.addr() % layout.align() == 0);
        };
        for round in 0..20_000 {
            let mark = round as u8;
            let size = if next(4) == 0 { 1 + next(3000) } else { 1 + next(300) };
            let act = next(if held.len() < 200 { 3 } else { 2 });
            // SAFETY: sizes are above 0, and blocks are given back with the layout that they have.
            unsafe {
                if act == 2 || held.is_empty() {
                    let layout = Layout::from_size_align(size, 1 << next(6)).unwrap();
                    let block = memory.alloc(layout);
                    block.write_bytes(mark, size);
                    held.push((block, layout, mark));
                    continue;
                }
                let one = held.swap_remove(next(held.len()));
                check(&one);
                let (block, layout, old) = one;
                if act == 1 {
                    memory.dealloc(block, layout);
                    continue;
                }
                let moved = memory.realloc(block, layout, size);
                let kept = std::slice::from_raw_parts(moved, size.min(layout.size()));
                assert!(kept.iter().all(|byte| *byte == old));
                moved.write_bytes(mark, size);
                held.push((moved, Layout::from_size_align(size, layout.align()).unwrap(), mark));
            }
        }
        held.iter().for_each(check);
        // SAFETY: as above.
        held.iter().for_each(|(block, layout, _)| unsafe { memory.dealloc(*block, *layout) });
    }
}
