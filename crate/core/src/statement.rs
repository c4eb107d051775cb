//! Rules as formulas: printed from their own text, never typed twice.

use crate::expr::{Arena, NodeId};
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
    let given = shapes(arena, about.given);
    let mut bound: Vec<(String, NodeId)> = Vec::new();
    for letter in ["u", "v", "c", "d", "x", "y", "z", "A", "B"] {
        let shape = given.iter().find(|(name, _)| name == letter).map(|(_, s)| s.clone());
        // `d` is the differential unless it is declared.
        if letter == "d" && shape.is_none() {
            continue;
        }
        let symbol = arena.new_symbol(letter, shape.unwrap_or(Shape::vector(n)), None);
        bound.push((letter.to_owned(), arena.symbol(symbol)));
    }
    let bound: Vec<(&str, NodeId)> = bound.iter().map(|(name, id)| (name.as_str(), *id)).collect();
    let left = infer::elaborate_rule(arena, &infer::parse_rule(about.from), &bound).ok()?;
    let right = infer::elaborate_rule(arena, &infer::parse_rule(about.to), &bound).ok()?;
    let shape = arena.shape(left).clone();
    let right = arena.expand(right, &shape);
    Some((left, right))
}

/// Reads `u: [n], A: [m,n]`.
fn shapes(arena: &mut Arena, given: &str) -> Vec<(String, Shape)> {
    let mut all = Vec::new();
    for part in given.split(']').filter(|p| p.contains('[')) {
        let (name, dims) = part.split_once('[').unwrap_or((part, ""));
        let name = name.trim_matches(|c: char| c == ',' || c == ':' || c.is_whitespace()).to_owned();
        let dims = dims.split(',').map(str::trim).filter(|d| !d.is_empty());
        let dims = dims.map(|d| d.parse().map_or_else(|_| arena.dims.declare(d), Dim::Size)).collect();
        all.push((name, Shape(dims)));
    }
    all
}
