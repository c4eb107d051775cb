//! `chalkgrad train spec.json --steps N`: trains and prints where it got, in JSON. `chalkgrad network circle.json` prints a session for
//! it.

use crate::caret;
use crate::request::asked_for;
use chalkgrad_core::train::Trainer;
use std::process::ExitCode;

/// Steps in one call of the engine: between two of them the loss curve gets a point.
const POINTS: u64 = 50;

/// Reads the session (`-`: from standard input), takes the steps, prints one line.
pub fn train(file: &str, steps: u64, curve: bool, program: bool) -> ExitCode {
    answer(file, "loss", |spec| run(spec, steps, curve, program))
}

/// Reads a network (`-`: from standard input), prints the session that trains it.
pub fn network(file: &str) -> ExitCode {
    answer(file, "activation", |description| {
        let built = read(&chalkgrad_core::train::network(description)?);
        Ok(built["spec"].to_string())
    })
}

/// Reads a file, prints what comes of it; a refusal in words, with its place in the text of one field.
fn answer(file: &str, field: &str, work: impl FnOnce(&str) -> Result<String, String>) -> ExitCode {
    let text = if file == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(file) };
    let text = match text {
        Ok(text) => with_language(text),
        Err(error) => {
            eprintln!("{}", say!("error.unreadable", file, error));
            return ExitCode::FAILURE;
        }
    };
    match work(&text) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprint!("{}", caret::error(&read(&refusal)["error"], read(&text)[field].as_str().unwrap_or_default()));
            ExitCode::FAILURE
        }
    }
}

/// The session speaks as the command does, unless it says so itself: of two fields the last counts.
fn with_language(text: String) -> String {
    match (asked_for(), text.trim_start().strip_prefix('{')) {
        (Some(language), Some(fields)) if fields.trim() != "}" => format!("{{\"language\": \"{language}\", {fields}"),
        _ => text,
    }
}

fn read(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn run(spec: &str, steps: u64, curve: bool, program: bool) -> Result<String, String> {
    let mut trainer = Trainer::new(spec)?;
    if program {
        return Ok(trainer.listing());
    }
    let mut losses = vec![trainer.loss()?];
    let mut left = steps;
    let at_once = if curve { steps.div_ceil(POINTS).max(1) } else { steps.max(1) };
    while left > 0 {
        let some = left.min(at_once).min(u32::MAX.into());
        trainer.step(some as u32)?;
        if curve {
            losses.push(trainer.loss()?);
        }
        left -= some;
    }
    let state = trainer.state()?;
    if !curve {
        return Ok(state);
    }
    let mut state: serde_json::Value = serde_json::from_str(&state).map_err(|e| e.to_string())?;
    state["curve"] = losses.into();
    Ok(state.to_string())
}
