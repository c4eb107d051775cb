//! Layouts: how a derivative is written as a matrix. The engine works in numerator layout (∂y/∂x is m × n, a scalar's
//! gradient is a row); denominator layout is its transpose; mixed (as matrixcalculus.org) writes gradients as columns
//! and Jacobians as m × n. Numbers and text never depend on it.

use crate::expr::{Arena, NodeId};
use crate::map::Map;
use crate::op::Data;
use crate::ops::arithmetic::{ADD, MULTIPLY, NEGATE};
use crate::ops::build::{DIAG, GRID, IDENTITY};
use crate::ops::pending::{PARTIAL, PARTIAL_TURNED, TOTAL, TOTAL_TURNED};
use crate::ops::products::{PRODUCT, TRANSPOSE};
use crate::request::Layout;

/// Whether the layout shows the transpose of the engine's own form, which for scalars and vectors is the numerator's,
/// and for a scalar by a matrix the matrix of partials itself.
pub fn is_flipped(layout: Layout, value_order: usize, variable_order: usize) -> bool {
    match (value_order, variable_order) {
        (0, 2) => layout == Layout::Numerator,
        (0, _) => layout != Layout::Numerator,
        (1, 0 | 1) | (2, 0) => layout == Layout::Denominator,
        _ => false,
    }
}

/// One sentence for the reader: what is in a row, what in a column.
pub fn note(layout: Layout, value_order: usize, variable_order: usize) -> String {
    match (layout, value_order, variable_order) {
        (_, 0, 0) => say!("layout.one_number"),
        (Layout::Numerator, 0, 1) => say!("layout.row"),
        (Layout::Denominator | Layout::Mixed, 0, 1) => say!("layout.column"),
        (Layout::Numerator, 0, 2) => say!("layout.transposed"),
        (_, 0, 2) => say!("layout.like_variable"),
        (Layout::Denominator, 1, 0) => say!("layout.by_scalar"),
        (_, 1, 0) => say!("layout.components"),
        (Layout::Denominator, 1, 1) => say!("layout.input_output"),
        (_, 1, 1) => say!("layout.output_input"),
        _ => say!("layout.tensor"),
    }
}

/// A statement with its derivatives not yet taken in the signs of the layout: where it shows the transpose of the engine's own
/// form, ∂y/∂x is that transpose, and the engine's own form is written (∂y/∂x)ᵀ.
pub fn signed(arena: &mut Arena, root: NodeId, layout: Layout) -> NodeId {
    let mut written: Map<NodeId, NodeId> = Map::default();
    for id in arena.reachable(&[root]) {
        let is_transposed = arena.is(id, &TRANSPOSE);
        let pending = if is_transposed { arena.args(id)[0] } else { id };
        let turned = match arena.op(pending) {
            op if op == &PARTIAL => &PARTIAL_TURNED,
            op if op == &TOTAL => &TOTAL_TURNED,
            _ => continue,
        };
        let args = arena.args(pending).to_vec();
        let [value, variable] = [0, 1].map(|k| arena.shape(args[k]).order());
        if is_flipped(layout, value, variable) {
            let turned = arena.must(turned, &args, Data::None);
            written.insert(id, if is_transposed { turned } else { arena.transpose(turned) });
        }
    }
    arena.replace(root, &written)
}

/// Whether one of these is a row that was turned: turned back it is simpler.
fn has_a_row(arena: &Arena, nodes: &[NodeId]) -> bool {
    nodes.iter().any(|&id| arena.is(id, &TRANSPOSE))
}

fn are_alike(arena: &Arena, nodes: &[NodeId]) -> bool {
    nodes.iter().all(|&id| arena.shape(id) == arena.shape(nodes[0]))
}

/// The transpose of a statement, pushed inwards to its factors so that it reads in the other layout: products turn round.
pub fn flipped(arena: &mut Arena, root: NodeId) -> NodeId {
    let mut turned: Map<NodeId, NodeId> = Map::default();
    for id in arena.reachable(&[root]) {
        let node = arena.get(id).clone();
        if node.shape.order() > 2 || node.shape.is_scalar() {
            turned.insert(id, id);
            continue;
        }
        let args: Vec<NodeId> = node.args.iter().map(|a| turned[a]).collect();
        let made = if node.op == &TRANSPOSE || node.op == &IDENTITY || (node.op == &DIAG && node.shape.is_matrix()) {
            if node.op == &TRANSPOSE { node.args[0] } else { id }
        } else if node.shape.is_vector() && [&ADD, &MULTIPLY].contains(&node.op) && !has_a_row(arena, &node.args) {
            // (A x - b)ᵀ, and not xᵀ Aᵀ - bᵀ.
            arena.transpose(id)
        } else if [&ADD, &MULTIPLY].contains(&node.op) && !are_alike(arena, &args) {
            // Of size 1 a row, a column and a matrix turn into one another.
            arena.transpose(id)
        } else if node.op == &ADD {
            arena.add(&args)
        } else if node.op == &MULTIPLY {
            // A row of ones turned round beside other factors is a factor 1.
            let worth: Vec<NodeId> = args.iter().copied().filter(|&a| !arena.is_one(a)).collect();
            if worth.is_empty() { arena.multiply(&args) } else { arena.multiply(&worth) }
        } else if node.op == &NEGATE {
            arena.negate(args[0])
        } else if node.op == &PRODUCT {
            let reversed: Vec<NodeId> = args.iter().rev().copied().collect();
            let chain = reversed[1..].iter().try_fold(reversed[0], |c, &f| arena.product(c, f));
            chain.unwrap_or_else(|_| arena.transpose(id))
        } else if let (true, Data::Grid(rows, columns)) = (node.op == &GRID, &node.data) {
            let at = |k: usize| node.args[(k % rows) * columns + k / rows];
            let entries: Vec<NodeId> = (0..rows * columns).map(at).collect();
            arena.must(&GRID, &entries, Data::Grid(*columns, *rows))
        } else if arena.unexpanded(id) != id {
            let scalar = arena.unexpanded(id);
            let transposed = arena.transpose(id);
            if node.shape.is_vector() {
                transposed
            } else {
                let shape = arena.shape(transposed).clone();
                arena.expand(scalar, &shape)
            }
        } else {
            arena.transpose(id)
        };
        turned.insert(id, made);
    }
    turned[&root]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    /// Each layout writes ∂y/∂x for what it means by it: no question asks for a transpose.
    #[test]
    fn every_layout_has_the_plain_sign() {
        let (vector, matrix) = (json!(["n"]), json!(["m", "n"]));
        let vars = json!({"x": vector, "A": matrix, "t": []});
        let questions = [("sum(sin(A*x))", "x"), ("exp(A*x)", "x"), ("t*A", "t"), ("sum((A*x).^2)", "A")];
        for (layout, (expr, by)) in
            ["numerator", "denominator", "mixed"].iter().flat_map(|l| questions.iter().map(move |q| (l, q)))
        {
            let request = json!({"expr": expr, "wrt": by, "vars": vars, "layout": layout, "detail": "page", "way": "differentials"});
            let answer: Value = serde_json::from_str(&crate::call(&request.to_string())).unwrap();
            let question = answer["view"]["question"].as_str().unwrap_or_else(|| panic!("{answer}"));
            assert!(question.starts_with("\\frac"), "{layout}: {question}");
            // A line of the flat list is an equation: no derivative equals a differential.
            for step in answer["steps"].as_array().unwrap() {
                let latex = step["latex"].as_str().unwrap();
                let (left, right) = latex.split_once(" = ").unwrap();
                let has_change = right.contains("\\mathrm{d}");
                assert!(!has_change || left.contains("\\mathrm{d}"), "{layout}: {latex}");
            }
        }
    }
}
