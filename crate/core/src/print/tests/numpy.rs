//! NumPy, row by row.

use super::{Board, Row, compare};
use crate::error::Kind;
use crate::expr::Place;
use crate::op::Data;
use crate::ops::{build, elementwise, leaves, pending, reductions};
use crate::print::numpy;
use crate::shape::{Dim, Shape};

fn table(rows: &[Row]) {
    let printed: Vec<(String, &str)> = rows
        .iter()
        .map(|(build, expected)| {
            let mut board = Board::new();
            let node = build(&mut board);
            (numpy(&board.arena, node).expect("short enough"), *expected)
        })
        .collect();
    compare(&printed);
}

#[test]
fn entry_by_entry() {
    table(&[
        (|b| b.affine(), "jacobian = w @ x + b"),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                let minus_two = b.arena.int(-2);
                let square = b.raised(x, 2);
                let product = b.arena.multiply(&[minus_two, z, square]);
                b.arena.add(&[x, product])
            },
            "jacobian = x - 2 * z * x**2",
        ),
        (
            |b| {
                let z = b.var("z");
                b.raised(z, -1)
            },
            "jacobian = np.float_power(z, -1)",
        ),
        (
            |b| {
                let z = b.var("z");
                let third = b.ratio(-1, 3);
                let sec = b.apply(&elementwise::SEC, &[z]);
                b.arena.multiply(&[third, z, sec])
            },
            "jacobian = -1 / 3 * z * (1/np.cos(z))",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let greater = b.apply(&elementwise::GREATER, &[z, c]);
                let cases = b.arena.must(&elementwise::CASES, &[greater, z, c], Data::None);
                b.arena.multiply(&[greater, cases])
            },
            "jacobian = 1.0 * (z > c) * np.where(z > c, z, c)",
        ),
        (
            |b| {
                let z = b.var("z");
                let erf = b.apply(&elementwise::ERF, &[z]);
                b.apply(&elementwise::STEP, &[erf])
            },
            "from math import erf\nerf = np.vectorize(erf, otypes=[np.float64])\njacobian = np.heaviside(erf(z), 0.0)",
        ),
        (
            // Used twice, so kept; a variable called t1 keeps its name.
            |b| {
                b.arena.new_symbol("t1", Shape::SCALAR, None);
                let value = b.affine();
                let sigmoid = b.apply(&elementwise::SIGMOID, &[value]);
                let one = b.arena.int(1);
                let rest = b.arena.subtract(one, sigmoid);
                b.arena.multiply(&[sigmoid, rest])
            },
            "t2 = np.exp(-np.logaddexp(0, -(w @ x + b)))\njacobian = t2 * (1 - t2)",
        ),
    ]);
}

#[test]
fn rows_columns_and_matrices() {
    table(&[
        (
            |b| {
                let x = b.var("x");
                b.arena.transpose(x)
            },
            "jacobian = x[None, :]",
        ),
        (
            |b| {
                let a = b.var("A");
                b.arena.transpose(a)
            },
            "jacobian = A.T",
        ),
        (
            |b| {
                let [a, x] = b.vars(["A", "x"]);
                b.arena.chain(&[a, x])
            },
            "jacobian = A @ x",
        ),
        (
            |b| {
                let [big, x] = b.vars(["B", "x"]);
                let row = b.arena.transpose(x);
                b.arena.chain(&[row, big, x])
            },
            "jacobian = x @ B @ x",
        ),
        (
            |b| {
                let [big, x] = b.vars(["B", "x"]);
                let row = b.arena.transpose(x);
                b.arena.chain(&[row, big])
            },
            "jacobian = (x @ B)[None, :]",
        ),
        (
            |b| {
                let [big, x] = b.vars(["B", "x"]);
                let row = b.arena.transpose(x);
                let product = b.arena.chain(&[row, big]);
                b.arena.transpose(product)
            },
            "jacobian = x @ B",
        ),
        (
            |b| {
                let [x, y, big] = b.vars(["x", "y", "B"]);
                let row = b.arena.transpose(y);
                b.arena.chain(&[x, row, big])
            },
            "jacobian = np.outer(x, y) @ B",
        ),
        (
            |b| {
                let x = b.var("x");
                let ones = b.arena.ones(&Shape::matrix(Dim::Size(1), b.n));
                b.arena.chain(&[ones, x])
            },
            "jacobian = (np.ones((1, n)) @ x)[0]",
        ),
        (
            |b| {
                let x = b.var("x");
                let identity = b.arena.identity(b.n);
                let diagonal = b.apply(&build::DIAG, &[x]);
                b.arena.chain(&[identity, diagonal])
            },
            "jacobian = np.eye(n) @ np.diag(x)",
        ),
        (
            |b| {
                let n = b.n;
                build::basis(&mut b.arena, n, 1)
            },
            "jacobian = np.eye(n)[:, 1]",
        ),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                b.arena.must(&build::STACK, &[x, z], Data::None)
            },
            "jacobian = np.hstack([x, z])",
        ),
        (
            |b| {
                let [x, y] = b.vars(["x", "y"]);
                let rows = [x, y].map(|v| b.arena.transpose(v));
                b.arena.must(&build::STACK, &rows, Data::None)
            },
            "jacobian = np.vstack([x[None, :], y[None, :]])",
        ),
        (
            |b| {
                let z = b.var("z");
                let shape = Shape::vector(b.n);
                b.arena.expand(z, &shape)
            },
            "jacobian = z * np.ones(n)",
        ),
    ]);
}

#[test]
fn loops() {
    table(&[
        (
            |b| {
                let [x, w] = b.vars(["x", "w"]);
                let (i, k) = (b.arena.new_index("i", b.n), b.arena.new_index("k", b.n));
                let places = Data::Subscripts(vec![Some(Place::Index(i, 0)), Some(Place::Index(k, 0))]);
                let delta = b.arena.must(&leaves::DELTA, &[], places);
                let entry = b.pick(x, &[Some(Place::Index(k, 0))]);
                let softmax = b.apply(&reductions::SOFTMAX, &[w]);
                let weight = b.pick(softmax, &[Some(Place::Index(i, 0))]);
                let body = b.arena.multiply(&[delta, entry, weight]);
                let sum = b.arena.must(&build::SUM_OVER, &[body], Data::Binds(vec![k]));
                build::tensor(&mut b.arena, vec![i], sum)
            },
            "t1 = np.exp(w - np.max(w, axis=-1, keepdims=True)) / np.sum(np.exp(w - np.max(w, axis=-1, keepdims=True)), axis=-1, keepdims=True)
\
             jacobian = np.zeros(n)\n\
             for i in range(n):\n    \
                 t2 = 0.0\n    \
                 for k in range(n):\n        \
                     t2 += 1.0 * (i == k) * x[k] * t1[i]\n    \
                 jacobian[i] = t2",
        ),
        (
            |b| {
                let i = b.arena.new_index("i", b.n);
                let value = b.arena.must(&leaves::INDEX, &[], Data::Index(i));
                let sum = b.arena.must(&build::SUM_OVER, &[value], Data::Binds(vec![i]));
                b.arena.negate(sum)
            },
            "t1 = 0.0\nfor i in range(n):\n    t1 += i + 1\njacobian = -t1",
        ),
    ]);
}

#[test]
fn names_that_python_keeps_or_that_collide() {
    table(&[
        (
            |b| {
                b.arena.new_symbol("lambda", Shape::SCALAR, None);
                let [lambda, z] = b.vars(["lambda", "z"]);
                b.arena.multiply(&[lambda, z])
            },
            "jacobian = globals()[\"lambda\"] * z",
        ),
        (
            |b| {
                b.arena.new_symbol("n", Shape::SCALAR, None);
                let n = b.arena.dim_value(b.n);
                let variable = b.var("n");
                b.arena.divide(variable, n)
            },
            "jacobian = n / w.shape[0]",
        ),
        (
            |b| {
                let f = b.function("f", vec![Shape::SCALAR], Shape::SCALAR);
                let z = b.var("z");
                b.arena.call_function(f, vec![1], &[z])
            },
            "# Functions to supply: D_1_f\njacobian = D_1_f(z)",
        ),
        (
            // An intermediate is written out.
            |b| {
                let value = b.affine();
                let u = b.arena.new_symbol("u", Shape::SCALAR, Some(value));
                let u = b.arena.symbol(u);
                b.apply(&elementwise::RELU, &[u])
            },
            "jacobian = np.maximum(0, w @ x + b)",
        ),
    ]);
}

#[test]
fn derivatives_not_yet_taken_are_no_numbers() {
    let mut board = Board::new();
    let [z, w] = board.vars(["z", "w"]);
    let partial = board.arena.must(&pending::PARTIAL, &[z, w], Data::None);
    assert_eq!(numpy(&board.arena, partial).unwrap_err().kind, Kind::Unsupported);
}
