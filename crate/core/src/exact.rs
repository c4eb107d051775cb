//! Exact checks: the same questions as in check.rs, in numbers modulo a prime (modular.rs), without any tolerance.

use crate::check::{Check, DRAWS_FOR_MORE_THAN_ZERO, affordable};
use crate::contract::StepCheck;
use crate::dual::Layers;
use crate::error::Error;
use crate::eval::{Env, Plan, slopes};
use crate::expr::NodeId;
use crate::modular::{ExactJet, Modular};
use crate::oracle;
use crate::sample::Sampler;
use crate::scalar::Scalar;
use crate::tensor::Tensor;

/// Draws for one point: half of them have only numbers that stand for positive ones.
const ATTEMPTS: u32 = 32;

/// Operations that one point may take; they cost some thirty times those of floats.
const WORK: usize = 200_000;

/// What an exact check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    /// The same numbers at so many random points.
    Equal { points: u32 },
    /// Different numbers, and nothing but field arithmetic in them: the formulas differ.
    Unequal,
    /// Different numbers that an atom had a part in: an identity between functions may be missing.
    Undecided,
    /// No admissible point was found, or the question is too large.
    Abstained,
}

impl Exact {
    /// At how many points the check held.
    pub fn points(self) -> u32 {
        if let Exact::Equal { points } = self { points } else { 0 }
    }
}

/// A derivative before both oracles.
#[derive(Clone, Debug)]
pub struct Proof {
    pub numbers: StepCheck,
    pub exact: Exact,
}

impl Proof {
    /// Both agree, or floats alone where the exact check cannot decide.
    pub fn ok(&self) -> bool {
        self.numbers.ok && self.exact != Exact::Unequal
    }
}

/// What the numbers of two sides say at one point, and whether they were all 0; nothing where one is missing.
fn verdict(left: &Tensor<Modular>, right: &Tensor<Modular>) -> Option<(Exact, bool)> {
    if left.shape != right.shape {
        return Some((Exact::Unequal, false));
    }
    let pairs = || left.data.iter().zip(&right.data);
    if pairs().any(|(l, r)| l.is_undefined() || r.is_undefined()) {
        return None;
    }
    let is_certain = pairs().any(|(l, r)| l != r && !l.atom && !r.atom);
    let is_equal = pairs().all(|(l, r)| l == r);
    let exact = match (is_equal, is_certain) {
        (true, _) => Exact::Equal { points: 1 },
        (false, true) => Exact::Unequal,
        (false, false) => Exact::Undecided,
    };
    let zero = Modular::whole(0);
    Some((exact, is_equal && left.data.iter().all(|x| *x == zero)))
}

fn plain(tensor: &Tensor<ExactJet>) -> Tensor<Modular> {
    tensor.map_to(ExactJet::plain)
}

impl Check<'_> {
    /// Both sides of an equation, exactly.
    pub fn compare_exactly(&self, left: NodeId, right: NodeId) -> Result<Exact, Error> {
        let roots: Vec<NodeId> = [left, right].into_iter().chain(self.defined).collect();
        let sampler = self.sampler(&roots);
        self.at_exact_points(&sampler, |env, _| {
            let plan = Plan::new(self.arena, &roots, env)?;
            if plan.work() > WORK {
                return Ok(Some((Exact::Abstained, false)));
            }
            let values = plan.run(self.arena, env)?;
            if values[2..].iter().any(|value| plain(value).data.iter().any(|x| x.is_undefined())) {
                return Ok(None);
            }
            Ok(verdict(&plain(&values[0]), &plain(&values[1])))
        })
    }

    /// `derivative` for ∂expr/∂wrt against both oracles: floats, and numbers modulo a prime.
    pub fn prove(&self, expr: NodeId, wrt: &[NodeId], is_list: bool, derivative: NodeId) -> Result<Proof, Error> {
        let numbers = self.verify(expr, wrt, is_list, derivative)?;
        // Limits differ between the two: what is too large for the exact one is left to floats.
        let exact = self.verify_exactly(expr, wrt, is_list, derivative).unwrap_or(Exact::Abstained);
        Ok(Proof { numbers, exact })
    }

    /// `derivative` against the exact dual numbers for ∂expr/∂wrt (see [`Check::verify`]).
    pub fn verify_exactly(
        &self,
        expr: NodeId,
        wrt: &[NodeId],
        is_list: bool,
        derivative: NodeId,
    ) -> Result<Exact, Error> {
        let arena = self.arena;
        let roots: Vec<NodeId> = [expr, derivative].into_iter().chain(wrt.iter().copied()).collect();
        let sampler = self.sampler(&roots);
        self.at_exact_points(&sampler, |env, seed| {
            let plan = Plan::new(arena, &[derivative], env)?;
            if plan.work() > WORK {
                return Ok(Some((Exact::Abstained, false)));
            }
            let claimed = plain(&plan.run(arena, env)?[0]);
            let columns = oracle::columns(arena, wrt, is_list, &env.sizes)?;
            let work = Plan::new(arena, &[expr], env)?.work();
            if work > WORK {
                return Ok(Some((Exact::Abstained, false)));
            }
            let chosen = affordable(&columns, work, WORK, seed);
            let entries: Vec<_> = chosen.iter().map(|&column| columns.entries[column]).collect();
            let truth = plain(&slopes(arena, expr, &entries, env, None)?);
            let outer = &truth.shape[..truth.shape.len() - 1];
            let full: Vec<usize> = outer.iter().chain(&columns.shape).copied().collect();
            if claimed.shape != full {
                return Ok(Some((Exact::Unequal, false)));
            }
            let rows = claimed.data.chunks(columns.entries.len());
            let some = rows.flat_map(|row| chosen.iter().map(move |&column| row[column])).collect();
            let claimed = Tensor::new(&truth.shape, some);
            Ok(verdict(&truth, &claimed))
        })
    }

    /// Runs an exact comparison at each point, drawing a point again while it is not admissible. What differs at one
    /// point differs.
    fn at_exact_points(
        &self,
        sampler: &Sampler<'_>,
        verdict_at: impl Fn(&Env<ExactJet>, u64) -> Result<Option<(Exact, bool)>, Error>,
    ) -> Result<Exact, Error> {
        for point in 0..self.points {
            let mut found = None;
            for attempt in 0..ATTEMPTS {
                let env = sampler.exact_point(point, attempt)?;
                let here = verdict_at(&env, self.seed ^ u64::from(point * ATTEMPTS + attempt))?;
                let Some((exact, is_zero)) = here else { continue };
                found = Some(exact);
                if !is_zero || attempt + 1 >= DRAWS_FOR_MORE_THAN_ZERO {
                    break;
                }
            }
            match found {
                Some(Exact::Equal { .. }) => {}
                Some(other) => return Ok(other),
                None => return Ok(Exact::Abstained),
            }
        }
        Ok(Exact::Equal { points: self.points })
    }
}

#[cfg(test)]
mod tests;
