//! Numbers from expressions: one loop over the nodes that are needed, arguments first, for floats and for dual
//! numbers alike. What a node is worth comes from its operator (`op.eval`); leaves, bound indices, abstract functions
//! and pending derivatives are looked after here.

mod gaps;
mod indexed;
mod jiggle;
mod pending;
mod plan;
mod stand_in;

pub use gaps::Gaps;
pub use jiggle::{Jiggle, Jiggled};
pub use pending::{Columns, slopes};
pub use plan::{Plan, numbers_shape, size_of_dim, sizes_of};

use crate::dual::{Jet, Layers};
use crate::error::Error;
use crate::expr::{Arena, NodeId, SymbolId};
use crate::modular::ExactJet;
use crate::op::{Call, Eval, Op};
use crate::ordered::Ordered;
use crate::scalar::Scalar;
use crate::shape::Dim;
use crate::tensor::Tensor;

/// What the names of an expression are worth.
#[derive(Clone, Debug)]
pub struct Env<S> {
    /// The size of each named dimension (resolved; sums of dimensions follow from their parts).
    pub sizes: Ordered<Dim, usize>,
    /// The value of each variable. A named intermediate that is missing here has the value of its definition; one
    /// that is given here is held at that value.
    pub values: Ordered<SymbolId, Tensor<S>>,
    /// The direction in which each variable moves under a differential that is not yet taken; none: it stands still.
    pub directions: Ordered<SymbolId, Tensor<f64>>,
    /// The seed of the smooth functions that stand in for abstract ones in checks; without it they have no numbers.
    pub stand_ins: Option<u64>,
    /// Set while the noise of rounding is measured (see [`Plan::run_jiggled`]).
    pub jiggle: Option<Jiggle>,
    /// What stands where an operation has no number (see [`Plan::run_past_gaps`]).
    pub gaps: Option<Gaps>,
    /// How many derivatives not yet taken this evaluation lies inside.
    pub level: usize,
}

impl<S> Default for Env<S> {
    fn default() -> Env<S> {
        Env {
            sizes: Ordered::new(),
            values: Ordered::new(),
            directions: Ordered::new(),
            stand_ins: None,
            jiggle: None,
            gaps: None,
            level: 0,
        }
    }
}

impl<S: Scalar> Env<S> {
    /// The same point in another kind of number.
    pub fn lifted<T: Scalar>(&self, lift: impl Fn(S) -> T) -> Env<T> {
        Env {
            sizes: self.sizes.clone(),
            values: self.values.map(|value| value.map_to(&lift)),
            directions: self.directions.clone(),
            stand_ins: self.stand_ins,
            jiggle: self.jiggle,
            gaps: self.gaps,
            level: self.level,
        }
    }
}

/// An operator's function of whole tensors.
pub type Whole<S> = fn(&Call<S>) -> Tensor<S>;

/// A number that the evaluator runs on: how it takes an operator's function, and what a pending derivative is worth.
pub trait Evaluated: Jiggled {
    /// The operator's function of whole tensors for this kind of number, where it has one.
    fn whole(op: &'static Op) -> Option<Whole<Self>>;
    /// The value of a derivative not yet taken, for all combinations of its free indices.
    fn pending(arena: &Arena, node: NodeId, env: &Env<Self>) -> Result<Tensor<Self>, Error>;
}

impl Evaluated for f64 {
    fn whole(op: &'static Op) -> Option<Whole<f64>> {
        match op.eval {
            Eval::Whole { float, .. } => Some(float),
            _ => None,
        }
    }

    fn pending(arena: &Arena, node: NodeId, env: &Env<f64>) -> Result<Tensor<f64>, Error> {
        Ok(pending::value(arena, node, &env.lifted(Jet::lift))?.map_to(Jet::plain))
    }
}

impl Evaluated for Jet {
    fn whole(op: &'static Op) -> Option<Whole<Jet>> {
        match op.eval {
            Eval::Whole { jet, .. } => Some(jet),
            _ => None,
        }
    }

    fn pending(arena: &Arena, node: NodeId, env: &Env<Jet>) -> Result<Tensor<Jet>, Error> {
        pending::value(arena, node, env)
    }
}

impl Evaluated for ExactJet {
    fn whole(op: &'static Op) -> Option<Whole<ExactJet>> {
        match op.eval {
            Eval::Whole { exact, .. } => Some(exact),
            _ => None,
        }
    }

    fn pending(arena: &Arena, node: NodeId, env: &Env<ExactJet>) -> Result<Tensor<ExactJet>, Error> {
        pending::value(arena, node, env)
    }
}

/// The values of `roots`. A root with free bound indices has one leading axis for each, in the order of `Node::free`.
/// Errors: a variable without a value or of another size, a limit, a function that is not built yet.
pub fn evaluate<S: Evaluated>(arena: &Arena, roots: &[NodeId], env: &Env<S>) -> Result<Vec<Tensor<S>>, Error> {
    Plan::new(arena, roots, env)?.run(arena, env)
}

/// The value of one expression.
pub fn value<S: Evaluated>(arena: &Arena, root: NodeId, env: &Env<S>) -> Result<Tensor<S>, Error> {
    let mut values = evaluate(arena, &[root], env)?;
    Ok(values.remove(0))
}

#[cfg(test)]
mod tests;
