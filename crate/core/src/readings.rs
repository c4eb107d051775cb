//! What a page shows, said aloud and as MathML: every formula of a view, by its LaTeX.

use crate::contract::{MathNode, Spoken, StepNode, View};
use crate::expr::{Arena, NodeId, SymbolId};
use crate::graph::Said;
use crate::jacobian::Derivation;
use crate::map::Map;
use crate::ordered::Ordered;
use crate::print::mathml::{self, mathml};
use crate::print::spoken::{equation, spoken};
use crate::steps::Step;
use crate::view::{Shown, orders_of, orders_of_step};

/// The formulas of a view, read.
#[derive(Default)]
pub struct Readings {
    pub spoken: Ordered<String, Spoken>,
    pub mathml: Ordered<String, MathNode>,
    with_mathml: bool,
    /// What was read already: a step ends where the next begins.
    known: Map<NodeId, Reading>,
}

/// A formula read both ways.
#[derive(Clone)]
struct Reading {
    spoken: Spoken,
    mathml: Option<MathNode>,
}

impl Readings {
    fn read(&mut self, arena: &Arena, node: NodeId) -> Reading {
        let with_mathml = self.with_mathml;
        let new =
            || Reading { spoken: spoken(arena, node), mathml: if with_mathml { mathml(arena, node) } else { None } };
        self.known.entry(node).or_insert_with(new).clone()
    }

    fn add(&mut self, latex: &str, reading: Reading) {
        self.spoken.insert(latex.to_owned(), reading.spoken);
        if let Some(mathml) = reading.mathml {
            self.mathml.insert(latex.to_owned(), mathml);
        }
    }

    /// Both sides and the equation of them.
    fn add_equation(&mut self, (left, right): (&str, &str), (left_read, right_read): (Reading, Reading)) {
        let mathml = left_read.mathml.as_ref().zip(right_read.mathml.as_ref());
        let mathml = mathml.map(|(left, right)| mathml::equation(left, right));
        let spoken = equation(&left_read.spoken, &right_read.spoken);
        self.add(&format!("{left} = {right}"), Reading { spoken, mathml });
        self.add(left, left_read);
        self.add(right, right_read);
    }

    /// One step and those below it. (A derivation is a few levels deep, whatever the input.)
    fn add_step(&mut self, arena: &mut Arena, shown: &Shown, node: &StepNode, step: &Step) {
        let orders = orders_of_step(arena, shown, step);
        for (latex, formula) in [(&node.before, step.before), (&node.after, step.after)] {
            // What is displayed by cases has its words already.
            if !self.spoken.contains_key(latex) {
                let laid = shown.lay(arena, formula, orders);
                let reading = self.read(arena, laid);
                self.add(latex, reading);
            }
        }
        for (printed, row) in node.rows.iter().zip(&step.rows) {
            let orders = orders_of(arena, row.left);
            let [left, right] = [row.left, row.right].map(|side| {
                let laid = shown.lay(arena, side, orders);
                self.read(arena, laid)
            });
            self.add_equation((&printed.left, &printed.right), (left, right));
        }
        for (node, step) in node.sub.iter().zip(&step.sub) {
            self.add_step(arena, shown, node, step);
        }
    }
}

/// Reads every formula in `view`, those of its `graph` as given. `result`: the words of the result as it is displayed.
pub fn readings(
    arena: &mut Arena,
    shown: &Shown,
    view: &View,
    expr: NodeId,
    derivation: &Derivation,
    graph: &Said,
    (result_spoken, with_mathml): (Spoken, bool),
) -> Readings {
    let mut all = Readings { with_mathml, ..Readings::default() };
    for name in &view.names {
        if let Some(at) = arena.symbols.iter().position(|s| s.name == name.name) {
            let leaf = arena.symbol(SymbolId(at as u32));
            let reading = all.read(arena, leaf);
            all.add(&name.latex, reading);
        }
    }
    let input = all.read(arena, expr);
    all.add(&view.input, input);
    let [question, result] = [derivation.question, derivation.result].map(|node| shown.statement(arena, node));
    let (question, result) = (all.read(arena, question), all.read(arena, result));
    let result = Reading { spoken: result_spoken, ..result };
    all.add_equation((&view.question, &view.result), (question, result));
    for (printed, &id) in view.intermediates.iter().zip(&derivation.named) {
        let Some(definition) = arena.symbols[id.0 as usize].definition else { continue };
        let Some((left, right)) = printed.latex.split_once(" = ") else { continue };
        let leaf = arena.symbol(id);
        let readings = (all.read(arena, leaf), all.read(arena, definition));
        all.add_equation((left, right), readings);
    }
    for (node, step) in view.steps.iter().zip(&derivation.steps) {
        all.add_step(arena, shown, node, step);
    }
    for (latex, formula) in &graph.formulas {
        let reading = all.read(arena, *formula);
        all.add(latex, reading);
    }
    for [(left, one), (right, other)] in &graph.equations {
        let sides = (all.read(arena, *one), all.read(arena, *other));
        all.add_equation((left, right), sides);
    }
    all
}
