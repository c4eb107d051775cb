//! Reading index terms back as matrix notation: a graph reduction, not a table of patterns. Labels are vertices, factors
//! of order 2 are edges, factors of order 1 weigh a vertex. Series edges are products, parallel edges ⊙, loops a
//! diagonal, tied terminals diag(v). What does not reduce stays in index notation, honestly.

use crate::expr::{Arena, NodeId, Place};
use crate::op::{Data, Label};
use crate::ops;
use crate::ordered::Ordered;
use crate::shape::{Dim, Shape};
use crate::terms::{Term, Terms, without_unit_axes};

/// The terms as an expression whose shape is the free labels' sizes; `None` above order 2 or where a term does not reduce.
pub fn read_back(arena: &mut Arena, terms: &Terms) -> Option<NodeId> {
    if terms.free > 2 {
        return None;
    }
    let shape = Shape(terms.dims[..terms.free].iter().map(|&d| arena.dims.resolve(d)).collect());
    let mut sum = Vec::new();
    for term in &terms.terms {
        let mut graph = Graph::new(arena, terms, term)?;
        graph.reduce();
        let product = graph.finish(&term.deltas)?;
        sum.push(signed(arena, term, product));
    }
    if sum.is_empty() {
        return Some(arena.zeros(&shape));
    }
    let whole = arena.add(&sum);
    Some(arena.expand(whole, &shape))
}

/// A term's sign in front of what it multiplies.
pub fn signed(arena: &mut Arena, term: &Term, product: NodeId) -> NodeId {
    if term.number.is_negative() { arena.negate(product) } else { product }
}

struct Edge {
    node: NodeId,
    from: Label,
    to: Label,
    /// The place of its last factor in the term: what came first on the way down is put together first.
    age: usize,
}

struct Graph<'a> {
    arena: &'a mut Arena,
    terms: &'a Terms,
    scalars: Vec<NodeId>,
    edges: Vec<Edge>,
    weights: Ordered<Label, Vec<NodeId>>,
    /// The age of the youngest weight of a vertex.
    ages: Ordered<Label, usize>,
    /// Summed labels still there.
    summed: Vec<Label>,
}

impl<'a> Graph<'a> {
    fn new(arena: &'a mut Arena, terms: &'a Terms, term: &Term) -> Option<Graph<'a>> {
        let mut graph = Graph {
            arena,
            terms,
            scalars: Vec::new(),
            edges: Vec::new(),
            weights: Ordered::new(),
            ages: Ordered::new(),
            summed: Vec::new(),
        };
        // A minus is written in front of the whole (`signed`).
        let size = if term.number.is_negative() { term.number.negated() } else { term.number };
        if !size.is_one() {
            let number = graph.arena.number(size);
            graph.scalars.push(number);
        }
        for (age, (node, labels)) in term.factors.iter().enumerate() {
            let (node, labels) = without_unit_axes(graph.arena, *node, labels);
            for &l in &labels {
                if l >= terms.free && !graph.summed.contains(&l) {
                    graph.summed.push(l);
                }
            }
            match labels[..] {
                [] => graph.scalars.push(node),
                [l] => graph.weigh(l, node, age),
                [a, b] if a == b => {
                    let diagonal = graph.diagonal_of(node);
                    graph.weigh(a, diagonal, age);
                }
                [from, to] => graph.edges.push(Edge { node, from, to, age }),
                _ => return None,
            }
        }
        Some(graph)
    }

    fn weigh(&mut self, label: Label, vector: NodeId, age: usize) {
        // A matrix of one column, whose other axis has no label, is that column.
        let is_column = self.arena.shape(vector).is_matrix() && !self.arena.shape(vector).is_row();
        let vector = if is_column {
            let column = Data::Subscripts(vec![None, Some(Place::Fixed(1))]);
            self.arena.must(&ops::build::PICK, &[vector], column)
        } else {
            vector
        };
        self.weights.or_default(label).push(vector);
        let youngest = self.ages.or_default(label);
        *youngest = (*youngest).max(age);
    }

    /// The age of the youngest thing at a vertex.
    fn age(&self, label: Label) -> usize {
        let edges = self.edges.iter().filter(|e| e.from == label || e.to == label).map(|e| e.age);
        edges.chain(self.ages.get(&label).copied()).max().unwrap_or(0)
    }

    fn diagonal_of(&mut self, node: NodeId) -> NodeId {
        self.arena.must(&ops::build::DIAG, &[node], Data::None)
    }

    /// The weight of a vertex as one vector, if it has any.
    fn take_weight(&mut self, label: Label) -> Option<NodeId> {
        let weights = self.weights.remove(&label)?;
        Some(self.arena.multiply(&weights))
    }

    fn ones(&mut self, label: Label) -> NodeId {
        let dim = self.arena.dims.resolve(self.terms.dims[label]);
        self.arena.ones(&Shape::vector(dim))
    }

    /// An edge's matrix with the given vertex as its rows.
    fn matrix_at(&mut self, edge: &Edge, vertex: Label) -> NodeId {
        if edge.from == vertex { edge.node } else { self.arena.transpose(edge.node) }
    }

    fn degree(&self, label: Label) -> usize {
        self.edges.iter().filter(|e| e.from == label || e.to == label).count()
    }

    /// Removes summed vertices as long as one has at most two edges; merges parallel edges where that helps.
    fn reduce(&mut self) {
        loop {
            // Two edges into one free label are ⊙ of two matrices rather than the diagonal of their product.
            if self.merge_parallel(|graph, edge| edge.from.min(edge.to) < graph.terms.free) {
                continue;
            }
            let few = self.summed.iter().copied().filter(|&l| self.degree(l) <= 2);
            let next = few.min_by_key(|&l| (self.degree(l), self.age(l)));
            match next {
                Some(label) => self.remove(label),
                None if self.merge_parallel(|_, _| true) => {}
                None => break,
            }
        }
    }

    fn remove(&mut self, label: Label) {
        self.summed.retain(|&l| l != label);
        let touching: Vec<usize> =
            (0..self.edges.len()).filter(|&k| self.edges[k].from == label || self.edges[k].to == label).collect();
        match touching[..] {
            [] => self.close(label),
            [one] => {
                let edge = self.edges.remove(one);
                let other = if edge.from == label { edge.to } else { edge.from };
                let matrix = self.matrix_at(&edge, other);
                let age = self.ages.get(&label).copied().unwrap_or(0);
                let weight = self.take_weight(label).unwrap_or_else(|| self.ones(label));
                let vector = self.arena.chain(&[matrix, weight]);
                // A row (unit axis) times a vector is a number.
                if self.arena.shape(vector).is_scalar() {
                    self.scalars.push(vector);
                } else {
                    self.weigh(other, vector, edge.age.max(age));
                }
            }
            [first, second] => {
                let after = self.edges.remove(second);
                let before = self.edges.remove(first);
                self.join(before, after, label);
            }
            _ => unreachable!("reduce offers vertices with at most two edges"),
        }
    }

    /// A summed vertex without edges: a dot product, a sum, or the number of its values.
    fn close(&mut self, label: Label) {
        let mut weights = self.weights.remove(&label).unwrap_or_default();
        let scalar = match weights.len() {
            0 if self.arena.dims.resolve(self.terms.dims[label]) == Dim::Size(1) => return,
            0 => self.arena.dim_value(self.terms.dims[label]),
            // The sum of a diagonal is a trace.
            1 if self.arena.is(weights[0], &ops::build::DIAG) => {
                let matrix = self.arena.args(weights[0])[0];
                self.arena.must(&ops::build::TRACE, &[matrix], Data::None)
            }
            1 => self.arena.must(&ops::reductions::SUM, &weights, Data::None),
            _ => {
                let last = weights.pop().unwrap_or(weights[0]);
                let first = self.arena.multiply(&weights);
                self.arena.must(&ops::products::DOT, &[first, last], Data::None)
            }
        };
        self.scalars.push(scalar);
    }

    /// Two edges that meet in a summed vertex become one: `A diag(w) B`, in the direction with fewer transposes.
    fn join(&mut self, before: Edge, after: Edge, middle: Label) {
        let start = if before.from == middle { before.to } else { before.from };
        let end = if after.from == middle { after.to } else { after.from };
        let forward = usize::from(before.from == middle) + usize::from(after.from != middle);
        let (first, second, start, end) =
            if forward <= 1 { (before, after, start, end) } else { (after, before, end, start) };
        let left = self.matrix_at(&first, start);
        let right = self.matrix_at(&second, middle);
        let mut chain = vec![left];
        if let Some(weight) = self.take_weight(middle) {
            chain.push(self.arena.must(&ops::build::DIAG, &[weight], Data::None));
        }
        chain.push(right);
        let matrix = self.arena.chain(&chain);
        let age = first.age.max(second.age).max(self.ages.get(&middle).copied().unwrap_or(0));
        if self.arena.shape(matrix).is_scalar() {
            self.scalars.push(matrix);
        } else if start != end {
            self.edges.push(Edge { node: matrix, from: start, to: end, age });
        } else if start >= self.terms.free && self.degree(start) == 0 && !self.weights.contains_key(&start) {
            self.summed.retain(|&l| l != start);
            let trace = self.arena.must(&ops::build::TRACE, &[matrix], Data::None);
            self.scalars.push(trace);
        } else {
            let diagonal = self.diagonal_of(matrix);
            self.weigh(start, diagonal, age);
        }
    }

    /// Makes two edges between the same vertices one; false where no wanted ones are left.
    fn merge_parallel(&mut self, wanted: impl Fn(&Self, &Edge) -> bool) -> bool {
        for k in 0..self.edges.len() {
            if !wanted(self, &self.edges[k]) {
                continue;
            }
            let ends = |e: &Edge| (e.from.min(e.to), e.from.max(e.to));
            let Some(j) = (k + 1..self.edges.len()).find(|&j| ends(&self.edges[j]) == ends(&self.edges[k])) else {
                continue;
            };
            let second = self.edges.remove(j);
            let first = self.edges.remove(k);
            let matrix = self.matrix_at(&second, first.from);
            let node = self.arena.multiply(&[first.node, matrix]);
            let age = first.age.max(second.age);
            self.edges.push(Edge { node, age, ..first });
            return true;
        }
        false
    }

    /// What is left stands between the free labels.
    fn finish(mut self, deltas: &[(Label, Label)]) -> Option<NodeId> {
        while self.merge_parallel(|_, _| true) {}
        if !self.summed.is_empty() {
            return None;
        }
        let body = match self.terms.free {
            0 => None,
            1 => Some(self.take_weight(0).unwrap_or_else(|| self.ones(0))),
            _ => Some(self.between_terminals(!deltas.is_empty())),
        };
        let mut factors = std::mem::take(&mut self.scalars);
        factors.extend(body);
        Some(self.arena.multiply(&factors))
    }

    fn between_terminals(&mut self, tied: bool) -> NodeId {
        let (rows, columns) = (self.take_weight(0), self.take_weight(1));
        let edge = self.edges.pop();
        if tied {
            // Both labels are one: a diagonal of everything on it.
            let mut on_it: Vec<NodeId> = rows.into_iter().chain(columns).collect();
            if let Some(edge) = edge {
                on_it.push(self.diagonal_of(edge.node));
            }
            if on_it.is_empty() {
                return self.arena.identity(self.terms.dims[0]);
            }
            let vector = self.arena.multiply(&on_it);
            return self.arena.must(&ops::build::DIAG, &[vector], Data::None);
        }
        match edge {
            Some(edge) => {
                let matrix = self.matrix_at(&edge, 0);
                let mut chain = Vec::new();
                for (weight, after) in [(rows, false), (columns, true)] {
                    if after {
                        chain.push(matrix);
                    }
                    if let Some(w) = weight {
                        chain.push(self.arena.must(&ops::build::DIAG, &[w], Data::None));
                    }
                }
                self.arena.chain(&chain)
            }
            None if rows.is_none() && columns.is_none() => {
                let dims = [0, 1].map(|l| self.arena.dims.resolve(self.terms.dims[l]));
                self.arena.ones(&Shape::matrix(dims[0], dims[1]))
            }
            None => {
                // A unit axis needs no outer product: the other axis says it all.
                let left = rows.unwrap_or_else(|| self.ones(0));
                let right = columns.unwrap_or_else(|| self.ones(1));
                let row = self.arena.transpose(right);
                if self.arena.dims.resolve(self.terms.dims[0]) == Dim::Size(1) {
                    let first = ops::build::first(self.arena, left);
                    return self.arena.multiply(&[first, row]);
                }
                self.arena.chain(&[left, row])
            }
        }
    }
}
