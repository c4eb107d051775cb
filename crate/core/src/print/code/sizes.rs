//! Numbers, sizes, expanded scalars and places.

use super::Writer;
use crate::expr::{IndexId, NodeId, Place};
use crate::number::Number;
use crate::print::number::{self, Shown};
use crate::print::rope::{Piece, join};
use crate::print::{Level, Printed};
use crate::shape::{Dim, Shape};

/// Whole numbers with more digits are written as floats: not every integer type of the dialects holds them.
const WHOLE_DIGITS: usize = 15;

impl Writer<'_> {
    pub(super) fn number(&mut self, n: Number) -> Printed {
        let (negative, shown) = number::shown(n);
        let float = |digits: String| if digits.len() > WHOLE_DIGITS { format!("{digits}.0") } else { digits };
        let (letters, level) = match shown {
            Shown::Whole(text) => (float(text), Level::Atom),
            Shown::Decimal(text) => (text, Level::Atom),
            Shown::Fraction(n, d) => (format!("{} / {}", float(n), float(d)), Level::Product),
            Shown::Scientific(mantissa, power) => (format!("{mantissa}e{power}"), Level::Atom),
            Shown::Infinite => (self.dialect.infinity.to_owned(), Level::Atom),
            Shown::NotANumber => (self.dialect.not_a_number.to_owned(), Level::Atom),
        };
        Printed::new(self.rope.letters(&letters), level).negative(negative)
    }

    /// A dimension as a whole number; where a variable has its name, it is read off a variable that has it as a size.
    pub(super) fn dimension(&mut self, dim: Dim) -> Printed {
        let terms = self.arena.dims.terms(dim);
        let mut sum: Vec<Piece> = Vec::new();
        for (factor, names) in &terms {
            let number = (factor.abs() != 1 || names.is_empty()).then(|| factor.abs().to_string());
            let mut words: Vec<Piece> = number.iter().map(|n| self.rope.letters(n)).collect();
            words.extend(names.iter().map(|&name| self.plain_dimension(name)));
            let product = self.rope.list(&words, " * ");
            let sign = match (sum.is_empty(), *factor < 0) {
                (true, false) => "",
                (true, true) => "-",
                (false, false) => " + ",
                (false, true) => " - ",
            };
            sum.push(join!(self.rope, sign, product));
        }
        let level = match &terms[..] {
            [(1, names)] if names.len() == 1 => Level::Atom,
            [(_, names)] if names.is_empty() => Level::Atom,
            [_] => Level::Product,
            _ => Level::Sum,
        };
        Printed::new(self.rope.list(&sum, ""), level)
    }

    fn plain_dimension(&mut self, dim: Dim) -> Piece {
        let shown = self.arena.dims.show(dim);
        match self.carrier(dim).filter(|_| self.is_variable(&shown)) {
            Some((variable, axis)) => {
                let variable = self.identifier(&variable).body;
                let axis = self.rope.letters(&(axis as u64 + self.dialect.first).to_string());
                self.say(self.dialect.size_of, &[variable, axis])
            }
            None => self.identifier(&shown).body,
        }
    }

    /// A variable of which one axis has this dimension.
    fn carrier(&self, dim: Dim) -> Option<(String, usize)> {
        let variables = self.arena.symbols.iter().filter(|s| s.definition.is_none());
        variables.into_iter().find_map(|s| {
            let axis = s.shape.0.iter().position(|&d| self.arena.dims.resolve(d) == dim)?;
            Some((s.name.clone(), axis))
        })
    }

    /// `n` or `(m, n)`
    pub(super) fn sizes(&mut self, shape: &Shape) -> Piece {
        let sizes: Vec<Piece> = shape.0.iter().map(|&d| self.dimension(d).body).collect();
        let list = self.rope.list(&sizes, ", ");
        if sizes.len() == 1 { list } else { self.say(self.dialect.sizes, &[list]) }
    }

    pub(super) fn expand(&mut self, id: NodeId) -> Printed {
        let scalar = self.arena.args(id)[0];
        let shape = self.arena.shape(id).clone();
        let sizes = self.sizes(&shape);
        let number = self.arena.number_of(scalar);
        if number.is_some_and(Number::is_zero) {
            return self.said(self.dialect.zeros, &[sizes]);
        }
        let ones = self.said(self.dialect.ones, &[sizes]);
        if number.is_some_and(Number::is_one) {
            return ones;
        }
        let printed = self.get(scalar);
        let factor = self.place(printed.negative(false), Level::Product);
        Printed::new(join!(self.rope, factor, " * ", ones.body), Level::Product).negative(printed.negative)
    }

    /// A bound index as a number: it counts from 1, whatever places do.
    pub(super) fn index(&mut self, index: IndexId) -> Printed {
        match 1 - self.dialect.first {
            0 => self.atom(&self.indices[&index].clone()),
            shift => Printed::new(self.rope.letters(&format!("{} + {shift}", self.indices[&index])), Level::Sum),
        }
    }

    /// A place as the dialect counts.
    pub(super) fn place_name(&self, place: Option<Place>) -> String {
        match place {
            None => ":".to_owned(),
            Some(Place::Fixed(k)) => (k - 1 + self.dialect.first).to_string(),
            Some(Place::Index(i, 0)) => self.indices[&i].clone(),
            Some(Place::Index(i, offset)) if offset < 0 => format!("{} - {}", self.indices[&i], -offset),
            Some(Place::Index(i, offset)) => format!("{} + {offset}", self.indices[&i]),
        }
    }
}
