//! The paper's four steps for scalars and vectors: name the intermediates, differentiate each alone, multiply along paths
//! and add over paths, substitute back and tidy.

use crate::bare;
use crate::contract::Level;
use crate::differential::{Fired, push};
use crate::error::Result;
use crate::expr::{Arena, NodeId, Replaced, SymbolId};
use crate::map::{Map, Set};
use crate::op::{Data, Differential};
use crate::ops;
use crate::ordered::{Ordered, OrderedSet};
use crate::rules::headlines;
use crate::shape::Shape;
use crate::sorting;
use crate::steps::{About, Row, Step};
use crate::terms::{Terms, identify, written};
use crate::tidy::{Pass, tidy};

/// A derivative with the way that led to it.
pub struct Derivation {
    /// The question, a pending total derivative.
    pub question: NodeId,
    /// The result as a matrix of the language in numerator layout: a scalar's gradient is a row.
    pub result: NodeId,
    pub steps: Vec<Step>,
    /// The named intermediates, in order.
    pub named: Vec<SymbolId>,
}

/// Names for intermediates: the user's own (`where`) first, then y for the whole and u_1, u_2, … inside.
pub struct Naming {
    pub given: Vec<(String, NodeId)>,
    /// Whether anybody reads the way. If not, results come without steps, and intermediates need no names.
    pub told: bool,
    taken: OrderedSet<String>,
    next: usize,
}

impl Naming {
    pub fn new(arena: &Arena, given: Vec<(String, NodeId)>) -> Naming {
        let mut taken: OrderedSet<String> = arena.symbols.iter().map(|s| s.name.clone()).collect();
        taken.extend(arena.functions.iter().map(|f| f.name.clone()));
        taken.extend(given.iter().map(|(name, _)| name.clone()));
        taken.extend(arena.dims.names().into_iter().map(|(_, name)| name));
        Naming { given, told: true, taken, next: 1 }
    }

    /// For a result alone.
    pub fn untold(given: Vec<(String, NodeId)>) -> Naming {
        Naming { given, told: false, taken: OrderedSet::new(), next: 1 }
    }

    fn free(&mut self, wanted: &[&str]) -> String {
        let free = wanted.iter().find(|w| !self.taken.contains(**w)).map(|w| (*w).to_owned());
        let name = free.unwrap_or_else(|| self.numbered("y"));
        self.taken.insert(name.clone());
        name
    }

    fn numbered(&mut self, stem: &str) -> String {
        loop {
            let name = format!("{stem}_{}", self.next);
            self.next += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    fn name(&mut self, node: NodeId, is_whole: bool, is_matrix: bool) -> String {
        if let Some((name, _)) = self.given.iter().find(|(_, n)| *n == node) {
            return name.clone();
        }
        if !self.told {
            return String::new();
        }
        if is_whole { self.whole() } else { self.numbered(if is_matrix { "U" } else { "u" }) }
    }

    /// The same for a matrix.
    pub fn whole_matrix(&mut self) -> String {
        self.free(&["Y", "F", "G", "Q"])
    }

    /// A name for the value as a whole that nothing else has.
    pub fn whole(&mut self) -> String {
        self.free(&["y", "f", "g", "q"])
    }
}

/// The pending derivative of `value` by `variable` along all paths.
pub fn total(arena: &mut Arena, value: NodeId, variable: NodeId) -> NodeId {
    arena.must(&ops::pending::TOTAL, &[value, variable], Data::None)
}

fn partial(arena: &mut Arena, value: NodeId, variable: NodeId) -> NodeId {
    arena.must(&ops::pending::PARTIAL, &[value, variable], Data::None)
}

/// A derivative read off one expression: as it comes, tidied, and what fired on the way.
pub struct Local {
    /// The differential in terms of that of the variable alone, and the terms read off it; `None` where nothing moves.
    pub differential: Option<(NodeId, Terms)>,
    pub raw: NodeId,
    pub tidied: NodeId,
    pub passes: Vec<Pass>,
    pub fired: Vec<Fired>,
}

/// The Jacobian of `value` by `leaf` in numerator layout (orders up to 1 each), or the tensor `value ++ leaf` above.
pub fn local(arena: &mut Arena, value: NodeId, leaf: NodeId) -> Result<Local> {
    let (differential, fired) = push(arena, value, leaf)?;
    let (rows, columns) = (arena.shape(value).clone(), arena.shape(leaf).clone());
    let mut found = None;
    let tensor = match differential {
        None => arena.zeros(&rows.then(&columns)),
        Some(d) => {
            let change = arena.must(&ops::pending::DIFFERENTIAL, &[leaf], Data::None);
            let terms = identify(arena, d, change)?;
            let tensor = written(arena, &terms);
            found = Some((d, terms));
            tensor
        }
    };
    let raw = if (rows.order(), columns.order()) == (0, 1) { row_of(arena, tensor) } else { tensor };
    let (tidied, passes) = tidy(arena, raw)?;
    Ok(Local { differential: found, raw, tidied, passes, fired })
}

/// The row that a gradient is in numerator layout.
pub fn row_of(arena: &mut Arena, vector: NodeId) -> NodeId {
    arena.transpose(vector)
}

/// One intermediate: its name as a leaf, its definition in terms of earlier names.
pub struct Named {
    pub node: NodeId,
    pub leaf: NodeId,
    pub definition: NodeId,
}

/// For every node whether it can change with the variable: it depends on it, and not only through something flat.
pub fn moves_with(arena: &Arena, variable: NodeId) -> Vec<bool> {
    let mut moves = vec![false; arena.len()];
    for at in 0..arena.len() {
        let id = NodeId(at as u32);
        let flat = matches!(arena.op(id).differential, Differential::Zero(_));
        moves[at] = id == variable || (!flat && arena.args(id).iter().any(|a| moves[a.0 as usize]));
    }
    moves
}

/// Which parts of an expression get names: those that move with the variable, hold one number or vector, and do something.
fn to_name(arena: &Arena, parts: &[NodeId], expr: NodeId, variable: NodeId, moves: &[bool]) -> Vec<NodeId> {
    let worthy = |id: NodeId| {
        let node = arena.get(id);
        moves[id.0 as usize]
            && id != variable
            && node.shape.order() <= 1
            && node.free.is_empty()
            && !ops::is_quiet(node.op)
    };
    parts.iter().copied().filter(|&id| id == expr || worthy(id)).collect()
}

/// Gives the nodes names, each defined by earlier ones; the last is the whole.
pub fn name_all(arena: &mut Arena, nodes: &[NodeId], naming: &mut Naming) -> (Vec<Named>, Vec<SymbolId>) {
    let mut named = Vec::with_capacity(nodes.len());
    let mut symbols = Vec::with_capacity(nodes.len());
    // One sweep: every part of the whole in terms of the names given so far.
    let parts = arena.reachable(nodes);
    let mut in_names = Replaced::default();
    let mut at = 0;
    for node in parts {
        let definition = arena.with_args(node, &in_names);
        if nodes.get(at) != Some(&node) {
            in_names.add(node, definition);
            continue;
        }
        at += 1;
        let shape = arena.shape(node).clone();
        let name = naming.name(node, at == nodes.len(), shape.is_matrix());
        let symbol = arena.new_symbol(&name, shape, Some(definition));
        let leaf = arena.symbol(symbol);
        in_names.add(node, leaf);
        named.push(Named { node, leaf, definition });
        symbols.push(symbol);
    }
    (named, symbols)
}

/// The headline of tidying, if there is anything to tidy; its passes below.
pub fn tidy_step(before: NodeId, after: NodeId, passes: &[Pass]) -> Option<Step> {
    let sub: Vec<Step> = passes.iter().map(Step::from_pass).collect();
    (before != after).then(|| Step::rewrite(headlines::TIDY, Level::Headline, before, after).with(sub))
}

/// The rule that names a local derivative: that of the outermost operator.
pub fn outermost(fired: &[Fired]) -> Option<About> {
    fired.last().map(|f| About::from(f.rule))
}

/// The substeps of one local derivative: the rule, then the tidying.
fn local_step(question: NodeId, definition: NodeId, local: &Local) -> Step {
    let about = outermost(&local.fired).unwrap_or_else(|| About::from(&ops::leaves::NUMBER.rules()[0]));
    let mut sub = Vec::new();
    if local.raw != local.tidied {
        sub.push(Step::rewrite(about, Level::Rule, question, local.raw).at(definition));
        sub.extend(tidy_step(local.raw, local.tidied, &local.passes).map(Step::demoted));
    }
    Step::rewrite(about, Level::Rule, question, local.tidied).at(definition).with(sub)
}

/// Derives `expr` by a variable, both of order at most 1, in the paper's four steps.
pub fn four_steps(arena: &mut Arena, expr: NodeId, variable: NodeId, naming: &mut Naming) -> Result<Derivation> {
    let question = total(arena, expr, variable);
    let parts = arena.reachable(&[expr]);
    let depends = parts.binary_search(&variable).is_ok();
    if !depends || expr == variable {
        // Immediate: a constant, or the variable itself. Nothing to show.
        let result = immediate(arena, expr, variable);
        return Ok(Derivation { question, result, steps: Vec::new(), named: Vec::new() });
    }
    let moves = moves_with(arena, variable);
    let nodes = to_name(arena, &parts, expr, variable, &moves);
    if nodes.len() == 1 || !moves[expr.0 as usize] {
        return direct(arena, question, expr, variable, naming.told);
    }
    if !naming.told {
        let result = bare::four_steps(arena, &nodes, variable, naming)?;
        return Ok(Derivation { question, result, steps: Vec::new(), named: Vec::new() });
    }
    let (named, symbols) = name_all(arena, &nodes, naming);
    let whole = named[named.len() - 1].leaf;
    let mut steps = Vec::new();

    // 1. Name the intermediates.
    let goal = total(arena, whole, variable);
    let definitions: Vec<Row> = named.iter().map(|n| Row { left: n.leaf, right: n.definition, rule: None }).collect();
    let mut naming_step = Step::rewrite(headlines::NAME, Level::Headline, question, goal);
    naming_step.rows = definitions;
    steps.push(naming_step);

    // 2. Differentiate each alone.
    let mut locals: Vec<(NodeId, NodeId, NodeId)> = Vec::new(); // (of, by, pending)
    let mut found: Map<NodeId, NodeId> = Map::default();
    let mut rows = Vec::new();
    let mut sub = Vec::new();
    let order: Map<NodeId, usize> = std::iter::once(variable).chain(named.iter().map(|n| n.leaf)).zip(0..).collect();
    for n in &named {
        let mut inside = arena.reachable(&[n.definition]);
        inside.retain(|part| order.contains_key(part));
        sorting::sort_by_key(&mut inside, |part| order[part]);
        for by in inside {
            let local = local(arena, n.definition, by)?;
            if local.differential.is_none() {
                continue; // it stands in a condition only
            }
            let pending = partial(arena, n.leaf, by);
            rows.push(Row { left: pending, right: local.tidied, rule: outermost(&local.fired) });
            sub.push(local_step(pending, n.definition, &local));
            locals.push((n.leaf, by, pending));
            found.insert(pending, local.tidied);
            arena.check_size()?;
        }
    }
    steps.push(Step::table(headlines::EACH, Level::Headline, goal, rows).with(sub));

    // 3. Multiply along paths, add over paths.
    let leaves: Vec<NodeId> = named.iter().map(|n| n.leaf).collect();
    let chain = along_paths(arena, &leaves, variable, &locals)[&variable];
    let filled = arena.replace(chain, &found);
    let about = which_chain(arena, &named, variable, &locals);
    let formula = Step::rewrite(about, Level::Rule, goal, chain);
    let made: Vec<NodeId> = found.values().copied().collect();
    let fill = Step::rewrite(headlines::FILL_IN, Level::Algebra, chain, filled).changed(made);
    let mut multiply = Step::rewrite(about, Level::Headline, goal, filled).with(vec![formula, fill]);
    multiply.rows = vec![Row { left: goal, right: chain, rule: None }];
    steps.push(multiply);

    // 4. Tidy, substitute back, tidy again.
    let (tidied, passes) = tidy(arena, filled)?;
    steps.extend(tidy_step(filled, tidied, &passes));
    let back: Map<NodeId, NodeId> = named.iter().map(|n| (n.leaf, n.node)).collect();
    let substituted = arena.replace(tidied, &back);
    let (result, passes) = tidy(arena, substituted)?;
    if substituted != tidied {
        // Only what stood in the statement by name is new in it.
        let used = arena.reachable(&[tidied]);
        let changed = named.iter().filter(|n| used.contains(&n.leaf)).map(|n| n.node).collect();
        let mut substitute =
            Step::rewrite(headlines::SUBSTITUTE, Level::Headline, tidied, substituted).changed(changed);
        substitute.rows = stood_for(&named, &used);
        steps.push(match tidy_step(substituted, result, &passes) {
            None => substitute,
            // The paper's fourth step is one: substitute back and tidy.
            Some(tidying) => {
                let sub = vec![substitute.demoted(), tidying.demoted()];
                let mut both = Step::rewrite(headlines::SUBSTITUTE, Level::Headline, tidied, result).with(sub);
                both.title = Some(say!("derive.substitute_and_tidy"));
                both
            }
        });
    } else {
        steps.extend(tidy_step(substituted, result, &passes));
    }
    arena.check_size()?;
    Ok(Derivation { question, result, steps, named: symbols })
}

/// What the names that stand in a statement stand for.
pub fn stood_for(named: &[Named], used: &[NodeId]) -> Vec<Row> {
    let there = named.iter().filter(|n| used.contains(&n.leaf));
    there.map(|n| Row { left: n.leaf, right: n.node, rule: None }).collect()
}

/// One operator alone: its rule, then the tidying.
fn direct(arena: &mut Arena, question: NodeId, expr: NodeId, variable: NodeId, told: bool) -> Result<Derivation> {
    if !told {
        let result = bare::one_operator(arena, expr, variable)?;
        return Ok(Derivation { question, result, steps: Vec::new(), named: Vec::new() });
    }
    let local = local(arena, expr, variable)?;
    let flat = || About::from(arena.op(expr).rules().first().unwrap_or(&ops::leaves::NUMBER.rules()[0]));
    let about = outermost(&local.fired).unwrap_or_else(flat);
    let mut steps = vec![Step::rewrite(about, Level::Headline, question, local.raw).at(expr)];
    steps.extend(tidy_step(local.raw, local.tidied, &local.passes));
    Ok(Derivation { question, result: local.tidied, steps, named: Vec::new() })
}

/// Zero, or the identity, in numerator layout.
fn immediate(arena: &mut Arena, expr: NodeId, variable: NodeId) -> NodeId {
    let (rows, columns) = (arena.shape(expr).clone(), arena.shape(variable).clone());
    if expr == variable {
        return if rows.is_scalar() { arena.int(1) } else { arena.identity(rows.0[0]) };
    }
    let zeros = arena.zeros(&rows.then(&columns));
    if (rows.order(), columns.order()) == (0, 1) { row_of(arena, zeros) } else { zeros }
}

/// The chain rule over the graph of intermediates, from the whole (the last of `leaves`) back to the variable: the
/// derivative of the whole by a node is the sum, over what uses the node, of theirs times the local one. Linear in the
/// graph; sums stay whole. `locals` are what is derived, by what, and the derivative that is not yet filled in.
pub fn along_paths(
    arena: &mut Arena,
    leaves: &[NodeId],
    variable: NodeId,
    locals: &[(NodeId, NodeId, NodeId)],
) -> Ordered<NodeId, NodeId> {
    let whole = leaves[leaves.len() - 1];
    // By what is derived, in order, and where that is among the local derivatives.
    let mut uses: Vec<(NodeId, usize)> = locals.iter().enumerate().map(|(at, (_, by, _))| (*by, at)).collect();
    sorting::sort(&mut uses);
    let mut by: Ordered<NodeId, NodeId> = Ordered::new();
    let mut terms = Vec::with_capacity(locals.len());
    for target in leaves.iter().rev().copied().filter(|l| *l != whole).chain([variable]) {
        terms.clear();
        let shape = if arena.shape(whole).is_scalar() && arena.shape(target).is_scalar() {
            Shape::SCALAR
        } else {
            let pending = total(arena, whole, target);
            arena.shape(pending).clone()
        };
        // As in the paper, what stands in the whole directly comes first.
        let here = &uses[uses.partition_point(|(by, _)| *by < target)..];
        let here = || here.iter().take_while(|(by, _)| *by == target).map(|(_, at)| locals[*at]);
        terms.extend(here().filter(|(of, ..)| *of == whole).map(|(.., pending)| pending));
        for (of, _, pending) in here().filter(|(of, ..)| *of != whole) {
            // What reaches the whole only through a condition has no path of its own.
            if let Some(&outer) = by.get(&of) {
                let product = arena.chain(&[outer, pending]);
                terms.push(arena.fitted(product, &shape).unwrap_or(product));
            }
        }
        let sum = match terms[..] {
            [] => continue,
            [one] => one,
            _ => arena.add(&terms),
        };
        by.insert(target, sum);
    }
    by
}

/// The paper's advice on which chain rule it is (reference section).
fn which_chain(arena: &Arena, named: &[Named], variable: NodeId, locals: &[(NodeId, NodeId, NodeId)]) -> About {
    let vectors = named.iter().any(|n| arena.shape(n.leaf).is_vector()) || arena.shape(variable).is_vector();
    let mut met = Set::default();
    let several = locals.iter().any(|(_, by, _)| !met.insert(*by));
    if vectors {
        headlines::VECTOR_CHAIN
    } else if several {
        headlines::TOTAL_CHAIN
    } else {
        headlines::SINGLE_CHAIN
    }
}
