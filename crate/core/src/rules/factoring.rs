//! Common factors of sums of products: `A x + A' x` is `(A + A') x`. Sums are collected, never multiplied out.

use super::diagonal::{row, under};
use super::numbers::{split_number, with_number};
use super::{At, Tidying, among};
use crate::expr::{Arena, NodeId};
use crate::number::Number;
use crate::op::Data;
use crate::ops::arithmetic::{ADD, MULTIPLY, NEGATE};
use crate::ops::products::{PRODUCT, TRANSPOSE};
use crate::ops::reductions::{COLSUMS, ROWSUMS};
use crate::shape::Dim;

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "common-right-factor",
        title: "Take out a common factor on the right",
        from: "A * x + B * x",
        to: "(A + B) * x",
        given: "A: [m,n], B: [m,n], x: [n]",
        why: "Matrices multiply a sum term by term, so a factor that all terms end with is written once.",
        source: "Magnus & Neudecker 1.2",
        housekeeping: false,
        at: At::Ops(&[&ADD]),
        among: among::ANYTHING,
        apply: |arena, id| common(arena, id, true),
    },
    Tidying {
        id: "common-left-factor",
        title: "Take out a common factor on the left",
        from: "A * x + A * y",
        to: "A * (x + y)",
        given: "A: [m,n], x: [n], y: [n]",
        why: "Matrices multiply a sum term by term, so a factor that all terms begin with is written once.",
        source: "Magnus & Neudecker 1.2",
        housekeeping: false,
        at: At::Ops(&[&ADD]),
        among: among::ANYTHING,
        apply: |arena, id| common(arena, id, false),
    },
    Tidying {
        id: "common-number",
        title: "Take out a common number",
        from: "(2 * A + 4 * B) * x",
        to: "2 * ((A + 2 * B) * x)",
        given: "A: [m,n], B: [m,n], x: [n]",
        why: "A number that all terms of a factor have is written once, in front.",
        source: "arithmetic",
        housekeeping: false,
        at: At::Ops(&[&PRODUCT]),
        among: among::ANYTHING,
        apply: common_number,
    },
    Tidying {
        id: "ones-as-column-sums",
        title: "Ones beside a matrix add its rows or columns",
        from: "A' * ones(m)",
        to: "colsums(A)",
        given: "A: [m,n]",
        why: "Times a column of ones each row is added up, times a row of ones each column.",
        source: "Parr & Howard 4.4",
        housekeeping: false,
        at: At::Ops(&[&PRODUCT]),
        among: among::ANYTHING,
        apply: ones_as_column_sums,
    },
];

/// A term of the sum as coefficient (number and scalars) times a product of factors; those at the end in question first.
struct Term {
    number: Number,
    scalars: Vec<NodeId>,
    factors: Vec<NodeId>,
}

fn term(arena: &Arena, id: NodeId, on_the_right: bool) -> Option<Term> {
    let (number, factors) = split_number(arena, id);
    let (products, scalars): (Vec<NodeId>, Vec<NodeId>) = factors.into_iter().partition(|&f| arena.is(f, &PRODUCT));
    let [product] = products[..] else { return None };
    if scalars.iter().any(|&s| arena.unexpanded(s) == s) {
        return None;
    }
    let mut factors = arena.args(product).to_vec();
    if on_the_right {
        factors.reverse();
    }
    Some(Term { number, scalars, factors })
}

/// The product of factors that [`term`] gave.
fn product_of(arena: &mut Arena, factors: &[NodeId], on_the_right: bool) -> Option<NodeId> {
    let mut factors = factors.to_vec();
    if on_the_right {
        factors.reverse();
    }
    factors[1..].iter().try_fold(factors[0], |chain, &f| arena.product(chain, f)).ok()
}

/// False at a glance where no factor of a term is a product of matrices.
fn may_hold_product(arena: &Arena, term: NodeId) -> bool {
    let term = if arena.is(term, &NEGATE) { arena.args(term)[0] } else { term };
    let is_one = |&f: &NodeId| arena.is(f, &PRODUCT) || arena.is(f, &NEGATE);
    is_one(&term) || arena.is(term, &MULTIPLY) && arena.args(term).iter().any(is_one)
}

fn common(arena: &mut Arena, id: NodeId, on_the_right: bool) -> Option<NodeId> {
    if !arena.is(id, &ADD) {
        return None;
    }
    if arena.args(id).iter().filter(|&&t| may_hold_product(arena, t)).count() < 2 {
        return None;
    }
    let sum = arena.args(id).to_vec();
    let terms: Vec<Option<Term>> = sum.iter().map(|&t| term(arena, t, on_the_right)).collect();
    // The first factor that several terms share, beside equal scalars.
    let alike = |p: &Term, q: &Term| p.factors[0] == q.factors[0] && p.scalars == q.scalars;
    let shares = |p: &Term| terms.iter().flatten().filter(|q| alike(p, q)).count() > 1;
    let at = terms.iter().position(|p| p.as_ref().is_some_and(shares))?;
    let first = terms[at].as_ref()?;
    let places: Vec<usize> = (0..sum.len()).filter(|&k| terms[k].as_ref().is_some_and(|p| alike(p, first))).collect();
    let group: Vec<&Term> = places.iter().filter_map(|&k| terms[k].as_ref()).collect();
    // With it, all that they share beyond it; each keeps one factor of its own.
    let shortest = group.iter().map(|p| p.factors.len()).min()?;
    let count = (1..shortest).take_while(|&k| group.iter().all(|p| p.factors[k] == first.factors[k])).count() + 1;
    let count = count.min(shortest - 1);
    let kept = product_of(arena, &first.factors[..count], on_the_right)?;
    // A number comes out where what is left behind of the others is whole.
    let ratio = |p: &Term| p.number.over(first.number);
    let outside = group.iter().all(|p| ratio(p).whole().is_some());
    let mut inner = Vec::new();
    for p in &group {
        let number = if outside { ratio(p) } else { p.number };
        let moved = product_of(arena, &p.factors[count..], on_the_right)?;
        inner.push(with_number(arena, number, &[moved], moved));
    }
    let shape = arena.shape(inner[0]).clone();
    if inner.iter().any(|&moved| *arena.shape(moved) != shape) {
        return None;
    }
    let inner = arena.add(&inner);
    let (left, right) = if on_the_right { (inner, kept) } else { (kept, inner) };
    let product = arena.product(left, right).ok()?;
    if arena.shape(product) != arena.shape(id) {
        return None;
    }
    let scalars: Vec<NodeId> = first.scalars.iter().map(|&s| arena.unexpanded(s)).chain([product]).collect();
    let number = if outside { first.number } else { Number::ONE };
    let made = with_number(arena, number, &scalars, id);
    let others = (0..sum.len()).filter(|k| *k == at || !places.contains(k));
    let new: Vec<NodeId> = others.map(|k| if k == at { made } else { sum[k] }).collect();
    Some(arena.add(&new))
}

/// The number that all terms of a factor are whole multiples of, in front of the product.
fn common_number(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &PRODUCT) {
        return None;
    }
    let args = arena.args(id).to_vec();
    args.iter().enumerate().find_map(|(at, &factor)| {
        let turned = under(arena, factor, &TRANSPOSE);
        let sum = turned.unwrap_or(factor);
        if !arena.is(sum, &ADD) {
            return None;
        }
        let terms: Vec<NodeId> = arena.args(sum).to_vec();
        let split: Vec<(Number, Vec<NodeId>)> = terms.iter().map(|&term| split_number(arena, term)).collect();
        let size = |number: Number| if number.is_negative() { number.negated() } else { number };
        let numbers = || split.iter().map(|(number, _)| *number);
        // The smallest: of it the others may be multiples.
        let common =
            numbers().map(size).filter(|n| n.fraction().is_some()).min_by(|a, b| a.to_f64().total_cmp(&b.to_f64()))?;
        if common.is_one() || common.is_zero() || !numbers().all(|n| n.over(common).whole().is_some()) {
            return None;
        }
        let inner: Vec<NodeId> = (split.iter().zip(&terms))
            .map(|((number, rest), &term)| with_number(arena, number.over(common), rest, term))
            .collect();
        let inner = arena.add(&inner);
        let mut chain = args.clone();
        chain[at] = if turned.is_some() { arena.transpose(inner) } else { inner };
        let product = arena.chain(&chain);
        Some(with_number(arena, common, &[product], id))
    })
}

/// The sums of the rows (or, from the left, of the columns) of what stands beside ones in a chain.
fn ones_as_column_sums(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &PRODUCT) {
        return None;
    }
    let args = arena.args(id).to_vec();
    let (first, last) = (args[0], args[args.len() - 1]);
    let thin = |arena: &Arena, a: NodeId| arena.shape(a).0.contains(&Dim::Size(1)) || !arena.shape(a).is_matrix();
    let sums = |arena: &mut Arena, matrix: NodeId, of_rows: bool| {
        let (op, other) = if of_rows { (&ROWSUMS, &COLSUMS) } else { (&COLSUMS, &ROWSUMS) };
        match under(arena, matrix, &TRANSPOSE) {
            Some(inner) => arena.must(other, &[inner], Data::None),
            None => arena.must(op, &[matrix], Data::None),
        }
    };
    if arena.shape(last).is_vector() && arena.is_one(last) && arena.unexpanded(last) != last {
        let matrix = arena.chain(&args[..args.len() - 1]);
        return (!thin(arena, matrix)).then(|| sums(arena, matrix, true));
    }
    let ones = row(arena, first).filter(|&v| arena.is_one(v));
    if ones.is_some() && args[1..].iter().all(|&a| !thin(arena, a)) {
        let matrix = arena.chain(&args[1..]);
        let vector = sums(arena, matrix, false);
        return Some(arena.transpose(vector));
    }
    None
}
