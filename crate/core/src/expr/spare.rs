//! The memory of the last arena, emptied, for the next one: questions come one after the other and are mostly short.

use super::{Known, Marks, Node};
use std::cell::Cell;

/// Of larger arenas nothing is kept.
const MOST_NODES: usize = 1024;

#[derive(Default)]
pub struct Spare {
    pub nodes: Vec<Node>,
    pub known: Known,
    pub marks: Vec<Marks>,
}

thread_local! {
    static SPARE: Cell<Option<Spare>> = const { Cell::new(None) };
}

pub fn take() -> Spare {
    SPARE.take().unwrap_or_default()
}

pub fn keep(mut spare: Spare) {
    if spare.nodes.capacity() > 0 && spare.nodes.len() <= MOST_NODES {
        spare.nodes.clear();
        spare.known.clear();
        spare.marks.clear();
        // A thread that ends has no use for it.
        _ = SPARE.try_with(|kept| kept.set(Some(spare)));
    }
}
