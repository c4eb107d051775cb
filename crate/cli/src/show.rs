//! An answer in words: what a terminal shows of the batch contract's fields.

use crate::numbers;
use serde_json::Value;
use std::fmt::Write;

/// The answer to `derive`, `eval` or `check`.
pub fn answer(answer: &Value) -> String {
    if answer.get("verdict").is_some() { verdict(answer) } else { result(answer) }
}

/// Letters that a line's first word takes.
const LABEL: usize = 10;

fn label(word: &str) -> String {
    format!("{word:<LABEL$}")
}

fn verdict(answer: &Value) -> String {
    let mut out = String::new();
    let text = |field: &str| answer[field].as_str().unwrap_or_default();
    let _ = writeln!(out, "{}: {}", text("verdict"), text("message"));
    if !text("hint").is_empty() {
        let _ = writeln!(out, "{}", say!("show.hint", hint = text("hint")));
    }
    out
}

fn result(answer: &Value) -> String {
    let mut out = String::new();
    let vars = answer["vars"].as_object().into_iter().flatten();
    let names: Vec<String> = vars.map(|(name, dims)| format!("{name} {}", shape(dims))).collect();
    if !names.is_empty() {
        let _ = writeln!(out, "{}{}", label(&say!("show.shapes")), names.join(", "));
    }
    steps(&mut out, answer);
    if let Some(text) = answer["text"].as_str() {
        let _ = writeln!(out, "{}{text}", label(&say!("show.result")));
    }
    let _ = writeln!(out, "{}{}", label(&say!("show.shape")), shape(&answer["shape"]));
    for (word, field) in [(say!("show.value"), "value"), (say!("show.jacobian"), "jacobian")] {
        if let Some(value) = answer.get(field) {
            let _ = writeln!(out, "{}{}", label(&word), numbers::tensor(value, LABEL));
        }
    }
    if let Some(points) = answer["verified"]["points"].as_u64() {
        let error = answer["verified"]["max_relative_error"].as_f64().map(|error| numbers::short(error, 2));
        let error = error.unwrap_or_default();
        let check = say!("show.check", points, error);
        let _ = writeln!(out, "{}{check}", label(&say!("show.checked")));
    }
    out
}

fn steps(out: &mut String, answer: &Value) {
    let steps = answer["steps"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (place, step) in steps.iter().enumerate() {
        let text = |field: &str| step[field].as_str().unwrap_or_default();
        let _ = writeln!(out, "\n{:>3}. {}  ({})", place + 1, text("title"), text("rule"));
        for line in text("text").lines() {
            let _ = writeln!(out, "     {line}");
        }
    }
    if !steps.is_empty() {
        out.push('\n');
    }
}

fn shape(dims: &Value) -> String {
    let dims: Vec<String> = dims.as_array().into_iter().flatten().map(dimension).collect();
    if dims.is_empty() { say!("show.scalar") } else { format!("[{}]", dims.join(", ")) }
}

fn dimension(dim: &Value) -> String {
    dim.as_str().map_or_else(|| dim.to_string(), str::to_owned)
}

/// The answer to `catalog`.
pub fn catalog(answer: &Value) -> String {
    let mut out = format!("{}\n", say!("show.functions"));
    for function in answer["functions"].as_array().into_iter().flatten() {
        let text = |field: &str| function[field].as_str().unwrap_or_default();
        let _ = writeln!(out, "  {:<24} {}", text("usage"), text("about"));
    }
    let _ = writeln!(out, "\n{}", say!("show.rules"));
    for rule in answer["rules"].as_array().into_iter().flatten() {
        let text = |field: &str| rule[field].as_str().unwrap_or_default();
        let _ = writeln!(out, "  {:<24} {}. {}", text("id"), text("title"), text("why"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_shows_shapes_steps_result_numbers_and_check() {
        let given = json!({
            "ok": true, "shape": ["n"], "vars": {"b": [], "w": ["n"]}, "text": "x", "value": 1.5, "jacobian": [[3.0, 0.5], [-10, 2]],
            "steps": [{"rule": "product", "title": "Product rule", "text": "one\ntwo"}],
            "verified": {"points": 2, "max_relative_error": 1.2758e-16},
        });
        let expected = "shapes    b scalar, w [n]\n\n  1. Product rule  (product)\n     one\n     two\n\nresult    x\n\
            shape     [n]\nvalue     1.5\njacobian  [[  3, 0.5],\n           [-10,   2]]\n\
            checked   on 2 random examples, largest relative error 1.3e-16\n";
        assert_eq!(answer(&given), expected);
    }

    #[test]
    fn a_verdict_shows_its_message_and_hint() {
        let given = json!({"ok": true, "verdict": "sign", "message": "Look at the sign.", "hint": "d(-x)"});
        assert_eq!(answer(&given), "sign: Look at the sign.\nhint: d(-x)\n");
    }
}
