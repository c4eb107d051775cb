//! An error for people: the message, the place under a row of carets, and the way out.

use serde_json::Value;
use std::fmt::Write;

/// Characters of the source shown at most: a long line is cut around the place.
const WIDTH: usize = 96;

/// `error` as in the batch contract; its span counts UTF-16 code units of `source`.
pub fn error(error: &Value, source: &str) -> String {
    let mut out = String::new();
    let text = |field: &str| error[field].as_str().unwrap_or_default().to_owned();
    let _ = writeln!(out, "{}", say!("error.kind", kind = text("kind"), message = text("message")));
    if let Some((start, end)) = span(error) {
        let (line, carets) = underline(source, start, end);
        let _ = writeln!(out, "\n  {line}\n  {carets}\n");
    }
    if !text("hint").is_empty() {
        let _ = writeln!(out, "{}", say!("show.hint", hint = text("hint")));
    }
    for replacement in error["replacements"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let _ = writeln!(out, "  {}", say!("error.try", replacement));
    }
    out
}

fn span(error: &Value) -> Option<(u64, u64)> {
    Some((error["span"][0].as_u64()?, error["span"][1].as_u64()?))
}

/// The source in one line and the carets under the span. An empty span has one caret.
fn underline(source: &str, start: u64, end: u64) -> (String, String) {
    let mut units = 0;
    let mut shown: Vec<(char, bool)> = Vec::new();
    for c in source.chars() {
        let marked = units < end && units + c.len_utf16() as u64 > start;
        shown.push((if c.is_control() { ' ' } else { c }, marked));
        units += c.len_utf16() as u64;
    }
    if !shown.iter().any(|(_, marked)| *marked) {
        let place = source.chars().scan(0, |at, c| Some(std::mem::replace(at, *at + c.len_utf16() as u64)));
        let place = place.take_while(|at| *at < start).count();
        shown.resize(shown.len().max(place + 1), (' ', false));
        shown[place].1 = true;
    }
    cut(&shown)
}

/// Cuts a long line to the part around the first caret.
fn cut(shown: &[(char, bool)]) -> (String, String) {
    let first = shown.iter().position(|(_, marked)| *marked).unwrap_or(0);
    let from = if shown.len() <= WIDTH { 0 } else { first.saturating_sub(WIDTH / 3).min(shown.len() - WIDTH) };
    let until = shown.len().min(from + WIDTH);
    let (before, after) = (if from > 0 { "… " } else { "" }, if until < shown.len() { " …" } else { "" });
    let line: String = shown[from..until].iter().map(|(c, _)| c).collect();
    let carets: String = shown[from..until].iter().map(|(_, marked)| if *marked { '^' } else { ' ' }).collect();
    let indent = " ".repeat(before.chars().count());
    (format!("{before}{}{after}", line.trim_end()), format!("{indent}{}", carets.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn carets_stand_under_the_span() {
        assert_eq!(underline("W x + b", 2, 3), ("W x + b".into(), "  ^".into()));
        assert_eq!(underline("α·x + 𝑤b", 6, 8), ("α·x + 𝑤b".into(), "      ^".into()));
    }

    #[test]
    fn a_span_after_the_end_or_empty_has_one_caret() {
        assert_eq!(underline("x +", 3, 3), ("x +".into(), "   ^".into()));
        assert_eq!(underline("x + y", 2, 2), ("x + y".into(), "  ^".into()));
        assert_eq!(underline("", 0, 0), (String::new(), "^".into()));
        assert_eq!(underline("x", 900, 900), ("x".into(), " ^".into()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let source = format!("{}y{}", "x + ".repeat(500), " + z".repeat(500));
        let (line, carets) = underline(&source, 2000, 2001);
        assert!(line.chars().count() <= WIDTH + 4);
        let place = carets.chars().position(|c| c == '^').unwrap();
        assert_eq!(line.chars().nth(place), Some('y'));
    }

    #[test]
    fn hint_and_replacement_are_shown() {
        let shown = error(
            &json!({"kind": "shape", "message": "No.", "span": [0, 5], "hint": "A dot.", "replacements": ["x · y"]}),
            "x * y",
        );
        assert_eq!(shown, "error (shape): No.\n\n  x * y\n  ^^^^^\n\nhint: A dot.\n  try: x · y\n");
    }
}
