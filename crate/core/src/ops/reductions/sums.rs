//! Sums and means.

use super::{reduction, rule};
use crate::expr::{Arena, NodeId};
use crate::op::{Call, Differential, Fault, IndexForm, Op, whole};
use crate::rule::Rule;
use crate::scalar::Scalar;
use crate::shape::{Dims, Shape};
use crate::tensor::Tensor;

/// All labels of the argument summed over, with an optional scalar factor.
fn summed(arena: &Arena, node: NodeId, factor: Option<NodeId>) -> IndexForm {
    let dims = arena.shape(arena.args(node)[0]).0.clone();
    let factors = factor.into_iter().map(|f| (f, Vec::new())).collect();
    IndexForm { value: Vec::new(), arg: (0..dims.len()).collect(), factors, dims, bound: Vec::new() }
}

fn sum<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(call.args[0].sum())
}

pub static SUM: Op = Op {
    eval: whole!(sum),
    differential: Differential::Multilinear(&[rule(
        "sum-reduction",
        "Sum reduction",
        "d(sum(u))",
        "sum(d(u))",
        "The derivative moves inside the sum; with respect to u itself it is a row of ones.",
        "Parr & Howard 4.4",
    )]),
    index: Some(|arena, node, _| summed(arena, node, None)),
    ..reduction(
        "sum",
        "sum(u), sum(i, 1, n, body)",
        "Sum of all entries.",
        "\\operatorname{sum}\\left({0}\\right)",
        "the sum of the entries of {0}",
        "np.sum({0})",
    )
};

fn mean<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let u = call.args[0];
    Tensor::scalar(u.sum().over(S::from_f64(u.len() as f64)))
}

pub static MEAN: Op = Op {
    eval: whole!(mean),
    differential: Differential::Multilinear(&[rule(
        "mean",
        "Mean",
        "d(mean(u))",
        "mean(d(u))",
        "The mean is the sum divided by the number of entries; that number is a constant.",
        "Parr & Howard 6.1",
    )]),
    index: Some(|arena, node, _| {
        let shape = arena.shape(arena.args(node)[0]).clone();
        let count = arena.count(&shape);
        let one = arena.int(1);
        let share = arena.divide(one, count);
        summed(arena, node, Some(share))
    }),
    ..reduction(
        "mean",
        "mean(u)",
        "Mean of all entries.",
        "\\operatorname{mean}\\left({0}\\right)",
        "the mean of {0}",
        "np.mean({0})",
    )
};

fn matrix_axis(dims: &mut Dims, args: &[&Shape], keep: usize) -> Result<Shape, Fault> {
    match args[0].0[..] {
        [m, n] => Ok(Shape::vector([m, n][keep])),
        _ => Err(Fault::new(0, say!("fit.matrix", found = dims.describe(args[0])))),
    }
}

fn axis_sum<S: Scalar>(call: &Call<S>, keep: usize) -> Tensor<S> {
    let a = call.args[0];
    let other = a.shape[1 - keep];
    let entry = |i: usize, k: usize| if keep == 0 { a.at(&[i, k]) } else { a.at(&[k, i]) };
    Tensor::build(call.shape, |i| (0..other).fold(S::from_f64(0.0), |t, k| t.plus(entry(i[0], k))))
}

fn row_sums<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    axis_sum(call, 0)
}

fn column_sums<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    axis_sum(call, 1)
}

pub static ROWSUMS: Op = Op {
    shape: |dims, args, _| matrix_axis(dims, args, 0),
    eval: whole!(row_sums),
    differential: Differential::Multilinear(&[Rule {
        given: "A: [m,n]",
        ..rule(
            "rowsums",
            "Row sums",
            "d(rowsums(A))",
            "rowsums(d(A))",
            "Each entry is a sum, and sums change by the sum of the changes.",
            "Parr & Howard 4.4",
        )
    }]),
    index: Some(|arena, node, _| {
        let dims = arena.shape(arena.args(node)[0]).0.clone();
        IndexForm { value: vec![0], arg: vec![0, 1], factors: Vec::new(), dims, bound: Vec::new() }
    }),
    ..reduction(
        "rowsums",
        "rowsums(A)",
        "The sum of each row, a vector.",
        "\\operatorname{rowsums}\\left({0}\\right)",
        "the row sums of {0}",
        "np.sum({0}, axis=1)",
    )
};

pub static COLSUMS: Op = Op {
    shape: |dims, args, _| matrix_axis(dims, args, 1),
    eval: whole!(column_sums),
    differential: Differential::Multilinear(&[Rule {
        given: "A: [m,n]",
        ..rule(
            "colsums",
            "Column sums",
            "d(colsums(A))",
            "colsums(d(A))",
            "Each entry is a sum, and sums change by the sum of the changes.",
            "Parr & Howard 4.4",
        )
    }]),
    index: Some(|arena, node, _| {
        let dims = arena.shape(arena.args(node)[0]).0.clone();
        IndexForm { value: vec![1], arg: vec![0, 1], factors: Vec::new(), dims, bound: Vec::new() }
    }),
    ..reduction(
        "colsums",
        "colsums(A)",
        "The sum of each column, a vector.",
        "\\operatorname{colsums}\\left({0}\\right)",
        "the column sums of {0}",
        "np.sum({0}, axis=0)",
    )
};
