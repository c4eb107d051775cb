//! Where an operation has no number, and whether that matters. The derivative of `f(x)[1]` has numbers even where f has
//! none at the other entries: its formula says 0 times no number there, and 0 is meant. So what is missing is replaced,
//! and what comes out the same whatever it is replaced by is a number.

use crate::error::Error;
use crate::eval::{Env, Plan};
use crate::expr::Arena;
use crate::scalar::Scalar;
use crate::tensor::Tensor;
use oorandom::Rand64;

/// What stands where an operation has no number.
#[derive(Clone, Copy, Debug)]
pub struct Gaps {
    /// The size of the random numbers that are put in, with their sign.
    size: f64,
    /// Whether 0/0 is 0. At a point drawn at random nothing is exactly 0 but what does not move there (a rectifier that
    /// is off); at a point that somebody chose, 0/0 is no number.
    zero_over_zero: bool,
}

impl Gaps {
    /// For points that somebody chose.
    pub const CHOSEN: Gaps = Gaps { size: 1e3, zero_over_zero: false };
    /// For points drawn at random.
    pub const DRAWN: Gaps = Gaps { size: 1e3, zero_over_zero: true };

    /// Far from all numbers that are drawn, so that the sign decides comparisons.
    fn other(self) -> Gaps {
        Gaps { size: -self.size, ..self }
    }

    /// Puts numbers where `value` has none; `numerator` is given where it is a quotient.
    pub(super) fn fill<S: Scalar>(self, value: &mut Tensor<S>, numerator: Option<&Tensor<S>>, random: &mut Rand64) {
        let numerator = numerator.filter(|n| self.zero_over_zero && n.len() == value.len());
        for (k, x) in value.data.iter_mut().enumerate().filter(|(_, x)| !x.value().is_finite()) {
            let is_still = numerator.is_some_and(|n| n.data[k] == S::from_f64(0.0));
            *x = S::from_f64(if is_still { 0.0 } else { self.size * (0.5 + random.rand_float()) });
        }
    }
}

impl Plan {
    /// Puts numbers into `values`, which [`Plan::run`] gave, where they do not depend on what has none.
    pub fn run_past_gaps(
        &self,
        arena: &Arena,
        env: &Env<f64>,
        values: &mut [Tensor<f64>],
        gaps: Gaps,
    ) -> Result<(), Error> {
        let filled = |gaps| self.run(arena, &Env { gaps: Some(gaps), ..env.clone() });
        let (some, others) = (filled(gaps)?, filled(gaps.other())?);
        for (value, (some, other)) in values.iter_mut().zip(some.iter().zip(&others)) {
            for (x, (&some, &other)) in value.data.iter_mut().zip(some.data.iter().zip(&other.data)) {
                if !x.is_finite() && some == other {
                    *x = some;
                }
            }
        }
        Ok(())
    }
}
