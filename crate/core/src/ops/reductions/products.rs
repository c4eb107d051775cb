//! Products of entries, and of all entries but some.

use super::{reduction, rule, same};
use crate::expr::{Arena, NodeId};
use crate::op::{Call, Data, Differential, Fault, Notation, Op, Typed, whole};
use crate::ops::build::contracted;
use crate::ops::kronecker::{as_matrix, as_vector};
use crate::ops::pending::DIFFERENTIAL;
use crate::scalar::Scalar;
use crate::shape::{Dim, Dims, Shape};
use crate::tensor::Tensor;

fn prod<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(call.args[0].data.iter().fold(S::from_f64(1.0), |p, &x| p.times(x)))
}

/// Products of all but one, by running products from both ends: no division, so zeros are no special case.
fn prod_others<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let x = &call.args[0].data;
    let mut before = vec![S::from_f64(1.0); x.len()];
    for i in 1..x.len() {
        before[i] = before[i - 1].times(x[i - 1]);
    }
    let mut after = S::from_f64(1.0);
    for i in (0..x.len()).rev() {
        before[i] = before[i].times(after);
        after = after.times(x[i]);
    }
    Tensor::new(call.shape, before)
}

pub static PROD: Op = Op {
    eval: whole!(prod),
    differential: Differential::Rules(&[rule(
        "product-of-entries",
        "Product of entries",
        "d(prod(u))",
        "sum(prod_others(u) .* d(u))",
        "Entry i is a factor once: its coefficient is the product of all the others.",
        "product rule",
    )]),
    ..reduction(
        "prod",
        "prod(u)",
        "Product of all entries.",
        "\\operatorname{prod}\\left({0}\\right)",
        "the product of the entries of {0}",
        "np.prod({0})",
    )
};

/// `prod_pairs(u) * d(u)`; a matrix is taken as a vector on the way, a single number has no others.
fn others_differential(arena: &mut Arena, node: NodeId) -> NodeId {
    let u = arena.args(node)[0];
    let change = arena.must(&DIFFERENTIAL, &[u], Data::None);
    let shape = arena.shape(u).clone();
    match shape.order() {
        0 => arena.int(0),
        1 => {
            let pairs = arena.must(&PROD_PAIRS, &[u], Data::None);
            arena.chain(&[pairs, change])
        }
        _ => {
            let (entries, change) = (as_vector(arena, u), as_vector(arena, change));
            let pairs = arena.must(&PROD_PAIRS, &[entries], Data::None);
            let moved = arena.chain(&[pairs, change]);
            as_matrix(arena, moved, shape)
        }
    }
}

pub static PROD_OTHERS: Op = Op {
    shape: same,
    eval: whole!(prod_others),
    differential: Differential::Computed(
        &[rule(
            "products-of-others",
            "Products of all others",
            "d(prod_others(u))",
            "prod_pairs(u) * d(u)",
            "Entry i moves with every other entry j, at the rate of the product of all but these two.",
            "product rule",
        )],
        others_differential,
    ),
    ..reduction(
        "prod_others",
        "prod_others(u)",
        "Entry i is the product of all entries but the i-th.",
        "\\operatorname{prodothers}\\left({0}\\right)",
        "the products of all other entries of {0}",
        "np.prod(np.where(np.eye({0}.size) > 0, 1.0, {0}.ravel()), axis=1).reshape({0}.shape)",
    )
};

fn vector_only(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    if args[0].is_vector() {
        return Ok(args[0].clone());
    }
    Err(Fault::new(0, say!("fit.vector", found = dims.describe(args[0]))))
}

/// The entry at some indices is the product of all entries but these; 0 where two of them are the same.
fn prod_but<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let x = &call.args[0].data;
    Tensor::build(call.shape, |at| {
        if (1..at.len()).any(|k| at[..k].contains(&at[k])) {
            return S::from_f64(0.0);
        }
        let others = x.iter().enumerate().filter(|(k, _)| !at.contains(k));
        others.fold(S::from_f64(1.0), |p, (_, &v)| p.times(v))
    })
}

pub static PROD_PAIRS: Op = Op {
    shape: |dims, args, data| vector_only(dims, args, data).map(|s| Shape::matrix(s.0[0], s.0[0])),
    eval: whole!(prod_but),
    differential: Differential::Computed(
        &[rule(
            "products-of-all-but-two",
            "Products of all but two",
            "d(prod_pairs(u))",
            "tensor(i:n, j:n, sum(k, 1, n, prod_but(u, 3)[i,j,k] * d(u)[k]))",
            "Entry i, j moves with every other entry k, at the rate of the product of all but these three.",
            "product rule",
        )],
        but_differential,
    ),
    ..reduction(
        "prod_pairs",
        "prod_pairs(v)",
        "Entry i, j is the product of all entries but these two; 0 on the diagonal.",
        "\\operatorname{prodpairs}\\left({0}\\right)",
        "the products of all entries but two of {0}",
        "np.where(np.eye({0}.size) > 0, 0.0, np.prod(np.where(np.eye({0}.size)[:, None, :] + np.eye({0}.size)[None, :, :] > 0, 1.0, {0}), axis=2))",
    )
};

/// How many entries `prod_pairs` (2) and `prod_but` leave out.
pub fn left_out(data: &Data) -> usize {
    match data {
        Data::Dim(Dim::Size(k)) => *k as usize,
        _ => 2,
    }
}

/// `prod_but(v, k)`, by its names for few entries.
pub fn all_but(arena: &mut Arena, vector: NodeId, k: usize) -> Result<NodeId, Fault> {
    match k {
        1 => arena.make(&PROD_OTHERS, &[vector], Data::None),
        2 => arena.make(&PROD_PAIRS, &[vector], Data::None),
        _ => arena.make(&PROD_BUT, &[vector], Data::Dim(Dim::Size(k as u64))),
    }
}

/// One entry more is left out, and moves.
fn but_differential(arena: &mut Arena, node: NodeId) -> NodeId {
    let u = arena.args(node)[0];
    let change = arena.must(&DIFFERENTIAL, &[u], Data::None);
    let k = left_out(&arena.get(node).data);
    let next = arena.must(&PROD_BUT, &[u], Data::Dim(Dim::Size(k as u64 + 1)));
    contracted(arena, next, change)
}

pub static PROD_BUT: Op = Op {
    typed: Typed::Notation,
    shape: |dims, args, data| {
        let Data::Dim(_) = data else { return Err(Fault::new(0, "How many entries are left out has to be said.")) };
        vector_only(dims, args, data).map(|s| Shape(vec![s.0[0]; left_out(data)]))
    },
    eval: whole!(prod_but),
    differential: Differential::Computed(
        &[rule(
            "products-of-all-but-some",
            "Products of all but some",
            "d(prod_but(u, 3))",
            "tensor(i:n, j:n, k:n, sum(l, 1, n, prod_but(u, 4)[i,j,k,l] * d(u)[l]))",
            "Each moves with every entry that it still holds, at the rate of the product without that one too.",
            "product rule",
        )],
        but_differential,
    ),
    notation: Notation::Printer,
    ..reduction(
        "prod_but",
        "prod_but(v, k)",
        "The entry at k indices is the product of all entries but these; 0 where two of them are the same.",
        "",
        "",
        "",
    )
};
