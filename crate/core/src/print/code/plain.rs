//! Which scalars the code computes with plain numbers. Some dialects' functions take arrays only, and Python's own
//! numbers refuse a division by 0 that arrays answer with infinity.

use super::Writer;
use crate::expr::NodeId;
use crate::op::Data;
use crate::print::{Form, form, implicit};

impl Writer<'_> {
    /// Notes what a node is, before it is printed and after its arguments were.
    pub(super) fn note_plain(&mut self, id: NodeId) {
        let args = match self.needs(id) {
            args if args.len() > 1 => implicit(self.arena, &args).into_owned(),
            args => args,
        };
        let all = |set: &crate::map::Set<NodeId>| args.iter().all(|arg| set.contains(arg));
        let (plain, positive) = match form(self.arena.op(id)) {
            Form::Number => (true, self.arena.number_of(id).is_some_and(|n| n.to_f64() > 0.0)),
            Form::Pi | Form::E | Form::Index => (true, true),
            // `n - 1` may be 0.
            Form::Dimension => (true, self.is_sum_of_sizes(id)),
            Form::Delta => (true, false),
            // A variable is an array; an intermediate is what it stands for.
            Form::Symbol if !args.is_empty() => (all(&self.plain), all(&self.positive)),
            Form::Add | Form::Multiply => (all(&self.plain), all(&self.positive)),
            Form::Divide => (all(&self.plain) && self.divides_safely(args[1]), all(&self.positive)),
            Form::Power => (all(&self.plain) && self.whole_exponent(args[1]), all(&self.positive)),
            Form::Negate | Form::Compare(_) | Form::SumOver => (all(&self.plain), false),
            _ => (false, false),
        };
        if plain && self.arena.shape(id).is_scalar() {
            self.plain.insert(id);
            if positive {
                self.positive.insert(id);
            }
        }
    }

    fn is_sum_of_sizes(&self, id: NodeId) -> bool {
        match self.arena.get(id).data {
            Data::Dim(dim) => self.arena.dims.terms(dim).iter().all(|(factor, _)| *factor > 0),
            _ => false,
        }
    }

    /// Whether a divisor is certainly not a plain 0.
    pub(super) fn divides_safely(&self, divisor: NodeId) -> bool {
        let inner = match form(self.arena.op(divisor)) {
            Form::Negate => self.arena.args(divisor)[0],
            _ => divisor,
        };
        let number = self.arena.number_of(inner).is_some_and(|n| n.to_f64() != 0.0);
        number || !self.plain.contains(&divisor) || self.positive.contains(&inner)
    }

    /// Whether an exponent is a whole number so small that the power is exact, and no quotient.
    pub(super) fn whole_exponent(&self, exponent: NodeId) -> bool {
        match &self.arena.get(exponent).data {
            Data::Number(n) => n.whole().is_some_and(|n| (0..=3).contains(&n)),
            _ => false,
        }
    }
}
