//! One derivation examined: the laws that hold for every step tree.

use chalkgrad_core::check::Check;
use chalkgrad_core::contract::Level;
use chalkgrad_core::derive::{By, derive_in};
use chalkgrad_core::error::{Error, Kind};
use chalkgrad_core::expr::{Arena, NodeId, SymbolId};
use chalkgrad_core::infer::{self, Wrt};
use chalkgrad_core::jacobian::Derivation;
use chalkgrad_core::moves;
use chalkgrad_core::request;
use chalkgrad_core::steps::Step;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// Relative errors below this are rounding where they do not come back at other points.
const ROUNDING: f64 = 1e-6;

/// What was seen on the way.
#[derive(Default)]
pub struct Seen {
    pub derivations: usize,
    pub refused: BTreeMap<String, usize>,
    pub steps: usize,
    pub equations: usize,
    /// Equations for which no admissible point was found.
    pub undecided: usize,
    /// Equations with more numbers than a tensor may have, even at small sizes.
    pub large: usize,
    /// Equations whose first point was a singular one, and that held at others.
    pub singular: usize,
    /// Equations that were first all rounding, and that held at other points.
    pub rounding: usize,
    /// Derivations that the engine itself does not give, since they fail its own check (`adj` of a singular matrix), or
    /// of what is defined nowhere (the inverse of a matrix of ones).
    pub withheld: usize,
    /// Parts whose numbers before and after were added up.
    pub atoms: usize,
    pub pages: usize,
    /// How often each rule was applied.
    pub fired: BTreeMap<String, usize>,
    /// How many derivations have so many headlines.
    pub headlines: BTreeMap<usize, usize>,
    pub ways: BTreeMap<String, usize>,
}

/// A derivation as the engine makes it.
struct Made {
    arena: Arena,
    derivation: Derivation,
    varying: Vec<SymbolId>,
}

fn make(request: &Value) -> Result<Made, Error> {
    let request = request::read(request)?;
    let question = infer::read(&request)?;
    let mut arena = question.arena;
    let by = match &question.wrt[..] {
        [Wrt::Symbol(v)] if !question.wrt_is_list => By::Variable(*v),
        [Wrt::Component(v, places)] => By::Component(*v, places.clone()),
        all => By::List(
            all.iter()
                .map(|w| match w {
                    Wrt::Symbol(v) | Wrt::Component(v, _) => *v,
                })
                .collect(),
        ),
    };
    let variables = match &by {
        By::Variable(v) | By::Component(v, _) => vec![*v],
        By::List(all) => all.clone(),
    };
    let varying = variables.into_iter().filter_map(|v| arena.symbol_of(v)).collect();
    let derived = derive_in(&mut arena, question.expr, &by, question.given.clone(), request.order, request.way)?;
    Ok(Made { arena, derivation: derived.derivation, varying })
}

/// Derives and examines; says what is wrong. A way that a question cannot go is no fault: it goes its usual one.
pub fn examine(request: &Value, seed: u64, seen: &mut Seen) -> Vec<String> {
    let mut made = make(request);
    if request.get("way").is_some() && made.as_ref().is_err_and(|e| e.message.contains("in that way")) {
        let mut usual = request.clone();
        usual.as_object_mut().map(|fields| fields.remove("way"));
        made = make(&usual);
        *seen.ways.entry("(usual instead)".to_owned()).or_default() += 1;
    } else {
        *seen.ways.entry(request["way"].as_str().unwrap_or("(usual)").to_owned()).or_default() += 1;
    }
    match made {
        Err(error) => {
            let kind = format!("{:?}", error.kind).to_lowercase();
            let honest = kind == "limit" || kind == "unsupported";
            *seen.refused.entry(kind).or_default() += 1;
            if honest { Vec::new() } else { vec![format!("refused: {}", error.message)] }
        }
        Ok(made) => {
            let (wrong, without_number) = laws(&made, seed, seen);
            if !wrong.is_empty() && wrong.len() == without_number && is_withheld(request) {
                seen.withheld += 1;
                return Vec::new();
            }
            wrong
        }
    }
}

/// Whether the engine refuses to give its answer, because no point was found for it or because it failed its check.
fn is_withheld(request: &Value) -> bool {
    let answer = super::ask(request);
    answer.is_ok_and(|a| a["ok"] == false && (a["error"]["kind"] == "domain" || a["error"]["kind"] == "unsupported"))
}

/// What is wrong, and how much of it is a right side without a number.
fn laws(made: &Made, seed: u64, seen: &mut Seen) -> (Vec<String>, usize) {
    seen.derivations += 1;
    let steps = &made.derivation.steps;
    let mut laws =
        Laws { arena: &made.arena, seed, seen, wrong: Vec::new(), without_number: 0, compared: HashSet::new() };
    if steps.iter().any(|s| s.level != Level::Headline) {
        laws.wrong.push("something else than a headline stands on top".to_owned());
    }
    if steps.len() > 7 {
        laws.wrong.push(format!("{} headlines", steps.len()));
    }
    if !steps.is_empty() {
        laws.chain(steps, made.derivation.question, made.derivation.result, &made.varying);
    }
    (laws.wrong, laws.without_number)
}

struct Laws<'a> {
    arena: &'a Arena,
    seed: u64,
    seen: &'a mut Seen,
    wrong: Vec<String>,
    without_number: usize,
    /// Equations that were compared already: a single substep says what its parent says.
    compared: HashSet<(NodeId, NodeId, Vec<SymbolId>)>,
}

impl Laws<'_> {
    /// Neighbours meet, and the steps lead from one statement to the other.
    fn chain(&mut self, steps: &[Step], from: NodeId, to: NodeId, varying: &[SymbolId]) {
        let mut at = from;
        for step in steps {
            if step.before != at {
                self.wrong.push(format!("{} does not begin where the last step ended", step.about.id));
            }
            at = step.after;
            self.one(step, varying);
        }
        if at != to {
            self.wrong.push("the steps end elsewhere".to_owned());
        }
    }

    fn one(&mut self, step: &Step, varying: &[SymbolId]) {
        let varying = step.varying.as_deref().unwrap_or(varying);
        let id = step.about.id;
        self.seen.steps += 1;
        *self.seen.fired.entry(id.to_owned()).or_default() += 1;
        if self.arena.shape(step.before) != self.arena.shape(step.after) {
            self.wrong.push(format!("{id} changes a shape"));
        }
        let is_table = step.before == step.after;
        if is_table && step.rows.is_empty() && step.display.is_none() {
            self.wrong.push(format!("{id} does nothing"));
        }
        for row in &step.rows {
            self.equation(id, row.left, row.right, varying);
        }
        self.equation(id, step.before, step.after, varying);
        self.parts(id, step);
        self.below(step, varying);
    }

    /// Substeps compose to their parent: as a chain, or as the rows of its table.
    fn below(&mut self, step: &Step, varying: &[SymbolId]) {
        let Some(first) = step.sub.first() else { return };
        let is_table = step.before == step.after;
        if first.before == step.before && !is_table {
            self.chain(&step.sub, step.before, step.after, varying);
        } else if let ([row], false) = (&step.rows[..], step.sub.len() == 1 && is_table) {
            self.chain(&step.sub, row.left, row.right, varying);
        } else if is_table {
            if step.rows.len() != step.sub.len() {
                self.wrong.push(format!("{}: {} rows and {} substeps", step.about.id, step.rows.len(), step.sub.len()));
            }
            for (row, below) in step.rows.iter().zip(&step.sub) {
                if (below.before, below.after) != (row.left, row.right) {
                    self.wrong.push(format!("{}: a row and its substep differ", step.about.id));
                }
                self.one(below, varying);
            }
        } else {
            self.chain(&step.sub, step.before, step.after, varying);
        }
    }

    /// Both sides at a random point.
    fn equation(&mut self, id: &str, left: NodeId, right: NodeId, varying: &[SymbolId]) {
        if left == right || !self.compared.insert((left, right, varying.to_vec())) {
            return;
        }
        let check = Check { varying: Some(varying.to_vec()), seed: self.seed, ..Check::new(self.arena, 1) };
        match check.compare(left, right) {
            Ok(found) if found.points == 0 => self.seen.undecided += 1,
            Ok(found) if found.ok => self.seen.equations += 1,
            Ok(found) if self.holds_elsewhere(left, right, varying, found.max_relative_error) => {
                *(if found.max_relative_error == f64::MAX {
                    &mut self.seen.singular
                } else {
                    &mut self.seen.rounding
                }) += 1;
            }
            Ok(found) => {
                self.without_number += usize::from(found.max_relative_error == f64::MAX);
                self.wrong.push(format!("{id} does not hold: {:e}", found.max_relative_error));
            }
            Err(error) if error.kind == Kind::Limit => self.seen.large += 1,
            Err(error) => self.wrong.push(format!("{id} has no numbers: {}", error.message)),
        }
    }

    /// Two kinds of points say nothing. At a singular one the right side has no number, and the left has one by rounding
    /// alone (the determinant of a matrix whose rank its sizes bound). And where everything cancels, what is left is
    /// rounding, a little more than is allowed for. Then other sizes and points decide, by far.
    fn holds_elsewhere(&self, left: NodeId, right: NodeId, varying: &[SymbolId], error: f64) -> bool {
        let excused = |error: f64| error == f64::MAX || error < ROUNDING;
        if !excused(error) {
            return false;
        }
        let mut held = 0;
        for k in 1..=8 {
            let seed = self.seed ^ (k << 32);
            let check = Check { varying: Some(varying.to_vec()), seed, ..Check::new(self.arena, 1) };
            match check.compare(left, right) {
                Ok(found) if found.ok => held += 1,
                Ok(found) if found.points > 0 && !excused(found.max_relative_error) => return false,
                _ => {}
            }
        }
        held >= 2
    }

    /// Every leaf of both sides belongs to a part that is accounted for, and no variable comes from nowhere.
    fn parts(&mut self, id: &str, step: &Step) {
        for (before, after) in moves::places(self.arena, step.before, step.after) {
            let atoms = moves::atoms(self.arena, &[(before, after)]);
            for (root, count) in [(before, 0), (after, 1)] {
                let parts =
                    atoms.iter().map(|a| [a.before, a.after][count].saturating_mul(moves::leaves(self.arena, a.node)));
                let sum = parts.fold(0u64, u64::saturating_add);
                if sum != moves::leaves(self.arena, root) {
                    self.wrong.push(format!("{id}: {sum} leaves in parts, {} in all", moves::leaves(self.arena, root)));
                }
            }
            self.seen.atoms += atoms.len();
        }
        let old: HashSet<NodeId> = self.arena.variables_in(step.before).into_iter().collect();
        if let Some(new) = self.arena.variables_in(step.after).into_iter().find(|v| !old.contains(v)) {
            let name = self.arena.symbol_of(new).map(|s| self.arena.symbols[s.0 as usize].name.clone());
            self.wrong.push(format!("{id}: {} comes from nowhere", name.unwrap_or_default()));
        }
    }
}

/// Faults on purpose.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The last step ends in twice what is right.
    Doubled,
    /// A step in the middle is missing.
    Missing,
    /// A substep at the very bottom ends elsewhere.
    Astray,
    /// A row of a table says something else.
    Row,
    /// A step is wrong, and its neighbours go on from there.
    Carried,
}

pub const FAULTS: &[Fault] = &[Fault::Doubled, Fault::Missing, Fault::Astray, Fault::Row, Fault::Carried];

/// What is found wrong with a sound derivation after a fault was planted.
pub fn with_fault(request: &Value, fault: Fault) -> Vec<String> {
    let mut made = make(request).expect("the question is sound");
    let arena = &mut made.arena;
    let two = arena.int(2);
    let mut doubled = |node: NodeId| arena.multiply(&[two, node]);
    let steps = &mut made.derivation.steps;
    match fault {
        Fault::Doubled => {
            let last = steps.last_mut().expect("it has steps");
            last.after = doubled(last.after);
            last.sub.clear();
            made.derivation.result = last.after;
        }
        Fault::Missing => _ = steps.remove(2),
        Fault::Astray => {
            let deep = steps.iter_mut().find(|s| s.sub.len() > 1).expect("a step has substeps");
            deep.sub[0].after = doubled(deep.sub[0].after);
        }
        Fault::Row => {
            let table = steps.iter_mut().find(|s| !s.rows.is_empty()).expect("a table");
            table.rows[0].right = doubled(table.rows[0].right);
        }
        Fault::Carried => {
            let wrong = doubled(steps[2].after);
            steps[2].after = wrong;
            steps[2].sub.clear();
            steps[3].before = wrong;
            steps[3].sub.clear();
        }
    }
    laws(&made, 1, &mut Seen::default()).0
}

/// The rules that a step tree of an answer names.
pub fn rules_of(steps: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = steps.as_array().into_iter().flatten().collect();
    while let Some(step) = open.pop() {
        found.extend(step["rule"].as_str().map(str::to_owned));
        open.extend(step["sub"].as_array().into_iter().flatten());
    }
    found
}
