//! The one differentiator: the differential of a node, by its operator's rule, in terms of its arguments' differentials.
//! Everything else (Jacobians, steps, training) reads off what is made here.

use crate::ast::Ast;
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, Args, Node, NodeId, Nodes};
use crate::infer;
use crate::map::Map;
use crate::op::{Data, Differential, Op};
use crate::ops;
use crate::rule::{Rule, Site, always};
use crate::shape::{Dims, Shape};
use crate::slips::{self, Pushing};
use crate::tidy::folded;
use std::sync::OnceLock;

/// Rules that belong to no one operator.
pub static CHAIN_OF_ABSTRACT: Rule = Rule {
    id: "abstract-function",
    title: "Chain rule for a function known by name",
    from: "d(f(u))",
    to: "D(f)(u) * d(u)",
    given: "u: [n]",
    why: "The function is not given, so its derivative stays a symbol; the change of its argument is multiplied in.",
    source: "Parr & Howard 4.5.3",
    applies: always,
};

/// A rule of an operator, its texts read.
struct ReadRule {
    rule: &'static Rule,
    /// Names of the operator's arguments, in order.
    names: Vec<String>,
    /// For each argument whether the right side holds its differential.
    varies: Vec<bool>,
    right: Ast,
    /// The right side for scalars, where nothing of its shapes is left to find out.
    of_scalars: OnceLock<Option<Template>>,
}

/// An expression with places for arguments, in an order in which each node's own arguments come first.
pub struct Template(Vec<Piece>);

enum Piece {
    Argument(usize),
    /// A node whose arguments are earlier pieces.
    Node(Node, Vec<usize>),
}

impl ReadRule {
    /// The right side on these arguments.
    fn built(&self, arena: &mut Arena, args: &[NodeId]) -> Result<NodeId> {
        if args.len() == self.names.len()
            && args.iter().all(|&a| arena.shape(a).is_scalar())
            && let Some(template) = self.of_scalars.get_or_init(|| self.template().ok())
        {
            return Ok(template.built(arena, args));
        }
        let bound: Vec<(&str, NodeId)> = self.names.iter().map(String::as_str).zip(args.iter().copied()).collect();
        infer::elaborate_rule(arena, &self.right, &bound)
    }

    fn template(&self) -> Result<Template> {
        let mut arena = Arena::new(Dims::default());
        arena.dims.frozen = true;
        let mut bound = Vec::new();
        for name in &self.names {
            let symbol = arena.new_symbol(name, Shape::SCALAR, None);
            bound.push((name.as_str(), arena.symbol(symbol)));
        }
        let root = infer::elaborate_rule(&mut arena, &self.right, &bound)?;
        let letters: Vec<NodeId> = bound.iter().map(|(_, node)| *node).collect();
        Ok(Template::of(&arena, root, &letters))
    }
}

impl Template {
    /// The expression with its letters as places.
    pub fn of(arena: &Arena, root: NodeId, letters: &[NodeId]) -> Template {
        let nodes = arena.reachable(&[root]);
        let place = |id: &NodeId| nodes.binary_search(id).unwrap_or_default();
        let piece = |id: &NodeId| match letters.iter().position(|letter| letter == id) {
            Some(argument) => Piece::Argument(argument),
            None => Piece::Node(arena.get(*id).clone(), arena.args(*id).iter().map(place).collect()),
        };
        Template(nodes.iter().map(piece).collect())
    }

    pub fn built(&self, arena: &mut Arena, args: &[NodeId]) -> NodeId {
        let mut made = Nodes::with_capacity(self.0.len());
        for piece in &self.0 {
            let id = match piece {
                Piece::Argument(at) => args[*at],
                Piece::Node(node, places) => {
                    let args: Args = places.iter().map(|&at| made[at]).collect();
                    arena.rebuild(node, &args)
                }
            };
            made.push(id);
        }
        made[made.len() - 1]
    }
}

/// The rules of all operators of kind [`Differential::Rules`], read once.
fn read_rules() -> &'static Map<&'static str, Vec<ReadRule>> {
    static READ: OnceLock<Map<&'static str, Vec<ReadRule>>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut read: Map<&'static str, Vec<ReadRule>> = Map::default();
        for op in ops::all() {
            let Differential::Rules(rules) = op.differential else { continue };
            for rule in rules {
                let names = argument_names(rule.from);
                let right = infer::parse_rule(rule.to);
                let varies = names.iter().map(|n| rule.to.contains(&format!("d({n})"))).collect();
                read.entry(key(op)).or_default().push(ReadRule {
                    rule,
                    names,
                    varies,
                    right,
                    of_scalars: OnceLock::new(),
                });
            }
        }
        read
    })
}

/// `max` of two and `max` of a vector share their name; their usage tells them apart.
fn key(op: &'static Op) -> &'static str {
    op.usage
}

/// The names in `d(op(u, v))` in order of appearance: the single letters that are not part of a longer word.
fn argument_names(from: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in from.split(|c: char| !c.is_alphanumeric() && c != '_') {
        let is_name = word.len() == 1 && word.chars().all(char::is_alphabetic) && word != "d";
        if is_name && !names.iter().any(|n| n == word) {
            names.push(word.to_owned());
        }
    }
    names
}

/// A differential by one rule.
pub struct Applied {
    pub rule: &'static Rule,
    pub value: NodeId,
}

/// The differential of `node` while the arguments marked in `varies` vary; `None` where it is zero.
/// Errors: `unsupported` for operators whose rule is not built yet; never a silent zero.
pub fn differential(arena: &mut Arena, node: NodeId, varies: &[bool]) -> Result<Option<Applied>> {
    let op = arena.op(node);
    if op == &ops::abstracts::CALL {
        return abstract_call(arena, node, varies).map(Some);
    }
    if let Some(slipped) = slipped(arena, node, varies)? {
        return Ok(Some(slipped));
    }
    let site = Site { arena, node, varies };
    match op.differential {
        Differential::Zero(_) => Ok(None),
        Differential::Unsupported => Err(Error::new(Kind::Unsupported, say!("derive.not_built", usage = op.usage))),
        Differential::Linear(rules) => {
            let rule = pick(rules, &site);
            Ok(Some(Applied { rule, value: linear(arena, node, varies) }))
        }
        Differential::Multilinear(rules) => {
            let rule = pick(rules, &site);
            let terms: Vec<NodeId> =
                (0..varies.len()).filter(|&k| varies[k]).map(|k| with_differential(arena, node, k)).collect();
            let value = arena.add(&terms);
            Ok(Some(Applied { rule, value }))
        }
        Differential::Computed(rules, right_side) => {
            let rule = pick(rules, &site);
            Ok(Some(Applied { rule, value: right_side(arena, node) }))
        }
        Differential::Rules(_) => by_rule(arena, node, varies).map(Some),
    }
}

/// The differential as a learner has it who makes the slip that is being tried out; `None` where none is, or none here.
fn slipped(arena: &mut Arena, node: NodeId, varies: &[bool]) -> Result<Option<Applied>> {
    if arena.fault.is_none() {
        return Ok(None);
    }
    let args = arena.args(node).to_vec();
    let applies = |r: &&Rule| {
        let moves =
            |k: usize, name: &String| !varies.get(k).copied().unwrap_or(false) || r.to.contains(&format!("d({name})"));
        argument_names(r.from).iter().enumerate().all(|(k, name)| moves(k, name))
            && (r.applies)(&Site { arena, node, varies })
    };
    let Some(rule) = arena.op(node).rules().iter().find(applies) else { return Ok(None) };
    let Some(value) = slips::twin_of(arena, rule, &argument_names(rule.from), &args)? else { return Ok(None) };
    let shape = arena.shape(node).clone();
    let value = arena.expand(value, &shape);
    Ok(Some(Applied { rule, value: without_still(arena, value, &args, varies) }))
}

/// Differentials of arguments that stand still are zero.
fn without_still(arena: &mut Arena, value: NodeId, args: &[NodeId], varies: &[bool]) -> NodeId {
    let mut value = value;
    for (&a, &v) in args.iter().zip(varies) {
        if !v {
            let shape = arena.shape(a).clone();
            let (pending, zero) = (pending(arena, a), arena.zeros(&shape));
            value = arena.replace(value, &Map::from_iter([(pending, zero)]));
        }
    }
    value
}

/// The rule that names the step; the last one of an operator applies always.
fn pick(rules: &'static [Rule], site: &Site) -> &'static Rule {
    rules.iter().find(|r| (r.applies)(site)).unwrap_or(&rules[rules.len() - 1])
}

fn pending(arena: &mut Arena, node: NodeId) -> NodeId {
    arena.must(&ops::pending::DIFFERENTIAL, &[node], Data::None)
}

/// The operator on the differentials of all its arguments; constants have none (zero, or no term in a sum).
fn linear(arena: &mut Arena, node: NodeId, varies: &[bool]) -> NodeId {
    let old = arena.get(node).clone();
    if old.op == &ops::arithmetic::ADD {
        let terms: Vec<NodeId> =
            old.args.iter().zip(varies).filter(|(_, v)| **v).map(|(&a, _)| pending(arena, a)).collect();
        return arena.add(&terms);
    }
    let mut args = Vec::new();
    for (&a, &v) in old.args.iter().zip(varies) {
        let shape = arena.shape(a).clone();
        args.push(if v { pending(arena, a) } else { arena.zeros(&shape) });
    }
    arena.rebuild(&old, &args)
}

/// The node with its `k`-th argument replaced by that argument's differential.
fn with_differential(arena: &mut Arena, node: NodeId, k: usize) -> NodeId {
    let old = arena.get(node).clone();
    let mut args = old.args.clone();
    args[k] = pending(arena, args[k]);
    arena.rebuild(&old, &args)
}

fn by_rule(arena: &mut Arena, node: NodeId, varies: &[bool]) -> Result<Applied> {
    let op = arena.op(node);
    let args = arena.args(node).to_vec();
    let missing = || Error::new(Kind::Unsupported, say!("derive.no_rule", usage = op.usage));
    let rules = read_rules().get(key(op)).ok_or_else(missing)?;
    let holds = |r: &&ReadRule| (0..varies.len()).all(|k| !varies[k] || r.varies.get(k) == Some(&true));
    let read =
        rules.iter().find(|r| holds(r) && (r.rule.applies)(&Site { arena, node, varies })).ok_or_else(missing)?;
    let value = read.built(arena, &args)?;
    // A differential has its value's shape: a scalar right side stands for every entry.
    let shape = arena.shape(node).clone();
    let value = arena.expand(value, &shape);
    let value = without_still(arena, value, &args, varies);
    // What the differentials are of stays as it is: by that they are found again.
    let value = folded(arena, value, &args);
    Ok(Applied { rule: read.rule, value })
}

/// `d(f(u, v)) = D(f, 1)(u, v) · d(u) + …`; where the orders allow no product, entry by entry.
fn abstract_call(arena: &mut Arena, node: NodeId, varies: &[bool]) -> Result<Applied> {
    let old = arena.get(node).clone();
    let Data::Function(f, slots) = &old.data else {
        return Err(Error::new(Kind::Unsupported, say!("derive.no_function")));
    };
    let mut terms = Vec::new();
    for k in (0..varies.len()).filter(|&k| varies[k]) {
        let mut slots = slots.clone();
        slots.push(k + 1);
        let slope = arena.call_function(*f, slots, &old.args);
        let change = pending(arena, old.args[k]);
        terms.push(match (old.shape.order(), arena.shape(change).order()) {
            (_, 0) => arena.multiply(&[slope, change]),
            (0, 1) => arena.must(&ops::products::DOT, &[slope, change], Data::None),
            (1, 1) => arena.must(&ops::products::PRODUCT, &[slope, change], Data::None),
            (0, 2) => {
                let products = arena.multiply(&[slope, change]);
                arena.must(&ops::reductions::SUM, &[products], Data::None)
            }
            _ => ops::build::contracted(arena, slope, change),
        });
    }
    let value = arena.add(&terms);
    Ok(Applied { rule: &CHAIN_OF_ABSTRACT, value })
}

/// A rule that fired on the way of [`push`].
pub struct Fired {
    pub rule: &'static Rule,
    pub node: NodeId,
    /// The node's differential, in terms of its arguments' differentials.
    pub value: NodeId,
}

/// The differential of `root` in terms of `d(leaf)` alone, with every rule that fired, innermost first.
/// `None` where `root` does not change with `leaf`.
pub fn push(arena: &mut Arena, root: NodeId, leaf: NodeId) -> Result<(Option<NodeId>, Vec<Fired>)> {
    let dependent = arena.dependent(root, leaf);
    let mut known: Map<NodeId, Option<NodeId>> = Map::default();
    let mut fired = Vec::new();
    let (mut places, mut held) = (0, 0);
    for id in arena.reachable(&[root]).into_iter().filter(|&id| dependent.contains(id)) {
        if slips::is_held(arena, id, root, &mut held) {
            known.insert(id, None);
            continue;
        }
        arena.check_size()?;
        if id == leaf {
            known.insert(id, Some(pending(arena, id)));
            continue;
        }
        let args = arena.args(id).to_vec();
        let varies: Vec<bool> = args.iter().map(|a| matches!(known.get(a), Some(Some(_)))).collect();
        if !varies.contains(&true) {
            known.insert(id, None);
            continue;
        }
        let Some(applied) = differential(arena, id, &varies)? else {
            known.insert(id, None);
            continue;
        };
        fired.push(Fired { rule: applied.rule, node: id, value: applied.value });
        if arena.fault.is_some() {
            let at = Pushing { node: id, leaf, value: applied.value, varies: &varies, known: &known };
            if let Some(value) = slips::faulty(arena, &at, &mut places) {
                known.insert(id, Some(value));
                continue;
            }
        }
        let mut inner = Map::default();
        for (a, v) in args.iter().zip(&varies) {
            if *v && *a != leaf {
                let from = pending(arena, *a);
                inner.insert(from, known[a].expect("an argument that varies has a differential"));
            }
        }
        let value = arena.replace(applied.value, &inner);
        known.insert(id, Some(value));
    }
    Ok((known.get(&root).copied().flatten(), fired))
}
