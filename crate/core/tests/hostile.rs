//! Whatever is typed or sent, the engine answers with one line of JSON: no panic, no endless work, no span outside the text.
//!
//! `CHALKGRAD_HOSTILE=1000000 cargo test --release --test hostile` is the long run; `CHALKGRAD_SEED=7` starts elsewhere.

mod support;

use oorandom::Rand64;
use serde_json::{Value, json};
use support::{ask_line, rows, shorten};

/// The seeded part that runs in every test, for each of the two ways to be hostile.
const USUAL: u64 = 3_000;
/// A browser gives wasm a stack of this size, far less than a native thread has.
const STACK: usize = 1 << 20;

const TOKENS: [&str; 74] = [
    "x", "y", "w", "A", "W", "b", "n", "xy", "x₁", "w_i", "f", "e", "pi", "α", "sin", "relu", "softmax", "sum", "max",
    "cases", "diag", "norm2", "tensor", "delta", "eye", "ones", "inv", "outer", "where", "0", "1", "2", ".5", "1e3",
    "1e999", "1..2", "0x1", "+", "-", "−", "*", "×", "/", "·", "@", ".*", "⊙", "./", "⊘", "⊗", "^", ".^", "²", "⁸",
    "'", "ᵀ", "^T", "(", ")", "(", ")", "[", "]", ",", ";", ":", "=", ">", "<=", " ", "\u{0}", "😀", "\u{202e}", "\\",
];

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// Runs a test on a stack as small as the browser's.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(test).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// The answer must be an object with `ok`, which is given back; a failure must have a kind, words, and a span inside what was sent.
fn must_be_answered(line: &str) -> bool {
    let answer = ask_line(line).unwrap_or_else(|error| panic!("{error}\nfor {}", shorten(line)));
    match answer["ok"].as_bool() {
        Some(true) => true,
        Some(false) => {
            let error = &answer["error"];
            const KINDS: [&str; 7] = ["parse", "name", "shape", "domain", "limit", "unsupported", "request"];
            let kind = error["kind"].as_str().unwrap_or("");
            assert!(KINDS.contains(&kind), "the kind is {}\nfor {}", error["kind"], shorten(line));
            assert!(!error["message"].as_str().unwrap_or("").is_empty(), "no message for {}", shorten(line));
            let sent: Value = serde_json::from_str(line).unwrap_or(Value::Null);
            let longest = ["expr", "answer", "wrt"]
                .iter()
                .filter_map(|field| sent[*field].as_str())
                .map(|text| text.encode_utf16().count() as u64)
                .max();
            if let (Some(start), Some(end)) = (error["span"][0].as_u64(), error["span"][1].as_u64()) {
                let inside = start <= end && end <= longest.unwrap_or(0);
                assert!(inside, "the span {} lies outside of {}", error["span"], shorten(line));
            }
            false
        }
        None => panic!("the answer has no `ok`: {answer}\nfor {}", shorten(line)),
    }
}

fn pick<'a, T>(random: &mut Rand64, from: &'a [T]) -> &'a T {
    &from[random.rand_range(0..from.len() as u64) as usize]
}

#[test]
fn a_soup_of_tokens_is_answered() {
    on_a_small_stack(|| {
        let mut random = Rand64::new(u128::from(setting("CHALKGRAD_SEED", 1)));
        let (asked, mut understood) = (setting("CHALKGRAD_HOSTILE", USUAL), 0);
        for number in 0..asked {
            let soup = |random: &mut Rand64| -> String {
                let length = 1 + random.rand_range(0..14);
                (0..length).map(|_| *pick(random, &TOKENS)).collect()
            };
            let expr = soup(&mut random);
            let mut request =
                json!({"id": number, "expr": expr, "wrt": pick(&mut random, &["x", "w", "A", "[x, y]", "x[2]"])});
            request["op"] = (*pick(&mut random, &["derive", "eval", "check", "parse", "tokens", "entries"])).into();
            if request["op"] == "check" {
                request["answer"] = soup(&mut random).into();
            }
            if request["op"] != "derive" && request["op"] != "check" && request["op"] != "entries" {
                request.as_object_mut().expect("an object").remove("wrt");
            }
            if random.rand_range(0..2) == 0 {
                request["vars"] =
                    json!({"x": ["n"], "y": ["n"], "w": ["n"], "A": ["m", "n"], "W": ["n", "n"], "b": []});
            }
            understood += u64::from(must_be_answered(&request.to_string()));
        }
        // Tokens are always coloured: an engine that refuses everything has not been tested.
        assert!(understood * 20 > asked, "only {understood} of {asked} were understood");
    });
}

#[test]
fn damaged_rows_are_answered() {
    on_a_small_stack(|| {
        let mut random = Rand64::new(u128::from(setting("CHALKGRAD_SEED", 1)));
        let tables = ["paper.jsonl", "language.jsonl", "errors.jsonl", "check.jsonl", "kinks.jsonl"];
        let lines: Vec<String> = tables
            .iter()
            .flat_map(|name| rows::read(&rows::folder().join(name)))
            .map(|row| row.line)
            .filter(|line| line.len() < 2_000)
            .collect();
        let (asked, mut understood) = (setting("CHALKGRAD_HOSTILE", USUAL), 0);
        for _ in 0..asked {
            let mut letters: Vec<char> = pick(&mut random, &lines).chars().collect();
            for _ in 0..1 + random.rand_range(0..3) {
                let place = random.rand_range(0..letters.len().max(1) as u64) as usize;
                let end = (place + 1 + random.rand_range(0..4) as usize).min(letters.len());
                match random.rand_range(0..4) {
                    0 => drop(letters.drain(place..end)),
                    1 => {
                        let copy: Vec<char> = letters[place..end].to_vec();
                        letters.splice(place..place, copy);
                    }
                    2 => {
                        let token: Vec<char> = pick(&mut random, &TOKENS).chars().collect();
                        letters.splice(place..place, token);
                    }
                    _ => {
                        let other = random.rand_range(0..letters.len().max(1) as u64) as usize;
                        if !letters.is_empty() {
                            letters.swap(place, other);
                        }
                    }
                }
            }
            let line: String = letters.into_iter().collect();
            understood += u64::from(must_be_answered(&line.replace('\n', " ")));
        }
        assert!(understood * 20 > asked, "only {understood} of {asked} were understood");
    });
}

/// Long and deep but within the limits, or just past them: an answer or a polite `limit`, on the browser's stack.
#[test]
fn large_questions_are_answered() {
    on_a_small_stack(|| {
        let repeated = |part: &str, times: usize| part.repeat(times);
        let questions = [
            repeated("x + ", 1_000) + "x",
            repeated("x * ", 1_000) + "x",
            repeated("x ^ ", 100) + "2",
            format!("x{}", repeated("'", 4_000)),
            repeated("-", 120) + "x",
            format!("{}x{}", repeated("(", 127), repeated(")", 127)),
            format!("{}x{}", repeated("sin(", 126), repeated(")", 126)),
            format!("{}x{}", repeated("(1 + x*", 120), repeated(")", 120)),
            format!("{}x{}", repeated("[", 60), repeated("]", 60)),
            format!("[{}x]", repeated("x, ", 1_000)),
            format!("{}u where u = x", repeated("u*u + ", 300)),
            format!("a where {}a = x", (0..200).map(|i| format!("q{i} = x + {i}, ")).collect::<String>()),
            "x^999999999".to_owned(),
            "x^1e300".to_owned(),
            "x^-1e9".to_owned(),
            format!("{}x", repeated("9", 3_000)),
            format!("1e{} x", repeated("9", 3_000)),
            format!("0.{}1 x", repeated("0", 3_000)),
            "sum(i, 1, 1000000000, x*i)".to_owned(),
            "sum(i, 1, 60, sum(j, 1, 60, sum(k, 1, 60, x*i*j*k)))".to_owned(),
            "sum(ones(1000000000)) * x".to_owned(),
            "x * sum(ones(99999999999999999999))".to_owned(),
            "((((((x^x)^x)^x)^x)^x)^x)^x".to_owned(),
            format!("{}x", repeated("x^2 y + ", 300)),
        ];
        for expr in questions {
            for op in ["derive", "parse", "tokens"] {
                let mut request = json!({"id": 1, "op": op, "expr": expr});
                if op == "derive" {
                    request["wrt"] = "x".into();
                    request["at"] = json!({"x": 0.5});
                    request["vars"] = json!({"x": [], "y": []});
                }
                must_be_answered(&request.to_string());
            }
        }
    });
}
