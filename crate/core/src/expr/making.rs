//! How nodes are made: leaves, and what notation writes with operators, with the scalar expansion that it leaves implicit.

use super::{Arena, Args, FunctionId, Index, IndexId, NodeId, Symbol, SymbolId};
use crate::number::Number;
use crate::op::{Data, Fault, Op};
use crate::ops;
use crate::shape::{Dim, Shape};

impl Arena {
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

    /// The shape two operands of an elementwise operator take: the tensor's where one is a scalar.
    fn joint_shape(&self, args: &[NodeId]) -> Shape {
        let tensor = args.iter().find(|&&a| !self.shape(a).is_scalar());
        tensor.map_or(Shape::SCALAR, |&a| self.shape(a).clone())
    }

    /// An elementwise operator with scalar operands expanded. Errors: shapes that differ.
    pub fn elementwise(&mut self, op: &'static Op, args: &[NodeId]) -> Result<NodeId, Fault> {
        let shape = self.joint_shape(args);
        let args: Args = args.iter().map(|&a| self.expand(a, &shape)).collect();
        self.make(op, &args, Data::None)
    }

    /// `a + b + …`; flattens sums.
    pub fn add(&mut self, terms: &[NodeId]) -> NodeId {
        let shape = self.joint_shape(terms);
        let mut flat = Args::new();
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
        let mut flat = Args::new();
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
}
