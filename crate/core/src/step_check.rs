//! Every step is an equation: both its sides by number, at random points. Where derivatives are nested deeper than
//! numbers go, what the step says is put together from what was checked below it.

use crate::check::Check;
use crate::contract::StepCheck;
use crate::error::{Kind, Result};
use crate::expr::{Arena, NodeId, SymbolId};
use crate::map::Map;
use crate::ops::pending::is_pending;
use crate::steps::Step;

/// Points at which the two sides of each step are compared.
const POINTS: u32 = 2;
/// Derivatives inside derivatives that have a number: numbers move in so many directions (dual.rs).
const DEEPEST: usize = 2;

/// How many derivatives not yet taken stand inside one another.
fn nesting(arena: &Arena, root: NodeId) -> usize {
    let mut depth: Map<NodeId, usize> = Map::default();
    for id in arena.reachable(&[root]) {
        let node = arena.get(id);
        let inner = node.args.iter().map(|arg| depth[arg]).max().unwrap_or(0);
        depth.insert(id, inner + usize::from(is_pending(node.op, &node.data)));
    }
    depth[&root]
}

/// The worst of several checks; a check without points says nothing.
fn worst(all: impl IntoIterator<Item = StepCheck>) -> StepCheck {
    let mut worst = StepCheck { points: POINTS, max_relative_error: 0.0, ok: true };
    for one in all {
        worst.points = worst.points.min(one.points);
        worst.max_relative_error = worst.max_relative_error.max(one.max_relative_error);
        // Without an admissible point nothing is known: `points` 0 says so.
        worst.ok &= one.ok || one.points == 0;
    }
    worst
}

/// Both sides of a step and of every row of its table, while `varying` move under differentials; `below` are the checks
/// of its substeps.
pub fn check(arena: &mut Arena, varying: &[SymbolId], step: &Step, below: &[StepCheck]) -> Result<StepCheck> {
    let rows_are_below = step.before == step.after
        && step.rows.len() == step.sub.len()
        && step.rows.iter().zip(&step.sub).all(|(row, sub)| (row.left, row.right) == (sub.before, sub.after));
    if rows_are_below && !step.rows.is_empty() {
        return Ok(worst(below.iter().cloned()));
    }
    let mut all = Vec::new();
    for row in &step.rows {
        all.push(equation(arena, varying, step, (row.left, row.right), below)?);
    }
    if step.before != step.after {
        all.push(equation(arena, varying, step, (step.before, step.after), below)?);
    }
    Ok(worst(all))
}

fn equation(
    arena: &mut Arena,
    varying: &[SymbolId],
    step: &Step,
    (left, right): (NodeId, NodeId),
    below: &[StepCheck],
) -> Result<StepCheck> {
    let is_deep = |arena: &Arena, (left, right)| nesting(arena, left).max(nesting(arena, right)) > DEEPEST;
    let nothing = StepCheck { points: 0, max_relative_error: 0.0, ok: false };
    let compare = |arena: &Arena, (left, right)| {
        let check = Check { varying: Some(varying.to_vec()), ..Check::new(arena, POINTS) };
        match check.compare(left, right) {
            // Too many numbers even at small sizes: then nothing is known, and the answer's own check has to do.
            Err(error) if error.kind == Kind::Limit => Ok(nothing.clone()),
            found => found,
        }
    };
    if !is_deep(arena, (left, right)) {
        return compare(arena, (left, right));
    }
    // What a row says is put in: that row is checked by itself, or by the steps that lead from its left to its right.
    let known: Map<NodeId, NodeId> = step.rows.iter().map(|row| (row.left, row.right)).collect();
    let is_row = known.get(&left) == Some(&right);
    if !is_row {
        let shallow = (arena.replace(left, &known), arena.replace(right, &known));
        if shallow.0 == shallow.1 {
            return Ok(worst([]));
        }
        if !is_deep(arena, shallow) {
            return compare(arena, shallow);
        }
    }
    Ok(if below.is_empty() { nothing } else { worst(below.iter().cloned()) })
}
