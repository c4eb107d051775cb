//! The expression: a hash-consed, append-only arena. A node's arguments always come before it, so every pass is a loop
//! over ids in order: no recursion on the depth of the input, in dropping either.

mod ids;
mod known;
mod making;
mod replaced;
mod spare;

use crate::budget::{self, MAX_NODES};
use crate::error::Error;
use crate::map::Map;
use crate::number::Number;
use crate::op::{Data, Fault, Op};
use crate::ops;
use crate::rules::{self, among};
use crate::shape::{Dim, Dims, Shape};
use crate::sorting;
use ids::Ids;
use known::Known;
pub use replaced::Replaced;
use smallvec::SmallVec;
use spare::Spare;

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

/// The arguments of a node: nearly always so few that they need no memory of their own.
pub type Args = SmallVec<[NodeId; 4]>;
/// Parts of an expression in the order of their ids.
pub type Nodes = Vec<NodeId>;

#[derive(Clone, Debug)]
pub struct Node {
    pub op: &'static Op,
    pub args: Args,
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

/// For each node rules of tidying, as bits in their order, and what those ask for.
#[derive(Clone, Copy)]
struct Marks {
    /// Those that are tried at it.
    tried: u64,
    /// Those that change nothing in it or below.
    settled: u64,
    /// What it is itself, for the rules that are tried where it is an argument: bits of [`among`].
    is: u8,
}

/// All expressions of one request.
#[derive(Clone)]
pub struct Arena {
    nodes: Vec<Node>,
    known: Known,
    marks: Vec<Marks>,
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

impl Drop for Arena {
    fn drop(&mut self) {
        spare::keep(Spare {
            nodes: std::mem::take(&mut self.nodes),
            known: std::mem::take(&mut self.known),
            marks: std::mem::take(&mut self.marks),
        });
    }
}

impl Arena {
    pub fn new(dims: Dims) -> Arena {
        Arena::with_memory(dims, spare::take())
    }

    /// One that stays empty.
    pub fn empty() -> Arena {
        Arena::with_memory(Dims::default(), Spare::default())
    }

    fn with_memory(dims: Dims, Spare { nodes, known, marks }: Spare) -> Arena {
        Arena {
            nodes,
            known,
            marks,
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
            node.op == op && *node.args == *args && node.data == data && node.shape == shape
        };
        if let Some(id) = self.known.find(hash, same) {
            return id;
        }
        let free = self.free_indices(args, &data);
        let id = NodeId(self.nodes.len() as u32);
        // What is tried nowhere in it changes nothing.
        let among = args.iter().fold(0, |all, a| all | self.marks[a.0 as usize].is);
        let is = among::what_is(op, &data, among);
        let tried = rules::tried_at(op, shape.is_scalar()) & among::possible(among);
        let settled = args.iter().fold(!tried, |all, a| all & self.marks[a.0 as usize].settled);
        self.nodes.push(Node { op, args: Args::from_slice(args), data, shape, free });
        self.marks.push(Marks { tried, settled, is });
        if is & among::NUMBER != 0 {
            let number = self.number_of(id);
            let bit = |is: fn(Number) -> bool, bit| if number.is_some_and(is) { bit } else { 0 };
            self.marks[id.0 as usize].is |= bit(Number::is_zero, among::ZERO) | bit(Number::is_one, among::ONE);
        }
        self.known.add(hash, id);
        id
    }

    fn free_indices(&self, args: &[NodeId], data: &Data) -> Vec<IndexId> {
        let is_plain = matches!(data, Data::None | Data::Number(_) | Data::Symbol(_));
        if is_plain && args.iter().all(|&a| self.get(a).free.is_empty()) {
            return Vec::new();
        }
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
        sorting::sort(&mut free);
        free.dedup();
        free
    }

    pub fn symbol_of(&self, id: NodeId) -> Option<SymbolId> {
        match (self.get(id).op == &ops::leaves::SYMBOL, &self.get(id).data) {
            (true, Data::Symbol(s)) => Some(*s),
            _ => None,
        }
    }

    /// The scalar under an expansion; any other node itself.
    pub fn unexpanded(&self, id: NodeId) -> NodeId {
        if self.is(id, &ops::arithmetic::EXPAND) { self.args(id)[0] } else { id }
    }

    /// The number of a number node, also through an expansion and a sign.
    pub fn number_of(&self, id: NodeId) -> Option<Number> {
        let node = self.get(id);
        if let Data::Number(number) = node.data {
            return (node.op == &ops::leaves::NUMBER).then_some(number);
        }
        if node.op == &ops::arithmetic::EXPAND {
            self.number_of(node.args[0])
        } else if node.op == &ops::arithmetic::NEGATE {
            self.number_of(node.args[0]).map(Number::negated)
        } else {
            None
        }
    }

    /// True for what [`Arena::number_of`] gives a number of.
    pub fn is_number(&self, id: NodeId) -> bool {
        self.marks[id.0 as usize].is & among::NUMBER != 0
    }

    pub fn is_zero(&self, id: NodeId) -> bool {
        self.is_number(id) && self.marks[id.0 as usize].is & among::ZERO != 0
    }

    pub fn is_one(&self, id: NodeId) -> bool {
        self.is_number(id) && self.marks[id.0 as usize].is & among::ONE != 0
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
    pub fn reachable(&self, roots: &[NodeId]) -> Nodes {
        self.reached(roots, |_| true)
    }

    /// The same through nodes that are wanted only: costs no more than what it gives.
    fn reached(&self, roots: &[NodeId], wanted: impl Fn(NodeId) -> bool) -> Nodes {
        let Some(last) = roots.iter().max() else { return Nodes::new() };
        let mut ids = Ids::up_to(*last);
        roots.iter().filter(|&&root| wanted(root)).for_each(|&root| ids.insert(root));
        // Arguments have smaller ids than what they are arguments of: one sweep down meets all.
        let seen = ids.words_mut();
        for at in (0..seen.len()).rev() {
            let mut done = 0u64;
            loop {
                let open = seen[at] & !done;
                if open == 0 {
                    break;
                }
                let bit = 63 - open.leading_zeros();
                done |= 1 << bit;
                for &arg in self.args(NodeId(at as u32 * 64 + bit)) {
                    let (word, bit) = (arg.0 as usize / 64, 1 << (arg.0 % 64));
                    if seen[word] & bit == 0 && wanted(arg) {
                        seen[word] |= bit;
                    }
                }
            }
        }
        ids.in_order()
    }

    /// True where a rule of tidying, by its bit, is known to change nothing in a node or below.
    pub fn is_settled(&self, id: NodeId, rule: u64) -> bool {
        self.marks[id.0 as usize].settled & rule != 0
    }

    /// True where no rule of tidying changes anything in a node or below.
    pub fn is_tidy(&self, id: NodeId) -> bool {
        let all = rules::all_bits();
        self.marks[id.0 as usize].settled & all == all
    }

    /// True where a rule of tidying is tried at a node.
    pub fn is_tried(&self, id: NodeId, rule: u64) -> bool {
        self.marks[id.0 as usize].tried & rule != 0
    }

    /// Remembers that a rule does not change a node, where it changes none of its arguments either.
    pub fn settle(&mut self, id: NodeId, rule: u64) {
        if self.args(id).iter().all(|&a| self.is_settled(a, rule)) {
            self.marks[id.0 as usize].settled |= rule;
        }
    }

    /// What of `root` some of these rules may still change, arguments first.
    pub fn unsettled(&self, root: NodeId, rules: u64) -> Nodes {
        self.reached(&[root], |id| self.marks[id.0 as usize].settled & rules != rules)
    }

    /// Remembers of nodes, arguments first, what is tried neither at them nor below; gives the bits still open at the last.
    pub fn settle_untried(&mut self, nodes: &[NodeId]) -> u64 {
        let mut open = 0;
        for id in nodes {
            let Marks { tried, settled, .. } = self.marks[id.0 as usize];
            let below = self.args(*id).iter().fold(u64::MAX, |all, a| all & self.marks[a.0 as usize].settled);
            open = !(settled | below & !tried);
            self.marks[id.0 as usize].settled = !open;
        }
        open
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
    pub fn dependent(&self, root: NodeId, leaf: NodeId) -> Ids {
        let mut dependent = Ids::up_to(root);
        for id in self.reached(&[root], |id| id >= leaf) {
            if id == leaf || self.args(id).iter().any(|&a| dependent.contains(a)) {
                dependent.insert(id);
            }
        }
        dependent
    }

    pub fn depends_on(&self, root: NodeId, leaf: NodeId) -> bool {
        self.reached(&[root], |id| id >= leaf).first() == Some(&leaf)
    }

    /// Rebuilds `root` with some nodes replaced; shapes must stay the same.
    pub fn replace(&mut self, root: NodeId, replacements: &Map<NodeId, NodeId>) -> NodeId {
        let mut new = Replaced::default();
        // What is older than all that is replaced cannot hold any of it.
        let Some(&oldest) = replacements.keys().min() else { return root };
        for id in self.reached(&[root], |id| id >= oldest) {
            let made = match replacements.get(&id) {
                Some(&to) => to,
                None => self.with_args(id, &new),
            };
            new.add(id, made);
        }
        new.of(root)
    }

    /// The node with those of its arguments replaced for which there is something new.
    pub fn with_args(&mut self, id: NodeId, new: &Replaced) -> NodeId {
        if new.is_empty() {
            return id;
        }
        let args: Args = self.args(id).iter().map(|&a| new.of(a)).collect();
        if args[..] == *self.args(id) {
            return id;
        }
        let op = self.op(id);
        if op == &ops::arithmetic::ADD {
            self.add(&args)
        } else if op == &ops::arithmetic::MULTIPLY {
            self.multiply(&args)
        } else {
            let node = self.get(id).clone();
            self.rebuild(&node, &args)
        }
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
            // A column of one entry may have become a number: the chain is put back into its shape.
            match made.ok().and_then(|id| self.fitted(id, &node.shape)) {
                Some(id) => id,
                None => self.insert(node.op, args, node.data.clone(), node.shape.clone()),
            }
        } else {
            self.insert(node.op, args, node.data.clone(), node.shape.clone())
        }
    }
}
