//! Training: steps down a loss written in the language, with the gradient that the derivation gives. The session holds
//! no formula of its own. A state with a number that is not finite is never stored.

mod batches;
mod datasets;
mod detail;
mod door;
mod engine;
mod evaluate;
mod formulas;
mod guard;
mod model;
mod network;
mod notes;
mod numbers_door;
mod report;
mod spec;
mod stability;

#[cfg(test)]
pub(crate) use datasets::SETS;
pub use door::Reporter;
pub use engine::Engine;
pub use model::{Model, Trained};
pub use network::network;
pub use numbers_door::Trainer;
pub use report::{Detail, Note, State, Stopped};
pub use spec::{Init, Parameter, Spec, check_rate};

use crate::error::Error;
use crate::tensor::Tensor;
use crate::words::speaking;
use std::rc::Rc;

/// One update, as it was done.
struct Update {
    batch: Vec<usize>,
    rate: f64,
    before: Vec<Tensor<f64>>,
    gradient: Vec<Tensor<f64>>,
    velocity: Vec<Tensor<f64>>,
    after: Vec<Tensor<f64>>,
}

/// A training session that tells everything about itself: the machine in f64, with the last update in full.
pub struct Session {
    engine: Engine<f64>,
    last: Option<Update>,
}

impl Session {
    /// A session from its specification in JSON.
    /// Errors: those of the specification, of the loss (with a span in it), and of running it for the first time.
    pub fn new(json: &str) -> Result<Session, Error> {
        let spec = Spec::read(json)?;
        speaking(spec.language, || {
            let model = Model::of(&spec)?;
            Session::with_model(spec, model)
        })
    }

    /// A session for a loss that was read and differentiated already.
    /// Errors: what goes wrong when it runs for the first time (sizes, limits, a loss that is not finite).
    pub fn with_model(spec: Spec, model: Model) -> Result<Session, Error> {
        Ok(Session { engine: Engine::new(spec, Rc::new(model), true)?, last: None })
    }

    /// The same session from its first step. The rate stays as it is set.
    pub fn reset(&mut self) -> Result<State, Error> {
        self.engine.reset()?;
        self.last = None;
        self.state()
    }

    /// Errors: a rate that is negative or not finite.
    pub fn set_rate(&mut self, rate: f64) -> Result<(), Error> {
        self.engine.set_rate(rate)
    }

    /// Puts a parameter by hand, row by row. Errors: an unknown name, a wrong number of values, a loss that is not
    /// finite there; then nothing changes.
    pub fn set_param(&mut self, name: &str, values: &[f64]) -> Result<(), Error> {
        self.engine.set_param(name, values)
    }

    /// Does up to `count` updates; fewer where one has to be refused. Each is looked at, and the last is kept in full.
    pub fn step(&mut self, count: u32) -> Result<State, Error> {
        for _ in 0..count {
            if self.engine.stopped.is_some() {
                break;
            }
            let before = self.engine.parameters();
            if !self.engine.careful()? {
                break;
            }
            let momentum = self.engine.spec.momentum;
            let count = before.len();
            let gradient: Vec<Tensor<f64>> = (0..count)
                .map(|at| {
                    let numbers = self.engine.last_gradient(at);
                    Tensor::new(&self.engine.spec.params[at].shape, numbers)
                })
                .collect();
            let moving = |at| self.engine.part(at, &self.engine.now.velocity);
            let velocity = if momentum == 0.0 { gradient.clone() } else { (0..count).map(moving).collect() };
            let batch = self.engine.batches.of_step(self.engine.now.step - 1);
            let (rate, after) = (self.engine.rate, self.engine.parameters());
            self.last = Some(Update { batch, rate, before, gradient, velocity, after });
        }
        self.state()
    }

    /// The largest rate at which the loss can settle, where it is quadratic in the parameters.
    pub fn largest_rate(&self) -> Option<f64> {
        self.engine.largest_rate()
    }

    /// Where training stands.
    pub fn state(&mut self) -> Result<State, Error> {
        let notes = self.notes()?;
        Ok(State {
            step: self.engine.now.step,
            loss: self.engine.loss,
            batch_loss: self.last.as_ref().map_or(self.engine.loss, |_| self.engine.now.batch_loss),
            params: self.engine.params(),
            batch: self.last.as_ref().map_or(Vec::new(), |last| last.batch.clone()),
            rate: self.engine.rate,
            stopped: self.engine.stopped.clone(),
            notes,
        })
    }

    /// What a learner should know: about the settings, the data, and units that no longer learn.
    fn notes(&mut self) -> Result<Vec<Note>, Error> {
        let mut notes = notes::of_settings(&self.engine.spec, self.engine.rate);
        notes.extend(notes::of_data(&self.engine.spec));
        let silent = notes::of_units(&self.engine.model, &self.engine.everything())?;
        let unmoved = self.last.as_ref().is_some_and(|last| last.gradient.iter().all(is_zero));
        if unmoved && silent.is_empty() && self.engine.is_flat()? {
            let message = say!("notes.flat");
            notes.push(Note::new("flat", message));
        }
        notes.extend(silent);
        Ok(notes)
    }
}

fn is_zero(tensor: &Tensor<f64>) -> bool {
    tensor.data.iter().all(|&x| x == 0.0)
}

#[cfg(test)]
mod door_tests;
#[cfg(test)]
mod tests;
