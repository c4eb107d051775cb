//! The loss as an expression, with the gradients that the derivation gives. Nothing is differentiated by hand here.

use crate::expr::{Arena, NodeId, SymbolId};
use crate::shape::Dim;

/// What a session runs.
pub struct Model {
    pub arena: Arena,
    pub loss: NodeId,
    /// Each parameter of the session, in its order.
    pub params: Vec<Trained>,
    /// Each entry of the session's data, in its order.
    pub data: Vec<SymbolId>,
    /// The dimension that counts samples: those of a batch during a step, all of them for the loss.
    pub samples: Option<Dim>,
    /// Named parts of the loss, in the order in which they build on each other.
    pub named: Vec<SymbolId>,
}

/// A parameter with its gradient, a tensor of its shape.
#[derive(Clone, Copy, Debug)]
pub struct Trained {
    pub symbol: SymbolId,
    pub gradient: NodeId,
}
