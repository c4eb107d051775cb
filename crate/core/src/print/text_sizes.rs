//! Sizes in our own language: dimensions as numbers, ones, zeros, expanded scalars; also where a variable has taken the
//! name of a dimension.

use super::rope::join;
use super::text::Writer;
use super::{Level, Printed};
use crate::expr::NodeId;
use crate::number::Number;
use crate::shape::{Dim, Shape};

impl Writer<'_> {
    /// A dimension as a number; where a variable has its name, entries are counted.
    pub fn dimension(&mut self, dim: Dim) -> Printed {
        if let Some(ones) = self.ones_like(dim) {
            return self.atom(&format!("sum({ones})"));
        }
        let dims = &self.arena.dims;
        let (level, show) = match &dims.terms(dim)[..] {
            // The names may be taken, each for itself.
            terms if !dims.is_plain(dim) => {
                let words = terms.iter().enumerate().map(|(at, (factor, names))| {
                    let sign = if *factor < 0 { " - " } else { " + " };
                    let number = (factor.abs() != 1 || names.is_empty()).then(|| factor.abs().to_string());
                    let name = |&d: &Dim| match self.ones_like(d) {
                        Some(ones) => format!("sum({ones})"),
                        None => dims.show(d),
                    };
                    let words: Vec<String> = number.into_iter().chain(names.iter().map(name)).collect();
                    format!("{}{}", if at == 0 { "" } else { sign }, words.join(" * "))
                });
                (if terms.len() > 1 { Level::Sum } else { Level::Product }, words.collect())
            }
            _ => (Level::Atom, dims.show(dim)),
        };
        Printed::new(self.rope.letters(&show), level)
    }

    /// The ones of a dimension whose name a variable has taken, so that `ones(n)` cannot be written: some variable of
    /// that size to the power 0. `None` where the name is free (or no variable has the size).
    pub fn ones_like(&self, dim: Dim) -> Option<String> {
        let dim = self.arena.dims.resolve(dim);
        if matches!(dim, Dim::Size(_)) || !self.is_taken(&self.arena.dims.show(dim)) {
            return None;
        }
        let axis = |shape: &Shape| shape.0.iter().position(|&d| self.arena.dims.resolve(d) == dim);
        let variables = self.arena.symbols.iter().filter(|s| s.definition.is_none());
        let carrier = variables.filter(|s| axis(&s.shape).is_some()).min_by_key(|s| s.shape.order())?;
        Some(match (carrier.shape.order(), axis(&carrier.shape)) {
            (1, _) => format!("{}.^0", carrier.name),
            (_, Some(0)) => format!("rowsums({}.^0).^0", carrier.name),
            _ => format!("colsums({}.^0).^0", carrier.name),
        })
    }

    /// `ones(m, n)`, with a stand-in where the name of a dimension is taken.
    fn ones(&self, shape: &Shape) -> (String, Level) {
        let stand_ins: Vec<Option<String>> = shape.0.iter().map(|&d| self.ones_like(d)).collect();
        let one = |at: usize| {
            let size = self.arena.dims.show(shape.0[at]);
            stand_ins[at].as_ref().map_or(format!("ones({size})"), |ones| format!("({ones})"))
        };
        match (&stand_ins[..], shape.order()) {
            (known, 2) if known.iter().any(Option::is_some) => (format!("{} * {}'", one(0), one(1)), Level::Product),
            ([Some(ones)], _) => (ones.clone(), Level::Power),
            _ => {
                let sizes: Vec<String> = shape.0.iter().map(|&d| self.arena.dims.show(d)).collect();
                (format!("ones({})", sizes.join(", ")), Level::Atom)
            }
        }
    }

    /// An array of order 3 or more with every entry the same: `ones` has no words for it, its entries do.
    fn filled(&mut self, id: NodeId) -> Printed {
        let sizes: Vec<String> = self.arena.shape(id).0.iter().map(|&d| self.arena.dims.show(d)).collect();
        let axes: Vec<String> = sizes.iter().map(|size| format!("{}:{size}", self.fresh("i"))).collect();
        let value = self.get(self.arena.args(id)[0]);
        let value = self.place(value, Level::Compare);
        Printed::new(join!(self.rope, "tensor(", &axes.join(", "), ", ", value, ")"), Level::Atom)
    }

    pub fn expand(&mut self, id: NodeId) -> Printed {
        let scalar = self.arena.args(id)[0];
        if self.arena.shape(id).order() > 2 {
            return self.filled(id);
        }
        let (ones, level) = self.ones(self.arena.shape(id));
        let number = self.arena.number_of(scalar);
        if number.is_some_and(Number::is_zero) && ones.starts_with("ones") {
            return self.atom(&ones.replacen("ones", "zeros", 1));
        }
        if number.is_some_and(Number::is_one) {
            return Printed::new(self.rope.letters(&ones), level);
        }
        let first = self.get(scalar);
        let factor = self.place(first.negative(false), Level::Product);
        Printed::new(join!(self.rope, factor, " * ", &ones), Level::Product).negative(first.negative)
    }
}
