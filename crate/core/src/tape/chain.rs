//! Chains of matrix products: diagonal matrices become factors on rows or columns, and the others are multiplied in the order
//! that costs least.

use crate::tape::graph::{Graph, Kind, View};

/// One factor of a chain.
#[derive(Clone, Copy, Debug)]
pub enum Factor {
    Matrix(View),
    /// A square matrix with these numbers on its diagonal.
    Diagonal(View),
}

/// The product of a chain; `None` where all factors are diagonal.
pub fn chain(graph: &mut Graph, factors: &[Factor]) -> Option<View> {
    let mut matrices: Vec<View> = Vec::new();
    // Diagonals that wait for a matrix on their right.
    let mut waiting: Vec<View> = Vec::new();
    for (at, factor) in factors.iter().enumerate() {
        match *factor {
            Factor::Matrix(view) => {
                let mut view = view;
                for diagonal in waiting.drain(..).rev() {
                    view = scaled(graph, diagonal, view, true);
                }
                matrices.push(view);
            }
            Factor::Diagonal(diagonal) => {
                let right = factors[at + 1..].iter().find_map(|f| match f {
                    Factor::Matrix(view) => Some(*view),
                    Factor::Diagonal(_) => None,
                });
                match (matrices.last().copied(), right) {
                    (Some(left), right) if right.is_none_or(|right| rank(graph, left) > rank(graph, right)) => {
                        let view = scaled(graph, diagonal, left, false);
                        matrices.pop();
                        matrices.push(view);
                    }
                    _ => waiting.push(diagonal),
                }
            }
        }
    }
    if matrices.is_empty() {
        return None;
    }
    Some(multiplied(graph, &matrices))
}

/// What a factor is better multiplied into: not a variable or an activation, which are needed as they are.
fn rank(graph: &Graph, view: View) -> usize {
    let mut id = view.value;
    while let Kind::Transposed(inner) | Kind::Reshaped(inner) = *graph.kind(id) {
        id = inner;
    }
    match graph.kind(id) {
        Kind::Input(_) | Kind::Constant(_) => 0,
        Kind::Map(..) => 1,
        _ => 2,
    }
}

/// A view with its rows (or columns) scaled by the entries of a diagonal.
fn scaled(graph: &mut Graph, diagonal: View, view: View, rows: bool) -> View {
    let factor = diagonal.value;
    // One number for the whole diagonal scales everything.
    if graph.len(factor) == 1 {
        return View { value: graph.times(1.0, &[factor, view.value]), ..view };
    }
    let transposed = match *graph.kind(view.value) {
        Kind::Transposed(inner) => Some(inner),
        _ => None,
    };
    let value = match (transposed, rows) {
        (Some(inner), true) => {
            let inner = graph.scale_columns(factor, inner);
            graph.transposed(inner)
        }
        (Some(inner), false) => {
            let inner = graph.scale_rows(factor, inner);
            graph.transposed(inner)
        }
        (_, true) if graph.get(view.value).rows == 1 => graph.times(1.0, &[factor, view.value]),
        (_, true) => graph.scale_rows(factor, view.value),
        (_, false) => graph.scale_columns(factor, view.value),
    };
    View { value, ..view }
}

/// The matrices multiplied in the cheapest order (the dynamic programme of Godbole 1973), from the left where it is all the same.
fn multiplied(graph: &mut Graph, matrices: &[View]) -> View {
    let count = matrices.len();
    if count > 64 {
        let mut product = matrices[0];
        for &next in &matrices[1..] {
            product = graph.product(product, next);
        }
        return product;
    }
    let cost = |from: usize, split: usize, to: usize| {
        matrices[from].rows as f64 * matrices[split].columns as f64 * matrices[to].columns as f64
    };
    // best[from][to]: the least cost of the factors from..=to, and where the last product is.
    let mut best = vec![vec![(0.0f64, 0usize); count]; count];
    for len in 1..count {
        for from in 0..count - len {
            let to = from + len;
            let mut least = (f64::INFINITY, from);
            for split in (from..to).rev() {
                let whole = best[from][split].0 + best[split + 1][to].0 + cost(from, split, to);
                if whole < least.0 {
                    least = (whole, split);
                }
            }
            best[from][to] = least;
        }
    }
    // The splits as a list, outermost first; then the products, innermost first.
    let mut open = vec![(0, count - 1)];
    let mut order = Vec::new();
    while let Some((from, to)) = open.pop() {
        if from < to {
            let split = best[from][to].1;
            order.push((from, split, to));
            open.extend([(from, split), (split + 1, to)]);
        }
    }
    let mut made: crate::ordered::Ordered<(usize, usize), View> =
        matrices.iter().enumerate().map(|(at, &view)| ((at, at), view)).collect();
    for (from, split, to) in order.into_iter().rev() {
        let product = graph.product(made[&(from, split)], made[&(split + 1, to)]);
        made.insert((from, to), product);
    }
    made[&(0, count - 1)]
}
