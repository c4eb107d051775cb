//! Reverse accumulation, the third reading of the same rules: from the result back to the variable, each intermediate's
//! derivative (its adjoint) is made from those of what uses it. For a scalar result every adjoint has the shape of its
//! own intermediate, however many matrices there are: this is what trains.

use crate::contract::{Cost, Level};
use crate::differential::push;
use crate::error::{Error, Kind, Result};
use crate::eval::size_of_dim;
use crate::expr::{Arena, NodeId};
use crate::jacobian::{Derivation, Named, Naming, moves_with, name_all, outermost, stood_for, tidy_step, total};
use crate::map::Map;
use crate::op::Data;
use crate::ops;
use crate::ops::pending::DIFFERENTIAL;
use crate::rules::headlines;
use crate::shape::Dim;
use crate::steps::{About, Row, Step};
use crate::terms::{Terms, identify, written};
use crate::tidy::{Pass, tidied, tidy};
use std::collections::BTreeMap;

/// One local derivative: of an intermediate by what stands directly in it.
pub struct Edge {
    pub of: NodeId,
    pub by: NodeId,
    /// Labels: the axes of `of`, then those of `by`.
    pub terms: Terms,
    pub rule: Option<About>,
}

/// All local derivatives between named intermediates and the variable, inner ones first.
pub fn edges(arena: &mut Arena, named: &[Named], variable: NodeId) -> Result<Vec<Edge>> {
    let mut edges = Vec::new();
    let leaves: Vec<NodeId> = std::iter::once(variable).chain(named.iter().map(|n| n.leaf)).collect();
    for n in named {
        let inside = arena.reachable(&[n.definition]);
        for &by in leaves.iter().filter(|l| **l != n.leaf && inside.contains(l)) {
            let (differential, fired) = push(arena, n.definition, by)?;
            let Some(differential) = differential else { continue };
            let change = arena.must(&DIFFERENTIAL, &[by], Data::None);
            let terms = identify(arena, differential, change)?;
            edges.push(Edge { of: n.leaf, by, terms, rule: outermost(&fired) });
            arena.check_size()?;
        }
    }
    Ok(edges)
}

/// Which nodes get names: every operator that moves with the variable, matrices too.
pub fn to_name(arena: &Arena, expr: NodeId, variable: NodeId) -> Vec<NodeId> {
    let moves = moves_with(arena, variable);
    let worthy = |id: NodeId| {
        let node = arena.get(id);
        moves[id.0 as usize] && id != variable && node.free.is_empty() && !ops::is_quiet(node.op)
    };
    arena.reachable(&[expr]).into_iter().filter(|&id| id == expr || worthy(id)).collect()
}

/// The derivative of the whole by a node, not yet taken, in the node's own shape.
fn adjoint(arena: &mut Arena, whole: NodeId, node: NodeId) -> NodeId {
    let pending = total(arena, whole, node);
    if arena.shape(node).is_vector() { arena.transpose(pending) } else { pending }
}

/// Statements about vectors are rows, as everywhere in numerator layout.
fn as_statement(arena: &mut Arena, node: NodeId) -> NodeId {
    if arena.shape(node).is_vector() { arena.transpose(node) } else { node }
}

/// A formula for one adjoint in terms of those of its users, as it comes and tidied.
struct Found {
    left: NodeId,
    raw: NodeId,
    right: NodeId,
    passes: Vec<Pass>,
    rule: Option<About>,
}

/// What reaches the whole through a condition alone is not among those `reached`: it has no derivative to pass on.
fn formula(
    arena: &mut Arena,
    edges: &[Edge],
    whole: NodeId,
    target: NodeId,
    reached: &[NodeId],
) -> Result<Option<Found>> {
    let mut sum = Vec::new();
    let mut rule = None;
    for edge in edges.iter().filter(|e| e.by == target && reached.contains(&e.of)) {
        let outer = arena.shape(edge.of).order();
        let inner = arena.shape(target).order();
        let turned = edge.terms.turned(outer);
        // The whole by itself is 1: nothing to multiply with.
        let factors = if edge.of == whole {
            Vec::new()
        } else {
            let known = adjoint(arena, whole, edge.of);
            vec![(known, (0..outer).collect())]
        };
        let contribution = turned.applied(arena, inner, &factors);
        sum.push(written(arena, &contribution));
        rule = edge.rule;
    }
    if sum.is_empty() {
        return Ok(None);
    }
    let several = sum.len() > 1;
    let sum = arena.add(&sum);
    let left = total(arena, whole, target);
    let raw = as_statement(arena, sum);
    let (right, passes) = tidy(arena, raw)?;
    let rule = if several { Some(headlines::ADD_PATHS) } else { rule };
    Ok(Some(Found { left, raw, right, passes, rule }))
}

/// Derives a scalar by a variable of any shape, from the result back. Errors: `request` where the value is no scalar.
pub fn backwards(arena: &mut Arena, expr: NodeId, variable: NodeId, naming: &mut Naming) -> Result<Derivation> {
    if !arena.shape(expr).is_scalar() {
        let message = say!("derive.not_one_number", found = arena.dims.describe(arena.shape(expr)));
        return Err(Error::new(Kind::Request, message).hint(say!("derive.not_one_number.hint")));
    }
    let question = total(arena, expr, variable);
    if expr == variable || !moves_with(arena, variable)[expr.0 as usize] {
        let shape = arena.shape(question).clone();
        let result = if expr == variable { arena.int(1) } else { arena.zeros(&shape) };
        return Ok(Derivation { question, result, steps: Vec::new(), named: Vec::new() });
    }
    let nodes = to_name(arena, expr, variable);
    let (named, symbols) = name_all(arena, &nodes, naming);
    let whole = named[named.len() - 1].leaf;
    let goal = total(arena, whole, variable);
    let mut steps = Vec::new();
    let definitions = named.iter().map(|n| Row { left: n.leaf, right: n.definition, rule: None }).collect();
    let mut names = Step::rewrite(headlines::NAME, Level::Headline, question, goal);
    names.rows = definitions;
    steps.push(names);

    let edges = edges(arena, &named, variable)?;
    let targets = named.iter().rev().map(|n| n.leaf).filter(|l| *l != whole).chain([variable]);
    let (mut rows, mut sub) = (Vec::new(), Vec::new());
    let mut known: Map<NodeId, NodeId> = Map::default();
    let mut reached = vec![whole];
    for target in targets.collect::<Vec<_>>() {
        let Some(found) = formula(arena, &edges, whole, target, &reached)? else { continue };
        reached.push(target);
        let about = found.rule.unwrap_or(headlines::ADD_PATHS);
        let mut below = Vec::new();
        if found.raw != found.right {
            below.push(Step::rewrite(about, Level::Rule, found.left, found.raw));
            below.extend(tidy_step(found.raw, found.right, &found.passes).map(Step::demoted));
        }
        sub.push(Step::rewrite(about, Level::Rule, found.left, found.right).with(below));
        rows.push(Row { left: found.left, right: found.right, rule: Some(about) });
        // Filled in at once with what is known of its users: sums stay whole, so this stays as small as the graph.
        let filled = arena.replace(found.right, &known);
        let filled = tidied(arena, filled)?;
        known.insert(found.left, filled);
        arena.check_size()?;
    }
    steps.push(Step::table(headlines::BACKWARDS, Level::Headline, goal, rows).with(sub));

    let filled = known.get(&goal).copied().unwrap_or(goal);
    steps.push(Step::rewrite(headlines::FILL_ADJOINTS, Level::Headline, goal, filled));
    let back: Map<NodeId, NodeId> = named.iter().map(|n| (n.leaf, n.node)).collect();
    let substituted = arena.replace(filled, &back);
    let (result, passes) = tidy(arena, substituted)?;
    if substituted != filled {
        let used = arena.reachable(&[filled]);
        let mut substitute = Step::rewrite(headlines::SUBSTITUTE, Level::Headline, filled, substituted);
        substitute.rows = stood_for(&named, &used);
        steps.push(substitute);
    }
    steps.extend(tidy_step(substituted, result, &passes));
    Ok(Derivation { question, result, steps, named: symbols })
}

/// What a derivative costs at the given sizes, in multiplications: each local derivative counts the entries that it
/// multiplies with. One sweep forward costs so much for each entry of the variable, one sweep back for each entry of
/// the result (Griewank & Walther 4.6). `None` where there is nothing to multiply.
pub fn cost(arena: &mut Arena, expr: NodeId, variable: NodeId, sizes: &BTreeMap<Dim, usize>) -> Result<Option<Cost>> {
    if expr == variable || !moves_with(arena, variable)[expr.0 as usize] {
        return Ok(None);
    }
    let nodes = to_name(arena, expr, variable);
    let mut naming = Naming::new(arena, Vec::new());
    let (named, _) = name_all(arena, &nodes, &mut naming);
    let edges = edges(arena, &named, variable)?;
    let size = |dim: Dim| size_of_dim(arena, dim, sizes).map_or(1, |n| n as u64);
    let entries = |node: NodeId| arena.shape(node).0.iter().map(|&d| size(d)).fold(1u64, u64::saturating_mul);
    let sweep = edges.iter().map(|edge| sweep_of(edge, &size)).fold(0u64, u64::saturating_add);
    let named_sizes = arena.dims.names().into_iter().filter_map(|(dim, name)| Some((name, *sizes.get(&dim)? as u32)));
    Ok(Some(Cost {
        sizes: named_sizes.collect(),
        forward: sweep.saturating_mul(entries(variable)),
        reverse: sweep.saturating_mul(entries(expr)),
    }))
}

/// The multiplications with one local derivative, once.
fn sweep_of(edge: &Edge, size: &dyn Fn(Dim) -> u64) -> u64 {
    let mut total = 0u64;
    for term in &edge.terms.terms {
        // Labels that a delta ties count once; summed ones are loops of their own.
        let tied: Vec<usize> = term.deltas.iter().map(|&(_, b)| b).collect();
        let labels = (0..edge.terms.free).filter(|l| !tied.contains(l)).chain(term.summed.iter().copied());
        total = total.saturating_add(labels.map(|l| size(edge.terms.dims[l])).fold(1u64, u64::saturating_mul));
    }
    total
}
