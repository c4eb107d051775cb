//! LaTeX of numbers, sizes and expanded scalars.

use super::latex::Writer;
use super::name::{self, Face};
use super::number::{self, Shown};
use super::rope::{Piece, join};
use super::{Edge, Level, Printed, Reach};
use crate::expr::NodeId;
use crate::number::Number;
use crate::shape::{Dim, Shape};

impl Writer<'_> {
    pub fn number(&mut self, id: NodeId) -> Printed {
        match self.arena.number_of(id) {
            Some(n) => self.number_value(n, false),
            None => self.letter("?"),
        }
    }

    /// `inline`: fractions on one line, as in an exponent.
    pub fn number_value(&mut self, n: Number, inline: bool) -> Printed {
        let (negative, shown) = number::shown(n);
        let digits = |printed: Printed| printed.edges(Edge::Digit, Edge::Digit);
        let printed = match shown {
            Shown::Whole(text) | Shown::Decimal(text) => digits(self.atom(&text)),
            Shown::Fraction(n, d) if inline => {
                digits(Printed::new(join!(self.rope, &n, "/", &d), Level::Product)).edges(Edge::Digit, Edge::Digit)
            }
            Shown::Fraction(n, d) => {
                Printed::new(join!(self.rope, "\\frac{", &n, "}{", &d, "}"), Level::Prefix).tall(true)
            }
            Shown::Scientific(mantissa, power) => {
                let power = power.to_string();
                let body = if mantissa == "1" {
                    join!(self.rope, "10^{", &power, "}")
                } else {
                    join!(self.rope, &mantissa, " \\cdot 10^{", &power, "}")
                };
                Printed::new(body, Level::Product).edges(Edge::Digit, Edge::Other)
            }
            Shown::Infinite => self.atom("\\infty"),
            Shown::NotANumber => self.atom("\\text{nan}"),
        };
        printed.negative(negative)
    }

    pub fn dimension(&mut self, dim: Dim) -> Printed {
        let terms = self.arena.dims.terms(dim);
        let mut text = String::new();
        for (factor, names) in &terms {
            text.push_str(match (text.is_empty(), *factor < 0) {
                (true, _) => "",
                (false, false) => " + ",
                (false, true) => " - ",
            });
            let number = (factor.abs() != 1 || names.is_empty()).then(|| factor.abs().to_string());
            let letters = names.iter().map(|&d| name::latex(&self.arena.dims.show(d), Face::Italic));
            text.push_str(&number.into_iter().chain(letters).collect::<Vec<String>>().join(self.thin()));
        }
        let body = self.rope.letters(&text);
        match &terms[..] {
            [(_, names)] if names.is_empty() => Printed::new(body, Level::Atom).edges(Edge::Digit, Edge::Digit),
            [(1, names)] if names.len() == 1 => Printed::new(body, Level::Atom).edges(Edge::Letter, Edge::Letter),
            [_] => Printed::new(body, Level::Product),
            _ => Printed::new(body, Level::Sum),
        }
    }

    /// A scalar in every entry; alone, with the ones that sums leave out.
    pub fn expand(&mut self, id: NodeId) -> Printed {
        let scalar = self.arena.args(id)[0];
        let shape = self.arena.shape(id).clone();
        let sign = self.arena.number_of(scalar).filter(|n| n.is_zero() || n.is_one());
        if sign.is_some_and(Number::is_zero) {
            return self.filled("\\mathbf{0}", &shape, true);
        }
        let ones = self.filled("\\mathbf{1}", &shape, false);
        if sign.is_some() {
            return ones;
        }
        let factor = self.get(scalar);
        let piece = self.place(Printed { negative: false, ..factor }, Level::Prefix, Reach::Closed);
        let body = join!(self.rope, piece, self.thin(), ones.body);
        Printed::new(body, Level::Product).tall(factor.tall).negative(factor.negative).reach(Reach::Factors)
    }

    fn filled(&mut self, letters: &str, shape: &Shape, zero: bool) -> Printed {
        let row = join!(self.rope, letters, "^{\\top}");
        match shape.order() {
            0 | 1 => self.atom(letters),
            2 if shape.is_row() => Printed::new(row, Level::Power),
            _ if zero => self.atom(letters),
            2 => Printed::new(join!(self.rope, letters, self.thin(), row), Level::Product).reach(Reach::Factors),
            _ => {
                let sizes: Vec<Piece> = shape.0.iter().map(|&d| self.dimension(d).body).collect();
                let sizes = self.rope.list(&sizes, " \\times ");
                Printed::new(join!(self.rope, letters, "_{", sizes, "}"), Level::Atom)
            }
        }
    }
}
