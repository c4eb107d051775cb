//! Expressions compiled to a tape: flat instructions over one preallocated buffer (the crate `chalkgrad-tape` runs them).
//! Values and gradients alike; nothing here knows what is a derivative of what.
//!
//! ```text
//! arena → graph (lower.rs: rows × columns, sums and products with their coefficients, shared work found) → instructions (emit.rs)
//! ```
//!
//! What has no instruction of its own (rare operators, sums over an index) is computed by its entry in `ops/` or by the
//! evaluator, so that every expression runs; only the frequent ones run without allocation.

mod chain;
mod emit;
mod functions;
mod graph;
mod lower;
#[cfg(test)]
mod tests;

use crate::error::{Error, Kind};
use crate::eval::{Env, Plan};
use crate::expr::{Arena, NodeId, SymbolId};
use crate::op::{Call, Data, Eval, Op};
use crate::shape::Dim;
use crate::tensor::Tensor;
/// For those who run generated code: what it stands in for, and how it is reached.
pub use chalkgrad_generate as generated;
use chalkgrad_generate::{Plan as Descending, module};
pub use chalkgrad_tape::{Compiled, Descent};
use chalkgrad_tape::{Program, Real, Source};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a tape is made of: the sizes of all dimensions, and the variables whose numbers it is given, in the order in which
/// they stand in its buffer.
pub struct Inputs<'a> {
    pub sizes: &'a BTreeMap<Dim, usize>,
    pub symbols: &'a [SymbolId],
    /// Whether the first roots stand in the buffer as they are; else without a factor that all of them share.
    pub exact: bool,
}

/// A compiled set of expressions: some roots side by side (gradients, as a rule), then some that are computed only on demand
/// (the loss).
pub struct Tape<T> {
    program: Program<T>,
    parts: Vec<Part>,
    /// Parts that the first roots need; the others follow.
    first_parts: usize,
    buffer: Vec<T>,
    inputs: Vec<Range<usize>>,
    /// Where the first roots stand, one after the other without a gap.
    firsts: Vec<Range<usize>>,
    lasts: Vec<Range<usize>>,
    /// The first roots are these numbers times what the buffer holds.
    scale: f64,
    /// What descends instead of the tape, where there is such a thing.
    compiled: Option<Box<dyn Compiled<T>>>,
}

/// Minibatches to descend by.
pub struct Steps<'a, T> {
    /// The samples of each minibatch, one after the other.
    pub rows: &'a [u32],
    pub batch: usize,
    /// The width of a sample and the numbers of all, for each input behind the parameters.
    pub data: &'a [(usize, Vec<T>)],
    pub velocity: &'a mut [T],
    pub rate: f64,
    pub momentum: f64,
}

/// A stretch of a tape.
enum Part {
    /// Instructions of the program.
    Native(Range<usize>),
    /// An operator's own function of whole tensors.
    Whole { op: &'static Op, data: Data, args: Vec<(Range<usize>, Vec<usize>)>, shape: Vec<usize>, out: usize },
    /// A node left to the evaluator: it runs over bound indices.
    Evaluated { plan: Plan, values: Vec<(SymbolId, Range<usize>, Vec<usize>)>, sizes: BTreeMap<Dim, usize>, out: usize },
}

impl<T: Real> Tape<T> {
    /// Compiles `firsts` and `lasts`. Errors: `limit`; `unsupported` for what has no numbers.
    pub fn new(arena: &Arena, firsts: &[NodeId], lasts: &[NodeId], inputs: &Inputs) -> Result<Tape<T>, Error> {
        let lowered = lower::lower(arena, firsts, lasts, inputs)?;
        emit::emit(arena, lowered, inputs)
    }

    /// The numbers of an input, row by row.
    pub fn input(&mut self, at: usize) -> &mut [T] {
        &mut self.buffer[self.inputs[at].clone()]
    }

    /// The numbers of neighbouring inputs as one block.
    pub fn inputs(&mut self, range: Range<usize>) -> &mut [T] {
        let (start, end) = (self.inputs[range.start].start, self.inputs[range.end - 1].end);
        &mut self.buffer[start..end]
    }

    /// Computes the first roots.
    pub fn run_firsts(&mut self, arena: &Arena) -> Result<(), Error> {
        self.run(arena, 0..self.first_parts)
    }

    /// Computes the last roots; the first ones have been computed.
    pub fn run_lasts(&mut self, arena: &Arena) -> Result<(), Error> {
        self.run(arena, self.first_parts..self.parts.len())
    }

    fn run(&mut self, arena: &Arena, parts: Range<usize>) -> Result<(), Error> {
        for part in &self.parts[parts] {
            match part {
                Part::Native(range) => T::run(&self.program, range.start, range.end, &mut self.buffer),
                part => rare(part, arena, &mut self.buffer)?,
            }
        }
        Ok(())
    }

    /// All first roots in one block, each divided by [`Tape::scale`].
    pub fn firsts(&self) -> &[T] {
        match (self.firsts.first(), self.firsts.last()) {
            (Some(first), Some(last)) => &self.buffer[first.start..last.end],
            _ => &[],
        }
    }

    /// What the block of first roots is to be multiplied by: a factor that all of them share is not multiplied in.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// One first root.
    pub fn first(&self, at: usize) -> Vec<f64> {
        self.buffer[self.firsts[at].clone()].iter().map(|x| x.to_f64() * self.scale).collect()
    }

    /// One last root.
    pub fn last(&self, at: usize) -> &[T] {
        &self.buffer[self.lasts[at].clone()]
    }

    /// Takes a step for each minibatch of `steps`: its samples are put into the inputs behind the parameters, the first roots
    /// are the gradients by the parameters. On the last minibatch the last roots are computed too, before the parameters move.
    pub fn descend(&mut self, arena: &Arena, steps: &mut Steps<T>) -> Result<(), Error> {
        let start = self.inputs.first().map_or(0, |first| first.start);
        let parameters = start..start + steps.velocity.len();
        let count = self.inputs.len() - steps.data.len();
        let sources: Vec<Source<T>> = (steps.data.iter().zip(&self.inputs[count..]))
            .map(|((width, numbers), place)| Source { numbers, width: *width, at: place.start })
            .collect();
        let mut descent = Descent {
            program: &self.program,
            instructions: 0,
            sources: &sources,
            batch: steps.batch,
            parameters,
            gradient: self.firsts.first().map_or(0, |first| first.start),
            velocity: steps.velocity,
            rate: T::of(steps.rate * self.scale),
            momentum: T::of(steps.momentum),
        };
        if let Some((gradients, all)) = self.natives() {
            descent.instructions = gradients;
            match &self.compiled {
                Some(compiled) => compiled.descend(&mut descent, steps.rows, &mut self.buffer),
                None => T::descend(&mut descent, all, steps.rows, &mut self.buffer),
            }
            return Ok(());
        }
        // With rare parts each step comes back here: first the samples, then the parts, then the move.
        for rows in steps.rows.chunks_exact(steps.batch) {
            T::gather(&sources, rows, &mut self.buffer);
            for part in &self.parts {
                match part {
                    Part::Native(range) => T::run(&self.program, range.start, range.end, &mut self.buffer),
                    part => rare(part, arena, &mut self.buffer)?,
                }
            }
            T::move_parameters(&mut descent, &mut self.buffer);
        }
        Ok(())
    }

    /// Instructions that give the first roots, and all; `None` where there are parts that are no instructions.
    fn natives(&self) -> Option<(usize, usize)> {
        let end = |parts: &[Part]| match parts {
            [] => Some(None),
            [Part::Native(range)] => Some(Some(range.end)),
            _ => None,
        };
        let firsts = end(&self.parts[..self.first_parts])?.unwrap_or(0);
        Some((firsts, end(&self.parts[self.first_parts..])?.unwrap_or(firsts)))
    }

    /// How many instructions there are, and how many parts that are none.
    pub fn size(&self) -> (usize, usize) {
        let rare = self.parts.iter().filter(|part| !matches!(part, Part::Native(_))).count();
        (self.program.instructions.len(), rare)
    }

    /// The instructions, for people.
    pub fn listing(&self) -> String {
        self.program.instructions.iter().map(|instruction| format!("{instruction:?}\n")).collect()
    }
}

impl Tape<f32> {
    /// Hands the wasm module of a descent over to whoever can run it; without it, the tape itself descends. `widths` are those
    /// of a sample, for each input behind the parameters.
    pub fn compile(&mut self, widths: &[usize], batch: usize, install: &mut Install) {
        let (Some((gradients, all)), Some(first)) = (self.natives(), self.firsts.first()) else { return };
        let count = self.inputs.len() - widths.len();
        let (Some(start), Some(end)) = (self.inputs.first(), self.inputs[..count].last()) else { return };
        let sources: Vec<(usize, usize)> =
            widths.iter().zip(&self.inputs[count..]).map(|(&width, place)| (width, place.start)).collect();
        let plan = Descending {
            program: &self.program,
            gradients,
            all,
            sources: &sources,
            batch,
            parameters: start.start..end.end,
            gradient: first.start,
        };
        self.compiled = module(&plan).and_then(|module| install(&module));
    }
}

/// Takes a wasm module (crate `chalkgrad-generate` says what it imports and exports) and gives what runs it, where it can.
pub type Install<'a> = dyn FnMut(&[u8]) -> Option<Box<dyn Compiled<f32>>> + 'a;

/// Computes a part that is no instruction, in f64.
fn rare<T: Real>(part: &Part, arena: &Arena, buffer: &mut [T]) -> Result<(), Error> {
    let read = |buffer: &[T], range: &Range<usize>, shape: &[usize]| {
        Tensor::new(shape, buffer[range.clone()].iter().map(|x| x.to_f64()).collect())
    };
    let (value, out) = match part {
        Part::Native(_) => return Ok(()),
        Part::Whole { op, data, args, shape, out } => {
            let args: Vec<Tensor<f64>> = args.iter().map(|(range, shape)| read(buffer, range, shape)).collect();
            let args: Vec<&Tensor<f64>> = args.iter().collect();
            let Eval::Whole { float, .. } = op.eval else {
                return Err(Error::new(Kind::Unsupported, say!("eval.not_yet", op = op.name)));
            };
            (float(&Call { args: &args, data, shape }), *out)
        }
        Part::Evaluated { plan, values, sizes, out } => {
            let mut env: Env<f64> = Env { sizes: sizes.clone(), ..Env::default() };
            env.values.extend(values.iter().map(|(symbol, range, shape)| (*symbol, read(buffer, range, shape))));
            (plan.run(arena, &env)?.remove(0), *out)
        }
    };
    buffer[out..].iter_mut().zip(&value.data).for_each(|(to, &x)| *to = T::of(x));
    Ok(())
}
