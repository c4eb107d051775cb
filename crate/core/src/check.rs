//! Checks by number: two sides of an equation at random points, and a derivative against the oracle.

use crate::contract::StepCheck;
use crate::dual::{Jet, Layers};
use crate::error::Error;
use crate::eval::{Columns, Env, Gaps, Jiggle, Plan, slopes};
use crate::expr::{Arena, NodeId, SymbolId};
use crate::ops::linalg::{ADJ, INV, LOGDET, inverse};
use crate::ops::pending::is_pending;
use crate::oracle;
use crate::sample::{ATTEMPTS, Sampler, with_definitions};
use crate::shape::Dim;
use crate::tensor::Tensor;
use oorandom::Rand64;
use std::borrow::Cow;
use std::cell::Cell;

/// The largest relative error that counts as equal.
pub const TOLERANCE: f64 = 1e-9;

/// Operations that the oracle may spend on one point; of a larger Jacobian it looks at some columns only.
const ORACLE_WORK: usize = 5_000_000;

/// Points tried beyond those that are wanted, where some are not admissible.
const SPARE_POINTS: u32 = 2;

/// Differences up to so many times the rounding noise count as equal.
const NOISE_ALLOWED: f64 = 100.0;

/// Noise above this part of the numbers means that a point tells nothing, and another is drawn.
const NOISE_LIMIT: f64 = 1e-8;

/// Variables are drawn of size 1: what is below this, where the other side is exactly 0, is what cancelling left over.
const SMALLEST_SCALE: f64 = 1e-6;

/// Draws for one point while both sides are 0 there: a rectifier that is off says nothing of its slope.
pub(crate) const DRAWS_FOR_MORE_THAN_ZERO: u32 = 8;

/// Points at which a matrix must be singular to be called so.
const SINGULAR_POINTS: u32 = 16;

/// What is reported where the right side has no number although the left has one, or another shape.
/// (Not infinite: JSON has no such number.)
const ALL_WRONG: f64 = f64::MAX;

/// Both sides at `points` random points, all variables moving under differentials. See [`Check::compare`].
pub fn compare(arena: &Arena, left: NodeId, right: NodeId, points: u32) -> Result<StepCheck, Error> {
    Check::new(arena, points).compare(left, right)
}

/// How a check is done. `points` 0 in a result means that no admissible point was found: nothing is known.
pub struct Check<'a> {
    pub arena: &'a Arena,
    pub points: u32,
    pub seed: u64,
    /// The variables that move under differentials not yet taken; `None` for all.
    pub varying: Option<Vec<SymbolId>>,
    /// What must have a number too where two sides are compared: a derivative lives where its expression does.
    pub defined: Option<NodeId>,
    /// Variables of different scales: what has branches shows all of them.
    pub uneven: bool,
}

impl<'a> Check<'a> {
    pub fn new(arena: &'a Arena, points: u32) -> Check<'a> {
        Check { arena, points, seed: 1, varying: None, defined: None, uneven: false }
    }

    pub(crate) fn sampler(&self, roots: &[NodeId]) -> Sampler<'a> {
        let mut sampler = Sampler::new(self.arena, roots, self.seed);
        sampler.uneven = self.uneven;
        match &self.varying {
            Some(symbols) => sampler.varying(symbols),
            None => sampler,
        }
    }

    /// Equal means: where the left side is defined the right side is too, with the same numbers.
    pub fn compare(&self, left: NodeId, right: NodeId) -> Result<StepCheck, Error> {
        let arena = self.arena;
        let roots: Vec<NodeId> =
            [left, right].into_iter().chain(self.defined).chain(self.differentiated(left)).collect();
        let inverted = self.inverted(left);
        let sampler = self.sampler(&roots);
        let planned = [&roots[..], &inverted].concat();
        self.at_points(&sampler, |env, seed| {
            let plan = Plan::new(arena, &planned, env)?;
            let values = plan.run(arena, env)?;
            let (values, matrices) = values.split_at(roots.len());
            if !is_finite(&values[0]) || values[2..].iter().any(|value| !is_finite(value)) {
                return Ok(None);
            }
            if self.rule_is_silent(&inverted, matrices, &values[1]) {
                return Ok(None);
            }
            relative_error(&values[0], &values[1], seed, |jiggle| {
                let moved = plan.run_jiggled(arena, env, jiggle)?;
                Ok([distance(&values[0], &moved[0]), distance(&values[1], &moved[1])])
            })
        })
    }

    /// What stands under derivatives not yet taken: they have numbers only where it has, even if nothing moves there.
    fn differentiated(&self, root: NodeId) -> Vec<NodeId> {
        let pending = self.arena.reachable(&[root]).into_iter().map(|id| self.arena.get(id));
        let values = pending.filter(|node| is_pending(node.op, &node.data)).map(|node| node.args[0]);
        values.filter(|&value| self.arena.get(value).free.is_empty()).collect()
    }

    /// The matrices under `root` that must have inverses: its own, or in the rules by which it is differentiated.
    fn inverted(&self, root: NodeId) -> Vec<NodeId> {
        let nodes = with_definitions(self.arena, &[root]).into_iter().map(|id| self.arena.get(id));
        let matrices = nodes.filter(|node| [&INV, &LOGDET, &ADJ].contains(&node.op)).map(|node| node.args[0]);
        matrices.filter(|&matrix| self.arena.get(matrix).free.is_empty()).collect()
    }

    /// Whether some matrix that must have an inverse has none, whatever the numbers are (`x * x'`).
    pub fn is_always_singular(&self, root: NodeId) -> Result<bool, Error> {
        let nodes = self.inverted(root);
        let sampler = self.sampler(&[root]);
        for attempt in 0..SINGULAR_POINTS {
            let env = sampler.point(attempt, attempt)?;
            let matrices = Plan::new(self.arena, &nodes, &env)?.run(self.arena, &env)?;
            let mut pairs = nodes.iter().zip(&matrices);
            if pairs.all(|(&node, matrix)| !self.is_one_here(node, matrix) && is_finite(&inverse(matrix))) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A matrix that is one number here, and not elsewhere: it shows nothing of the others.
    fn is_one_here(&self, node: NodeId, matrix: &Tensor<f64>) -> bool {
        matrix.data.len() == 1 && self.arena.shape(node).0.iter().any(|dim| *dim != Dim::Size(1))
    }

    /// Whether a result came by an inverse that does not exist at this point.
    fn rule_is_silent(&self, nodes: &[NodeId], matrices: &[Tensor<f64>], result: &Tensor<f64>) -> bool {
        nodes
            .iter()
            .zip(matrices)
            .any(|(&node, matrix)| self.is_one_here(node, matrix) || !is_finite(result) && !is_finite(&inverse(matrix)))
    }

    /// `derivative` against the dual-number oracle for ∂expr/∂wrt, wherever `expr` and its derivative are defined.
    /// `derivative` has the shape `shape(expr) ++ shape(wrt)`.
    pub fn verify(&self, expr: NodeId, wrt: &[NodeId], is_list: bool, derivative: NodeId) -> Result<StepCheck, Error> {
        let arena = self.arena;
        let roots: Vec<NodeId> = [expr, derivative].into_iter().chain(wrt.iter().copied()).collect();
        let inverted = self.inverted(expr);
        let sampler = self.sampler(&roots);
        let planned = [&[expr, derivative][..], &inverted].concat();
        self.at_points(&sampler, |env, seed| {
            let plan = Plan::new(arena, &planned, env)?;
            let mut values = plan.run(arena, env)?;
            if !is_finite(&values[0]) || self.rule_is_silent(&inverted, &values[2..], &values[1]) {
                return Ok(None);
            }
            let mut at = Cow::Borrowed(env);
            if !is_finite(&values[1]) {
                at.to_mut().gaps = Some(Gaps::DRAWN);
                plan.run_past_gaps(arena, env, &mut values, Gaps::DRAWN)?;
            }
            let columns = oracle::columns(arena, wrt, is_list, &env.sizes)?;
            let full: Vec<usize> = values[0].shape.iter().chain(&columns.shape).copied().collect();
            if values[1].shape != full {
                return Ok(Some(Found { error: ALL_WRONG, is_zero: false }));
            }
            let chosen = affordable(&columns, plan.work(), ORACLE_WORK, seed);
            let entries: Vec<_> = chosen.iter().map(|&column| columns.entries[column]).collect();
            let moving = env.lifted(Jet::lift);
            let slopes = |jiggle| Ok(slopes(arena, expr, &entries, &moving, jiggle)?.map_to(Jet::plain));
            let truth = slopes(None)?;
            if !is_finite(&truth) {
                return Ok(None);
            }
            let some = |jacobian: &Tensor<f64>| {
                let rows = jacobian.data.chunks(columns.entries.len());
                let data = rows.flat_map(|row| chosen.iter().map(move |&column| row[column])).collect();
                Tensor::new(&truth.shape, data)
            };
            let claimed = some(&values[1]);
            relative_error(&truth, &claimed, seed, |jiggle| {
                let moved_truth = slopes(Some(jiggle))?;
                let moved = plan.run_jiggled(arena, &at, jiggle)?;
                Ok([distance(&truth, &moved_truth), distance(&claimed, &some(&moved[1]))])
            })
        })
    }

    /// Runs a comparison at each point, drawing a point again while it is not admissible.
    fn at_points(
        &self,
        sampler: &Sampler<'_>,
        found_at: impl Fn(&Env<f64>, u64) -> Result<Option<Found>, Error>,
    ) -> Result<StepCheck, Error> {
        let mut result = StepCheck { points: 0, max_relative_error: 0.0, ok: false };
        // A few more points than wanted are tried: sizes differ between them, and not all may be admissible.
        for point in 0..self.points + SPARE_POINTS {
            let mut found = None;
            for attempt in 0..ATTEMPTS {
                let env = sampler.point(point, attempt)?;
                let Some(here) = found_at(&env, self.seed ^ u64::from(point * ATTEMPTS + attempt))? else { continue };
                // With a single entry some formulas are 0/0 where there is nothing to move (the standard
                // deviation's derivative): that alone is no fault, and the next draw has no such size.
                if here.error == ALL_WRONG && attempt == 0 && env.sizes.values().any(|&size| size == 1) {
                    continue;
                }
                let says_more = !here.is_zero;
                found = Some(here);
                if says_more || attempt + 1 >= DRAWS_FOR_MORE_THAN_ZERO {
                    break;
                }
            }
            if let Some(found) = found {
                result.points += 1;
                result.max_relative_error = result.max_relative_error.max(found.error);
            }
            // Where so many draws found nothing at first, the others would find nothing either.
            if result.points == self.points || result.points == 0 {
                break;
            }
        }
        result.ok = result.points > 0 && result.max_relative_error <= TOLERANCE;
        Ok(result)
    }
}

/// What a comparison at one point found.
struct Found {
    error: f64,
    /// All numbers of both sides were 0.
    is_zero: bool,
}

/// The columns that the oracle looks at: all of them, or as many as it can afford, chosen by the seed.
pub(crate) fn affordable(columns: &Columns, work: usize, most: usize, seed: u64) -> Vec<usize> {
    let all = columns.entries.len();
    let budget = (most / work.max(1)).max(1);
    if all <= budget {
        return (0..all).collect();
    }
    let mut random = Rand64::new(seed.into());
    (0..budget).map(|_| random.rand_range(0..all as u64) as usize).collect()
}

fn is_finite(tensor: &Tensor<f64>) -> bool {
    tensor.data.iter().all(|x| x.is_finite())
}

/// The size of the largest entry.
fn largest<const N: usize>(tensors: [&Tensor<f64>; N]) -> f64 {
    tensors.iter().flat_map(|tensor| &tensor.data).fold(0.0, |most: f64, x| most.max(x.abs()))
}

/// The larger of two; not a number where one is none (`f64::max` would hide it).
fn larger(a: f64, b: f64) -> f64 {
    if b > a || b.is_nan() { b } else { a }
}

/// The largest difference of two entries; not a number where one is none.
fn distance(a: &Tensor<f64>, b: &Tensor<f64>) -> f64 {
    a.data.iter().zip(&b.data).map(|(x, y)| (x - y).abs()).fold(0.0, larger)
}

/// The rounding in a result: the largest of a few measurements, since a single one can be small by luck. `distance` says how
/// far a jiggle moves the result.
pub fn rounding(seed: u64, distance: impl Fn(Jiggle) -> Result<f64, Error>) -> Result<f64, Error> {
    let mut most = 0.0;
    for by in [Jiggle::FAR, Jiggle::NEAR] {
        for k in 0..4 {
            let jiggle = Jiggle { seed: seed ^ (k << 40), by };
            most = larger(most, jiggle.rounding(distance(jiggle)?));
        }
    }
    Ok(most)
}

/// The largest difference relative to the largest entry; `None` where the point tells nothing.
///
/// Where terms cancel, what is left is rounding, and two right formulas may differ by all of it. So where they differ,
/// both are computed again with every operation jiggled (`moved` gives the distance that this makes), which shows how
/// large the rounding is, and differences of that size are not counted.
fn relative_error(
    left: &Tensor<f64>,
    right: &Tensor<f64>,
    seed: u64,
    moved: impl Fn(Jiggle) -> Result<[f64; 2], Error>,
) -> Result<Option<Found>, Error> {
    // Where nothing moves the truth is 0 whatever the formula: another point may tell more.
    let is_still = left.data.iter().all(|x| *x == 0.0);
    let found = |error| Ok(Some(Found { error, is_zero: is_still && error == ALL_WRONG }));
    if left.shape != right.shape {
        return found(ALL_WRONG);
    }
    if !is_finite(right) {
        // The inverse of a matrix that is singular has a number by rounding alone: then nothing is known here. Nor where
        // rounding alone makes the right side infinite, 1 / (1 + expm1(-40)): a little aside it is not.
        let is_by_rounding = Cell::new(false);
        let noise = rounding(seed, |jiggle| {
            let [left, right] = moved(jiggle)?;
            is_by_rounding.set(is_by_rounding.get() || right == f64::INFINITY);
            Ok(left)
        })?;
        let unknown = noise.is_nan() || noise > NOISE_LIMIT * largest([left]) || is_by_rounding.get();
        return if unknown { Ok(None) } else { found(ALL_WRONG) };
    }
    let difference = distance(left, right);
    let scale = largest([left, right]);
    if difference <= 1e-12 * scale {
        let error = if scale > 0.0 { difference / scale } else { 0.0 };
        return Ok(Some(Found { error, is_zero: scale == 0.0 }));
    }
    let noise = rounding(seed, |jiggle| moved(jiggle).map(|[left, right]| larger(left, right)))?;
    if noise.is_nan() || noise > NOISE_LIMIT * scale.max(1.0) {
        return Ok(None);
    }
    // Where one side is exactly 0 and the other is not, the scale would be the rounding itself.
    let is_zero = |t: &Tensor<f64>| t.data.iter().all(|x| *x == 0.0);
    let scale = if is_zero(left) || is_zero(right) { scale.max(SMALLEST_SCALE) } else { scale };
    found(difference / scale.max(noise * NOISE_ALLOWED / TOLERANCE))
}

#[cfg(test)]
mod tests;
