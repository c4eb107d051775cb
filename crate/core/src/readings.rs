//! What a page shows, said aloud: every formula of a view in words.

use crate::contract::{Spoken, StepNode, View};
use crate::expr::{Arena, NodeId};
use crate::jacobian::Derivation;
use crate::print::spoken::{equation, spoken};
use crate::steps::Step;
use crate::view::{Shown, orders_of};
use std::collections::BTreeMap;

/// The words of every formula in `view`, by its LaTeX. `result`: of the result as it is displayed.
pub fn readings(
    arena: &mut Arena,
    shown: &Shown,
    view: &View,
    expr: NodeId,
    derivation: &Derivation,
    result: Spoken,
) -> BTreeMap<String, Spoken> {
    let mut all = BTreeMap::new();
    for name in &view.names {
        if let Some(at) = arena.symbols.iter().position(|s| s.name == name.name) {
            let leaf = arena.symbol(crate::expr::SymbolId(at as u32));
            all.insert(name.latex.clone(), spoken(arena, leaf));
        }
    }
    all.insert(view.input.clone(), spoken(arena, expr));
    let question = shown.statement(arena, derivation.question);
    let question = spoken(arena, question);
    all.insert(format!("{} = {}", view.question, view.result), equation(&question, &result));
    all.insert(view.question.clone(), question);
    all.insert(view.result.clone(), result);
    for (shown, &id) in view.intermediates.iter().zip(&derivation.named) {
        if let Some(definition) = arena.symbols[id.0 as usize].definition {
            let leaf = arena.symbol(id);
            all.insert(shown.latex.clone(), equation(&spoken(arena, leaf), &spoken(arena, definition)));
        }
    }
    for (node, step) in view.steps.iter().zip(&derivation.steps) {
        add_step(arena, shown, node, step, &mut all);
    }
    all
}

/// One step and those below it. (A derivation is a few levels deep, whatever the input.)
fn add_step(arena: &mut Arena, shown: &Shown, node: &StepNode, step: &Step, all: &mut BTreeMap<String, Spoken>) {
    let own = orders_of(arena, step.before);
    let orders = if own == (9, 9) { shown.orders } else { own };
    for (latex, formula) in [(&node.before, step.before), (&node.after, step.after)] {
        // What is displayed by cases has its words already.
        if !all.contains_key(latex) {
            let laid = shown.lay(arena, formula, orders);
            all.insert(latex.clone(), spoken(arena, laid));
        }
    }
    for (printed, row) in node.rows.iter().zip(&step.rows) {
        let orders = orders_of(arena, row.left);
        let [left, right] = [row.left, row.right].map(|side| {
            let laid = shown.lay(arena, side, orders);
            spoken(arena, laid)
        });
        all.insert(format!("{} = {}", printed.left, printed.right), equation(&left, &right));
        all.insert(printed.left.clone(), left);
        all.insert(printed.right.clone(), right);
    }
    for (node, step) in node.sub.iter().zip(&step.sub) {
        add_step(arena, shown, node, step, all);
    }
}
