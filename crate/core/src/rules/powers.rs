//! Powers and like terms: what meets is collected; sums are never multiplied out.

use super::numbers::{is_coefficient, split_number, with_number};
use super::{At, Tidying, among};
use crate::expr::{Arena, Args, NodeId};
use crate::number::Number;
use crate::ops::arithmetic::{ADD, DIVIDE, MULTIPLY, NEGATE, POWER};
use crate::ops::elementwise::{EXP, LOG};
use crate::ops::leaves::{E, NUMBER};
use crate::sorting;

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "collect-factors",
        title: "Collect equal factors",
        from: "x .* x.^2 ./ y",
        to: "x.^3 ./ y",
        given: "",
        why: "Equal factors are written as one power, and divisors stand below one line.",
        source: "arithmetic",
        housekeeping: false,
        at: At::Ops(&[&MULTIPLY, &DIVIDE]),
        among: among::ANYTHING,
        apply: collect_factors,
    },
    Tidying {
        id: "collect-terms",
        title: "Collect like terms",
        from: "2 * x + 3 * x",
        to: "5 * x",
        given: "",
        why: "Like terms add their coefficients.",
        source: "arithmetic",
        housekeeping: false,
        at: At::Ops(&[&ADD]),
        among: among::ANYTHING,
        apply: collect_terms,
    },
    Tidying {
        id: "known-values",
        title: "Known values",
        from: "log(e) * x",
        to: "x",
        given: "",
        why: "The logarithm and the exponential undo each other at these points.",
        source: "arithmetic",
        housekeeping: true,
        at: At::Ops(&[&LOG, &EXP]),
        among: among::ANYTHING,
        apply: known_values,
    },
];

/// A product is raised factor by factor up to this exponent: the numbers in it grow.
const MOST_TIMES: i64 = 8;

/// A factor as base and exponent, the exponent split into a number and the rest.
pub(super) struct Factor {
    pub base: NodeId,
    pub exponent: Number,
    /// Symbolic exponents that multiply nothing: `x^a` is base x, exponent 0, symbols [a].
    pub symbols: Args,
}

pub(super) type Factors = Vec<Factor>;

fn factor(arena: &Arena, id: NodeId, sign: Number) -> Factor {
    if arena.is(id, &POWER) {
        let (base, exponent) = (arena.args(id)[0], arena.args(id)[1]);
        if let Some(n) = arena.number_of(exponent)
            && n.whole().is_some()
        {
            // (x^a)^2 stays: only whole outer exponents of a plain base are merged here.
            return Factor { base, exponent: n.times(sign), symbols: Args::new() };
        }
        if sign.is_one() {
            let terms = if arena.is(exponent, &ADD) { arena.args(exponent) } else { &[exponent] };
            let (numbers, symbols): (Args, Args) = terms.iter().copied().partition(|&t| arena.is_number(t));
            let number = numbers.iter().filter_map(|&n| arena.number_of(n)).fold(Number::ZERO, Number::plus);
            return Factor { base, exponent: number, symbols };
        }
    }
    Factor { base: id, exponent: sign, symbols: Args::new() }
}

/// A product with a number or a power in it that is raised as a whole, `(2 x^2)^3`: its base and exponent. (`(x y)^2` stays.)
fn power_of_product(arena: &Arena, id: NodeId) -> Option<(NodeId, Number)> {
    if !arena.is(id, &POWER) || !arena.shape(id).is_scalar() {
        return None;
    }
    let (base, exponent) = (arena.args(id)[0], arena.number_of(arena.args(id)[1])?);
    let is_small = exponent.whole().is_some_and(|k| (2..=MOST_TIMES).contains(&k));
    let is_more = |&f: &NodeId| arena.is_number(f) || arena.is(f, &POWER);
    (is_small && arena.is(base, &MULTIPLY) && arena.args(base).iter().any(is_more)).then_some((base, exponent))
}

/// Numerator and denominator factors of a product or quotient, nested quotients included.
pub(super) fn factors_of(arena: &Arena, id: NodeId, sign: Number, number: &mut Number, out: &mut Factors) {
    // A stack instead of recursion: quotients may nest deeply.
    let mut stack = vec![(id, sign)];
    while let Some((id, sign)) = stack.pop() {
        if let Some(n) = arena.number_of(id)
            && !(n.is_zero() && sign.is_negative())
        {
            for _ in 0..sign.whole().unwrap_or(1).unsigned_abs() {
                *number = if sign.is_negative() { number.over(n) } else { number.times(n) };
            }
        } else if let Some((base, exponent)) = power_of_product(arena, id) {
            stack.push((base, sign.times(exponent)));
        } else if arena.is(id, &MULTIPLY) {
            stack.extend(arena.args(id).iter().rev().map(|&a| (a, sign)));
        } else if arena.is(id, &DIVIDE) {
            stack.push((arena.args(id)[1], sign.negated()));
            stack.push((arena.args(id)[0], sign));
        } else if arena.is(id, &NEGATE) {
            if sign.whole().is_none_or(|k| k % 2 != 0) {
                *number = number.negated();
            }
            stack.push((arena.args(id)[0], sign));
        } else {
            out.push(factor(arena, id, sign));
        }
    }
}

fn raise(arena: &mut Arena, f: &Factor) -> NodeId {
    if f.symbols.is_empty() && f.exponent.is_one() {
        return f.base;
    }
    let mut terms = f.symbols.clone();
    if !f.exponent.is_zero() {
        terms.push(arena.number(f.exponent));
    }
    let shape = arena.shape(f.base).clone();
    let exponent = arena.add(&terms);
    let exponent = arena.expand(exponent, &shape);
    if arena.is_one(exponent) { f.base } else { arena.power(f.base, exponent) }
}

/// True at a glance for a product, or a quotient of such, of plain factors and their powers that have nothing in common: each
/// behind a number perhaps, and of a quotient these are in lowest terms.
pub(super) fn is_collected(arena: &Arena, id: NodeId) -> bool {
    let mut bases = Args::new();
    if arena.is(id, &MULTIPLY) {
        let args = arena.args(id);
        let number = is_coefficient(arena, args[0]);
        return args[usize::from(number)..].iter().all(|&factor| is_new(arena, factor, false, &mut bases));
    }
    if !arena.shape(id).is_scalar() {
        return false;
    }
    let args = arena.args(id);
    let (Some(above), Some(below)) = (run(arena, args[0], false, &mut bases), run(arena, args[1], true, &mut bases))
    else {
        return false;
    };
    Number::ratio(above, below).fraction() == Some((above.into(), below.into()))
}

/// The number in front of a product of such factors, above or below a line; `None` where it is something else.
fn run(arena: &Arena, id: NodeId, below: bool, bases: &mut Args) -> Option<i64> {
    let factors = if arena.is(id, &MULTIPLY) { arena.args(id) } else { &[id] };
    let number = if arena.is(factors[0], &NUMBER) { arena.number_of(factors[0]) } else { None };
    let in_front = match number {
        // Below a line stands more than a number, and 1 is not written before other factors.
        Some(n) => n.whole().filter(|n| if factors.len() == 1 { *n > 0 && !below } else { *n > 1 })?,
        None => 1,
    };
    let rest = &factors[usize::from(number.is_some())..];
    rest.iter().all(|&factor| is_new(arena, factor, below, bases)).then_some(in_front)
}

/// True for a plain factor, or a power of one that is written as one, whose base is not among those seen.
fn is_new(arena: &Arena, factor: NodeId, below: bool, bases: &mut Args) -> bool {
    let op = arena.op(factor);
    let is_compound = op == &MULTIPLY || op == &DIVIDE || op == &NEGATE || power_of_product(arena, factor).is_some();
    if is_compound || arena.is_number(factor) {
        return false;
    }
    let mut base = factor;
    if op == &POWER {
        match arena.number_of(arena.args(factor)[1]).map(Number::whole) {
            Some(Some(2..)) => base = arena.args(factor)[0],
            Some(Some(_)) => return false,
            _ if below => {}
            _ => return false,
        }
    }
    let is_new = !bases.contains(&base);
    bases.push(base);
    is_new
}

fn collect_factors(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &MULTIPLY) && !arena.is(id, &DIVIDE) || is_collected(arena, id) {
        return None;
    }
    collected(arena, id)
}

/// The same without a glance before.
pub(super) fn collected(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let shape = arena.shape(id).clone();
    let mut number = Number::ONE;
    let mut found = Factors::new();
    let mut all = Factors::new();
    factors_of(arena, id, Number::ONE, &mut number, &mut all);
    for f in all {
        match found.iter_mut().find(|g| g.base == f.base) {
            Some(g) => {
                g.exponent = g.exponent.plus(f.exponent);
                g.symbols.extend(f.symbols);
            }
            None => found.push(f),
        }
    }
    let (mut above, mut below) = (Args::new(), Args::new());
    for f in found {
        if f.symbols.is_empty() && f.exponent.is_zero() {
            continue;
        }
        if f.symbols.is_empty() && f.exponent.is_negative() {
            let flipped = Factor { exponent: f.exponent.negated(), ..f };
            below.push(raise(arena, &flipped));
        } else {
            above.push(raise(arena, &f));
        }
    }
    let made = if below.is_empty() {
        with_number(arena, number, &above, id)
    } else {
        // Only scalars share one fraction bar with numbers: 2/3 x⁻¹ is 2/(3x).
        let (n, d) = number.fraction().unwrap_or((1, 1));
        let (over, under) = match (number.fraction(), i64::try_from(n.abs()), i64::try_from(d)) {
            (Some(_), Ok(n), Ok(d)) => (Number::int(n), Number::int(d)),
            _ => (if number.is_negative() { number.negated() } else { number }, Number::ONE),
        };
        let (numerator, denominator) = if shape.is_scalar() {
            (with_number(arena, over, &above, id), with_number(arena, under, &below, id))
        } else {
            (with_number(arena, over.over(under), &above, id), with_number(arena, Number::ONE, &below, id))
        };
        let quotient = arena.divide(numerator, denominator);
        if number.is_negative() { arena.negate(quotient) } else { quotient }
    };
    (made != id).then_some(made)
}

/// What a term of a sum is without its sign and its number.
fn core(arena: &Arena, term: NodeId) -> NodeId {
    let term = arena.unexpanded(term);
    let term = if arena.is(term, &NEGATE) { arena.args(term)[0] } else { term };
    match arena.args(term) {
        [number, one] if arena.is(term, &MULTIPLY) && is_coefficient(arena, *number) => *one,
        _ => term,
    }
}

/// True at a glance for a sum with at most one number and one product, whose other terms are different things.
pub(super) fn are_unlike(arena: &Arena, id: NodeId) -> bool {
    let terms = arena.args(id);
    let (mut numbers, mut products) = (0, 0);
    terms.iter().enumerate().all(|(at, term)| {
        let core = self::core(arena, *term);
        numbers += usize::from(arena.is_number(core));
        if arena.is(core, &MULTIPLY) {
            products += 1;
            let factors = &arena.args(core)[usize::from(is_coefficient(arena, arena.args(core)[0]))..];
            let is_plain = |&f: &NodeId| !arena.is_number(f) && !arena.is(f, &NEGATE);
            if factors.len() < 2 || !factors.iter().all(is_plain) {
                return false;
            }
        }
        let is_known = terms[..at].iter().any(|other| self::core(arena, *other) == core);
        numbers < 2 && products < 2 && !arena.is(core, &NEGATE) && !is_known
    })
}

fn collect_terms(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &ADD) || are_unlike(arena, id) {
        return None;
    }
    added_up(arena, id)
}

/// The same without a glance before.
pub(super) fn added_up(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    // Of an expanded scalar the number stands inside the expansion.
    let args: Vec<NodeId> = arena.args(id).iter().map(|&a| arena.unexpanded(a)).collect();
    let mut found: Vec<(Vec<NodeId>, Number, NodeId)> = Vec::new();
    for a in args {
        let (number, rest) = split_number(arena, a);
        let mut key = rest.clone();
        sorting::sort(&mut key);
        match found.iter_mut().find(|(k, _, _)| *k == key) {
            Some((_, total, _)) => *total = total.plus(number),
            None => found.push((key, number, a)),
        }
    }
    if found.len() == arena.args(id).len() {
        return None;
    }
    let mut terms = Vec::new();
    for (_, number, first) in found {
        if !number.is_zero() {
            let (_, rest) = split_number(arena, first);
            terms.push(with_number(arena, number, &rest, id));
        }
    }
    let shape = arena.shape(id).clone();
    Some(if terms.is_empty() { arena.zeros(&shape) } else { arena.add(&terms) })
}

fn known_values(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let shape = arena.shape(id).clone();
    if arena.is(id, &LOG) {
        let inner = arena.unexpanded(arena.args(id)[0]);
        if arena.is(inner, &E) {
            return Some(arena.ones(&shape));
        }
        if arena.is_one(inner) {
            return Some(arena.zeros(&shape));
        }
    }
    (arena.is(id, &EXP) && arena.is_zero(arena.args(id)[0])).then(|| arena.ones(&shape))
}
