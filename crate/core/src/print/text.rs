//! Expressions in our own language: typed in again, they give the same numbers.
//!
//! What is used more than once is named by `where` as soon as the text would get long, so that its length stays linear
//! in the number of nodes.

use super::number::{self, Shown};
use super::rope::{Part, Piece, Rope, join};
use super::{Form, Level, Printed, form, implicit, name, shared};
use crate::budget::{self, MAX_LATEX};
use crate::error::Error;
use crate::expr::{Arena, IndexId, NodeId, Place};
use crate::map::Set;
use crate::number::Number;
use crate::op::Data;
use crate::ops::{linalg, reductions};
use crate::ordered::{Ordered, OrderedSet};
use crate::shape::Shape;

/// Up to this many bytes nothing is named.
const PLAIN: usize = 400;
/// What is shorter is repeated rather than named.
const WORTH_A_NAME: usize = 40;

/// The node in our language. Errors: `limit` where the text would be too long.
pub fn text(arena: &Arena, node: NodeId) -> Result<String, Error> {
    let mut plain = Writer::new(arena, node);
    plain.run(node, &Set::default());
    let piece = plain.whole(node);
    if plain.rope.size(piece) <= PLAIN {
        return Ok(plain.rope.write(piece));
    }
    let mut short = Writer::new(arena, node);
    short.run(node, &shared(arena, node));
    let piece = short.whole(node);
    if short.rope.size(piece) > MAX_LATEX {
        return Err(budget::exceeded("limit.text", MAX_LATEX));
    }
    Ok(short.rope.write(piece))
}

pub(super) struct Writer<'a> {
    pub arena: &'a Arena,
    pub rope: Rope,
    /// In the order of the nodes.
    done: Vec<(NodeId, Printed)>,
    root: NodeId,
    indices: Ordered<IndexId, String>,
    /// The names that mean something; known once a new one is wanted.
    taken: Option<OrderedSet<String>>,
    /// `u_1 = …`, in order.
    definitions: Vec<Piece>,
}

impl<'a> Writer<'a> {
    fn new(arena: &'a Arena, root: NodeId) -> Writer<'a> {
        let indices = name::indices(arena, &[root]);
        Writer { arena, rope: Rope::default(), done: Vec::new(), root, indices, taken: None, definitions: Vec::new() }
    }

    fn run(&mut self, root: NodeId, shared: &Set<NodeId>) {
        let parts = self.arena.reachable(&[root]);
        self.done.reserve(parts.len());
        self.rope.reserve(parts.len());
        for id in parts {
            let mut printed = self.print(id);
            if let Some(name) = self.arena.given_name(id).filter(|_| id != root) {
                let name = name.to_owned();
                let value = self.signed(printed);
                self.definitions.push(join!(self.rope, &name, " = ", value));
                printed = self.atom(&name);
            } else if id != root && shared.contains(&id) && self.rope.size(printed.body) > WORTH_A_NAME {
                let letters = self.fresh("u");
                let value = self.signed(printed);
                self.definitions.push(join!(self.rope, &letters, " = ", value));
                printed = self.atom(&letters);
            }
            self.done.push((id, printed));
        }
    }

    fn whole(&mut self, root: NodeId) -> Piece {
        let printed = self.get(root);
        let value = self.signed(printed);
        if self.definitions.is_empty() {
            return value;
        }
        let definitions = self.rope.list(&self.definitions.clone(), ", ");
        join!(self.rope, value, " where ", definitions)
    }

    pub fn get(&self, id: NodeId) -> Printed {
        self.done[self.done.partition_point(|(other, _)| *other < id)].1
    }

    fn signed(&mut self, printed: Printed) -> Piece {
        if printed.negative { join!(self.rope, "-", printed.body) } else { printed.body }
    }

    pub fn place(&mut self, printed: Printed, least: Level) -> Piece {
        let piece = self.signed(printed);
        if printed.signed_level() < least { join!(self.rope, "(", piece, ")") } else { piece }
    }

    fn at(&mut self, id: NodeId, least: Level) -> Piece {
        let printed = self.get(id);
        self.place(printed, least)
    }

    pub fn atom(&mut self, letters: &str) -> Printed {
        Printed::new(self.rope.letters(letters), Level::Atom)
    }

    fn print(&mut self, id: NodeId) -> Printed {
        let node = self.arena.get(id);
        let args = &node.args[..];
        match (form(node.op), &node.data) {
            (Form::Number, Data::Number(n)) => self.number(*n),
            (Form::Pi, _) if self.is_taken("pi") => self.atom("acos(-1)"),
            (Form::Pi, _) => self.atom("pi"),
            (Form::E, _) if self.is_taken("e") => self.atom("exp(1)"),
            (Form::E, _) => self.atom("e"),
            (Form::Symbol, Data::Symbol(s)) => self.atom(&self.arena.symbols[s.0 as usize].name),
            (Form::Dimension, Data::Dim(dim)) => self.dimension(*dim),
            (Form::Index, Data::Index(i)) => self.atom(&self.indices[i].clone()),
            (Form::Delta, Data::Subscripts(places)) => self.delta(places),
            (Form::Add, _) => self.add(&implicit(self.arena, args)),
            (Form::Negate, _) => {
                let printed = self.get(args[0]);
                let body = self.place(printed, Level::Dot);
                let level = if printed.signed_level() < Level::Dot { Level::Atom } else { printed.level };
                Printed::new(body, level).negative(true)
            }
            (Form::Multiply, _) => self.multiply(&implicit(self.arena, args)),
            (Form::Divide, _) => self.divide(&implicit(self.arena, args)),
            (Form::Power, _) => self.power(id),
            (Form::MatrixPower, data) => {
                let base = self.at(args[0], Level::Postfix);
                let exponent = linalg::exponent(data).to_string();
                Printed::new(join!(self.rope, base, "^", &exponent), Level::Power)
            }
            (Form::Expand, _) => self.expand(id),
            (Form::Compare(comparison), _) => {
                let args = implicit(self.arena, args);
                let [left, right] = [0, 1].map(|k| self.at(args[k], Level::Sum));
                Printed::new(join!(self.rope, left, " ", comparison.sign(), " ", right), Level::Compare)
            }
            (Form::Kron, _) => self.within("kron(", args, ", ", ")"),
            (Form::Unvec, Data::Shape(shape)) => {
                let sizes: Vec<String> = shape.0.iter().map(|&d| self.arena.dims.show(d)).collect();
                let vector = self.at(args[0], Level::Compare);
                Printed::new(join!(self.rope, "unvec(", vector, ", ", &sizes.join(", "), ")"), Level::Atom)
            }
            (Form::AllBut, data) => {
                let vector = self.at(args[0], Level::Compare);
                let count = reductions::left_out(data).to_string();
                Printed::new(join!(self.rope, "prod_but(", vector, ", ", &count, ")"), Level::Atom)
            }
            (Form::Split, Data::Shape(shape)) => {
                let sizes: Vec<String> = shape.0.iter().map(|&d| self.arena.dims.show(d)).collect();
                self.atom(&format!("split({})", sizes.join(", ")))
            }
            (Form::Product, _) => self.chain(args, " * "),
            (Form::Dot, _) => {
                let (left, right) = (self.at(args[0], Level::Product), self.at(args[1], Level::Product));
                Printed::new(join!(self.rope, left, " · ", right), Level::Dot)
            }
            (Form::Transpose, _) => {
                let base = self.at(args[0], Level::Postfix);
                Printed::new(join!(self.rope, base, "'"), Level::Postfix)
            }
            (Form::List, _) => self.within("[", args, ", ", "]"),
            (Form::Stack, _) if args.len() > 1 => self.within("[", args, "; ", "]"),
            (Form::Stack, _) => self.within("[", args, ", ", "]"),
            (Form::Grid, Data::Grid(_, columns)) => {
                let rows: Vec<Piece> =
                    args.chunks((*columns).max(1)).map(|row| self.within("[", row, ", ", "]").body).collect();
                let rows = self.rope.list(&rows, ", ");
                Printed::new(join!(self.rope, "[", rows, "]"), Level::Atom)
            }
            (Form::Pick, Data::Subscripts(places)) => self.pick(args[0], places),
            (Form::Identity, Data::Dim(dim)) => {
                let letters = match self.ones_like(*dim) {
                    Some(ones) => format!("diag({ones})"),
                    None => format!("eye({})", self.arena.dims.show(*dim)),
                };
                self.atom(&letters)
            }
            (Form::SumOver, Data::Binds(bound)) => self.sum_over(bound, args[0]),
            (Form::Tensor, Data::Binds(bound)) => self.tensor(bound, args[0]),
            (Form::Abstract, Data::Function(function, slots)) => {
                let known = &self.arena.functions[function.0 as usize];
                let scalar = known.result.is_scalar() && known.args.iter().all(Shape::is_scalar);
                let letters = derivative_of(&known.name, slots, args.len(), scalar);
                let list = self.listed(args, ", ");
                Printed::new(join!(self.rope, &letters, "(", list, ")"), Level::Atom)
            }
            (Form::Cases, _) => self.within("cases(", &implicit(self.arena, args), ", ", ")"),
            (Form::Differential, _) => self.within("d(", args, ", ", ")"),
            (Form::Partial, _) => self.pending("∂", args),
            (Form::Total, _) => self.pending("d", args),
            _ => {
                let list = self.listed(&implicit(self.arena, args), ", ");
                Printed::new(join!(self.rope, self.function_name(id), "(", list, ")"), Level::Atom)
            }
        }
    }

    /// A name that means nothing yet.
    pub fn fresh(&mut self, stem: &str) -> String {
        let taken = self.taken.get_or_insert_with(|| {
            let mut taken = name::taken(self.arena, &[self.root]);
            taken.extend(self.indices.values().cloned());
            taken.extend(self.arena.given.iter().map(|(name, _)| name.clone()));
            taken
        });
        name::fresh(taken, stem, "_")
    }

    pub fn is_taken(&self, name: &str) -> bool {
        self.arena.symbols.iter().any(|s| s.name == name)
    }

    /// The name of a function, or another of its names where a variable is called like it.
    fn function_name(&self, id: NodeId) -> &'static str {
        let op = self.arena.op(id);
        let mut names = std::iter::once(&op.name).chain(op.aliases);
        names.find(|name| !self.is_taken(name)).copied().unwrap_or(op.name)
    }

    fn within(&mut self, open: &str, args: &[NodeId], separator: &str, close: &str) -> Printed {
        let list = self.listed(args, separator);
        Printed::new(join!(self.rope, open, list, close), Level::Atom)
    }

    fn listed(&mut self, args: &[NodeId], separator: &str) -> Piece {
        if let [one] = args {
            return self.at(*one, Level::Compare);
        }
        let pieces: Vec<Piece> = args.iter().map(|&a| self.at(a, Level::Compare)).collect();
        self.rope.list(&pieces, separator)
    }

    fn number(&mut self, n: Number) -> Printed {
        let (negative, shown) = number::shown(n);
        let (piece, level) = match shown {
            Shown::Whole(text) | Shown::Decimal(text) => (self.rope.letters(&text), Level::Atom),
            Shown::Fraction(n, d) => (join!(self.rope, &n, "/", &d), Level::Product),
            Shown::Scientific(mantissa, power) => (join!(self.rope, &mantissa, "e", &power.to_string()), Level::Atom),
            Shown::Infinite => (self.rope.letters("1/0"), Level::Product),
            Shown::NotANumber => (self.rope.letters("0/0"), Level::Product),
        };
        Printed::new(piece, level).negative(negative)
    }

    fn place_name(&self, place: Place) -> String {
        match place {
            Place::Fixed(k) => k.to_string(),
            Place::Index(i, 0) => self.indices[&i].clone(),
            Place::Index(i, offset) => format!("{}{offset:+}", self.indices[&i]),
        }
    }

    fn delta(&mut self, places: &[Option<Place>]) -> Printed {
        let names: Vec<String> = places.iter().flatten().map(|&p| self.place_name(p)).collect();
        let size = places.iter().flatten().find_map(|p| match p {
            Place::Index(i, _) => Some(self.arena.dims.show(self.arena.indices[i.0 as usize].dim)),
            Place::Fixed(_) => None,
        });
        // Where a variable is called delta, an entry of the identity says the same.
        let letters = match size.filter(|_| self.is_taken("delta")) {
            Some(size) => format!("eye({size})[{}]", names.join(", ")),
            None => format!("delta({})", names.join(", ")),
        };
        self.atom(&letters)
    }

    fn add(&mut self, terms: &[NodeId]) -> Printed {
        let mut parts: Vec<Part> = Vec::with_capacity(2 * terms.len());
        for (at, &term) in terms.iter().enumerate() {
            let printed = self.get(term);
            let sign = match (at, printed.negative) {
                (0, true) => "-",
                (0, false) => "",
                (_, true) => " - ",
                (_, false) => " + ",
            };
            let body = self.place(printed.negative(false), Level::Dot);
            parts.extend([sign.into(), body.into()]);
        }
        Printed::new(self.rope.join(&parts), Level::Sum)
    }

    /// Scalars first, then tensors entry by entry: read from the left, every sign has the shapes it needs.
    fn multiply(&mut self, args: &[NodeId]) -> Printed {
        let is_scalar = |id: &NodeId| self.arena.shape(*id).is_scalar();
        if args.iter().all(is_scalar) {
            return self.chain(args, " * ");
        }
        let (scalars, tensors): (Vec<NodeId>, Vec<NodeId>) = args.iter().copied().partition(is_scalar);
        let tensors = self.chain(&tensors, " .* ");
        if scalars.is_empty() {
            return tensors;
        }
        let front = self.chain(&scalars, " * ");
        let scalar = self.place(front.negative(false), Level::Product);
        let tensor = self.place(tensors, Level::Product);
        Printed::new(join!(self.rope, scalar, " * ", tensor), Level::Product).negative(front.negative)
    }

    /// Factors from the left; the sign of the first is the sign of all.
    fn chain(&mut self, factors: &[NodeId], sign: &str) -> Printed {
        let first = self.get(factors[0]);
        if factors.len() == 1 {
            return first;
        }
        let mut pieces = Vec::with_capacity(factors.len());
        pieces.push(self.place(first.negative(false), Level::Product));
        pieces.extend(factors[1..].iter().map(|&factor| self.at(factor, Level::Power)));
        Printed::new(self.rope.list(&pieces, sign), Level::Product).negative(first.negative)
    }

    fn divide(&mut self, args: &[NodeId]) -> Printed {
        let first = self.get(args[0]);
        let numerator = self.place(first.negative(false), Level::Product);
        let divisor = self.at(args[1], Level::Power);
        let sign = if self.arena.shape(args[1]).is_scalar() { " / " } else { " ./ " };
        Printed::new(join!(self.rope, numerator, sign, divisor), Level::Product).negative(first.negative)
    }

    fn power(&mut self, id: NodeId) -> Printed {
        let args = implicit(self.arena, self.arena.args(id));
        let base = self.at(args[0], Level::Postfix);
        // A prime behind an exponent would transpose the power.
        let is_transposed = form(self.arena.op(args[1])) == Form::Transpose;
        let exponent = self.at(args[1], if is_transposed { Level::Atom } else { Level::Power });
        let sign = if self.arena.shape(id).is_scalar() { "^" } else { ".^" };
        Printed::new(join!(self.rope, base, sign, exponent), Level::Power)
    }

    fn pick(&mut self, base: NodeId, places: &[Option<Place>]) -> Printed {
        let words: Vec<String> =
            places.iter().map(|p| p.map_or_else(|| ":".to_owned(), |p| self.place_name(p))).collect();
        let in_brackets = matches!(form(self.arena.op(base)), Form::List | Form::Stack | Form::Grid);
        let base = self.at(base, Level::Atom);
        let base = if in_brackets { join!(self.rope, "(", base, ")") } else { base };
        let subscripts = format!("[{}]", words.join(","));
        Printed::new(join!(self.rope, base, &subscripts), Level::Postfix)
    }

    fn sum_over(&mut self, bound: &[IndexId], body: NodeId) -> Printed {
        let mut piece = self.at(body, Level::Compare);
        for index in bound.iter().rev() {
            let size = self.arena.dims.show(self.arena.indices[index.0 as usize].dim);
            piece = join!(self.rope, "sum(", &self.indices[index], ", 1, ", &size, ", ", piece, ")");
        }
        Printed::new(piece, Level::Atom)
    }

    fn tensor(&mut self, bound: &[IndexId], body: NodeId) -> Printed {
        let size = |i: &IndexId| self.arena.dims.show(self.arena.indices[i.0 as usize].dim);
        let indices: Vec<String> = bound.iter().map(|i| format!("{}:{}", self.indices[i], size(i))).collect();
        let body = self.at(body, Level::Compare);
        Printed::new(join!(self.rope, "tensor(", &indices.join(", "), ", ", body, ")"), Level::Atom)
    }

    /// A derivative not yet taken: no part of the language, only of steps. A long value stands behind the operator.
    fn pending(&mut self, d: &str, args: &[NodeId]) -> Printed {
        let base = |id: NodeId| if form(self.arena.op(id)) == Form::Pick { self.arena.args(id)[0] } else { id };
        let named = self.arena.symbol_of(base(args[0])).is_some();
        let (value, variable) = (self.get(args[0]), self.at(args[1], Level::Postfix));
        let value = self.signed(value);
        let body = if named {
            join!(self.rope, d, value, "/", d, variable)
        } else {
            join!(self.rope, d, "/", d, variable, " (", value, ")")
        };
        Printed::new(body, Level::Postfix)
    }
}

/// `f`, `f''`, `D(f)`, `D(D(f, 1), 2)`
fn derivative_of(function: &str, slots: &[usize], args: usize, scalar: bool) -> String {
    if scalar && args == 1 {
        return format!("{function}{}", "'".repeat(slots.len()));
    }
    slots.iter().fold(function.to_owned(), |inner, slot| match args {
        1 => format!("D({inner})"),
        _ => format!("D({inner}, {slot})"),
    })
}
