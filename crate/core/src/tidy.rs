//! Tidying: ordered, terminating rewriting, recorded like any rule. Each pass applies one rule everywhere it fits; passes
//! are tried in the order of `rules::all()` and begin anew after a change, until nothing fits.

use crate::budget;
use crate::error::Result;
use crate::expr::{Arena, NodeId, Replaced};
use crate::rules::{self, Tidying};

/// One pass that changed something: the whole expression before and after.
pub struct Pass {
    pub rule: &'static Tidying,
    pub before: NodeId,
    pub after: NodeId,
    /// The nodes that were put in place of others.
    pub made: Vec<NodeId>,
}

/// Applies one rule everywhere but in what is kept, arguments first. Returns the new root and the nodes made. Where it is
/// known to change nothing, because it was there before, it does not look again. (`kept` is in order;
/// `known` is the first that changes and what becomes of it, where that was found already.)
fn everywhere(
    arena: &mut Arena,
    root: NodeId,
    (bit, rule): (u64, &'static Tidying),
    kept: &[NodeId],
    known: Option<(NodeId, NodeId)>,
) -> (NodeId, Vec<NodeId>) {
    let mut new = Replaced::default();
    let mut made = Vec::new();
    if arena.is_settled(root, bit) {
        return (root, made);
    }
    for id in arena.unsettled(root, bit) {
        if kept.binary_search(&id).is_ok() {
            continue;
        }
        let mut current = arena.with_args(id, &new);
        // A rule may fit again at the same place (three factors): bounded, so that a slip in a rule cannot hang.
        for _ in 0..16 {
            let next = known.filter(|(from, _)| *from == current).map(|(_, to)| to);
            match next.or_else(|| fitting(arena, (bit, rule), current)) {
                Some(next) if next != current => {
                    made.push(next);
                    current = next;
                }
                _ => {
                    arena.settle(current, bit);
                    break;
                }
            }
        }
        new.add(id, current);
    }
    (new.of(root), made)
}

/// What the rule puts in place of a node, in the node's shape.
fn fitting(arena: &mut Arena, (bit, rule): (u64, &Tidying), id: NodeId) -> Option<NodeId> {
    if !arena.is_tried(id, bit) {
        return None;
    }
    let next = (rule.apply)(arena, id)?;
    if arena.shape(next) == arena.shape(id) {
        return Some(next);
    }
    let shape = arena.shape(id).clone();
    arena.fitted(next, &shape)
}

/// The first of these nodes, arguments first, that a rule changes, and what it makes of it; where there is none, that is remembered.
fn first_change(arena: &mut Arena, nodes: &[NodeId], (bit, rule): (u64, &'static Tidying)) -> Option<(NodeId, NodeId)> {
    for &id in nodes {
        if arena.is_settled(id, bit) {
            continue;
        }
        if let Some(next) = fitting(arena, (bit, rule), id).filter(|next| *next != id) {
            return Some((id, next));
        }
        arena.settle(id, bit);
    }
    None
}

/// The tidy form and the passes that led there. Errors: `limit` when the arena is full.
pub fn tidy(arena: &mut Arena, root: NodeId) -> Result<(NodeId, Vec<Pass>)> {
    let mut current = root;
    let mut passes: Vec<Pass> = Vec::new();
    if arena.is_tidy(root) {
        return Ok((root, passes));
    }
    'again: while passes.len() < budget::MAX_STEPS {
        let open = arena.unsettled(current, rules::all_bits());
        // One look at all that is new tells whether there is a pass to make.
        for (bit, rule) in rules::of_bits(arena.settle_untried(&open)) {
            let Some(change) = first_change(arena, &open, (bit, rule)) else { continue };
            let (next, made) = everywhere(arena, current, (bit, rule), &[], Some(change));
            arena.check_size()?;
            let was_there = next == current || passes.iter().any(|pass| pass.before == next);
            if !was_there {
                passes.push(Pass { rule, before: current, after: next, made });
                current = next;
                continue 'again;
            }
        }
        break;
    }
    Ok((current, passes))
}

/// Numbers worked out and ones dropped, nothing else: what nobody writes down when applying a rule (`2 - 1` in an
/// exponent). What `keep` is made of stays as it is.
pub fn folded(arena: &mut Arena, root: NodeId, keep: &[NodeId]) -> NodeId {
    let kept = arena.reachable(keep);
    let mut current = root;
    loop {
        let before = current;
        for rule in rules::numbered().take(rules::numbers::FOLDING) {
            current = everywhere(arena, current, rule, &kept, None).0;
        }
        if current == before {
            return current;
        }
    }
}

/// The tidy form alone.
pub fn tidied(arena: &mut Arena, root: NodeId) -> Result<NodeId> {
    Ok(tidy(arena, root)?.0)
}
