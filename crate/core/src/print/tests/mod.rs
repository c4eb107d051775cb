//! Tables of nodes and how they are printed.

mod cases;
mod code;
mod latex;
mod numpy;
mod text;

use super::{Form, form};
use crate::expr::{Arena, FunctionId, NodeId, Place};
use crate::number::Number;
use crate::op::{Data, Notation, Op};
use crate::ops::{self, build, products};
use crate::shape::{Dim, Dims, Shape};

/// A node built on a fresh board, and how it is printed.
pub type Row<'a> = (fn(&mut Board) -> NodeId, &'a str);

/// An arena with a few usual variables: scalars b, c, t, z; vectors w, x, y in n; matrices A (m × n), B (n × n).
pub struct Board {
    pub arena: Arena,
    pub m: Dim,
    pub n: Dim,
}

impl Board {
    pub fn new() -> Board {
        let mut dims = Dims::default();
        let (m, n) = (dims.declare("m"), dims.declare("n"));
        let mut arena = Arena::new(dims);
        for name in ["b", "c", "t", "z"] {
            arena.new_symbol(name, Shape::SCALAR, None);
        }
        for name in ["w", "x", "y"] {
            arena.new_symbol(name, Shape::vector(n), None);
        }
        arena.new_symbol("A", Shape::matrix(m, n), None);
        arena.new_symbol("B", Shape::matrix(n, n), None);
        Board { arena, m, n }
    }

    pub fn var(&mut self, name: &str) -> NodeId {
        let at = self.arena.symbols.iter().position(|s| s.name == name).expect("a variable of the board");
        self.arena.symbol(crate::expr::SymbolId(at as u32))
    }

    pub fn vars<const N: usize>(&mut self, names: [&str; N]) -> [NodeId; N] {
        names.map(|name| self.var(name))
    }

    pub fn apply(&mut self, op: &'static Op, args: &[NodeId]) -> NodeId {
        if args.len() > 1 {
            return self.arena.elementwise(op, args).expect("shapes fit");
        }
        self.arena.must(op, args, Data::None)
    }

    pub fn ratio(&mut self, n: i64, d: i64) -> NodeId {
        self.arena.number(Number::ratio(n, d))
    }

    /// `base ^ exponent`
    pub fn raised(&mut self, base: NodeId, exponent: i64) -> NodeId {
        let exponent = self.arena.int(exponent);
        self.arena.power(base, exponent)
    }

    pub fn dot(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.arena.must(&products::DOT, &[a, b], Data::None)
    }

    pub fn pick(&mut self, base: NodeId, places: &[Option<Place>]) -> NodeId {
        self.arena.must(&build::PICK, &[base], Data::Subscripts(places.to_vec()))
    }

    pub fn list(&mut self, entries: &[NodeId]) -> NodeId {
        self.arena.must(&build::LIST, entries, Data::None)
    }

    pub fn function(&mut self, name: &str, args: Vec<Shape>, result: Shape) -> FunctionId {
        self.arena.functions.push(crate::expr::Function { name: name.to_owned(), args, result });
        FunctionId(self.arena.functions.len() as u32 - 1)
    }

    /// `w · x + b`
    pub fn affine(&mut self) -> NodeId {
        let [w, x, b] = self.vars(["w", "x", "b"]);
        let dot = self.dot(w, x);
        self.arena.add(&[dot, b])
    }
}

/// Rows of a table: what is printed must be what is written.
pub fn compare(rows: &[(String, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(printed, expected)| printed != expected)
        .map(|(printed, expected)| format!("printed  {printed}\nexpected {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// An operator that says the printer knows it must be known here.
#[test]
fn every_operator_has_a_notation() {
    for op in ops::all() {
        let own_words = matches!(op.notation, Notation::Call { .. });
        assert_eq!(form(op) == Form::Call, own_words, "{}", op.name);
    }
}
