use super::*;
use crate::answer::proof_for_test;
use crate::expr::Arena;
use crate::op::Eval;
use crate::ops::{build, products};
use crate::ordered::Ordered;
use crate::proved::faults::Fault;
use crate::scalar::{Elementary, Elementary2};
use serde_json::Value;

/// All derive rows of the case tables that give an answer.
fn questions() -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for name in ["paper", "language", "kinks", "sample", "rules"] {
        let path = format!("{}/../../tests/cases/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
        for row in std::fs::read_to_string(path).unwrap().lines().filter(|l| !l.trim().is_empty()) {
            let mut row: Value = serde_json::from_str(row).unwrap();
            let Some(fields) = row.as_object_mut() else { continue };
            let expect = fields.remove("expect").unwrap_or_default();
            let derives = fields.get("op").is_none_or(|op| op == "derive") && fields.contains_key("expr");
            if derives && expect.get("error").is_none() {
                lines.push((fields["id"].as_str().unwrap_or("").to_owned(), row.to_string()));
            }
        }
    }
    lines
}

/// True where both formulas are made of field operations alone.
fn is_rational(arena: &Arena, roots: &[NodeId]) -> bool {
    let no_atom = [
        "cases",
        "std",
        "max",
        "min",
        "first_max",
        "first_min",
        "norm1",
        "norm2",
        "unit",
        "logsumexp",
        "logdet",
        "softmax",
    ];
    arena.reachable(roots).into_iter().all(|id| {
        let node = arena.get(id);
        match node.op.eval {
            Eval::Map(f) => f == Elementary::Negate,
            Eval::Map2(Elementary2::Divide) => true,
            Eval::Map2(Elementary2::Power) => arena.number_of(node.args[1]).is_some_and(|n| n.whole().is_some()),
            Eval::Map2(_) => false,
            Eval::Whole { .. } => !no_atom.contains(&node.op.name),
            Eval::Evaluator => !["pi", "e", "abstract"].contains(&node.op.name),
        }
    })
}

/// Right answers are exactly equal where they are rational, and never certainly unequal.
#[test]
fn right_answers_are_exactly_equal() {
    let mut counts: Ordered<&str, usize> = Ordered::new();
    let mut told = Vec::new();
    for (id, line) in questions() {
        let Some((arena, roots, proof)) = proof_for_test(&line, 2, None) else { continue };
        let rational = is_rational(&arena, &roots);
        let kind = match proof.exact {
            Exact::Equal { .. } if rational => "rational, equal",
            Exact::Equal { .. } => "with atoms, equal",
            Exact::Undecided => "undecided",
            Exact::Abstained => "abstained",
            Exact::Unequal => "unequal",
        };
        *counts.or_default(kind) += 1;
        assert!(proof.exact != Exact::Unequal, "{line}");
        let no_number = arena.functions.is_empty() && proof.numbers.points > 0;
        assert!(!rational || !no_number || proof.exact.points() == 2, "{line}: {proof:?}");
        if !matches!(proof.exact, Exact::Equal { .. }) {
            told.push(format!("{kind}: {id} {line}"));
        }
    }
    println!("{counts:?}\n{}", told.join("\n"));
    assert!(counts["rational, equal"] > 200 && counts["with atoms, equal"] > 200, "{counts:?}");
}

fn doubled(arena: &mut Arena, result: NodeId) -> NodeId {
    let two = arena.int(2);
    arena.multiply(&[two, result])
}

fn opposite(arena: &mut Arena, result: NodeId) -> NodeId {
    arena.negate(result)
}

/// Every answer with a factor or a sign too much: certain where the answer is rational, never equal.
#[test]
fn planted_factors_and_signs_are_caught() {
    let mut caught = 0;
    for (_, line) in questions() {
        let Some((arena, roots, right)) = proof_for_test(&line, 2, None) else { continue };
        if right.exact.points() == 0 || arena.is_zero(roots[1]) {
            continue;
        }
        for fault in [doubled, opposite] {
            let Some((arena, roots, proof)) = proof_for_test(&line, 2, Some(fault)) else { continue };
            // Where the derivative is 0 at every point there is nothing to double.
            let is_zero = proof.numbers.ok && proof.numbers.points > 0;
            assert!(is_zero || proof.exact.points() == 0, "{line}");
            if !is_zero && is_rational(&arena, &roots) {
                assert_eq!(proof.exact, Exact::Unequal, "{line}");
                caught += 1;
            }
        }
    }
    assert!(caught > 400, "{caught}");
}

/// A derivative typed by hand in the place of the engine's.
fn claimed(expr: &str, vars: &str, wrong: Fault) -> Proof {
    let line = format!(r#"{{"id": 1, "expr": "{expr}", "wrt": "x", "vars": {vars}}}"#);
    let right = proof_for_test(&line, 2, None).unwrap().2;
    assert_eq!(right.exact, Exact::Equal { points: 2 }, "{expr}: {right:?}");
    proof_for_test(&line, 2, Some(wrong)).unwrap().2
}

#[test]
fn typical_bugs_are_caught_exactly() {
    const SQUARE: &str = r#"{"A": [3, 3], "x": [3]}"#;
    // x'Ax: 2 A x instead of (A + A') x.
    let forgets: Fault = |arena, _| {
        let (a, x) = (leaf(arena, "A"), leaf(arena, "x"));
        let ax = arena.product(a, x).unwrap();
        doubled(arena, ax)
    };
    assert_eq!(claimed("x' * A * x", SQUARE, forgets).exact, Exact::Unequal);
    // A x: A' on square matrices.
    let transposed: Fault = |arena, result| arena.transpose(result);
    assert_eq!(claimed("A * x", SQUARE, transposed).exact, Exact::Unequal);
    // (A x)·(A x): A r instead of A' r.
    let untransposed: Fault = |arena, _| {
        let (a, x) = (leaf(arena, "A"), leaf(arena, "x"));
        let ax = arena.product(a, x).unwrap();
        let aax = arena.product(a, ax).unwrap();
        doubled(arena, aax)
    };
    assert_eq!(claimed("(A * x) · (A * x)", SQUARE, untransposed).exact, Exact::Unequal);
    // x ⊙ x: a vector spread over all columns where a diagonal is due.
    let spread: Fault = |arena, _| {
        let x = leaf(arena, "x");
        let shape = arena.shape(x).clone();
        let ones = arena.ones(&shape);
        let row = arena.transpose(ones);
        let outer = arena.must(&products::PRODUCT, &[x, row], crate::op::Data::None);
        doubled(arena, outer)
    };
    assert_eq!(claimed("x .* x", SQUARE, spread).exact, Exact::Unequal);
    // softmax: the diagonal alone. An atom stands in the way of certainty, but equal it is not.
    let diagonal: Fault = |arena, _| {
        let x = leaf(arena, "x");
        let soft = arena.must(&crate::ops::reductions::SOFTMAX, &[x], crate::op::Data::None);
        arena.must(&build::DIAG, &[soft], crate::op::Data::None)
    };
    let proof = claimed("softmax(x)", r#"{"x": [3]}"#, diagonal);
    assert_eq!(proof.exact, Exact::Undecided);
    assert!(!proof.numbers.ok && !proof.ok());
}

fn leaf(arena: &mut Arena, name: &str) -> NodeId {
    let at = arena.symbols.iter().position(|s| s.name == name).unwrap();
    arena.symbol(crate::expr::SymbolId(at as u32))
}

/// A fault too small for floats is certain all the same.
#[test]
fn what_floats_let_pass_is_caught() {
    let slightly: Fault = |arena, result| {
        let factor = arena.number(crate::number::Number::ratio(1_000_000_000_001, 1_000_000_000_000));
        arena.multiply(&[factor, result])
    };
    let proof = claimed("x · x", r#"{"x": [3]}"#, slightly);
    assert!(proof.numbers.ok, "{proof:?}");
    assert_eq!(proof.exact, Exact::Unequal);
    assert!(!proof.ok());
}

/// What an identity between atoms would need is left to floats.
#[test]
fn floats_have_the_last_word_where_atoms_stand_in_the_way() {
    let rewritten: Fault = |arena, _| {
        // d/dx log(x)² = 2 log(x)/x = log(x²)/x for positive x.
        let x = leaf(arena, "x");
        let square = arena.multiply(&[x, x]);
        let log = arena.must(&crate::ops::elementwise::LOG, &[square], crate::op::Data::None);
        arena.divide(log, x)
    };
    let proof = claimed("log(x)^2", r#"{"x": []}"#, rewritten);
    assert_eq!(proof.exact, Exact::Undecided);
    assert!(proof.ok(), "{proof:?}");
}

/// Every rule of the catalogue, exactly: its left side is a differential by exact dual numbers.
#[test]
fn rules_hold_exactly() {
    let mut equal = 0;
    let mut others = Vec::new();
    for about in crate::answer::all_rules().iter().filter(|a| !a.from.is_empty() && a.id != "abstract-function") {
        let mut arena = Arena::new(crate::shape::Dims::default());
        let (left, right) = crate::statement::equation(&mut arena, about).unwrap();
        let varies =
            |s: &crate::expr::Symbol| !about.from.starts_with("d(") || about.to.contains(&format!("d({})", s.name));
        let varying = (0..arena.symbols.len()).filter(|&at| varies(&arena.symbols[at]));
        let varying = varying.map(|at| crate::expr::SymbolId(at as u32)).collect();
        let check = Check { varying: Some(varying), ..Check::new(&arena, 4) };
        match check.compare_exactly(left, right).unwrap() {
            Exact::Equal { .. } => equal += 1,
            Exact::Unequal => panic!("{} does not hold", about.id),
            other => others.push(format!("{}: {other:?}", about.id)),
        }
    }
    println!("{equal} rules hold exactly; not told: {others:?}");
    assert!(equal > 90, "{others:?}");
}

/// Both checks on textbook questions; `cargo test --release -p chalkgrad-core --lib how_long -- --ignored --nocapture`.
#[test]
#[ignore = "measures time"]
fn how_long_both_checks_take() {
    for (expr, wrt) in [
        ("relu(w · x + b)", "w"),
        ("mean((y - max(0, X * w + b)).^2)", "w"),
        ("softmax(W * x + b)", "x"),
        ("x' * A * x", "x"),
        ("log(sum(exp(x)))", "x"),
        ("norm2(W * x)^2", "W"),
    ] {
        let line = format!(r#"{{"id": 1, "expr": "{expr}", "wrt": "{wrt}"}}"#);
        let (arena, [expr_node, tensor], proof) = proof_for_test(&line, 2, None).unwrap();
        assert!(proof.ok());
        let by = leaf(&mut { arena }, wrt);
        let (arena, ..) = proof_for_test(&line, 2, None).unwrap();
        let check = Check::new(&arena, 2);
        let micros = |work: &dyn Fn()| {
            let start = std::time::Instant::now();
            (0..200).for_each(|_| work());
            start.elapsed().as_secs_f64() * 1e6 / 200.0
        };
        let float = micros(&|| assert!(check.verify(expr_node, &[by], false, tensor).unwrap().ok));
        let exact = micros(&|| assert!(check.verify_exactly(expr_node, &[by], false, tensor).unwrap().points() == 2));
        println!("{expr}: floats {float:.0} µs, exact {exact:.0} µs");
    }
}
