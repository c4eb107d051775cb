//! Zeros, ones, and arithmetic of numbers.

use super::{At, Tidying, among};
use crate::expr::{Arena, NodeId};
use crate::number::Number;
use crate::ops::arithmetic::{ADD, DIVIDE, EXPAND, MULTIPLY, NEGATE, POWER};
use crate::ops::build::{DIAG, IDENTITY, PICK, SUM_OVER, TENSOR, TRACE};
use crate::ops::leaves::NUMBER;
use crate::ops::pending::DIFFERENTIAL;
use crate::ops::products::{DOT, PRODUCT, TRANSPOSE};
use crate::ops::reductions::{COLSUMS, MEAN, ROWSUMS, SUM};
use crate::sorting;

/// So many of the rules, the first ones, are what nobody writes down when applying a rule.
pub const FOLDING: usize = 3;

pub const RULES: &[Tidying] = &[
    Tidying {
        id: "drop-zeros",
        title: "Drop zeros",
        from: "x + zeros(n) + 0 * y",
        to: "x",
        given: "",
        why: "Adding 0 changes nothing, and 0 times anything is 0.",
        source: "arithmetic",
        housekeeping: true,
        at: At::Ops(&[
            &ADD, &MULTIPLY, &PRODUCT, &DOT, &NEGATE, &TRANSPOSE, &SUM, &MEAN, &ROWSUMS, &COLSUMS, &TRACE, &DIAG,
            &SUM_OVER, &PICK, &TENSOR, &DIVIDE,
        ]),
        among: among::ZERO,
        apply: drop_zeros,
    },
    Tidying {
        id: "drop-ones",
        title: "Drop ones",
        from: "1 * x.^1",
        to: "x",
        given: "",
        why: "Multiplying by 1 changes nothing, and the first power is the number itself.",
        source: "arithmetic",
        housekeeping: true,
        at: At::Ops(&[&MULTIPLY, &DIVIDE, &POWER, &PRODUCT, &TRANSPOSE]),
        among: among::ONE | among::ZERO,
        apply: drop_ones,
    },
    Tidying {
        id: "combine-numbers",
        title: "Combine numbers",
        from: "2 * c * 3",
        to: "6 * c",
        given: "",
        why: "Numbers multiply and add up; they are written in front.",
        source: "arithmetic",
        housekeeping: true,
        at: At::Ops(&[&MULTIPLY, &NEGATE, &ADD, &DIVIDE, &POWER, &EXPAND]),
        among: among::NUMBER | among::SIGN | among::EXPANSION | among::NUMBERED,
        apply: combine_numbers,
    },
    Tidying {
        id: "order-of-factors",
        title: "Order the factors",
        from: "2 * exp(c) * c^2",
        to: "2 * c^2 * exp(c)",
        given: "c: []",
        why: "Numbers stand first, then letters and their powers, then functions.",
        source: "arithmetic",
        housekeeping: true,
        at: At::Ops(&[&MULTIPLY]),
        among: among::ANYTHING,
        apply: order_factors,
    },
];

/// Factors of a scalar product in reading order. (Vectors and matrices keep theirs.)
fn order_factors(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.is(id, &MULTIPLY) || !arena.shape(id).is_scalar() {
        return None;
    }
    let is_letter = |arena: &Arena, f: NodeId| {
        let base = if arena.is(f, &POWER) && arena.is_number(arena.args(f)[1]) { arena.args(f)[0] } else { f };
        arena.args(base).is_empty() || (arena.is(base, &PICK) && arena.args(arena.args(base)[0]).is_empty())
    };
    let rank = |arena: &Arena, f: NodeId| match (arena.number_of(f), is_letter(arena, f)) {
        (Some(_), _) => 0,
        (None, true) => 1,
        // What multiplies a change stands before it.
        (None, false) => 2 + i32::from(arena.is(f, &DIFFERENTIAL)),
    };
    if arena.args(id).is_sorted_by_key(|&f| rank(arena, f)) {
        return None;
    }
    let mut factors = arena.args(id).to_vec();
    sorting::sort_by_key(&mut factors, |&f| rank(arena, f));
    Some(arena.multiply(&factors))
}

fn drop_zeros(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if !arena.args(id).iter().any(|&a| arena.is_zero(a)) {
        return None;
    }
    let node = arena.get(id).clone();
    if node.op == &ADD {
        let rest: Vec<NodeId> = node.args.iter().copied().filter(|&a| !arena.is_zero(a)).collect();
        return Some(if rest.is_empty() { arena.zeros(&node.shape) } else { arena.add(&rest) });
    }
    if arena.is_zero(id) {
        return None;
    }
    let absorbing = [&MULTIPLY, &PRODUCT, &DOT].contains(&node.op);
    let linear = [&NEGATE, &TRANSPOSE, &SUM, &MEAN, &ROWSUMS, &COLSUMS, &TRACE, &DIAG, &SUM_OVER, &PICK, &TENSOR];
    let fraction = node.op == &DIVIDE && arena.is_zero(node.args[0]);
    (absorbing || linear.contains(&node.op) || fraction).then(|| arena.zeros(&node.shape))
}

fn drop_ones(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let (op, args) = (arena.op(id), arena.args(id));
    if op == &MULTIPLY && args.iter().any(|&a| arena.is_one(a)) {
        let rest: Vec<NodeId> = args.iter().copied().filter(|&a| !arena.is_one(a)).collect();
        let shape = arena.shape(id).clone();
        return if rest.is_empty() { Some(arena.ones(&shape)) } else { Some(arena.multiply(&rest)) };
    }
    if op == &DIVIDE && arena.is_one(args[1]) {
        return Some(args[0]);
    }
    if op == &POWER {
        let exponent = arena.number_of(args[1])?;
        if exponent.is_one() {
            return Some(args[0]);
        }
        if exponent.is_zero() {
            let shape = arena.shape(id).clone();
            return Some(arena.ones(&shape));
        }
    }
    if op == &PRODUCT && args.iter().any(|&a| arena.is(a, &IDENTITY)) {
        let rest: Vec<NodeId> = args.iter().copied().filter(|&a| !arena.is(a, &IDENTITY)).collect();
        return if rest.is_empty() { Some(args[0]) } else { Some(arena.chain(&rest)) };
    }
    (op == &TRANSPOSE && arena.is(args[0], &IDENTITY)).then(|| args[0])
}

/// True for a number as it is written in front of a product: no sign of its own, not 1, not −1.
pub fn is_coefficient(arena: &Arena, id: NodeId) -> bool {
    arena.is_number(id)
        && !arena.is_one(id)
        && arena.is(arena.unexpanded(id), &NUMBER)
        && arena.number_of(id) != Some(Number::MINUS_ONE)
}

/// True where there is nothing to combine: of a product the number, if it has one, stands in front, without signs.
pub(super) fn is_combined(arena: &Arena, id: NodeId) -> bool {
    let (op, args) = (arena.op(id), arena.args(id));
    let is_plain = |a: NodeId| !arena.is(a, &NEGATE) && !arena.is_number(a);
    let in_front = |a: NodeId| is_plain(a) || is_coefficient(arena, a);
    if op == &MULTIPLY {
        return in_front(args[0]) && args[1..].iter().all(|&a| is_plain(a));
    }
    if op == &NEGATE {
        let inner = args[0];
        let factors = if arena.is(inner, &MULTIPLY) { arena.args(inner) } else { args };
        return !arena.is(inner, &EXPAND) && factors.iter().all(|&a| is_plain(a));
    }
    let numbers = args.iter().filter(|&&a| arena.is_number(a)).count();
    // What has none, or a single one beside other things.
    numbers < 2 && (op != &ADD || !args.iter().any(|&a| arena.is(a, &EXPAND)))
}

/// The number and the other factors of a product, seen through signs.
pub fn split_number(arena: &Arena, id: NodeId) -> (Number, Vec<NodeId>) {
    if let Some(n) = arena.number_of(id) {
        return (n, Vec::new());
    }
    if arena.is(id, &NEGATE) {
        let (n, rest) = split_number(arena, arena.args(id)[0]);
        return (n.negated(), rest);
    }
    if arena.is(id, &MULTIPLY) {
        let mut number = Number::ONE;
        let mut rest = Vec::new();
        for &a in arena.args(id) {
            match arena.number_of(a) {
                Some(n) => number = number.times(n),
                None if arena.is(a, &NEGATE) => {
                    number = number.negated();
                    rest.push(arena.args(a)[0]);
                }
                None => rest.push(a),
            }
        }
        return (number, rest);
    }
    (Number::ONE, vec![id])
}

/// `number · rest` of the shape of `like`: the number in front, a sign for −1.
pub fn with_number(arena: &mut Arena, number: Number, rest: &[NodeId], like: NodeId) -> NodeId {
    let shape = arena.shape(like).clone();
    if rest.is_empty() {
        let n = arena.number(number);
        return arena.expand(n, &shape);
    }
    // A scalar is worked out before it is expanded, signs and numbers too, so that tidy forms have one place for them.
    let product = arena.multiply(rest);
    let product = arena.unexpanded(product);
    let made = if number.is_one() {
        product
    } else if number == Number::MINUS_ONE {
        arena.negate(product)
    } else {
        let n = arena.number(number);
        arena.multiply(&[n, product])
    };
    arena.expand(made, &shape)
}

fn combine_numbers(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    if is_combined(arena, id) { None } else { combined(arena, id) }
}

/// The same without a glance before.
pub(super) fn combined(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let node = arena.get(id).clone();
    let numbers: Vec<Option<Number>> = node.args.iter().map(|&a| arena.number_of(a)).collect();
    let made = if node.op == &MULTIPLY || node.op == &NEGATE {
        let (number, rest) = split_number(arena, id);
        with_number(arena, number, &rest, id)
    } else if node.op == &ADD && numbers.iter().flatten().count() > 1 {
        let total = numbers.iter().flatten().fold(Number::ZERO, |t, n| t.plus(*n));
        let total = arena.number(total);
        let mut terms: Vec<NodeId> =
            node.args.iter().zip(&numbers).filter(|(_, n)| n.is_none()).map(|(&a, _)| a).collect();
        terms.push(arena.expand(total, &node.shape));
        arena.add(&terms)
    } else if node.op == &ADD && node.args.iter().any(|&a| arena.is(a, &EXPAND)) {
        // Numbers and expanded scalars of a sum are one expanded scalar.
        let inner: Vec<NodeId> = node.args.iter().map(|&a| arena.unexpanded(a)).collect();
        if inner.iter().zip(&node.args).any(|(i, a)| i == a) {
            return None;
        }
        let sum = arena.add(&inner);
        arena.expand(sum, &node.shape)
    } else if let (true, [Some(a), Some(b)]) = (node.op == &DIVIDE, &numbers[..]) {
        if b.is_zero() {
            return None;
        }
        let n = arena.number(a.over(*b));
        arena.expand(n, &node.shape)
    } else if let (true, [Some(a), Some(b)]) = (node.op == &POWER, &numbers[..]) {
        let n = arena.number(a.power(b.whole()?)?);
        arena.expand(n, &node.shape)
    } else {
        return None;
    };
    (made != id).then_some(made)
}
