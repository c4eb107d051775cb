//! Sets of nodes as bits by their id.

use super::{NodeId, Nodes};

/// Most arenas fit into so many words of 64: they take no memory of their own.
const FEW: usize = 6;

pub struct Ids {
    few: [u64; FEW],
    many: Vec<u64>,
    length: usize,
}

impl Ids {
    /// An empty set of ids up to this one.
    pub fn up_to(last: NodeId) -> Ids {
        let length = last.0 as usize / 64 + 1;
        Ids { few: [0; FEW], many: if length > FEW { vec![0; length] } else { Vec::new() }, length }
    }

    pub fn words(&self) -> &[u64] {
        if self.length > FEW { &self.many } else { &self.few[..self.length] }
    }

    pub fn words_mut(&mut self) -> &mut [u64] {
        if self.length > FEW { &mut self.many } else { &mut self.few[..self.length] }
    }

    pub fn insert(&mut self, id: NodeId) {
        self.words_mut()[id.0 as usize / 64] |= 1 << (id.0 % 64);
    }

    pub fn contains(&self, id: NodeId) -> bool {
        self.words().get(id.0 as usize / 64).is_some_and(|word| word >> (id.0 % 64) & 1 == 1)
    }

    /// All of them in order.
    pub fn in_order(&self) -> Nodes {
        let words = self.words();
        let mut found = Nodes::with_capacity(words.iter().map(|word| word.count_ones() as usize).sum());
        for (at, &word) in words.iter().enumerate() {
            let mut word = word;
            while word != 0 {
                found.push(NodeId(at as u32 * 64 + word.trailing_zeros()));
                word &= word - 1;
            }
        }
        found
    }
}
