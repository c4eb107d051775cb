//! Which samples a step uses: a fresh permutation for every epoch, cut into minibatches. Step and seed alone decide, so
//! that going back, or doing many steps in one call, changes nothing.

use chalkgrad_tape::{mixed, shuffle};

/// The minibatches of a session.
pub struct Batches {
    samples: usize,
    size: usize,
    seed: u64,
    /// The epoch whose order is at hand.
    epoch: Option<u64>,
    order: Vec<u32>,
}

/// Some steps in a row with minibatches of one size.
pub struct Stretch<'a> {
    /// The samples of the minibatches, one after the other.
    pub rows: &'a [u32],
    pub size: usize,
    pub steps: u64,
}

impl Batches {
    /// `size` samples at a time (all, where there are no more). Without samples a step uses one that nobody looks at.
    pub fn new(samples: usize, size: usize, seed: u64) -> Batches {
        let order = (0..samples.max(1) as u32).collect();
        Batches { samples, size: size.min(samples).max(1), seed, epoch: None, order }
    }

    /// Steps in one pass over the data.
    pub fn per_epoch(&self) -> u64 {
        self.order.len().div_ceil(self.size) as u64
    }

    /// The sizes that batches have: the last one of an epoch may be smaller.
    pub fn sizes(&self) -> Vec<usize> {
        let rest = self.order.len() % self.size;
        if rest == 0 { vec![self.size] } else { vec![self.size, rest] }
    }

    /// The samples of a step (steps count from 0).
    pub fn of_step(&mut self, step: u64) -> Vec<usize> {
        if self.samples == 0 {
            return Vec::new();
        }
        self.stretch(step, 1).rows.iter().map(|&row| row as usize).collect()
    }

    /// The steps from `step` on that have minibatches of one size in one epoch; at most so many.
    pub fn stretch(&mut self, step: u64, most: u64) -> Stretch<'_> {
        let (epoch, place) = (step / self.per_epoch(), (step % self.per_epoch()) as usize);
        if self.size < self.samples && self.epoch != Some(epoch) {
            // An epoch's order depends on nothing before it.
            shuffle(&mut self.order, mixed(self.seed ^ mixed(epoch)));
            self.epoch = Some(epoch);
        }
        let start = place * self.size;
        let whole = (self.order.len() - start) / self.size;
        if whole == 0 {
            let rows = &self.order[start..];
            return Stretch { rows, size: rows.len(), steps: 1 };
        }
        let steps = most.min(whole as u64);
        Stretch { rows: &self.order[start..start + steps as usize * self.size], size: self.size, steps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_uses_every_sample_once() {
        let mut batches = Batches::new(23, 5, 3);
        assert_eq!((batches.per_epoch(), batches.sizes()), (5, vec![5, 3]));
        let epoch = |batches: &mut Batches, from: u64| -> Vec<usize> {
            (from..from + 5).flat_map(|step| batches.of_step(step)).collect()
        };
        let (first, second) = (epoch(&mut batches, 0), epoch(&mut batches, 5));
        assert_ne!(first, second);
        for mut order in [first.clone(), second] {
            order.sort();
            assert_eq!(order, (0..23).collect::<Vec<_>>());
        }
        // Out of order, the same; with another seed, another order.
        assert_eq!(epoch(&mut batches, 0), first);
        assert_ne!(epoch(&mut Batches::new(23, 5, 4), 0), first);
    }

    #[test]
    fn a_batch_of_all_keeps_their_order() {
        let mut batches = Batches::new(4, 9, 1);
        assert_eq!((batches.of_step(7), batches.sizes()), (vec![0, 1, 2, 3], vec![4]));
        let mut none = Batches::new(0, 5, 1);
        assert_eq!((none.of_step(3), none.sizes(), none.per_epoch()), (vec![], vec![1], 1));
    }

    #[test]
    fn orders_are_about_equally_likely() {
        let mut counts = crate::ordered::Ordered::new();
        for seed in 0..600 {
            *counts.or_insert_with(Batches::new(3, 1, seed).of_step(0), || 0) += 1;
        }
        assert!(counts.len() == 3 && counts.values().all(|&n| (150..250).contains(&n)), "{counts:?}");
    }
}
