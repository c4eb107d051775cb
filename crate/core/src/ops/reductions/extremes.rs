//! The largest and the smallest entry, and where they are.

use super::{reduction, rule, same};
use crate::op::{Call, Differential, Op, whole};
use crate::scalar::Scalar;
use crate::tensor::Tensor;

/// The place of the first entry that no other beats; of the first that is no number, if one is none: then none of them is
/// known to be the largest.
fn first_extreme<S: Scalar>(u: &Tensor<S>, beats: fn(S, S) -> bool) -> usize {
    let mut best = 0;
    for (k, &x) in u.data.iter().enumerate() {
        if x.is_undefined() {
            return k;
        }
        if beats(x, u.data[best]) {
            best = k;
        }
    }
    best
}

fn largest_of<S: Scalar>(u: &Tensor<S>) -> usize {
    first_extreme(u, S::is_above)
}

fn smallest_of<S: Scalar>(u: &Tensor<S>) -> usize {
    first_extreme(u, |a, b| b.is_above(a))
}

fn largest<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(call.args[0].data[largest_of(call.args[0])].by_order())
}

fn smallest<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(call.args[0].data[smallest_of(call.args[0])].by_order())
}

/// 1 at a place, else 0; no number at all where the entry there is none.
fn marker<S: Scalar>(call: &Call<S>, place: usize) -> Tensor<S> {
    if call.args[0].data[place].is_undefined() {
        return Tensor::build(call.shape, |_| S::undefined());
    }
    let mut marks = Tensor::filled(call.shape, 0.0);
    marks.data[place] = S::from_f64(1.0);
    marks.map(S::by_order)
}

fn first_largest<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    marker(call, largest_of(call.args[0]))
}

fn first_smallest<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    marker(call, smallest_of(call.args[0]))
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
    ..reduction(
        "max",
        "max(v)",
        "The largest entry.",
        "\\max\\left({0}\\right)",
        "the largest entry of {0}",
        "np.max({0})",
    )
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
    ..reduction(
        "min",
        "min(v)",
        "The smallest entry.",
        "\\min\\left({0}\\right)",
        "the smallest entry of {0}",
        "np.min({0})",
    )
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
        "the marker of the first largest entry of {0}",
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
        "the marker of the first smallest entry of {0}",
        "np.eye({0}.size)[np.argmin({0})].reshape({0}.shape)",
    )
};
