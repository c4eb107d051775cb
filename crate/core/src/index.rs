//! Index notation: ∂y_i/∂x_j, entry by entry. Each intermediate's entries are differentiated by the entries of what stands
//! directly in it, entries are chained by sums over the indices between them, δ picks terms out, and what is left is put
//! together as a matrix again.

use crate::contract::Level;
use crate::error::Result;
use crate::expr::{Arena, IndexId, NodeId, Place};
use crate::jacobian::{Derivation, Named, Naming, local, name_all, row_of, stood_for, tidy_step, total};
use crate::map::Map;
use crate::op::{Data, Op};
use crate::ops::arithmetic::{ADD, MULTIPLY, NEGATE};
use crate::ops::build::{PICK, SUM_OVER, TENSOR, tensor};
use crate::ops::leaves::DELTA;
use crate::ops::pending::{PARTIAL, TOTAL};
use crate::reverse::{Edge, edges, to_name};
use crate::rules::headlines;
use crate::steps::{Row, Step};
use crate::terms::by_entries;

/// What was found is filled in while the formula stays as short as this; a longer one is put together without.
const LONGEST_FILLED: usize = 160;

/// A local derivative by its entries: the indices of both sides, and one entry.
struct Local {
    of: NodeId,
    by: NodeId,
    outer: Vec<IndexId>,
    inner: Vec<IndexId>,
    body: NodeId,
}

/// One entry of the whole by one entry of an intermediate, with what was found of it, names filled in where it is short.
struct Found {
    indices: Vec<IndexId>,
    body: Option<NodeId>,
}

/// Derives `expr` by a variable that it moves with.
pub fn by_index(arena: &mut Arena, expr: NodeId, variable: NodeId, naming: &mut Naming) -> Result<Derivation> {
    let question = total(arena, expr, variable);
    let nodes = to_name(arena, expr, variable);
    let (named, symbols) = name_all(arena, &nodes, naming);
    let whole = named[named.len() - 1].leaf;
    let is_row = (arena.shape(expr).order(), arena.shape(variable).order()) == (0, 1);
    let as_statement = |arena: &mut Arena, node: NodeId| if is_row { row_of(arena, node) } else { node };

    let named_goal = total(arena, whole, variable);
    let mut names = Step::rewrite(headlines::NAME, Level::Headline, question, named_goal);
    names.rows = named.iter().map(|n| Row { left: n.leaf, right: n.definition, rule: None }).collect();
    let rows = indices_of(arena, whole);
    let columns = indices_of(arena, variable);
    let entry = derivative_of_entries(arena, &TOTAL, (whole, &rows), (variable, &columns));
    let goal = over(arena, &[&rows[..], &columns[..]].concat(), entry);
    let goal = as_statement(arena, goal);
    let mut steps = vec![names, Step::rewrite(headlines::ENTRY_BY_ENTRY, Level::Headline, named_goal, goal)];

    let edges = edges(arena, &named, variable)?;
    let (each, locals) = each_alone(arena, &named, &edges, goal);
    steps.push(each);
    let (chain, found) = chained(arena, &named, &locals, (whole, &rows), (variable, &columns), goal)?;
    if named.len() > 1 {
        steps.push(chain);
    }
    let mut last = goal;
    if let Some(body) = found {
        let filled = over(arena, &[&rows[..], &columns[..]].concat(), body);
        let filled = as_statement(arena, filled);
        steps.push(Step::rewrite(headlines::FILL_ADJOINTS, Level::Headline, goal, filled));
        let back: Map<NodeId, NodeId> = named.iter().map(|n| (n.leaf, n.node)).collect();
        let substituted = arena.replace(filled, &back);
        if substituted != filled {
            let used = arena.reachable(&[filled]);
            let mut substitute = Step::rewrite(headlines::SUBSTITUTE, Level::Headline, filled, substituted);
            substitute.rows = stood_for(&named, &used);
            steps.push(substitute);
        }
        last = substituted;
    }
    let read = local(arena, expr, variable)?;
    if last != read.tidied {
        let mut sub = Vec::new();
        if read.raw != read.tidied && last != read.raw {
            sub.push(Step::rewrite(headlines::ASSEMBLE, Level::Rule, last, read.raw));
            sub.extend(tidy_step(read.raw, read.tidied, &read.passes).map(Step::demoted));
        }
        steps.push(Step::rewrite(headlines::ASSEMBLE, Level::Headline, last, read.tidied).with(sub));
    }
    arena.check_size()?;
    Ok(Derivation { question, result: read.tidied, steps, named: symbols })
}

/// The table of local derivatives, entry by entry.
fn each_alone(arena: &mut Arena, named: &[Named], edges: &[Edge], goal: NodeId) -> (Step, Vec<Local>) {
    let (mut rows, mut sub, mut locals) = (Vec::new(), Vec::new(), Vec::new());
    for edge in edges {
        let right = by_entries(arena, &edge.terms);
        let (bound, body) = unbound(arena, right);
        let (outer, inner) = bound.split_at(arena.shape(edge.of).order());
        let pending = derivative_of_entries(arena, &PARTIAL, (edge.of, outer), (edge.by, inner));
        let left = over(arena, &bound, pending);
        rows.push(Row { left, right, rule: edge.rule });
        let about = edge.rule.unwrap_or(headlines::INDEX_EACH);
        let mut step = Step::rewrite(about, Level::Rule, left, right);
        step.site = named.iter().find(|n| n.leaf == edge.of).map(|n| n.definition);
        sub.push(step);
        locals.push(Local { of: edge.of, by: edge.by, outer: outer.to_vec(), inner: inner.to_vec(), body });
    }
    (Step::table(headlines::INDEX_EACH, Level::Headline, goal, rows).with(sub), locals)
}

/// The table of chained entries, from the whole back to the variable; and the last one with all others filled in.
fn chained(
    arena: &mut Arena,
    named: &[Named],
    locals: &[Local],
    (whole, of): (NodeId, &[IndexId]),
    (variable, by): (NodeId, &[IndexId]),
    goal: NodeId,
) -> Result<(Step, Option<NodeId>)> {
    let (mut rows, mut sub) = (Vec::new(), Vec::new());
    let mut known: Map<NodeId, Found> = Map::default();
    let targets: Vec<NodeId> = named.iter().rev().map(|n| n.leaf).filter(|l| *l != whole).chain([variable]).collect();
    for target in targets {
        let indices = if target == variable { by.to_vec() } else { indices_of(arena, target) };
        let (mut sums, mut filled) = (Vec::new(), Some(Vec::new()));
        for local in locals.iter().filter(|l| l.by == target) {
            let mut names: Map<IndexId, IndexId> = local.inner.iter().copied().zip(indices.iter().copied()).collect();
            if local.of == whole {
                names.extend(local.outer.iter().copied().zip(of.iter().copied()));
                let body = reindexed(arena, local.body, &names);
                sums.push(body);
                filled.as_mut().map(|all: &mut Vec<NodeId>| all.push(body)).unwrap_or_default();
                continue;
            }
            let Some(outer) = known.get(&local.of) else { continue };
            let (outer_indices, outer_body) = (outer.indices.clone(), outer.body);
            let body = reindexed(arena, local.body, &names);
            let pending = derivative_of_entries(arena, &TOTAL, (whole, of), (local.of, &local.outer));
            let term = times_over(arena, pending, body, &local.outer);
            sums.push(term);
            let known_entry = outer_body.map(|outer_body| {
                let names = outer_indices.into_iter().zip(local.outer.iter().copied()).collect();
                let factor = reindexed(arena, outer_body, &names);
                times_over(arena, factor, body, &local.outer)
            });
            match (known_entry, &mut filled) {
                (Some(entry), Some(all)) => all.push(entry),
                _ => filled = None,
            }
        }
        if sums.is_empty() {
            continue;
        }
        let bound: Vec<IndexId> = of.iter().chain(&indices).copied().collect();
        let pending = derivative_of_entries(arena, &TOTAL, (whole, of), (target, &indices));
        let left = over(arena, &bound, pending);
        let raw = arena.add(&sums);
        let picked = sifted(arena, raw);
        let (raw, right) = (over(arena, &bound, raw), over(arena, &bound, picked));
        rows.push(Row { left, right, rule: Some(headlines::INDEX_CHAIN) });
        let mut below = Vec::new();
        if raw != right {
            below.push(Step::rewrite(headlines::INDEX_CHAIN, Level::Rule, left, raw));
            below.push(Step::rewrite(headlines::SIFT, Level::Algebra, raw, right));
        }
        sub.push(Step::rewrite(headlines::INDEX_CHAIN, Level::Rule, left, right).with(below));
        let body = filled.map(|all| {
            let sum = arena.add(&all);
            sifted(arena, sum)
        });
        let body = body.filter(|&body| arena.written_size(body) <= LONGEST_FILLED);
        known.insert(target, Found { indices, body });
        arena.check_size()?;
    }
    let last = known.get(&variable).and_then(|found| found.body);
    Ok((Step::table(headlines::INDEX_CHAIN, Level::Headline, goal, rows).with(sub), last))
}

/// New indices for the axes of a node.
fn indices_of(arena: &mut Arena, node: NodeId) -> Vec<IndexId> {
    const NAMES: [&str; 4] = ["i", "j", "k", "l"];
    let axes = arena.shape(node).0.clone();
    axes.into_iter().enumerate().map(|(at, dim)| arena.new_index(NAMES[at % NAMES.len()], dim)).collect()
}

/// One entry of a node; a number itself.
fn entry_of(arena: &mut Arena, node: NodeId, indices: &[IndexId]) -> NodeId {
    if indices.is_empty() {
        return node;
    }
    let places = indices.iter().map(|&i| Some(Place::Index(i, 0))).collect();
    arena.must(&PICK, &[node], Data::Subscripts(places))
}

/// One entry of a value by one entry of a variable, not yet taken.
fn derivative_of_entries(
    arena: &mut Arena,
    op: &'static Op,
    (value, of): (NodeId, &[IndexId]),
    (variable, by): (NodeId, &[IndexId]),
) -> NodeId {
    let (value, variable) = (entry_of(arena, value, of), entry_of(arena, variable, by));
    arena.must(op, &[value, variable], Data::None)
}

/// All entries of a body; a number itself.
fn over(arena: &mut Arena, indices: &[IndexId], body: NodeId) -> NodeId {
    if indices.is_empty() { body } else { tensor(arena, indices.to_vec(), body) }
}

/// The indices and the body of what was written by its entries.
fn unbound(arena: &Arena, node: NodeId) -> (Vec<IndexId>, NodeId) {
    match &arena.get(node).data {
        Data::Binds(bound) if arena.is(node, &TENSOR) => (bound.clone(), arena.args(node)[0]),
        _ => (Vec::new(), node),
    }
}

/// `Σ factor · body` over indices, term by term, each sign in front of its sum, so that every δ stands in a plain product.
fn times_over(arena: &mut Arena, factor: NodeId, body: NodeId, indices: &[IndexId]) -> NodeId {
    let terms = if arena.is(body, &ADD) { arena.args(body).to_vec() } else { vec![body] };
    let mut sum = Vec::new();
    for term in terms {
        let (mut inner, mut negative) = (term, false);
        if arena.is(inner, &NEGATE) {
            (inner, negative) = (arena.args(inner)[0], true);
        }
        let mut bound = Vec::new();
        while let (true, Data::Binds(own)) = (arena.is(inner, &SUM_OVER), arena.get(inner).data.clone()) {
            bound.extend(own);
            inner = arena.args(inner)[0];
        }
        let mut product = if arena.is_one(inner) { factor } else { arena.multiply(&[factor, inner]) };
        for &index in indices.iter().chain(&bound).rev() {
            product = arena.must(&SUM_OVER, &[product], Data::Binds(vec![index]));
        }
        sum.push(if negative { arena.negate(product) } else { product });
    }
    arena.add(&sum)
}

/// The node with other indices in the places of some.
fn reindexed(arena: &mut Arena, root: NodeId, names: &Map<IndexId, IndexId>) -> NodeId {
    let new_of = |i: IndexId| names.get(&i).copied().unwrap_or(i);
    let mut new: Map<NodeId, NodeId> = Map::default();
    for id in arena.reachable(&[root]) {
        let mut node = arena.get(id).clone();
        if !node.free.iter().any(|i| names.contains_key(i)) {
            new.insert(id, id);
            continue;
        }
        let args: Vec<NodeId> = node.args.iter().map(|a| new[a]).collect();
        node.data = match node.data {
            Data::Index(i) => Data::Index(new_of(i)),
            Data::Subscripts(places) => Data::Subscripts(
                places
                    .into_iter()
                    .map(|place| match place {
                        Some(Place::Index(i, offset)) => Some(Place::Index(new_of(i), offset)),
                        other => other,
                    })
                    .collect(),
            ),
            other => other,
        };
        let made = arena.rebuild(&node, &args);
        new.insert(id, made);
    }
    new[&root]
}

/// δ at work: `Σ_k a_k δ_{k,j}` is `a_j`, everywhere in a formula.
fn sifted(arena: &mut Arena, root: NodeId) -> NodeId {
    let mut new: Map<NodeId, NodeId> = Map::default();
    for id in arena.reachable(&[root]) {
        let node = arena.get(id).clone();
        let args: Vec<NodeId> = node.args.iter().map(|a| new[a]).collect();
        let mut made = if *args == *node.args { id } else { arena.rebuild(&node, &args) };
        if let Some(picked) = picked_term(arena, made) {
            made = picked;
        }
        new.insert(id, made);
    }
    new[&root]
}

/// The one term of a sum that a δ in it leaves.
fn picked_term(arena: &mut Arena, sum: NodeId) -> Option<NodeId> {
    let Data::Binds(bound) = arena.get(sum).data.clone() else { return None };
    let (&[index], true) = (&bound[..], arena.is(sum, &SUM_OVER)) else { return None };
    let body = arena.args(sum)[0];
    let factors = if arena.is(body, &MULTIPLY) { arena.args(body).to_vec() } else { vec![body] };
    let (at, other) = factors.iter().enumerate().find_map(|(at, &f)| Some((at, tied(arena, f, index)?)))?;
    let rest: Vec<NodeId> = factors.iter().enumerate().filter(|(k, _)| *k != at).map(|(_, &f)| f).collect();
    let product = arena.multiply(&rest);
    Some(reindexed(arena, product, &Map::from_iter([(index, other)])))
}

/// The other index of a δ that ties this one, where both run equally far.
fn tied(arena: &Arena, delta: NodeId, index: IndexId) -> Option<IndexId> {
    let Data::Subscripts(places) = &arena.get(delta).data else { return None };
    let (&[Some(Place::Index(a, 0)), Some(Place::Index(b, 0))], true) = (&places[..], arena.is(delta, &DELTA)) else {
        return None;
    };
    let other = match index {
        i if i == a => b,
        i if i == b => a,
        _ => return None,
    };
    let dim = |i: IndexId| arena.dims.resolve(arena.indices[i.0 as usize].dim);
    (other != index && dim(other) == dim(index)).then_some(other)
}
