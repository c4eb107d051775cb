//! The result opened into its entries, at small sizes: a formula for each, and for a zero the reason why.

use crate::budget::MAX_UNROLLED;
use crate::contract::{Entries, Entry, EntryDerivation};
use crate::derive::{By, Derived};
use crate::error::{Error, Kind, Result};
use crate::eval::{self, Env};
use crate::expr::{Arena, Node, NodeId, Place};
use crate::jacobian::Naming;
use crate::layout::is_flipped;
use crate::map::Map;
use crate::numbers;
use crate::one_entry;
use crate::op::{Data, Eval};
use crate::ops::arithmetic::{ADD, MULTIPLY};
use crate::ops::build::{DIAG, GRID, IDENTITY, LIST, PICK, STACK, TRACE};
use crate::ops::elementwise::CASES;
use crate::ops::leaves::SYMBOL;
use crate::ops::pending::PARTIAL;
use crate::ops::products::{DOT, PRODUCT, TRANSPOSE};
use crate::ops::reductions::{MEAN, SUM};
use crate::ordered::Ordered;
use crate::print::marked;
use crate::request::Layout;
use crate::rules::headlines;
use crate::shape::{Dim, Shape};
use crate::tidy::tidied;
use crate::view::{self, Shown};
use serde_json::Value;

/// The largest grid that is opened: 8 × 8 is what a page can typeset at once.
const MOST: usize = 8;
/// Expressions larger than this are not written out entry by entry.
const LARGEST: usize = 400;

/// Writes entries of tensors as scalars, at given sizes.
struct Opener<'a> {
    arena: &'a mut Arena,
    sizes: &'a Ordered<Dim, usize>,
    done: Map<(NodeId, Vec<usize>), NodeId>,
    /// Something had no such entry: shapes of size 1 that are read in several ways.
    is_lost: bool,
}

impl Opener<'_> {
    fn size(&self, dim: Dim) -> usize {
        eval::size_of_dim(self.arena, dim, self.sizes).unwrap_or(1)
    }

    /// The entry at `index` (from 0). What has no formula by entries stays a component of the whole.
    fn entry(&mut self, node: NodeId, index: &[usize]) -> NodeId {
        let key = (node, index.to_vec());
        if let Some(&known) = self.done.get(&key) {
            return known;
        }
        let order = self.arena.shape(node).order();
        if order > 0 && index.len() != order {
            return self.lost();
        }
        let made = self.write(node, index);
        self.done.insert(key, made);
        made
    }

    fn write(&mut self, id: NodeId, index: &[usize]) -> NodeId {
        let node = self.arena.get(id).clone();
        let scalar = self.arena.unexpanded(id);
        if scalar != id {
            return self.entry(scalar, &[]);
        }
        let entrywise =
            matches!(node.op.eval, Eval::Map(_) | Eval::Map2(_)) || [&ADD, &MULTIPLY, &CASES].contains(&node.op);
        if entrywise {
            let args: Vec<NodeId> = node.args.iter().map(|&a| self.entry(a, index)).collect();
            return match node.op {
                op if op == &ADD => self.arena.add(&args),
                op if op == &MULTIPLY => self.arena.multiply(&args),
                op => self.arena.make(op, &args, node.data.clone()).unwrap_or_else(|_| self.lost()),
            };
        }
        if self.terms(&node) > MAX_UNROLLED as usize {
            return self.component(id, index);
        }
        match node.op {
            op if op == &IDENTITY => self.arena.int(i64::from(index[0] == index[1])),
            op if op == &TRANSPOSE => self.transposed(&node.args, &node.shape.0, index),
            op if op == &PRODUCT => self.product(&node.args, index),
            op if op == &DOT => self.total(&node.args, false),
            op if op == &SUM => self.total(&node.args, false),
            op if op == &MEAN => self.total(&node.args, true),
            op if op == &TRACE => {
                let n = self.size(self.arena.shape(node.args[0]).0[0]);
                let terms: Vec<NodeId> = (0..n).map(|i| self.entry(node.args[0], &[i, i])).collect();
                self.arena.add(&terms)
            }
            op if op == &DIAG && index.len() == 2 && index[0] != index[1] => self.arena.int(0),
            op if op == &DIAG && index.len() == 2 => self.entry(node.args[0], &index[..1]),
            op if op == &DIAG => self.entry(node.args[0], &[index[0], index[0]]),
            op if op == &LIST => self.entry(node.args[index[0]], &[]),
            op if op == &GRID => match node.data {
                Data::Grid(_, columns) => self.entry(node.args[index[0] * columns + index[1]], &[]),
                _ => self.lost(),
            },
            op if op == &STACK => self.stacked(&node.args, index),
            op if op == &PICK => match self.picked(&node.data, index) {
                Some(full) => self.entry(node.args[0], &full),
                None => self.component(id, index),
            },
            _ => self.component(id, index),
        }
    }

    /// How many terms one entry of this node is written out into.
    fn terms(&self, node: &Node) -> usize {
        let sizes = |arg: &NodeId| self.arena.shape(*arg).0.iter().map(|&dim| self.size(dim)).collect::<Vec<_>>();
        let many = |sizes: Vec<usize>| sizes.into_iter().fold(1, usize::saturating_mul);
        match node.op {
            op if [&SUM, &MEAN, &DOT].contains(&op) => node.args.first().map_or(1, |arg| many(sizes(arg))),
            op if [&PRODUCT, &TRACE].contains(&op) => node.args.iter().flat_map(sizes).max().unwrap_or(1),
            _ => 1,
        }
    }

    fn component(&mut self, id: NodeId, index: &[usize]) -> NodeId {
        if index.is_empty() || self.arena.shape(id).is_scalar() {
            return id;
        }
        let places = index.iter().map(|&i| Some(Place::Fixed(i as u64 + 1))).collect();
        self.arena.make(&PICK, &[id], Data::Subscripts(places)).unwrap_or_else(|_| self.lost())
    }

    fn lost(&mut self) -> NodeId {
        self.is_lost = true;
        self.arena.int(0)
    }

    fn transposed(&mut self, args: &[NodeId], shape: &[Dim], index: &[usize]) -> NodeId {
        let from = self.arena.shape(args[0]).order();
        match (from, shape.len()) {
            (1, _) => self.entry(args[0], &index[1..]),
            (_, 1) => self.entry(args[0], &[0, index[0]]),
            _ => self.entry(args[0], &[index[1], index[0]]),
        }
    }

    /// One entry of a chain of products: rows times columns, from the left.
    fn product(&mut self, args: &[NodeId], index: &[usize]) -> NodeId {
        let (last, front) = (args[args.len() - 1], &args[..args.len() - 1]);
        let left = self.arena.chain(front);
        let left_shape = self.arena.shape(left).clone();
        let right_shape = self.arena.shape(last).clone();
        let row: &[usize] = if left_shape.is_row() { &[0] } else { &index[..1.min(index.len())] };
        let column: &[usize] = if right_shape.is_vector() { &[] } else { &index[index.len().min(1)..] };
        if left_shape.is_vector() {
            let (a, b) = (self.entry(left, row), self.entry(last, &[&[0], column].concat()));
            return self.arena.multiply(&[a, b]);
        }
        let inner = self.size(left_shape.0[1]);
        let terms: Vec<NodeId> = (0..inner)
            .map(|k| {
                let a = self.entry(left, &[row, &[k]].concat());
                let b = self.entry(last, &[&[k], column].concat());
                self.arena.multiply(&[a, b])
            })
            .collect();
        self.arena.add(&terms)
    }

    /// The sum (or mean) over all entries of the product of the arguments.
    fn total(&mut self, args: &[NodeId], mean: bool) -> NodeId {
        let shape: Vec<usize> = self.arena.shape(args[0]).0.clone().into_iter().map(|d| self.size(d)).collect();
        let mut terms = Vec::new();
        for at in crate::tensor::Tensor::<f64>::filled(&shape, 0.0).indices() {
            let factors: Vec<NodeId> = args.iter().map(|&a| self.entry(a, &at)).collect();
            terms.push(self.arena.multiply(&factors));
        }
        let count = self.arena.int(terms.len() as i64);
        let sum = self.arena.add(&terms);
        if mean { self.arena.divide(sum, count) } else { sum }
    }

    fn stacked(&mut self, args: &[NodeId], index: &[usize]) -> NodeId {
        let mut row = index[0];
        for &a in args {
            let shape = self.arena.shape(a).clone();
            let height = shape.0.first().map_or(1, |&d| self.size(d));
            if row < height {
                let own: Vec<usize> = if shape.is_scalar() { Vec::new() } else { [&[row], &index[1..]].concat() };
                return self.entry(a, &own);
            }
            row -= height;
        }
        args[0]
    }

    fn picked(&self, data: &Data, index: &[usize]) -> Option<Vec<usize>> {
        let Data::Subscripts(places) = data else { return None };
        let mut rest = index.iter();
        let place = |p: &Option<Place>, rest: &mut std::slice::Iter<usize>| match p {
            None => rest.next().copied(),
            Some(Place::Fixed(k)) => Some(*k as usize - 1),
            Some(Place::Index(..)) => None,
        };
        places.iter().map(|p| place(p, &mut rest)).collect()
    }
}

/// What to open, and how.
pub struct Opening<'a> {
    pub expr: NodeId,
    pub by: &'a By,
    pub layout: Layout,
    pub sizes: Ordered<Dim, usize>,
    /// Numbers for the variables, where the request has them.
    pub env: Option<&'a Env<f64>>,
    /// The entry whose own derivation is wanted: row and column, from 1.
    pub entry: Option<(u64, u64)>,
}

/// Opens a derivative into its entries, row by row in the chosen layout.
pub fn open(arena: &mut Arena, derived: &Derived, opening: &Opening) -> Result<Entries> {
    let tensor = derived.tensor;
    // A second derivative is opened as the derivative of the first.
    let from = derived.levels.last().map_or(opening.expr, |level| level.0);
    let value_shape = arena.shape(from).clone();
    let order = arena.shape(tensor).order();
    let sizes: Ordered<String, u32> = opening.sizes.iter().map(|(d, &n)| (arena.dims.show(*d), n as u32)).collect();
    let mut result = Entries {
        id: Value::Null,
        ok: true,
        sizes,
        rows: 0,
        columns: 0,
        row_names: Vec::new(),
        column_names: Vec::new(),
        entries: Vec::new(),
        cut: true,
        derivation: None,
    };
    if order > 2 || arena.reachable(&[tensor, from]).len() > LARGEST {
        return Ok(result);
    }
    let by_order = order - value_shape.order();
    let lengths: Vec<usize> = {
        let shape = arena.shape(tensor).0.clone();
        shape.iter().map(|&d| eval::size_of_dim(arena, d, &opening.sizes)).collect::<Result<_>>()?
    };
    let grid = Grid::of(opening.layout, value_shape.order(), by_order, &lengths);
    let Grid { rows, columns, .. } = grid;
    (result.rows, result.columns) = (rows.min(MOST) as u32, columns.min(MOST) as u32);
    result.cut = rows > MOST || columns > MOST;
    let numbers = opening.env.map(|env| eval::value(arena, tensor, env)).transpose()?;
    let y = called(arena, derived, &value_shape);
    for r in 0..rows.min(MOST) {
        for c in 0..columns.min(MOST) {
            let full = grid.place(order, r, c);
            let (of, by) = full.split_at(value_shape.order());
            let mut entry = one(arena, opening, (from, tensor), y, of, by)?;
            entry.value = numbers.as_ref().map(|t| numbers::to_json(&crate::tensor::Tensor::scalar(t.at(&full))));
            result.entries.push(entry);
        }
    }
    (result.row_names, result.column_names) = names(arena, opening, y, (value_shape.order(), by_order), &grid)?;
    if let Some((row, column)) = opening.entry {
        result.derivation = Some(derivation_of(arena, opening, (from, tensor), y, &grid, (row, column))?);
    }
    Ok(result)
}

/// Rows and columns as the chosen layout shows them.
struct Grid {
    rows: usize,
    columns: usize,
    flip: bool,
}

impl Grid {
    /// Rows are outputs and columns inputs in numerator layout; a matrix variable keeps its own rows.
    fn of(layout: Layout, value_order: usize, by_order: usize, lengths: &[usize]) -> Grid {
        let flip = is_flipped(layout, value_order, by_order);
        let (outer, inner) = match (value_order, by_order) {
            (0, 1) => (1, lengths[0]),
            (1, 0) => (lengths[0], 1),
            (0, 0) => (1, 1),
            _ => (lengths[0], lengths[1]),
        };
        let (rows, columns) = if flip { (inner, outer) } else { (outer, inner) };
        Grid { rows, columns, flip }
    }

    /// The place in the tensor of what stands in this row and column.
    fn place(&self, order: usize, row: usize, column: usize) -> Vec<usize> {
        let (o, i) = if self.flip { (column, row) } else { (row, column) };
        match order {
            0 => Vec::new(),
            1 => vec![o.max(i)],
            _ => vec![o, i],
        }
    }
}

/// What the rows and the columns belong to: components of the value and of the variable, as marked LaTeX.
fn names(
    arena: &mut Arena,
    opening: &Opening,
    y: NodeId,
    (value_order, by_order): (usize, usize),
    grid: &Grid,
) -> Result<(Vec<String>, Vec<String>)> {
    let part = |arena: &mut Arena, node: NodeId, places: &[Option<usize>]| {
        let places = places.iter().map(|p| p.map(|k| Place::Fixed(k as u64 + 1))).collect();
        arena.make(&PICK, &[node], Data::Subscripts(places)).unwrap_or(node)
    };
    let input = |arena: &mut Arena, k: usize| match opening.by {
        By::List(all) => all[k],
        By::Component(v, places) => {
            let places: Vec<Option<usize>> = places.iter().map(|&p| Some(p as usize - 1)).collect();
            part(arena, *v, &places)
        }
        By::Variable(v) if by_order == 1 => part(arena, *v, &[Some(k)]),
        By::Variable(v) => *v,
    };
    let matrix = match (value_order, by_order, opening.by) {
        (2, 0, _) => Some(y),
        (0, 2, By::Variable(v)) => Some(*v),
        _ => None,
    };
    let (outer, inner) = if grid.flip { (grid.columns, grid.rows) } else { (grid.rows, grid.columns) };
    let (mut outputs, mut inputs) = (Vec::new(), Vec::new());
    for k in 0..outer.min(MOST) {
        let named = match matrix {
            Some(whole) => part(arena, whole, &[Some(k), None]),
            None if value_order == 1 => part(arena, y, &[Some(k)]),
            None => y,
        };
        outputs.push(marked(arena, named)?);
    }
    for k in 0..inner.min(MOST) {
        let named = match matrix {
            Some(whole) => part(arena, whole, &[None, Some(k)]),
            None => input(arena, k),
        };
        inputs.push(marked(arena, named)?);
    }
    Ok(if grid.flip { (inputs, outputs) } else { (outputs, inputs) })
}

/// The small derivation of one entry, as the grid counts them (from 1). Errors: `request` where there is no such entry.
fn derivation_of(
    arena: &mut Arena,
    opening: &Opening,
    (from, tensor): (NodeId, NodeId),
    y: NodeId,
    grid: &Grid,
    (row, column): (u64, u64),
) -> Result<EntryDerivation> {
    let (rows, columns) = (grid.rows.min(MOST) as u64, grid.columns.min(MOST) as u64);
    if row > rows || column > columns {
        let message = say!("entries.outside", row, column, rows, columns);
        return Err(Error::new(Kind::Request, message).hint(say!("entries.outside.hint")));
    }
    let full = grid.place(arena.shape(tensor).order(), row as usize - 1, column as usize - 1);
    let (of, by) = full.split_at(arena.shape(from).order());
    let entry = written_out(arena, opening, (from, tensor), y, of, by)?;
    let derivation = one_entry::derivation(arena, &entry)?;
    let question = asked_of(arena, entry.value, entry.variable);
    let varying = arena.variables_in(entry.variable).into_iter().filter_map(|v| arena.symbol_of(v)).collect();
    let shown = Shown { layout: Layout::Numerator, orders: (0, 0), varying };
    Ok(EntryDerivation {
        row: row as u32,
        column: column as u32,
        question: marked(arena, question)?,
        output: format!("{} = {}", marked(arena, entry.value)?, marked(arena, entry.output)?),
        result: marked(arena, derivation.result)?,
        steps: view::tree(arena, &shown, &derivation.steps)?,
    })
}

/// The value's name: the one that the derivation gave it where it named its intermediates.
fn called(arena: &mut Arena, derived: &Derived, value_shape: &Shape) -> NodeId {
    let steps = &derived.derivation.steps;
    let is_named = steps.first().is_some_and(|s| s.about.id == headlines::NAME.id);
    let known = derived.derivation.named.last().filter(|_| is_named).map(|s| arena.symbols[s.0 as usize].name.clone());
    let name = known.unwrap_or_else(|| Naming::new(arena, Vec::new()).whole());
    let y = arena.new_symbol(&name, value_shape.clone(), None);
    arena.symbol(y)
}

/// One entry of the derivative `tensor` of `from`, which is called `y`.
fn one(
    arena: &mut Arena,
    opening: &Opening,
    (from, tensor): (NodeId, NodeId),
    y: NodeId,
    of: &[usize],
    by: &[usize],
) -> Result<Entry> {
    let OneEntry { value, output, variable, formula } = written_out(arena, opening, (from, tensor), y, of, by)?;
    let question = asked_of(arena, value, variable);
    let zero = arena.is_zero(formula);
    let contains = mentions(arena, output, variable);
    let (y, x, body) = (marked(arena, value)?, marked(arena, variable)?, marked(arena, output)?);
    let short = body.len() < 400;
    let written = if short { format!("${y} = {body}$") } else { format!("${y}$") };
    let reason = match (zero, contains) {
        (true, false) => say!("entries.absent", written, x),
        (true, true) => say!("entries.flat", written, x),
        (false, _) => say!("entries.present", written, x),
    };
    Ok(Entry { question: marked(arena, question)?, latex: marked(arena, formula)?, zero, reason, value: None })
}

/// `∂y_2/∂x_1`, to be shown.
fn asked_of(arena: &mut Arena, value: NodeId, variable: NodeId) -> NodeId {
    arena.insert_with_shape(&PARTIAL, vec![value, variable], Data::None, Shape::SCALAR)
}

/// One entry of a derivative with everything written out at small sizes.
pub struct OneEntry {
    /// The component of the value by its name, `y_2`.
    pub value: NodeId,
    /// What that component is.
    pub output: NodeId,
    /// The entry of the variable, `x_1`.
    pub variable: NodeId,
    /// The entry of the derivative.
    pub formula: NodeId,
}

fn written_out(
    arena: &mut Arena,
    opening: &Opening,
    (from, tensor): (NodeId, NodeId),
    y: NodeId,
    of: &[usize],
    by: &[usize],
) -> Result<OneEntry> {
    let full: Vec<usize> = of.iter().chain(by).copied().collect();
    let mut opener = Opener { arena, sizes: &opening.sizes, done: Map::default(), is_lost: false };
    let formula = opener.entry(tensor, &full);
    let output = opener.entry(from, of);
    let value = opener.component(y, of);
    let variable = match opening.by {
        By::Variable(v) => opener.component(*v, by),
        By::Component(v, places) => {
            let index: Vec<usize> = places.iter().map(|&p| p as usize - 1).collect();
            opener.component(*v, &index)
        }
        By::List(all) => all[by[0]],
    };
    if opener.is_lost {
        return Err(Error::new(Kind::Unsupported, say!("entries.lost")).hint(say!("entries.lost.hint")));
    }
    let formula = tidied(arena, formula)?;
    Ok(OneEntry { value, output, variable, formula })
}

/// Whether an expression holds the variable: itself, or (for what is not written out) the vector it is part of.
fn mentions(arena: &Arena, expr: NodeId, variable: NodeId) -> bool {
    let whole = if arena.is(variable, &PICK) { arena.args(variable)[0] } else { variable };
    let reached = arena.reachable(&[expr]);
    let is_whole_used = |id: NodeId| {
        // The vector itself counts unless it only stands under components.
        reached.iter().any(|&user| arena.args(user).contains(&id) && !(arena.is(user, &PICK) && arena.is(id, &SYMBOL)))
    };
    reached.contains(&variable) || (whole != variable && (expr == whole || is_whole_used(whole)))
}
