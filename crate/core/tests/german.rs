//! What a few whole answers say in German, kept in german.txt to be read as a teacher reads it.
//!
//! `UPDATE=1 cargo test -p chalkgrad-core --test german` writes it anew; read what changed before you keep it.

use chalkgrad_core::train::{Reporter, network};
use serde_json::{Value, json};
use std::fmt::Write;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/german.txt");

/// Fields that hold words.
const WORDS: &[&str] = &[
    "message",
    "hint",
    "title",
    "why",
    "source",
    "conditions",
    "layout_note",
    "reason",
    "note",
    "about",
    "start",
    "short",
    "long",
    "shape",
];

/// All words of an answer, each text once, in the order of the answer.
fn words(value: &Value, name: &str, told: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let line = format!("{name}: {text}");
            if WORDS.contains(&name) && !text.is_empty() && !told.contains(&line) {
                told.push(line);
            }
        }
        Value::Array(all) => all.iter().for_each(|one| words(one, name, told)),
        Value::Object(fields) => {
            let shown = |field: &str| fields.get(field).and_then(Value::as_str).unwrap_or_default();
            let equation = format!("{} = {}", shown("question"), shown("result"));
            for (field, value) in fields {
                // Of all that is said aloud, what was typed and what comes out.
                if let ("spoken", Value::Object(all)) = (field.as_str(), value) {
                    let told_aloud = [shown("input"), &equation].into_iter().filter_map(|latex| all.get(latex));
                    told_aloud.for_each(|one| words(one, field, told));
                    continue;
                }
                let is_said = field == "text" && value.is_string() && fields.contains_key("kind");
                let name = if is_said { "hint" } else { field };
                words(value, name, told);
            }
        }
        _ => {}
    }
}

fn questions() -> Vec<Value> {
    let neuron = json!({"w": ["n"], "x": ["n"], "b": []});
    vec![
        json!({"expr": "relu(w·x + b)", "wrt": "w", "vars": neuron, "detail": "page"}),
        json!({"expr": "norm2(A*x - b)^2", "wrt": "x", "vars": {"A": ["m", "n"], "x": ["n"], "b": ["m"]}, "layout": "denominator", "detail": "page"}),
        json!({"expr": "logdet(A)", "wrt": "A", "vars": {"A": ["n", "n"]}, "assume": {"A": ["invertible"]}, "detail": "page"}),
        json!({"expr": "sin(x^2)/x", "wrt": "x", "way": "textbook", "detail": "page"}),
        json!({"expr": "sum(softmax(x).^2)", "wrt": "x", "vars": {"x": ["n"]}, "way": "reverse", "detail": "page"}),
        json!({"expr": "x*y", "wrt": "x", "vars": {"x": ["n"], "y": ["n"]}}),
        json!({"expr": "A*x + b", "wrt": "x", "vars": {"A": ["m", 3], "x": [4], "b": ["m"]}}),
        json!({"expr": "sin(x", "wrt": "x"}),
        json!({"expr": "sinn(x)", "wrt": "x", "vars": {"x": []}}),
        json!({"expr": "x", "wrt": "x", "colour": 1}),
        json!({"op": "check", "expr": "sin(x^2)", "wrt": "x", "vars": {"x": []}, "answer": "cos(x^2)"}),
        json!({"op": "check", "expr": "sin(x^2)", "wrt": "x", "vars": {"x": []}, "answer": "-2*x*cos(x^2)"}),
        json!({"op": "check", "expr": "sum(x.^2)", "wrt": "x", "vars": {"x": ["n"]}, "answer": "2*x"}),
        json!({"op": "check", "expr": "x .* y", "wrt": "x", "vars": {"x": ["n"], "y": ["n"]}, "answer": "y"}),
        json!({"op": "exercise", "topic": "neuron", "seed": 2}),
        json!({"op": "line", "expr": "x^2", "wrt": "x", "vars": {"x": []}, "answer": "3*d(x)"}),
        json!({"op": "entries", "expr": "relu(A*x)", "wrt": "x", "vars": {"A": ["m", "n"], "x": ["n"]}, "sizes": {"m": 2, "n": 2}}),
    ]
}

fn told() -> String {
    let mut out = String::new();
    let mut tell = |asked: &Value, answer: &str| {
        let mut told = Vec::new();
        words(&serde_json::from_str(answer).expect("an answer is JSON"), "", &mut told);
        let _ = writeln!(out, "{asked}\n  {}\n", told.join("\n  "));
    };
    for mut asked in questions() {
        asked["language"] = "de".into();
        tell(&asked, &chalkgrad_core::call(&asked.to_string()));
    }
    let asked =
        json!({"data": {"set": "circle", "count": 20}, "widths": [2], "activation": "relu(z)", "language": "de"});
    let built = network(&asked.to_string()).expect("a network");
    tell(&asked, &built);
    let mut spec: Value = serde_json::from_str(&built).expect("JSON");
    let mut spec = spec["spec"].take();
    spec["rate"] = 500.into();
    spec["batch"] = 90.into();
    let mut session = Reporter::new(&spec.to_string()).expect("a session");
    let state = session.step(5).expect("a state");
    tell(&json!({"rate": 500, "batch": 90}), &state);
    out
}

#[test]
fn german_answers_are_as_they_were_read() {
    let told = told();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, told).expect("the file can be written");
        return;
    }
    let kept = std::fs::read_to_string(FILE).expect("german.txt is there");
    let differs = kept.lines().zip(told.lines()).find(|(kept, told)| kept != told);
    assert!(kept == told, "German differs from german.txt, first here: {differs:?}");
}
