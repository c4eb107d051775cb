//! Matrices everywhere, at scale: each operator inside each place of each other one, then random questions, with results
//! up to order 4. Each is derived once and compared with the dual numbers at three choices of sizes: all distinct, one
//! of them 1, all equal; and with the exact oracle, modulo a prime.
//!
//! `CHALKGRAD_RANDOM=1000000 cargo test --release -p chalkgrad-core --test scale -- --nocapture` is the long run;
//! `CHALKGRAD_SEED=7` starts elsewhere.

mod support;

use chalkgrad_core::check::{self, Check};
use chalkgrad_core::derive::{self, By};
use chalkgrad_core::dual::{Jet, Layers};
use chalkgrad_core::error::{Error, Kind};
use chalkgrad_core::eval::{Env, Plan, sizes_of, slopes};
use chalkgrad_core::exact::Exact;
use chalkgrad_core::expr::{Arena, NodeId, Place};
use chalkgrad_core::infer::{self, Wrt};
use chalkgrad_core::op::Data;
use chalkgrad_core::ops::build::PICK;
use chalkgrad_core::oracle;
use chalkgrad_core::request;
use chalkgrad_core::tensor::Tensor;
use oorandom::Rand64;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::compose::{Composer, DIMS, Question};
use support::setting;

/// The seeded part that runs in every test.
const USUAL: usize = 4_000;
/// Failures printed in full, and refusals by their words; `CHALKGRAD_SHOWN` prints more.
const SHOWN: usize = 40;
/// The tolerance, relative to the largest entry.
const TOLERANCE: f64 = 1e-9;
/// Every so many-th derivative is differentiated once more.
const AGAIN: usize = 4;
/// Variables are of size 1: where all that is left is smaller than this, it is what cancelling left over.
const RESTS: f64 = 1e-13;
/// Points of the exact check.
const EXACT_POINTS: u32 = 2;
/// Draws of a point until all numbers there are finite.
const DRAWS: u64 = 3;

/// The sizes of n, m and k, and what is special about them.
const SIZES: [(&str, [[usize; 3]; 3]); 3] = [
    ("distinct", [[3, 2, 4], [2, 4, 3], [4, 3, 2]]),
    ("one is 1", [[1, 2, 3], [2, 1, 3], [3, 2, 1]]),
    ("equal", [[2, 2, 2], [3, 3, 3], [2, 2, 2]]),
];

#[derive(Default, Debug)]
struct AtSizes {
    compared: usize,
    not_finite: usize,
    /// So much cancels that floats tell nothing.
    noisy: usize,
    /// Too many numbers on the way.
    limited: usize,
    /// No number where a single entry leaves nothing to move, as in the standard deviation's derivative.
    degenerate: usize,
    /// No number in the answer where the truth has one: singular matrices, where the rule of `adj` asks for an inverse.
    no_number: usize,
    mismatches: usize,
}

/// What numbers modulo a prime say, at sizes and points of their own.
#[derive(Default, Debug)]
struct Exactly {
    equal: usize,
    unequal: usize,
    /// Different numbers, where an identity between functions may be missing: floats have the last word.
    undecided: usize,
    abstained: usize,
}

/// The derivative of the derivative, at distinct sizes.
#[derive(Default, Debug)]
struct Again {
    asked: usize,
    refused: usize,
    compared: usize,
    no_number: usize,
    mismatches: usize,
}

#[derive(Default)]
struct Count {
    asked: usize,
    ill_fitting: usize,
    refused: BTreeMap<String, usize>,
    words: BTreeMap<String, (usize, String)>,
    at: [AtSizes; 3],
    exactly: Exactly,
    /// Derivatives differentiated once more.
    again: Again,
    no_numbers: Vec<String>,
    failures: Vec<String>,
}

/// What floats say at one point.
#[derive(Debug, PartialEq)]
enum Outcome {
    Same,
    NotFinite,
    Noisy,
    Degenerate,
    /// The answer has no number where the truth has one.
    NoNumber,
    Differs(f64),
}

#[test]
fn matrix_questions_agree_with_the_oracle() {
    let wanted = setting("CHALKGRAD_RANDOM", USUAL);
    let seed = setting("CHALKGRAD_SEED", 1);
    let mut composer = Composer::new(seed as u128);
    let mut count = Count::default();
    // Half are pairs: all of them if there is room, else every so many-th one.
    let pairs = composer.pairs();
    let share = wanted.div_ceil(2).min(pairs.len()).max(1);
    for number in 0..share {
        match composer.pair(pairs[(number * pairs.len() / share + seed) % pairs.len()]) {
            Some(question) => examine(&question, &mut count),
            None => count.ill_fitting += 1,
        }
    }
    while count.asked < wanted {
        let question = composer.question();
        examine(&question, &mut count);
    }
    report(&count, pairs.len());
    let refused: usize = count.refused.values().sum();
    let shown: Vec<&str> = count.failures.iter().take(setting("CHALKGRAD_SHOWN", SHOWN)).map(String::as_str).collect();
    assert!(count.failures.is_empty(), "{} failed, the first of them:\n{}", count.failures.len(), shown.join("\n"));
    // A generator or an engine that dodges the questions would pass all comparisons.
    assert!(refused * 100 <= count.asked, "{refused} of {} questions were refused", count.asked);
    for (at, (name, _)) in count.at.iter().zip(SIZES) {
        assert!(at.no_number * 500 <= count.asked, "sizes {name}: {} answers had no number", at.no_number);
        assert!(at.compared * 10 >= (count.asked - refused) * 8, "sizes {name}: only {} compared", at.compared);
    }
}

fn report(count: &Count, pairs: usize) {
    let refused: usize = count.refused.values().sum();
    println!(
        "{} asked ({pairs} pairs there are, {} of them fit no dimensions), {refused} refused {:?}, {} failed",
        count.asked,
        count.ill_fitting,
        count.refused,
        count.failures.len()
    );
    for (at, (name, _)) in count.at.iter().zip(SIZES) {
        println!("sizes {name}: {at:?}");
    }
    println!("exactly: {:?}", count.exactly);
    println!("once more: {:?}", count.again);
    for example in count.no_numbers.iter().take(SHOWN / 4) {
        println!("  no number at {example}");
    }
    let mut words: Vec<_> = count.words.iter().collect();
    words.sort_by_key(|(_, (times, _))| std::cmp::Reverse(*times));
    for (message, (times, example)) in words.into_iter().take(SHOWN) {
        println!("  {times} refused: {message}    as in {example}");
    }
}

/// One question: derived once, compared at each choice of sizes.
fn examine(question: &Question, count: &mut Count) {
    count.asked += 1;
    let line = question.request().to_string();
    let mut asked = match catch_unwind(AssertUnwindSafe(|| Asked::new(&line))) {
        Ok(Ok(asked)) => asked,
        Ok(Err(error)) => return refused(&line, &error, count),
        Err(_) => return count.failures.push(format!("panic: {line}")),
    };
    let number = count.asked;
    for (which, (name, choices)) in SIZES.iter().enumerate() {
        let sizes = choices[number % choices.len()];
        let compared = catch_unwind(AssertUnwindSafe(|| asked.compare(&sizes, number as u64)));
        let outcome = match compared {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(error)) if error.kind == Kind::Limit => {
                count.at[which].limited += 1;
                continue;
            }
            Ok(Err(error)) => {
                count.failures.push(format!("no number at {sizes:?}: {}\n    {line}", error.message));
                continue;
            }
            Err(_) => {
                count.failures.push(format!("panic at {sizes:?}: {line}"));
                continue;
            }
        };
        let at = &mut count.at[which];
        match outcome {
            Outcome::Same => at.compared += 1,
            Outcome::NotFinite => at.not_finite += 1,
            Outcome::Noisy => at.noisy += 1,
            Outcome::Degenerate => at.degenerate += 1,
            Outcome::NoNumber => {
                at.no_number += 1;
                count.no_numbers.push(format!("sizes {sizes:?}: {line}"));
            }
            Outcome::Differs(by) => {
                at.compared += 1;
                at.mismatches += 1;
                let text = asked.text();
                count
                    .failures
                    .push(format!("off by {by:e} at sizes {name} {sizes:?}: {line}\n    the answer is {text}"));
            }
        }
    }
    examine_exactly(&line, &asked, count);
    if number.is_multiple_of(AGAIN) {
        examine_again(&line, asked, count);
    }
}

/// The derivative of the derivative, of every so many-th question.
fn examine_again(line: &str, asked: Asked, count: &mut Count) {
    count.again.asked += 1;
    let number = count.asked as u64;
    let compared = catch_unwind(AssertUnwindSafe(|| {
        let Some(mut second) = asked.again().ok() else { return Ok(None) };
        Ok(Some((second.compare(&[3, 2, 4], number)?, second.text())))
    }));
    match compared {
        Err(_) => count.failures.push(format!("panic at the second derivative: {line}")),
        Ok(Err(error)) if error.kind == Kind::Limit => count.again.refused += 1,
        Ok(Err(Error { message, .. })) => {
            count.failures.push(format!("no number of the second derivative: {message}\n    {line}"));
        }
        Ok(Ok(None)) => count.again.refused += 1,
        Ok(Ok(Some((Outcome::Differs(by), text)))) => {
            count.again.mismatches += 1;
            count.failures.push(format!("second derivative off by {by:e}: {line}\n    the answer is {text}"));
        }
        // Kinks are common here, with conventions of their own: the norm of what happens to be 0.
        Ok(Ok(Some((Outcome::NoNumber, _)))) => count.again.no_number += 1,
        Ok(Ok(Some(_))) => count.again.compared += 1,
    }
}

/// The derivative before the exact oracle, which needs no tolerance.
fn examine_exactly(line: &str, asked: &Asked, count: &mut Count) {
    let check = Check::new(&asked.question.arena, EXACT_POINTS);
    let found = catch_unwind(AssertUnwindSafe(|| {
        check.verify_exactly(asked.question.expr, &asked.wrt, asked.is_list, asked.tensor)
    }));
    match found {
        Ok(Ok(Exact::Equal { .. })) => count.exactly.equal += 1,
        Ok(Ok(Exact::Undecided)) => count.exactly.undecided += 1,
        // Its limits are its own: what is too large for it is left to floats.
        Ok(Ok(Exact::Abstained) | Err(_)) => count.exactly.abstained += 1,
        Ok(Ok(Exact::Unequal)) => {
            count.exactly.unequal += 1;
            count.failures.push(format!("exactly unequal: {line}\n    the answer is {}", asked.text()));
        }
        Err(_) => count.failures.push(format!("panic in the exact check: {line}")),
    }
}

fn refused(line: &str, error: &Error, count: &mut Count) {
    let kind = format!("{:?}", error.kind).to_lowercase();
    *count.refused.entry(kind).or_default() += 1;
    // Formulas differ from question to question: what is quoted is left out of the words.
    let words: String = error.message.split('`').step_by(2).collect::<Vec<&str>>().join("…");
    let entry = count.words.entry(words).or_insert_with(|| (0, line.to_owned()));
    entry.0 += 1;
    if entry.1.len() > line.len() {
        line.clone_into(&mut entry.1);
    }
    if !matches!(error.kind, Kind::Limit | Kind::Unsupported) {
        count.failures.push(format!("refused: {}\n    {line}", error.message));
    }
}

/// A question read and derived.
struct Asked {
    question: infer::Question,
    by: By,
    wrt: Vec<NodeId>,
    is_list: bool,
    tensor: NodeId,
}

impl Asked {
    fn new(line: &str) -> Result<Asked, Error> {
        let (_, request) = request::read_line(line);
        let mut question = infer::read(&request?)?;
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
        let tensor = derive::derive(&mut question.arena, question.expr, &by, question.given.clone(), 1)?.tensor;
        let (wrt, is_list) = match &by {
            By::Variable(v) => (vec![*v], false),
            By::List(all) => (all.clone(), true),
            By::Component(v, places) => {
                let places = places.iter().map(|&p| Some(Place::Fixed(p))).collect();
                (vec![question.arena.must(&PICK, &[*v], Data::Subscripts(places))], false)
            }
        };
        Ok(Asked { question, by, wrt, is_list, tensor })
    }

    /// The second derivative, as a question about the first.
    fn again(mut self) -> Result<Asked, Error> {
        let given = self.question.given.clone();
        let derived = derive::derive(&mut self.question.arena, self.question.expr, &self.by, given, 2)?;
        if let Some(&(first, _)) = derived.levels.last() {
            self.question.expr = first;
        }
        Ok(Asked { tensor: derived.tensor, ..self })
    }

    fn text(&self) -> String {
        let text = chalkgrad_core::print::text::text(&self.question.arena, self.tensor);
        support::shorten(&text.unwrap_or_else(|error| error.message))
    }

    /// The derived tensor against the dual numbers at random numbers of these sizes.
    fn compare(&mut self, sizes: &[usize; 3], seed: u64) -> Result<Outcome, Error> {
        let mut outcome = Outcome::NotFinite;
        for draw in 0..DRAWS {
            let env = self.point(sizes, seed * DRAWS + draw)?;
            outcome = self.at(&env, seed, sizes.contains(&1))?;
            if outcome != Outcome::NotFinite && outcome != Outcome::Noisy {
                break;
            }
        }
        Ok(outcome)
    }

    fn point(&self, sizes: &[usize; 3], seed: u64) -> Result<Env<f64>, Error> {
        let arena: &Arena = &self.question.arena;
        let mut random = Rand64::new(u128::from(seed) * 3 + sizes[0] as u128);
        let mut env = Env::default();
        for (dim, name) in arena.dims.names() {
            if let Some(at) = DIMS.iter().position(|known| **known == name) {
                env.sizes.insert(arena.dims.resolve(dim), sizes[at]);
            }
        }
        for (_, symbol) in &self.question.names {
            let shape = sizes_of(arena, &arena.symbols[symbol.0 as usize].shape, &env.sizes)?;
            let number = |_: &[usize]| {
                let size = 0.2 + 1.5 * random.rand_float();
                if random.rand_float() < 0.5 { -size } else { size }
            };
            env.values.insert(*symbol, Tensor::build(&shape, number));
        }
        Ok(env)
    }

    fn at(&self, env: &Env<f64>, seed: u64, has_a_one: bool) -> Result<Outcome, Error> {
        let arena = &self.question.arena;
        let plan = Plan::new(arena, &[self.question.expr, self.tensor], env)?;
        let values = plan.run(arena, env)?;
        let truth = oracle::jacobian(arena, self.question.expr, &self.wrt, self.is_list, env)?;
        let claimed = &values[1];
        if truth.shape != claimed.shape {
            return Ok(Outcome::Differs(f64::MAX));
        }
        if !is_finite(&values[0]) || !is_finite(&truth) {
            return Ok(Outcome::NotFinite);
        }
        if !is_finite(claimed) {
            return Ok(if has_a_one { Outcome::Degenerate } else { Outcome::NoNumber });
        }
        let difference = distance(&truth, claimed);
        let scale = truth.data.iter().chain(&claimed.data).fold(0.0, |most: f64, x| most.max(x.abs()));
        if difference <= 1e-12 * scale {
            return Ok(Outcome::Same);
        }
        if scale < RESTS {
            return Ok(Outcome::Noisy);
        }
        // Where terms cancel, what is left is rounding: how much shows when every operation is moved a little.
        let columns = oracle::columns(arena, &self.wrt, self.is_list, &env.sizes)?;
        let moving = env.lifted(Jet::lift);
        let noise = check::rounding(seed, |jiggle| {
            let moved = plan.run_jiggled(arena, env, jiggle)?;
            let jiggled = slopes(arena, self.question.expr, &columns.entries, &moving, Some(jiggle))?;
            let mut moved_truth = jiggled.map_to(Jet::plain);
            moved_truth.shape.clone_from(&truth.shape);
            let seen = [distance(&truth, &moved_truth), distance(claimed, &moved[1])];
            Ok(if seen.iter().any(|x| x.is_nan()) { f64::NAN } else { seen[0].max(seen[1]) })
        })?;
        if noise.is_nan() || noise > 1e-8 * scale.max(1.0) {
            return Ok(Outcome::Noisy);
        }
        let is_zero = |tensor: &Tensor<f64>| tensor.data.iter().all(|x| *x == 0.0);
        let scale = if is_zero(&truth) || is_zero(claimed) { scale.max(1e-6) } else { scale };
        let relative = difference / scale.max(noise * 100.0 / TOLERANCE);
        Ok(if relative <= TOLERANCE { Outcome::Same } else { Outcome::Differs(relative) })
    }
}

fn is_finite(tensor: &Tensor<f64>) -> bool {
    tensor.data.iter().all(|x| x.is_finite())
}

/// The largest difference of two entries; not a number where one is none.
fn distance(a: &Tensor<f64>, b: &Tensor<f64>) -> f64 {
    let larger = |most: f64, x: f64| if x > most || x.is_nan() { x } else { most };
    a.data.iter().zip(&b.data).map(|(x, y)| (x - y).abs()).fold(0.0, larger)
}

/// The comparison itself must see a wrong answer: the question's own value in place of its derivative, a sign, a factor.
#[test]
fn wrong_derivatives_are_seen() {
    let line = r#"{"id": 1, "expr": "tr(A*B)*A", "wrt": "B", "vars": {"A": ["m", "n"], "B": ["n", "m"]}}"#;
    let mut asked = Asked::new(line).expect("a derivative");
    assert_eq!(asked.compare(&[3, 2, 4], 1).expect("numbers"), Outcome::Same);
    let right = asked.tensor;
    let negative = asked.question.arena.negate(right);
    let two = asked.question.arena.int(2);
    let twice = asked.question.arena.multiply(&[two, right]);
    for wrong in [negative, twice, asked.question.expr] {
        asked.tensor = wrong;
        let outcome = asked.compare(&[3, 2, 4], 1).expect("numbers");
        assert!(matches!(outcome, Outcome::Differs(_)), "{outcome:?}");
    }
}

/// The composer is deterministic, and its pairs hold every form in every place.
#[test]
fn the_same_seed_asks_the_same() {
    let ask = |seed| {
        let mut composer = Composer::new(seed);
        (0..50).map(|_| composer.question().request().to_string()).collect::<Vec<String>>()
    };
    assert_eq!(ask(3), ask(3));
    assert_ne!(ask(3), ask(4));
}
