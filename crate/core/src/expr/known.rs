//! Finding a node that is there already: a table of ids by the hash of what they are. The nodes themselves stay in the
//! arena, so that nothing is kept twice and asking copies nothing.

use super::NodeId;
use crate::map::Quick;
use crate::op::{Data, Op};
use crate::shape::Shape;
use std::hash::{Hash, Hasher};

/// Open addressing; a slot is a node's id plus one, 0 where it is free. A power of two of slots, at most half of them taken.
#[derive(Clone, Default)]
pub struct Known {
    slots: Vec<u32>,
    /// The hash of each node, in order: for growing.
    hashes: Vec<u32>,
}

/// More slots than this are not kept for the next arena: they would have to be emptied each time.
const MOST_KEPT: usize = 1024;

/// The hash of a node. It decides where a node is looked for, never what is found.
pub fn hash(op: &'static Op, args: &[NodeId], data: &Data, shape: &Shape) -> u32 {
    let mut quick = Quick::default();
    quick.write_usize(std::ptr::from_ref(op).addr());
    for arg in args {
        quick.write_u32(arg.0);
    }
    if !matches!(data, Data::None) {
        data.hash(&mut quick);
    }
    shape.0.iter().for_each(|dim| dim.hash(&mut quick));
    (quick.finish() >> 32) as u32
}

impl Known {
    /// Forgets all, and keeps its memory.
    pub fn clear(&mut self) {
        self.hashes.clear();
        if self.slots.len() > MOST_KEPT {
            self.slots = Vec::new();
        }
        self.slots.fill(0);
    }

    pub fn find(&self, hash: u32, same: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        let mut at = self.first(hash)?;
        while self.slots[at] != 0 {
            let id = self.slots[at] - 1;
            if self.hashes[id as usize] == hash && same(NodeId(id)) {
                return Some(NodeId(id));
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        None
    }

    /// Takes the next node in; ids come in order.
    pub fn add(&mut self, hash: u32, id: NodeId) {
        self.hashes.push(hash);
        if 2 * self.hashes.len() > self.slots.len() {
            self.slots = vec![0; (4 * self.hashes.len()).next_power_of_two().max(128)];
            (0..self.hashes.len() as u32).for_each(|id| self.put(id));
        } else {
            self.put(id.0);
        }
    }

    fn first(&self, hash: u32) -> Option<usize> {
        (!self.slots.is_empty()).then(|| hash as usize & (self.slots.len() - 1))
    }

    fn put(&mut self, id: u32) {
        let mut at = self.first(self.hashes[id as usize]).unwrap_or(0);
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = id + 1;
    }
}
