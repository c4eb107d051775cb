//! The command as a script meets it: exit codes, and what goes to which stream.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn chalkgrad(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_chalkgrad"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join();
    output
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn batch_answers_every_line_and_ends_well() {
    let input = b"{\"id\": \"a\", \"expr\": \"x^2\", \"wrt\": \"x\"}\n\nno json\n\xff\n{\"id\": \"b\"}\n";
    let output = chalkgrad(&["batch"], input);
    assert!(output.status.success());
    let text = out(&output);
    let answers: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[1]["id"], serde_json::Value::Null);
    assert_eq!(answers[2]["error"]["kind"], "request");
}

#[test]
fn json_of_derive_is_the_answer_of_batch() {
    let single = chalkgrad(&["derive", "--json", "-w·x + b", "w", "--var", "w=n", "--at", "b=-1"], b"");
    let request = r#"{"op":"derive","expr":"-w·x + b","wrt":"w","vars":{"w":["n"]},"at":{"b":-1}}"#;
    let batch = chalkgrad(&["batch"], format!("{request}\n").as_bytes());
    assert_eq!(out(&single), out(&batch));
    assert!(!out(&single).is_empty());
}

#[test]
fn an_export_is_the_program_alone() {
    let export = |language: &str| chalkgrad(&["derive", "x ⊙ y", "x", "--export", language], b"");
    assert_eq!(out(&export("numpy")), "jacobian = np.diag(y)\n");
    assert_eq!(out(&export("pytorch")), "import torch\njacobian = torch.diag(y)\n");
    assert_eq!(out(&export("julia")), "using LinearAlgebra\njacobian = diagm(y)\n");
    assert!(out(&export("jax")).ends_with("\njacobian = jnp.diag(y)\n"));
    assert_eq!(export("fortran").status.code(), Some(2));
    let taken = chalkgrad(&["derive", "torch^2", "torch", "--var", "torch=", "--export", "pytorch"], b"");
    assert_eq!(taken.status.code(), Some(1));
    assert!(taken.stdout.is_empty() && !taken.stderr.is_empty());
}

#[test]
fn a_wrong_expression_is_an_error_with_a_caret_and_status_1() {
    let output = chalkgrad(&["derive", "w·(x + ", "w"], b"");
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.starts_with("error (parse): "), "{words}");
    assert!(words.contains('^'), "{words}");
    assert!(output.stdout.is_empty());
}

#[test]
fn wrong_usage_has_status_2() {
    for args in [&["derive", "x"][..], &["derive", "x", "x", "--at", "x=one"], &["frobnicate"]] {
        assert_eq!(chalkgrad(args, b"").status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn derive_shows_its_steps_and_result() {
    let output = chalkgrad(&["derive", "w·x + b", "w", "--at", "w=1,2", "--at", "x=3,-1", "--at", "b=0.5"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let words = out(&output);
    for part in ["shapes ", "\n  1. ", "result ", "value     1.5", "jacobian  [3, -1]\n", "checked "] {
        assert!(words.contains(part), "{part} is missing in:\n{words}");
    }
    assert!(words.ends_with('\n') && !words.ends_with("\n\n"), "{words:?}");
}

#[test]
fn json_keeps_every_digit_that_words_leave_out() {
    let question = ["eval", "x / 3", "--at", "x=1"];
    assert!(out(&chalkgrad(&question, b"")).contains("value     0.333333\n"));
    let json = out(&chalkgrad(&[&question[..], &["--json"]].concat(), b""));
    assert!(json.contains("0.3333333333333333") && json.ends_with("}\n"), "{json}");
}

#[test]
fn every_kind_of_output_ends_its_last_line() {
    for args in [&["check", "x^2", "x", "2*x"][..], &["catalog"], &["catalog", "--json"], &["derive", "w·(x + ", "w"]]
    {
        let output = chalkgrad(args, b"");
        let text = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
        assert_eq!(text.last(), Some(&b'\n'), "{args:?}");
    }
}

const LINE: &[u8] =
    br#"{"loss": "mean((y - w*x - b).^2)", "params": {"w": {"shape": []}, "b": {"shape": [], "init": 0}},
    "data": {"x": [1, 2, 3], "y": [3, 5, 7]}, "rate": 0.1, "batch": 2}"#;

#[test]
fn train_prints_where_it_got() {
    let output = chalkgrad(&["train", "-", "--steps", "3000", "--curve"], LINE);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let state: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(state["step"], 3000);
    let near = |name: &str, right: f64| (state["params"][name].as_f64().unwrap() - right).abs() < 1e-4;
    assert!(near("w", 2.0) && near("b", 1.0), "{state}");
    let curve = state["curve"].as_array().unwrap();
    assert!(curve.len() == 51 && curve[0].as_f64() > curve[50].as_f64(), "{state}");
}

#[test]
fn train_refuses_in_words_with_the_place() {
    let spec = String::from_utf8_lossy(LINE).replace("w*x - b", "w*x - c");
    let output = chalkgrad(&["train", "-"], spec.as_bytes());
    assert!(!output.status.success());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("neither a parameter nor data"), "{error}");
    let missing = chalkgrad(&["train", "no such file"], b"");
    assert!(!missing.status.success() && String::from_utf8_lossy(&missing.stderr).contains("cannot be read"));
}

#[test]
fn network_prints_a_session_that_trains() {
    let network = br#"{"data": {"set": "circle", "count": 60}, "widths": [4], "activation": "z .* sigmoid(z)"}"#;
    let session = out(&chalkgrad(&["network", "-"], network));
    assert!(session.contains("H_1 = Z_1 .* sigmoid(Z_1)"), "{session}");
    let state: serde_json::Value =
        serde_json::from_str(&out(&chalkgrad(&["train", "-", "--steps", "500"], session.as_bytes()))).unwrap();
    assert!(state["loss"].as_f64().unwrap() < 0.5, "{state}");
    let refused = chalkgrad(&["network", "-"], br#"{"data": {"set": "xor"}, "activation": "tanh(z) * q"}"#);
    let error = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && error.contains("depends on `z` alone") && error.contains('^'), "{error}");
}
