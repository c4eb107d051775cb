//! From a question to its derivation: which reading fits, derivations of parts, the result as a tensor.
//! Names no operator's rule: those are in `ops/`, applied by differential.rs.

use crate::contract::Level;
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, NodeId, Place, SymbolId};
use crate::jacobian::{Derivation, Naming, four_steps, local, row_of, total};
use crate::op::Data;
use crate::ops::build::{GRID, LIST, PICK, STACK};
use crate::ops::pending::DIFFERENTIAL;
use crate::ops::products::TRANSPOSE;
use crate::rules::headlines;
use crate::shape::{Dim, Shape};
use crate::steps::{Row, Step};
use crate::tidy::{tidied, tidy};

/// What to differentiate by.
#[derive(Clone, Debug)]
pub enum By {
    /// One variable.
    Variable(NodeId),
    /// One component of a variable (1-based).
    Component(NodeId, Vec<u64>),
    /// A list of scalar variables, read as one vector.
    List(Vec<NodeId>),
}

/// The whole answer: the derivation and the result in the tensor's own shape, `shape(expr) ++ shape(wrt)`.
pub struct Derived {
    pub derivation: Derivation,
    pub tensor: NodeId,
}

/// Derives `expr`; `given` are the user's own names for parts of it. Errors: `unsupported`, `limit`.
pub fn derive(arena: &mut Arena, expr: NodeId, by: &By, given: Vec<(String, NodeId)>) -> Result<Derived> {
    let mut naming = Naming::new(arena, given);
    let derivation = any(arena, expr, by, &mut naming)?;
    let value_order = arena.shape(expr).order();
    let by_order = match by {
        By::Variable(v) => arena.shape(*v).order(),
        By::Component(..) => 0,
        By::List(_) => 1,
    };
    let tensor = if (value_order, by_order) == (0, 1) { arena.transpose(derivation.result) } else { derivation.result };
    let tensor = tidied(arena, tensor)?;
    Ok(Derived { derivation, tensor })
}

/// The gradient of a scalar by one of its variables, of that variable's shape: what trains.
/// Errors: as for [`derive`]; `shape` where the loss is no scalar.
pub fn gradient(arena: &mut Arena, loss: NodeId, parameter: NodeId) -> Result<NodeId> {
    if !arena.shape(loss).is_scalar() {
        let message = format!("A loss is one number, and this is {}.", arena.dims.describe(arena.shape(loss)));
        return Err(Error::new(Kind::Shape, message).hint("Add it up: `sum(…)` or `mean(…)`."));
    }
    Ok(derive(arena, loss, &By::Variable(parameter), Vec::new())?.tensor)
}

fn any(arena: &mut Arena, expr: NodeId, by: &By, naming: &mut Naming) -> Result<Derivation> {
    match by {
        By::List(variables) => by_list(arena, expr, variables, naming),
        By::Component(variable, places) => by_component(arena, expr, *variable, places, naming),
        By::Variable(variable) => by_variable(arena, expr, *variable, naming),
    }
}

fn by_variable(arena: &mut Arena, expr: NodeId, variable: NodeId, naming: &mut Naming) -> Result<Derivation> {
    let orders = (arena.shape(expr).order(), arena.shape(variable).order());
    if orders.0 > 1 || orders.1 > 1 {
        return by_differential(arena, expr, variable);
    }
    let written_out = arena.is(expr, &LIST) || arena.is(expr, &STACK);
    if written_out && arena.depends_on(variable)[expr.0 as usize] {
        return by_rows(arena, expr, &By::Variable(variable), naming);
    }
    four_steps(arena, expr, variable, naming)
}

/// The variable as one node: a list of scalars is the vector of them.
fn variable_node(arena: &mut Arena, by: &By) -> NodeId {
    match by {
        By::Variable(v) | By::Component(v, _) => *v,
        By::List(all) => arena.must(&LIST, all, Data::None),
    }
}

/// Derivations of parts, put together: the statement holds what is not yet worked out as pending derivatives.
fn in_parts(
    arena: &mut Arena,
    question: NodeId,
    about: crate::steps::About,
    parts: Vec<(String, Derivation)>,
    assemble: &dyn Fn(&mut Arena, &[NodeId]) -> NodeId,
) -> Derivation {
    let mut current: Vec<NodeId> = parts.iter().map(|(_, p)| p.question).collect();
    let mut statement = assemble(arena, &current);
    let mut steps = vec![Step::rewrite(about, Level::Headline, question, statement)];
    let mut named: Vec<SymbolId> = Vec::new();
    // Few parts are headlines of their own; many go below one headline, so that it stays at 3 to 7.
    let few = parts.len() <= 5;
    let (mut rows, mut below) = (Vec::new(), Vec::new());
    let before_all = statement;
    for (at, (title, part)) in parts.into_iter().enumerate() {
        named.extend(part.named);
        let before = statement;
        current[at] = part.result;
        statement = assemble(arena, &current);
        rows.push(Row { left: part.question, right: part.result, rule: None });
        if statement == before {
            continue;
        }
        let sub = part.steps.into_iter().map(Step::demoted).collect();
        let level = if few { Level::Headline } else { Level::Rule };
        let mut step = Step::rewrite(headlines::PART, level, before, statement).changed(vec![part.result]).with(sub);
        step.title = Some(title);
        step.rows = rows.split_off(rows.len() - 1);
        if few { steps.push(step) } else { below.push(step) }
    }
    if !few {
        steps.push(Step::rewrite(headlines::EACH, Level::Headline, before_all, statement).with(below));
    }
    Derivation { question, result: statement, steps, named }
}

/// A vector written by its components: one row for each.
fn by_rows(arena: &mut Arena, expr: NodeId, by: &By, naming: &mut Naming) -> Result<Derivation> {
    let variable = variable_node(arena, by);
    let question = total(arena, expr, variable);
    let components = arena.args(expr).to_vec();
    let mut parts = Vec::new();
    for component in components {
        let part = any(arena, component, by, naming)?;
        parts.push((format!("Component {}", parts.len() + 1), part));
    }
    Ok(in_parts(arena, question, headlines::ROWS, parts, &stack_rows))
}

/// Rows one under the other: rows of entries as a matrix by entries, scalars as a list, else a stack.
fn stack_rows(arena: &mut Arena, rows: &[NodeId]) -> NodeId {
    if rows.iter().all(|&r| arena.shape(r).is_scalar()) {
        return arena.must(&LIST, rows, Data::None);
    }
    let entries = |arena: &Arena, r: NodeId| {
        let list = arena.is(r, &TRANSPOSE).then(|| arena.args(r)[0])?;
        arena.is(list, &LIST).then(|| arena.args(list).to_vec())
    };
    let grid: Option<Vec<Vec<NodeId>>> = rows.iter().map(|&r| entries(arena, r)).collect();
    match grid {
        Some(grid) => {
            let columns = grid[0].len();
            arena.must(&GRID, &grid.concat(), Data::Grid(rows.len(), columns))
        }
        None => arena.must(&STACK, rows, Data::None),
    }
}

/// Scalars as one vector: one column for each variable.
fn by_list(arena: &mut Arena, expr: NodeId, variables: &[NodeId], naming: &mut Naming) -> Result<Derivation> {
    let by = By::List(variables.to_vec());
    if arena.shape(expr).order() > 1 {
        let message = "The derivative of a matrix by a list of scalars is not built yet.";
        return Err(Error::new(Kind::Unsupported, message).hint("Differentiate by one of the scalars at a time."));
    }
    if arena.is(expr, &LIST) {
        return by_rows(arena, expr, &by, naming);
    }
    let variable = variable_node(arena, &by);
    let question = total(arena, expr, variable);
    let mut parts = Vec::new();
    for &v in variables {
        let name = arena.symbol_of(v).map_or(String::new(), |s| arena.symbols[s.0 as usize].name.clone());
        parts.push((format!("Partial by {name}"), by_variable(arena, expr, v, naming)?));
    }
    let is_scalar = arena.shape(expr).is_scalar();
    Ok(in_parts(arena, question, headlines::PARTIALS, parts, &move |arena, columns| {
        if is_scalar {
            let list = arena.must(&LIST, columns, Data::None);
            return row_of(arena, list);
        }
        if let [one] = columns[..] {
            // A list of one variable still has its axis: column times [[1]].
            let unit = arena.ones(&Shape::matrix(Dim::Size(1), Dim::Size(1)));
            return arena.chain(&[one, unit]);
        }
        let rows: Vec<NodeId> = columns.iter().map(|&c| arena.transpose(c)).collect();
        let stacked = arena.must(&STACK, &rows, Data::None);
        arena.transpose(stacked)
    }))
}

/// By one component: the derivative by the whole variable, and one column of it.
fn by_component(
    arena: &mut Arena,
    expr: NodeId,
    variable: NodeId,
    places: &[u64],
    naming: &mut Naming,
) -> Result<Derivation> {
    if let (Some(&place), Dim::Size(n)) = (places.first(), arena.dims.resolve(arena.shape(variable).0[0]))
        && place > n
    {
        let message = format!("There is no component {place}: this runs from 1 to {n}.");
        return Err(Error::new(Kind::Shape, message));
    }
    if arena.shape(expr).order() > 1 || places.len() > 1 {
        let message = "The derivative by one component is built for scalars and vectors so far.";
        return Err(Error::new(Kind::Unsupported, message));
    }
    let whole = by_variable(arena, expr, variable, naming)?;
    let before = whole.result;
    let column = |arena: &mut Arena, jacobian: NodeId| {
        let is_row = arena.shape(jacobian).is_row();
        let base = if is_row { arena.transpose(jacobian) } else { jacobian };
        let place = Some(Place::Fixed(places[0]));
        let subscripts = if is_row { vec![place] } else { vec![None, place] };
        arena.must(&PICK, &[base], Data::Subscripts(subscripts))
    };
    // The question is about the component from the start: a column of the pending Jacobian.
    let question = column(arena, whole.question);
    let mut steps: Vec<Step> = whole.steps.into_iter().map(|step| mapped(arena, step, &column)).collect();
    let picked = column(arena, before);
    let (result, passes) = tidy(arena, picked)?;
    if result != picked {
        let sub = passes.iter().map(|p| Step::rewrite(p.rule.into(), Level::Algebra, p.before, p.after)).collect();
        steps.push(Step::rewrite(headlines::COMPONENT, Level::Headline, picked, result).with(sub));
    }
    Ok(Derivation { question, result, steps, named: whole.named })
}

/// A step with its statements mapped, and so the steps below that continue them.
fn mapped(arena: &mut Arena, step: Step, map: &dyn Fn(&mut Arena, NodeId) -> NodeId) -> Step {
    let continues = step.sub.first().is_some_and(|first| first.before == step.before);
    let sub = if continues { step.sub.into_iter().map(|s| mapped(arena, s, map)).collect() } else { step.sub };
    let (before, after) = (map(arena, step.before), map(arena, step.after));
    Step { before, after, sub, ..step }
}

/// Whenever a matrix is involved: push d inwards, then read the derivative off.
fn by_differential(arena: &mut Arena, expr: NodeId, variable: NodeId) -> Result<Derivation> {
    let question = total(arena, expr, variable);
    let found = local(arena, expr, variable)?;
    let depends = arena.depends_on(variable)[expr.0 as usize];
    let mut steps = Vec::new();
    if depends && expr != variable && !found.fired.is_empty() {
        let rows = found
            .fired
            .iter()
            .map(|f| {
                let left = arena.must(&DIFFERENTIAL, &[f.node], Data::None);
                Row { left, right: f.value, rule: Some(f.rule.into()) }
            })
            .collect();
        steps.push(Step::table(headlines::DIFFERENTIAL, Level::Headline, question, rows));
        steps.push(Step::rewrite(headlines::IDENTIFY, Level::Headline, question, found.raw));
        if found.raw != found.tidied {
            let sub =
                found.passes.iter().map(|p| Step::rewrite(p.rule.into(), Level::Algebra, p.before, p.after)).collect();
            steps.push(Step::rewrite(headlines::TIDY, Level::Headline, found.raw, found.tidied).with(sub));
        }
    }
    Ok(Derivation { question, result: found.tidied, steps, named: Vec::new() })
}
