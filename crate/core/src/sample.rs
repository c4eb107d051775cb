//! Random points for checks: small sizes that differ, numbers of both signs, other domains where a formula needs them.
//! Everything follows from a seed, so a check gives the same answer everywhere and always.

use crate::budget::{self, MAX_NUMBERS};
use crate::dual::Layers;
use crate::error::Error;
use crate::eval::{Env, sizes_of};
use crate::expr::{Arena, Assumption, NodeId, Place, Symbol, SymbolId};
use crate::map::Set;
use crate::modular::{ExactJet, Modular};
use crate::op::Data;
use crate::ordered::{Ordered, OrderedSet};
use crate::shape::Dim;
use crate::sorting;
use crate::tensor::Tensor;
use oorandom::Rand64;

/// How often a point may be drawn again until a formula is defined there.
pub const ATTEMPTS: u32 = SPREAD_FROM + 2 * (SPREAD_DOMAINS.len() * SCALES.len()) as u32;

/// Sizes that are dealt to the named dimensions, distinct so that nothing fits by accident.
const SIZES: [usize; 6] = [3, 2, 4, 5, 6, 7];

/// Exact points have whole numbers from −2²⁰ to 2²⁰.
const EXACT_RANGE: u64 = 1 << 20;

/// Where a variable's numbers are drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Domain {
    /// (−2, 2)
    Real,
    /// (0.1, 2)
    Positive,
    /// (1.1, 2.5)
    AboveOne,
    /// (0.05, 0.95)
    Fraction,
    /// (−0.95, 0.95)
    Unit,
}

const DOMAINS: [Domain; 5] = [Domain::Real, Domain::Positive, Domain::Fraction, Domain::AboveOne, Domain::Unit];

/// From this attempt on every second one goes through these domains and scales, far out and close in.
const SPREAD_FROM: u32 = 32;
const SPREAD_DOMAINS: [Domain; 4] = [Domain::AboveOne, Domain::Positive, Domain::Fraction, Domain::Unit];
const SCALES: [f64; 13] = [4.0, -1.0, 20.0, -4.0, 100.0, 0.2, -20.0, 1000.0, 0.05, -100.0, 0.005, -1000.0, 0.0005];

/// Where branches meet far from the origin, or close to it, variables of one size see one side only.
const UNEVEN: [f64; 5] = [0.01, 0.1, 1.0, 1.0, 10.0];

impl Domain {
    fn draw(self, random: &mut Rand64) -> f64 {
        let (low, high) = match self {
            Domain::Real => (-2.0, 2.0),
            Domain::Positive => (0.1, 2.0),
            Domain::AboveOne => (1.1, 2.5),
            Domain::Fraction => (0.05, 0.95),
            Domain::Unit => (-0.95, 0.95),
        };
        low + (high - low) * random.rand_float()
    }
}

/// Draws points for some expressions.
pub struct Sampler<'a> {
    arena: &'a Arena,
    seed: u64,
    /// The variables that the expressions hold, also inside definitions.
    symbols: Vec<SymbolId>,
    /// The named dimensions that sizes are dealt to.
    dims: Vec<Dim>,
    /// Sizes that subscripts such as `x[5]` need.
    least: Ordered<Dim, usize>,
    /// `x[i+1]`: the first dimension must be so much longer than the second.
    longer: Vec<(Dim, Dim, usize)>,
    /// The variables that move under differentials; `None` for all.
    varying: Option<OrderedSet<SymbolId>>,
    /// Whether the variables of a point are of different scales.
    pub uneven: bool,
}

impl<'a> Sampler<'a> {
    pub fn new(arena: &'a Arena, roots: &[NodeId], seed: u64) -> Sampler<'a> {
        let names = arena.dims.names().into_iter().map(|(dim, _)| dim);
        let mut sampler = Sampler {
            arena,
            seed,
            symbols: Vec::new(),
            dims: names.filter(|&dim| arena.dims.is_plain(dim)).collect(),
            least: Ordered::new(),
            longer: Vec::new(),
            varying: None,
            uneven: false,
        };
        for id in with_definitions(arena, roots) {
            match arena.symbol_of(id) {
                Some(symbol) if arena.symbols[symbol.0 as usize].definition.is_none() => sampler.symbols.push(symbol),
                _ => sampler.note_subscripts(id),
            }
        }
        sorting::sort(&mut sampler.symbols);
        sampler
    }

    /// Only these variables move under a differential that is not yet taken.
    pub fn varying(mut self, symbols: &[SymbolId]) -> Sampler<'a> {
        self.varying = Some(symbols.iter().copied().collect());
        self
    }

    /// Remembers which sizes a component needs.
    fn note_subscripts(&mut self, id: NodeId) {
        let arena = self.arena;
        let (Data::Subscripts(places), Some(&base)) = (&arena.get(id).data, arena.args(id).first()) else { return };
        for (&dim, place) in arena.shape(base).0.iter().zip(places) {
            let needs = match *place {
                Some(Place::Fixed(k)) => k as usize,
                Some(Place::Index(index, shift)) => match arena.dims.resolve(arena.indices[index.0 as usize].dim) {
                    Dim::Size(n) => (n as i64 + shift).max(1) as usize,
                    other => {
                        // Formulas of tensors say the same of one pair of sizes many times over.
                        let demand = (dim, other, shift.max(0) as usize);
                        if !self.longer.contains(&demand) {
                            self.longer.push(demand);
                        }
                        continue;
                    }
                },
                None => continue,
            };
            self.need(dim, needs);
        }
    }

    /// The dimension must be at least so long: its first name has to grow, the others being 1.
    fn need(&mut self, dim: Dim, size: usize) {
        let formula = self.arena.dims.formula(dim);
        let Some(&first) = formula.names().iter().next() else { return };
        let total = |first_size: i64| formula.value(&|name| Some(if name == first { first_size } else { 1 }));
        let enough = (1..=size as i64 + 8).find(|&n| total(n).is_some_and(|total| total >= size as i64));
        if let Some(enough) = enough {
            let least = self.least.or_insert_with(Dim::Name(first), || 1);
            *least = (*least).max(enough as usize);
        }
    }

    /// Sizes for a point: distinct while there are few dimensions, others at each point, now and then a 1.
    fn sizes(&self, point: u32, attempt: u32) -> Ordered<Dim, usize> {
        let mut random = self.random(point, attempt, 0);
        let dealt = SIZES.len().min(self.dims.len().max(4));
        let mut sizes: Ordered<Dim, usize> = Ordered::new();
        for (k, &dim) in self.dims.iter().enumerate() {
            // Some formulas need one size above another (the inverse of A' A): later draws deal them anew.
            sizes.insert(dim, SIZES[(k + point as usize + attempt as usize / 8) % dealt]);
        }
        // A dimension of 1 is where rows, columns and scalars get mixed up; many formulas are degenerate there, so
        // it is given up when a point has to be drawn again.
        if point % 2 == 1 && attempt == 0 && !self.dims.is_empty() && random.rand_float() < 0.5 {
            let dim = self.dims[random.rand_range(0..self.dims.len() as u64) as usize];
            sizes.insert(dim, 1);
        }
        for (dim, size) in sizes.iter_mut() {
            *size = (*size).max(self.least.get(dim).copied().unwrap_or(1));
        }
        for _ in 0..self.longer.len() {
            for &(long, short, by) in &self.longer {
                let total = |dim: Dim, sizes: &Ordered<Dim, usize>| {
                    crate::eval::size_of_dim(self.arena, dim, sizes).unwrap_or(0)
                };
                let missing = (total(short, &sizes) + by).saturating_sub(total(long, &sizes));
                let names = self.arena.dims.formula(long).names().into_iter().map(Dim::Name);
                let first = names.into_iter().find(|part| sizes.contains_key(part));
                if let Some(size) = first.and_then(|part| sizes.get_mut(&part)) {
                    *size += missing;
                }
            }
        }
        self.make_positive(&mut sizes);
        self.fulfil_constraints(&mut sizes, point);
        sizes
    }

    /// `m * n = 6`: another pair of sizes at each point.
    fn fulfil_constraints(&self, sizes: &mut Ordered<Dim, usize>, point: u32) {
        for (formula, wanted) in self.arena.dims.constraints() {
            let names: Vec<u32> = formula.names().into_iter().collect();
            let most = wanted.clamp(1, 64) as usize;
            let Some(combinations) = most.checked_pow(names.len() as u32).filter(|&all| all <= 100_000) else {
                continue;
            };
            let digit = |number: usize, place: usize| number / most.pow(place as u32) % most + 1;
            let fits = |number: &usize| {
                let size = |name: u32| names.iter().position(|n| *n == name).map(|at| digit(*number, at) as i64);
                formula.value(&size) == Some(wanted)
            };
            let all: Vec<usize> = (0..combinations).filter(fits).collect();
            if let Some(&number) = all.get((point as usize + 1) % all.len().max(1)) {
                let dealt = names.iter().enumerate().map(|(at, &name)| (Dim::Name(name), digit(number, at)));
                sizes.extend(dealt);
            }
        }
    }

    /// `n-1` has to be at least 1.
    fn make_positive(&self, sizes: &mut Ordered<Dim, usize>) {
        for dim in self.arena.dims.composed() {
            let formula = self.arena.dims.formula(dim);
            // Each round lets one name grow; what cannot become positive in a few is refused by the evaluation.
            for _ in 0..64 {
                let size = |name: u32| sizes.get(&Dim::Name(name)).map(|&n| n as i64);
                if formula.value(&size).is_none_or(|n| n > 0) {
                    break;
                }
                let grows = formula.in_order().first().and_then(|(_, names)| names.first().copied());
                let Some(size) = grows.and_then(|name| sizes.get_mut(&Dim::Name(name))) else { break };
                *size += 1;
            }
        }
    }

    fn random(&self, point: u32, attempt: u32, purpose: u64) -> Rand64 {
        let number = (u128::from(point) << 80) + (u128::from(attempt) << 64) + u128::from(self.seed);
        Rand64::new(number.wrapping_mul(0x0000_5851_f42d_4c95_7f2d) ^ u128::from(purpose))
    }

    /// The domain and scale of a variable: first plain numbers of both signs, then one domain for all, then mixtures.
    fn domain(&self, point: u32, attempt: u32, random: &mut Rand64) -> (Domain, f64) {
        let mixed = DOMAINS[random.rand_range(0..DOMAINS.len() as u64) as usize];
        match attempt {
            0 if self.uneven => (Domain::Real, UNEVEN[random.rand_range(0..UNEVEN.len() as u64) as usize]),
            // Some points lie far out and some close in, so that both sides of a distant kink are seen.
            0 if point % 4 == 3 => (Domain::Real, 5.0),
            0 if point % 8 == 5 => (Domain::Real, 0.1),
            0..4 => (Domain::Real, 1.0),
            4..8 => (DOMAINS[attempt as usize - 3], 1.0),
            SPREAD_FROM.. if attempt.is_multiple_of(2) => {
                let number = (attempt - SPREAD_FROM) as usize / 2;
                (SPREAD_DOMAINS[number % SPREAD_DOMAINS.len()], SCALES[number / SPREAD_DOMAINS.len() % SCALES.len()])
            }
            _ if attempt.is_multiple_of(2) => (Domain::Real, 1.0),
            _ => (
                mixed,
                if attempt < SPREAD_FROM { 1.0 } else { SCALES[random.rand_range(0..SCALES.len() as u64) as usize] },
            ),
        }
    }

    fn draw(&self, symbol: &Symbol, shape: &[usize], point: u32, attempt: u32, random: &mut Rand64) -> Tensor<f64> {
        let (domain, scale) = self.domain(point, attempt, random);
        let mut value = Tensor::build(shape, |_| scale * domain.draw(random));
        // A random square matrix is invertible as it stands.
        if symbol.assumed.contains(&Assumption::Positive) {
            value = value.map(f64::abs);
        }
        if let (true, &[n, k]) = (symbol.assumed.contains(&Assumption::Symmetric), shape)
            && n == k
        {
            let plain = value.clone();
            value = Tensor::build(shape, |i| 0.5 * (plain.at(i) + plain.at(&[i[1], i[0]])));
        }
        value
    }

    /// A point with sizes, numbers, directions and stand-ins. `attempt` counts the draws for one and the same point.
    pub fn point(&self, point: u32, attempt: u32) -> Result<Env<f64>, Error> {
        let sizes = self.sizes(point, attempt);
        let mut random = self.random(point, attempt, 1);
        let mut env = Env { sizes, stand_ins: Some(self.seed ^ u64::from(point)), ..Env::default() };
        for &id in &self.symbols {
            let symbol = &self.arena.symbols[id.0 as usize];
            let shape = sizes_of(self.arena, &symbol.shape, &env.sizes)?;
            if shape.iter().fold(1usize, |count, &n| count.saturating_mul(n)) > MAX_NUMBERS {
                return Err(budget::exceeded("limit.in_tensor", MAX_NUMBERS));
            }
            env.values.insert(id, self.draw(symbol, &shape, point, attempt, &mut random));
            let direction = Tensor::build(&shape, |_| 2.0 * random.rand_float() - 1.0);
            if self.varying.as_ref().is_none_or(|varying| varying.contains(&id)) {
                env.directions.insert(id, direction);
            }
        }
        Ok(env)
    }

    /// A point of exact numbers: small whole ones, so that sums and products of a few stay small too and exp keeps its
    /// law (modular.rs); at every second attempt only such as stand for positive numbers.
    pub fn exact_point(&self, point: u32, attempt: u32) -> Result<Env<ExactJet>, Error> {
        let sizes = self.sizes(point, attempt);
        let mut random = self.random(point, attempt, 2);
        let mut env = Env { sizes, stand_ins: Some(self.seed ^ u64::from(point)), ..Env::default() };
        for &id in &self.symbols {
            let symbol = &self.arena.symbols[id.0 as usize];
            let shape = sizes_of(self.arena, &symbol.shape, &env.sizes)?;
            let is_positive = attempt % 2 == 1 || symbol.assumed.contains(&Assumption::Positive);
            let mut value = Tensor::build(&shape, |_| {
                let n = Modular::whole(random.rand_range(0..2 * EXACT_RANGE) as i64 - EXACT_RANGE as i64);
                ExactJet::lift(if is_positive { n.positive() } else { n })
            });
            if symbol.assumed.contains(&Assumption::Symmetric) && matches!(shape[..], [n, k] if n == k) {
                let plain = value.clone();
                value = Tensor::build(&shape, |i| plain.at(&[i[0].min(i[1]), i[0].max(i[1])]));
            }
            env.values.insert(id, value);
            let direction = Tensor::build(&shape, |_| random.rand_range(1..EXACT_RANGE) as f64);
            if self.varying.as_ref().is_none_or(|varying| varying.contains(&id)) {
                env.directions.insert(id, direction);
            }
        }
        Ok(env)
    }
}

/// All nodes that the roots reach, definitions of intermediates included.
pub fn with_definitions(arena: &Arena, roots: &[NodeId]) -> Vec<NodeId> {
    let (mut seen, mut all) = (Set::default(), Vec::new());
    let mut stack = roots.to_vec();
    while let Some(id) = stack.pop() {
        if seen.insert(id) {
            all.push(id);
            stack.extend_from_slice(arena.args(id));
            stack.extend(arena.symbol_of(id).and_then(|symbol| arena.symbols[symbol.0 as usize].definition));
        }
    }
    sorting::sort(&mut all);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::build;
    use crate::shape::{Dims, Shape};

    #[test]
    fn sizes_are_distinct_and_change_from_point_to_point() {
        let mut dims = Dims::default();
        let names: Vec<Dim> = ["m", "n", "k", "p"].iter().map(|name| dims.declare(name)).collect();
        let arena = Arena::new(dims);
        let sampler = Sampler::new(&arena, &[], 1);
        let mut with_a_one = 0;
        for point in 0..40 {
            let sizes = sampler.sizes(point, 0);
            let distinct: OrderedSet<usize> = sizes.values().copied().collect();
            assert_eq!(distinct.len(), 4);
            with_a_one += usize::from(distinct.contains(&1));
            assert_ne!(sizes[&names[0]], sampler.sizes(point + 1, 1)[&names[0]]);
            assert!(!sampler.sizes(point, 1).values().any(|&size| size == 1));
        }
        assert!((4..20).contains(&with_a_one), "{with_a_one}");
    }

    #[test]
    fn subscripts_get_the_sizes_they_need() {
        let mut dims = Dims::default();
        let (n, m) = (dims.declare("n"), dims.declare("m"));
        let mut arena = Arena::new(dims);
        let x = arena.new_symbol("x", Shape::vector(n), None);
        let y = arena.new_symbol("y", Shape::vector(m), None);
        let (x, y) = (arena.symbol(x), arena.symbol(y));
        let ninth = arena.must(&build::PICK, &[x], Data::Subscripts(vec![Some(Place::Fixed(9))]));
        let i = arena.new_index("i", n);
        let next = arena.must(&build::PICK, &[y], Data::Subscripts(vec![Some(Place::Index(i, 1))]));
        let sizes = Sampler::new(&arena, &[ninth, next], 1).sizes(1, 0);
        assert!(sizes[&n] >= 9 && sizes[&m] > sizes[&n], "{sizes:?}");
    }

    #[test]
    fn points_have_both_signs_and_repeat() {
        let mut dims = Dims::default();
        let n = dims.declare("n");
        let mut arena = Arena::new(dims);
        let x = arena.new_symbol("x", Shape::vector(n), None);
        let p = arena.new_symbol("p", Shape::vector(n), None);
        arena.symbols[p.0 as usize].assumed = vec![Assumption::Positive];
        let (leaf, positive) = (arena.symbol(x), arena.symbol(p));
        let sampler = Sampler::new(&arena, &[leaf, positive], 5).varying(&[x]);
        let (mut below, mut above) = (0, 0);
        for point in 0..20 {
            let env = sampler.point(point, 0).unwrap();
            assert_eq!(env.values, sampler.point(point, 0).unwrap().values);
            below += env.values[&x].data.iter().filter(|&&v| v < 0.0).count();
            above += env.values[&x].data.iter().filter(|&&v| v > 0.0).count();
            assert!(env.values[&p].data.iter().all(|&v| v > 0.0));
            assert!(env.directions.contains_key(&x) && !env.directions.contains_key(&p));
        }
        assert!(below > 15 && above > 15, "{below} {above}");
    }
}
