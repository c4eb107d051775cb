//! What tidying writes, letter by letter: `tests/tidy.txt`, one line an expression and its tidy form. Where a rule must leave something
//! alone the form is the expression itself. `UPDATE=1` writes the forms anew: read what changed.
//!
//! Names have fixed shapes here, so that a line is nothing but formulas (see `VARIABLES`).

mod support;

use chalkgrad_core::check::Check;
use chalkgrad_core::{infer, print, request, tidy};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// Names, their dimensions, and what is assumed of them.
const VARIABLES: [(&str, &[&str], Option<&str>); 27] = [
    ("a", &[], None),
    ("b", &[], None),
    ("c", &[], None),
    ("d", &[], None),
    ("p", &[], Some("positive")),
    ("x", &["n"], None),
    ("y", &["n"], None),
    ("z", &["n"], None),
    ("w", &["n"], Some("positive")),
    ("u", &["m"], None),
    ("v", &["m"], None),
    ("A", &["n", "n"], None),
    ("B", &["n", "n"], None),
    ("C", &["n", "n"], None),
    ("S", &["n", "n"], Some("symmetric")),
    ("T", &["n", "n"], Some("symmetric")),
    ("R", &["n", "n"], Some("invertible")),
    ("W", &["n", "n"], Some("positive")),
    ("M", &["m", "n"], None),
    ("N", &["m", "n"], None),
    ("K", &["n", "k"], None),
    ("P", &["m", "n"], Some("positive")),
    ("r", &["1", "n"], None),
    ("q", &["n", "1"], None),
    ("X", &["3", "2"], None),
    ("Y", &["2", "3"], None),
    ("t", &["3"], None),
];

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/tidy.txt")
}

/// The tidy form, checked by number against what was typed.
fn written(expr: &str) -> Result<String, String> {
    let used = |name: &&(&str, &[&str], Option<&str>)| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        expr.split(|c| !is_part(c)).any(|word| word == name.0)
    };
    let used: Vec<_> = VARIABLES.iter().filter(used).collect();
    let vars: Map<String, Value> = used.iter().map(|(name, dims, _)| (String::from(*name), json!(dims))).collect();
    let assume: Map<String, Value> =
        used.iter().filter_map(|(name, _, assumed)| Some((String::from(*name), json!([(*assumed)?])))).collect();
    // Sizes are the request's own words: a number in quotes is none.
    let vars = json!(vars).to_string().replace("\"1\"", "1").replace("\"2\"", "2").replace("\"3\"", "3");
    let wrt = used.first().map_or("x", |(name, _, _)| name);
    let line = format!(
        "{{\"id\": 1, \"expr\": {}, \"wrt\": \"{wrt}\", \"vars\": {vars}, \"assume\": {}}}",
        json!(expr),
        json!(assume)
    );
    let (_, request) = request::read_line(&line);
    let mut question = infer::read(&request.map_err(|e| e.message)?).map_err(|e| e.message)?;
    let tidy = tidy::tidied(&mut question.arena, question.expr).map_err(|e| e.message)?;
    let check = Check::new(&question.arena, 3).compare(question.expr, tidy).map_err(|e| e.message)?;
    if !check.ok && check.points > 0 {
        return Err(format!("is not equal: {check:?}"));
    }
    print::text::text(&question.arena, tidy).map_err(|e| e.message)
}

#[test]
fn tidying_writes_what_a_person_would() {
    let text = std::fs::read_to_string(file()).expect("tests/tidy.txt");
    let mut lines = Vec::new();
    let mut wrong = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            lines.push(line.to_owned());
            continue;
        }
        let (expr, expected) = line.split_once("->").unwrap_or((line, ""));
        let (expr, expected) = (expr.trim(), expected.trim());
        match written(expr) {
            Ok(form) => {
                if form != expected {
                    wrong.push(format!("{expr}\n    is {form}\n    not {expected}"));
                }
                lines.push(format!("{expr} -> {form}"));
            }
            Err(message) => panic!("{expr}: {message}"),
        }
    }
    assert!(lines.len() > 150, "only {} lines", lines.len());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(file(), lines.join("\n") + "\n").expect("written");
        return;
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
