//! Products of linear algebra and transposes. Where a vector has one axis, a row `[1, n]` is an array with two, but inside
//! a product a transposed vector is used as it stands: `x @ A` needs no second axis. Where vectors are columns, the
//! product is written as in linear algebra.

use super::Writer;
use super::dialect::Vectors;
use crate::expr::NodeId;
use crate::print::rope::join;
use crate::print::{Form, Level, Printed, form};
use crate::shape::Dim;

/// How a factor or a running product stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Standing {
    Scalar,
    /// A vector.
    Upright,
    /// A row `[1, n]` made of a vector; with one axis it is written without its first.
    Lying,
    Matrix,
}

#[derive(Clone, Copy)]
struct Factor {
    printed: Printed,
    standing: Standing,
    /// Whether there is one row only, one column only.
    one_row: bool,
    one_column: bool,
}

impl Writer<'_> {
    pub(super) fn transpose(&mut self, id: NodeId) -> Printed {
        let arg = self.arena.args(id)[0];
        let orders = (self.arena.shape(arg).order(), self.arena.shape(id).order());
        if self.dialect.has_columns() {
            if orders.1 == 1 {
                let row = self.at(arg, Level::Compare);
                return self.said("vec({0})", &[row]);
            }
            let base = self.at(arg, Level::Postfix);
            return Printed::new(join!(self.rope, base, "'"), Level::Postfix);
        }
        // A product that lies already only has to be left without its second axis.
        if form(self.arena.op(arg)) == Form::Product && self.get(arg).level != Level::Atom {
            let product = self.running_product(arg);
            if product.standing == Standing::Lying {
                return product.printed;
            }
        }
        let base = self.at(arg, Level::Postfix);
        let suffix = match orders {
            (1, _) => "[None, :]",
            (_, 1) => "[0]",
            _ => ".T",
        };
        Printed::new(join!(self.rope, base, suffix), Level::Postfix)
    }

    /// Factors of linear algebra, from the left.
    pub(super) fn chain(&mut self, id: NodeId) -> Printed {
        let product = self.running_product(id);
        let printed = product.printed;
        if product.standing != Standing::Lying || self.dialect.has_columns() {
            return printed;
        }
        let row = self.place(printed.negative(false), Level::Postfix);
        Printed::new(join!(self.rope, row, "[None, :]"), Level::Postfix).negative(printed.negative)
    }

    fn running_product(&mut self, id: NodeId) -> Factor {
        let args = self.arena.args(id).to_vec();
        let first = self.factor(args[0]);
        let mut product = Factor { printed: first.printed.negative(false), ..first };
        for &arg in &args[1..] {
            let factor = self.factor(arg);
            product = self.times(product, factor);
        }
        Factor { printed: product.printed.negative(first.printed.negative), ..product }
    }

    /// A factor, and how it stands; with one axis a transposed vector is the vector, lying.
    fn factor(&mut self, id: NodeId) -> Factor {
        let shape = self.arena.shape(id).clone();
        let is_one = |axis: usize| shape.0.get(axis) == Some(&Dim::Size(1));
        let mut factor = Factor {
            printed: self.get(id),
            standing: Standing::Matrix,
            one_row: is_one(0),
            one_column: is_one(1) || shape.is_vector(),
        };
        if shape.is_vector() {
            factor.standing = Standing::Upright;
        } else if form(self.arena.op(id)) == Form::Transpose && self.arena.shape(self.arena.args(id)[0]).is_vector() {
            factor.standing = Standing::Lying;
            if !self.dialect.has_columns() {
                factor.printed = self.get(self.arena.args(id)[0]);
            }
        }
        factor
    }

    fn times(&mut self, left: Factor, right: Factor) -> Factor {
        use Standing::{Lying, Matrix, Scalar, Upright};
        let (a, b) = (left.printed, right.printed);
        let is_number = left.standing != Upright && left.one_row && right.one_column;
        let has_columns = self.dialect.has_columns();
        let (printed, standing) = match (left.standing, right.standing) {
            (Scalar, _) | (_, Scalar) => (self.product(a, b), Scalar),
            _ if is_number && has_columns => (self.number_of_columns(left, right), Scalar),
            _ if is_number => (self.number_of_axes(left, right), Scalar),
            (Lying, Lying) if has_columns => {
                // A row of one entry, times a row: the entry scales.
                let (row, entry) = (b, self.place(a, Level::Compare));
                let entry = Printed::new(join!(self.rope, "only(", entry, ")"), Level::Atom);
                (self.product(entry, row), Lying)
            }
            (Upright | Lying, Lying) | (Upright, Matrix | Upright) if !has_columns => (self.outer(a, right), Matrix),
            (Lying, Matrix | Upright) => (self.product(a, b), Lying),
            (Matrix, Upright) => (self.product(a, b), Upright),
            (Matrix, Lying) if !has_columns => {
                let row = self.place(b, Level::Postfix);
                let row = Printed::new(join!(self.rope, row, "[None, :]"), Level::Postfix);
                (self.product(a, row), Matrix)
            }
            (Lying | Upright | Matrix, _) => (self.product(a, b), Matrix),
        };
        Factor { printed, standing, one_row: left.one_row, one_column: right.one_column }
    }

    fn product(&mut self, a: Printed, b: Printed) -> Printed {
        let sign = if self.dialect.has_columns() { " * " } else { " @ " };
        let (left, right) = (self.place(a, Level::Product), self.place(b, Level::Power));
        Printed::new(join!(self.rope, left, sign, right), Level::Product)
    }

    /// A vector times a row; a row with two axes is taken without its first.
    fn outer(&mut self, a: Printed, right: Factor) -> Printed {
        let Vectors::OneAxis { outer, .. } = self.dialect.vectors else { return self.product(a, right.printed) };
        let row = if right.standing == Standing::Matrix { self.entry(right.printed, "[0]") } else { right.printed };
        let parts = [a, row].map(|p| self.place(p, Level::Compare));
        self.said(outer, &parts)
    }

    /// A product that is a number, where vectors have one axis.
    fn number_of_axes(&mut self, left: Factor, right: Factor) -> Printed {
        let product = self.product(left.printed, right.printed);
        match (left.standing == Standing::Matrix, right.standing == Standing::Matrix) {
            (false, false) => product,
            (true, true) => self.entry(product, "[0, 0]"),
            _ => self.entry(product, "[0]"),
        }
    }

    /// The same where vectors are columns: a row times a column is a number already, everything else an array with one
    /// entry. (There a row made of a vector does not multiply another.)
    fn number_of_columns(&mut self, left: Factor, right: Factor) -> Printed {
        match (left.standing, right.standing) {
            (Standing::Lying, Standing::Upright) => self.product(left.printed, right.printed),
            (Standing::Lying, Standing::Lying) => {
                let [a, b] = [left, right].map(|f| self.place(f.printed, Level::Compare));
                Printed::new(join!(self.rope, "only(", a, ") * only(", b, ")"), Level::Product)
            }
            _ => {
                let product = self.product(left.printed, right.printed);
                Printed::new(join!(self.rope, "only(", product.body, ")"), Level::Postfix)
            }
        }
    }

    /// An entry of a product.
    fn entry(&mut self, product: Printed, subscript: &str) -> Printed {
        let inner = self.place(product, Level::Postfix);
        Printed::new(join!(self.rope, inner, subscript), Level::Postfix)
    }
}
