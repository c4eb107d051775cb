//! What is wrong, where, and one way out: one row each.

use super::*;

#[test]
fn each_error_says_what_is_wrong_and_where() {
    // What is typed, its variables, the kind, the part at fault, a piece of the message, the replacements.
    use Kind::{Limit, Name, Parse, Shape};
    type Row<'a> = (&'a str, serde_json::Value, Kind, &'a str, &'a str, &'a [&'a str]);
    let rows: &[Row] = &[
        (
            "x * y",
            json!({"x": ["n"], "y": ["n"]}),
            Shape,
            "x * y",
            "does not multiply two vectors",
            &["x · y", "x ⊙ y", "outer(x, y)"],
        ),
        (
            "(x*y)^2",
            json!({"x": ["n"], "y": ["n"]}),
            Shape,
            "(x*y)",
            "two vectors",
            &["(x · y)", "(x ⊙ y)", "outer(x, y)"],
        ),
        (
            "2 * x*y / 3",
            json!({"x": ["n"], "y": ["n"]}),
            Shape,
            "2 * x*y",
            "two vectors",
            &["(2 * x · y)", "2 * x ⊙ y", "outer(2 * x, y)"],
        ),
        ("x + y", json!({"x": [3], "y": [2]}), Shape, "x + y", "`x` is a vector [3], `y` is a vector [2]", &[]),
        ("x + A", json!({"x": ["n"], "A": ["m", "n"]}), Shape, "x + A", "`A` is a matrix [m, n]", &[]),
        ("A*x", json!({"A": ["m", 3], "x": [2]}), Shape, "A*x", "`A` is a matrix [m, 3], `x` is a vector [2]", &[]),
        ("A*x + y·x", json!({"A": [2, 3], "y": [2]}), Shape, "y·x", "`x` is a vector [3] (3 because of `A*x`)", &[]),
        ("1/x", json!({"x": ["n"]}), Shape, "/", "divides by a scalar", &["./"]),
        ("A^2", json!({"A": [2, 3]}), Shape, "^", "only a square matrix", &[".^"]),
        ("A^0.5", json!({"A": ["n", "n"]}), Shape, "^", "whole exponent", &[".^"]),
        ("2^A", json!({"A": ["n", "n"]}), Shape, "^", "whole exponent", &[".^"]),
        ("A^65", json!({"A": ["n", "n"]}), Limit, "65", "64 factors", &[]),
        ("inv(A)*x", json!({"A": [2, 3]}), Shape, "A", "2 rows meet 3 columns", &[]),
        ("det(x)", json!({"x": ["n"]}), Shape, "x", "takes a square matrix, not a vector [n]", &[]),
        ("[x, y]", json!({"x": ["n"]}), Shape, "[x, y]", "lists scalars, and `x` is a vector [n]", &["[x; y]"]),
        ("[[x, 1], [2, 3]]", json!({"x": ["n"]}), Shape, "x", "holds scalars", &[]),
        ("[A, x]", json!({"A": ["n", "n"]}), Shape, "[A, x]", "lists scalars", &[]),
        ("[A; x]", json!({"A": ["n", "n"], "x": ["n"]}), Shape, "x", "stacks", &[]),
        ("A[1]", json!({"A": ["m", "n"]}), Shape, "A[1]", "takes 2 subscripts", &["A[1,:]"]),
        ("x[1,2]", json!({"x": ["n"]}), Shape, "x[1,2]", "takes 1 subscript", &["x[1]"]),
        ("b[1]", json!({"b": []}), Shape, "b[1]", "no entries", &[]),
        ("x[0]", json!({}), Shape, "0", "no entry 0", &[]),
        ("x[4]", json!({"x": [3]}), Shape, "4", "runs from 1 to 3", &[]),
        ("x[1.5]", json!({}), Shape, "1.5", "whole number", &[]),
        ("x[k]", json!({}), Name, "k", "`k` is not an index", &[]),
        ("x[y^2]", json!({}), Shape, "y^2", "whole number", &[]),
        ("sum(i, 1, n, x[i+1])", json!({"x": ["n"]}), Shape, "i+1", "runs to n+1, and there are n", &[]),
        ("sum(i, 1, n, x[i-1])", json!({"x": ["n"]}), Shape, "i-1", "no entry 0", &[]),
        ("tensor(i:3, x[i+1])", json!({"x": [3]}), Shape, "i+1", "no entry 4", &[]),
        ("sum(i, 1, 4, x[i])", json!({"x": [3]}), Shape, "i", "no entry 4", &[]),
        ("tensor(i:4, x[i])", json!({"x": [3]}), Shape, "i", "`i` runs to 4", &[]),
        ("sum(i, k, 3, x[i])", json!({}), Shape, "k", "begins at a whole number", &[]),
        ("sum(i, 3, 1, x[i])", json!({}), Shape, "sum(i, 3, 1, x[i])", "no terms", &[]),
        ("sum(i, 1, 1000, x[i])", json!({"x": ["n"]}), Limit, "sum(i, 1, 1000, x[i])", "64", &[]),
        ("sum(i, 1, x, y[i])", json!({"x": []}), Name, "x", "not a size", &[]),
        ("sum(i, 1, n, ones(i))", json!({}), Name, "i", "an index, not a size", &[]),
        ("ones(0)", json!({}), Shape, "0", "positive whole number", &[]),
        ("ones(99999999)", json!({}), Limit, "99999999", "1000000", &[]),
        ("ones(x^2)", json!({}), Shape, "x^2", "positive whole number", &[]),
        ("ones(n, m, k)", json!({}), Parse, "ones(n, m, k)", "takes 1 or 2 arguments", &[]),
        ("sin(x, y)", json!({}), Parse, "sin(x, y)", "takes 1 argument,", &[]),
        ("max(x, y, z)", json!({}), Parse, "max(x, y, z)", "takes 1 or 2 arguments", &[]),
        ("exp + 1", json!({}), Name, "exp", "is a function", &[]),
        ("step*x", json!({}), Name, "step", "is a function", &[]),
        ("sofmax(x)", json!({}), Name, "sofmax", "no function `sofmax`", &["softmax"]),
        ("softmax_2(x)", json!({}), Name, "softmax_2(x)", "no function `softmax_2`", &["softmax(x)[2]"]),
        ("log_2(x)", json!({}), Name, "log_2", "no function `log_2`", &["log2"]),
        ("exp x + 1", json!({}), Name, "exp x", "is a function", &["exp(x)"]),
        ("exp*x", json!({}), Name, "exp", "is a function", &[]),
        ("xy + x + y", json!({}), Name, "xy", "one name", &["x*y"]),
        ("u where u = v, v = 1", json!({}), Name, "v", "used before it is given", &[]),
        ("u where u = u + 1", json!({}), Name, "u", "used before it is given", &[]),
        ("x where x = 1", json!({"x": []}), Name, "x", "is a variable", &[]),
        ("f(x, y)", json!({"x": ["n"], "y": []}), Shape, "f(x, y)", "cannot be guessed", &[]),
        ("f(A)", json!({"A": ["m", "n"]}), Shape, "f(A)", "cannot be guessed", &[]),
        ("f(x) + f(a, b)", json!({"x": []}), Shape, "f(a, b)", "has 1 argument", &[]),
        ("f(x) · f(a)", json!({"x": ["n"], "a": []}), Shape, "a", "takes a vector [n]", &[]),
        ("sum(i, 1, n, f_i(x))", json!({"x": []}), Shape, "f_i(x)", "no components", &[]),
        ("dot(x, A)", json!({"x": ["n"], "A": ["n", "n"]}), Shape, "A", "two vectors", &[]),
        ("tr(x)", json!({"x": ["n"]}), Shape, "x", "square matrix", &[]),
        ("outer(x, A)", json!({"x": ["n"], "A": ["n", "n"]}), Shape, "A", "takes two vectors", &[]),
        ("vector(x)", json!({"x": ["n"]}), Shape, "x", "repeats a scalar", &[]),
        ("sum(vector(1))", json!({}), Shape, "vector(1)", "Nothing fixes", &[]),
        ("2*eye", json!({}), Shape, "eye", "Nothing fixes", &[]),
        ("x*A", json!({"x": [3], "A": [2, 3]}), Shape, "x*A", "`x` is a vector [3], `A` is a matrix [2, 3]", &[]),
        ("tensor(i:2*n, j:n*n, delta(i, j))", json!({}), Shape, "i, j", "run to 2*n and to n*n", &[]),
        ("[w; 1] · w", json!({"w": ["n"]}), Shape, "[w; 1] · w", "`w` is a vector [n]", &[]),
        ("tensor(i:n, x)", json!({"x": ["n"]}), Shape, "x", "is a scalar", &[]),
    ];
    for (typed, vars, kind, part, piece, replacements) in rows {
        let error = failure(typed, vars.clone());
        assert_eq!(error.kind, *kind, "{typed}: {}", error.message);
        let span = error.span.unwrap_or_else(|| panic!("{typed}: {} has no place", error.message));
        assert_eq!(&typed[span.start..span.end], *part, "{typed}: {}", error.message);
        assert!(error.message.contains(piece), "{typed}: {}", error.message);
        assert_eq!(error.replacements, *replacements, "{typed}");
        assert!(!error.hint.is_empty() && !error.message.contains('?'), "{typed}: {}", error.message);
    }
}

#[test]
fn faults_of_wrt_and_assume_are_told() {
    let fault = |expr: &str, wrt: serde_json::Value, vars: serde_json::Value| {
        read(&request(expr, wrt, vars)).err().map(|e| (e.kind, e.message)).unwrap()
    };
    for (expr, wrt, vars, kind, piece) in [
        ("weight·x", json!("weigth"), json!({}), Kind::Name, "not a name of the expression"),
        ("relu(Wx + b)", json!("x"), json!({}), Kind::Name, "`Wx` is one name, beside `W` and `x`"),
        ("u·x where u = 2*y", json!("u"), json!({}), Kind::Name, "given by `where`"),
        ("n*sum(x)", json!("n"), json!({"x": ["n"]}), Kind::Name, "dimension"),
        ("sum(x)", json!("x[4]"), json!({"x": [3]}), Kind::Shape, "no entry 4"),
        ("sum(x)", json!("x[1,2]"), json!({"x": [3]}), Kind::Shape, "takes 1"),
        ("sum(x)", json!(["x"]), json!({"x": ["n"]}), Kind::Shape, "holds scalars"),
        ("x[1] + y", json!("[x, y]"), json!({}), Kind::Shape, ""),
    ] {
        let (found, message) = fault(expr, wrt, vars);
        assert_eq!(found, kind, "{expr}: {message}");
        assert!(message.contains(piece), "{expr}: {message}");
    }
    let line = json!({"op": "eval", "expr": "x", "assume": {"A": "symmetric"}});
    assert_eq!(read(&read_line(&line.to_string()).1.unwrap()).err().unwrap().kind, Kind::Name);
    let line = json!({"op": "eval", "expr": "A*x", "vars": {"A": ["m", "n"]}, "assume": {"A": "symmetric"}});
    let q = read(&read_line(&line.to_string()).1.unwrap()).unwrap();
    assert_eq!(shapes(&q), "A: [m, m], x: [m] -> [m]");
}
