//! The shape of every part of a tree, by unification. Runs before any node is built, so that a reading can be dropped.

use super::faults;
use super::ranks::Order;
use super::resolve::{FunctionShape, Meaning, Names, PlaceForm, Resolved, Variable};
use super::scopes::{Binder, Role};
use crate::ast::{AstId, AstKind, Infix, Subscript, Tree};
use crate::budget::{self, MAX_MATRIX_POWER};
use crate::error::{Error, Result};
use crate::names::{is_built_in, split_index};
use crate::op::{Data, Eval, Fault, Op};
use crate::ops;
use crate::ordered::Ordered;
use crate::shape::{Dim, Dims, Formula, Shape};
use crate::span::Span;

/// One reading of a text: a shape for each of its parts.
pub struct Reading {
    pub shapes: Vec<Shape>,
    pub variables: Vec<Shape>,
    pub functions: Ordered<String, FunctionShape>,
    /// Constants that take the shape their place asks for.
    pub contextual: Ordered<AstId, Shape>,
    /// What each call turned out to be whose name does not mean an operator.
    pub callees: Ordered<AstId, Callee>,
    /// Powers of a square matrix to a whole exponent; all others go entry by entry.
    pub powers: Ordered<AstId, i64>,
}

/// What a call turns out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Callee {
    Operator(&'static Op),
    Form,
    Differential,
    /// An abstract function, and which component of its value.
    Abstract(String, Option<PlaceForm>),
}

/// Entries that `prod_but` may leave out.
const MAX_LEFT_OUT: u64 = 8;

pub struct Shaper<'a, 'n> {
    pub ast: &'a Tree<'n>,
    pub names: &'a Names<'n>,
    pub resolved: &'a Resolved<'n>,
    pub dims: &'a mut Dims,
    pub reading: Reading,
    /// True where some index is shifted or ends before its dimension does.
    shifted: bool,
    /// How far indices reach into dimensions that nothing has fixed yet.
    reaches: Ordered<u32, Formula>,
}

impl<'a, 'n> Shaper<'a, 'n> {
    pub fn new(
        ast: &'a Tree<'n>,
        names: &'a Names<'n>,
        resolved: &'a Resolved<'n>,
        dims: &'a mut Dims,
        order: Order,
    ) -> Shaper<'a, 'n> {
        let shape = |v: &Variable| match &v.shape {
            Some(shape) => shape.clone(),
            None => Shape((0..order(v)).map(|_| dims.fresh()).collect()),
        };
        let variables = names.variables.iter().map(shape).collect();
        let reading = Reading {
            shapes: ast.nodes.iter().map(|_| Shape::SCALAR).collect(),
            variables,
            functions: names.functions.clone(),
            contextual: Ordered::new(),
            callees: Ordered::new(),
            powers: Ordered::new(),
        };
        let is_shifted = |place: &PlaceForm| matches!(place, PlaceForm::Bound(_, offset) if *offset != 0);
        let shifted =
            resolved.places.values().any(is_shifted) || resolved.ranges.values().flatten().any(|&d| !dims.is_plain(d));
        Shaper { ast, names, resolved, dims, reading, shifted, reaches: Ordered::new() }
    }

    /// Works out all shapes. Twice: a size found late (a row, a stack's height) can change what comes before it.
    pub fn run(&mut self) -> Result<()> {
        self.pass()?;
        if self.dims.is_empty() {
            return Ok(());
        }
        for (name, reach) in std::mem::take(&mut self.reaches) {
            let reach = self.dims.of_formula(&reach);
            // It is open, or was fixed by what came later: then the second pass says what does not fit.
            let _ = self.dims.equate(Dim::Name(name), reach, None);
        }
        self.pass()
    }

    fn pass(&mut self) -> Result<()> {
        for id in self.resolved.order() {
            if self.resolved.scopes.role(id) == Role::Value {
                self.dims.set_place(Some(self.ast.span(id)));
                let shape = self.node(id)?;
                self.reading.shapes[id.0 as usize] = shape;
            }
        }
        Ok(())
    }

    pub fn shape(&self, id: AstId) -> Shape {
        let shape = &self.reading.shapes[id.0 as usize];
        if shape.is_scalar() { Shape::SCALAR } else { self.dims.resolve_shape(shape) }
    }

    fn node(&mut self, id: AstId) -> Result<Shape> {
        match &self.ast.get(id).kind {
            AstKind::Number(_) => Ok(Shape::SCALAR),
            AstKind::Name(_) => Ok(self.name(id)),
            AstKind::Negate(a) => Ok(self.shape(*a)),
            AstKind::Transpose(a) => self.by(id, &ops::products::TRANSPOSE, &[*a]),
            AstKind::Infix { op, left, right, .. } => self.infix(id, *op, *left, *right),
            AstKind::Index { base, subscripts } => self.index(id, *base, subscripts),
            AstKind::List(entries) => self.list(id, entries),
            AstKind::Stack(entries) => self.by(id, &ops::build::STACK, entries),
            AstKind::Rows(rows) => {
                let data = Data::Grid(rows.len(), rows[0].len());
                self.with_data(id, &ops::build::GRID, &rows.concat(), &data)
            }
            AstKind::SumOver { body, .. } => Ok(self.shape(*body)),
            AstKind::Build { body, .. } => {
                if !self.shape(*body).is_scalar() {
                    return Err(faults::entry_not_scalar(self.operand(*body)).at(self.ast.span(*body)));
                }
                Ok(Shape(self.resolved.ranges[&id].clone()))
            }
            AstKind::Call { args, .. } => self.call(id, args),
            AstKind::Derivative { function, slots, args, .. } => {
                let known = self.abstract_function(id, function, args)?;
                let slots: Vec<Shape> = slots.iter().map(|&slot| known.args[slot - 1].clone()).collect();
                Ok(slots.iter().fold(known.result, |shape, slot| shape.then(slot)))
            }
        }
    }

    fn name(&mut self, id: AstId) -> Shape {
        match self.resolved.meanings[id.0 as usize] {
            Some(Meaning::Variable(v)) => self.reading.variables[v].clone(),
            Some(Meaning::Given(d)) => self.shape(self.ast.definitions[d].value),
            Some(Meaning::Identity) => {
                let dims = &mut *self.dims;
                let square = || {
                    let n = dims.fresh();
                    Shape::matrix(n, n)
                };
                self.reading.contextual.or_insert_with(id, square).clone()
            }
            _ => Shape::SCALAR,
        }
    }

    // --- operators ----------------------------------------------------------------------------------------------

    /// The operator's own shape rule on these operands.
    fn by(&mut self, id: AstId, op: &'static Op, args: &[AstId]) -> Result<Shape> {
        self.with_data(id, op, args, &Data::None)
    }

    fn with_data(&mut self, id: AstId, op: &'static Op, args: &[AstId], data: &Data) -> Result<Shape> {
        let shapes: Vec<Shape> = args.iter().map(|&a| self.shape(a)).collect();
        self.applied(id, op, args, &shapes, data)
    }

    fn applied(&mut self, id: AstId, op: &'static Op, args: &[AstId], shapes: &[Shape], data: &Data) -> Result<Shape> {
        let borrowed: Vec<&Shape> = shapes.iter().collect();
        (op.shape)(self.dims, &borrowed, data).map_err(|fault| self.fault(id, op, args, fault))
    }

    /// Entry by entry, scalars expanded to the shape of the others.
    fn entrywise(&mut self, id: AstId, op: &'static Op, args: &[AstId]) -> Result<Shape> {
        if args.iter().all(|a| self.reading.shapes[a.0 as usize].is_scalar()) {
            return Ok(Shape::SCALAR);
        }
        let shapes: Vec<Shape> = args.iter().map(|&a| self.shape(a)).collect();
        let joint = shapes.iter().find(|s| !s.is_scalar()).cloned().unwrap_or_default();
        let shapes: Vec<Shape> = shapes.into_iter().map(|s| if s.is_scalar() { joint.clone() } else { s }).collect();
        self.applied(id, op, args, &shapes, &Data::None)
    }

    fn infix(&mut self, id: AstId, op: Infix, left: AstId, right: AstId) -> Result<Shape> {
        let args = [left, right];
        let (l, r) = (self.shape(left), self.shape(right));
        match op {
            Infix::Add | Infix::Subtract => self.entrywise(id, &ops::arithmetic::ADD, &args),
            Infix::Elementwise => self.entrywise(id, &ops::arithmetic::MULTIPLY, &args),
            Infix::ElementwiseDivide => self.entrywise(id, &ops::arithmetic::DIVIDE, &args),
            Infix::Greater | Infix::Less | Infix::GreaterEqual | Infix::LessEqual => {
                self.entrywise(id, comparison(op), &args)
            }
            Infix::Times if l.is_scalar() || r.is_scalar() => Ok(if l.is_scalar() { r } else { l }),
            Infix::Times if l.is_vector() && r.is_vector() => Err(self.two_vectors(id, left, right)),
            Infix::Times => self.by(id, &ops::products::PRODUCT, &args),
            Infix::Dot if l.is_scalar() || r.is_scalar() => Ok(if l.is_scalar() { r } else { l }),
            Infix::Dot => self.by(id, &ops::products::DOT, &args),
            Infix::Divide if r.is_scalar() => Ok(l),
            Infix::Divide => Err(self.division_by_tensor(id, right)),
            Infix::Power | Infix::ElementwisePower => {
                match self.matrix_power(id, op, left, right)? {
                    Some(k) => {
                        self.reading.powers.insert(id, k);
                        Ok(l)
                    }
                    None => {
                        // The pass before may not have known that it is a row.
                        self.reading.powers.remove(&id);
                        self.entrywise(id, &ops::arithmetic::POWER, &args)
                    }
                }
            }
        }
    }

    /// The exponent of a power of a matrix, whose rows and columns are equated; `None` for a power entry by entry.
    fn matrix_power(&mut self, id: AstId, op: Infix, base: AstId, exponent: AstId) -> Result<Option<i64>> {
        let (l, r) = (self.shape(base), self.shape(exponent));
        let matrix = |s: &Shape| s.order() > 1 && !s.is_row();
        if op == Infix::ElementwisePower || !(matrix(&l) || matrix(&r)) {
            return Ok(None);
        }
        let AstKind::Infix { op_span, .. } = self.ast.get(id).kind else { return Ok(None) };
        let whole = super::expand::whole(self.ast, exponent);
        match (&l.0[..], whole) {
            ([m, n], Some(k)) => {
                if self.dims.equate(*m, *n, None).is_err() {
                    return Err(faults::power_not_square(self.operand(base)).at(op_span));
                }
                if k.unsigned_abs() > MAX_MATRIX_POWER {
                    let error = budget::exceeded("limit.factors", MAX_MATRIX_POWER as usize);
                    return Err(error.at(self.ast.span(exponent)));
                }
                Ok(Some(k))
            }
            _ => Err(faults::power_of_matrix(self.operand(if matrix(&l) { base } else { exponent })).at(op_span)),
        }
    }

    // --- brackets -----------------------------------------------------------------------------------------------

    fn list(&mut self, id: AstId, entries: &[AstId]) -> Result<Shape> {
        match entries.iter().find(|e| !self.shape(**e).is_scalar()) {
            None => self.by(id, &ops::build::LIST, entries),
            Some(&entry) => {
                let stackable = entries.iter().all(|e| self.shape(*e).order() < 2);
                let parts: Vec<&str> = entries.iter().map(|&e| self.text(e)).collect();
                let stack = stackable.then(|| format!("[{}]", parts.join("; ")));
                Err(faults::vector_in_list(self.operand(entry), stack).at(self.ast.span(id)))
            }
        }
    }

    fn index(&mut self, id: AstId, base: AstId, subscripts: &[Subscript]) -> Result<Shape> {
        let shape = self.shape(base);
        if shape.order() != subscripts.len() {
            return Err(self.subscript_count(id, base, subscripts));
        }
        let mut kept = Vec::new();
        for (slot, subscript) in subscripts.iter().enumerate() {
            let dim = shape.0[slot];
            match subscript {
                Subscript::All => kept.push(dim),
                Subscript::At(place) => self.place_fits(*place, dim)?,
            }
        }
        Ok(Shape(kept))
    }

    /// A fixed place has to exist; a bound index runs over the whole dimension, or, shifted, stays within it.
    fn place_fits(&mut self, place: AstId, dim: Dim) -> Result<()> {
        let span = self.ast.span(place);
        let Some(&form) = self.resolved.places.get(&place) else { return Ok(()) };
        match (form, self.dims.resolve(dim)) {
            (PlaceForm::Fixed(k), Dim::Size(n)) if k > n => Err(faults::no_such_entry(k as i64, n).at(span)),
            (PlaceForm::Fixed(_), _) => Ok(()),
            (PlaceForm::Bound(binder, offset), _) => {
                let name = self.text(place).to_owned();
                self.index_fits(&name, binder, offset, dim, span).map_err(|error| error.at(span))
            }
        }
    }

    fn index_fits(&mut self, name: &str, binder: Binder, offset: i64, dim: Dim, span: Span) -> Result<()> {
        if offset < 0 {
            return Err(faults::place_below_one(1 + offset));
        }
        let range = self.range(binder);
        let reach = self.dims.formula(range).plus(&Formula::whole(offset), 1);
        if self.shifted && self.is_open(dim) {
            // What is not declared is as long as the index that reaches furthest.
            let Dim::Name(open) = self.dims.resolve(dim) else { return Ok(()) };
            let known = self.reaches.or_insert_with(open, || reach.clone());
            if reach.plus(known, -1).constant().is_some_and(|more| more > 0) {
                *known = reach;
            }
            return Ok(());
        }
        let missing = reach.plus(&self.dims.formula(dim), -1).constant();
        match (missing, self.dims.resolve(dim)) {
            (Some(missing), _) if missing <= 0 => Ok(()),
            (Some(missing), Dim::Size(n)) if offset > 0 => Err(faults::no_such_entry(n as i64 + missing, n)),
            (Some(_), _) if offset > 0 => {
                let reach = self.dims.of_formula(&reach);
                Err(faults::index_beyond(name, &self.dims.show(reach), &self.dims.show(dim)))
            }
            _ => {
                let reach = self.dims.of_formula(&reach);
                let equated = self.dims.equate(reach, dim, Some(span));
                equated.map_err(|_| faults::index_range(name, &self.dims.show(range), &self.dims.show(dim)))
            }
        }
    }

    /// True for a dimension that nothing has fixed yet.
    fn is_open(&self, dim: Dim) -> bool {
        matches!(self.dims.resolve(dim), Dim::Name(_)) && self.dims.is_plain(dim) && !self.dims.has_name(dim)
    }

    fn range(&self, binder: Binder) -> Dim {
        self.resolved.ranges[&binder.node][binder.slot]
    }

    // --- functions ----------------------------------------------------------------------------------------------

    /// What a call is, once the shapes of its arguments are known.
    fn callee(&self, id: AstId) -> Callee {
        let AstKind::Call { function, args, .. } = &self.ast.get(id).kind else { return Callee::Form };
        if let Some(Meaning::Operator(op)) = self.resolved.meanings[id.0 as usize] {
            return Callee::Operator(op);
        }
        let function = function.as_ref();
        let declared = |name: &str| self.reading.functions.contains_key(name);
        if function == "d" && self.names.differentials {
            return Callee::Differential;
        }
        if is_built_in(function) {
            return ops::find(function, args.len()).map_or(Callee::Form, Callee::Operator);
        }
        if let Some(&place) = self.resolved.places.get(&id)
            && let Some((base, _)) = split_index(function)
            && !self.names.functions.contains_key(function)
        {
            // `f_1` of scalars is a function of its own; a bound index always means a component.
            let is_vector = |a: &AstId| self.shape(*a).is_vector();
            let component = matches!(place, PlaceForm::Bound(..))
                || self.names.functions.contains_key(base)
                || (args.len() == 1 && args.iter().all(is_vector));
            if component && (declared(base) || !declared(function)) {
                return Callee::Abstract(base.to_owned(), Some(place));
            }
        }
        Callee::Abstract(function.to_owned(), None)
    }

    fn call(&mut self, id: AstId, args: &[AstId]) -> Result<Shape> {
        let callee = self.callee(id);
        let shape = match &callee {
            Callee::Differential => self.shape(args[0]),
            Callee::Form => self.form(id, args)?,
            Callee::Operator(op) if *op == &ops::leaves::DELTA => self.delta(args)?,
            Callee::Operator(op) if is_entrywise(op) => self.entrywise(id, op, args)?,
            Callee::Operator(op) => self.by(id, op, args)?,
            Callee::Abstract(function, place) => {
                let known = self.abstract_function(id, function, args)?;
                match place {
                    None => known.result,
                    Some(place) => self.component(id, function, &known.result, *place)?,
                }
            }
        };
        if !matches!(callee, Callee::Operator(_)) {
            self.reading.callees.insert(id, callee);
        }
        Ok(shape)
    }

    fn delta(&mut self, args: &[AstId]) -> Result<Shape> {
        let range = |id: &AstId| match self.resolved.places.get(id) {
            Some(PlaceForm::Bound(binder, 0)) => Some(self.range(*binder)),
            _ => None,
        };
        let ranges: Vec<Dim> = args.iter().filter_map(range).collect();
        if let [i, j] = ranges[..]
            && self.dims.formula(i).plus(&self.dims.formula(j), -1).constant().is_none()
            && self.dims.equate(i, j, None).is_err()
        {
            let (i, j) = (self.dims.show(i), self.dims.show(j));
            return Err(faults::delta_ranges(&i, &j).at(self.ast.span(args[0]).to(self.ast.span(args[1]))));
        }
        Ok(Shape::SCALAR)
    }

    fn component(&mut self, id: AstId, function: &str, result: &Shape, place: PlaceForm) -> Result<Shape> {
        let span = self.ast.span(id);
        let [dim] = result.0[..] else {
            return Err(faults::component_of(function, &self.dims.describe(result)).at(span));
        };
        match (place, self.dims.resolve(dim)) {
            (PlaceForm::Fixed(k), Dim::Size(n)) if k > n => Err(faults::no_such_entry(k as i64, n).at(span)),
            (PlaceForm::Fixed(_), _) => Ok(Shape::SCALAR),
            (PlaceForm::Bound(binder, offset), _) => {
                self.index_fits(function, binder, offset, dim, span).map_err(|error| error.at(span))?;
                Ok(Shape::SCALAR)
            }
        }
    }

    fn form(&mut self, id: AstId, args: &[AstId]) -> Result<Shape> {
        let AstKind::Call { function, .. } = &self.ast.get(id).kind else { return Ok(Shape::SCALAR) };
        let size = |a: &AstId| self.resolved.sizes[a];
        match function.as_ref() {
            "ones" | "zeros" => Ok(Shape(args.iter().map(size).collect())),
            "split" => {
                self.with_data(id, &ops::kronecker::SPLIT, &[], &Data::Shape(Shape(args.iter().map(size).collect())))
            }
            "prod_but" => {
                let Dim::Size(k @ 1..=MAX_LEFT_OUT) = size(&args[1]) else {
                    return Err(faults::left_out(MAX_LEFT_OUT).at(self.ast.span(args[1])));
                };
                self.with_data(id, &ops::reductions::PROD_BUT, &args[..1], &Data::Dim(Dim::Size(k)))
            }
            "unvec" => {
                let data = Data::Shape(Shape(args[1..].iter().map(size).collect()));
                self.with_data(id, &ops::kronecker::UNVEC, &args[..1], &data)
            }
            "eye" => Ok(Shape::matrix(size(&args[0]), size(&args[0]))),
            "vector" | "matrix" => {
                if !self.shape(args[0]).is_scalar() {
                    return Err(faults::constant_of(function, self.operand(args[0])).at(self.ast.span(args[0])));
                }
                let order = if function == "vector" { 1 } else { 2 };
                let dims = &mut *self.dims;
                let fresh = || Shape((0..order).map(|_| dims.fresh()).collect());
                Ok(self.reading.contextual.or_insert_with(id, fresh).clone())
            }
            _ => self.outer(args),
        }
    }

    fn outer(&mut self, args: &[AstId]) -> Result<Shape> {
        match args.iter().find(|a| !self.shape(**a).is_vector()) {
            Some(&arg) => Err(faults::outer_of(self.operand(arg)).at(self.ast.span(arg))),
            None => Ok(Shape::matrix(self.shape(args[0]).0[0], self.shape(args[1]).0[0])),
        }
    }

    /// The shapes of an abstract function; its first use decides them where they are not declared.
    fn abstract_function(&mut self, id: AstId, function: &str, args: &[AstId]) -> Result<FunctionShape> {
        let span = self.ast.span(id);
        let shapes: Vec<Shape> = args.iter().map(|&a| self.shape(a)).collect();
        let Some(known) = self.reading.functions.get(function).cloned() else {
            let result = match &shapes[..] {
                [one] if one.is_vector() => one.clone(),
                all if all.iter().all(Shape::is_scalar) => Shape::SCALAR,
                _ => return Err(faults::undeclared_function(function).at(span)),
            };
            let known = FunctionShape { args: shapes, result };
            self.reading.functions.insert(function.to_owned(), known.clone());
            return Ok(known);
        };
        if known.args.len() != shapes.len() {
            return Err(faults::function_arguments(function, known.args.len(), shapes.len()).at(span));
        }
        for ((wanted, found), &arg) in known.args.iter().zip(&shapes).zip(args) {
            let fits = wanted.order() == found.order() && self.dims.equate_shapes(wanted, found, None).is_ok();
            if !fits {
                let wanted = self.dims.describe(wanted);
                return Err(faults::function_argument(function, &wanted, self.operand(arg)).at(self.ast.span(arg)));
            }
        }
        Ok(known)
    }

    // --- faults -------------------------------------------------------------------------------------------------

    fn text(&self, id: AstId) -> &str {
        text_of(self.names.source, self.ast.span(id))
    }

    /// An operand for a message: its text and its shape.
    fn operand(&self, id: AstId) -> faults::Operand {
        let because = self.because(id);
        let text = faults::shorten(self.text(id));
        faults::Operand { text, shape: self.dims.describe(&self.shape(id)), because }
    }

    /// Why an operand has its shape, where the user did not say it.
    fn because(&self, id: AstId) -> String {
        let shape = &self.reading.shapes[id.0 as usize];
        let own = self.ast.span(id);
        for &dim in &shape.0 {
            if let (Dim::Size(n), Some(place)) = (self.dims.resolve(dim), self.dims.forced_by(dim))
                && place != own
            {
                let text = faults::shorten(text_of(self.names.source, place));
                return format!(" ({})", say!("infer.because", n, text));
            }
        }
        let undeclared = match self.resolved.meanings[id.0 as usize] {
            Some(Meaning::Variable(v)) => self.names.variables[v].shape.is_none(),
            _ => false,
        };
        if undeclared { format!(" ({})", say!("infer.guessed")) } else { String::new() }
    }

    fn fault(&mut self, id: AstId, op: &'static Op, args: &[AstId], fault: Fault) -> Error {
        let (i, j) = fault.args;
        let (left, right) = (args[i.min(args.len() - 1)], args[j.min(args.len() - 1)]);
        if fault.unsupported {
            return faults::unsupported(&fault.message, self.text(id)).at(self.ast.span(id));
        }
        let span = self.ast.span(left).to(self.ast.span(right));
        if left == right {
            return faults::wrong_operand(op.usage, &fault, self.operand(left)).at(span);
        }
        faults::mismatch(op == &ops::products::PRODUCT, self.operand(left), self.operand(right), &fault.hint).at(span)
    }

    /// True where the node is written in round brackets.
    fn bracketed(&self, id: AstId) -> bool {
        self.text(id).starts_with('(')
            && match &self.ast.get(id).kind {
                AstKind::Infix { left, .. } => self.ast.span(*left).start > self.ast.span(id).start,
                _ => true,
            }
    }

    fn two_vectors(&self, id: AstId, left: AstId, right: AstId) -> Error {
        let (x, y) = (self.text(left), self.text(right));
        let parent = self.resolved.scopes.parent(id).map(|p| &self.ast.get(p).kind);
        let inside = self.bracketed(id) || matches!(parent, Some(AstKind::Infix { op, .. }) if binds_like_times(*op));
        let dot = if inside { format!("({x} · {y})") } else { format!("{x} · {y}") };
        let entrywise = if self.bracketed(id) { format!("({x} ⊙ {y})") } else { format!("{x} ⊙ {y}") };
        faults::two_vectors(self.operand(left), self.operand(right))
            .at(self.ast.span(id))
            .replace_by(dot)
            .replace_by(entrywise)
            .replace_by(format!("outer({x}, {y})"))
    }

    fn division_by_tensor(&self, id: AstId, right: AstId) -> Error {
        let AstKind::Infix { op_span, .. } = self.ast.get(id).kind else {
            return faults::division(self.operand(right));
        };
        faults::division(self.operand(right)).at(op_span).replace_by("./")
    }

    fn subscript_count(&self, id: AstId, base: AstId, subscripts: &[Subscript]) -> Error {
        let span = self.ast.span(id);
        let error = faults::subscript_count(self.operand(base), self.shape(base).order(), subscripts.len()).at(span);
        match (self.shape(base).order(), subscripts) {
            (2, [Subscript::At(place)]) => {
                let row = format!("{}[{},:]", self.text(base), self.text(*place));
                error.hint(say!("infer.write_row", row)).replace_by(row)
            }
            (1, [Subscript::At(place), _]) => {
                let entry = format!("{}[{}]", self.text(base), self.text(*place));
                error.hint(say!("infer.write_entry", entry)).replace_by(entry)
            }
            _ => error,
        }
    }
}

/// The text at a span; nothing for a tree whose text is not at hand.
pub fn text_of(source: &str, span: Span) -> &str {
    source.get(span.start..span.end).unwrap_or("")
}

fn binds_like_times(op: Infix) -> bool {
    matches!(op, Infix::Times | Infix::Elementwise | Infix::Divide | Infix::ElementwiseDivide)
}

pub fn comparison(op: Infix) -> &'static Op {
    match op {
        Infix::Less => &ops::elementwise::LESS,
        Infix::GreaterEqual => &ops::elementwise::GREATER_EQUAL,
        Infix::LessEqual => &ops::elementwise::LESS_EQUAL,
        _ => &ops::elementwise::GREATER,
    }
}

/// Operators that expand scalar operands to the shape of the others.
pub fn is_entrywise(op: &'static Op) -> bool {
    matches!(op.eval, Eval::Map(_) | Eval::Map2(_)) || op == &ops::elementwise::CASES
}
