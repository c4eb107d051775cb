//! Every rule proves itself: both sides of its equation are evaluated, and code that applies it must lead to its right side.

use super::all;
use crate::answer::all_rules;
use crate::check::Check;
use crate::expr::{Arena, NodeId};
use crate::op::Data;
use crate::ops;
use crate::ordered::OrderedSet;
use crate::shape::Dims;
use crate::statement::equation;
use crate::steps::About;
use crate::tidy::tidied;

fn sides(about: &About) -> (Arena, NodeId, NodeId) {
    let mut arena = Arena::new(Dims::default());
    let (left, right) = equation(&mut arena, about).unwrap_or_else(|| panic!("{}: cannot be read", about.id));
    (arena, left, right)
}

#[test]
fn ids_are_unique_kebab_case_and_sourced() {
    let mut seen = OrderedSet::new();
    for rule in all_rules() {
        assert!(seen.insert(rule.id), "{} stands twice", rule.id);
        assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", rule.id);
        assert!(!rule.title.is_empty() && !rule.why.is_empty() && !rule.source.is_empty(), "{}", rule.id);
    }
    assert!(seen.len() > 60);
}

/// Rules of operators: the differential on the left (by dual numbers) equals the right side.
#[test]
fn both_sides_of_every_rule_agree_by_number() {
    let mut looked_at = 0;
    for about in all_rules().iter().filter(|a| !a.from.is_empty() && a.id != "abstract-function") {
        let (arena, left, right) = sides(about);
        // Only what the right side differentiates varies: a constant's letter has no d(…) there.
        let varying = arena
            .symbols
            .iter()
            .enumerate()
            .filter(|(_, s)| !about.from.starts_with("d(") || about.to.contains(&format!("d({})", s.name)))
            .map(|(at, _)| crate::expr::SymbolId(at as u32))
            .collect();
        let check = Check { varying: Some(varying), ..Check::new(&arena, 4) }.compare(left, right);
        let check = check.unwrap_or_else(|e| panic!("{}: {}", about.id, e.message));
        assert!(check.ok && check.points == 4, "{}: {check:?}", about.id);
        looked_at += 1;
    }
    assert!(looked_at > 60, "{looked_at}");
}

#[test]
fn tidying_reaches_the_right_side_and_stays_there() {
    for rule in all() {
        let about = About::from(rule);
        let (mut arena, left, right) = sides(&about);
        let reached = tidied(&mut arena, left).unwrap();
        let expected = tidied(&mut arena, right).unwrap();
        let show = |id| crate::print::text::text(&arena, id).unwrap();
        assert_eq!(reached, expected, "{}: {} is not {}", rule.id, show(reached), show(expected));
        assert_eq!(tidied(&mut arena, reached).unwrap(), reached, "{}", rule.id);
    }
}

/// What a glance takes for tidy the rule itself leaves alone.
#[test]
fn glances_are_right() {
    use super::{numbers, powers};
    use crate::ops::arithmetic::{ADD, DIVIDE, EXPAND, MULTIPLY, NEGATE, POWER};
    type Glance = fn(&Arena, NodeId) -> bool;
    type Apply = fn(&mut Arena, NodeId) -> Option<NodeId>;
    let glances: [(&[&crate::op::Op], Glance, Apply); 3] = [
        (&[&MULTIPLY, &DIVIDE], powers::is_collected, powers::collected),
        (&[&ADD], powers::are_unlike, powers::added_up),
        (&[&MULTIPLY, &NEGATE, &ADD, &DIVIDE, &POWER, &EXPAND], numbers::is_combined, numbers::combined),
    ];
    let mut tidy = [0; 3];
    for line in crate::laws::questions() {
        let Some((mut arena, _)) = crate::answer::derived_for_test(&line) else { continue };
        for id in (0..arena.len() as u32).map(NodeId) {
            for (at, (ops, glance, apply)) in glances.iter().enumerate() {
                // One scalar for all entries is what another rule makes of them.
                let is_scalar = |&a: &NodeId| arena.unexpanded(a) != a;
                let in_disguise = !arena.args(id).is_empty() && arena.args(id).iter().all(is_scalar);
                if ops.contains(&arena.op(id)) && !in_disguise && glance(&arena, id) {
                    let shape = arena.shape(id).clone();
                    // A rule may leave axes of size 1 for its caller to put back.
                    let made = apply(&mut arena, id).and_then(|made| arena.fitted(made, &shape)).unwrap_or(id);
                    assert_eq!(made, id, "{line}: {at}: {}", crate::print::text::text(&arena, id).unwrap());
                    tidy[at] += 1;
                }
            }
        }
    }
    assert!(tidy.iter().all(|&count| count > 1000), "{tidy:?}");
}

/// The code of each rule fits somewhere in its own left side.
#[test]
fn every_rule_of_tidying_fires_on_its_own_example() {
    for rule in all() {
        let (mut arena, left, _) = sides(&About::from(rule));
        let fires =
            arena.reachable(&[left]).into_iter().any(|id| (rule.apply)(&mut arena, id).is_some_and(|to| to != id));
        assert!(fires, "{}", rule.id);
    }
}

/// Both sides of all rules that have sides.
fn all_sides() -> impl Iterator<Item = (Arena, [NodeId; 2])> {
    let rules = all_rules().into_iter().filter(|a| !a.from.is_empty() && a.id != "abstract-function");
    rules.map(|about| sides(&about)).map(|(arena, left, right)| (arena, [left, right]))
}

/// Rules are tried by the operator and by what its arguments are; where they are not tried they must not fit.
#[test]
fn no_rule_fits_where_it_is_not_tried() {
    let mut looked_at = 0;
    for (mut arena, sides) in all_sides() {
        for id in arena.reachable(&sides) {
            for (at, rule) in all().enumerate() {
                if arena.is_tried(id, 1 << at) {
                    continue;
                }
                let made = (rule.apply)(&mut arena, id);
                assert!(made.is_none(), "{} fits `{}` and is not tried there", rule.id, arena.op(id).name);
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 1000 && all().count() < 64, "{looked_at}");
}

/// What tidying remembers of a node is true: a rule that was found to leave it alone does so.
#[test]
fn what_is_settled_is_left_alone() {
    let mut looked_at = 0;
    for (mut arena, sides) in all_sides() {
        let tidy = sides.map(|side| tidied(&mut arena, side).unwrap());
        for id in arena.reachable(&[sides, tidy].concat()) {
            for (at, rule) in all().enumerate().filter(|(at, _)| arena.is_settled(id, 1 << at)).collect::<Vec<_>>() {
                let made = (rule.apply)(&mut arena, id).unwrap_or(id);
                let shape = arena.shape(id).clone();
                let changed = arena.fitted(made, &shape).is_some_and(|made| made != id);
                assert!(!changed, "{} ({at}) fits `{}`", rule.id, arena.op(id).name);
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 1000, "{looked_at}");
}

#[test]
fn a_linear_operator_has_an_index_form() {
    use crate::op::Differential::{Linear, Multilinear};
    for op in ops::all().filter(|op| matches!(op.differential, Linear(_) | Multilinear(_))) {
        assert!(op.index.is_some(), "{}", op.name);
    }
    assert_eq!(Data::default(), Data::None);
}
