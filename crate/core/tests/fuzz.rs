//! Fuzzing by a seeded loop: whatever is typed, no panic and no endless work. Part a is the parser alone, part b the
//! whole engine with second derivatives, checks, entries and the page's detail.
//!
//! `CHALKGRAD_FUZZ_PARSER=10000000 CHALKGRAD_FUZZ=1000000 cargo test --release -p chalkgrad-core --test fuzz -- --nocapture`
//! is the long run; `CHALKGRAD_SEED=7` starts elsewhere; `CHALKGRAD_FUZZ_TRACE=file` writes down each line before it is
//! sent. Texts to start from and cases that were found are in
//! tests/fuzz/corpus.

mod support;

use chalkgrad_core::lexer::lex;
use chalkgrad_core::names::Declared;
use chalkgrad_core::ordered::OrderedSet;
use chalkgrad_core::parser;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use support::compose::Composer;
use support::mutate::{Mutator, all_rows, corpus};
use support::{setting, shorten};

/// The seeded parts that run in every test.
const USUAL_PARSER: usize = 30_000;
const USUAL: usize = 600;
/// A browser gives wasm a stack of this size, far less than a native thread has.
const STACK: usize = 1 << 20;
/// Failures and slow inputs printed.
const SHOWN: usize = 30;
/// What takes longer is reported. For information: the limits are counted, never timed.
const SLOW: Duration = Duration::from_secs(2);

/// Runs a part on a stack as small as the browser's, without a word for each panic that it catches.
fn on_a_small_stack(part: impl FnOnce() -> Vec<String> + Send + 'static) -> Vec<String> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let failures = std::thread::Builder::new().stack_size(STACK).spawn(part).expect("a thread").join();
    std::panic::set_hook(hook);
    failures.unwrap_or_else(|panic| vec![format!("the loop itself: {}", words(panic.as_ref()))])
}

/// All parts in one test: the hook for panics is one for all threads. Each runs, whatever the others found.
#[test]
fn nothing_typed_makes_the_engine_panic() {
    let mut failures = on_a_small_stack(|| parser_alone(setting("CHALKGRAD_FUZZ_PARSER", USUAL_PARSER)));
    failures.extend(on_a_small_stack(found_cases));
    failures.extend(on_a_small_stack(|| whole_engine(setting("CHALKGRAD_FUZZ", USUAL))));
    let shown: Vec<&str> = failures.iter().take(SHOWN).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failed, the first of them:\n{}", failures.len(), shown.join("\n"));
}

/// Part a: every text is a tree or an error whose span lies in the text; the tokens cover the text in order.
fn parser_alone(wanted: usize) -> Vec<String> {
    let mut mutator = Mutator::new(setting("CHALKGRAD_SEED", 1) as u128);
    let declared = Declared {
        variables: ["x", "A", "delta", "step"].into(),
        dimensions: ["n", "m"].into(),
        functions: ["f", "g"].into(),
    };
    let none = Declared { variables: OrderedSet::new(), dimensions: OrderedSet::new(), functions: OrderedSet::new() };
    let (mut understood, mut failures) = (0, Vec::new());
    for _ in 0..wanted {
        let text = mutator.text();
        let declared = if mutator.below(2) == 0 { &declared } else { &none };
        let result = catch_unwind(AssertUnwindSafe(|| {
            let tokens = lex(&text);
            let mut end = 0;
            for token in &tokens {
                assert!(token.span.start >= end && token.span.end >= token.span.start, "tokens out of order");
                end = token.span.end;
            }
            assert!(end <= text.len(), "a token outside the text");
            match parser::parse(&text, declared) {
                Ok(_) => true,
                Err(error) => {
                    assert!(!error.message.is_empty(), "no message");
                    if let Some(span) = error.span {
                        assert!(span.start <= span.end && span.end <= text.len(), "a span outside the text");
                        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "half a letter");
                    }
                    false
                }
            }
        }));
        match result {
            Ok(parsed) => understood += usize::from(parsed),
            Err(panic) => failures.push(format!("parser, {}: {text:?}", words(panic.as_ref()))),
        }
    }
    println!("parser: {wanted} texts, {understood} understood, {} failed", failures.len());
    assert!(understood * 10 >= wanted, "only {understood} of {wanted} were understood");
    failures
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic").to_owned()
}

/// What is kept of the whole engine's answers.
#[derive(Default)]
struct Watch {
    answers: BTreeMap<String, usize>,
    slowest: Vec<(Duration, String)>,
    slow: usize,
    failures: Vec<String>,
}

impl Watch {
    /// Sends a line; a panic inside is an answer that says so, and counts as one.
    fn send(&mut self, line: &str) {
        // What hangs or eats all memory says nothing any more: its line can be written down first.
        if let Some(file) = std::env::var_os("CHALKGRAD_FUZZ_TRACE") {
            std::fs::write(file, line).expect("the trace");
        }
        let started = Instant::now();
        let answer = chalkgrad_core::call(line);
        let took = started.elapsed();
        let parsed: Value = serde_json::from_str(&answer).unwrap_or(Value::Null);
        let kind = match parsed["ok"].as_bool() {
            Some(true) => "answered",
            Some(false) => parsed["error"]["kind"].as_str().unwrap_or("?"),
            None => "?",
        };
        *self.answers.entry(kind.to_owned()).or_default() += 1;
        let panicked = answer.contains("The engine failed");
        let undone = answer.contains("did not pass its own check");
        if panicked || undone || kind == "?" || answer.contains('\n') {
            let what = if panicked {
                "panic"
            } else if undone {
                "failed its own check"
            } else {
                "broken answer"
            };
            self.failures.push(format!("{what}: {line}"));
        }
        self.slow += usize::from(took > SLOW);
        if self.slowest.len() < SHOWN || self.slowest.last().is_some_and(|(least, _)| took > *least) {
            self.slowest.push((took, line.to_owned()));
            self.slowest.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
            self.slowest.truncate(SHOWN);
        }
    }
}

/// Part b: rows of the tables with damaged texts, composed questions, and texts with nothing declared.
fn whole_engine(wanted: usize) -> Vec<String> {
    let seed = setting("CHALKGRAD_SEED", 1) as u128;
    let (mut mutator, mut composer) = (Mutator::new(seed + 1), Composer::new(seed));
    let rows: Vec<Value> = all_rows().into_iter().filter(|row| row.to_string().len() < 2_000).collect();
    let mut watch = Watch::default();
    for _ in 0..wanted {
        let request = request(&mut mutator, &mut composer, &rows);
        watch.send(&request.to_string());
    }
    println!("engine: {wanted} requests, {:?}, {} over {SLOW:?}", watch.answers, watch.slow);
    for (took, line) in watch.slowest.iter().take(SHOWN / 3) {
        println!("  {} ms: {}", took.as_millis(), shorten(line));
    }
    let answered = watch.answers.get("answered").copied().unwrap_or(0);
    assert!(answered * 8 >= wanted, "only {answered} of {wanted} were answered");
    watch.failures
}

fn request(mutator: &mut Mutator, composer: &mut Composer, rows: &[Value]) -> Value {
    let mut request = match mutator.below(6) {
        0 => composer.question().request(),
        1 => json!({"expr": mutator.text(), "wrt": *mutator.pick(&["x", "A", "w", "x[2]", "A[1,2]", "[x, y]"])}),
        2 => {
            let mut request = composer.question().request();
            let expr = request["expr"].as_str().unwrap_or("").to_owned();
            request["expr"] = mutator.damaged(&expr).into();
            request
        }
        _ => {
            let mut row = mutator.pick(rows).clone();
            for field in ["expr", "answer"] {
                if let Some(text) = row[field].as_str().map(str::to_owned)
                    && mutator.below(3) > 0
                {
                    row[field] = mutator.damaged(&text).into();
                }
            }
            row
        }
    };
    request["id"] = "fuzz".into();
    if mutator.below(3) == 0 {
        request["order"] = json!(*mutator.pick(&[2, 2, 2, 3]));
    }
    if mutator.below(3) == 0 {
        request["layout"] = (*mutator.pick(&["numerator", "denominator", "mixed"])).into();
    }
    match mutator.below(6) {
        0 => {
            request["op"] = "check".into();
            if !request["answer"].is_string() {
                request["answer"] = if mutator.below(2) == 0 { mutator.seed() } else { mutator.text() }.into();
            }
        }
        1 => request["op"] = "entries".into(),
        2 => request["op"] = "parse".into(),
        _ => {}
    }
    if request["op"].is_null() || request["op"] == "derive" {
        request["detail"] = (*mutator.pick(&["page", "page", "full", "result"])).into();
    }
    // Fields that are null were only looked at.
    if let Some(fields) = request.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    request
}

/// What was found once must not come back.
fn found_cases() -> Vec<String> {
    let mut watch = Watch::default();
    let found = std::fs::read_to_string(corpus().join("found.jsonl")).expect("the corpus");
    for line in found.lines().filter(|line| !line.is_empty()) {
        watch.send(line);
    }
    println!("found before: {:?}, {} over {SLOW:?}", watch.answers, watch.slow);
    watch.failures
}
