//! The catalogues against each other, against the source, and a language in brackets that finds words from no catalogue.

use super::{ENGLISH, GERMAN, count};
use crate::practice::{self, TOPICS};
use crate::print::name::greek_word;
use crate::slips::SLIPS;
use crate::train::SETS;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// English as the pseudo-language has it: what stands between the holes in brackets, where there is a letter in it.
pub fn bracketed(template: &str) -> String {
    let mut all = String::new();
    let mut rest = template;
    while !rest.is_empty() {
        let (start, end) = hole(rest).unwrap_or((rest.len(), rest.len()));
        let words = &rest[..start];
        all.push_str(&if words.chars().any(char::is_alphabetic) { format!("⟦{words}⟧") } else { words.to_owned() });
        all.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    all
}

/// The place of the first hole: `{name}`, after which LaTeX does not go on.
fn hole(text: &str) -> Option<(usize, usize)> {
    text.match_indices('{').find_map(|(at, _)| {
        let name = text[at + 1..].split_once('}')?.0;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let is_latex = text[..at].rsplit(' ').next().is_some_and(|word| word.contains('\\'));
        (is_name && !is_latex).then_some((at, at + name.len() + 2))
    })
}

fn holes(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some((start, end)) = hole(rest) {
        found.insert(&rest[start..end]);
        rest = &rest[end..];
    }
    found
}

/// What entries say in English, by the keys that follow from their ids.
fn of_entries() -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut put = |key: String, english: &str| {
        let before = all.insert(key.clone(), english.to_owned());
        assert!(before.is_none_or(|before| before == english), "{key} has two texts");
    };
    for rule in crate::answer::all_rules() {
        put(format!("rule.{}.title", rule.id), rule.title);
        put(format!("rule.{}.why", rule.id), rule.why);
        // A citation is the same in every language.
        if rule.source.contains("piecewise") || rule.source.starts_with(char::is_lowercase) {
            put(format!("source.{}", rule.source), rule.source);
        }
    }
    for op in crate::ops::all().filter(|op| !matches!(op.typed, crate::op::Typed::Internal)) {
        put(format!("op.{}.about", op.usage), op.about);
    }
    for op in crate::ops::all() {
        if let crate::op::Notation::Call { spoken, .. } = op.notation {
            put(format!("op.{}.spoken", op.usage), spoken);
        }
    }
    for slip in SLIPS {
        put(format!("slip.{}.question", slip.id), slip.question);
        put(format!("slip.{}.hint", slip.id), slip.hint);
    }
    for topic in TOPICS {
        put(format!("topic.{}.title", topic.id), topic.title);
        put(format!("topic.{}.about", topic.id), topic.about);
    }
    for (set, about) in SETS {
        put(format!("set.{set}.about"), about);
    }
    all
}

#[test]
fn german_says_all_that_english_says() {
    let mut english: BTreeMap<String, String> = of_entries();
    english.extend(ENGLISH.all().map(|(key, text)| (key.to_owned(), text.to_owned())));
    let german: BTreeMap<&str, &str> = GERMAN.all().collect();
    for catalogue in [&*ENGLISH, &*GERMAN] {
        for pair in catalogue.0.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "a key stands twice");
        }
    }
    let missing: Vec<&String> = english.keys().filter(|key| !german.contains_key(key.as_str())).collect();
    assert!(missing.is_empty(), "not in German: {missing:?}");
    let extra: Vec<&&str> = german.keys().filter(|key| !english.contains_key(**key)).collect();
    assert!(extra.is_empty(), "in German only: {extra:?}");
    for (key, text) in &english {
        assert_eq!(holes(text), holes(german[key.as_str()]), "{key}: the holes differ");
        assert!(!german[key.as_str()].trim().is_empty(), "{key} is empty");
    }
}

/// All of the core's source but its tests.
fn source() -> String {
    fn read(folder: &std::path::Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).expect("the source is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                read(&path, all);
            } else if !path.ends_with("words/tests.rs") {
                all.push_str(&std::fs::read_to_string(&path).expect("source is text"));
            }
        }
    }
    let mut all = String::new();
    read(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref(), &mut all);
    all
}

#[test]
fn every_key_is_said_and_every_key_that_is_said_is_there() {
    let source = source();
    let texts: BTreeSet<&str> = source.split('"').collect();
    for (key, _) in &ENGLISH.0 {
        // Keys made of a stem and what follows: counts, and ways out of strays.
        let stem = key.strip_suffix(".one").or(key.strip_suffix(".many")).unwrap_or(key);
        let stem = if key.starts_with("stray.") { stem.trim_end_matches(".hint") } else { stem };
        assert!([*key, stem].iter().any(|key| texts.contains(key)), "{key} is said nowhere");
    }
    for said in source.split("say!(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        // What stands in a comment is an example.
        assert!(ENGLISH.get(said).is_some(), "{said} is in no catalogue");
    }
}

#[test]
fn counts_are_one_or_many() {
    assert_eq!((count("parse.entries", 1), count("parse.entries", 3)), ("1 entry".to_owned(), "3 entries".to_owned()));
}

// --- the pseudo-language ----------------------------------------------------------------------------------------

/// Fields that hold no words: ids, formulas, programs, and what was asked.
const NO_WORDS: &[&str] = &[
    "id",
    "rule",
    "latex",
    "python",
    "verdict",
    "kind",
    "level",
    "input",
    "question",
    "result",
    "statement",
    "before",
    "after",
    "left",
    "right",
    "letter",
    "fate",
    "code",
    "language",
    "label",
    "mathml",
    "name",
    "names",
    "definition",
    "formula",
    "output",
    "row_names",
    "column_names",
    "replacements",
    "slip",
    "shape_slip",
    "usage",
    "aliases",
    "topic",
    "expr",
    "wrt",
    "way",
    "ways",
    "vars",
    "assume",
    "params",
    "spec",
    "samples",
    "value",
    "jacobian",
    "step",
    "shapes",
    "loss_latex",
    "rules",
    "output_latex",
    "layers",
    "data",
    "exports",
];

/// Fields that a message lists.
const FIELDS: &[&str] = &[
    "activation",
    "answer",
    "assume",
    "at",
    "batch",
    "before",
    "data",
    "detail",
    "entry",
    "expr",
    "funcs",
    "id",
    "init",
    "inputs",
    "language",
    "layout",
    "loss",
    "mathml",
    "momentum",
    "op",
    "order",
    "params",
    "rate",
    "seed",
    "shape",
    "sizes",
    "topic",
    "vars",
    "way",
    "widths",
    "wrong",
    "wrt",
];

/// What is in no catalogue, and may: people, and what the JSON reader says of a snapshot that is none.
const ALLOWED: &[&str] = &["Glorot", "He", "missing", "field", "line", "column"];

/// Words that stand outside of the brackets, of what a text holds beside names that were asked about.
fn bare(text: &str, known: &BTreeSet<&str>) -> Vec<String> {
    let (mut outside, mut depth, mut quoted, mut formula) = (String::new(), 0, false, false);
    for c in text.chars() {
        match c {
            '⟦' => depth += 1,
            '⟧' => depth -= 1,
            '`' => quoted = !quoted,
            '$' => formula = !formula,
            _ => {}
        }
        let is_outside = depth == 0 && !quoted && !formula;
        outside.push(if is_outside && c != '⟧' { c } else { ' ' });
    }
    let words = outside.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    words.filter(|word| !known.contains(word)).map(str::to_owned).collect()
}

/// Every bare word of an answer, with the path to it.
fn all_bare(answer: &Value, path: &str, known: &BTreeSet<&str>, found: &mut BTreeSet<String>) {
    match answer {
        Value::String(text) => {
            for word in bare(text, known) {
                found.insert(format!("{path}: {word} in {text}"));
            }
        }
        Value::Array(all) => all.iter().for_each(|one| all_bare(one, path, known, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                // Rows of a step name a rule, steps have its id; in a hint `text` is said, elsewhere it is typed.
                let is_title = name == "rule" && path.ends_with("rows");
                let is_id = name == "why" && (path.ends_with("notes") || path.ends_with("stopped"));
                let is_typed = name == "text" && !path.ends_with("hints");
                if is_title || !is_typed && !is_id && !NO_WORDS.contains(&name.as_str()) {
                    let step = if path.ends_with("spoken") { "said" } else { name };
                    all_bare(value, &format!("{path}/{step}"), known, found);
                }
            }
        }
        _ => {}
    }
}

fn check(line: &Value, answer: &str, found: &mut BTreeSet<String>) {
    let asked = line.to_string();
    // A name is said without its subscript, however that was typed.
    let names = asked.split(|c: char| !c.is_alphabetic());
    let asked: Vec<&str> = asked.split(|c: char| !c.is_alphanumeric()).chain(names).collect();
    // A Greek letter is said by its own name.
    let greek = asked.iter().filter_map(|word| greek_word(word));
    let known: BTreeSet<&str> =
        asked.iter().copied().chain(greek).chain(FIELDS.iter().copied()).chain(ALLOWED.iter().copied()).collect();
    let answer: Value = serde_json::from_str(answer).expect("an answer is JSON");
    all_bare(&answer, "", &known, found);
}

fn tables() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases");
    let mut rows = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the tables").map(|f| f.expect("a file").path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "jsonl")) {
        let table = std::fs::read_to_string(file).expect("a table is text");
        rows.extend(table.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()));
    }
    for row in &mut rows {
        if let Some(fields) = row.as_object_mut() {
            fields.remove("expect");
        }
    }
    rows
}

fn panic_with(found: &BTreeSet<String>) {
    let some: Vec<&str> = found.iter().take(40).map(String::as_str).collect();
    assert!(found.is_empty(), "{} texts are not from a catalogue:\n{}", found.len(), some.join("\n"));
}

#[test]
fn answers_hold_no_words_but_those_of_the_catalogues() {
    let mut found = BTreeSet::new();
    let rows = tables();
    assert!(rows.len() > 2000);
    for (at, mut row) in rows.into_iter().enumerate() {
        let Some(fields) = row.as_object_mut() else { continue };
        fields.insert("language".to_owned(), "pseudo".into());
        // A page's answer holds all there is, and takes its time: each fifth.
        let derives = fields.get("op").is_none_or(|op| op == "derive");
        if derives && at % 5 == 0 && !fields.contains_key("detail") {
            fields.insert("detail".to_owned(), "page".into());
        }
        check(&row, &crate::call(&row.to_string()), &mut found);
    }
    panic_with(&found);
}

#[test]
fn other_operations_hold_no_other_words_either() {
    let mut found = BTreeSet::new();
    let mut ask = |mut line: Value| {
        line["language"] = "pseudo".into();
        check(&line, &crate::call(&line.to_string()), &mut found);
    };
    ask(json!({"op": "catalog"}));
    for topic in TOPICS.iter().map(|t| t.id).chain(practice::templates().map(|t| t.rule)) {
        ask(json!({"op": "exercise", "topic": topic, "seed": 3}));
    }
    for layout in ["numerator", "denominator", "mixed"] {
        for (expr, wrt) in
            [("x^2", "x"), ("x'*A*x", "x"), ("A*x", "x"), ("tr(A*B)", "A"), ("inv(A)", "A"), ("[t, t^2]", "t")]
        {
            let vars = json!({"x": ["n"], "A": ["n", "n"], "B": ["n", "n"]});
            let vars = if expr == "x^2" { json!({}) } else { vars };
            ask(json!({"expr": expr, "wrt": wrt, "vars": vars, "layout": layout, "detail": "page"}));
        }
    }
    ask(
        json!({"op": "entries", "expr": "relu(A*x)", "wrt": "x", "vars": {"x": ["n"], "A": ["m", "n"]}, "sizes": {"m": 2, "n": 2}, "entry": [1, 2]}),
    );
    ask(
        json!({"op": "entries", "expr": "A*x", "wrt": "x", "vars": {"x": ["n"], "A": ["m", "n"]}, "sizes": {"m": 2, "n": 2}, "entry": [9, 9]}),
    );
    for answer in ["", "2*x*d(x)", "-2*x*d(x)", "3*d(x)", "(", "[1, 2]"] {
        ask(json!({"op": "line", "expr": "x^2", "wrt": "x", "answer": answer}));
    }
    // Faults of the request itself.
    for field in [
        "expr", "wrt", "vars", "funcs", "at", "layout", "order", "detail", "assume", "sizes", "answer", "wrong", "way",
        "entry", "mathml", "topic", "seed", "before",
    ] {
        for value in [
            json!(null),
            json!(true),
            json!(-1),
            json!("?"),
            json!([]),
            json!([[]]),
            json!({"x": "?"}),
            json!({"x": []}),
            json!([[1, 2], [3]]),
        ] {
            for op in ["derive", "check", "entries", "exercise", "line"] {
                let mut line = json!({"op": op, "expr": "x^2", "wrt": "x", "answer": "x", "topic": "gradient"});
                line[field] = value.clone();
                ask(line);
            }
        }
    }
    ask(json!({"expr": "x", "wrt": "x", "colour": 1}));
    panic_with(&found);
}

#[test]
fn training_says_no_other_words_either() {
    use crate::train::{Reporter, Trainer, network};
    let mut found = BTreeSet::new();
    let mut look = |asked: &Value, answer: Result<String, String>| {
        check(asked, &answer.unwrap_or_else(|refusal| refusal), &mut found);
    };
    let mut specs = Vec::new();
    for line in include_str!("../../../../tests/faces/sessions.jsonl").lines() {
        let mut spec: Value = serde_json::from_str(line).expect("a session is JSON");
        spec.as_object_mut().map(|fields| fields.remove("steps"));
        specs.push(spec);
    }
    assert!(!specs.is_empty());
    let neuron = json!({"loss": "mean((y - relu(X*w + b)).^2)", "params": {"w": {"shape": [2], "init": [-1, -1]}, "b": {"shape": [], "init": -5}},
        "data": {"X": [[1, 2], [1, 3]], "y": [1, 2]}, "rate": 0, "batch": 9});
    let steep = json!({"loss": "mean((y - X*w).^2)", "params": {"w": {"shape": [1], "init": [1]}}, "data": {"X": [[1], [2]], "y": [1, 2]}, "rate": 1e9});
    specs.extend([neuron.clone(), steep]);
    for field in ["loss", "params", "data", "batch", "rate", "momentum", "seed", "colour"] {
        for value in [
            json!(null),
            json!(-1),
            json!("?"),
            json!({}),
            json!({"w": 1}),
            json!({"w": {"shape": [2], "init": "?"}}),
            json!({"y": [1, 2], "z": [1]}),
        ] {
            let mut spec = neuron.clone();
            spec[field] = value;
            specs.push(spec);
        }
    }
    for mut spec in specs {
        spec["language"] = "pseudo".into();
        let text = spec.to_string();
        match Trainer::new(&text) {
            Err(refusal) => look(&spec, Err(refusal)),
            Ok(mut trainer) => {
                let _ = trainer.step(20);
                look(&spec, trainer.state());
                for wrong in [
                    trainer.set_rate(f64::NAN),
                    trainer.set_rate(-1.0),
                    trainer.set_param("?", &[]),
                    trainer.restore("{}"),
                ] {
                    look(&spec, wrong.map(|()| "{}".to_owned()));
                }
                look(&spec, trainer.evaluate("{\"expr\": \"?\"}").map(|_| "{}".to_owned()));
            }
        }
        if let Ok(mut reporter) = Reporter::new(&text) {
            look(&spec, reporter.detail());
            look(&spec, reporter.step(3));
        }
    }
    for (field, value) in [
        ("data", json!({"set": "circle"})),
        ("data", json!({"set": "?"})),
        ("widths", json!("?")),
        ("activation", json!("3")),
        ("activation", json!("z + q")),
        ("activation", json!("sum(z)")),
        ("activation", json!("z where a = 1")),
        ("loss", json!("?")),
        ("colour", json!(1)),
        ("data", json!({"rows": []})),
        ("data", json!({"rows": [[1]]})),
        ("data", json!({"set": "xor", "count": 1})),
    ] {
        let mut asked = json!({"data": {"set": "xor"}, "widths": [2], "language": "pseudo"});
        asked[field] = value;
        look(&asked, network(&asked.to_string()));
    }
    panic_with(&found);
}

#[test]
fn the_language_ends_with_the_answer() {
    let answer = crate::call(r#"{"expr": "x*", "wrt": "x", "language": "de"}"#);
    assert!(answer.contains("Hinter `*` fehlt etwas."), "{answer}");
    let answer = crate::call(r#"{"expr": "x*", "wrt": "x"}"#);
    assert!(answer.contains("Something is missing behind `*`."), "{answer}");
    let answer = crate::call(r#"{"expr": "x", "wrt": "x", "language": "fr"}"#);
    assert!(answer.contains("`language` cannot be `fr`.") && answer.contains("`en`, `de`"), "{answer}");
}
