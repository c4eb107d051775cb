//! Derivatives not yet taken, by number: dual numbers through the expression as it stands. This is what lets a step
//! that still holds a `d(e)` or a `∂v/∂u` be an equation with two sides. A derivative inside a derivative moves in the
//! next direction that the numbers have (`Env::level` counts them).

use crate::dual::Layers;
use crate::error::{Error, Kind};
use crate::eval::{Env, Evaluated, Jiggle, Plan, evaluate};
use crate::expr::{Arena, IndexId, NodeId, SymbolId};
use crate::ops::{self, build, leaves, products};
use crate::ordered::Ordered;
use crate::shape::Dim;
use crate::tensor::Tensor;

/// The columns of a derivative: which entry of which variable each one stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    pub entries: Vec<(SymbolId, usize)>,
    /// Sizes: free bound indices of the variable first, then its shape.
    pub shape: Vec<usize>,
}

impl Columns {
    /// The columns of `by`: a variable, a component, row or column of one, or a list of such.
    pub fn of(arena: &Arena, by: NodeId, sizes: &Ordered<Dim, usize>) -> Result<Columns, Error> {
        let moves_only = [&build::PICK, &build::LIST, &build::STACK, &products::TRANSPOSE, &leaves::SYMBOL];
        let mut places: Env<f64> = Env { sizes: sizes.clone(), ..Env::default() };
        let mut entries = Vec::new();
        for id in arena.reachable(&[by]) {
            if !moves_only.contains(&arena.op(id)) {
                let name = arena.op(id).name;
                return Err(Error::new(Kind::Unsupported, say!("eval.nothing_by", name)));
            }
            // The numbers of the variables become their places, and whatever picks entries then picks places.
            if let Some(symbol) = arena.symbol_of(id) {
                let shape = super::plan::sizes_of(arena, arena.shape(id), sizes)?;
                let first = entries.len();
                entries.extend((0..shape.iter().product()).map(|at| (symbol, at)));
                let numbers = (first..entries.len()).map(|n| n as f64).collect();
                places.values.insert(symbol, Tensor::new(&shape, numbers));
            }
        }
        let chosen = super::value(arena, by, &places)?;
        let entries = chosen.data.iter().map(|&place| entries[place as usize]).collect();
        Ok(Columns { entries, shape: chosen.shape })
    }
}

/// The direction that the next derivative moves in, one level further in.
fn next_level<S: Layers>(env: &Env<S>) -> Result<usize, Error> {
    if env.level < S::DEPTH {
        return Ok(env.level);
    }
    let message = say!("eval.too_deep", depth = S::DEPTH);
    Err(Error::new(Kind::Unsupported, message).hint(say!("eval.too_deep.hint")))
}

pub(super) fn value<S: Evaluated + Layers>(arena: &Arena, node: NodeId, env: &Env<S>) -> Result<Tensor<S>, Error> {
    let (op, args) = (arena.op(node), arena.args(node));
    if op == &ops::pending::DIFFERENTIAL {
        return directional(arena, args[0], env);
    }
    let (what, by) = (args[0], args[1]);
    let by_columns = Columns::of(arena, by, &env.sizes)?;
    let mut env = env.clone();
    let root = if op == &ops::pending::PARTIAL {
        // An entry of an intermediate: the intermediate itself moves, those that it is defined by are held.
        let named = if arena.is(what, &build::PICK) { arena.args(what)[0] } else { what };
        let definition = arena.symbol_of(named).and_then(|s| arena.symbols[s.0 as usize].definition);
        hold_intermediates(arena, definition.unwrap_or(what), &mut env)?;
        if named == what { definition.unwrap_or(what) } else { what }
    } else {
        what
    };
    // An intermediate that we differentiate by is a variable of its own.
    for &(symbol, _) in &by_columns.entries {
        if let (Some(definition), false) =
            (arena.symbols[symbol.0 as usize].definition, env.values.contains_key(&symbol))
        {
            let held = super::value(arena, definition, &env)?;
            env.values.insert(symbol, held);
        }
    }
    let mut jacobian = slopes(arena, root, &by_columns.entries, &env, env.jiggle)?;
    jacobian.shape.pop();
    jacobian.shape.extend(&by_columns.shape);
    arrange(arena, node, root, by, &by_columns, &jacobian, &env)
}

/// Puts the axes in the order of the node's value: its free indices, then the value's axes, then the variable's.
fn arrange<S: Evaluated>(
    arena: &Arena,
    node: NodeId,
    root: NodeId,
    by: NodeId,
    columns: &Columns,
    jacobian: &Tensor<S>,
    env: &Env<S>,
) -> Result<Tensor<S>, Error> {
    let size = |i: &IndexId| super::size_of_dim(arena, arena.indices[i.0 as usize].dim, &env.sizes);
    let (free, own, others) = (&arena.get(node).free, &arena.get(root).free, &arena.get(by).free);
    let mut shape: Vec<usize> = free.iter().map(size).collect::<Result<_, _>>()?;
    let (value_axes, variable_axes) =
        (jacobian.shape.len() - columns.shape.len() - own.len(), columns.shape.len() - others.len());
    shape.extend(super::plan::sizes_of(arena, arena.shape(node), &env.sizes)?);
    // A scalar's row [1, n] has an axis that neither the value nor the variable has: skipped in reading.
    let unit_axis = shape.len() - free.len() - value_axes - variable_axes;
    Ok(Tensor::build(&shape, |at| {
        let (indices, rest) = at.split_at(free.len());
        let (value, variable) = rest[unit_axis..].split_at(value_axes);
        let of = |list: &[IndexId]| -> Vec<usize> {
            list.iter().map(|i| indices[free.iter().position(|f| f == i).unwrap_or(0)]).collect()
        };
        let place: Vec<usize> = of(own)
            .into_iter()
            .chain(value.iter().copied())
            .chain(of(others))
            .chain(variable.iter().copied())
            .collect();
        jacobian.at(&place)
    }))
}

/// The derivative of `root` by each of the columns, one evaluation in a moving kind of number each: the root's axes,
/// then one for the columns. With a jiggle every operation is jiggled (see [`Plan::run_jiggled`]).
pub fn slopes<S: Evaluated + Layers>(
    arena: &Arena,
    root: NodeId,
    columns: &[(SymbolId, usize)],
    env: &Env<S>,
    jiggle: Option<Jiggle>,
) -> Result<Tensor<S>, Error> {
    let level = next_level(env)?;
    let mut env = Env { level: level + 1, ..env.clone() };
    let plan = Plan::new(arena, &[root], &env)?;
    let mut by_column: Vec<Vec<S>> = Vec::with_capacity(columns.len());
    let mut shape = None;
    for &(symbol, at) in columns {
        let held = env.values.get(&symbol).map(|value| value.data[at]);
        let set = |env: &mut Env<S>, x: S| {
            if let Some(value) = env.values.get_mut(&symbol) {
                value.data[at] = x;
            }
        };
        if let Some(x) = held {
            set(&mut env, x.moving(level, 1.0));
        }
        let mut values = match jiggle {
            None => plan.run(arena, &env)?,
            Some(jiggle) => plan.run_jiggled(arena, &env, jiggle)?,
        };
        if let Some(x) = held {
            set(&mut env, x);
        }
        let value = values.remove(0);
        by_column.push(value.data.iter().map(|x| x.rate(level)).collect());
        shape = Some(value.shape);
    }
    let mut shape = shape.unwrap_or_default();
    let rows: usize = shape.iter().product();
    shape.push(columns.len());
    let data = (0..rows).flat_map(|row| by_column.iter().map(move |column| column[row])).collect();
    Ok(Tensor::new(&shape, data))
}

/// The value of every intermediate that `root` names, so that a partial derivative holds it still.
fn hold_intermediates<S: Evaluated>(arena: &Arena, root: NodeId, env: &mut Env<S>) -> Result<(), Error> {
    let named: Ordered<SymbolId, NodeId> = arena
        .reachable(&[root])
        .into_iter()
        .filter_map(|id| arena.symbol_of(id))
        .filter(|symbol| !env.values.contains_key(symbol))
        .filter_map(|symbol| Some((symbol, arena.symbols[symbol.0 as usize].definition?)))
        .collect();
    let definitions: Vec<NodeId> = named.values().copied().collect();
    let values = evaluate(arena, &definitions, env)?;
    env.values.extend(named.keys().copied().zip(values));
    Ok(())
}

/// `d(e)`: how `e` changes when the variables move in their directions.
fn directional<S: Evaluated + Layers>(arena: &Arena, what: NodeId, env: &Env<S>) -> Result<Tensor<S>, Error> {
    let level = next_level(env)?;
    let mut moving = Env { level: level + 1, ..env.clone() };
    for (symbol, direction) in env.directions.iter() {
        if let Some(value) = moving.values.get_mut(symbol) {
            value.data.iter_mut().zip(&direction.data).for_each(|(x, &by)| *x = x.moving(level, by));
        }
    }
    let plan = Plan::new(arena, &[what], &moving)?;
    let mut values = match moving.jiggle {
        None => plan.run(arena, &moving)?,
        Some(jiggle) => plan.run_jiggled(arena, &moving, jiggle)?,
    };
    Ok(values.remove(0).map(|x| x.rate(level)))
}
