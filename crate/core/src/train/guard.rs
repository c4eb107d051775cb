//! What may be kept: a state with a number that is not finite, or with a loss far above where it began, is never stored. The
//! last good state stays, and words say why, with the largest rate at which this loss can settle where that is known.

use crate::error::Error;
use crate::train::engine::Engine;
use crate::train::report::{Stopped, spoken};
use crate::train::stability;
use chalkgrad_tape::Real;
use std::rc::Rc;

/// A loss above so many times (the first one + 1) counts as diverged, long before numbers overflow.
const LARGEST_GROWTH: f64 = 1e6;
/// Minibatches that are looked at for advice on the rate.
const ADVICE_BATCHES: u64 = 16;
/// Steps between two looks at the parameters: an epoch's, within these. What is not finite stays so: it is found at the next look.
const LOOK: (u64, u64) = (64, 512);
/// Passes over the data between two measurements of the loss over all of it, for a sixtieth of the time or less.
const PASSES: u64 = 16;

fn steep(message: String) -> Stopped {
    Stopped { why: "steep".to_owned(), message, rate_advice: None }
}

impl<T: Real> Engine<T> {
    /// Does up to `count` steps, fewer where one has to be refused. Gives the loss of the last minibatch before its step.
    pub fn step(&mut self, count: u64) -> Result<f64, Error> {
        let mut left = count;
        while left > 0 && self.stopped.is_none() {
            let stretch = self.batches.per_epoch().clamp(LOOK.0, LOOK.1);
            let some = left.min(stretch - self.now.step % stretch);
            self.looked.take(&self.now);
            self.run(some)?;
            if !self.is_sound()? {
                // Something went wrong on the way: from the last state known to be good, one by one, to where it begins.
                let target = self.now.step;
                self.now.take(&self.looked);
                let loss = self.measured()?;
                if !self.accepts(loss) {
                    self.now.take(&self.safe);
                }
                self.walk(target)?;
            }
            left -= some;
        }
        Ok(self.now.batch_loss)
    }

    /// What can be seen without looking at all samples; now and then at all.
    fn is_sound(&mut self) -> Result<bool, Error> {
        if !self.is_finite() || !self.accepts(self.now.batch_loss) {
            return Ok(false);
        }
        if self.now.step - self.safe.step < PASSES * self.batches.per_epoch() {
            return Ok(true);
        }
        let loss = self.measured()?;
        let sound = self.accepts(loss);
        if sound {
            self.keep(loss);
        }
        Ok(sound)
    }

    /// The loss over all samples. Where it is not acceptable, the steps since the last measurement are taken back to the last
    /// good one.
    pub fn loss(&mut self) -> Result<f64, Error> {
        let loss = self.measured()?;
        if self.accepts(loss) {
            self.keep(loss);
        } else if self.stopped.is_none() {
            let target = self.now.step;
            self.now.take(&self.safe);
            self.walk(target)?;
        }
        Ok(self.loss)
    }

    /// Steps with the loss over all samples measured after each.
    fn walk(&mut self, target: u64) -> Result<(), Error> {
        while self.now.step < target && self.careful()? {}
        Ok(())
    }

    /// One step, kept only if its loss is acceptable.
    pub(super) fn careful(&mut self) -> Result<bool, Error> {
        let saved = self.now.clone();
        self.run(1)?;
        let loss = if self.is_finite() && self.now.batch_loss.is_finite() { self.measured()? } else { f64::NAN };
        if self.accepts(loss) {
            self.keep(loss);
            return Ok(true);
        }
        let has_gradient = self.has_finite_gradient();
        let has_velocity = T::all_finite(&self.now.velocity);
        self.now = saved;
        self.loss = self.measured()?;
        self.stopped = Some(match (has_gradient, has_velocity) {
            (true, true) => self.diverged(loss),
            (true, false) => self.too_fast(),
            (false, _) => self.too_steep(),
        });
        Ok(false)
    }

    fn keep(&mut self, loss: f64) {
        self.loss = loss;
        self.safe.take(&self.now);
    }

    pub(super) fn accepts(&self, loss: f64) -> bool {
        loss.is_finite() && loss <= LARGEST_GROWTH * (self.start_loss.abs() + 1.0)
    }

    fn is_finite(&self) -> bool {
        T::all_finite(&self.now.params) && T::all_finite(&self.now.velocity)
    }

    /// Where no rate helps: there is no gradient to go along.
    fn too_steep(&self) -> Stopped {
        steep(say!("train.too_steep", from = spoken(self.loss)))
    }

    /// Where no rate helps although there is a gradient: the velocity adds it up, whatever the rate, and leaves the numbers.
    fn too_fast(&self) -> Stopped {
        steep(say!("train.too_fast", from = spoken(self.loss), momentum = spoken(self.spec.momentum)))
    }

    /// Says what happened, and how large the rate may be where that can be computed.
    fn diverged(&self, loss: f64) -> Stopped {
        let from = spoken(self.loss);
        let grown = if loss.is_finite() {
            say!("train.grows", from, loss = spoken(loss))
        } else {
            say!("train.grows_beyond", from)
        };
        let (why, advice) = match self.largest_rate() {
            Some(limit) if limit < self.rate => (
                say!(
                    "train.above_largest",
                    rate = spoken(self.rate),
                    limit = spoken(limit),
                    bound = spoken(2.0 * (1.0 + self.spec.momentum))
                ),
                Some(stability::comfortable(limit)),
            ),
            _ => (say!("train.too_long", rate = spoken(self.rate)), None),
        };
        Stopped { why: "diverged".to_owned(), message: format!("{grown}: {why}."), rate_advice: advice }
    }

    /// The largest stable rate where the loss is quadratic in the parameters: for all samples, and for each minibatch
    /// (up to some), since a step sees one of them. Computed in f64, whatever trains.
    pub fn largest_rate(&self) -> Option<f64> {
        let mut twin: Engine<f64> = Engine::new(self.spec.clone(), Rc::clone(&self.model), true).ok()?;
        let samples = self.spec.samples().unwrap_or(0);
        let mut sets: Vec<Vec<usize>> = vec![(0..samples).collect()];
        if twin.batches.per_epoch() > 1 {
            let step = self.now.step;
            let epoch = step - step % twin.batches.per_epoch();
            let some = twin.batches.per_epoch().min(ADVICE_BATCHES);
            sets.extend((epoch..epoch + some).map(|step| twin.batches.of_step(step)));
            sets.push(twin.batches.of_step(step));
        }
        let at: Vec<f64> = self.now.params.iter().map(|x| x.to_f64()).collect();
        let mut curvature = |rows: &Vec<usize>| {
            stability::largest_curvature(&mut |point: &[f64]| twin.gradient_at(point, rows).ok(), &at)
        };
        let steepest = sets.iter().map(&mut curvature).try_fold(0.0, |most: f64, c| Some(most.max(c?)))?;
        (steepest > 0.0).then(|| 2.0 * (1.0 + self.spec.momentum) / steepest)
    }
}
