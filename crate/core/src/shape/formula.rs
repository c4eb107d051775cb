//! Dimensions made of others: `n+1`, `m*n`, `n-1`. Sums of products of names, multiplied out, so that equal ones look
//! alike.

use crate::ordered::{Ordered, OrderedSet};
use crate::sorting;

/// Terms that a dimension may have.
const MAX_TERMS: usize = 64;
/// Names that may be multiplied in one of them.
const MAX_FACTORS: usize = 8;

/// Each product of names (their numbers, sorted; none for a whole number) with its factor, which is never 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Formula(Ordered<Vec<u32>, i64>);

impl Formula {
    pub fn whole(n: i64) -> Formula {
        Formula::term(n, Vec::new())
    }

    pub fn name(name: u32) -> Formula {
        Formula::term(1, vec![name])
    }

    fn term(times: i64, names: Vec<u32>) -> Formula {
        Formula((times != 0).then_some((names, times)).into_iter().collect())
    }

    /// `self + times * other`
    pub fn plus(&self, other: &Formula, times: i64) -> Formula {
        let mut sum = self.clone();
        for (names, &factor) in &other.0 {
            let old = sum.0.remove(names).unwrap_or(0);
            let new = old.saturating_add(factor.saturating_mul(times));
            if new != 0 {
                sum.0.insert(names.clone(), new);
            }
        }
        sum
    }

    pub fn times(&self, other: &Formula) -> Formula {
        let mut product = Formula::default();
        for (left, &a) in &self.0 {
            for (right, &b) in &other.0 {
                let mut names = [&left[..], &right[..]].concat();
                sorting::sort(&mut names);
                product = product.plus(&Formula::term(a.saturating_mul(b), names), 1);
            }
        }
        product
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// True where it is within the limits of what a size may be.
    pub fn is_short(&self) -> bool {
        self.0.len() <= MAX_TERMS && self.0.keys().all(|names| names.len() <= MAX_FACTORS)
    }

    /// The whole number, where it holds no name.
    pub fn constant(&self) -> Option<i64> {
        match self.0.first() {
            None => Some(0),
            Some((names, &n)) if names.is_empty() && self.0.len() == 1 => Some(n),
            _ => None,
        }
    }

    /// The name, where it is that alone.
    pub fn single(&self) -> Option<u32> {
        match self.0.first() {
            Some((names, 1)) if names.len() == 1 && self.0.len() == 1 => Some(names[0]),
            _ => None,
        }
    }

    pub fn names(&self) -> OrderedSet<u32> {
        self.0.keys().flatten().copied().collect()
    }

    /// The same with other formulas in place of the names.
    pub fn with(&self, meaning: &dyn Fn(u32) -> Formula) -> Formula {
        let mut sum = Formula::default();
        for (names, &factor) in &self.0 {
            let product = names.iter().fold(Formula::whole(1), |product, &name| product.times(&meaning(name)));
            sum = sum.plus(&product, factor);
        }
        sum
    }

    /// Its value, where all names have one.
    pub fn value(&self, size: &dyn Fn(u32) -> Option<i64>) -> Option<i64> {
        self.0.iter().try_fold(0i64, |sum, (names, &factor)| {
            let product = names.iter().try_fold(factor, |product, &name| Some(product.saturating_mul(size(name)?)))?;
            Some(sum.saturating_add(product))
        })
    }

    /// `x = …` where the formula is 0 and x stands in one term alone; `None` where no whole formula says it.
    pub fn solved_for(&self, x: u32) -> Option<Formula> {
        let factor = *self.0.get(&vec![x])?;
        let rest: Formula =
            Formula(self.0.iter().filter(|(names, _)| **names != [x]).map(|(n, &f)| (n.clone(), f)).collect());
        if rest.names().contains(&x) || rest.0.values().any(|f| f % factor != 0) {
            return None;
        }
        Some(Formula(rest.0.into_iter().map(|(names, f)| (names, -(f / factor))).collect()))
    }

    /// True where every product of names counts positively: `n-1` and `m*n` can be sizes, `5-m` hardly.
    pub fn can_be_a_size(&self) -> bool {
        match self.constant() {
            Some(n) => n > 0,
            None => self.0.iter().all(|(names, &factor)| names.is_empty() || factor > 0),
        }
    }

    /// True where nothing is subtracted.
    pub fn is_positive(&self) -> bool {
        self.0.values().all(|&factor| factor > 0)
    }

    /// True for a product of several names, and nothing beside it.
    pub fn is_product(&self) -> bool {
        self.0.len() == 1 && self.0.first().is_some_and(|(names, &factor)| names.len() > 1 && factor > 0)
    }

    /// The terms in the order in which they are written: products first, whole numbers and what is subtracted last.
    pub fn in_order(&self) -> Vec<(i64, &[u32])> {
        let mut terms: Vec<(i64, &[u32])> = self.0.iter().map(|(names, &factor)| (factor, &names[..])).collect();
        sorting::sort_by_key(&mut terms, |(factor, names)| (*factor < 0, std::cmp::Reverse(names.len())));
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_formulas_look_alike() {
        let (m, n, one) = (Formula::name(0), Formula::name(1), Formula::whole(1));
        let left = m.plus(&one, 1).times(&n);
        let right = n.times(&m).plus(&n, 1);
        assert_eq!(left, right);
        assert_eq!(left.plus(&right, -1).constant(), Some(0));
        assert_eq!(left.value(&|name| Some([4, 3][name as usize])), Some(15));
        assert_eq!(n.plus(&one, 1).plus(&one, -1).single(), Some(1));
    }

    #[test]
    fn one_unknown_is_solved_for() {
        let (m, n) = (Formula::name(0), Formula::name(1));
        // 2 n - 6 = 0, n - m + 1 = 0, 2 n - 5 = 0, m n - 6 = 0
        assert_eq!(n.times(&Formula::whole(2)).plus(&Formula::whole(6), -1).solved_for(1), Some(Formula::whole(3)));
        let previous = n.plus(&m, -1).plus(&Formula::whole(1), 1);
        assert_eq!(previous.solved_for(1), Some(m.plus(&Formula::whole(1), -1)));
        assert_eq!(previous.solved_for(0), Some(n.plus(&Formula::whole(1), 1)));
        assert_eq!(n.times(&Formula::whole(2)).plus(&Formula::whole(5), -1).solved_for(1), None);
        assert_eq!(m.times(&n).plus(&Formula::whole(6), -1).solved_for(0), None);
    }
}
