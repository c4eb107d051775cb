//! From the graph to instructions. Elementwise values that are used once become steps of the chain they belong to, also behind
//! a product; everything else gets its place in the buffer, inputs first, the first roots as one block.

use crate::budget::{MAX_NUMBERS, exceeded};
use crate::error::Error;
use crate::eval::{Env, Plan, sizes_of};
use crate::expr::Arena;
use crate::scalar::{Elementary, Elementary2};
use crate::tape::functions::{Two, function, function2};
use crate::tape::graph::{Exact, Graph, Keyed, Kind, ValueId};
use crate::tape::lower::Lowered;
use crate::tape::{Inputs, Part, Tape};
use crate::tensor::Tensor;
use chalkgrad_tape::{Extent, Gate, Instruction, Operand, Product, Program, Real, Step, Zip};
use std::ops::Range;

/// Numbers that one tape may hold.
const LARGEST: usize = 3 * MAX_NUMBERS;

/// Numbers of half a line of the cache, in f32: where larger values begin, so that few vectors lie in two lines.
const LINE: usize = 8;

/// A step before it is known where its operands stand.
#[derive(Clone, Copy, Debug)]
enum Planned {
    Map(Elementary),
    Affine(f64, f64),
    Add(ValueId, f64),
    Multiply(ValueId, Gate),
    Zip(Elementary2, ValueId),
    /// The operand divided by what the chain holds.
    DivideInto(ValueId),
    Choose(ValueId, ValueId),
}

/// How an elementwise value is computed: begin with one, then step by step.
struct Recipe {
    start: ValueId,
    steps: Vec<Planned>,
}

struct Emitter<'a, T> {
    arena: &'a Arena,
    graph: &'a Graph,
    inputs: &'a Inputs<'a>,
    uses: Vec<usize>,
    /// Computed as part of the one value that uses it.
    inlined: Vec<bool>,
    /// Where each value stands.
    at: Vec<Option<usize>>,
    next: usize,
    program: Program<T>,
    parts: Vec<Part>,
    /// So many parts are closed: the next instruction begins a new one.
    closed: usize,
    input_symbols: usize,
}

pub fn emit<T: Real>(arena: &Arena, lowered: Lowered, inputs: &Inputs) -> Result<Tape<T>, Error> {
    let Lowered { mut graph, firsts, lasts } = lowered;
    let (scale, firsts) = if inputs.exact { (1.0, firsts) } else { without_common_factor(&mut graph, firsts) };
    let count = graph.values.len();
    let mut emitter = Emitter {
        arena,
        graph: &graph,
        inputs,
        uses: vec![0; count],
        inlined: vec![false; count],
        at: vec![None; count],
        next: 0,
        program: Program { instructions: Vec::new(), size: 0, constants: Vec::new() },
        parts: Vec::new(),
        closed: 0,
        input_symbols: inputs.symbols.len(),
    };
    let roots = [&firsts[..], &lasts].concat();
    emitter.count_uses(&roots);
    emitter.inline(&roots);
    let wanted_first = emitter.reached(&firsts);
    let input_places = emitter.place_inputs();
    emitter.place_constants();
    // Values of the first roots that nobody else needs are computed where the block will stand; its place is known once
    // everything before it has one.
    let direct = |id: &ValueId| {
        emitter.uses[id.0 as usize] == 1
            && !matches!(graph.kind(*id), Kind::Input(_) | Kind::Constant(_) | Kind::Reshaped(_))
    };
    let direct: Vec<bool> = firsts.iter().map(direct).collect();
    let is_direct = |id: ValueId| firsts.iter().zip(&direct).any(|(&f, &d)| d && f == id);
    for id in (0..count as u32).map(ValueId) {
        if wanted_first[id.0 as usize] && !is_direct(id) {
            emitter.value(id, None)?;
        }
    }
    let mut block = Vec::new();
    let mut place = if emitter.next >= LINE { emitter.next.next_multiple_of(LINE) } else { emitter.next };
    for &root in &firsts {
        block.push(place..place + graph.len(root));
        place += graph.len(root);
    }
    emitter.next = place;
    for ((&root, &direct), range) in firsts.iter().zip(&direct).zip(&block) {
        if direct {
            emitter.value(root, Some(range.start))?;
        } else {
            emitter.copy(root, range.start);
        }
    }
    let first_parts = emitter.parts.len();
    emitter.closed = first_parts;
    for id in (0..count as u32).map(ValueId) {
        if !wanted_first[id.0 as usize] {
            emitter.value(id, None)?;
        }
    }
    let lasts = lasts.iter().map(|&root| emitter.place(root)..emitter.place(root) + graph.len(root)).collect();
    emitter.check_size()?;
    emitter.program.size = emitter.next;
    let Emitter { program, parts, .. } = emitter;
    let buffer = program.buffer();
    Ok(Tape { program, parts, first_parts, buffer, inputs: input_places, firsts: block, lasts, scale, compiled: None })
}

/// A number that all roots are multiplied by (`-2/N`, as a rule), and the roots without it.
fn without_common_factor(graph: &mut Graph, roots: Vec<ValueId>) -> (f64, Vec<ValueId>) {
    let split = |graph: &Graph, id: ValueId| {
        let inner = if let Kind::Reshaped(inner) = *graph.kind(id) { inner } else { id };
        match graph.kind(inner) {
            Kind::Times(Exact(c), factors) if c.is_normal() && *c != 1.0 => Some((*c, factors.clone())),
            _ => None,
        }
    };
    let parts: Option<Vec<(f64, Vec<ValueId>)>> = roots.iter().map(|&id| split(graph, id)).collect();
    let Some(parts) = parts.filter(|parts| parts.first().is_some_and(|first| parts.iter().all(|p| p.0 == first.0)))
    else {
        return (1.0, roots);
    };
    let common = parts[0].0;
    let mut bare = Vec::new();
    for (id, (_, factors)) in roots.into_iter().zip(parts) {
        let (rows, columns) = (graph.get(id).rows, graph.get(id).columns);
        let without = graph.times(1.0, &factors);
        bare.push(graph.reshaped(without, rows, columns));
    }
    (common, bare)
}

impl<T: Real> Emitter<'_, T> {
    fn is_elementwise(&self, id: ValueId) -> bool {
        matches!(
            self.graph.kind(id),
            Kind::Map(..) | Kind::Sum(..) | Kind::Times(..) | Kind::Zip(..) | Kind::Choose(..) | Kind::Spread(_)
        )
    }

    /// A factor as the tape takes it: the slopes of activations are gates on what the activation gave.
    fn gate(&self, factor: ValueId) -> (Gate, ValueId) {
        let value = self.graph.get(factor);
        match &value.kind {
            Kind::Map(Keyed(Elementary::Step), z) => {
                let relu = Kind::Map(Keyed(Elementary::Relu), *z);
                // z > 0 where relu(z) > 0.
                (Gate::Step, self.graph.find(relu, value.rows, value.columns).unwrap_or(*z))
            }
            Kind::Sum(terms, Exact(1.0)) => match terms[..] {
                [(Exact(-1.0), inner)] => match self.graph.kind(inner) {
                    Kind::Times(Exact(1.0), square) if square.len() == 2 && square[0] == square[1] => {
                        (Gate::OneMinusSquare, square[0])
                    }
                    _ => (Gate::OneMinus, inner),
                },
                _ => (Gate::Plain, factor),
            },
            _ => (Gate::Plain, factor),
        }
    }

    /// The factors of an elementwise product; at least one is plain, to begin with.
    fn factors(&self, factors: &[ValueId]) -> Vec<(Gate, ValueId)> {
        let mut gated: Vec<(Gate, ValueId)> = factors.iter().map(|&f| self.gate(f)).collect();
        if gated.iter().all(|&(gate, _)| gate != Gate::Plain) {
            gated[0] = (Gate::Plain, factors[0]);
        }
        gated
    }

    /// What a value is computed from.
    fn operands(&self, id: ValueId) -> Vec<ValueId> {
        match self.graph.kind(id) {
            Kind::Input(_) | Kind::Constant(_) => Vec::new(),
            Kind::Map(_, a)
            | Kind::Transposed(a)
            | Kind::Reshaped(a)
            | Kind::Spread(a)
            | Kind::Total(a)
            | Kind::RowSums(a)
            | Kind::ColumnSums(a)
            | Kind::Softmax(a) => vec![*a],
            Kind::Sum(terms, _) => terms.iter().map(|&(_, id)| id).collect(),
            Kind::Times(_, factors) => self.factors(factors).into_iter().map(|(_, id)| id).collect(),
            Kind::Zip(_, a, b) | Kind::Matrix(a, _, b) => vec![*a, *b],
            Kind::Choose(a, b, c) => vec![*a, *b, *c],
            Kind::Whole(_, args) | Kind::Evaluated(_, args) => args.clone(),
        }
    }

    fn count_uses(&mut self, roots: &[ValueId]) {
        for root in roots {
            self.uses[root.0 as usize] += 1;
        }
        for id in (0..self.uses.len() as u32).rev().map(ValueId) {
            if self.uses[id.0 as usize] > 0 {
                for operand in self.operands(id) {
                    self.uses[operand.0 as usize] += 1;
                }
            }
        }
    }

    /// Every value that some roots need.
    fn reached(&self, roots: &[ValueId]) -> Vec<bool> {
        let mut reached = vec![false; self.uses.len()];
        roots.iter().for_each(|root| reached[root.0 as usize] = true);
        for id in (0..reached.len() as u32).rev().map(ValueId) {
            if reached[id.0 as usize] {
                self.operands(id).into_iter().for_each(|operand| reached[operand.0 as usize] = true);
            }
        }
        reached
    }

    /// Decides which values are computed as part of another.
    fn inline(&mut self, roots: &[ValueId]) {
        for id in (0..self.uses.len() as u32).rev().map(ValueId) {
            if self.uses[id.0 as usize] == 0 || !self.is_elementwise(id) {
                continue;
            }
            let start = self.recipe(id).start;
            let fits = (self.graph.get(start).rows, self.graph.get(start).columns)
                == (self.graph.get(id).rows, self.graph.get(id).columns);
            let can = self.is_elementwise(start) || matches!(self.graph.kind(start), Kind::Matrix(..));
            self.inlined[start.0 as usize] |=
                fits && can && self.uses[start.0 as usize] == 1 && !roots.contains(&start);
        }
    }

    /// How good a value is to begin a chain with: a product, then another chain, then what must be copied.
    fn preference(&self, of: ValueId, id: ValueId) -> usize {
        let same = (self.graph.get(id).rows, self.graph.get(id).columns)
            == (self.graph.get(of).rows, self.graph.get(of).columns);
        match self.graph.kind(id) {
            _ if !same => 0,
            Kind::Matrix(..) if self.uses[id.0 as usize] == 1 => 3,
            _ if self.is_elementwise(id) && self.uses[id.0 as usize] == 1 => 2,
            _ => 1,
        }
    }

    fn recipe(&self, id: ValueId) -> Recipe {
        match self.graph.kind(id) {
            Kind::Map(Keyed(f), a) => Recipe { start: *a, steps: vec![Planned::Map(*f)] },
            Kind::Spread(a) => Recipe { start: *a, steps: Vec::new() },
            Kind::Sum(terms, Exact(constant)) => {
                let first = best(terms.len(), |at| self.preference(id, terms[at].1));
                let (Exact(c), start) = terms[first];
                let mut steps = Vec::new();
                if c != 1.0 || terms.len() == 1 {
                    steps.push(Planned::Affine(c, if terms.len() == 1 { *constant } else { 0.0 }));
                }
                let mut others: Vec<(f64, ValueId)> = terms
                    .iter()
                    .enumerate()
                    .filter(|&(at, _)| at != first)
                    .map(|(_, &(Exact(c), id))| (c, id))
                    .collect();
                // A row comes first: behind a product its sums begin with it.
                let is_row = |&(_, other): &(f64, ValueId)| self.extent(id, other) != Extent::Row;
                others.sort_by_key(is_row);
                steps.extend(others.into_iter().map(|(c, id)| Planned::Add(id, c)));
                if *constant != 0.0 && terms.len() > 1 {
                    steps.push(Planned::Affine(1.0, *constant));
                }
                Recipe { start, steps }
            }
            Kind::Times(Exact(c), factors) => {
                let factors = self.factors(factors);
                let first = best(factors.len(), |at| match factors[at] {
                    (Gate::Plain, id_) => self.preference(id, id_) + 1,
                    _ => 0,
                });
                let others = factors.iter().enumerate().filter(|&(at, _)| at != first);
                let mut steps: Vec<Planned> = others.map(|(_, &(gate, id))| Planned::Multiply(id, gate)).collect();
                if *c != 1.0 {
                    steps.push(Planned::Affine(*c, 0.0));
                }
                Recipe { start: factors[first].1, steps }
            }
            Kind::Zip(Keyed(Elementary2::Divide), a, b) if self.graph.len(*a) < self.graph.len(*b) => {
                Recipe { start: *b, steps: vec![Planned::DivideInto(*a)] }
            }
            Kind::Zip(Keyed(f), a, b) => Recipe { start: *a, steps: vec![Planned::Zip(*f, *b)] },
            Kind::Choose(condition, yes, no) => Recipe { start: *yes, steps: vec![Planned::Choose(*condition, *no)] },
            _ => Recipe { start: id, steps: Vec::new() },
        }
    }

    /// How an operand covers a value.
    fn extent(&self, of: ValueId, operand: ValueId) -> Extent {
        let (whole, part) = (self.graph.get(of), self.graph.get(operand));
        match (part.rows == whole.rows, part.columns == whole.columns) {
            (true, true) => Extent::Full,
            _ if part.rows * part.columns == 1 => Extent::Scalar,
            (true, false) => Extent::Column,
            _ => Extent::Row,
        }
    }

    fn place_inputs(&mut self) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        for at in 0..self.input_symbols {
            let id = ValueId(at as u32);
            places.push(self.next..self.next + self.graph.len(id));
            self.at[at] = Some(self.next);
            self.next += self.graph.len(id);
        }
        places
    }

    fn place_constants(&mut self) {
        for at in 0..self.graph.values.len() {
            if let (Kind::Constant(Exact(x)), true) = (&self.graph.values[at].kind, self.uses[at] > 0) {
                self.at[at] = Some(self.next);
                self.program.constants.push((self.next, T::of(*x)));
                self.next += 1;
            }
        }
    }

    fn place(&self, id: ValueId) -> usize {
        self.at[id.0 as usize].expect("operands come before what uses them")
    }

    fn operand(&self, of: ValueId, id: ValueId) -> Operand {
        Operand { at: self.place(id), extent: self.extent(of, id) }
    }

    fn check_size(&self) -> Result<(), Error> {
        if self.next > LARGEST { Err(exceeded("limit.at_once", LARGEST)) } else { Ok(()) }
    }

    fn native(&mut self, instruction: Instruction<T>) {
        let at = self.program.instructions.len();
        self.program.instructions.push(instruction);
        let open = self.parts.len() > self.closed;
        match self.parts.last_mut() {
            Some(Part::Native(range)) if open => range.end = at + 1,
            _ => self.parts.push(Part::Native(at..at + 1)),
        }
    }

    /// A value to a place of the block.
    fn copy(&mut self, id: ValueId, out: usize) {
        let from = Operand { at: self.place(id), extent: Extent::Full };
        let (rows, columns) = (self.graph.get(id).rows, self.graph.get(id).columns);
        self.native(Instruction::Chain { from, rows, columns, steps: Vec::new(), out });
    }

    /// Emits a value, at a given place or the next.
    fn value(&mut self, id: ValueId, place: Option<usize>) -> Result<(), Error> {
        let slot = id.0 as usize;
        if self.uses[slot] == 0 || self.inlined[slot] || self.at[slot].is_some() {
            return Ok(());
        }
        let value = self.graph.get(id);
        if let Kind::Reshaped(inner) = value.kind {
            self.at[slot] = Some(self.place(inner));
            return Ok(());
        }
        let (rows, columns) = (value.rows, value.columns);
        if place.is_none() && rows * columns >= LINE {
            self.next = self.next.next_multiple_of(LINE);
        }
        let out = place.unwrap_or(self.next);
        if place.is_none() {
            self.next += rows * columns;
            self.check_size()?;
        }
        let source = |id: ValueId| (self.place(id), self.graph.get(id).rows, self.graph.get(id).columns);
        match &value.kind {
            Kind::Matrix(..) => {
                let product = self.product(id);
                self.native(Instruction::Product { product, steps: Vec::new(), out });
            }
            Kind::Transposed(a) => {
                let (from, rows, columns) = source(*a);
                self.native(Instruction::Transpose { from, rows, columns, out });
            }
            Kind::Total(a) => {
                let (from, rows, columns) = source(*a);
                self.native(Instruction::Sum { from, len: rows * columns, out });
            }
            Kind::RowSums(a) => {
                let (from, rows, columns) = source(*a);
                self.native(Instruction::RowSums { from, rows, columns, out });
            }
            Kind::ColumnSums(a) => {
                let (from, rows, columns) = source(*a);
                self.native(Instruction::ColumnSums { from, rows, columns, out });
            }
            Kind::Softmax(a) => {
                let (from, rows, columns) = source(*a);
                self.native(Instruction::Softmax { from, rows, columns, out });
            }
            Kind::Whole(node, args) => {
                let node = self.arena.get(*node);
                let mut given = Vec::new();
                for (arg, id) in node.args.iter().zip(args) {
                    let shape = sizes_of(self.arena, self.arena.shape(*arg), self.inputs.sizes)?;
                    given.push((self.place(*id)..self.place(*id) + self.graph.len(*id), shape));
                }
                let shape = sizes_of(self.arena, &node.shape, self.inputs.sizes)?;
                self.parts.push(Part::Whole { op: node.op, data: node.data.clone(), args: given, shape, out });
            }
            Kind::Evaluated(node, args) => {
                let mut env: Env<f64> = Env { sizes: self.inputs.sizes.clone(), ..Env::default() };
                let mut values = Vec::new();
                for id in args {
                    let symbol = self.inputs.symbols[id.0 as usize];
                    let shape = &self.arena.symbols[symbol.0 as usize].shape;
                    let shape = sizes_of(self.arena, shape, self.inputs.sizes)?;
                    env.values.insert(symbol, Tensor::filled(&shape, 0.0));
                    values.push((symbol, self.place(*id)..self.place(*id) + self.graph.len(*id), shape));
                }
                let plan = Plan::new(self.arena, &[*node], &env)?;
                self.parts.push(Part::Evaluated { plan, values, sizes: env.sizes, out });
            }
            _ => self.chain(id, out),
        }
        self.at[slot] = Some(out);
        Ok(())
    }

    fn product(&self, id: ValueId) -> Product {
        let Kind::Matrix(a, a_transposed, b) = *self.graph.kind(id) else { unreachable!("only products come here") };
        let value = self.graph.get(id);
        Product {
            rows: value.rows,
            inner: self.graph.get(b).rows,
            columns: value.columns,
            a: self.place(a),
            a_transposed,
            b: self.place(b),
            bias: None,
        }
    }

    /// A chain with all values that are computed inside it.
    fn chain(&mut self, id: ValueId, out: usize) {
        let mut recipes = Vec::new();
        let mut start = id;
        loop {
            let recipe = self.recipe(start);
            start = recipe.start;
            recipes.push(recipe.steps);
            if !self.inlined[start.0 as usize] || matches!(self.graph.kind(start), Kind::Matrix(..)) {
                break;
            }
        }
        let planned: Vec<Planned> = recipes.into_iter().rev().flatten().collect();
        let mut steps: Vec<Step<T>> = planned.iter().map(|&step| self.step(id, step)).collect();
        let (rows, columns) = (self.graph.get(id).rows, self.graph.get(id).columns);
        if self.inlined[start.0 as usize] {
            let mut product = self.product(start);
            if let (Some(Step::Add(Operand { at, extent: Extent::Row }, scale)), true) = (steps.first(), columns > 1)
                && *scale == T::ONE
            {
                product.bias = Some(*at);
                steps.remove(0);
            }
            self.native(Instruction::Product { product, steps, out });
        } else {
            let from = self.operand(id, start);
            self.native(Instruction::Chain { from, rows, columns, steps, out });
        }
    }

    fn step(&self, of: ValueId, step: Planned) -> Step<T> {
        let operand = |id| self.operand(of, id);
        match step {
            Planned::Map(f) => Step::Map(function(f)),
            Planned::Affine(scale, shift) => Step::Affine { scale: T::of(scale), shift: T::of(shift) },
            Planned::Add(id, c) => Step::Add(operand(id), T::of(c)),
            Planned::Multiply(id, gate) => Step::Multiply(operand(id), gate),
            Planned::Zip(f, id) => match function2(f) {
                Two::Zip(zip) => Step::Zip(zip, operand(id)),
                Two::Other(f) => Step::Other(f, operand(id)),
            },
            Planned::DivideInto(id) => Step::Zip(Zip::DivideInto, operand(id)),
            Planned::Choose(condition, other) => Step::Choose { condition: operand(condition), other: operand(other) },
        }
    }
}

/// The first place with the largest preference.
fn best(count: usize, preference: impl Fn(usize) -> usize) -> usize {
    (0..count).rev().max_by_key(|&at| preference(at)).unwrap_or(0)
}
