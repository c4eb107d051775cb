use super::*;
use crate::error::Kind;
use crate::expr::NodeId;
use crate::expr::{Arena, SymbolId};
use crate::op::{Data, Op};
use crate::ops::{elementwise, products, reductions};
use crate::shape::{Dim, Dims, Shape};
use oorandom::Rand64;

/// mean((y − f(X w + b))²) with f the rectifier or nothing. The gradient is written out here: these tests are about
/// stepping; that derived gradients are right is tested where they are derived.
fn model(with_relu: bool) -> Model {
    let mut dims = Dims::default();
    let n = dims.declare("N");
    let mut arena = Arena::new(dims);
    let two = Dim::Size(2);
    let symbols: Vec<SymbolId> =
        [("X", Shape::matrix(n, two)), ("y", Shape::vector(n)), ("b", Shape::SCALAR), ("w", Shape::vector(two))]
            .into_iter()
            .map(|(name, shape)| arena.new_symbol(name, shape, None))
            .collect();
    let nodes: Vec<NodeId> = symbols.iter().map(|&s| arena.symbol(s)).collect();
    let (x, y, b, w) = (nodes[0], nodes[1], nodes[2], nodes[3]);
    let call = |arena: &mut Arena, op: &'static Op, args: &[NodeId]| arena.must(op, args, Data::None);
    let xw = arena.product(x, w).unwrap();
    let z = arena.add(&[xw, b]);
    let (out, gate) = if with_relu {
        (call(&mut arena, &elementwise::RELU, &[z]), call(&mut arena, &elementwise::STEP, &[z]))
    } else {
        let ones = arena.ones(&Shape::vector(n));
        (z, ones)
    };
    let error = arena.subtract(y, out);
    let squares = arena.multiply(&[error, error]);
    let loss = call(&mut arena, &reductions::MEAN, &[squares]);
    let (minus_two, count) = (arena.int(-2), arena.dim_value(n));
    let factor = arena.divide(minus_two, count);
    let gated = arena.multiply(&[error, gate]);
    let (sum, transposed) = (call(&mut arena, &reductions::SUM, &[gated]), arena.transpose(x));
    let by_b = arena.multiply(&[factor, sum]);
    let weighted = call(&mut arena, &products::PRODUCT, &[transposed, gated]);
    let by_w = arena.multiply(&[factor, weighted]);
    let params = vec![Trained { symbol: symbols[2], gradient: by_b }, Trained { symbol: symbols[3], gradient: by_w }];
    let data = vec![Some(symbols[0]), Some(symbols[1])];
    Model { arena, loss, params, data, samples: Some(n), named: Vec::new() }
}

fn spec(text: &str) -> Spec {
    Spec::read(text).unwrap()
}

const SPEC: &str = r#"{"loss": "mean((y - relu(X*w + b)).^2)",
    "params": {"w": {"shape": [2], "init": {"uniform": 0.5}}, "b": {"shape": [], "init": 0.1}},
    "data": {"X": [[1, 2], [-1, 0.5], [0.5, 1], [2, -1], [1.5, 0.2], [-0.3, 2]], "y": [3, 0.5, 1.5, 1, 1.9, 1.2]},
    "batch": 4, "rate": 0.05, "seed": 3}"#;

fn session(with_relu: bool, changes: &[(&str, &str)]) -> Session {
    let text = changes.iter().fold(SPEC.to_owned(), |text, (from, to)| text.replace(from, to));
    Session::with_model(spec(&text), model(with_relu)).unwrap()
}

fn whys(state: &State) -> Vec<&str> {
    state.notes.iter().map(|note| note.why.as_str()).collect()
}

#[test]
fn the_loss_falls_and_runs_repeat() {
    let mut one = session(true, &[]);
    let first = one.state().unwrap();
    assert_eq!((first.step, first.batch.len(), first.batch_loss), (0, 0, first.loss));
    let last = one.step(300).unwrap();
    assert_eq!((last.step, last.stopped.clone()), (300, None));
    assert!(last.loss < 0.2 * first.loss, "{} {}", first.loss, last.loss);
    // In one call or in many, and again after a reset: the same bits.
    let mut other = session(true, &[]);
    for _ in 0..299 {
        other.step(1).unwrap();
    }
    assert_eq!(other.step(1).unwrap(), last);
    assert_eq!(one.reset().unwrap(), first);
    assert_eq!(one.step(300).unwrap(), last);
    let mut seeded = session(true, &[("\"seed\": 3", "\"seed\": 4")]);
    assert_ne!(seeded.step(300).unwrap(), last);
}

#[test]
fn an_update_is_the_rate_times_the_gradient_of_its_batch() {
    let mut session = session(true, &[]);
    session.step(7).unwrap();
    let last = session.last.as_ref().unwrap();
    // Six samples in batches of four: the seventh step is the first of the fourth epoch.
    assert_eq!(last.batch.len(), 4);
    for k in 0..2 {
        for at in 0..last.before[k].len() {
            let expected = last.before[k].data[at] - 0.05 * last.gradient[k].data[at];
            assert_eq!(last.after[k].data[at], expected);
        }
    }
    // By hand: ∂/∂b of the mean of (y − relu(z))² over the batch.
    let (w, b) = (&last.before[1].data, last.before[0].data[0]);
    let rows = [[1.0, 2.0], [-1.0, 0.5], [0.5, 1.0], [2.0, -1.0], [1.5, 0.2], [-0.3, 2.0]];
    let y = [3.0, 0.5, 1.5, 1.0, 1.9, 1.2];
    let slope = |i: usize| {
        let z = rows[i][0] * w[0] + rows[i][1] * w[1] + b;
        if z > 0.0 { -2.0 * (y[i] - z) / 4.0 } else { 0.0 }
    };
    let by_b: f64 = last.batch.iter().map(|&i| slope(i)).sum();
    assert!((by_b - last.gradient[0].data[0]).abs() < 1e-14);
    let second = session.step(1).unwrap();
    assert_eq!(second.batch.len(), 2);
}

#[test]
fn momentum_adds_up_gradients() {
    let mut plain = session(false, &[("\"batch\": 4", "\"batch\": 6")]);
    let mut heavy = session(false, &[("\"batch\": 4", "\"batch\": 6, \"momentum\": 0.5")]);
    assert_eq!(plain.step(1).unwrap().params, heavy.step(1).unwrap().params);
    let (before, first) = (heavy.engine.parameters(), heavy.engine.now.velocity.clone());
    heavy.step(1).unwrap();
    let last = heavy.last.as_ref().unwrap();
    let velocity = last.gradient[1].data[0] + 0.5 * first[1];
    assert_eq!(last.velocity[1].data[0], velocity);
    assert_eq!(last.after[1].data[0], before[1].data[0] - 0.05 * velocity);
}

#[test]
fn divergence_is_caught_with_the_last_good_state_kept() {
    for rate in ["3", "1e10", "1e300"] {
        let mut session = session(false, &[("0.05", rate), ("\"batch\": 4", "\"batch\": 6")]);
        let state = session.step(1_000).unwrap();
        let stopped = state.stopped.clone().expect("it diverges");
        assert!(state.loss.is_finite() && session.engine.now.params.iter().all(|x| x.is_finite()));
        assert_eq!(stopped.why, "diverged");
        assert!(stopped.message.contains("would take the loss from"), "{}", stopped.message);
        assert!(stopped.message.contains("2/λ"), "{}", stopped.message);
        // Nothing moves until something is changed; then it goes on from there.
        assert_eq!(session.step(5).unwrap(), state);
        session.set_rate(stopped.rate_advice.unwrap()).unwrap();
        let after = session.step(500).unwrap();
        assert!(after.stopped.is_none() && after.loss <= state.loss, "{rate}: {after:?}");
    }
}

#[test]
fn the_advised_limit_is_the_limit() {
    let mut session = session(false, &[("\"batch\": 4", "\"batch\": 6")]);
    let limit = session.largest_rate().unwrap();
    session.set_rate(0.99 * limit).unwrap();
    let below = session.step(3_000).unwrap();
    assert!(below.stopped.is_none());
    let settled = below.loss;
    session.reset().unwrap();
    session.set_rate(1.01 * limit).unwrap();
    let above = session.step(3_000).unwrap();
    assert!(above.stopped.is_some(), "{above:?}");
    let advice = above.stopped.unwrap().rate_advice.unwrap();
    assert!(advice < limit && advice > 0.85 * limit, "{advice} {limit}");
    session.reset().unwrap();
    session.set_rate(advice).unwrap();
    assert!((session.step(3_000).unwrap().loss - settled).abs() < 1e-6);
    // With a rectifier the loss is not quadratic: no limit is claimed.
    let mut kinked = super::tests::session(true, &[("0.05", "50")]);
    let stopped = kinked.step(1_000).unwrap().stopped;
    assert!(stopped.is_none_or(|s| s.rate_advice.is_none() && s.message.contains("valley")));
    assert_eq!(kinked.largest_rate(), None);
}

#[test]
fn minibatches_have_limits_of_their_own() {
    let all = session(false, &[("\"batch\": 4", "\"batch\": 6")]);
    let single = session(false, &[("\"batch\": 4", "\"batch\": 1")]);
    let (for_all, for_one) = (all.largest_rate().unwrap(), single.largest_rate().unwrap());
    // One sample (x, 1): the curvature is 2 (|x|² + 1), largest for x = (1, 2).
    assert!((for_one - 2.0 / 12.0).abs() < 1e-9, "{for_one}");
    assert!(for_one < for_all);
}

#[test]
fn settings_and_data_are_told_in_words() {
    let mut session = session(true, &[("\"batch\": 4", "\"batch\": 50"), ("0.05", "0")]);
    let state = session.step(3).unwrap();
    assert_eq!(whys(&state), ["batch", "rate"]);
    assert!(state.notes[0].message.contains("50") && state.notes[0].message.contains("all 6 samples"));
    assert_eq!(state.batch, [0, 1, 2, 3, 4, 5]);
    let mut constant = super::tests::session(true, &[("[3, 0.5, 1.5, 1, 1.9, 1.2]", "[2, 2, 2, 2, 2, 2]")]);
    assert_eq!(whys(&constant.state().unwrap()), ["constant"]);
    assert!(constant.state().unwrap().notes[0].message.contains("`y` is 2"));
}

#[test]
fn a_dead_rectifier_is_told() {
    let mut session = session(true, &[]);
    session.set_param("b", &[-100.0]).unwrap();
    let state = session.step(1).unwrap();
    assert_eq!(whys(&state), ["dead"]);
    let before = state.params.clone();
    assert_eq!(session.step(10).unwrap().params, before);
}

#[test]
fn an_exact_minimum_is_told() {
    let mut session = session(false, &[("[3, 0.5, 1.5, 1, 1.9, 1.2]", "[0, 0, 0, 0, 0, 0]")]);
    session.set_param("w", &[0.0, 0.0]).unwrap();
    session.set_param("b", &[0.0]).unwrap();
    let state = session.step(1).unwrap();
    assert_eq!(whys(&state), ["constant", "flat"]);
}

#[test]
fn parameters_put_by_hand_are_checked() {
    let mut session = session(true, &[]);
    assert_eq!(session.set_param("v", &[1.0]).unwrap_err().kind, Kind::Name);
    assert_eq!(session.set_param("w", &[1.0]).unwrap_err().kind, Kind::Shape);
    assert_eq!(session.set_param("w", &[1.0, f64::NAN]).unwrap_err().kind, Kind::Request);
    assert_eq!(session.set_param("w", &[1e200, 1e200]).unwrap_err().kind, Kind::Domain);
    assert!(session.set_rate(f64::NAN).is_err() && session.set_rate(-0.1).is_err());
    let before = session.state().unwrap();
    session.set_param("w", &[0.25, 0.5]).unwrap();
    let after = session.state().unwrap();
    assert!(after.loss != before.loss);
    assert_eq!(serde_json::to_string(&after.params["w"]).unwrap(), "[0.25,0.5]");
    assert_eq!(serde_json::to_string(&after.params["b"]).unwrap(), "0.1");
}

/// Extreme settings of every kind: whatever is stored is finite, and a refusal has words.
#[test]
fn nothing_that_is_not_finite_is_ever_stored() {
    let mut random = Rand64::new(11);
    let mut refused = 0;
    for _ in 0..400 {
        let rate = 10f64.powf(12.0 * random.rand_float() - 4.0);
        let batch = random.rand_range(1..8);
        let changes = [
            ("0.05", &format!("{rate:e}")[..]),
            ("\"batch\": 4", &format!("\"batch\": {batch}")),
            ("\"seed\": 3", &format!("\"seed\": {}", random.rand_range(0..1000))),
        ];
        let mut session = session(random.rand_float() < 0.5, &changes);
        let state = session.step(60).unwrap();
        let numbers = session.engine.now.params.iter();
        assert!(numbers.chain([&state.loss, &state.batch_loss]).all(|x| x.is_finite()));
        if let Some(stopped) = state.stopped {
            refused += 1;
            assert!(stopped.message.len() > 40);
        }
    }
    assert!((50..380).contains(&refused), "{refused}");
}
