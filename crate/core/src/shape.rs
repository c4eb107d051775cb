//! Dimensions, shapes, and the unification that makes `k = n` where `W * x` needs it.

mod formula;

pub use formula::Formula;

use crate::contract::JsonDim;
use crate::span::Span;

/// A dimension: a whole number, or a name (declared by the user, or not yet known and named at the end).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dim {
    Size(u64),
    Name(u32),
}

/// A list of dimensions: `[]` scalar, `[n]` column vector, `[m, n]` matrix, and on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Shape(pub Vec<Dim>);

impl Shape {
    pub const SCALAR: Shape = Shape(Vec::new());

    pub fn vector(n: Dim) -> Shape {
        Shape(vec![n])
    }

    pub fn matrix(m: Dim, n: Dim) -> Shape {
        Shape(vec![m, n])
    }

    pub fn order(&self) -> usize {
        self.0.len()
    }

    pub fn is_scalar(&self) -> bool {
        self.0.is_empty()
    }

    pub fn is_vector(&self) -> bool {
        self.order() == 1
    }

    /// `[1, n]`, the transpose of a vector.
    pub fn is_row(&self) -> bool {
        matches!(self.0[..], [Dim::Size(1), _])
    }

    pub fn is_matrix(&self) -> bool {
        self.order() == 2
    }

    /// `self ++ other`, the shape of a derivative.
    pub fn then(&self, other: &Shape) -> Shape {
        Shape(self.0.iter().chain(&other.0).copied().collect())
    }
}

#[derive(Clone)]
struct Entry {
    name: Option<String>,
    declared: bool,
    /// What this dimension was found equal to.
    same: Option<Dim>,
    /// The place in the source that forced it.
    forced: Option<Span>,
    /// What it is made of, where it is made of others: the height of a stack, the length of `vec(A)`.
    formula: Option<Formula>,
}

/// All dimensions of one request: union-find over names and sizes. Each link remembers the place that forced it.
#[derive(Clone, Default)]
pub struct Dims {
    entries: Vec<Entry>,
    /// Products of several names that have to have a given size.
    constraints: Vec<(Formula, i64)>,
    /// True once a name that a formula holds was found equal to something: then formulas may have become equal.
    merged: bool,
    /// True once shapes are inferred: from then on dimensions are compared, never made equal.
    pub frozen: bool,
    /// The place in the source that is being looked at: what forces a dimension unless the caller says otherwise.
    place: Option<Span>,
}

/// Two dimensions that would have to be equal and cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub left: Dim,
    pub right: Dim,
}

impl Dims {
    fn add(&mut self, name: Option<&str>, declared: bool, formula: Option<Formula>) -> Dim {
        self.entries.push(Entry { name: name.map(str::to_owned), declared, same: None, forced: None, formula });
        Dim::Name(self.entries.len() as u32 - 1)
    }

    /// The dimension that the user calls `name`; the same name gives the same dimension.
    pub fn declare(&mut self, name: &str) -> Dim {
        self.find(name).unwrap_or_else(|| self.add(Some(name), true, None))
    }

    /// The dimension declared as `name`, if there is one.
    pub fn find(&self, name: &str) -> Option<Dim> {
        let at = self.entries.iter().position(|e| e.declared && e.name.as_deref() == Some(name))?;
        Some(Dim::Name(at as u32))
    }

    /// A dimension nobody has named yet.
    pub fn fresh(&mut self) -> Dim {
        self.add(None, false, None)
    }

    /// The representative of a dimension: a size if it has one, else a declared name if it has one; of formulas that
    /// have become equal the same.
    pub fn resolve(&self, mut dim: Dim) -> Dim {
        while let Dim::Name(at) = dim {
            let entry = &self.entries[at as usize];
            match (&entry.same, &entry.formula) {
                (Some(next), _) => dim = *next,
                (None, None) => break,
                // As they were made, formulas differ.
                (None, Some(_)) if !self.merged => break,
                (None, Some(formula)) => return self.meant_by(&self.in_names(formula)).unwrap_or(dim),
            }
        }
        dim
    }

    /// The dimension that a formula in plain names is, as far as there is one already.
    fn meant_by(&self, formula: &Formula) -> Option<Dim> {
        if let Some(n) = formula.constant() {
            return u64::try_from(n).ok().filter(|&n| n > 0).map(Dim::Size);
        }
        if let Some(name) = formula.single() {
            return Some(Dim::Name(name));
        }
        let same = |e: &Entry| match &e.formula {
            Some(f) if self.merged => self.in_names(f) == *formula,
            known => known.as_ref() == Some(formula),
        };
        let better = |e: &Entry| (e.same.is_some() || e.name.is_some()) && same(e);
        let at = self.entries.iter().position(better).or_else(|| self.entries.iter().position(same))?;
        Some(self.entries[at].same.unwrap_or(Dim::Name(at as u32)))
    }

    /// A formula with its names replaced by what they were found equal to.
    fn in_names(&self, formula: &Formula) -> Formula {
        let plain = |name: &u32| self.entries[*name as usize].same.is_none();
        if formula.names().iter().all(plain) {
            formula.clone()
        } else {
            formula.with(&|name| self.formula(Dim::Name(name)))
        }
    }

    /// A dimension in terms of plain names and whole numbers.
    pub fn formula(&self, mut dim: Dim) -> Formula {
        while let Dim::Name(at) = dim {
            let entry = &self.entries[at as usize];
            match (&entry.same, &entry.formula) {
                (Some(next), _) => dim = *next,
                (None, Some(formula)) => return self.in_names(formula),
                (None, None) => return Formula::name(at),
            }
        }
        match dim {
            Dim::Size(n) => Formula::whole(i64::try_from(n).unwrap_or(i64::MAX)),
            Dim::Name(at) => Formula::name(at),
        }
    }

    /// The dimension that a formula says; the same formula gives the same dimension.
    pub fn of_formula(&mut self, formula: &Formula) -> Dim {
        let formula = self.in_names(formula);
        self.meant_by(&formula).unwrap_or_else(|| self.add(None, false, Some(formula)))
    }

    /// The sum of dimensions, e.g. `n + 1` for the height of `[w; b]`.
    pub fn sum(&mut self, parts: &[Dim]) -> Dim {
        let sum = parts.iter().fold(Formula::default(), |sum, &d| sum.plus(&self.formula(d), 1));
        self.of_formula(&sum)
    }

    /// The product of two dimensions, e.g. `m * n` for the length of `vec(A)`; `None` where it has too many terms.
    pub fn product(&mut self, left: Dim, right: Dim) -> Option<Dim> {
        let product = self.formula(left).times(&self.formula(right));
        product.is_short().then(|| self.of_formula(&product))
    }

    /// True for a size or a name; false for what is made of others.
    pub fn is_plain(&self, dim: Dim) -> bool {
        match self.resolve(dim) {
            Dim::Size(_) => true,
            Dim::Name(at) => self.entries[at as usize].formula.is_none(),
        }
    }

    /// The terms of a dimension in the order in which they are written, each with its whole factor.
    pub fn terms(&self, dim: Dim) -> Vec<(i64, Vec<Dim>)> {
        let formula = self.formula(dim);
        let named = |names: &[u32]| names.iter().map(|&name| Dim::Name(name)).collect();
        formula.in_order().into_iter().map(|(factor, names)| (factor, named(names))).collect()
    }

    /// All dimensions that are made of others.
    pub fn composed(&self) -> impl Iterator<Item = Dim> + '_ {
        let all = (0..self.entries.len()).filter(|&at| self.entries[at].formula.is_some());
        all.map(|at| Dim::Name(at as u32))
    }

    pub fn resolve_shape(&self, shape: &Shape) -> Shape {
        Shape(shape.0.iter().map(|&d| self.resolve(d)).collect())
    }

    /// From now on, the place in the source that forces what is equated.
    pub fn set_place(&mut self, place: Option<Span>) {
        self.place = place;
    }

    /// Makes two dimensions one; `forced` is the place that demands it.
    pub fn equate(&mut self, left: Dim, right: Dim, forced: Option<Span>) -> Result<(), Clash> {
        let (a, b) = (self.resolve(left), self.resolve(right));
        if a == b {
            return Ok(());
        }
        if self.frozen {
            return Err(Clash { left: a, right: b });
        }
        if !(self.is_plain(a) && self.is_plain(b)) {
            return self.equate_formulas(a, b, forced);
        }
        let (from, to) = match (a, b) {
            (Dim::Size(_), Dim::Size(_)) => return Err(Clash { left: a, right: b }),
            (Dim::Size(_), Dim::Name(n)) => (n, a),
            (Dim::Name(n), Dim::Size(_)) => (n, b),
            (Dim::Name(x), Dim::Name(y)) => {
                let declared = |n: u32| self.entries[n as usize].declared;
                // The declared name stays; of two alike the older one.
                if declared(x) && (!declared(y) || x < y) || (!declared(y) && x < y) { (y, a) } else { (x, b) }
            }
        };
        self.link(from, to, forced);
        Ok(())
    }

    fn link(&mut self, from: u32, to: Dim, forced: Option<Span>) {
        self.merged |= self.entries.iter().any(|e| e.formula.as_ref().is_some_and(|f| f.names().contains(&from)));
        self.entries[from as usize].same = Some(to);
        self.entries[from as usize].forced = forced.or(self.place);
        // A formula goes by the name that the user has for it.
        if let Dim::Name(to) = to
            && self.entries[to as usize].name.is_none()
        {
            self.entries[to as usize].name = self.entries[from as usize].name.clone();
        }
    }

    /// `n + 1 = k`, `m * n = 6`, `n + 1 = m + 1`: solved where one unknown is left; refused where more are.
    fn equate_formulas(&mut self, a: Dim, b: Dim, forced: Option<Span>) -> Result<(), Clash> {
        let difference = self.formula(a).plus(&self.formula(b), -1);
        let declared = |name: u32| self.entries[name as usize].declared;
        let names = difference.names().into_iter();
        let solutions = names.filter_map(|name| Some((name, difference.solved_for(name)?)));
        // The user's names stay, and a sum is nearer at hand than a difference.
        let best = solutions
            .filter(|(_, formula)| formula.can_be_a_size())
            .min_by_key(|(name, formula)| (declared(*name), !formula.is_positive()));
        let Some((name, formula)) = best else { return self.constrain(a, b, forced) };
        let to = self.of_formula(&formula);
        if self.is_plain(to) {
            return self.equate(Dim::Name(name), to, forced);
        }
        self.link(name, to, forced);
        Ok(())
    }

    /// `m * n = 6` leaves both names open, and still it can hold: it is remembered and the product goes by its size.
    fn constrain(&mut self, a: Dim, b: Dim, forced: Option<Span>) -> Result<(), Clash> {
        let clash = Clash { left: a, right: b };
        let (Dim::Name(product), Dim::Size(size)) = (if matches!(a, Dim::Size(_)) { (b, a) } else { (a, b) }) else {
            return Err(clash);
        };
        let formula = self.formula(Dim::Name(product));
        if !formula.is_product() || !self.constraints.is_empty() {
            return Err(clash);
        }
        self.constraints.push((formula, size as i64));
        self.entries[product as usize].same = Some(Dim::Size(size));
        self.entries[product as usize].forced = forced.or(self.place);
        Ok(())
    }

    /// What sizes have to fulfil: each formula has this value.
    pub fn constraints(&self) -> Vec<(Formula, i64)> {
        self.constraints.iter().map(|(formula, size)| (self.in_names(formula), *size)).collect()
    }

    /// Equates two shapes, dimension by dimension.
    pub fn equate_shapes(&mut self, left: &Shape, right: &Shape, forced: Option<Span>) -> Result<(), Clash> {
        for (&l, &r) in left.0.iter().zip(&right.0) {
            self.equate(l, r, forced)?;
        }
        Ok(())
    }

    /// The place that made a dimension what it is: the last of the links that lead to its representative.
    pub fn forced_by(&self, mut dim: Dim) -> Option<Span> {
        let mut forced = None;
        while let Dim::Name(at) = dim {
            let Some(next) = self.entries[at as usize].same else { break };
            forced = self.entries[at as usize].forced;
            dim = next;
        }
        forced
    }

    /// Gives a nameless dimension its name for display.
    pub fn set_name(&mut self, dim: Dim, name: &str) {
        if let Dim::Name(at) = self.resolve(dim) {
            self.entries[at as usize].name.get_or_insert_with(|| name.to_owned());
        }
    }

    pub fn has_name(&self, dim: Dim) -> bool {
        match self.resolve(dim) {
            Dim::Size(_) => true,
            Dim::Name(at) => self.entries[at as usize].name.is_some(),
        }
    }

    /// True where some dimension, declared or inferred, is called `name`.
    pub fn is_taken(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name.as_deref() == Some(name))
    }

    /// A dimension as the user writes it. Not yet named dimensions show as `?`.
    pub fn show(&self, dim: Dim) -> String {
        match self.resolve(dim) {
            Dim::Size(n) => n.to_string(),
            Dim::Name(at) => {
                let entry = &self.entries[at as usize];
                let unnamed = || if entry.formula.is_some() { self.show_formula(at) } else { "?".to_owned() };
                entry.name.clone().unwrap_or_else(unnamed)
            }
        }
    }

    /// `n+1`, `m*n`, `2*n-1`
    fn show_formula(&self, at: u32) -> String {
        let mut text = String::new();
        if self.formula(Dim::Name(at)).is_zero() {
            text.push('0');
        }
        for (factor, names) in self.terms(Dim::Name(at)) {
            text.push_str(if factor < 0 {
                "-"
            } else if text.is_empty() {
                ""
            } else {
                "+"
            });
            let number = (factor.abs() != 1 || names.is_empty()).then(|| factor.abs().to_string());
            let words: Vec<String> = number.into_iter().chain(names.iter().map(|&d| self.show(d))).collect();
            text.push_str(&words.join("*"));
        }
        text
    }

    /// `[m, n]`
    pub fn show_shape(&self, shape: &Shape) -> String {
        format!("[{}]", shape.0.iter().map(|&d| self.show(d)).collect::<Vec<_>>().join(", "))
    }

    /// `scalar`, `vector [n]`, `row vector [1, n]`, `matrix [m, n]`: for messages.
    pub fn describe(&self, shape: &Shape) -> String {
        let kind = match shape.order() {
            0 => return say!("shape.scalar"),
            1 => say!("shape.vector"),
            2 if shape.is_row() => say!("shape.row"),
            2 => say!("shape.matrix"),
            _ => say!("shape.tensor"),
        };
        format!("{kind} {}", self.show_shape(shape))
    }

    pub fn json(&self, shape: &Shape) -> Vec<JsonDim> {
        let json = |d: &Dim| match self.resolve(*d) {
            Dim::Size(n) => JsonDim::Size(n),
            d => JsonDim::Name(self.show(d)),
        };
        shape.0.iter().map(json).collect()
    }

    /// Every distinct named dimension, in order of creation.
    pub fn names(&self) -> Vec<(Dim, String)> {
        let all = (0..self.entries.len() as u32).map(Dim::Name);
        all.filter(|&d| self.resolve(d) == d).map(|d| (d, self.show(d))).collect()
    }

    /// Copies the state, so that a reading can be tried and dropped.
    pub fn snapshot(&self) -> Dims {
        let copy = |e: &Entry| Entry { formula: e.formula.clone(), name: e.name.clone(), ..*e };
        Dims {
            entries: self.entries.iter().map(copy).collect(),
            constraints: self.constraints.clone(),
            merged: self.merged,
            frozen: self.frozen,
            place: self.place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_s_name_stays() {
        let mut dims = Dims::default();
        let (n, fresh) = (dims.declare("n"), dims.fresh());
        assert_eq!(dims.equate(fresh, n, None), Ok(()));
        assert_eq!((dims.show(fresh), dims.resolve(fresh)), ("n".to_owned(), n));
        assert_eq!(dims.equate(n, Dim::Size(3), Some(Span::new(1, 2))), Ok(()));
        assert_eq!(dims.forced_by(fresh), Some(Span::new(1, 2)));
        assert!(dims.equate(fresh, Dim::Size(2), None).is_err());
    }

    #[test]
    fn sums_are_solved_where_one_unknown_is_left() {
        let mut dims = Dims::default();
        let (n, p, m) = (dims.declare("n"), dims.declare("p"), dims.fresh());
        let height = dims.sum(&[n, Dim::Size(1)]);
        assert_eq!(dims.show(height), "n+1");
        assert_eq!(dims.equate(p, height, None), Ok(()));
        assert_eq!(dims.show(height), "p");
        // The same height from other parts.
        let other = dims.sum(&[m, Dim::Size(1)]);
        assert_eq!(dims.equate(other, p, None), Ok(()));
        assert_eq!(dims.resolve(m), n);
        assert_eq!(dims.resolve(other), dims.resolve(p));
        // A whole number for the sum decides the part.
        assert_eq!(dims.equate(p, Dim::Size(4), None), Ok(()));
        assert_eq!(dims.resolve(n), Dim::Size(3));
        assert_eq!(dims.resolve(height), Dim::Size(4));
    }

    #[test]
    fn sums_that_cannot_be_solved_clash() {
        let mut dims = Dims::default();
        let (n, m) = (dims.declare("n"), dims.declare("m"));
        let next = dims.sum(&[n, Dim::Size(1)]);
        assert!(dims.equate(next, n, None).is_err());
        assert!(dims.equate(next, Dim::Size(1), None).is_err());
        let both = dims.sum(&[n, m]);
        assert!(dims.equate(both, Dim::Size(5), None).is_err());
    }

    #[test]
    fn products_are_solved_where_one_unknown_is_left() {
        let mut dims = Dims::default();
        let (m, n, x) = (dims.declare("m"), dims.declare("n"), dims.fresh());
        let length = dims.product(m, n).unwrap();
        assert_eq!(dims.show(length), "m*n");
        assert_eq!(dims.product(n, m), Some(length));
        assert_eq!(dims.equate(x, length, None), Ok(()));
        assert_eq!(dims.show(x), "m*n");
        assert_eq!(dims.equate(m, Dim::Size(2), None), Ok(()));
        assert_eq!(dims.show(x), "2*n");
        assert_eq!(dims.equate(x, Dim::Size(6), None), Ok(()));
        assert_eq!((dims.resolve(n), dims.resolve(length)), (Dim::Size(3), Dim::Size(6)));
    }

    #[test]
    fn a_product_with_a_size_is_remembered() {
        let mut dims = Dims::default();
        let (m, n) = (dims.declare("m"), dims.declare("n"));
        let length = dims.product(m, n).unwrap();
        assert_eq!(dims.equate(length, Dim::Size(6), None), Ok(()));
        assert_eq!((dims.resolve(length), dims.resolve(m)), (Dim::Size(6), m));
        assert_eq!(dims.product(n, m), Some(Dim::Size(6)));
        assert!(dims.equate(length, Dim::Size(8), None).is_err());
        assert_eq!(dims.constraints()[0].0.value(&|_| Some(3)), Some(9));
    }

    #[test]
    fn formulas_that_become_equal_are_one_dimension() {
        let mut dims = Dims::default();
        let (m, n, k) = (dims.declare("m"), dims.declare("n"), dims.fresh());
        let (first, second) = (dims.product(m, n).unwrap(), dims.product(k, n).unwrap());
        assert_ne!(dims.resolve(first), dims.resolve(second));
        assert_eq!(dims.equate(k, m, None), Ok(()));
        assert_eq!(dims.resolve(first), dims.resolve(second));
        let back = dims.of_formula(&dims.formula(n).plus(&Formula::whole(1), -1));
        assert_eq!(dims.show(back), "n-1");
        assert_eq!(dims.sum(&[back, Dim::Size(1)]), n);
        assert_eq!(dims.equate(n, Dim::Size(1), None), Ok(()));
        assert_eq!(dims.resolve(back), back, "a size is at least 1");
    }
}
