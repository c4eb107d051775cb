//! Rules as formulas: printed from their own text, never typed twice.

use crate::expr::{Arena, Assumption, NodeId};
use crate::infer;
use crate::print;
use crate::shape::{Dim, Dims, Shape};
use crate::steps::About;

/// `from = to` as LaTeX; empty for procedures, which have no one formula.
pub fn latex(about: &About) -> String {
    if about.from.is_empty() {
        return String::new();
    }
    let mut arena = Arena::new(Dims::default());
    let read = equation(&mut arena, about);
    let formula = read.and_then(|(left, right)| {
        Some(format!("{} = {}", print::plain(&arena, left).ok()?, print::plain(&arena, right).ok()?))
    });
    formula.unwrap_or_default()
}

/// Both sides of a rule in an arena of their own; names not in `given` are vectors of length n.
pub fn equation(arena: &mut Arena, about: &About) -> Option<(NodeId, NodeId)> {
    let n = arena.dims.declare("n");
    let given = declarations(arena, about.given);
    let mut bound: Vec<(String, NodeId)> = Vec::new();
    for letter in ["u", "v", "c", "d", "x", "y", "z", "A", "B"] {
        let declared = given.iter().find(|(name, _, _)| name == letter);
        let shape = declared.map(|(_, shape, _)| shape.clone());
        // `d` is the differential unless it is declared.
        if letter == "d" && shape.is_none() {
            continue;
        }
        let symbol = arena.new_symbol(letter, shape.unwrap_or(Shape::vector(n)), None);
        arena.symbols[symbol.0 as usize].assumed.extend(declared.and_then(|(_, _, assumed)| *assumed));
        bound.push((letter.to_owned(), arena.symbol(symbol)));
    }
    let bound: Vec<(&str, NodeId)> = bound.iter().map(|(name, id)| (name.as_str(), *id)).collect();
    let left = infer::elaborate_rule(arena, &infer::parse_rule(about.from), &bound).ok()?;
    let right = infer::elaborate_rule(arena, &infer::parse_rule(about.to), &bound).ok()?;
    let shape = arena.shape(left).clone();
    let right = arena.expand(right, &shape);
    Some((left, right))
}

/// Reads `u: [n], A: [n,n] symmetric`.
fn declarations(arena: &mut Arena, given: &str) -> Vec<(String, Shape, Option<Assumption>)> {
    let mut all = Vec::new();
    let mut rest = given;
    while let Some((name, behind)) = rest.split_once(": [") {
        let (dims, behind) = behind.split_once(']').unwrap_or((behind, ""));
        let (word, next) = behind.split_once(',').unwrap_or((behind, ""));
        let dims = dims.split(',').map(str::trim).filter(|d| !d.is_empty());
        let dims = dims.map(|d| d.parse().map_or_else(|_| arena.dims.declare(d), Dim::Size)).collect();
        let all_assumptions = [Assumption::Symmetric, Assumption::Invertible, Assumption::Positive];
        let assumed = all_assumptions.into_iter().find(|a| a.word() == word.trim());
        all.push((name.trim().to_owned(), Shape(dims), assumed));
        rest = next;
    }
    all
}
