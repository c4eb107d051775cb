//! Our own language, row by row.

use super::{Board, Row, compare};
use crate::expr::Place;
use crate::op::Data;
use crate::ops::{arithmetic, build, elementwise, leaves, reductions};
use crate::print::text;
use crate::shape::{Dim, Shape};

fn table(rows: &[Row]) {
    let printed: Vec<(String, &str)> = rows
        .iter()
        .map(|(build, expected)| {
            let mut board = Board::new();
            let node = build(&mut board);
            (text(&board.arena, node).expect("short enough"), *expected)
        })
        .collect();
    compare(&printed);
}

#[test]
fn arithmetic_of_scalars() {
    table(&[
        (|b| b.affine(), "w · x + b"),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let (minus_two, square) = (b.arena.int(-2), b.raised(z, 2));
                let product = b.arena.multiply(&[minus_two, square]);
                b.arena.add(&[c, product])
            },
            "c - 2 * z^2",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let sum = b.arena.add(&[z, c]);
                let minus = b.arena.negate(sum);
                b.arena.multiply(&[z, minus])
            },
            "z * (-(z + c))",
        ),
        (
            |b| {
                let [z, c, t] = b.vars(["z", "c", "t"]);
                let inner = b.arena.divide(c, t);
                b.arena.divide(z, inner)
            },
            "z / (c / t)",
        ),
        (
            |b| {
                let z = b.var("z");
                let third = b.ratio(1, 3);
                let power = b.arena.power(z, third);
                b.arena.multiply(&[third, power, third])
            },
            "1/3 * z^(1/3) * (1/3)",
        ),
        (
            |b| {
                let z = b.var("z");
                b.raised(z, -1)
            },
            "z^(-1)",
        ),
        (
            |b| {
                let z = b.var("z");
                let square = b.raised(z, 2);
                b.raised(square, 3)
            },
            "(z^2)^3",
        ),
        (
            |b| {
                let z = b.var("z");
                let base = b.arena.int(-2);
                b.arena.power(base, z)
            },
            "(-2)^z",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let greater = b.apply(&elementwise::GREATER, &[z, c]);
                b.arena.multiply(&[greater, z])
            },
            "(z > c) * z",
        ),
    ]);
}

#[test]
fn vectors_and_matrices() {
    table(&[
        (
            |b| {
                let [x, y, z] = b.vars(["x", "y", "z"]);
                let two = b.arena.int(2);
                b.arena.multiply(&[x, two, y, z])
            },
            "2 * z * x .* y",
        ),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                let square = b.raised(x, 2);
                let inverse = b.raised(z, -2);
                b.arena.multiply(&[inverse, square])
            },
            "z^(-2) * x.^2",
        ),
        (
            |b| {
                let [x, y, z] = b.vars(["x", "y", "z"]);
                let quotient = b.arena.divide(x, y);
                b.arena.divide(quotient, z)
            },
            "x ./ y / z",
        ),
        (
            |b| {
                let [big, x, w] = b.vars(["B", "x", "w"]);
                let row = b.arena.transpose(x);
                let sum = b.arena.add(&[x, w]);
                let value = b.arena.chain(&[row, big, sum]);
                b.arena.multiply(&[value, w])
            },
            "x' * B * (x + w) * w",
        ),
        (
            |b| {
                let [w, x] = b.vars(["w", "x"]);
                let dot = b.dot(w, x);
                let identity = b.arena.identity(b.n);
                b.arena.multiply(&[dot, identity])
            },
            "(w · x) * eye(n)",
        ),
        (
            |b| {
                let [x, y] = b.vars(["x", "y"]);
                let row = b.arena.transpose(y);
                b.arena.chain(&[x, row])
            },
            "x * y'",
        ),
        (
            // Behind an exponent, a prime would transpose the power.
            |b| {
                let [big, a] = b.vars(["B", "A"]);
                let transposed = b.arena.transpose(big);
                let power = b.arena.must(&arithmetic::POWER, &[big, transposed], Data::None);
                b.arena.chain(&[a, power])
            },
            "A * B.^(B')",
        ),
        (
            |b| {
                let s = Shape::vector(b.n);
                b.arena.ones(&s)
            },
            "ones(n)",
        ),
        (
            |b| {
                let s = Shape::matrix(Dim::Size(1), b.n);
                b.arena.zeros(&s)
            },
            "zeros(1, n)",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let sum = b.arena.add(&[z, c]);
                let s = Shape::vector(b.n);
                let expanded = b.arena.expand(sum, &s);
                b.apply(&elementwise::EXP, &[expanded])
            },
            "exp((z + c) * ones(n))",
        ),
        (
            |b| {
                let n = b.n;
                build::basis(&mut b.arena, n, 1)
            },
            "eye(n)[:,2]",
        ),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                let stack = b.arena.must(&build::STACK, &[x, z], Data::None);
                b.apply(&reductions::SUM, &[stack])
            },
            "sum([x; z])",
        ),
        (
            |b| {
                let [z, c, t] = b.vars(["z", "c", "t"]);
                b.arena.must(&build::GRID, &[z, c, t, z], Data::Grid(2, 2))
            },
            "[[z, c], [t, z]]",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let list = b.list(&[z, c]);
                b.pick(list, &[Some(Place::Fixed(2))])
            },
            "([z, c])[2]",
        ),
    ]);
}

#[test]
fn indices_and_functions() {
    table(&[
        (
            |b| {
                let x = b.var("x");
                let i = b.arena.new_index("t", b.n);
                let entry = b.pick(x, &[Some(Place::Index(i, 1))]);
                b.arena.must(&build::SUM_OVER, &[entry], Data::Binds(vec![i]))
            },
            "sum(i, 1, n, x[i+1])",
        ),
        (
            |b| {
                let [i, j] = ["i", "j"].map(|name| b.arena.new_index(name, b.m));
                let places = Data::Subscripts(vec![Some(Place::Index(i, 0)), Some(Place::Index(j, 0))]);
                let delta = b.arena.must(&leaves::DELTA, &[], places);
                build::tensor(&mut b.arena, vec![i, j], delta)
            },
            "tensor(i:m, j:m, delta(i, j))",
        ),
        (
            // A variable may be called like a function, a constant or a dimension: then another word is used.
            |b| {
                for name in ["delta", "log", "e", "n"] {
                    b.arena.new_symbol(name, Shape::SCALAR, None);
                }
                let i = b.arena.new_index("i", b.m);
                let places = Data::Subscripts(vec![Some(Place::Index(i, 0)), Some(Place::Fixed(1))]);
                let delta = b.arena.must(&leaves::DELTA, &[], places);
                let e = b.arena.must(&leaves::E, &[], Data::None);
                let log = b.apply(&elementwise::LOG, &[e]);
                let n = b.arena.dim_value(b.n);
                let body = b.arena.multiply(&[delta, log, n]);
                build::tensor(&mut b.arena, vec![i], body)
            },
            "tensor(i:m, eye(m)[i, 1] * ln(exp(1)) * sum(w.^0))",
        ),
        (
            |b| {
                let f = b.function("f", vec![Shape::SCALAR], Shape::SCALAR);
                let z = b.var("z");
                b.arena.call_function(f, vec![1, 1], &[z])
            },
            "f''(z)",
        ),
        (
            |b| {
                let g = b.function("g", vec![Shape::SCALAR, Shape::SCALAR], Shape::SCALAR);
                let [z, c] = b.vars(["z", "c"]);
                b.arena.call_function(g, vec![1, 2], &[z, c])
            },
            "D(D(g, 1), 2)(z, c)",
        ),
    ]);
}

#[test]
fn long_texts_name_what_is_shared() {
    let mut board = Board::new();
    let mut node = board.affine();
    for _ in 0..40 {
        let sigmoid = board.apply(&elementwise::SIGMOID, &[node]);
        let squared = board.raised(node, 2);
        node = board.arena.must(&arithmetic::ADD, &[sigmoid, squared], Data::None);
    }
    let text = text(&board.arena, node).expect("linear in the number of nodes");
    assert!(text.contains(" where u_1 = "), "{text}");
    assert!(text.len() < 3000, "{} bytes", text.len());
}

/// `ones` and `zeros` take one size or two; what is larger is written by its entries.
#[test]
fn the_same_number_in_three_axes() {
    table(&[
        (
            |b| {
                let shape = Shape(vec![b.m, b.n, b.n]);
                b.arena.zeros(&shape)
            },
            "tensor(i_1:m, i_2:n, i_3:n, 0)",
        ),
        (
            |b| {
                let z = b.affine();
                let shape = Shape(vec![b.m, b.n, b.n]);
                b.arena.expand(z, &shape)
            },
            "tensor(i_1:m, i_2:n, i_3:n, w · x + b)",
        ),
    ]);
}
