//! Which samples a step uses: a fresh permutation for every epoch, cut into minibatches. Step and seed alone decide, so
//! that going back, or doing many steps in one call, changes nothing.

use oorandom::Rand64;

/// The minibatches of a session.
pub struct Batches {
    samples: usize,
    size: usize,
    seed: u64,
    /// The epoch whose order is at hand.
    epoch: Option<u64>,
    order: Vec<usize>,
}

impl Batches {
    /// `size` samples at a time (all, where there are no more).
    pub fn new(samples: usize, size: usize, seed: u64) -> Batches {
        Batches { samples, size: size.min(samples).max(1), seed, epoch: None, order: (0..samples).collect() }
    }

    /// Steps in one pass over the data.
    pub fn per_epoch(&self) -> u64 {
        self.samples.div_ceil(self.size).max(1) as u64
    }

    /// The sizes that batches have: the last one of an epoch may be smaller.
    pub fn sizes(&self) -> Vec<usize> {
        let rest = self.samples % self.size;
        if rest == 0 || self.samples < self.size { vec![self.size.min(self.samples)] } else { vec![self.size, rest] }
    }

    /// The samples of a step (steps count from 0).
    pub fn of_step(&mut self, step: u64) -> Vec<usize> {
        let (epoch, place) = (step / self.per_epoch(), (step % self.per_epoch()) as usize);
        if self.size < self.samples && self.epoch != Some(epoch) {
            self.shuffle(epoch);
        }
        let start = place * self.size;
        self.order[start..(start + self.size).min(self.samples)].to_vec()
    }

    fn shuffle(&mut self, epoch: u64) {
        // Fisher and Yates, from the natural order, so that an epoch's order depends on nothing before it.
        let mut random = Rand64::new((u128::from(self.seed) << 64) | u128::from(epoch));
        self.order = (0..self.samples).collect();
        for last in (1..self.samples).rev() {
            let other = random.rand_range(0..last as u64 + 1) as usize;
            self.order.swap(last, other);
        }
        self.epoch = Some(epoch);
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
        assert_eq!((none.of_step(3), none.sizes(), none.per_epoch()), (vec![], vec![0], 1));
    }

    #[test]
    fn orders_are_about_equally_likely() {
        let mut counts = std::collections::BTreeMap::new();
        for seed in 0..600 {
            *counts.entry(Batches::new(3, 1, seed).of_step(0)).or_insert(0) += 1;
        }
        assert!(counts.len() == 3 && counts.values().all(|&n| (150..250).contains(&n)), "{counts:?}");
    }
}
