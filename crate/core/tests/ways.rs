//! What derivations look like, way by way: every step with its substeps, kept in ways.txt to be read as a teacher reads it.
//!
//! `UPDATE=1 cargo test -p chalkgrad-core --test ways` writes it anew; read what changed before you keep it.

use chalkgrad_core::call;
use serde_json::{Map, Value, json};
use std::fmt::Write;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ways.txt");

/// Expression, variable, way. Shapes follow from the names, as in written.rs.
const QUESTIONS: &[(&str, &str, &str)] = &[
    ("sin(x^2)/x", "x", ""),
    ("sin(x^2)/x", "x", "reverse"),
    ("x", "x", "reverse"),
    ("x^2*exp(x)", "x", "textbook"),
    ("u .* exp(u)", "u", ""),
    ("exp(w·u + x)*u", "u", "paths"),
    ("sum((A*u - w).^2)", "u", "paths"),
    ("sum((A*u - w).^2)", "u", "reverse"),
    ("sum((A*u - w).^2)", "u", "differentials"),
    ("sum((A*u - w).^2)", "u", "index"),
    ("sum((A*u - w).^2)", "A", ""),
    ("w'*A*u", "u[2]", ""),
    ("A*u", "u", "differentials"),
    ("A*B*u", "A[1,2]", ""),
    ("relu(A*u)", "A", ""),
    ("tr(A*B)", "A", ""),
    ("A*B", "A", ""),
    ("A*B*A", "A", ""),
    ("A", "A", "differentials"),
    ("w", "u", ""),
    ("x*A", "A", ""),
    ("x*A", "x", "differentials"),
    ("inv(A)", "A", ""),
    ("det(A)*tr(A)", "A", ""),
    ("softmax(u)", "u", ""),
    ("norm2(A*u)*x", "u", "paths"),
    ("w·tanh(A*tanh(B*u))", "u", "reverse"),
    ("w·tanh(A*tanh(B*u))", "B", "reverse"),
    ("f(u)·w", "u", ""),
    ("[x*u; w]", "x", ""),
    ("tr(x*A)", "x", ""),
    ("tr(exp(x)*A)", "x", ""),
    ("tr(A*x^2) + x", "x", "differentials"),
    ("g(x)*x^2", "x", ""),
    ("g(x)*A", "x", ""),
    ("g(w·u)*x", "u", ""),
];

fn request(expr: &str, wrt: &str, way: &str) -> Value {
    let part = |c: char| c.is_alphanumeric();
    let mut vars = Map::new();
    for word in expr.split(|c| !part(c)).chain(wrt.split('[')).filter(|word| word.len() == 1) {
        match word.chars().next() {
            Some('x') => _ = vars.insert(word.to_owned(), json!([])),
            Some('u' | 'w') => _ = vars.insert(word.to_owned(), json!(["n"])),
            Some('A' | 'B') => _ = vars.insert(word.to_owned(), json!(["n", "n"])),
            _ => {}
        }
    }
    let mut request = json!({"expr": expr, "wrt": wrt, "vars": vars, "detail": "page"});
    if expr.contains("f(") {
        request["funcs"] = json!({"f": {"args": [["n"]], "result": ["n"]}});
    }
    if !way.is_empty() {
        request["way"] = json!(way);
    }
    request
}

/// LaTeX without the marks that a page needs, and without what only makes it beautiful.
fn plain(latex: &Value) -> String {
    let mut rest = latex.as_str().unwrap_or_default();
    let mut text = String::new();
    while let Some((before, behind)) = rest.split_once("\\htmlData{") {
        text.push_str(before);
        rest = behind.split_once('}').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.replace("\\mkern3mu", "").replace("\\htmlClass{changed}", "").replace("\\mathbf", "")
}

fn tell(step: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth + 1);
    let rule = step["rule"].as_str().unwrap_or_default();
    let (before, after) = (plain(&step["before"]), plain(&step["after"]));
    let _ = if before == after {
        writeln!(out, "{indent}{rule}")
    } else {
        writeln!(out, "{indent}{rule}: {before} = {after}")
    };
    for row in step["rows"].as_array().into_iter().flatten() {
        let _ = writeln!(out, "{indent}| {} = {}", plain(&row["left"]), plain(&row["right"]));
    }
    for below in step["sub"].as_array().into_iter().flatten() {
        tell(below, depth + 1, out);
    }
}

#[test]
fn derivations_go_their_ways() {
    let mut told = String::new();
    for &(expr, wrt, way) in QUESTIONS {
        let request = request(expr, wrt, way);
        let answer: Value = serde_json::from_str(&call(&request.to_string())).expect("an answer");
        let view = &answer["view"];
        assert_eq!(answer["ok"], true, "{request}: {answer}");
        let _ = writeln!(
            told,
            "{expr} by {wrt}, {}: {}",
            view["way"].as_str().unwrap_or("its own way"),
            answer["text"].as_str().unwrap_or_default()
        );
        let _ = writeln!(told, "  cost {}", view["cost"]);
        for step in view["steps"].as_array().into_iter().flatten() {
            tell(step, 0, &mut told);
        }
        told.push('\n');
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, told).expect("written");
        return;
    }
    let known = std::fs::read_to_string(FILE).expect("tests/ways.txt");
    let differs = told.lines().zip(known.lines()).find(|(now, before)| now != before);
    assert!(differs.is_none() && told.len() == known.len(), "it was, and is now: {differs:?}");
}
