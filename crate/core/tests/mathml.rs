//! MathML of formulas: well-formed, and of the same names and numbers as the text.

mod support;

use chalkgrad_core::contract::MathNode;
use chalkgrad_core::print::mathml::mathml;
use chalkgrad_core::print::text::text;
use chalkgrad_core::{infer, request};
use serde_json::Value;
use std::collections::BTreeSet;
use support::{ask, rows, with};

const LEAVES: [&str; 4] = ["mi", "mn", "mo", "mtext"];

/// What is wrong with the element itself.
fn fault(tag: &str, text: &str, children: usize) -> Option<String> {
    let fits = match tag {
        leaf if LEAVES.contains(&leaf) => children == 0 && !text.is_empty(),
        "mrow" | "mtable" | "mtr" => children > 0 && text.is_empty(),
        "mtd" | "msqrt" => children > 0 && text.is_empty(),
        "mfrac" | "msup" | "msub" | "mover" => children == 2 && text.is_empty(),
        "munderover" => children == 3 && text.is_empty(),
        _ => false,
    };
    (!fits).then(|| format!("<{tag}> with {children} children and the text {text:?}"))
}

/// Every element of a tree.
fn elements(root: &MathNode) -> Vec<&MathNode> {
    let mut all = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        all.push(node);
        open.extend(node.children.iter());
    }
    all
}

/// The names and whole numbers in a text of our language.
fn words_of(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

#[test]
fn the_trees_of_all_tables_are_well_formed_and_spell_the_atoms_of_the_text() {
    let tables =
        ["spoken.jsonl", "paper.jsonl", "cookbook.jsonl", "matrixcalculus.jsonl", "language.jsonl", "forms.jsonl"];
    let mut compared = 0;
    for row in tables.iter().flat_map(|table| rows::read(&rows::folder().join(table))) {
        let (_, read) = request::read_line(&row.request.to_string());
        let Some(question) = read.ok().and_then(|request| infer::read(&request).ok()) else { continue };
        let arena = &question.arena;
        let Some(tree) = mathml(arena, question.expr) else { continue };
        let text = text(arena, question.expr).expect("short enough");
        let faults: Vec<String> =
            elements(&tree).iter().filter_map(|e| fault(e.tag, &e.text, e.children.len())).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", row.id);
        let words = words_of(&text);
        let variables: BTreeSet<&str> = arena.symbols.iter().map(|symbol| symbol.name.as_str()).collect();
        let spelled: BTreeSet<&str> =
            elements(&tree).iter().map(|e| e.name.as_str()).filter(|name| variables.contains(name)).collect();
        let written: BTreeSet<&str> = words.iter().copied().filter(|word| variables.contains(word)).collect();
        assert_eq!(spelled, written, "{}: {text}", row.id);
        let is_whole = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
        let digits: BTreeSet<&str> =
            elements(&tree).iter().filter(|e| e.tag == "mn").map(|e| e.text.as_str()).collect();
        let missing: Vec<&str> = words.iter().copied().filter(is_whole).filter(|word| !digits.contains(word)).collect();
        let has_decimals = text.contains('.') || text.contains('e');
        assert!(missing.is_empty() || has_decimals, "{}: {text} without {missing:?}", row.id);
        compared += 1;
    }
    println!("{compared} formulas compared");
    assert!(compared > 500, "only {compared} formulas were compared");
}

/// The same of JSON.
fn json_faults(node: &Value, faults: &mut Vec<String>) {
    let children = node["children"].as_array().map_or(&[][..], Vec::as_slice);
    faults.extend(fault(node["tag"].as_str().unwrap_or(""), node["text"].as_str().unwrap_or(""), children.len()));
    children.iter().for_each(|child| json_faults(child, faults));
}

#[test]
fn every_formula_of_a_page_has_a_tree_where_it_is_asked_for() {
    let mut trees = 0;
    for row in rows::read(&rows::folder().join("spoken.jsonl")) {
        let request = with(&with(&row.request, "detail", "page"), "mathml", true);
        let view = ask(&request).expect("an answer")["view"].clone();
        let mathml = view["mathml"].as_object().unwrap_or_else(|| panic!("{}: no trees", row.id));
        for (latex, _) in view["spoken"].as_object().expect("words") {
            let Some(tree) = mathml.get(latex) else { panic!("{}: no tree for {latex}", row.id) };
            let mut faults = Vec::new();
            json_faults(tree, &mut faults);
            assert!(faults.is_empty(), "{}: {latex}: {faults:?}", row.id);
            trees += 1;
        }
    }
    println!("{trees} trees");
    assert!(trees > 3_000, "only {trees} trees");
}

#[test]
fn no_tree_comes_unasked() {
    let row = &rows::read(&rows::folder().join("spoken.jsonl"))[0];
    let answer = ask(&with(&row.request, "detail", "page")).expect("an answer");
    assert_eq!(answer["view"].get("mathml"), None);
}
