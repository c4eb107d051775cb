//! Tidying as a whole: twice is once, and one expression presented in different ways (terms and factors in another
//! order, variables under other names) reaches one tidy form.
//!
//! `CHALKGRAD_RANDOM=100000 cargo test --release -p chalkgrad-core --test tidying -- --nocapture` is the long run.

mod support;

use chalkgrad_core::derive::{self, By};
use chalkgrad_core::expr::{Arena, IndexId, NodeId, Place};
use chalkgrad_core::infer::{self, Question};
use chalkgrad_core::map::Map;
use chalkgrad_core::op::{Data, Op};
use chalkgrad_core::ops::arithmetic::{ADD, MULTIPLY};
use chalkgrad_core::ops::products::DOT;
use chalkgrad_core::request;
use chalkgrad_core::tidy::tidied;
use oorandom::Rand64;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::compose::Composer;
use support::setting;

/// The seeded part that runs in every test.
const USUAL: usize = 1_000;
const SHOWN: usize = 20;
/// Of so many thousand forms one may differ.
const DIFFER_OF: usize = 1_000;

/// How many were looked at, and which were not as they should be.
#[derive(Default)]
struct Tally {
    looked_at: usize,
    failed: usize,
    examples: Vec<String>,
}

impl Tally {
    fn note(&mut self, holds: bool, example: impl FnOnce() -> String) {
        self.looked_at += 1;
        if !holds {
            self.failed += 1;
            self.examples.push(example());
        }
    }

    /// The shortest examples say most.
    fn print(&mut self, what: &str) {
        self.examples.sort_by_key(String::len);
        println!("{what}: {} of {} differ", self.failed, self.looked_at);
        for example in self.examples.iter().take(SHOWN) {
            println!("  {}", support::shorten(example));
        }
    }

    fn rare(&self) -> bool {
        self.failed * DIFFER_OF <= self.looked_at
    }
}

fn text(arena: &Arena, node: NodeId) -> String {
    chalkgrad_core::print::text::text(arena, node).unwrap_or_else(|error| error.message)
}

/// A random question that is read, with its variable; `None` where it is refused or by a list or component.
fn read(composer: &mut Composer) -> Option<(Question, NodeId)> {
    let asked = composer.question();
    let (_, request) = request::read_line(&asked.request().to_string());
    let question = infer::read(&request.ok()?).ok()?;
    match question.wrt[..] {
        [infer::Wrt::Symbol(v)] if !question.wrt_is_list => Some((question, v)),
        _ => None,
    }
}

/// Operators whose arguments may stand in any order.
fn commutes(op: &Op) -> bool {
    op == &ADD || op == &MULTIPLY || op == &DOT
}

/// The expression with the terms of its sums and the factors of its products of numbers in another order.
fn shuffled(arena: &mut Arena, root: NodeId, random: &mut Rand64) -> NodeId {
    let mut new: Map<NodeId, NodeId> = Map::default();
    for id in arena.reachable(&[root]) {
        let node = arena.get(id).clone();
        let mut args: Vec<NodeId> = node.args.iter().map(|arg| new[arg]).collect();
        if commutes(node.op) {
            for at in (1..args.len()).rev() {
                args.swap(at, random.rand_range(0..at as u64 + 1) as usize);
            }
        }
        let made = if *args == *node.args { id } else { arena.rebuild(&node, &args) };
        new.insert(id, made);
    }
    new[&root]
}

/// A number for the form of an expression up to the order of terms and factors and up to the names of bound indices.
fn form(arena: &Arena, root: NodeId) -> u64 {
    let reached = arena.reachable(&[root]);
    // A bound index is known by the height of what binds it, and its place there.
    let mut heights: Map<NodeId, u64> = Map::default();
    let mut bound_at: Map<IndexId, (u64, usize)> = Map::default();
    for &id in &reached {
        let below = arena.args(id).iter().map(|arg| heights[arg]).max().unwrap_or(0);
        let binds: &[IndexId] = if let Data::Binds(bound) = &arena.get(id).data { bound } else { &[] };
        for (place, &index) in binds.iter().enumerate() {
            bound_at.insert(index, (below + 1, place));
        }
        heights.insert(id, if binds.is_empty() { below } else { below + 1 });
    }
    let mut forms: Map<NodeId, u64> = Map::default();
    for &id in &reached {
        let node = arena.get(id);
        let mut args: Vec<u64> = node.args.iter().map(|arg| forms[arg]).collect();
        if commutes(node.op) {
            args.sort_unstable();
        }
        let mut hash = DefaultHasher::new();
        (node.op.name, args, &node.shape).hash(&mut hash);
        match &node.data {
            Data::Index(index) => bound_at.get(index).hash(&mut hash),
            Data::Binds(bound) => bound.len().hash(&mut hash),
            Data::Subscripts(places) => {
                for place in places {
                    match place {
                        Some(Place::Index(index, shift)) => (bound_at.get(index), shift).hash(&mut hash),
                        other => other.hash(&mut hash),
                    }
                }
            }
            other => other.hash(&mut hash),
        }
        forms.insert(id, hash.finish());
    }
    forms[&root]
}

#[test]
fn tidying_twice_is_tidying_once() {
    let mut composer = Composer::new(setting("CHALKGRAD_SEED", 1) as u128);
    let (mut inputs, mut derivatives) = (Tally::default(), Tally::default());
    for _ in 0..setting("CHALKGRAD_RANDOM", USUAL) {
        let Some((mut question, by)) = read(&mut composer) else { continue };
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let arena = &mut question.arena;
            let once = tidied(arena, question.expr).ok()?;
            let twice = tidied(arena, once).ok()?;
            let derived = derive::derive(arena, question.expr, &By::Variable(by), Vec::new(), 1).ok()?;
            let again = tidied(arena, derived.tensor).ok()?;
            Some((once, twice, derived.tensor, again))
        }));
        let Ok(Some((once, twice, derived, again))) = outcome else { continue };
        let arena = &question.arena;
        let said = |from, to| format!("{} became {}", text(arena, from), text(arena, to));
        inputs.note(once == twice, || said(once, twice));
        derivatives.note(derived == again, || said(derived, again));
    }
    inputs.print("tidied twice, expressions");
    derivatives.print("tidied twice, derivatives");
    assert!(inputs.looked_at > 0 && derivatives.looked_at > 0);
    assert!(inputs.failed + derivatives.failed == 0, "tidying again changes what was tidy");
}

#[test]
fn the_order_of_terms_and_factors_does_not_matter() {
    let seed = setting("CHALKGRAD_SEED", 1) as u128;
    let (mut composer, mut random) = (Composer::new(seed), Rand64::new(seed + 7));
    let mut tallies: [Tally; 4] = Default::default();
    for _ in 0..setting("CHALKGRAD_RANDOM", USUAL) {
        let Some((mut question, by)) = read(&mut composer) else { continue };
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let arena = &mut question.arena;
            let other = shuffled(arena, question.expr, &mut random);
            if other == question.expr {
                return None;
            }
            let tidy = [tidied(arena, question.expr).ok()?, tidied(arena, other).ok()?];
            let by = By::Variable(by);
            let first = derive::derive(arena, question.expr, &by, Vec::new(), 1).ok()?.tensor;
            let second = derive::derive(arena, other, &by, Vec::new(), 1).ok()?.tensor;
            Some((tidy, [first, second]))
        }));
        let Ok(Some((tidy, derived))) = outcome else { continue };
        let arena = &question.arena;
        let same = |[one, other]: [NodeId; 2]| form(arena, one) == form(arena, other);
        let said = |[one, other]: [NodeId; 2]| format!("{}  or  {}", text(arena, one), text(arena, other));
        tallies[0].note(tidy[0] == tidy[1], || said(tidy));
        tallies[1].note(same(tidy), || said(tidy));
        tallies[2].note(derived[0] == derived[1], || said(derived));
        tallies[3].note(same(derived), || said(derived));
    }
    let names = ["expressions", "expressions, up to order", "derivatives", "derivatives, up to order"];
    for (tally, name) in tallies.iter_mut().zip(names) {
        tally.print(&format!("shuffled, {name}"));
    }
    assert!(tallies[0].looked_at * 10 > setting("CHALKGRAD_RANDOM", USUAL), "too few were shuffled at all");
    // The order itself may follow what was typed; the form may not.
    assert!(tallies[1].rare() && tallies[3].rare(), "forms differ with the order of terms and factors");
}

/// Names may change what comes first in a sum: forms are compared up to order.
#[test]
fn the_names_of_variables_do_not_matter() {
    let seed = setting("CHALKGRAD_SEED", 1) as u128;
    let mut composer = Composer::new(seed);
    let mut tally = Tally::default();
    for _ in 0..setting("CHALKGRAD_RANDOM", USUAL) {
        let Some((mut question, by)) = read(&mut composer) else { continue };
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let arena = &mut question.arena;
            // New variables, last first, under names that sort the other way round.
            let mut there: Map<NodeId, NodeId> = Map::default();
            for (at, (_, symbol)) in question.names.iter().enumerate().rev() {
                let shape = arena.symbols[symbol.0 as usize].shape.clone();
                let renamed = arena.new_symbol(&format!("z{}", 99 - at), shape, None);
                let (old, new) = (arena.symbol(*symbol), arena.symbol(renamed));
                there.insert(old, new);
            }
            let back: Map<NodeId, NodeId> = there.iter().map(|(&old, &new)| (new, old)).collect();
            let renamed = arena.replace(question.expr, &there);
            let first = derive::derive(arena, question.expr, &By::Variable(by), Vec::new(), 1).ok()?.tensor;
            let second = derive::derive(arena, renamed, &By::Variable(there[&by]), Vec::new(), 1).ok()?.tensor;
            Some([first, arena.replace(second, &back)])
        }));
        let Ok(Some([first, returned])) = outcome else { continue };
        let arena = &question.arena;
        let said = || format!("{}  or  {}", text(arena, first), text(arena, returned));
        tally.note(form(arena, first) == form(arena, returned), said);
    }
    tally.print("renamed, derivatives, up to order");
    assert!(tally.looked_at * 2 > setting("CHALKGRAD_RANDOM", USUAL), "too few were compared");
    assert!(tally.rare(), "forms differ with the names of variables");
}
