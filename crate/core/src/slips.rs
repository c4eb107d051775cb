//! Known slips of learners: our own differentiator with one rule swapped for its faulty twin. A slip is named only where
//! it alone explains an answer (Brown & Burton 1978: a bug is a correct procedure with one rule replaced).

use crate::derive::By;
use crate::error::Result;
use crate::expr::{Arena, Assumption, NodeId};
use crate::infer;
use crate::jacobian::local;
use crate::map::Map;
use crate::op::{Data, Eval};
use crate::ops::arithmetic::MULTIPLY;
use crate::ops::build::LIST;
use crate::ops::pending::DIFFERENTIAL;
use crate::ops::products::{DOT, PRODUCT, TRANSPOSE};
use crate::rule::Rule;

/// A slip: how it goes, and the question to ask back.
pub struct Slip {
    pub id: &'static str,
    pub fault: Fault,
    pub question: &'static str,
    pub hint: &'static str,
    /// A slip of the second row speaks only where none of the first explains the answer.
    pub second_row: bool,
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
    /// Square matrices are taken to be symmetric: right for those, wrong for others.
    AssumedSymmetric,
    /// The k-th transpose of the result is left out, or one is put where none belongs.
    TransposeDropped(usize),
    /// The k-th pair of neighbours in a product of the result stands the other way round.
    OrderSwapped(usize),
}

/// How many places a slip is tried at.
const PLACES: usize = 4;

const fn twin(
    id: &'static str,
    of: &'static [&'static str],
    to: &'static str,
    question: &'static str,
    hint: &'static str,
) -> Slip {
    Slip { id, fault: Fault::Twin { of, to }, question, hint, second_row: false }
}

const fn at_places(id: &'static str, fault: Fault, question: &'static str, hint: &'static str) -> Slip {
    Slip { id, fault, question, hint, second_row: false }
}

/// The slips that can be told from right answers of the same shape. The numbers behind the groups are those of the list
/// in the literature on misconceptions that we keep to.
pub const SLIPS: &[Slip] = &[
    // 1, 2: the chain rule.
    at_places(
        "inner-derivative-dropped",
        Fault::InnerDropped(0),
        "Is the inner derivative missing?",
        "The chain rule: what stands inside moves too, so its own derivative is a factor.",
    ),
    at_places(
        "outer-derivative-at-wrong-argument",
        Fault::WrongArgument(0),
        "Is the outer derivative taken at the variable instead of at what stands inside?",
        "The outer function is differentiated at its argument; leave the argument as it is.",
    ),
    // 3: the product rule.
    at_places(
        "product-of-derivatives",
        Fault::ProductOfDerivatives,
        "Are the derivatives of the factors multiplied?",
        "The product rule adds: one factor moves at a time, the other stays.",
    ),
    // 4: the quotient rule.
    twin(
        "quotient-order",
        &["quotient-rule"],
        "(u .* d(v) - v .* d(u)) ./ v.^2",
        "Is the order of the two terms in the quotient rule turned round?",
        "The numerator's change comes first: v u' − u v'.",
    ),
    twin(
        "quotient-sign",
        &["quotient-rule"],
        "(v .* d(u) + u .* d(v)) ./ v.^2",
        "Is there a plus in the quotient rule where a minus belongs?",
        "A growing divisor makes the quotient smaller: v u' − u v'.",
    ),
    twin(
        "quotient-divisor-not-squared",
        &["quotient-rule", "reciprocal-rule"],
        "(v .* d(u) - u .* d(v)) ./ v",
        "Is the divisor not squared?",
        "In the quotient rule the whole is divided by v squared.",
    ),
    // 5: the power rule.
    twin(
        "power-factor-missing",
        &["power-rule"],
        "u.^(c - 1) .* d(u)",
        "Did the exponent not come down as a factor?",
        "The exponent comes down in front and drops by one.",
    ),
    twin(
        "power-exponent-kept",
        &["power-rule"],
        "c .* u.^c .* d(u)",
        "Did the exponent stay as it was?",
        "The exponent comes down in front and drops by one.",
    ),
    // 6: symmetry taken for granted.
    at_places(
        "symmetry-assumed",
        Fault::AssumedSymmetric,
        "Does this hold only for a symmetric matrix?",
        "Both places where the variable stands count; the second brings the transpose.",
    ),
    // 7, 8: transposes and order.
    Slip {
        id: "transpose-missing",
        fault: Fault::TransposeDropped(0),
        question: "Is a transpose missing, or one too many?",
        hint: "Check which side the matrix must stand on: shapes alone cannot tell for square ones.",
        second_row: true,
    },
    Slip {
        id: "factors-in-wrong-order",
        fault: Fault::OrderSwapped(0),
        question: "Do two factors stand in the wrong order?",
        hint: "Matrices do not commute: keep each factor on its side.",
        second_row: true,
    },
    // 13: the mean.
    twin(
        "mean-without-count",
        &["mean"],
        "sum(d(u))",
        "Is the division by the number of entries missing?",
        "A mean is a sum divided by the number of its entries.",
    ),
    // 14: the rectifier.
    twin(
        "relu-as-identity",
        &["relu"],
        "d(u)",
        "Is the rectifier taken to be always on?",
        "Where its argument is negative, nothing passes: the slope is 0 there.",
    ),
    twin(
        "relu-kept",
        &["relu"],
        "relu(u) .* d(u)",
        "Does the rectifier itself stand where its slope belongs?",
        "Its slope is 1 or 0, not the value.",
    ),
    // 15: sigmoid and tanh.
    twin(
        "sigmoid-kept",
        &["sigmoid"],
        "sigmoid(u) .* d(u)",
        "Is the sigmoid taken to be its own derivative?",
        "Its slope is σ (1 − σ).",
    ),
    twin(
        "tanh-not-squared",
        &["tanh"],
        "(1 - tanh(u)) .* d(u)",
        "Is the square missing in 1 − tanh²?",
        "The slope of tanh is 1 minus its square.",
    ),
    // 16: softmax.
    twin(
        "softmax-diagonal-only",
        &["softmax"],
        "softmax(u) .* (1 - softmax(u)) .* d(u)",
        "Is only the diagonal of the softmax Jacobian there?",
        "Each entry depends on all others: off the diagonal stands −sᵢ sⱼ.",
    ),
    // 17: the length.
    twin(
        "norm-not-divided",
        &["norm-2"],
        "sum(u .* d(u))",
        "Is the length's gradient not divided by the length?",
        "It is the direction x/‖x‖, of length 1.",
    ),
    twin(
        "norm-as-square",
        &["norm-2"],
        "2 * sum(u .* d(u))",
        "Is this the gradient of the squared length?",
        "Without the square it is x/‖x‖.",
    ),
    // 20, 21: inverse and determinant.
    twin(
        "inverse-as-square",
        &["inverse"],
        "-inv(A) * inv(A) * d(A)",
        "Are both inverses on the same side?",
        "The change stands between them: −X⁻¹ dX X⁻¹.",
    ),
    twin(
        "determinant-without-factor",
        &["determinant"],
        "tr(inv(A) * d(A))",
        "Is the factor det(X) missing?",
        "That is the gradient of log det(X).",
    ),
    twin(
        "log-determinant-with-factor",
        &["log-determinant"],
        "tr(adj(A) * d(A))",
        "Is this the gradient of the determinant itself?",
        "The logarithm divides by det(X).",
    ),
    // Powers taken for granted where functions stand.
    twin(
        "exponential-as-power",
        &["exp"],
        "u .* exp(u - 1) .* d(u)",
        "Is the power rule used on an exponential?",
        "The exponential is its own derivative.",
    ),
    twin(
        "sine-sign",
        &["sin"],
        "-cos(u) .* d(u)",
        "Is there a minus too many at the sine?",
        "The sine's slope is the cosine; the minus belongs to the cosine's.",
    ),
    twin(
        "cosine-sign",
        &["cos"],
        "sin(u) .* d(u)",
        "Is the minus of the cosine's derivative missing?",
        "The cosine falls where the sine is positive.",
    ),
    // 24: not all places where the variable stands.
    Slip {
        id: "one-factor-only",
        fault: Fault::OnlyOneFactor(0),
        question: "Is only one of the factors differentiated?",
        hint: "The variable stands in several factors: each gives a term.",
        second_row: true,
    },
];

/// The same fault at each place it is tried at.
fn variants(fault: Fault) -> Vec<Fault> {
    let places = 0..PLACES;
    match fault {
        Fault::InnerDropped(_) => places.map(Fault::InnerDropped).collect(),
        Fault::WrongArgument(_) => places.map(Fault::WrongArgument).collect(),
        Fault::OnlyOneFactor(_) => places.map(Fault::OnlyOneFactor).collect(),
        Fault::TransposeDropped(_) => places.map(Fault::TransposeDropped).collect(),
        Fault::OrderSwapped(_) => places.map(Fault::OrderSwapped).collect(),
        one => vec![one],
    }
}

/// The derivatives that each slip leads to, in the form of the truth; what cannot be done or comes out right is left out.
/// Each is made in a copy of the arena, which comes with it.
pub fn derivatives(arena: &Arena, expr: NodeId, by: &By, truth: NodeId, slip: &Slip) -> Vec<(Arena, NodeId)> {
    let mut all: Vec<(Arena, NodeId)> = Vec::new();
    for fault in variants(slip.fault) {
        let mut copy = arena.clone();
        if fault == Fault::AssumedSymmetric {
            // The truth itself, compared at symmetric matrices only.
            if assume_symmetric(&mut copy) {
                all.push((copy, truth));
            }
            continue;
        }
        let made = match fault {
            Fault::TransposeDropped(k) => Ok(transpose_dropped(&mut copy, truth, k)),
            Fault::OrderSwapped(k) => Ok(order_swapped(&mut copy, truth, k)),
            _ => {
                copy.fault = Some(fault);
                let derived = derived(&mut copy, expr, by);
                copy.fault = None;
                derived
            }
        };
        if let Ok(Some(made)) = made
            && made != truth
            && copy.shape(made) == copy.shape(truth)
        {
            all.push((copy, made));
        }
    }
    all
}

fn derived(arena: &mut Arena, expr: NodeId, by: &By) -> Result<Option<NodeId>> {
    match by {
        By::Variable(variable) => Ok(Some(local(arena, expr, *variable)?.tidied)),
        By::List(all) if arena.shape(expr).is_scalar() => {
            let mut partials = Vec::new();
            for &variable in all {
                partials.push(local(arena, expr, variable)?.tidied);
            }
            let list = arena.must(&LIST, &partials, Data::None);
            Ok(Some(arena.transpose(list)))
        }
        By::List(_) | By::Component(..) => Ok(None),
    }
}

/// Takes all square matrices of which nothing is assumed to be symmetric; false where there is none.
fn assume_symmetric(arena: &mut Arena) -> bool {
    let mut any = false;
    for symbol in &mut arena.symbols {
        let is_square = matches!(symbol.shape.0[..], [m, n] if m == n);
        if is_square && symbol.assumed.is_empty() && symbol.definition.is_none() {
            symbol.assumed.push(Assumption::Symmetric);
            any = true;
        }
    }
    any
}

/// A square matrix with its transpose where it should stand as it is, or the other way round.
fn transpose_dropped(arena: &mut Arena, truth: NodeId, k: usize) -> Option<NodeId> {
    let is_square = |id: NodeId| matches!(arena.shape(id).0[..], [m, n] if m == n);
    let reached = arena.reachable(&[truth]);
    let transposes = reached.iter().copied().filter(|&id| arena.is(id, &TRANSPOSE) && is_square(id));
    let leaves = reached.iter().copied().filter(|&id| arena.symbol_of(id).is_some() && is_square(id));
    let id = transposes.chain(leaves).nth(k)?;
    let turned = arena.transpose(id);
    Some(arena.replace(truth, &Map::from_iter([(id, turned)])))
}

fn order_swapped(arena: &mut Arena, truth: NodeId, k: usize) -> Option<NodeId> {
    let mut seen = 0;
    for id in arena.reachable(&[truth]) {
        if !arena.is(id, &PRODUCT) {
            continue;
        }
        let args = arena.args(id).to_vec();
        for at in 0..args.len() - 1 {
            if seen == k {
                let mut turned = args.clone();
                turned.swap(at, at + 1);
                let made = turned[1..].iter().try_fold(turned[0], |chain, &f| arena.product(chain, f)).ok()?;
                let fits = arena.shape(made) == arena.shape(id);
                return fits.then(|| arena.replace(truth, &Map::from_iter([(id, made)])));
            }
            seen += 1;
        }
    }
    None
}

// --- what the differentiator asks -------------------------------------------------------------------------------

/// The faulty right side of a rule, where the fault that is being tried has one.
pub fn twin_of(arena: &mut Arena, rule: &Rule, names: &[String], args: &[NodeId]) -> Result<Option<NodeId>> {
    let Some(Fault::Twin { of, to }) = arena.fault else { return Ok(None) };
    if !of.contains(&rule.id) {
        return Ok(None);
    }
    let letters: Vec<(&str, NodeId)> = names.iter().map(String::as_str).zip(args.iter().copied()).collect();
    // A reciprocal is a quotient: its constant numerator goes by `u` in the twin.
    let also = names.iter().position(|n| n == "c").filter(|_| rule.id == "reciprocal-rule").map(|at| ("u", args[at]));
    let bound: Vec<(&str, NodeId)> = letters.into_iter().chain(also).collect();
    infer::elaborate_rule(arena, &infer::parse_rule(to), &bound).map(Some)
}

/// A differential on the way of pushing d inwards, before its arguments' differentials are put in: faults of the chain and
/// product rules change what is put in. `seen` counts the places met so far.
pub struct Pushing<'a> {
    pub node: NodeId,
    pub leaf: NodeId,
    pub value: NodeId,
    pub varies: &'a [bool],
    /// The differentials of the arguments in terms of d(leaf).
    pub known: &'a Map<NodeId, Option<NodeId>>,
}

/// The differential with the fault, where this is a place for it.
pub fn faulty(arena: &mut Arena, at: &Pushing, seen: &mut usize) -> Option<NodeId> {
    let fault = arena.fault?;
    let args = arena.args(at.node).to_vec();
    let moving: Vec<NodeId> = args.iter().zip(at.varies).filter(|(_, v)| **v).map(|(&a, _)| a).collect();
    let change = arena.must(&DIFFERENTIAL, &[at.leaf], Data::None);
    let op = arena.op(at.node);
    match fault {
        Fault::InnerDropped(k) | Fault::WrongArgument(k) => {
            let is_function = matches!(op.eval, Eval::Map(_) | Eval::Map2(_)) && op.name != "negate";
            let compound: Vec<NodeId> = moving.iter().copied().filter(|&a| a != at.leaf).collect();
            if !is_function || compound.is_empty() {
                return None;
            }
            let here = *seen == k;
            *seen += 1;
            if !here {
                return None;
            }
            let mut put_in = Map::default();
            for &a in &compound {
                let pending = arena.must(&DIFFERENTIAL, &[a], Data::None);
                let shape = arena.shape(a).clone();
                if fault == Fault::InnerDropped(k) {
                    let fits = arena.shape(at.leaf).is_scalar() || *arena.shape(at.leaf) == shape;
                    put_in
                        .insert(pending, if fits { arena.expand(change, &shape) } else { at.known.get(&a).copied()?? });
                } else {
                    put_in.insert(pending, at.known.get(&a).copied()??);
                    if *arena.shape(at.leaf) == shape {
                        put_in.insert(a, at.leaf);
                    }
                }
            }
            Some(arena.replace(at.value, &put_in))
        }
        Fault::ProductOfDerivatives => {
            if op != &MULTIPLY || moving.len() < 2 || !arena.shape(at.leaf).is_scalar() {
                return None;
            }
            let one = arena.ones(&crate::shape::Shape::SCALAR);
            let mut factors: Vec<NodeId> = args.iter().zip(at.varies).filter(|(_, v)| !**v).map(|(&a, _)| a).collect();
            for &a in &moving {
                let differential = if a == at.leaf { change } else { at.known.get(&a).copied()?? };
                factors.push(arena.replace(differential, &Map::from_iter([(change, one)])));
            }
            factors.push(change);
            Some(arena.multiply(&factors))
        }
        Fault::OnlyOneFactor(k) => {
            if ![&MULTIPLY, &PRODUCT, &DOT].contains(&op) || moving.len() < 2 || k >= moving.len() {
                return None;
            }
            let mut args = args;
            let place = (0..args.len()).filter(|&p| at.varies[p]).nth(k)?;
            let a = args[place];
            args[place] = if a == at.leaf { change } else { at.known.get(&a).copied()?? };
            let node = arena.get(at.node).clone();
            Some(arena.rebuild(&node, &args))
        }
        Fault::Twin { .. } | Fault::AssumedSymmetric | Fault::TransposeDropped(_) | Fault::OrderSwapped(_) => None,
    }
}
