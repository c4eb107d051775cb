//! Beyond matrices: the same derivative of order 3 or more seen in several ways, best first. What it does to a change,
//! its entries, one slice of it, as a matrix between the stacked columns, and (drawn by the page) as blocks.

use crate::contract::TensorView;
use crate::error::Result;
use crate::expr::{Arena, IndexId, NodeId, Place};
use crate::identification::action;
use crate::jacobian::{Naming, local};
use crate::op::{Data, Label};
use crate::ops::build::{PICK, basis};
use crate::ops::kronecker::{KRON, VEC};
use crate::ops::pending::{DIFFERENTIAL, PARTIAL};
use crate::print::{latex::Latex, marked};
use crate::readback::read_back;
use crate::shape::Shape;
use crate::terms::{Term, Terms, by_entries};
use crate::tidy::tidied;
use std::collections::BTreeSet;

/// The views of ∂expr/∂variable; none up to order 2.
pub fn views(arena: &mut Arena, expr: NodeId, variable: NodeId) -> Result<Vec<TensorView>> {
    let (outer, inner) = (arena.shape(expr).order(), arena.shape(variable).order());
    let Some((_, terms)) = local(arena, expr, variable)?.differential else { return Ok(Vec::new()) };
    if outer + inner <= 2 {
        return Ok(Vec::new());
    }
    let mut naming = Naming::new(arena, Vec::new());
    let name = if outer == 2 { naming.whole_matrix() } else { naming.whole() };
    let shape = arena.shape(expr).clone();
    let symbol = arena.new_symbol(&name, shape, Some(expr));
    let views = Views { expr, variable, value: arena.symbol(symbol), outer, inner, terms };
    let all = [views.action(arena)?, Some(views.index(arena)?), views.slice(arena)?, views.kronecker(arena)?];
    let mut all: Vec<TensorView> = all.into_iter().flatten().collect();
    let blocks = say!("views.blocks");
    all.push(TensorView { kind: "blocks".to_owned(), latex: String::new(), note: blocks });
    Ok(all)
}

struct Views {
    expr: NodeId,
    variable: NodeId,
    /// A name for the value.
    value: NodeId,
    outer: usize,
    inner: usize,
    terms: Terms,
}

impl Views {
    fn view(kind: &str, latex: String, note: String) -> TensorView {
        TensorView { kind: kind.to_owned(), latex, note }
    }

    /// `dY = A dX B`, where the map is a product of matrices.
    fn action(&self, arena: &mut Arena) -> Result<Option<TensorView>> {
        let Some(found) = action(arena, self.expr, self.variable, &self.terms) else { return Ok(None) };
        let found = tidied(arena, found)?;
        let change = arena.must(&DIFFERENTIAL, &[self.value], Data::None);
        let latex = format!("{} = {}", marked(arena, change)?, marked(arena, found)?);
        let (y, x) = (marked(arena, self.value)?, marked(arena, self.variable)?);
        let note = say!("views.action", x, y, value = marked(arena, self.expr)?);
        Ok(Some(Self::view("action", latex, note)))
    }

    /// `∂y_i/∂W_jk = δ_ij x_k`.
    fn index(&self, arena: &mut Arena) -> Result<TensorView> {
        let whole = by_entries(arena, &self.terms);
        let whole = tidied(arena, whole)?;
        let (body, indices) = match arena.get(whole).data.clone() {
            Data::Binds(indices) if indices.len() == self.outer + self.inner => (arena.args(whole)[0], indices),
            _ => {
                let dims = self.terms.dims[..self.terms.free].to_vec();
                let indices: Vec<IndexId> = dims.iter().map(|&d| arena.new_index("i", d)).collect();
                (component(arena, whole, &indices), indices)
            }
        };
        let of = component(arena, self.value, &indices[..self.outer]);
        let by = component(arena, self.variable, &indices[self.outer..]);
        let left = arena.insert_with_shape(&PARTIAL, vec![of, by], Data::None, Shape::SCALAR);
        let none = BTreeSet::new();
        let latex = Latex { arena, marks: true, changed: &none }.formulas(&[left, body])?;
        let tied = self.terms.terms.iter().any(|t| t.deltas.iter().any(|&(a, b)| a < self.outer && b >= self.outer));
        let y = marked(arena, self.value)?;
        let note = if tied { say!("views.delta", y) } else { say!("views.index", y) };
        Ok(Self::view("index", latex.join(" = "), note))
    }

    /// One output held fixed (of a matrix by a vector: one input), so that a matrix is left.
    fn slice(&self, arena: &mut Arena) -> Result<Option<TensorView>> {
        let fix_value = self.inner == 2;
        let (fixed, kept) = if fix_value { (self.outer, self.inner) } else { (self.inner, self.outer) };
        if kept != 2 {
            return Ok(None);
        }
        // The kept labels come first; the fixed ones are summed over with unit vectors.
        let terms = if fix_value { self.terms.turned(self.outer) } else { self.terms.clone() };
        let units: Vec<(NodeId, Vec<Label>)> = (0..fixed)
            .map(|axis| {
                let dim = arena.dims.resolve(terms.dims[kept + axis]);
                (basis(arena, dim, 0), vec![axis])
            })
            .collect();
        let applied = terms.applied(arena, kept, &units);
        let Some(matrix) = read_back(arena, &applied) else { return Ok(None) };
        let matrix = tidied(arena, matrix)?;
        let first = |arena: &mut Arena, node: NodeId| {
            let places = vec![Some(Place::Fixed(1)); arena.shape(node).order()];
            arena.must(&PICK, &[node], Data::Subscripts(places))
        };
        let (of, by) = if fix_value {
            (first(arena, self.value), self.variable)
        } else {
            (self.value, first(arena, self.variable))
        };
        let shape = arena.shape(matrix).clone();
        let left = arena.insert_with_shape(&PARTIAL, vec![of, by], Data::None, shape);
        let latex = format!("{} = {}", marked(arena, left)?, marked(arena, matrix)?);
        let what = if fix_value { say!("views.value") } else { say!("views.variable") };
        let note = say!("views.slice", what);
        Ok(Some(Self::view("slices", latex, note)))
    }

    /// `vec(dY) = (Bᵀ ⊗ A) vec(dX)`, where every term is a product of one matrix for rows and one for columns.
    fn kronecker(&self, arena: &mut Arena) -> Result<Option<TensorView>> {
        if self.inner != 2 || self.outer > 2 {
            return Ok(None);
        }
        let mut sum = Vec::new();
        for term in &self.terms.terms {
            let Some((rows, columns)) = self.separated(arena, term) else { return Ok(None) };
            let Ok(product) = arena.make(&KRON, &[columns, rows], Data::None) else { return Ok(None) };
            let number = arena.number(term.number);
            sum.push(arena.multiply(&[number, product]));
        }
        if sum.is_empty() {
            return Ok(None);
        }
        let sum = arena.add(&sum);
        let matrix = tidied(arena, sum)?;
        let changes = [self.value, self.variable].map(|node| arena.must(&DIFFERENTIAL, &[node], Data::None));
        let [left, right] = changes.map(|node| {
            if arena.shape(node).is_matrix() { arena.make(&VEC, &[node], Data::None).unwrap_or(node) } else { node }
        });
        let product = format!("\\left({}\\right)\\,{}", marked(arena, matrix)?, marked(arena, right)?);
        let latex = format!("{} = {product}", marked(arena, left)?);
        let note = say!("views.vec");
        Ok(Some(Self::view("kronecker", latex, note.to_owned())))
    }

    /// A term as (rows of the value by rows of the variable) and (columns by columns); `None` where it is not such a
    /// product. A vector has one column.
    fn separated(&self, arena: &mut Arena, term: &Term) -> Option<(NodeId, NodeId)> {
        let (row, column) = (self.outer, self.outer + 1);
        let sides: [Vec<Label>; 2] = [vec![0, row], if self.outer == 2 { vec![1, column] } else { vec![column] }];
        let mut parts = Vec::new();
        let mut taken = 0;
        for side in &sides {
            let reached = connected(term, side);
            let factors: Vec<_> =
                term.factors.iter().filter(|(_, ls)| ls.iter().any(|l| reached.contains(l))).cloned().collect();
            let deltas: Vec<_> = term.deltas.iter().filter(|(a, _)| reached.contains(a)).copied().collect();
            if reached.iter().any(|&l| l < self.terms.free && !side.contains(&l)) {
                return None;
            }
            taken += factors.len();
            let place = |l: Label| side.iter().position(|&s| s == l).unwrap_or(self.terms.free + l);
            let mut dims = vec![crate::shape::Dim::Size(1); 2 * self.terms.free + self.terms.dims.len()];
            for (l, &dim) in self.terms.dims.iter().enumerate() {
                dims[place(l)] = dim;
            }
            let renamed = Term {
                number: crate::number::Number::ONE,
                factors: factors.into_iter().map(|(n, ls)| (n, ls.into_iter().map(place).collect())).collect(),
                deltas: deltas.into_iter().map(|(a, b)| (place(a).min(place(b)), place(a).max(place(b)))).collect(),
                summed: term.summed.iter().filter(|l| reached.contains(l)).map(|&l| place(l)).collect(),
            };
            let one = Terms { terms: vec![renamed], free: side.len(), dims };
            let node = read_back(arena, &one)?;
            // The one column of a vector: a row of weights for the columns of the variable.
            parts.push(if side.len() == 1 { arena.transpose(node) } else { node });
        }
        let scalars = term.factors.iter().filter(|(_, ls)| ls.is_empty()).count();
        let [rows, columns] = parts[..] else { return None };
        if taken + scalars != term.factors.len() {
            return None;
        }
        let numbers: Vec<NodeId> = term.factors.iter().filter(|(_, ls)| ls.is_empty()).map(|(n, _)| *n).collect();
        let rows = arena.multiply(&numbers.into_iter().chain([rows]).collect::<Vec<_>>());
        Some((rows, columns))
    }
}

/// All labels that factors and deltas connect with the given ones.
fn connected(term: &Term, from: &[Label]) -> BTreeSet<Label> {
    let mut reached: BTreeSet<Label> = from.iter().copied().collect();
    loop {
        let before = reached.len();
        for (_, labels) in &term.factors {
            if labels.iter().any(|l| reached.contains(l)) {
                reached.extend(labels);
            }
        }
        for &(a, b) in &term.deltas {
            if reached.contains(&a) || reached.contains(&b) {
                reached.extend([a, b]);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

fn component(arena: &mut Arena, node: NodeId, indices: &[IndexId]) -> NodeId {
    if indices.is_empty() {
        return node;
    }
    let places = indices.iter().map(|&i| Some(Place::Index(i, 0))).collect();
    arena.must(&PICK, &[node], Data::Subscripts(places))
}
