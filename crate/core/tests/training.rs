//! Training as a whole: gradients of random networks against the evaluator and against differences; random settings, of which
//! nothing that is not finite may come; runs that repeat bit by bit.
//!
//! `CHALKGRAD_NETWORKS=1000 CHALKGRAD_SETTINGS=10000 cargo test --release --test training -- --nocapture` is the long run;
//! `CHALKGRAD_SEED=7` starts elsewhere.

use chalkgrad_core::eval::{Env, evaluate};
use chalkgrad_core::expr::NodeId;
use chalkgrad_core::tensor::Tensor;
use chalkgrad_core::train::{Engine, Model, Spec, Trainer};
use oorandom::Rand64;
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// The seeded part that runs in every test.
const USUAL_NETWORKS: usize = 60;
const USUAL_SETTINGS: usize = 150;
/// The same tape in f64, and in f32, against the evaluator; differences against the tape. All relative to the largest entry.
const DOUBLE: f64 = 1e-9;
const SINGLE: f64 = 1e-4;
const DIFFERENCE: f64 = 1e-6;

fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name)
        .ok()
        .map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

fn random(stream: u128) -> Rand64 {
    Rand64::new(setting("CHALKGRAD_SEED", 1) as u128 * 1000 + stream)
}

fn below(random: &mut Rand64, end: usize) -> usize {
    random.rand_range(0..end as u64) as usize
}

fn pick<'a>(random: &mut Rand64, from: &[&'a str]) -> &'a str {
    from[below(random, from.len())]
}

/// A number that f32 holds exactly, so that both tapes see the same point.
fn number(random: &mut Rand64, reach: f64) -> f64 {
    f64::from((reach * (2.0 * random.rand_float() - 1.0)) as f32)
}

fn numbers(random: &mut Rand64, shape: &[usize], reach: f64) -> Value {
    match shape {
        [] => json!(number(random, reach)),
        [n, inner @ ..] => (0..*n).map(|_| numbers(random, inner, reach)).collect(),
    }
}

/// Activations, `Z` being what comes in.
const ACTIVATIONS: [&str; 12] = [
    "tanh(Z)",
    "relu(Z)",
    "sigmoid(Z)",
    "softplus(Z)",
    "sin(Z)",
    "atan(Z)",
    "Z .* sigmoid(Z)",
    "Z ./ (1 + abs(Z))",
    "exp(-Z.^2)",
    "log(1 + Z.^2)",
    "max(Z, 0.1 * Z)",
    "cases(Z > 0, Z, exp(Z) - 1)",
];

/// A network with random layers, activation, loss and samples.
fn network(random: &mut Rand64) -> Value {
    let depth = below(random, 4);
    let several = below(random, 2) == 1;
    let samples = 1 + below(random, 13);
    let features = 2 + below(random, 4);
    let activation = pick(random, &ACTIVATIONS);
    let mut params = Map::new();
    let mut inside = "X".to_owned();
    let mut width = features;
    for layer in 1..=depth {
        let units = 2 + below(random, 8);
        params.insert(
            format!("W_{layer}"),
            json!({"shape": [width, units], "init": numbers(random, &[width, units], 1.0)}),
        );
        params.insert(format!("b_{layer}"), json!({"shape": [units], "init": numbers(random, &[units], 0.5)}));
        let before = format!("({inside} * W_{layer} + ones(N) * b_{layer}')");
        inside = activation.replace('Z', &before);
        inside = format!("({inside})");
        width = units;
    }
    let mut data = Map::new();
    data.insert("X".to_owned(), numbers(random, &[samples, features], 1.0));
    let loss = if several {
        let outputs = 2 + below(random, 3);
        params.insert(
            "V".to_owned(),
            json!({"shape": [width, outputs], "init": numbers(random, &[width, outputs], 1.0)}),
        );
        params.insert("c".to_owned(), json!({"shape": [outputs], "init": numbers(random, &[outputs], 0.5)}));
        data.insert("Y".to_owned(), numbers(random, &[samples, outputs], 1.0));
        let losses = [
            "mean((Y - O).^2)",
            "-mean(rowsums(Y .* log(sigmoid(O))))",
            "mean(log(rowsums(exp(O))) - rowsums(Y .* O))",
            "sum(colsums((Y - O).^4)) / N",
        ];
        format!("{} where O = {inside} * V + ones(N) * c'", pick(random, &losses))
    } else {
        params.insert("v".to_owned(), json!({"shape": [width], "init": numbers(random, &[width], 1.0)}));
        params.insert("c".to_owned(), json!({"shape": [], "init": numbers(random, &[], 0.5)}));
        data.insert("y".to_owned(), numbers(random, &[samples], 1.0));
        let losses = [
            "mean((y - o).^2)",
            "mean(log(1 + exp(-y .* o)))",
            "mean(softplus(-y .* o)) + 0.01 * (v · v)",
            "sum((y - o).^2 ./ (1 + (y - o).^2))",
            "1/2 * norm2(y - o)^2",
        ];
        format!("{} where o = {inside} * v + c", pick(random, &losses))
    };
    json!({"loss": loss, "params": params, "data": data, "rate": 0.1, "seed": 1})
}

/// The largest difference of some numbers from the right ones, relative to the largest of these.
fn off(is: &[f64], right: &[f64]) -> f64 {
    assert_eq!(is.len(), right.len());
    let scale = right.iter().fold(1e-3, |most: f64, x| most.max(x.abs()));
    is.iter()
        .zip(right)
        .map(|(a, b)| (a - b).abs() / scale)
        .fold(0.0, |most, d| if d > most || d.is_nan() { d } else { most })
}

/// A derivative by central differences, each pair of widths better than one alone; `None` where the pairs disagree: a kink lies
/// between the widths, and every pair above it is wrong by another amount. (With two pairs a leaky rectifier once fooled them.)
fn difference(loss: &mut dyn FnMut(f64) -> f64, scale: f64) -> Option<f64> {
    let slopes = [2e-3, 1e-3, 5e-4, 2.5e-4].map(|width| (loss(width) - loss(-width)) / (2.0 * width));
    let better = |k: usize| slopes[k + 1] + (slopes[k + 1] - slopes[k]) / 3.0;
    let agree = |a: f64, b: f64| (a - b).abs() <= 0.3 * DIFFERENCE * scale;
    (agree(better(0), better(1)) && agree(better(1), better(2))).then_some(better(2))
}

#[test]
fn gradients_of_random_networks_are_right() {
    let count = setting("CHALKGRAD_NETWORKS", USUAL_NETWORKS);
    let mut random = random(1);
    let (mut compared, mut rough, mut rare) = (0, 0, 0);
    let (mut worst_double, mut worst_single, mut worst_difference) = (0.0f64, 0.0f64, 0.0f64);
    for _ in 0..count {
        let text = network(&mut random);
        let spec = Spec::read(&text.to_string()).unwrap_or_else(|e| panic!("{text}: {}", e.message));
        let model = Rc::new(Model::of(&spec).unwrap_or_else(|e| panic!("{}: {}", spec.loss, e.message)));
        let mut env: Env<f64> = Env::default();
        env.sizes.extend(model.samples.map(|dim| (dim, spec.samples().unwrap_or(0))));
        for (symbol, (_, values)) in model.data.iter().zip(&spec.data) {
            env.values.extend(symbol.map(|symbol| (symbol, values.clone())));
        }
        let mut double: Engine<f64> = Engine::new(spec.clone(), Rc::clone(&model), below(&mut random, 2) == 0).unwrap();
        let mut single: Engine<f32> = Engine::new(spec.clone(), Rc::clone(&model), false).unwrap();
        rare += usize::from(double.size().1 > 0);
        for (at, parameter) in model.params.iter().enumerate() {
            let start = Tensor::new(&spec.params[at].shape, double.param(at).to_vec());
            env.values.insert(parameter.symbol, start);
        }
        let gradients: Vec<NodeId> = model.params.iter().map(|p| p.gradient).collect();
        let right = evaluate(&model.arena, &gradients, &env).unwrap();
        for (at, right) in right.iter().enumerate() {
            let (d, s) = (double.gradient(at).unwrap(), single.gradient(at).unwrap());
            let (d, s) = (off(&d, &right.data), off(&s, &right.data));
            assert!(d <= DOUBLE && s <= SINGLE, "{text}\n{} is off by {d:e} and {s:e}", spec.params[at].name);
            (worst_double, worst_single) = (worst_double.max(d), worst_single.max(s));
            let symbol = model.params[at].symbol;
            let scale = right.data.iter().fold(1e-3, |most: f64, x| most.max(x.abs()));
            for entry in 0..right.len() {
                let mut moved = |by: f64| {
                    let mut env = env.clone();
                    if let Some(tensor) = env.values.get_mut(&symbol) {
                        tensor.data[entry] += by;
                    }
                    evaluate(&model.arena, &[model.loss], &env).unwrap()[0].data[0]
                };
                match difference(&mut moved, scale) {
                    None => rough += 1,
                    Some(slope) => {
                        let error = (slope - right.data[entry]).abs() / scale;
                        assert!(error <= DIFFERENCE, "{text}\n{}[{entry}]: {error:e}", spec.params[at].name);
                        worst_difference = worst_difference.max(error);
                        compared += 1;
                    }
                }
            }
        }
    }
    println!(
        "{count} networks: {compared} entries compared, {rough} beside a kink, {rare} networks with rare parts; \
         worst: f64 {worst_double:.1e}, f32 {worst_single:.1e}, differences {worst_difference:.1e}"
    );
    assert!(rough * 10 < compared, "{rough} of {compared} are beside a kink");
    assert!(rare * 10 < count, "{rare} of {count} networks have parts that are no instructions");
}

/// A session with settings of every kind, sensible and not.
fn settings(random: &mut Rand64) -> Value {
    let mut spec = network(random);
    let power = |random: &mut Rand64, from: f64, to: f64| 10f64.powf(from + (to - from) * random.rand_float());
    let rate = match below(random, 8) {
        0 => 0.0,
        1 => 1e300,
        2 => power(random, 3.0, 40.0),
        _ => power(random, -4.0, 3.0),
    };
    spec["rate"] = json!(rate);
    spec["batch"] = json!(1 + below(random, 20));
    spec["seed"] = json!(below(random, 1000));
    spec["momentum"] = json!([0.0, 0.5, 0.99][below(random, 3)]);
    if below(random, 4) == 0 {
        let reach = power(random, 0.0, 36.0);
        let samples = spec["data"]["X"].as_array().map_or(1, Vec::len);
        let features = spec["data"]["X"][0].as_array().map_or(1, Vec::len);
        spec["data"]["X"] = numbers(random, &[samples, features], reach);
    }
    spec
}

fn read(text: Result<String, String>) -> Value {
    serde_json::from_str(&text.unwrap_or_else(|refusal| panic!("{refusal}"))).unwrap()
}

#[test]
fn nothing_that_is_not_finite_is_ever_stored() {
    let count = setting("CHALKGRAD_SETTINGS", USUAL_SETTINGS);
    let mut random = random(2);
    let (mut refused, mut stopped, mut trained) = (0, 0, 0);
    for _ in 0..count {
        let spec = settings(&mut random);
        let mut trainer = match Trainer::new(&spec.to_string()) {
            Ok(trainer) => trainer,
            Err(refusal) => {
                let error: Value = serde_json::from_str(&refusal).unwrap();
                assert!(error["error"]["message"].as_str().is_some_and(|m| m.len() > 30), "{refusal}");
                refused += 1;
                continue;
            }
        };
        let names: Vec<String> = spec["params"].as_object().unwrap().keys().cloned().collect();
        for _ in 0..4 {
            let batch_loss = trainer.step(1 + below(&mut random, 150) as u32).unwrap();
            assert!(batch_loss.is_finite(), "{spec}");
            let finite = names.iter().all(|name| trainer.param(name).unwrap().iter().all(|x| x.is_finite()));
            assert!(finite, "{spec}");
            if below(&mut random, 2) == 0 {
                assert!(trainer.loss().unwrap().is_finite(), "{spec}");
            }
        }
        let state = read(trainer.state());
        assert!(state["loss"].as_f64().is_some_and(f64::is_finite), "{spec}");
        if state["stopped"].is_null() {
            trained += 1;
        } else {
            stopped += 1;
            let why = |state: &Value| state["stopped"]["why"].as_str().map(str::to_owned);
            assert!(state["stopped"]["message"].as_str().is_some_and(|m| m.contains("the loss")), "{state}");
            // One click goes on from there, unless there is nothing to go along.
            trainer.set_rate(0.0).unwrap();
            assert!(trainer.step(3).unwrap().is_finite());
            let after = read(trainer.state());
            assert!(after["stopped"].is_null() || why(&after).as_deref() == Some("steep"), "{spec} {after}");
        }
    }
    println!("{count} settings: {trained} trained, {stopped} stopped with words, {refused} refused at the start");
    assert!(trained * 5 > count && stopped * 20 > count, "{trained} {stopped} {refused}");
}

/// A finite gradient that momentum adds up beyond what f32 holds: no rate is at fault, not even 0.
#[test]
fn a_velocity_beyond_all_numbers_is_told_as_such() {
    let mut spec = json!({
        "loss": "mean(a * v)", "params": {"v": {"shape": [], "init": 0.01}}, "data": {"a": [2e38]},
        "batch": 1, "rate": 0, "momentum": 0.9, "seed": 1,
    });
    let mut trainer = open(&spec);
    trainer.step(1).unwrap();
    assert!(read(trainer.state())["stopped"].is_null());
    trainer.step(1).unwrap();
    let state = read(trainer.state());
    assert_eq!(state["stopped"]["why"], "steep");
    assert!(state["stopped"]["message"].as_str().unwrap().contains("momentum 0.9 adds up"), "{state}");
    assert_eq!(trainer.param("v").unwrap(), [0.01]);
    // Without momentum it goes on.
    spec["momentum"] = json!(0);
    let mut trainer = open(&spec);
    trainer.step(9).unwrap();
    assert!(read(trainer.state())["stopped"].is_null());
}

/// In another session, from the snapshot of one that stopped, the same step is refused: in other words, where these are other words.
#[test]
fn what_stopped_one_session_stops_the_next_from_its_snapshot() {
    let mut spec: Value = serde_json::from_str(LINE).unwrap();
    let mut stopped = open(&spec);
    stopped.step(200).unwrap();
    let first = read(stopped.state());
    assert!(first["stopped"]["message"].as_str().unwrap().contains("would take the loss"), "{first}");
    spec["language"] = json!("de");
    let mut next = open(&spec);
    next.restore(&stopped.snapshot()).unwrap();
    next.step(1).unwrap();
    let state = read(next.state());
    assert!(state["stopped"]["message"].as_str().unwrap().contains("würde den Verlust"), "{state}");
    assert_eq!((&state["step"], &state["loss"]), (&first["step"], &first["loss"]));
}

fn bits(trainer: &Trainer, spec: &Value) -> Vec<u32> {
    let names = spec["params"].as_object().unwrap().keys();
    names.flat_map(|name| trainer.param(name).unwrap()).map(f32::to_bits).collect()
}

fn open(spec: &Value) -> Trainer {
    Trainer::new(&spec.to_string()).unwrap_or_else(|refusal| panic!("{spec}: {refusal}"))
}

#[test]
fn runs_repeat_bit_by_bit() {
    let mut random = random(3);
    for _ in 0..10 {
        let mut spec = network(&mut random);
        spec["batch"] = json!(1 + below(&mut random, 6));
        spec["momentum"] = json!(0.5);
        spec["rate"] = json!(0.01);
        let mut one = open(&spec);
        one.step(137).unwrap();
        let mut other = open(&spec);
        for _ in 0..137 {
            other.step(1).unwrap();
        }
        assert_eq!(bits(&one, &spec), bits(&other, &spec), "{spec}");
        // Back to a snapshot, in this session or in another one, and on from there.
        let snapshot = one.snapshot();
        one.step(50).unwrap();
        let last = bits(&one, &spec);
        for trainer in [&mut one, &mut other] {
            trainer.restore(&snapshot).unwrap();
            trainer.step(50).unwrap();
            assert_eq!(bits(trainer, &spec), last);
        }
        one.reset().unwrap();
        one.step(187).unwrap();
        assert_eq!(bits(&one, &spec), last);
    }
}

const LINE: &str = r#"{"loss": "mean((y - X*w - b).^2)",
    "params": {"w": {"shape": [2], "init": 0.5}, "b": {"shape": [], "init": 0.1}},
    "data": {"X": [[1, 2], [-1, 0.5], [0.5, 1], [2, -1], [1.5, 0.2], [-0.3, 2]], "y": [3, 0.5, 1.5, 1, 1.9, 1.2]},
    "rate": 5, "seed": 3}"#;

#[test]
fn the_largest_rate_is_where_descent_turns() {
    let mut trainer = Trainer::new(LINE).unwrap();
    let limit = trainer.largest_rate().expect("the loss is quadratic");
    trainer.step(200).unwrap();
    let state = read(trainer.state());
    assert!(state["stopped"]["message"].as_str().unwrap().contains("2/λ"), "{state}");
    let advice = state["stopped"]["rate_advice"].as_f64().unwrap();
    assert!(advice < limit && advice > 0.85 * limit, "{advice} {limit}");
    for (rate, settles) in [(0.99 * limit, true), (1.02 * limit, false)] {
        trainer.reset().unwrap();
        trainer.set_rate(rate).unwrap();
        let start = trainer.loss().unwrap();
        trainer.step(3000).unwrap();
        assert_eq!(trainer.loss().unwrap() < start, settles, "{rate}");
    }
}

#[test]
fn what_the_door_refuses_it_refuses_in_words() {
    let mut trainer = Trainer::new(LINE).unwrap();
    let refused = |result: Result<(), String>, words: &str| {
        let message = result.unwrap_err();
        assert!(message.contains(words), "{message}");
    };
    let before = trainer.snapshot();
    refused(trainer.set_rate(-1.0), "negative");
    refused(trainer.set_rate(f64::NAN), "finite");
    refused(trainer.set_param("v", &[1.0]), "The parameters are `b`, `w`");
    refused(trainer.set_param("w", &[1.0]), "takes 2 numbers");
    refused(trainer.set_param("w", &[f32::NAN, 1.0]), "finite");
    refused(trainer.set_param("w", &[3e38, 3e38]), "not a finite number");
    refused(trainer.param("v").map(|_| ()), "no parameter");
    refused(trainer.gradient("v").map(|_| ()), "no parameter");
    for (snapshot, words) in [
        ("nothing", "no snapshot"),
        ("{}", "step"),
        (&before.replace("0.5", "0.5, 1"), "another size"),
        (&before.replace("\"rate\":5", "\"rate\":-5"), "negative"),
        (&before.replace("0.5", "1e39"), "no snapshot"),
        (&before.replace("0.5", "3e38"), "not a finite number"),
    ] {
        refused(trainer.restore(snapshot), words);
    }
    assert_eq!(trainer.snapshot(), before);
    let huge = LINE.replace("[1, 2]", "[1e39, 2]");
    let refusal = Trainer::new(&huge).err().unwrap();
    assert!(refusal.contains("Entry 1 of `data.X`") && refusal.contains("too large"), "{refusal}");
}

/// Everything that a session can be told without anything being wrong.
#[test]
fn settings_data_and_silent_units_are_told() {
    let whys = |spec: &str, steps: u32| {
        let mut trainer = Trainer::new(spec).unwrap();
        trainer.step(steps).unwrap();
        let state = read(trainer.state());
        let notes = state["notes"].as_array().unwrap();
        notes.iter().map(|note| note["why"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(whys(&LINE.replace("\"rate\": 5", "\"rate\": 0, \"batch\": 50"), 2), ["batch", "rate"]);
    assert_eq!(whys(&LINE.replace("\"rate\": 5", "\"rate\": 0.1"), 2), Vec::<String>::new());
    let dead = LINE.replace("X*w - b", "relu(X*w + b)").replace("\"init\": 0.1", "\"init\": -100");
    assert_eq!(whys(&dead.replace("\"rate\": 5", "\"rate\": 0.1"), 1), ["dead", "flat"]);
    let flat = LINE.replace("X*w - b", "tanh(X*w + b)").replace("\"init\": 0.1", "\"init\": 100");
    assert!(whys(&flat.replace("\"rate\": 5", "\"rate\": 0.1"), 1).contains(&"saturated".to_owned()));
}
