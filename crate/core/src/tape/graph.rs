//! The expression as the tape sees it: every value has rows and columns, sums and elementwise products hold their coefficients,
//! equal values are one. A value may be smaller than the expression it stands for: an axis of size 1 stands for any number of
//! equal rows or columns ([`View`]), so that biases and scalars are never spread out.

use crate::expr::NodeId;
use crate::map::Map;
use crate::scalar::{Elementary, Elementary2};
use crate::sorting;
use std::hash::{Hash, Hasher};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueId(pub u32);

/// A number that can be compared and hashed: by its bits.
#[derive(Clone, Copy, Debug)]
pub struct Exact(pub f64);

impl PartialEq for Exact {
    fn eq(&self, other: &Exact) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}
impl Eq for Exact {}
impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// An elementary function that can be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyed<F>(pub F);

impl Hash for Keyed<Elementary> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0 as u32).hash(state);
    }
}
impl Hash for Keyed<Elementary2> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0 as u32).hash(state);
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The numbers of a variable.
    Input(usize),
    Constant(Exact),
    Map(Keyed<Elementary>, ValueId),
    /// Σ coefficient · value + constant, entry by entry.
    Sum(Vec<(Exact, ValueId)>, Exact),
    /// coefficient · Π value, entry by entry; the factors in the order of their ids.
    Times(Exact, Vec<ValueId>),
    Zip(Keyed<Elementary2>, ValueId, ValueId),
    Choose(ValueId, ValueId, ValueId),
    /// Product of matrices; the first is transposed where it says so.
    Matrix(ValueId, bool, ValueId),
    Transposed(ValueId),
    /// The same numbers with other rows and columns.
    Reshaped(ValueId),
    /// An axis of size 1 written out.
    Spread(ValueId),
    Total(ValueId),
    RowSums(ValueId),
    ColumnSums(ValueId),
    Softmax(ValueId),
    /// An operator's own function.
    Whole(NodeId, Vec<ValueId>),
    /// Left to the evaluator; the inputs it reads.
    Evaluated(NodeId, Vec<ValueId>),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Value {
    pub kind: Kind,
    pub rows: usize,
    pub columns: usize,
}

/// An expression's value: `rows × columns`, of which `value` holds all or an axis less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    pub value: ValueId,
    pub rows: usize,
    pub columns: usize,
}

#[derive(Default)]
pub struct Graph {
    pub values: Vec<Value>,
    known: Map<Value, ValueId>,
}

/// How deep a row factor is pushed into products within products.
const DEPTH: usize = 64;

impl Graph {
    pub fn get(&self, id: ValueId) -> &Value {
        &self.values[id.0 as usize]
    }

    pub fn kind(&self, id: ValueId) -> &Kind {
        &self.get(id).kind
    }

    pub fn len(&self, id: ValueId) -> usize {
        self.get(id).rows * self.get(id).columns
    }

    pub fn find(&self, kind: Kind, rows: usize, columns: usize) -> Option<ValueId> {
        self.known.get(&Value { kind, rows, columns }).copied()
    }

    pub fn add(&mut self, kind: Kind, rows: usize, columns: usize) -> ValueId {
        let value = Value { kind, rows, columns };
        if let Some(&id) = self.known.get(&value) {
            return id;
        }
        let id = ValueId(self.values.len() as u32);
        self.values.push(value.clone());
        self.known.insert(value, id);
        id
    }

    pub fn constant(&mut self, x: f64) -> ValueId {
        self.add(Kind::Constant(Exact(x)), 1, 1)
    }

    pub fn number(&self, id: ValueId) -> Option<f64> {
        match self.kind(id) {
            Kind::Constant(Exact(x)) => Some(*x),
            _ => None,
        }
    }

    /// Rows and columns that elementwise operands fill together.
    fn joint(&self, ids: impl Iterator<Item = ValueId>) -> (usize, usize) {
        ids.fold((1, 1), |(rows, columns), id| (rows.max(self.get(id).rows), columns.max(self.get(id).columns)))
    }

    pub fn map(&mut self, f: Elementary, id: ValueId) -> ValueId {
        let (rows, columns) = (self.get(id).rows, self.get(id).columns);
        if f == Elementary::Negate {
            return self.times(-1.0, &[id]);
        }
        self.add(Kind::Map(Keyed(f), id), rows, columns)
    }

    pub fn zip(&mut self, f: Elementary2, a: ValueId, b: ValueId) -> ValueId {
        let (rows, columns) = self.joint([a, b].into_iter());
        self.add(Kind::Zip(Keyed(f), a, b), rows, columns)
    }

    pub fn choose(&mut self, condition: ValueId, yes: ValueId, no: ValueId) -> ValueId {
        let (rows, columns) = self.joint([condition, yes, no].into_iter());
        self.add(Kind::Choose(condition, yes, no), rows, columns)
    }

    /// Σ terms, with coefficients and numbers collected.
    pub fn sum(&mut self, terms: &[(f64, ValueId)]) -> ValueId {
        let mut constant = 0.0;
        let mut rest: Vec<(Exact, ValueId)> = Vec::new();
        for &(coefficient, id) in terms {
            match self.kind(id) {
                Kind::Constant(Exact(x)) => constant += coefficient * x,
                Kind::Times(Exact(c), factors) if factors.len() == 1 => {
                    rest.push((Exact(coefficient * c), factors[0]));
                }
                _ => rest.push((Exact(coefficient), id)),
            }
        }
        match rest[..] {
            [] => self.constant(constant),
            [(Exact(c), id)] if constant == 0.0 => self.times(c, &[id]),
            _ => {
                let (rows, columns) = self.joint(rest.iter().map(|&(_, id)| id));
                self.add(Kind::Sum(rest, Exact(constant)), rows, columns)
            }
        }
    }

    /// coefficient · Π factors, with numbers collected.
    pub fn times(&mut self, coefficient: f64, factors: &[ValueId]) -> ValueId {
        let mut coefficient = coefficient;
        let mut rest = Vec::new();
        for &id in factors {
            match self.kind(id) {
                Kind::Constant(Exact(x)) => coefficient *= x,
                Kind::Times(Exact(c), inner) if *c != 1.0 => {
                    coefficient *= c;
                    let inner = inner.clone();
                    // The product without its coefficient may be known elsewhere.
                    rest.push(self.times(1.0, &inner));
                }
                _ => rest.push(id),
            }
        }
        sorting::sort(&mut rest);
        match rest[..] {
            [] => self.constant(coefficient),
            [one] if coefficient == 1.0 => one,
            _ => {
                let (rows, columns) = self.joint(rest.iter().copied());
                self.add(Kind::Times(Exact(coefficient), rest), rows, columns)
            }
        }
    }

    /// The same numbers as a value of another form.
    pub fn reshaped(&mut self, id: ValueId, rows: usize, columns: usize) -> ValueId {
        let value = self.get(id);
        match value.kind {
            _ if (value.rows, value.columns) == (rows, columns) => id,
            Kind::Reshaped(inner) => self.reshaped(inner, rows, columns),
            _ => self.add(Kind::Reshaped(id), rows, columns),
        }
    }

    pub fn transposed(&mut self, id: ValueId) -> ValueId {
        let (rows, columns) = (self.get(id).rows, self.get(id).columns);
        match *self.kind(id) {
            _ if rows == 1 || columns == 1 => self.reshaped(id, columns, rows),
            Kind::Transposed(inner) => inner,
            _ => self.add(Kind::Transposed(id), columns, rows),
        }
    }

    /// Every entry of a view written out.
    pub fn spread(&mut self, view: View) -> ValueId {
        let value = self.get(view.value);
        if (value.rows, value.columns) == (view.rows, view.columns) {
            return view.value;
        }
        self.add(Kind::Spread(view.value), view.rows, view.columns)
    }

    pub fn row_sums(&mut self, id: ValueId) -> ValueId {
        let (rows, columns) = (self.get(id).rows, self.get(id).columns);
        if columns == 1 { id } else { self.add(Kind::RowSums(id), rows, 1) }
    }

    pub fn column_sums(&mut self, id: ValueId) -> ValueId {
        let (rows, columns) = (self.get(id).rows, self.get(id).columns);
        if rows == 1 { id } else { self.add(Kind::ColumnSums(id), 1, columns) }
    }

    /// The sum of all entries of a view.
    pub fn total(&mut self, view: View) -> ValueId {
        let copies = view.rows * view.columns / self.len(view.value);
        let total = if self.len(view.value) == 1 { view.value } else { self.add(Kind::Total(view.value), 1, 1) };
        self.times(copies as f64, &[total])
    }

    /// The product of two views. Axes that stand for equal rows or columns are never multiplied out: where the inner axis is one
    /// in one factor, the other factor is summed along it.
    pub fn product(&mut self, a: View, b: View) -> View {
        let inner = a.columns;
        let (a_inner, b_inner) = (self.get(a.value).columns, self.get(b.value).rows);
        let value = match (a_inner, b_inner) {
            (1, 1) => self.times(inner as f64, &[a.value, b.value]),
            (1, _) => {
                let sums = self.column_sums(b.value);
                self.times(1.0, &[a.value, sums])
            }
            (_, 1) => {
                let sums = self.row_sums(a.value);
                self.times(1.0, &[sums, b.value])
            }
            _ => self.matrix(a.value, b.value),
        };
        View { value, rows: a.rows, columns: b.columns }
    }

    fn matrix(&mut self, a: ValueId, b: ValueId) -> ValueId {
        let (rows, columns) = (self.get(a).rows, self.get(b).columns);
        match *self.kind(a) {
            Kind::Transposed(inner) if columns == 1 && self.is_scaled(inner) => {
                // K' e is the sum over the rows of K, each times its entry of e: a scaled K is needed elsewhere, as a rule.
                let scaled = self.scale_rows(b, inner);
                let sums = self.column_sums(scaled);
                self.reshaped(sums, rows, 1)
            }
            Kind::Transposed(inner) => self.add(Kind::Matrix(inner, true, b), rows, columns),
            _ => self.add(Kind::Matrix(a, false, b), rows, columns),
        }
    }

    fn is_scaled(&self, id: ValueId) -> bool {
        matches!(self.kind(id), Kind::Times(_, factors) if factors.len() > 1)
    }

    /// Each row of `id` times its entry of the column `factor`, as far inside as it goes: a factor on the rows of a product is
    /// one on the rows of its first matrix. So the errors of a layer are the same value wherever they are met.
    pub fn scale_rows(&mut self, factor: ValueId, id: ValueId) -> ValueId {
        // On the way down, what is around: the other factors of an elementwise product, or the second matrix.
        enum Around {
            Factors(f64, Vec<ValueId>),
            Second(ValueId),
        }
        let mut around = Vec::new();
        let mut inner = id;
        let mut scaled = loop {
            match self.kind(inner).clone() {
                Kind::Matrix(a, false, b) if around.len() < DEPTH => {
                    around.push(Around::Second(b));
                    inner = a;
                }
                Kind::Times(Exact(c), mut factors) => {
                    let product = factors.iter().position(|&f| {
                        matches!(self.kind(f), Kind::Matrix(_, false, _)) && self.get(f).rows == self.get(inner).rows
                    });
                    match product {
                        Some(at) if around.len() < DEPTH => {
                            inner = factors.remove(at);
                            around.push(Around::Factors(c, factors));
                        }
                        _ => {
                            factors.push(factor);
                            break self.times(c, &factors);
                        }
                    }
                }
                _ => break self.times(1.0, &[inner, factor]),
            }
        };
        for layer in around.into_iter().rev() {
            scaled = match layer {
                Around::Second(b) => self.matrix(scaled, b),
                Around::Factors(c, mut factors) => {
                    factors.push(scaled);
                    self.times(c, &factors)
                }
            };
        }
        scaled
    }

    /// Each column of `id` times its entry of `factor`, a column of numbers.
    pub fn scale_columns(&mut self, factor: ValueId, id: ValueId) -> ValueId {
        let len = self.len(factor);
        let row = self.reshaped(factor, 1, len);
        match self.kind(id).clone() {
            Kind::Times(Exact(c), mut factors) => {
                factors.push(row);
                self.times(c, &factors)
            }
            _ => self.times(1.0, &[id, row]),
        }
    }
}
