//! Products of entries, and of all entries but some.

use super::{reduction, rule, same};
use crate::op::{Call, Data, Differential, Fault, Op, whole};
use crate::rule::{Rule, Site};
use crate::scalar::Scalar;
use crate::shape::{Dims, Shape};
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
    ..reduction("prod", "prod(u)", "Product of all entries.", "\\operatorname{prod}\\left({0}\\right)", "np.prod({0})")
};

pub static PROD_OTHERS: Op = Op {
    shape: same,
    eval: whole!(prod_others),
    differential: Differential::Rules(&[Rule {
        applies: |site: &Site| site.arena.shape(site.node).is_vector(),
        ..rule(
            "products-of-others",
            "Products of all others",
            "d(prod_others(u))",
            "prod_pairs(u) * d(u)",
            "Entry i moves with every other entry j, at the rate of the product of all but these two.",
            "product rule",
        )
    }]),
    ..reduction(
        "prod_others",
        "prod_others(u)",
        "Entry i is the product of all entries but the i-th.",
        "\\operatorname{prodothers}\\left({0}\\right)",
        "(lambda v: np.array([np.prod(np.delete(v.ravel(), k)) for k in range(v.size)]).reshape(v.shape))({0})",
    )
};

fn vector_only(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    if args[0].is_vector() {
        return Ok(args[0].clone());
    }
    Err(Fault::new(0, format!("This takes a vector, and here is {}.", dims.describe(args[0]))))
}

/// Entry i, j is the product of all entries but the i-th and the j-th; 0 on the diagonal.
fn prod_pairs<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let x = &call.args[0].data;
    Tensor::build(call.shape, |at| {
        if at[0] == at[1] {
            return S::from_f64(0.0);
        }
        let others = x.iter().enumerate().filter(|(k, _)| !at.contains(k));
        others.fold(S::from_f64(1.0), |p, (_, &v)| p.times(v))
    })
}

pub static PROD_PAIRS: Op = Op {
    shape: |dims, args, data| vector_only(dims, args, data).map(|s| Shape::matrix(s.0[0], s.0[0])),
    eval: whole!(prod_pairs),
    ..reduction(
        "prod_pairs",
        "prod_pairs(v)",
        "Entry i, j is the product of all entries but these two; 0 on the diagonal.",
        "\\operatorname{prodpairs}\\left({0}\\right)",
        "(lambda v: np.array([[0.0 if i == j else np.prod(np.delete(v, [i, j])) for j in range(v.size)] for i in range(v.size)]))({0})",
    )
};
