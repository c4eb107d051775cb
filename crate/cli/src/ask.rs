//! One request, answered in words or as JSON.

use crate::request::{self, Request};
use crate::{Given, caret, show};
use serde_json::Value;
use std::io::Write;
use std::process::ExitCode;

/// Asks the engine and shows its answer; `source` is the text in which the span of an error counts.
pub fn ask(mut request: Request, given: Given, source: &str) -> ExitCode {
    match fill(&mut request, &given) {
        Ok(()) => answer(&request.text(), given.json, show::answer, source),
        Err(message) => unreadable(&message),
    }
}

/// Asks the engine for a derivative and shows it as a program in a language, nothing else.
pub fn export(mut request: Request, given: Given, source: &str, language: &str) -> ExitCode {
    if let Err(message) = fill(&mut request, &given) {
        return unreadable(&message);
    }
    request.set("detail", "page");
    let answer: Value = serde_json::from_str(&chalkgrad_core::call(&request.text())).unwrap_or_default();
    if answer["ok"] != true {
        eprint!("{}", caret::error(&answer["error"], source));
        return ExitCode::FAILURE;
    }
    let mut exports = answer["view"]["exports"].as_array().into_iter().flatten();
    match exports.find(|export| export["language"] == language) {
        Some(export) => {
            print(&format!("{}\n", export["code"].as_str().unwrap_or_default()));
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("{}", say!("error.plain", message = say!("error.export", language)));
            ExitCode::FAILURE
        }
    }
}

fn unreadable(message: &str) -> ExitCode {
    eprintln!("{}", say!("error.plain", message));
    ExitCode::from(2)
}

/// Lists what the engine knows.
pub fn catalog(json: bool) -> ExitCode {
    answer(&Request::new("catalog", "").text(), json, show::catalog, "")
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
