//! The loss and the gradients that a session runs, as formulas: each part that the loss names stands under its name.

use crate::error::Error;
use crate::expr::{Arena, NodeId};
use crate::map::{Map, Set};
use crate::print::Latex;
use crate::train::Model;
use serde::Serialize;

/// Everything in marked LaTeX.
#[derive(Serialize)]
pub struct Formulas {
    pub loss: String,
    /// The loss's named parts, in the order in which they build on each other.
    pub parts: Vec<Formula>,
    /// The gradient by each parameter, of the parameter's shape.
    pub gradients: Vec<Formula>,
}

/// What a name stands for.
#[derive(Serialize)]
pub struct Formula {
    pub name: String,
    /// The name itself.
    pub symbol: String,
    pub latex: String,
}

impl Model {
    /// The very expressions that are compiled, with the loss's own names in them. Errors: a formula that is too long.
    pub fn formulas(&self) -> Result<Formulas, Error> {
        let mut arena = self.arena.clone();
        let mut names: Map<NodeId, NodeId> = Map::default();
        let mut parts: Vec<(String, NodeId)> = Vec::new();
        for (name, node) in self.arena.given.clone() {
            // What is a mere leaf, or has a name already, is said by that.
            if arena.args(node).is_empty() || names.contains_key(&node) {
                continue;
            }
            let symbol = arena.new_symbol(&name, arena.shape(node).clone(), None);
            let leaf = arena.symbol(symbol);
            names.insert(node, leaf);
            parts.push((name, node));
        }
        let loss = arena.replace(self.loss, &names);
        let loss = latex(&arena, loss)?;
        let mut told = Formulas { loss, parts: Vec::new(), gradients: Vec::new() };
        for (name, node) in parts {
            let symbol = latex(&arena, names[&node])?;
            let mut earlier = names.clone();
            earlier.remove(&node);
            let definition = arena.replace(node, &earlier);
            told.parts.push(Formula { name, symbol, latex: latex(&arena, definition)? });
        }
        for parameter in &self.params {
            let name = arena.symbols[parameter.symbol.0 as usize].name.clone();
            let leaf = arena.symbol(parameter.symbol);
            let symbol = latex(&arena, leaf)?;
            let gradient = arena.replace(parameter.gradient, &names);
            told.gradients.push(Formula { name, symbol, latex: latex(&arena, gradient)? });
        }
        Ok(told)
    }
}

fn latex(arena: &Arena, node: NodeId) -> Result<String, Error> {
    let nothing = Set::default();
    Latex { arena, marks: true, changed: &nothing }.formula(node)
}
