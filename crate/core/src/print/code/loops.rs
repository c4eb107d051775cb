//! Sums over an index and tensors by entries, as loops.

use super::{INDENT, RESULT, Scope, Writer};
use crate::error::Result;
use crate::expr::NodeId;
use crate::op::Data;
use crate::print::{Form, Printed, form, name};

impl Writer<'_> {
    /// `for i in range(n):` … for a sum over an index or a tensor by its entries.
    pub(super) fn looped(&mut self, id: NodeId, scope: &Scope) -> Result<Printed> {
        let Data::Binds(bound) = self.arena.get(id).data.clone() else { return Err(self.unsupported(id)) };
        let body = self.arena.args(id)[0];
        let is_tensor = form(self.arena.op(id)) == Form::Tensor;
        let letters = if id == self.root { RESULT.to_owned() } else { name::fresh(&mut self.taken, "t", "") };
        let shape = self.arena.shape(id).clone();
        let start = if shape.is_scalar() {
            self.rope.letters("0.0")
        } else {
            let sizes = self.sizes(&shape);
            self.say(self.dialect.zeros, &[sizes])
        };
        self.statement(scope.depth, &letters, "=", start)?;
        let mut inner = scope.clone();
        // A variable may be called like the word of Python that counts.
        let counts = if self.is_variable("range") { "in np.arange(" } else { "in range(" };
        let open = self.dialect.loop_open.replace("in range(", counts);
        for index in &bound {
            let size = self.dimension(self.arena.indices[index.0 as usize].dim);
            let size = self.rope.write(size.body);
            let line = open.replace("{0}", &self.indices[index]).replace("{1}", &size);
            self.lines.push(INDENT.repeat(inner.depth) + &line);
            inner.indices.insert(*index);
            inner.depth += 1;
        }
        let value = self.block(body, &inner)?;
        let value = self.signed(value);
        if is_tensor {
            let places: Vec<&str> = bound.iter().map(|i| self.indices[i].as_str()).collect();
            let (array, places) = (self.rope.letters(&letters), self.rope.letters(&places.join(", ")));
            let set = self.say(self.dialect.set_entry, &[array, places, value]);
            self.measure(set)?;
            self.lines.push(INDENT.repeat(inner.depth) + &self.rope.write(set));
        } else {
            self.has_sums = true;
            self.statement(inner.depth, &letters, "+=", value)?;
        }
        if let Some(close) = self.dialect.loop_close {
            let depths = (scope.depth..inner.depth).rev();
            self.lines.extend(depths.map(|depth| INDENT.repeat(depth) + close));
        }
        // What was set inside the loop is not there outside of it.
        let arena = self.arena;
        self.done.retain(|id, _| arena.get(*id).free.iter().all(|i| scope.indices.contains(i)));
        Ok(self.atom(&letters))
    }
}
