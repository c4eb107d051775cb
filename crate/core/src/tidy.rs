//! Tidying: ordered, terminating rewriting, recorded like any rule. Each pass applies one rule everywhere it fits; passes
//! are tried in the order of `rules::all()` and begin anew after a change, until nothing fits.

use crate::budget;
use crate::error::Result;
use crate::expr::{Arena, NodeId};
use crate::rules::{self, Tidying};
use std::collections::{HashMap, HashSet};

/// One pass that changed something: the whole expression before and after.
pub struct Pass {
    pub rule: &'static Tidying,
    pub before: NodeId,
    pub after: NodeId,
    /// The nodes that were put in place of others.
    pub made: Vec<NodeId>,
}

/// Applies one rule everywhere but in what is kept, arguments first. Returns the new root and the nodes made.
fn everywhere(
    arena: &mut Arena,
    root: NodeId,
    rule: &'static Tidying,
    kept: &HashSet<NodeId>,
) -> (NodeId, Vec<NodeId>) {
    let mut new: HashMap<NodeId, NodeId> = HashMap::new();
    let mut made = Vec::new();
    for id in arena.reachable(&[root]) {
        if kept.contains(&id) {
            new.insert(id, id);
            continue;
        }
        let node = arena.get(id).clone();
        let args: Vec<NodeId> = node.args.iter().map(|a| new[a]).collect();
        let mut current = if args == node.args { id } else { arena.rebuild(&node, &args) };
        // A rule may fit again at the same place (three factors): bounded, so that a slip in a rule cannot hang.
        for _ in 0..16 {
            let shape = arena.shape(current).clone();
            let next = (rule.apply)(arena, current).and_then(|next| arena.fitted(next, &shape));
            match next {
                Some(next) if next != current => {
                    made.push(next);
                    current = next;
                }
                _ => break,
            }
        }
        new.insert(id, current);
    }
    (new[&root], made)
}

/// The tidy form and the passes that led there. Errors: `limit` when the arena is full.
pub fn tidy(arena: &mut Arena, root: NodeId) -> Result<(NodeId, Vec<Pass>)> {
    let mut current = root;
    let mut passes: Vec<Pass> = Vec::new();
    let mut seen = vec![root];
    let nothing = HashSet::new();
    'again: while passes.len() < budget::MAX_STEPS {
        for rule in rules::all() {
            let (next, made) = everywhere(arena, current, rule, &nothing);
            arena.check_size()?;
            if next != current && !seen.contains(&next) {
                passes.push(Pass { rule, before: current, after: next, made });
                seen.push(next);
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
    let kept: HashSet<NodeId> = arena.reachable(keep).into_iter().collect();
    let mut current = root;
    loop {
        let before = current;
        for rule in rules::numbers::RULES.iter().filter(|r| r.id != "order-of-factors") {
            current = everywhere(arena, current, rule, &kept).0;
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
