use super::*;
use crate::expr::{IndexId, Place};
use crate::number::Number;
use crate::op::Data;
use crate::ops::{arithmetic, build, elementwise, leaves, pending, products, reductions};
use crate::shape::{Dims, Shape};

/// An arena with the dimensions m = 2 and n = 3 and some variables with numbers.
struct Bench {
    arena: Arena,
    env: Env<f64>,
    m: Dim,
    n: Dim,
}

impl Bench {
    fn new() -> Bench {
        let mut dims = Dims::default();
        let (m, n) = (dims.declare("m"), dims.declare("n"));
        let mut env = Env::default();
        env.sizes.insert(m, 2);
        env.sizes.insert(n, 3);
        Bench { arena: Arena::new(dims), env, m, n }
    }

    fn variable(&mut self, name: &str, shape: Shape, numbers: &[f64]) -> NodeId {
        let sizes = sizes_of(&self.arena, &shape, &self.env.sizes).unwrap();
        let symbol = self.arena.new_symbol(name, shape, None);
        self.env.values.insert(symbol, Tensor::new(&sizes, numbers.to_vec()));
        self.arena.symbol(symbol)
    }

    fn x(&mut self) -> NodeId {
        let shape = Shape::vector(self.n);
        self.variable("x", shape, &[1.0, -2.0, 3.0])
    }

    fn matrix(&mut self) -> NodeId {
        let shape = Shape::matrix(self.m, self.n);
        self.variable("A", shape, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    }

    fn named(&mut self, name: &str, definition: NodeId) -> NodeId {
        let shape = self.arena.shape(definition).clone();
        let symbol = self.arena.new_symbol(name, shape, Some(definition));
        self.arena.symbol(symbol)
    }

    fn call(&mut self, op: &'static Op, args: &[NodeId]) -> NodeId {
        self.arena.must(op, args, Data::None)
    }

    fn pick(&mut self, base: NodeId, places: Vec<Option<Place>>) -> NodeId {
        self.arena.must(&build::PICK, &[base], Data::Subscripts(places))
    }

    fn sum_over(&mut self, index: IndexId, body: NodeId) -> NodeId {
        self.arena.must(&build::SUM_OVER, &[body], Data::Binds(vec![index]))
    }

    fn value(&self, id: NodeId) -> Tensor<f64> {
        value(&self.arena, id, &self.env).unwrap()
    }

    fn close(&self, id: NodeId, shape: &[usize], numbers: &[f64]) {
        let value = self.value(id);
        assert_eq!(value.shape, shape);
        for (got, want) in value.data.iter().zip(numbers) {
            assert!((got - want).abs() <= 1e-12 * (1.0 + want.abs()), "{:?} is not {numbers:?}", value.data);
        }
    }
}

#[test]
fn leaves_and_products() {
    let mut b = Bench::new();
    let (x, a) = (b.x(), b.matrix());
    let ax = b.arena.product(a, x).unwrap();
    b.close(ax, &[2], &[6.0, 12.0]);
    let transposed = b.arena.transpose(x);
    b.close(transposed, &[1, 3], &[1.0, -2.0, 3.0]);
    let square = b.arena.product(transposed, x).unwrap();
    b.close(square, &[], &[14.0]);
    let n = b.arena.dim_value(b.n);
    b.close(n, &[], &[3.0]);
    let eye = b.arena.identity(b.m);
    b.close(eye, &[2, 2], &[1.0, 0.0, 0.0, 1.0]);
    let pi = b.call(&leaves::PI, &[]);
    b.close(pi, &[], &[std::f64::consts::PI]);
    let third = b.arena.number(Number::ratio(1, 3));
    b.close(third, &[], &[1.0 / 3.0]);
}

#[test]
fn components_rows_and_columns() {
    let mut b = Bench::new();
    let (x, a) = (b.x(), b.matrix());
    let second = b.pick(x, vec![Some(Place::Fixed(2))]);
    b.close(second, &[], &[-2.0]);
    let row = b.pick(a, vec![Some(Place::Fixed(2)), None]);
    b.close(row, &[3], &[4.0, 5.0, 6.0]);
    let column = b.pick(a, vec![None, Some(Place::Fixed(3))]);
    b.close(column, &[2], &[3.0, 6.0]);
    let missing = b.pick(x, vec![Some(Place::Fixed(4))]);
    let error = value(&b.arena, missing, &b.env).unwrap_err();
    assert!(error.message.contains("no entry 4") && error.message.contains("`x`"), "{}", error.message);
}

#[test]
fn sums_over_an_index() {
    let mut b = Bench::new();
    let (x, a) = (b.x(), b.matrix());
    let i = b.arena.new_index("i", b.n);
    let xi = b.pick(x, vec![Some(Place::Index(i, 0))]);
    let own = b.arena.must(&leaves::INDEX, &[], Data::Index(i));
    let term = b.arena.multiply(&[own, xi]);
    let sum = b.sum_over(i, term);
    b.close(sum, &[], &[1.0 - 4.0 + 9.0]);
    // A vector body, whose slices are columns of A: sum_i x_i A[:, i] = A x.
    let column = b.pick(a, vec![None, Some(Place::Index(i, 0))]);
    let scaled = b.arena.multiply(&[xi, column]);
    let combined = b.sum_over(i, scaled);
    b.close(combined, &[2], &[6.0, 12.0]);
    // A body that does not depend on the index counts as often as there are terms.
    let constant = b.sum_over(i, sum);
    b.close(constant, &[], &[18.0]);
}

#[test]
fn nested_indices_and_tensors() {
    let mut b = Bench::new();
    let (x, a) = (b.x(), b.matrix());
    let (i, j, k) = (b.arena.new_index("i", b.m), b.arena.new_index("j", b.n), b.arena.new_index("k", b.n));
    let aij = b.pick(a, vec![Some(Place::Index(i, 0)), Some(Place::Index(j, 0))]);
    let xj = b.pick(x, vec![Some(Place::Index(j, 0))]);
    let term = b.arena.multiply(&[aij, xj]);
    let sum = b.sum_over(j, term);
    let tensor = build::tensor(&mut b.arena, vec![i], sum);
    b.close(tensor, &[2], &[6.0, 12.0]);
    // The order of the axes is the order in which the indices are bound, not that of their ids.
    let turned = build::tensor(&mut b.arena, vec![j, i], aij);
    b.close(turned, &[3, 2], &[1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    // An outer index stays free inside: sum_i (tensor over k of A_ik)[2].
    let aik = b.pick(a, vec![Some(Place::Index(i, 0)), Some(Place::Index(k, 0))]);
    let row = build::tensor(&mut b.arena, vec![k], aik);
    let second = b.pick(row, vec![Some(Place::Fixed(2))]);
    let total = b.sum_over(i, second);
    b.close(total, &[], &[7.0]);
    let places = vec![Some(Place::Index(j, 1)), Some(Place::Index(k, 0))];
    let delta = b.arena.must(&leaves::DELTA, &[], Data::Subscripts(places));
    let shift = build::tensor(&mut b.arena, vec![j, k], delta);
    b.close(shift, &[3, 3], &[0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn whole_functions_of_slices() {
    let mut b = Bench::new();
    let (x, a) = (b.x(), b.matrix());
    let i = b.arena.new_index("i", b.m);
    // The same operators, slice by slice: dot, comparison of different index sets, softmax of a row.
    let row = b.pick(a, vec![Some(Place::Index(i, 0)), None]);
    let dot = b.call(&products::DOT, &[row, x]);
    let own = b.arena.must(&leaves::INDEX, &[], Data::Index(i));
    let two = b.arena.int(2);
    let late = b.call(&elementwise::GREATER_EQUAL, &[own, two]);
    let kept = b.arena.multiply(&[dot, late]);
    let sum = b.sum_over(i, kept);
    b.close(sum, &[], &[12.0]);
    let soft = b.call(&reductions::SOFTMAX, &[row]);
    let sums = b.sum_over(i, soft);
    let total = b.call(&reductions::SUM, &[sums]);
    b.close(total, &[], &[2.0]);
}

#[test]
fn sizes_of_stacked_dimensions() {
    let mut b = Bench::new();
    let x = b.x();
    let one = b.arena.int(1);
    let stack = b.call(&build::STACK, &[x, one]);
    b.close(stack, &[4], &[1.0, -2.0, 3.0, 1.0]);
    let shape = b.arena.shape(stack).clone();
    let ones = b.arena.ones(&shape);
    b.close(ones, &[4], &[1.0; 4]);
    let count = b.arena.count(&shape);
    b.close(count, &[], &[4.0]);
}

#[test]
fn intermediates_have_the_value_of_their_definition() {
    let mut b = Bench::new();
    let x = b.x();
    let sum = b.call(&reductions::SUM, &[x]);
    let u = b.named("u", sum);
    let square = b.arena.multiply(&[u, u]);
    b.close(square, &[], &[4.0]);
    let held = b.arena.symbol_of(u).unwrap();
    b.env.values.insert(held, Tensor::scalar(5.0));
    b.close(square, &[], &[25.0]);
}

#[test]
fn wrong_numbers_name_the_variable() {
    let mut b = Bench::new();
    let x = b.x();
    let symbol = b.arena.symbol_of(x).unwrap();
    b.env.values.insert(symbol, Tensor::new(&[2], vec![1.0, 2.0]));
    let error = value(&b.arena, x, &b.env).unwrap_err();
    assert_eq!(error.kind, crate::error::Kind::Shape);
    assert!(error.message.contains("`x`") && error.message.contains("[2]") && error.message.contains("[3]"));
    b.env.values.remove(&symbol);
    assert!(value(&b.arena, x, &b.env).unwrap_err().message.contains("no value for `x`"));
    b.env.sizes.remove(&b.n);
    assert!(value(&b.arena, x, &b.env).unwrap_err().message.contains("`n`"));
}

#[test]
fn limits_are_errors() {
    let mut b = Bench::new();
    b.env.sizes.insert(b.n, 1_001);
    let big = b.arena.identity(b.n);
    let error = value(&b.arena, big, &b.env).unwrap_err();
    assert_eq!(error.kind, crate::error::Kind::Limit);
    assert!(error.message.contains("1000000"), "{}", error.message);
    b.env.sizes.insert(b.n, 1_000);
    let product = b.arena.product(big, big).unwrap();
    assert_eq!(value(&b.arena, product, &b.env).unwrap_err().kind, crate::error::Kind::Limit);
    let sum = b.call(&reductions::SUM, &[big]);
    b.close(sum, &[], &[1_000.0]);
}

#[test]
fn pending_partials_hold_other_intermediates() {
    let mut b = Bench::new();
    let w = b.variable("w", Shape::SCALAR, &[3.0]);
    let x = b.variable("x", Shape::SCALAR, &[2.0]);
    // u = w x, y = u² + w: ∂y/∂w = 1 with u held, dy/dw = 2 u x + 1 along all paths, ∂y/∂u = 2 u.
    let product = b.arena.multiply(&[w, x]);
    let u = b.named("u", product);
    let square = b.arena.multiply(&[u, u]);
    let sum = b.arena.add(&[square, w]);
    let y = b.named("y", sum);
    let partial = b.call(&pending::PARTIAL, &[y, w]);
    b.close(partial, &[], &[1.0]);
    let total = b.call(&pending::TOTAL, &[y, w]);
    b.close(total, &[], &[25.0]);
    let by_u = b.call(&pending::PARTIAL, &[y, u]);
    b.close(by_u, &[], &[12.0]);
    let path = b.call(&pending::PARTIAL, &[u, w]);
    let product = b.arena.multiply(&[by_u, path]);
    let paths = b.arena.add(&[partial, product]);
    b.close(paths, &[], &[25.0]);
}

#[test]
fn pending_jacobians_have_the_layout_of_their_shape() {
    let mut b = Bench::new();
    let (x, a) = (b.x(), b.matrix());
    let ax = b.arena.product(a, x).unwrap();
    let jacobian = b.call(&pending::TOTAL, &[ax, x]);
    b.close(jacobian, &[2, 3], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let norm = b.call(&products::DOT, &[x, x]);
    let row = b.call(&pending::TOTAL, &[norm, x]);
    b.close(row, &[1, 3], &[2.0, -4.0, 6.0]);
    let second = b.pick(x, vec![Some(Place::Fixed(2))]);
    let component = b.call(&pending::TOTAL, &[norm, second]);
    b.close(component, &[], &[-4.0]);
    let third = b.pick(x, vec![Some(Place::Fixed(3))]);
    let list = b.call(&build::LIST, &[third, second]);
    let some = b.call(&pending::TOTAL, &[ax, list]);
    b.close(some, &[2, 2], &[3.0, 2.0, 6.0, 5.0]);
    let total = b.call(&reductions::SUM, &[ax]);
    let by_matrix = b.call(&pending::TOTAL, &[total, a]);
    b.close(by_matrix, &[2, 3], &[1.0, -2.0, 3.0, 1.0, -2.0, 3.0]);
}

#[test]
fn pending_derivatives_by_an_indexed_component() {
    let mut b = Bench::new();
    let (x, a) = (b.x(), b.matrix());
    let ax = b.arena.product(a, x).unwrap();
    let (i, j) = (b.arena.new_index("i", b.m), b.arena.new_index("j", b.n));
    let yi = b.pick(ax, vec![Some(Place::Index(i, 0))]);
    let xj = b.pick(x, vec![Some(Place::Index(j, 0))]);
    let entry = b.call(&pending::TOTAL, &[yi, xj]);
    let jacobian = build::tensor(&mut b.arena, vec![i, j], entry);
    b.close(jacobian, &[2, 3], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let transposed = build::tensor(&mut b.arena, vec![j, i], entry);
    b.close(transposed, &[3, 2], &[1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    // Both the value and the variable run over the same index.
    let cube = b.call(&arithmetic::MULTIPLY, &[xj, xj, xj]);
    let slope = b.call(&pending::TOTAL, &[cube, xj]);
    let slopes = build::tensor(&mut b.arena, vec![j], slope);
    b.close(slopes, &[3], &[3.0, 12.0, 27.0]);
}

#[test]
fn pending_differentials_follow_the_directions() {
    let mut b = Bench::new();
    let x = b.x();
    let c = b.variable("c", Shape::SCALAR, &[2.0]);
    let dot = b.call(&products::DOT, &[x, x]);
    let u = b.named("u", dot);
    let scaled = b.arena.multiply(&[c, u]);
    let moved = b.call(&pending::DIFFERENTIAL, &[scaled]);
    b.close(moved, &[], &[0.0]);
    let symbol = b.arena.symbol_of(x).unwrap();
    b.env.directions.insert(symbol, Tensor::new(&[3], vec![0.5, 1.0, -1.0]));
    b.close(moved, &[], &[2.0 * 2.0 * (0.5 - 2.0 - 3.0)]);
    let direction = b.call(&pending::DIFFERENTIAL, &[x]);
    b.close(direction, &[3], &[0.5, 1.0, -1.0]);
    // Directions stand still: d(d(c x·x)) = 2 c dx·dx.
    let twice = b.call(&pending::DIFFERENTIAL, &[moved]);
    b.close(twice, &[], &[2.0 * 2.0 * (0.25 + 1.0 + 1.0)]);
    let third = b.call(&pending::DIFFERENTIAL, &[twice]);
    let error = value(&b.arena, third, &b.env).unwrap_err();
    assert_eq!(error.kind, crate::error::Kind::Unsupported);
    assert!(error.message.contains("2 deep"), "{}", error.message);
}

#[test]
fn derivatives_of_pending_derivatives() {
    let mut b = Bench::new();
    let (x, a) = (b.x(), b.matrix());
    // Σ exp(A x): the gradient is A' exp(A x), the Hessian A' diag(exp(A x)) A.
    let tenth = b.arena.number(Number::ratio(1, 10));
    let small = b.arena.multiply(&[tenth, x]);
    let ax = b.arena.product(a, small).unwrap();
    let e = b.call(&elementwise::EXP, &[ax]);
    let f = b.call(&reductions::SUM, &[e]);
    let row = b.call(&pending::TOTAL, &[f, x]);
    let gradient = b.arena.transpose(row);
    let hessian = b.call(&pending::TOTAL, &[gradient, x]);
    let numbers = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let weights: Vec<f64> = numbers.iter().map(|r| (r[0] - 2.0 * r[1] + 3.0 * r[2]) / 10.0).map(libm::exp).collect();
    let entry = |i: usize, j: usize| (0..2).map(|k| weights[k] * numbers[k][i] * numbers[k][j] / 100.0).sum::<f64>();
    let want: Vec<f64> = (0..9).map(|k| entry(k / 3, k % 3)).collect();
    b.close(hessian, &[3, 3], &want);
    // The oracle asks for the derivative of a pending derivative just so.
    let oracle = crate::oracle::jacobian(&b.arena, gradient, &[x], false, &b.env).unwrap();
    let symbolic = b.value(hessian);
    assert_eq!((oracle.shape, oracle.data), (symbolic.shape, symbolic.data));
}

#[test]
fn pending_derivatives_nest_in_every_kind() {
    let mut b = Bench::new();
    let w = b.variable("w", Shape::SCALAR, &[3.0]);
    let x = b.variable("x", Shape::SCALAR, &[2.0]);
    let xs = b.arena.symbol_of(x).unwrap();
    b.env.directions.insert(xs, Tensor::scalar(0.5));
    // u = w x, y = u² + w x²
    let product = b.arena.multiply(&[w, x]);
    let u = b.named("u", product);
    let square = b.arena.multiply(&[u, u]);
    let rest = b.arena.multiply(&[w, x, x]);
    let y = b.arena.add(&[square, rest]);
    let y = b.named("y", y);
    // ∂y/∂u = 2 u with x held; along all paths that moves by 2 w with x.
    let by_u = b.call(&pending::PARTIAL, &[y, u]);
    let along = b.call(&pending::TOTAL, &[by_u, x]);
    b.close(along, &[], &[6.0]);
    // ∂y/∂x = 2 w x, u held: then d/dx is 2 w, and ∂/∂w is 2 x.
    let by_x = b.call(&pending::PARTIAL, &[y, x]);
    let further = b.call(&pending::TOTAL, &[by_x, x]);
    b.close(further, &[], &[6.0]);
    let mixed = b.call(&pending::PARTIAL, &[by_x, w]);
    b.close(mixed, &[], &[4.0]);
    // dy/dx = 2 w² x + 2 w x; once more: 2 w² + 2 w; its differential is that times dx = ½.
    let total = b.call(&pending::TOTAL, &[y, x]);
    let second = b.call(&pending::TOTAL, &[total, x]);
    b.close(second, &[], &[24.0]);
    let moved = b.call(&pending::DIFFERENTIAL, &[total]);
    b.close(moved, &[], &[12.0]);
    let third = b.call(&pending::TOTAL, &[second, x]);
    assert!(value(&b.arena, third, &b.env).is_err());
}

#[test]
fn nested_derivatives_count_as_work() {
    let mut b = Bench::new();
    b.env.sizes.insert(b.n, 900);
    let shape = Shape::vector(b.n);
    let x = b.variable("x", shape, &[0.5; 900]);
    let dot = b.call(&products::DOT, &[x, x]);
    let row = b.call(&pending::TOTAL, &[dot, x]);
    let hessian = b.call(&pending::TOTAL, &[row, x]);
    assert_eq!(value(&b.arena, hessian, &b.env).unwrap_err().kind, crate::error::Kind::Limit);
}

/// The stand-in's written-out derivatives against dual numbers, first and second, by each argument.
#[test]
fn stand_ins_have_the_derivatives_they_claim() {
    let mut b = Bench::new();
    let x = b.x();
    let c = b.variable("c", Shape::SCALAR, &[0.7]);
    let vector = Shape::vector(b.m);
    b.arena.functions.push(crate::expr::Function {
        name: "f".to_owned(),
        args: vec![Shape::vector(b.n), Shape::SCALAR],
        result: vector,
    });
    let f = crate::expr::FunctionId(0);
    let plain = b.arena.call_function(f, vec![], &[x, c]);
    assert_eq!(value(&b.arena, plain, &b.env).unwrap_err().kind, crate::error::Kind::Unsupported);
    b.env.stand_ins = Some(7);
    let mut looked_at = 0;
    for slots in [vec![], vec![1], vec![2], vec![1, 1], vec![1, 2]] {
        let lower = b.arena.call_function(f, slots.clone(), &[x, c]);
        for (slot, by) in [(1, x), (2, c)] {
            let higher = b.arena.call_function(f, [slots.clone(), vec![slot]].concat(), &[x, c]);
            let derived = b.call(&pending::TOTAL, &[lower, by]);
            let (claimed, derived) = (b.value(higher), b.value(derived));
            assert_eq!(claimed.shape, derived.shape);
            for (c, d) in claimed.data.iter().zip(&derived.data) {
                assert!((c - d).abs() < 1e-12 && (slots.len() > 1 || *c != 0.0), "{slots:?} {slot}: {c} {d}");
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 60);
    let other_seed = b.value(plain);
    b.env.stand_ins = Some(8);
    assert_ne!(b.value(plain), other_seed);
}

#[test]
fn jiggling_shows_the_rounding_of_a_cancellation() {
    let mut b = Bench::new();
    let x = b.variable("x", Shape::SCALAR, &[1.3]);
    let million = b.arena.int(1_000_000);
    let large = b.arena.add(&[x, million]);
    let difference = b.arena.subtract(large, million);
    let plan = Plan::new(&b.arena, &[difference], &b.env).unwrap();
    let plain = plan.run(&b.arena, &b.env).unwrap()[0].data[0];
    let moved = plan.run_jiggled(&b.arena, &b.env, Jiggle { seed: 3, by: Jiggle::FAR }).unwrap()[0].data[0];
    let noise = (plain - moved).abs() / Jiggle::FAR;
    assert!((1e4..1e7).contains(&noise), "{noise}");
}

#[test]
fn deep_expressions_need_no_stack() {
    let mut b = Bench::new();
    let mut x = b.variable("x", Shape::SCALAR, &[0.5]);
    for _ in 0..15_000 {
        x = b.call(&elementwise::SIN, &[x]);
    }
    assert!(b.value(x).data[0] > 0.0);
}
