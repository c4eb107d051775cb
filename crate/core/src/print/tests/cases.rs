//! Piecewise results.

use super::{Board, Row, compare};
use crate::expr::{Arena, NodeId, Place};
use crate::op::Data;
use crate::ops::{arithmetic, build, elementwise, products};
use crate::print::cases;
use crate::print::cases::Writing;

/// Enough tidying to see a branch: products with 0 and factors 1.
fn tidy(arena: &mut Arena, root: NodeId) -> NodeId {
    let mut new: crate::map::Map<NodeId, NodeId> = crate::map::Map::default();
    for id in arena.reachable(&[root]) {
        let node = arena.get(id).clone();
        let args: Vec<NodeId> = node.args.iter().map(|a| new[a]).collect();
        let product = node.op == &arithmetic::MULTIPLY || node.op == &products::PRODUCT;
        let made = if product && args.iter().any(|&a| arena.is_zero(a)) {
            let zero = arena.int(0);
            arena.expand(zero, &node.shape)
        } else if node.op == &arithmetic::MULTIPLY {
            let rest: Vec<NodeId> = args.iter().copied().filter(|&a| !arena.is_one(a)).collect();
            arena.multiply(&rest)
        } else {
            arena.rebuild(&node, &args)
        };
        new.insert(id, made);
    }
    new[&root]
}

fn table(rows: &[Row]) {
    let printed: Vec<(String, &str)> = rows
        .iter()
        .map(|(build, expected)| {
            let mut board = Board::new();
            let node = build(&mut board);
            let symbols = board.arena.symbols.len();
            let latex =
                cases(&mut board.arena, node, Writing::Latex { marks: false }, &mut tidy).expect("short enough");
            assert_eq!(board.arena.symbols.len(), symbols, "letters are no variables");
            (latex.unwrap_or_default(), *expected)
        })
        .collect();
    compare(&printed);
}

#[test]
fn one_scalar_condition_writes_out_the_cases() {
    table(&[
        (|b| b.affine(), ""),
        (
            |b| {
                let x = b.var("x");
                let value = b.affine();
                let step = b.apply(&elementwise::STEP, &[value]);
                let row = b.arena.transpose(x);
                b.arena.multiply(&[step, row])
            },
            "\\begin{cases} \\mathbf{0}^{\\top} & \\mathbf{w} \\cdot \\mathbf{x} + b \\le 0 \\\\ \
             \\mathbf{x}^{\\top} & \\mathbf{w} \\cdot \\mathbf{x} + b > 0 \\end{cases}",
        ),
        (
            // A rectifier of the same argument is decided too.
            |b| {
                let z = b.var("z");
                let (step, relu) = (b.apply(&elementwise::STEP, &[z]), b.apply(&elementwise::RELU, &[z]));
                let two = b.arena.int(2);
                b.arena.multiply(&[two, relu, step])
            },
            "\\begin{cases} 0 & z \\le 0 \\\\ 2 z & z > 0 \\end{cases}",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let sign = b.apply(&elementwise::SIGN, &[z]);
                b.arena.multiply(&[c, sign])
            },
            "\\begin{cases} c \\cdot (-1) & z < 0 \\\\ 0 & z = 0 \\\\ c & z > 0 \\end{cases}",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let at_least = b.apply(&elementwise::GREATER_EQUAL, &[z, c]);
                let (one, zero) = (b.arena.int(1), b.arena.int(0));
                b.arena.must(&elementwise::CASES, &[at_least, one, zero], Data::None)
            },
            "\\begin{cases} 0 & z < c \\\\ 1 & z \\ge c \\end{cases}",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                b.apply(&elementwise::MAX, &[z, c])
            },
            "\\begin{cases} c & z < c \\\\ z & z \\ge c \\end{cases}",
        ),
    ]);
}

#[test]
fn several_conditions_get_letters() {
    table(&[
        (
            |b| {
                let [x, w] = b.vars(["x", "w"]);
                let step = b.apply(&elementwise::STEP, &[x]);
                b.arena.multiply(&[w, step])
            },
            "\\mathbf{w} \\odot \\mathbf{h},\\quad h_{i} = \
             \\begin{cases} 1 & x_{i} > 0 \\\\ 0 & x_{i} \\le 0 \\end{cases}",
        ),
        (
            |b| {
                let [z, c] = b.vars(["z", "c"]);
                let steps = [z, c].map(|v| b.apply(&elementwise::STEP, &[v]));
                b.arena.multiply(&steps)
            },
            "h_{1} h_{2},\\quad h_{1} = \\begin{cases} 1 & z > 0 \\\\ 0 & z \\le 0 \\end{cases},\
             \\quad h_{2} = \\begin{cases} 1 & c > 0 \\\\ 0 & c \\le 0 \\end{cases}",
        ),
        (
            |b| {
                let [x, z] = b.vars(["x", "z"]);
                b.apply(&elementwise::MAX, &[x, z])
            },
            "\\mathbf{h},\\quad h_{i} = \\begin{cases} x_{i} & x_{i} \\ge z \\\\ z & x_{i} < z \\end{cases}",
        ),
        (
            |b| {
                let [x, w] = b.vars(["x", "w"]);
                let steps = [x, w].map(|v| b.apply(&elementwise::STEP, &[v]));
                b.arena.multiply(&steps)
            },
            "\\mathbf{h} \\odot \\mathbf{g},\\quad h_{i} = \\begin{cases} 1 & x_{i} > 0 \\\\ 0 & x_{i} \\le 0 \\end{cases},\
             \\quad g_{i} = \\begin{cases} 1 & w_{i} > 0 \\\\ 0 & w_{i} \\le 0 \\end{cases}",
        ),
        (
            // Below an index that is bound outside: the letter carries it.
            |b| {
                let x = b.var("x");
                let k = b.arena.new_index("k", b.n);
                let entry = b.pick(x, &[Some(Place::Index(k, 0))]);
                let step = b.apply(&elementwise::STEP, &[entry]);
                let product = b.arena.multiply(&[step, entry]);
                b.arena.must(&build::SUM_OVER, &[product], Data::Binds(vec![k]))
            },
            "\\sum_{k=1}^{n} h_{k} x_{k},\\quad h_{k} = \
             \\begin{cases} 1 & x_{k} > 0 \\\\ 0 & x_{k} \\le 0 \\end{cases}",
        ),
    ]);
}
