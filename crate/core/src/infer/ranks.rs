//! How many dimensions a name has whose shape is not declared: by its use, else by the convention of letters.

use super::expand::Known;
use super::resolve::{Meaning, Names, Resolved, Variable};
use super::scopes::Role;
use crate::ast::{AstId, AstKind, Infix, Tree};
use crate::op::{Data, Eval, Op};
use crate::ops;
use crate::shape::{Dims, Shape};

/// Which order a variable is read with.
pub type Order = fn(&Variable) -> usize;

/// Narrows down the orders that a variable without a shape may have, by how it is used.
pub fn narrow(ast: &Tree, resolved: &Resolved, names: &mut Names) {
    if names.variables.iter().all(|v| v.shape.is_some()) {
        return;
    }
    for (at, node) in ast.nodes.iter().enumerate() {
        if resolved.scopes.role(AstId(at as u32)) != Role::Value {
            continue;
        }
        match &node.kind {
            AstKind::Index { base, subscripts } => {
                let order = subscripts.len();
                restrict(resolved, names, *base, |k| k == order);
            }
            AstKind::List(entries) => scalars(ast, resolved, names, entries),
            AstKind::Rows(rows) => scalars(ast, resolved, names, &rows.concat()),
            AstKind::Build { body, .. } => scalars(ast, resolved, names, &[*body]),
            AstKind::Call { function, args, .. } if *function == "outer" => {
                args.iter().for_each(|a| restrict(resolved, names, *a, |k| k == 1));
            }
            AstKind::Call { function, args, .. } if matches!(function.as_ref(), "unvec" | "prod_but") => {
                restrict(resolved, names, args[0], |k| k == 1);
            }
            AstKind::Call { args, .. } => {
                if let Some(Meaning::Operator(op)) = resolved.meanings[at] {
                    by_operator(resolved, names, op, args);
                }
            }
            _ => {}
        }
    }
}

/// Entries are scalars, and so is every operand of what works entry by entry inside them.
fn scalars(ast: &Tree, resolved: &Resolved, names: &mut Names, entries: &[AstId]) {
    let mut open = entries.to_vec();
    while let Some(id) = open.pop() {
        restrict(resolved, names, id, |k| k == 0);
        match &ast.get(id).kind {
            AstKind::Negate(a) => open.push(*a),
            AstKind::Infix { op, left, right, .. } if !matches!(op, Infix::Times | Infix::Dot) => {
                open.extend([*left, *right]);
            }
            AstKind::Call { function, args, .. } => {
                let entrywise = crate::names::is_built_in(function)
                    && ops::find(function, args.len()).is_some_and(super::shapes::is_entrywise);
                let own = !crate::names::is_built_in(function)
                    && !names.functions.contains_key(function.as_ref())
                    && !resolved.places.contains_key(&id);
                if entrywise || own {
                    open.extend(args);
                }
            }
            _ => {}
        }
    }
}

fn restrict(resolved: &Resolved, names: &mut Names, id: AstId, allowed: impl Fn(usize) -> bool) {
    let Some(Meaning::Variable(v)) = resolved.meanings[id.0 as usize] else { return };
    let variable = &mut names.variables[v];
    let orders = [0, 1, 2].map(|k| variable.orders[k] && allowed(k));
    // Uses that contradict each other: the shapes tell where.
    if orders.contains(&true) {
        variable.orders = orders;
    }
}

/// The operator itself is asked which orders it takes.
fn by_operator(resolved: &Resolved, names: &mut Names, op: &'static Op, args: &[AstId]) {
    if matches!(op.eval, Eval::Map(_) | Eval::Map2(_)) || args.len() > 2 || op == &ops::leaves::DELTA {
        return;
    }
    let mut takes = vec![[false; 3]; args.len()];
    let choices: Vec<Vec<usize>> =
        if args.len() == 1 { (0..3).map(|k| vec![k]).collect() } else { (0..9).map(|k| vec![k / 3, k % 3]).collect() };
    for choice in choices {
        let mut dims = Dims::default();
        let shapes: Vec<Shape> = choice.iter().map(|&k| Shape((0..k).map(|_| dims.fresh()).collect())).collect();
        let accepted = match (op.shape)(&mut dims, &shapes.iter().collect::<Vec<_>>(), &Data::None) {
            Ok(_) => true,
            // Not built yet is not the same as not allowed.
            Err(fault) => fault.unsupported,
        };
        if accepted {
            choice.iter().enumerate().for_each(|(at, &k)| takes[at][k] = true);
        }
    }
    for (&arg, takes) in args.iter().zip(&takes) {
        restrict(resolved, names, arg, |k| takes[k]);
    }
}

/// The order that the convention gives a name: lower case a to g and Greek scalars, h to z vectors, upper case matrices.
pub fn convention(name: &str) -> usize {
    let first = name.chars().find(|c| c.is_alphabetic()).unwrap_or('a');
    match first {
        c if c.is_uppercase() => 2,
        'a'..='g' | 'Ͱ'..='Ͽ' | 'ἀ'..='ῼ' => 0,
        _ => 1,
    }
}

fn by_convention(variable: &Variable) -> usize {
    if let Some(shape) = &variable.shape {
        return shape.order();
    }
    let first = convention(variable.name);
    let preference = match first {
        0 => [0, 1, 2],
        1 => [1, 2, 0],
        _ => [2, 1, 0],
    };
    preference.into_iter().find(|&k| variable.orders[k]).unwrap_or(first)
}

/// The readings to try, best first: by convention; and with the names that use leaves open as scalars.
pub fn readings(names: &Names) -> &'static [Order] {
    let differ = names.variables.iter().any(|v| by_convention(v) != scalar_where_open(v));
    if differ { &[by_convention, scalar_where_open] } else { &[by_convention] }
}

fn scalar_where_open(variable: &Variable) -> usize {
    let is_open = variable.shape.is_none() && variable.orders[0];
    if is_open { 0 } else { by_convention(variable) }
}

/// What is known of a variable's dimension from its declared shape or the numbers given for it.
pub fn known_dimension(shape: Option<&Shape>, sizes: Option<&[usize]>, slot: usize) -> Known {
    match (shape, sizes) {
        (Some(shape), _) => match shape.0.get(slot) {
            Some(crate::shape::Dim::Size(n)) => Known::Size(*n),
            _ => Known::Other,
        },
        (None, Some(sizes)) => sizes.get(slot).map_or(Known::Other, |&n| Known::Size(n as u64)),
        (None, None) => Known::Free,
    }
}
