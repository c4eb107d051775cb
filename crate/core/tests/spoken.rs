//! Formulas in words: what each sounds like, row by row; no LaTeX in any; and no two that sound alike.
//!
//! `UPDATE=1 cargo test -p chalkgrad-core --test spoken` writes the words of tests/cases/spoken.jsonl anew; read what
//! changed before you keep it. `CHALKGRAD_RANDOM=100000` asks for more random formulas.

mod support;

use chalkgrad_core::contract::Spoken;
use chalkgrad_core::print::{self, text::text};
use chalkgrad_core::words::{Language, speaking};
use chalkgrad_core::{infer, request};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::generate::Generator;
use support::{ask, rows, setting, shorten, with};

/// The seeded part that runs in every test.
const USUAL: usize = 3_000;

/// The view of a row's answer.
fn view(row: &rows::Row) -> Value {
    let answer = ask(&with(&row.request, "detail", "page")).unwrap_or_else(|error| panic!("{}: {error}", row.id));
    assert_eq!(answer["ok"], true, "{}: {}", row.id, answer["error"]);
    answer["view"].clone()
}

fn key(view: &Value, field: &str) -> String {
    view[field].as_str().unwrap_or_else(|| panic!("no {field}")).to_owned()
}

/// What a row must sound like.
fn expected(view: &Value) -> Value {
    let equation = format!("{} = {}", key(view, "question"), key(view, "result"));
    let of = |key: &str| view["spoken"][key].clone();
    json!({"input": of(&key(view, "input")), "equation": of(&equation)})
}

#[test]
fn formulas_sound_as_written() {
    let path = rows::folder().join("spoken.jsonl");
    let file = std::fs::read_to_string(&path).expect("the table");
    let mut lines = Vec::new();
    let mut wrong = Vec::new();
    for (row, line) in rows::read(&path).iter().zip(file.lines()) {
        let got = expected(&view(row));
        if got != row.expect {
            wrong.push(format!("{}: {got}\n    expected {}", row.id, row.expect));
        }
        let (start, _) = line.rsplit_once(", \"expect\": ").expect("a row expects something");
        let said = |name: &str| {
            let spoken = &got[name];
            format!("\"{name}\": {{\"short\": {}, \"long\": {}}}", spoken["short"], spoken["long"])
        };
        lines.push(format!("{start}, \"expect\": {{{}, {}}}}}\n", said("input"), said("equation")));
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, lines.concat()).expect("the table can be written");
        return;
    }
    assert!(wrong.is_empty(), "{} rows sound different:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_function_and_every_row_of_the_paper_is_said() {
    let table = rows::read(&rows::folder().join("spoken.jsonl"));
    let asked: BTreeSet<String> =
        table.iter().map(|row| format!("{} by {}", row.request["expr"], row.request["wrt"])).collect();
    let missing: Vec<String> = rows::read(&rows::folder().join("paper.jsonl"))
        .iter()
        .filter(|row| row.request.get("op").is_none() && row.expect.get("error").is_none())
        .map(|row| format!("{} by {}", row.request["expr"], row.request["wrt"]))
        .filter(|question| !asked.contains(question))
        .collect();
    assert!(missing.is_empty(), "not in spoken.jsonl: {missing:?}");
    let catalog = ask(&json!({"id": "all", "op": "catalog"})).expect("the catalogue");
    let exprs: Vec<&str> = table.iter().filter_map(|row| row.request["expr"].as_str()).collect();
    for function in catalog["functions"].as_array().expect("functions") {
        let (name, usage) = (function["name"].as_str().unwrap_or(""), function["usage"].as_str().unwrap_or(""));
        // What is called by its name; `prod_but`, `unvec` and `split` only the engine writes.
        let called = usage.starts_with(&format!("{name}(")) && !["prod_but", "unvec", "split"].contains(&name);
        let said = exprs.iter().any(|expr| expr.contains(&format!("{name}(")));
        assert!(!called || said, "no row of spoken.jsonl has {name}");
    }
}

/// Letters, digits, and the few signs that make a voice pause.
fn is_said(words: &str) -> bool {
    words.chars().all(|c| c.is_alphanumeric() || " ,.;:-".contains(c)) && !words.contains("  ") && !words.is_empty()
}

#[test]
fn no_words_hold_latex_and_every_formula_of_a_page_has_words() {
    let mut formulas = 0;
    for table in ["spoken.jsonl", "forms.jsonl", "cookbook.jsonl"] {
        for row in rows::read(&rows::folder().join(table)) {
            if row.request.get("op").is_some() || row.expect.get("error").is_some() {
                continue;
            }
            let view = view(&row);
            let spoken = view["spoken"].as_object().expect("words");
            for (latex, words) in spoken {
                for manner in ["short", "long"] {
                    let words = words[manner].as_str().unwrap_or("");
                    assert!(is_said(words), "{}: {latex}\n    is said {words:?}", row.id);
                    formulas += 1;
                }
            }
            let missing = formulas_of(&view).into_iter().find(|latex| !spoken.contains_key(latex));
            assert_eq!(missing, None, "{}: a formula without words", row.id);
        }
    }
    println!("{formulas} formulas said");
    assert!(formulas > 10_000, "only {formulas} formulas were said");
}

/// The LaTeX of every formula that a page shows of a view.
fn formulas_of(view: &Value) -> Vec<String> {
    let mut found: Vec<String> = ["input", "question", "result"].iter().map(|field| key(view, field)).collect();
    let mut open: Vec<&Value> = view["steps"].as_array().expect("steps").iter().collect();
    while let Some(step) = open.pop() {
        found.extend(["before", "after"].iter().map(|field| key(step, field)));
        for row in step["rows"].as_array().expect("rows") {
            found.push(format!("{} = {}", key(row, "left"), key(row, "right")));
        }
        open.extend(step["sub"].as_array().expect("substeps"));
    }
    found
}

/// All formulas of two operators over a few names, with all brackets that may be there or not.
fn small_formulas() -> Vec<String> {
    let leaves = ["a", "b", "2", "x", "y", "A", "B"];
    let unary = [
        "-{}", "{}'", "{}^2", "{}.^2", "{}^a", "{}^-1", "sin({})", "exp({})", "sum({})", "{}[1]", "{}[1,2]", "{}[1,:]",
        "diag({})", "f({})", "D(f)({})",
    ];
    let binary = [
        "{} + []",
        "{} - []",
        "{} * []",
        "{} .* []",
        "{} · []",
        "{} / []",
        "{} ./ []",
        "{}^[]",
        "max({}, [])",
        "[{}, []]",
        "{} > []",
        "cases({}, [], 2)",
        "f({}, [])",
        "kron({}, [])",
    ];
    let once: Vec<String> = unary
        .iter()
        .flat_map(|shape| leaves.map(|leaf| shape.replace("{}", leaf)))
        .chain(binary.iter().flat_map(|shape| {
            leaves.into_iter().flat_map(move |left| leaves.map(|right| shape.replace("{}", left).replace("[]", right)))
        }))
        .collect();
    let held: Vec<String> = once.iter().map(|inner| format!("({inner})")).collect();
    let twice = held.iter().flat_map(|inner| {
        let above = unary.iter().map(move |shape| shape.replace("{}", inner));
        let beside = binary.iter().flat_map(move |shape| {
            let few = ["a", "x", "A"];
            let first = few.map(|leaf| shape.replace("{}", inner).replace("[]", leaf));
            let second = few.map(|leaf| shape.replace("[]", inner).replace("{}", leaf));
            first.into_iter().chain(second)
        });
        above.chain(beside)
    });
    leaves.iter().map(|leaf| (*leaf).to_owned()).chain(once.iter().cloned()).chain(twice).collect()
}

/// The text and the words of an expression; `None` where it is refused.
fn said(question: &Value) -> Option<(String, Spoken)> {
    let (_, request) = request::read_line(&question.to_string());
    let read = infer::read(&request.ok()?).ok()?;
    let text = text(&read.arena, read.expr).ok()?;
    Some((text, print::spoken(&read.arena, read.expr)))
}

#[test]
fn no_two_formulas_sound_alike() {
    for language in [Language::English, Language::German] {
        println!("{language:?}");
        speaking(language, sounds_differ);
    }
}

fn sounds_differ() {
    let vars = json!({"a": [], "b": [], "x": [2], "y": [2], "A": [2, 2], "B": [2, 2]});
    let mut questions: Vec<Value> = small_formulas()
        .into_iter()
        .map(|expr| json!({"id": "small", "op": "eval", "expr": expr, "vars": vars}))
        .collect();
    let mut generator = Generator::new(setting("CHALKGRAD_SEED", 1) as u128);
    for _ in 0..setting("CHALKGRAD_RANDOM", USUAL) {
        let question = generator.question();
        questions.push(json!({"id": "random", "op": "eval", "expr": question.expr, "vars": question.vars}));
    }
    let said: Vec<(String, Spoken)> = questions.iter().filter_map(said).collect();
    let (different, alike) = alike(said.iter().map(|(text, words)| (text, &words.long)));
    println!("{} of {} formulas said, {different} different ones", said.len(), questions.len());
    println!("{} pairs sound alike in the long manner", alike.len());
    let shown: Vec<String> = alike.iter().take(40).map(|pair| shorten(pair)).collect();
    assert!(alike.is_empty(), "{} pairs sound alike, the first:\n{}", alike.len(), shown.join("\n"));
    assert!(different > 5_000, "only {different} different formulas were said");
    // The comparison would notice: what the short manner leaves to the listener are such pairs.
    let (_, alike) = self::alike(said.iter().map(|(text, words)| (text, &words.short)));
    println!("{} pairs sound alike in the short manner", alike.len());
    assert!(!alike.is_empty());
}

/// How many different sounds there are, and which texts share one.
fn alike<'a>(said: impl Iterator<Item = (&'a String, &'a String)>) -> (usize, BTreeSet<String>) {
    let mut heard: BTreeMap<String, &String> = BTreeMap::new();
    let mut alike = BTreeSet::new();
    for (text, words) in said {
        // To the ear a capital is no other letter.
        let other = *heard.entry(words.to_lowercase()).or_insert(text);
        if other != text {
            alike.insert(format!("{other}   and   {text}\n    {words}"));
        }
    }
    (heard.len(), alike)
}
