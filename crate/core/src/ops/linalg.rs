//! Square matrices: determinant, inverse, adjugate, powers.

mod elimination;

use crate::expr::{Arena, NodeId};
use crate::number::Number;
use crate::op::{Call, Data, Differential, Eval, Fault, Notation, Op, Sample, Typed, whole};
use crate::ops::pending::DIFFERENTIAL;
use crate::rule::{Rule, Site, always};
use crate::scalar::Scalar;
use crate::shape::{Dim, Dims, Shape};
use crate::tensor::Tensor;
pub use elimination::inverse;
use elimination::{adjugate, determinant, log_determinant};

pub static OPS: &[&Op] = &[&DET, &LOGDET, &INV, &ADJ, &MATRIX_POWER];

/// The shape of a square matrix, or what is wrong with it.
fn square(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    let [m, n] = args[0].0[..] else {
        return Err(Fault::new(0, say!("fit.square", found = dims.describe(args[0]))));
    };
    if let Err(clash) = dims.equate(m, n, None) {
        let (rows, columns) = (dims.show(clash.left), dims.show(clash.right));
        let message = say!("fit.square_sizes", rows, columns);
        return Err(Fault::new(0, message).hint(say!("fit.square.hint")));
    }
    Ok(Shape::matrix(m, n))
}

fn square_to_scalar(dims: &mut Dims, args: &[&Shape], data: &Data) -> Result<Shape, Fault> {
    square(dims, args, data).map(|_| Shape::SCALAR)
}

const fn of_square(name: &'static str, usage: &'static str, about: &'static str, notation: Notation) -> Op {
    Op {
        name,
        aliases: &[],
        usage,
        about,
        typed: Typed::Call { least: 1, most: 1 },
        shape: square,
        eval: Eval::Evaluator,
        differential: Differential::Unsupported,
        index: None,
        notation,
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
    Rule { id, title, from, to, given: "A: [n,n]", why, source, applies: always }
}

/// The rule for a matrix of one entry, where a product of two is a number and has no trace.
const fn of_one(
    id: &'static str,
    title: &'static str,
    from: &'static str,
    to: &'static str,
    why: &'static str,
) -> Rule {
    let applies: fn(&Site) -> bool = |site| site.arena.shape(site.arena.args(site.node)[0]).0[0] == Dim::Size(1);
    Rule { given: "A: [1,1]", applies, ..rule(id, title, from, to, why, "Magnus & Neudecker 8.3") }
}

fn det<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(determinant(call.args[0]))
}

pub static DET: Op = Op {
    shape: square_to_scalar,
    eval: whole!(det),
    differential: Differential::Rules(&[
        of_one(
            "determinant-of-one",
            "Determinant of one entry",
            "d(det(A))",
            "sum(d(A))",
            "The determinant of a matrix of one entry is that entry.",
        ),
        rule(
            "determinant",
            "Determinant (Jacobi's formula)",
            "d(det(A))",
            "tr(adj(A) * d(A))",
            "An entry is multiplied by its cofactor, and the adjugate holds the cofactors: right at singular A too.",
            "Magnus & Neudecker 8.3",
        ),
    ]),
    ..of_square(
        "det",
        "det(A)",
        "Determinant.",
        Notation::Call {
            latex: "\\det\\left({0}\\right)",
            spoken: "the determinant of {0}",
            numpy: "np.linalg.det({0})",
        },
    )
};

fn logdet<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::scalar(log_determinant(call.args[0]))
}

pub static LOGDET: Op = Op {
    shape: square_to_scalar,
    eval: whole!(logdet),
    differential: Differential::Rules(&[
        of_one(
            "log-determinant-of-one",
            "Logarithm of the determinant of one entry",
            "d(logdet(A))",
            "sum(d(A) ./ A)",
            "It is the logarithm of that entry's size.",
        ),
        rule(
            "log-determinant",
            "Logarithm of a determinant",
            "d(logdet(A))",
            "tr(inv(A) * d(A))",
            "The determinant's change over the determinant: the adjugate over it is the inverse.",
            "Magnus & Neudecker 8.3",
        ),
    ]),
    ..of_square(
        "logdet",
        "logdet(A)",
        "log |det A|.",
        Notation::Call {
            latex: "\\log\\left\\lvert \\det\\left({0}\\right) \\right\\rvert",
            spoken: "log of the absolute determinant of {0}",
            numpy: "np.linalg.slogdet({0})[1]",
        },
    )
};

fn inv<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    inverse(call.args[0])
}

pub static INV: Op = Op {
    eval: whole!(inv),
    differential: Differential::Rules(&[rule(
        "inverse",
        "Inverse",
        "d(inv(A))",
        "-(inv(A) * d(A) * inv(A))",
        "A times its inverse stays the identity, so the two changes cancel: solve the product rule for d(inv(A)).",
        "Magnus & Neudecker 8.4",
    )]),
    ..of_square(
        "inv",
        "inv(A), A^-1",
        "Inverse.",
        Notation::Call { latex: "{0}^{-1}", spoken: "{0} inverse", numpy: "np.linalg.inv({0})" },
    )
};

fn adj<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    adjugate(call.args[0])
}

pub static ADJ: Op = Op {
    eval: whole!(adj),
    differential: Differential::Rules(&[
        of_one(
            "adjugate-of-one",
            "Adjugate of one entry",
            "d(adj(A))",
            "0 * d(A)",
            "The adjugate of a matrix of one entry is 1, whatever the entry.",
        ),
        rule(
            "adjugate",
            "Adjugate",
            "d(adj(A))",
            "tr(adj(A) * d(A)) * inv(A) - inv(A) * d(A) * adj(A)",
            "Where A is invertible, its adjugate is det(A) inv(A): the product rule.",
            "Magnus & Neudecker 8.6",
        ),
    ]),
    ..of_square(
        "adj",
        "adj(A)",
        "Adjugate: the transposed cofactors; det(A) inv(A) where A is invertible.",
        Notation::Call {
            latex: "\\operatorname{adj}\\left({0}\\right)",
            spoken: "the adjugate of {0}",
            numpy: "np.linalg.det(np.where(np.eye({0}.shape[0])[None, :, :, None] > 0, np.eye({0}.shape[0])[:, None, None, :], {0}))",
        },
    )
};

/// The exponent of a matrix power: at least 2 (see [`matrix_power`]).
pub fn exponent(data: &Data) -> u32 {
    match data {
        Data::Number(k) => k.whole().and_then(|k| u32::try_from(k).ok()).unwrap_or(1),
        _ => 1,
    }
}

/// `base^k`: the identity for 0, the inverse for −1, powers of the inverse below.
pub fn matrix_power(arena: &mut Arena, base: NodeId, k: i64) -> Result<NodeId, Fault> {
    let (base, k) = if k < 0 { (arena.make(&INV, &[base], Data::None)?, -k) } else { (base, k) };
    match k {
        0 => {
            let shape = arena.shape(base).clone();
            Ok(arena.identity(shape.0[0]))
        }
        1 => Ok(base),
        _ => arena.make(&MATRIX_POWER, &[base], Data::Number(Number::int(k))),
    }
}

fn power<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let base = call.args[0];
    let n = base.shape[0];
    let times = |a: &Tensor<S>, b: &Tensor<S>| {
        Tensor::build(&[n, n], |at| {
            (0..n).fold(S::from_f64(0.0), |sum, k| sum.plus(a.at(&[at[0], k]).times(b.at(&[k, at[1]]))))
        })
    };
    (1..exponent(call.data)).fold(base.clone(), |product, _| times(&product, base))
}

/// Each of the k factors moves once, the others stay where they are: A^i d(A) A^(k−1−i) for all i.
fn power_differential(arena: &mut Arena, node: NodeId) -> NodeId {
    let base = arena.args(node)[0];
    let k = i64::from(exponent(&arena.get(node).data));
    let change = arena.must(&DIFFERENTIAL, &[base], Data::None);
    let mut terms = Vec::new();
    for left in 0..k {
        let mut chain = Vec::new();
        for (power, moves) in [(left, false), (1, true), (k - 1 - left, false)] {
            if moves {
                chain.push(change);
            } else if power > 0
                && let Ok(power) = matrix_power(arena, base, power)
            {
                chain.push(power);
            }
        }
        terms.push(arena.chain(&chain));
    }
    arena.add(&terms)
}

pub static MATRIX_POWER: Op = Op {
    typed: Typed::Notation,
    shape: |dims, args, data| {
        if exponent(data) < 2 {
            return Err(Fault::new(0, "A matrix power needs its exponent."));
        }
        square(dims, args, data)
    },
    eval: whole!(power),
    differential: Differential::Computed(
        &[rule(
            "matrix-power",
            "Power of a matrix",
            "d(A^3)",
            "d(A) * A^2 + A * d(A) * A + A^2 * d(A)",
            "Let one factor move at a time and keep its place: matrices do not commute.",
            "product rule for matrices",
        )],
        power_differential,
    ),
    ..of_square("matrix-power", "A^k", "Power of a square matrix.", Notation::Printer)
};
