//! Kronecker products and matrices as vectors: what rearranges entries between m × n and m n.

use crate::expr::{Arena, NodeId};
use crate::op::{Call, Data, Differential, Eval, Fault, IndexForm, Notation, Op, Sample, Typed, whole};
use crate::rule::{Rule, always};
use crate::scalar::Scalar;
use crate::shape::{Dim, Dims, Shape};
use crate::tensor::Tensor;

pub static OPS: &[&Op] = &[&KRON, &VEC, &UNVEC, &SPLIT];

const fn of_matrices(name: &'static str, usage: &'static str, about: &'static str, arguments: usize) -> Op {
    Op {
        name,
        aliases: &[],
        usage,
        about,
        typed: Typed::Call { least: arguments, most: arguments },
        shape: |_, _, _| Ok(Shape::SCALAR),
        eval: Eval::Evaluator,
        differential: Differential::Unsupported,
        index: None,
        notation: Notation::Printer,
        sample: Sample::Real,
        kinks: &[],
    }
}

fn product(dims: &mut Dims, left: Dim, right: Dim) -> Result<Dim, Fault> {
    dims.product(left, right).ok_or_else(|| Fault::new(0, say!("fit.long_size")))
}

fn kron_shape(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    let message = match (args[0].order(), args[1].order()) {
        (1, 1) | (2, 2) => None,
        (1 | 2, 1 | 2) => Some(say!("fit.kron", found = dims.describe(args[1]))),
        (1 | 2, _) => Some(say!("fit.matrices", found = dims.describe(args[1]))),
        _ => Some(say!("fit.matrices", found = dims.describe(args[0]))),
    };
    if let Some(message) = message {
        let at = usize::from(matches!(args[0].order(), 1 | 2));
        return Err(Fault::new(at, message));
    }
    let pairs = args[0].0.iter().zip(&args[1].0);
    Ok(Shape(pairs.map(|(&left, &right)| product(dims, left, right)).collect::<Result<_, _>>()?))
}

fn kron<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let (a, b) = (call.args[0], call.args[1]);
    Tensor::build(call.shape, |at| {
        let outer: Vec<usize> = at.iter().zip(&b.shape).map(|(i, n)| i / n).collect();
        let inner: Vec<usize> = at.iter().zip(&b.shape).map(|(i, n)| i % n).collect();
        a.at(&outer).times(b.at(&inner))
    })
}

/// The constant that says which outer and inner index an index of the product is.
pub fn split(arena: &mut Arena, outer: Dim, inner: Dim) -> NodeId {
    arena.must(&SPLIT, &[], Data::Shape(Shape::matrix(outer, inner)))
}

fn kron_index(arena: &mut Arena, node: NodeId, arg: usize) -> IndexForm {
    let [left, right] = [0, 1].map(|k| arena.args(node)[k]);
    let (outer, inner) = (arena.shape(left).0.clone(), arena.shape(right).0.clone());
    // Labels, each once for every axis: the value's, then those of the left and of the right argument.
    let axes = outer.len();
    let labels = |from: usize| (from * axes..(from + 1) * axes).collect::<Vec<usize>>();
    let dims = arena.shape(node).0.iter().chain(&outer).chain(&inner).copied().collect();
    let (other, of_other) = if arg == 0 { (right, labels(2)) } else { (left, labels(1)) };
    let mut factors = vec![(other, of_other)];
    for axis in 0..axes {
        let split = split(arena, outer[axis], inner[axis]);
        factors.push((split, vec![axis, axes + axis, 2 * axes + axis]));
    }
    IndexForm { value: labels(0), arg: labels(1 + arg), factors, dims, bound: Vec::new() }
}

pub static KRON: Op = Op {
    shape: kron_shape,
    eval: whole!(kron),
    differential: Differential::Multilinear(&[Rule {
        id: "kronecker-product",
        title: "Product rule for Kronecker products",
        from: "d(kron(A, B))",
        to: "kron(d(A), B) + kron(A, d(B))",
        given: "A: [m,n], B: [k,p]",
        why: "Every entry is an entry of A times one of B: let one of them move at a time.",
        source: "Magnus & Neudecker 9.4",
        applies: always,
    }]),
    index: Some(kron_index),
    ..of_matrices("kron", "kron(A, B)", "Kronecker product: a copy of B for each entry of A, multiplied by it.", 2)
};

fn vec_shape(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    match args[0].0[..] {
        [n] => Ok(Shape::vector(n)),
        [m, n] => Ok(Shape::vector(product(dims, m, n)?)),
        _ => Err(Fault::new(0, say!("fit.matrix_not", found = dims.describe(args[0])))),
    }
}

/// Column by column, while blocks of numbers are stored row by row.
fn vec<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let a = call.args[0];
    let (rows, columns) = a.rows_columns();
    let data = (0..columns).flat_map(|j| (0..rows).map(move |i| a.data[i * columns + j])).collect();
    Tensor::new(call.shape, data)
}

/// Labels: 0 in the vector, 1 and 2 in the matrix. Columns are counted first, so the column is the outer index.
fn vec_index(arena: &mut Arena, matrix: &Shape, length: Dim) -> (Vec<(NodeId, Vec<usize>)>, Vec<Dim>) {
    let split = split(arena, matrix.0[1], matrix.0[0]);
    (vec![(split, vec![0, 2, 1])], vec![length, matrix.0[0], matrix.0[1]])
}

pub static VEC: Op = Op {
    shape: vec_shape,
    eval: whole!(vec),
    differential: Differential::Multilinear(&[Rule {
        id: "vectorisation",
        title: "Matrix as a vector",
        from: "d(vec(A))",
        to: "vec(d(A))",
        given: "A: [m,n]",
        why: "Moving entries to other places moves their changes there too.",
        source: "Magnus & Neudecker 2.4",
        applies: always,
    }]),
    index: Some(|arena, node, _| {
        let matrix = arena.shape(arena.args(node)[0]).clone();
        let length = arena.shape(node).0[0];
        if matrix.is_vector() {
            return IndexForm {
                value: vec![0],
                arg: vec![0],
                factors: Vec::new(),
                dims: vec![length],
                bound: Vec::new(),
            };
        }
        let (factors, dims) = vec_index(arena, &matrix, length);
        IndexForm { value: vec![0], arg: vec![1, 2], factors, dims, bound: Vec::new() }
    }),
    notation: Notation::Call {
        latex: "\\operatorname{vec}\\left({0}\\right)",
        spoken: "vec of {0}",
        numpy: "np.ravel({0}, order=\"F\")",
    },
    ..of_matrices("vec", "vec(A)", "The columns of A, one under the other.", 1)
};

fn unvec_shape(dims: &mut Dims, args: &[&Shape], data: &Data) -> Result<Shape, Fault> {
    let (Data::Shape(shape), [length]) = (data, &args[0].0[..]) else {
        return Err(Fault::new(0, say!("fit.vector_not", found = dims.describe(args[0]))));
    };
    let wanted = product(dims, shape.0[0], shape.0[1])?;
    if dims.equate(*length, wanted, None).is_err() {
        let (found, wanted) = (dims.show(*length), dims.show(wanted));
        return Err(Fault::new(0, say!("fit.vector_entries", wanted, found)));
    }
    Ok(shape.clone())
}

fn unvec<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let rows = call.shape[0];
    Tensor::build(call.shape, |at| call.args[0].data[at[1] * rows + at[0]])
}

/// The matrix whose columns stand one under the other in a vector: what undoes `vec`. The gradient of `vec(A) · x`.
pub static UNVEC: Op = Op {
    typed: Typed::Notation,
    shape: unvec_shape,
    eval: whole!(unvec),
    differential: Differential::Multilinear(&[Rule {
        id: "vector-as-matrix",
        title: "Vector as a matrix",
        from: "d(unvec(u, 2, 3))",
        to: "unvec(d(u), 2, 3)",
        given: "u: [6]",
        why: "Moving entries to other places moves their changes there too.",
        source: "Magnus & Neudecker 2.4",
        applies: always,
    }]),
    index: Some(|arena, node, _| {
        let matrix = arena.shape(node).clone();
        let length = arena.shape(arena.args(node)[0]).0[0];
        let (factors, dims) = vec_index(arena, &matrix, length);
        IndexForm { value: vec![1, 2], arg: vec![0], factors, dims, bound: Vec::new() }
    }),
    ..of_matrices("unvec", "unvec(v, m, n)", "The m × n matrix whose columns stand one under the other in v.", 1)
};

/// `split(m, n)`: entry p, i, j is 1 where p is the place of i, j, counted with j running fastest.
pub static SPLIT: Op = Op {
    typed: Typed::Notation,
    shape: |dims, _, data| match data {
        Data::Shape(sizes) => {
            let whole = product(dims, sizes.0[0], sizes.0[1])?;
            Ok(Shape(vec![whole, sizes.0[0], sizes.0[1]]))
        }
        _ => Err(Fault::new(0, "This needs two sizes.")),
    },
    differential: Differential::Zero(&[]),
    ..of_matrices("split", "split(m, n)", "Entry p, i, j is 1 where p = (i − 1) n + j, else 0.", 0)
};

/// `unvec(v, m, n)`; of `vec(A)` it is A. The only entry of a 1 × 1 matrix may be a number.
pub fn as_matrix(arena: &mut Arena, vector: NodeId, shape: Shape) -> NodeId {
    if arena.is(vector, &VEC) && *arena.shape(arena.args(vector)[0]) == arena.dims.resolve_shape(&shape) {
        return arena.args(vector)[0];
    }
    let scalar = arena.unexpanded(vector);
    // A product with one row is a number.
    if arena.shape(scalar).is_scalar() {
        return arena.expand(scalar, &shape);
    }
    arena.must(&UNVEC, &[vector], Data::Shape(shape))
}

/// `vec(A)`; of `unvec(v, …)` it is v.
pub fn as_vector(arena: &mut Arena, matrix: NodeId) -> NodeId {
    if arena.is(matrix, &UNVEC) {
        return arena.args(matrix)[0];
    }
    let made = arena.must(&VEC, &[matrix], Data::None);
    let scalar = arena.unexpanded(matrix);
    if scalar == matrix {
        return made;
    }
    let shape = arena.shape(made).clone();
    arena.expand(scalar, &shape)
}
