//! NumPy of sums, products, powers and transposes. A row `[1, n]` is an array with two axes, but inside a product a
//! transposed vector is used as it stands: `x @ A` needs no second axis.

use super::numpy::Writer;
use super::rope::{Piece, join};
use super::{Form, Level, Printed, form, implicit};
use crate::expr::NodeId;

/// What a running product is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Running {
    Scalar,
    /// One axis, standing upright.
    Vector,
    /// One axis, lying: a row `[1, n]` written without its first axis.
    Lying,
    /// Two axes; `(rows, columns)` says which of them is 1.
    Matrix(bool, bool),
}

impl Writer<'_> {
    pub(super) fn add(&mut self, terms: &[NodeId]) -> Printed {
        let mut pieces = Vec::new();
        for (at, &term) in terms.iter().enumerate() {
            let printed = self.get(term);
            let sign = match (at, printed.negative) {
                (0, true) => "-",
                (0, false) => "",
                (_, true) => " - ",
                (_, false) => " + ",
            };
            let body = self.place(printed.negative(false), Level::Dot);
            pieces.push(join!(self.rope, sign, body));
        }
        Printed::new(self.rope.list(&pieces, ""), Level::Sum)
    }

    /// Factors from the left; the sign of the first is the sign of all.
    pub(super) fn factors(&mut self, args: &[NodeId], sign: &str) -> Printed {
        let first = self.get(args[0]);
        let mut pieces = vec![self.place(first.negative(false), Level::Product)];
        for &arg in &args[1..] {
            pieces.push(self.at(arg, Level::Power));
        }
        Printed::new(self.rope.list(&pieces, sign), Level::Product).negative(first.negative)
    }

    /// `**` for small whole exponents; else a power that knows no whole numbers, so that `2 ** -1` is one half.
    pub(super) fn power(&mut self, args: &[NodeId]) -> Printed {
        let whole = self.arena.number_of(args[1]).and_then(|n| n.whole()).filter(|n| (0..=3).contains(n));
        if whole.is_some() {
            let (base, exponent) = (self.at(args[0], Level::Postfix), self.at(args[1], Level::Postfix));
            return Printed::new(join!(self.rope, base, "**", exponent), Level::Power);
        }
        let [base, exponent] = [0, 1].map(|k| self.at(args[k], Level::Compare));
        Printed::new(join!(self.rope, "np.float_power(", base, ", ", exponent, ")"), Level::Atom)
    }

    /// A comparison as truth values.
    pub(super) fn condition(&mut self, id: NodeId) -> Piece {
        if let Form::Compare(comparison) = form(self.arena.op(id)) {
            let args = implicit(self.arena, self.arena.args(id));
            let [left, right] = [0, 1].map(|k| self.at(args[k], Level::Sum));
            return join!(self.rope, left, " ", comparison.sign(), " ", right);
        }
        let value = self.at(id, Level::Sum);
        join!(self.rope, value, " != 0")
    }

    pub(super) fn transpose(&mut self, id: NodeId) -> Printed {
        let arg = self.arena.args(id)[0];
        // A product that lies already only has to be left without its second axis.
        if form(self.arena.op(arg)) == Form::Product && self.get(arg).level != Level::Atom {
            let (value, running) = self.running_product(arg);
            if running == Running::Lying {
                return value;
            }
        }
        let base = self.at(arg, Level::Postfix);
        let suffix = match (self.arena.shape(arg).order(), self.arena.shape(id).order()) {
            (1, _) => "[None, :]",
            (_, 1) => "[0]",
            _ => ".T",
        };
        Printed::new(join!(self.rope, base, suffix), Level::Postfix)
    }

    /// A factor, and what it is; a transposed vector is the vector, lying.
    fn factor(&mut self, id: NodeId) -> (Printed, Running) {
        let shape = self.arena.shape(id);
        if form(self.arena.op(id)) == Form::Transpose && self.arena.shape(self.arena.args(id)[0]).is_vector() {
            return (self.get(self.arena.args(id)[0]), Running::Lying);
        }
        let one = |axis: usize| shape.0[axis] == crate::shape::Dim::Size(1);
        let running = if shape.is_vector() { Running::Vector } else { Running::Matrix(one(0), one(1)) };
        (self.get(id), running)
    }

    /// Factors of linear algebra, from the left.
    pub(super) fn chain(&mut self, id: NodeId) -> Printed {
        let (value, running) = self.running_product(id);
        if running != Running::Lying {
            return value;
        }
        let row = self.place(value.negative(false), Level::Postfix);
        Printed::new(join!(self.rope, row, "[None, :]"), Level::Postfix).negative(value.negative)
    }

    fn running_product(&mut self, id: NodeId) -> (Printed, Running) {
        let args = self.arena.args(id).to_vec();
        let (first, mut running) = self.factor(args[0]);
        let mut value = first.negative(false);
        for &arg in &args[1..] {
            let (factor, kind) = self.factor(arg);
            (value, running) = self.times((value, running), (factor, kind));
        }
        (value.negative(first.negative), running)
    }

    fn times(&mut self, left: (Printed, Running), right: (Printed, Running)) -> (Printed, Running) {
        use Running::{Lying, Matrix, Scalar, Vector};
        let (a, b) = (left.0, right.0);
        match (left.1, right.1) {
            (Lying | Matrix(true, _), Vector) => {
                let product = self.at_sign(a, b);
                let value = if left.1 == Lying { product } else { self.entry(product, "[0]") };
                (value, Scalar)
            }
            (Matrix(..), Vector) => (self.at_sign(a, b), Vector),
            (Lying, Matrix(_, true)) => {
                let product = self.at_sign(a, b);
                (self.entry(product, "[0]"), Scalar)
            }
            (Lying, Matrix(..)) => (self.at_sign(a, b), Lying),
            (Matrix(true, _), Matrix(_, true)) => {
                let product = self.at_sign(a, b);
                (self.entry(product, "[0, 0]"), Scalar)
            }
            (Matrix(rows, _), Matrix(_, columns)) => (self.at_sign(a, b), Matrix(rows, columns)),
            (Vector | Lying, _) => {
                let [u, v] = [a, b].map(|p| self.place(p, Level::Compare));
                let outer = Printed::new(join!(self.rope, "np.outer(", u, ", ", v, ")"), Level::Atom);
                (outer, Matrix(left.1 == Lying, false))
            }
            (Matrix(rows, _), Lying) => {
                let row = self.place(b, Level::Postfix);
                let row = Printed::new(join!(self.rope, row, "[None, :]"), Level::Postfix);
                (self.at_sign(a, row), Matrix(rows, false))
            }
            (Scalar, _) | (_, Scalar) => (self.at_sign(a, b), Scalar),
        }
    }

    fn at_sign(&mut self, a: Printed, b: Printed) -> Printed {
        let (left, right) = (self.place(a, Level::Product), self.place(b, Level::Power));
        Printed::new(join!(self.rope, left, " @ ", right), Level::Product)
    }

    /// The only entry of a product that is a number.
    fn entry(&mut self, product: Printed, subscript: &str) -> Printed {
        let inner = self.place(product, Level::Postfix);
        Printed::new(join!(self.rope, inner, subscript), Level::Postfix)
    }
}
