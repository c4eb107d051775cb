//! Index terms, the common currency of derivatives: `number · Π factor[labels]`, summed over labels that are not free.
//! Kronecker deltas between labels are merged at once; only those between two free labels are left to be seen.

use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, IndexId, NodeId};
use crate::number::Number;
use crate::op::{Data, IndexForm, Label};
use crate::ops;
use crate::shape::Dim;
use crate::vectorise::lift;
use std::collections::{BTreeMap, BTreeSet};

/// One term. Labels below [`Terms::free`] are free; all others are summed over.
#[derive(Clone, Debug)]
pub struct Term {
    pub number: Number,
    pub factors: Vec<(NodeId, Vec<Label>)>,
    /// Pairs of free labels that are tied.
    pub deltas: Vec<(Label, Label)>,
    /// Labels that are summed over, also those that no factor carries (they count their values).
    pub summed: BTreeSet<Label>,
}

/// A sum of terms over the same free labels; `dims[label]` is the size of each label.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub terms: Vec<Term>,
    /// How many labels are free: the axes of the value, then those of the variable.
    pub free: usize,
    pub dims: Vec<Dim>,
}

/// A term on its way down: it still multiplies a node, whose axes carry `axes`.
#[derive(Clone)]
struct Open {
    term: Term,
    axes: Vec<Label>,
    /// Bound indices of the expression that stand for labels.
    bound: BTreeMap<IndexId, Label>,
}

impl Open {
    /// Ties two labels: a summed one vanishes into the other; two free ones leave a delta.
    fn tie(&mut self, a: Label, b: Label, free: usize) {
        if a == b {
            return;
        }
        if a < free && b < free {
            let pair = (a.min(b), a.max(b));
            if !self.term.deltas.contains(&pair) {
                self.term.deltas.push(pair);
            }
            return;
        }
        let (gone, stays) = if a < free { (b, a) } else { (a, b) };
        let rename = |l: &mut Label| {
            if *l == gone {
                *l = stays;
            }
        };
        self.term.summed.remove(&gone);
        self.term.factors.iter_mut().flat_map(|(_, labels)| labels).for_each(rename);
        self.axes.iter_mut().for_each(rename);
        self.bound.values_mut().for_each(rename);
    }
}

/// Reads the map off an expression that is linear in `leaf`: free labels are the axes of `root`, then those of `leaf`.
/// Errors: `unsupported` where an operator on the way has no index form.
pub fn identify(arena: &mut Arena, root: NodeId, leaf: NodeId) -> Result<Terms> {
    let mut dims = arena.shape(root).0.clone();
    let outer = dims.len();
    dims.extend(arena.shape(leaf).0.clone());
    let free = dims.len();
    let mut result = Terms { terms: Vec::new(), free, dims };
    let depends = arena.depends_on(leaf);
    let start = Term { number: Number::ONE, factors: Vec::new(), deltas: Vec::new(), summed: BTreeSet::new() };
    let mut open: BTreeMap<NodeId, Vec<Open>> = BTreeMap::new();
    open.insert(root, vec![Open { term: start, axes: (0..outer).collect(), bound: BTreeMap::new() }]);

    // Arguments have smaller ids than what they are arguments of: the largest id is always ready.
    while let Some((id, terms)) = open.pop_last() {
        if id == leaf {
            for mut t in terms {
                for axis in 0..t.axes.len() {
                    let label = t.axes[axis];
                    t.tie(label, outer + axis, free);
                }
                result.terms.push(t.term);
            }
            continue;
        }
        let op = arena.op(id);
        let Some(form_of) = op.index else {
            let message = format!("`{}` of a changing argument has no index form yet.", op.usage);
            return Err(Error::new(Kind::Unsupported, message));
        };
        for arg in 0..arena.args(id).len() {
            let target = arena.args(id)[arg];
            if depends.get(target.0 as usize) != Some(&true) {
                continue;
            }
            let form = form_of(arena, id, arg);
            for t in &terms {
                let moved = through(arena, t, &form, &mut result)?;
                open.entry(target).or_default().push(moved);
            }
        }
        arena.check_size()?;
    }
    let dims = result.dims.clone();
    // The sweep meets the last factor first; a person begins with the first, and does not begin with a minus.
    result.terms.reverse();
    for term in &mut result.terms {
        contract(arena, term, free);
        let carried: BTreeSet<Label> = term.factors.iter().flat_map(|(_, labels)| labels.iter().copied()).collect();
        for &label in term.summed.difference(&carried) {
            let count = arena.dim_value(dims[label]);
            match arena.number_of(count) {
                Some(n) => term.number = term.number.times(n),
                None => term.factors.push((count, Vec::new())),
            }
        }
    }
    result.terms.sort_by_key(|term| term.number.is_negative());
    Ok(result)
}

/// A term on a node becomes a term on one of its arguments.
fn through(arena: &mut Arena, open: &Open, form: &IndexForm, terms: &mut Terms) -> Result<Open> {
    let mut next = open.clone();
    next.axes = Vec::new();
    // Axes that the form makes one (a diagonal) are tied first: where one label vanishes, all know it.
    let mut axes = open.axes.clone();
    for first in 0..axes.len() {
        for second in first + 1..axes.len() {
            if form.value[first] == form.value[second] {
                next.axes = axes;
                let (a, b) = (next.axes[first], next.axes[second]);
                next.tie(a, b, terms.free);
                axes = std::mem::take(&mut next.axes);
            }
        }
    }
    let mut label_of: Vec<Option<Label>> = vec![None; form.dims.len()];
    for (&own, &label) in form.value.iter().zip(&axes) {
        label_of[own].get_or_insert(label);
    }
    for (own, label) in label_of.iter_mut().enumerate() {
        if label.is_none() {
            terms.dims.push(form.dims[own]);
            *label = Some(terms.dims.len() - 1);
            next.term.summed.insert(terms.dims.len() - 1);
        }
    }
    let label_of: Vec<Label> = label_of.into_iter().flatten().collect();
    next.axes = form.arg.iter().map(|&own| label_of[own]).collect();
    for (node, labels) in &form.factors {
        let labels = labels.iter().map(|&own| label_of[own]).collect();
        next.term.factors.push((*node, labels));
    }
    for &(index, own) in &form.bound {
        match next.bound.get(&index).copied() {
            Some(label) => {
                // `own` may have been renamed by an earlier tie of this loop; ties go through the axes and factors.
                next.tie(label_of[own], label, terms.free);
            }
            None => {
                next.bound.insert(index, label_of[own]);
            }
        }
    }
    // Factors with bound indices of their own become tensors over these.
    let factors = std::mem::take(&mut next.term.factors);
    for (node, labels) in factors {
        if arena.get(node).free.is_empty() {
            next.term.factors.push((node, labels));
            continue;
        }
        let (lifted, indices) = lift(arena, node);
        let outer = indices.iter().map(|i| {
            let missing = || Error::new(Kind::Unsupported, "An index is used outside the sum that binds it.");
            next.bound.get(i).copied().ok_or_else(missing)
        });
        let labels = outer.chain(labels.iter().map(|&l| Ok(l))).collect::<Result<Vec<Label>>>()?;
        next.term.factors.push((lifted, labels));
    }
    Ok(next)
}

/// Merges what a term holds of pure structure: numbers go into the number, identities into ties, units of identities.
fn contract(arena: &mut Arena, term: &mut Term, free: usize) {
    let mut open = Open { term: term.clone(), axes: Vec::new(), bound: BTreeMap::new() };
    open.term.factors.clear();
    let mut queue: Vec<(NodeId, Vec<Label>)> = term.factors.clone();
    queue.reverse();
    while let Some((node, labels)) = queue.pop() {
        if labels.is_empty() {
            if let Some(n) = arena.number_of(node) {
                open.term.number = open.term.number.times(n);
                continue;
            }
        } else if let Some(n) = arena.number_of(node)
            && n.is_one()
            && labels.iter().all(|&l| {
                let elsewhere = queue.iter().chain(&open.term.factors).any(|(_, ls)| ls.contains(&l));
                elsewhere || l < free
            })
        {
            // A vector of ones beside other factors on the same labels says nothing.
            continue;
        }
        if arena.is(node, &ops::build::IDENTITY) && labels[0] != labels[1] && (labels[0] >= free || labels[1] >= free) {
            let (gone, stays) = if labels[0] >= free { (labels[0], labels[1]) } else { (labels[1], labels[0]) };
            let rename = |l: &mut Label| {
                if *l == gone {
                    *l = stays;
                }
            };
            open.term.summed.remove(&gone);
            queue.iter_mut().flat_map(|(_, ls)| ls).for_each(rename);
            open.term.factors.iter_mut().flat_map(|(_, ls)| ls).for_each(rename);
            continue;
        }
        if arena.is(node, &ops::arithmetic::MULTIPLY) && labels.is_empty() {
            for &f in arena.args(node).to_vec().iter().rev() {
                queue.push((f, Vec::new()));
            }
            continue;
        }
        open.term.factors.push((node, labels));
    }
    *term = Term { deltas: term.deltas.clone(), ..open.term };
}

/// An axis of size 1 says nothing: a row `[1, n]` is a vector here.
pub fn without_unit_axes(arena: &mut Arena, node: NodeId, labels: &[Label]) -> (NodeId, Vec<Label>) {
    match (&arena.shape(node).0[..], labels) {
        ([Dim::Size(1), _], [_, b]) => (arena.transpose(node), vec![*b]),
        ([Dim::Size(1)], [_]) => (ops::build::first(arena, node), Vec::new()),
        _ => (node, labels.to_vec()),
    }
}

/// Terms as an expression by entries, `tensor(i:m, j:n, …)`: always possible, whatever the order.
pub fn by_entries(arena: &mut Arena, terms: &Terms) -> NodeId {
    const NAMES: [&str; 8] = ["i", "j", "k", "l", "p", "q", "r", "s"];
    let name = |at: usize| NAMES.get(at).map_or_else(|| format!("i_{at}"), |n| (*n).to_owned());
    let free: Vec<IndexId> = (0..terms.free).map(|l| arena.new_index(&name(l), terms.dims[l])).collect();
    let mut sum = Vec::new();
    for term in &terms.terms {
        let mut index_of: BTreeMap<Label, IndexId> = free.iter().copied().enumerate().collect();
        let mut bound = Vec::new();
        let factors: Vec<(NodeId, Vec<Label>)> =
            term.factors.iter().map(|(node, labels)| without_unit_axes(arena, *node, labels)).collect();
        for &label in factors.iter().flat_map(|(_, labels)| labels) {
            index_of.entry(label).or_insert_with(|| {
                let index = arena.new_index(&name(terms.free + bound.len()), terms.dims[label]);
                bound.push(index);
                index
            });
        }
        let mut product = Vec::new();
        if !term.number.is_one() {
            product.push(arena.number(term.number));
        }
        for &(a, b) in &term.deltas {
            product.push(delta(arena, free[a], free[b]));
        }
        for (node, labels) in &factors {
            let places: Vec<IndexId> = labels.iter().map(|l| index_of[l]).collect();
            product.push(component(arena, *node, &places));
        }
        let mut product = arena.multiply(&product);
        for index in bound.into_iter().rev() {
            product = arena.must(&ops::build::SUM_OVER, &[product], Data::Binds(vec![index]));
        }
        sum.push(product);
    }
    let body = arena.add(&sum);
    if terms.free == 0 { body } else { ops::build::tensor(arena, free, body) }
}

fn delta(arena: &mut Arena, a: IndexId, b: IndexId) -> NodeId {
    use crate::expr::Place::Index;
    arena.must(&ops::leaves::DELTA, &[], Data::Subscripts(vec![Some(Index(a, 0)), Some(Index(b, 0))]))
}

/// `node[i, j]`, with identities as deltas, transposes and expansions seen through.
fn component(arena: &mut Arena, node: NodeId, places: &[IndexId]) -> NodeId {
    use crate::expr::Place::Index;
    let scalar = arena.unexpanded(node);
    if places.is_empty() || scalar != node {
        return scalar;
    }
    if arena.is(node, &ops::build::IDENTITY) {
        return delta(arena, places[0], places[1]);
    }
    if arena.is(node, &ops::products::TRANSPOSE) && places.len() == 2 && arena.shape(arena.args(node)[0]).order() == 2 {
        return component(arena, arena.args(node)[0], &[places[1], places[0]]);
    }
    let places = places.iter().map(|&i| Some(Index(i, 0))).collect();
    arena.must(&ops::build::PICK, &[node], Data::Subscripts(places))
}
