//! What cancels: divisors against factors, in products and in the matrix of softmax's slopes, and a sign against that of a
//! difference. Here alone a product of sums is multiplied out, where what is left is no longer than before.

use super::diagonal::under;
use super::numbers::with_number;
use super::powers::factors_of;
use super::{At, Tidying, among};
use crate::expr::{Arena, NodeId};
use crate::number::Number;
use crate::op::Data;
use crate::ops::arithmetic::{ADD, DIVIDE, MULTIPLY, NEGATE};
use crate::ops::build::{DIAG, PICK};
use crate::ops::products::{DOT, PRODUCT, TRANSPOSE};
use crate::ops::reductions::SUM;
use crate::sorting;

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "multiply-out-to-cancel",
        title: "Multiply out where it cancels",
        from: "(c / x - (1 - c) / (1 - x)) * x * (1 - x)",
        to: "c - x",
        given: "c: [], x: []",
        why: "Each term loses its divisor, and what is left adds up to less.",
        source: "arithmetic",
        housekeeping: false,
        at: At::Ops(&[&MULTIPLY]),
        among: among::SUM,
        apply: multiply_out_to_cancel,
    },
    Tidying {
        id: "diagonal-less-outer-product",
        title: "A diagonal less its outer product, times a quotient",
        from: "(diag(x) - x * x') * (y ./ x)",
        to: "y - sum(y) * x",
        given: "x: [n], y: [n]",
        why: "On the diagonal the divisor cancels; the outer product adds up what is left of the quotient.",
        source: "from the definitions",
        housekeeping: false,
        at: At::Ops(&[&PRODUCT]),
        among: among::SUM,
        apply: diagonal_less_outer_product,
    },
    Tidying {
        id: "row-of-diagonal-less-outer",
        title: "One row of a diagonal less its outer product",
        from: "(diag(x) - x * x')[2,:]",
        to: "x[2] * (eye(n)[:,2] - x)",
        given: "x: [n]",
        why: "Both have the entry as a factor: on the diagonal it stands alone, in the outer product it scales the whole vector.",
        source: "from the definitions",
        housekeeping: false,
        at: At::Ops(&[&PICK]),
        among: among::SUM,
        apply: row_of_diagonal_less_outer,
    },
    Tidying {
        id: "turn-difference",
        title: "Turn a difference",
        from: "-(x - y)",
        to: "y - x",
        given: "",
        why: "The other way round a difference has the other sign.",
        source: "arithmetic",
        housekeeping: true,
        at: At::Ops(&[&NEGATE]),
        among: among::SUM,
        apply: turn_difference,
    },
    Tidying {
        id: "quotient-times-divisor",
        title: "A quotient times its divisor",
        from: "(y ./ x) · x",
        to: "sum(y)",
        given: "x: [n], y: [n]",
        why: "In each term of the dot product the divisor cancels.",
        source: "from the definitions",
        housekeeping: false,
        at: At::Ops(&[&DOT]),
        among: among::ANYTHING,
        apply: quotient_times_divisor,
    },
];

/// So many terms at most are looked at while multiplying out.
const MOST_TERMS: usize = 24;

/// A number times whole powers of things, by the things.
#[derive(Clone)]
struct Monomial {
    number: Number,
    powers: Vec<(NodeId, i64)>,
}

impl Monomial {
    /// `None` where an exponent is no whole number.
    fn of(arena: &Arena, id: NodeId) -> Option<Monomial> {
        let mut made = Monomial { number: Number::ONE, powers: Vec::new() };
        let mut factors = Vec::new();
        factors_of(arena, id, Number::ONE, &mut made.number, &mut factors);
        for factor in factors {
            if !factor.symbols.is_empty() {
                return None;
            }
            made.multiply(factor.base, factor.exponent.whole()?);
        }
        Some(made)
    }

    fn power(&self, base: NodeId) -> i64 {
        self.powers.iter().find(|(b, _)| *b == base).map_or(0, |(_, k)| *k)
    }

    fn multiply(&mut self, base: NodeId, exponent: i64) {
        match self.powers.iter_mut().find(|(b, _)| *b == base) {
            Some((_, k)) => *k += exponent,
            None => self.powers.push((base, exponent)),
        }
        self.powers.retain(|(_, k)| *k != 0);
    }

    fn times(&self, other: &Monomial) -> Monomial {
        let mut made = self.clone();
        made.number = made.number.times(other.number);
        other.powers.iter().for_each(|&(base, k)| made.multiply(base, k));
        made
    }

    /// The same in any order of the factors.
    fn key(&self) -> Vec<(NodeId, i64)> {
        let mut key = self.powers.clone();
        sorting::sort(&mut key);
        key
    }
}

/// All sums among the factors multiplied out, like terms collected; `None` where these are too many.
fn multiplied_out(arena: &Arena, terms: Vec<Monomial>) -> Option<Vec<Monomial>> {
    let mut open = terms;
    let mut done: Vec<Monomial> = Vec::new();
    open.reverse();
    while let Some(term) = open.pop() {
        if open.len() + done.len() > MOST_TERMS {
            return None;
        }
        let sum = term.powers.iter().find(|&&(base, k)| k > 0 && arena.is(base, &ADD)).map(|&(base, _)| base);
        if let Some(sum) = sum {
            let mut rest = term;
            rest.multiply(sum, -1);
            for &part in arena.args(sum).iter().rev() {
                open.push(rest.times(&Monomial::of(arena, part)?));
            }
            continue;
        }
        match done.iter_mut().find(|other| other.key() == term.key()) {
            Some(other) => other.number = other.number.plus(term.number),
            None => done.push(term),
        }
    }
    done.retain(|term| !term.number.is_zero());
    Some(done)
}

fn multiply_out_to_cancel(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &MULTIPLY) {
        return None;
    }
    // A sum of nothing but quotients beside other factors.
    let is_quotient = |arena: &Arena, mut term: NodeId| {
        if arena.is(term, &NEGATE) {
            term = arena.args(term)[0];
        }
        arena.is(term, &DIVIDE)
            || arena.is(term, &MULTIPLY) && arena.args(term).iter().any(|&factor| arena.is(factor, &DIVIDE))
    };
    let is_one =
        |&factor: &NodeId| arena.is(factor, &ADD) && arena.args(factor).iter().all(|&term| is_quotient(arena, term));
    let at = arena.args(id).iter().position(is_one)?;
    let args = arena.args(id).to_vec();
    let mut others = Monomial { number: Number::ONE, powers: Vec::new() };
    for (_, &factor) in args.iter().enumerate().filter(|(other, _)| *other != at) {
        others = others.times(&Monomial::of(arena, factor)?);
    }
    let sum = arena.args(args[at]).to_vec();
    let mut terms = Vec::new();
    for &term in &sum {
        let term = Monomial::of(arena, term)?;
        if !term.powers.iter().any(|&(base, k)| k < 0 && others.power(base) > 0) {
            return None;
        }
        terms.push(term.times(&others));
    }
    let mut terms = multiplied_out(arena, terms)?;
    if terms.len() > sum.len() {
        return None;
    }
    // s − y reads better than −y + s.
    if let Some(at) = terms.iter().position(|term| !term.number.is_negative()) {
        terms[..=at].rotate_right(1);
    }
    let Some(first) = terms.first() else {
        let shape = arena.shape(id).clone();
        return Some(arena.zeros(&shape));
    };
    // What all have is written once, in front.
    let mut common = Monomial { number: Number::ONE, powers: Vec::new() };
    for &(base, k) in &first.powers {
        let least = terms.iter().map(|term| term.power(base)).fold(k, i64::min);
        if least > 0 {
            common.multiply(base, least);
        }
    }
    let inner: Vec<NodeId> = terms.iter().map(|term| written(arena, term, &common, id)).collect();
    let inner = arena.add(&inner);
    let none = Monomial { number: Number::ONE, powers: Vec::new() };
    if common.powers.is_empty() {
        return Some(inner);
    }
    let outer = written(arena, &common, &none, id);
    Some(arena.multiply(&[outer, inner]))
}

/// A monomial without the powers of another, as a product or a quotient of the shape of `like`.
fn written(arena: &mut Arena, term: &Monomial, without: &Monomial, like: NodeId) -> NodeId {
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for &(base, k) in &term.powers {
        let k = k - without.power(base);
        let (side, k) = if k > 0 { (&mut above, k) } else { (&mut below, -k) };
        match k {
            0 => {}
            1 => side.push(base),
            _ => {
                let shape = arena.shape(base).clone();
                let exponent = arena.int(k);
                let exponent = arena.expand(exponent, &shape);
                side.push(arena.power(base, exponent));
            }
        }
    }
    let numerator = with_number(arena, term.number, &above, like);
    if below.is_empty() {
        return numerator;
    }
    let denominator = with_number(arena, Number::ONE, &below, like);
    arena.divide(numerator, denominator)
}

/// The vector of which a sum is `diag(x) − x x'`.
fn diagonal_less_outer(arena: &Arena, sum: NodeId) -> Option<NodeId> {
    if !arena.is(sum, &ADD) {
        return None;
    }
    let [diagonal, less] = arena.args(sum)[..] else { return None };
    if !arena.is(diagonal, &DIAG) || !arena.is(less, &NEGATE) {
        return None;
    }
    let (x, outer) = (arena.args(diagonal)[0], arena.args(less)[0]);
    let [left, right] = arena.args(outer)[..] else { return None };
    let fits = arena.is(outer, &PRODUCT) && left == x && arena.is(right, &TRANSPOSE) && arena.args(right)[0] == x;
    fits.then_some(x)
}

/// What is divided by something, entry by entry.
fn divided(arena: &Arena, id: NodeId, by: NodeId) -> Option<NodeId> {
    match arena.args(id)[..] {
        [above, below] if arena.is(id, &DIVIDE) && below == by => Some(above),
        _ => None,
    }
}

fn turn_difference(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &NEGATE) {
        return None;
    }
    let inner = arena.args(id)[0];
    let turned = under(arena, inner, &TRANSPOSE);
    let sum = turned.unwrap_or(inner);
    if !arena.is(sum, &ADD) {
        return None;
    }
    let [first, second] = arena.args(sum)[..] else { return None };
    let is_difference = !arena.is(first, &NEGATE) && arena.is(second, &NEGATE);
    is_difference.then(|| {
        let (first, second) = (arena.negate(first), arena.args(second)[0]);
        let difference = arena.add(&[second, first]);
        if turned.is_some() { arena.transpose(difference) } else { difference }
    })
}

fn quotient_times_divisor(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &DOT) {
        return None;
    }
    let [left, right] = arena.args(id)[..] else { return None };
    let above = divided(arena, left, right).or_else(|| divided(arena, right, left))?;
    Some(arena.must(&SUM, &[above], Data::None))
}

fn row_of_diagonal_less_outer(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &PICK) {
        return None;
    }
    let x = diagonal_less_outer(arena, arena.args(id)[0])?;
    let Data::Subscripts(places) = arena.get(id).data.clone() else { return None };
    // The matrix is symmetric: a column is the same vector.
    let ([Some(place), None] | [None, Some(place)]) = places[..] else { return None };
    let shape = arena.shape(x).clone();
    let identity = arena.identity(shape.0[0]);
    let unit = arena.make(&PICK, &[identity], Data::Subscripts(vec![None, Some(place)])).ok()?;
    let entry = arena.make(&PICK, &[x], Data::Subscripts(vec![Some(place)])).ok()?;
    let less = arena.negate(x);
    let vector = arena.add(&[unit, less]);
    let entry = arena.expand(entry, &shape);
    Some(arena.multiply(&[entry, vector]))
}

fn diagonal_less_outer_product(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &PRODUCT) {
        return None;
    }
    if !arena.args(id).iter().any(|&factor| diagonal_less_outer(arena, factor).is_some()) {
        return None;
    }
    let args = arena.args(id).to_vec();
    // The matrix is symmetric: a row from the left gives the same numbers as a column from the right.
    let (at, x, above, is_row) = (1..args.len()).find_map(|at| {
        let (left, right) = (args[at - 1], args[at]);
        let from_right = diagonal_less_outer(arena, left).and_then(|x| Some((x, divided(arena, right, x)?, false)));
        let from_left = || {
            let x = diagonal_less_outer(arena, right)?;
            Some((x, divided(arena, under(arena, left, &TRANSPOSE)?, x)?, true))
        };
        from_right.or_else(from_left).map(|(x, above, is_row)| (at, x, above, is_row))
    })?;
    let total = arena.must(&SUM, &[above], Data::None);
    let shape = arena.shape(x).clone();
    let total = arena.expand(total, &shape);
    let share = arena.multiply(&[total, x]);
    let less = arena.negate(share);
    let vector = arena.add(&[above, less]);
    let made = if is_row { arena.transpose(vector) } else { vector };
    let mut chain = args;
    chain.splice(at - 1..=at, [made]);
    Some(arena.chain(&chain))
}
