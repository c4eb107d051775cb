//! LaTeX of Kronecker products and of matrices as vectors.

use super::latex::Writer;
use super::name::{self, Face};
use super::rope::{Piece, join};
use super::{Edge, Level, Printed, Reach};
use crate::expr::{NodeId, Place};
use crate::op::Data;
use crate::ops::reductions::left_out;
use crate::shape::Shape;
use crate::splits;

impl Writer<'_> {
    /// `A ⊗ B`
    pub(super) fn kron(&mut self, id: NodeId) -> Printed {
        let [left, right] = [0, 1].map(|k| self.get(self.arena.args(id)[k]));
        let tall = left.tall || right.tall;
        let [left, right] = [left, right].map(|side| self.bracketed(side, Level::Prefix, Reach::Closed).body);
        Printed::new(join!(self.rope, left, " \\otimes ", right), Level::Elementwise).tall(tall)
    }

    /// `unvec_{m × n}(v)`, `split_{m × n}`
    pub(super) fn rearranged(&mut self, id: NodeId) -> Printed {
        let Data::Shape(shape) = self.arena.get(id).data.clone() else { return self.plain_call(id) };
        let sizes = self.by_by(&shape);
        let name = name::latex(self.arena.op(id).name, Face::Function);
        let function = join!(self.rope, &name, "_{", sizes, "}");
        match self.arena.args(id) {
            [] => Printed::new(function, Level::Postfix),
            [vector, ..] => {
                let printed = self.get(*vector);
                let inner = self.signed(printed);
                let inner = self.brackets(inner, printed.tall);
                Printed::new(join!(self.rope, function, inner), Level::Postfix).tall(printed.tall)
            }
        }
    }

    /// `prodbut_k(v)`
    pub(super) fn all_but(&mut self, id: NodeId) -> Printed {
        let vector = self.get(self.arena.args(id)[0]);
        let inner = self.signed(vector);
        let inner = self.brackets(inner, vector.tall);
        let count = left_out(&self.arena.get(id).data).to_string();
        Printed::new(join!(self.rope, "\\operatorname{prodbut}_{", &count, "}", inner), Level::Postfix)
            .tall(vector.tall)
    }

    /// `m × n`
    fn by_by(&mut self, shape: &Shape) -> Piece {
        let sizes: Vec<Piece> = shape.0.iter().map(|&d| self.dimension(d).body).collect();
        self.rope.list(&sizes, " \\times ")
    }

    /// An entry of `split(m, n)` is a delta: `δ_{p,(i-1)n+j}`.
    pub(super) fn place_of_pair(&mut self, base: NodeId, places: &[Option<Place>]) -> Option<Printed> {
        let sizes = splits::sizes(self.arena, base)?;
        let [Some(Place::Index(whole, 0)), Some(Place::Index(outer, 0)), Some(Place::Index(inner, 0))] = *places else {
            return None;
        };
        let [whole, outer, inner] = [whole, outer, inner].map(|i| name::latex(&self.indices[&i], Face::Italic));
        let width = self.dimension(sizes.0[1]);
        let width = self.place(width, Level::Product, Reach::Factors);
        let subscripts = join!(self.rope, &whole, ",(", &outer, "-1)", width, "+", &inner);
        let delta = join!(self.rope, "\\delta_{", subscripts, "}");
        Some(Printed::new(delta, Level::Atom).edges(Edge::Letter, Edge::Letter))
    }
}
