//! A small map in the order of its keys: a sorted list. The standard library's tree costs some ten kilobytes of code for
//! every kind of value, which counts where values come in several kinds of number.

use std::ops::Index;

#[derive(Clone, Debug, PartialEq)]
pub struct Ordered<K, V>(Vec<(K, V)>);

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Ordered<K, V> {
        Ordered(Vec::new())
    }
}

impl<K: Ord + Copy, V> Ordered<K, V> {
    pub fn new() -> Ordered<K, V> {
        Ordered::default()
    }

    /// Where a key is, or where it would be put.
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(k, _)| k.cmp(key))
    }

    pub fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.place(key).ok().map(|at| &mut self.0[at].1)
    }

    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a value in; gives back the one it replaces.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    pub fn remove(&mut self, key: &K) -> Option<V> {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same keys with other values.
    pub fn map<W>(&self, f: impl Fn(&V) -> W) -> Ordered<K, W> {
        Ordered(self.0.iter().map(|(key, value)| (*key, f(value))).collect())
    }
}

impl<K: Ord + Copy, V> Extend<(K, V)> for Ordered<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| {
            self.insert(key, value);
        });
    }
}

impl<K: Ord + Copy, V> FromIterator<(K, V)> for Ordered<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Ordered<K, V> {
        let mut map = Ordered::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord + Copy, V> Index<&K> for Ordered<K, V> {
    type Output = V;

    fn index(&self, key: &K) -> &V {
        self.get(key).expect("a key that is there")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Against the standard library's map, over random insertions and removals.
    #[test]
    fn it_does_what_a_tree_does() {
        let mut random = oorandom::Rand64::new(3);
        let (mut list, mut tree): (Ordered<u64, u64>, BTreeMap<u64, u64>) = Default::default();
        for _ in 0..2000 {
            let (key, value) = (random.rand_range(0..40), random.rand_u64());
            if random.rand_float() < 0.7 {
                assert_eq!(list.insert(key, value), tree.insert(key, value));
            } else {
                assert_eq!(list.remove(&key), tree.remove(&key));
            }
            assert!(list.iter().eq(tree.iter()));
            assert_eq!((list.get(&key), list.len()), (tree.get(&key), tree.len()));
        }
        assert!(list.len() > 20);
        let again: Ordered<u64, u64> = tree.iter().rev().map(|(&k, &v)| (k, v)).collect();
        assert_eq!(again, list);
    }
}
