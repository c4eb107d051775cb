//! What the letters of a rule stand for where it was applied: the line "with u = W x + b" under a step. The rule's own
//! text is laid over the formula, so a letter is named only where both fit.

use crate::expr::{Arena, NodeId};
use crate::op::Differential;
use crate::ops::arithmetic::{ADD, MULTIPLY};
use crate::ops::pending::DIFFERENTIAL;
use crate::ops::products::PRODUCT;
use crate::print;
use crate::shape::Dims;
use crate::statement;
use crate::steps::About;

/// A letter of a rule, as the rule's statement prints it, and what it stands for.
pub struct Binding {
    pub letter: String,
    pub node: NodeId,
}

/// A rule read in an arena of its own.
struct Pattern {
    arena: Arena,
    left: NodeId,
    right: NodeId,
}

impl Pattern {
    fn read(about: &About) -> Option<Pattern> {
        if about.from.is_empty() {
            return None;
        }
        let mut arena = Arena::new(Dims::default());
        let (left, right) = statement::equation(&mut arena, about)?;
        Some(Pattern { arena, left, right })
    }

    fn letters(&self, found: Vec<(NodeId, NodeId)>) -> Vec<Binding> {
        let letter = |(symbol, node)| Some(Binding { letter: print::plain(&self.arena, symbol).ok()?, node });
        found.into_iter().filter_map(letter).collect()
    }
}

/// The letters of an operator's rule at the node that it was applied to. Empty where that cannot be said.
pub fn of_operator(arena: &mut Arena, about: &About, site: NodeId) -> Vec<Binding> {
    let op = arena.op(site);
    let is_its_own =
        op.rules().iter().any(|rule| rule.id == about.id) && !matches!(op.differential, Differential::Zero(_));
    let Some(pattern) = Pattern::read(about).filter(|p| is_its_own && p.arena.is(p.left, &DIFFERENTIAL)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let value = pattern.arena.args(pattern.left)[0];
    if fits(&pattern.arena, value, arena, site, &mut found) { pattern.letters(found) } else { Vec::new() }
}

/// The letters of a rule of algebra where it made `after` of `before`. Empty unless both its sides fit.
pub fn of_algebra(arena: &mut Arena, about: &About, before: NodeId, after: NodeId) -> Vec<Binding> {
    let Some(pattern) = Pattern::read(about) else { return Vec::new() };
    let mut found = Vec::new();
    let both = fits(&pattern.arena, pattern.left, arena, before, &mut found)
        && fits(&pattern.arena, pattern.right, arena, after, &mut found);
    if both { pattern.letters(found) } else { Vec::new() }
}

/// Lays a pattern over a formula. What is open is kept in a list, so depth is no matter; letters fit anything, the same
/// thing each time.
fn fits(rule: &Arena, pattern: NodeId, arena: &mut Arena, node: NodeId, found: &mut Vec<(NodeId, NodeId)>) -> bool {
    let mut open = vec![(pattern, node)];
    while let Some((pattern, node)) = open.pop() {
        if rule.symbol_of(pattern).is_some() {
            match found.iter().find(|(letter, _)| *letter == pattern) {
                Some((_, known)) if *known != node => return false,
                Some(_) => {}
                None => found.push((pattern, node)),
            }
            continue;
        }
        if rule.op(pattern) != arena.op(node) {
            return false;
        }
        let (wanted, args) = (rule.args(pattern), arena.args(node).to_vec());
        if wanted.is_empty() && rule.get(pattern).data != arena.get(node).data {
            return false;
        }
        let Some(args) = gathered(arena, node, args, wanted.len()) else { return false };
        // The first argument is laid first, so that letters come in the order of the text.
        open.extend(wanted.iter().copied().zip(args).rev());
    }
    true
}

/// The arguments of a node as so many: a rule for two terms or factors stands for more, its last letter for all others.
fn gathered(arena: &mut Arena, node: NodeId, mut args: Vec<NodeId>, count: usize) -> Option<Vec<NodeId>> {
    if args.len() == count {
        return Some(args);
    }
    let op = arena.op(node);
    if args.len() < count || count < 2 || ![&ADD, &MULTIPLY, &PRODUCT].contains(&op) {
        return None;
    }
    let rest = args.split_off(count - 1);
    let data = arena.get(node).data.clone();
    args.push(arena.make(op, &rest, data).ok()?);
    Some(args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::Data;
    use crate::ops;
    use crate::shape::Shape;

    fn vectors(names: &[&str]) -> (Arena, Vec<NodeId>) {
        let mut dims = Dims::default();
        let n = dims.declare("n");
        let mut arena = Arena::new(dims);
        let mut vector = |name: &&str| {
            let symbol = arena.new_symbol(name, Shape::vector(n), None);
            arena.symbol(symbol)
        };
        let leaves = names.iter().map(&mut vector).collect();
        (arena, leaves)
    }

    fn rule_of(node: NodeId, arena: &Arena, id: &str) -> About {
        arena.op(node).rules().iter().find(|r| r.id == id).expect("the operator has this rule").into()
    }

    #[test]
    fn letters_stand_for_what_stands_at_their_places() {
        let (mut arena, v) = vectors(&["x", "y"]);
        let dot = arena.must(&ops::products::DOT, &[v[1], v[0]], Data::None);
        let rule = About::from(&arena.op(dot).rules()[arena.op(dot).rules().len() - 1]);
        let found = of_operator(&mut arena, &rule, dot);
        let nodes: Vec<NodeId> = found.iter().map(|b| b.node).collect();
        assert_eq!(nodes, [v[1], v[0]], "{}", rule.from);
        // Another operator's rule says nothing here.
        let sine = arena.must(&ops::elementwise::SIN, &[v[0]], Data::None);
        assert!(of_operator(&mut arena, &rule, sine).is_empty());
    }

    #[test]
    fn the_last_letter_stands_for_all_the_others() {
        let (mut arena, v) = vectors(&["x", "y", "w"]);
        let sum = arena.add(&v);
        let rule = rule_of(sum, &arena, "sum-rule");
        let found = of_operator(&mut arena, &rule, sum);
        let rest = arena.add(&v[1..]);
        assert_eq!(found.iter().map(|b| b.node).collect::<Vec<_>>(), [v[0], rest]);
    }

    #[test]
    fn a_rule_of_algebra_names_its_letters_where_both_sides_fit() {
        let (mut arena, v) = vectors(&["x", "y"]);
        let doubled = crate::rules::all().find(|rule| {
            let Some(pattern) = Pattern::read(&About::from(*rule)) else { return false };
            let mut found = Vec::new();
            fits(&pattern.arena, pattern.left, &mut pattern.arena.clone(), pattern.left, &mut found)
        });
        assert!(doubled.is_some(), "every rule fits itself");
        let about = About::from(doubled.expect("checked above"));
        assert!(of_algebra(&mut arena, &about, v[0], v[1]).is_empty(), "{}", about.id);
    }
}
