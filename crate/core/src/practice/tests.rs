//! Every template, many seeds: what it asks can be answered, its derivation fires the rule it says, and its own answer is
//! called right. `CHALKGRAD_RANDOM=300` sets the number of seeds.

use super::*;
use crate::call;
use crate::request;
use std::collections::{BTreeMap, BTreeSet};

/// Seeds of each topic in every test.
const USUAL: u64 = 12;

fn seeds() -> u64 {
    std::env::var("CHALKGRAD_RANDOM").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL)
}

fn ask(request: &Value) -> Value {
    serde_json::from_str(&call(&request.to_string())).expect("an answer")
}

/// What is wrong with the exercise of this template and seed.
fn fault(template: &Template, seed: u64, deep: bool) -> Option<String> {
    let exercise = filled(template, template.topic, seed);
    let request = exercise.request();
    if exercise.expr.contains(['{', '}']) {
        return Some(format!("a hole is left in {request}"));
    }
    if let Err(error) = request::read(&request) {
        return Some(format!("{request}: {}", error.message));
    }
    let mut asked = crate::answer::derived_for_test(&request.to_string())?;
    let Some(found) = use_of(&asked.1.steps, &exercise.rule) else {
        let fired: BTreeSet<&str> = fired(&asked.1.steps).into_iter().collect();
        return Some(format!("{request} does not fire {}, but {fired:?}", exercise.rule));
    };
    let _ = (found.left, &mut asked.0);
    if !deep {
        return None;
    }
    let answer = ask(&request);
    if answer["ok"] != true || answer["verified"]["points"].as_u64().unwrap_or(0) < 2 {
        return Some(format!("{request}: {answer}"));
    }
    let mut check = request.clone();
    check["op"] = json!("check");
    check["answer"] = answer["text"].clone();
    check.as_object_mut()?.remove("way");
    let verdict = ask(&check);
    (verdict["verdict"] != "equal").then(|| format!("{check}: {verdict}"))
}

fn fired(steps: &[Step]) -> Vec<&'static str> {
    let mut all = Vec::new();
    for step in steps {
        all.push(step.about.id);
        all.extend(step.rows.iter().filter_map(|row| row.rule.map(|rule| rule.id)));
        all.extend(fired(&step.sub));
    }
    all
}

#[test]
fn every_template_asks_what_it_says() {
    let mut faults: Vec<String> = Vec::new();
    let mut count = 0;
    for template in templates() {
        for seed in 0..seeds() {
            count += 1;
            if let Some(fault) = fault(template, seed, seed % 6 == 0) {
                faults.push(fault);
                break;
            }
        }
    }
    println!("{count} exercises of {} templates, {} faults", templates().count(), faults.len());
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), templates().count(), faults.join("\n"));
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
}

#[test]
fn seeds_repeat_and_differ() {
    for topic in TOPICS {
        let mut texts: BTreeMap<String, u64> = BTreeMap::new();
        for seed in 0..40 {
            let one = exercise(topic.id, seed).expect("an exercise");
            assert_eq!(one, exercise(topic.id, seed).expect("the same exercise"));
            *texts.entry(one.expr).or_default() += 1;
        }
        assert!(texts.len() >= 10, "{}: {texts:?}", topic.id);
    }
}

#[test]
fn the_contract_gives_the_question_and_three_hints_and_no_answer() {
    let got = ask(&json!({"id": 3, "op": "exercise", "topic": "neuron", "seed": 7}));
    assert_eq!((&got["id"], &got["ok"], &got["topic"], &got["seed"]), (&json!(3), &json!(true), &json!("neuron"), &json!(7)));
    let hints = got["hints"].as_array().expect("hints");
    let kinds: Vec<&str> = hints.iter().filter_map(|hint| hint["kind"].as_str()).collect();
    assert_eq!(kinds, ["name", "statement", "step"]);
    assert!(hints.iter().all(|hint| hint["text"].as_str().is_some_and(|text| !text.is_empty())), "{got}");
    assert!(hints[2]["latex"].as_str().is_some_and(|latex| latex.contains('=')), "{got}");
    assert!(got.get("answer").is_none() && got.get("text").is_none() && got["latex"].is_string());
    let near = ask(&json!({"op": "exercise", "topic": "neurn", "seed": 7}));
    assert_eq!(near["error"]["kind"], "request");
    assert_eq!(near["error"]["hint"], "Did you mean `neuron`?");
    for (faulty, kind) in [
        (json!({"op": "exercise", "seed": 7}), "request"),
        (json!({"op": "exercise", "topic": "neuron", "seed": -1}), "request"),
        (json!({"op": "exercise", "topic": "neuron", "seed": "7"}), "request"),
        (json!({"op": "exercise", "topic": 7}), "request"),
    ] {
        assert_eq!(ask(&faulty)["error"]["kind"], kind, "{faulty}");
    }
}
