//! The machine that trains: parameters, their velocity, and tapes for every size of a minibatch. It steps down the derived
//! gradient and measures losses; whether a state may be kept is decided in guard.rs.

use crate::error::{Error, Kind};
use crate::eval::Env;
use crate::expr::{NodeId, SymbolId};
use crate::numbers::to_json;
use crate::ordered::Ordered;
use crate::tape::{Inputs, Install, Steps, Tape};
use crate::tensor::Tensor;
use crate::train::batches::Batches;
use crate::train::report::Stopped;
use crate::train::spec::{Init, Parameter, Spec};
use crate::train::{Model, check_rate};
use chalkgrad_tape::Real;
use oorandom::Rand64;
use std::ops::Range;
use std::rc::Rc;

/// A state that can be gone back to.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved<T> {
    pub step: u64,
    pub params: Vec<T>,
    pub velocity: Vec<T>,
    pub batch_loss: f64,
}

impl<T: Copy> Saved<T> {
    /// Becomes a copy of another state of the same session.
    pub fn take(&mut self, other: &Saved<T>) {
        (self.step, self.batch_loss) = (other.step, other.batch_loss);
        self.params.copy_from_slice(&other.params);
        self.velocity.copy_from_slice(&other.velocity);
    }
}

/// A training session without words, in f32 or f64.
pub struct Engine<T> {
    pub(super) spec: Spec,
    pub(super) model: Rc<Model>,
    pub(super) batches: Batches,
    /// One for each size of a minibatch.
    tapes: Ordered<usize, Tape<T>>,
    /// The loss over all samples.
    whole: Tape<T>,
    /// The gradient over all samples; made when it is first asked for.
    slopes: Option<Tape<T>>,
    /// Whether updates are to be reproduced from the gradient bit by bit.
    exact: bool,
    /// Width of a sample and all samples, of the data that the loss uses.
    data: Vec<(usize, Vec<T>)>,
    /// Where each parameter stands among all.
    places: Vec<Range<usize>>,
    pub(super) now: Saved<T>,
    pub(super) rate: f64,
    /// Over all samples, where it was last measured; finite.
    pub(super) loss: f64,
    /// What the loss is measured against for divergence.
    pub(super) start_loss: f64,
    /// The last state whose loss over all samples is known to be acceptable.
    pub(super) safe: Saved<T>,
    /// The state at the last look (guard.rs).
    pub(super) looked: Saved<T>,
    pub(super) stopped: Option<Stopped>,
}

impl<T: Real> Engine<T> {
    /// Errors: what goes wrong when it runs for the first time (sizes, limits, a loss that is not finite).
    /// `exact`: an update is the rate times the gradient bit by bit; else a factor that all gradients share goes into the rate.
    pub fn new(spec: Spec, model: Rc<Model>, exact: bool) -> Result<Engine<T>, Error> {
        let samples = spec.samples().unwrap_or(0);
        let batches = Batches::new(samples, spec.batch.unwrap_or(samples), spec.seed);
        let mut tapes = Ordered::new();
        for size in batches.sizes() {
            tapes.insert(size, compiled(&model, size.min(samples), Roots::Both, exact)?);
        }
        let mut whole = compiled(&model, samples, Roots::Loss, exact)?;
        let mut data = Vec::new();
        for (symbol, (name, values)) in model.data.iter().zip(&spec.data) {
            if symbol.is_some() {
                let width: usize = values.shape[1..].iter().product();
                data.push((width, narrowed(&format!("data.{name}"), values, width.max(1))?));
            }
        }
        for (at, (_, numbers)) in data.iter().enumerate() {
            whole.input(spec.params.len() + at).copy_from_slice(numbers);
        }
        let mut places = Vec::new();
        let mut next = 0;
        for parameter in &spec.params {
            let len: usize = parameter.shape.iter().product();
            places.push(next..next + len);
            next += len;
        }
        let now = Saved { step: 0, params: start(&spec)?, velocity: vec![T::ZERO; next], batch_loss: 0.0 };
        let rate = spec.rate;
        let (loss, start_loss, stopped) = (0.0, 0.0, None);
        let (safe, looked) = (now.clone(), now.clone());
        #[rustfmt::skip]
        let mut engine = Engine {
            spec, model, batches, tapes, whole, slopes: None, exact, data, places, now, rate, loss, start_loss, safe, looked, stopped,
        };
        engine.begin()?;
        Ok(engine)
    }

    /// Measures the loss at the start. Errors: `domain`, where it is not finite.
    fn begin(&mut self) -> Result<(), Error> {
        let loss = self.measured()?;
        if !loss.is_finite() {
            let message = say!("train.start");
            let hint = say!("train.start.hint");
            return Err(Error::new(Kind::Domain, message).hint(hint));
        }
        (self.loss, self.start_loss, self.now.batch_loss) = (loss, loss, loss);
        self.safe = self.now.clone();
        Ok(())
    }

    /// The same session from its first step. The rate stays as it is set.
    pub fn reset(&mut self) -> Result<(), Error> {
        self.now = Saved { step: 0, params: start(&self.spec)?, ..self.now.clone() };
        self.now.velocity.fill(T::ZERO);
        self.stopped = None;
        self.begin()
    }

    /// Errors: a rate that is negative or not finite.
    pub fn set_rate(&mut self, rate: f64) -> Result<(), Error> {
        self.rate = check_rate(rate)?;
        self.stopped = None;
        Ok(())
    }

    /// The place of a parameter among the session's. Errors: `name`.
    pub fn place_of(&self, name: &str) -> Result<usize, Error> {
        let found = self.spec.params.iter().position(|p| p.name == name);
        found.ok_or_else(|| {
            let known: Vec<String> = self.spec.params.iter().map(|p| format!("`{}`", p.name)).collect();
            let hint = say!("train.parameters", names = known.join(", "));
            Error::new(Kind::Name, say!("train.no_parameter", name)).hint(hint)
        })
    }

    /// The numbers of a parameter, row by row.
    pub fn param(&self, at: usize) -> &[T] {
        &self.now.params[self.places[at].clone()]
    }

    /// A parameter's part of numbers that stand like all parameters.
    pub fn part(&self, at: usize, all: &[T]) -> Tensor<f64> {
        let numbers = all[self.places[at].clone()].iter().map(|x| x.to_f64()).collect();
        Tensor::new(&self.spec.params[at].shape, numbers)
    }

    /// Puts a parameter by hand, row by row. Errors: an unknown name, a wrong number of values, a loss that is not
    /// finite there; then nothing changes.
    pub fn set_param(&mut self, name: &str, values: &[f64]) -> Result<(), Error> {
        let at = self.place_of(name)?;
        let place = self.places[at].clone();
        if place.len() != values.len() {
            let message = say!("train.many_values", name, wanted = place.len(), found = values.len());
            return Err(Error::new(Kind::Shape, message));
        }
        let values: Vec<T> = values.iter().map(|&x| T::of(x)).collect();
        if !T::all_finite(&values) {
            return Err(Error::new(Kind::Request, say!("train.finite_only", name)));
        }
        let before = self.now.clone();
        self.now.params[place.clone()].copy_from_slice(&values);
        let loss = self.measured()?;
        if !loss.is_finite() {
            self.now = before;
            return Err(Error::new(Kind::Domain, say!("train.no_loss_there", name)));
        }
        self.now.velocity[place].fill(T::ZERO);
        self.loss = loss;
        self.start_loss = self.start_loss.max(loss);
        self.safe = self.now.clone();
        self.stopped = None;
        Ok(())
    }

    /// The loss over all samples where the parameters are now; it may be anything.
    pub(super) fn measured(&mut self) -> Result<f64, Error> {
        let count = self.spec.params.len();
        self.whole.inputs(0..count).copy_from_slice(&self.now.params);
        self.whole.run_lasts(&self.model.arena)?;
        Ok(self.whole.last(0)[0].to_f64())
    }

    /// The gradient over all samples by one parameter, where the parameters are now.
    pub fn gradient(&mut self, at: usize) -> Result<Vec<f64>, Error> {
        let all = self.full_gradient()?;
        Ok(all[self.places[at].clone()].to_vec())
    }

    /// True where the gradient over all samples is exactly 0.
    pub fn is_flat(&mut self) -> Result<bool, Error> {
        Ok(self.full_gradient()?.iter().all(|&x| x == 0.0))
    }

    fn full_gradient(&mut self) -> Result<Vec<f64>, Error> {
        let now: Vec<f64> = self.now.params.iter().map(|x| x.to_f64()).collect();
        let all: Vec<usize> = (0..self.spec.samples().unwrap_or(0)).collect();
        self.gradient_at(&now, &all)
    }

    /// Does steps, whatever comes of it.
    pub(super) fn run(&mut self, count: u64) -> Result<(), Error> {
        let params = self.spec.params.len();
        let mut left = count;
        while left > 0 {
            let stretch = self.batches.stretch(self.now.step, left);
            let Some(tape) = self.tapes.get_mut(&stretch.size) else { return Err(no_tape()) };
            tape.inputs(0..params).copy_from_slice(&self.now.params);
            let mut steps = Steps {
                rows: stretch.rows,
                batch: stretch.size,
                data: &self.data,
                velocity: &mut self.now.velocity,
                rate: self.rate,
                momentum: self.spec.momentum,
            };
            tape.descend(&self.model.arena, &mut steps)?;
            self.now.params.copy_from_slice(tape.inputs(0..params));
            self.now.batch_loss = tape.last(0)[0].to_f64();
            self.now.step += stretch.steps;
            left -= stretch.steps;
        }
        Ok(())
    }

    /// The gradient that the last step went along, by one parameter.
    pub(super) fn last_gradient(&mut self, at: usize) -> Vec<f64> {
        let size = self.batches.stretch(self.now.step.saturating_sub(1), 1).size;
        self.tapes.get(&size).map_or(Vec::new(), |tape| tape.first(at))
    }

    /// True where the gradient that the last step went along is finite.
    pub(super) fn has_finite_gradient(&mut self) -> bool {
        let size = self.batches.stretch(self.now.step.saturating_sub(1), 1).size;
        self.tapes.get(&size).is_none_or(|tape| T::all_finite(tape.firsts()))
    }

    /// The gradient by all parameters at a point, over some samples: all, or as many as in a minibatch.
    pub(super) fn gradient_at(&mut self, point: &[f64], rows: &[usize]) -> Result<Vec<f64>, Error> {
        let params = self.spec.params.len();
        let samples = self.spec.samples().unwrap_or(0);
        let tape = match self.tapes.get_mut(&rows.len()) {
            Some(tape) if rows.len() < samples => tape,
            _ => {
                if self.slopes.is_none() {
                    self.slopes = Some(compiled(&self.model, samples, Roots::Gradients, self.exact)?);
                }
                self.slopes.as_mut().ok_or_else(no_tape)?
            }
        };
        tape.inputs(0..params).iter_mut().zip(point).for_each(|(to, &x)| *to = T::of(x));
        for (at, (width, numbers)) in self.data.iter().enumerate() {
            let to = tape.input(params + at).chunks_exact_mut((*width).max(1));
            to.zip(rows).for_each(|(to, &row)| to.copy_from_slice(&numbers[row * width..(row + 1) * width]));
        }
        tape.run_firsts(&self.model.arena)?;
        Ok((0..params).flat_map(|at| tape.first(at)).collect())
    }

    /// All parameters as they are now.
    pub(super) fn parameters(&self) -> Vec<Tensor<f64>> {
        (0..self.spec.params.len()).map(|at| self.part(at, &self.now.params)).collect()
    }

    /// The point with the given samples and parameters.
    pub(super) fn point(&self, rows: &[usize], params: &[Tensor<f64>]) -> Env<f64> {
        let Engine { spec, model, .. } = self;
        let mut env = Env::default();
        env.sizes.extend(model.samples.map(|dim| (dim, rows.len())));
        for (symbol, (_, values)) in model.data.iter().zip(&spec.data) {
            let Some(symbol) = symbol else { continue };
            let width: usize = values.shape[1..].iter().product();
            let data = rows.iter().flat_map(|&row| &values.data[row * width..(row + 1) * width]).copied().collect();
            let mut shape = values.shape.clone();
            shape[0] = rows.len();
            env.values.insert(*symbol, Tensor::new(&shape, data));
        }
        for (parameter, value) in model.params.iter().zip(params) {
            env.values.insert(parameter.symbol, value.clone());
        }
        env
    }

    /// The point with all samples and the parameters as they are now.
    pub(super) fn everything(&self) -> Env<f64> {
        let all: Vec<usize> = (0..self.spec.samples().unwrap_or(0)).collect();
        self.point(&all, &self.parameters())
    }

    /// Goes to a state of a session whose loss began at `start_loss`, by which it is judged what has diverged.
    /// Errors: a rate that is none, a loss that is not finite there; then nothing changes.
    pub fn put_state(&mut self, state: Saved<T>, rate: f64, start_loss: f64) -> Result<(), Error> {
        let rate = check_rate(rate)?;
        let before = std::mem::replace(&mut self.now, state);
        let loss = self.measured()?;
        if !loss.is_finite() {
            self.now = before;
            return Err(Error::new(Kind::Domain, say!("train.no_loss_then")));
        }
        (self.rate, self.loss, self.now.batch_loss) = (rate, loss, loss);
        self.start_loss = start_loss;
        // A state that was written by hand may be anywhere: it is where this session begins, then.
        if !self.accepts(loss) {
            self.start_loss = loss;
        }
        self.safe.take(&self.now);
        self.stopped = None;
        Ok(())
    }

    /// The parameters with their names, for JSON.
    pub fn params(&self) -> Ordered<String, crate::contract::Numbers> {
        let named = |(at, p): (usize, &Parameter)| (p.name.clone(), to_json(&self.part(at, &self.now.params)));
        self.spec.params.iter().enumerate().map(named).collect()
    }

    /// Instructions of one step, for people and for tests: how many, and how many parts that are none.
    pub fn size(&self) -> (usize, usize) {
        self.tapes.last().map_or((0, 0), |(_, tape)| tape.size())
    }

    /// The instructions of one step.
    pub fn listing(&self) -> String {
        self.tapes.last().map_or(String::new(), |(_, tape)| tape.listing())
    }
}

impl Engine<f32> {
    /// Hands the steps of this session over to whoever can run wasm; what cannot be handed over is left to the tape.
    pub fn compile(&mut self, install: &mut Install) {
        let widths: Vec<usize> = self.data.iter().map(|&(width, _)| width).collect();
        for (&batch, tape) in self.tapes.iter_mut() {
            tape.compile(&widths, batch, install);
        }
    }
}

fn no_tape() -> Error {
    Error::new(Kind::Unsupported, say!("train.no_tape"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Roots {
    Loss,
    Gradients,
    Both,
}

/// The tape of a session's gradients and loss for so many samples.
fn compiled<T: Real>(model: &Model, samples: usize, roots: Roots, exact: bool) -> Result<Tape<T>, Error> {
    let sizes = model.samples.map(|dim| (dim, samples)).into_iter().collect();
    let gradients: Vec<NodeId> = model.params.iter().map(|p| p.gradient).collect();
    let data = model.data.iter().filter_map(|symbol| *symbol);
    let symbols: Vec<SymbolId> = model.params.iter().map(|p| p.symbol).chain(data).collect();
    let firsts = if roots == Roots::Loss { &[][..] } else { &gradients };
    let lasts = if roots == Roots::Gradients { &[][..] } else { &[model.loss] };
    Tape::new(&model.arena, firsts, lasts, &Inputs { sizes: &sizes, symbols: &symbols, exact })
}

/// Numbers for the tape. Errors: one that the tape's kind of number cannot hold.
fn narrowed<T: Real>(name: &str, values: &Tensor<f64>, width: usize) -> Result<Vec<T>, Error> {
    let numbers: Vec<T> = values.data.iter().map(|&x| T::of(x)).collect();
    if let Some(at) = numbers.iter().position(|&x| !T::all_finite(&[x])) {
        let message = say!("train.too_large", entry = at / width + 1, name, value = format!("{:e}", values.data[at]));
        return Err(Error::new(Kind::Request, message).hint(say!("train.too_large.hint")));
    }
    Ok(numbers)
}

/// The parameters' first values, one after the other; those left to chance are drawn in order, by the seed alone.
fn start<T: Real>(spec: &Spec) -> Result<Vec<T>, Error> {
    let mut random = Rand64::new(u128::from(spec.seed) << 64 | 0x0070_6172_616d);
    let mut all = Vec::new();
    for p in &spec.params {
        let values = match &p.init {
            Init::Exact(values) => values.clone(),
            Init::Uniform(r) => Tensor::build(&p.shape, |_| r * (2.0 * random.rand_float() - 1.0)),
        };
        all.extend(narrowed::<T>(&format!("params.{}.init", p.name), &values, 1)?);
    }
    Ok(all)
}
