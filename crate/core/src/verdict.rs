//! Is a learner's derivative right? Shape first, then equality at random points with distinct sizes, then the simple
//! slips: sign, constant factor. An equal form is never called wrong.

use crate::check::Check;
use crate::derive::By;
use crate::error::Result;
use crate::eval;
use crate::expr::{Arena, NodeId};
use crate::layout::{flipped, is_flipped};
use crate::number::Number;
use crate::request::Layout;
use crate::sample::{ATTEMPTS, Sampler};
use crate::slips::{SLIPS, Slip, derivatives};
use crate::view::shape_in_words;

/// Points at which equality is decided: both signs, both sides of kinks, sizes distinct.
const POINTS: u32 = 8;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub verdict: &'static str,
    /// The known slip that explains the answer.
    pub slip: Option<&'static str>,
    pub message: String,
    pub hint: String,
}

fn verdict(verdict: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Verdict {
    Verdict { verdict, slip: None, message: message.into(), hint: hint.into() }
}

/// The question that an answer is held against.
pub struct Truth {
    /// The derivative in the engine's own form (numerator layout for scalars and vectors).
    pub derivative: NodeId,
    /// Orders of the value and of the variable.
    pub orders: (usize, usize),
    pub layout: Layout,
    /// What was differentiated by what; `None` where slips are not looked for (second derivatives).
    pub question: Option<(NodeId, By)>,
}

/// Same shape and same numbers wherever the truth is defined.
pub fn equal(arena: &Arena, truth: NodeId, answer: NodeId) -> Result<bool> {
    if arena.shape(truth) != arena.shape(answer) {
        return Ok(false);
    }
    let check = Check::new(arena, POINTS).compare(truth, answer)?;
    Ok(check.ok && check.points > 0)
}

/// Judges an answer.
pub fn judge(arena: &mut Arena, truth: &Truth, answer: NodeId) -> Result<Verdict> {
    let own = truth.derivative;
    let turned = flipped(arena, own);
    let (here, there) =
        if is_flipped(truth.layout, truth.orders.0, truth.orders.1) { (turned, own) } else { (own, turned) };
    if equal(arena, here, answer)? {
        return Ok(verdict("equal", "Right: the same at every point tried.", ""));
    }
    if equal(arena, there, answer)? {
        return Ok(match truth.orders {
            (0, 1) => verdict("equal", "Right as it stands: a gradient may be written as a row or as a column.", ""),
            (0, 2) if truth.layout == Layout::Numerator => {
                verdict("equal", "Right as it stands: shaped like the variable itself.", "")
            }
            _ => verdict(
                "layout",
                "Right, but written in the other layout: this is the transpose.",
                "Rows belong to outputs and columns to inputs in numerator layout.",
            ),
        });
    }
    let fits = [here, there].into_iter().find(|&t| arena.shape(t) == arena.shape(answer));
    let Some(target) = fits else {
        let (found, wanted) = (arena.shape(answer).clone(), arena.shape(here).clone());
        let message = format!(
            "The shape does not fit yet: yours is {}, the derivative is {}.",
            shape_in_words(arena, &found),
            shape_in_words(arena, &wanted)
        );
        return Ok(verdict("shape", message, "Count outputs for the rows and inputs for the columns."));
    };
    let opposite = arena.negate(answer);
    if equal(arena, target, opposite)? {
        return Ok(verdict("sign", "Right but for the sign.", "Look for a minus in front of an inner derivative."));
    }
    if let Some(ratio) = ratio(arena, target, answer)? {
        let factor = arena.number(Number::Float(ratio));
        let scaled = arena.multiply(&[factor, answer]);
        if equal(arena, target, scaled)? {
            let message =
                format!("Right but for a constant factor: the derivative is {} times yours.", in_words(ratio));
            return Ok(verdict("factor", message, "Does a number come down from a power, or out of a mean?"));
        }
    }
    let numbers = different(arena, target, answer)?;
    if let Some(slip) = slip_behind(arena, truth, own, answer)? {
        let message = format!("{} {numbers}", slip.question);
        return Ok(Verdict { slip: Some(slip.id), ..verdict("rule", message, slip.hint) });
    }
    Ok(verdict("different", numbers, "Take it step by step, and check each shape on the way."))
}

/// The one known slip that leads to this answer; `None` where none or several do.
fn slip_behind(arena: &Arena, truth: &Truth, own: NodeId, answer: NodeId) -> Result<Option<&'static Slip>> {
    let Some((expr, by)) = &truth.question else { return Ok(None) };
    for second_row in [false, true] {
        let mut found: Option<&'static Slip> = None;
        for slip in SLIPS.iter().filter(|s| s.second_row == second_row) {
            let explains = derivatives(arena, *expr, by, own, slip).into_iter().any(|(mut copy, wrong)| {
                let turned = flipped(&mut copy, wrong);
                [wrong, turned].into_iter().any(|w| equal(&copy, w, answer).unwrap_or(false))
            });
            if explains && found.replace(slip).is_some() {
                return Ok(None);
            }
        }
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The constant that truth / answer would be, if it is one: read off at one point.
fn ratio(arena: &Arena, truth: NodeId, answer: NodeId) -> Result<Option<f64>> {
    let sampler = Sampler::new(arena, &[truth, answer], 1);
    for attempt in 0..ATTEMPTS {
        let env = sampler.point(0, attempt)?;
        let values = eval::evaluate(arena, &[truth, answer], &env)?;
        let largest = |t: &[f64]| (0..t.len()).max_by(|&a, &b| t[a].abs().total_cmp(&t[b].abs()));
        let finite = values.iter().all(|v| v.data.iter().all(|x| x.is_finite()));
        let Some(at) = largest(&values[1].data).filter(|_| finite) else { continue };
        let (t, a) = (values[0].data[at], values[1].data[at]);
        if t != 0.0 && a != 0.0 {
            return Ok(Some(t / a));
        }
    }
    Ok(None)
}

/// 2, ½ or 0.3333: short numbers for a sentence.
fn in_words(x: f64) -> String {
    for d in 1..=12 {
        let n = (x * f64::from(d)).round();
        if (x * f64::from(d) - n).abs() < 1e-9 {
            return if d == 1 { format!("{n}") } else { format!("{n}/{d}") };
        }
    }
    format!("{x:.4}")
}

/// One entry where the two differ, with both numbers.
fn different(arena: &Arena, truth: NodeId, answer: NodeId) -> Result<String> {
    let sampler = Sampler::new(arena, &[truth, answer], 1);
    for attempt in 0..ATTEMPTS {
        let env = sampler.point(0, attempt)?;
        let values = eval::evaluate(arena, &[truth, answer], &env)?;
        let finite = values.iter().all(|v| v.data.iter().all(|x| x.is_finite()));
        let apart =
            |k: &usize| (values[0].data[*k] - values[1].data[*k]).abs() > 1e-9 * values[0].data[*k].abs().max(1.0);
        if let (true, Some(k)) = (finite, (0..values[0].len()).find(apart)) {
            let place = if values[0].len() == 1 { String::new() } else { format!(" in entry {}", k + 1) };
            return Ok(format!(
                "Not yet: at one random point the derivative is {:.4}{place}, yours is {:.4}.",
                values[0].data[k], values[1].data[k]
            ));
        }
    }
    Ok("Not yet: your answer has another value.".to_owned())
}
