use super::*;
use crate::op::{Data, Op};
use crate::ops::{arithmetic, build, elementwise, pending, products, reductions};
use crate::shape::{Dim, Dims, Shape};

struct Bench {
    arena: Arena,
    n: Dim,
}

impl Bench {
    fn new() -> Bench {
        let mut dims = Dims::default();
        let n = dims.declare("n");
        Bench { arena: Arena::new(dims), n }
    }

    fn vector(&mut self, name: &str) -> NodeId {
        let symbol = self.arena.new_symbol(name, Shape::vector(self.n), None);
        self.arena.symbol(symbol)
    }

    fn scalar(&mut self, name: &str) -> NodeId {
        let symbol = self.arena.new_symbol(name, Shape::SCALAR, None);
        self.arena.symbol(symbol)
    }

    fn call(&mut self, op: &'static Op, args: &[NodeId]) -> NodeId {
        self.arena.must(op, args, Data::None)
    }

    fn compare(&self, left: NodeId, right: NodeId) -> StepCheck {
        compare(&self.arena, left, right, 6).unwrap()
    }
}

#[test]
fn equal_forms_are_equal_and_others_are_not() {
    let mut b = Bench::new();
    let (x, y) = (b.vector("x"), b.vector("y"));
    let sum = b.arena.add(&[x, y]);
    let square = b.call(&products::DOT, &[sum, sum]);
    let parts = [(x, x, 1), (x, y, 2), (y, y, 1)].map(|(u, v, factor)| {
        let dot = b.call(&products::DOT, &[u, v]);
        let factor = b.arena.int(factor);
        b.arena.multiply(&[factor, dot])
    });
    let expanded = b.arena.add(&parts);
    let right = b.compare(square, expanded);
    assert!(right.ok && right.points == 6, "{right:?}");
    let wrong = b.compare(square, parts[0]);
    assert!(!wrong.ok && wrong.max_relative_error > 0.01, "{wrong:?}");
}

#[test]
fn what_cancels_is_not_measured_against_itself() {
    let mut b = Bench::new();
    let x = b.scalar("x");
    let (sine, cosine) = (b.call(&elementwise::SIN, &[x]), b.call(&elementwise::COS, &[x]));
    let (s2, c2) = (b.arena.multiply(&[sine, sine]), b.arena.multiply(&[cosine, cosine]));
    let one = b.arena.int(1);
    let left = b.arena.add(&[s2, c2]);
    let left = b.arena.subtract(left, one);
    let zero = b.arena.int(0);
    assert!(b.compare(left, zero).ok);
    // The same on the oracle's side: the derivative of sin² + cos² is rounding there and exactly 0 here.
    let verified = Check::new(&b.arena, 4).verify(left, &[x], false, zero).unwrap();
    assert!(verified.ok && verified.points == 4, "{verified:?}");
}

#[test]
fn tiny_numbers_are_measured_by_their_own_scale() {
    let mut b = Bench::new();
    let (x, y) = (b.scalar("x"), b.scalar("y"));
    let sum = b.arena.add(&[x, y]);
    let tiny = b.arena.number(crate::number::Number::Float(1e-30));
    let two = b.arena.int(2);
    let left = b.arena.multiply(&[tiny, sum]);
    let right = b.arena.multiply(&[two, tiny, sum]);
    assert!(!b.compare(left, right).ok);
}

#[test]
fn domains_are_found() {
    let mut b = Bench::new();
    let x = b.vector("x");
    for op in [&elementwise::LOG, &elementwise::SQRT, &elementwise::ASIN, &elementwise::ACOSH, &elementwise::ATANH] {
        let value = b.call(op, &[x]);
        let sum = b.call(&reductions::SUM, &[value]);
        let found = b.compare(sum, sum);
        assert!(found.ok && found.points == 6, "{}: {found:?}", op.name);
    }
    // log x + log(−x) is defined nowhere.
    let minus = b.arena.negate(x);
    let (a, c) = (b.call(&elementwise::LOG, &[x]), b.call(&elementwise::LOG, &[minus]));
    let nowhere = b.arena.add(&[a, c]);
    let found = b.compare(nowhere, nowhere);
    assert!(!found.ok && found.points == 0, "{found:?}");
    // log(x − c) needs numbers far out, asin(c x) close in; on either side of 0.
    for (c, op) in [(10, &elementwise::LOG), (-150, &elementwise::LOG), (150, &elementwise::LOG)] {
        let c = b.arena.int(c);
        let shifted = b.arena.subtract(x, c);
        let far = b.call(op, &[shifted]);
        assert_eq!(b.compare(far, far).points, 6);
        let turned = b.arena.negate(x);
        let shifted = b.arena.subtract(turned, c);
        let far = b.call(op, &[shifted]);
        assert_eq!(b.compare(far, far).points, 6);
    }
    let hundred = b.arena.int(100);
    let stretched = b.arena.multiply(&[hundred, x]);
    let close = b.call(&elementwise::ASIN, &[stretched]);
    assert_eq!(b.compare(close, close).points, 6);
}

#[test]
fn a_right_side_without_a_number_is_wrong() {
    let mut b = Bench::new();
    let x = b.scalar("x");
    let square = b.arena.multiply(&[x, x]);
    let log = b.call(&elementwise::LOG, &[x]);
    let two = b.arena.int(2);
    let twice = b.arena.multiply(&[two, log]);
    let through = b.call(&elementwise::EXP, &[twice]);
    // x² = exp(2 log x) holds for positive x only; exp(2 log x) = x² holds wherever its left side is defined.
    let narrower = b.compare(square, through);
    assert!(!narrower.ok && narrower.max_relative_error == f64::MAX);
    assert!(b.compare(through, square).ok);
}

/// exp(40) is also 1 / (1 + expm1(-40)), but not in floats.
#[test]
fn what_rounding_makes_infinite_is_not_wrong() {
    let mut b = Bench::new();
    let x = b.scalar("x");
    let (twenty, one) = (b.arena.int(20), b.arena.int(1));
    let far = b.arena.multiply(&[twenty, x]);
    let (grows, back) = (b.call(&elementwise::EXP, &[far]), b.arena.negate(far));
    let shrinks = b.call(&elementwise::EXPM1, &[back]);
    let shrinks = b.arena.add(&[one, shrinks]);
    let right = b.arena.divide(one, shrinks);
    for seed in 0..50 {
        let found = Check { seed, ..Check::new(&b.arena, 8) }.compare(grows, right).unwrap();
        assert!(found.ok, "{seed}: {found:?}");
    }
    // A pole of its own is wrong.
    let sign = b.call(&elementwise::STEP, &[x]);
    let pole = b.arena.divide(grows, sign);
    assert!(!b.compare(grows, pole).ok);
}

#[test]
fn a_formula_that_fails_for_a_single_entry_only_is_right() {
    let mut b = Bench::new();
    let x = b.vector("x");
    let value = b.call(&reductions::STD, &[x]);
    let mean = b.call(&reductions::MEAN, &[x]);
    let centred = b.arena.subtract(x, mean);
    let count = b.arena.dim_value(b.n);
    let scale = b.arena.multiply(&[count, value]);
    let shape = b.arena.shape(x).clone();
    let scale = b.arena.expand(scale, &shape);
    let derivative = b.call(&arithmetic::DIVIDE, &[centred, scale]);
    for seed in 0..20 {
        let check = Check { seed, ..Check::new(&b.arena, 4) };
        let verified = check.verify(value, &[x], false, derivative).unwrap();
        assert!(verified.ok && verified.points == 4, "{seed}: {verified:?}");
    }
}

#[test]
fn pending_differentials_are_compared_in_a_direction() {
    let mut b = Bench::new();
    let (u, c) = (b.vector("u"), b.vector("c"));
    let product = b.arena.multiply(&[c, u]);
    let pending = b.call(&pending::DIFFERENTIAL, &[product]);
    let du = b.call(&pending::DIFFERENTIAL, &[u]);
    let right = b.arena.multiply(&[c, du]);
    assert!(!b.compare(pending, right).ok);
    let varying = Some(vec![b.arena.symbol_of(u).unwrap()]);
    let check = Check { varying, ..Check::new(&b.arena, 4) };
    assert!(check.compare(pending, right).unwrap().ok);
}

/// log(x − x) has no value, but nothing moves in it: its change would be 0, and 0/0 by the rule.
#[test]
fn what_is_differentiated_must_have_a_value() {
    let mut b = Bench::new();
    let x = b.scalar("x");
    let nothing = b.arena.subtract(x, x);
    let log = b.call(&elementwise::LOG, &[nothing]);
    let [change, inner] = [log, nothing].map(|value| b.call(&pending::DIFFERENTIAL, &[value]));
    let right = b.arena.divide(inner, nothing);
    let found = b.compare(change, right);
    assert!(found.points == 0 && found.max_relative_error == 0.0, "{found:?}");
}

/// d(A inv(A)) is 0, and what floats make of it rounding: of the size that jiggling shows, in the direction too.
#[test]
fn a_change_that_cancels_is_rounding() {
    let mut b = Bench::new();
    let n = b.n;
    let symbol = b.arena.new_symbol("A", Shape(vec![n, n]), None);
    let a = b.arena.symbol(symbol);
    let inverse = b.call(&INV, &[a]);
    let product = b.call(&products::PRODUCT, &[a, inverse]);
    let change = b.call(&pending::DIFFERENTIAL, &[product]);
    let zeros = b.arena.zeros(&Shape(vec![n, n]));
    for seed in 0..200 {
        let found = Check { seed, ..Check::new(&b.arena, 2) }.compare(change, zeros).unwrap();
        assert!(found.ok, "{seed}: {found:?}");
    }
}

/// The adjugate of x x' is 0 but for small sizes; the rule for its change goes by the inverse, which is none.
#[test]
fn a_rule_is_silent_where_its_inverse_is_none() {
    let mut b = Bench::new();
    let x = b.vector("x");
    let row = b.call(&products::TRANSPOSE, &[x]);
    let outer = b.arena.chain(&[x, row]);
    let adjugate = b.call(&ADJ, &[outer]);
    let inverse = b.call(&INV, &[outer]);
    assert_eq!(b.compare(adjugate, inverse).points, 0);
    let check = Check::new(&b.arena, 2);
    assert!(check.is_always_singular(adjugate).unwrap() && check.is_always_singular(inverse).unwrap());
    // A square of two factors has an inverse where the inner size is not the smaller one.
    let [m, n] = ["m", "k"].map(|name| b.arena.dims.declare(name));
    let [left, right] = [("P", [m, n]), ("Q", [n, m])].map(|(name, shape)| {
        let symbol = b.arena.new_symbol(name, Shape(shape.to_vec()), None);
        b.arena.symbol(symbol)
    });
    let product = b.call(&products::PRODUCT, &[left, right]);
    let adjugate = b.call(&ADJ, &[product]);
    assert!(!Check::new(&b.arena, 2).is_always_singular(adjugate).unwrap());
}

#[test]
fn derivatives_are_verified_against_the_oracle() {
    let mut b = Bench::new();
    let x = b.vector("x");
    let log = b.call(&elementwise::LOG, &[x]);
    let sum = b.call(&reductions::SUM, &[log]);
    let one = b.arena.int(1);
    let shape = b.arena.shape(x).clone();
    let ones = b.arena.expand(one, &shape);
    let right = b.call(&arithmetic::DIVIDE, &[ones, x]);
    let check = Check::new(&b.arena, 3);
    let verified = check.verify(sum, &[x], false, right).unwrap();
    assert!(verified.ok && verified.points == 3, "{verified:?}");
    assert!(!check.verify(sum, &[x], false, x).unwrap().ok);
    // A shape that is not shape(expr) ++ shape(wrt) is wrong, not an error.
    assert_eq!(check.verify(sum, &[x], false, sum).unwrap().max_relative_error, f64::MAX);
}

#[test]
fn a_large_jacobian_is_looked_at_in_part() {
    let mut b = Bench::new();
    let symbol = b.arena.new_symbol("x", Shape::vector(Dim::Size(800)), None);
    let x = b.arena.symbol(symbol);
    let soft = b.call(&reductions::SOFTMAX, &[x]);
    let columns = Columns { entries: vec![(symbol, 0); 800], shape: vec![800] };
    assert_eq!(affordable(&columns, 100_000, ORACLE_WORK, 3).len(), 50);
    assert_eq!(affordable(&columns, 10, ORACLE_WORK, 3), (0..800).collect::<Vec<_>>());
    // diag(s) alone is not the Jacobian: off the diagonal the columns differ.
    let wrong = b.call(&crate::ops::build::DIAG, &[soft]);
    assert!(!Check::new(&b.arena, 1).verify(soft, &[x], false, wrong).unwrap().ok);
}

#[test]
fn zero_times_no_number_is_zero_but_a_formula_without_numbers_is_wrong() {
    let mut b = Bench::new();
    let (x, half) = (b.vector("x"), b.arena.number(crate::number::Number::Float(0.5)));
    let first = || Some(crate::expr::Place::Fixed(1));
    // The root of the first entry by x, with the roots of the others: these have none where they are negative.
    let roots = b.call(&elementwise::SQRT, &[x]);
    let entry = b.arena.must(&build::PICK, &[roots], Data::Subscripts(vec![first()]));
    let identity = b.arena.must(&build::IDENTITY, &[], Data::Dim(b.n));
    let unit = b.arena.must(&build::PICK, &[identity], Data::Subscripts(vec![None, first()]));
    let over = b.arena.must(&arithmetic::DIVIDE, &[unit, roots], Data::None);
    let right = b.arena.multiply(&[half, over]);
    let verified = Check::new(&b.arena, 4).verify(entry, &[x], false, right).unwrap();
    assert!(verified.ok && verified.points == 4, "{verified:?}");
    let verified = Check::new(&b.arena, 4).verify(entry, &[x], false, over).unwrap();
    assert!(!verified.ok && verified.points == 4, "{verified:?}");
    // Half of the numbers have no root: its square for y is wrong there.
    let y = b.scalar("y");
    let square = b.arena.multiply(&[half, y, y]);
    let root = b.call(&elementwise::SQRT, &[y]);
    let narrow = b.arena.multiply(&[root, root]);
    let verified = Check::new(&b.arena, 4).verify(square, &[y], false, narrow).unwrap();
    assert!(!verified.ok, "{verified:?}");
}
