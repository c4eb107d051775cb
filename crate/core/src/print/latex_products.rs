//! LaTeX of products, quotients and powers: what goes in front, what goes below the line.

use super::latex::Writer;
use super::number::{self, Shown};
use super::rope::{Piece, join};
use super::{Edge, Form, Level, Printed, Reach, form, implicit};
use crate::expr::NodeId;
use crate::number::Number;
use crate::ops::linalg;

/// A factor with its space before it decided later.
struct Factor {
    printed: Printed,
    /// The numbers 0 and 1, which would be overlooked beside another factor.
    faint: bool,
}

impl Writer<'_> {
    /// Scalars in front (fractions collected), then tensors with `⊙` and `⊘` between them.
    pub(super) fn multiply(&mut self, id: NodeId) -> Printed {
        let args = implicit(self.arena, self.arena.args(id));
        let (mut above, mut below) = (Vec::new(), Vec::new());
        let (mut tensors, mut divisors) = (Vec::new(), Vec::new());
        let mut fractions: Vec<(usize, String, String)> = Vec::new();
        let mut negative = false;
        let mut coefficient = None;
        for (at, &arg) in args.iter().enumerate() {
            let scalar = self.arena.shape(arg).is_scalar();
            if let Some(divisor) = self.divisor(arg) {
                if scalar {
                    below.push(divisor)
                } else {
                    divisors.push(divisor)
                }
                continue;
            }
            let printed = self.term(id, at, arg);
            if !scalar {
                tensors.push(printed);
                continue;
            }
            let number = self.arena.number_of(arg).filter(|_| form(self.arena.op(arg)) == Form::Number);
            if let Some((_, Shown::Fraction(n, d))) = number.map(number::shown) {
                fractions.push((above.len(), n, d));
            }
            if above.is_empty() {
                coefficient = number;
            }
            above.push(Factor { printed, faint: number.is_some_and(|n| n.is_zero() || n.is_one()) });
        }
        // The sign of the first factor is the sign of the product, and a factor −1 is only a sign.
        if let Some(first) = above.first_mut().map(|f| &mut f.printed).or(tensors.first_mut()) {
            negative = std::mem::take(&mut first.negative);
        }
        if coefficient == Some(Number::MINUS_ONE) && args.len() > 1 {
            above.remove(0);
            fractions.iter_mut().for_each(|(at, ..)| *at = at.saturating_sub(1));
        }
        if !below.is_empty() {
            self.split_fractions(&fractions, &mut above, &mut below);
        }
        let front = self.front(above, below, tensors.is_empty() && divisors.is_empty());
        self.with_tensors(front, tensors, divisors).negative(negative)
    }

    /// What a negative power in a product puts below the line.
    fn divisor(&mut self, id: NodeId) -> Option<Printed> {
        if form(self.arena.op(id)) != Form::Power {
            return None;
        }
        let exponent = self.arena.number_of(self.arena.args(id)[1]).filter(|n| n.is_negative())?;
        let power = self.raised(id, exponent.negated());
        Some(self.marked(id, power))
    }

    /// Rational coefficients beside a denominator: 2/3 · 1/x is 2/(3x).
    fn split_fractions(
        &mut self,
        fractions: &[(usize, String, String)],
        above: &mut Vec<Factor>,
        below: &mut Vec<Printed>,
    ) {
        for (at, n, d) in fractions.iter().rev() {
            let digits = |writer: &mut Self, text: &str| writer.atom(text).edges(Edge::Digit, Edge::Digit);
            let (numerator, denominator) = (digits(self, n), digits(self, d));
            below.insert(0, denominator);
            if n == "1" {
                above.remove(*at);
            } else {
                above[*at] = Factor { printed: numerator, faint: false };
            }
        }
    }

    /// The scalar factors, as a row or as a fraction. `None` where there are none.
    fn front(&mut self, above: Vec<Factor>, below: Vec<Printed>, alone: bool) -> Option<Printed> {
        if below.is_empty() {
            return (!above.is_empty()).then(|| self.row(above, alone));
        }
        let below = below.into_iter().map(|printed| Factor { printed, faint: false }).collect();
        let (numerator, denominator) =
            (if above.is_empty() { self.atom("1") } else { self.row(above, true) }, self.row(below, true));
        let (numerator, denominator) = (self.signed(numerator), self.signed(denominator));
        let body = join!(self.rope, "\\frac{", numerator, "}{", denominator, "}");
        Some(Printed::new(body, Level::Prefix).tall(true))
    }

    /// Factors side by side; a single one stays as it is.
    fn row(&mut self, mut factors: Vec<Factor>, alone: bool) -> Printed {
        if factors.len() == 1 && alone {
            return factors.remove(0).printed;
        }
        let count = factors.len();
        let mut row: Vec<(Printed, bool)> = Vec::new();
        for (at, Factor { printed, faint }) in factors.into_iter().enumerate() {
            let last = alone && at + 1 == count;
            let reach = if last { Reach::Terms } else { Reach::Closed };
            row.push((self.bracketed(printed, Level::Product, reach), faint));
        }
        self.side_by_side(&row)
    }

    /// Joins factors with the space that keeps them apart: none, a thin one, or a dot before digits.
    fn side_by_side(&mut self, row: &[(Printed, bool)]) -> Printed {
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, (printed, _)) in row.iter().enumerate() {
            if at > 0 {
                let (before, faint) = &row[at - 1];
                let space = match (before.edges.1, printed.edges.0) {
                    (_, Edge::Digit) => " \\cdot ",
                    _ if *faint => " \\cdot ",
                    (Edge::Digit, Edge::Letter | Edge::Bracket) | (Edge::Letter, Edge::Letter) => " ",
                    _ => self.thin(),
                };
                pieces.push(self.rope.letters(space));
            }
            pieces.push(printed.body);
        }
        let (first, last) = (row[0].0, row[row.len() - 1].0);
        if row.len() == 1 {
            return first;
        }
        let body = self.rope.list(&pieces, "");
        let tall = row.iter().any(|(p, _)| p.tall);
        Printed::new(body, Level::Product).tall(tall).reach(last.reach).edges(first.edges.0, last.edges.1)
    }

    fn with_tensors(&mut self, front: Option<Printed>, tensors: Vec<Printed>, divisors: Vec<Printed>) -> Printed {
        let single = tensors.len() == 1 && divisors.is_empty();
        let mut pieces = Vec::new();
        let mut tall = false;
        for (at, &tensor) in tensors.iter().enumerate() {
            let last = at + 1 == tensors.len() && divisors.is_empty();
            let reach = if last { Reach::Terms } else { Reach::Factors };
            let tensor = match (single, front.is_some()) {
                (true, false) => return tensor,
                _ => self.bracketed(tensor, Level::Product, reach),
            };
            tall |= tensor.tall;
            if single && let Some(front) = front {
                return self.side_by_side(&[(front, self.is_faint(front)), (tensor, false)]);
            }
            pieces.push(tensor.body);
        }
        if pieces.is_empty() && divisors.is_empty() {
            return front.unwrap_or_else(|| self.atom("1"));
        }
        let mut body = self.rope.list(&pieces, " \\odot ");
        if let Some(front) = front {
            tall |= front.tall;
            body = if pieces.is_empty() { front.body } else { join!(self.rope, front.body, self.thin(), body) };
        } else if pieces.is_empty() {
            body = self.rope.letters("1");
        }
        for divisor in divisors {
            tall |= divisor.tall;
            let divisor = self.place(divisor, Level::Prefix, Reach::Closed);
            body = join!(self.rope, body, " \\oslash ", divisor);
        }
        Printed::new(body, Level::Elementwise).tall(tall)
    }

    fn is_faint(&self, printed: Printed) -> bool {
        printed.edges == (Edge::Digit, Edge::Digit) && matches!(self.rope.write(printed.body).as_str(), "0" | "1")
    }

    pub(super) fn divide(&mut self, id: NodeId) -> Printed {
        let args = implicit(self.arena, self.arena.args(id));
        let [above, below] = [0, 1].map(|k| self.term(id, k, args[k]));
        let negative = above.negative;
        let above = Printed { negative: false, ..above };
        if !self.arena.shape(args[1]).is_scalar() {
            let numerator = self.place(above, Level::Elementwise, Reach::Factors);
            let divisor = self.place(below, Level::Prefix, Reach::Closed);
            let body = join!(self.rope, numerator, " \\oslash ", divisor);
            return Printed::new(body, Level::Elementwise).tall(above.tall || below.tall).negative(negative);
        }
        let denominator = self.signed(below);
        let body = join!(self.rope, "\\frac{", above.body, "}{", denominator, "}");
        Printed::new(body, Level::Prefix).tall(true).negative(negative)
    }

    pub(super) fn power(&mut self, id: NodeId) -> Printed {
        let args = implicit(self.arena, self.arena.args(id));
        let exponent = self.arena.number_of(args[1]);
        if exponent == Some(Number::MINUS_ONE) && self.arena.shape(id).is_scalar() {
            let base = self.get(args[0]);
            let base = self.signed(base);
            return Printed::new(join!(self.rope, "\\frac{1}{", base, "}"), Level::Prefix).tall(true);
        }
        match exponent.filter(|_| form(self.arena.op(args[1])) == Form::Number) {
            Some(n) => self.raised(id, n),
            None => {
                let exponent = self.get(args[1]);
                let exponent = self.signed(exponent);
                self.with_exponent(id, exponent)
            }
        }
    }

    /// The base of a power with another exponent.
    fn raised(&mut self, id: NodeId, exponent: Number) -> Printed {
        if exponent.is_one() {
            return self.get(implicit(self.arena, self.arena.args(id))[0]);
        }
        let exponent = self.number_value(exponent, true);
        let exponent = self.signed(exponent);
        self.with_exponent(id, exponent)
    }

    fn with_exponent(&mut self, id: NodeId, exponent: Piece) -> Printed {
        let args = implicit(self.arena, self.arena.args(id));
        let base = self.get(args[0]);
        let held = self.bracketed(base, Level::Postfix, Reach::Closed);
        let sign = if self.arena.shape(id).is_scalar() { "^{" } else { "^{\\odot " };
        let body = join!(self.rope, held.body, sign, exponent, "}");
        let right = if held.edges.1 == Edge::Letter { Edge::Letter } else { Edge::Other };
        Printed::new(body, Level::Power).tall(base.tall).edges(held.edges.0, right)
    }

    /// `A^{k}` of a square matrix.
    pub(super) fn matrix_power(&mut self, id: NodeId) -> Printed {
        let base = self.get(self.arena.args(id)[0]);
        let held = self.bracketed(base, Level::Postfix, Reach::Closed);
        let exponent = linalg::exponent(&self.arena.get(id).data).to_string();
        Printed::new(join!(self.rope, held.body, "^{", &exponent, "}"), Level::Power).tall(base.tall)
    }

    /// Factors of linear algebra, side by side; the sign of the first is the sign of the product.
    pub(super) fn product(&mut self, id: NodeId) -> Printed {
        let args = self.arena.args(id).to_vec();
        let negative = self.get(args[0]).negative;
        let mut row = Vec::new();
        for (at, &arg) in args.iter().enumerate() {
            let printed = self.get(arg);
            let printed = if at == 0 { Printed { negative: false, ..printed } } else { printed };
            let scaled = at == 0 && printed.level == Level::Product;
            let least = if scaled { Level::Product } else { Level::Prefix };
            let reach = if at + 1 == args.len() { Reach::Terms } else { Reach::Factors };
            row.push((self.bracketed(printed, least, reach), false));
        }
        let reach = if row[row.len() - 1].0.reach == Reach::Terms { Reach::Terms } else { Reach::Factors };
        let row = self.side_by_side(&row);
        Printed { level: Level::Product, ..row }.reach(reach).negative(negative)
    }
}
