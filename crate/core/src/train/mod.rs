//! Training: steps down a loss written in the language, with the gradient that the derivation gives. The session holds
//! no formula of its own. A state with a number that is not finite is never stored.

mod batches;
mod detail;
mod door;
mod evaluate;
mod model;
mod notes;
mod report;
mod spec;
mod stability;

pub use door::Trainer;
pub use model::{Model, Trained};
pub use report::{Detail, Note, State, Stopped};
pub use spec::{Init, Parameter, Spec, check_rate};

use crate::error::{Error, Kind};
use crate::eval::{Env, Plan};
use crate::expr::NodeId;
use crate::numbers::to_json;
use crate::tensor::Tensor;
use batches::Batches;
use oorandom::Rand64;
use report::spoken;
use std::collections::BTreeMap;

/// A loss above so many times (the first one + 1) counts as diverged, long before numbers overflow.
const LARGEST_GROWTH: f64 = 1e6;

/// Minibatches that are looked at for advice on the rate.
const ADVICE_BATCHES: u64 = 16;

/// One update, as it was done.
struct Update {
    batch: Vec<usize>,
    batch_loss: f64,
    rate: f64,
    before: Vec<Tensor<f64>>,
    gradient: Vec<Tensor<f64>>,
    velocity: Vec<Tensor<f64>>,
    after: Vec<Tensor<f64>>,
}

/// A training session.
pub struct Session {
    spec: Spec,
    model: Model,
    batches: Batches,
    /// Loss and gradients, by the number of samples.
    step_plans: BTreeMap<usize, Plan>,
    /// The loss over all samples.
    loss_plan: Plan,
    /// The point with all samples; its parameters are set before each run.
    everything: Env<f64>,
    rate: f64,
    step: u64,
    params: Vec<Tensor<f64>>,
    velocity: Vec<Tensor<f64>>,
    loss: f64,
    /// What the loss is measured against for divergence.
    start_loss: f64,
    last: Option<Update>,
    stopped: Option<Stopped>,
}

impl Session {
    /// A session from its specification in JSON.
    /// Errors: those of the specification, of the loss (with a span in it), and of running it for the first time.
    pub fn new(json: &str) -> Result<Session, Error> {
        let spec = Spec::read(json)?;
        let model = Model::of(&spec)?;
        Session::with_model(spec, model)
    }

    /// A session for a loss that was read and differentiated already.
    /// Errors: what goes wrong when it runs for the first time (sizes, limits, a loss that is not finite).
    pub fn with_model(spec: Spec, model: Model) -> Result<Session, Error> {
        let samples = spec.samples().unwrap_or(0);
        let batches = Batches::new(samples, spec.batch.unwrap_or(samples), spec.seed);
        let mut everything = Env::default();
        everything.sizes.extend(model.samples.map(|dim| (dim, samples)));
        for (symbol, (_, values)) in model.data.iter().zip(&spec.data) {
            everything.values.extend(symbol.map(|symbol| (symbol, values.clone())));
        }
        let params = start(&spec);
        set(&mut everything, &model, &params);
        let loss_plan = Plan::new(&model.arena, &[model.loss], &everything)?;
        let mut session = Session {
            velocity: params.iter().map(|p| Tensor::filled(&p.shape, 0.0)).collect(),
            rate: spec.rate,
            step: 0,
            loss: 0.0,
            start_loss: 0.0,
            last: None,
            stopped: None,
            step_plans: BTreeMap::new(),
            spec,
            model,
            batches,
            loss_plan,
            everything,
            params,
        };
        session.plan_steps(samples)?;
        session.begin()?;
        Ok(session)
    }

    /// Plans the steps for every size of a minibatch (and for all samples), and tries each once.
    fn plan_steps(&mut self, samples: usize) -> Result<(), Error> {
        let roots: Vec<NodeId> =
            std::iter::once(self.model.loss).chain(self.model.params.iter().map(|p| p.gradient)).collect();
        for size in self.batches.sizes().into_iter().chain([samples]) {
            let rows: Vec<usize> = (0..size).collect();
            let env = self.gathered(&rows);
            let plan = Plan::new(&self.model.arena, &roots, &env)?;
            plan.run(&self.model.arena, &env)?;
            self.step_plans.insert(size, plan);
        }
        Ok(())
    }

    /// Measures the loss at the start. Errors: `domain`, where it is not finite.
    fn begin(&mut self) -> Result<(), Error> {
        self.loss = self.loss_at(&self.params.clone())?;
        self.start_loss = self.loss;
        if self.loss.is_finite() {
            return Ok(());
        }
        let message = "At the start the loss is not a finite number, so there is nothing to descend from.";
        Err(Error::new(Kind::Domain, message).hint("Start the parameters elsewhere, or look at the data."))
    }

    /// The same session from its first step. The rate stays as it is set.
    pub fn reset(&mut self) -> Result<State, Error> {
        self.params = start(&self.spec);
        self.velocity.iter_mut().for_each(|v| v.data.fill(0.0));
        self.step = 0;
        self.last = None;
        self.stopped = None;
        self.begin()?;
        self.state()
    }

    /// Errors: a rate that is negative or not finite.
    pub fn set_rate(&mut self, rate: f64) -> Result<(), Error> {
        self.rate = check_rate(rate)?;
        self.stopped = None;
        Ok(())
    }

    /// Puts a parameter by hand, row by row. Errors: an unknown name, a wrong number of values, a loss that is not
    /// finite there; then nothing changes.
    pub fn set_param(&mut self, name: &str, values: &[f64]) -> Result<(), Error> {
        let Some(at) = self.spec.params.iter().position(|p| p.name == name) else {
            return Err(Error::new(Kind::Name, format!("There is no parameter `{name}`.")));
        };
        let mut params = self.params.clone();
        if params[at].len() != values.len() {
            let message = format!("`{name}` takes {} numbers, not {}.", params[at].len(), values.len());
            return Err(Error::new(Kind::Shape, message));
        }
        if values.iter().any(|x| !x.is_finite()) {
            return Err(Error::new(Kind::Request, format!("`{name}` takes finite numbers only.")));
        }
        params[at].data.copy_from_slice(values);
        let loss = self.loss_at(&params)?;
        if !loss.is_finite() {
            return Err(Error::new(Kind::Domain, format!("With this `{name}` the loss is not a finite number.")));
        }
        self.params = params;
        self.velocity[at].data.fill(0.0);
        self.loss = loss;
        self.start_loss = self.start_loss.max(loss);
        self.stopped = None;
        Ok(())
    }

    /// Does up to `count` updates; fewer where one has to be refused.
    pub fn step(&mut self, count: u32) -> Result<State, Error> {
        for _ in 0..count {
            if self.stopped.is_some() || !self.update()? {
                break;
            }
        }
        self.state()
    }

    /// One update; false where it was refused.
    fn update(&mut self) -> Result<bool, Error> {
        let batch = self.batches.of_step(self.step);
        let (batch_loss, gradient) = self.gradients(&self.params.clone(), &batch)?;
        let momentum = self.spec.momentum;
        let mut velocity = gradient.clone();
        for (new, old) in velocity.iter_mut().zip(&self.velocity) {
            new.data.iter_mut().zip(&old.data).for_each(|(v, &o)| *v += momentum * o);
        }
        let mut after = self.params.clone();
        for (parameter, v) in after.iter_mut().zip(&velocity) {
            parameter.data.iter_mut().zip(&v.data).for_each(|(p, &v)| *p -= self.rate * v);
        }
        let are_finite = |tensors: &[Tensor<f64>]| tensors.iter().flat_map(|t| &t.data).all(|x| x.is_finite());
        let all_finite = batch_loss.is_finite() && are_finite(&velocity) && are_finite(&after);
        let loss = if all_finite { self.loss_at(&after)? } else { f64::NAN };
        if !loss.is_finite() || loss > LARGEST_GROWTH * (self.start_loss.abs() + 1.0) {
            self.stopped = Some(self.diverged(loss));
            return Ok(false);
        }
        let before = std::mem::replace(&mut self.params, after.clone());
        self.velocity.clone_from(&velocity);
        self.loss = loss;
        self.step += 1;
        self.last = Some(Update { batch, batch_loss, rate: self.rate, before, gradient, velocity, after });
        Ok(true)
    }

    /// Says what happened, and how large the rate may be where that can be computed.
    fn diverged(&mut self, loss: f64) -> Stopped {
        let from = spoken(self.loss);
        let grown = if loss.is_finite() {
            format!("The step would take the loss from {from} to {}", spoken(loss))
        } else {
            format!("The step would take the loss from {from} to no finite number")
        };
        let limit = self.largest_rate();
        let (why, advice) = match limit {
            Some(limit) if limit < self.rate => (
                format!(
                    "the rate {} is above {}, the largest at which this loss can settle ({}/λ, λ its steepest curvature)",
                    spoken(self.rate),
                    spoken(limit),
                    spoken(2.0 * (1.0 + self.spec.momentum))
                ),
                Some(stability::comfortable(limit)),
            ),
            _ => (format!("with the rate {} it is longer than the valley is wide", spoken(self.rate)), None),
        };
        Stopped { why: "diverged".to_owned(), message: format!("{grown}: {why}."), rate_advice: advice }
    }

    /// The largest stable rate where the loss is quadratic in the parameters: for all samples, and for each minibatch
    /// (up to some), since a step sees one of them.
    fn largest_rate(&mut self) -> Option<f64> {
        let samples = self.spec.samples().unwrap_or(0);
        let mut sets: Vec<Vec<usize>> = vec![(0..samples).collect()];
        if self.batches.per_epoch() > 1 {
            let epoch = self.step - self.step % self.batches.per_epoch();
            let some = self.batches.per_epoch().min(ADVICE_BATCHES);
            sets.extend((epoch..epoch + some).map(|step| self.batches.of_step(step)));
            sets.push(self.batches.of_step(self.step));
        }
        let at: Vec<f64> = self.params.iter().flat_map(|p| p.data.iter().copied()).collect();
        let curvature = |rows: &Vec<usize>| {
            let mut gradient = |point: &[f64]| {
                let (_, gradients) = self.gradients(&self.unflattened(point), rows).ok()?;
                Some(gradients.into_iter().flat_map(|g| g.data).collect())
            };
            stability::largest_curvature(&mut gradient, &at)
        };
        let steepest = sets.iter().map(curvature).try_fold(0.0, |most: f64, c| Some(most.max(c?)))?;
        (steepest > 0.0).then(|| 2.0 * (1.0 + self.spec.momentum) / steepest)
    }

    fn unflattened(&self, point: &[f64]) -> Vec<Tensor<f64>> {
        let mut rest = point;
        let mut take = |p: &Tensor<f64>| {
            let (own, others) = rest.split_at(p.len());
            rest = others;
            Tensor::new(&p.shape, own.to_vec())
        };
        self.params.iter().map(&mut take).collect()
    }

    /// The point with only the given samples.
    fn gathered(&self, rows: &[usize]) -> Env<f64> {
        let mut env = Env { sizes: self.everything.sizes.clone(), ..Env::default() };
        env.sizes.extend(self.model.samples.map(|dim| (dim, rows.len())));
        for (symbol, (_, values)) in self.model.data.iter().zip(&self.spec.data) {
            let Some(symbol) = symbol else { continue };
            let width: usize = values.shape[1..].iter().product();
            let data = rows.iter().flat_map(|&row| &values.data[row * width..(row + 1) * width]).copied().collect();
            let mut shape = values.shape.clone();
            shape[0] = rows.len();
            env.values.insert(*symbol, Tensor::new(&shape, data));
        }
        set(&mut env, &self.model, &self.params);
        env
    }

    /// Loss and gradients over the given samples.
    fn gradients(&self, params: &[Tensor<f64>], rows: &[usize]) -> Result<(f64, Vec<Tensor<f64>>), Error> {
        let mut env = self.gathered(rows);
        set(&mut env, &self.model, params);
        let mut values = self.step_plans[&rows.len()].run(&self.model.arena, &env)?;
        let loss = values.remove(0).data[0];
        Ok((loss, values))
    }

    /// The loss over all samples.
    fn loss_at(&mut self, params: &[Tensor<f64>]) -> Result<f64, Error> {
        set(&mut self.everything, &self.model, params);
        Ok(self.loss_plan.run(&self.model.arena, &self.everything)?[0].data[0])
    }

    /// Where training stands.
    pub fn state(&mut self) -> Result<State, Error> {
        let notes = self.notes()?;
        let names = self.spec.params.iter().map(|p| p.name.clone());
        Ok(State {
            step: self.step,
            loss: self.loss,
            batch_loss: self.last.as_ref().map_or(self.loss, |last| last.batch_loss),
            params: names.zip(self.params.iter().map(to_json)).collect(),
            batch: self.last.as_ref().map_or(Vec::new(), |last| last.batch.clone()),
            rate: self.rate,
            stopped: self.stopped.clone(),
            notes,
        })
    }

    /// What a learner should know: about the settings, the data, and units that no longer learn.
    fn notes(&mut self) -> Result<Vec<Note>, Error> {
        let mut notes = notes::of_settings(&self.spec, self.rate);
        notes.extend(notes::of_data(&self.spec));
        set(&mut self.everything, &self.model, &self.params);
        let silent = notes::of_units(&self.model, &self.everything)?;
        let unmoved = self.last.as_ref().is_some_and(|last| last.gradient.iter().all(is_zero));
        if unmoved && silent.is_empty() {
            let all: Vec<usize> = (0..self.spec.samples().unwrap_or(0)).collect();
            let (_, gradient) = self.gradients(&self.params, &all)?;
            if gradient.iter().all(is_zero) {
                let message = "The gradient over all samples is exactly 0: no step changes anything here.";
                notes.push(Note::new("flat", message));
            }
        }
        notes.extend(silent);
        Ok(notes)
    }
}

fn is_zero(tensor: &Tensor<f64>) -> bool {
    tensor.data.iter().all(|&x| x == 0.0)
}

/// Puts the parameters into a point.
fn set(env: &mut Env<f64>, model: &Model, params: &[Tensor<f64>]) {
    for (parameter, value) in model.params.iter().zip(params) {
        env.values.insert(parameter.symbol, value.clone());
    }
}

/// The parameters' first values; those left to chance are drawn in order, by the seed alone.
fn start(spec: &Spec) -> Vec<Tensor<f64>> {
    let mut random = Rand64::new(u128::from(spec.seed) << 64 | 0x0070_6172_616d);
    let draw = |p: &Parameter| match &p.init {
        Init::Exact(values) => values.clone(),
        Init::Uniform(r) => Tensor::build(&p.shape, |_| r * (2.0 * random.rand_float() - 1.0)),
    };
    spec.params.iter().map(draw).collect()
}

#[cfg(test)]
mod door_tests;
#[cfg(test)]
mod tests;
