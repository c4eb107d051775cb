//! Exercises: every template, many seeds. What it asks can be answered, its derivation fires the rule it says it is about,
//! and its own answer is called right.
//!
//! `CHALKGRAD_RANDOM=300 cargo test --release -p chalkgrad-core --test practice -- --nocapture` is the long run: so many
//! exercises of every template.

mod support;

use chalkgrad_core::answer::all_rules;
use chalkgrad_core::practice::{TOPICS, exercise, templates};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::{ask, setting};

/// Exercises of each template in every test.
const USUAL: usize = 6;
/// Of so many exercises one is derived in full, and its answer sent to be judged.
const DEEP: usize = 6;

/// Topics and rules with their number of templates.
fn topics() -> BTreeMap<&'static str, usize> {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for template in templates() {
        let topic = if template.topic.is_empty() { template.rule } else { template.topic };
        *all.entry(topic).or_default() += 1;
    }
    all
}

/// What is wrong with an exercise.
fn fault(topic: &str, seed: usize, deep: bool) -> Result<(), String> {
    let asked = ask(&json!({"op": "exercise", "topic": topic, "seed": seed}))?;
    if asked["ok"] != true {
        return Err(format!("{topic} {seed}: {asked}"));
    }
    let hints = asked["hints"].as_array().map_or(0, Vec::len);
    if hints != 3 {
        return Err(format!("{topic} {seed} {} by {} does not fire {}", asked["expr"], asked["wrt"], asked["rule"]));
    }
    if asked["expr"].as_str().is_none_or(|text| text.contains(['{', '}'])) {
        return Err(format!("{topic} {seed}: a hole is left in {}", asked["expr"]));
    }
    if !deep {
        return Ok(());
    }
    let mut request = json!({});
    for field in ["expr", "wrt", "vars", "order", "assume"] {
        request[field] = asked[field].clone();
    }
    let answer = ask(&request)?;
    if answer["ok"] != true || answer["verified"]["points"].as_u64().unwrap_or(0) < 2 {
        return Err(format!("{request}: {answer}"));
    }
    request["op"] = json!("check");
    request["answer"] = answer["text"].clone();
    let verdict = ask(&request)?;
    if verdict["verdict"] == "equal" { Ok(()) } else { Err(format!("{request}: {verdict}")) }
}

#[test]
fn every_template_asks_what_it_says() {
    let wanted = setting("CHALKGRAD_RANDOM", USUAL);
    let mut faults: Vec<String> = Vec::new();
    let (mut count, mut deep) = (0, 0);
    for (topic, many) in topics() {
        for seed in 0..wanted * many {
            let in_full = (seed / many).is_multiple_of(DEEP);
            count += 1;
            deep += usize::from(in_full);
            if let Err(fault) = fault(topic, seed, in_full) {
                faults.push(fault);
            }
        }
    }
    println!(
        "{count} exercises of {} templates, {deep} of them derived in full and judged: {} faults",
        templates().count(),
        faults.len()
    );
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(30)].join("\n"));
}

#[test]
fn every_rule_and_every_topic_has_exercises() {
    // `by-entries` fires only where the engine has caught a fault of its own.
    let missing: Vec<&str> = all_rules()
        .into_iter()
        .map(|rule| rule.id)
        .filter(|&rule| rule != "by-entries" && exercise(rule, 1).is_err())
        .collect();
    assert!(missing.is_empty(), "no exercises: {missing:?}");
    for topic in TOPICS {
        assert!(templates().filter(|t| t.topic == topic.id).count() >= 3, "{}", topic.id);
    }
    let known: BTreeSet<&str> = TOPICS.iter().map(|topic| topic.id).collect();
    let strange: Vec<&str> = templates().map(|t| t.topic).filter(|t| !t.is_empty() && !known.contains(t)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    // A topic must not hide a rule of the same name.
    let hidden: Vec<&str> = all_rules().into_iter().map(|rule| rule.id).filter(|id| known.contains(id)).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

#[test]
fn seeds_repeat_and_differ() {
    for topic in TOPICS {
        let mut texts: BTreeSet<String> = BTreeSet::new();
        for seed in 0..40 {
            let one = exercise(topic.id, seed).expect("an exercise");
            assert_eq!(one, exercise(topic.id, seed).expect("the same exercise"));
            texts.insert(one.expr);
        }
        assert!(texts.len() >= 10, "{}: {texts:?}", topic.id);
    }
}

#[test]
fn the_contract_gives_the_question_and_three_hints_and_no_answer() {
    let got = ask(&json!({"id": 3, "op": "exercise", "topic": "neuron", "seed": 7})).expect("an answer");
    let head = ["id", "ok", "topic", "seed"].map(|field| got[field].clone());
    assert_eq!(head, [json!(3), json!(true), json!("neuron"), json!(7)]);
    let hints = got["hints"].as_array().expect("hints");
    let kinds: Vec<&str> = hints.iter().filter_map(|hint| hint["kind"].as_str()).collect();
    assert_eq!(kinds, ["name", "statement", "step"]);
    assert!(hints.iter().all(|hint| hint["text"].as_str().is_some_and(|text| !text.is_empty())), "{got}");
    assert!(hints[2]["latex"].as_str().is_some_and(|latex| latex.contains('=')), "{got}");
    assert!(got.get("answer").is_none() && got.get("text").is_none() && got["latex"].is_string());
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let near = ask(&json!({"op": "exercise", "topic": "neurn", "seed": 7})).expect("an answer");
    assert_eq!(near["error"]["kind"], "request");
    assert_eq!(near["error"]["hint"], "Did you mean `neuron`?");
    let faulty: [(Value, &str); 5] = [
        (json!({"op": "exercise", "seed": 7}), "`topic` is missing"),
        (json!({"op": "exercise", "topic": "neuron", "seed": -1}), "`seed` has to be"),
        (json!({"op": "exercise", "topic": "neuron", "seed": 1e16}), "`seed` has to be"),
        (json!({"op": "exercise", "topic": "neuron", "seed": "7"}), "`seed` has to be a whole number, not a text"),
        (json!({"op": "exercise", "topic": 7}), "`topic` has to be a text"),
    ];
    for (request, says) in faulty {
        let error = ask(&request).expect("an answer")["error"].clone();
        assert_eq!(error["kind"], "request", "{request}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(says)), "{request}: {error}");
    }
}
