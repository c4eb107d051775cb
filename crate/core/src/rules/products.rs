//! Products of many factors: their partial derivatives, each the product of the others, are written as one vector, so that
//! what is written grows with the product and not with its square.

use super::numbers::{split_number, with_number};
use super::{At, Tidying, among};
use crate::expr::{Arena, NodeId};
use crate::map::Set;
use crate::op::Data;
use crate::ops::build::LIST;
use crate::ops::reductions::PROD_OTHERS;

/// So many partial derivatives are still written out: `[y z, x z, x y]` reads better than any name for it.
const MOST_WRITTEN_OUT: usize = 8;

pub const RULES: &[Tidying] = &[Tidying {
    id: "products-of-the-others",
    title: "Each factor left out once",
    from: "2 * [v*c*d*x*y*z*A*B, u*c*d*x*y*z*A*B, u*v*d*x*y*z*A*B, u*v*c*x*y*z*A*B, \
           u*v*c*d*y*z*A*B, u*v*c*d*x*z*A*B, u*v*c*d*x*y*A*B, u*v*c*d*x*y*z*B, \
           u*v*c*d*x*y*z*A]",
    to: "2 * prod_others([u, v, c, d, x, y, z, A, B])",
    given: "u: [], v: [], c: [], d: [], x: [], y: [], z: [], A: [], B: []",
    why: "Entry i is the product of all factors but the i-th: that has a name.",
    source: "definition of prod_others",
    housekeeping: false,
    at: At::Ops(&[&LIST]),
    among: among::ANYTHING,
    apply: products_of_others,
}];

/// The factors of the first list that the second has not, each as often as it is missing.
fn missing(all: &[NodeId], from: &[NodeId]) -> Vec<NodeId> {
    let mut rest = from.to_vec();
    let mut missing = Vec::new();
    for &factor in all {
        match rest.iter().position(|&f| f == factor) {
            Some(at) => {
                rest.swap_remove(at);
            }
            None => missing.push(factor),
        }
    }
    missing
}

fn products_of_others(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &LIST) || arena.args(id).len() <= MOST_WRITTEN_OUT {
        return None;
    }
    let entries: Vec<_> = arena.args(id).iter().map(|&entry| split_number(arena, entry)).collect();
    let (number, first) = entries[0].clone();
    // The product as a whole: the first entry, and what the second has beyond it.
    let [first_out] = missing(&entries[1].1, &first)[..] else { return None };
    let whole: Vec<NodeId> = std::iter::once(first_out).chain(first).collect();
    let mut left_out = Vec::new();
    for (n, factors) in &entries {
        let [out] = missing(&whole, factors)[..] else { return None };
        if *n != number || factors.len() + 1 != whole.len() {
            return None;
        }
        left_out.push(out);
    }
    if left_out.iter().collect::<Set<_>>().len() != left_out.len() {
        return None;
    }
    let common = missing(&whole, &left_out);
    let list = arena.must(&LIST, &left_out, Data::None);
    let others = arena.must(&PROD_OTHERS, &[list], Data::None);
    let factors: Vec<NodeId> = common.into_iter().chain([others]).collect();
    Some(with_number(arena, number, &factors, id))
}
