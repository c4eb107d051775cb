//! Derivations of random expressions, step by step: neighbours meet, substeps compose to their parent, both sides of every
//! step agree by number, shapes stay, no part comes from nowhere, and every rule of the catalogue has its turn.
//!
//! `CHALKGRAD_RANDOM=100000 cargo test --release --test derivations -- --nocapture` is the long run; `CHALKGRAD_SEED=7`
//! starts elsewhere.

mod support;

use chalkgrad_core::answer::all_rules;
use oorandom::Rand64;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::compose::Composer;
use support::derivation::{Seen, examine, rules_of};
use support::generate::Generator;
use support::{ask, laws, rows, setting, with};

/// The seeded part that runs in every test.
const USUAL: usize = 300;
/// In the long run every rule is to be seen so often.
const OFTEN: usize = 100;
/// Failures printed in full.
const SHOWN: usize = 30;
/// Every so many questions one is asked as a page asks it.
const PAGES: usize = 25;
/// Only a defect of the engine leads to entries (proved/tests.rs plants some).
const DEFECT: &str = "by-entries";

/// The ways that requests know; the first lets the shapes decide.
const WAYS: [&str; 6] = ["", "paths", "differentials", "reverse", "textbook", "index"];

/// Questions in which rules have their turn that random ones seldom reach: all rows of the case tables.
fn targets() -> Vec<Value> {
    let names = ["paper", "language", "kinks", "sample", "rules", "forms", "second", "cookbook", "matrixcalculus"];
    let tables = names.iter().flat_map(|name| rows::read(&rows::folder().join(format!("{name}.jsonl"))));
    let wanted = tables.filter(|row| {
        let derives = row.request.get("op").is_none_or(|op| op == "derive");
        derives && row.request.get("expr").is_some() && row.expect.get("error").is_none()
    });
    wanted
        .map(|row| {
            let mut request = row.request;
            if let Some(fields) = request.as_object_mut() {
                fields.remove("at");
            }
            request
        })
        .collect()
}

/// What a question becomes a part of: the same rules have their turn among others. `$` is it.
const AROUND: [&str; 10] = [
    "$",
    "3 * ($)",
    "($) / 4",
    "-($)",
    "($) + ($)",
    "2 * ($) - ($)",
    "($) * pi",
    "7 + ($)",
    "($) - 0.5",
    "1.5 * (($) + 1)",
];

struct Run {
    random: Rand64,
    seen: Seen,
    failures: Vec<String>,
}

impl Run {
    fn one(&mut self, mut request: Value) -> bool {
        let seed = self.random.rand_u64();
        if request.get("way").is_none() && request.get("order").is_none() {
            let way = WAYS[(seed % 6) as usize];
            if way.is_empty() && seed.is_multiple_of(5) {
                request["order"] = json!(2);
            } else if !way.is_empty() {
                request["way"] = json!(way);
            }
        }
        let wrong = examine(&request, seed, &mut self.seen);
        let held = wrong.is_empty();
        if !held {
            self.failures.push(format!("{request}\n    {}", wrong.join("\n    ")));
        }
        held
    }

    /// A step tree as a page gets it: what the engine says of its own steps, and the rules that it names.
    fn page(&mut self, request: &Value) {
        let Ok(answer) = ask(&with(request, "detail", "page")) else {
            self.failures.push(format!("{request}\n    no answer"));
            return;
        };
        if answer["ok"] != true {
            return;
        }
        self.seen.pages += 1;
        let steps = &answer["view"]["steps"];
        let headlines = steps.as_array().map_or(0, Vec::len);
        *self.seen.headlines.entry(headlines).or_default() += 1;
        let wrong = laws::untrue_steps(steps);
        // A page compares at fixed points; where one of them is singular the same derivation decides at others.
        if !wrong.is_empty() && !examine(request, 3, &mut self.seen).is_empty() {
            self.failures.push(format!("{request}\n    page: {}", wrong.join("\n    ")));
        }
        for rule in rules_of(steps) {
            *self.seen.fired.entry(rule).or_default() += 1;
        }
    }
}

#[test]
fn random_derivations_hold_step_by_step() {
    let asked = setting("CHALKGRAD_RANDOM", USUAL);
    let seed = setting("CHALKGRAD_SEED", 1) as u128;
    let (mut composer, mut generator) = (Composer::new(seed), Generator::new(seed));
    let mut run = Run { random: Rand64::new(seed), seen: Seen::default(), failures: Vec::new() };
    for number in 0..asked {
        let request = if number % 2 == 0 {
            composer.question().request()
        } else {
            let mut request = generator.question().request();
            if let Some(fields) = request.as_object_mut() {
                fields.remove("at");
            }
            request
        };
        if number % PAGES == 0 {
            run.page(&request);
        }
        run.one(request);
    }
    let random = run.seen.derivations;
    if asked > USUAL {
        reach(&mut run);
    }
    report(&run, random);
    let shown: Vec<&str> = run.failures.iter().take(SHOWN).map(String::as_str).collect();
    assert!(run.failures.is_empty(), "{} failed, the first of them:\n{}", run.failures.len(), shown.join("\n"));
    // A generator or an engine that dodges the questions would pass all comparisons.
    let refused: usize = run.seen.refused.values().sum();
    assert!(refused * 20 <= asked, "{refused} of {asked} questions were refused");
    assert!(run.seen.equations > asked * 5, "only {} equations", run.seen.equations);
    assert!(run.seen.undecided * 50 <= run.seen.equations, "{} equations had no point", run.seen.undecided);
    let excused = run.seen.singular + run.seen.rounding + run.seen.withheld;
    assert!(excused * 1000 <= run.seen.equations, "{excused} equations were excused");
    if asked > USUAL {
        let rare = rare(&run.seen);
        assert!(rare.is_empty(), "seen less than {OFTEN} times: {rare:?}");
    }
}

/// Rules of the catalogue that were not seen often.
fn rare(seen: &Seen) -> Vec<(&'static str, usize)> {
    let times = |id: &str| seen.fired.get(id).copied().unwrap_or(0);
    let ids: BTreeSet<&'static str> = all_rules().iter().map(|rule| rule.id).collect();
    ids.into_iter().filter(|id| *id != DEFECT).map(|id| (id, times(id))).filter(|(_, n)| *n < OFTEN).collect()
}

/// Asks what rare rules are known from until they are rare no longer, each time among other things.
fn reach(run: &mut Run) {
    let targets = targets();
    // Which question each rule is known from; the page's view has those that come in display only.
    let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, request) in targets.iter().enumerate() {
        let Ok(answer) = ask(&with(request, "detail", "page")) else { continue };
        for rule in rules_of(&answer["view"]["steps"]) {
            known.entry(rule).or_default().push(at);
        }
    }
    for (id, before) in rare(&run.seen) {
        let places = known.get(id).cloned().unwrap_or_default();
        for attempt in 0..OFTEN * 20 {
            if places.is_empty() || run.seen.fired.get(id).copied().unwrap_or(0) >= OFTEN {
                break;
            }
            let mut request = targets[places[attempt % places.len()]].clone();
            let around = AROUND[(attempt / places.len()) % AROUND.len()];
            let expr = request["expr"].as_str().unwrap_or_default().to_owned();
            if !expr.contains("where") {
                request["expr"] = json!(around.replace('$', &expr));
            }
            if id == "split-at-the-kink" {
                run.page(&request);
            } else {
                // The way stays the one that it is known from.
                request["order"] = request.get("order").cloned().unwrap_or(json!(1));
                run.one(request);
            }
        }
        println!(
            "{id}: {before} at random, {} with questions of its own",
            run.seen.fired.get(id).copied().unwrap_or(0)
        );
    }
}

fn report(run: &Run, random: usize) {
    let seen = &run.seen;
    let refused: usize = seen.refused.values().sum();
    println!(
        "{} derivations ({random} of random questions), {refused} refused {:?}, {} steps, {} equations held by number, {} without a point, {} too large, {} first at a singular point, {} first all rounding, {} derivations withheld by the engine, {} parts accounted for, {} pages, {} failed",
        seen.derivations,
        seen.refused,
        seen.steps,
        seen.equations,
        seen.undecided,
        seen.large,
        seen.singular,
        seen.rounding,
        seen.withheld,
        seen.atoms,
        seen.pages,
        run.failures.len()
    );
    println!("headlines: {:?}", seen.headlines);
    println!("ways: {:?}", seen.ways);
    println!("seen less than {OFTEN} times: {:?}", rare(seen));
}

/// The examination itself: a step that is changed must be seen.
#[test]
fn a_wrong_step_is_seen() {
    for fault in support::derivation::FAULTS {
        let request =
            json!({"expr": "sum((A*x - b).^2)", "wrt": "x", "vars": {"A": ["m", "n"], "x": ["n"], "b": ["m"]}});
        let found = support::derivation::with_fault(&request, *fault);
        assert!(!found.is_empty(), "{fault:?} was not seen");
    }
    let sound = json!({"expr": "sum((A*x - b).^2)", "wrt": "x", "vars": {"A": ["m", "n"], "x": ["n"], "b": ["m"]}});
    assert_eq!(examine(&sound, 1, &mut Seen::default()), Vec::<String>::new());
}

/// Each entry of a grid on demand: a derivation that ends in what the grid shows.
#[test]
fn every_entry_has_a_derivation_of_its_own() {
    let (matrix, vector) = (json!(["m", "n"]), json!(["n"]));
    let questions = [
        ("A * x", json!("x")),
        ("sin(x) .* y", json!("x")),
        ("softmax(x)", json!("x")),
        ("max(0, A * x)", json!("x")),
        ("sum(x.^2 .* y)", json!("y")),
        ("x' * A' * A * x", json!("x")),
        ("tr(A' * A)", json!("A")),
        ("norm2(A)", json!("A")),
        ("[s * t, s + t]", json!(["s", "t"])),
        ("exp(s) * x", json!("s")),
        ("sum(i, 1, n, x[i] * y[i])", json!("x[2]")),
        ("x", json!("x")),
        ("y", json!("x")),
    ];
    let mut derived = 0;
    for (expr, wrt) in questions {
        let all = json!({"A": matrix, "x": vector, "y": vector, "s": [], "t": []});
        let used = |name: &str| expr.contains(name) || wrt.to_string().contains(name);
        let vars: serde_json::Map<String, Value> = all
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| used(name))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        for layout in ["numerator", "denominator"] {
            let request = json!({"op": "entries", "expr": expr, "wrt": wrt, "vars": vars, "layout": layout});
            let grid = ask(&request).expect("an answer");
            assert_eq!(grid["ok"], true, "{request}: {grid}");
            let columns = grid["columns"].as_u64().expect("columns");
            for (at, entry) in grid["entries"].as_array().expect("entries").iter().enumerate() {
                let place = [at as u64 / columns + 1, at as u64 % columns + 1];
                let answer = ask(&with(&request, "entry", json!(place))).expect("an answer");
                let derivation = &answer["derivation"];
                assert_eq!(
                    (&derivation["row"], &derivation["column"]),
                    (&json!(place[0]), &json!(place[1])),
                    "{request}"
                );
                assert_eq!(derivation["question"], entry["question"], "{request} {place:?}");
                assert_eq!(derivation["result"], entry["latex"], "{request} {place:?}");
                assert!(derivation["steps"].as_array().is_some_and(|s| !s.is_empty()), "{request} {place:?}: no steps");
                assert_eq!(laws::untrue_steps(&derivation["steps"]), Vec::<String>::new(), "{request} {place:?}");
                derived += 1;
            }
        }
    }
    assert!(derived > 100, "{derived}");
    for wrong in [json!([9, 1]), json!([0, 1]), json!("first"), json!([1])] {
        let request = json!({"op": "entries", "expr": "x.^2", "wrt": "x", "vars": {"x": ["n"]}, "entry": wrong});
        assert_eq!(ask(&request).expect("an answer")["error"]["kind"], "request", "{request}");
    }
}
