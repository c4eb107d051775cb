//! Index terms, the common currency of derivatives: `number · Π factor[labels]`, summed over labels that are not free.
//! Kronecker deltas between labels are merged at once; only those between two free labels are left to be seen.

use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, IndexId, NodeId};
use crate::number::Number;
use crate::op::{Data, IndexForm, Label};
use crate::ops;
use crate::ordered::{Ordered, OrderedSet};
use crate::readback::{read_back, signed};
use crate::rules::diagonal::unit;
use crate::shape::Dim;
use crate::shifts;
use crate::sorting;
use crate::splits;
use crate::vectorise::lift;

/// One term. Labels below [`Terms::free`] are free; all others are summed over.
#[derive(Clone, Debug)]
pub struct Term {
    pub number: Number,
    pub factors: Vec<(NodeId, Vec<Label>)>,
    /// Pairs of free labels that are tied.
    pub deltas: Vec<(Label, Label)>,
    /// Labels that are summed over, also those that no factor carries (they count their values).
    pub summed: OrderedSet<Label>,
}

/// A sum of terms over the same free labels; `dims[label]` is the size of each label.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub terms: Vec<Term>,
    /// How many labels are free: the axes of the value, then those of the variable.
    pub free: usize,
    pub dims: Vec<Dim>,
}

impl Term {
    /// A product of factors over free labels.
    pub fn product(factors: Vec<(NodeId, Vec<Label>)>) -> Term {
        Term { number: Number::ONE, factors, deltas: Vec::new(), summed: OrderedSet::new() }
    }
}

impl Terms {
    /// The map applied: the variable's labels (those from `outer` on, in the order of its axes) are summed over together
    /// with `factors`, whose own labels count from the variable's first axis.
    pub fn applied(&self, arena: &mut Arena, outer: usize, factors: &[(NodeId, Vec<Label>)]) -> Terms {
        let mut applied = Terms { terms: Vec::new(), free: outer, dims: self.dims.clone() };
        for term in &self.terms {
            let mut open = Open { term: term.clone(), axes: Vec::new(), bound: Ordered::new() };
            open.term.summed.extend(outer..self.free);
            open.term.factors.extend(factors.iter().map(|(n, ls)| (*n, ls.iter().map(|l| l + outer).collect())));
            // Ties rename labels, also those of ties still to come: they wait in `axes`.
            open.axes = std::mem::take(&mut open.term.deltas).into_iter().flat_map(|(a, b)| [a, b]).collect();
            for k in (0..open.axes.len()).step_by(2) {
                open.tie(open.axes[k], open.axes[k + 1], outer);
            }
            applied.terms.push(open.term);
        }
        finish(arena, &mut applied);
        applied
    }

    /// The same with the variable's labels first: the map the other way round.
    pub fn turned(&self, outer: usize) -> Terms {
        let inner = self.free - outer;
        let new = |l: Label| match l {
            l if l < outer => l + inner,
            l if l < self.free => l - outer,
            l => l,
        };
        let mut dims = self.dims.clone();
        dims[..self.free].rotate_left(outer);
        let terms = self.terms.iter().map(|t| Term {
            number: t.number,
            factors: t.factors.iter().map(|(n, ls)| (*n, ls.iter().map(|&l| new(l)).collect())).collect(),
            deltas: t.deltas.iter().map(|&(a, b)| (new(a).min(new(b)), new(a).max(new(b)))).collect(),
            summed: t.summed.iter().map(|&l| new(l)).collect(),
        });
        Terms { terms: terms.collect(), free: self.free, dims }
    }
}

/// Terms as matrices where they reduce to that, else by their entries.
pub fn written(arena: &mut Arena, terms: &Terms) -> NodeId {
    read_back(arena, terms).unwrap_or_else(|| by_entries(arena, terms))
}

/// A term on its way down: it still multiplies a node, whose axes carry `axes`.
#[derive(Clone)]
struct Open {
    term: Term,
    axes: Vec<Label>,
    /// Bound indices of the expression that stand for labels.
    bound: Ordered<IndexId, Label>,
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

/// As many terms may stand on a node of more than two indices before they are made one tensor by entries.
const MOST_TERMS: usize = 8;

/// Reads the map off an expression that is linear in `leaf`: free labels are the axes of `root`, then those of `leaf`.
/// Errors: `unsupported` where an operator on the way has no index form.
pub fn identify(arena: &mut Arena, root: NodeId, leaf: NodeId) -> Result<Terms> {
    let mut dims = arena.shape(root).0.clone();
    let outer = dims.len();
    dims.extend(arena.shape(leaf).0.clone());
    let free = dims.len();
    let mut result = Terms { terms: Vec::new(), free, dims };
    // Another differential left standing would be read as "does not change": never a silent zero.
    let stray = |id: &NodeId| arena.is(*id, &ops::pending::DIFFERENTIAL) && *id != leaf;
    if arena.reachable(&[root]).iter().any(stray) {
        return Err(Error::new(Kind::Unsupported, say!("derive.no_terms")));
    }
    let dependent = arena.dependent(root, leaf);
    let start = Term { number: Number::ONE, factors: Vec::new(), deltas: Vec::new(), summed: OrderedSet::new() };
    let mut open: Ordered<NodeId, Vec<Open>> = Ordered::new();
    open.insert(root, vec![Open { term: start, axes: (0..outer).collect(), bound: Ordered::new() }]);

    // Arguments have smaller ids than what they are arguments of: the largest id is always ready.
    while let Some((id, mut terms)) = open.pop_last() {
        // A sum of more than two indices is no matrix: it is kept as terms as long as they are few.
        let indices = outer + arena.get(id).free.len() + arena.shape(id).order();
        if id != leaf && terms.len() > if indices > 2 { MOST_TERMS } else { 1 } {
            terms = vec![merged(arena, id, terms, outer, &mut result)];
        }
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
        // A component of what has become a number (of size 1) has no index form either.
        let is_sound = match &arena.get(id).data {
            Data::Subscripts(places) if op == &ops::build::PICK => {
                places.len() == arena.shape(arena.args(id)[0]).order()
            }
            _ => true,
        };
        let Some(form_of) = op.index.filter(|_| is_sound) else {
            let message = say!("derive.no_index_form", usage = op.usage);
            return Err(Error::new(Kind::Unsupported, message));
        };
        for arg in 0..arena.args(id).len() {
            let target = arena.args(id)[arg];
            if !dependent.contains(target) {
                continue;
            }
            let form = form_of(arena, id, arg);
            for t in &terms {
                let moved = through(arena, t, &form, &mut result)?;
                open.or_default(target).push(moved);
            }
        }
        arena.check_size()?;
    }
    // The sweep meets the last factor first; a person begins with the first, and does not begin with a minus.
    result.terms.reverse();
    finish(arena, &mut result);
    Ok(result)
}

/// Contracts every term; a summed label that no factor carries counts its values.
fn finish(arena: &mut Arena, all: &mut Terms) {
    for term in &mut all.terms {
        splits::contract(arena, term, all.free);
        shifts::contract(arena, term, all.free);
        contract(arena, term, all.free);
        let carried: OrderedSet<Label> = term.factors.iter().flat_map(|(_, labels)| labels.iter().copied()).collect();
        // Counted once: what is counted is no longer summed over.
        let alone: Vec<Label> = term.summed.difference(&carried).copied().collect();
        term.summed.retain(|label| carried.contains(label));
        for label in alone {
            let count = arena.dim_value(all.dims[label]);
            match arena.number_of(count) {
                Some(n) => term.number = term.number.times(n),
                None => term.factors.push((count, Vec::new())),
            }
        }
    }
    sorting::sort_by_key(&mut all.terms, |term| term.number.is_negative());
}

/// Several terms on one node become one, whose factor is their sum. So what is read off stays as small as what it is
/// read off from: a node that is reached by many paths passes one sum on, not one term for each path.
fn merged(arena: &mut Arena, node: NodeId, open: Vec<Open>, outer: usize, result: &mut Terms) -> Open {
    let indices = arena.get(node).free.clone();
    // The labels of the sum: those of the root's axes, those of bound indices, then those of this node's axes.
    let mut dims: Vec<Dim> = result.dims[..outer].to_vec();
    dims.extend(indices.iter().map(|i| arena.indices[i.0 as usize].dim));
    dims.extend(open[0].axes.iter().map(|&l| result.dims[l]));
    let mut sum = Terms { terms: Vec::new(), free: dims.len(), dims };
    for one in open {
        let ends: Vec<Option<Label>> = (0..outer)
            .map(Some)
            .chain(indices.iter().map(|i| one.bound.get(i).copied()))
            .chain(one.axes.iter().map(|&l| Some(l)))
            .collect();
        let mut label_of: Ordered<Label, Label> = Ordered::new();
        let mut deltas: Vec<(Label, Label)> = Vec::new();
        for (new, old) in ends.into_iter().enumerate() {
            let Some(old) = old else { continue };
            match label_of.get(&old) {
                // Two ends of one label are tied.
                Some(&first) => deltas.push((first, new)),
                None => _ = label_of.insert(old, new),
            }
        }
        deltas.extend(one.term.deltas.iter().map(|(a, b)| (label_of[a], label_of[b])));
        let mut rename = |sum: &mut Terms, old: Label| {
            *label_of.or_insert_with(old, || {
                sum.dims.push(result.dims[old]);
                sum.dims.len() - 1
            })
        };
        let mut summed = OrderedSet::new();
        for &label in &one.term.summed {
            let new = rename(&mut sum, label);
            if new >= sum.free {
                summed.insert(new);
            }
        }
        let mut factors = Vec::new();
        for (node, labels) in &one.term.factors {
            let labels = labels.iter().map(|&l| rename(&mut sum, l)).collect();
            factors.push((*node, labels));
        }
        sum.terms.push(Term { number: one.term.number, factors, deltas, summed });
    }
    finish(arena, &mut sum);
    let factor = written(arena, &sum);
    let mut fresh = |dim: Dim| {
        result.dims.push(dim);
        result.dims.len() - 1
    };
    let bound: Ordered<IndexId, Label> =
        indices.iter().enumerate().map(|(k, &i)| (i, fresh(sum.dims[outer + k]))).collect();
    let axes: Vec<Label> = (outer + indices.len()..sum.free).map(|l| fresh(sum.dims[l])).collect();
    let labels: Vec<Label> = (0..outer).chain(bound.values().copied()).chain(axes.iter().copied()).collect();
    let summed = labels[outer..].iter().copied().collect();
    let term = Term { number: Number::ONE, factors: vec![(factor, labels)], deltas: Vec::new(), summed };
    Open { term, axes, bound }
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
            let missing = || Error::new(Kind::Unsupported, say!("derive.loose_index"));
            next.bound.get(i).copied().ok_or_else(missing)
        });
        let labels = outer.chain(labels.iter().map(|&l| Ok(l))).collect::<Result<Vec<Label>>>()?;
        next.term.factors.push((lifted, labels));
    }
    Ok(next)
}

/// Merges what a term holds of pure structure: numbers go into the number, identities into ties, units of identities.
fn contract(arena: &mut Arena, term: &mut Term, free: usize) {
    let mut open = Open { term: term.clone(), axes: Vec::new(), bound: Ordered::new() };
    open.term.factors.clear();
    let mut queue: Vec<(NodeId, Vec<Label>)> = term.factors.clone();
    queue.reverse();
    while let Some((node, labels)) = queue.pop() {
        if arena.is(node, &ops::arithmetic::NEGATE) && !labels.is_empty() {
            open.term.number = open.term.number.negated();
            queue.push((arena.args(node)[0], labels));
            continue;
        }
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
        let mut index_of: Ordered<Label, IndexId> = free.iter().copied().enumerate().collect();
        let mut bound = Vec::new();
        let factors: Vec<(NodeId, Vec<Label>)> =
            term.factors.iter().map(|(node, labels)| without_unit_axes(arena, *node, labels)).collect();
        for &label in factors.iter().flat_map(|(_, labels)| labels) {
            index_of.or_insert_with(label, || {
                let index = arena.new_index(&name(terms.free + bound.len()), terms.dims[label]);
                bound.push(index);
                index
            });
        }
        let mut product = Vec::new();
        let size = if term.number.is_negative() { term.number.negated() } else { term.number };
        if !size.is_one() {
            product.push(arena.number(size));
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
        sum.push(signed(arena, term, product));
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
    use crate::expr::Place::{Fixed, Index};
    let scalar = arena.unexpanded(node);
    if places.is_empty() || scalar != node {
        return scalar;
    }
    if arena.is(node, &ops::build::IDENTITY) && places.len() == 2 {
        return delta(arena, places[0], places[1]);
    }
    if let (Some(k), [place]) = (unit(arena, node), places) {
        let places = vec![Some(Index(*place, 0)), Some(Fixed(k))];
        return arena.must(&ops::leaves::DELTA, &[], Data::Subscripts(places));
    }
    if arena.is(node, &ops::products::TRANSPOSE) && places.len() == 2 && arena.shape(arena.args(node)[0]).order() == 2 {
        return component(arena, arena.args(node)[0], &[places[1], places[0]]);
    }
    let of = |arena: &mut Arena, args: &[NodeId]| -> Vec<NodeId> {
        args.iter().map(|&a| component(arena, a, places)).collect()
    };
    let args = arena.args(node).to_vec();
    if arena.is(node, &ops::arithmetic::MULTIPLY) {
        let factors = of(arena, &args);
        return arena.multiply(&factors);
    }
    if arena.is(node, &ops::arithmetic::NEGATE) {
        let inner = component(arena, args[0], places);
        return arena.negate(inner);
    }
    if arena.is(node, &ops::build::DIAG) && places.len() == 2 {
        let (tied, entry) = (delta(arena, places[0], places[1]), component(arena, args[0], &places[..1]));
        return arena.multiply(&[tied, entry]);
    }
    if let ([row, column], [left, right]) = (places, &args[..])
        && arena.is(node, &ops::products::PRODUCT)
        && arena.shape(*left).is_vector()
        && arena.is(*right, &ops::products::TRANSPOSE)
    {
        let across = arena.args(*right)[0];
        let factors = [component(arena, *left, &[*row]), component(arena, across, &[*column])];
        return arena.multiply(&factors);
    }
    // An axis of size 1 may have no label.
    let shape = arena.shape(node).0.clone();
    let mut spare = shape.len().saturating_sub(places.len());
    let mut labels = places.iter();
    let mut subscripts = Vec::with_capacity(shape.len());
    for dim in shape {
        if spare > 0 && dim == Dim::Size(1) {
            spare -= 1;
            subscripts.push(Some(Fixed(1)));
        } else {
            subscripts.extend(labels.next().map(|&i| Some(Index(i, 0))));
        }
    }
    arena.must(&ops::build::PICK, &[node], Data::Subscripts(subscripts))
}
