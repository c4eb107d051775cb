//! What has a notation of its own: sums, products by entries, powers, comparisons, components.

use super::Writer;
use super::dialect::Vectors;
use crate::error::Result;
use crate::expr::NodeId;
use crate::op::Data;
use crate::print::rope::{Piece, join};
use crate::print::{Form, Level, Printed, form, implicit};

impl Writer<'_> {
    pub(super) fn print(&mut self, id: NodeId) -> Result<Printed> {
        let args = self.arena.args(id).to_vec();
        Ok(match (form(self.arena.op(id)), &self.arena.get(id).data.clone()) {
            (Form::Number, Data::Number(n)) => self.number(*n),
            (Form::Pi, _) => self.atom(self.dialect.pi),
            (Form::E, _) => self.atom(self.dialect.euler),
            (Form::Symbol, Data::Symbol(s)) => {
                let symbol = &self.arena.symbols[s.0 as usize];
                match symbol.definition {
                    Some(definition) => self.get(definition),
                    None => self.identifier(&symbol.name),
                }
            }
            (Form::Dimension, Data::Dim(dim)) => self.dimension(*dim),
            (Form::Index, Data::Index(i)) => self.index(*i),
            (Form::Delta, Data::Subscripts(places)) => {
                let places: Vec<String> = places.iter().map(|p| self.place_name(*p)).collect();
                let places = self.rope.letters(&places.join(" == "));
                self.said(self.dialect.truth, &[places])
            }
            (Form::Add, _) => self.add(&implicit(self.arena, &args)),
            (Form::Negate, _) => {
                let printed = self.get(args[0]);
                let body = self.place(printed, Level::Product);
                let level = if printed.signed_level() < Level::Product { Level::Atom } else { printed.level };
                Printed::new(body, level).negative(true)
            }
            (Form::Multiply, _) => self.factors(&implicit(self.arena, &args), "*"),
            (Form::Divide, _) => self.divide(&implicit(self.arena, &args)),
            (Form::Power, _) => self.power(&implicit(self.arena, &args)),
            (Form::Expand, _) => self.expand(id),
            (Form::Compare(_), _) => {
                let is_plain = self.plain.contains(&id);
                let condition = self.condition(id);
                self.said(if is_plain { self.dialect.truth } else { self.dialect.truths }, &[condition])
            }
            (Form::Cases, _) => self.choice(id),
            (Form::Product, _) => self.chain(id),
            (Form::Dot, _) => self.dot(&args),
            (Form::Transpose, _) => self.transpose(id),
            (Form::List, _) => self.listed(self.dialect.list, &args),
            (Form::Stack, _) if self.arena.shape(id).is_vector() => self.listed(self.dialect.stack, &args),
            (Form::Stack, _) => self.listed(self.dialect.stack_rows, &args),
            (Form::Grid, Data::Grid(_, columns)) => self.grid(&args, (*columns).max(1)),
            (Form::Pick, Data::Subscripts(places)) => {
                let words: Vec<String> = places.iter().map(|p| self.place_name(*p)).collect();
                let base = self.at(args[0], Level::Postfix);
                Printed::new(join!(self.rope, base, "[", &words.join(", "), "]"), Level::Postfix)
            }
            (Form::Identity, Data::Dim(dim)) => {
                let size = self.dimension(*dim).body;
                self.said(self.dialect.identity, &[size])
            }
            (Form::Abstract, _) => self.abstract_call(id),
            (Form::Call | Form::Kron | Form::MatrixPower | Form::Unvec | Form::Split | Form::AllBut, _) => {
                self.call(id)?
            }
            _ => return Err(self.unsupported(id)),
        })
    }

    /// The dot before an operator that works by entries, where the dialect wants one: not between numbers, nor where
    /// linear algebra has the same operator.
    fn dot_of(&self, needed: bool) -> &'static str {
        if needed && self.dialect.has_columns() { "." } else { "" }
    }

    fn is_scalar(&self, id: NodeId) -> bool {
        self.arena.shape(id).is_scalar()
    }

    fn are_mixed(&self, args: &[NodeId]) -> bool {
        args.iter().any(|&a| self.is_scalar(a) != self.is_scalar(args[0]))
    }

    fn add(&mut self, terms: &[NodeId]) -> Printed {
        let dot = self.dot_of(self.are_mixed(terms));
        let mut pieces = Vec::new();
        for (at, &term) in terms.iter().enumerate() {
            let printed = self.get(term);
            let body = self.place(printed.negative(false), Level::Dot);
            let sign = if printed.negative { "-" } else { "+" };
            pieces.push(match (at, printed.negative) {
                (0, true) => self.minus(Printed { body, ..printed }),
                (0, false) => body,
                _ => join!(self.rope, " ", dot, sign, " ", body),
            });
        }
        Printed::new(self.rope.list(&pieces, ""), Level::Sum)
    }

    /// Factors from the left; the sign of the first is the sign of all.
    pub(super) fn factors(&mut self, args: &[NodeId], sign: &str) -> Printed {
        let first = self.get(args[0]);
        let mut product = self.place(first.negative(false), Level::Product);
        let mut is_scalar = self.is_scalar(args[0]);
        for &arg in &args[1..] {
            let factor = self.at(arg, Level::Power);
            let dot = self.dot_of(!is_scalar && !self.is_scalar(arg));
            product = join!(self.rope, product, " ", dot, sign, " ", factor);
            is_scalar &= self.is_scalar(arg);
        }
        Printed::new(product, Level::Product).negative(first.negative)
    }

    fn divide(&mut self, args: &[NodeId]) -> Printed {
        let is_plain = args.iter().all(|a| self.plain.contains(a));
        if let Some(quotient) = self.dialect.quotient.filter(|_| is_plain && !self.divides_safely(args[1])) {
            let parts = [self.as_array(args[0], Level::Compare), self.at(args[1], Level::Compare)];
            return self.said(quotient, &parts);
        }
        let first = self.get(args[0]);
        let dividend = self.place(first.negative(false), Level::Product);
        let divisor = self.at(args[1], Level::Power);
        let dot = self.dot_of(!self.is_scalar(args[1]));
        Printed::new(join!(self.rope, dividend, " ", dot, "/ ", divisor), Level::Product).negative(first.negative)
    }

    /// An operator for small whole exponents; else a power that knows no whole numbers, so that `2 ** -1` is one half.
    fn power(&mut self, args: &[NodeId]) -> Printed {
        let is_whole = self.whole_exponent(args[1]);
        match &self.dialect.vectors {
            Vectors::OneAxis { .. } if is_whole => {
                let (base, exponent) = (self.at(args[0], Level::Postfix), self.at(args[1], Level::Postfix));
                Printed::new(join!(self.rope, base, "**", exponent), Level::Power)
            }
            Vectors::OneAxis { power, .. } => {
                // One array is enough.
                let is_plain = self.plain.contains(&args[1]);
                let base =
                    if is_plain { self.as_array(args[0], Level::Compare) } else { self.at(args[0], Level::Compare) };
                let exponent = self.at(args[1], Level::Compare);
                self.said(power, &[base, exponent])
            }
            Vectors::Columns { .. } => {
                let base = if self.plain.contains(&args[0]) && !is_whole {
                    let number = self.at(args[0], Level::Compare);
                    join!(self.rope, "float(", number, ")")
                } else {
                    self.at(args[0], Level::Postfix)
                };
                let exponent = self.at(args[1], Level::Postfix);
                let by_entries = args.iter().any(|&a| !self.is_scalar(a));
                let sign = if by_entries { " .^ " } else { "^" };
                Printed::new(join!(self.rope, base, sign, exponent), Level::Power)
            }
        }
    }

    /// A comparison as truth values.
    fn condition(&mut self, id: NodeId) -> Piece {
        if let Form::Compare(comparison) = form(self.arena.op(id)) {
            let args = implicit(self.arena, self.arena.args(id));
            let dot = self.dot_of(args.iter().any(|&a| !self.is_scalar(a)));
            let [left, right] = [0, 1].map(|k| self.at(args[k], Level::Sum));
            return join!(self.rope, left, " ", dot, comparison.sign(), " ", right);
        }
        let dot = self.dot_of(!self.is_scalar(id));
        let value = self.at(id, Level::Sum);
        join!(self.rope, value, " ", dot, "!= 0")
    }

    fn is_plain_condition(&self, id: NodeId) -> bool {
        match form(self.arena.op(id)) {
            Form::Compare(_) => implicit(self.arena, self.arena.args(id)).iter().all(|a| self.plain.contains(a)),
            _ => self.plain.contains(&id),
        }
    }

    fn choice(&mut self, id: NodeId) -> Printed {
        let args = implicit(self.arena, self.arena.args(id));
        let condition = self.condition(args[0]);
        let [yes, no] = [1, 2].map(|k| self.as_array(args[k], Level::Compare));
        let plain = self.dialect.plain_choice.filter(|_| self.is_plain_condition(args[0]));
        let template = plain.unwrap_or(self.dialect.choice);
        let dotted = self.dialect.has_columns() && self.is_scalar(id);
        let template = if dotted { template.replace(".(", "(") } else { template.to_owned() };
        self.said(&template, &[condition, yes, no])
    }

    fn dot(&mut self, args: &[NodeId]) -> Printed {
        match self.dialect.vectors {
            Vectors::OneAxis { .. } => self.factors(args, "@"),
            Vectors::Columns { dot } => {
                let parts = [0, 1].map(|k| self.at(args[k], Level::Compare));
                self.said(dot, &parts)
            }
        }
    }
}
