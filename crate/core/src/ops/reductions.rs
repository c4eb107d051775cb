//! From many entries to one: sums, means, norms, extremes, softmax and its relatives.

use crate::expr::{Arena, NodeId};
use crate::op::{Call, Data, Differential, Eval, Fault, IndexForm, Notation, Op, Sample, Typed, whole};
use crate::rule::{Rule, Site, always};
use crate::scalar::{Elementary, Scalar};
use crate::shape::{Dims, Shape};
use crate::tensor::Tensor;

pub static OPS: &[&Op] = &[
    &SUM,
    &MEAN,
    &ROWSUMS,
    &COLSUMS,
    &PROD,
    &PROD_OTHERS,
    &PROD_PAIRS,
    &VAR,
    &STD,
    &LARGEST,
    &SMALLEST,
    &FIRST_LARGEST,
    &FIRST_SMALLEST,
    &NORM1,
    &NORM2,
    &UNIT,
    &LOGSUMEXP,
    &SOFTMAX,
];

fn to_scalar(_: &mut Dims, _: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    Ok(Shape::SCALAR)
}

fn same(_: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    Ok(args[0].clone())
}

fn vector_only(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    if args[0].is_vector() {
        return Ok(args[0].clone());
    }
    let message = format!("This takes a vector so far, and here is {}.", dims.describe(args[0]));
    Err(Fault { unsupported: args[0].is_matrix(), ..Fault::new(0, message) })
}

/// A function of one argument to a scalar, or of the argument's shape.
const fn reduction(
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    latex: &'static str,
    numpy: &'static str,
) -> Op {
    Op {
        name,
        aliases: &[],
        usage,
        about,
        typed: Typed::Call { least: 1, most: 1 },
        shape: to_scalar,
        eval: Eval::Evaluator,
        differential: Differential::Unsupported,
        index: None,
        notation: Notation::Call { latex, numpy },
        sample: Sample::Real,
        kinks: &[],
    }
}

const fn rule(
    id: &'static str,
    title: &'static str,
    from: &'static str,
    to: &'static str,
    why: &'static str,
    source: &'static str,
) -> Rule {
    Rule { id, title, from, to, given: "", why, source, applies: always }
}

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
    ..reduction("mean", "mean(u)", "Mean of all entries.", "\\operatorname{mean}\\left({0}\\right)", "np.mean({0})")
};

fn matrix_axis(dims: &mut Dims, args: &[&Shape], keep: usize) -> Result<Shape, Fault> {
    match args[0].0[..] {
        [m, n] => Ok(Shape::vector([m, n][keep])),
        _ => Err(Fault::new(0, format!("This takes a matrix, and here is {}.", dims.describe(args[0])))),
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
        "np.sum({0}, axis=0)",
    )
};

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
        "np.prod(np.where(np.eye({0}.size) > 0, 1.0, {0}.ravel()), axis=1).reshape({0}.shape)",
    )
};

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
        "np.where(np.eye({0}.size) > 0, 0.0, np.prod(np.where(np.eye({0}.size)[:, None, :] + np.eye({0}.size)[None, :, :] > 0, 1.0, {0}), axis=2))",
    )
};

fn centred<S: Scalar>(u: &Tensor<S>) -> Tensor<S> {
    let mean = u.sum().over(S::from_f64(u.len() as f64));
    u.map(|x| x.minus(mean))
}

fn variance<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let squares = centred(call.args[0]).map(|x| x.times(x));
    Tensor::scalar(squares.sum().over(S::from_f64(squares.len() as f64)))
}

fn deviation<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    variance(call).map(|v| v.map(Elementary::Sqrt))
}

pub static VAR: Op = Op {
    eval: whole!(variance),
    differential: Differential::Rules(&[rule(
        "variance",
        "Variance",
        "d(var(u))",
        "2 * mean((u - mean(u)) .* d(u))",
        "The mean of squares, by the power rule; the mean's own change averages out.",
        "chain rule on mean((u - mean(u)).^2)",
    )]),
    ..reduction(
        "var",
        "var(u)",
        "Variance of the entries (divided by n).",
        "\\operatorname{var}\\left({0}\\right)",
        "np.var({0})",
    )
};

pub static STD: Op = Op {
    eval: whole!(deviation),
    differential: Differential::Rules(&[rule(
        "standard-deviation",
        "Standard deviation",
        "d(std(u))",
        "sum(unit(u - mean(u)) .* d(u)) / sqrt(sum(u.^0))",
        "It is the length of u - mean(u) over the root of the number of entries.",
        "chain rule on norm2(u - mean(u)) / sqrt(n)",
    )]),
    ..reduction(
        "std",
        "std(u)",
        "Standard deviation of the entries.",
        "\\operatorname{std}\\left({0}\\right)",
        "np.std({0})",
    )
};

/// The place of the first entry that no other beats.
fn first_extreme<S: Scalar>(u: &Tensor<S>, beats: fn(f64, f64) -> bool) -> usize {
    let mut best = 0;
    for (k, x) in u.data.iter().enumerate() {
        if beats(x.value(), u.data[best].value()) {
            best = k;
        }
    }
    best
}

fn largest<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(call.args[0].data[first_extreme(call.args[0], |a, b| a > b)])
}

fn smallest<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(call.args[0].data[first_extreme(call.args[0], |a, b| a < b)])
}

fn marker<S: Scalar>(call: &Call<S>, beats: fn(f64, f64) -> bool) -> Tensor<S> {
    let mut marks = Tensor::filled(call.shape, 0.0);
    marks.data[first_extreme(call.args[0], beats)] = S::from_f64(1.0);
    marks
}

fn first_largest<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    marker(call, |a, b| a > b)
}

fn first_smallest<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    marker(call, |a, b| a < b)
}

pub static LARGEST: Op = Op {
    eval: whole!(largest),
    differential: Differential::Rules(&[rule(
        "largest-entry",
        "Largest entry (piecewise)",
        "d(max(u))",
        "sum(first_max(u) .* d(u))",
        "Only the largest entry moves the result; at a tie we follow the first.",
        "language reference, at kinks",
    )]),
    ..reduction("max", "max(v)", "The largest entry.", "\\max\\left({0}\\right)", "np.max({0})")
};

pub static SMALLEST: Op = Op {
    eval: whole!(smallest),
    differential: Differential::Rules(&[rule(
        "smallest-entry",
        "Smallest entry (piecewise)",
        "d(min(u))",
        "sum(first_min(u) .* d(u))",
        "Only the smallest entry moves the result; at a tie we follow the first.",
        "language reference, at kinks",
    )]),
    ..reduction("min", "min(v)", "The smallest entry.", "\\min\\left({0}\\right)", "np.min({0})")
};

pub static FIRST_LARGEST: Op = Op {
    shape: same,
    eval: whole!(first_largest),
    differential: Differential::Zero(&[]),
    ..reduction(
        "first_max",
        "first_max(v)",
        "1 at the first largest entry, else 0.",
        "\\operatorname{firstmax}\\left({0}\\right)",
        "np.eye({0}.size)[np.argmax({0})].reshape({0}.shape)",
    )
};

pub static FIRST_SMALLEST: Op = Op {
    shape: same,
    eval: whole!(first_smallest),
    differential: Differential::Zero(&[]),
    ..reduction(
        "first_min",
        "first_min(v)",
        "1 at the first smallest entry, else 0.",
        "\\operatorname{firstmin}\\left({0}\\right)",
        "np.eye({0}.size)[np.argmin({0})].reshape({0}.shape)",
    )
};

fn norm1<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(call.args[0].map(|x| x.map(Elementary::Abs)).sum())
}

pub static NORM1: Op = Op {
    eval: whole!(norm1),
    differential: Differential::Rules(&[rule(
        "norm-1",
        "Sum of absolute values",
        "d(norm1(u))",
        "sum(sign(u) .* d(u))",
        "Each absolute value changes with the sign of its entry.",
        "sum reduction of abs",
    )]),
    ..reduction(
        "norm1",
        "norm1(u)",
        "Sum of absolute values.",
        "\\left\\lVert {0} \\right\\rVert_{1}",
        "np.sum(np.abs({0}))",
    )
};

fn length<S: Scalar>(u: &Tensor<S>) -> S {
    u.map(|x| x.times(x)).sum().map(Elementary::Sqrt)
}

fn norm2<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let u = call.args[0];
    // At the origin the length has no derivative; the language takes 0.
    if u.data.iter().all(|x| x.value() == 0.0) {
        return Tensor::filled(&[], 0.0);
    }
    Tensor::scalar(length(u))
}

fn unit<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let u = call.args[0];
    if u.data.iter().all(|x| x.value() == 0.0) {
        return Tensor::filled(call.shape, 0.0);
    }
    let norm = length(u);
    u.map(|x| x.over(norm))
}

pub static NORM2: Op = Op {
    eval: whole!(norm2),
    differential: Differential::Rules(&[rule(
        "norm-2",
        "Length",
        "d(norm2(u))",
        "sum(unit(u) .* d(u))",
        "The length grows by the part of the change that points along u.",
        "chain rule on sqrt(u · u)",
    )]),
    ..reduction(
        "norm2",
        "norm2(u)",
        "Length, the root of the sum of squares.",
        "\\left\\lVert {0} \\right\\rVert",
        "np.sqrt(np.sum(({0})**2))",
    )
};

pub static UNIT: Op = Op {
    shape: same,
    eval: whole!(unit),
    differential: Differential::Rules(&[rule(
        "unit-vector",
        "Direction",
        "d(unit(u))",
        "(d(u) - unit(u) .* sum(unit(u) .* d(u))) ./ norm2(u)",
        "The part of the change along u only stretches it; the rest turns it.",
        "quotient rule on u / norm2(u)",
    )]),
    ..reduction(
        "unit",
        "unit(u)",
        "u / norm2(u), its direction; 0 at the origin.",
        "\\frac{{0}}{\\left\\lVert {0} \\right\\rVert}",
        "{0} / (np.sqrt(np.sum({0}**2)) or 1.0)",
    )
};

/// exp(u − max u) and its sum: no overflow for large entries.
fn shifted<S: Scalar>(u: &Tensor<S>) -> (Tensor<S>, S) {
    let top = S::from_f64(u.data.iter().fold(f64::NEG_INFINITY, |m, x| m.max(x.value())));
    let exps = u.map(|x| x.minus(top).map(Elementary::Exp));
    let total = exps.sum();
    (exps, total)
}

fn logsumexp<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let u = call.args[0];
    let top = u.data.iter().fold(f64::NEG_INFINITY, |m, x| m.max(x.value()));
    let (_, total) = shifted(u);
    Tensor::scalar(total.map(Elementary::Log).plus(S::from_f64(top)))
}

fn softmax<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let (exps, total) = shifted(call.args[0]);
    exps.map(|e| e.over(total))
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
        "np.max({0}) + np.log(np.sum(np.exp({0} - np.max({0}))))",
    )
};

pub static SOFTMAX: Op = Op {
    shape: vector_only,
    eval: whole!(softmax),
    differential: Differential::Rules(&[rule(
        "softmax",
        "Softmax",
        "d(softmax(u))",
        "softmax(u) ⊙ (d(u) - softmax(u) · d(u))",
        "Raising one entry raises its weight and lowers all others, since the weights add to 1.",
        "quotient rule on exp(u) / sum(exp(u))",
    )]),
    ..reduction(
        "softmax",
        "softmax(v)",
        "exp(v) / sum(exp(v)), stable for large entries.",
        "\\operatorname{softmax}\\left({0}\\right)",
        "np.exp({0} - np.max({0})) / np.sum(np.exp({0} - np.max({0})))",
    )
};
