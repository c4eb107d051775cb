//! A learner's own derivation, line by line: what follows is accepted, what does not is not.

mod support;

use serde_json::{Value, json};
use support::ask;

fn line(expr: &str, wrt: &str, vars: Value, before: &str, answer: &str) -> Value {
    let request = json!({"op": "line", "expr": expr, "wrt": wrt, "vars": vars, "before": before, "answer": answer});
    ask(&request).expect("an answer")
}

#[test]
fn a_product_line_by_line() {
    let vars = json!({"x": []});
    let go = |before: &str, answer: &str| line("x^2 * sin(x)", "x", vars.clone(), before, answer);
    let start = go("", "");
    assert_eq!((&start["verdict"], &start["done"]), (&json!("equal"), &json!(false)), "{start}");
    assert_eq!(start["rules"], json!(["product-rule"]));
    let first = "d(x^2) * sin(x) + x^2 * d(sin(x))";
    let next = go("", first);
    assert_eq!((&next["verdict"], &next["done"]), (&json!("equal"), &json!(false)), "{next}");
    assert_eq!(next["rules"], json!(["power-rule", "sin"]));
    let last = go(first, "2 x * d(x) * sin(x) + x^2 * cos(x) * d(x)");
    assert_eq!((&last["verdict"], &last["done"]), (&json!("equal"), &json!(true)), "{last}");
    let wrong = go(first, "2 x * d(x) * sin(x) - x^2 * cos(x) * d(x)");
    assert_eq!((&wrong["verdict"], &wrong["done"]), (&json!("different"), &json!(false)), "{wrong}");
    assert_eq!(go("", "d(x^2) * d(sin(x))")["verdict"], "different");
    assert_eq!(go(first, "-2 x * d(x) * sin(x) - x^2 * d(sin(x))")["verdict"], "sign");
}

#[test]
fn matrices_and_constants() {
    let vars = json!({"A": ["n", "n"], "x": ["n"]});
    let go = |before: &str, answer: &str| line("x' * A * x", "x", vars.clone(), before, answer);
    assert_eq!(go("", "d(x)' * A * x + x' * A * d(x)")["done"], true);
    // Only x moves.
    assert_eq!(go("", "d(x)' * A * x + x' * d(A) * x + x' * A * d(x)")["verdict"], "equal");
    assert_eq!(go("", "2 x' * A * d(x)")["verdict"], "different");
    assert_eq!(go("", "A * d(x)")["verdict"], "shape");
}

#[test]
fn what_cannot_be_read_is_told_where() {
    let error = line("x^2", "x", json!({"x": []}), "", "2 q * d(x)")["error"].clone();
    assert_eq!((&error["kind"], &error["span"]), (&json!("name"), &json!([2, 3])), "{error}");
    assert_eq!(line("x^2", "x", json!({"x": []}), "", "2 x * (")["error"]["kind"], "parse");
}
