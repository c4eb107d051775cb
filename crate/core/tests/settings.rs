//! Networks with random settings, sensible and not, as the network page may ask for them: whatever is asked, no number that is not
//! finite is given out or stored, and each refusal and each stop is explained.
//!
//! `CHALKGRAD_RANDOM=10000 cargo test --test settings -- --nocapture` is the long run; `CHALKGRAD_SEED=7` starts elsewhere.

use chalkgrad_core::train::{Reporter, Trainer, network};
use oorandom::Rand64;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The seeded part that runs in every test.
const USUAL: usize = 150;

fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name)
        .ok()
        .map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

fn below(random: &mut Rand64, end: usize) -> usize {
    random.rand_range(0..end as u64) as usize
}

fn power(random: &mut Rand64, from: f64, to: f64) -> f64 {
    10f64.powf(from + (to - from) * random.rand_float())
}

/// What may be typed as an activation: usual ones, ones that overflow or have poles, and ones that are none.
const ACTIVATIONS: [&str; 22] = [
    "tanh(z)",
    "tanh(z)",
    "relu(z)",
    "relu(z)",
    "sigmoid(z)",
    "z .* sigmoid(z)",
    "max(z, 0.1 * z)",
    "sin(z)",
    "softplus(z)",
    "z",
    "exp(z)",
    "exp(exp(z))",
    "z.^3",
    "1 ./ z",
    "log(z)",
    "sqrt(z)",
    "step(z)",
    "sign(z) .* log(1 + abs(z))",
    "3",
    "sum(z)",
    "a * z",
    "tanh(z",
];

/// Samples: a data set, or rows of one's own with everything that can be wrong with them.
fn data(random: &mut Rand64) -> Value {
    if below(random, 2) == 0 {
        let set = ["circle", "xor", "gauss", "spiral"][below(random, 4)];
        return json!({ "set": set, "count": 2 + below(random, 60), "noise": random.rand_float(), "seed": below(random, 99) });
    }
    let kind = below(random, 12);
    let reach = if kind < 4 { power(random, 0.0, 42.0) } else { 2.0 };
    let count = if kind == 4 { 0 } else { 1 + below(random, 20) };
    let mut rows: Vec<Value> = (0..count)
        .map(|_| {
            let mut number = || reach * (2.0 * random.rand_float() - 1.0);
            let x = if kind == 5 { 1.5 } else { number() };
            let y = if kind == 6 { 0.0 } else { number() };
            json!([x, number(), y])
        })
        .collect();
    if let Some(last) = rows.last_mut() {
        match kind {
            7 => *last = json!([1, 2]),
            8 => *last = json!([1, "nan", -1]),
            9 => *last = json!([1, 2, "inf"]),
            _ => {}
        }
    }
    json!({ "rows": rows })
}

fn described(random: &mut Rand64) -> Value {
    let widths: Vec<usize> = (0..below(random, 4)).map(|_| 1 + below(random, 8)).collect();
    let data = data(random);
    let activation = ACTIVATIONS[below(random, ACTIVATIONS.len())];
    let loss = ["squared", "logistic", "softmax"][below(random, 3)];
    json!({ "data": data, "widths": widths, "activation": activation, "loss": loss })
}

fn rate(random: &mut Rand64) -> f64 {
    match below(random, 10) {
        0 => 0.0,
        1 => -power(random, -3.0, 3.0),
        2 => 1e300,
        3 => power(random, 3.0, 40.0),
        4 => power(random, -320.0, -30.0),
        _ => power(random, -3.0, 2.0),
    }
}

/// Checks that an error says something; gives its kind.
fn explained(refusal: &str) -> String {
    let read: Value = serde_json::from_str(refusal).unwrap_or_else(|_| panic!("{refusal}"));
    let error = &read["error"];
    assert!(error["message"].as_str().is_some_and(|message| message.len() > 12), "{refusal}");
    error["kind"].as_str().unwrap().to_owned()
}

/// Everything in a text of a session is a finite number.
fn finite(text: &str) {
    let words = ["\"nan\"", "\"inf\"", "\"-inf\"", "null,null"];
    assert!(!words.iter().any(|word| text.contains(word)), "{text}");
}

#[derive(Default)]
struct Tally {
    refused: BTreeMap<String, usize>,
    stopped: BTreeMap<String, usize>,
    noted: BTreeMap<String, usize>,
    trained: usize,
    steps: u64,
    /// Places of pictures, and those among them where the output is not finite.
    places: [usize; 2],
}

impl Tally {
    fn count(of: &mut BTreeMap<String, usize>, what: &str) {
        *of.entry(what.to_owned()).or_default() += 1;
    }

    /// What the state says; the reason if it stopped.
    fn state(&mut self, text: &str) -> Option<String> {
        finite(text);
        let state: Value = serde_json::from_str(text).unwrap();
        for number in ["loss", "batch_loss", "rate"] {
            assert!(state[number].as_f64().is_some_and(f64::is_finite), "{number}: {text}");
        }
        for note in state["notes"].as_array().unwrap() {
            assert!(note["message"].as_str().is_some_and(|message| message.len() > 20), "{note}");
            Tally::count(&mut self.noted, note["why"].as_str().unwrap());
        }
        let stopped = state["stopped"].as_object()?;
        let message = stopped["message"].as_str().unwrap();
        assert!(message.contains("the loss") && message.chars().any(|c| c.is_ascii_digit()), "{message}");
        if let Some(advice) = stopped["rate_advice"].as_f64() {
            assert!(advice.is_finite() && advice > 0.0 && advice < state["rate"].as_f64().unwrap(), "{text}");
        }
        Some(stopped["why"].as_str().unwrap().to_owned())
    }
}

fn train(tally: &mut Tally, random: &mut Rand64, built: &Value, spec: &Value) {
    let mut trainer = match Trainer::new(&spec.to_string()) {
        Ok(trainer) => trainer,
        Err(refusal) => return Tally::count(&mut tally.refused, &format!("session, {}", explained(&refusal))),
    };
    let names: Vec<String> = spec["params"].as_object().unwrap().keys().cloned().collect();
    let mut why = None;
    for _ in 0..3 {
        let snapshot = trainer.snapshot();
        finite(&snapshot);
        assert!(trainer.step(1 + below(random, 120) as u32).unwrap().is_finite(), "{spec}");
        for name in &names {
            assert!(trainer.param(name).unwrap().iter().all(|x| x.is_finite()), "{name}: {spec}");
        }
        why = tally.state(&trainer.state().unwrap());
        if why.is_some() {
            // Back to where it was, as one click does.
            trainer.restore(&snapshot).unwrap();
            assert_eq!(tally.state(&trainer.state().unwrap()), None);
            break;
        }
    }
    let reached: Value = serde_json::from_str(&trainer.state().unwrap()).unwrap();
    tally.steps += reached["step"].as_u64().unwrap();
    // The picture: what is not finite has to be left blank, so it has to be rare and never at a sample.
    let samples: Vec<Value> = built["samples"].as_array().unwrap().iter().map(|s| json!([s[0], s[1]])).collect();
    let corners = [json!([-3, -3]), json!([3, -3]), json!([0, 0]), json!([-3, 3]), json!([3, 3])];
    let points: Vec<&Value> = samples.iter().chain(&corners).collect();
    let output = &built["output"];
    let request = json!({ "expr": output["expr"], "vars": output["vars"], "inputs": { "X": points } });
    let shown = trainer.evaluate(&request.to_string()).unwrap();
    assert_eq!(shown.len(), points.len());
    assert!(shown[..samples.len()].iter().all(|x| x.is_finite()), "{spec} {shown:?}");
    tally.places[0] += shown.len();
    tally.places[1] += shown.iter().filter(|x| !x.is_finite()).count();
    match why {
        None => tally.trained += 1,
        Some(why) => Tally::count(&mut tally.stopped, &why),
    }
}

/// The session that reports, on the same settings: each number of an update is finite too.
fn report(tally: &mut Tally, spec: &Value) {
    let Ok(mut reporter) = Reporter::new(&spec.to_string()) else { return };
    for _ in 0..4 {
        let state = reporter.step(2).unwrap();
        if let Ok(detail) = reporter.detail() {
            let detail: Value = serde_json::from_str(&detail).unwrap();
            for param in detail["params"].as_array().unwrap() {
                finite(&json!([param["before"], param["gradient"], param["velocity"], param["after"]]).to_string());
            }
        }
        if tally.state(&state).is_some() {
            return;
        }
    }
}

#[test]
fn whatever_is_set_is_trained_or_explained() {
    let count = setting("CHALKGRAD_RANDOM", USUAL);
    let mut random = Rand64::new(setting("CHALKGRAD_SEED", 1) as u128 * 1000 + 9);
    let mut tally = Tally::default();
    for at in 0..count {
        let description = described(&mut random);
        let built: Value = match network(&description.to_string()) {
            Ok(built) => serde_json::from_str(&built).unwrap(),
            Err(refusal) => {
                Tally::count(&mut tally.refused, &format!("network, {}", explained(&refusal)));
                continue;
            }
        };
        let mut spec = built["spec"].clone();
        spec["rate"] = json!(rate(&mut random));
        spec["batch"] = json!(below(&mut random, 40) * below(&mut random, 30));
        spec["seed"] = json!(below(&mut random, 1000));
        spec["momentum"] = json!([0.0, 0.0, 0.5, 0.99][below(&mut random, 4)]);
        train(&mut tally, &mut random, &built, &spec);
        if at % 4 == 0 {
            report(&mut tally, &spec);
        }
    }
    let Tally { refused, stopped, noted, trained, steps, places } = &tally;
    println!(
        "{count} settings: {trained} trained, stopped {stopped:?}, refused {refused:?}; {steps} steps; notes {noted:?}; \
         {} of {} places of pictures without a finite output",
        places[1], places[0]
    );
    let sum = |all: &BTreeMap<String, usize>| all.values().sum::<usize>();
    assert_eq!(trained + sum(stopped) + sum(refused), count);
    assert!(trained * 5 > count && sum(stopped) * 20 > count && sum(refused) * 20 > count);
}

/// A network without hidden layers and with squared errors is quadratic in its parameters: below the largest rate it settles, above
/// it does not, and the rate that is advised settles.
#[test]
fn the_advised_rate_settles_and_the_limit_is_one() {
    for set in ["circle", "xor", "gauss", "spiral"] {
        for seed in 1..=6 {
            let description =
                json!({ "data": { "set": set, "count": 40, "noise": 0.2, "seed": seed }, "loss": "squared" });
            let built: Value = serde_json::from_str(&network(&description.to_string()).unwrap()).unwrap();
            let mut spec = built["spec"].clone();
            (spec["rate"], spec["seed"]) = (json!(1e3), json!(seed));
            let mut trainer = Trainer::new(&spec.to_string()).unwrap();
            let start = trainer.loss().unwrap();
            let limit = trainer.largest_rate().expect("quadratic");
            trainer.step(50).unwrap();
            let state: Value = serde_json::from_str(&trainer.state().unwrap()).unwrap();
            let advice = state["stopped"]["rate_advice"].as_f64().unwrap();
            assert!(advice < limit && advice > 0.85 * limit, "{set}: {advice} {limit}");
            for (rate, settles) in [(advice, true), (0.98 * limit, true), (1.02 * limit, false)] {
                trainer.reset().unwrap();
                trainer.set_rate(rate).unwrap();
                trainer.step(3000).unwrap();
                let loss = trainer.loss().unwrap();
                assert_eq!(loss <= start, settles, "{set}, seed {seed}: rate {rate}, limit {limit}, {start} to {loss}");
            }
        }
    }
}

/// A curved loss has no such rate, whatever its kind.
#[test]
fn what_is_not_quadratic_gets_no_limit() {
    for (widths, loss) in [(json!([3]), "squared"), (json!([]), "logistic"), (json!([]), "softmax")] {
        let description = json!({ "data": { "set": "gauss", "count": 20 }, "widths": widths, "loss": loss });
        let built: Value = serde_json::from_str(&network(&description.to_string()).unwrap()).unwrap();
        let trainer = Trainer::new(&built["spec"].to_string()).unwrap();
        assert_eq!(trainer.largest_rate(), None, "{widths} {loss}");
    }
}
