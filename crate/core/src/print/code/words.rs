//! Functions and lists: templates filled with what they are of.

use super::dialect::Grid;
use super::{WORTH_A_NAME, Writer};
use crate::error::Result;
use crate::expr::NodeId;
use crate::op::{Data, Eval, Notation, Op};
use crate::ops::{linalg, reductions};
use crate::print::rope::{Piece, join};
use crate::print::{Form, Level, Printed, form, implicit};

/// Functions that have a notation of their own elsewhere, in NumPy's words: the parts are the arguments, then the numbers
/// that the operator holds (see `held`). What `prod_but` leaves out is a mask, true at the places of its indices.
pub(in crate::print) const HOLDING: &[(Form, &str)] = &[
    (Form::Kron, "np.kron({0}, {1})"),
    (Form::MatrixPower, "np.linalg.matrix_power({0}, {1})"),
    (Form::Unvec, "np.reshape({0}, ({1}, {2}), order=\"F\")"),
    (Form::Split, "np.eye({0}).reshape(-1, {1}, {2})"),
    (
        Form::AllBut,
        "np.where(np.sum(np.any(np.indices(({0}.size,) * {1})[..., None] == np.arange({0}.size), axis=0), axis=-1) == {1}, np.prod(np.where(np.any(np.indices(({0}.size,) * {1})[..., None] == np.arange({0}.size), axis=0), 1.0, {0}), axis=-1), 0.0)",
    ),
];

/// What NumPy calls an operator.
pub(in crate::print) fn in_numpy(op: &'static Op) -> Option<&'static str> {
    match op.notation {
        Notation::Call { numpy, .. } => Some(numpy),
        Notation::Printer => HOLDING.iter().find(|(known, _)| *known == form(op)).map(|(_, numpy)| *numpy),
    }
}

impl Writer<'_> {
    /// A template with its parts.
    pub(super) fn say(&mut self, template: &str, parts: &[Piece]) -> Piece {
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some((at, slot)) = next_slot(rest, parts.len()) {
            pieces.push(self.rope.letters(&rest[..at]));
            pieces.push(parts[slot]);
            rest = &rest[at + 3..];
        }
        pieces.push(self.rope.letters(rest));
        self.rope.list(&pieces, "")
    }

    /// A filled template as a value.
    pub(super) fn said(&mut self, template: &str, parts: &[Piece]) -> Printed {
        Printed::new(self.say(template, parts), level_of(template))
    }

    /// A node where the dialect's functions want an array.
    pub(super) fn as_array(&mut self, id: NodeId, least: Level) -> Piece {
        match self.dialect.lifted {
            Some(lifted) if self.plain.contains(&id) => {
                let number = self.at(id, Level::Compare);
                self.say(lifted, &[number])
            }
            _ => self.at(id, least),
        }
    }

    /// A template of a list of nodes.
    pub(super) fn listed(&mut self, template: &str, args: &[NodeId]) -> Printed {
        let pieces: Vec<Piece> = args.iter().map(|&a| self.as_array(a, Level::Compare)).collect();
        let list = self.rope.list(&pieces, ", ");
        self.said(template, &[list])
    }

    pub(super) fn grid(&mut self, args: &[NodeId], columns: usize) -> Printed {
        match self.dialect.grid {
            Grid::Rows(all, one) => {
                let rows: Vec<Piece> = args.chunks(columns).map(|row| self.listed(one, row).body).collect();
                let rows = self.rope.list(&rows, ", ");
                self.said(all, &[rows])
            }
            Grid::Columns(template) => {
                let entries = self.listed("{0}", args).body;
                let columns = self.rope.letters(&columns.to_string());
                self.said(template, &[columns, entries])
            }
        }
    }

    /// `f(x, y)`, a function that the reader supplies.
    pub(super) fn abstract_call(&mut self, id: NodeId) -> Printed {
        let function = self.function_name(id).unwrap_or_default();
        let args = self.arena.args(id).to_vec();
        let printed = self.listed("{0}", &args);
        Printed::new(join!(self.rope, &function, "(", printed.body, ")"), Level::Atom)
    }

    fn by_entries(&self, id: NodeId) -> bool {
        matches!(self.arena.op(id).eval, Eval::Map(_) | Eval::Map2(_))
    }

    /// The arguments as they are written: a function of entries takes a scalar beside an array.
    fn operands(&self, id: NodeId) -> Vec<NodeId> {
        let args = self.arena.args(id);
        if self.by_entries(id) { implicit(self.arena, args).into_owned() } else { args.to_vec() }
    }

    /// The operator's own template, as the dialect says it; `None` where it cannot, or where there is none.
    fn template(&self, id: NodeId) -> Option<String> {
        let numpy = in_numpy(self.arena.op(id))?;
        let order = self.operands(id).first().map_or(0, |&a| self.arena.shape(a).order());
        let template = self.dialect.says(numpy, order)?;
        let between_numbers = self.by_entries(id) && self.dialect.has_columns() && self.arena.shape(id).is_scalar();
        Some(if between_numbers { without_dots(&template) } else { template })
    }

    /// The arguments that an operator's template uses more than once.
    pub(super) fn repeated(&self, id: NodeId) -> Vec<NodeId> {
        let Some(template) = self.template(id) else { return Vec::new() };
        let args = self.operands(id).into_iter().enumerate();
        args.filter(|(slot, _)| template.matches(&format!("{{{slot}}}")).count() > 1).map(|(_, arg)| arg).collect()
    }

    /// Whether a value may stand in a template more than once.
    pub(super) fn is_short(&self, id: NodeId, printed: Printed) -> bool {
        let is_array = self.dialect.lifted.is_none() || !self.plain.contains(&id);
        is_array && printed.signed_level() >= Level::Postfix && self.rope.size(printed.body) <= WORTH_A_NAME
    }

    /// The numbers that an operator holds beside its arguments.
    fn held(&mut self, id: NodeId) -> Vec<Printed> {
        let data = self.arena.get(id).data.clone();
        match (form(self.arena.op(id)), &data) {
            (Form::MatrixPower, data) => vec![self.atom(&linalg::exponent(data).to_string())],
            (Form::AllBut, data) => vec![self.atom(&reductions::left_out(data).to_string())],
            (Form::Unvec, Data::Shape(shape)) => shape.0.iter().map(|&dim| self.dimension(dim)).collect(),
            (Form::Split, Data::Shape(_)) => {
                let shape = self.arena.shape(id).clone();
                shape.0.iter().map(|&dim| self.dimension(dim)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// An operator's own template.
    pub(super) fn call(&mut self, id: NodeId) -> Result<Printed> {
        let template = self.template(id).ok_or_else(|| self.unsupported(id))?;
        let least = |slot: usize| {
            if stands_free(&template, &format!("{{{slot}}}")) { Level::Postfix } else { Level::Compare }
        };
        let mut parts = Vec::new();
        for (slot, arg) in self.operands(id).into_iter().enumerate() {
            parts.push(self.as_array(arg, least(slot)));
        }
        for held in self.held(id) {
            parts.push(self.place(held, least(parts.len())));
        }
        Ok(self.said(&template, &parts))
    }
}

/// The first slot of a template and where it is.
fn next_slot(template: &str, slots: usize) -> Option<(usize, usize)> {
    (0..slots).filter_map(|k| Some((template.find(&format!("{{{k}}}"))?, k))).min()
}

/// Whether a slot stands somewhere other than between brackets and commas, so that a sum in it needs brackets.
fn stands_free(template: &str, slot: &str) -> bool {
    template.match_indices(slot).any(|(at, _)| {
        let before = template[..at].trim_end().chars().next_back();
        let after = template[at + slot.len()..].chars().next();
        !(matches!(before, Some('(' | ',' | '[')) && matches!(after, Some(')' | ',' | ']')))
    })
}

/// Operators and functions between numbers: `.*` is `*`, `exp.(` is `exp(`.
fn without_dots(template: &str) -> String {
    template.replace(".(", "(").replace(" .", " ")
}

/// How tightly a filled template holds together: what stands outside of brackets decides.
fn level_of(template: &str) -> Level {
    let mut depth = 0;
    let mut level = Level::Postfix;
    let mut signs = template.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '+' | '-' if depth == 0 => level = level.min(Level::Sum),
            '*' if depth == 0 && signs.next_if_eq(&'*').is_some() => level = level.min(Level::Power),
            '*' | '/' | '@' if depth == 0 => level = level.min(Level::Product),
            '^' if depth == 0 => level = level.min(Level::Power),
            _ => {}
        }
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_outside_of_brackets_decides() {
        let rows = [
            ("np.exp({0})", Level::Postfix),
            ("1/np.cos({0})", Level::Product),
            ("np.max({0}) + np.log(np.sum({0}))", Level::Sum),
            ("{0} / (np.sqrt({0}) or 1.0)", Level::Product),
            ("{0}**{1}", Level::Power),
            ("({0})^({1})", Level::Power),
            ("torch.sign({0}) * torch.abs({0})**(1 / 3)", Level::Product),
            ("({0}).double()", Level::Postfix),
        ];
        for (template, expected) in rows {
            assert_eq!(level_of(template), expected, "{template}");
        }
    }

    #[test]
    fn a_slot_beside_an_operator_or_a_dot_stands_free() {
        let rows =
            [("f({0})", false), ("f({1}, {0})", false), ("{0}.T", true), ("f({0} - 1)", true), ("f(2 * {0})", true)];
        for (template, expected) in rows {
            assert_eq!(stands_free(template, "{0}"), expected, "{template}");
        }
    }
}
