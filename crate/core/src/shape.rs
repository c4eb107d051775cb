//! Dimensions, shapes, and the unification that makes `k = n` where `W * x` needs it.

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

struct Entry {
    name: Option<String>,
    declared: bool,
    /// What this dimension was found equal to.
    same: Option<Dim>,
    /// The place in the source that forced it.
    forced: Option<Span>,
    /// For the height of a stack: the dimensions it is the sum of.
    sum: Vec<Dim>,
}

/// All dimensions of one request: union-find over names and sizes. Each link remembers the place that forced it.
#[derive(Default)]
pub struct Dims {
    entries: Vec<Entry>,
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
    /// The dimension that the user calls `name`; the same name gives the same dimension.
    pub fn declare(&mut self, name: &str) -> Dim {
        if let Some(at) = self.entries.iter().position(|e| e.declared && e.name.as_deref() == Some(name)) {
            return Dim::Name(at as u32);
        }
        self.entries.push(Entry {
            name: Some(name.to_owned()),
            declared: true,
            same: None,
            forced: None,
            sum: Vec::new(),
        });
        Dim::Name(self.entries.len() as u32 - 1)
    }

    /// The dimension declared as `name`, if there is one.
    pub fn find(&self, name: &str) -> Option<Dim> {
        let at = self.entries.iter().position(|e| e.declared && e.name.as_deref() == Some(name))?;
        Some(Dim::Name(at as u32))
    }

    /// A dimension nobody has named yet.
    pub fn fresh(&mut self) -> Dim {
        self.entries.push(Entry { name: None, declared: false, same: None, forced: None, sum: Vec::new() });
        Dim::Name(self.entries.len() as u32 - 1)
    }

    /// The representative of a dimension: a size if it has one, else a declared name if it has one.
    pub fn resolve(&self, mut dim: Dim) -> Dim {
        while let Dim::Name(at) = dim {
            let entry = &self.entries[at as usize];
            let known = entry.same.or_else(|| self.known_sum(&entry.sum));
            match known {
                Some(next) => dim = next,
                None => break,
            }
        }
        dim
    }

    fn known_sum(&self, parts: &[Dim]) -> Option<Dim> {
        let size = |d: &Dim| match self.resolve(*d) {
            Dim::Size(n) => Some(n),
            Dim::Name(_) => None,
        };
        if parts.is_empty() { None } else { parts.iter().map(size).sum::<Option<u64>>().map(Dim::Size) }
    }

    /// The sum of dimensions, e.g. `n + 1` for the height of `[w; b]`; the same parts give the same dimension.
    pub fn sum(&mut self, parts: &[Dim]) -> Dim {
        let mut parts: Vec<Dim> = parts.iter().flat_map(|&d| self.parts(d)).collect();
        let whole: u64 = parts.iter().map(|d| if let Dim::Size(n) = d { *n } else { 0 }).sum();
        parts.retain(|d| matches!(d, Dim::Name(_)));
        parts.sort();
        if parts.is_empty() {
            return Dim::Size(whole);
        }
        if whole > 0 {
            parts.push(Dim::Size(whole));
        }
        if let [one] = parts[..] {
            return one;
        }
        if let Some(at) = self.entries.iter().position(|e| e.sum == parts) {
            return Dim::Name(at as u32);
        }
        self.entries.push(Entry { name: None, declared: false, same: None, forced: None, sum: parts });
        Dim::Name(self.entries.len() as u32 - 1)
    }

    /// The dimensions that a dimension is the sum of; itself where it is none.
    pub fn parts(&self, dim: Dim) -> Vec<Dim> {
        match self.resolve(dim) {
            Dim::Name(at) if !self.entries[at as usize].sum.is_empty() => {
                self.entries[at as usize].sum.iter().flat_map(|&d| self.parts(d)).collect()
            }
            dim => vec![dim],
        }
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
        if self.is_sum(a) || self.is_sum(b) {
            return self.equate_sums(a, b, forced);
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

    fn is_sum(&self, dim: Dim) -> bool {
        matches!(dim, Dim::Name(at) if !self.entries[at as usize].sum.is_empty())
    }

    fn link(&mut self, from: u32, to: Dim, forced: Option<Span>) {
        self.entries[from as usize].same = Some(to);
        self.entries[from as usize].forced = forced.or(self.place);
        // A sum goes by the name that the user has for it.
        if let Dim::Name(to) = to
            && self.entries[to as usize].name.is_none()
        {
            self.entries[to as usize].name = self.entries[from as usize].name.clone();
        }
    }

    /// `n + 1 = k`, `n + 1 = 4`, `n + 1 = m + 1`: solved where one unknown is left; refused where more are.
    fn equate_sums(&mut self, a: Dim, b: Dim, forced: Option<Span>) -> Result<(), Clash> {
        let clash = Err(Clash { left: a, right: b });
        let split = |parts: Vec<Dim>| -> (Vec<Dim>, i64) {
            let whole = parts.iter().map(|d| if let Dim::Size(n) = d { *n as i64 } else { 0 }).sum();
            (parts.into_iter().filter(|d| matches!(d, Dim::Name(_))).collect(), whole)
        };
        let ((mut left, a_size), (mut right, b_size)) = (split(self.parts(a)), split(self.parts(b)));
        left.retain(|d| match right.iter().position(|r| r == d) {
            Some(at) => {
                right.remove(at);
                false
            }
            None => true,
        });
        // Now: left + extra = right.
        let extra = a_size - b_size;
        let size = |n: i64| (n != 0).then_some(Dim::Size(n.unsigned_abs()));
        match (&left[..], &right[..]) {
            ([], []) if extra == 0 => {}
            (&[x], []) if extra < 0 => self.equate(x, Dim::Size(extra.unsigned_abs()), forced)?,
            ([], &[y]) if extra > 0 => self.equate(y, Dim::Size(extra.unsigned_abs()), forced)?,
            (&[x], &[y]) if extra == 0 => self.equate(x, y, forced)?,
            (&[Dim::Name(x)], others) if extra <= 0 && !others.is_empty() => {
                let parts: Vec<Dim> = others.iter().copied().chain(size(extra)).collect();
                let total = self.sum(&parts);
                self.link(x, total, forced);
            }
            (others, &[Dim::Name(y)]) if extra >= 0 && !others.is_empty() => {
                let parts: Vec<Dim> = others.iter().copied().chain(size(extra)).collect();
                let total = self.sum(&parts);
                self.link(y, total, forced);
            }
            _ => return clash,
        }
        // Two sums of the same parts are one dimension.
        if let (Dim::Name(from), to) = (self.resolve(a), self.resolve(b))
            && Dim::Name(from) != to
        {
            self.link(from, to, forced);
        }
        Ok(())
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
                let sum = || entry.sum.iter().map(|&d| self.show(d)).collect::<Vec<_>>().join("+");
                let unnamed = || if entry.sum.is_empty() { "?".to_owned() } else { sum() };
                entry.name.clone().unwrap_or_else(unnamed)
            }
        }
    }

    /// `[m, n]`
    pub fn show_shape(&self, shape: &Shape) -> String {
        format!("[{}]", shape.0.iter().map(|&d| self.show(d)).collect::<Vec<_>>().join(", "))
    }

    /// `scalar`, `vector [n]`, `row vector [1, n]`, `matrix [m, n]`: for messages.
    pub fn describe(&self, shape: &Shape) -> String {
        let kind = match shape.order() {
            0 => return "a scalar".to_owned(),
            1 => "a vector",
            2 if shape.is_row() => "a row vector",
            2 => "a matrix",
            _ => "a tensor",
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
        let copy = |e: &Entry| Entry { sum: e.sum.clone(), name: e.name.clone(), ..*e };
        Dims { entries: self.entries.iter().map(copy).collect(), frozen: self.frozen, place: self.place }
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
}
