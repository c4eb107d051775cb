use super::faults::{Fault, with, with_everywhere};
use crate::answer::call;
use crate::expr::{Arena, NodeId};
use serde_json::Value;

fn ask(line: &str) -> Value {
    serde_json::from_str(&call(line)).unwrap()
}

fn wrong_sign(arena: &mut Arena, result: NodeId) -> NodeId {
    arena.negate(result)
}

/// Rows of a case table that have numbers and are differentiated.
fn rows(name: &str) -> Vec<(String, Value)> {
    let path = format!("{}/../../tests/cases/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(path).unwrap();
    let mut rows = Vec::new();
    for line in table.lines().filter(|l| !l.trim().is_empty()) {
        let mut row: Value = serde_json::from_str(line).unwrap();
        let expect = row.as_object_mut().unwrap().remove("expect").unwrap_or_default();
        if row.get("expr").is_some()
            && row.get("op").is_none()
            && row.get("order").is_none()
            // Its derivative is 0 at the sizes of the two points: a sign is not seen there.
            && !row["expr"].as_str().unwrap_or_default().contains("prod_but(")
            && expect.get("jacobian").is_some()
        {
            rows.push((row.to_string(), expect["jacobian"].clone()));
        }
    }
    rows
}

fn flat(numbers: &Value, into: &mut Vec<f64>) {
    match numbers {
        Value::Array(list) => list.iter().for_each(|x| flat(x, into)),
        number => into.push(number.as_f64().unwrap_or(f64::NAN)),
    }
}

fn differ(got: &Value, want: &Value) -> bool {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    flat(got, &mut a);
    flat(want, &mut b);
    let scale = b.iter().fold(1e-3f64, |m, x| m.max(x.abs()));
    let apart = |(x, y): (&f64, &f64)| !((x - y).abs() <= 1e-9 * scale || (x.is_nan() && y.is_nan()));
    a.len() != b.len() || a.iter().zip(&b).any(apart)
}

/// Every row of the tables with a planted fault: the numbers are right all the same, by entries, and the text says the
/// same; or the engine refuses. A wrong number never comes out.
#[test]
fn a_faulty_form_is_replaced_by_entries() {
    let (mut by_entries, mut untouched, mut refused) = (0, 0, Vec::new());
    for (line, want) in ["sample", "paper", "language", "rules"].iter().flat_map(|name| rows(name)) {
        let answer = with(wrong_sign, || ask(&line));
        if answer["ok"] != true {
            // Some rows are of what is not built yet; none may be refused for the fault.
            if ask(&line)["ok"] != true {
                continue;
            }
            refused.push(format!("{line}: {}", answer["error"]["message"]));
            continue;
        }
        let steps = answer["steps"].as_array().unwrap();
        if steps.iter().all(|s| s["rule"] != "by-entries") {
            // Minus zero is no fault.
            untouched += 1;
            let mut numbers = Vec::new();
            flat(&want, &mut numbers);
            assert!(numbers.iter().all(|x| *x == 0.0 || x.is_nan()), "{line}: {answer}");
            continue;
        }
        by_entries += 1;
        assert!(!differ(&answer["jacobian"], &want), "{line}: {answer}");
        assert_eq!(steps[0]["rule"], "by-entries", "{line}");
        assert!(answer["latex"].as_str().is_some_and(|l| !l.is_empty()));
        assert!(answer["verified"]["max_relative_error"].as_f64().unwrap() <= 1e-9);
        let mut again: Value = serde_json::from_str(&line).unwrap();
        again["op"] = "eval".into();
        again["expr"] = answer["text"].clone();
        again.as_object_mut().unwrap().retain(|k, _| ["id", "op", "expr", "vars", "at"].contains(&k.as_str()));
        let vars = answer["vars"].clone();
        again["vars"] = vars;
        let again = ask(&again.to_string());
        assert!(!differ(&again["value"], &want), "{line}\n{}\n{again}", answer["text"]);
    }
    println!("by entries {by_entries}, untouched {untouched}, refused {}: {refused:#?}", refused.len());
    assert!(by_entries > 500);
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn the_step_says_so_in_plain_words() {
    let line =
        r#"{"id": 1, "expr": "x' * A * x", "wrt": "x", "vars": {"x": ["n"], "A": ["n", "n"]}, "detail": "page"}"#;
    let forgets_the_transpose: Fault = |arena, result| {
        let twice = arena.int(2);
        arena.multiply(&[twice, result])
    };
    let answer = with(forgets_the_transpose, || ask(line));
    let why = answer["view"]["steps"][0]["why"].as_str().unwrap();
    assert!(why.contains("failed its own check"), "{why}");
    assert_eq!(answer["verified"]["exact_points"], 2);
    assert!(answer["text"].as_str().unwrap().starts_with("tensor("), "{answer}");
    assert_eq!(ask(line)["verified"]["exact_points"], 2);
}

#[test]
fn where_both_forms_fail_nothing_is_shown() {
    let line = r#"{"id": 1, "expr": "w · x", "wrt": "w", "vars": {"x": ["n"], "w": ["n"]}}"#;
    let answer = with_everywhere(wrong_sign, || ask(line));
    assert_eq!(answer["error"]["kind"], "unsupported", "{answer}");
    assert!(answer["error"]["message"].as_str().unwrap().contains("did not pass its own check"));
    assert!(answer.get("text").is_none() && answer.get("jacobian").is_none());
    let nowhere = r#"{"id": 1, "expr": "log(0 * x - 1)", "wrt": "x", "vars": {"x": []}}"#;
    assert_eq!(ask(nowhere)["error"]["kind"], "domain");
}

#[test]
fn what_has_numbers_only_in_part_is_answered_where_it_has_them() {
    // The other rows have no root: their entries are 0 all the same. NumPy has 0 times nan here.
    let row =
        r#"{"id": 1, "expr": "(H.^1.5)[1,:]", "wrt": "H", "vars": {"H": ["m", "k"]}, "at": {"H": [[1, 4], [-1, 1]]}}"#;
    let answer = ask(row);
    assert_eq!(answer["jacobian"], serde_json::json!([[[1.5, 0.0], [0.0, 0.0]], [[0.0, 3.0], [0.0, 0.0]]]), "{answer}");
    let entry = r#"{"id": 1, "expr": "acosh(1.5 + X * p.^2)[1]", "wrt": "p", "vars": {"X": ["m", "k"], "p": ["k"]}}"#;
    assert_eq!(ask(entry)["ok"], true);
    // A rectifier that is off does not move, whatever root is taken of it; the usual form says so by 0/0.
    let off = r#"{"id": 1, "expr": "sum(sqrt(relu(x)))", "wrt": "x", "vars": {"x": ["n"]}}"#;
    assert_eq!(ask(off)["text"], "1/2 * step(x) ./ sqrt(relu(x))");
    // But a root has no slope at 0.
    let tip = r#"{"id": 1, "expr": "sqrt(x^2)", "wrt": "x", "vars": {"x": []}, "at": {"x": 0}}"#;
    assert_eq!(ask(tip)["jacobian"], "nan");
}
