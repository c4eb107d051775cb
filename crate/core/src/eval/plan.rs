//! A plan: the nodes in the order of their evaluation, with their sizes in numbers and who needs whom how long. Made
//! once for given sizes, run as often as needed.

use crate::budget::{MAX_NUMBERS, exceeded};
use crate::error::{Error, Kind};
use crate::eval::indexed::{self, Indexed};
use crate::eval::jiggle::{Jiggle, jiggled, tilt};
use crate::eval::{Env, Evaluated, stand_in};
use crate::expr::{Arena, IndexId, NodeId, SymbolId};
use crate::map::Map;
use crate::op::{Call, Data, Eval};
use crate::ops::{self, abstracts, build, kronecker, leaves, linalg};
use crate::ordered::Ordered;
use crate::scalar::{Constant, Elementary2};
use crate::shape::{Dim, Shape};
use crate::tensor::Tensor;
use oorandom::Rand64;
use std::borrow::Cow;

/// Numbers that may be alive at once in one evaluation.
const MAX_LIVE: usize = 3 * MAX_NUMBERS;
/// Multiplications and the like in one evaluation.
const MAX_WORK: usize = 500_000_000;

/// The size of a dimension: a number, a name that `sizes` knows, or a formula of such.
pub fn size_of_dim(arena: &Arena, dim: Dim, sizes: &Ordered<Dim, usize>) -> Result<usize, Error> {
    // Nearly every dimension is a number or a name.
    let known = match arena.dims.resolve(dim) {
        Dim::Size(n) => usize::try_from(n).ok(),
        name if arena.dims.is_plain(name) => sizes.get(&name).copied(),
        _ => None,
    };
    if let Some(n) = known.filter(|&n| n > 0) {
        return Ok(n);
    }
    let formula = arena.dims.formula(dim);
    if let Some(&unknown) = formula.names().iter().find(|&&name| !sizes.contains_key(&Dim::Name(name))) {
        let message = say!("eval.unknown_size", dim = arena.dims.show(Dim::Name(unknown)));
        return Err(Error::new(Kind::Request, message).hint(say!("eval.unknown_size.hint")));
    }
    let size = |name: u32| sizes.get(&Dim::Name(name)).and_then(|&n| i64::try_from(n).ok());
    match formula.value(&size) {
        Some(n) if n > 0 => Ok(usize::try_from(n).unwrap_or(usize::MAX)),
        n => {
            let message = say!("eval.small_size", dim = arena.dims.show(dim), size = n.unwrap_or(0));
            Err(Error::new(Kind::Shape, message).hint(say!("eval.small_size.hint")))
        }
    }
}

/// The sizes of a shape in numbers.
pub fn sizes_of(arena: &Arena, shape: &Shape, sizes: &Ordered<Dim, usize>) -> Result<Vec<usize>, Error> {
    shape.0.iter().map(|&d| size_of_dim(arena, d, sizes)).collect()
}

fn count(shape: &[usize]) -> usize {
    shape.iter().fold(1usize, |product, &n| product.saturating_mul(n))
}

/// One node of the plan. Its value lies in the slot of the same number.
pub(super) struct Step {
    pub node: NodeId,
    pub args: Vec<usize>,
    /// The sizes of the value for one combination of its free indices.
    pub shape: Vec<usize>,
    /// The node's free indices with their sizes: the leading axes of the whole value.
    pub free: Vec<(IndexId, usize)>,
    /// For sums and tensors: the indices they bind.
    pub binds: Vec<(IndexId, usize)>,
    /// Slots that nobody needs after this step.
    done_with: Vec<usize>,
}

impl Step {
    /// The sizes of the whole value, free indices first.
    pub fn full_shape(&self) -> Vec<usize> {
        self.free.iter().map(|&(_, n)| n).chain(self.shape.iter().copied()).collect()
    }
}

/// What a plan needs to know of a point, whatever the kind of its numbers.
struct Given<'a> {
    sizes: &'a Ordered<Dim, usize>,
    has_value: &'a dyn Fn(SymbolId) -> bool,
}

/// An order of evaluation for some roots at given sizes.
pub struct Plan {
    pub(super) steps: Vec<Step>,
    roots: Vec<usize>,
    work: usize,
}

impl Plan {
    /// Plans the evaluation of `roots` with the sizes of `env`; of its values only which symbols have one counts.
    pub fn new<S>(arena: &Arena, roots: &[NodeId], env: &Env<S>) -> Result<Plan, Error> {
        let has_value = |symbol: SymbolId| env.values.contains_key(&symbol);
        Plan::at(arena, roots, &Given { sizes: &env.sizes, has_value: &has_value })
    }

    fn at(arena: &Arena, roots: &[NodeId], given: &Given) -> Result<Plan, Error> {
        for (formula, wanted) in arena.dims.constraints() {
            let size = |name: u32| given.sizes.get(&Dim::Name(name)).and_then(|&n| i64::try_from(n).ok());
            if let Some(found) = formula.value(&size).filter(|found| *found != wanted) {
                let message = say!("eval.wanted_entries", wanted, found);
                return Err(Error::new(Kind::Shape, message).hint(say!("eval.wanted_entries.hint")));
            }
        }
        let mut plan = Plan { steps: Vec::new(), roots: Vec::new(), work: 0 };
        let mut slots: Map<NodeId, usize> = Map::default();
        // Arguments first, definitions of intermediates before their symbols: a walk with a stack of its own.
        let mut stack: Vec<(NodeId, bool)> = roots.iter().rev().map(|&root| (root, false)).collect();
        while let Some((id, arguments_done)) = stack.pop() {
            if slots.contains_key(&id) {
                continue;
            }
            let needs = needs(arena, id, given);
            if !arguments_done {
                stack.push((id, true));
                stack.extend(needs.iter().rev().filter(|need| !slots.contains_key(need)).map(|&need| (need, false)));
                continue;
            }
            let args: Option<Vec<usize>> = needs.iter().map(|need| slots.get(need).copied()).collect();
            let args = args.ok_or_else(|| Error::new(Kind::Request, say!("eval.circular")))?;
            let slot = match (arena.symbol_of(id), &args[..]) {
                // A named intermediate is its definition.
                (Some(_), [definition]) => *definition,
                _ => plan.add(arena, id, args, given)?,
            };
            slots.insert(id, slot);
        }
        plan.roots = roots.iter().map(|root| slots[root]).collect();
        plan.mark_last_uses()?;
        Ok(plan)
    }

    fn add(&mut self, arena: &Arena, id: NodeId, args: Vec<usize>, given: &Given) -> Result<usize, Error> {
        let node = arena.get(id);
        let sized = |indices: &[IndexId]| -> Result<Vec<(IndexId, usize)>, Error> {
            let size = |&i: &IndexId| Ok((i, size_of_dim(arena, arena.indices[i.0 as usize].dim, given.sizes)?));
            indices.iter().map(size).collect()
        };
        let binds = match &node.data {
            Data::Binds(indices) => sized(indices)?,
            _ => Vec::new(),
        };
        let shape = sizes_of(arena, &node.shape, given.sizes)?;
        let step = Step { node: id, args, shape, free: sized(&node.free)?, binds, done_with: Vec::new() };
        let entries = count(&step.full_shape());
        if entries > MAX_NUMBERS {
            return Err(exceeded("limit.in_tensor", MAX_NUMBERS));
        }
        self.work = self.work.saturating_add(self.work_of(arena, &step, entries, given)?);
        if self.work > MAX_WORK {
            return Err(exceeded("limit.multiplications", MAX_WORK));
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    /// A bound on the operations of one step, good to a small factor.
    fn work_of(&self, arena: &Arena, step: &Step, entries: usize, given: &Given) -> Result<usize, Error> {
        let op = arena.op(step.node);
        if ops::pending::is_pending(op, &Data::None) {
            // One evaluation of the inside for each entry of the variable.
            let args = arena.args(step.node);
            let inside = Plan::at(arena, &args[..1], given)?.work;
            let by =
                args.get(1).map_or(Ok(1), |&by| sizes_of(arena, arena.shape(by), given.sizes).map(|s| count(&s)))?;
            return Ok(inside.saturating_mul(by).saturating_add(entries));
        }
        let arg_entries = |&slot: &usize| count(&self.steps[slot].full_shape());
        let read: usize = step.args.iter().map(arg_entries).fold(0, usize::saturating_add);
        if op == &ops::products::PRODUCT {
            // Each pair of a chain: rows of what stands so far, times the whole next factor.
            let rows = self.steps[step.args[0]].shape.first().copied().unwrap_or(1);
            return Ok(step.args[1..]
                .iter()
                .map(arg_entries)
                .fold(entries, |w, n| w.saturating_add(rows.saturating_mul(n))));
        }
        if op == &linalg::ADJ {
            // A determinant for each entry.
            return Ok(entries.saturating_mul(entries).saturating_mul(step.shape[0]));
        }
        if linalg::OPS.contains(&op) {
            let rows = self.steps[step.args[0]].shape[0];
            let factors = linalg::exponent(&arena.get(step.node).data) as usize;
            return Ok(read.saturating_mul(rows).saturating_mul(factors));
        }
        if op == &abstracts::CALL {
            return Ok(entries.saturating_mul(read.max(1)));
        }
        Ok(entries.saturating_add(read).saturating_add(1))
    }

    /// Finds after which step each value can go, and fails where too many numbers would be alive at once.
    fn mark_last_uses(&mut self) -> Result<(), Error> {
        let mut last: Vec<usize> = (0..self.steps.len()).collect();
        for (at, step) in self.steps.iter().enumerate() {
            step.args.iter().for_each(|&arg| last[arg] = at);
        }
        for &root in &self.roots {
            last[root] = usize::MAX;
        }
        for (slot, at) in last.into_iter().enumerate() {
            if let Some(step) = self.steps.get_mut(at) {
                step.done_with.push(slot);
            }
        }
        let sizes: Vec<usize> = self.steps.iter().map(|step| count(&step.full_shape())).collect();
        let mut live = 0usize;
        for (step, size) in self.steps.iter().zip(&sizes) {
            live += size;
            if live > MAX_LIVE {
                return Err(exceeded("limit.at_once", MAX_LIVE));
            }
            live -= step.done_with.iter().map(|&slot| sizes[slot]).sum::<usize>();
        }
        Ok(())
    }

    /// Roughly how many operations one run takes.
    pub fn work(&self) -> usize {
        self.work
    }

    /// The values of the roots at the given point.
    pub fn run<S: Evaluated>(&self, arena: &Arena, env: &Env<S>) -> Result<Vec<Tensor<S>>, Error> {
        self.run_with(arena, env, None)
    }

    /// The same with every argument of every operation moved a little at random: the difference to [`Plan::run`] shows how
    /// much of the result is rounding.
    pub fn run_jiggled<S: Evaluated>(
        &self,
        arena: &Arena,
        env: &Env<S>,
        jiggle: Jiggle,
    ) -> Result<Vec<Tensor<S>>, Error> {
        // Derivatives not yet taken are evaluated on plans of their own: these are jiggled too.
        let env = Env { jiggle: Some(jiggle), ..env.clone() };
        self.run_with(arena, &env, Some((jiggle.by, Rand64::new(jiggle.seed.into()))))
    }

    fn run_with<S: Evaluated>(
        &self,
        arena: &Arena,
        env: &Env<S>,
        mut jiggle: Option<(f64, Rand64)>,
    ) -> Result<Vec<Tensor<S>>, Error> {
        let mut slots: Vec<Option<Cow<'_, Tensor<S>>>> = Vec::with_capacity(self.steps.len());
        let mut random = Rand64::new(1);
        for step in &self.steps {
            // A number as it is typed has no rounding: `.^2` on entries of both signs must stay a square.
            let is_number = arena.number_of(step.node).is_some();
            let value = match jiggle.as_mut().filter(|_| !is_number) {
                None => {
                    let args: Vec<&Tensor<S>> = step.args.iter().map(|&slot| alive(&slots, slot)).collect();
                    self.value(arena, step, &args, env)?
                }
                Some((by, random)) => {
                    // An exponent stays: a negative base has only whole powers.
                    let is_power = matches!(arena.get(step.node).op.eval, Eval::Map2(Elementary2::Power));
                    let moved: Vec<Tensor<S>> = (step.args.iter().enumerate())
                        .map(|(k, &slot)| match alive(&slots, slot) {
                            exponent if is_power && k == 1 => exponent.clone(),
                            arg => jiggled(arg, *by, random),
                        })
                        .collect();
                    let args: Vec<&Tensor<S>> = moved.iter().collect();
                    let mut value = self.value(arena, step, &args, env)?.into_owned();
                    if matches!(arena.get(step.node).op.eval, Eval::Whole { .. }) {
                        tilt(&mut value, &args, *by, random);
                    }
                    Cow::Owned(value)
                }
            };
            let mut value = value;
            if let Some(gaps) = env.gaps {
                let is_quotient = matches!(arena.op(step.node).eval, Eval::Map2(Elementary2::Divide));
                let numerator = is_quotient.then(|| alive(&slots, step.args[0]));
                gaps.fill(value.to_mut(), numerator, &mut random);
            }
            slots.push(Some(value));
            for &slot in &step.done_with {
                slots[slot] = None;
            }
        }
        Ok(self.roots.iter().map(|&slot| alive(&slots, slot).clone()).collect())
    }

    fn value<'e, S: Evaluated>(
        &self,
        arena: &Arena,
        step: &Step,
        args: &[&Tensor<S>],
        env: &'e Env<S>,
    ) -> Result<Cow<'e, Tensor<S>>, Error> {
        let node = arena.get(step.node);
        if let Some(symbol) = arena.symbol_of(step.node) {
            let name = &arena.symbols[symbol.0 as usize].name;
            let value = env.values.get(&symbol).ok_or_else(|| no_value(name))?;
            if value.shape != step.shape {
                let (given, needed) = (numbers_shape(&value.shape), numbers_shape(&step.shape));
                let message = say!("eval.misfit", name, given, needed);
                return Err(Error::new(Kind::Shape, message));
            }
            return Ok(Cow::Borrowed(value));
        }
        let value = match node.op.eval {
            Eval::Map(f) => Tensor { shape: step.full_shape(), data: args[0].data.iter().map(|x| x.map(f)).collect() },
            Eval::Map2(f) if args[0].len() == args[1].len() && self.same_free(step) => {
                let pairs = args[0].data.iter().zip(&args[1].data);
                Tensor { shape: step.full_shape(), data: pairs.map(|(&a, &b)| S::map2(f, a, b)).collect() }
            }
            Eval::Map2(f) => self.indexed(step, args).each(|args, shape| {
                let pairs = args[0].data.iter().zip(&args[1].data);
                Ok(Tensor::new(shape, pairs.map(|(&a, &b)| S::map2(f, a, b)).collect()))
            })?,
            Eval::Whole { .. } => {
                let Some(whole) = S::whole(node.op) else { return Err(no_numbers(node.op.name)) };
                if step.free.is_empty() {
                    whole(&Call { args, data: &node.data, shape: &step.shape })
                } else {
                    self.indexed(step, args).each(|args, shape| Ok(whole(&Call { args, data: &node.data, shape })))?
                }
            }
            Eval::Evaluator => self.special(arena, step, args, env)?,
        };
        Ok(Cow::Owned(value))
    }

    /// What no operator's own function can compute: it needs sizes, indices, the stand-ins, or dual numbers.
    fn special<S: Evaluated>(
        &self,
        arena: &Arena,
        step: &Step,
        args: &[&Tensor<S>],
        env: &Env<S>,
    ) -> Result<Tensor<S>, Error> {
        let node = arena.get(step.node);
        let op = node.op;
        let number = |x: f64| Ok(Tensor::scalar(S::from_f64(x)));
        match &node.data {
            Data::Number(n) if op == &leaves::NUMBER => Ok(Tensor::scalar(S::from_number(*n))),
            Data::Dim(dim) if op == &leaves::DIMENSION => number(size_of_dim(arena, *dim, &env.sizes)? as f64),
            Data::Dim(_) if op == &build::IDENTITY => {
                Ok(Tensor::build(&step.shape, |i| S::from_f64(if i[0] == i[1] { 1.0 } else { 0.0 })))
            }
            Data::Shape(_) if op == &kronecker::SPLIT => {
                let inner = step.shape[2];
                let meets = |i: &[usize]| i[0] == i[1] * inner + i[2];
                Ok(Tensor::build(&step.shape, |i| S::from_f64(if meets(i) { 1.0 } else { 0.0 })))
            }
            Data::Index(_) if op == &leaves::INDEX => Ok(indexed::index_values(step)),
            Data::Subscripts(places) if op == &leaves::DELTA => indexed::delta(arena, step, places),
            Data::Subscripts(places) if op == &build::PICK => indexed::pick(arena, &self.indexed(step, args), places),
            Data::Binds(_) if op == &build::SUM_OVER => Ok(self.indexed(step, args).sum()),
            Data::Binds(_) if op == &build::TENSOR => Ok(self.indexed(step, args).tensor()),
            Data::Function(function, slots) if op == &abstracts::CALL => {
                let function = &arena.functions[function.0 as usize];
                let Some(seed) = env.stand_ins else {
                    let message = say!("eval.function", name = function.name);
                    return Err(Error::new(Kind::Unsupported, message));
                };
                self.indexed(step, args).each(|args, shape| stand_in::value(function, slots, args, shape, seed))
            }
            _ if op == &leaves::PI => Ok(Tensor::scalar(S::constant(Constant::Pi))),
            _ if op == &leaves::E => Ok(Tensor::scalar(S::constant(Constant::E))),
            data if ops::pending::is_pending(op, data) => S::pending(arena, step.node, env),
            _ => Err(no_numbers(op.name)),
        }
    }

    fn indexed<'a, S: Evaluated>(&'a self, step: &'a Step, args: &'a [&'a Tensor<S>]) -> Indexed<'a, S> {
        let free = step.args.iter().map(|&slot| &self.steps[slot].free[..]).collect();
        let shapes = step.args.iter().map(|&slot| &self.steps[slot].shape[..]).collect();
        Indexed { step, args, free, shapes }
    }

    /// True where all arguments run over the same free indices as the node itself.
    fn same_free(&self, step: &Step) -> bool {
        step.args.iter().all(|&slot| self.steps[slot].free == step.free)
    }
}

/// What must be evaluated before a node: its arguments, or the definition of an intermediate that no value is given
/// for. Pending derivatives evaluate their arguments themselves, as dual numbers.
fn needs(arena: &Arena, id: NodeId, given: &Given) -> Vec<NodeId> {
    let node = arena.get(id);
    if ops::pending::is_pending(node.op, &Data::None) {
        return Vec::new();
    }
    match arena.symbol_of(id) {
        Some(symbol) if !(given.has_value)(symbol) => arena.symbols[symbol.0 as usize].definition.into_iter().collect(),
        _ => node.args.to_vec(),
    }
}

fn alive<'a, S: Clone>(slots: &'a [Option<Cow<'_, Tensor<S>>>], slot: usize) -> &'a Tensor<S> {
    slots[slot].as_ref().expect("a value stays until its last use")
}

fn no_value(name: &str) -> Error {
    Error::new(Kind::Request, say!("eval.no_value", name)).hint(say!("eval.no_value.hint", name))
}

fn no_numbers(op: &str) -> Error {
    Error::new(Kind::Unsupported, say!("eval.not_yet", op))
}

/// `[2, 3]`, for messages.
pub fn numbers_shape(shape: &[usize]) -> String {
    format!("[{}]", shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", "))
}
