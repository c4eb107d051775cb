//! The last update with all its numbers, each beside the formula it belongs to.

use crate::error::{Error, Kind};
use crate::eval::evaluate;
use crate::expr::{NodeId, SymbolId};
use crate::numbers::to_json;
use crate::print::{Latex, text};
use crate::train::Session;
use crate::train::report::{Detail, IntermediateDetail, ParameterDetail};
use std::collections::BTreeSet;

impl Session {
    /// The last update in full. Errors: `request` before the first update.
    pub fn detail(&self) -> Result<Detail, Error> {
        let Some(last) = &self.last else {
            return Err(Error::new(Kind::Request, say!("train.no_update")).hint(say!("train.no_update.hint")));
        };
        let arena = &self.engine.model.arena;
        let nothing = BTreeSet::new();
        let latex = Latex { arena, marks: true, changed: &nothing };
        let mut params = Vec::new();
        for (at, parameter) in self.engine.spec.params.iter().enumerate() {
            let gradient = self.engine.model.params[at].gradient;
            params.push(ParameterDetail {
                name: parameter.name.clone(),
                before: to_json(&last.before[at]),
                gradient: to_json(&last.gradient[at]),
                velocity: to_json(&last.velocity[at]),
                after: to_json(&last.after[at]),
                latex: latex.formula(gradient)?,
                text: text(arena, gradient)?,
            });
        }
        let env = self.engine.point(&last.batch, &last.before);
        let named: Vec<(SymbolId, NodeId)> = self.engine.model.named_parts();
        let definitions: Vec<NodeId> = named.iter().map(|&(_, definition)| definition).collect();
        let values = evaluate(arena, &definitions, &env)?;
        let mut intermediates = Vec::new();
        for ((symbol, definition), value) in named.into_iter().zip(&values) {
            let formula = format!("{} = {}", latex.symbol(symbol), latex.formula(definition)?);
            let name = arena.symbols[symbol.0 as usize].name.clone();
            intermediates.push(IntermediateDetail { name, latex: formula, values: to_json(value) });
        }
        Ok(Detail {
            step: self.engine.now.step,
            rate: last.rate,
            momentum: self.engine.spec.momentum,
            batch: last.batch.clone(),
            batch_loss: self.engine.now.batch_loss,
            loss_latex: latex.formula(self.engine.model.loss)?,
            params,
            intermediates,
        })
    }
}
