//! Laws that hold for every derivation, tested on every question of the case tables and on every rule.

use crate::answer::{all_rules, asked_for_test, derived_for_test};
use crate::check::Check;
use crate::contract::Level;
use crate::expr::{Arena, NodeId};
use crate::ordered::OrderedSet;
use crate::rules::headlines;
use crate::steps::Step;
use serde_json::Value;

/// All derive rows of the case tables, as lines to send.
pub fn questions() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases");
    let mut lines = Vec::new();
    for name in ["paper", "language", "kinks", "sample", "rules", "forms", "second", "cookbook", "matrixcalculus"] {
        let table = std::fs::read_to_string(format!("{folder}/{name}.jsonl")).expect("the case tables are there");
        for row in table.lines().filter(|l| !l.trim().is_empty()) {
            let mut row: Value = serde_json::from_str(row).expect("a row is JSON");
            let Some(fields) = row.as_object_mut() else { continue };
            let expect = fields.remove("expect").unwrap_or_default();
            let derives = fields.get("op").is_none_or(|op| op == "derive") && fields.contains_key("expr");
            if derives && expect.get("error").is_none() {
                lines.push(row.to_string());
            }
        }
    }
    lines
}

struct Laws<'a> {
    arena: &'a Arena,
    line: &'a str,
    fired: &'a mut OrderedSet<&'static str>,
}

impl Laws<'_> {
    /// Neighbours meet, and the steps lead from one statement to the other.
    fn chain(&mut self, steps: &[Step], from: NodeId, to: NodeId) {
        let mut at = from;
        for step in steps {
            assert_eq!(step.before, at, "{}: {} does not begin where the last step ended", self.line, step.about.id);
            at = step.after;
            self.one(step);
        }
        assert_eq!(at, to, "{}: the steps end elsewhere", self.line);
    }

    fn one(&mut self, step: &Step) {
        let id = step.about.id;
        self.fired.insert(id);
        assert_eq!(self.arena.shape(step.before), self.arena.shape(step.after), "{}: {id} changes a shape", self.line);
        let is_table = step.before == step.after;
        let says_something = !is_table || !step.rows.is_empty() || step.display.is_some();
        assert!(says_something, "{}: {id} does nothing", self.line);
        for row in &step.rows {
            self.fired.extend(row.rule.map(|r| r.id));
        }
        // Substeps compose to their parent: as a chain, or as the rows of its table.
        let Some(first) = step.sub.first() else { return };
        if first.before == step.before {
            self.chain(&step.sub, step.before, step.after);
        } else if let [row] = &step.rows[..] {
            self.chain(&step.sub, row.left, row.right);
        } else if is_table {
            for (row, below) in step.rows.iter().zip(&step.sub) {
                assert_eq!((below.before, below.after), (row.left, row.right), "{}: {id}", self.line);
                self.one(below);
            }
            assert_eq!(step.rows.len(), step.sub.len(), "{}: {id}", self.line);
        } else {
            self.chain(&step.sub, step.before, step.after);
        }
    }
}

#[test]
fn every_derivation_obeys_the_laws_and_every_rule_is_fired() {
    let mut fired = OrderedSet::new();
    let mut derivations = 0;
    for line in questions() {
        let Some((arena, derivation)) = derived_for_test(&line) else { continue };
        derivations += 1;
        let steps = &derivation.steps;
        let headlines = steps.iter().filter(|s| s.level == Level::Headline).count();
        assert_eq!(headlines, steps.len(), "{line}: only headlines stand on top");
        assert!(headlines <= 7, "{line}: {headlines} headlines");
        let mut laws = Laws { arena: &arena, line: &line, fired: &mut fired };
        if !steps.is_empty() {
            laws.chain(steps, derivation.question, derivation.result);
        }
    }
    assert!(derivations > 600, "{derivations}");
    // The split at a kink is made when the result is displayed, after the derivation.
    fired.insert(headlines::SPLIT.id);
    // Only a defect of the engine leads to entries (proved/tests.rs plants some).
    fired.insert(headlines::BY_ENTRIES.id);
    let idle: Vec<&str> = all_rules().iter().map(|r| r.id).filter(|id| !fired.contains(id)).collect();
    assert!(idle.is_empty(), "rules that no case fires: {idle:?}");
}

/// The three readings of the one rule set end in the same derivative: paths, differentials and reverse accumulation.
#[test]
fn all_ways_lead_to_the_same_derivative() {
    use crate::derive::{By, derive_in, ways};
    let mut compared = 0;
    for line in questions() {
        let Some((arena, expr, by)) = asked_for_test(&line) else { continue };
        let By::Variable(_) = by else { continue };
        let mut found: Option<(Arena, NodeId)> = None;
        for way in ways(&arena, expr, &by) {
            // Each way begins on the same arena, so that nodes of different ways can be compared.
            let mut own = found.as_ref().map_or_else(|| arena.clone(), |(arena, _)| arena.clone());
            let derived = derive_in(&mut own, expr, &by, Vec::new(), 1, Some(way));
            let tensor = derived.unwrap_or_else(|e| panic!("{line}: {way:?}: {}", e.message)).tensor;
            if let Some((_, first)) = &found {
                let check = Check::new(&own, 2).compare(*first, tensor).expect("a derivative has numbers");
                assert!(check.ok || check.points == 0, "{line}: {way:?} leads elsewhere: {check:?}");
                compared += 1;
            } else {
                found = Some((own, tensor));
            }
        }
    }
    assert!(compared > 1500, "{compared}");
}

/// A result alone is the same as at the end of its steps, also where the slopes of its operators are known already.
#[test]
fn a_bare_result_is_that_of_the_steps() {
    use crate::derive::{bare, derive};
    use crate::print::text::text;
    let mut compared = 0;
    for line in questions() {
        let Some((arena, expr, by)) = asked_for_test(&line) else { continue };
        for order in [1, 2] {
            let given = || arena.given.clone();
            let [mut told, mut untold, mut again] = [arena.clone(), arena.clone(), arena.clone()];
            // An order more can be too much for both.
            let Ok(derived) = derive(&mut told, expr, &by, given(), order) else { continue };
            let expected = text(&told, derived.tensor).unwrap();
            for own in [&mut untold, &mut again] {
                let result = bare(own, expr, &by, given(), order).unwrap_or_else(|e| panic!("{line}: {}", e.message));
                assert_eq!(text(own, result).unwrap(), expected, "{line}");
            }
            compared += 1;
        }
    }
    assert!(compared > 1200, "{compared}");
}

/// Both sides of every step agree by number, also of the steps below.
#[test]
fn every_step_of_the_paper_holds_by_number() {
    fn walk(arena: &Arena, line: &str, steps: &[Step], seen: &mut usize) {
        for step in steps {
            let mut pairs: Vec<(NodeId, NodeId)> = step.rows.iter().map(|r| (r.left, r.right)).collect();
            pairs.push((step.before, step.after));
            for (left, right) in pairs.into_iter().filter(|(l, r)| l != r && arena.op(*l).name != "d") {
                let check = Check::new(arena, 2).compare(left, right).expect("a step has numbers");
                assert!(check.ok, "{line}: {} does not hold: {check:?}", step.about.id);
                *seen += 1;
            }
            walk(arena, line, &step.sub, seen);
        }
    }
    let mut seen = 0;
    for line in questions().iter().filter(|l| l.contains("\"paper-")) {
        if let Some((arena, derivation)) = derived_for_test(line) {
            walk(&arena, line, &derivation.steps, &mut seen);
        }
    }
    assert!(seen > 1000, "{seen}");
}
