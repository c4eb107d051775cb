//! Results as programs: the exact text of typical ones in every language, and that every function has words in each.

use crate::ops;
use crate::print::code::{DIALECTS, Dialect, JAX, JULIA, PYTORCH, in_numpy};
use serde_json::{Value, json};

/// What is asked: expression, variable, shapes of names whose letter says something else.
const QUESTIONS: &[(&str, &str, &str)] = &[
    ("relu(w·x + b)", "w", "{}"),
    ("sigmoid(w·x + b)", "x", "{}"),
    ("softplus(3z)", "z", r#"{"z": []}"#),
    ("x ⊙ y + 2", "x", "{}"),
    ("tanh(A*x + b)", "x", r#"{"b": ["m"], "A": ["m", "n"]}"#),
    ("x' * A * x", "x", "{}"),
    ("norm2(A*x - y)^2", "x", "{}"),
    ("mean((y - max(0, X*w + b)).^2)", "w", "{}"),
    ("softmax(x)", "x", "{}"),
    ("logsumexp(x) - x[1]", "x", "{}"),
    ("norm2(x)", "x", "{}"),
    ("max(x)", "x", "{}"),
    ("max(A)", "A", "{}"),
    ("max(x, c)", "x", "{}"),
    ("cases(x > c, x.^2, -x)", "x", "{}"),
    ("prod(x)", "x", "{}"),
    ("std(x)", "x", "{}"),
    ("sum(A*x)", "A", "{}"),
    ("tr(A' * A)", "A", "{}"),
    ("A*x", "A", "{}"),
    ("sum(i, 1, n, i * x[i]^2 / n)", "x", "{}"),
    ("sum(i, 1, n, exp(x[i] * c))", "c", r#"{"x": ["n"]}"#),
    ("[x; c] · w", "x", "{}"),
    ("[3x^2 y, 2x + y^8]", "[x, y]", "{}"),
    ("x^c / n + z^(-2)", "x", r#"{"x": [], "z": [], "w": ["n"]}"#),
    ("sec(c) + cbrt(c) + erf(c)", "c", "{}"),
    ("outer(x, y) * w", "x", "{}"),
    ("(x > 0) ⊙ log2(x)", "x", "{}"),
    ("(y > 0) ⊙ (x / c)", "c", "{}"),
    ("f(x, c)", "c", "{}"),
    ("pi * lambda^2 + lambda * e^3", "lambda", r#"{"lambda": []}"#),
    ("diag(x) * y", "y", "{}"),
    ("c * x' * y * pi", "c", "{}"),
    ("rowsums(A .* B)", "A", r#"{"A": [2, 3], "B": [2, 3]}"#),
    ("softmax(c * ones(3)) · x", "x", r#"{"x": [3]}"#),
    ("-erf(w·x + b) / 2", "b", "{}"),
    ("x' * w", "w", r#"{"x": [1], "w": [1]}"#),
    ("det(A)", "A", r#"{"A": ["n", "n"]}"#),
    ("logdet(A) + tr(inv(A))", "A", r#"{"A": ["n", "n"]}"#),
    ("tr(A^3)", "A", r#"{"A": ["n", "n"]}"#),
    ("x' * A^3 * x", "x", r#"{"A": ["n", "n"]}"#),
    ("sum(kron(A, B) * w)", "w", r#"{"A": ["m", "n"], "B": ["k", "p"], "w": ["n*p"]}"#),
    ("kron(c * ones(2, 3), B) * w", "w", r#"{"c": [], "B": ["k", "p"], "w": ["3*p"]}"#),
    ("vec(A) · w", "A", r#"{"A": ["m", "n"]}"#),
    ("vec(A)' * vec(A)", "A", r#"{"A": ["m", "n"]}"#),
    ("sum(softmax(A) .* B)", "A", "{}"),
    ("logsumexp(A)", "A", "{}"),
    ("sum(rowsums(A).^2) + sum(colsums(A).^3)", "A", "{}"),
    ("norm2(A) + norm1(A)", "A", "{}"),
    ("prod(A)", "A", "{}"),
    ("sum(prod_others(x))", "x", "{}"),
    ("sum(prod_pairs(x))", "x", "{}"),
    ("sum(i, 2, n, (x[i] - x[i-1])^2)", "x", "{}"),
    ("sum(i, 1, n, sum(j, 1, i, x[j] * y[i]))", "x", "{}"),
    ("norm2(r)^2 + sum(exp(r)) where r = A*x - y", "x", "{}"),
];
const TABLE: &str = "src/print/tests/code.txt";

fn asked(expr: &str, wrt: &str, vars: &str) -> Value {
    let vars: Value = serde_json::from_str(vars).expect("shapes");
    let request = json!({"expr": expr, "wrt": wrt, "vars": vars, "detail": "page"});
    serde_json::from_str(&crate::call(&request.to_string())).expect("an answer")
}

fn code_of(answer: &Value, dialect: &Dialect) -> Option<String> {
    let exports = answer["view"]["exports"].as_array().unwrap_or_else(|| panic!("no exports: {answer}"));
    let export = exports.iter().find(|e| e["language"] == dialect.language)?;
    Some(export["code"].as_str().expect("code").to_owned())
}

/// `UPDATE=1 cargo test typical_results` writes the table anew; read what changed before you keep it.
#[test]
fn typical_results() {
    let mut table = String::from(
        "Results as programs. Written by typical_results in code.rs; the first lines of a language stand once.\n",
    );
    for dialect in DIALECTS {
        table += &format!("\n{}\n", dialect.label);
        table.extend(dialect.opening.iter().map(|line| format!("    {line}\n")));
    }
    for (expr, wrt, vars) in QUESTIONS {
        let answer = asked(expr, wrt, vars);
        table += &format!("\n{expr}  by  {wrt}  =  {}\n", answer["text"].as_str().unwrap_or_default());
        for dialect in DIALECTS {
            table += &format!("{}\n", dialect.label);
            let code = code_of(&answer, dialect);
            let lines = code.as_deref().map(|code| code.lines().skip(dialect.opening.len()));
            let lines: Vec<&str> = lines.map_or_else(|| vec!["(left out)"], Iterator::collect);
            table.extend(lines.iter().map(|line| format!("    {line}\n")));
        }
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &table).expect("the table can be written");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = known.lines().zip(table.lines()).position(|(known, now)| known != now);
    assert!(known == table, "{TABLE} differs, first at line {differs:?}; UPDATE=1 writes it anew");
}

/// Operators come with NumPy's words; each of them must be known to each dialect, for some argument at least.
#[test]
fn every_function_has_words_in_every_dialect() {
    let mut missing = Vec::new();
    for op in ops::all() {
        let Some(numpy) = in_numpy(op) else { continue };
        for dialect in DIALECTS.iter().filter(|d| (0..3).all(|order| d.says(numpy, order).is_none())) {
            missing.push(format!("{} has no words for {}: {numpy}", dialect.label, op.name));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Words of linear algebra, of matrices.
#[test]
fn linear_algebra_has_words() {
    let rows = [
        ("np.linalg.det({0})", "torch.linalg.det({0})", "jnp.linalg.det({0})", "det({0})"),
        ("np.linalg.inv({0})", "torch.linalg.inv({0})", "jnp.linalg.inv({0})", "inv({0})"),
        (
            "np.linalg.slogdet({0})[1]",
            "torch.linalg.slogdet({0})[1]",
            "jnp.linalg.slogdet({0})[1]",
            "logabsdet({0})[1]",
        ),
        ("np.kron({0}, {1})", "torch.kron({0}.contiguous(), {1}.contiguous())", "jnp.kron({0}, {1})", "kron({0}, {1})"),
        (
            "np.linalg.matrix_power({0}, {1})",
            "torch.linalg.matrix_power({0}, {1})",
            "jnp.linalg.matrix_power({0}, {1})",
            "{0}^{1}",
        ),
        (r#"np.ravel({0}, order="F")"#, "{0}.T.reshape(-1)", r#"jnp.ravel({0}, order="F")"#, "vec({0})"),
        (
            r#"np.reshape({0}, ({1}, {2}), order="F")"#,
            "{0}.reshape({2}, {1}).T",
            r#"jnp.reshape({0}, ({1}, {2}), order="F")"#,
            "reshape({0}, {1}, {2})",
        ),
        (
            "np.linalg.det({0}) * np.linalg.inv({0})",
            "torch.linalg.det({0}) * torch.linalg.inv({0})",
            "jnp.linalg.det({0}) * jnp.linalg.inv({0})",
            "det({0}) * inv({0})",
        ),
    ];
    for (numpy, pytorch, jax, julia) in rows {
        for (dialect, expected) in [(&PYTORCH, pytorch), (&JAX, jax), (&JULIA, julia)] {
            assert_eq!(dialect.says(numpy, 2).as_deref(), Some(expected), "{} of {numpy}", dialect.label);
        }
    }
    assert_eq!(JAX.says("np.polyfit({0})", 1), None, "a word that nobody knows is not made up");
}

/// A variable called like a word of a language leaves that language out, and no other.
#[test]
fn names_that_a_language_needs() {
    let left_out = |expr: &str, wrt: &str, vars: &str| -> Vec<&str> {
        let answer = asked(expr, wrt, vars);
        DIALECTS.iter().filter(|d| code_of(&answer, d).is_none()).map(|d| d.language).collect()
    };
    assert_eq!(left_out("exp(torch * x)", "x", r#"{"torch": []}"#), ["pytorch"]);
    assert_eq!(left_out("norm · x", "x", r#"{"norm": ["n"]}"#), ["julia"]);
    assert_eq!(left_out("x^2", "x", "{}"), [] as [&str; 0]);
}
