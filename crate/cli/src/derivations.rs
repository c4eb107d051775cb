//! Derivations written out as a page of Markdown, with formulas as GitHub shows them.

use crate::numbers;
use crate::request::asked_for;
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

fn head() -> String {
    let lines = [say!("page.about_1"), say!("page.about_2"), say!("page.about_3")];
    format!("# {}\n\n{}\n", say!("page.title"), lines.join("\n"))
}

/// The whole page. Errors: the line whose question has no answer, and why.
pub fn document(questions: &str) -> Result<String, String> {
    let mut contents = String::new();
    let mut body = String::new();
    let lines = questions.lines().filter(|line| !line.trim().is_empty());
    for (at, line) in lines.enumerate() {
        let (heading, derivation) =
            derivation(at + 1, line).map_err(|error| say!("page.line", line = at + 1, error))?;
        let anchor: String = heading.chars().filter(|c| c.is_alphanumeric() || " -".contains(*c)).collect();
        let _ = writeln!(contents, "- [{heading}](#{})", anchor.to_lowercase().replace(' ', "-"));
        body.push_str(&derivation);
    }
    Ok(format!("{}\n{contents}{body}", head()))
}

fn derivation(number: usize, line: &str) -> Result<(String, String), String> {
    let mut request: Map<String, Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut take = |field: &str| match request.remove(field) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(say!("page.missing", field)),
    };
    let (title, about, source) = (take("title")?, take("about")?, take("source")?);
    let layout_told = request.contains_key("layout");
    request.insert("id".into(), number.into());
    request.insert("detail".into(), "page".into());
    if let Some(language) = asked_for() {
        request.entry("language").or_insert(language.into());
    }
    let answer = chalkgrad_core::call(&Value::Object(request).to_string());
    let answer: Value = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
    if answer["ok"] != true {
        return Err(answer["error"]["message"].as_str().map_or_else(|| say!("page.no_answer"), str::to_owned));
    }
    let view = &answer["view"];
    let heading = format!("{number}. {title}");
    let mut out = format!("\n## {heading}\n\n{about}\n*{}.*\n", capital(&source));
    let (question, result) = (unmarked(text(view, "question")), unmarked(text(view, "result")));
    let _ = write!(out, "\n**{}** {}\n{}", say!("page.question"), say!("page.what_is"), display(&question));
    let _ = writeln!(out, "\n{}", say!("page.where", shapes = shapes(view)));
    if layout_told {
        let _ = writeln!(out, "({})", text(view, "layout_note"));
    }
    let mut before = question.clone();
    for (at, step) in list(view, "steps").iter().enumerate() {
        write_step(&mut out, at + 1, step, &question, &mut before);
    }
    let _ = write!(out, "\n**{}**\n{}", say!("page.result"), display(&format!("{question} = {result}")));
    let _ = writeln!(out, "\n{}", checked(&answer));
    Ok((heading, out))
}

/// A headline: its rule, why it may be done, and what it gives.
fn write_step(out: &mut String, number: usize, step: &Value, question: &str, before: &mut String) {
    let _ = writeln!(out, "\n**{} {}.** {}", say!("page.step", number), text(step, "title"), text(step, "why"));
    let rows = list(step, "rows");
    if !rows.is_empty() {
        out.push_str(&table(rows));
    }
    let after = unmarked(text(step, "after"));
    let (from, is_new) = (unmarked(text(step, "before")), after != *before);
    let is_first = *before == question;
    if is_new {
        // A step may look at another statement than the last one left: then both sides are written.
        let equation = if from == *before && !is_first { format!("= {after}") } else { format!("{from} = {after}") };
        out.push_str(&display(&equation));
        *before = after;
    }
    let mut told = vec![text(step, "rule")];
    bullets(out, step, 0, &mut told);
}

/// What was used below a headline: each rule once, with its reason; where a derivation of its own lies below (a
/// component, a partial), its formulas too.
fn bullets<'a>(out: &mut String, step: &'a Value, depth: usize, told: &mut Vec<&'a str>) {
    for sub in list(step, "sub") {
        let formulas = below(step, sub);
        let is_news = !formulas.is_empty() || !told.contains(&text(sub, "rule"));
        let is_worth_it = text(sub, "level") != "housekeeping" && (text(sub, "rule") != "tidy" || !formulas.is_empty());
        let is_told = is_news && is_worth_it && text(sub, "rule") != text(step, "rule");
        if is_told {
            told.push(text(sub, "rule"));
            let statement = unmarked(text(sub, "statement"));
            let is_law = text(sub, "level") == "rule" && !statement.is_empty();
            let statement = if is_law { format!(" {}.", inline(&statement)) } else { String::new() };
            let formulas = if formulas.is_empty() { String::new() } else { format!(" {formulas}") };
            let indent = "  ".repeat(depth);
            let _ = writeln!(out, "{indent}- *{}.*{statement} {}{formulas}", text(sub, "title"), text(sub, "why"));
        }
        bullets(out, sub, depth + usize::from(is_told), told);
    }
}

/// Substeps whose results stand between those of their headline: without them it would be a leap.
const BETWEEN: [&str; 3] = ["fill-in-differentials", "as-a-trace", "entry-by-entry"];

/// The formulas of a substep that its parent does not show already.
fn below(parent: &Value, sub: &Value) -> String {
    let rows = list(sub, "rows");
    let shown = list(parent, "rows");
    let sides = |row: &Value| (unmarked(text(row, "left")), unmarked(text(row, "right")));
    if !rows.is_empty() {
        let news = rows.iter().map(sides).filter(|row| !shown.iter().any(|other| sides(other) == *row));
        return news.map(|(left, right)| inline(&format!("{left} = {right}"))).collect::<Vec<_>>().join(", ");
    }
    let after = unmarked(text(sub, "after"));
    let known = shown.iter().any(|row| sides(row).1 == after);
    let of_parent = unmarked(text(parent, "after")) == after;
    let is_nested = text(parent, "level") != "headline" || BETWEEN.contains(&text(sub, "rule"));
    if known || of_parent || !is_nested { String::new() } else { inline(&format!("= {after}")) }
}

/// Rows of a table as aligned equations, each with its rule, or the size of what it names.
fn table(rows: &[Value]) -> String {
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let (left, right) = (unmarked(text(row, "left")), unmarked(text(row, "right")));
            let note = match (text(row, "rule"), text(row, "shape")) {
                ("", "1 × 1") => String::new(),
                ("", word) if word == say!("show.scalar") => format!(" && \\text{{{}}}", say!("page.number")),
                ("", shape) if shape.contains('×') => format!(" && {}", shape.replace('×', "\\times")),
                ("", size) => format!(" && {size} \\text{{ {}}}", say!("page.entries")),
                (rule, _) => format!(" && \\text{{{rule}}}"),
            };
            format!("{left} &= {right}{note}")
        })
        .collect();
    display(&format!("\\begin{{aligned}}\n{}\n\\end{{aligned}}", lines.join(" \\\\\n")))
}

/// A formula on a line of its own.
fn display(latex: &str) -> String {
    format!("\n$$\n{latex}\n$$\n")
}

/// A formula in a line of text.
fn inline(latex: &str) -> String {
    format!("$`{latex}`$")
}

/// "w and x are vectors with n entries, and b is a number": the variables, those of one shape together.
fn shapes(view: &Value) -> String {
    let mut groups: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for name in list(view, "names") {
        let sizes: Vec<String> = list(name, "shape").iter().map(size).collect();
        let letter = inline(&unmarked(text(name, "latex")));
        match groups.iter_mut().find(|(known, _)| *known == sizes) {
            Some((_, letters)) => letters.push(letter),
            None => groups.push((sizes, vec![letter])),
        }
    }
    let words: Vec<String> = groups
        .iter()
        .map(|(sizes, letters)| {
            let (one, size) = (letters.len() == 1, sizes.join(" × "));
            let letters = listed(letters);
            match (&sizes[..], one) {
                ([], true) => say!("page.is_number", letters),
                ([], false) => say!("page.are_numbers", letters),
                ([_], true) => say!("page.is_vector", letters, size),
                ([_], false) => say!("page.are_vectors", letters, size),
                (_, true) => say!("page.is_matrix", letters, size),
                (_, false) => say!("page.are_matrices", letters, size),
            }
        })
        .collect();
    listed(&words)
}

/// "a", "a and b", "a, b and c"
fn listed(words: &[String]) -> String {
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} {} {last}", others.join(", "), say!("page.and")),
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
    let error = |value: f64| match value {
        0.0 => say!("page.no_difference"),
        value => say!("page.difference", size = numbers::short(value, 2)),
    };
    let all = match steps.0 {
        1 => say!("page.one_step"),
        count => say!("page.steps", count),
    };
    let checked = say!(
        "page.checked",
        points = verified["points"],
        error = error(verified["max_relative_error"].as_f64().unwrap_or(f64::NAN)),
        exact = verified["exact_points"],
        all,
        step_error = error(steps.1),
    );
    format!("{}\n\n{checked}", say!("page.typed", text = text(answer, "text")))
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
