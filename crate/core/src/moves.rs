//! What a step did: at which places two statements differ, and what became of the parts that stood there. Parts are
//! shared nodes of the arena, so this is read off, never guessed.

use crate::expr::{Arena, NodeId};
use crate::map::{Map, Set};
use crate::ordered::Ordered;

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands as often as before, somewhere else.
    Moved,
    /// It stands more often.
    Copied,
    /// It stands less often.
    Merged,
    /// It was not there before.
    Born,
    /// It is gone.
    Died,
}

impl Fate {
    /// As the contract says it.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Moved => "moved",
            Fate::Copied => "copied",
            Fate::Merged => "merged",
            Fate::Born => "born",
            Fate::Died => "died",
        }
    }
}

/// A part that a step did not take apart, and how often it stands at the step's places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom {
    pub node: NodeId,
    pub before: u64,
    pub after: u64,
}

impl Atom {
    pub fn fate(&self) -> Fate {
        match (self.before, self.after) {
            (0, _) => Fate::Born,
            (_, 0) => Fate::Died,
            (b, a) if a > b => Fate::Copied,
            (b, a) if a < b => Fate::Merged,
            _ => Fate::Moved,
        }
    }
}

/// The places where two statements differ, outermost first: everything around them is the same.
pub fn places(arena: &Arena, before: NodeId, after: NodeId) -> Vec<(NodeId, NodeId)> {
    let mut found = Vec::new();
    let mut seen = Set::default();
    let mut open = vec![(before, after)];
    while let Some((old, new)) = open.pop() {
        if old == new || !seen.insert((old, new)) {
            continue;
        }
        match inside(arena, old, new) {
            Some(pairs) => open.extend(pairs.into_iter().rev()),
            None => found.push((old, new)),
        }
    }
    found
}

/// The pairs of arguments that differ, where the two nodes are the same but for them; `None` where the nodes themselves
/// differ, or where something went from one argument to another.
fn inside(arena: &Arena, old: NodeId, new: NodeId) -> Option<Vec<(NodeId, NodeId)>> {
    let (a, b) = (arena.get(old), arena.get(new));
    let same = a.op == b.op && a.data == b.data && a.shape == b.shape && a.args.len() == b.args.len();
    let pairs: Vec<(NodeId, NodeId)> =
        a.args.iter().copied().zip(b.args.iter().copied()).filter(|(x, y)| x != y).collect();
    let crossed = pairs.iter().any(|(x, _)| pairs.iter().any(|(_, y)| x == y));
    (same && !pairs.is_empty() && !crossed).then_some(pairs)
}

/// The parts at these places: the largest nodes that stand on both sides, and the leaves that stand on one alone.
/// In order of the arena, so that the same step always tells them in the same order.
pub fn atoms(arena: &Arena, places: &[(NodeId, NodeId)]) -> Vec<Atom> {
    let (olds, news): (Vec<NodeId>, Vec<NodeId>) = places.iter().copied().unzip();
    let old: Set<NodeId> = arena.reachable(&olds).into_iter().collect();
    let common: Set<NodeId> = arena.reachable(&news).into_iter().filter(|id| old.contains(id)).collect();
    let mut all: Ordered<NodeId, Atom> = Ordered::new();
    for (node, times) in counted(arena, &olds, &common) {
        all.insert(node, Atom { node, before: times, after: 0 });
    }
    for (node, times) in counted(arena, &news, &common) {
        all.or_insert_with(node, || Atom { node, before: 0, after: 0 }).after = times;
    }
    all.into_values().collect()
}

/// How often each part stands in the formulas as written, in order of the arena; a sweep over the graph, shared parts
/// counted each time.
fn counted(arena: &Arena, roots: &[NodeId], parts: &Set<NodeId>) -> Vec<(NodeId, u64)> {
    let mut times: Ordered<NodeId, u64> = Ordered::new();
    for &root in roots {
        let here = times.or_default(root);
        *here = here.saturating_add(1);
    }
    let mut found = Vec::new();
    // Arguments have smaller ids than what they are arguments of: the largest id has all its users behind it.
    while let Some((id, count)) = times.pop_last() {
        if parts.contains(&id) || arena.args(id).is_empty() {
            found.push((id, count));
            continue;
        }
        for &arg in arena.args(id) {
            let here = times.or_default(arg);
            *here = here.saturating_add(count);
        }
    }
    found.reverse();
    found
}

/// How many leaves a formula has as written.
pub fn leaves(arena: &Arena, root: NodeId) -> u64 {
    let mut sizes: Map<NodeId, u64> = Map::default();
    for id in arena.reachable(&[root]) {
        let inner = arena.args(id).iter().fold(0u64, |sum, arg| sum.saturating_add(sizes[arg]));
        sizes.insert(id, inner.max(1));
    }
    sizes[&root]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Arena;
    use crate::op::Data;
    use crate::ops::elementwise::SIN;
    use crate::shape::{Dims, Shape};

    fn scalars(names: [&str; 3]) -> (Arena, [NodeId; 3]) {
        let mut arena = Arena::new(Dims::default());
        let leaves = names.map(|name| {
            let symbol = arena.new_symbol(name, Shape::SCALAR, None);
            arena.symbol(symbol)
        });
        (arena, leaves)
    }

    #[test]
    fn a_change_deep_inside_is_found_where_it_is() {
        let (mut arena, [x, y, z]) = scalars(["x", "y", "z"]);
        let (sum, other) = (arena.add(&[x, y]), arena.add(&[x, z]));
        let wrap = |arena: &mut Arena, inner| {
            let sine = arena.must(&SIN, &[inner], Data::None);
            arena.negate(sine)
        };
        let (before, after) = (wrap(&mut arena, sum), wrap(&mut arena, other));
        assert_eq!(places(&arena, before, after), [(y, z)]);
        assert_eq!(places(&arena, before, before), []);
        // What changes its place among the arguments is one place, not two.
        let (one, two) = (arena.divide(x, y), arena.divide(y, x));
        assert_eq!(places(&arena, one, two), [(one, two)]);
    }

    #[test]
    fn parts_are_counted_as_they_are_written() {
        let (mut arena, [x, y, z]) = scalars(["x", "y", "z"]);
        let sine = arena.must(&SIN, &[x], Data::None);
        // sin(x)·y + sin(x)·z = sin(x)·(y + z) + x
        let (left, right) = (arena.multiply(&[sine, y]), arena.multiply(&[sine, z]));
        let before = arena.add(&[left, right]);
        let inner = arena.add(&[y, z]);
        let product = arena.multiply(&[sine, inner]);
        let after = arena.add(&[product, x]);
        let found = atoms(&arena, &[(before, after)]);
        let fate = |node| found.iter().find(|a| a.node == node).map(Atom::fate);
        assert_eq!(fate(sine), Some(Fate::Merged));
        assert_eq!(fate(y), Some(Fate::Moved));
        assert_eq!(fate(x), Some(Fate::Born));
        let covered: u64 = found.iter().map(|a| a.before * leaves(&arena, a.node)).sum();
        assert_eq!(covered, leaves(&arena, before));
    }
}
