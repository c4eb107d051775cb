//! The door of a session that only trains: f32 numbers in and out, many steps in a call, nothing said unless asked. A refusal is
//! the error's JSON, as at every door.

use crate::error::{Error, Kind};
use crate::ordered::Ordered;
use crate::tape::Install;
use crate::train::door::{answer, refusal, source};
use crate::train::report::Stopped;
use crate::train::{Engine, Model, Note, Spec, notes};
use crate::words::speaking;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// A training session behind numbers. Every `Err` is the JSON of a failed answer, `{"ok": false, "error": {…}}`.
pub struct Trainer {
    engine: Engine<f32>,
}

/// Where training stands.
#[derive(Serialize)]
struct Report {
    step: u64,
    loss: f64,
    batch_loss: f64,
    rate: f64,
    params: Ordered<String, crate::contract::Numbers>,
    stopped: Option<Stopped>,
    notes: Vec<Note>,
}

impl Trainer {
    /// Opens a session from its specification in JSON; spans count in the loss.
    pub fn new(spec: &str) -> Result<Trainer, String> {
        let open = || {
            let read = Spec::read(spec)?;
            speaking(read.language, || {
                let model = Model::of(&read)?;
                Engine::new(read, Rc::new(model), false)
            })
        };
        open().map(|engine| Trainer { engine }).map_err(|error| refusal(&error, &source(spec, "loss")))
    }

    /// Asks the engine, in the language that the specification asks for.
    fn told<V>(&mut self, work: impl FnOnce(&mut Engine<f32>) -> Result<V, Error>) -> Result<V, String> {
        speaking(self.engine.spec.language, || work(&mut self.engine)).map_err(|error| refusal(&error, ""))
    }

    /// Lets the steps run as wasm modules of their own: `install` takes a module's bytes and gives what runs it, or `None`.
    pub fn compile(&mut self, install: &mut Install) {
        self.engine.compile(install);
    }

    /// Does up to `count` steps, fewer where one has to be refused (`state` says why). Gives the loss of the last minibatch.
    pub fn step(&mut self, count: u32) -> Result<f64, String> {
        self.told(|engine| engine.step(count.into()))
    }

    /// The loss over all data.
    pub fn loss(&mut self) -> Result<f64, String> {
        self.told(Engine::loss)
    }

    /// A parameter's numbers, row by row.
    pub fn param(&self, name: &str) -> Result<Vec<f32>, String> {
        let place = speaking(self.engine.spec.language, || self.engine.place_of(name));
        place.map(|at| self.engine.param(at).to_vec()).map_err(|error| refusal(&error, ""))
    }

    pub fn set_param(&mut self, name: &str, values: &[f32]) -> Result<(), String> {
        let values: Vec<f64> = values.iter().map(|&x| x.into()).collect();
        self.told(|engine| engine.set_param(name, &values))
    }

    pub fn set_rate(&mut self, rate: f64) -> Result<(), String> {
        self.told(|engine| engine.set_rate(rate))
    }

    /// The gradient of the loss over all data by a parameter, row by row.
    pub fn gradient(&mut self, name: &str) -> Result<Vec<f32>, String> {
        let gradient = self.told(|engine| {
            let at = engine.place_of(name)?;
            engine.gradient(at)
        })?;
        Ok(gradient.into_iter().map(|x| x as f32).collect())
    }

    /// An expression over the current parameters, the data and further inputs, row by row; spans count in `expr`.
    pub fn evaluate(&self, request: &str) -> Result<Vec<f32>, String> {
        let numbers = speaking(self.engine.spec.language, || self.engine.evaluate(request));
        let numbers = numbers.map_err(|error| refusal(&error, &source(request, "expr")))?;
        Ok(numbers.into_iter().map(|x| x as f32).collect())
    }

    pub fn reset(&mut self) -> Result<(), String> {
        self.told(Engine::reset)
    }

    /// Everything that has to be known to come back here.
    pub fn snapshot(&self) -> String {
        let Engine { spec, now, rate, start_loss, .. } = &self.engine;
        let named = |numbers: &[f32]| -> Map<String, Value> {
            let one = |(at, p): (usize, &crate::train::Parameter)| {
                (p.name.clone(), Value::from(self.engine.part(at, numbers).data))
            };
            spec.params.iter().enumerate().map(one).collect()
        };
        let (params, velocity) = (named(&now.params), named(&now.velocity));
        json!({ "step": now.step, "rate": rate, "start_loss": start_loss, "params": params, "velocity": velocity })
            .to_string()
    }

    /// Back to a snapshot of this session. What does not fit changes nothing.
    pub fn restore(&mut self, snapshot: &str) -> Result<(), String> {
        speaking(self.engine.spec.language, || self.put_back(snapshot)).map_err(|error| refusal(&error, ""))
    }

    fn put_back(&mut self, snapshot: &str) -> Result<(), Error> {
        let wrong = |what: String| Error::new(Kind::Request, say!("train.snapshot", what));
        let read: Value = serde_json::from_str(snapshot).map_err(|e| wrong(e.to_string()))?;
        let missing = |field: &str| wrong(say!("train.snapshot_size", name = field));
        let mut state = self.engine.now.clone();
        state.step = read["step"].as_u64().ok_or_else(|| missing("step"))?;
        let rate = read["rate"].as_f64().ok_or_else(|| missing("rate"))?;
        // Snapshots of before it was part of them have none.
        let start_loss = read["start_loss"].as_f64().unwrap_or(self.engine.start_loss);
        for (field, to) in [("params", &mut state.params), ("velocity", &mut state.velocity)] {
            let mut all = Vec::new();
            for (at, parameter) in self.engine.spec.params.iter().enumerate() {
                let own = read[field][&parameter.name].as_array();
                let own = own.filter(|own| own.len() == self.engine.param(at).len());
                let own = own.ok_or_else(|| wrong(say!("train.snapshot_size", name = parameter.name)))?;
                all.extend(own.iter().map(|x| x.as_f64().map_or(f32::NAN, |x| x as f32)));
            }
            if all.iter().any(|x| !x.is_finite()) {
                return Err(wrong(say!("train.snapshot_finite")));
            }
            *to = all;
        }
        self.engine.put_state(state, rate, start_loss)
    }

    /// Where training stands, in JSON: step, losses, parameters, why it stopped, and what a learner should know.
    pub fn state(&mut self) -> Result<String, String> {
        speaking(self.engine.spec.language, || answer(self.report()))
    }

    fn report(&mut self) -> Result<Report, Error> {
        let loss = self.engine.loss()?;
        let mut said = notes::of_settings(&self.engine.spec, self.engine.rate);
        said.extend(notes::of_data(&self.engine.spec));
        said.extend(notes::of_units(&self.engine.model, &self.engine.everything())?);
        if self.engine.is_flat()? {
            said.push(Note::new("flat", say!("notes.flat")));
        }
        Ok(Report {
            step: self.engine.now.step,
            loss,
            batch_loss: self.engine.now.batch_loss,
            rate: self.engine.rate,
            params: self.engine.params(),
            stopped: self.engine.stopped.clone(),
            notes: said,
        })
    }

    /// The largest rate at which the loss can settle, where it is quadratic in the parameters.
    pub fn largest_rate(&self) -> Option<f64> {
        self.engine.largest_rate()
    }

    /// The loss, its named parts and the gradients, as they are compiled: LaTeX, in JSON.
    pub fn formulas(&self) -> Result<String, String> {
        speaking(self.engine.spec.language, || answer(self.engine.model.formulas()))
    }

    /// The instructions that a step runs, for people.
    pub fn listing(&self) -> String {
        self.engine.listing()
    }
}
