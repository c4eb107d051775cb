//! Index terms with the constant `split(m, n)`, which derivatives through `vec` and `kron` bring: contracted with a vector
//! it is that vector as a matrix, with a matrix that matrix as a vector; alone it says nothing.

use crate::expr::{Arena, NodeId};
use crate::op::{Data, Label};
use crate::ops::kronecker::{SPLIT, as_matrix, as_vector};
use crate::shape::Shape;
use crate::terms::{Term, without_unit_axes};

/// Contracts such factors as far as it goes. Labels below `free` are not summed over.
pub fn contract(arena: &mut Arena, term: &mut Term, free: usize) {
    if !term.factors.iter().any(|(node, _)| arena.is(*node, &SPLIT)) {
        return;
    }
    for (node, labels) in &mut term.factors {
        (*node, *labels) = without_unit_axes(arena, *node, labels);
    }
    while (0..term.factors.len()).any(|at| arena.is(term.factors[at].0, &SPLIT) && contract_one(arena, term, at, free))
    {
    }
}

/// Where the other factors carry a label.
fn users(term: &Term, but: usize, label: Label) -> Vec<usize> {
    (0..term.factors.len()).filter(|&k| k != but && term.factors[k].1.contains(&label)).collect()
}

fn contract_one(arena: &mut Arena, term: &mut Term, at: usize, free: usize) -> bool {
    let (node, labels) = term.factors[at].clone();
    let [whole, outer, inner] = labels[..] else { return false };
    let sizes = arena.shape(node).0.clone();
    if whole >= free {
        let others = users(term, at, whole);
        if others.iter().all(|&k| term.factors[k].1 == [whole]) {
            // Vectors over the whole index become one matrix; without any, every pair of indices meets it once.
            let vectors: Vec<NodeId> = others.iter().map(|&k| term.factors[k].0).collect();
            remove(term, others, at);
            term.summed.remove(&whole);
            if !vectors.is_empty() {
                let vector = arena.multiply(&vectors);
                let matrix = as_matrix(arena, vector, Shape::matrix(sizes[2], sizes[1]));
                term.factors.push((matrix, vec![inner, outer]));
            }
            return true;
        }
    }
    if outer >= free && inner >= free && outer != inner {
        let (left, right) = (users(term, at, outer), users(term, at, inner));
        if let ([one], [same]) = (&left[..], &right[..])
            && one == same
            && term.factors[*one].1.len() == 2
        {
            let (matrix, own) = term.factors[*one].clone();
            let matrix = if own == [inner, outer] { matrix } else { arena.transpose(matrix) };
            // A row is written as a vector wherever it can be.
            if arena.shape(matrix).order() != 2 {
                return false;
            }
            let vector = as_vector(arena, matrix);
            remove(term, left, at);
            term.summed.remove(&outer);
            term.summed.remove(&inner);
            term.factors.push((vector, vec![whole]));
            return true;
        }
    }
    false
}

fn remove(term: &mut Term, mut others: Vec<usize>, at: usize) {
    others.push(at);
    let mut place = 0;
    term.factors.retain(|_| {
        place += 1;
        !others.contains(&(place - 1))
    });
}

/// True where a factor is such a constant: the sizes that it splits into.
pub fn sizes(arena: &Arena, node: NodeId) -> Option<Shape> {
    match &arena.get(node).data {
        Data::Shape(sizes) if arena.is(node, &SPLIT) => Some(sizes.clone()),
        _ => None,
    }
}
