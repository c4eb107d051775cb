//! From the arena to the tape's graph: one loop over the nodes, arguments first. Every operator that training meets often has a
//! line here; the others are computed by their own entry.

use crate::budget::{MAX_NUMBERS, exceeded};
use crate::error::{Error, Kind as Fault};
use crate::eval::{size_of_dim, sizes_of};
use crate::expr::{Arena, NodeId};
use crate::map::Map;
use crate::op::{Data, Eval};
use crate::ops::{self, arithmetic, build, elementwise, leaves, products, reductions};
use crate::scalar::{Elementary, Elementary2};
use crate::tape::Inputs;
use crate::tape::chain::{Factor, chain};
use crate::tape::graph::{Graph, Kind, ValueId, View};

/// The graph with its roots, each written out in full.
pub struct Lowered {
    pub graph: Graph,
    pub firsts: Vec<ValueId>,
    pub lasts: Vec<ValueId>,
}

pub fn lower(arena: &Arena, firsts: &[NodeId], lasts: &[NodeId], inputs: &Inputs) -> Result<Lowered, Error> {
    let mut lowering = Lowering { arena, inputs, graph: Graph::default(), views: Map::default() };
    for at in 0..inputs.symbols.len() {
        let shape = &arena.symbols[inputs.symbols[at].0 as usize].shape;
        let (rows, columns) = flat(&sizes_of(arena, shape, inputs.sizes)?)?;
        lowering.graph.add(Kind::Input(at), rows, columns);
    }
    lowering.run(&[firsts, lasts].concat())?;
    let mut written = |roots: &[NodeId]| roots.iter().map(|root| lowering.graph.spread(lowering.views[root])).collect();
    let (firsts, lasts) = (written(firsts), written(lasts));
    Ok(Lowered { graph: lowering.graph, firsts, lasts })
}

/// Rows and columns of a tensor; above order 2 all axes but the last are rows.
fn flat(shape: &[usize]) -> Result<(usize, usize), Error> {
    let count = shape.iter().fold(1usize, |product, &n| product.saturating_mul(n));
    if count > MAX_NUMBERS {
        return Err(exceeded("limit.in_tensor", MAX_NUMBERS));
    }
    Ok(match *shape {
        [] => (1, 1),
        [n] => (n, 1),
        [.., n] => (count / n.max(1), n),
    })
}

struct Lowering<'a> {
    arena: &'a Arena,
    inputs: &'a Inputs<'a>,
    graph: Graph,
    views: Map<NodeId, View>,
}

impl Lowering<'_> {
    fn run(&mut self, roots: &[NodeId]) -> Result<(), Error> {
        let mut stack: Vec<(NodeId, bool)> = roots.iter().rev().map(|&root| (root, false)).collect();
        while let Some((id, arguments_done)) = stack.pop() {
            if self.views.contains_key(&id) {
                continue;
            }
            let needs = self.needs(id);
            if !arguments_done {
                stack.push((id, true));
                stack.extend(needs.iter().rev().filter(|need| !self.views.contains_key(need)).map(|&n| (n, false)));
                continue;
            }
            if needs.iter().any(|need| !self.views.contains_key(need)) {
                return Err(Error::new(Fault::Request, say!("eval.circular")));
            }
            let view = self.node(id)?;
            self.views.insert(id, view);
        }
        Ok(())
    }

    fn is_given(&self, id: NodeId) -> Option<usize> {
        let symbol = self.arena.symbol_of(id)?;
        self.inputs.symbols.iter().position(|&given| given == symbol)
    }

    /// What must be lowered before a node.
    fn needs(&self, id: NodeId) -> Vec<NodeId> {
        if self.is_left_to_evaluator(id) || self.is_given(id).is_some() {
            return Vec::new();
        }
        match self.arena.symbol_of(id) {
            Some(symbol) => self.arena.symbols[symbol.0 as usize].definition.into_iter().collect(),
            None => self.arena.args(id).to_vec(),
        }
    }

    /// Sums over an index and tensors by entries, with what is inside them; and what only the evaluator computes.
    fn is_left_to_evaluator(&self, id: NodeId) -> bool {
        let node = self.arena.get(id);
        let is_leaf =
            [&leaves::NUMBER, &leaves::PI, &leaves::E, &leaves::SYMBOL, &leaves::DIMENSION].contains(&node.op);
        !is_leaf && matches!(node.op.eval, Eval::Evaluator)
    }

    fn arg(&self, id: NodeId, k: usize) -> View {
        self.views[&self.arena.args(id)[k]]
    }

    fn args(&self, id: NodeId) -> Vec<ValueId> {
        self.arena.args(id).iter().map(|a| self.views[a].value).collect()
    }

    fn node(&mut self, id: NodeId) -> Result<View, Error> {
        let node = self.arena.get(id);
        let op = node.op;
        if let Some(at) = self.is_given(id) {
            let value = ValueId(at as u32);
            let (rows, columns) = (self.graph.get(value).rows, self.graph.get(value).columns);
            return Ok(View { value, rows, columns });
        }
        if let Some(symbol) = self.arena.symbol_of(id) {
            let symbol = &self.arena.symbols[symbol.0 as usize];
            return symbol
                .definition
                .map(|definition| self.views[&definition])
                .ok_or_else(|| Error::new(Fault::Request, say!("eval.no_value_here", name = symbol.name)));
        }
        if self.is_left_to_evaluator(id) {
            return self.evaluated(id);
        }
        let (rows, columns) = flat(&sizes_of(self.arena, &node.shape, self.inputs.sizes)?)?;
        let value = if op == &leaves::NUMBER
            && let Data::Number(n) = node.data
        {
            self.graph.constant(n.to_f64())
        } else if op == &leaves::DIMENSION
            && let Data::Dim(dim) = node.data
        {
            self.graph.constant(size_of_dim(self.arena, dim, self.inputs.sizes)? as f64)
        } else if op == &leaves::PI {
            self.graph.constant(std::f64::consts::PI)
        } else if op == &leaves::E {
            self.graph.constant(std::f64::consts::E)
        } else if op == &arithmetic::EXPAND {
            self.arg(id, 0).value
        } else if op == &arithmetic::ADD {
            let terms: Vec<(f64, ValueId)> = self.args(id).into_iter().map(|value| (1.0, value)).collect();
            self.graph.sum(&terms)
        } else if op == &arithmetic::MULTIPLY {
            let factors = self.args(id);
            self.graph.times(1.0, &factors)
        } else if let Eval::Map(f) = op.eval {
            let value = self.arg(id, 0).value;
            self.graph.map(f, value)
        } else if let Eval::Map2(f) = op.eval {
            let (a, b) = (self.arg(id, 0).value, self.arg(id, 1).value);
            self.map2(f, a, b)
        } else if op == &elementwise::CASES {
            let args = self.args(id);
            self.graph.choose(args[0], args[1], args[2])
        } else if op == &products::TRANSPOSE {
            let value = self.arg(id, 0).value;
            self.graph.transposed(value)
        } else if op == &products::PRODUCT {
            match self.chain(id) {
                // A row times a column was read as 1 × 1; a matrix times a vector is a column. Nothing else changes form.
                Some(view) => view.value,
                None => return self.whole(id, rows, columns),
            }
        } else if op == &products::DOT {
            let (a, b) = (self.arg(id, 0), self.arg(id, 1));
            let row = View { value: self.graph.transposed(a.value), rows: 1, columns: a.rows };
            self.graph.product(row, b).value
        } else if op == &reductions::SUM {
            let view = self.arg(id, 0);
            self.graph.total(view)
        } else if op == &reductions::MEAN {
            let view = self.arg(id, 0);
            let total = self.graph.total(view);
            self.graph.times(1.0 / (view.rows * view.columns) as f64, &[total])
        } else if op == &reductions::ROWSUMS || op == &reductions::COLSUMS {
            let view = self.arg(id, 0);
            self.along(view, op == &reductions::ROWSUMS)
        } else if op == &reductions::SOFTMAX {
            // A vector is one row; a matrix is taken row by row.
            let view = self.arg(id, 0);
            let written = self.graph.spread(view);
            let is_vector = self.arena.shape(id).order() < 2;
            let (height, width) = if is_vector { (1, rows * columns) } else { (rows, columns) };
            let flat = self.graph.reshaped(written, height, width);
            let value = self.graph.add(Kind::Softmax(flat), height, width);
            self.graph.reshaped(value, rows, columns)
        } else if op == &reductions::NORM2 || op == &reductions::UNIT {
            self.length(id, op == &reductions::UNIT)
        } else if op == &build::TRACE || op == &build::DIAG {
            match self.diagonal_of_product(id) {
                Some(diagonal) if op == &build::DIAG => diagonal,
                Some(diagonal) => {
                    self.graph.total(View { value: diagonal, rows: self.graph.len(diagonal), columns: 1 })
                }
                None => return self.whole(id, rows, columns),
            }
        } else {
            return self.whole(id, rows, columns);
        };
        Ok(View { value, rows, columns })
    }

    fn map2(&mut self, f: Elementary2, a: ValueId, b: ValueId) -> ValueId {
        match (f, self.graph.number(b)) {
            (Elementary2::Divide, Some(x)) => self.graph.times(1.0 / x, &[a]),
            (Elementary2::Divide, None) if self.graph.len(b) == 1 && self.graph.len(a) > 1 => {
                let one = self.graph.constant(1.0);
                let reciprocal = self.graph.zip(Elementary2::Divide, one, b);
                self.graph.times(1.0, &[a, reciprocal])
            }
            // Small whole powers are products.
            (Elementary2::Power, Some(x)) if [1.0, 2.0, 3.0, 4.0].contains(&x) => {
                self.graph.times(1.0, &vec![a; x as usize])
            }
            _ => self.graph.zip(f, a, b),
        }
    }

    /// The length of all entries; or all entries divided by it, which is 0 at the origin.
    fn length(&mut self, id: NodeId, divide: bool) -> ValueId {
        let view = self.arg(id, 0);
        let squares = self.graph.times(1.0, &[view.value, view.value]);
        let total = self.graph.total(View { value: squares, ..view });
        let length = self.graph.map(Elementary::Sqrt, total);
        if !divide {
            return length;
        }
        let (one, zero) = (self.graph.constant(1.0), self.graph.constant(0.0));
        let reciprocal = self.graph.zip(Elementary2::Divide, one, length);
        let share = self.graph.choose(length, reciprocal, zero);
        self.graph.times(1.0, &[view.value, share])
    }

    /// Sums along the rows (a number for each row), or along the columns.
    fn along(&mut self, view: View, along_rows: bool) -> ValueId {
        let value = self.graph.get(view.value);
        let copies = if along_rows { view.columns / value.columns } else { view.rows / value.rows };
        let sums = if along_rows {
            self.graph.row_sums(view.value)
        } else {
            let sums = self.graph.column_sums(view.value);
            let columns = self.graph.get(sums).columns;
            self.graph.reshaped(sums, columns, 1)
        };
        self.graph.times(copies as f64, &[sums])
    }

    fn chain(&mut self, id: NodeId) -> Option<View> {
        let mut factors = Vec::new();
        for &arg in self.arena.args(id) {
            let inner = self.arena.args(arg).first().copied();
            factors.push(match inner {
                Some(vector) if self.arena.is(arg, &build::DIAG) && self.arena.shape(vector).is_vector() => {
                    Factor::Diagonal(self.views[&vector])
                }
                _ => Factor::Matrix(self.views[&arg]),
            });
        }
        chain(&mut self.graph, &factors)
    }

    /// The diagonal of a product of two matrices as a column: the rest of the product is never made.
    fn diagonal_of_product(&mut self, id: NodeId) -> Option<ValueId> {
        let Kind::Matrix(a, transposed, b) = *self.graph.kind(self.arg(id, 0).value) else { return None };
        let rows = self.graph.get(self.arg(id, 0).value).rows;
        if transposed {
            let entries = self.graph.times(1.0, &[a, b]);
            let sums = self.graph.column_sums(entries);
            return Some(self.graph.reshaped(sums, rows, 1));
        }
        let turned = self.graph.transposed(b);
        let entries = self.graph.times(1.0, &[a, turned]);
        Some(self.graph.row_sums(entries))
    }

    /// Left to the operator's own function of whole tensors.
    fn whole(&mut self, id: NodeId, rows: usize, columns: usize) -> Result<View, Error> {
        let op = self.arena.op(id);
        if !matches!(op.eval, Eval::Whole { .. }) {
            return Err(Error::new(Fault::Unsupported, say!("eval.not_yet", op = op.name)));
        }
        let views: Vec<View> = self.arena.args(id).iter().map(|a| self.views[a]).collect();
        let args = views.into_iter().map(|view| self.graph.spread(view)).collect();
        let value = self.graph.add(Kind::Whole(id, args), rows, columns);
        Ok(View { value, rows, columns })
    }

    /// Left to the evaluator, with everything inside.
    fn evaluated(&mut self, id: NodeId) -> Result<View, Error> {
        let node = self.arena.get(id);
        if ops::pending::is_pending(node.op, &Data::None) {
            return Err(Error::new(Fault::Unsupported, say!("eval.no_program")));
        }
        let (rows, columns) = flat(&sizes_of(self.arena, &node.shape, self.inputs.sizes)?)?;
        let variables = self.arena.variables_in(id);
        let mut inputs: Vec<ValueId> =
            variables.into_iter().filter_map(|v| self.is_given(v)).map(|at| ValueId(at as u32)).collect();
        inputs.sort();
        let value = self.graph.add(Kind::Evaluated(id, inputs), rows, columns);
        Ok(View { value, rows, columns })
    }
}
