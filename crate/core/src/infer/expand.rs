//! What is written out before shapes are looked at: `w_i` as `w[i]`, and sums whose bounds are whole numbers, unless
//! they run over the whole of a dimension.

use super::faults;
use super::scopes::{Binder, Role, Scopes};
use crate::ast::{AstId, AstKind, Definition, Infix, Subscript, Tree, children};
use crate::budget::{self, MAX_NODES, MAX_UNROLLED};
use crate::error::Result;
use crate::names::split_index;
use crate::number::Number;
use crate::ordered::Ordered;
use crate::span::Span;
use std::borrow::Cow;

/// What is known of a variable's dimension before shapes are inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Not declared: a sum over it may decide it.
    Free,
    Size(u64),
    /// Declared by name, or no variable at all.
    Other,
}

/// True where a tree has such parts.
pub fn has_indices(ast: &Tree) -> bool {
    ast.nodes.iter().any(|node| matches!(node.kind, AstKind::SumOver { .. } | AstKind::Build { .. }))
}

/// The tree with such parts written out. `known` gives a variable's dimension at a place, `is_variable` whether a name
/// stands for itself.
pub fn expand<'n>(
    ast: &Tree<'n>,
    known: &dyn Fn(&str, usize) -> Known,
    is_variable: &dyn Fn(&str) -> bool,
) -> Result<Tree<'n>> {
    let starts = starts(ast);
    let sums = ast.nodes.iter().enumerate().filter_map(|(at, node)| match node.kind {
        AstKind::SumOver { body, .. } => Some((starts[body.0 as usize], AstId(at as u32))),
        _ => None,
    });
    let mut expander = Expander {
        sums: sums.collect(),
        scopes: Scopes::of(ast),
        new: Tree::default(),
        map: vec![AstId(0); ast.nodes.len()],
        values: Vec::new(),
        starts,
        known,
        is_variable,
        old: ast,
    };
    let mut first = 0;
    for root in ast.root.into_iter().chain(ast.definitions.iter().map(|d| d.value)) {
        expander.copy(first, root)?;
        first = root.0 + 1;
    }
    let Expander { mut new, map, .. } = expander;
    new.root = ast.root.map(|root| map[root.0 as usize]);
    new.definitions =
        ast.definitions.iter().map(|d| Definition { value: map[d.value.0 as usize], ..d.clone() }).collect();
    Ok(new)
}

/// Where each node's subtree begins.
fn starts(ast: &Tree) -> Vec<u32> {
    let mut starts: Vec<u32> = Vec::with_capacity(ast.nodes.len());
    for (at, node) in ast.nodes.iter().enumerate() {
        let first = children(&node.kind).first().map_or(at as u32, |child| starts[child.0 as usize]);
        starts.push(first);
    }
    starts
}

/// A whole number, with its sign.
pub fn whole(ast: &Tree, id: AstId) -> Option<i64> {
    match &ast.get(id).kind {
        AstKind::Number(n) => n.whole(),
        AstKind::Negate(inner) => match &ast.get(*inner).kind {
            AstKind::Number(n) => n.whole().map(|n| -n),
            _ => None,
        },
        _ => None,
    }
}

struct Expander<'a, 'n> {
    old: &'a Tree<'n>,
    new: Tree<'n>,
    /// Old node to new node, the latest copy.
    map: Vec<AstId>,
    scopes: Scopes<'n>,
    starts: Vec<u32>,
    /// Sums by the first node of their body.
    sums: Ordered<u32, AstId>,
    /// Indices that stand for a number in the copy being made.
    values: Vec<(Binder, i64)>,
    known: &'a dyn Fn(&str, usize) -> Known,
    is_variable: &'a dyn Fn(&str) -> bool,
}

impl<'n> Expander<'_, 'n> {
    /// Copies the nodes from `first` to `last`. Recurses only from a sum into its body: not deeper than brackets nest.
    fn copy(&mut self, first: u32, last: AstId) -> Result<()> {
        let mut at = first;
        while at <= last.0 {
            if let Some(&sum) = self.sums.get(&at)
                && sum.0 <= last.0
                && let Some((low, high)) = self.written_out(sum)?
            {
                self.write_out(sum, low, high)?;
                at = sum.0 + 1;
                continue;
            }
            self.copy_node(AstId(at));
            if self.new.nodes.len() > MAX_NODES {
                return Err(budget::exceeded("limit.nodes", MAX_NODES).at(self.old.span(AstId(at))));
            }
            at += 1;
        }
        Ok(())
    }

    fn value(&self, at: AstId, name: &str) -> Option<i64> {
        let binder = self.scopes.index(at, name)?;
        self.values.iter().rev().find(|(b, _)| *b == binder).map(|(_, value)| *value)
    }

    fn copy_node(&mut self, id: AstId) {
        let span = self.old.span(id);
        let kind = match &self.old.get(id).kind {
            AstKind::Name(name) => return self.copy_name(id, name, span),
            AstKind::Call { function, function_span, args } => AstKind::Call {
                function: self.component_of(id, function),
                function_span: *function_span,
                args: args.iter().map(|a| self.map[a.0 as usize]).collect(),
            },
            kind => self.mapped(kind),
        };
        self.map[id.0 as usize] = self.new.push(kind, span);
    }

    /// `f_i` as `f_2` where `i` stands for 2.
    fn component_of(&self, id: AstId, function: &Cow<'n, str>) -> Cow<'n, str> {
        let component = split_index(function).and_then(|(base, index)| Some((base, self.value(id, index)?)));
        component.map_or_else(|| function.clone(), |(base, value)| format!("{base}_{value}").into())
    }

    fn copy_name(&mut self, id: AstId, name: &'n str, span: Span) {
        let copied = if let Some(value) = self.value(id, name) {
            self.new.push(AstKind::Number(Number::int(value)), span)
        } else if self.scopes.index(id, name).is_some() || (self.is_variable)(name) {
            self.new.push(AstKind::Name(name), span)
        } else {
            let (base, indices) = self.indexed(id, name);
            let base = self.new.push(AstKind::Name(base), span);
            let places: Vec<Subscript> = indices.into_iter().map(|i| Subscript::At(self.place(id, i, span))).collect();
            if places.is_empty() { base } else { self.new.push(AstKind::Index { base, subscripts: places }, span) }
        };
        self.map[id.0 as usize] = copied;
    }

    /// `w_i` as `w` and `i`, `A_i_j` as `A`, `i`, `j`: as far as what is behind `_` is an index bound here.
    fn indexed(&self, at: AstId, name: &'n str) -> (&'n str, Vec<&'n str>) {
        let mut base = name;
        let mut indices = Vec::new();
        while let Some((shorter, index)) = split_index(base)
            && self.scopes.index(at, index).is_some()
        {
            base = shorter;
            indices.insert(0, index);
            if (self.is_variable)(base) {
                break;
            }
        }
        (base, indices)
    }

    fn place(&mut self, at: AstId, index: &'n str, span: Span) -> AstId {
        let kind = match self.value(at, index) {
            Some(value) => AstKind::Number(Number::int(value)),
            None => AstKind::Name(index),
        };
        self.new.push(kind, span)
    }

    fn mapped(&self, kind: &AstKind<'n>) -> AstKind<'n> {
        let to = |id: &AstId| self.map[id.0 as usize];
        let all = |ids: &[AstId]| ids.iter().map(to).collect();
        match kind {
            AstKind::Number(_) | AstKind::Name(_) | AstKind::Call { .. } => kind.clone(),
            AstKind::Derivative { function, function_span, slots, args } => {
                AstKind::Derivative { function, function_span: *function_span, slots: slots.clone(), args: all(args) }
            }
            AstKind::Negate(a) => AstKind::Negate(to(a)),
            AstKind::Transpose(a) => AstKind::Transpose(to(a)),
            AstKind::Infix { op, op_span, left, right } => {
                AstKind::Infix { op: *op, op_span: *op_span, left: to(left), right: to(right) }
            }
            AstKind::Index { base, subscripts } => {
                let subscripts = subscripts.iter().map(|s| match s {
                    Subscript::At(place) => Subscript::At(to(place)),
                    Subscript::All => Subscript::All,
                });
                AstKind::Index { base: to(base), subscripts: subscripts.collect() }
            }
            AstKind::List(entries) => AstKind::List(all(entries)),
            AstKind::Stack(entries) => AstKind::Stack(all(entries)),
            AstKind::Rows(rows) => AstKind::Rows(rows.iter().map(|row| all(row)).collect()),
            AstKind::SumOver { index, low, high, body } => {
                AstKind::SumOver { index, low: to(low), high: to(high), body: to(body) }
            }
            AstKind::Build { indices, body } => {
                let indices = indices.iter().map(|(name, dim)| (*name, to(dim))).collect();
                AstKind::Build { indices, body: to(body) }
            }
        }
    }

    /// The bounds of a sum that has to be written out. Its bounds are copied already.
    fn written_out(&self, sum: AstId) -> Result<Option<(i64, i64)>> {
        let AstKind::SumOver { low, high, body, .. } = &self.old.get(sum).kind else { return Ok(None) };
        let bound = |id: &AstId| whole(&self.new, self.map[id.0 as usize]);
        let Some(first) = bound(low) else { return Err(faults::sum_bound(self.old.span(*low))) };
        let Some(last) = bound(high) else {
            // A dimension, a formula of such, or an expression that is refused later with its place.
            return Ok(None);
        };
        if last < first {
            return Err(faults::empty_sum(first, last, self.old.span(sum)));
        }
        // Bounds that hang on another index are no dimension.
        let fixed = whole(self.old, *high).is_some();
        let spans_dimension = first == 1 && fixed && self.runs_over_dimensions(sum, *body, last as u64);
        if spans_dimension {
            return Ok(None);
        }
        if last.abs_diff(first) >= MAX_UNROLLED {
            return Err(budget::exceeded("limit.terms", MAX_UNROLLED as usize).at(self.old.span(sum)));
        }
        Ok(Some((first, last)))
    }

    /// True where every use of the index fits a sum over whole dimensions of that size.
    fn runs_over_dimensions(&self, sum: AstId, body: AstId, size: u64) -> bool {
        let binder = Binder { node: sum, slot: 0 };
        let AstKind::SumOver { index, .. } = &self.old.get(sum).kind else { return false };
        (self.starts[body.0 as usize]..=body.0).map(AstId).all(|id| match &self.old.get(id).kind {
            AstKind::Name(name) if name == index && self.scopes.index(id, name) == Some(binder) => self.fits(id, size),
            AstKind::Name(name) if self.scopes.role(id) == Role::Value && !(self.is_variable)(name) => {
                let (base, indices) = self.indexed(id, name);
                let slot = indices.iter().position(|i| i == index);
                slot.is_none_or(|slot| {
                    self.scopes.index(id, index) != Some(binder) || self.dimension_fits(base, slot, size)
                })
            }
            AstKind::Call { function, .. } => {
                split_index(function).is_none_or(|(_, i)| i != *index || self.scopes.index(id, i) != Some(binder))
            }
            _ => true,
        })
    }

    fn fits(&self, index: AstId, size: u64) -> bool {
        let parent = self.scopes.parent(index).map(|parent| &self.old.get(parent).kind);
        match (self.scopes.role(index), parent) {
            (Role::Value, _) => true,
            (Role::Place, Some(AstKind::Index { base, subscripts })) => {
                let slot = subscripts.iter().position(|s| *s == Subscript::At(index)).unwrap_or(0);
                match &self.old.get(*base).kind {
                    AstKind::Name(name) => self.dimension_fits(name, slot, size),
                    _ => false,
                }
            }
            (Role::Place, Some(AstKind::Call { .. })) => true,
            _ => false,
        }
    }

    fn dimension_fits(&self, name: &str, slot: usize, size: u64) -> bool {
        match (self.known)(name, slot) {
            Known::Free => true,
            Known::Size(own) => own == size,
            Known::Other => false,
        }
    }

    fn write_out(&mut self, sum: AstId, low: i64, high: i64) -> Result<()> {
        let AstKind::SumOver { body, .. } = self.old.get(sum).kind else { return Ok(()) };
        let span = self.old.span(sum);
        let binder = Binder { node: sum, slot: 0 };
        let mut total: Option<AstId> = None;
        for value in low..=high {
            self.values.push((binder, value));
            // The body begins with this sum's own mark: it must not be seen again inside.
            self.copy_body(sum, body)?;
            self.values.pop();
            let term = self.map[body.0 as usize];
            total = Some(match total {
                None => term,
                Some(left) => self.new.push(AstKind::Infix { op: Infix::Add, op_span: span, left, right: term }, span),
            });
        }
        if let Some(total) = total {
            self.map[sum.0 as usize] = total;
        }
        Ok(())
    }

    fn copy_body(&mut self, sum: AstId, body: AstId) -> Result<()> {
        let start = self.starts[body.0 as usize];
        self.sums.remove(&start);
        let result = self.copy(start, body);
        self.sums.insert(start, sum);
        result
    }
}
