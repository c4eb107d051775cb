//! Sums, products, quotients and powers, entry by entry; and the expansion of a scalar.

use crate::expr::{Arena, NodeId};
use crate::op::{Call, Data, Differential, Eval, Fault, IndexForm, Notation, Op, Sample, Typed, whole};
use crate::rule::{Rule, Site, always};
use crate::scalar::{Elementary, Elementary2, Scalar};
use crate::shape::{Dims, Shape};
use crate::tensor::Tensor;

pub static OPS: &[&Op] = &[&ADD, &NEGATE, &MULTIPLY, &DIVIDE, &POWER, &EXPAND];

/// All arguments have one shape, and so has the value.
pub fn same_shape(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    let first = args[0];
    for (at, &other) in args.iter().enumerate().skip(1) {
        if first.order() != other.order() {
            let message = say!("fit.two", first = dims.describe(first), other = dims.describe(other));
            return Err(Fault::between(0, at, message));
        }
        if let Err(clash) = dims.equate_shapes(first, other, None) {
            return Err(Fault::clash(dims, 0, at, args, &clash));
        }
    }
    Ok(first.clone())
}

/// The identity on entries: `value[i…] = factors · arg[i…]`, the factors having the same labels.
pub fn entrywise(arena: &Arena, node: NodeId, factors: Vec<NodeId>) -> IndexForm {
    let dims = arena.shape(node).0.clone();
    let labels: Vec<usize> = (0..dims.len()).collect();
    // An expanded scalar is one number for all entries: it takes no labels.
    let factors = factors
        .into_iter()
        .map(|f| {
            let scalar = arena.unexpanded(f);
            if arena.shape(scalar).is_scalar() { (scalar, Vec::new()) } else { (f, labels.clone()) }
        })
        .collect();
    IndexForm { value: labels.clone(), arg: labels, factors, dims, bound: Vec::new() }
}

fn add<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let mut total = call.args[0].clone();
    for other in &call.args[1..] {
        total.data.iter_mut().zip(&other.data).for_each(|(t, &o)| *t = t.plus(o));
    }
    total
}

fn multiply<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let mut product = call.args[0].clone();
    for other in &call.args[1..] {
        product.data.iter_mut().zip(&other.data).for_each(|(p, &o)| *p = p.times(o));
    }
    product
}

fn expand<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::new(call.shape, vec![call.args[0].data[0]; call.shape.iter().product()])
}

pub static ADD: Op = Op {
    name: "add",
    aliases: &[],
    usage: "a + b, a - b",
    about: "Sum, entry by entry; a scalar is expanded to the other's shape.",
    typed: Typed::Notation,
    shape: same_shape,
    eval: whole!(add),
    differential: Differential::Linear(&[
        Rule {
            id: "scalar-expansion",
            title: "Scalar expansion",
            from: "d(x + z)",
            to: "d(x) + d(z)",
            given: "x: [n], z: []",
            why: "A scalar added to a vector is added to every entry, so it moves all of them at once.",
            source: "Parr & Howard 4.3",
            applies: |site: &Site| site.has_expansion() && site.varies_by_expansion(),
        },
        Rule {
            id: "element-wise-sum",
            title: "Element-wise sum",
            from: "d(u + v)",
            to: "d(u) + d(v)",
            given: "u: [n], v: [n]",
            why: "Entry i of the sum depends on entry i of each term alone, so each Jacobian is an identity.",
            source: "Parr & Howard 4.2",
            applies: |site: &Site| !site.is_scalar(),
        },
        Rule {
            id: "sum-rule",
            title: "Sum rule",
            from: "d(u + v)",
            to: "d(u) + d(v)",
            given: "u: [], v: []",
            why: "A sum changes by the sum of the changes.",
            source: "Parr & Howard 2",
            applies: always,
        },
    ]),
    index: Some(|arena, node, _| entrywise(arena, node, Vec::new())),
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};

pub static NEGATE: Op = Op {
    name: "negate",
    aliases: &[],
    usage: "-a",
    about: "Negation.",
    typed: Typed::Notation,
    shape: same_shape,
    eval: Eval::Map(Elementary::Negate),
    differential: Differential::Linear(&[Rule {
        id: "negation",
        title: "Sign",
        from: "d(-u)",
        to: "-d(u)",
        given: "u: [n]",
        why: "A sign is a constant factor: it stays in front.",
        source: "Parr & Howard 2",
        applies: always,
    }]),
    index: Some(|arena, node, _| {
        let minus = arena.int(-1);
        entrywise(arena, node, vec![minus])
    }),
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};

/// Entry by entry; with expanded scalars this is also scaling. (The product of linear algebra is in products.rs.)
pub static MULTIPLY: Op = Op {
    name: "multiply",
    aliases: &[],
    usage: "a b, a .* b, a ⊙ b",
    about: "Product of scalars, scaling, and the element-wise product.",
    typed: Typed::Notation,
    shape: same_shape,
    eval: whole!(multiply),
    differential: Differential::Multilinear(&[
        Rule {
            id: "constant-multiple",
            title: "Multiplication by a constant",
            from: "d(c * u)",
            to: "c * d(u)",
            given: "c: [], u: []",
            why: "A constant factor stays in front.",
            source: "Parr & Howard 2",
            applies: |site: &Site| site.is_scalar() && site.varying() == 1,
        },
        Rule {
            id: "product-rule",
            title: "Product rule",
            from: "d(u * v)",
            to: "d(u) * v + u * d(v)",
            given: "u: [], v: []",
            why: "Let one factor move at a time, hold the others, and add what each move does.",
            source: "Parr & Howard 2",
            applies: |site: &Site| site.is_scalar(),
        },
        Rule {
            id: "scalar-expansion-product",
            title: "Scalar expansion",
            from: "d(x .* (ones(n) * z))",
            to: "d(x) .* (ones(n) * z) + x .* (ones(n) * d(z))",
            given: "x: [n], z: []",
            why: "Scaling multiplies every entry by the same number.",
            source: "Parr & Howard 4.3",
            applies: |site: &Site| site.has_expansion(),
        },
        Rule {
            id: "element-wise-product",
            title: "Element-wise product",
            from: "d(u ⊙ v)",
            to: "d(u) ⊙ v + u ⊙ d(v)",
            given: "u: [n], v: [n]",
            why: "Entry i of the product depends on entry i of each factor alone, so the Jacobian is diagonal.",
            source: "Parr & Howard 4.2",
            applies: always,
        },
    ]),
    index: Some(|arena, node, arg| {
        let others: Vec<NodeId> =
            arena.args(node).iter().enumerate().filter(|(k, _)| *k != arg).map(|(_, &a)| a).collect();
        entrywise(arena, node, others)
    }),
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};

pub static DIVIDE: Op = Op {
    name: "divide",
    aliases: &[],
    usage: "a / b, a ./ b, a ⊘ b",
    about: "Quotient, entry by entry.",
    typed: Typed::Notation,
    shape: same_shape,
    eval: Eval::Map2(Elementary2::Divide),
    differential: Differential::Rules(&[
        Rule {
            id: "constant-divisor",
            title: "Division by a constant",
            from: "d(u ./ c)",
            to: "d(u) ./ c",
            given: "u: [], v: [], c: []",
            why: "A constant divisor stays where it is.",
            source: "Parr & Howard 2",
            applies: always,
        },
        Rule {
            id: "reciprocal-rule",
            title: "Reciprocal rule",
            from: "d(c ./ v)",
            to: "-(c ./ v.^2) .* d(v)",
            given: "u: [], v: [], c: []",
            why: "The larger the divisor, the smaller the quotient: the sign turns, the divisor is squared.",
            source: "Parr & Howard 4.2",
            applies: always,
        },
        Rule {
            id: "quotient-rule",
            title: "Quotient rule",
            from: "d(u ./ v)",
            to: "(v .* d(u) - u .* d(v)) ./ v.^2",
            given: "u: [], v: [], c: []",
            why: "Numerator and divisor both move: the product rule for u times 1/v.",
            source: "DLMF 1.4.11",
            applies: always,
        },
    ]),
    // Only the numerator is linear; the engine asks for argument 0 alone.
    index: Some(|arena, node, _| {
        let divisor = arena.args(node)[1];
        let scalar = arena.unexpanded(divisor);
        let one = arena.int(1);
        let reciprocal = if scalar == divisor {
            arena.divide(one, divisor)
        } else {
            let inner = arena.divide(one, scalar);
            let shape = arena.shape(node).clone();
            arena.expand(inner, &shape)
        };
        entrywise(arena, node, vec![reciprocal])
    }),
    notation: Notation::Printer,
    sample: Sample::Positive,
    kinks: &[],
};

pub static POWER: Op = Op {
    name: "power",
    aliases: &[],
    usage: "a ^ b, a .^ b, x²",
    about: "Power, entry by entry.",
    typed: Typed::Notation,
    shape: same_shape,
    eval: Eval::Map2(Elementary2::Power),
    differential: Differential::Rules(&[
        Rule {
            id: "power-rule",
            title: "Power rule",
            from: "d(u .^ c)",
            to: "c .* u.^(c - 1) .* d(u)",
            given: "u: [], v: [], c: []",
            why: "The exponent comes down as a factor and drops by one.",
            source: "Parr & Howard 2",
            applies: always,
        },
        Rule {
            id: "exponential-rule",
            title: "Exponential rule",
            from: "d(c .^ v)",
            to: "c.^v .* log(c) .* d(v)",
            given: "u: [], v: [], c: []",
            why: "c to the v is exp(v log c): it grows in proportion to itself.",
            source: "DLMF 4.7.10",
            applies: always,
        },
        Rule {
            id: "general-power-rule",
            title: "General power rule",
            from: "d(u .^ v)",
            to: "v .* u.^(v - 1) .* d(u) + u.^v .* log(u) .* d(v)",
            given: "u: [], v: [], c: []",
            why: "Base and exponent both move: add what each does alone.",
            source: "DLMF 4.7",
            applies: always,
        },
    ]),
    index: None,
    notation: Notation::Printer,
    sample: Sample::Positive,
    kinks: &[],
};

fn expansion(_: &mut Dims, _: &[&Shape], data: &Data) -> Result<Shape, Fault> {
    match data {
        Data::Shape(shape) => Ok(shape.clone()),
        _ => Err(Fault::new(0, "An expansion needs its target shape.")),
    }
}

pub static EXPAND: Op = Op {
    name: "expand",
    aliases: &[],
    usage: "x + z, ones(n) * z",
    about: "A scalar as a vector or matrix with every entry the same.",
    typed: Typed::Internal,
    shape: expansion,
    eval: whole!(expand),
    differential: Differential::Multilinear(&[Rule {
        id: "expansion",
        title: "Scalar expansion",
        from: "d(ones(n) * z)",
        to: "ones(n) * d(z)",
        given: "z: []",
        why: "All entries are the same number, so they all move with it.",
        source: "Parr & Howard 4.3",
        applies: always,
    }]),
    index: Some(|arena, node, _| {
        let dims = arena.shape(node).0.clone();
        IndexForm { value: (0..dims.len()).collect(), arg: Vec::new(), factors: Vec::new(), dims, bound: Vec::new() }
    }),
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};
