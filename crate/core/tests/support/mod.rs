//! What the integration tests share. Each test binary uses a part of it.
#![allow(dead_code)]

pub mod compose;
pub mod derivation;
pub mod forms;
pub mod generate;
pub mod laws;
pub mod mutate;
pub mod numbers;
pub mod rows;
pub mod scramble;

use serde_json::Value;

/// Sends one line to the engine and reads its answer; a broken answer becomes an error text.
pub fn ask_line(line: &str) -> Result<Value, String> {
    let answer = chalkgrad_core::call(line);
    if answer.contains('\n') {
        return Err("the answer is more than one line".to_owned());
    }
    serde_json::from_str(&answer).map_err(|error| format!("the answer is no JSON ({error}): {}", shorten(&answer)))
}

/// Sends one request.
pub fn ask(request: &Value) -> Result<Value, String> {
    ask_line(&request.to_string())
}

/// The request with one field set.
pub fn with(request: &Value, field: &str, value: impl Into<Value>) -> Value {
    let mut changed = request.clone();
    changed[field] = value.into();
    changed
}

/// A text for a failure report: long ones are cut.
pub fn shorten(text: &str) -> String {
    if text.chars().count() <= 400 { text.to_owned() } else { text.chars().take(400).chain("…".chars()).collect() }
}

/// A number from the environment: how much is asked in the long run, and where it starts.
pub fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name)
        .ok()
        .map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}
