//! Products of linear algebra and the transpose.

use crate::expr::{Arena, NodeId};
use crate::op::{Call, Data, Differential, Fault, IndexForm, Notation, Op, Sample, Typed, whole};
use crate::rule::{Rule, Site, always};
use crate::scalar::Scalar;
use crate::shape::{Dim, Dims, Shape};
use crate::tensor::Tensor;

pub static OPS: &[&Op] = &[&PRODUCT, &DOT, &TRANSPOSE];

/// The shape of `a * b`; scalars are not seen here (they scale, see `Arena::product`).
fn pair(dims: &mut Dims, a: &Shape, b: &Shape) -> Result<Shape, Fault> {
    let shapes = [a, b];
    let fit = |dims: &mut Dims, left: Dim, right: Dim| {
        dims.equate(left, right, None).map_err(|clash| Fault::clash(dims, 0, 1, &shapes, &clash))
    };
    let (left, right) = (dims.resolve_shape(a), dims.resolve_shape(b));
    match (&left.0[..], &right.0[..]) {
        // Row times column: the number, not a 1 × 1 matrix (language reference, "Values and shapes").
        ([Dim::Size(1), n], [k]) | ([Dim::Size(1), n], [k, Dim::Size(1)]) => {
            fit(dims, *n, *k)?;
            Ok(Shape::SCALAR)
        }
        ([m, n], [k]) => {
            fit(dims, *n, *k)?;
            Ok(Shape::vector(*m))
        }
        ([m, n], [k, p]) => {
            fit(dims, *n, *k)?;
            Ok(Shape::matrix(*m, *p))
        }
        ([m], [Dim::Size(1), n]) => Ok(Shape::matrix(*m, *n)),
        ([_], [_]) => Err(Fault::between(0, 1, say!("fit.two_vectors", a = dims.describe(a), b = dims.describe(b)))
            .hint(say!("fit.two_vectors.hint"))),
        _ => Err(Fault::between(0, 1, say!("fit.product", a = dims.describe(a), b = dims.describe(b)))),
    }
}

fn chain_shape(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    let mut shape = args[0].clone();
    for (at, &next) in args.iter().enumerate().skip(1) {
        shape = pair(dims, &shape, next).map_err(|f| Fault { args: (at - 1, at), ..f })?;
        if shape.is_scalar() && at + 1 < args.len() {
            return Err(Fault::new(at, "A chain of products is read from the left and passes through a scalar here."));
        }
    }
    Ok(shape)
}

/// Rows × columns of a factor: a vector is a column on the right and, times a row, on the left too.
fn times<S: Scalar>(a: &Tensor<S>, b: &Tensor<S>) -> Tensor<S> {
    let (rows, inner) = a.rows_columns();
    let (_, columns) = b.rows_columns();
    let mut data = Vec::with_capacity(rows * columns);
    for i in 0..rows {
        for j in 0..columns {
            let mut total = S::from_f64(0.0);
            for k in 0..inner {
                total = total.plus(a.data[i * inner + k].times(b.data[k * columns + j]));
            }
            data.push(total);
        }
    }
    let shape = match (a.shape.len(), b.shape.len()) {
        (_, 1) => vec![rows],
        _ => vec![rows, columns],
    };
    Tensor { shape, data }
}

fn chain<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let mut product = call.args[0].clone();
    for next in &call.args[1..] {
        product = times(&product, next);
    }
    product.shape = call.shape.to_vec();
    product
}

/// The product of the arguments `from..to`, or nothing.
fn part(arena: &mut Arena, args: &[NodeId]) -> Option<NodeId> {
    (!args.is_empty()).then(|| arena.chain(args))
}

/// Labels of a factor in a chain, between the running row label and a fresh column label.
fn between(arena: &Arena, node: NodeId, row: usize, column: usize) -> Vec<usize> {
    if arena.shape(node).is_vector() { vec![row] } else { vec![row, column] }
}

fn chain_index(arena: &mut Arena, node: NodeId, arg: usize) -> IndexForm {
    let args = arena.args(node).to_vec();
    let shape = arena.shape(node).clone();
    // Labels: 0 and 1 around what stands left of the argument, 1 and 2 around it, 2 and 3 right of it.
    let left = part(arena, &args[..arg]);
    let right = part(arena, &args[arg + 1..]);
    let mut dims = vec![Dim::Size(1); 4];
    let mut factors = Vec::new();
    // A part that is a number only scales.
    let (mut left, mut right) = (left, right);
    for part in [&mut left, &mut right] {
        if let Some(scalar) = part.filter(|p| arena.shape(*p).is_scalar()) {
            factors.push((scalar, Vec::new()));
            *part = None;
        }
    }
    let (first, last) = (if left.is_some() { 0 } else { 1 }, if right.is_some() { 3 } else { 2 });
    if let Some(l) = left {
        factors.push((l, between(arena, l, 0, 1)));
        dims[0] = arena.shape(l).0[0];
    }
    if let Some(r) = right {
        factors.push((r, between(arena, r, 2, 3)));
        dims[2] = arena.shape(r).0[0];
        dims[3] = arena.shape(r).0.get(1).copied().unwrap_or(Dim::Size(1));
    }
    let own = arena.shape(args[arg]).clone();
    dims[1] = own.0[0];
    if let Some(&d) = own.0.get(1) {
        dims[2] = d;
    }
    let arg_labels = if own.is_vector() { vec![1] } else { vec![1, 2] };
    let value = match shape.order() {
        0 => Vec::new(),
        1 => vec![first],
        _ => vec![first, last],
    };
    IndexForm { value, arg: arg_labels, factors, dims, bound: Vec::new() }
}

pub static PRODUCT: Op = Op {
    name: "product",
    aliases: &[],
    usage: "A * B, A @ B, A B",
    about: "Product of linear algebra: rows times columns.",
    typed: Typed::Notation,
    shape: chain_shape,
    eval: whole!(chain),
    differential: Differential::Multilinear(&[
        Rule {
            id: "linear-map",
            title: "Matrix times vector",
            from: "d(A * u)",
            to: "A * d(u)",
            given: "A: [m,n], u: [n]",
            why: "A constant matrix sends the change of u to the change of A u, so it is the Jacobian.",
            source: "Parr & Howard 4.5.3",
            applies: |site: &Site| site.varying() == 1 && site.arena.shape(site.node).is_vector(),
        },
        Rule {
            id: "matrix-product",
            title: "Product rule for matrices",
            from: "d(A * B)",
            to: "d(A) * B + A * d(B)",
            given: "A: [m,k], B: [k,n]",
            why: "Let one factor move at a time and keep the order: matrices do not commute.",
            source: "Magnus & Neudecker 8.3",
            applies: always,
        },
    ]),
    index: Some(chain_index),
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};

fn dot_shape(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    for (at, shape) in args.iter().enumerate() {
        if !shape.is_vector() {
            let message = say!("fit.dot", found = dims.describe(shape));
            return Err(Fault::new(at, message).hint(say!("fit.dot.hint")));
        }
    }
    let clash = dims.equate_shapes(args[0], args[1], None);
    clash.map_err(|clash| Fault::clash(dims, 0, 1, args, &clash))?;
    Ok(Shape::SCALAR)
}

fn dot<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let products = call.args[0].data.iter().zip(&call.args[1].data).map(|(&a, &b)| a.times(b));
    Tensor::scalar(products.fold(S::from_f64(0.0), S::plus))
}

pub static DOT: Op = Op {
    name: "dot",
    aliases: &[],
    usage: "w · x, dot(w, x)",
    about: "Dot product of two vectors.",
    typed: Typed::Call { least: 2, most: 2 },
    shape: dot_shape,
    eval: whole!(dot),
    differential: Differential::Multilinear(&[Rule {
        id: "dot-product",
        title: "Dot product",
        from: "d(u · v)",
        to: "d(u) · v + u · d(v)",
        given: "u: [n], v: [n]",
        why: "A dot product is the sum of an element-wise product: 1ᵀ diag(v) = vᵀ.",
        source: "Parr & Howard 5",
        applies: always,
    }]),
    index: Some(|arena, node, arg| {
        let other = arena.args(node)[1 - arg];
        let dims = arena.shape(other).0.clone();
        IndexForm { value: Vec::new(), arg: vec![0], factors: vec![(other, vec![0])], dims, bound: Vec::new() }
    }),
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};

fn transpose_shape(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    match args[0].0[..] {
        [] => Ok(Shape::SCALAR),
        [n] => Ok(Shape::matrix(Dim::Size(1), n)),
        [Dim::Size(1), n] => Ok(Shape::vector(n)),
        [m, n] => Ok(Shape::matrix(n, m)),
        _ => Err(Fault::new(0, say!("fit.transpose", found = dims.describe(args[0])))),
    }
}

fn transpose<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let a = call.args[0];
    let (rows, columns) = a.rows_columns();
    let data =
        (0..columns).flat_map(|j| (0..rows).map(move |i| (i, j))).map(|(i, j)| a.data[i * columns + j]).collect();
    Tensor::new(call.shape, data)
}

pub static TRANSPOSE: Op = Op {
    name: "transpose",
    aliases: &[],
    usage: "A', A^T, Aᵀ, transpose(A)",
    about: "Transpose; of a vector the row [1, n].",
    typed: Typed::Call { least: 1, most: 1 },
    shape: transpose_shape,
    eval: whole!(transpose),
    differential: Differential::Multilinear(&[Rule {
        id: "transpose",
        title: "Transpose",
        from: "d(A')",
        to: "d(A)'",
        given: "A: [m,n]",
        why: "Transposing only moves entries, so it moves their changes the same way.",
        source: "Magnus & Neudecker 8.3",
        applies: always,
    }]),
    index: Some(|arena, node, _| {
        let from = arena.shape(arena.args(node)[0]).clone();
        let to = arena.shape(node).clone();
        // Label 0: the long axis; of a matrix 0 rows and 1 columns; of rows and vectors 1 is the unit axis.
        let (arg, value, dims) = match (from.order(), to.order()) {
            (1, _) => (vec![0], vec![1, 0], vec![from.0[0], Dim::Size(1)]),
            (_, 1) => (vec![1, 0], vec![0], vec![to.0[0], Dim::Size(1)]),
            _ => (vec![0, 1], vec![1, 0], from.0.clone()),
        };
        IndexForm { value, arg, factors: Vec::new(), dims, bound: Vec::new() }
    }),
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};
