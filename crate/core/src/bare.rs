//! The result of the four steps where nobody reads the steps: the same nodes by the same rules, and nothing recorded. What the
//! slope of one operator is on letters and small numbers is found once and then a template, like the rules themselves.

use crate::differential::Template;
use crate::error::Result;
use crate::expr::{Arena, Args, NodeId, Nodes};
use crate::jacobian::{Naming, along_paths, local, name_all};
use crate::map::Map;
use crate::op::Data;
use crate::ops;
use crate::ops::leaves::NUMBER;
use crate::shape::{Dims, Shape};
use crate::tidy::tidied;
use std::cell::RefCell;

/// The derivative by way of the nodes that have names, the last of which is the whole.
pub fn four_steps(arena: &mut Arena, nodes: &[NodeId], variable: NodeId, naming: &mut Naming) -> Result<NodeId> {
    let (named, _) = name_all(arena, nodes, naming);
    let leaves: Nodes = named.iter().map(|n| n.leaf).collect();
    let mut scalars = arena.shape(variable).is_scalar();
    let mut locals: Vec<(NodeId, NodeId, NodeId)> = Vec::new(); // (of, by, slope)
    for n in &named {
        scalars &= arena.shape(n.leaf).is_scalar();
        let mut inside = arena.reachable(&[n.definition]);
        let mut look = look_of(arena, &inside);
        // The variable is older than the names, and these are in order.
        inside.retain(|part| *part == variable || leaves.binary_search(part).is_ok());
        for by in inside {
            // What stands in a condition only has none.
            if let Some(slope) = slope(arena, n.definition, by, look.as_mut())? {
                locals.push((n.leaf, by, slope));
            }
        }
        arena.check_size()?;
    }
    let filled = if scalars {
        along_paths(arena, &leaves, variable, &locals)[&variable]
    } else {
        // Products of matrices are put together before they are filled in: which of them are one chain hangs on it.
        let mut found: Map<NodeId, NodeId> = Map::default();
        for (of, by, slope) in &mut locals {
            let pending = arena.must(&ops::pending::PARTIAL, &[*of, *by], Data::None);
            found.insert(pending, std::mem::replace(slope, pending));
        }
        let chain = along_paths(arena, &leaves, variable, &locals)[&variable];
        arena.replace(chain, &found)
    };
    let tidy = tidied(arena, filled)?;
    let back: Map<NodeId, NodeId> = named.iter().map(|n| (n.leaf, n.node)).collect();
    let substituted = arena.replace(tidy, &back);
    let result = tidied(arena, substituted)?;
    arena.check_size()?;
    Ok(result)
}

/// The same where nothing has to be named.
pub fn one_operator(arena: &mut Arena, expr: NodeId, variable: NodeId) -> Result<NodeId> {
    let look = look_of(arena, &arena.reachable(&[expr]));
    if let Some(Some(slope)) = look.and_then(|mut look| kept_slope(arena, expr, variable, &mut look)) {
        return Ok(slope);
    }
    Ok(local(arena, expr, variable)?.tidied)
}

/// The local derivative, tidied; `None` where nothing moves.
fn slope(arena: &mut Arena, value: NodeId, by: NodeId, look: Option<&mut Look>) -> Result<Option<NodeId>> {
    if let Some(slope) = look.and_then(|look| kept_slope(arena, value, by, look)) {
        return Ok(slope);
    }
    let local = local(arena, value, by)?;
    Ok(local.differential.map(|_| local.tidied))
}

// --- slopes on letters --------------------------------------------------------------------------------------------

/// What has more nodes is derived each time.
const MOST_NODES: usize = 8;
/// Larger numbers are too.
const LARGEST: u64 = 64;
/// So many slopes are kept. What comes later is derived each time.
const MOST_KEPT: usize = 500;

/// What a few scalar nodes look like with their letters numbered. Where two look alike, so do their slopes.
struct Look {
    words: Vec<u64>,
    letters: Args,
}

/// What a value looks like, and at last the number of the letter that its slope is by.
type Key = Vec<u64>;

thread_local! {
    /// `None` for what has no slope: it stands in a condition only.
    static KEPT: RefCell<Map<Key, Option<Template>>> = RefCell::default();
}

/// The slope by a letter, where it is kept or can be; the inner `None` where nothing moves.
fn kept_slope(arena: &mut Arena, value: NodeId, by: NodeId, look: &mut Look) -> Option<Option<NodeId>> {
    let letter = look.letters.iter().position(|letter| *letter == by)?;
    look.words.push(letter as u64);
    let slope = KEPT.with_borrow_mut(|kept| {
        if let Some(slope) = kept.get(&look.words) {
            return Some(slope.as_ref().map(|template| template.built(arena, &look.letters)));
        }
        if kept.len() >= MOST_KEPT {
            return None;
        }
        let found = on_letters(arena, value, &look.letters, by)?;
        let built = found.as_ref().map(|template| template.built(arena, &look.letters));
        kept.insert(look.words.clone(), found);
        Some(built)
    });
    look.words.pop();
    slope
}

/// What nodes, arguments first, look like; `None` where they are too many, no scalars, or hold what is no letter and no small
/// number.
fn look_of(arena: &Arena, nodes: &[NodeId]) -> Option<Look> {
    // Rules that are applied as a learner might who makes a slip are not kept.
    if nodes.len() > MOST_NODES || arena.fault.is_some() {
        return None;
    }
    let mut words = Vec::with_capacity(4 * MOST_NODES);
    let mut letters = Args::new();
    for &id in nodes {
        let node = arena.get(id);
        if !node.shape.is_scalar() || !node.free.is_empty() {
            return None;
        }
        match &node.data {
            Data::Symbol(symbol) if arena.symbols[symbol.0 as usize].assumed.is_empty() => {
                words.push(0);
                letters.push(id);
            }
            Data::Number(number) if node.op == &NUMBER => {
                let whole = number.whole().filter(|n| n.unsigned_abs() <= LARGEST)?;
                words.extend([1, whole as u64]);
            }
            Data::None => {
                words.extend([2, std::ptr::from_ref(node.op).addr() as u64, node.args.len() as u64]);
                for arg in &node.args {
                    words.push(nodes.binary_search(arg).ok()? as u64);
                }
            }
            _ => return None,
        }
    }
    Some(Look { words, letters })
}

/// The slope on letters of its own; `None` where it cannot be found there.
fn on_letters(arena: &Arena, value: NodeId, letters: &[NodeId], by: NodeId) -> Option<Option<Template>> {
    let mut own = Arena::new(Dims::default());
    own.dims.frozen = true;
    let mut copies: Map<NodeId, NodeId> = Map::default();
    for id in arena.reachable(&[value]) {
        let copy = if letters.contains(&id) {
            let symbol = own.new_symbol("", Shape::SCALAR, None);
            own.symbol(symbol)
        } else {
            let args: Vec<NodeId> = arena.args(id).iter().map(|arg| copies[arg]).collect();
            own.rebuild(arena.get(id), &args)
        };
        copies.insert(id, copy);
    }
    let local = local(&mut own, copies[&value], *copies.get(&by)?).ok()?;
    let places: Vec<NodeId> = letters.iter().map(|letter| copies[letter]).collect();
    Some(local.differential.map(|_| Template::of(&own, local.tidied, &places)))
}
