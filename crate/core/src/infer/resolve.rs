//! What each name, subscript and size in a tree means.

use super::faults;
use super::scopes::{Binder, Role, Scopes};
use crate::ast::{AstId, AstKind, Infix, Subscript, Tree};
use crate::budget::{self, MAX_NUMBERS};
use crate::error::{Error, Result};
use crate::expr::{Arena, NodeId};
use crate::names::{self, is_built_in, is_form, split_index};
use crate::op::{Data, Op};
use crate::ops;
use crate::ordered::{Ordered, OrderedSet};
use crate::shape::{Dim, Dims, Formula, Shape};

/// A name that has a value of its own: a variable of a question, or a node that the text is built on.
#[derive(Clone, Debug)]
pub struct Variable<'a> {
    pub name: &'a str,
    /// Its shape, where it is declared or known.
    pub shape: Option<Shape>,
    /// Which orders its shape may have, where it is not.
    pub orders: [bool; 3],
    pub node: Option<NodeId>,
}

/// The shapes of an abstract function.
#[derive(Clone, Debug)]
pub struct FunctionShape {
    pub args: Vec<Shape>,
    pub result: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// By its place in [`Names::variables`].
    Variable(usize),
    /// The value of a definition, by its place in the tree's list.
    Given(usize),
    Pi,
    E,
    Dimension(Dim),
    Index(Binder),
    /// `eye` without a size.
    Identity,
    /// What a call applies, where it is no form and no abstract function.
    Operator(&'static Op),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceForm {
    Fixed(u64),
    Bound(Binder, i64),
}

/// The names that a text may use.
/// What a name stands for, where texts are read on an arena that has its nodes already.
pub type Bound<'a> = &'a dyn Fn(&str) -> Option<NodeId>;

pub struct Names<'a> {
    pub source: &'a str,
    pub variables: Vec<Variable<'a>>,
    pub functions: Ordered<String, FunctionShape>,
    /// Nodes that names stand for, in a text that is built on an arena. Such a text brings no names of its own.
    pub bound: Option<Bound<'a>>,
    /// The names to think of when one is unknown.
    pub known: Vec<String>,
    /// True where `d(e)` is a differential: in rules.
    pub differentials: bool,
}

impl<'a> Names<'a> {
    pub fn position(&self, name: &str) -> Option<usize> {
        self.variables.iter().position(|v| v.name == name)
    }

    pub fn add(&mut self, name: &'a str, shape: Option<Shape>, node: Option<NodeId>) -> usize {
        self.variables.push(Variable { name, shape, orders: [true; 3], node });
        self.variables.len() - 1
    }

    /// The variable of this name; a bound name becomes one when it is first met.
    pub fn find(&mut self, name: &'a str, arena: &Arena) -> Option<usize> {
        if let Some(at) = self.position(name) {
            return Some(at);
        }
        let node = self.bound?(name)?;
        Some(self.add(name, Some(arena.shape(node).clone()), Some(node)))
    }
}

pub struct Resolved<'n> {
    pub scopes: Scopes<'n>,
    pub meanings: Vec<Option<Meaning>>,
    /// Subscripts by their node; components of abstract functions by the node of the call.
    pub places: Ordered<AstId, PlaceForm>,
    /// Sizes by their node.
    pub sizes: Ordered<AstId, Dim>,
    /// The dimension of each bound index.
    pub ranges: Ordered<AstId, Vec<Dim>>,
    /// Sums that end at an outer index plus a whole number: `sum(j, 1, i, …)`. They run over all values that it can
    /// take, and their terms count up to there.
    pub ends: Ordered<AstId, (Binder, i64)>,
    /// The last node of the expression.
    root: Option<AstId>,
}

impl Resolved<'_> {
    /// The order in which nodes can be worked through: the expression's come first in the tree, but definitions have to be
    /// worked through before it.
    pub fn order(&self) -> impl Iterator<Item = AstId> + use<> {
        let expression = self.root.map_or(0, |root| root.0 + 1);
        (expression..self.meanings.len() as u32).chain(0..expression).map(AstId)
    }
}

/// Resolves all names of a tree. Unknown ones become variables, unless the text is bound to an arena.
pub fn resolve<'a>(ast: &Tree<'a>, names: &mut Names<'a>, dims: &mut Dims, arena: &Arena) -> Result<Resolved<'a>> {
    let scopes = Scopes::of(ast);
    let mut resolver = Resolver {
        resolved: Resolved {
            meanings: vec![None; ast.nodes.len()],
            places: Ordered::new(),
            sizes: Ordered::new(),
            ranges: Ordered::new(),
            ends: Ordered::new(),
            root: ast.root,
            scopes,
        },
        ast,
        names,
        dims,
        arena,
        faults: Vec::new(),
    };
    resolver.definitions();
    for at in 0..ast.nodes.len() {
        let id = AstId(at as u32);
        if let Err(error) = resolver.node(id) {
            resolver.faults.push(error.or_at(ast.span(id)));
        }
    }
    // Of several faults the first in the text is told.
    let first = resolver.faults.iter().min_by_key(|e| e.span.map_or(usize::MAX, |s| s.start)).cloned();
    first.map_or(Ok(resolver.resolved), Err)
}

/// All names that stand in the text as values or as functions.
fn used_names<'a>(ast: &Tree<'a>) -> OrderedSet<&'a str> {
    let names = ast.nodes.iter().filter_map(|node| match node.kind {
        AstKind::Name(name) => Some(name),
        _ => None,
    });
    names.collect()
}

/// True for a name that stands where a size belongs: it is a dimension unless declared otherwise.
fn is_sized(ast: &Tree, scopes: &Scopes, name: &str) -> bool {
    let is_it = |kind: &AstKind| matches!(kind, AstKind::Name(other) if *other == name);
    let has_role = |at: usize| scopes.role(AstId(at as u32)) == Role::Dimension;
    ast.nodes.iter().enumerate().any(|(at, node)| is_it(&node.kind) && has_role(at))
}

/// A sum from `low` runs over an index from 1, to which `low - 1` is added wherever it stands.
pub fn skipped(ast: &Tree, binder: Binder) -> i64 {
    match ast.get(binder.node).kind {
        AstKind::SumOver { low, .. } => super::expand::whole(ast, low).map_or(0, |low| low.saturating_sub(1)),
        _ => 0,
    }
}

struct Resolver<'a, 'n> {
    ast: &'a Tree<'n>,
    names: &'a mut Names<'n>,
    dims: &'a mut Dims,
    arena: &'a Arena,
    resolved: Resolved<'n>,
    faults: Vec<Error>,
}

impl<'n> Resolver<'_, 'n> {
    fn definitions(&mut self) {
        for d in &self.ast.definitions {
            let fault = if self.names.find(d.name, self.arena).is_some() {
                Some(faults::given_and_declared(d.name))
            } else if self.names.functions.contains_key(d.name) {
                Some(faults::given_and_function(d.name))
            } else {
                None
            };
            self.faults.extend(fault.map(|fault| fault.at(d.name_span)));
        }
    }

    fn node(&mut self, id: AstId) -> Result<()> {
        match (self.resolved.scopes.role(id), &self.ast.get(id).kind) {
            (Role::Value, AstKind::Name(name)) => {
                let meaning = self.meaning(id, name)?;
                self.resolved.meanings[id.0 as usize] = Some(meaning);
            }
            (Role::Value, AstKind::Call { function, args, .. }) => self.call(id, function, args)?,
            (Role::Value, AstKind::Derivative { function, .. }) => self.abstract_function(id, function)?,
            (Role::Value, AstKind::Index { subscripts, .. }) => {
                for subscript in subscripts {
                    if let Subscript::At(place) = subscript {
                        self.place_at(*place)?;
                    }
                }
            }
            (Role::Value, AstKind::SumOver { high, .. }) => {
                let range = self.range(Binder { node: id, slot: 0 }, 0)?;
                if range.constant().is_some_and(|n| n < 1) {
                    return Err(faults::not_a_size().at(self.ast.span(*high)));
                }
                if self.ends_at_an_index(*high) {
                    let (outer, offset) = self.linear(*high, 0)?;
                    let ends = outer.map(|outer| (outer, offset));
                    self.resolved.ends.extend(ends.map(|end| (id, end)));
                }
                let range = self.dims.of_formula(&range);
                self.resolved.ranges.insert(id, vec![range]);
            }
            (Role::Value, AstKind::Build { indices, .. }) => {
                let ranges = indices.iter().map(|(_, dim)| self.size(*dim)).collect::<Result<_>>()?;
                self.resolved.ranges.insert(id, ranges);
            }
            _ => {}
        }
        Ok(())
    }

    fn meaning(&mut self, id: AstId, name: &'n str) -> Result<Meaning> {
        if let Some(binder) = self.resolved.scopes.index(id, name) {
            return Ok(Meaning::Index(binder));
        }
        if let Some(given) = self.ast.definitions.iter().position(|d| d.name == name) {
            return self.given(id, given);
        }
        if let Some(at) = self.names.find(name, self.arena) {
            return Ok(Meaning::Variable(at));
        }
        if self.names.functions.contains_key(name) {
            return Err(faults::function_as_value(name));
        }
        if name == "eye" {
            return Ok(Meaning::Identity);
        }
        if is_built_in(name) {
            return Err(self.built_in_as_value(id, name));
        }
        match name {
            "pi" | "π" => return Ok(Meaning::Pi),
            "e" => return Ok(Meaning::E),
            _ => {}
        }
        if let Some(dim) = self.dimension(name) {
            return Ok(Meaning::Dimension(dim));
        }
        self.unknown(name).map(Meaning::Variable)
    }

    /// A name that `where` gives may be used in the expression and in later definitions.
    fn given(&self, id: AstId, given: usize) -> Result<Meaning> {
        let definition = &self.ast.definitions[given];
        let in_expression = self.ast.root.is_some_and(|root| id <= root);
        if in_expression || definition.value < id {
            Ok(Meaning::Given(given))
        } else {
            Err(faults::used_before_given(definition.name))
        }
    }

    /// A dimension by its name: declared, or standing where a size belongs.
    fn dimension(&mut self, name: &str) -> Option<Dim> {
        if let Some(dim) = self.dims.find(name) {
            return Some(dim);
        }
        if self.names.bound.is_some() {
            return self.dims.names().into_iter().find(|(_, shown)| shown == name).map(|(dim, _)| dim);
        }
        is_sized(self.ast, &self.resolved.scopes, name).then(|| self.dims.declare(name))
    }

    fn unknown(&mut self, name: &'n str) -> Result<usize> {
        let mut known = used_names(self.ast);
        known.extend(self.names.variables.iter().map(|v| v.name));
        known.extend(self.names.known.iter().map(String::as_str));
        known.remove(name);
        if let Some((a, b)) = names::product_of(name, &known) {
            return Err(faults::run_together(name, a, b));
        }
        if self.names.bound.is_some() {
            let near = names::nearest(name, self.names.known.iter().map(String::as_str));
            return Err(faults::unknown_name(name, near, &self.names.known));
        }
        Ok(self.names.add(name, None, None))
    }

    // --- functions ----------------------------------------------------------------------------------------------

    fn call(&mut self, id: AstId, function: &str, args: &[AstId]) -> Result<()> {
        let declared = self.names.functions.contains_key(function);
        if function == "d" && self.names.differentials && !declared {
            return if args.len() == 1 { Ok(()) } else { Err(faults::argument_count(function, "1", args.len())) };
        }
        if declared || !is_built_in(function) {
            return self.abstract_function(id, function);
        }
        if is_form(function) {
            return self.form(id, function, args);
        }
        let Some(op) = ops::find(function, args.len()) else { return Ok(()) };
        if let crate::op::Typed::Call { least, most } = op.typed
            && !(least..=most).contains(&args.len())
        {
            return Err(faults::argument_count(function, &faults::allowed_counts(function), args.len()));
        }
        self.resolved.meanings[id.0 as usize] = Some(Meaning::Operator(op));
        if op == &ops::leaves::DELTA {
            for &arg in args {
                self.place_at(arg)?;
            }
        }
        Ok(())
    }

    fn form(&mut self, id: AstId, function: &str, args: &[AstId]) -> Result<()> {
        let (least, most, counts) = match function {
            "outer" | "split" | "prod_but" => (2, 2, "2"),
            "unvec" => (3, 3, "3"),
            "ones" | "zeros" => (1, 2, "1 or 2"),
            _ => (1, 1, "1"),
        };
        if !(least..=most).contains(&args.len()) {
            return Err(faults::argument_count(function, counts, args.len()).or_at(self.ast.span(id)));
        }
        for (slot, &arg) in args.iter().enumerate() {
            if super::scopes::takes_size(function, slot) {
                self.size(arg)?;
            }
        }
        Ok(())
    }

    fn abstract_function(&mut self, id: AstId, function: &str) -> Result<()> {
        if self.names.functions.contains_key(function) {
            return Ok(());
        }
        if let Some((base, index)) = split_index(function) {
            if is_built_in(base) {
                return Err(self.component_of_built_in(id, function, base, index));
            }
            let place = match self.resolved.scopes.index(id, index) {
                Some(binder) => Some(PlaceForm::Bound(binder, self.skipped(binder))),
                None => index.parse().ok().filter(|k| *k > 0).map(PlaceForm::Fixed),
            };
            let known = self.names.bound.is_none() || self.names.functions.contains_key(base);
            if let (Some(place), true) = (place, known) {
                self.resolved.places.insert(id, place);
                return Ok(());
            }
        }
        if let Some(meant) = names::meant_function(function) {
            return Err(faults::meant_function(function, meant, self.function_span(id)));
        }
        if self.names.bound.is_some() {
            return Err(faults::unknown_function(function, self.function_span(id)));
        }
        Ok(())
    }

    /// `softmax_i(x)` and `log_2(x)`, where `softmax(x)[i]` and `log2(x)` are meant.
    fn component_of_built_in(&self, id: AstId, function: &str, base: &str, index: &str) -> Error {
        let joined = format!("{base}{index}");
        if is_built_in(&joined) {
            return faults::meant_function(function, &joined, self.function_span(id));
        }
        let AstKind::Call { function_span, .. } = self.ast.get(id).kind else {
            return faults::unknown_function(function, self.function_span(id));
        };
        let whole = self.ast.span(id);
        let arguments = self.names.source.get(function_span.end..whole.end).unwrap_or("(…)");
        faults::component_of_built_in(function, &format!("{base}{}[{index}]", arguments.trim_start())).at(whole)
    }

    /// `exp x`, written without brackets.
    fn built_in_as_value(&self, id: AstId, function: &str) -> Error {
        let error = faults::built_in_as_value(function);
        let text = |span: crate::span::Span| self.names.source.get(span.start..span.end).unwrap_or("");
        match self.resolved.scopes.parent(id).map(|parent| (parent, &self.ast.get(parent).kind)) {
            Some((parent, AstKind::Infix { op: Infix::Times, op_span, left, right }))
                if *left == id && text(*op_span).trim().is_empty() =>
            {
                let call = format!("{function}({})", text(self.ast.span(*right)));
                error.at(self.ast.span(parent)).hint(say!("infer.write_call", call)).replace_by(call)
            }
            _ => error,
        }
    }

    fn function_span(&self, id: AstId) -> crate::span::Span {
        match &self.ast.get(id).kind {
            AstKind::Call { function_span, .. } | AstKind::Derivative { function_span, .. } => *function_span,
            _ => self.ast.span(id),
        }
    }

    // --- subscripts and sizes -----------------------------------------------------------------------------------

    /// Indices are counted from 1: what a sum that begins elsewhere adds to them.
    fn skipped(&self, binder: Binder) -> i64 {
        skipped(self.ast, binder)
    }

    fn place_at(&mut self, id: AstId) -> Result<()> {
        let place = match self.linear(id, 0)? {
            (Some(binder), offset) => PlaceForm::Bound(binder, offset),
            (None, k) if k >= 1 => PlaceForm::Fixed(k as u64),
            (None, k) => return Err(faults::place_below_one(k).at(self.ast.span(id))),
        };
        self.resolved.places.insert(id, place);
        Ok(())
    }

    /// A subscript as a bound index, or none, plus a whole number.
    fn linear(&mut self, id: AstId, depth: usize) -> Result<(Option<Binder>, i64)> {
        let span = self.ast.span(id);
        let unreadable = || faults::unreadable_place().at(span);
        if depth > 16 {
            return Err(unreadable());
        }
        match &self.ast.get(id).kind {
            AstKind::Number(n) => n.whole().map(|n| (None, n)).ok_or_else(unreadable),
            AstKind::Name(name) => match self.resolved.scopes.index(id, name) {
                Some(binder) => Ok((Some(binder), self.skipped(binder))),
                None => Err(faults::not_an_index(name).at(span)),
            },
            AstKind::Negate(inner) => match self.linear(*inner, depth + 1)? {
                (None, n) => Ok((None, -n)),
                _ => Err(unreadable()),
            },
            AstKind::Infix { op: op @ (Infix::Add | Infix::Subtract), left, right, .. } => {
                let (left, right) = (self.linear(*left, depth + 1)?, self.linear(*right, depth + 1)?);
                let sum = if *op == Infix::Add { left.1.checked_add(right.1) } else { left.1.checked_sub(right.1) };
                match (left.0, right.0, sum) {
                    (binder, None, Some(offset)) => Ok((binder, offset)),
                    (None, binder, Some(offset)) if *op == Infix::Add => Ok((binder, offset)),
                    _ => Err(unreadable()),
                }
            }
            _ => Err(unreadable()),
        }
    }

    /// How many values a bound index takes.
    fn range(&mut self, binder: Binder, depth: usize) -> Result<Formula> {
        let high = match &self.ast.get(binder.node).kind {
            AstKind::SumOver { high, .. } => *high,
            AstKind::Build { indices, .. } => return self.size_formula(indices[binder.slot].1, 0),
            _ => return Ok(Formula::whole(1)),
        };
        if depth > 16 {
            return Err(faults::not_a_size().at(self.ast.span(high)));
        }
        let skipped = Formula::whole(self.skipped(binder));
        if !self.ends_at_an_index(high) {
            return Ok(self.size_formula(high, 0)?.plus(&skipped, -1));
        }
        let (outer, offset) = self.linear(high, 0)?;
        let Some(outer) = outer else { return Err(faults::not_a_size().at(self.ast.span(high))) };
        let most = self.range(outer, depth + 1)?;
        Ok(most.plus(&Formula::whole(offset), 1).plus(&skipped, -1))
    }

    /// True where the end of a sum holds an index: that of a sum around it.
    fn ends_at_an_index(&self, high: AstId) -> bool {
        let mut open = vec![high];
        while let Some(id) = open.pop() {
            if let AstKind::Name(name) = &self.ast.get(id).kind
                && self.resolved.scopes.index(id, name).is_some()
            {
                return true;
            }
            open.extend(crate::ast::children(&self.ast.get(id).kind));
        }
        false
    }

    /// A size: a whole number, a dimension, or sums, differences and products of such.
    fn size(&mut self, id: AstId) -> Result<Dim> {
        let formula = self.size_formula(id, 0)?;
        if formula.constant().is_some_and(|n| n < 1) {
            return Err(faults::not_a_size().at(self.ast.span(id)));
        }
        let dim = self.dims.of_formula(&formula);
        self.resolved.sizes.insert(id, dim);
        Ok(dim)
    }

    fn size_formula(&mut self, id: AstId, depth: usize) -> Result<Formula> {
        let span = self.ast.span(id);
        if depth > 16 {
            return Err(faults::not_a_size().at(span));
        }
        match &self.ast.get(id).kind {
            AstKind::Number(n) => match n.whole() {
                Some(n) if n > MAX_NUMBERS as i64 => Err(budget::exceeded("limit.numbers", MAX_NUMBERS).at(span)),
                Some(n) if n > 0 => Ok(Formula::whole(n)),
                _ => Err(faults::not_a_size().at(span)),
            },
            AstKind::Name(name) => {
                let dim = self.named_size(id, name).map_err(|e| e.or_at(span))?;
                Ok(self.dims.formula(dim))
            }
            AstKind::Infix { op: op @ (Infix::Add | Infix::Subtract | Infix::Times), left, right, .. } => {
                let left = self.size_formula(*left, depth + 1)?;
                let right = self.size_formula(*right, depth + 1)?;
                let formula = match op {
                    Infix::Add => left.plus(&right, 1),
                    Infix::Subtract => left.plus(&right, -1),
                    _ => left.times(&right),
                };
                if formula.is_short() { Ok(formula) } else { Err(faults::not_a_size().at(span)) }
            }
            _ => Err(faults::not_a_size().at(span)),
        }
    }

    fn named_size(&mut self, id: AstId, name: &'n str) -> Result<Dim> {
        if self.resolved.scopes.index(id, name).is_some() {
            return Err(faults::index_as_size(name));
        }
        // A variable wins over a dimension of its name, but not where only a size makes sense.
        if let Some(dim) = self.dims.find(name) {
            return Ok(dim);
        }
        if let Some(at) = self.names.find(name, self.arena) {
            let node = self.names.variables[at].node.map(|node| &self.arena.get(node).data);
            return match node {
                Some(Data::Dim(dim)) => Ok(*dim),
                _ => Err(faults::variable_as_size(name)),
            };
        }
        if self.ast.definitions.iter().any(|d| d.name == name) {
            return Err(faults::variable_as_size(name));
        }
        self.dimension(name).ok_or_else(|| faults::unknown_name(name, None, &self.names.known))
    }
}
