//! An answer that has passed its checks. Where the usual form fails them, which is a defect of the engine, the
//! derivative is given by its entries: the terms of the differential as they stand, before anything was read back to
//! matrices or tidied. A failed check costs beauty, never truth.

use crate::check::Check;
use crate::contract::{Level, Verified};
use crate::derive::{By, Derived};
use crate::differential::push;
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, NodeId, Place};
use crate::jacobian::{Derivation, row_of};
use crate::op::Data;
use crate::ops::build::{LIST, PICK, STACK};
use crate::ops::pending::DIFFERENTIAL;
use crate::rules::headlines;
use crate::shape::{Dim, Shape};
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
    if let Some(verified) = verified(arena, asking, derived.tensor)? {
        return Ok((derived, verified));
    }
    let plain = by_entries(arena, asking, derived.derivation.question);
    #[cfg(test)]
    let plain = plain.map(|plain| faults::planted_in_entries(arena, plain));
    let plain = plain.and_then(|plain| Ok(verified(arena, asking, plain.tensor)?.map(|checked| (plain, checked))));
    if let Ok(Some(answer)) = plain {
        return Ok(answer);
    }
    let message = "The derivative found did not pass its own check by number, so it is not shown.";
    Err(Error::new(Kind::Unsupported, message).hint("Please report this expression: it is a defect of Chalkgrad."))
}

/// How a result passed both oracles; `None` where it did not.
fn verified(arena: &Arena, asking: &Asking, tensor: NodeId) -> Result<Option<Verified>> {
    let is_list = matches!(asking.by, By::List(_));
    let proof = Check::new(arena, POINTS).prove(asking.expr, asking.wrt, is_list, tensor)?;
    if proof.numbers.points == 0 {
        let message = "No point was found at which this expression and its derivative have values.";
        return Err(Error::new(Kind::Domain, message).hint("Look for a logarithm or a root of something negative."));
    }
    Ok(proof.ok().then(|| Verified {
        points: proof.numbers.points,
        max_relative_error: proof.numbers.max_relative_error,
        exact_points: proof.exact.points(),
    }))
}

/// The derivative by its entries, in one step that says why.
fn by_entries(arena: &mut Arena, asking: &Asking, question: NodeId) -> Result<Derived> {
    let value = arena.shape(asking.expr).clone();
    let (tensor, by_order) = match asking.by {
        By::Variable(v) => (entries(arena, asking.expr, *v)?, arena.shape(*v).order()),
        By::Component(v, places) => {
            let whole = entries(arena, asking.expr, *v)?;
            let fixed = places.iter().map(|&p| Some(Place::Fixed(p)));
            let subscripts = std::iter::repeat_n(None, value.order()).chain(fixed).collect();
            (arena.must(&PICK, &[whole], Data::Subscripts(subscripts)), 0)
        }
        By::List(variables) => {
            let columns = variables.iter().map(|&v| entries(arena, asking.expr, v)).collect::<Result<Vec<_>>>()?;
            (side_by_side(arena, &columns, &value)?, 1)
        }
    };
    let result = if (value.order(), by_order) == (0, 1) { row_of(arena, tensor) } else { tensor };
    let step = Step::rewrite(headlines::BY_ENTRIES, Level::Headline, question, result);
    Ok(Derived { derivation: Derivation { question, result, steps: vec![step], named: Vec::new() }, tensor })
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

/// Derivatives by scalars as one tensor, the scalars along its last axis.
fn side_by_side(arena: &mut Arena, columns: &[NodeId], value: &Shape) -> Result<NodeId> {
    match (value.order(), columns) {
        (0, _) => Ok(arena.must(&LIST, columns, Data::None)),
        (1, [one]) => {
            let unit = arena.ones(&Shape::matrix(Dim::Size(1), Dim::Size(1)));
            Ok(arena.chain(&[*one, unit]))
        }
        (1, _) => {
            let rows: Vec<NodeId> = columns.iter().map(|&c| arena.transpose(c)).collect();
            let stacked = arena.must(&STACK, &rows, Data::None);
            Ok(arena.transpose(stacked))
        }
        _ => Err(Error::new(Kind::Unsupported, "The derivative of a matrix by a list of scalars is not built yet.")),
    }
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
        derived.derivation.result = fault(arena, derived.derivation.result);
        derived
    }
}

#[cfg(test)]
mod tests;
