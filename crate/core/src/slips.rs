//! Known slips of learners: our own differentiator with one rule swapped for its faulty twin. A slip is named only where
//! it alone explains an answer (Brown & Burton 1978: a bug is a correct procedure with one rule replaced).

mod catalog;
mod forms;
mod pushing;

pub use catalog::SLIPS;
pub use pushing::{Pushing, faulty, is_held, twin_of};

use crate::derive::By;
use crate::error::Result;
use crate::expr::{Arena, NodeId};
use crate::jacobian::local;
use crate::op::Data;
use crate::ops::build::{GRID, LIST};
use crate::ops::reductions::{MEAN, SUM};
use crate::shape::Dim;
use crate::sorting;
use crate::words;

/// A slip: how it goes, and the question to ask back.
pub struct Slip {
    pub id: &'static str,
    pub fault: Fault,
    pub question: &'static str,
    pub hint: &'static str,
    pub turn: Turn,
}

/// When a slip is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    First,
    /// What is done to the result, not on the way to it.
    Second,
    /// Where the answer has another shape than the derivative.
    Shape,
}

impl Slip {
    /// The question back to the learner, in the language of the answer.
    pub fn question(&self) -> String {
        words::of("slip", self.id, "question", self.question)
    }

    pub fn hint(&self) -> String {
        words::of("slip", self.id, "hint", self.hint)
    }

    /// Whether it is looked for in this turn.
    pub fn speaks(&self, turn: Turn) -> bool {
        // The derivative by another variable may have any shape.
        self.turn == turn || turn == Turn::Shape && matches!(self.fault, Fault::AnotherVariable(_))
    }
}

/// What is done wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// The rules with these ids have this right side.
    Twin { of: &'static [&'static str], to: &'static str },
    /// At the k-th function of a compound argument: its argument moves as the variable itself does.
    InnerDropped(usize),
    /// At the k-th function of a compound argument: the slope is taken at the variable.
    WrongArgument(usize),
    /// A product of scalars has the product of the derivatives.
    ProductOfDerivatives,
    /// Of a product only the k-th factor that varies is differentiated.
    OnlyOneFactor(usize),
    /// The k-th part with a name of its own, or function within another, stands still.
    IntermediateHeld(usize),
    /// Differentiated by the k-th of the other variables.
    AnotherVariable(usize),
    /// The k-th of the other variables moves as well.
    ConstantMoves(usize),
    /// Square matrices are taken to be symmetric: right for those, wrong for others.
    AssumedSymmetric,
    /// The k-th transpose of the result is left out, or one is put where none belongs.
    TransposeDropped(usize),
    /// The k-th pair of neighbours in a product of the result stands the other way round.
    OrderSwapped(usize),
    /// The k-th product of a column by a row in the result is transposed.
    OuterTurned(usize),
    /// Of a diagonal matrix the diagonal only; `hadamard` where it comes of an elementwise product.
    DiagonalAsVector { hadamard: bool },
    /// What stands inside the sum is differentiated, and not summed.
    SumForgotten,
    /// One entry where all entries are equal.
    OnesForgotten { of_sum: bool },
    /// The sum is left standing where one entry of the variable moves: ∂/∂xᵢ Σᵢ f(xᵢ) = Σᵢ f′(xᵢ).
    IndexCaptured,
}

/// How many places a slip is tried at.
const PLACES: usize = 4;

/// The same fault at each place it is tried at.
fn variants(fault: Fault) -> Vec<Fault> {
    let at: fn(usize) -> Fault = match fault {
        Fault::InnerDropped(_) => Fault::InnerDropped,
        Fault::WrongArgument(_) => Fault::WrongArgument,
        Fault::OnlyOneFactor(_) => Fault::OnlyOneFactor,
        Fault::IntermediateHeld(_) => Fault::IntermediateHeld,
        Fault::AnotherVariable(_) => Fault::AnotherVariable,
        Fault::ConstantMoves(_) => Fault::ConstantMoves,
        Fault::TransposeDropped(_) => Fault::TransposeDropped,
        Fault::OrderSwapped(_) => Fault::OrderSwapped,
        Fault::OuterTurned(_) => Fault::OuterTurned,
        one => return vec![one],
    };
    (0..PLACES).map(at).collect()
}

/// The derivatives that each slip leads to, in the form of the truth; what cannot be done or comes out right is left out.
/// Each is made in a copy of the arena, which comes with it.
pub fn derivatives(arena: &Arena, expr: NodeId, by: &By, truth: NodeId, slip: &Slip) -> Vec<(Arena, NodeId)> {
    let mut all: Vec<(Arena, NodeId)> = Vec::new();
    if !has_place(arena, expr, slip.fault) || has_thin_matrices(arena, expr) {
        return all;
    }
    for fault in variants(slip.fault) {
        let mut copy = arena.clone();
        if fault == Fault::AssumedSymmetric {
            // The truth itself, compared at symmetric matrices only.
            if forms::assume_symmetric(&mut copy, truth) {
                all.push((copy, truth));
            }
            continue;
        }
        if let Ok(Some(made)) = made_by(&mut copy, expr, by, truth, fault)
            && made != truth
        {
            all.push((copy, made));
        }
    }
    all
}

/// Whether something in it has one column or one entry: there slips make what fits by accident, or not at all.
fn has_thin_matrices(arena: &Arena, expr: NodeId) -> bool {
    let last = |id: NodeId| arena.shape(id).0.last() == Some(&Dim::Size(1));
    arena.reachable(&[expr]).into_iter().any(last)
}

/// Whether the expression has a place for the fault at all: most rules are not in it, and need not be tried.
fn has_place(arena: &Arena, expr: NodeId, fault: Fault) -> bool {
    let Fault::Twin { of, .. } = fault else { return true };
    let fires = |id: NodeId| arena.op(id).rules().iter().any(|rule| of.contains(&rule.id));
    arena.reachable(&[expr]).into_iter().any(fires)
}

fn made_by(arena: &mut Arena, expr: NodeId, by: &By, truth: NodeId, fault: Fault) -> Result<Option<NodeId>> {
    match fault {
        Fault::AnotherVariable(k) => by_another(arena, expr, by, k),
        Fault::ConstantMoves(k) => {
            let Some(more) = by_another(arena, expr, by, k)? else { return Ok(None) };
            let fits = arena.shape(more) == arena.shape(truth);
            Ok(fits.then(|| arena.add(&[truth, more])))
        }
        Fault::SumForgotten => {
            let summed = [&SUM, &MEAN].contains(&arena.op(expr));
            let Some(inner) = summed.then(|| arena.args(expr)[0]) else { return Ok(None) };
            derived(arena, inner, by)
        }
        Fault::Twin { .. }
        | Fault::InnerDropped(_)
        | Fault::WrongArgument(_)
        | Fault::ProductOfDerivatives
        | Fault::OnlyOneFactor(_)
        | Fault::IntermediateHeld(_) => {
            arena.fault = Some(fault);
            let derived = derived(arena, expr, by);
            arena.fault = None;
            // Nothing left is no slip that anybody makes.
            Ok(derived?.filter(|&made| !arena.is_zero(made)))
        }
        _ => Ok(forms::changed(arena, expr, truth, fault)),
    }
}

/// The derivative by the k-th variable of the expression that is not asked for; none that is a mere number.
fn by_another(arena: &mut Arena, expr: NodeId, by: &By, k: usize) -> Result<Option<NodeId>> {
    let asked = match by {
        By::Variable(variable) => vec![*variable],
        By::List(all) => all.clone(),
        By::Component(..) => return Ok(None),
    };
    let mut others = arena.variables_in(expr);
    others.retain(|other| !asked.contains(other));
    sorting::sort(&mut others);
    let Some(&other) = others.get(k) else { return Ok(None) };
    let made = local(arena, expr, other)?.tidied;
    Ok((!arena.variables_in(made).is_empty()).then_some(made))
}

fn derived(arena: &mut Arena, expr: NodeId, by: &By) -> Result<Option<NodeId>> {
    match by {
        By::Variable(variable) => Ok(Some(local(arena, expr, *variable)?.tidied)),
        By::List(all) if arena.shape(expr).is_scalar() => {
            let partials = partials(arena, expr, all)?;
            let list = arena.must(&LIST, &partials, Data::None);
            Ok(Some(arena.transpose(list)))
        }
        By::List(all) if arena.is(expr, &LIST) => {
            let mut entries = Vec::new();
            let components = arena.args(expr).to_vec();
            for &component in &components {
                entries.extend(partials(arena, component, all)?);
            }
            Ok(Some(arena.must(&GRID, &entries, Data::Grid(components.len(), all.len()))))
        }
        By::List(_) | By::Component(..) => Ok(None),
    }
}

fn partials(arena: &mut Arena, expr: NodeId, variables: &[NodeId]) -> Result<Vec<NodeId>> {
    variables.iter().map(|&variable| Ok(local(arena, expr, variable)?.tidied)).collect()
}
