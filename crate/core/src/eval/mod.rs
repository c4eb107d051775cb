//! Numbers from expressions: one loop over the nodes that are needed, arguments first, for floats and for dual
//! numbers alike. What a node is worth comes from its operator (`op.eval`); leaves, bound indices, abstract functions
//! and pending derivatives are looked after here.

mod indexed;
mod pending;
mod plan;
mod stand_in;

pub use pending::{Columns, slopes};
pub use plan::{JIGGLE, Plan, numbers_shape, size_of_dim, sizes_of};

use crate::error::Error;
use crate::expr::{Arena, NodeId, SymbolId};
use crate::op::{Call, Eval, Op};
use crate::scalar::{Dual, Scalar};
use crate::shape::Dim;
use crate::tensor::Tensor;
use std::collections::BTreeMap;

/// What the names of an expression are worth.
#[derive(Clone, Debug)]
pub struct Env<S> {
    /// The size of each named dimension (resolved; sums of dimensions follow from their parts).
    pub sizes: BTreeMap<Dim, usize>,
    /// The value of each variable. A named intermediate that is missing here has the value of its definition; one
    /// that is given here is held at that value.
    pub values: BTreeMap<SymbolId, Tensor<S>>,
    /// The direction in which each variable moves under a differential that is not yet taken; none: it stands still.
    pub directions: BTreeMap<SymbolId, Tensor<f64>>,
    /// The seed of the smooth functions that stand in for abstract ones in checks; without it they have no numbers.
    pub stand_ins: Option<u64>,
    /// Set while the noise of rounding is measured (see [`Plan::run_jiggled`]).
    pub jiggle: Option<u64>,
}

impl<S> Default for Env<S> {
    fn default() -> Env<S> {
        Env {
            sizes: BTreeMap::new(),
            values: BTreeMap::new(),
            directions: BTreeMap::new(),
            stand_ins: None,
            jiggle: None,
        }
    }
}

impl Env<f64> {
    /// The same point as dual numbers that all stand still.
    pub fn lifted(&self) -> Env<Dual> {
        let lift = |t: &Tensor<f64>| Tensor {
            shape: t.shape.clone(),
            data: t.data.iter().map(|&x| Dual::from_f64(x)).collect(),
        };
        Env {
            sizes: self.sizes.clone(),
            values: self.values.iter().map(|(&symbol, value)| (symbol, lift(value))).collect(),
            directions: BTreeMap::new(),
            stand_ins: self.stand_ins,
            jiggle: self.jiggle,
        }
    }
}

/// An operator's function of whole tensors.
pub type Whole<S> = fn(&Call<S>) -> Tensor<S>;

/// A number that the evaluator runs on: how it takes an operator's function, and what a pending derivative is worth.
pub trait Evaluated: Scalar {
    /// The operator's function of whole tensors for this kind of number, where it has one.
    fn whole(op: &'static Op) -> Option<Whole<Self>>;
    /// The value of a derivative not yet taken, for all combinations of its free indices.
    fn pending(arena: &Arena, node: NodeId, env: &Env<Self>) -> Result<Tensor<Self>, Error>;
    /// The number with value and slope scaled by factors near 1 (see [`Plan::run_jiggled`]).
    fn scaled(self, value: f64, slope: f64) -> Self;
    /// The size of the slope; 0 for plain numbers.
    fn steepness(self) -> f64;
    /// The number with its slope moved; plain numbers stay.
    fn tilted(self, by: f64) -> Self;
}

impl Evaluated for f64 {
    fn whole(op: &'static Op) -> Option<Whole<f64>> {
        match op.eval {
            Eval::Whole { float, .. } => Some(float),
            _ => None,
        }
    }

    fn pending(arena: &Arena, node: NodeId, env: &Env<f64>) -> Result<Tensor<f64>, Error> {
        pending::value(arena, node, env)
    }

    fn scaled(self, value: f64, _: f64) -> f64 {
        self * value
    }

    fn steepness(self) -> f64 {
        0.0
    }

    fn tilted(self, _: f64) -> f64 {
        self
    }
}

impl Evaluated for Dual {
    fn whole(op: &'static Op) -> Option<Whole<Dual>> {
        match op.eval {
            Eval::Whole { dual, .. } => Some(dual),
            _ => None,
        }
    }

    fn pending(_: &Arena, _: NodeId, _: &Env<Dual>) -> Result<Tensor<Dual>, Error> {
        Err(pending::nested())
    }

    fn scaled(self, value: f64, slope: f64) -> Dual {
        Dual { value: self.value * value, slope: self.slope * slope }
    }

    fn steepness(self) -> f64 {
        self.slope.abs()
    }

    fn tilted(self, by: f64) -> Dual {
        Dual { value: self.value, slope: self.slope + by }
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
