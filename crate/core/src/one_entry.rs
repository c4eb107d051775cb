//! One entry of the Jacobian with a small derivation of its own: one component of the value, written out at small sizes,
//! derived by one entry of the variable, a number by a number. It is derived by the same rules as everything else.

use crate::check::Check;
use crate::contract::Level;
use crate::derive::{By, derive_in, ways};
use crate::entries::OneEntry;
use crate::error::Result;
use crate::expr::{Arena, NodeId, Place};
use crate::jacobian::{Derivation, total};
use crate::map::Map;
use crate::op::Data;
use crate::ops::build::PICK;
use crate::ops::leaves::NUMBER;
use crate::request::Way;
use crate::rules::headlines;
use crate::steps::{About, Step};

/// The way from one component of the value to one entry of its derivative. Errors: as for deriving.
pub fn derivation(arena: &mut Arena, entry: &OneEntry) -> Result<Derivation> {
    let mut derivation = match as_number(arena, entry) {
        Some(symbol) => {
            let by = Map::from_iter([(entry.variable, symbol)]);
            let output = arena.replace(entry.output, &by);
            let derived = of_numbers(arena, output, symbol)?;
            let back = Map::from_iter([(symbol, entry.variable)]);
            renamed(arena, derived, &back)
        }
        None => of_component(arena, entry)?,
    };
    // Where the grid writes the entry in other words, that is a step like any other.
    let last = derivation.result;
    if last != entry.formula && Check::new(arena, 2).compare(last, entry.formula).is_ok_and(|c| c.ok) {
        derivation.steps.push(Step::rewrite(headlines::TIDY, Level::Headline, last, entry.formula));
        derivation.result = entry.formula;
    }
    Ok(derivation)
}

/// A name of its own for the entry that moves, so that it is a number among others; `None` where the output holds the
/// whole variable in a way that no entry can be told from the others.
fn as_number(arena: &mut Arena, entry: &OneEntry) -> Option<NodeId> {
    if !arena.is(entry.variable, &PICK) {
        return arena.symbol_of(entry.variable).map(|_| entry.variable);
    }
    let whole = arena.args(entry.variable)[0];
    let is_entry = |id: NodeId| match &arena.get(id).data {
        Data::Subscripts(places) => places.iter().all(|p| matches!(p, Some(Place::Fixed(_)))),
        _ => false,
    };
    let reached = arena.reachable(&[entry.output]);
    let is_used = |id: &NodeId| arena.args(*id).contains(&whole) && !(arena.is(*id, &PICK) && is_entry(*id));
    if entry.output == whole || reached.iter().any(is_used) {
        return None;
    }
    let name = arena.symbol_of(whole).map_or("x".to_owned(), |s| arena.symbols[s.0 as usize].name.clone());
    let symbol = arena.new_symbol(&name, crate::shape::Shape::SCALAR, None);
    Some(arena.symbol(symbol))
}

/// A number by a number: d/dx pushed inwards; where nothing moves, the one rule that says so.
fn of_numbers(arena: &mut Arena, output: NodeId, symbol: NodeId) -> Result<Derivation> {
    let by = By::Variable(symbol);
    let way = ways(arena, output, &by).contains(&Way::Textbook).then_some(Way::Textbook);
    let mut derivation = derive_in(arena, output, &by, Vec::new(), 1, way)?.derivation;
    if derivation.steps.is_empty() {
        let about = if output == symbol { headlines::BY_ITSELF } else { About::from(&NUMBER.rules()[0]) };
        derivation.steps.push(Step::rewrite(about, Level::Headline, derivation.question, derivation.result));
    }
    Ok(derivation)
}

/// By one entry of a variable that the output holds as a whole.
fn of_component(arena: &mut Arena, entry: &OneEntry) -> Result<Derivation> {
    let whole = arena.args(entry.variable)[0];
    let Data::Subscripts(places) = arena.get(entry.variable).data.clone() else {
        let question = total(arena, entry.output, entry.variable);
        return Ok(Derivation { question, result: entry.formula, steps: Vec::new(), named: Vec::new() });
    };
    let fixed = places.iter().filter_map(|p| match p {
        Some(Place::Fixed(k)) => Some(*k),
        _ => None,
    });
    let by = By::Component(whole, fixed.collect());
    Ok(derive_in(arena, entry.output, &by, Vec::new(), 1, None)?.derivation)
}

/// The derivation with some nodes replaced everywhere.
fn renamed(arena: &mut Arena, derivation: Derivation, names: &Map<NodeId, NodeId>) -> Derivation {
    let steps = derivation.steps.into_iter().map(|step| renamed_step(arena, step, names)).collect();
    let (question, result) = (arena.replace(derivation.question, names), arena.replace(derivation.result, names));
    Derivation { question, result, steps, named: derivation.named }
}

fn renamed_step(arena: &mut Arena, mut step: Step, names: &Map<NodeId, NodeId>) -> Step {
    step.before = arena.replace(step.before, names);
    step.after = arena.replace(step.after, names);
    step.changed = step.changed.iter().map(|&node| arena.replace(node, names)).collect();
    step.site = step.site.map(|node| arena.replace(node, names));
    for row in &mut step.rows {
        row.left = arena.replace(row.left, names);
        row.right = arena.replace(row.right, names);
    }
    step.sub = step.sub.into_iter().map(|below| renamed_step(arena, below, names)).collect();
    step
}
