//! An answer that has passed its checks. Where the usual form fails them, which is a defect of the engine, the
//! derivative is given by its entries: the terms of the differential as they stand, before anything was read back to
//! matrices or tidied. A failed check costs beauty, never truth.

use crate::check::Check;
use crate::contract::{Level, Verified};
use crate::derive::{By, Derived, slices};
use crate::differential::push;
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, NodeId, Place};
use crate::jacobian::{Derivation, row_of};
use crate::op::Data;
use crate::ops::build::{LIST, PICK};
use crate::ops::pending::DIFFERENTIAL;
use crate::rules::headlines;
use crate::steps::Step;
use crate::terms;

/// Random points at which every answer is checked, by each of the two oracles.
const POINTS: u32 = 2;

/// What is asked: ∂expr/∂by.
pub struct Asking<'a> {
    pub expr: NodeId,
    pub by: &'a By,
    /// The same for the oracles: variables, a component as such.
    pub wrt: &'a [NodeId],
}

/// The result checked; in the usual form, else by entries. Errors: `domain` where nothing is defined, `unsupported`
/// where both forms fail.
pub fn proved(arena: &mut Arena, asking: &Asking, derived: Derived) -> Result<(Derived, Verified)> {
    if let Some(verified) = verified(arena, asking, &derived)? {
        return Ok((derived, verified));
    }
    let plain = by_entries(arena, asking, derived.derivation.question, derived.levels.len());
    #[cfg(test)]
    let plain = plain.map(|plain| faults::planted_in_entries(arena, plain));
    let plain = plain.and_then(|plain| Ok(verified(arena, asking, &plain)?.map(|checked| (plain, checked))));
    if let Ok(Some(answer)) = plain {
        return Ok(answer);
    }
    let message = say!("proved.failed");
    Err(Error::new(Kind::Unsupported, message).hint(say!("proved.failed.hint")))
}

/// How a result passed both oracles, each order against the one before; `None` where one did not.
fn verified(arena: &Arena, asking: &Asking, derived: &Derived) -> Result<Option<Verified>> {
    let is_list = matches!(asking.by, By::List(_));
    let mut all = Verified { points: POINTS, max_relative_error: 0.0, exact_points: POINTS };
    for &(value, tensor) in &derived.levels {
        let proof = Check::new(arena, POINTS).prove(value, asking.wrt, is_list, tensor)?;
        if proof.numbers.points == 0 && Check::new(arena, POINTS).is_always_singular(value)? {
            let message = say!("proved.singular");
            return Err(Error::new(Kind::Domain, message).hint(say!("proved.singular.hint")));
        }
        if proof.numbers.points == 0 {
            let message = say!("proved.no_point");
            return Err(Error::new(Kind::Domain, message).hint(say!("proved.no_point.hint")));
        }
        if !proof.ok() {
            return Ok(None);
        }
        all.points = all.points.min(proof.numbers.points);
        all.max_relative_error = all.max_relative_error.max(proof.numbers.max_relative_error);
        all.exact_points = all.exact_points.min(proof.exact.points());
    }
    Ok(Some(all))
}

/// The derivative by its entries, in one step that says why.
fn by_entries(arena: &mut Arena, asking: &Asking, question: NodeId, orders: usize) -> Result<Derived> {
    let mut levels = Vec::new();
    let mut value = asking.expr;
    for _ in 0..orders {
        let tensor = once_by_entries(arena, value, asking.by)?;
        levels.push((value, tensor));
        value = tensor;
    }
    let (from, tensor) = levels[levels.len() - 1];
    let is_gradient = arena.shape(from).is_scalar() && arena.shape(tensor).is_vector();
    let result = if is_gradient { row_of(arena, tensor) } else { tensor };
    let step = Step::rewrite(headlines::BY_ENTRIES, Level::Headline, question, result);
    Ok(Derived { derivation: Derivation { question, result, steps: vec![step], named: Vec::new() }, tensor, levels })
}

/// ∂value/∂by in the shape `shape(value) ++ shape(by)`.
fn once_by_entries(arena: &mut Arena, value: NodeId, by: &By) -> Result<NodeId> {
    let order = arena.shape(value).order();
    Ok(match by {
        By::Variable(v) => entries(arena, value, *v)?,
        By::Component(v, places) => {
            let whole = entries(arena, value, *v)?;
            let fixed = places.iter().map(|&p| Some(Place::Fixed(p)));
            let subscripts = std::iter::repeat_n(None, order).chain(fixed).collect();
            arena.must(&PICK, &[whole], Data::Subscripts(subscripts))
        }
        By::List(variables) => {
            let columns = variables.iter().map(|&v| entries(arena, value, v)).collect::<Result<Vec<_>>>()?;
            if order == 0 { arena.must(&LIST, &columns, Data::None) } else { slices(arena, &columns) }
        }
    })
}

/// ∂expr/∂variable as `tensor(i:m, j:n, …)`, of the shape `shape(expr) ++ shape(variable)`.
fn entries(arena: &mut Arena, expr: NodeId, variable: NodeId) -> Result<NodeId> {
    let (differential, _) = push(arena, expr, variable)?;
    let Some(differential) = differential else {
        let shape = arena.shape(expr).then(arena.shape(variable));
        return Ok(arena.zeros(&shape));
    };
    let change = arena.must(&DIFFERENTIAL, &[variable], Data::None);
    let terms = terms::identify(arena, differential, change)?;
    Ok(terms::by_entries(arena, &terms))
}

/// Faults on purpose, for tests: what happens to a result before it is checked.
#[cfg(test)]
pub mod faults {
    use super::{Arena, Derived, NodeId};
    use std::cell::Cell;

    pub type Fault = fn(&mut Arena, NodeId) -> NodeId;

    thread_local! {
        /// The fault, and whether the form by entries has it too.
        static PLANTED: Cell<Option<(Fault, bool)>> = const { Cell::new(None) };
    }

    /// Runs `work` while every result of this thread in the usual form is changed by `fault`.
    pub fn with<T>(fault: Fault, work: impl FnOnce() -> T) -> T {
        during((fault, false), work)
    }

    /// The same, and the form by entries too.
    pub fn with_everywhere<T>(fault: Fault, work: impl FnOnce() -> T) -> T {
        during((fault, true), work)
    }

    fn during<T>(fault: (Fault, bool), work: impl FnOnce() -> T) -> T {
        PLANTED.set(Some(fault));
        let done = work();
        PLANTED.set(None);
        done
    }

    pub fn planted(arena: &mut Arena, derived: Derived) -> Derived {
        match PLANTED.get() {
            Some((fault, _)) => changed(arena, derived, fault),
            None => derived,
        }
    }

    pub fn planted_in_entries(arena: &mut Arena, derived: Derived) -> Derived {
        match PLANTED.get() {
            Some((fault, true)) => changed(arena, derived, fault),
            _ => derived,
        }
    }

    fn changed(arena: &mut Arena, mut derived: Derived, fault: Fault) -> Derived {
        derived.tensor = fault(arena, derived.tensor);
        if let Some(last) = derived.levels.last_mut() {
            last.1 = derived.tensor;
        }
        derived.derivation.result = fault(arena, derived.derivation.result);
        derived
    }
}

#[cfg(test)]
mod tests;
