//! The computation graph of a derivation: its named intermediates, the local derivative along each edge, the derivative
//! of the whole by each node (its adjoint), and the ways whose products add up. All of it stands in the derivation's own
//! tables; nothing is derived anew but the local derivatives that the reverse way keeps as terms.

#[cfg(test)]
mod tests;

use crate::contract::{Graph, GraphEdge, GraphNode, GraphPath, GraphRate, Numbers};
use crate::error::Result;
use crate::eval::{self, Env};
use crate::expr::{Arena, NodeId};
use crate::jacobian::{Derivation, along_paths, local, total};
use crate::map::Map;
use crate::numbers;
use crate::op::Data;
use crate::ops::pending::PARTIAL;
use crate::print::marked;
use crate::rules::headlines::{BACKWARDS, EACH, NAME};
use crate::steps::Step;
use crate::tidy::tidied;
use crate::view::{Shown, shape_in_words};

/// A graph with more nodes is no picture any more.
const MOST_NODES: usize = 24;
/// As many paths as a page lists; there may be exponentially many.
const MOST_PATHS: usize = 12;

/// The graph as it is shown, and its formulas and equations, which are to be read aloud.
#[derive(Default)]
pub struct Drawn {
    pub graph: Option<Graph>,
    pub said: Said,
}

/// What is to be read aloud: LaTeX with what it was printed from.
#[derive(Default)]
pub struct Said {
    pub formulas: Vec<(String, NodeId)>,
    pub equations: Vec<[(String, NodeId); 2]>,
}

/// The graph of a derivation that goes by named intermediates; nothing for any other. It is a picture of what the answer
/// says anyway: where it grows over a limit there is no picture, and the answer stands.
pub fn graph(arena: &mut Arena, shown: &Shown, derivation: &Derivation, env: Option<&Env<f64>>) -> Drawn {
    let Some(found) = find(arena, derivation) else { return Drawn::default() };
    let mut drawing = Drawing { shown, env, said: Said::default() };
    match drawing.draw(arena, found) {
        Ok(graph) => Drawn { graph: Some(graph), said: drawing.said },
        Err(_) => Drawn::default(),
    }
}

/// One local derivative: what is derived, by what, the derivative not yet taken, and what it is.
struct Edge {
    of: NodeId,
    by: NodeId,
    pending: NodeId,
    right: Option<NodeId>,
}

/// What the tables of a derivation hold.
struct Found {
    variable: NodeId,
    /// Each intermediate with its definition, the whole last.
    named: Vec<(NodeId, NodeId)>,
    edges: Vec<Edge>,
    /// The derivative of the whole by a node, in terms of what is pending, in the order in which they are found.
    adjoints: Vec<(NodeId, NodeId)>,
    /// The id of each node's step.
    steps: Map<NodeId, String>,
}

/// Reads the tables of a derivation whose first headline names the intermediates and whose second goes on from there.
fn find(arena: &mut Arena, derivation: &Derivation) -> Option<Found> {
    let [names, table, ..] = &derivation.steps[..] else { return None };
    if names.about.id != NAME.id || names.rows.len() >= MOST_NODES {
        return None;
    }
    let named: Vec<(NodeId, NodeId)> = names.rows.iter().map(|row| (row.left, row.right)).collect();
    // What the rows derive by is a name, or the variable.
    let by = |id: NodeId| arena.args(id).get(1).copied();
    let variable =
        table.rows.iter().filter_map(|row| by(row.left)).find(|b| named.iter().all(|(leaf, _)| leaf != b))?;
    let mut found = Found { variable, named, edges: Vec::new(), adjoints: Vec::new(), steps: Map::default() };
    match table.about.id {
        id if id == EACH.id => found.read_paths(arena, table),
        id if id == BACKWARDS.id => found.read_reverse(arena, table).ok()?,
        _ => return None,
    }
    Some(found)
}

impl Found {
    fn whole(&self) -> NodeId {
        self.named[self.named.len() - 1].0
    }

    /// The rows are the local derivatives.
    fn read_paths(&mut self, arena: &mut Arena, table: &Step) {
        for (at, row) in table.rows.iter().enumerate() {
            let [of, by] = arena.args(row.left)[..] else { continue };
            self.edges.push(Edge { of, by, pending: row.left, right: Some(row.right) });
            self.steps.entry(of).or_insert_with(|| format!("2.{}", at + 1));
        }
        // The variable's own derivative is what the paths give.
        self.steps.insert(self.variable, "3".to_owned());
        let leaves: Vec<NodeId> = self.named.iter().map(|(leaf, _)| *leaf).collect();
        let locals: Vec<(NodeId, NodeId, NodeId)> = self.edges.iter().map(|e| (e.of, e.by, e.pending)).collect();
        let by = along_paths(arena, &leaves, self.variable, &locals);
        let targets = leaves.iter().rev().skip(1).copied().chain([self.variable]);
        self.adjoints = targets.filter_map(|target| Some((target, *by.get(&target)?))).collect();
    }

    /// The rows are the adjoints.
    fn read_reverse(&mut self, arena: &mut Arena, table: &Step) -> Result<()> {
        for (at, row) in table.rows.iter().enumerate() {
            let [_, target] = arena.args(row.left)[..] else { continue };
            self.adjoints.push((target, row.right));
            self.steps.insert(target, format!("2.{}", at + 1));
        }
        self.steps.insert(self.whole(), "1".to_owned());
        let leaves: Vec<NodeId> = [self.variable].into_iter().chain(self.named.iter().map(|(leaf, _)| *leaf)).collect();
        for &(of, definition) in &self.named {
            let inside = arena.reachable(&[definition]);
            for &by in leaves.iter().filter(|l| inside.contains(l)) {
                let found = local(arena, definition, by)?;
                if found.differential.is_none() {
                    continue; // it stands in a condition only
                }
                let is_small = [of, by].iter().all(|&id| arena.shape(id).order() <= 1);
                let pending = arena.must(&PARTIAL, &[of, by], Data::None);
                self.edges.push(Edge { of, by, pending, right: is_small.then_some(found.tidied) });
                arena.check_size()?;
            }
        }
        Ok(())
    }
}

/// Formulas and numbers for one graph.
struct Drawing<'a> {
    shown: &'a Shown,
    env: Option<&'a Env<f64>>,
    said: Said,
}

impl Drawing<'_> {
    fn draw(&mut self, arena: &mut Arena, found: Found) -> Result<Graph> {
        let whole = found.whole();
        let leaves: Vec<NodeId> =
            [found.variable].into_iter().chain(found.named.iter().map(|(leaf, _)| *leaf)).collect();
        let place = |id: NodeId| leaves.iter().position(|leaf| *leaf == id);
        let mut edges = Vec::new();
        for edge in &found.edges {
            let (Some(from), Some(to)) = (place(edge.by), place(edge.of)) else { continue };
            let local = self.rate(arena, edge.pending, edge.right)?;
            edges.push(GraphEdge { from: from as u32, to: to as u32, local });
        }
        let mut adjoints = self.adjoints(arena, &found)?;
        let mut nodes = Vec::new();
        for (at, &leaf) in leaves.iter().enumerate() {
            let definition = at.checked_sub(1).map(|at| found.named[at].1);
            let symbol = arena.symbol_of(leaf).map(|id| arena.symbols[id.0 as usize].clone());
            nodes.push(GraphNode {
                name: symbol.map_or(String::new(), |s| s.name),
                latex: self.formula(arena, leaf)?,
                definition: self.equal(arena, leaf, definition)?,
                shape: shape_in_words(arena, arena.shape(leaf)),
                step: found.steps.get(&leaf).cloned().unwrap_or_else(|| "1".to_owned()),
                adjoint: adjoints.remove(&leaf),
                value: self.value(arena, leaf)?,
            });
        }
        let (paths, path_count) = self.paths(arena, &found.edges, &leaves, whole)?;
        Ok(Graph { nodes, edges, paths, path_count })
    }

    /// The derivative of the whole by each node, with everything filled in that is known by then.
    fn adjoints(&mut self, arena: &mut Arena, found: &Found) -> Result<Map<NodeId, GraphRate>> {
        let whole = found.whole();
        let own = total(arena, whole, whole);
        let one = match arena.shape(whole).0[..] {
            [] => arena.int(1),
            [n, ..] => arena.identity(n),
        };
        let mut rates = Map::default();
        rates.insert(whole, self.rate(arena, own, Some(one))?);
        let mut known: Map<NodeId, NodeId> = Map::default();
        known.extend(found.edges.iter().filter_map(|e| Some((e.pending, e.right?))));
        for &(target, pending) in &found.adjoints {
            let left = total(arena, whole, target);
            let filled = arena.replace(pending, &known);
            let filled = tidied(arena, filled)?;
            known.insert(left, filled);
            rates.insert(target, self.rate(arena, left, Some(filled))?);
            arena.check_size()?;
        }
        Ok(rates)
    }

    /// The ways from the variable (the first leaf) to the whole, each with its product, and how many there are.
    fn paths(
        &mut self,
        arena: &mut Arena,
        edges: &[Edge],
        leaves: &[NodeId],
        whole: NodeId,
    ) -> Result<(Vec<GraphPath>, u32)> {
        // How many ways lead from each node to the whole: users stand behind what they use.
        let mut ways: Map<NodeId, u32> = Map::default();
        ways.insert(whole, 1);
        for &leaf in leaves.iter().rev().filter(|l| **l != whole) {
            let uses = edges.iter().filter(|e| e.by == leaf).map(|e| ways.get(&e.of).copied().unwrap_or(0));
            let count = uses.fold(0u32, u32::saturating_add);
            ways.insert(leaf, count);
        }
        let mut found: Vec<GraphPath> = Vec::new();
        // Each open way: the node it has come to, and the edges behind it.
        let mut open: Vec<(NodeId, Vec<usize>)> = vec![(leaves[0], Vec::new())];
        while let Some((at, behind)) = open.pop() {
            if at == whole {
                found.push(self.path(arena, edges, leaves, &behind)?);
                if found.len() == MOST_PATHS {
                    break;
                }
                continue;
            }
            let on = edges.iter().enumerate().filter(|(_, e)| e.by == at && ways.get(&e.of).is_some_and(|n| *n > 0));
            let on: Vec<(NodeId, Vec<usize>)> =
                on.map(|(k, e)| (e.of, behind.iter().copied().chain([k]).collect())).collect();
            open.extend(on.into_iter().rev());
        }
        Ok((found, ways.get(&leaves[0]).copied().unwrap_or(0)))
    }

    /// One way: its nodes, and the product of its local derivatives from the whole inwards.
    fn path(&mut self, arena: &mut Arena, edges: &[Edge], leaves: &[NodeId], way: &[usize]) -> Result<GraphPath> {
        let place = |id: NodeId| leaves.iter().position(|leaf| *leaf == id).unwrap_or(0) as u32;
        let nodes: Vec<u32> = way.iter().map(|&k| place(edges[k].by)).chain([leaves.len() as u32 - 1]).collect();
        if way.iter().any(|&k| edges[k].right.is_none()) {
            return Ok(GraphPath { nodes, latex: String::new() });
        }
        let whole = leaves[leaves.len() - 1];
        let mut product: Option<NodeId> = None;
        for &k in way.iter().rev() {
            let edge = &edges[k];
            product = Some(match product {
                None => edge.pending,
                Some(outer) => {
                    let pending = total(arena, whole, edge.by);
                    let shape = arena.shape(pending).clone();
                    let chained = arena.chain(&[outer, edge.pending]);
                    arena.fitted(chained, &shape).unwrap_or(chained)
                }
            });
        }
        let Some(product) = product else { return Ok(GraphPath { nodes, latex: String::new() }) };
        let orders = (arena.shape(whole).order(), arena.shape(leaves[0]).order());
        let product = self.shown.lay(arena, product, orders);
        Ok(GraphPath { nodes, latex: self.formula(arena, product)? })
    }

    /// A derivative in the chosen layout, with its number.
    fn rate(&mut self, arena: &mut Arena, pending: NodeId, right: Option<NodeId>) -> Result<GraphRate> {
        let args = arena.args(pending).to_vec();
        let orders = (arena.shape(args[0]).order(), arena.shape(args[1]).order());
        let left = self.shown.lay(arena, pending, orders);
        let right = right.map(|right| self.shown.lay(arena, right, orders));
        Ok(GraphRate {
            latex: self.formula(arena, left)?,
            formula: self.equal(arena, left, right)?,
            value: right.map_or(Ok(None), |right| self.value(arena, right))?,
        })
    }

    fn formula(&mut self, arena: &Arena, node: NodeId) -> Result<String> {
        let latex = marked(arena, node)?;
        self.said.formulas.push((latex.clone(), node));
        Ok(latex)
    }

    /// The right side of an equation, which the page puts together; empty where there is none.
    fn equal(&mut self, arena: &Arena, left: NodeId, right: Option<NodeId>) -> Result<String> {
        let Some(right) = right else { return Ok(String::new()) };
        let latex = marked(arena, right)?;
        self.said.equations.push([(marked(arena, left)?, left), (latex.clone(), right)]);
        Ok(latex)
    }

    fn value(&self, arena: &Arena, node: NodeId) -> Result<Option<Numbers>> {
        let Some(env) = self.env else { return Ok(None) };
        Ok(Some(numbers::to_json(&eval::value(arena, node, env)?)))
    }
}
