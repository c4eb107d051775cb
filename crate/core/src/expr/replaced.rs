//! What became of nodes in one pass over an expression.

use super::NodeId;
use smallvec::SmallVec;

/// Pairs of a node and what stands in its place. A pass meets nodes in the order of their ids, and so they lie in order.
#[derive(Default)]
pub struct Replaced(SmallVec<[(NodeId, NodeId); 8]>);

impl Replaced {
    /// Takes the next node in; one that stays as it is needs no place.
    pub fn add(&mut self, from: NodeId, to: NodeId) {
        debug_assert!(self.0.last().is_none_or(|(last, _)| *last < from), "nodes come in order");
        if from != to {
            self.0.push((from, to));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands in the place of a node: itself, if nothing does.
    pub fn of(&self, id: NodeId) -> NodeId {
        self.0.binary_search_by_key(&id, |(from, _)| *from).map_or(id, |at| self.0[at].1)
    }
}
