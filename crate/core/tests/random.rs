//! Random questions: the engine's symbolic derivative against differences of its own values, and every step's two sides.
//!
//! `CHALKGRAD_RANDOM=100000 cargo test --release --test random -- --nocapture` is the long run;
//! `CHALKGRAD_SEED=7` starts elsewhere.

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::generate::{Generator, Question};
use support::{ask, laws, numbers, setting, shorten, with};

/// The seeded part that runs in every test.
const USUAL: usize = 2_000;
/// Differences hold to this, relative to the scale of the Jacobian.
const DIFFERENCE_TOLERANCE: f64 = 1e-5;
/// A value that moves so far when its numbers move by 10⁻⁸ has a jump there.
const JUMP: f64 = 1e-2;
/// Slopes left and right of the point that are further apart than this betray a corner right at it.
const CORNER: f64 = 0.1;
/// Two step widths that disagree by more than this betray a kink or a pole beside the point.
const ROUGH: f64 = 2e-5;
const WIDTH: f64 = 1e-3;
/// Failures printed in full.
const SHOWN: usize = 40;

#[derive(Default)]
struct Count {
    asked: usize,
    refused: BTreeMap<String, usize>,
    /// A number that is not finite at the point: nothing to compare.
    not_finite: usize,
    /// A kink or a pole beside the point.
    rough: usize,
    compared: usize,
    failures: Vec<String>,
}

#[test]
fn symbolic_derivatives_agree_with_differences() {
    let asked = setting("CHALKGRAD_RANDOM", USUAL);
    let mut generator = Generator::new(setting("CHALKGRAD_SEED", 1) as u128);
    let mut count = Count::default();
    for number in 0..asked {
        let question = generator.question();
        let request = question.request();
        let wrong = examine(&question, &request, number, &mut count);
        if !wrong.is_empty() {
            count.failures.push(format!("{request}\n    {}", wrong.join("\n    ")));
        }
        count.asked += 1;
    }
    let refused: usize = count.refused.values().sum();
    println!(
        "{} asked, {refused} refused {:?}, {} not finite, {} beside a kink, {} compared, {} failed",
        count.asked,
        count.refused,
        count.not_finite,
        count.rough,
        count.compared,
        count.failures.len()
    );
    let shown: Vec<&str> = count.failures.iter().take(SHOWN).map(String::as_str).collect();
    assert!(count.failures.is_empty(), "{} failed, the first of them:\n{}", count.failures.len(), shown.join("\n"));
    // A generator or an engine that dodges the questions would pass all comparisons.
    assert!(refused * 100 <= count.asked, "{refused} of {} questions were refused", count.asked);
    assert!(count.compared * 10 >= count.asked * 8, "only {} of {} were compared", count.compared, count.asked);
}

/// Asks one question and compares; says what is wrong.
fn examine(question: &Question, request: &Value, number: usize, count: &mut Count) -> Vec<String> {
    let answer = match ask(&with(request, "detail", "page")) {
        Ok(answer) => answer,
        Err(error) => return vec![error],
    };
    if answer["ok"] != true {
        let kind = answer["error"]["kind"].as_str().unwrap_or("?").to_owned();
        let honest = kind == "limit" || kind == "unsupported";
        *count.refused.entry(kind).or_default() += 1;
        return if honest { Vec::new() } else { vec![format!("refused: {}", shorten(&answer["error"].to_string()))] };
    }
    let mut wrong = laws::untrue_steps(&answer["view"]["steps"]);
    if answer["verified"]["points"].as_u64().unwrap_or(0) < 2 {
        wrong.push(format!("verified at {} points", answer["verified"]["points"]));
    }
    if answer["verified"]["max_relative_error"]
        .as_f64()
        .is_none_or(|error| error.is_nan() || error > numbers::TOLERANCE)
    {
        wrong.push(format!("verified with the error {}", answer["verified"]["max_relative_error"]));
    }
    // The full laws ask many times more: on every eighth question only.
    if number.is_multiple_of(8) {
        match ask(request) {
            Ok(full) => {
                wrong.extend(laws::broken(request, &full, (0, 60), true));
            }
            Err(error) => wrong.push(error),
        }
    }
    let (Some(value), Some(jacobian)) = (numbers::flat(&answer["value"]), numbers::flat(&answer["jacobian"])) else {
        wrong.push("no numbers".to_owned());
        return wrong;
    };
    if value.iter().any(|number| !number.is_finite()) {
        count.not_finite += 1;
        return wrong;
    }
    if jumps(question, &value) {
        count.rough += 1;
        return wrong;
    }
    match by_differences(question, &value) {
        None => count.not_finite += 1,
        Some(differences) => compare(&value, &jacobian, &differences, count, &mut wrong),
    }
    wrong
}

/// True where the value itself jumps beside the point: `step(a - c + (c - a))` is 0 or 1 by rounding alone.
fn jumps(question: &Question, value: &[f64]) -> bool {
    let far = |by: f64| {
        let answer = ask(&question.shaken(by)).ok()?;
        let moved = numbers::flat(answer.get("value")?)?;
        let largest = moved.iter().zip(value).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        Some(largest > JUMP * numbers::scale(value).max(1e-3))
    };
    [1e-9, -1e-9].into_iter().any(|by| far(by) == Some(true))
}

/// What differences say of one entry.
struct Difference {
    wide: f64,
    narrow: f64,
    /// How far the slopes on the two sides are apart: at a corner the mean of both is no derivative.
    corner: f64,
}

/// Differences for each entry of the Jacobian, in its order; `None` where a value is not finite.
fn by_differences(question: &Question, value: &[f64]) -> Option<Vec<Difference>> {
    let outputs = value.len();
    let mut columns = Vec::new();
    for place in &question.places {
        let at = |shift: f64| {
            let answer = ask(&question.moved(place, shift)).ok()?;
            numbers::flat(answer.get("value")?).filter(|value| value.iter().all(|number| number.is_finite()))
        };
        columns.push([at(WIDTH)?, at(-WIDTH)?, at(WIDTH / 2.0)?, at(-WIDTH / 2.0)?]);
    }
    let entry = |output: usize, column: &[Vec<f64>; 4]| {
        let [above, below, near_above, near_below] = [0, 1, 2, 3].map(|k| column[k][output]);
        Difference {
            wide: (above - below) / (2.0 * WIDTH),
            narrow: (near_above - near_below) / WIDTH,
            corner: (near_above - 2.0 * value[output] + near_below).abs() / (WIDTH / 2.0),
        }
    };
    Some((0..outputs).flat_map(|output| columns.iter().map(move |column| entry(output, column))).collect())
}

fn compare(value: &[f64], jacobian: &[f64], differences: &[Difference], count: &mut Count, wrong: &mut Vec<String>) {
    if jacobian.len() != differences.len() {
        wrong.push(format!("{} numbers in the Jacobian, expected {}", jacobian.len(), differences.len()));
        return;
    }
    let steepest = differences.iter().fold(0.0_f64, |steepest, d| steepest.max(d.narrow.abs()));
    let scale = steepest.max(1e-3 * numbers::scale(value)).max(1e-6);
    if differences.iter().any(|d| (d.wide - d.narrow).abs() > ROUGH * scale || d.corner > CORNER * scale) {
        count.rough += 1;
        return;
    }
    count.compared += 1;
    for (place, (got, d)) in jacobian.iter().zip(differences).enumerate() {
        let expected = (4.0 * d.narrow - d.wide) / 3.0;
        if !got.is_finite() || (got - expected).abs() > DIFFERENCE_TOLERANCE * scale {
            wrong.push(format!("entry {place} is {got}, differences say {expected}"));
            return;
        }
    }
}

/// The generator itself: it must reach every operator and function that it is there to test.
#[test]
fn the_generator_reaches_everything() {
    let mut generator = Generator::new(1);
    let written: String = (0..USUAL).map(|_| generator.question().expr + "\n").collect();
    let expected = [
        "exp(",
        "log(",
        "sqrt(",
        "cbrt(",
        "abs(",
        "sign(",
        "sin(",
        "cos(",
        "tan(",
        "sec(",
        "csc(",
        "cot(",
        "asin(",
        "acos(",
        "atan(",
        "sinh(",
        "cosh(",
        "tanh(",
        "asinh(",
        "acosh(",
        "atanh(",
        "relu(",
        "sigmoid(",
        "softplus(",
        "step(",
        "erf(",
        "log1p(",
        "expm1(",
        "ln(",
        "log2(",
        "log10(",
        "max(",
        "min(",
        "cases(",
        "sum(",
        "mean(",
        "prod(",
        "var(",
        "std(",
        "norm1(",
        "norm2(",
        "logsumexp(",
        "dot(",
        "softmax(",
        "diag(",
        "outer(",
        "prod_others(",
        "ones(",
        " · ",
        " ⊙ ",
        " ⊘ ",
        " .* ",
        " ./ ",
        "' * ",
        ".^",
        "²",
        "₁",
        "where z",
        "sum(i, 1,",
        "[i]",
        "_i",
        " @ ",
        "pi",
    ];
    let missing: Vec<&str> = expected.into_iter().filter(|part| !written.contains(part)).collect();
    assert!(missing.is_empty(), "never written: {missing:?}");
}
