//! Common factors of sums of products: `A x + A' x` is `(A + A') x`. Sums are collected, never multiplied out.

use super::diagonal::{row, under};
use super::numbers::{split_number, with_number};
use super::{At, Tidying};
use crate::expr::{Arena, NodeId};
use crate::number::Number;
use crate::op::Data;
use crate::ops::arithmetic::ADD;
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
        apply: |arena, id| common(arena, id, false),
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
        apply: ones_as_column_sums,
    },
];

/// A term of the sum as coefficient (number and scalars) times a product, split into the factor that is kept and what
/// stands beside it.
struct Pair {
    number: Number,
    scalars: Vec<NodeId>,
    kept: NodeId,
    moved: NodeId,
}

fn pair(arena: &mut Arena, term: NodeId, on_the_right: bool) -> Option<Pair> {
    let (number, factors) = split_number(arena, term);
    let (products, scalars): (Vec<NodeId>, Vec<NodeId>) = factors.into_iter().partition(|&f| arena.is(f, &PRODUCT));
    let [product] = products[..] else { return None };
    if scalars.iter().any(|&s| arena.unexpanded(s) == s) {
        return None;
    }
    let args = arena.args(product).to_vec();
    let (kept, rest) =
        if on_the_right { (args[args.len() - 1], &args[..args.len() - 1]) } else { (args[0], &args[1..]) };
    let moved = rest[1..].iter().try_fold(rest[0], |chain, &f| arena.product(chain, f)).ok()?;
    Some(Pair { number, scalars, kept, moved })
}

fn common(arena: &mut Arena, id: NodeId, on_the_right: bool) -> Option<NodeId> {
    if !arena.is(id, &ADD) {
        return None;
    }
    let terms = arena.args(id).to_vec();
    let pairs: Vec<Option<Pair>> = terms.iter().map(|&t| pair(arena, t, on_the_right)).collect();
    // The first factor that several terms share, beside equal scalars.
    let alike = |p: &Pair, q: &Pair| p.kept == q.kept && p.scalars == q.scalars;
    let shares = |p: &Pair| pairs.iter().flatten().filter(|q| alike(p, q)).count() > 1;
    let at = pairs.iter().position(|p| p.as_ref().is_some_and(shares))?;
    let first = pairs[at].as_ref()?;
    let group: Vec<usize> = (0..terms.len()).filter(|&k| pairs[k].as_ref().is_some_and(|p| alike(p, first))).collect();
    let shape = arena.shape(first.moved).clone();
    if group.iter().any(|&k| pairs[k].as_ref().is_some_and(|p| *arena.shape(p.moved) != shape)) {
        return None;
    }
    // A number comes out where what is left behind of the others is whole.
    let ratio = |p: &Pair| p.number.over(first.number);
    let outside = group.iter().all(|&k| pairs[k].as_ref().is_some_and(|p| ratio(p).whole().is_some()));
    let mut inner = Vec::new();
    for p in group.iter().filter_map(|&k| pairs[k].as_ref()) {
        let number = if outside { ratio(p) } else { p.number };
        inner.push(with_number(arena, number, &[p.moved], p.moved));
    }
    let sum = arena.add(&inner);
    let (left, right) = if on_the_right { (sum, first.kept) } else { (first.kept, sum) };
    let product = arena.product(left, right).ok()?;
    if arena.shape(product) != arena.shape(id) {
        return None;
    }
    let scalars: Vec<NodeId> = first.scalars.iter().map(|&s| arena.unexpanded(s)).chain([product]).collect();
    let number = if outside { first.number } else { Number::ONE };
    let made = with_number(arena, number, &scalars, id);
    let others = (0..terms.len()).filter(|k| *k == at || !group.contains(k));
    let new: Vec<NodeId> = others.map(|k| if k == at { made } else { terms[k] }).collect();
    Some(arena.add(&new))
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
