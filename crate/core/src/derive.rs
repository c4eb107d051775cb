//! From a question to its derivation: which reading fits, derivations of parts, the result as a tensor.
//! Names no operator's rule: those are in `ops/`, applied by differential.rs.

use crate::contract::Level;
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, NodeId, SymbolId};
use crate::identification::{by_differential, picked};
use crate::index::by_index;
use crate::jacobian::{Derivation, Naming, four_steps, moves_with, row_of, tidy_step, total};
use crate::op::Data;
use crate::ops::build::{DIAG, GRID, LIST, STACK, basis};
use crate::ops::leaves::NUMBER;
use crate::ops::products::TRANSPOSE;
use crate::request::Way;
use crate::reverse::backwards;
use crate::rules::headlines;
use crate::shape::{Dim, Shape};
use crate::steps::{About, Row, Step};
use crate::terms::{Term, Terms, written};
use crate::textbook::inwards;
use crate::tidy::{tidied, tidy};

/// A second round with more headlines than this goes below one, so that the whole keeps to 3 to 7.
const MOST_AGAIN: usize = 5;

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

/// The whole answer: the derivation and the result in the tensor's own shape, `shape(expr) ++ shape(wrt)` (once more
/// `++ shape(wrt)` for each further order).
pub struct Derived {
    pub derivation: Derivation,
    pub tensor: NodeId,
    /// What each order was derived from and what it gave: each pair is checked by number on its own.
    pub levels: Vec<(NodeId, NodeId)>,
}

/// Derives `expr` so many times; `given` are the user's own names for parts of it. Errors: `unsupported`, `limit`.
pub fn derive(arena: &mut Arena, expr: NodeId, by: &By, given: Vec<(String, NodeId)>, order: u32) -> Result<Derived> {
    derive_in(arena, expr, by, given, order, None)
}

/// The same in a chosen way; `None` lets the shapes decide. Errors: also `request` for a way that this cannot go.
pub fn derive_in(
    arena: &mut Arena,
    expr: NodeId,
    by: &By,
    given: Vec<(String, NodeId)>,
    order: u32,
    way: Option<Way>,
) -> Result<Derived> {
    let naming = Naming::new(arena, given);
    with_naming(arena, expr, by, naming, order, way)
}

/// The result of [`derive`] in the tensor's own shape, alone: the same nodes by the same rules, and no steps.
/// Errors: `unsupported`, `limit`.
pub fn bare(arena: &mut Arena, expr: NodeId, by: &By, given: Vec<(String, NodeId)>, order: u32) -> Result<NodeId> {
    Ok(with_naming(arena, expr, by, Naming::untold(given), order, None)?.tensor)
}

fn with_naming(
    arena: &mut Arena,
    expr: NodeId,
    by: &By,
    mut naming: Naming,
    order: u32,
    way: Option<Way>,
) -> Result<Derived> {
    let derivation = match (way, by) {
        (None, _) => any(arena, expr, by, &mut naming)?,
        (Some(way), By::Variable(v)) => in_way(arena, expr, *v, &mut naming, way)?,
        (Some(way), _) if ways(arena, expr, by).first() == Some(&way) => any(arena, expr, by, &mut naming)?,
        (Some(_), _) => return Err(no_such_way()),
    };
    let tensor = as_tensor(arena, expr, by, derivation.result)?;
    let mut derived = Derived { derivation, tensor, levels: vec![(expr, tensor)] };
    for _ in 1..order {
        derived = again(arena, derived, by, &mut naming)?;
    }
    Ok(derived)
}

/// A derivation's statement in the tensor's own shape: a gradient is a row there, and a vector here.
fn turned(arena: &mut Arena, expr: NodeId, by: &By, statement: NodeId) -> NodeId {
    let by_order = match by {
        By::Variable(v) => arena.shape(*v).order(),
        By::Component(..) => 0,
        By::List(_) => 1,
    };
    if (arena.shape(expr).order(), by_order) == (0, 1) { arena.transpose(statement) } else { statement }
}

fn as_tensor(arena: &mut Arena, expr: NodeId, by: &By, result: NodeId) -> Result<NodeId> {
    let mut tensor = turned(arena, expr, by, result);
    if let By::Variable(variable) = by
        && arena.shape(tensor).order() != arena.shape(expr).order() + arena.shape(*variable).order()
    {
        // Where all sizes are 1 an axis may have been lost in a product (a function of one row and one column).
        let shape = arena.shape(expr).then(arena.shape(*variable));
        tensor = arena.fitted(tensor, &shape).unwrap_or(tensor);
    }
    tidied(arena, tensor)
}

/// The pending derivative of any value by what is asked for.
fn question_of(arena: &mut Arena, value: NodeId, by: &By) -> NodeId {
    match by {
        By::Component(variable, places) => {
            let whole = total(arena, value, *variable);
            {
                let order = arena.shape(value).order();
                picked(arena, whole, order, places)
            }
        }
        By::Variable(_) | By::List(_) => {
            let variable = variable_node(arena, by);
            total(arena, value, variable)
        }
    }
}

/// One order more: the first derivative is found, and then derived like any other expression.
fn again(arena: &mut Arena, first: Derived, by: &By, naming: &mut Naming) -> Result<Derived> {
    let from = first.levels[first.levels.len() - 1].0;
    let pending = turned(arena, from, by, first.derivation.question);
    let question = question_of(arena, pending, by);
    let second = any(arena, first.tensor, by, naming)?;
    let tensor = as_tensor(arena, first.tensor, by, second.result)?;
    let mut steps = Vec::new();
    if !first.derivation.steps.is_empty() {
        let below = first.derivation.steps.into_iter().map(Step::demoted).collect();
        let mut taken = Step::rewrite(headlines::FIRST, Level::Headline, question, second.question).with(below);
        taken.rows = vec![Row { left: first.derivation.question, right: first.derivation.result, rule: None }];
        steps.push(taken);
        if second.steps.is_empty() {
            let about = About::from(&NUMBER.rules()[0]);
            steps.push(Step::rewrite(about, Level::Headline, second.question, second.result));
        }
    }
    if second.steps.len() > MOST_AGAIN {
        let below = second.steps.into_iter().map(Step::demoted).collect();
        steps.push(Step::rewrite(headlines::AGAIN, Level::Headline, second.question, second.result).with(below));
    } else {
        steps.extend(second.steps);
    }
    let named = first.derivation.named.into_iter().chain(second.named).collect();
    let levels = first.levels.into_iter().chain([(first.tensor, tensor)]).collect();
    Ok(Derived { derivation: Derivation { question, result: second.result, steps, named }, tensor, levels })
}

/// The gradient of a scalar by one of its variables, of that variable's shape: what trains.
/// Errors: as for [`derive`]; `shape` where the loss is no scalar.
pub fn gradient(arena: &mut Arena, loss: NodeId, parameter: NodeId) -> Result<NodeId> {
    if !arena.shape(loss).is_scalar() {
        let message = say!("derive.not_a_loss", found = arena.dims.describe(arena.shape(loss)));
        return Err(Error::new(Kind::Shape, message).hint(say!("derive.not_a_loss.hint")));
    }
    bare(arena, loss, &By::Variable(parameter), Vec::new(), 1)
}

/// The ways in which a question can be derived, the usual one first.
pub fn ways(arena: &Arena, expr: NodeId, by: &By) -> Vec<Way> {
    let By::Variable(variable) = by else { return vec![Way::Paths] };
    let (value, by) = (arena.shape(expr).order(), arena.shape(*variable).order());
    let simple = value <= 1 && by <= 1 && !leads_through_matrices(arena, expr, *variable);
    let mut ways = if simple { vec![Way::Paths, Way::Differentials] } else { vec![Way::Differentials] };
    // What does not move has no rate to push inwards, and no entries to look at.
    let moves = expr != *variable && moves_with(arena, *variable)[expr.0 as usize];
    if by == 0 && moves {
        ways.insert(1, Way::Textbook);
    }
    if value == 0 {
        ways.push(Way::Reverse);
    }
    if value + by > 0 && moves {
        ways.push(Way::Index);
    }
    ways
}

fn no_such_way() -> Error {
    Error::new(Kind::Request, say!("derive.no_such_way")).hint(say!("derive.no_such_way.hint"))
}

fn in_way(arena: &mut Arena, expr: NodeId, variable: NodeId, naming: &mut Naming, way: Way) -> Result<Derivation> {
    if !ways(arena, expr, &By::Variable(variable)).contains(&way) {
        return Err(no_such_way());
    }
    match way {
        Way::Paths => by_variable(arena, expr, variable, naming),
        Way::Differentials => by_differential(arena, expr, variable, None, naming.told),
        Way::Reverse => backwards(arena, expr, variable, naming),
        Way::Textbook => inwards(arena, expr, variable),
        Way::Index => by_index(arena, expr, variable, naming),
    }
}

fn any(arena: &mut Arena, expr: NodeId, by: &By, naming: &mut Naming) -> Result<Derivation> {
    match by {
        By::List(variables) => {
            let mut all = by_list(arena, expr, variables, naming)?;
            // What the parts have in common shows only now.
            let (result, passes) = tidy(arena, all.result)?;
            if !all.steps.is_empty() {
                all.steps.extend(tidy_step(all.result, result, &passes));
            }
            all.result = result;
            Ok(all)
        }
        By::Component(variable, places) => by_component(arena, expr, *variable, places, naming),
        By::Variable(variable) => by_variable(arena, expr, *variable, naming),
    }
}

/// True for a number that hangs on the variable by matrices (a network's loss on its biases): a Jacobian of a matrix
/// by a vector has three indices, where the differential needs two.
fn leads_through_matrices(arena: &Arena, expr: NodeId, variable: NodeId) -> bool {
    if !arena.shape(expr).is_scalar() {
        return false;
    }
    let is_matrix = |id: &NodeId| {
        let shape = arena.shape(*id);
        shape.is_matrix() && !shape.0.contains(&Dim::Size(1)) && !arena.is(*id, &DIAG)
    };
    // Arguments have smaller ids: mostly there is no matrix at all.
    if !(0..=expr.0).any(|id| is_matrix(&NodeId(id))) {
        return false;
    }
    let mut matrices = arena.reachable(&[expr]);
    matrices.retain(|id| is_matrix(id));
    !matrices.is_empty() && {
        let moves = moves_with(arena, variable);
        matrices.iter().any(|id| moves[id.0 as usize])
    }
}

fn by_variable(arena: &mut Arena, expr: NodeId, variable: NodeId, naming: &mut Naming) -> Result<Derivation> {
    let orders = (arena.shape(expr).order(), arena.shape(variable).order());
    if orders.0 > 1 || orders.1 > 1 || leads_through_matrices(arena, expr, variable) {
        return by_differential(arena, expr, variable, None, naming.told);
    }
    let written_out = arena.is(expr, &LIST) || arena.is(expr, &STACK);
    if written_out && arena.depends_on(expr, variable) {
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
    told: bool,
    assemble: &dyn Fn(&mut Arena, &[NodeId]) -> NodeId,
) -> Derivation {
    if !told {
        let results: Vec<NodeId> = parts.iter().map(|(_, part)| part.result).collect();
        let result = assemble(arena, &results);
        return Derivation { question, result, steps: Vec::new(), named: Vec::new() };
    }
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
        parts.push((say!("derive.component", place = parts.len() + 1), part));
    }
    Ok(in_parts(arena, question, headlines::ROWS, parts, naming.told, &stack_rows))
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
    if arena.is(expr, &LIST) {
        return by_rows(arena, expr, &by, naming);
    }
    let variable = variable_node(arena, &by);
    let question = total(arena, expr, variable);
    if let Some(immediate) = immediate(arena, expr, variable, question) {
        return Ok(immediate);
    }
    let mut parts = Vec::new();
    for &v in variables {
        let name = arena.symbol_of(v).map_or(String::new(), |s| arena.symbols[s.0 as usize].name.clone());
        let mut part = by_variable(arena, expr, v, naming)?;
        // The differentials on its way hold while this variable alone moves, and of the whole question all of the list do.
        let moving: Vec<SymbolId> = arena.symbol_of(v).into_iter().collect();
        part.steps = part.steps.into_iter().map(|step| step.while_varying(&moving)).collect();
        parts.push((say!("derive.partial_by", name), part));
    }
    if arena.shape(expr).order() > 1 {
        return Ok(in_parts(arena, question, headlines::PARTIALS, parts, naming.told, &slices));
    }
    let is_scalar = arena.shape(expr).is_scalar();
    Ok(in_parts(arena, question, headlines::PARTIALS, parts, naming.told, &move |arena, columns| {
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

/// Tensors of one shape as the slices of one more: the last axis counts them.
pub fn slices(arena: &mut Arena, parts: &[NodeId]) -> NodeId {
    let order = arena.shape(parts[0]).order();
    let count = Dim::Size(parts.len() as u64);
    let mut dims = arena.shape(parts[0]).0.clone();
    dims.push(count);
    let mut all = Terms { terms: Vec::new(), free: order + 1, dims };
    for (at, &part) in parts.iter().enumerate() {
        let unit = basis(arena, count, at);
        all.terms.push(Term::product(vec![(part, (0..order).collect()), (unit, vec![order])]));
    }
    written(arena, &all)
}

/// Nothing to derive: the value does not hold any of the variables.
fn immediate(arena: &mut Arena, expr: NodeId, variable: NodeId, question: NodeId) -> Option<Derivation> {
    let variables = arena.variables_in(variable);
    let used = arena.reachable(&[expr]);
    if variables.iter().any(|v| used.contains(v)) {
        return None;
    }
    let shape = arena.shape(question).clone();
    Some(Derivation { question, result: arena.zeros(&shape), steps: Vec::new(), named: Vec::new() })
}

/// By one component: the derivative by the whole variable, and one column of it.
fn by_component(
    arena: &mut Arena,
    expr: NodeId,
    variable: NodeId,
    places: &[u64],
    naming: &mut Naming,
) -> Result<Derivation> {
    for (&place, &dim) in places.iter().zip(&arena.shape(variable).0) {
        if let Dim::Size(n) = arena.dims.resolve(dim)
            && place > n
        {
            let message = say!("derive.no_component", place, n);
            return Err(Error::new(Kind::Shape, message));
        }
    }
    if arena.shape(expr).order() > 1 || places.len() > 1 {
        return by_differential(arena, expr, variable, Some(places), naming.told);
    }
    let whole = by_variable(arena, expr, variable, naming)?;
    let before = whole.result;
    let order = arena.shape(expr).order();
    let column = |arena: &mut Arena, jacobian: NodeId| picked(arena, jacobian, order, places);
    // The question is about the component from the start: a column of the pending Jacobian.
    let question = column(arena, whole.question);
    let mut steps: Vec<Step> = whole.steps.into_iter().map(|step| mapped(arena, step, &column)).collect();
    let picked = column(arena, before);
    let (result, passes) = tidy(arena, picked)?;
    if result != picked {
        let sub = passes.iter().map(Step::from_pass).collect();
        // What is immediate for the whole variable is so for one entry of it: there is no step to go on from.
        steps.push(if steps.is_empty() {
            Step::rewrite(headlines::COMPONENT, Level::Headline, question, result)
        } else {
            Step::rewrite(headlines::COMPONENT, Level::Headline, picked, result).with(sub)
        });
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
