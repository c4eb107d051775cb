use super::*;
use crate::dual::Jet;
use crate::eval::{Env, value};
use crate::expr::{Arena, NodeId};
use crate::op::{Data, Eval};
use crate::ops;
use crate::shape::{Dim, Dims, Shape};
use crate::tensor::Tensor;
use oorandom::Rand64;

fn whole(n: i64) -> Modular {
    Modular::whole(n)
}

fn ratio(n: i64, d: i64) -> Modular {
    Modular::from_number(Number::ratio(n, d))
}

fn map(f: Elementary, u: Modular) -> Modular {
    u.map(f)
}

/// Arithmetic against that of 128-bit whole numbers.
#[test]
fn the_field_is_a_field() {
    let mut random = Rand64::new(1);
    let p = u128::from(P);
    for _ in 0..1000 {
        let (a, b) = (random.rand_range(1..P), random.rand_range(1..P));
        let (x, y) = (form(a), form(b));
        assert_eq!(number(multiply(x, y)), (u128::from(a) * u128::from(b) % p) as u64);
        assert_eq!(number(add(x, y)), ((u128::from(a) + u128::from(b)) % p) as u64);
        assert_eq!(add(x, negate(x)), 0);
        assert_eq!(multiply(x, inverse(x)), ONE);
        assert_eq!(number(x), a);
    }
    assert_eq!(whole(-1).plus(whole(1)), whole(0));
    assert_eq!(ratio(1, 3).plus(ratio(1, 6)), ratio(1, 2));
    assert!(whole(2).over(whole(0)).is_undefined());
}

/// The prime is a prime (Pocklington: p − 1 = 2·53·659·35209996998797, whose last factor is above √p).
#[test]
fn the_prime_is_a_prime() {
    const LARGE: u64 = 35_209_996_998_797;
    assert_eq!(2 * 53 * 659 * LARGE, P - 1);
    assert!((2..).take_while(|d| d * d <= LARGE).all(|d| !LARGE.is_multiple_of(d)));
    assert_eq!(power(form(2), P - 1), ONE);
    let rest = add(power(form(2), (P - 1) / LARGE), negate(ONE));
    assert_eq!(multiply(rest, inverse(rest)), ONE);
    let primorial: u64 = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47].iter().product();
    assert_eq!(4 * primorial - 1, P);
}

#[test]
fn small_fractions_have_their_true_sign() {
    for n in 1..59 {
        assert_eq!((whole(n).value(), whole(-n).value()), (1.0, -1.0), "{n}");
        assert_eq!(ratio(n, 58).value(), 1.0);
    }
    assert_eq!(whole(59).value(), -1.0, "59 is the first that is no square");
}

#[test]
fn floats_and_numbers_go_in_exactly() {
    for (float, n, d) in [(0.5, 1, 2), (-3.0, -3, 1), (0.0, 0, 1), (1.0, 1, 1), (1e15, 1_000_000_000_000_000, 1)] {
        assert_eq!(Modular::from_f64(float), ratio(n, d));
    }
    assert_eq!(Modular::from_f64(-7.0 / 1024.0), ratio(-7, 1024));
    // A tenth as a float is not a tenth.
    assert_ne!(Modular::from_f64(0.1), ratio(1, 10));
    assert_eq!(Modular::from_f64(1e300).over(Modular::from_f64(5e299)), whole(2));
    assert!(Modular::from_f64(f64::NAN).is_undefined() && Modular::from_f64(f64::INFINITY).is_undefined());
    assert!(Modular::from_number(Number::Float(0.5)).atom && !ratio(1, 2).atom);
}

#[test]
fn small_fractions_are_found_again() {
    for (n, d) in [(1, 2), (-5, 7), (123_456_789, 1000), (0, 1), ((1 << 44) - 1, 1 << 16)] {
        assert_eq!(fraction(ratio(n, d).form), Some((n, d as u64)));
    }
}

/// The identities that atoms keep, at numbers of every kind.
#[test]
fn atoms_keep_their_identities() {
    use Elementary::*;
    let mut random = Rand64::new(5);
    for round in 0..60 {
        let small = |random: &mut Rand64| whole(random.rand_range(0..2_000_000) as i64 - 1_000_000).over(whole(7));
        let any = |random: &mut Rand64| Modular { form: random.rand_range(1..P), atom: false };
        let draw = |random: &mut Rand64| if round % 2 == 0 { small(random) } else { any(random) };
        let (u, v) = (draw(&mut random), draw(&mut random));
        let minus = u.map(Negate);
        let one = whole(1);
        // exp
        assert_eq!(map(Exp, minus).times(map(Exp, u)), one);
        assert!(map(Exp, u).value() > 0.0);
        if round % 2 == 0 {
            assert_eq!(map(Exp, u.plus(v)), map(Exp, u).times(map(Exp, v)));
            let doubled = map(Exp, u.times(whole(2)));
            assert_eq!(doubled, map(Exp, u).times(map(Exp, u)));
            assert_eq!(map(Tanh, u), whole(2).times(map(Sigmoid, u.times(whole(2)))).minus(one));
        }
        let (c, s) = (map(Cosh, u), map(Sinh, u));
        assert_eq!(c.times(c).minus(s.times(s)), one);
        assert_eq!(map(Sigmoid, u).plus(map(Sigmoid, minus)), one);
        assert_eq!(map(Softplus, u).minus(map(Log1p, map(Exp, u))), whole(0));
        // circle
        let (c, s) = (map(Cos, u), map(Sin, u));
        assert_eq!(c.times(c).plus(s.times(s)), one);
        assert_eq!((map(Cos, minus), map(Sin, minus)), (c, s.map(Negate)));
        if round % 2 == 0 {
            let (u, v) = (u.times(whole(7)), v.times(whole(7)));
            let sum = map(Sin, u).times(map(Cos, v)).plus(map(Cos, u).times(map(Sin, v)));
            assert_eq!(map(Sin, u.plus(v)), sum);
        }
        // order
        assert_eq!(map(Abs, u), map(Abs, minus));
        assert_eq!(map(Abs, u.times(v)), map(Abs, u).times(map(Abs, v)));
        assert_eq!(map(Relu, u).minus(map(Relu, minus)), u);
        assert_eq!(map(Relu, u.times(whole(3))), map(Relu, u).times(whole(3)));
        let larger = Modular::map2(Elementary2::Max, u, v);
        let smaller = Modular::map2(Elementary2::Min, u, v);
        assert_eq!(larger.plus(smaller), u.plus(v));
        assert!(!v.is_above(u) || !u.is_above(v));
        // roots and powers
        let square = u.times(u);
        assert_eq!(map(Sqrt, square), map(Abs, u));
        assert_eq!(map(Cbrt, u.times(square)), u);
        assert!(map(Sqrt, u).is_undefined() != map(Sqrt, minus).is_undefined());
        let (x, y) = (map(Abs, u), map(Abs, v));
        let raised = |x: Modular, c: Modular| Modular::map2(Elementary2::Power, x, c);
        assert_eq!(map(Sqrt, x).times(map(Sqrt, y)), map(Sqrt, x.times(y)));
        for (n, d) in [(1, 2), (-3, 2), (1, 3), (5, 4), (7, 10), (2, 1), (-4, 1), (0, 1)] {
            let c = ratio(n, d);
            assert_eq!(raised(x, c).times(raised(x, ratio(1, 6))), raised(x, c.plus(ratio(1, 6))));
            assert_eq!(raised(x, c).times(raised(y, c)), raised(x.times(y), c));
            assert_eq!(raised(raised(x, c), whole(3)), raised(x, c.times(whole(3))));
            assert_eq!(raised(x, c.minus(one)).times(x), raised(x, c));
        }
        assert_eq!(raised(x, v.minus(one)).times(x), raised(x, v));
        // logarithms
        assert_eq!(map(Log, one.over(u)), map(Log, u).map(Negate));
        assert_eq!(map(Asin, minus), map(Asin, u).map(Negate));
    }
    let zero = whole(0);
    for (f, at_zero) in [(Exp, 1), (Sin, 0), (Cos, 1), (Tanh, 0), (Sqrt, 0), (Abs, 0), (Relu, 0), (Step, 0), (Erf, 0)] {
        assert_eq!(map(f, zero), whole(at_zero), "{f:?}");
    }
    assert_eq!(map(Log, whole(1)), zero);
    assert_eq!(map(Log, Modular::constant(Constant::E)), whole(1));
    assert_eq!(map(Exp, whole(1)), Modular::constant(Constant::E));
    assert!(map(Log, zero).is_undefined() && map(Sqrt, whole(-1)).is_undefined());
    assert_eq!(map(Log10, whole(10)), whole(1));
}

/// Where a slope is more than an identity can say, it is that of the real function: differences of an atom mean
/// nothing, but e.g. sqrt(u)² = u must have the slope of u.
#[test]
fn slopes_follow_from_identities() {
    use Elementary::*;
    let moving = |u: Modular| ExactJet::lift(u).moving(0, 1.0).moving(1, 1.0);
    let one = ExactJet::from_f64(1.0);
    let mut random = Rand64::new(6);
    for _ in 0..40 {
        let u = whole(random.rand_range(2..1_000_000) as i64).positive();
        let x = moving(u);
        let of = |f| x.map(f);
        let square = |v: ExactJet| v.times(v);
        let same = |name: &str, left: ExactJet, right: ExactJet| {
            for (l, r) in [(left, right), (left.rate(0), right.rate(0)), (left.rate(1).rate(0), right.rate(1).rate(0))]
            {
                assert_eq!(l.plain(), r.plain(), "{name}");
            }
        };
        same("sqrt", square(of(Sqrt)), x);
        same("cbrt", square(of(Cbrt)).times(of(Cbrt)), x);
        same("exp", of(Exp).times(x.map(Negate).map(Exp)), one);
        same("expm1", of(Expm1).plus(one), of(Exp));
        same("circle", square(of(Sin)).plus(square(of(Cos))), one);
        same("hyperbola", square(of(Cosh)).minus(square(of(Sinh))), one);
        same("tan", of(Tan).times(of(Cos)), of(Sin));
        same("sec", of(Sec).times(of(Cos)), one);
        same("csc", of(Csc).times(of(Sin)), one);
        same("cot", of(Cot).times(of(Sin)), of(Cos));
        same("tanh", of(Tanh).times(of(Cosh)), of(Sinh));
        same("sigmoid", of(Sigmoid).times(one.plus(x.map(Negate).map(Exp))), one);
        same("softplus", of(Softplus), of(Exp).map(Log1p));
        same("relu", of(Relu).minus(x.map(Negate).map(Relu)), x);
        same("abs", of(Abs), of(Relu).plus(x.map(Negate).map(Relu)));
        same("log2", of(Log2).times(ExactJet::from_f64(2.0).map(Log)), of(Log));
        same("log10", of(Log10).times(ExactJet::from_f64(10.0).map(Log)), of(Log));
        // Slopes of inverse functions need a root: where there is one.
        if !of(Acos).rate(0).is_undefined() {
            same("acos", of(Acos).rate(0), of(Asin).map(Negate).rate(0));
        }
        let power = |n, d| ExactJet::map2(Elementary2::Power, x, ExactJet::from_number(Number::ratio(n, d)));
        same("powers", power(2, 3).times(power(-5, 3)), one.over(x));
    }
}

/// Every operator on small whole numbers against floats, values and slopes: where no atom has a part, the exact number
/// is the fraction that the float rounds.
#[test]
fn every_operator_is_the_same_in_both_kinds() {
    let mut random = Rand64::new(7);
    let (mut plain, mut with_atoms) = (Vec::new(), Vec::new());
    let shapes: [&[u64]; 8] = [&[], &[4], &[3], &[6], &[2, 3], &[3, 3], &[1, 3], &[3, 4]];
    let with_data = [
        Data::None,
        Data::Shape(Shape::matrix(Dim::Size(2), Dim::Size(3))),
        Data::Grid(1, 2),
        Data::Grid(1, 1),
        Data::Number(Number::int(3)),
        Data::Dim(Dim::Size(3)),
    ];
    for op in ops::all().filter(|op| !matches!(op.eval, Eval::Evaluator)) {
        let most = match op.eval {
            Eval::Map(_) => 1,
            Eval::Map2(_) => 2,
            _ => 3,
        };
        // Slopes outside a function's domain are those of the formula, where floats have none.
        let bounded = op.sample != crate::op::Sample::Real;
        let (mut exact_entries, mut atoms) = (0, 0);
        for count in 1..=most {
            for combination in 0..shapes.len().pow(count) {
                let chosen: Vec<&[u64]> =
                    (0..count).map(|k| shapes[combination / shapes.len().pow(k) % shapes.len()]).collect();
                for data in &with_data {
                    let (exact, float) = compare_at(op, &chosen, data, &mut random);
                    for (e, f) in exact.iter().zip(&float) {
                        atoms += usize::from(e.atom && !e.is_undefined());
                        if e.atom || (bounded && f.is_nan()) {
                            continue;
                        }
                        let (n, d) = fraction(e.form).expect("a small fraction");
                        let e = n as f64 / d as f64;
                        assert!((e - f).abs() <= 1e-9 * f.abs().max(1.0), "{} of {chosen:?}: {e} {f}", op.name);
                        exact_entries += 1;
                    }
                }
            }
        }
        assert!(exact_entries + atoms > 0, "{} was never compared", op.name);
        if atoms > 0 { with_atoms.push(op.name) } else { plain.push(op.name) }
    }
    let wanted = ["add", "divide", "product", "dot", "mean", "prod", "prod_pairs", "var", "diag", "tr", "stack"];
    for name in wanted {
        assert!(plain.contains(&name), "{name} has exact numbers: {plain:?}");
    }
    for name in ["exp", "max", "relu", "norm2", "softmax", "std", "first_max", "greater", "sqrt", "norm1"] {
        assert!(with_atoms.contains(&name), "{name} has atoms: {with_atoms:?}");
    }
}

/// Values and slopes in both kinds; nothing where the operator does not take such arguments, or where they are nowhere
/// defined.
fn compare_at(
    op: &'static crate::op::Op,
    shapes: &[&[u64]],
    data: &Data,
    random: &mut Rand64,
) -> (Vec<Modular>, Vec<f64>) {
    let mut arena = Arena::new(Dims::default());
    let mut floats: Env<Jet> = Env::default();
    let mut exacts: Env<ExactJet> = Env::default();
    let mut args: Vec<NodeId> = Vec::new();
    for shape in shapes {
        let symbol = arena.new_symbol("x", Shape(shape.iter().map(|&n| Dim::Size(n)).collect()), None);
        let sizes: Vec<usize> = shape.iter().map(|&n| n as usize).collect();
        let numbers = Tensor::<f64>::build(&sizes, |_| random.rand_range(1..6) as f64);
        let moves = Tensor::<f64>::build(&sizes, |_| random.rand_range(1..4) as f64);
        let both = |k: usize| (numbers.data[k], moves.data[k]);
        let float = (0..numbers.len()).map(|k| Jet::lift(both(k).0).moving(0, both(k).1)).collect();
        let exact = (0..numbers.len()).map(|k| ExactJet::from_f64(both(k).0).moving(0, both(k).1)).collect();
        floats.values.insert(symbol, Tensor::new(&sizes, float));
        exacts.values.insert(symbol, Tensor::new(&sizes, exact));
        args.push(arena.symbol(symbol));
    }
    let fits = match op.name {
        "expand" => matches!(data, Data::Shape(_)) && args.len() == 1,
        "grid" => matches!(data, Data::Grid(_, n) if *n == args.len()),
        "dot" | "product" => matches!(data, Data::None) && args.len() == 2,
        "matrix-power" => matches!(data, Data::Number(_)) && args.len() == 1,
        "prod_but" => matches!(data, Data::Dim(_)) && args.len() == 1,
        "unvec" => matches!(data, Data::Shape(_)) && args.len() == 1,
        _ => matches!(data, Data::None),
    };
    let counted = match op.typed {
        crate::op::Typed::Call { least, most } => (least..=most).contains(&args.len()),
        _ => true,
    };
    if !fits || !counted || (op == &ops::elementwise::CASES && args.len() != 3) {
        return Default::default();
    }
    let is_pair = matches!(op.eval, Eval::Map2(_));
    if is_pair && args.len() != 2 {
        return Default::default();
    }
    let Ok(node) = arena.make(op, &args, data.clone()) else { return Default::default() };
    let (float, exact) = (value(&arena, node, &floats).unwrap(), value(&arena, node, &exacts).unwrap());
    let parts = |x: ExactJet| [x.plain(), x.rate(0).plain()];
    let exact: Vec<Modular> = exact.data.iter().flat_map(|&x| parts(x)).collect();
    let float: Vec<f64> = float.data.iter().flat_map(|&x| [x.plain(), x.rate(0).plain()]).collect();
    (exact, float)
}
