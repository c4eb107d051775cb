//! The expression: a hash-consed, append-only arena. A node's arguments always come before it, so every pass is a loop
//! over ids in order: no recursion on the depth of the input, in dropping either.

mod known;

use crate::budget::{self, MAX_NODES};
use crate::error::Error;
use crate::map::{Map, Set};
use crate::number::Number;
use crate::op::{Data, Fault, Op};
use crate::ops;
use crate::rules;
use crate::shape::{Dim, Dims, Shape};
use known::Known;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SymbolId(pub u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IndexId(pub u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub u32);

/// Where a subscript points: a fixed place (1-based), or a bound index with an offset (`x[i+1]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    Fixed(u64),
    Index(IndexId, i64),
}

#[derive(Clone, Debug)]
pub struct Node {
    pub op: &'static Op,
    pub args: Vec<NodeId>,
    pub data: Data,
    pub shape: Shape,
    /// Bound indices that are free in this node, in order.
    pub free: Vec<IndexId>,
}

/// A variable, or an intermediate that stands for a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    pub name: String,
    pub shape: Shape,
    /// The node an intermediate names; `None` for a variable.
    pub definition: Option<NodeId>,
    /// What the user assumed of it: `symmetric`, `invertible`, `positive`.
    pub assumed: Vec<Assumption>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumption {
    Symmetric,
    Invertible,
    Positive,
}

impl Assumption {
    /// As requests and rules write it.
    pub fn word(self) -> &'static str {
        match self {
            Assumption::Symmetric => "symmetric",
            Assumption::Invertible => "invertible",
            Assumption::Positive => "positive",
        }
    }

    /// As a condition reads: $A$ is …
    pub fn of(self, formula: &str) -> String {
        match self {
            Assumption::Symmetric => say!("condition.symmetric", formula),
            Assumption::Invertible => say!("condition.invertible", formula),
            Assumption::Positive => say!("condition.positive", formula),
        }
    }
}

/// A bound index, from 1 to its dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    pub name: String,
    pub dim: Dim,
}

/// An abstract function, `f: args -> result`.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    pub name: String,
    pub args: Vec<Shape>,
    pub result: Shape,
}

/// All expressions of one request.
#[derive(Clone)]
pub struct Arena {
    nodes: Vec<Node>,
    known: Known,
    /// For each node the rules of tidying (bits, in their order) that change nothing in it or below.
    settled: Vec<u64>,
    pub symbols: Vec<Symbol>,
    pub indices: Vec<Index>,
    pub functions: Vec<Function>,
    /// The names that the user gave to parts (`where`): results say them again.
    pub given: Vec<(String, NodeId)>,
    pub dims: Dims,
    /// The slip that is being tried out: rules are then applied as a learner might who makes it.
    pub fault: Option<crate::slips::Fault>,
    /// So many nodes may be made; the passes check it and answer `limit`. Requests keep `MAX_NODES`.
    pub most: usize,
}

impl Arena {
    pub fn new(dims: Dims) -> Arena {
        Arena {
            nodes: Vec::new(),
            known: Known::default(),
            settled: Vec::new(),
            symbols: Vec::new(),
            indices: Vec::new(),
            functions: Vec::new(),
            given: Vec::new(),
            fault: None,
            dims,
            most: MAX_NODES,
        }
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub fn get(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub fn op(&self, id: NodeId) -> &'static Op {
        self.get(id).op
    }

    pub fn is(&self, id: NodeId, op: &'static Op) -> bool {
        self.get(id).op == op
    }

    pub fn args(&self, id: NodeId) -> &[NodeId] {
        &self.get(id).args
    }

    pub fn shape(&self, id: NodeId) -> &Shape {
        &self.get(id).shape
    }

    /// Fails once the arena holds more nodes than it may.
    pub fn check_size(&self) -> Result<(), Error> {
        if self.nodes.len() > self.most { Err(budget::exceeded("limit.nodes", self.most)) } else { Ok(()) }
    }

    /// The node `op(args)`, made or found. Errors: the fault of the operator's shape rule.
    pub fn make(&mut self, op: &'static Op, args: &[NodeId], data: Data) -> Result<NodeId, Fault> {
        let shape_of = |a: &NodeId| &self.nodes[a.0 as usize].shape;
        let mut shape = match args {
            [] => (op.shape)(&mut self.dims, &[], &data)?,
            [a] => (op.shape)(&mut self.dims, &[shape_of(a)], &data)?,
            [a, b] => (op.shape)(&mut self.dims, &[shape_of(a), shape_of(b)], &data)?,
            all => (op.shape)(&mut self.dims, &all.iter().map(shape_of).collect::<Vec<_>>(), &data)?,
        };
        shape.0.iter_mut().for_each(|dim| *dim = self.dims.resolve(*dim));
        Ok(self.insert(op, args, data, shape))
    }

    /// The same where the engine knows that the shapes fit.
    ///
    /// # Panics
    /// Where they do not: a defect of the engine, not of the input.
    pub fn must(&mut self, op: &'static Op, args: &[NodeId], data: Data) -> NodeId {
        match self.make(op, args, data) {
            Ok(id) => id,
            Err(fault) => {
                let shapes: Vec<String> = args.iter().map(|&a| self.dims.show_shape(self.shape(a))).collect();
                panic!("{}({}): {}", op.name, shapes.join(", "), fault.message)
            }
        }
    }

    /// The node with a shape that only the caller knows (abstract functions, tensors by entries).
    pub fn insert_with_shape(&mut self, op: &'static Op, args: Vec<NodeId>, data: Data, shape: Shape) -> NodeId {
        self.insert(op, &args, data, shape)
    }

    fn insert(&mut self, op: &'static Op, args: &[NodeId], data: Data, shape: Shape) -> NodeId {
        let hash = known::hash(op, args, &data, &shape);
        let same = |id: NodeId| {
            let node = &self.nodes[id.0 as usize];
            node.op == op && node.args == args && node.data == data && node.shape == shape
        };
        if let Some(id) = self.known.find(hash, same) {
            return id;
        }
        let free = self.free_indices(args, &data);
        let id = NodeId(self.nodes.len() as u32);
        // What is tried nowhere in it changes nothing.
        let settled =
            args.iter().fold(!rules::tried_at(op, shape.is_scalar()), |all, a| all & self.settled[a.0 as usize]);
        self.nodes.push(Node { op, args: args.to_vec(), data, shape, free });
        self.settled.push(settled);
        self.known.add(hash, id);
        id
    }

    fn free_indices(&self, args: &[NodeId], data: &Data) -> Vec<IndexId> {
        let mut free: Vec<IndexId> = args.iter().flat_map(|&a| self.get(a).free.iter().copied()).collect();
        match data {
            Data::Index(i) => free.push(*i),
            Data::Subscripts(places) => free.extend(places.iter().flatten().filter_map(|p| match p {
                Place::Index(i, _) => Some(*i),
                Place::Fixed(_) => None,
            })),
            Data::Binds(bound) => free.retain(|i| !bound.contains(i)),
            Data::None
            | Data::Number(_)
            | Data::Symbol(_)
            | Data::Dim(_)
            | Data::Shape(_)
            | Data::Grid(..)
            | Data::Function(..) => {}
        }
        free.sort();
        free.dedup();
        free
    }

    // --- leaves -------------------------------------------------------------------------------------------------

    pub fn number(&mut self, n: Number) -> NodeId {
        self.must(&ops::leaves::NUMBER, &[], Data::Number(n))
    }

    pub fn int(&mut self, n: i64) -> NodeId {
        self.number(Number::int(n))
    }

    pub fn new_symbol(&mut self, name: &str, shape: Shape, definition: Option<NodeId>) -> SymbolId {
        self.symbols.push(Symbol { name: name.to_owned(), shape, definition, assumed: Vec::new() });
        SymbolId(self.symbols.len() as u32 - 1)
    }

    /// The leaf of a variable or a named intermediate.
    pub fn symbol(&mut self, id: SymbolId) -> NodeId {
        let shape = self.symbols[id.0 as usize].shape.clone();
        self.insert(&ops::leaves::SYMBOL, &[], Data::Symbol(id), shape)
    }

    pub fn symbol_of(&self, id: NodeId) -> Option<SymbolId> {
        match (self.get(id).op == &ops::leaves::SYMBOL, &self.get(id).data) {
            (true, Data::Symbol(s)) => Some(*s),
            _ => None,
        }
    }

    pub fn new_index(&mut self, name: &str, dim: Dim) -> IndexId {
        self.indices.push(Index { name: name.to_owned(), dim });
        IndexId(self.indices.len() as u32 - 1)
    }

    /// A dimension as a number.
    pub fn dim_value(&mut self, dim: Dim) -> NodeId {
        match self.dims.resolve(dim) {
            Dim::Size(n) => self.int(n as i64),
            dim => self.must(&ops::leaves::DIMENSION, &[], Data::Dim(dim)),
        }
    }

    /// The number of entries of a shape, as an expression.
    pub fn count(&mut self, shape: &Shape) -> NodeId {
        let factors: Vec<NodeId> = shape.0.clone().into_iter().map(|d| self.dim_value(d)).collect();
        match factors[..] {
            [] => self.int(1),
            [one] => one,
            _ => self.must(&ops::arithmetic::MULTIPLY, &factors, Data::None),
        }
    }

    /// Abstract function application `f(args)`, differentiated by the arguments in `slots`.
    pub fn call_function(&mut self, f: FunctionId, slots: Vec<usize>, args: &[NodeId]) -> NodeId {
        let function = &self.functions[f.0 as usize];
        let mut shape = function.result.clone();
        for &slot in &slots {
            shape = shape.then(&function.args[slot - 1]);
        }
        self.insert(&ops::abstracts::CALL, args, Data::Function(f, slots), shape)
    }

    // --- arithmetic, with the scalar expansion that notation leaves implicit --------------------------------------

    /// A scalar as a tensor of the given shape (every entry the same); itself where the shape is scalar.
    pub fn expand(&mut self, scalar: NodeId, shape: &Shape) -> NodeId {
        if shape.is_scalar() || !self.shape(scalar).is_scalar() {
            return scalar;
        }
        self.must(&ops::arithmetic::EXPAND, &[scalar], Data::Shape(shape.clone()))
    }

    /// The scalar under an expansion; any other node itself.
    pub fn unexpanded(&self, id: NodeId) -> NodeId {
        if self.is(id, &ops::arithmetic::EXPAND) { self.args(id)[0] } else { id }
    }

    /// The shape two operands of an elementwise operator take: the tensor's where one is a scalar.
    fn joint_shape(&self, args: &[NodeId]) -> Shape {
        let tensor = args.iter().find(|&&a| !self.shape(a).is_scalar());
        tensor.map_or(Shape::SCALAR, |&a| self.shape(a).clone())
    }

    /// An elementwise operator with scalar operands expanded. Errors: shapes that differ.
    pub fn elementwise(&mut self, op: &'static Op, args: &[NodeId]) -> Result<NodeId, Fault> {
        let shape = self.joint_shape(args);
        let args: Vec<NodeId> = args.iter().map(|&a| self.expand(a, &shape)).collect();
        self.make(op, &args, Data::None)
    }

    /// `a + b + …`; flattens sums.
    pub fn add(&mut self, terms: &[NodeId]) -> NodeId {
        let shape = self.joint_shape(terms);
        let mut flat = Vec::new();
        for &t in terms {
            let t = self.expand(t, &shape);
            if self.is(t, &ops::arithmetic::ADD) { flat.extend_from_slice(self.args(t)) } else { flat.push(t) }
        }
        match flat[..] {
            [] => self.int(0),
            [one] => one,
            _ => self.must(&ops::arithmetic::ADD, &flat, Data::None),
        }
    }

    pub fn negate(&mut self, a: NodeId) -> NodeId {
        self.must(&ops::arithmetic::NEGATE, &[a], Data::None)
    }

    pub fn subtract(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let b = self.negate(b);
        self.add(&[a, b])
    }

    /// Elementwise product (of scalars: the product; with a scalar: scaling); flattens products.
    pub fn multiply(&mut self, factors: &[NodeId]) -> NodeId {
        let shape = self.joint_shape(factors);
        let mut flat = Vec::new();
        for &f in factors {
            let f = self.expand(f, &shape);
            if self.is(f, &ops::arithmetic::MULTIPLY) { flat.extend_from_slice(self.args(f)) } else { flat.push(f) }
        }
        match flat[..] {
            [] => self.int(1),
            [one] => one,
            _ => self.must(&ops::arithmetic::MULTIPLY, &flat, Data::None),
        }
    }

    pub fn divide(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.elementwise(&ops::arithmetic::DIVIDE, &[a, b]).expect("the engine divides equal shapes")
    }

    pub fn power(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.elementwise(&ops::arithmetic::POWER, &[a, b]).expect("the engine raises equal shapes")
    }

    // --- linear algebra -----------------------------------------------------------------------------------------

    /// The product of linear algebra; a scalar operand scales; chains are flattened. Errors: shapes that do not fit.
    pub fn product(&mut self, a: NodeId, b: NodeId) -> Result<NodeId, Fault> {
        if self.shape(a).is_scalar() || self.shape(b).is_scalar() {
            return Ok(self.multiply(&[a, b]));
        }
        let mut chain = Vec::new();
        for id in [a, b] {
            if self.is(id, &ops::products::PRODUCT) { chain.extend_from_slice(self.args(id)) } else { chain.push(id) }
        }
        // A chain is read from the left; where that would pass through a scalar it stays nested.
        match self.make(&ops::products::PRODUCT, &chain, Data::None) {
            Ok(id) => Ok(id),
            Err(_) => self.make(&ops::products::PRODUCT, &[a, b], Data::None),
        }
    }

    pub fn chain(&mut self, factors: &[NodeId]) -> NodeId {
        let mut result = factors[0];
        for &f in &factors[1..] {
            result = self.product(result, f).expect("the engine multiplies shapes that fit");
        }
        result
    }

    /// Transpose; of a scalar itself, twice nothing.
    pub fn transpose(&mut self, a: NodeId) -> NodeId {
        if self.shape(a).is_scalar() {
            return a;
        }
        if self.is(a, &ops::products::TRANSPOSE) {
            return self.args(a)[0];
        }
        self.must(&ops::products::TRANSPOSE, &[a], Data::None)
    }

    pub fn ones(&mut self, shape: &Shape) -> NodeId {
        let one = self.int(1);
        self.expand(one, shape)
    }

    pub fn zeros(&mut self, shape: &Shape) -> NodeId {
        let zero = self.int(0);
        self.expand(zero, shape)
    }

    pub fn identity(&mut self, dim: Dim) -> NodeId {
        self.must(&ops::build::IDENTITY, &[], Data::Dim(dim))
    }

    // --- questions ----------------------------------------------------------------------------------------------

    /// The number of a number node, also through an expansion and a sign.
    pub fn number_of(&self, id: NodeId) -> Option<Number> {
        let id = self.unexpanded(id);
        match &self.get(id).data {
            Data::Number(n) if self.is(id, &ops::leaves::NUMBER) => Some(*n),
            _ if self.is(id, &ops::arithmetic::NEGATE) => self.number_of(self.args(id)[0]).map(Number::negated),
            _ => None,
        }
    }

    pub fn is_zero(&self, id: NodeId) -> bool {
        self.number_of(id).is_some_and(Number::is_zero)
    }

    pub fn is_one(&self, id: NodeId) -> bool {
        self.number_of(id).is_some_and(Number::is_one)
    }

    /// The name that the user gave to a part by `where`, unless it is a mere leaf.
    pub fn given_name(&self, id: NodeId) -> Option<&str> {
        let named = self.given.iter().find(|(_, node)| *node == id)?;
        (!self.args(id).is_empty()).then_some(named.0.as_str())
    }

    /// True where the user assumed this of a variable.
    pub fn is_assumed(&self, id: NodeId, assumption: Assumption) -> bool {
        self.symbol_of(id).is_some_and(|s| self.symbols[s.0 as usize].assumed.contains(&assumption))
    }

    /// All nodes that `roots` reach, in an order in which arguments come first.
    pub fn reachable(&self, roots: &[NodeId]) -> Vec<NodeId> {
        self.reached(roots, |_| true)
    }

    /// The same through nodes that are wanted only: costs no more than what it gives.
    fn reached(&self, roots: &[NodeId], wanted: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
        let mut seen = vec![0u64; self.nodes.len().div_ceil(64)];
        let mut stack: Vec<NodeId> = roots.to_vec();
        let mut count = 0;
        while let Some(id) = stack.pop() {
            let (word, bit) = (&mut seen[id.0 as usize / 64], 1 << (id.0 % 64));
            if *word & bit == 0 && wanted(id) {
                *word |= bit;
                count += 1;
                stack.extend_from_slice(self.args(id));
            }
        }
        let mut found = Vec::with_capacity(count);
        for (at, mut word) in seen.into_iter().enumerate() {
            while word != 0 {
                found.push(NodeId(at as u32 * 64 + word.trailing_zeros()));
                word &= word - 1;
            }
        }
        found
    }

    /// True where a rule of tidying, by its bit, is known to change nothing in a node or below.
    pub fn is_settled(&self, id: NodeId, rule: u64) -> bool {
        self.settled[id.0 as usize] & rule != 0
    }

    /// Remembers that a rule does not change a node, where it changes none of its arguments either.
    pub fn settle(&mut self, id: NodeId, rule: u64) {
        if self.args(id).iter().all(|&a| self.is_settled(a, rule)) {
            self.settled[id.0 as usize] |= rule;
        }
    }

    /// What of `root` a rule may still change, arguments first.
    pub fn unsettled(&self, root: NodeId, rule: u64) -> Vec<NodeId> {
        self.reached(&[root], |id| !self.is_settled(id, rule))
    }

    /// The node in a shape that differs from its own by axes of size 1 alone; `None` where more is different. (A row
    /// times a column of one entry each is a number: in a chain of products such axes come and go.)
    pub fn fitted(&mut self, id: NodeId, shape: &Shape) -> Option<NodeId> {
        if self.shape(id) == shape {
            return Some(id);
        }
        let own = self.shape(id).clone();
        let single = |s: &Shape| s.0.iter().all(|&d| d == Dim::Size(1));
        if !single(&own) || !single(shape) {
            return None;
        }
        let scalar = if own.is_scalar() {
            id
        } else {
            let places = vec![Some(Place::Fixed(1)); own.order()];
            self.make(&ops::build::PICK, &[id], Data::Subscripts(places)).ok()?
        };
        Some(self.expand(scalar, shape))
    }

    /// How many symbols a node would take written out in full, shared parts counted each time they are used.
    pub fn written_size(&self, root: NodeId) -> usize {
        let mut sizes: Map<NodeId, usize> = Map::default();
        for id in self.reachable(&[root]) {
            let size = self.args(id).iter().fold(1usize, |total, a| total.saturating_add(sizes[a]));
            sizes.insert(id, size);
        }
        sizes[&root]
    }

    /// The variables that a node holds, also inside the definitions of intermediates.
    pub fn variables_in(&self, root: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut open = vec![root];
        let mut seen = vec![false; self.nodes.len()];
        while let Some(id) = open.pop() {
            if std::mem::replace(&mut seen[id.0 as usize], true) {
                continue;
            }
            open.extend_from_slice(self.args(id));
            if let Some(symbol) = self.symbol_of(id) {
                match self.symbols[symbol.0 as usize].definition {
                    Some(definition) => open.push(definition),
                    None => found.push(id),
                }
            }
        }
        found
    }

    /// The parts of `root` that depend on `leaf`. Intermediates count as leaves.
    pub fn dependent(&self, root: NodeId, leaf: NodeId) -> Set<NodeId> {
        let mut dependent = Set::default();
        for id in self.reached(&[root], |id| id >= leaf) {
            if id == leaf || self.args(id).iter().any(|a| dependent.contains(a)) {
                dependent.insert(id);
            }
        }
        dependent
    }

    pub fn depends_on(&self, root: NodeId, leaf: NodeId) -> bool {
        self.dependent(root, leaf).contains(&root)
    }

    /// Rebuilds `root` with some nodes replaced; shapes must stay the same.
    pub fn replace(&mut self, root: NodeId, replacements: &Map<NodeId, NodeId>) -> NodeId {
        let mut new: Map<NodeId, NodeId> = Map::default();
        // What is older than all that is replaced cannot hold any of it.
        let Some(&oldest) = replacements.keys().min() else { return root };
        for id in self.reached(&[root], |id| id >= oldest) {
            let made = match replacements.get(&id) {
                Some(&to) => to,
                None => self.with_args(id, &new),
            };
            if made != id {
                new.insert(id, made);
            }
        }
        new.get(&root).copied().unwrap_or(root)
    }

    /// The node with those of its arguments replaced for which there is something new.
    pub fn with_args(&mut self, id: NodeId, new: &Map<NodeId, NodeId>) -> NodeId {
        if new.is_empty() || !self.args(id).iter().any(|a| new.contains_key(a)) {
            return id;
        }
        let node = self.get(id).clone();
        let args: Vec<NodeId> = node.args.iter().map(|a| new.get(a).copied().unwrap_or(*a)).collect();
        self.rebuild(&node, &args)
    }

    /// The node again with other arguments of the same shapes; sums and products are flattened anew.
    pub fn rebuild(&mut self, node: &Node, args: &[NodeId]) -> NodeId {
        if node.op == &ops::arithmetic::ADD {
            self.add(args)
        } else if node.op == &ops::arithmetic::MULTIPLY {
            self.multiply(args)
        } else if node.op == &ops::products::TRANSPOSE {
            self.transpose(args[0])
        } else if node.op == &ops::products::PRODUCT {
            let made = args[1..].iter().try_fold(args[0], |chain, &f| self.product(chain, f));
            match made {
                Ok(id) if *self.shape(id) == node.shape => id,
                _ => self.insert(node.op, args, node.data.clone(), node.shape.clone()),
            }
        } else {
            self.insert(node.op, args, node.data.clone(), node.shape.clone())
        }
    }
}
