//! The derivative of a scalar is at most a fixed multiple of the expression, in nodes: over random expressions, and for
//! chains of up to 2,000 links that are built in the arena.

mod support;

use chalkgrad_core::derive::{self, By};
use chalkgrad_core::expr::{Arena, NodeId};
use chalkgrad_core::infer::{self, Wrt};
use chalkgrad_core::op::Data;
use chalkgrad_core::ops::elementwise::{SIN, TANH};
use chalkgrad_core::ops::reductions::SUM;
use chalkgrad_core::request;
use chalkgrad_core::shape::{Dims, Shape};
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::compose::Composer;
use support::setting;

/// The seeded part that runs in every test.
const USUAL: usize = 1_000;
/// Nodes of the derivative for each node of the expression; both are counted with what they share once.
const MULTIPLE: f64 = 12.0;
/// The same for chains, link by link; and all that is made on the way.
const PER_LINK: f64 = 12.0;
const MADE_PER_LINK: f64 = 120.0;
/// A request may make 20,000 nodes; the longest chains need more.
const ROOM: usize = 1_000_000;
const LENGTHS: [usize; 3] = [10, 200, 2_000];

fn nodes(arena: &Arena, root: NodeId) -> usize {
    arena.reachable(&[root]).len()
}

#[test]
fn the_derivative_of_a_scalar_grows_with_the_expression() {
    let mut composer = Composer::new(setting("CHALKGRAD_SEED", 1) as u128);
    let (mut looked_at, mut sum) = (0, 0.0);
    let mut largest: Vec<(f64, String)> = Vec::new();
    for _ in 0..setting("CHALKGRAD_RANDOM", USUAL) {
        let line = composer.question().request().to_string();
        let measured = catch_unwind(AssertUnwindSafe(|| {
            let (_, request) = request::read_line(&line);
            let mut question = infer::read(&request.ok()?).ok()?;
            let [Wrt::Symbol(by)] = question.wrt[..] else { return None };
            let arena = &mut question.arena;
            if !arena.shape(question.expr).is_scalar() || question.wrt_is_list {
                return None;
            }
            let derived = derive::derive(arena, question.expr, &By::Variable(by), Vec::new(), 1).ok()?;
            Some(nodes(arena, derived.tensor) as f64 / nodes(arena, question.expr) as f64)
        }));
        let Ok(Some(ratio)) = measured else { continue };
        looked_at += 1;
        sum += ratio;
        largest.push((ratio, line));
        largest.sort_by(|a, b| b.0.total_cmp(&a.0));
        largest.truncate(10);
    }
    println!("{looked_at} scalars: {:.2} nodes for each node on average; the most:", sum / f64::from(looked_at.max(1)));
    for (ratio, line) in &largest {
        println!("  {ratio:.1}: {}", support::shorten(line));
    }
    assert!(looked_at as usize * 8 > setting("CHALKGRAD_RANDOM", USUAL), "too few were scalars");
    assert!(largest[0].0 <= MULTIPLE, "a derivative has {:.1} nodes for each node", largest[0].0);
}

/// One more link on a chain; the second node is the variable, the third a matrix where the chain has one.
type Link = fn(&mut Arena, NodeId, NodeId, NodeId) -> NodeId;

const CHAINS: [(&str, usize, Link); 7] = [
    ("tanh(u)", 0, |arena, u, _, _| arena.must(&TANH, &[u], Data::None)),
    ("sin(u) * u + x", 0, |arena, u, x, _| {
        let sine = arena.must(&SIN, &[u], Data::None);
        let product = arena.multiply(&[sine, u]);
        arena.add(&[product, x])
    }),
    ("tanh(x * u + x)", 0, |arena, u, x, _| {
        let product = arena.multiply(&[x, u]);
        let sum = arena.add(&[product, x]);
        arena.must(&TANH, &[sum], Data::None)
    }),
    ("tanh(u), a vector", 1, |arena, u, _, _| arena.must(&TANH, &[u], Data::None)),
    ("tanh(A*u)", 1, |arena, u, _, a| {
        let product = arena.product(a, u).expect("shapes that fit");
        arena.must(&TANH, &[product], Data::None)
    }),
    ("sin(A*u) ⊙ u + x", 1, |arena, u, x, a| {
        let product = arena.product(a, u).expect("shapes that fit");
        let sine = arena.must(&SIN, &[product], Data::None);
        let product = arena.multiply(&[sine, u]);
        arena.add(&[product, x])
    }),
    ("tanh(U*A), a matrix", 2, |arena, u, _, a| {
        let product = arena.product(u, a).expect("shapes that fit");
        arena.must(&TANH, &[product], Data::None)
    }),
];

#[test]
fn the_derivative_of_a_chain_grows_with_its_length() {
    let mut wrong = Vec::new();
    for (name, order, link) in CHAINS {
        let mut shown = Vec::new();
        for length in LENGTHS {
            let mut dims = Dims::default();
            let n = dims.declare("n");
            let mut arena = Arena::new(dims);
            arena.most = ROOM;
            let shape = [Shape::SCALAR, Shape::vector(n), Shape::matrix(n, n)][order].clone();
            let (x, a) = (arena.new_symbol("x", shape, None), arena.new_symbol("A", Shape::matrix(n, n), None));
            let (x, a) = (arena.symbol(x), arena.symbol(a));
            let mut chain = x;
            for _ in 0..length {
                chain = link(&mut arena, chain, x, a);
            }
            let root = if order == 0 { chain } else { arena.must(&SUM, &[chain], Data::None) };
            let derived = catch_unwind(AssertUnwindSafe(|| {
                derive::derive(&mut arena, root, &By::Variable(x), Vec::new(), 1).map(|derived| derived.tensor)
            }));
            match derived {
                Ok(Ok(tensor)) => {
                    let per_link = nodes(&arena, tensor) as f64 / length as f64;
                    let made = arena.len() as f64 / length as f64;
                    shown.push(format!("{length}: {per_link:.1} (of {made:.0} made)"));
                    if per_link > PER_LINK || made > MADE_PER_LINK {
                        wrong.push(format!("{name}, {length} links: {per_link:.1} nodes a link, of {made:.0}"));
                    }
                }
                Ok(Err(error)) => wrong.push(format!("{name}, {length} links: {}", error.message)),
                Err(_) => {
                    wrong.push(format!("{name}, {length} links: a panic"));
                    break;
                }
            }
        }
        println!("{name}: nodes a link at so many links: {}", shown.join(", "));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The answer's text to a typed question.
fn text_of(expr: &str, wrt: &serde_json::Value) -> String {
    let line = serde_json::json!({ "op": "derive", "expr": expr, "wrt": wrt, "detail": "result" }).to_string();
    let answer: serde_json::Value = serde_json::from_str(&chalkgrad_core::answer::call(&line)).expect("an answer");
    answer["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// Written out, `f ← sin(f) f + x` and its derivative have 2^n symbols; the partial derivatives of a product n² of them.
#[test]
fn what_is_written_grows_with_what_is_typed() {
    let chain = |links: usize| {
        let link = |k: usize| format!("f{k} = sin(f{0}) * f{0} + x", k - 1);
        let links: Vec<String> = (2..=links).map(link).collect();
        let expr = format!("f{} where f1 = sin(x) * x + x, {}", links.len() + 1, links.join(", "));
        text_of(&expr, &"x".into())
    };
    let product = |factors: usize| {
        let names: Vec<String> = (1..=factors).map(|k| format!("x{k}")).collect();
        text_of(&names.join(" * "), &names.clone().into())
    };
    let (chains, products) = ([16, 32].map(chain), [32, 64].map(product));
    println!("16 and 32 links: {:?} characters", chains.each_ref().map(String::len));
    println!("32 and 64 factors: {:?} characters", products.each_ref().map(String::len));
    assert!(products[1].starts_with("prod_others([x1, x2, "), "{}", products[1]);
    for [once, twice] in [chains, products] {
        assert!(twice.len() * 10 <= once.len() * 22, "{} characters, then {}: {twice}", once.len(), twice.len());
    }
}
