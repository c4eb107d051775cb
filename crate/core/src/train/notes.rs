//! What a learner should be told although nothing is wrong: settings that cannot do what they seem to, data that
//! teaches nothing, units that no longer learn.

use crate::error::Error;
use crate::eval::{Env, Plan};
use crate::expr::NodeId;
use crate::ops::elementwise;
use crate::train::report::Note;
use crate::train::{Model, Spec};

/// Beyond this a sigmoid is within a millionth of 0 or 1, and a tanh within 10⁻¹² of ±1.
const SATURATED: f64 = 14.0;

pub(super) fn of_settings(spec: &Spec, rate: f64) -> Vec<Note> {
    let mut notes = Vec::new();
    if let (Some(batch), Some(samples)) = (spec.batch, spec.samples())
        && batch > samples
    {
        let message = say!("notes.batch", batch, samples);
        notes.push(Note::new("batch", message));
    }
    if rate == 0.0 {
        notes.push(Note::new("rate", say!("notes.rate")));
    }
    notes
}

/// Columns of the data that are the same for every sample.
pub(super) fn of_data(spec: &Spec) -> Vec<Note> {
    let mut notes = Vec::new();
    for (name, values) in &spec.data {
        let width: usize = values.shape[1..].iter().product();
        if values.shape[0] < 2 {
            continue;
        }
        for column in 0..width {
            let first = values.data[column];
            if values.data.iter().skip(column).step_by(width).all(|&x| x == first) {
                let what = if values.shape.len() == 1 {
                    format!("`{name}`")
                } else {
                    say!("notes.column", column = column + 1, name)
                };
                let message = say!("notes.same", what, first);
                notes.push(Note::new("constant", message));
            }
        }
    }
    notes
}

/// Rectifiers that are 0 on every sample, and sigmoids and tanhs that are flat on every sample.
pub(super) fn of_units(model: &Model, everything: &Env<f64>) -> Result<Vec<Note>, Error> {
    let arena = &model.arena;
    let watched = [&elementwise::RELU, &elementwise::SIGMOID, &elementwise::TANH];
    let roots: Vec<NodeId> = definitions(model);
    let units: Vec<NodeId> = arena
        .reachable(&roots)
        .into_iter()
        .filter(|&id| watched.contains(&arena.op(id)) && arena.get(id).free.is_empty())
        .collect();
    let inputs: Vec<NodeId> = units.iter().map(|&id| arena.args(id)[0]).collect();
    let values = Plan::new(arena, &inputs, everything)?.run(arena, everything)?;
    let mut notes = Vec::new();
    for (&unit, input) in units.iter().zip(&values) {
        let op = arena.op(unit);
        // A matrix has a unit for each column; a vector is one unit on all samples.
        let (rows, columns) = input.rows_columns();
        let column = |c: usize| (0..rows).map(move |r| input.data[r * columns + c]);
        let idle = |c: usize| match op == &elementwise::RELU {
            true => column(c).all(|z| z <= 0.0),
            false => column(c).all(|z| z.abs() > SATURATED),
        };
        let count = (0..columns).filter(|&c| idle(c)).count();
        if count == 0 {
            continue;
        }
        let who = if columns == 1 { String::new() } else { format!("{}: ", say!("notes.units", count, columns)) };
        let note = if op == &elementwise::RELU {
            let message = say!("notes.silent");
            Note::new("dead", capital(&format!("{who}{message}")))
        } else {
            let message = say!("notes.saturated", op = op.name);
            Note::new("saturated", format!("{who}{message}"))
        };
        // A unit may stand in the loss and in a named part of it.
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok(notes)
}

/// The loss and whatever it names.
fn definitions(model: &Model) -> Vec<NodeId> {
    let symbols = model.named.iter().filter_map(|s| model.arena.symbols[s.0 as usize].definition);
    std::iter::once(model.loss).chain(symbols).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
