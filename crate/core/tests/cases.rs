//! Every row of tests/cases through the library. All failing rows are reported, not just the first.
//!
//! `CHALKGRAD_CASES=/path/to/table.jsonl cargo test --test cases own_table` runs a table of your own.

mod support;

use support::{ask_line, laws, rows, shorten};

/// Runs a table; panics with the list of failing rows.
fn run(path: std::path::PathBuf) {
    let table = rows::read(&path);
    let mut failures = Vec::new();
    let mut later = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    for row in &table {
        assert!(ids.insert(row.id.clone()), "two rows are called {}", row.id);
        let answer = match ask_line(&row.line) {
            Ok(answer) => answer,
            Err(error) => {
                failures.push(format!("{}: {error}\n    {}", row.id, shorten(&row.line)));
                continue;
            }
        };
        if row.expect["later"] == true && answer["error"]["kind"] == "unsupported" {
            later.push(row.id.as_str());
            continue;
        }
        let mut wrong = rows::compare(row, &answer);
        let derives = row.request.get("op").is_none_or(|op| op == "derive");
        if derives && row.expect.get("error").is_none() && answer["ok"] == true {
            let has_numbers = row.expect["abstract"] != true;
            wrong.extend(laws::broken(&row.request, &answer, row.steps(), has_numbers));
        }
        if !wrong.is_empty() {
            failures.push(format!("{}: {}\n    {}", row.id, wrong.join("\n    "), shorten(&row.line)));
        }
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    println!("{name}: {} rows, {} failed, {} not supported yet", table.len(), failures.len(), later.len());
    println!("not supported yet: {}", later.join(" "));
    assert!(!table.is_empty(), "{name} is empty");
    assert!(
        failures.is_empty(),
        "{} of {} rows of {name} failed:\n{}",
        failures.len(),
        table.len(),
        failures.join("\n")
    );
}

#[test]
fn sample() {
    run(rows::folder().join("sample.jsonl"));
}

#[test]
fn rules() {
    run(rows::folder().join("rules.jsonl"));
}

#[test]
fn forms() {
    run(rows::folder().join("forms.jsonl"));
}

#[test]
fn paper() {
    run(rows::folder().join("paper.jsonl"));
}

#[test]
fn kinks() {
    run(rows::folder().join("kinks.jsonl"));
}

#[test]
fn language() {
    run(rows::folder().join("language.jsonl"));
}

#[test]
fn matrix_cookbook() {
    run(rows::folder().join("cookbook.jsonl"));
}

#[test]
fn matrixcalculus_org() {
    run(rows::folder().join("matrixcalculus.jsonl"));
}

#[test]
fn second_derivatives() {
    run(rows::folder().join("second.jsonl"));
}

#[test]
fn answers_of_learners() {
    run(rows::folder().join("check.jsonl"));
}

#[test]
fn slips_of_learners() {
    run(rows::folder().join("slips.jsonl"));
}

#[test]
fn errors() {
    run(rows::folder().join("errors.jsonl"));
}

#[test]
#[ignore = "needs CHALKGRAD_CASES, a table of your own"]
fn own_table() {
    run(std::env::var_os("CHALKGRAD_CASES").expect("CHALKGRAD_CASES names a table").into());
}

/// The comparison itself: what differs must be seen.
#[test]
fn the_comparison_sees_differences() {
    use serde_json::json;
    use support::numbers::{TOLERANCE, difference};
    let same = |got, expected| difference(&got, &expected, TOLERANCE).is_none();
    assert!(same(json!([1.0, 2e-12]), json!([1, 0])), "within the tolerance of the array's scale");
    assert!(same(json!(["nan", "inf", "-inf"]), json!(["nan", "inf", "-inf"])));
    assert!(!same(json!([1.0, 1e-8]), json!([1, 0])));
    assert!(!same(json!(1e-11), json!(0)), "where all is zero, the scale is 1e-3");
    assert!(!same(json!([1, 2]), json!([[1, 2]])), "a row is no vector");
    assert!(!same(json!([[1, 2], [3]]), json!([[1, 2], [3]])), "ragged");
    assert!(!same(json!("inf"), json!("-inf")));
    assert!(!same(json!("nan"), json!(0)));
    assert!(!same(json!(0), json!("nan")));
    assert!(!same(json!(null), json!(0)));
}
