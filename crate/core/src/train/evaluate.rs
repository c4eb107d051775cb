//! Any expression at the session's present state: what pictures are drawn from.

use crate::error::{Error, Kind};
use crate::eval::value;
use crate::expr::SymbolId;
use crate::infer;
use crate::numbers::{from_json, point};
use crate::request;
use crate::tensor::Tensor;
use crate::train::Engine;
use chalkgrad_tape::Real;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

fn fault(message: impl Into<String>) -> Error {
    Error::new(Kind::Request, message)
}

fn object<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<Option<&'a Map<String, Value>>, Error> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(_) => Err(fault(say!("session.object", name))),
    }
}

impl<T: Real> Engine<T> {
    /// `{"expr": "…", "inputs": {"X": [[…], …]}, "vars": {"X": ["N", 2]}}`: the value of `expr` with the current
    /// parameters and the data, `inputs` in their place or beside them; row by row. `vars` names dimensions.
    pub fn evaluate(&self, json: &str) -> Result<Vec<f64>, Error> {
        let read: Value = serde_json::from_str(json).map_err(|_| fault(say!("train.no_json")))?;
        let Value::Object(fields) = &read else { return Err(fault(say!("train.no_object"))) };
        if let Some(unknown) = fields.keys().find(|key| !["expr", "vars", "inputs"].contains(&key.as_str())) {
            return Err(fault(say!("train.no_field", unknown)).hint(say!("train.fields")));
        }
        let mut values: BTreeMap<&str, Tensor<f64>> = BTreeMap::new();
        for (at, parameter) in self.spec.params.iter().enumerate() {
            values.insert(&parameter.name, self.part(at, &self.now.params));
        }
        for (name, data) in &self.spec.data {
            values.insert(name, data.clone());
        }
        for (name, input) in object(fields, "inputs")?.into_iter().flatten() {
            values.insert(name, from_json(&format!("inputs.{name}"), input)?);
        }
        // Without a shape of the user's, the numbers' own.
        let mut vars: Map<String, Value> =
            values.iter().map(|(&name, value)| (name.to_owned(), json!(value.shape))).collect();
        vars.extend(object(fields, "vars")?.cloned().unwrap_or_default());
        let expr = fields.get("expr").cloned().unwrap_or(Value::Null);
        let request = request::read(&json!({ "op": "eval", "expr": expr, "vars": vars }))?;
        let question = infer::read(&request)?;
        let arena = &question.arena;
        let nodes = arena.reachable(&[question.expr]);
        let used: Vec<SymbolId> = nodes.into_iter().filter_map(|id| arena.symbol_of(id)).collect();
        let mut given: Vec<(&str, SymbolId, Tensor<f64>)> = Vec::new();
        for (name, symbol) in question.names.iter().filter(|(_, symbol)| used.contains(symbol)) {
            match values.remove(name.as_str()) {
                Some(value) => given.push((name, *symbol, value)),
                None => {
                    let message = say!("train.no_value", name);
                    return Err(Error::new(Kind::Name, message).hint(say!("train.no_value.hint")));
                }
            }
        }
        Ok(value(arena, question.expr, &point(arena, &given)?)?.data)
    }
}
