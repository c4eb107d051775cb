//! Building and taking apart: lists, stacks, components, diagonals, identities, sums over an index, tensors by entries.

use crate::expr::{Arena, NodeId, Place};
use crate::op::{Call, Data, Differential, Eval, Fault, IndexForm, Notation, Op, Sample, Typed, whole};
use crate::ops::leaves;
use crate::rule::{Rule, always};
use crate::scalar::Scalar;
use crate::shape::{Dim, Dims, Shape};
use crate::tensor::Tensor;

pub static OPS: &[&Op] = &[&LIST, &STACK, &GRID, &PICK, &DIAG, &TRACE, &IDENTITY, &SUM_OVER, &TENSOR];

const fn notation(name: &'static str, usage: &'static str, about: &'static str) -> Op {
    Op {
        name,
        aliases: &[],
        usage,
        about,
        typed: Typed::Notation,
        shape: |_, _, _| Ok(Shape::SCALAR),
        eval: Eval::Evaluator,
        differential: Differential::Unsupported,
        index: None,
        notation: Notation::Printer,
        sample: Sample::Real,
        kinks: &[],
    }
}

const fn rule(
    id: &'static str,
    title: &'static str,
    from: &'static str,
    to: &'static str,
    given: &'static str,
    why: &'static str,
    source: &'static str,
) -> Rule {
    Rule { id, title, from, to, given, why, source, applies: always }
}

/// Column `k` (from 0) of the identity of size `dim`.
pub fn basis(arena: &mut Arena, dim: Dim, k: usize) -> NodeId {
    let identity = arena.identity(dim);
    arena.must(&PICK, &[identity], Data::Subscripts(vec![None, Some(Place::Fixed(k as u64 + 1))]))
}

fn side_by_side<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    Tensor::new(call.shape, call.args.iter().flat_map(|a| a.data.iter().copied()).collect())
}

pub static LIST: Op = Op {
    shape: |dims, args, _| {
        for (at, shape) in args.iter().enumerate() {
            if !shape.is_scalar() {
                let message = say!("fit.list", found = dims.describe(shape));
                return Err(Fault::new(at, message).hint(say!("fit.list.hint")));
            }
        }
        Ok(Shape::vector(Dim::Size(args.len() as u64)))
    },
    eval: whole!(side_by_side),
    differential: Differential::Linear(&[rule(
        "list",
        "Component by component",
        "d([u, v])",
        "[d(u), d(v)]",
        "u: [], v: []",
        "A vector changes component by component; the gradients are stacked as rows.",
        "Parr & Howard 4",
    )]),
    index: Some(|arena, node, arg| {
        let dim = arena.shape(node).0[0];
        let unit = basis(arena, dim, arg);
        IndexForm {
            value: vec![0],
            arg: Vec::new(),
            factors: vec![(unit, vec![0])],
            dims: vec![dim],
            bound: Vec::new(),
        }
    }),
    ..notation("list", "[a, b, c]", "A vector written by its entries.")
};

/// How many rows an argument of a stack takes.
fn rows(shape: &Shape, columns: bool) -> Dim {
    match (columns, &shape.0[..]) {
        (_, []) => Dim::Size(1),
        (_, dims) => dims[0],
    }
}

fn stack_shape(dims: &mut Dims, args: &[&Shape], _: &Data) -> Result<Shape, Fault> {
    let columns = args.iter().find(|s| s.is_matrix()).map(|s| s.0[1]);
    let mut heights = Vec::new();
    for (at, shape) in args.iter().enumerate() {
        match (columns, shape.order()) {
            (None, 0 | 1) => {}
            (Some(n), 2) => {
                let clash = dims.equate(n, shape.0[1], None);
                clash.map_err(|clash| Fault::clash(dims, 0, at, args, &clash))?;
            }
            _ => {
                let message = say!("fit.stack", found = dims.describe(shape));
                return Err(Fault::new(at, message));
            }
        }
        heights.push(rows(shape, columns.is_some()));
    }
    let height = dims.sum(&heights);
    Ok(columns.map_or(Shape::vector(height), |n| Shape::matrix(height, n)))
}

pub static STACK: Op = Op {
    shape: stack_shape,
    eval: whole!(side_by_side),
    differential: Differential::Linear(&[rule(
        "stack",
        "Block by block",
        "d([u; v])",
        "[d(u); d(v)]",
        "u: [n], v: [m]",
        "Stacked vectors change block by block; so their Jacobians are stacked.",
        "Parr & Howard 6.2",
    )]),
    index: Some(|arena, node, arg| {
        // The argument's block: zeros above, an identity (or a 1), zeros below.
        let args = arena.args(node).to_vec();
        let own = arena.shape(args[arg]).clone();
        let total = arena.shape(node).0[0];
        let width = own.0.first().copied();
        let mut blocks = Vec::new();
        for (k, &a) in args.iter().enumerate() {
            let height = arena.shape(a).0.first().copied();
            let shape = Shape(height.into_iter().chain(width).collect());
            let shape =
                if shape.order() == 1 && height.is_none() { Shape::matrix(Dim::Size(1), shape.0[0]) } else { shape };
            blocks.push(match (k == arg, width) {
                (true, Some(n)) => arena.identity(n),
                (true, None) => arena.int(1),
                (false, _) => arena.zeros(&shape),
            });
        }
        let block = arena.must(&STACK, &blocks, Data::None);
        if let [_, columns] = own.0[..] {
            // Of matrices every column is stacked alike.
            let dims = vec![total, own.0[0], columns];
            let factors = vec![(block, vec![0, 1])];
            return IndexForm { value: vec![0, 2], arg: vec![1, 2], factors, dims, bound: Vec::new() };
        }
        let (arg_labels, labels) = if width.is_some() { (vec![1], vec![0, 1]) } else { (Vec::new(), vec![0]) };
        let dims = vec![total, width.unwrap_or(Dim::Size(1))];
        IndexForm { value: vec![0], arg: arg_labels, factors: vec![(block, labels)], dims, bound: Vec::new() }
    }),
    ..notation("stack", "[u; v; b]", "Vectors and scalars (or rows) one under the other.")
};

pub static GRID: Op = Op {
    shape: |dims, args, data| {
        let Data::Grid(rows, columns) = *data else { return Err(Fault::new(0, "A matrix by rows needs its size.")) };
        if let Some(at) = args.iter().position(|s| !s.is_scalar()) {
            let message = say!("fit.rows", found = dims.describe(args[at]));
            return Err(Fault::new(at, message));
        }
        Ok(Shape::matrix(Dim::Size(rows as u64), Dim::Size(columns as u64)))
    },
    eval: whole!(side_by_side),
    differential: Differential::Linear(&[rule(
        "grid",
        "Entry by entry",
        "d([[u, v]])",
        "[[d(u), d(v)]]",
        "u: [], v: []",
        "A matrix changes entry by entry.",
        "Parr & Howard 4",
    )]),
    index: Some(|arena, node, arg| {
        let dims = arena.shape(node).0.clone();
        let Data::Grid(_, columns) = arena.get(node).data else { unreachable!("a grid has its size") };
        let row = basis(arena, dims[0], arg / columns);
        let column = basis(arena, dims[1], arg % columns);
        let factors = vec![(row, vec![0]), (column, vec![1])];
        IndexForm { value: vec![0, 1], arg: Vec::new(), factors, dims, bound: Vec::new() }
    }),
    ..notation("grid", "[[a, b], [c, d]]", "A matrix written by its rows.")
};

fn pick_shape(dims: &mut Dims, args: &[&Shape], data: &Data) -> Result<Shape, Fault> {
    let Data::Subscripts(places) = data else { return Err(Fault::new(0, "A component needs its subscripts.")) };
    let base = args[0];
    if base.order() != places.len() {
        let message = say!("fit.subscripts", what = dims.describe(base), wanted = base.order(), found = places.len());
        return Err(Fault::new(0, message));
    }
    for (place, &dim) in places.iter().zip(&base.0) {
        if let (Some(Place::Fixed(k)), Dim::Size(n)) = (place, dims.resolve(dim))
            && (*k == 0 || *k > n)
        {
            return Err(Fault::new(0, say!("fit.no_entry", k, n)));
        }
    }
    Ok(Shape(base.0.iter().zip(places).filter(|(_, p)| p.is_none()).map(|(&d, _)| d).collect()))
}

pub static PICK: Op = Op {
    shape: pick_shape,
    differential: Differential::Multilinear(&[rule(
        "component",
        "Component pick",
        "d(u[1])",
        "d(u)[1]",
        "u: [n]",
        "Picking a component is linear: the derivative is 1 for that component and 0 for the others.",
        "Parr & Howard 4.1",
    )]),
    index: Some(|arena, node, _| {
        let base = arena.args(node)[0];
        let Data::Subscripts(places) = arena.get(node).data.clone() else { unreachable!("a component has subscripts") };
        let mut form = IndexForm {
            value: Vec::new(),
            arg: Vec::new(),
            factors: Vec::new(),
            dims: arena.shape(base).0.clone(),
            bound: Vec::new(),
        };
        for (axis, place) in places.into_iter().enumerate() {
            form.arg.push(axis);
            match place {
                None => form.value.push(axis),
                Some(Place::Fixed(k)) => {
                    let unit = basis(arena, form.dims[axis], k as usize - 1);
                    form.factors.push((unit, vec![axis]));
                }
                Some(Place::Index(i, 0)) if arena.dims.resolve(arena.indices[i.0 as usize].dim) == form.dims[axis] => {
                    form.bound.push((i, axis));
                }
                Some(Place::Index(i, offset)) => {
                    // A shifted diagonal ties the bound index to the component.
                    let (own, other) = (arena.indices[i.0 as usize].dim, form.dims[axis]);
                    let (p, q) = (arena.new_index("p", own), arena.new_index("q", other));
                    let places = vec![Some(Place::Index(p, offset)), Some(Place::Index(q, 0))];
                    let delta = arena.must(&leaves::DELTA, &[], Data::Subscripts(places));
                    let shift = tensor(arena, vec![p, q], delta);
                    form.dims.push(own);
                    let label = form.dims.len() - 1;
                    form.factors.push((shift, vec![label, axis]));
                    form.bound.push((i, label));
                }
            }
        }
        form
    }),
    ..notation("pick", "x[i], A[i,j], A[i,:], A[:,j]", "A component, a row or a column.")
};

fn diagonal<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let a = call.args[0];
    let zero = S::from_f64(0.0);
    match call.shape.len() {
        2 => Tensor::build(call.shape, |i| if i[0] == i[1] { a.data[i[0]] } else { zero }),
        _ => Tensor::build(call.shape, |i| a.at(&[i[0], i[0]])),
    }
}

pub static DIAG: Op = Op {
    typed: Typed::Call { least: 1, most: 1 },
    shape: |dims, args, _| match args[0].0[..] {
        [n] => Ok(Shape::matrix(n, n)),
        [m, n] => {
            dims.equate(m, n, None).map_err(|clash| Fault::clash(dims, 0, 0, args, &clash))?;
            Ok(Shape::vector(m))
        }
        _ => Err(Fault::new(0, say!("fit.diag", found = dims.describe(args[0])))),
    },
    eval: whole!(diagonal),
    differential: Differential::Multilinear(&[rule(
        "diagonal",
        "Diagonal",
        "d(diag(u))",
        "diag(d(u))",
        "u: [n]",
        "Moving entries to a diagonal moves their changes there too.",
        "Parr & Howard 4.2",
    )]),
    index: Some(|arena, node, _| {
        let dim = arena.shape(node).0[0];
        let (value, arg) = if arena.shape(node).is_matrix() { (vec![0, 0], vec![0]) } else { (vec![0], vec![0, 0]) };
        IndexForm { value, arg, factors: Vec::new(), dims: vec![dim], bound: Vec::new() }
    }),
    notation: Notation::Call {
        latex: "\\operatorname{diag}\\left({0}\\right)",
        spoken: "diag of {0}",
        numpy: "np.diag({0})",
    },
    ..notation("diag", "diag(v), diag(A)", "The matrix with v on its diagonal; the diagonal of A.")
};

fn trace<S: Scalar>(call: &Call<S>) -> Tensor<S> {
    let a = call.args[0];
    Tensor::scalar((0..a.shape[0]).fold(S::from_f64(0.0), |t, i| t.plus(a.at(&[i, i]))))
}

pub static TRACE: Op = Op {
    typed: Typed::Call { least: 1, most: 1 },
    shape: |dims, args, _| match args[0].0[..] {
        [m, n] => {
            dims.equate(m, n, None).map_err(|clash| Fault::clash(dims, 0, 0, args, &clash))?;
            Ok(Shape::SCALAR)
        }
        _ => Err(Fault::new(0, say!("fit.trace", found = dims.describe(args[0])))),
    },
    eval: whole!(trace),
    differential: Differential::Multilinear(&[rule(
        "trace",
        "Trace",
        "d(tr(A))",
        "tr(d(A))",
        "A: [n,n]",
        "A sum of entries changes by the sum of their changes.",
        "Magnus & Neudecker 8.3",
    )]),
    index: Some(|arena, node, _| {
        let dim = arena.shape(arena.args(node)[0]).0[0];
        IndexForm { value: Vec::new(), arg: vec![0, 0], factors: Vec::new(), dims: vec![dim], bound: Vec::new() }
    }),
    notation: Notation::Call {
        latex: "\\operatorname{tr}\\left({0}\\right)",
        spoken: "the trace of {0}",
        numpy: "np.trace({0})",
    },
    ..notation("tr", "tr(A)", "Sum of the diagonal.")
};

pub static IDENTITY: Op = Op {
    shape: |_, _, data| match data {
        Data::Dim(n) => Ok(Shape::matrix(*n, *n)),
        _ => Err(Fault::new(0, "An identity needs its size.")),
    },
    differential: Differential::Zero(&[]),
    ..notation("eye", "eye(n)", "The identity matrix.")
};

pub static SUM_OVER: Op = Op {
    shape: |_, args, _| Ok(args[0].clone()),
    differential: Differential::Multilinear(&[rule(
        "sum-over-index",
        "Sum over an index",
        "d(sum(i, 1, n, u[i]))",
        "sum(i, 1, n, d(u)[i])",
        "u: [n]",
        "The derivative moves inside the sum, term by term.",
        "Parr & Howard 4.4",
    )]),
    index: Some(|arena, node, _| {
        let Data::Binds(bound) = arena.get(node).data.clone() else { unreachable!("a sum binds its index") };
        let own = arena.shape(node).0.clone();
        let index = bound[0];
        let labels: Vec<usize> = (1..=own.len()).collect();
        let dims = std::iter::once(arena.indices[index.0 as usize].dim).chain(own).collect();
        IndexForm { value: labels.clone(), arg: labels, factors: Vec::new(), dims, bound: vec![(index, 0)] }
    }),
    ..notation("sum-over", "sum(i, 1, n, body)", "Sum of a body over an index.")
};

pub static TENSOR: Op = Op {
    shape: |_, _, _| Err(Fault::new(0, "A tensor by entries is built by `tensor`.")),
    differential: Differential::Multilinear(&[rule(
        "tensor",
        "Entry by entry",
        "d(tensor(i:n, u[i]))",
        "tensor(i:n, d(u)[i])",
        "u: [n]",
        "A tensor changes entry by entry.",
        "language reference",
    )]),
    index: Some(|arena, node, _| {
        let Data::Binds(bound) = arena.get(node).data.clone() else { unreachable!("a tensor binds its indices") };
        let dims = arena.shape(node).0.clone();
        let value = (0..dims.len()).collect();
        let bound = bound.into_iter().enumerate().map(|(label, i)| (i, label)).collect();
        IndexForm { value, arg: Vec::new(), factors: Vec::new(), dims, bound }
    }),
    ..notation("tensor", "tensor(i:m, j:n, body)", "A tensor written by its entries.")
};

/// The tensor with the given indices as axes and a scalar body. (Its shape is the indices', which `make` cannot see.)
pub fn tensor(arena: &mut Arena, indices: Vec<crate::expr::IndexId>, body: NodeId) -> NodeId {
    let dims = indices.iter().map(|i| arena.dims.resolve(arena.indices[i.0 as usize].dim)).collect();
    arena.insert_with_shape(&TENSOR, vec![body], Data::Binds(indices), Shape(dims))
}

/// The first entry of a vector; of a vector of ones simply 1.
pub fn first(arena: &mut Arena, vector: NodeId) -> NodeId {
    let scalar = arena.unexpanded(vector);
    if scalar != vector {
        return scalar;
    }
    arena.must(&PICK, &[vector], Data::Subscripts(vec![Some(Place::Fixed(1))]))
}

/// The sum over the last axes of `left`, which are those of `right`, entry by entry: `Σ_k left[i…, k…] right[k…]`.
pub fn contracted(arena: &mut Arena, left: NodeId, right: NodeId) -> NodeId {
    const NAMES: [&str; 8] = ["i", "j", "k", "l", "p", "q", "r", "s"];
    let dims = arena.shape(left).0.clone();
    let kept = dims.len() - arena.shape(right).order();
    let name = |at: usize| NAMES.get(at).map_or_else(|| format!("i_{at}"), |n| (*n).to_owned());
    let indices: Vec<_> = dims.iter().enumerate().map(|(at, &dim)| arena.new_index(&name(at), dim)).collect();
    let entry = |arena: &mut Arena, node: NodeId, at: &[crate::expr::IndexId]| {
        if at.is_empty() {
            return node;
        }
        arena.must(&PICK, &[node], Data::Subscripts(at.iter().map(|&i| Some(Place::Index(i, 0))).collect()))
    };
    let (a, b) = (entry(arena, left, &indices), entry(arena, right, &indices[kept..]));
    let mut body = arena.multiply(&[a, b]);
    for &index in indices[kept..].iter().rev() {
        body = arena.must(&SUM_OVER, &[body], Data::Binds(vec![index]));
    }
    if kept == 0 { body } else { tensor(arena, indices[..kept].to_vec(), body) }
}
