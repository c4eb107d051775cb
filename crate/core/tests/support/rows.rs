//! The tables in tests/cases: reading them, and comparing an answer with what its row expects.

use super::laws::USUAL_STEPS;
use super::numbers::{TOLERANCE, difference};
use super::shorten;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One row: the line to send and what must come back.
pub struct Row {
    pub id: String,
    pub line: String,
    /// The request as an object; null for a raw line.
    pub request: Value,
    pub expect: Value,
}

impl Row {
    /// The fewest and the most steps that the answer may have.
    pub fn steps(&self) -> (u64, u64) {
        match &self.expect["steps"] {
            Value::Null => USUAL_STEPS,
            exact if exact.is_u64() => (exact.as_u64().unwrap_or(0), exact.as_u64().unwrap_or(0)),
            range => span(range).unwrap_or_else(|| panic!("{}: steps is a number or a range", self.id)),
        }
    }
}

/// Where the tables are.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases")
}

/// Reads a table; a broken one is a broken test, so it panics.
pub fn read(path: &PathBuf) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| row(serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {}", shorten(line)))))
        .collect()
}

fn row(mut fields: Value) -> Row {
    let id = fields["id"].as_str().expect("a row has an id").to_owned();
    let object = fields.as_object_mut().expect("a row is an object");
    let expect = object.remove("expect").unwrap_or_else(|| panic!("{id} expects nothing"));
    if let Some(raw) = object.get("raw") {
        return Row { id, line: raw.as_str().expect("text").to_owned(), request: Value::Null, expect };
    }
    if let Some(pieces) = object.get("raw_pieces") {
        return Row { id, line: assemble(pieces), request: Value::Null, expect };
    }
    let mut request = match object.remove("request") {
        Some(request) => request,
        None => Value::Object(object.clone()),
    };
    if let Some(Value::Object(built)) = request.as_object_mut().and_then(|fields| fields.remove("build")) {
        for (name, pieces) in built {
            request[name] = assemble(&pieces).into();
        }
    }
    request["id"] = id.clone().into();
    Row { line: request.to_string(), id, request, expect }
}

/// `[["(", 3], ["x", 1]]` is `(((x`.
fn assemble(pieces: &Value) -> String {
    let pieces = pieces.as_array().expect("pieces are a list");
    pieces
        .iter()
        .map(|piece| {
            let times = piece[1].as_u64().expect("a piece says how often");
            piece[0].as_str().expect("a piece is text").repeat(times as usize)
        })
        .collect()
}

/// What is wrong with an answer, as its row sees it; empty where all is well.
pub fn compare(row: &Row, answer: &Value) -> Vec<String> {
    let expect = &row.expect;
    let mut wrong = Vec::new();
    let own_id = if row.request.is_null() { None } else { Some(Value::from(row.id.clone())) };
    if let Some(id) = expect.get("id").cloned().or(own_id)
        && answer.get("id") != Some(&id)
    {
        wrong.push(format!("id is {:?}, expected {id}", answer.get("id")));
    }
    if let Some(error) = expect.get("error") {
        compare_error(row, answer, error, &mut wrong);
        return wrong;
    }
    if answer["ok"] != true {
        wrong.push(format!("error {}", answer["error"]));
        return wrong;
    }
    if let Some(verdict) = expect.get("verdict") {
        compare_verdict(answer, verdict, &mut wrong);
        if let Some(slip) = expect.get("shape_slip")
            && *slip != answer["shape_slip"]
        {
            wrong.push(format!("the slip behind the shape is {}, expected {slip}", answer["shape_slip"]));
        }
        if let Some(slip) = expect.get("slip")
            && *slip != answer["slip"]
        {
            wrong.push(format!("the slip is {}, expected {slip}", answer["slip"]));
        }
        return wrong;
    }
    let mut names = BTreeMap::new();
    if let Some(shape) = expect.get("shape")
        && !shapes_match(shape, &answer["shape"], &mut names)
    {
        wrong.push(format!("shape is {}, expected {shape}", answer["shape"]));
    }
    if let Some(text) = expect.get("text")
        && *text != answer["text"]
    {
        wrong.push(format!("text is {}, expected {text}", answer["text"]));
    }
    for (name, shape) in expect.get("vars").and_then(Value::as_object).into_iter().flatten() {
        if !shapes_match(shape, &answer["vars"][name], &mut names) {
            wrong.push(format!("{name} has the shape {}, expected {shape}", answer["vars"][name]));
        }
    }
    for field in ["value", "jacobian"] {
        match (answer.get(field), expect.get(field)) {
            (None, Some(_)) => wrong.push(format!("no {field}")),
            (Some(got), Some(expected)) => {
                if let Some(difference) = difference(got, expected, TOLERANCE) {
                    wrong.push(format!("{field}: {difference}; got {got}, expected {expected}"));
                }
            }
            (Some(got), None) if expect["abstract"] == true => wrong.push(format!("{field} is {got}, expected none")),
            (_, None) => {}
        }
    }
    wrong
}

fn compare_error(row: &Row, answer: &Value, expected: &Value, wrong: &mut Vec<String>) {
    let error = &answer["error"];
    if answer["ok"] != false || !error.is_object() {
        wrong.push(format!("no error but {}", shorten(&answer.to_string())));
        return;
    }
    if !one_of(&expected["kind"], &error["kind"]) {
        wrong.push(format!("kind is {}, expected {}: {error}", error["kind"], expected["kind"]));
    }
    let said = format!("{} {}", error["message"].as_str().unwrap_or(""), error["hint"].as_str().unwrap_or(""));
    if error["message"].as_str().unwrap_or("").trim().is_empty() {
        wrong.push("the message is empty".to_owned());
    }
    let replacements = &expected["replacements"];
    if !replacements.is_null() && error["replacements"] != *replacements {
        wrong.push(format!("the replacements are {}, expected {replacements}", error["replacements"]));
    }
    for words in expected["says"].as_array().into_iter().flatten() {
        let words = words.as_str().expect("words are text");
        if !said.contains(words) {
            wrong.push(format!("`{words}` is not said: {}", shorten(&said)));
        }
    }
    let got = span(&error["span"]);
    if let Some((start, end)) = got {
        let longest = ["expr", "answer", "wrt"]
            .iter()
            .filter_map(|name| row.request[*name].as_str())
            .map(|text| text.encode_utf16().count() as u64)
            .max()
            .unwrap_or(0);
        if start > end || end > longest {
            wrong.push(format!("the span {} lies outside the text", error["span"]));
        }
    }
    match (span(&expected["span"]), got) {
        (Some(expected), Some(got)) if expected != got => {
            wrong.push(format!("span is {got:?}, expected {expected:?}: {}", error["message"]));
        }
        (Some(expected), None) => wrong.push(format!("no span, expected {expected:?}: {}", error["message"])),
        _ => {}
    }
    match (span(&expected["near"]), got) {
        (Some(near), Some(got)) if got.1 < near.0 || near.1 < got.0 => {
            wrong.push(format!("span is {got:?}, not near {near:?}: {}", error["message"]));
        }
        (Some(near), None) => wrong.push(format!("no span, expected near {near:?}: {}", error["message"])),
        _ => {}
    }
}

fn compare_verdict(answer: &Value, expected: &Value, wrong: &mut Vec<String>) {
    let verdict = &answer["verdict"];
    const ALL: [&str; 7] = ["equal", "layout", "shape", "sign", "factor", "rule", "different"];
    let fits = if expected == "wrong" { *verdict != "equal" } else { one_of(expected, verdict) };
    if !fits || !verdict.as_str().is_some_and(|verdict| ALL.contains(&verdict)) {
        wrong.push(format!("verdict is {verdict}, expected {expected}: {}", answer["message"]));
    }
    if answer["message"].as_str().unwrap_or("").trim().is_empty() {
        wrong.push("the message is empty".to_owned());
    }
    if !answer["hint"].is_string() {
        wrong.push("hint is no text".to_owned());
    }
    if (*verdict == "rule") != answer["slip"].is_string() {
        wrong.push(format!("the verdict {verdict} comes with the slip {}", answer["slip"]));
    }
}

/// `expected` is a value or a list of values that would do.
fn one_of(expected: &Value, got: &Value) -> bool {
    match expected {
        Value::Array(choices) => choices.contains(got),
        single => single == got,
    }
}

fn span(value: &Value) -> Option<(u64, u64)> {
    Some((value.get(0)?.as_u64()?, value.get(1)?.as_u64()?))
}

/// Compares shapes; a name such as `?n` stands for one dimension, the same throughout the row.
fn shapes_match(expected: &Value, got: &Value, names: &mut BTreeMap<String, Value>) -> bool {
    let (Some(expected), Some(got)) = (expected.as_array(), got.as_array()) else { return false };
    expected.len() == got.len()
        && expected.iter().zip(got).all(|(expected, got)| match expected.as_str() {
            Some(name) if name.starts_with('?') => names.entry(name.to_owned()).or_insert(got.clone()) == got,
            _ => expected == got,
        })
}
