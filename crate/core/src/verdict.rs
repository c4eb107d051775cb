//! Is a learner's derivative right? Shape first, then equality at random points with distinct sizes (in numbers modulo a
//! prime, where "different" is certain, and in floats), then the simple slips: sign, constant factor; then the known
//! ones (slips.rs). An equal form is never called wrong.

use crate::check::Check;
use crate::derive::By;
use crate::error::{Error, Kind, Result};
use crate::eval::{self, Env};
use crate::exact::Exact;
use crate::expr::{Arena, NodeId};
use crate::layout::{flipped, is_flipped};
use crate::number::Number;
use crate::op::Op;
use crate::ops::elementwise::{CASES, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, MAX, MIN};
use crate::ops::linalg::INV;
use crate::ops::reductions::{FIRST_LARGEST, FIRST_SMALLEST, LARGEST, SMALLEST};
use crate::request::Layout;
use crate::sample::{ATTEMPTS, Sampler, with_definitions};
use crate::slips::{Fault, SLIPS, Slip, Turn, derivatives};
use crate::tensor::Tensor;
use crate::view::shape_in_words;

/// Points at which equality is decided: both signs, both sides of kinks, sizes distinct.
const POINTS: u32 = 8;

/// Points at which it is decided exactly. What differs modulo a prime differs at nearly every point, but for branches:
/// there the sides of a kink are equally likely, and so many points see both.
const EXACT_POINTS: u32 = 6;

/// Points where the exact numbers do not agree: either an identity between functions is behind it, or a branch that real
/// numbers rarely take.
const MANY_POINTS: u32 = 64;

/// Further apart than this, relative to the largest number, is no rounding.
const WIDELY: f64 = 1e-3;

/// A matrix with a larger condition number (its largest entry times that of its inverse) is singular but for rounding.
const WORST_CONDITION: f64 = 1e10;

/// What chooses by a comparison of its own, beside the functions with kinks.
const BRANCHES: [&Op; 11] = [
    &GREATER,
    &LESS,
    &GREATER_EQUAL,
    &LESS_EQUAL,
    &MAX,
    &MIN,
    &CASES,
    &LARGEST,
    &SMALLEST,
    &FIRST_LARGEST,
    &FIRST_SMALLEST,
];

/// A point of at most so many numbers is told.
const TOLD: usize = 6;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub verdict: &'static str,
    /// The known slip that explains the answer.
    pub slip: Option<&'static str>,
    /// The known slip that explains its shape.
    pub shape_slip: Option<&'static str>,
    pub message: String,
    pub hint: String,
}

fn verdict(verdict: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Verdict {
    Verdict { verdict, slip: None, shape_slip: None, message: message.into(), hint: hint.into() }
}

/// The question that an answer is held against.
pub struct Truth {
    /// The derivative in the engine's own form (numerator layout for scalars and vectors).
    pub derivative: NodeId,
    /// Orders of the value and of the variable.
    pub orders: (usize, usize),
    pub layout: Layout,
    /// The value that was differentiated (first): the derivative counts where it has a number.
    pub value: NodeId,
    /// What was differentiated by what; `None` where slips are not looked for (second derivatives).
    pub question: Option<(NodeId, By)>,
}

/// Whether two expressions are equal wherever the first and `value` have numbers; `None` where no such point was found.
fn same(arena: &Arena, value: Option<NodeId>, truth: NodeId, answer: NodeId) -> Result<Option<bool>> {
    if arena.shape(truth) != arena.shape(answer) {
        return Ok(Some(false));
    }
    if truth == answer {
        return Ok(Some(true));
    }
    let check = |points| Check { defined: value, ..Check::new(arena, points) };
    // Most of what differs does so at once.
    let first = check(1).compare(truth, answer)?;
    if first.points > 0 && !first.ok {
        return Ok(Some(false));
    }
    // What the exact numbers cannot take (it is too large, say) is left to floats.
    let exact = check(EXACT_POINTS).compare_exactly(truth, answer).unwrap_or(Exact::Abstained);
    if exact == Exact::Unequal {
        return Ok(Some(false));
    }
    let floats = check(POINTS).compare(truth, answer)?;
    if floats.points > 0 {
        if floats.ok && differs_on_a_branch(arena, value, truth, answer)? {
            return Ok(Some(false));
        }
        if !floats.ok || matches!(exact, Exact::Equal { .. }) {
            return Ok(Some(floats.ok));
        }
        let (apart, together) = widely_apart(arena, value, truth, answer)?;
        let holds = apart == 0 || check(MANY_POINTS).compare(truth, answer)?.ok;
        return Ok(Some(holds && apart <= together));
    }
    if matches!(exact, Exact::Equal { .. }) {
        return Ok(Some(true));
    }
    Ok(has_no_number(arena, value, truth, answer)?.then_some(false))
}

/// Whether the answer has a number at none of the points where the truth has one: `1/(x - x)` is wrong, and not unknown.
fn has_no_number(arena: &Arena, value: Option<NodeId>, truth: NodeId, answer: NodeId) -> Result<bool> {
    let roots: Vec<NodeId> = [answer, truth].into_iter().chain(value).collect();
    let sampler = Sampler::new(arena, &roots, 1);
    let mut seen = false;
    for point in 0..MANY_POINTS {
        let values = eval::evaluate(arena, &roots, &sampler.point(point, 0)?)?;
        let is_finite = |tensor: &Tensor<f64>| tensor.data.iter().all(|x| x.is_finite());
        if values[1..].iter().all(is_finite) {
            seen = true;
            if is_finite(&values[0]) {
                return Ok(false);
            }
        }
    }
    Ok(seen)
}

/// What has branches may differ only where one variable is far smaller than the others: relu(9x - b), and relu(x).
fn differs_on_a_branch(arena: &Arena, value: Option<NodeId>, truth: NodeId, answer: NodeId) -> Result<bool> {
    if !has_branches(arena, &[truth, answer]) {
        return Ok(false);
    }
    let check = Check { defined: value, uneven: true, ..Check::new(arena, MANY_POINTS) };
    let found = check.compare(truth, answer)?;
    Ok(found.points > 0 && !found.ok)
}

/// Whether something is chosen by a comparison in one of these.
fn has_branches(arena: &Arena, roots: &[NodeId]) -> bool {
    with_definitions(arena, roots).into_iter().any(|id| {
        let op = arena.op(id);
        !op.kinks.is_empty() || BRANCHES.contains(&op)
    })
}

/// Where a comparison ties (`u <= u`) the rounding decides, and every point at which the two differ counts as noise: then
/// the plain numbers vote. At how many points they differ widely (what cancelling leaves of small numbers does not count),
/// and at how many not. A matrix that is singular has an inverse by rounding alone: such points have no vote.
fn widely_apart(arena: &Arena, value: Option<NodeId>, truth: NodeId, answer: NodeId) -> Result<(u32, u32)> {
    let roots: Vec<NodeId> = [truth, answer].into_iter().chain(value).collect();
    let inverses: Vec<NodeId> = (arena.reachable(&roots).into_iter())
        .filter(|&id| arena.is(id, &INV) && arena.get(id).free.is_empty())
        .flat_map(|id| [id, arena.args(id)[0]])
        .collect();
    let planned = [&roots[..], &inverses].concat();
    let sampler = Sampler::new(arena, &roots, 1);
    let (mut apart, mut together) = (0, 0);
    for point in 0..MANY_POINTS {
        let values = eval::evaluate(arena, &planned, &sampler.point(point, 0)?)?;
        if values.iter().any(|v| v.data.iter().any(|x| !x.is_finite())) {
            continue;
        }
        let largest =
            |tensors: &[Tensor<f64>]| tensors.iter().flat_map(|v| &v.data).fold(0.0, |most: f64, x| most.max(x.abs()));
        let (values, inverses) = values.split_at(roots.len());
        if inverses.chunks(2).any(|pair| largest(&pair[..1]) * largest(&pair[1..]) > WORST_CONDITION) {
            continue;
        }
        let scale = largest(&values[..2]).max(1.0);
        let differs = values[0].data.iter().zip(&values[1].data).any(|(a, b)| (a - b).abs() > WIDELY * scale);
        if differs { apart += 1 } else { together += 1 }
    }
    Ok((apart, together))
}

/// Same shape and same numbers wherever the first is defined.
pub fn equal(arena: &Arena, truth: NodeId, answer: NodeId) -> Result<bool> {
    Ok(same(arena, None, truth, answer)? == Some(true))
}

impl Truth {
    /// Whether `form`, the truth in one layout or what a slip makes of it, is what the learner says.
    fn is(&self, arena: &Arena, form: NodeId, answer: NodeId) -> Result<bool> {
        Ok(same(arena, Some(self.value), form, answer)? == Some(true))
    }

    /// The derivative (or what a slip makes of it) in the layout asked for, and in the other.
    fn layouts(&self, arena: &mut Arena, own: NodeId) -> (NodeId, NodeId) {
        let turned = flipped(arena, own);
        if is_flipped(self.layout, self.orders.0, self.orders.1) { (turned, own) } else { (own, turned) }
    }
}

/// Judges an answer. Errors: `domain` where the derivative has no number anywhere, and nothing can be said.
pub fn judge(arena: &mut Arena, truth: &Truth, answer: NodeId) -> Result<Verdict> {
    let own = truth.derivative;
    let (here, there) = truth.layouts(arena, own);
    let as_asked = same(arena, Some(truth.value), here, answer)?;
    if as_asked == Some(true) {
        return Ok(verdict("equal", say!("verdict.right"), ""));
    }
    let in_other_layout = same(arena, Some(truth.value), there, answer)?;
    if as_asked.is_none() || in_other_layout.is_none() {
        let message = say!("verdict.no_point");
        return Err(Error::new(Kind::Domain, message).hint(say!("verdict.no_point.hint")));
    }
    if in_other_layout == Some(true) {
        return Ok(match truth.orders {
            (0, 1) => verdict("equal", say!("verdict.row_or_column"), ""),
            (0, 2) if truth.layout == Layout::Numerator => verdict("equal", say!("verdict.like_variable"), ""),
            _ => verdict("layout", say!("verdict.other_layout"), say!("verdict.other_layout.hint")),
        });
    }
    let fits = [here, there].into_iter().find(|&t| arena.shape(t) == arena.shape(answer));
    let Some(target) = fits else { return misshapen(arena, truth, here, answer) };
    let opposite = arena.negate(answer);
    if truth.is(arena, target, opposite)? {
        return Ok(verdict("sign", say!("verdict.sign"), say!("verdict.sign.hint")));
    }
    if let Some(ratio) = ratio(arena, target, answer)? {
        let factor = arena.number(Number::Float(ratio));
        let scaled = arena.multiply(&[factor, answer]);
        // The ratio was read off a float: floats alone can say whether it is one everywhere.
        let check = Check { defined: Some(truth.value), ..Check::new(arena, POINTS) }.compare(target, scaled)?;
        if check.ok && !differs_on_a_branch(arena, Some(truth.value), target, scaled)? {
            let message = say!("verdict.factor", ratio = in_words(ratio));
            return Ok(verdict("factor", message, say!("verdict.factor.hint")));
        }
    }
    let numbers = different(arena, target, answer)?;
    if let Some(slip) = named(arena, truth, answer)? {
        let message = format!("{} {numbers}", slip.question());
        return Ok(Verdict { slip: Some(slip.id), ..verdict("rule", message, slip.hint()) });
    }
    Ok(verdict("different", numbers, say!("verdict.step_by_step")))
}

/// An answer of another shape: which it is, which it should be, and the slip that makes it so.
fn misshapen(arena: &Arena, truth: &Truth, here: NodeId, answer: NodeId) -> Result<Verdict> {
    let shape = |node| shape_in_words(arena, arena.shape(node));
    let message = say!("verdict.shape", answer = shape(answer), right = shape(here));
    match slips_behind(arena, truth, answer, Turn::Shape)?[..] {
        [slip] => {
            let message = format!("{message} {}", slip.question());
            Ok(Verdict { shape_slip: Some(slip.id), ..verdict("shape", message, slip.hint()) })
        }
        _ => Ok(verdict("shape", message, say!("verdict.shape.hint"))),
    }
}

/// The one slip that explains the answer; none where several do. (A rule that is got wrong, or a matrix that is taken to be
/// symmetric, can leave a transpose or an order that is wrong as well: one slip seen from two sides, and the reason is named.)
fn named(arena: &Arena, truth: &Truth, answer: NodeId) -> Result<Option<&'static Slip>> {
    let first = slips_behind(arena, truth, answer, Turn::First)?;
    if first.len() > 1 {
        return Ok(None);
    }
    let second = slips_behind(arena, truth, answer, Turn::Second)?;
    let is_reason = |slip: &Slip| matches!(slip.fault, Fault::AssumedSymmetric | Fault::Twin { .. });
    Ok(match (&first[..], &second[..]) {
        ([slip], _) if is_reason(slip) => Some(slip),
        ([slip], []) | ([], [slip]) => Some(slip),
        _ => None,
    })
}

/// The known slips that lead to this answer.
fn slips_behind(arena: &Arena, truth: &Truth, answer: NodeId, turn: Turn) -> Result<Vec<&'static Slip>> {
    let Some((expr, by)) = &truth.question else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for slip in SLIPS.iter().filter(|slip| slip.speaks(turn)) {
        let explains = derivatives(arena, *expr, by, truth.derivative, slip)
            .into_iter()
            .any(|(mut copy, wrong)| leads_to(&mut copy, truth, slip, wrong, answer).unwrap_or(false));
        if explains {
            found.push(slip);
        }
    }
    Ok(found)
}

/// Whether what a slip makes is the answer: in the layout asked for, or, where only that fits, in the other.
fn leads_to(arena: &mut Arena, truth: &Truth, slip: &Slip, wrong: NodeId, answer: NodeId) -> Result<bool> {
    let (here, there) = truth.layouts(arena, wrong);
    // By a matrix both shapes are right, and a square one does not say which is meant.
    let either = truth.orders == (0, 2) && slip.fault != Fault::AssumedSymmetric;
    if arena.shape(here) == arena.shape(answer) {
        return Ok(truth.is(arena, here, answer)? || either && truth.is(arena, there, answer)?);
    }
    truth.is(arena, there, answer)
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

/// One entry where the two differ, with both numbers, and the point where they do.
fn different(arena: &Arena, truth: NodeId, answer: NodeId) -> Result<String> {
    let even = Sampler::new(arena, &[truth, answer], 1);
    let mut uneven = Sampler::new(arena, &[truth, answer], 1);
    uneven.uneven = true;
    let points =
        (0..ATTEMPTS).map(|attempt| (&even, 0, attempt)).chain((0..MANY_POINTS).map(|point| (&uneven, point, 0)));
    for (sampler, point, attempt) in points {
        let env = sampler.point(point, attempt)?;
        let values = eval::evaluate(arena, &[truth, answer], &env)?;
        let finite = values.iter().all(|v| v.data.iter().all(|x| x.is_finite()));
        let apart =
            |k: &usize| (values[0].data[*k] - values[1].data[*k]).abs() > 1e-9 * values[0].data[*k].abs().max(1.0);
        if let (true, Some(k)) = (finite, (0..values[0].len()).find(apart)) {
            return Ok(say!(
                "verdict.differs",
                point = point_in_words(arena, &env),
                right = format!("{:.4}", values[0].data[k]),
                entry = place_in_words(&values[0], k),
                answer = format!("{:.4}", values[1].data[k])
            ));
        }
    }
    Ok(say!("verdict.another_value"))
}

/// ` in entry (2, 1)`; nothing for a number.
fn place_in_words(tensor: &Tensor<f64>, k: usize) -> String {
    if tensor.len() == 1 {
        return String::new();
    }
    let mut rest = k;
    let mut places: Vec<String> = Vec::new();
    for &size in tensor.shape.iter().rev() {
        places.push((rest % size + 1).to_string());
        rest /= size;
    }
    places.reverse();
    let place = match &places[..] {
        [one] => say!("verdict.in_entry", one),
        _ => say!("verdict.in_entries", places = places.join(", ")),
    };
    format!(" {place}")
}

/// `x = 0.31, w = [1.2, -0.5]`, where that is short.
fn point_in_words(arena: &Arena, env: &Env<f64>) -> String {
    let count: usize = env.values.values().map(Tensor::len).sum();
    if count == 0 || count > TOLD || env.values.values().any(|value| value.shape.len() > 1) {
        return say!("verdict.random_point");
    }
    let told: Vec<String> = env
        .values
        .iter()
        .map(|(symbol, value)| {
            let numbers: Vec<String> = value.data.iter().map(|x| format!("{x:.4}")).collect();
            let name = &arena.symbols[symbol.0 as usize].name;
            if value.shape.is_empty() {
                format!("{name} = {}", numbers[0])
            } else {
                format!("{name} = [{}]", numbers.join(", "))
            }
        })
        .collect();
    told.join(", ")
}
