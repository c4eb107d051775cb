//! Nodes from a tree whose shapes are known.

use super::Work;
use super::faults;
use super::resolve::{Meaning, PlaceForm};
use super::scopes::{Binder, Role};
use super::shapes::{Callee, Reading, comparison, is_entrywise};
use crate::ast::{AstId, AstKind, Infix, Subscript};
use crate::error::Result;
use crate::expr::{Arena, FunctionId, Index, IndexId, NodeId, Place};
use crate::op::{Data, Op};
use crate::ops;
use crate::ordered::Ordered;
use crate::shape::{Dim, Shape};

pub struct Builder<'a, 'n> {
    pub work: &'a Work<'a, 'n>,
    pub reading: &'a Reading,
    pub arena: &'a mut Arena,
    /// The node of each variable.
    pub variables: &'a [NodeId],
    pub functions: &'a Ordered<String, FunctionId>,
    nodes: Vec<NodeId>,
    indices: Ordered<(AstId, usize), IndexId>,
    /// The same sum written twice is one sum.
    shared: Ordered<(String, Vec<Dim>), Vec<IndexId>>,
}

impl<'a, 'n> Builder<'a, 'n> {
    pub fn new(
        work: &'a Work<'a, 'n>,
        reading: &'a Reading,
        arena: &'a mut Arena,
        variables: &'a [NodeId],
        functions: &'a Ordered<String, FunctionId>,
    ) -> Builder<'a, 'n> {
        let nodes = vec![NodeId(0); work.ast.nodes.len()];
        Builder { work, reading, arena, variables, functions, nodes, indices: Ordered::new(), shared: Ordered::new() }
    }

    /// Builds everything; gives the node of the expression and those of the definitions.
    pub fn run(mut self) -> Result<(NodeId, Vec<(String, NodeId)>)> {
        self.bind_indices();
        for id in self.work.resolved.order() {
            if self.work.resolved.scopes.role(id) == Role::Value {
                let span = self.work.ast.span(id);
                self.nodes[id.0 as usize] = self.node(id).map_err(|error| error.or_at(span))?;
                self.arena.check_size().map_err(|error| error.at(span))?;
            }
        }
        let ast = self.work.ast;
        let definitions = ast.definitions.iter().map(|d| (d.name.to_owned(), self.node_of(d.value))).collect();
        let root = ast.root.map_or(NodeId(0), |root| self.node_of(root));
        Ok((root, definitions))
    }

    fn node_of(&self, id: AstId) -> NodeId {
        self.nodes[id.0 as usize]
    }

    fn nodes_of(&self, ids: &[AstId]) -> Vec<NodeId> {
        ids.iter().map(|&id| self.node_of(id)).collect()
    }

    fn make(&mut self, op: &'static Op, args: &[NodeId], data: Data) -> Result<NodeId> {
        self.arena.make(op, args, data).map_err(|fault| faults::inconsistent(&fault))
    }

    fn entrywise(&mut self, op: &'static Op, args: &[NodeId]) -> Result<NodeId> {
        self.arena.elementwise(op, args).map_err(|fault| faults::inconsistent(&fault))
    }

    /// Bodies come before what binds their index, so all indices are made first.
    fn bind_indices(&mut self) {
        for (&node, ranges) in &self.work.resolved.ranges {
            let ranges: Vec<Dim> = ranges.iter().map(|&dim| self.arena.dims.resolve(dim)).collect();
            let names: Vec<&str> = match &self.work.ast.get(node).kind {
                AstKind::SumOver { index, .. } => vec![*index],
                AstKind::Build { indices, .. } => indices.iter().map(|(name, _)| *name).collect(),
                _ => continue,
            };
            let text = self.work.text(node).to_owned();
            let arena = &mut *self.arena;
            let made = self.shared.or_insert_with((text, ranges.clone()), || {
                let first = arena.indices.len() as u32;
                let indices = names.iter().zip(&ranges).map(|(name, &dim)| Index { name: (*name).to_owned(), dim });
                arena.indices.extend(indices);
                (first..arena.indices.len() as u32).map(IndexId).collect()
            });
            for (slot, &index) in made.iter().enumerate() {
                self.indices.insert((node, slot), index);
            }
        }
    }

    fn index(&self, binder: Binder) -> IndexId {
        self.indices[&(binder.node, binder.slot)]
    }

    fn node(&mut self, id: AstId) -> Result<NodeId> {
        let kind = &self.work.ast.get(id).kind;
        match kind {
            AstKind::Number(n) => Ok(self.arena.number(*n)),
            AstKind::Name(_) => self.name(id),
            AstKind::Negate(a) => Ok(self.negated(*a)),
            AstKind::Transpose(a) => Ok(self.arena.transpose(self.nodes[a.0 as usize])),
            AstKind::Infix { op, left, right, .. } => self.infix(id, *op, *left, *right),
            AstKind::Index { base, subscripts } => self.component(*base, subscripts),
            AstKind::List(entries) => self.make(&ops::build::LIST, &self.nodes_of(entries), Data::None),
            AstKind::Stack(entries) => self.make(&ops::build::STACK, &self.nodes_of(entries), Data::None),
            AstKind::Rows(rows) => {
                let data = Data::Grid(rows.len(), rows[0].len());
                self.make(&ops::build::GRID, &self.nodes_of(&rows.concat()), data)
            }
            AstKind::SumOver { body, .. } => {
                let bound = vec![self.indices[&(id, 0)]];
                let body = self.up_to_its_end(id, self.node_of(*body))?;
                self.make(&ops::build::SUM_OVER, &[body], Data::Binds(bound))
            }
            AstKind::Build { indices, body } => {
                let bound = (0..indices.len()).map(|slot| self.indices[&(id, slot)]).collect();
                Ok(ops::build::tensor(self.arena, bound, self.nodes[body.0 as usize]))
            }
            AstKind::Call { args, .. } => self.call(id, args),
            AstKind::Derivative { function, slots, args, .. } => {
                let args = self.nodes_of(args);
                Ok(self.arena.call_function(self.functions[*function], slots.clone(), &args))
            }
        }
    }

    fn name(&mut self, id: AstId) -> Result<NodeId> {
        match self.work.resolved.meanings[id.0 as usize] {
            Some(Meaning::Variable(v)) => Ok(self.variables[v]),
            Some(Meaning::Given(d)) => Ok(self.node_of(self.work.ast.definitions[d].value)),
            Some(Meaning::Pi) => self.make(&ops::leaves::PI, &[], Data::None),
            Some(Meaning::E) => self.make(&ops::leaves::E, &[], Data::None),
            Some(Meaning::Dimension(dim)) => Ok(self.arena.dim_value(self.arena.dims.resolve(dim))),
            Some(Meaning::Index(binder)) => {
                let skipped = super::resolve::skipped(self.work.ast, binder);
                self.index_plus(binder, skipped)
            }
            Some(Meaning::Identity) => {
                let n = self.reading.contextual[&id].0[0];
                Ok(self.arena.identity(self.arena.dims.resolve(n)))
            }
            Some(Meaning::Operator(_)) | None => Ok(self.arena.int(0)),
        }
    }

    /// A bound index as a number, with a whole number added.
    fn index_plus(&mut self, binder: Binder, offset: i64) -> Result<NodeId> {
        let index = self.index(binder);
        let index = self.make(&ops::leaves::INDEX, &[], Data::Index(index))?;
        if offset == 0 {
            return Ok(index);
        }
        let offset = self.arena.int(offset);
        Ok(self.arena.add(&[index, offset]))
    }

    /// The body of a sum that ends at an outer index: 0 beyond it.
    fn up_to_its_end(&mut self, sum: AstId, body: NodeId) -> Result<NodeId> {
        let Some(&(outer, offset)) = self.work.resolved.ends.get(&sum) else { return Ok(body) };
        let own = Binder { node: sum, slot: 0 };
        let own = self.index_plus(own, super::resolve::skipped(self.work.ast, own))?;
        let end = self.index_plus(outer, offset)?;
        let counts = self.entrywise(&ops::elementwise::LESS_EQUAL, &[own, end])?;
        let zero = self.arena.int(0);
        self.entrywise(&ops::elementwise::CASES, &[counts, body, zero])
    }

    fn negated(&mut self, a: AstId) -> NodeId {
        match &self.work.ast.get(a).kind {
            // `-2` is a number, as in `x^-2`.
            AstKind::Number(n) => self.arena.number(n.negated()),
            _ => self.arena.negate(self.nodes[a.0 as usize]),
        }
    }

    fn infix(&mut self, id: AstId, op: Infix, left: AstId, right: AstId) -> Result<NodeId> {
        let (a, b) = (self.node_of(left), self.node_of(right));
        let scales = self.arena.shape(a).is_scalar() || self.arena.shape(b).is_scalar();
        match op {
            Infix::Add => Ok(self.arena.add(&[a, b])),
            Infix::Subtract => Ok(self.arena.subtract(a, b)),
            Infix::Elementwise => Ok(self.arena.multiply(&[a, b])),
            Infix::Divide | Infix::ElementwiseDivide => self.entrywise(&ops::arithmetic::DIVIDE, &[a, b]),
            Infix::Greater | Infix::Less | Infix::GreaterEqual | Infix::LessEqual => {
                self.entrywise(comparison(op), &[a, b])
            }
            Infix::Times => self.arena.product(a, b).map_err(|fault| faults::inconsistent(&fault)),
            Infix::Dot if scales => Ok(self.arena.multiply(&[a, b])),
            Infix::Dot => self.make(&ops::products::DOT, &[a, b], Data::None),
            Infix::Power | Infix::ElementwisePower => match self.reading.powers.get(&id) {
                None => self.entrywise(&ops::arithmetic::POWER, &[a, b]),
                Some(&k) => ops::linalg::matrix_power(self.arena, a, k).map_err(|fault| faults::inconsistent(&fault)),
            },
        }
    }

    fn place(&self, id: AstId) -> Place {
        self.placed(self.work.resolved.places[&id])
    }

    fn placed(&self, form: PlaceForm) -> Place {
        match form {
            PlaceForm::Fixed(k) => Place::Fixed(k),
            PlaceForm::Bound(binder, offset) => Place::Index(self.index(binder), offset),
        }
    }

    fn component(&mut self, base: AstId, subscripts: &[Subscript]) -> Result<NodeId> {
        let places: Vec<Option<Place>> = subscripts
            .iter()
            .map(|s| match s {
                Subscript::At(place) => Some(self.place(*place)),
                Subscript::All => None,
            })
            .collect();
        if places.iter().all(Option::is_none) {
            return Ok(self.node_of(base));
        }
        self.make(&ops::build::PICK, &[self.node_of(base)], Data::Subscripts(places))
    }

    // --- functions ----------------------------------------------------------------------------------------------

    fn call(&mut self, id: AstId, args: &[AstId]) -> Result<NodeId> {
        let callee = match self.work.resolved.meanings[id.0 as usize] {
            Some(Meaning::Operator(op)) => Callee::Operator(op),
            _ => self.reading.callees[&id].clone(),
        };
        match callee {
            Callee::Differential => self.make(&ops::pending::DIFFERENTIAL, &[self.node_of(args[0])], Data::None),
            Callee::Form => self.form(id, args),
            Callee::Operator(op) if op == &ops::leaves::DELTA => {
                let places = args.iter().map(|&a| Some(self.place(a))).collect();
                self.make(op, &[], Data::Subscripts(places))
            }
            Callee::Operator(op) if op == &ops::products::TRANSPOSE => Ok(self.arena.transpose(self.node_of(args[0]))),
            Callee::Operator(op)
                if op == &ops::kronecker::VEC && self.arena.shape(self.node_of(args[0])).is_vector() =>
            {
                Ok(self.node_of(args[0]))
            }
            Callee::Operator(op) if is_entrywise(op) => self.entrywise_call(op, &self.nodes_of(args)),
            Callee::Operator(op) => self.make(op, &self.nodes_of(args), Data::None),
            Callee::Abstract(function, place) => {
                let args = self.nodes_of(args);
                let value = self.arena.call_function(self.functions[&function], Vec::new(), &args);
                match place {
                    None => Ok(value),
                    Some(form) => {
                        let places = vec![Some(self.placed(form))];
                        self.make(&ops::build::PICK, &[value], Data::Subscripts(places))
                    }
                }
            }
        }
    }

    /// With a constant 0, `max` and `min` are relu on either side, as the language says of kinks.
    fn entrywise_call(&mut self, op: &'static Op, args: &[NodeId]) -> Result<NodeId> {
        let is_max = op == &ops::elementwise::MAX;
        if (is_max || op == &ops::elementwise::MIN)
            && let Some(zero) = args.iter().position(|&a| self.arena.is_zero(a))
        {
            let other = args[1 - zero];
            if self.arena.shape(args[zero]).is_scalar() || self.arena.shape(args[zero]) == self.arena.shape(other) {
                let inner = if is_max { other } else { self.arena.negate(other) };
                let relu = self.make(&ops::elementwise::RELU, &[inner], Data::None)?;
                return Ok(if is_max { relu } else { self.arena.negate(relu) });
            }
        }
        self.entrywise(op, args)
    }

    fn form(&mut self, id: AstId, args: &[AstId]) -> Result<NodeId> {
        let AstKind::Call { function, .. } = &self.work.ast.get(id).kind else { return Ok(self.arena.int(0)) };
        let shape = |builder: &Self, shape: &Shape| builder.arena.dims.resolve_shape(shape);
        let sizes = || Shape(args.iter().filter_map(|a| self.work.resolved.sizes.get(a).copied()).collect());
        match function.as_ref() {
            "ones" => {
                let target = shape(self, &sizes());
                Ok(self.arena.ones(&target))
            }
            "zeros" => {
                let target = shape(self, &sizes());
                Ok(self.arena.zeros(&target))
            }
            "eye" => {
                let target = shape(self, &sizes());
                Ok(self.arena.identity(target.0[0]))
            }
            "split" => {
                let target = shape(self, &sizes());
                Ok(ops::kronecker::split(self.arena, target.0[0], target.0[1]))
            }
            "prod_but" => {
                let Dim::Size(k) = self.work.resolved.sizes[&args[1]] else { return Ok(self.arena.int(0)) };
                let vector = self.node_of(args[0]);
                ops::reductions::all_but(self.arena, vector, k as usize).map_err(|fault| faults::inconsistent(&fault))
            }
            "unvec" => {
                let target = shape(self, &sizes());
                self.make(&ops::kronecker::UNVEC, &[self.node_of(args[0])], Data::Shape(target))
            }
            "vector" | "matrix" => {
                let target = shape(self, &self.reading.contextual[&id]);
                Ok(self.arena.expand(self.nodes[args[0].0 as usize], &target))
            }
            _ => {
                let row = self.arena.transpose(self.node_of(args[1]));
                let product = self.arena.product(self.node_of(args[0]), row);
                product.map_err(|fault| faults::inconsistent(&fault))
            }
        }
    }
}
