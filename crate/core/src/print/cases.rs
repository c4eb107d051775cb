//! Piecewise results. Where one scalar condition decides, each case is written out; where several do, or one for each
//! entry, every choice gets a letter that is explained by its cases.

use super::spoken::{Manner, in_words};
use super::{Comparison, Form, Latex, form, name};
use crate::budget::{self, MAX_LATEX};
use crate::error::Result;
use crate::expr::{Arena, IndexId, NodeId, Place};
use crate::map::Map;
use crate::op::Data;
use crate::ops::{build, elementwise};
use crate::shape::Shape;
use std::collections::BTreeSet;

/// How the left side of a condition stands to the right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Below,
    Equal,
    Above,
}

const OUTCOMES: [Outcome; 3] = [Outcome::Below, Outcome::Equal, Outcome::Above];

/// Two nodes whose order decides; expanded scalars as scalars.
type Subject = (NodeId, NodeId);

/// A choice that a node makes.
#[derive(Clone, Copy, Debug)]
enum Choice {
    /// 1 where the outcome fits, else 0.
    Holds(fn(Outcome) -> bool),
    Sign,
    /// The first argument or the second.
    Either(NodeId, NodeId, fn(Outcome) -> bool),
    /// The left side, its negative, or 0: depends on a choice, but is none that needs cases of its own.
    Rectified,
    Absolute,
}

/// The piecewise form of a formula; `None` where nothing in it is piecewise. `tidy` simplifies a branch.
pub fn cases(
    arena: &mut Arena,
    node: NodeId,
    as_written: Writing,
    tidy: &mut dyn FnMut(&mut Arena, NodeId) -> NodeId,
) -> Result<Option<String>> {
    let choices = needing_cases(arena, node);
    let Some(&(_, subject, _)) = choices.first() else { return Ok(None) };
    let is_plain = |&id: &NodeId| arena.shape(id).is_scalar() && arena.get(id).free.is_empty();
    if [subject.0, subject.1].iter().all(is_plain) && choices.iter().all(|(_, other, _)| *other == subject) {
        return branches(arena, node, subject, as_written, tidy);
    }
    letters(arena, node, &choices, as_written).map(Some)
}

fn comparison_holds(comparison: Comparison) -> fn(Outcome) -> bool {
    match comparison {
        Comparison::Greater => |o| o == Outcome::Above,
        Comparison::Less => |o| o == Outcome::Below,
        Comparison::GreaterEqual => |o| o != Outcome::Below,
        Comparison::LessEqual => |o| o != Outcome::Above,
    }
}

/// What a node chooses by, and what it gives.
fn choice(arena: &mut Arena, id: NodeId) -> Option<(Subject, Choice)> {
    let args = arena.args(id).to_vec();
    let side = |arena: &Arena, k: usize| arena.unexpanded(args[k]);
    let op = arena.op(id);
    if let Form::Compare(comparison) = form(op) {
        return Some(((side(arena, 0), side(arena, 1)), Choice::Holds(comparison_holds(comparison))));
    }
    if op == &elementwise::MAX || op == &elementwise::MIN {
        let first: fn(Outcome) -> bool =
            if op == &elementwise::MAX { |o| o != Outcome::Below } else { |o| o != Outcome::Above };
        return Some(((side(arena, 0), side(arena, 1)), Choice::Either(args[0], args[1], first)));
    }
    let zero = arena.int(0);
    if op == &elementwise::CASES {
        let condition = side(arena, 0);
        let (subject, holds): (Subject, fn(Outcome) -> bool) = match choice(arena, condition) {
            Some((subject, Choice::Holds(holds))) => (subject, holds),
            _ => ((condition, zero), |o| o != Outcome::Equal),
        };
        return Some((subject, Choice::Either(args[1], args[2], holds)));
    }
    let above: fn(Outcome) -> bool = |o| o == Outcome::Above;
    let kind = [
        (&elementwise::STEP, Choice::Holds(above)),
        (&elementwise::SIGN, Choice::Sign),
        (&elementwise::RELU, Choice::Rectified),
        (&elementwise::ABS, Choice::Absolute),
    ];
    let (_, kind) = kind.into_iter().find(|(known, _)| *known == op)?;
    Some(((side(arena, 0), zero), kind))
}

/// The choices below a node that call for cases, inner ones first. Conditions that only a `cases` uses belong to it.
fn needing_cases(arena: &mut Arena, root: NodeId) -> Vec<(NodeId, Subject, Choice)> {
    let reachable = arena.reachable(&[root]);
    let mut used_as_value: BTreeSet<NodeId> = BTreeSet::from([root]);
    for &id in &reachable {
        let skip = usize::from(arena.is(id, &elementwise::CASES));
        let expansion = form(arena.op(id)) == Form::Expand;
        if !expansion {
            used_as_value.extend(arena.args(id)[skip..].iter().flat_map(|&a| [a, arena.unexpanded(a)]));
        }
    }
    if form(arena.op(root)) == Form::Expand {
        used_as_value.insert(arena.args(root)[0]);
    }
    let mut found = Vec::new();
    for id in reachable.into_iter().filter(|id| used_as_value.contains(id)) {
        match choice(arena, id) {
            Some((_, Choice::Rectified | Choice::Absolute)) | None => {}
            Some((subject, kind)) => found.push((id, subject, kind)),
        }
    }
    found
}

/// One condition: the whole formula in each case.
fn branches(
    arena: &mut Arena,
    node: NodeId,
    subject: Subject,
    as_written: Writing,
    tidy: &mut dyn FnMut(&mut Arena, NodeId) -> NodeId,
) -> Result<Option<String>> {
    // Cases that come out the same are one.
    let mut rows: Vec<(NodeId, Vec<Outcome>)> = Vec::new();
    for outcome in OUTCOMES {
        let decided = decide(arena, node, subject, outcome);
        let branch = tidy(arena, decided);
        match rows.iter_mut().find(|(other, _)| *other == branch) {
            Some((_, outcomes)) => outcomes.push(outcome),
            None => rows.push((branch, vec![outcome])),
        }
    }
    if rows.len() == 1 {
        return Ok(None);
    }
    let mut nodes: Vec<NodeId> = rows.iter().map(|(branch, _)| *branch).collect();
    nodes.extend([subject.0, subject.1]);
    let formulas = as_written.formulas(arena, &nodes)?;
    let (left, right) = (&formulas[rows.len()], &formulas[rows.len() + 1]);
    let lines: Vec<String> = rows
        .iter()
        .zip(&formulas)
        .map(|((_, outcomes), branch)| as_written.line(branch, left, outcomes, right))
        .collect();
    bounded(as_written.in_cases(&lines)).map(Some)
}

/// The formula with every choice by this subject made.
fn decide(arena: &mut Arena, node: NodeId, subject: Subject, outcome: Outcome) -> NodeId {
    let mut node = node;
    // A branch may hold further choices by the same subject; each round makes at least one of them.
    for _ in 0..arena.len() {
        let mut made = Map::default();
        for id in arena.reachable(&[node]) {
            if let Some((_, kind)) = choice(arena, id).filter(|(other, _)| *other == subject) {
                let value = value(arena, id, kind, outcome);
                made.insert(id, value);
            }
        }
        if made.is_empty() {
            break;
        }
        node = arena.replace(node, &made);
    }
    node
}

/// What a choice comes to.
fn value(arena: &mut Arena, id: NodeId, kind: Choice, outcome: Outcome) -> NodeId {
    let arg = arena.args(id)[0];
    let number = match (kind, outcome) {
        (Choice::Either(first, second, holds), _) => return if holds(outcome) { first } else { second },
        (Choice::Rectified | Choice::Absolute, Outcome::Above) => return arg,
        (Choice::Absolute, Outcome::Below) => return arena.negate(arg),
        (Choice::Holds(holds), _) => i64::from(holds(outcome)),
        (Choice::Sign, Outcome::Above) => 1,
        (Choice::Sign, Outcome::Below) => -1,
        (Choice::Sign | Choice::Rectified | Choice::Absolute, _) => 0,
    };
    let shape = arena.shape(id).clone();
    let number = arena.int(number);
    arena.expand(number, &shape)
}

/// How a piecewise formula is given: on paper, its names marked or not, or in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    Latex { marks: bool },
    Words(Manner),
}

impl Writing {
    fn formulas(self, arena: &Arena, nodes: &[NodeId]) -> Result<Vec<String>> {
        match self {
            Writing::Latex { marks } => Latex { arena, marks, changed: &BTreeSet::new() }.formulas(nodes),
            Writing::Words(manner) => Ok(in_words(arena, nodes, manner)),
        }
    }

    /// One case.
    fn line(self, value: &str, left: &str, outcomes: &[Outcome], right: &str) -> String {
        let (sign, words) = match outcomes {
            [Outcome::Below] => ("<", "is less than"),
            [Outcome::Equal] => ("=", "equals"),
            [Outcome::Above] => (">", "is greater than"),
            [Outcome::Below, Outcome::Equal] => ("\\le", "is at most"),
            [Outcome::Equal, Outcome::Above] => ("\\ge", "is at least"),
            _ => ("\\ne", "is not"),
        };
        match self {
            Writing::Latex { .. } => format!("{value} & {left} {sign} {right}"),
            Writing::Words(_) => format!("{value} if {left} {words} {right}"),
        }
    }

    fn in_cases(self, lines: &[String]) -> String {
        match self {
            Writing::Latex { .. } => format!("\\begin{{cases}} {} \\end{{cases}}", lines.join(" \\\\ ")),
            Writing::Words(Manner::Short) => lines.join(", and "),
            Writing::Words(Manner::Long) => format!("open cases {} close cases", lines.join(" next case ")),
        }
    }

    /// A formula with a letter in it that is explained.
    fn explained(self, formula: &str, letter: &str, meaning: &str) -> String {
        match self {
            Writing::Latex { .. } => format!("{formula},\\quad {letter} = {meaning}"),
            Writing::Words(_) => {
                let joint = if formula.contains(", where ") { "and" } else { "where" };
                format!("{formula}, {joint} {letter} is {meaning}")
            }
        }
    }
}

fn bounded(latex: String) -> Result<String> {
    if latex.len() > MAX_LATEX { Err(budget::exceeded("limit.latex", MAX_LATEX)) } else { Ok(latex) }
}

/// Several conditions: the formula with a letter for each choice, and what each letter is.
fn letters(
    arena: &mut Arena,
    node: NodeId,
    choices: &[(NodeId, Subject, Choice)],
    as_written: Writing,
) -> Result<String> {
    let symbols = arena.symbols.len();
    let mut taken = name::taken(arena, &[node]);
    let mut named = Map::default();
    let mut nodes = Vec::new();
    let mut relations = Vec::new();
    for &(id, subject, kind) in choices {
        let letter = letter(arena, id, choices.len(), &mut taken);
        let entry = Entry::of(arena, id);
        let left = entry.of_letter(arena, letter);
        let replaced = |arena: &mut Arena, part: NodeId| arena.replace(part, &named);
        let (low, high) = (replaced(arena, subject.0), replaced(arena, subject.1));
        let (low, high) = (entry.pick(arena, low), entry.pick(arena, high));
        let mut rows: Vec<(NodeId, Vec<Outcome>)> = Vec::new();
        for outcome in OUTCOMES.into_iter().rev() {
            let value = value(arena, id, kind, outcome);
            let value = arena.replace(value, &named);
            let value = entry.pick(arena, value);
            match rows.iter_mut().find(|(other, _)| *other == value) {
                Some((_, outcomes)) => outcomes.insert(0, outcome),
                None => rows.push((value, vec![outcome])),
            }
        }
        nodes.push(left);
        nodes.extend([low, high]);
        nodes.extend(rows.iter().map(|(value, _)| *value));
        relations.push(rows.into_iter().map(|(_, outcomes)| outcomes).collect::<Vec<_>>());
        let stands = entry.in_place(arena, letter);
        named.insert(id, stands);
    }
    nodes.insert(0, arena.replace(node, &named));
    let formulas = as_written.formulas(arena, &nodes);
    arena.symbols.truncate(symbols);
    let mut formulas = formulas?.into_iter();
    let mut next = || formulas.next().unwrap_or_default();
    let mut latex = next();
    for relations in relations {
        let (left, low, high) = (next(), next(), next());
        let lines: Vec<String> =
            relations.iter().map(|outcomes| as_written.line(&next(), &low, outcomes, &high)).collect();
        latex = as_written.explained(&latex, &left, &as_written.in_cases(&lines));
    }
    bounded(latex)
}

/// A symbol that stands for all values of a choice: one axis for each index it is taken at, then its own.
fn letter(arena: &mut Arena, id: NodeId, count: usize, taken: &mut BTreeSet<String>) -> NodeId {
    let outer = arena.get(id).free.iter().map(|i| arena.indices[i.0 as usize].dim).collect();
    let shape = Shape(outer).then(arena.shape(id));
    let name = choice_name(taken, shape.order(), count);
    let symbol = arena.new_symbol(&name, shape, None);
    arena.symbol(symbol)
}

/// Scalars are h or h_1, h_2 …; vectors and matrices get letters of their own, since their entries carry indices.
fn choice_name(taken: &mut BTreeSet<String>, order: usize, count: usize) -> String {
    let letters: &[&str] = match (order, count) {
        (0, 1) => &["h"],
        (0, _) => &[],
        (1, _) => &["h", "g", "p", "q", "r", "s"],
        _ => &["H", "G", "P", "Q", "R", "S"],
    };
    match letters.iter().find(|letter| !taken.contains(**letter)) {
        Some(letter) => {
            taken.insert((*letter).to_owned());
            (*letter).to_owned()
        }
        None => name::fresh(taken, if order > 1 { "H" } else { "h" }, "_"),
    }
}

/// One entry of a tensor: at the indices that were free before, then at new ones.
struct Entry {
    outer: Vec<IndexId>,
    inner: Vec<IndexId>,
}

impl Entry {
    fn of(arena: &mut Arena, id: NodeId) -> Entry {
        let outer = arena.get(id).free.clone();
        let dims = arena.shape(id).0.clone();
        let letters = ["i", "j", "k", "l"];
        let name = |at: usize| letters.get(at).copied().unwrap_or("p");
        let inner = dims.iter().enumerate().map(|(at, &dim)| arena.new_index(name(at), dim)).collect();
        Entry { outer, inner }
    }

    fn pick(&self, arena: &mut Arena, node: NodeId) -> NodeId {
        let scalar = arena.unexpanded(node);
        if arena.shape(scalar).is_scalar() {
            return scalar;
        }
        let places = self.inner.iter().map(|&i| Some(Place::Index(i, 0))).collect();
        arena.must(&build::PICK, &[node], Data::Subscripts(places))
    }

    fn of_letter(&self, arena: &mut Arena, letter: NodeId) -> NodeId {
        if arena.shape(letter).is_scalar() {
            return letter;
        }
        let places = self.outer.iter().chain(&self.inner).map(|&i| Some(Place::Index(i, 0))).collect();
        arena.must(&build::PICK, &[letter], Data::Subscripts(places))
    }

    /// The letter as it stands in the formula: without the new indices.
    fn in_place(&self, arena: &mut Arena, letter: NodeId) -> NodeId {
        if self.outer.is_empty() {
            return letter;
        }
        let outer = self.outer.iter().map(|&i| Some(Place::Index(i, 0)));
        let places = outer.chain(self.inner.iter().map(|_| None)).collect();
        arena.must(&build::PICK, &[letter], Data::Subscripts(places))
    }
}
