//! Laws that hold for every answer to `derive`, whatever the expression.

use super::numbers::{self, TOLERANCE, difference};
use super::{ask, shorten, with};
use serde_json::{Value, json};

/// Checks all laws for one request and its full answer; says what is broken.
pub fn broken(request: &Value, answer: &Value, expected_steps: (u64, u64), has_numbers: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    complete(answer, &mut wrong);
    steps(answer, expected_steps, &mut wrong);
    verified(answer, &mut wrong);
    text_means_the_result(request, answer, has_numbers, &mut wrong);
    short_answer_is_part_of_the_full_one(request, answer, &mut wrong);
    layout_changes_no_number(request, answer, &mut wrong);
    page_steps_are_true(request, answer, &mut wrong);
    if chalkgrad_core::call(&request.to_string()) != chalkgrad_core::call(&request.to_string()) {
        wrong.push("a second call gives other bytes".to_owned());
    }
    wrong
}

fn text_of<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or("")
}

fn complete(answer: &Value, wrong: &mut Vec<String>) {
    for field in ["latex", "text", "python"] {
        if text_of(answer, field).trim().is_empty() {
            wrong.push(format!("no {field}"));
        }
    }
    for field in ["shape", "vars", "steps", "verified"] {
        if answer.get(field).is_none() {
            wrong.push(format!("no {field}"));
        }
    }
}

/// How many steps an answer has unless its row says otherwise: none are for constants and the variable itself.
pub const USUAL_STEPS: (u64, u64) = (1, 60);

/// As many steps as expected; every field filled; the last one ends in the answer.
fn steps(answer: &Value, (fewest, most): (u64, u64), wrong: &mut Vec<String>) {
    let Some(steps) = answer["steps"].as_array() else { return };
    let count = steps.len() as u64;
    if !(fewest..=most).contains(&count) {
        wrong.push(format!("{count} steps, expected {fewest} to {most}"));
    }
    for (place, step) in steps.iter().enumerate() {
        for field in ["rule", "title", "latex", "text"] {
            if text_of(step, field).trim().is_empty() {
                wrong.push(format!("step {} has no {field}", place + 1));
            }
        }
        let rule = text_of(step, "rule");
        if !rule.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            wrong.push(format!("the rule id {rule} is not kebab-case"));
        }
    }
    if let Some(last) = steps.last()
        && !text_of(last, "latex").contains(text_of(answer, "latex"))
    {
        wrong.push(format!(
            "the last step does not show the answer: {} in {}",
            shorten(text_of(answer, "latex")),
            shorten(text_of(last, "latex"))
        ));
    }
}

fn verified(answer: &Value, wrong: &mut Vec<String>) {
    let verified = &answer["verified"];
    if verified["points"].as_u64().unwrap_or(0) < 2 {
        wrong.push(format!("verified at {} points", verified["points"]));
    }
    if verified["max_relative_error"].as_f64().is_none_or(|error| error.is_nan() || error > TOLERANCE) {
        wrong.push(format!("verified with the error {}", verified["max_relative_error"]));
    }
}

/// `text` sent back as an expression has the result's shape and, where there are numbers, its numbers.
fn text_means_the_result(request: &Value, answer: &Value, has_numbers: bool, wrong: &mut Vec<String>) {
    let text = text_of(answer, "text");
    let op = if has_numbers { "eval" } else { "parse" };
    let mut question = json!({"id": "text", "op": op, "expr": text, "vars": answer["vars"]});
    for field in ["funcs", "at"] {
        if let Some(value) = request.get(field).filter(|_| has_numbers || field == "funcs") {
            question[field] = value.clone();
        }
    }
    let back = match ask(&question) {
        Ok(back) => back,
        Err(error) => return wrong.push(error),
    };
    if back["ok"] != true {
        return wrong.push(format!("the text `{}` is refused: {}", shorten(text), back["error"]));
    }
    // What the question fixed (`m * n = 6`) the text alone leaves open: then the numbers say that the shapes agree.
    let order = |value: &Value| value["shape"].as_array().map_or(0, Vec::len);
    if back["shape"] != answer["shape"] && !(has_numbers && order(&back) == order(answer)) {
        wrong.push(format!("the text `{}` has the shape {}, not {}", shorten(text), back["shape"], answer["shape"]));
    }
    if has_numbers {
        let Some(got) = back.get("value") else { return wrong.push("the text has no value".to_owned()) };
        // Where everything cancels, what is left is rounding, and two right formulas leave different rests.
        let largest = numbers::flat(&answer["jacobian"]).map_or(0.0, |all| numbers::scale(&all));
        let rests = numbers::flat(got).is_some_and(|all| numbers::scale(&all) < 1e-12);
        if largest < 1e-14 && rests {
            return;
        }
        if let Some(difference) = difference(got, &answer["jacobian"], TOLERANCE) {
            wrong.push(format!("the text `{}` gives other numbers: {difference}", shorten(text)));
        }
    }
}

fn short_answer_is_part_of_the_full_one(request: &Value, answer: &Value, wrong: &mut Vec<String>) {
    let short = match ask(&with(request, "detail", "result")) {
        Ok(short) => short,
        Err(error) => return wrong.push(error),
    };
    for field in ["ok", "shape", "vars", "text", "value", "jacobian"] {
        if short.get(field) != answer.get(field) {
            wrong.push(format!("detail result: {field} is {:?}, not {:?}", short.get(field), answer.get(field)));
        }
    }
    for field in ["steps", "latex", "python", "verified", "view"] {
        if short.get(field).is_some() {
            wrong.push(format!("detail result has {field}"));
        }
    }
}

fn layout_changes_no_number(request: &Value, answer: &Value, wrong: &mut Vec<String>) {
    for layout in ["numerator", "denominator", "mixed"] {
        let other = match ask(&with(request, "layout", layout)) {
            Ok(other) => other,
            Err(error) => return wrong.push(error),
        };
        for field in ["ok", "shape", "vars", "text", "value", "jacobian", "python"] {
            if other.get(field) != answer.get(field) {
                wrong.push(format!("{layout}: {field} is {:?}, not {:?}", other.get(field), answer.get(field)));
            }
        }
    }
}

/// Every step of the tree was evaluated on both sides and held; none is empty.
fn page_steps_are_true(request: &Value, answer: &Value, wrong: &mut Vec<String>) {
    let page = match ask(&with(request, "detail", "page")) {
        Ok(page) => page,
        Err(error) => return wrong.push(error),
    };
    let view = &page["view"];
    if !view.is_object() {
        return wrong.push("detail page: no view".to_owned());
    }
    for field in ["input", "question", "result", "result_shape", "layout_note"] {
        if text_of(view, field).trim().is_empty() {
            wrong.push(format!("detail page: no {field}"));
        }
    }
    let headlines = view["steps"].as_array().map_or(0, Vec::len);
    let flat = answer["steps"].as_array().map_or(0, Vec::len);
    if headlines > 7 || (headlines == 0) != (flat == 0) {
        wrong.push(format!("detail page: {headlines} headlines for {flat} steps"));
    }
    wrong.extend(untrue_steps(&view["steps"]));
}

/// The nodes of a step tree that are incomplete or whose two sides differ.
pub fn untrue_steps(steps: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut waiting: Vec<&Value> = steps.as_array().into_iter().flatten().collect();
    while let Some(step) = waiting.pop() {
        waiting.extend(step["sub"].as_array().into_iter().flatten());
        let name = format!("step {} ({})", text_of(step, "id"), text_of(step, "rule"));
        for field in ["id", "rule", "title", "why"] {
            if text_of(step, field).trim().is_empty() {
                wrong.push(format!("{name} has no {field}"));
            }
        }
        let table = step["rows"].as_array().is_some_and(|rows| !rows.is_empty());
        if !table && (text_of(step, "before").is_empty() || text_of(step, "after").is_empty()) {
            wrong.push(format!("{name} has neither two sides nor a table"));
        }
        if step["check"]["ok"] != true {
            wrong.push(format!("{name} does not hold: {}", step["check"]));
        }
    }
    wrong
}
