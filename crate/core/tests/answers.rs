//! Learners' answers: equal ones in scrambled forms are never rejected, wrong ones never accepted, and where a slip is
//! named, it is the one that was made.
//!
//! `CHALKGRAD_RANDOM=10000 cargo test --release -p chalkgrad-core --test answers -- --nocapture` is the long run and
//! prints the counts; `CHALKGRAD_SEED=7` starts elsewhere.

mod support;

use chalkgrad_core::derive::{self, By};
use chalkgrad_core::expr::{Arena, NodeId};
use chalkgrad_core::infer::{self, Wrt};
use chalkgrad_core::map::Map as NodeMap;
use chalkgrad_core::op::Data;
use chalkgrad_core::ops::arithmetic::{ADD, NEGATE};
use chalkgrad_core::ops::elementwise::{COS, EXP, SIN, TANH};
use chalkgrad_core::ops::leaves::{DIMENSION, NUMBER};
use chalkgrad_core::ops::products::{PRODUCT, TRANSPOSE};
use chalkgrad_core::practice;
use chalkgrad_core::print::text::text;
use chalkgrad_core::request;
use chalkgrad_core::slips::{self, Fault, SLIPS, Slip};
use oorandom::Rand64;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::compose::Composer;
use support::generate::Generator;
use support::scramble::Scrambler;
use support::{ask, mutate, numbers, setting, shorten};

/// The seeded part that runs in every test.
const USUAL: usize = 150;
const SHOWN: usize = 20;
/// Two answers are certainly different where numbers are further apart than this, relative to the largest.
const APART: f64 = 1e-6;
/// Of one question no slip gives more pairs than this, so that many questions are asked.
const PAIRS_OF_SLIP: usize = 2;

/// So many wrong answers to one question are enough.
const WRONG_OF_QUESTION: usize = 6;

/// A question read and derived.
struct Asked {
    request: Value,
    arena: Arena,
    expr: NodeId,
    by: By,
    /// The result as the engine holds it, and in the tensor's own shape.
    truth: NodeId,
    tensor: NodeId,
}

fn read(request: Value) -> Option<Asked> {
    let (_, read) = request::read_line(&request.to_string());
    let mut question = infer::read(&read.ok()?).ok()?;
    let by = match &question.wrt[..] {
        [Wrt::Symbol(v)] if !question.wrt_is_list => By::Variable(*v),
        [Wrt::Component(v, places)] => By::Component(*v, places.clone()),
        all => By::List(
            all.iter()
                .map(|w| match w {
                    Wrt::Symbol(v) | Wrt::Component(v, _) => *v,
                })
                .collect(),
        ),
    };
    let derived = derive::derive(&mut question.arena, question.expr, &by, question.given.clone(), 1).ok()?;
    let (truth, tensor) = (derived.derivation.result, derived.tensor);
    Some(Asked { request, arena: question.arena, expr: question.expr, by, truth, tensor })
}

/// Questions of four kinds in turn: those of the tables, with matrices, with functions, exercises.
struct Source {
    rows: Vec<Value>,
    composer: Composer,
    generator: Generator,
    seed: u64,
    count: u64,
}

impl Source {
    fn new(seed: u128) -> Source {
        let mut rows: Vec<Value> = mutate::all_rows()
            .into_iter()
            .filter(|row| {
                let plain = ["at", "sizes", "order", "assume", "layout", "funcs"].iter().all(|f| row.get(*f).is_none());
                plain && row["wrt"].is_string() && row["expr"].is_string()
            })
            .map(|row| json!({"expr": row["expr"], "wrt": row["wrt"], "vars": row.get("vars").unwrap_or(&json!({}))}))
            .collect();
        rows.dedup();
        Source { rows, composer: Composer::new(seed), generator: Generator::new(seed), count: 0, seed: seed as u64 }
    }

    fn next(&mut self) -> Value {
        self.count += 1;
        match self.count % 4 {
            0 => self.rows[(self.count / 4) as usize % self.rows.len()].clone(),
            3 => self.exercise(),
            1 => {
                let question = self.composer.question();
                json!({"expr": question.expr, "wrt": question.wrt, "vars": question.vars})
            }
            _ => {
                let question = self.generator.question();
                json!({"expr": question.expr, "wrt": question.wrt, "vars": question.vars})
            }
        }
    }

    /// One of the rules and topics in turn.
    fn exercise(&self) -> Value {
        let topics: Vec<&str> =
            practice::templates().map(|t| if t.topic.is_empty() { t.rule } else { t.topic }).collect();
        let turn = self.count / 4;
        let topic = topics[turn as usize % topics.len()];
        let exercise = practice::exercise(topic, turn + self.seed).expect("an exercise");
        json!({"expr": exercise.expr, "wrt": exercise.wrt, "vars": exercise.vars})
    }

    /// The next question that can be asked; panics of the engine are for other tests.
    fn asked(&mut self) -> Asked {
        loop {
            let request = self.next();
            if let Ok(Some(asked)) = catch_unwind(AssertUnwindSafe(|| read(request))) {
                return asked;
            }
        }
    }
}

fn check(asked: &Asked, answer: &str) -> Result<Value, String> {
    let mut request = asked.request.clone();
    request["id"] = json!("pair");
    request["op"] = json!("check");
    request["answer"] = json!(answer);
    ask(&request)
}

fn pair(asked: &Asked, answer: &str, got: &Value) -> String {
    let what = if got["ok"] == true {
        format!("{} {} {}", got["verdict"], got["slip"], got["message"])
    } else {
        got["error"].to_string()
    };
    format!(
        "{} by {} {}\n    answer {}\n    {}",
        asked.request["expr"],
        asked.request["wrt"],
        asked.request["vars"],
        shorten(answer),
        what
    )
}

#[test]
fn equal_forms_are_never_rejected() {
    let wanted = setting("CHALKGRAD_RANDOM", USUAL);
    let seed = setting("CHALKGRAD_SEED", 1) as u128;
    let (mut source, mut scrambler) = (Source::new(seed), Scrambler::new(seed + 5));
    let (mut pairs, mut refused, mut rejected) = (0, BTreeMap::<String, usize>::new(), Vec::new());
    while pairs < wanted {
        let mut asked = source.asked();
        let scrambled = catch_unwind(AssertUnwindSafe(|| {
            let tensor = asked.tensor;
            let written = scrambler.scrambled(&mut asked.arena, tensor);
            (written, asked)
        }));
        let Ok((Some(answer), asked)) = scrambled else { continue };
        let got = match check(&asked, &answer) {
            Ok(got) => got,
            Err(error) => json!({"ok": false, "error": {"kind": error}}),
        };
        if got["ok"] != true {
            // A limit is an honest answer; nothing else is.
            let kind = got["error"]["kind"].as_str().unwrap_or("?").to_owned();
            if kind != "limit" && kind != "domain" {
                rejected.push(pair(&asked, &answer, &got));
            }
            *refused.entry(kind).or_default() += 1;
            continue;
        }
        pairs += 1;
        if got["verdict"] != "equal" {
            rejected.push(pair(&asked, &answer, &got));
        }
    }
    println!("equal pairs: {pairs}, rejected {}; not judged {refused:?}", rejected.len());
    assert!(rejected.is_empty(), "{} rejected:\n{}", rejected.len(), first(&rejected));
    let unjudged: usize = refused.values().sum();
    assert!(unjudged * 50 <= pairs, "{unjudged} of {pairs} were not judged");
}

fn first(all: &[String]) -> String {
    let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
    all.sort_by_key(|text| text.len());
    all[..all.len().min(SHOWN)].join("\n")
}

/// A wrong answer, and the slip behind it; a near miss has none.
struct Wrong {
    text: String,
    slip: Option<&'static str>,
}

/// What the slip makes of the question.
fn by_slip(asked: &Asked, slip: &'static Slip) -> Vec<Wrong> {
    let mut all = Vec::new();
    for (mut copy, made) in slips::derivatives(&asked.arena, asked.expr, &asked.by, asked.truth, slip) {
        // Who takes matrices to be symmetric leaves the transposes out.
        let made = if slip.fault == Fault::AssumedSymmetric { without_transposes(&mut copy, made) } else { made };
        if let Ok(text) = text(&copy, made) {
            all.push(Wrong { text, slip: Some(slip.id) });
        }
    }
    all
}

fn without_transposes(arena: &mut Arena, root: NodeId) -> NodeId {
    let is_of_square = |id: NodeId| {
        let square = matches!(arena.shape(id).0[..], [m, n] if m == n);
        square && arena.is(id, &TRANSPOSE) && arena.symbol_of(arena.args(id)[0]).is_some()
    };
    let turned: NodeMap<NodeId, NodeId> =
        arena.reachable(&[root]).into_iter().filter(|&id| is_of_square(id)).map(|id| (id, arena.args(id)[0])).collect();
    arena.replace(root, &turned)
}

/// A form that is nearly right: another number, a term less, another function, one size for another, the transpose of a
/// square matrix, two factors the other way round.
fn near_miss(arena: &mut Arena, root: NodeId, random: &mut Rand64) -> Option<String> {
    let mut below = |count: usize| random.rand_range(0..count.max(1) as u64) as usize;
    let reached = arena.reachable(&[root]);
    let start = below(reached.len());
    let kind = below(7);
    for &id in reached[start..].iter().chain(&reached[..start]) {
        let node = arena.get(id).clone();
        if !node.free.is_empty() {
            continue;
        }
        let square = matches!(node.shape.0[..], [m, n] if m == n);
        let made = match kind {
            0 if node.op == &NUMBER => {
                let (one, number) = (arena.int(1), id);
                Some(arena.add(&[number, one]))
            }
            1 if node.op == &ADD => {
                let left_out = below(node.args.len());
                let rest: Vec<NodeId> =
                    node.args.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, &arg)| arg).collect();
                Some(arena.add(&rest))
            }
            2 => {
                let swapped = [(&SIN, &COS), (&COS, &SIN), (&EXP, &TANH), (&TANH, &SIN)];
                let to = swapped.iter().find(|(from, _)| node.op == *from).map(|(_, to)| *to);
                to.and_then(|to| arena.make(to, &node.args, Data::None).ok())
            }
            3 if node.op == &DIMENSION => {
                let names = arena.dims.names();
                let other = names
                    .iter()
                    .map(|(dim, _)| *dim)
                    .find(|&dim| node.data != Data::Dim(dim) && arena.dims.is_plain(dim));
                other.map(|dim| arena.dim_value(dim))
            }
            4 if square => Some(arena.transpose(id)),
            5 if node.op == &PRODUCT && square && node.args.len() == 2 => {
                arena.product(node.args[1], node.args[0]).ok()
            }
            6 if node.op == &NEGATE => Some(node.args[0]),
            _ => None,
        };
        if let Some(made) = made.filter(|&made| made != id && *arena.shape(made) == node.shape) {
            let wrong = arena.replace(root, &NodeMap::from_iter([(id, made)]));
            return text(arena, wrong).ok();
        }
    }
    None
}

/// Numbers at a random point: sizes that differ, values of both signs. This test's own, not the engine's.
fn random_point(vars: &Value, random: &mut Rand64) -> Option<Value> {
    const SIZES: [[usize; 4]; 4] = [[3, 2, 4, 5], [2, 4, 3, 1], [4, 3, 2, 3], [3, 5, 2, 4]];
    let sizes = SIZES[random.rand_range(0..SIZES.len() as u64) as usize];
    let mut names: Vec<String> = Vec::new();
    let mut at = Map::new();
    for (name, shape) in vars.as_object()? {
        let mut lengths = Vec::new();
        for dim in shape.as_array()? {
            lengths.push(match dim {
                Value::Number(n) => n.as_u64()? as usize,
                Value::String(name) if name.chars().all(char::is_alphanumeric) => {
                    let place = names.iter().position(|known| known == name).unwrap_or_else(|| {
                        names.push(name.clone());
                        names.len() - 1
                    });
                    *sizes.get(place)?
                }
                _ => return None,
            });
        }
        let mut number = || json!(2.4 * random.rand_float() - 1.2);
        let value = match lengths[..] {
            [] => number(),
            [n] => (0..n).map(|_| number()).collect(),
            [m, n] => (0..m).map(|_| (0..n).map(|_| number()).collect::<Value>()).collect(),
            _ => return None,
        };
        at.insert(name.clone(), value);
    }
    Some(at.into())
}

/// The value of a text at a point, with its sizes; `None` where it has none or is not finite.
fn value(text: &str, vars: &Value, at: &Value) -> Option<(Vec<usize>, Vec<f64>)> {
    let got = ask(&json!({"id": 1, "op": "eval", "expr": text, "vars": vars, "at": at})).ok()?;
    let flat = numbers::flat(got.get("value")?)?;
    let sizes = numbers::sizes(got.get("value")?)?;
    flat.iter().all(|x| x.is_finite()).then_some((sizes, flat))
}

/// Certainly different from the truth, and from its transpose: shown at a point of our own.
fn is_different(asked: &Asked, vars: &Value, truth: &str, answer: &str, random: &mut Rand64) -> bool {
    let expr = asked.request["expr"].as_str().unwrap_or("");
    for _ in 0..6 {
        let Some(at) = random_point(vars, random) else { return false };
        let Some((sizes, truth)) = value(expr, vars, &at).and_then(|_| value(truth, vars, &at)) else { continue };
        let Some((own_sizes, own)) = value(answer, vars, &at) else { continue };
        let plain = |sizes: &[usize]| sizes.iter().copied().filter(|&n| n != 1).collect::<Vec<_>>();
        let mut turned = own_sizes.clone();
        turned.reverse();
        if plain(&own_sizes) != plain(&sizes) && plain(&turned) != plain(&sizes) {
            return true;
        }
        let transposed = match own_sizes[..] {
            [rows, columns] => (0..rows * columns).map(|k| own[k % rows * columns + k / rows]).collect(),
            _ => own.clone(),
        };
        let scale = numbers::scale(&truth).max(numbers::scale(&own)).max(1e-3);
        let apart = |own: &[f64]| own.iter().zip(&truth).any(|(a, b)| (a - b).abs() > APART * scale);
        if apart(&own) && apart(&transposed) {
            return true;
        }
    }
    false
}

#[derive(Default)]
struct OfSlip {
    pairs: usize,
    named: usize,
    otherwise: usize,
}

#[test]
fn wrong_answers_are_never_accepted_and_slips_named_rightly() {
    let wanted = setting("CHALKGRAD_RANDOM", USUAL);
    let seed = setting("CHALKGRAD_SEED", 1) as u128;
    let (mut source, mut random) = (Source::new(seed + 11), Rand64::new(seed + 17));
    let mut slipped: BTreeMap<&str, OfSlip> = SLIPS.iter().map(|slip| (slip.id, OfSlip::default())).collect();
    let (mut pairs, mut near, mut unclear) = (0, 0, 0);
    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut accepted, mut misnamed) = (Vec::new(), Vec::new());
    while pairs < wanted {
        let mut asked = source.asked();
        let Ok(plain) = text(&asked.arena, asked.tensor) else { continue };
        let made = catch_unwind(AssertUnwindSafe(|| {
            let mut all: Vec<Wrong> = Vec::new();
            // Slips that few pairs were found of come first.
            let mut order: Vec<&'static Slip> = SLIPS.iter().collect();
            order.sort_by_key(|slip| slipped[slip.id].pairs);
            for slip in order {
                let mut of_it = by_slip(&asked, slip);
                of_it.truncate(PAIRS_OF_SLIP);
                all.extend(of_it);
                if all.len() >= WRONG_OF_QUESTION {
                    break;
                }
            }
            for _ in 0..2 {
                let tensor = asked.tensor;
                let text = near_miss(&mut asked.arena, tensor, &mut random);
                all.extend(text.map(|text| Wrong { text, slip: None }));
            }
            (all, asked)
        }));
        let Ok((all, asked)) = made else { continue };
        let Some(vars) = ask(&asked.request).ok().map(|answer| answer["vars"].clone()) else { continue };
        for wrong in all {
            if !is_different(&asked, &vars, &plain, &wrong.text, &mut random) {
                unclear += 1;
                continue;
            }
            let Ok(got) = check(&asked, &wrong.text) else { continue };
            if got["ok"] != true {
                *verdicts.entry(format!("error {}", got["error"]["kind"].as_str().unwrap_or("?"))).or_default() += 1;
                continue;
            }
            pairs += 1;
            let verdict = got["verdict"].as_str().unwrap_or("?");
            *verdicts.entry(verdict.to_owned()).or_default() += 1;
            if verdict == "equal" || verdict == "layout" {
                accepted.push(pair(&asked, &wrong.text, &got));
            }
            let Some(slip) = wrong.slip else {
                near += 1;
                continue;
            };
            let of_slip = slipped.entry(slip).or_default();
            of_slip.pairs += 1;
            match got["slip"].as_str().or(got["shape_slip"].as_str()) {
                None => {}
                Some(named) if names_it(named, slip) => of_slip.named += 1,
                Some(_) => {
                    of_slip.otherwise += 1;
                    misnamed.push(format!("{slip}: {}", pair(&asked, &wrong.text, &got)));
                }
            }
        }
    }
    println!(
        "unequal pairs: {pairs} ({near} near misses), accepted {}; {verdicts:?}; left out as not certainly different: {unclear}",
        accepted.len()
    );
    let named: usize = slipped.values().map(|of| of.named).sum();
    println!("slips: {named} named rightly, {} wrongly", misnamed.len());
    for (slip, of) in &slipped {
        println!("  {slip}: {} pairs, {} named, {} otherwise", of.pairs, of.named, of.otherwise);
    }
    assert!(accepted.is_empty(), "{} accepted:\n{}", accepted.len(), first(&accepted));
    assert!(misnamed.len() * 1_000 <= pairs, "{} slips named wrongly:\n{}", misnamed.len(), first(&misnamed));
    assert!(named * 10 >= pairs, "only {named} of {pairs} were named");
    if wanted >= 10_000 {
        let missing: Vec<&str> = slipped.iter().filter(|(_, of)| of.named == 0).map(|(slip, _)| *slip).collect();
        assert!(missing.is_empty(), "never named: {missing:?}");
    }
}

/// A matrix taken to be symmetric and its transpose left out are one slip seen from two sides, and so are both inverses on
/// one side and the order of factors that this leaves.
fn names_it(named: &str, made: &str) -> bool {
    let sides = [["symmetry-assumed", "transpose-missing"], ["inverse-as-square", "factors-in-wrong-order"]];
    named == made || sides.iter().any(|pair| pair.contains(&named) && pair.contains(&made))
}
