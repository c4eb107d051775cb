//! The loss as an expression, with the gradients that the derivation gives. Nothing is differentiated by hand here.

use crate::derive::{By, derive};
use crate::error::{Error, Kind};
use crate::expr::{Arena, NodeId, SymbolId};
use crate::infer;
use crate::request;
use crate::shape::Dim;
use crate::train::Spec;
use serde_json::{Map, Value, json};

/// What a session runs.
pub struct Model {
    pub arena: Arena,
    pub loss: NodeId,
    /// Each parameter of the session, in its order.
    pub params: Vec<Trained>,
    /// Each entry of the session's data, in its order; `None` for data that the loss does not use.
    pub data: Vec<Option<SymbolId>>,
    /// The dimension that counts samples: those of a batch during a step, all of them for the loss.
    pub samples: Option<Dim>,
    /// Named parts of the loss, in the order in which they build on each other.
    pub named: Vec<SymbolId>,
}

/// A parameter with its gradient, a tensor of its shape.
#[derive(Clone, Copy, Debug)]
pub struct Trained {
    pub symbol: SymbolId,
    pub gradient: NodeId,
}

impl Model {
    /// Reads the loss and derives its gradient by every parameter.
    /// Errors: those of reading and deriving; a name that is neither a parameter nor data; a loss that is no scalar.
    pub fn of(spec: &Spec) -> Result<Model, Error> {
        let count = sample_dimension(spec);
        let mut vars = Map::new();
        for parameter in &spec.params {
            vars.insert(parameter.name.clone(), json!(parameter.shape));
        }
        for (name, values) in &spec.data {
            let mut shape: Vec<Value> = values.shape.iter().map(|&n| json!(n)).collect();
            shape[0] = json!(count);
            vars.insert(name.clone(), Value::Array(shape));
        }
        let request = request::read(&json!({ "op": "eval", "expr": spec.loss, "vars": vars }))?;
        let infer::Question { mut arena, expr: loss, names, given, .. } = infer::read(&request)?;
        if let Some((name, _)) = names.iter().find(|(name, _)| !vars.contains_key(name)) {
            let message = say!("train.neither", name);
            return Err(Error::new(Kind::Name, message).hint(say!("train.neither.hint")));
        }
        if !arena.shape(loss).is_scalar() {
            let message = say!("derive.not_a_loss", found = arena.dims.describe(arena.shape(loss)));
            return Err(Error::new(Kind::Shape, message).hint(say!("derive.not_a_loss.hint")));
        }
        let used: Vec<SymbolId> = arena.reachable(&[loss]).into_iter().filter_map(|id| arena.symbol_of(id)).collect();
        let symbol_of = |name: &str| {
            let found = names.iter().find(|(known, _)| known == name).map(|&(_, symbol)| symbol);
            found.filter(|symbol| used.contains(symbol))
        };
        let mut params = Vec::new();
        let mut named: Vec<SymbolId> = Vec::new();
        for parameter in &spec.params {
            let Some(symbol) = symbol_of(&parameter.name) else {
                let message = say!("train.unused", name = parameter.name);
                return Err(Error::new(Kind::Name, message).hint(say!("train.unused.hint")));
            };
            let leaf = arena.symbol(symbol);
            let derived = derive(&mut arena, loss, &By::Variable(leaf), given.clone(), 1)?;
            params.push(Trained { symbol, gradient: derived.tensor });
            // The parameter that lies deepest has the most of the loss named on its way.
            if derived.derivation.named.len() > named.len() {
                named = derived.derivation.named;
            }
        }
        rename(&mut arena, &named, &given, &vars);
        let data = spec.data.iter().map(|(name, _)| symbol_of(name)).collect();
        let samples = arena.dims.find(&count).map(|dim| arena.dims.resolve(dim));
        if let Some(Dim::Size(n)) = samples {
            let message = say!("train.samples", n);
            return Err(Error::new(Kind::Shape, message).hint(say!("train.samples.hint")));
        }
        Ok(Model { arena, loss, params, data, samples, named })
    }

    /// The named parts with their definitions.
    pub fn named_parts(&self) -> Vec<(SymbolId, NodeId)> {
        let definition = |&symbol: &SymbolId| Some((symbol, self.arena.symbols[symbol.0 as usize].definition?));
        self.named.iter().filter_map(definition).collect()
    }
}

/// Names the parts for display: the user's own names stay, the others become u_1, u_2, … and the loss C.
/// (Each parameter was derived by itself, so that their numbering goes on from one to the next.)
fn rename(arena: &mut Arena, named: &[SymbolId], given: &[(String, NodeId)], vars: &Map<String, Value>) {
    let is_given = |name: &str| vars.contains_key(name) || given.iter().any(|(known, _)| known == name);
    let mut number = 0;
    for (place, symbol) in named.iter().enumerate() {
        let old = arena.symbols[symbol.0 as usize].name.clone();
        if is_given(&old) {
            continue;
        }
        let new = if place + 1 == named.len() && !is_given("C") {
            "C".to_owned()
        } else {
            loop {
                number += 1;
                let name = format!("u_{number}");
                if !is_given(&name) {
                    break name;
                }
            }
        };
        arena.symbols[symbol.0 as usize].name = new;
    }
}

/// What the number of samples is called in the loss: `N` unless that is a parameter's or the data's name.
fn sample_dimension(spec: &Spec) -> String {
    let taken = |name: &str| spec.params.iter().any(|p| p.name == name) || spec.data.iter().any(|(n, _)| n == name);
    let mut name = "N".to_owned();
    let mut number = 1;
    while taken(&name) {
        name = format!("N_{number}");
        number += 1;
    }
    name
}
