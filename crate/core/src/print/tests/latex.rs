//! LaTeX, row by row.

use super::{Board, Row, compare};
use crate::error::Kind;
use crate::expr::{NodeId, Place};
use crate::map::Set;
use crate::op::Data;
use crate::ops::{arithmetic, build, elementwise, pending, reductions};
use crate::print::Latex;
use crate::shape::{Dim, Shape};

fn latex(board: &Board, node: NodeId) -> String {
    Latex { arena: &board.arena, marks: false, changed: &Set::default() }.formula(node).expect("short enough")
}

/// Every row is the node that the closure builds on a fresh board.
fn table(rows: &[Row]) {
    let printed: Vec<(String, &str)> = rows
        .iter()
        .map(|(build, expected)| {
            let mut board = Board::new();
            let node = build(&mut board);
            let text = latex(&board, node);
            let braces = text.matches('{').count() == text.matches('}').count();
            let grow = text.matches("\\left").count() == text.matches("\\right").count();
            assert!(braces && grow, "unbalanced: {text}");
            (text, *expected)
        })
        .collect();
    compare(&printed);
}

#[test]
fn sums_and_products() {
    table(&[
        (|b| b.affine(), "\\mathbf{w} \\cdot \\mathbf{x} + b"),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                b.arena.add(&[x, z])
            },
            "\\mathbf{x} + z",
        ),
        (
            |b| {
                let [x, y] = b.vars(["x", "y"]);
                b.arena.subtract(x, y)
            },
            "\\mathbf{x} - \\mathbf{y}",
        ),
        (
            |b| {
                let [z, c, t] = b.vars(["z", "c", "t"]);
                let three = b.arena.int(3);
                let square = b.raised(z, 2);
                let product = b.arena.multiply(&[three, square, c]);
                let minus = b.arena.negate(t);
                b.arena.add(&[minus, product])
            },
            "-t + 3 z^{2} c",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let minus_two = b.arena.int(-2);
                let sum = b.arena.add(&[z, c]);
                let product = b.arena.multiply(&[minus_two, z, sum]);
                b.arena.add(&[c, product])
            },
            "c - 2 z\\,(z + c)",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let sum = b.arena.add(&[z, c]);
                let two = b.arena.int(2);
                b.arena.multiply(&[two, sum])
            },
            "2 (z + c)",
        ),
        (
            |b| {
                let z = b.var("z");
                let (two, three) = (b.arena.int(2), b.arena.int(3));
                b.arena.multiply(&[two, z, three])
            },
            "2 z \\cdot 3",
        ),
        (
            |b| {
                let z = b.var("z");
                let one = b.arena.int(1);
                b.arena.multiply(&[one, z])
            },
            "1 \\cdot z",
        ),
        (
            |b| {
                let z = b.var("z");
                let minus = b.arena.int(-1);
                let sin = b.apply(&elementwise::SIN, &[z]);
                b.arena.multiply(&[minus, sin])
            },
            "-\\sin(z)",
        ),
        (
            |b| {
                let z = b.var("z");
                let sin = b.apply(&elementwise::SIN, &[z]);
                let two = b.arena.int(2);
                b.arena.multiply(&[two, sin])
            },
            "2\\,\\sin(z)",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let sum = b.arena.add(&[z, c]);
                let minus = b.arena.negate(sum);
                b.arena.negate(minus)
            },
            "-(-(z + c))",
        ),
        (
            |b| {
                let [w, x, z] = b.vars(["w", "x", "z"]);
                let dot = b.dot(w, x);
                b.arena.multiply(&[z, dot])
            },
            "z\\,(\\mathbf{w} \\cdot \\mathbf{x})",
        ),
        (
            |b| {
                let [w, x, z] = b.vars(["w", "x", "z"]);
                let two = b.arena.int(2);
                b.arena.multiply(&[two, z, w, x])
            },
            "2 z\\,\\mathbf{w} \\odot \\mathbf{x}",
        ),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                b.arena.multiply(&[x, z])
            },
            "z\\,\\mathbf{x}",
        ),
    ]);
}

#[test]
fn fractions_and_powers() {
    table(&[
        (
            |b| {
                let z = b.var("z");
                let (six, square, cube) = (b.arena.int(6), b.raised(z, 2), b.raised(z, 3));
                let (cos, sin) = (b.apply(&elementwise::COS, &[cube]), b.apply(&elementwise::SIN, &[cube]));
                let inverse = b.raised(sin, -1);
                b.arena.multiply(&[six, square, cos, inverse])
            },
            "\\frac{6 z^{2}\\,\\cos(z^{3})}{\\sin(z^{3})}",
        ),
        (
            |b| {
                let z = b.var("z");
                let two = b.arena.int(2);
                b.arena.divide(two, z)
            },
            "\\frac{2}{z}",
        ),
        (
            |b| {
                let z = b.var("z");
                let (two, inverse) = (b.arena.int(-2), b.raised(z, -3));
                b.arena.multiply(&[two, inverse])
            },
            "-\\frac{2}{z^{3}}",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let (coefficient, inverse) = (b.ratio(2, 3), b.raised(z, -1));
                b.arena.multiply(&[coefficient, c, inverse])
            },
            "\\frac{2 c}{3 z}",
        ),
        (
            |b| {
                let z = b.var("z");
                let third = b.ratio(1, 3);
                b.arena.multiply(&[third, z])
            },
            "\\frac{1}{3}\\,z",
        ),
        (
            |b| {
                let z = b.var("z");
                b.raised(z, -2)
            },
            "z^{-2}",
        ),
        (
            |b| {
                let z = b.var("z");
                b.raised(z, -1)
            },
            "\\frac{1}{z}",
        ),
        (
            |b| {
                let z = b.var("z");
                let half = b.ratio(1, 2);
                b.arena.power(z, half)
            },
            "z^{1/2}",
        ),
        (
            |b| {
                let z = b.var("z");
                let sin = b.apply(&elementwise::SIN, &[z]);
                b.raised(sin, 2)
            },
            "\\sin(z)^{2}",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let quotient = b.arena.divide(z, c);
                let square = b.raised(quotient, 2);
                b.raised(square, 3)
            },
            "\\left(\\left(\\frac{z}{c}\\right)^{2}\\right)^{3}",
        ),
        (
            |b| {
                let z = b.var("z");
                let minus_two = b.arena.int(-2);
                b.arena.power(minus_two, z)
            },
            "(-2)^{z}",
        ),
        (
            |b| {
                let x = b.var("x");
                b.raised(x, 2)
            },
            "\\mathbf{x}^{\\odot 2}",
        ),
        (
            |b| {
                let [x, y] = b.vars(["x", "y"]);
                b.arena.divide(x, y)
            },
            "\\mathbf{x} \\oslash \\mathbf{y}",
        ),
        (
            |b| {
                let [x, y, z] = b.vars(["x", "y", "z"]);
                let inverse = b.raised(y, -2);
                b.arena.multiply(&[z, x, inverse])
            },
            "z\\,\\mathbf{x} \\oslash \\mathbf{y}^{\\odot 2}",
        ),
        (
            |b| {
                let x = b.var("x");
                let n = b.arena.dim_value(b.n);
                b.arena.divide(x, n)
            },
            "\\frac{\\mathbf{x}}{n}",
        ),
        (
            |b| {
                let x = b.var("x");
                let one = b.arena.int(1);
                b.arena.divide(one, x)
            },
            "1 \\oslash \\mathbf{x}",
        ),
    ]);
}

#[test]
fn linear_algebra() {
    table(&[
        (
            |b| {
                let [a, x] = b.vars(["A", "x"]);
                b.arena.chain(&[a, x])
            },
            "\\mathbf{A}\\,\\mathbf{x}",
        ),
        (
            |b| {
                let [big, x] = b.vars(["B", "x"]);
                let row = b.arena.transpose(x);
                let form = b.arena.chain(&[row, big, x]);
                let two = b.arena.int(2);
                b.arena.multiply(&[two, form])
            },
            "2\\,\\mathbf{x}^{\\top}\\,\\mathbf{B}\\,\\mathbf{x}",
        ),
        (
            |b| {
                let [big, x, y] = b.vars(["B", "x", "y"]);
                let row = b.arena.transpose(x);
                let form = b.arena.chain(&[row, big, x]);
                b.arena.multiply(&[form, y])
            },
            "(\\mathbf{x}^{\\top}\\,\\mathbf{B}\\,\\mathbf{x})\\,\\mathbf{y}",
        ),
        (
            |b| {
                let [a, x, y] = b.vars(["A", "x", "y"]);
                let difference = b.arena.subtract(x, y);
                let product = b.arena.chain(&[a, difference]);
                let two = b.arena.int(2);
                b.arena.multiply(&[two, product])
            },
            "2\\,\\mathbf{A}\\,(\\mathbf{x} - \\mathbf{y})",
        ),
        (
            |b| {
                let [a, x, w] = b.vars(["A", "x", "w"]);
                let product = b.arena.multiply(&[w, x]);
                let product = b.arena.chain(&[a, product]);
                b.arena.transpose(product)
            },
            "(\\mathbf{A}\\,(\\mathbf{w} \\odot \\mathbf{x}))^{\\top}",
        ),
        (
            |b| {
                let x = b.var("x");
                let diagonal = b.apply(&build::DIAG, &[x]);
                let identity = b.arena.identity(b.n);
                b.arena.add(&[diagonal, identity])
            },
            "\\operatorname{diag}(\\mathbf{x}) + \\mathbf{I}",
        ),
        (
            |b| {
                let n = b.n;
                let unit = build::basis(&mut b.arena, n, 1);
                b.arena.transpose(unit)
            },
            "\\mathbf{e}_{2}^{\\top}",
        ),
        (
            |b| {
                let s = Shape::vector(b.n);
                b.arena.ones(&s)
            },
            "\\mathbf{1}",
        ),
        (
            |b| {
                let s = Shape::matrix(Dim::Size(1), b.n);
                b.arena.ones(&s)
            },
            "\\mathbf{1}^{\\top}",
        ),
        (
            |b| {
                let s = Shape::matrix(Dim::Size(1), b.n);
                b.arena.zeros(&s)
            },
            "\\mathbf{0}^{\\top}",
        ),
        (
            |b| {
                let s = Shape::matrix(b.m, b.n);
                b.arena.ones(&s)
            },
            "\\mathbf{1}\\,\\mathbf{1}^{\\top}",
        ),
        (
            |b| {
                let z = b.var("z");
                let s = Shape::vector(b.n);
                b.arena.expand(z, &s)
            },
            "z\\,\\mathbf{1}",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let list = b.list(&[z, c]);
                b.arena.transpose(list)
            },
            "\\begin{bmatrix}z & c\\end{bmatrix}",
        ),
        (
            |b| {
                let [x, y] = b.vars(["x", "y"]);
                let rows = [x, y].map(|v| b.arena.transpose(v));
                b.arena.must(&build::STACK, &rows, Data::None)
            },
            "\\begin{bmatrix}\\mathbf{x}^{\\top} \\\\ \\mathbf{y}^{\\top}\\end{bmatrix}",
        ),
        (
            |b| {
                let [z, c, t] = b.vars(["z", "c", "t"]);
                b.arena.must(&build::GRID, &[z, c, t, z], Data::Grid(2, 2))
            },
            "\\begin{bmatrix}z & c \\\\ t & z\\end{bmatrix}",
        ),
    ]);
}

#[test]
fn indices() {
    table(&[
        (
            |b| {
                let x = b.var("x");
                b.pick(x, &[Some(Place::Fixed(2))])
            },
            "x_{2}",
        ),
        (
            |b| {
                let a = b.var("A");
                b.pick(a, &[Some(Place::Fixed(1)), None])
            },
            "\\mathbf{A}_{1,:}",
        ),
        (
            |b| {
                let x = b.var("x");
                let softmax = b.apply(&reductions::SOFTMAX, &[x]);
                b.pick(softmax, &[Some(Place::Fixed(2))])
            },
            "\\operatorname{softmax}(\\mathbf{x})_{2}",
        ),
        (
            |b| {
                let [a, x] = b.vars(["A", "x"]);
                let product = b.arena.chain(&[a, x]);
                b.pick(product, &[Some(Place::Fixed(2))])
            },
            "(\\mathbf{A}\\,\\mathbf{x})_{2}",
        ),
        (
            |b| {
                let x = b.var("x");
                let i = b.arena.new_index("i", b.n);
                let entry = b.pick(x, &[Some(Place::Index(i, 0))]);
                let next = b.pick(x, &[Some(Place::Index(i, 1))]);
                let product = b.arena.multiply(&[entry, next]);
                let sum = b.arena.must(&build::SUM_OVER, &[product], Data::Binds(vec![i]));
                let z = b.var("z");
                b.arena.add(&[sum, z])
            },
            "\\left(\\sum_{i=1}^{n} x_{i} x_{i+1}\\right) + z",
        ),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                let (i, j, k) = (b.arena.new_index("i", b.m), b.arena.new_index("j", b.m), b.arena.new_index("k", b.n));
                let places = Data::Subscripts(vec![Some(Place::Index(i, 0)), Some(Place::Index(j, 0))]);
                let delta = b.arena.must(&crate::ops::leaves::DELTA, &[], places);
                let entry = b.pick(x, &[Some(Place::Index(k, 0))]);
                let body = b.arena.multiply(&[z, delta, entry]);
                build::tensor(&mut b.arena, vec![i, j, k], body)
            },
            "[z \\delta_{ij} x_{k}]_{i,j,k}",
        ),
        (
            // An index whose name is a variable gets another letter; two that never meet may share one.
            |b| {
                let x = b.var("x");
                let (first, second) = (b.arena.new_index("t", b.n), b.arena.new_index("i", b.n));
                let sums = [first, second].map(|i| {
                    let entry = b.pick(x, &[Some(Place::Index(i, 0))]);
                    b.arena.must(&build::SUM_OVER, &[entry], Data::Binds(vec![i]))
                });
                b.arena.add(&sums)
            },
            "\\left(\\sum_{i=1}^{n} x_{i}\\right) + \\sum_{i=1}^{n} x_{i}",
        ),
    ]);
}

#[test]
fn functions() {
    table(&[
        (
            |b| {
                let z = b.var("z");
                b.apply(&elementwise::RELU, &[z])
            },
            "\\max(0, z)",
        ),
        (
            |b| {
                let z = b.var("z");
                b.apply(&elementwise::STEP, &[z])
            },
            "[z > 0]",
        ),
        (
            |b| {
                let z = b.var("z");
                b.apply(&elementwise::SQRT, &[z])
            },
            "\\sqrt{z}",
        ),
        (
            |b| {
                let z = b.var("z");
                b.apply(&elementwise::ABS, &[z])
            },
            "\\lvert z \\rvert",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let quotient = b.arena.divide(z, c);
                b.apply(&elementwise::SIGMOID, &[quotient])
            },
            "\\sigma\\left(\\frac{z}{c}\\right)",
        ),
        (
            |b| {
                let z = b.var("z");
                let minus = b.arena.negate(z);
                b.apply(&elementwise::LOG1P, &[minus])
            },
            "\\ln(1 + (-z))",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                b.apply(&elementwise::GREATER_EQUAL, &[z, c])
            },
            "[z \\ge c]",
        ),
        (
            |b| {
                let f = b.function("f", vec![Shape::SCALAR], Shape::SCALAR);
                let z = b.var("z");
                b.arena.call_function(f, vec![1], &[z])
            },
            "f'(z)",
        ),
        (
            |b| {
                let shape = Shape::vector(b.n);
                let f = b.function("f", vec![shape.clone()], shape);
                let x = b.var("x");
                b.arena.call_function(f, vec![1], &[x])
            },
            "\\mathrm{D}f(\\mathbf{x})",
        ),
        (
            |b| {
                let f = b.function("f", vec![Shape::SCALAR, Shape::SCALAR], Shape::SCALAR);
                let [z, c] = b.vars(["z", "c"]);
                let sin = b.apply(&elementwise::SIN, &[z]);
                let by_first = b.arena.call_function(f, vec![1], &[z, sin]);
                let by_second = b.arena.call_function(f, vec![2], &[z, sin]);
                b.arena.multiply(&[by_first, by_second, c])
            },
            "\\frac{\\partial f}{\\partial z}(z, \\sin(z))\\,\\mathrm{D}_{2}f(z, \\sin(z))\\,c",
        ),
    ]);
}

#[test]
fn numbers_and_subscripts_that_look_like_places_of_a_template() {
    table(&[
        (
            |b| {
                let x = b.var("x");
                b.apply(&reductions::NORM1, &[x])
            },
            "\\lVert \\mathbf{x} \\rVert_{1}",
        ),
        (
            |b| {
                let z = b.var("z");
                b.apply(&elementwise::LOG10, &[z])
            },
            "\\log_{10}(z)",
        ),
        (
            |b| {
                let x = b.var("x");
                let i = b.arena.new_index("i", b.n);
                let entry = b.pick(x, &[Some(Place::Index(i, 0))]);
                let tensor = build::tensor(&mut b.arena, vec![i], entry);
                b.pick(tensor, &[Some(Place::Fixed(2))])
            },
            "([x_{i}]_{i})_{2}",
        ),
    ]);
}

#[test]
fn scalars_in_sums_and_quotients_of_vectors() {
    table(&[
        (
            |b| {
                let x = b.var("x");
                let mean = b.apply(&reductions::MEAN, &[x]);
                let s = Shape::vector(b.n);
                let mean = b.arena.expand(mean, &s);
                b.arena.subtract(x, mean)
            },
            "\\mathbf{x} - \\operatorname{mean}(\\mathbf{x})",
        ),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                let scaled = b.arena.multiply(&[z, x]);
                let one = b.arena.int(1);
                b.arena.divide(one, scaled)
            },
            "1 \\oslash (z\\,\\mathbf{x})",
        ),
    ]);
}

#[test]
fn derivatives_not_yet_taken() {
    table(&[
        (
            |b| {
                let [z, w] = b.vars(["z", "w"]);
                b.arena.must(&pending::PARTIAL, &[z, w], Data::None)
            },
            "\\frac{\\partial z}{\\partial \\mathbf{w}}",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                b.arena.must(&pending::TOTAL, &[z, c], Data::None)
            },
            "\\frac{\\partial z}{\\partial c}",
        ),
        (
            |b| {
                let w = b.var("w");
                let value = b.affine();
                b.arena.must(&pending::TOTAL, &[value, w], Data::None)
            },
            "\\frac{\\partial}{\\partial \\mathbf{w}}(\\mathbf{w} \\cdot \\mathbf{x} + b)",
        ),
        (
            |b| {
                let [a, x] = b.vars(["A", "x"]);
                let dx = b.arena.must(&pending::DIFFERENTIAL, &[x], Data::None);
                b.arena.chain(&[a, dx])
            },
            "\\mathbf{A}\\,\\mathrm{d}\\mathbf{x}",
        ),
        (
            |b| {
                let value = b.affine();
                b.arena.must(&pending::DIFFERENTIAL, &[value], Data::None)
            },
            "\\mathrm{d}(\\mathbf{w} \\cdot \\mathbf{x} + b)",
        ),
    ]);
}

#[test]
fn marks_name_variables_and_changes() {
    let mut board = Board::new();
    let [x, z] = board.vars(["x", "z"]);
    let expanded = {
        let shape = Shape::vector(board.n);
        board.arena.expand(z, &shape)
    };
    let sum = board.arena.add(&[x, expanded]);
    let changed: Set<NodeId> = [expanded].into_iter().collect();
    let doubled = {
        let sin = board.apply(&elementwise::SIN, &[z]);
        board.arena.multiply(&[z, sin])
    };
    let latex = Latex { arena: &board.arena, marks: true, changed: &changed };
    let z = "\\htmlData{name=z}{z}";
    assert_eq!(latex.formula(doubled).unwrap(), format!("{z}\\mkern3mu \\sin({z})"));
    assert_eq!(
        latex.formula(sum).unwrap(),
        "\\htmlData{name=x}{\\mathbf{x}} + \\htmlClass{changed}{\\htmlData{name=z}{z}}"
    );
}

#[test]
fn a_long_formula_names_what_it_repeats() {
    let mut board = Board::new();
    let mut node = board.var("z");
    for _ in 0..64 {
        let sin = board.apply(&elementwise::SIN, &[node]);
        node = board.arena.must(&arithmetic::ADD, &[sin, node], Data::None);
    }
    let formula = latex(&board, node);
    assert!(formula.contains("\\quad\\text{where}\\quad u_{1} = "), "{formula}");
    assert!(formula.len() < 6_000, "{} bytes", formula.len());
}

#[test]
fn a_formula_that_would_be_too_long_is_refused() {
    let mut board = Board::new();
    let z = board.var("z");
    let terms: Vec<NodeId> = (1..4_000)
        .map(|power| {
            let raised = board.raised(z, power);
            board.apply(&elementwise::SIN, &[raised])
        })
        .collect();
    let sum = board.arena.add(&terms);
    let error = Latex { arena: &board.arena, marks: false, changed: &Set::default() }.formula(sum).unwrap_err();
    assert_eq!(error.kind, Kind::Limit);
}
