//! NumPy of numbers, sizes, expanded scalars and places.

use super::number::{self, Shown};
use super::numpy::Writer;
use super::rope::{Piece, join};
use super::{Level, Printed};
use crate::expr::{NodeId, Place};
use crate::number::Number;
use crate::shape::{Dim, Shape};

impl Writer<'_> {
    pub fn number(&mut self, n: Number) -> Printed {
        let (negative, shown) = number::shown(n);
        let (letters, level) = match shown {
            Shown::Whole(text) | Shown::Decimal(text) => (text, Level::Atom),
            Shown::Fraction(n, d) => (format!("{n} / {d}"), Level::Product),
            Shown::Scientific(mantissa, power) => (format!("{mantissa}e{power}"), Level::Atom),
            Shown::Infinite => ("np.inf".to_owned(), Level::Atom),
            Shown::NotANumber => ("np.nan".to_owned(), Level::Atom),
        };
        Printed::new(self.rope.letters(&letters), level).negative(negative)
    }

    /// A dimension as a whole number; where a variable has its name, it is read off a variable that has it as a size.
    pub fn dimension(&mut self, dim: Dim) -> Printed {
        let terms = self.arena.dims.terms(dim);
        let mut sum: Vec<Piece> = Vec::new();
        for (factor, names) in &terms {
            let number = (factor.abs() != 1 || names.is_empty()).then(|| factor.abs().to_string());
            let mut words: Vec<Piece> = number.iter().map(|n| self.rope.letters(n)).collect();
            words.extend(names.iter().map(|&name| self.plain_dimension(name)));
            let product = self.rope.list(&words, " * ");
            let sign = match (sum.is_empty(), *factor < 0) {
                (true, _) => "",
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
                join!(self.rope, variable, ".shape[", &axis.to_string(), "]")
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
    pub fn sizes(&mut self, shape: &Shape) -> Piece {
        let sizes: Vec<Piece> = shape.0.iter().map(|&d| self.dimension(d).body).collect();
        let list = self.rope.list(&sizes, ", ");
        if sizes.len() == 1 { list } else { join!(self.rope, "(", list, ")") }
    }

    pub fn expand(&mut self, id: NodeId) -> Printed {
        let scalar = self.arena.args(id)[0];
        let shape = self.arena.shape(id).clone();
        let sizes = self.sizes(&shape);
        let number = self.arena.number_of(scalar);
        if number.is_some_and(Number::is_zero) {
            return Printed::new(join!(self.rope, "np.zeros(", sizes, ")"), Level::Atom);
        }
        let ones = join!(self.rope, "np.ones(", sizes, ")");
        if number.is_some_and(Number::is_one) {
            return Printed::new(ones, Level::Atom);
        }
        let printed = self.get(scalar);
        let factor = self.place(printed.negative(false), Level::Product);
        Printed::new(join!(self.rope, factor, " * ", ones), Level::Product).negative(printed.negative)
    }

    /// A place counted from 0.
    pub fn place_name(&self, place: Option<Place>) -> String {
        match place {
            None => ":".to_owned(),
            Some(Place::Fixed(k)) => (k - 1).to_string(),
            Some(Place::Index(i, 0)) => self.indices[&i].clone(),
            Some(Place::Index(i, offset)) if offset < 0 => format!("{} - {}", self.indices[&i], -offset),
            Some(Place::Index(i, offset)) => format!("{} + {offset}", self.indices[&i]),
        }
    }
}
