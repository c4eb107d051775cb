//! Softmax and log-sum-exp.

use super::{reduction, rule};
use crate::op::{Call, Data, Differential, Fault, Op, whole};
use crate::rule::{Rule, Site};
use crate::scalar::{Elementary, Scalar};
use crate::shape::{Dims, Shape};
use crate::tensor::Tensor;

/// What the entries are shifted by, so that no exponential overflows; nothing where nothing can.
fn top<S: Scalar>(u: &Tensor<S>) -> S {
    if S::EXACT {
        return S::from_f64(0.0);
    }
    S::from_f64(u.data.iter().fold(f64::NEG_INFINITY, |m, x| m.max(x.value())))
}

/// exp(u − max u) and its sum: no overflow for large entries.
fn shifted<S: Scalar>(u: &Tensor<S>) -> (Tensor<S>, S) {
    let top = top(u);
    let exps = u.map(|x| x.minus(top).map(Elementary::Exp));
    let total = exps.sum();
    (exps, total)
}

fn logsumexp<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let u = call.args[0];
    let (_, total) = shifted(u);
    Tensor::scalar(total.map(Elementary::Log).plus(top(u)))
}

/// Of a vector, or of each row of a matrix.
fn softmax<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let columns = call.shape.last().copied().unwrap_or(1).max(1);
    let rows = call.args[0].data.chunks(columns).map(|row| shifted(&Tensor::new(&[columns], row.to_vec())));
    Tensor::new(call.shape, rows.flat_map(|(exps, total)| exps.map(|e| e.over(total)).data).collect())
}

fn vector_or_matrix(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    if args[0].is_vector() || args[0].is_matrix() {
        return Ok(args[0].clone());
    }
    Err(Fault::new(0, say!("fit.vector_or_matrix", found = dims.describe(args[0]))))
}

pub static LOGSUMEXP: Op = Op {
    eval: whole!(logsumexp),
    differential: Differential::Rules(&[
        Rule {
            applies: |site: &Site| site.arena.shape(site.arena.args(site.node)[0]).is_vector(),
            ..rule(
                "logsumexp",
                "Log-sum-exp",
                "d(logsumexp(u))",
                "softmax(u) · d(u)",
                "A smooth maximum: each entry counts with its softmax weight.",
                "chain rule on log(sum(exp(u)))",
            )
        },
        rule(
            "logsumexp-of-all",
            "Log-sum-exp of all entries",
            "d(logsumexp(u))",
            "sum(exp(u - logsumexp(u)) .* d(u))",
            "A smooth maximum: each entry counts with its share of the exponentials.",
            "chain rule on log(sum(exp(u)))",
        ),
    ]),
    ..reduction(
        "logsumexp",
        "logsumexp(v)",
        "log(sum(exp(v))), stable for large entries.",
        "\\operatorname{logsumexp}\\left({0}\\right)",
        "log sum exp of {0}",
        "np.max({0}) + np.log(np.sum(np.exp({0} - np.max({0}))))",
    )
};

pub static SOFTMAX: Op = Op {
    shape: vector_or_matrix,
    eval: whole!(softmax),
    differential: Differential::Rules(&[
        Rule {
            applies: |site: &Site| site.arena.shape(site.node).is_vector(),
            ..rule(
                "softmax",
                "Softmax",
                "d(softmax(u))",
                "softmax(u) ⊙ (d(u) - softmax(u) · d(u))",
                "Raising one entry raises its weight and lowers all others, since the weights add to 1.",
                "quotient rule on exp(u) / sum(exp(u))",
            )
        },
        Rule {
            given: "A: [m,n]",
            ..rule(
                "softmax-of-rows",
                "Softmax, row by row",
                "d(softmax(A))",
                "softmax(A) ⊙ (d(A) - rowsums(softmax(A) ⊙ d(A)) * vector(1)')",
                "In each row by itself: raising one entry raises its weight and lowers the others of its row.",
                "quotient rule on exp(u) / sum(exp(u))",
            )
        },
    ]),
    ..reduction(
        "softmax",
        "softmax(v), softmax(A)",
        "exp(v) / sum(exp(v)), of a matrix row by row; stable for large entries.",
        "\\operatorname{softmax}\\left({0}\\right)",
        "softmax of {0}",
        "np.exp({0} - np.max({0}, axis=-1, keepdims=True)) / np.sum(np.exp({0} - np.max({0}, axis=-1, keepdims=True)), axis=-1, keepdims=True)",
    )
};
