//! The door of a session that reports: text in, text out, a refusal as the error's JSON. (Training as fast as it goes is behind
//! numbers_door.rs.)

use crate::error::Error;
use crate::train::Session;
use crate::words::speaking;
use serde::Serialize;
use serde_json::{Value, json};

/// A training session that tells everything after each call, in JSON. Every `Err` is the JSON of a failed answer, `{"ok": false, "error": {…}}`.
pub struct Reporter {
    session: Session,
}

/// The JSON of a refusal; a span in it counts in `source`.
pub(super) fn refusal(error: &Error, source: &str) -> String {
    json!({ "ok": false, "error": error.view(source) }).to_string()
}

pub(super) fn answer<T: Serialize>(result: Result<T, Error>) -> Result<String, String> {
    result.map_err(|error| refusal(&error, "")).map(|value| json!(value).to_string())
}

/// A text field of some JSON, for the span of an error.
pub(super) fn source(json: &str, field: &str) -> String {
    let value: Option<Value> = serde_json::from_str(json).ok();
    value.and_then(|value| Some(value.get(field)?.as_str()?.to_owned())).unwrap_or_default()
}

impl Reporter {
    /// Opens a session from its specification; spans count in the loss.
    pub fn new(spec: &str) -> Result<Reporter, String> {
        let session = Session::new(spec).map_err(|error| refusal(&error, &source(spec, "loss")))?;
        Ok(Reporter { session })
    }

    /// In the language that the specification asks for.
    fn speaking<T>(&mut self, work: impl FnOnce(&mut Session) -> T) -> T {
        speaking(self.session.engine.spec.language, || work(&mut self.session))
    }

    /// Does up to `count` updates and tells where training stands.
    pub fn step(&mut self, count: u32) -> Result<String, String> {
        self.speaking(|session| answer(session.step(count)))
    }

    pub fn state(&mut self) -> Result<String, String> {
        self.speaking(|session| answer(session.state()))
    }

    pub fn reset(&mut self) -> Result<String, String> {
        self.speaking(|session| answer(session.reset()))
    }

    pub fn set_rate(&mut self, rate: f64) -> Result<(), String> {
        self.speaking(|session| session.set_rate(rate).map_err(|error| refusal(&error, "")))
    }

    /// Values row by row.
    pub fn set_param(&mut self, name: &str, values: &[f64]) -> Result<(), String> {
        self.speaking(|session| session.set_param(name, values).map_err(|error| refusal(&error, "")))
    }

    /// The last update in full.
    pub fn detail(&self) -> Result<String, String> {
        speaking(self.session.engine.spec.language, || answer(self.session.detail()))
    }

    /// An expression over the current parameters, the data and further inputs, row by row; spans count in `expr`.
    pub fn evaluate(&self, request: &str) -> Result<Vec<f64>, String> {
        let engine = &self.session.engine;
        let evaluated = speaking(engine.spec.language, || engine.evaluate(request));
        evaluated.map_err(|error| refusal(&error, &source(request, "expr")))
    }
}
