//! The operators and functions of the language, one entry each, by family.

pub mod abstracts;
pub mod arithmetic;
pub mod build;
pub mod elementwise;
pub mod kronecker;
pub mod leaves;
pub mod linalg;
pub mod pending;
pub mod products;
pub mod reductions;

use crate::map::Map;
use crate::op::{Op, Typed};
use crate::rule::Rule;
use std::sync::OnceLock;

/// Every operator, family by family; the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Op> {
    let families: [&[&'static Op]; 14] = [
        leaves::OPS,
        arithmetic::OPS,
        elementwise::exponential::OPS,
        elementwise::trigonometric::OPS,
        elementwise::hyperbolic::OPS,
        elementwise::activation::OPS,
        elementwise::OPS,
        products::OPS,
        linalg::OPS,
        kronecker::OPS,
        reductions::OPS,
        build::OPS,
        abstracts::OPS,
        pending::OPS,
    ];
    families.into_iter().flatten().copied()
}

/// The function a user calls by this name or alias. A name may stand for several operators with different numbers of
/// arguments (`max(v)`, `max(a, b)`): then the number decides.
pub fn find(name: &str, arguments: usize) -> Option<&'static Op> {
    static NAMED: OnceLock<Map<&'static str, Vec<&'static Op>>> = OnceLock::new();
    let named = NAMED.get_or_init(|| {
        let mut named: Map<&'static str, Vec<&'static Op>> = Map::default();
        for op in all().filter(|op| matches!(op.typed, Typed::Call { .. })) {
            op.names().for_each(|name| named.entry(name).or_default().push(op));
        }
        named
    });
    let named = named.get(name)?;
    let fits =
        |op: &&&'static Op| matches!(op.typed, Typed::Call { least, most } if (least..=most).contains(&arguments));
    named.iter().find(fits).or_else(|| named.first()).copied()
}

/// True for every name that the language gives a meaning as a function.
pub fn is_function(name: &str) -> bool {
    find(name, 1).is_some()
}

/// The rules of all operators.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    all().flat_map(|op| op.rules().iter())
}

/// Operators that get no line of their own in a derivation: signs, transposes, expansions and components are looked
/// through, since notation hardly shows them.
pub fn is_quiet(op: &'static Op) -> bool {
    [&arithmetic::NEGATE, &arithmetic::EXPAND, &products::TRANSPOSE, &build::PICK].contains(&op)
}
