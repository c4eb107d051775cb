//! One sort for all kinds of lists. The standard library's costs four kilobytes of code for every kind of list and every
//! comparison; here only comparing and swapping are made anew.

use std::cmp::Ordering;

/// So many are sorted by putting one after the other in its place.
const FEW: usize = 12;

/// What has to be known of a list to sort it: entries by their places.
trait List {
    fn compare(&self, a: usize, b: usize) -> Ordering;
    fn swap(&mut self, a: usize, b: usize);
}

struct Compared<'a, T, F> {
    list: &'a mut [T],
    compare: F,
}

impl<T, F: Fn(&T, &T) -> Ordering> List for Compared<'_, T, F> {
    fn compare(&self, a: usize, b: usize) -> Ordering {
        (self.compare)(&self.list[a], &self.list[b])
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.list.swap(a, b);
    }
}

/// Sorts a list; what is equal stays in its order.
pub fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let length = list.len();
    if length > 1 {
        sort_places(length, &mut Compared { list, compare });
    }
}

pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

fn sort_places(length: usize, list: &mut dyn List) {
    if length <= FEW {
        for end in 1..length {
            let mut at = end;
            while at > 0 && list.compare(at - 1, at) == Ordering::Greater {
                list.swap(at - 1, at);
                at -= 1;
            }
        }
        return;
    }
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|&a, &b| list.compare(a, b));
    // Each place gets what `places` names for it, one cycle after the other.
    for start in 0..length {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut places[at], at);
            if next == start {
                break;
            }
            list.swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut random = oorandom::Rand64::new(7);
        for count in (0..40).chain([1000]) {
            let list: Vec<(u64, usize)> = (0..count).map(|k| (random.rand_range(0..30), k)).collect();
            let (mut ours, mut theirs) = (list.clone(), list.clone());
            sort_by_key(&mut ours, |entry| entry.0);
            theirs.sort_by_key(|entry| entry.0);
            assert_eq!(ours, theirs);
            (ours, theirs) = (list.clone(), list);
            sort(&mut ours);
            theirs.sort();
            assert_eq!(ours, theirs);
        }
    }
}
