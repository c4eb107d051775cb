//! How long derivations take natively, from text to text: medians, printed, never asserted. `cargo run --release --example
//! measure` reads the questions of bench/derivations.jsonl; `-- page FILE` any lines of the contract, once each, the slowest first.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

/// Calls for one median.
const ROUNDS: usize = 301;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match &args[..] {
        [detail, file] => slowest(detail, file),
        _ => medians(),
    }
}

fn read(file: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(file).expect("a file of questions");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn seconds(line: &str) -> f64 {
    let start = Instant::now();
    std::hint::black_box(chalkgrad_core::call(line));
    start.elapsed().as_secs_f64()
}

/// The middle of so many calls, after a tenth as many that only warm up.
fn median(line: &str, rounds: usize) -> f64 {
    (0..rounds / 10).for_each(|_| _ = seconds(line));
    let mut times: Vec<f64> = (0..rounds).map(|_| seconds(line)).collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}

fn medians() {
    let mut groups: BTreeMap<(String, &str), Vec<f64>> = BTreeMap::new();
    for mut row in read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/derivations.jsonl")) {
        let group = row["group"].as_str().unwrap_or("").to_owned();
        // What is there for the peers of bench/ is no part of the question.
        if let Some(fields) = row.as_object_mut() {
            fields.retain(|field, _| !["group", "latex", "sympy"].contains(&field.as_str()));
        }
        for detail in ["result", "full", "page"] {
            row["detail"] = json!(detail);
            let time = median(&row.to_string(), ROUNDS) * 1e6;
            println!("{time:10.1} µs  {detail:6}  {}  by {}", row["expr"].as_str().unwrap_or(""), row["wrt"]);
            groups.entry((group.clone(), detail)).or_default().push(time);
        }
    }
    for ((group, detail), mut times) in groups {
        times.sort_by(f64::total_cmp);
        println!("{group} {detail}: median {:.1} µs, most {:.1} µs", times[times.len() / 2], times[times.len() - 1]);
    }
    for (name, line) in [("chain, 32 deep", chain()), ("64 partials", partials())] {
        println!("{name}: {:.2} ms", median(&line, 21) * 1e3);
    }
}

/// `f <- sin(f) f + x`, 32 deep, named by `where`.
fn chain() -> String {
    let parts: Vec<String> = (1..=32).map(|k| format!("f{k} = sin(f{0}) * f{0} + x", k - 1)).collect();
    let expr = format!("f32 where f0 = x, {}", parts.join(", "));
    json!({"expr": expr, "wrt": "x", "vars": {"x": []}, "detail": "result"}).to_string()
}

fn partials() -> String {
    let names: Vec<String> = (1..=64).map(|k| format!("x{k}")).collect();
    json!({"expr": names.join(" * "), "wrt": names, "detail": "result"}).to_string()
}

/// Every line of a file once, those that take longest first.
fn slowest(detail: &str, file: &str) {
    let mut all = Vec::new();
    for mut row in read(file) {
        row["detail"] = json!(detail);
        all.push((seconds(&row.to_string()) * 1e3, row));
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (time, row) in all.iter().take(40) {
        println!("{time:10.1} ms  {}  {}  by {}", row["id"], row["expr"], row["wrt"]);
    }
}
