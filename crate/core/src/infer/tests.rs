mod faults;
mod random;

use super::*;
use crate::expr::Place;
use crate::op::Data;
use crate::request::read_line;
use serde_json::json;

fn request(expr: &str, wrt: serde_json::Value, vars: serde_json::Value) -> Request {
    let line = json!({"expr": expr, "wrt": wrt, "vars": vars, "op": "eval"});
    read_line(&line.to_string()).1.unwrap_or_else(|e| panic!("{expr}: {}", e.message))
}

fn question(expr: &str, vars: serde_json::Value) -> Question {
    read(&request(expr, serde_json::Value::Null, vars)).unwrap_or_else(|e| panic!("{expr}: {} {:?}", e.message, e.span))
}

fn failure(expr: &str, vars: serde_json::Value) -> Error {
    match read(&request(expr, serde_json::Value::Null, vars)) {
        Err(error) => error,
        Ok(q) => panic!("{expr} is read as {}", shapes(&q)),
    }
}

/// `x: [n], A: [m, n] -> [m]`
fn shapes(q: &Question) -> String {
    let shape = |id: &SymbolId| q.arena.dims.show_shape(&q.arena.symbols[id.0 as usize].shape);
    let names: Vec<String> = q.names.iter().map(|(name, id)| format!("{name}: {}", shape(id))).collect();
    format!("{} -> {}", names.join(", "), q.arena.dims.show_shape(q.arena.shape(q.expr)))
}

fn place(arena: &Arena, place: &Option<Place>) -> String {
    match place {
        None => ":".to_owned(),
        Some(Place::Fixed(k)) => k.to_string(),
        Some(Place::Index(i, 0)) => arena.indices[i.0 as usize].name.clone(),
        Some(Place::Index(i, k)) => format!("{}{k:+}", arena.indices[i.0 as usize].name),
    }
}

/// The node as nested calls.
fn show(arena: &Arena, id: NodeId) -> String {
    let node = arena.get(id);
    let args: Vec<String> = node.args.iter().map(|&a| show(arena, a)).collect();
    let detail = match &node.data {
        Data::None => String::new(),
        Data::Number(n) if node.args.is_empty() => return n.to_f64().to_string(),
        Data::Symbol(s) => return arena.symbols[s.0 as usize].name.clone(),
        Data::Dim(d) if node.op.name == "dimension" => return arena.dims.show(*d),
        Data::Index(i) => return arena.indices[i.0 as usize].name.clone(),
        Data::Dim(d) => format!("<{}>", arena.dims.show(*d)),
        Data::Number(n) => format!("<{}>", n.to_f64()),
        Data::Shape(s) => format!("<{}>", arena.dims.show_shape(s)),
        Data::Grid(m, n) => format!("<{m}x{n}>"),
        Data::Binds(bound) => {
            let bound = bound.iter().map(|i| &arena.indices[i.0 as usize]);
            let shown: Vec<String> = bound.map(|i| format!("{}:{}", i.name, arena.dims.show(i.dim))).collect();
            format!("<{}>", shown.join(","))
        }
        Data::Subscripts(places) => {
            format!("<{}>", places.iter().map(|p| place(arena, p)).collect::<Vec<_>>().join(","))
        }
        Data::Function(f, slots) => {
            let slots = if slots.is_empty() { String::new() } else { format!("{slots:?}") };
            return format!("{}{slots}({})", arena.functions[f.0 as usize].name, args.join(", "));
        }
    };
    format!("{}{detail}({})", node.op.name, args.join(", "))
}

fn built(expr: &str, vars: serde_json::Value) -> String {
    let q = question(expr, vars);
    show(&q.arena, q.expr)
}

#[test]
fn undeclared_names_get_shapes_from_use_and_convention() {
    for (expr, wanted) in [
        ("w·x + b", "w: [n], x: [n], b: [] -> []"),
        ("A*x", "A: [m, n], x: [n] -> [m]"),
        ("X*w - y", "X: [m, n], w: [n], y: [m] -> [m]"),
        ("x'*A*y", "x: [n], A: [n, m], y: [m] -> []"),
        ("3x^2 y", "x: [], y: [] -> []"),
        ("x z", "x: [], z: [] -> []"),
        ("1/x", "x: [] -> []"),
        ("x/2", "x: [n] -> [n]"),
        ("α x", "α: [], x: [n] -> [n]"),
        ("[x, y]", "x: [], y: [] -> [2]"),
        ("[[a, x], [1, 2]]", "a: [], x: [] -> [2, 2]"),
        ("x[2] + 1", "x: [n] -> []"),
        ("a[2] b", "a: [n], b: [] -> []"),
        ("a[1,:]", "a: [m, n] -> [n]"),
        ("tr(X)", "X: [n, n] -> []"),
        ("tr(a)", "a: [n, n] -> []"),
        ("dot(a, b)", "a: [n], b: [n] -> []"),
        ("outer(a, b)", "a: [n], b: [m] -> [n, m]"),
        ("x*y'", "x: [n], y: [m] -> [n, m]"),
        ("diag(v)*w", "v: [n], w: [n] -> [n]"),
        ("softmax(a)", "a: [n] -> [n]"),
        ("relu(W*x + b)", "W: [m, n], x: [n], b: [] -> [m]"),
        ("sum(i, 1, n, w[i]*x[i])", "w: [n], x: [n] -> []"),
        ("sum(i, 1, 3, x[i])", "x: [3] -> []"),
        (
            "1/3 * sum(i, 1, 3, (y[i] - max(0, sum(j, 1, 2, w[j]*X[i,j]) + b))^2)",
            "y: [3], w: [2], X: [3, 2], b: [] -> []",
        ),
        ("x + [1, 2, 3]", "x: [3] -> [3]"),
        ("[w; b] · x", "w: [n], b: [], x: [n+1] -> []"),
        ("x + n*m", "x: [], n: [], m: [] -> []"),
        ("A + B*C", "A: [m, n], B: [m, k], C: [k, n] -> [m, n]"),
        ("1/n * sum(x) where k = 2", "n: [], x: [] -> []"),
        ("w_1·x + x_hat·w_1", "w_1: [n], x: [n], x_hat: [n] -> []"),
        ("e^x + pi", "x: [n] -> [n]"),
        ("x - eye*x", "x: [n] -> [n]"),
        ("W*x + vector(1)", "W: [m, n], x: [n] -> [m]"),
        ("A + matrix(2)", "A: [m, n] -> [m, n]"),
        ("tensor(i:n, j:m, x[i]*y[j])", "x: [n], y: [m] -> [n, m]"),
        ("f(x)·g(y)", "x: [n], y: [n] -> []"),
        ("x''", "x: [n] -> [n]"),
        ("x'*x", "x: [n] -> []"),
        ("A^T x", "A: [m, n], x: [m] -> [n]"),
        ("dot([x^2, x^3], A*[x^2, x^3])", "x: [], A: [2, 2] -> []"),
        ("[u(x), -exp(x)/y] · w", "x: [], y: [], w: [2] -> []"),
        ("cases(x > 0, x, 0)", "x: [n] -> [n]"),
    ] {
        assert_eq!(shapes(&question(expr, json!({}))), wanted, "{expr}");
    }
}

#[test]
fn declared_shapes_lead() {
    for (expr, vars, wanted) in [
        ("W*x", json!({"W": ["m", "n"], "x": ["k"]}), "W: [m, n], x: [n] -> [m]"),
        ("x z", json!({"x": ["n"]}), "x: [n], z: [] -> [n]"),
        ("1/n * sum(x)", json!({"x": ["n"]}), "x: [n] -> []"),
        ("n*x", json!({"x": ["n"], "n": []}), "n: [], x: [n] -> [n]"),
        ("x + y", json!({"x": [3], "y": ["n"]}), "x: [3], y: [3] -> [3]"),
        ("ones(n)*z", json!({"z": []}), "z: [] -> [n]"),
        ("delta*x", json!({"delta": [], "x": ["n"]}), "delta: [], x: [n] -> [n]"),
        ("[w; b] · x", json!({"x": ["p"], "w": ["n"]}), "w: [n], b: [], x: [p] -> []"),
        ("[w; b] · x", json!({"x": ["n + 1"], "w": ["n"]}), "w: [n], b: [], x: [n+1] -> []"),
        ("[w; b] · x", json!({"x": [4]}), "w: [3], b: [], x: [4] -> []"),
        ("1", json!({"x": ["n"]}), "x: [n] -> []"),
        ("yx*y", json!({"x": [], "y": [], "yx": []}), "yx: [], y: [], x: [] -> []"),
        (
            "__proto__ + constructor",
            json!({"__proto__": [], "constructor": ["n"]}),
            "__proto__: [], constructor: [n] -> [n]",
        ),
        ("A*X'*B", json!({"A": ["p", "n"], "X": ["k", "n"]}), "A: [p, n], X: [k, n], B: [k, m] -> [p, m]"),
    ] {
        assert_eq!(shapes(&question(expr, vars)), wanted, "{expr}");
    }
}

#[test]
fn numbers_at_a_point_give_the_number_of_dimensions() {
    let line = json!({"expr": "x + b", "wrt": "x", "at": {"x": [[1, 2], [3, 4]], "b": 1}, "op": "eval"});
    let q = read(&read_line(&line.to_string()).1.unwrap()).unwrap();
    assert_eq!(shapes(&q), "x: [m, n], b: [] -> [m, n]");
    let line = json!({"expr": "sum(i, 1, 3, x[i])", "wrt": "x", "at": {"x": [1, 2, 3, 4]}, "op": "eval"});
    let q = read(&read_line(&line.to_string()).1.unwrap()).unwrap();
    assert_eq!(shapes(&q), "x: [n] -> []");
}

#[test]
fn wrt_is_resolved() {
    let list = read(&request("3x^2 y", json!("[x, y]"), json!({}))).unwrap();
    assert!(list.wrt_is_list && list.wrt.len() == 2);
    assert_eq!(shapes(&list), "x: [], y: [] -> []");
    let component = read(&request("x[1]*x[2]", json!("x[2]"), json!({}))).unwrap();
    assert!(matches!(&component.wrt[..], [Wrt::Component(_, places)] if places == &[2]));
    let constant = read(&request("99", json!("x"), json!({}))).unwrap();
    assert_eq!(shapes(&constant), "x: [n] -> []");
}

#[test]
fn nodes_are_built_as_they_are_meant() {
    for (expr, vars, wanted) in [
        ("x + z", json!({"x": ["n"], "z": []}), "add(x, expand<[n]>(z))"),
        ("2 x z", json!({"x": ["n"], "z": []}), "multiply(expand<[n]>(2), x, expand<[n]>(z))"),
        ("a - b", json!({}), "add(a, negate(b))"),
        ("x'*A*x", json!({}), "product(transpose(x), A, x)"),
        ("w·x", json!({}), "dot(w, x)"),
        ("a·x", json!({}), "multiply(expand<[n]>(a), x)"),
        ("x^2", json!({}), "power(x, expand<[n]>(2))"),
        ("x^-2", json!({"x": []}), "power(x, -2)"),
        ("-2*a", json!({}), "multiply(-2, a)"),
        ("max(0, z)", json!({}), "relu(z)"),
        ("max(z, 0)", json!({}), "relu(z)"),
        ("min(0, z)", json!({}), "negate(relu(negate(z)))"),
        ("min(z, 0)", json!({}), "negate(relu(negate(z)))"),
        ("max(zeros(n), z)", json!({"z": []}), "max(expand<[n]>(0), expand<[n]>(z))"),
        ("max(x, y)", json!({}), "max(x, y)"),
        ("max(x)", json!({}), "max(x)"),
        ("step(w - x)", json!({}), "step(add(w, negate(x)))"),
        ("x > 1", json!({}), "greater(x, expand<[n]>(1))"),
        ("ln(x)", json!({"x": []}), "log(x)"),
        ("[u(x), x^2]", json!({}), "list(u(x), power(x, 2))"),
        ("x''", json!({}), "x"),
        ("transpose(A)", json!({}), "transpose(A)"),
        ("outer(x, y)", json!({}), "product(x, transpose(y))"),
        ("[a, b]", json!({}), "list(a, b)"),
        ("[w; b]", json!({}), "stack(w, b)"),
        ("[[a, b], [c, d]]", json!({}), "grid<2x2>(a, b, c, d)"),
        ("x[2]", json!({}), "pick<2>(x)"),
        ("x₁", json!({}), "pick<1>(x)"),
        ("A[1,:]", json!({}), "pick<1,:>(A)"),
        ("A[:,:]", json!({}), "A"),
        ("sum(i, 1, n, w_i x_i)", json!({}), "sum-over<i:n>(multiply(pick<i>(w), pick<i>(x)))"),
        ("sum(i, 1, n, i*x[i])", json!({}), "sum-over<i:n>(multiply(i, pick<i>(x)))"),
        ("sum(i, 1, 3, x[i])", json!({}), "sum-over<i:3>(pick<i>(x))"),
        ("sum(i, 1, 3, x[i])", json!({"x": ["n"]}), "add(pick<1>(x), pick<2>(x), pick<3>(x))"),
        (
            "sum(i, 1, 2, x[i+1] - x_i)",
            json!({}),
            "add(pick<2>(x), negate(pick<1>(x)), pick<3>(x), negate(pick<2>(x)))",
        ),
        ("sum(i, 0, 2, a^i)", json!({}), "add(power(a, 0), power(a, 1), power(a, 2))"),
        ("sum(i, 1, 2, sum(j, 1, i, A_i_j))", json!({}), "add(pick<1,1>(A), pick<2,1>(A), pick<2,2>(A))"),
        ("sum(i, 1, n, delta(i, 2) x[i])", json!({}), "sum-over<i:n>(multiply(delta<i,2>(), pick<i>(x)))"),
        ("tensor(i:m, j:n, A[i,j])", json!({}), "tensor<i:m,j:n>(pick<i,j>(A))"),
        ("ones(n)*z", json!({"z": []}), "multiply(expand<[n]>(1), expand<[n]>(z))"),
        ("eye(3)", json!({}), "eye<3>()"),
        ("A - eye", json!({}), "add(A, negate(eye<n>()))"),
        ("vector(2) + x", json!({}), "add(expand<[n]>(2), x)"),
        ("1/n * sum(x)", json!({"x": ["n"]}), "multiply(divide(1, n), sum(x))"),
        ("f(x)", json!({}), "f(x)"),
        ("f'(x)", json!({"x": []}), "f[1](x)"),
        ("D(f, 2)(x, y)", json!({"x": [], "y": []}), "f[2](x, y)"),
        ("f_2(x)", json!({}), "pick<2>(f(x))"),
        ("f_2(x)", json!({"x": []}), "f_2(x)"),
        ("sum(i, 1, n, f_i(x))", json!({}), "sum-over<i:n>(pick<i>(f(x)))"),
        ("e^x", json!({"x": []}), "power(e(), x)"),
        ("π*r^2", json!({"r": []}), "multiply(pi(), power(r, 2))"),
    ] {
        assert_eq!(built(expr, vars), wanted, "{expr}");
    }
}

#[test]
fn where_names_are_shared_nodes() {
    let q = question("u^2 + u where u = w·x + b", json!({}));
    // A sum in a sum is one sum; the square keeps the named node.
    assert_eq!(show(&q.arena, q.expr), "add(power(add(dot(w, x), b), 2), dot(w, x), b)");
    assert_eq!(q.given.len(), 1);
    assert_eq!(show(&q.arena, q.given[0].1), "add(dot(w, x), b)");
    let chained = question("v·v where u = A*x, v = y - u", json!({}));
    assert_eq!(shapes(&chained), "A: [m, n], x: [n], y: [m] -> []");
    let names: Vec<&str> = chained.given.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["u", "v"]);
    let shadow = question("x·e where e = y - x", json!({}));
    assert_eq!(show(&shadow.arena, shadow.expr), "dot(x, add(y, negate(x)))");
}

#[test]
fn the_same_sum_twice_is_one_node_and_nested_indices_differ() {
    let q = question("sum(i, 1, n, x[i]) * sum(i, 1, n, x[i])", json!({}));
    assert_eq!(q.arena.indices.len(), 1);
    let nested = question("sum(i, 1, n, x[i] * sum(i, 1, n, y[i]))", json!({}));
    assert_eq!(nested.arena.indices.len(), 2);
    assert!(nested.arena.get(nested.expr).free.is_empty());
    // A variable of the index's name is not captured.
    let other = question("i * sum(i, 1, n, x[i])", json!({"i": []}));
    assert_eq!(show(&other.arena, other.expr), "multiply(i, sum-over<i:n>(pick<i>(x)))");
    assert_eq!(other.names[0].0, "i");
}

#[test]
fn declared_functions_have_their_shapes() {
    let line = json!({
        "op": "eval", "expr": "f(g(x))", "vars": {"x": []},
        "funcs": {"g": {"args": [[]], "result": ["k"]}, "f": {"args": [["k"]], "result": []}}
    });
    let q = read(&read_line(&line.to_string()).1.unwrap()).unwrap();
    assert_eq!(shapes(&q), "x: [] -> []");
    let line = json!({
        "op": "eval", "expr": "D(f)(x)*x", "funcs": {"f": {"args": [["n"]], "result": ["m"]}}
    });
    let q = read(&read_line(&line.to_string()).1.unwrap()).unwrap();
    assert_eq!(shapes(&q), "x: [n] -> [m]");
    let line = json!({
        "op": "eval", "expr": "f_1(x, y) + sum(i, 1, 2, f_i(x, y))", "vars": {"x": [], "y": []},
        "funcs": {"f": {"args": [[], []], "result": [2]}}
    });
    let q = read(&read_line(&line.to_string()).1.unwrap()).unwrap();
    let sum = "add(pick<1>(f(x, y)), pick<1>(f(x, y)), pick<2>(f(x, y)))";
    assert_eq!(show(&q.arena, q.expr), sum);
}

#[test]
fn rules_are_built_on_nodes() {
    let mut q = question("sin(A*x)", json!({}));
    let inner = q.arena.args(q.expr)[0];
    let rule = parse_rule("(1 - tanh(u).^2) .* d(u)");
    let value = elaborate_rule(&mut q.arena, &rule, &[("u", inner)]).unwrap();
    assert_eq!(q.arena.dims.show_shape(q.arena.shape(value)), "[m]");
    assert!(show(&q.arena, value).contains("d(product(A, x))"), "{}", show(&q.arena, value));
}

#[test]
fn every_rule_of_the_language_can_be_read() {
    for rule in crate::ops::rules() {
        parse_rule(rule.from);
        parse_rule(rule.to);
    }
}

fn known(q: &mut Question) -> Vec<(String, NodeId)> {
    let names = q.names.clone();
    names.into_iter().map(|(name, id)| (name, q.arena.symbol(id))).collect()
}

#[test]
fn answers_are_built_on_the_question() {
    let mut q = question("relu(W*x + b)", json!({}));
    let names = known(&mut q);
    let answer = elaborate(&mut q.arena, "diag(step(z))*W where z = W*x + b", &names, None).unwrap();
    assert_eq!(q.arena.dims.show_shape(q.arena.shape(answer)), "[m, n]");
    let entries = elaborate(&mut q.arena, "tensor(i:m, j:n, W[i,j])", &names, None).unwrap();
    assert_eq!(q.arena.dims.show_shape(q.arena.shape(entries)), "[m, n]");
    for (text, kind, part) in [
        ("V*x", Kind::Name, "V"),
        ("wx", Kind::Name, "wx"),
        ("g(x)", Kind::Name, "g"),
        ("W'*x", Kind::Shape, "W"),
        ("x + [1, 2]", Kind::Shape, "x"),
        ("x*x", Kind::Shape, "x*x"),
        ("", Kind::Parse, ""),
        ("W*", Kind::Parse, "*"),
        ("ones(k)", Kind::Name, "k"),
    ] {
        let before = q.arena.dims.names();
        let error = elaborate(&mut q.arena, text, &names, None).unwrap_err();
        assert_eq!(error.kind, kind, "{text}: {}", error.message);
        let span = error.span.unwrap();
        assert_eq!(&text[span.start..span.end], part, "{text}: {}", error.message);
        assert_eq!(q.arena.dims.names(), before, "{text}");
    }
}

#[test]
fn constants_take_the_expected_shape() {
    let mut q = question("x + z", json!({"x": ["n"], "z": []}));
    let names = known(&mut q);
    let n = q.arena.dims.find("n").unwrap();
    let identity = elaborate(&mut q.arena, "eye", &names, Some(&Shape::matrix(n, n))).unwrap();
    assert_eq!(show(&q.arena, identity), "eye<n>()");
    let row = elaborate(&mut q.arena, "vector(1)'", &names, Some(&Shape::vector(n))).unwrap();
    assert_eq!(q.arena.dims.show_shape(q.arena.shape(row)), "[1, n]");
    assert_eq!(elaborate(&mut q.arena, "eye", &names, None).unwrap_err().kind, Kind::Shape);
}

#[test]
fn long_and_deep_texts_are_read_without_recursion() {
    let sum = vec!["x"; 2000].join("+");
    assert_eq!(shapes(&question(&sum, json!({}))), "x: [n] -> [n]");
    let product = vec!["a"; 2000].join("*");
    assert_eq!(shapes(&question(&product, json!({}))), "a: [] -> []");
    let nested = format!("{}x{}", "exp(".repeat(120), ")".repeat(120));
    assert_eq!(shapes(&question(&nested, json!({}))), "x: [n] -> [n]");
    let primes = format!("x{}", "'".repeat(4000));
    assert_eq!(shapes(&question(&primes, json!({}))), "x: [n] -> [n]");
    let sums = "sum(i, 1, 64, sum(j, 1, 64, sum(k, 1, 64, a^(i+j+k))))";
    assert_eq!(failure(&sums.replace('1', "0").replace("64", "60"), json!({})).kind, Kind::Limit);
}
