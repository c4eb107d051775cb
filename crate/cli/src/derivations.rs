//! Derivations written out as a page of Markdown, with formulas as GitHub shows them.

use crate::numbers;
use serde_json::{Map, Value};
use std::fmt::Write;
use std::process::ExitCode;

/// Writes the questions of a file, one a line: requests that also hold `title`, `about` and `source`.
pub fn run(file: &str) -> ExitCode {
    match std::fs::read_to_string(file).map_err(|error| error.to_string()).and_then(|questions| document(&questions)) {
        Ok(document) => {
            print!("{document}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{file}: {message}");
            ExitCode::FAILURE
        }
    }
}

const HEAD: &str = "# Derivations, written out

Each derivation below was made by Chalkgrad and written by it, with `npm run derivations`; the questions are the lines of
[derivations.jsonl](derivations.jsonl). In all of them the derivative of a number is a row (numerator layout), and each step is an
equation that was evaluated on both sides before it was written here.
";

/// The whole page. Errors: the line whose question has no answer, and why.
pub fn document(questions: &str) -> Result<String, String> {
    let mut contents = String::new();
    let mut body = String::new();
    let lines = questions.lines().filter(|line| !line.trim().is_empty());
    for (at, line) in lines.enumerate() {
        let (heading, derivation) = derivation(at + 1, line).map_err(|error| format!("line {}: {error}", at + 1))?;
        let anchor: String = heading.chars().filter(|c| c.is_alphanumeric() || " -".contains(*c)).collect();
        let _ = writeln!(contents, "- [{heading}](#{})", anchor.to_lowercase().replace(' ', "-"));
        body.push_str(&derivation);
    }
    Ok(format!("{HEAD}\n{contents}{body}"))
}

fn derivation(number: usize, line: &str) -> Result<(String, String), String> {
    let mut request: Map<String, Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut take = |field: &str| match request.remove(field) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(format!("`{field}` is missing")),
    };
    let (title, about, source) = (take("title")?, take("about")?, take("source")?);
    request.insert("id".into(), number.into());
    request.insert("detail".into(), "page".into());
    let answer = chalkgrad_core::call(&Value::Object(request).to_string());
    let answer: Value = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
    if answer["ok"] != true {
        return Err(answer["error"]["message"].as_str().unwrap_or("no answer").to_owned());
    }
    let view = &answer["view"];
    let heading = format!("{number}. {title}");
    let mut out = format!("\n## {heading}\n\n{about}\n*{}.*\n", capital(&source));
    let (question, result) = (unmarked(text(view, "question")), unmarked(text(view, "result")));
    let _ = write!(out, "\n**Question.** What is\n{}", display(&question));
    let _ = writeln!(out, "where {}?", shapes(view));
    let mut before = question.clone();
    for (at, step) in list(view, "steps").iter().enumerate() {
        write_step(&mut out, at + 1, step, &mut before);
    }
    let _ = write!(out, "\n**Result.**{}", display(&format!("{question} = {result}")));
    let _ = writeln!(out, "{}", checked(&answer));
    Ok((heading, out))
}

/// A headline: its rule, why it may be done, and what it gives.
fn write_step(out: &mut String, number: usize, step: &Value, before: &mut String) {
    let _ = writeln!(out, "\n**Step {number}. {}.** {}", text(step, "title"), text(step, "why"));
    let rows = list(step, "rows");
    if !rows.is_empty() {
        out.push_str(&table(rows));
    }
    let after = unmarked(text(step, "after"));
    let (from, is_new) = (unmarked(text(step, "before")), after != *before);
    if is_new {
        // A step may look at another statement than the last one left: then both sides are written.
        let equation = if from == *before && number > 1 { format!("= {after}") } else { format!("{from} = {after}") };
        out.push_str(&display(&equation));
        *before = after;
    }
    let mut told: Vec<&str> = vec![text(step, "rule")];
    let mut below = Vec::new();
    reasons(step, &mut told, &mut below);
    for reason in below {
        let _ = writeln!(out, "- {reason}");
    }
}

/// The rules used below a headline, each once: name and reason.
fn reasons<'a>(step: &'a Value, told: &mut Vec<&'a str>, below: &mut Vec<String>) {
    for sub in list(step, "sub") {
        let is_news = !told.contains(&text(sub, "rule"));
        if is_news && text(sub, "level") != "housekeeping" {
            told.push(text(sub, "rule"));
            let statement = unmarked(text(sub, "statement"));
            let statement = if statement.is_empty() { String::new() } else { format!(" $`{statement}`$.") };
            below.push(format!("*{}.*{statement} {}", text(sub, "title"), text(sub, "why")));
        }
        reasons(sub, told, below);
    }
}

/// Rows of a table as aligned equations, each with its rule.
fn table(rows: &[Value]) -> String {
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let (left, right) = (unmarked(text(row, "left")), unmarked(text(row, "right")));
            let note = match text(row, "rule") {
                "" => text(row, "shape").to_owned(),
                rule => rule.to_owned(),
            };
            format!("{left} &= {right} && \\text{{{}}}", note.replace(" × ", " by "))
        })
        .collect();
    display(&format!("\\begin{{aligned}}\n{}\n\\end{{aligned}}", lines.join(" \\\\\n")))
}

/// A formula on a line of its own.
fn display(latex: &str) -> String {
    format!("\n\n$$\n{latex}\n$$\n\n")
}

/// "w and x have n entries each": the variables with their shapes.
fn shapes(view: &Value) -> String {
    let words: Vec<String> = list(view, "names")
        .iter()
        .map(|name| {
            let sizes: Vec<String> = list(name, "shape").iter().map(size).collect();
            let kind = match &sizes[..] {
                [] => "a number".to_owned(),
                [n] => format!("a vector with {n} entries"),
                sizes => format!("a matrix of size {}", sizes.join(" × ")),
            };
            format!("$`{}`$ is {kind}", unmarked(text(name, "latex")))
        })
        .collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => words.concat(),
    }
}

fn size(dim: &Value) -> String {
    dim.as_str().map_or_else(|| dim.to_string(), |name| format!("*{name}*"))
}

/// What the checks by number found.
fn checked(answer: &Value) -> String {
    let verified = &answer["verified"];
    let mut steps = (0usize, 0.0f64);
    let mut open: Vec<&Value> = list(&answer["view"], "steps").iter().collect();
    while let Some(step) = open.pop() {
        let error = step["check"]["max_relative_error"].as_f64().unwrap_or(f64::NAN);
        steps = (steps.0 + 1, steps.1.max(error));
        open.extend(list(step, "sub"));
    }
    let error = |value: f64| {
        if value == 0.0 { "no difference".to_owned() } else { format!("at most {}", numbers::short(value, 2)) }
    };
    format!(
        "In Chalkgrad's language: `{}`.\n\nChecked against dual numbers at {} random points, each with sizes of its own: relative error {}; \
         without any rounding, modulo a prime, at {}. Its {} steps, large and small: relative error {}.",
        text(answer, "text"),
        verified["points"],
        error(verified["max_relative_error"].as_f64().unwrap_or(f64::NAN)),
        verified["exact_points"],
        steps.0,
        error(steps.1),
    )
}

/// LaTeX without the marks that pages colour and click: `\htmlData{…}{x}` is x.
fn unmarked(latex: &str) -> String {
    const MARKS: [&str; 3] = ["\\htmlData{", "\\htmlClass{", "\\htmlId{"];
    let mut out = String::with_capacity(latex.len());
    let mut rest = latex;
    // For each open brace: does it belong to a mark?
    let mut braces: Vec<bool> = Vec::new();
    while let Some(next) = rest.chars().next() {
        if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
            // The mark's own argument holds no braces; behind it stands the brace of what is marked.
            let end = rest[mark.len()..].find("}{").map_or(rest.len(), |at| mark.len() + at + 2);
            rest = &rest[end..];
            braces.push(true);
            continue;
        }
        let escaped = next == '\\';
        let length = if escaped { 1 + rest[1..].chars().next().map_or(0, char::len_utf8) } else { next.len_utf8() };
        let is_of_mark = match next {
            '{' => {
                braces.push(false);
                false
            }
            '}' => braces.pop().unwrap_or(false),
            _ => false,
        };
        if !is_of_mark {
            out.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    out.replace("\\mkern3mu ", "\\,")
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/");

    #[test]
    fn marks_are_taken_off() {
        let marked =
            "\\htmlClass{changed}{\\frac{\\htmlData{name=x}{\\mathbf{x}}}{2}}\\mkern3mu \\{\\htmlData{name=y}{y}\\}";
        assert_eq!(unmarked(marked), "\\frac{\\mathbf{x}}{2}\\,\\{y\\}");
    }

    #[test]
    fn the_page_is_what_is_written_today() {
        let read = |name: &str| std::fs::read_to_string(format!("{FOLDER}{name}")).expect("a file of docs");
        let written = document(&read("derivations.jsonl")).expect("every question has an answer");
        let kept = read("derivations.md");
        let differs = kept.lines().zip(written.lines()).position(|(kept, written)| kept != written);
        assert!(
            kept == written,
            "docs/derivations.md differs at line {differs:?}: `npm run derivations` writes it anew"
        );
        assert_eq!(written.matches("\n## ").count(), 20);
        assert!(!written.contains("\\html"), "a mark is left");
    }
}
