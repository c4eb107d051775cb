//! Slips that are made while d is pushed inwards: what the differentiator asks for.

use super::Fault;
use crate::error::Result;
use crate::expr::{Arena, NodeId};
use crate::infer;
use crate::map::Map;
use crate::op::{Data, Eval};
use crate::ops::abstracts::CALL;
use crate::ops::arithmetic::MULTIPLY;
use crate::ops::pending::DIFFERENTIAL;
use crate::ops::products::{DOT, PRODUCT};
use crate::rule::Rule;

/// The faulty right side of a rule, where the fault that is being tried has one.
pub fn twin_of(arena: &mut Arena, rule: &Rule, names: &[String], args: &[NodeId]) -> Result<Option<NodeId>> {
    let Some(Fault::Twin { of, to }) = arena.fault else { return Ok(None) };
    if !of.contains(&rule.id) {
        return Ok(None);
    }
    let letters: Vec<(&str, NodeId)> = names.iter().map(String::as_str).zip(args.iter().copied()).collect();
    // A reciprocal is a quotient: its constant numerator goes by `u` in the twin.
    let also = names.iter().position(|n| n == "c").filter(|_| rule.id == "reciprocal-rule").map(|at| ("u", args[at]));
    let bound: Vec<(&str, NodeId)> = letters.into_iter().chain(also).collect();
    infer::elaborate_rule(arena, &infer::parse_rule(to), &bound).map(Some)
}

/// A differential on the way of pushing d inwards, before its arguments' differentials are put in: faults of the chain and
/// product rules change what is put in. `seen` counts the places met so far.
pub struct Pushing<'a> {
    pub node: NodeId,
    pub leaf: NodeId,
    pub value: NodeId,
    pub varies: &'a [bool],
    /// The differentials of the arguments in terms of d(leaf).
    pub known: &'a Map<NodeId, Option<NodeId>>,
}

/// The differential with the fault, where this is a place for it.
pub fn faulty(arena: &mut Arena, at: &Pushing, seen: &mut usize) -> Option<NodeId> {
    let fault = arena.fault?;
    let args = arena.args(at.node).to_vec();
    let moving: Vec<NodeId> = args.iter().zip(at.varies).filter(|(_, v)| **v).map(|(&a, _)| a).collect();
    let change = arena.must(&DIFFERENTIAL, &[at.leaf], Data::None);
    let op = arena.op(at.node);
    match fault {
        Fault::InnerDropped(k) | Fault::WrongArgument(k) => {
            let is_function = matches!(op.eval, Eval::Map(_) | Eval::Map2(_)) && op.name != "negate";
            let compound: Vec<NodeId> = moving.iter().copied().filter(|&a| a != at.leaf).collect();
            if !is_function || compound.is_empty() {
                return None;
            }
            let here = *seen == k;
            *seen += 1;
            if !here {
                return None;
            }
            let mut put_in = Map::default();
            for &a in &compound {
                let pending = arena.must(&DIFFERENTIAL, &[a], Data::None);
                let shape = arena.shape(a).clone();
                if fault == Fault::InnerDropped(k) {
                    let fits = arena.shape(at.leaf).is_scalar() || *arena.shape(at.leaf) == shape;
                    put_in
                        .insert(pending, if fits { arena.expand(change, &shape) } else { at.known.get(&a).copied()?? });
                } else {
                    put_in.insert(pending, at.known.get(&a).copied()??);
                    if *arena.shape(at.leaf) == shape {
                        put_in.insert(a, at.leaf);
                    }
                }
            }
            Some(arena.replace(at.value, &put_in))
        }
        Fault::ProductOfDerivatives => {
            if op != &MULTIPLY || moving.len() < 2 || !arena.shape(at.leaf).is_scalar() {
                return None;
            }
            let one = arena.ones(&crate::shape::Shape::SCALAR);
            let mut factors: Vec<NodeId> = args.iter().zip(at.varies).filter(|(_, v)| !**v).map(|(&a, _)| a).collect();
            for &a in &moving {
                let differential = if a == at.leaf { change } else { at.known.get(&a).copied()?? };
                factors.push(arena.replace(differential, &Map::from_iter([(change, one)])));
            }
            factors.push(change);
            Some(arena.multiply(&factors))
        }
        Fault::OnlyOneFactor(k) => {
            if ![&MULTIPLY, &PRODUCT, &DOT].contains(&op) || moving.len() < 2 || k >= moving.len() {
                return None;
            }
            let mut args = args;
            let place = (0..args.len()).filter(|&p| at.varies[p]).nth(k)?;
            let a = args[place];
            args[place] = if a == at.leaf { change } else { at.known.get(&a).copied()?? };
            let node = arena.get(at.node).clone();
            Some(arena.rebuild(&node, &args))
        }
        _ => None,
    }
}

/// True where a named intermediate, or a function within another, is taken to stand still. `seen` counts such places.
pub fn is_held(arena: &Arena, node: NodeId, root: NodeId, seen: &mut usize) -> bool {
    let Some(Fault::IntermediateHeld(k)) = arena.fault else { return false };
    if node == root || !(arena.given_name(node).is_some() || arena.is(node, &CALL)) {
        return false;
    }
    *seen += 1;
    *seen == k + 1
}
