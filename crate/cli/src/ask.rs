//! One request, answered in words or as JSON.

use crate::request::{self, Request};
use crate::{Given, caret, show};
use serde_json::Value;
use std::io::Write;
use std::process::ExitCode;

/// Asks the engine and shows its answer; `source` is the text in which the span of an error counts.
pub fn ask(mut request: Request, given: Given, source: &str) -> ExitCode {
    let filled = fill(&mut request, &given);
    if let Err(message) = filled {
        eprintln!("error: {message}");
        return ExitCode::from(2);
    }
    answer(&request.text(), given.json, show::answer, source)
}

/// Lists what the engine knows.
pub fn catalog(json: bool) -> ExitCode {
    answer(r#"{"op":"catalog"}"#, json, show::catalog, "")
}

fn fill(request: &mut Request, given: &Given) -> Result<(), String> {
    request.set_entries("vars", request::shapes(&given.vars)?);
    request.set_entries("at", request::numbers(&given.at)?);
    request.set_entries("assume", request::properties(&given.assume)?);
    Ok(())
}

fn answer(request: &str, json: bool, words: impl Fn(&Value) -> String, source: &str) -> ExitCode {
    let text = chalkgrad_core::call(request);
    let answer: Value = serde_json::from_str(&text).unwrap_or_default();
    let ok = answer["ok"] == true;
    if json {
        print(&format!("{text}\n"));
    } else if ok {
        print(&words(&answer));
    } else {
        eprint!("{}", caret::error(&answer["error"], source));
    }
    if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints; a reader that went away (`| head`) is no error.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
