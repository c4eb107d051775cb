//! The topics of the lessons, and the templates of their exercises: data. A template's answer stands nowhere: the
//! differentiator derives it.

use super::{Template, Topic};

/// The topics in the order of the lessons.
pub static TOPICS: &[Topic] = &[
    topic("scalar-rules", "Scalar rules", "One variable: powers, sums, products, quotients and functions."),
    topic("partials", "Partial derivatives", "Several variables, one of them moving, all others held fixed."),
    topic("gradient", "Gradients", "One partial for each variable, in a row."),
    topic("jacobian", "Jacobians", "One row for each output, one column for each input."),
    topic("identity", "The identity and its kin", "Where each output is its own input, but for a factor."),
    topic("element-wise", "Element-wise operations", "Diagonal Jacobians of what is done entry by entry."),
    topic("expanded-scalars", "Scalar expansion", "One scalar that meets all entries of a vector."),
    topic("sums", "Sums", "Vectors that are added up to one number."),
    topic("single-chain", "Chain rule: one path", "A function inside a function."),
    topic("total-chain", "Chain rule: several paths", "The variable reaches the result in more than one way."),
    topic("vector-chain", "Chain rule: vectors", "Jacobians that multiply."),
    topic("neuron", "The neuron", "A weighted sum, a bias and an activation."),
    topic("loss", "Losses", "One number that says how wrong all outputs are."),
    topic("descent", "Steps of descent", "The gradient that moves the weights, and the one that moves the bias."),
    topic("matrices", "Matrices by differentials", "By a matrix, or of one: push d inwards, then read off."),
    topic("second-derivatives", "Second derivatives", "The derivative of the derivative."),
];

const fn topic(id: &'static str, title: &'static str, about: &'static str) -> Topic {
    Topic { id, title, about }
}

const fn on(
    topic: &'static str,
    rule: &'static str,
    expr: &'static str,
    wrt: &'static str,
    vars: &'static str,
) -> Template {
    Template { topic, rule, expr, wrt, vars, order: 1, assume: "", way: None }
}

/// The same with d pushed inwards: there the rule of the whole product or quotient stands, not those of its parts.
const fn inwards(rule: &'static str, expr: &'static str, vars: &'static str) -> Template {
    Template { way: Some("differentials"), ..on("scalar-rules", rule, expr, "x", vars) }
}

const fn twice(rule: &'static str, expr: &'static str, wrt: &'static str, vars: &'static str) -> Template {
    Template { order: 2, ..on("second-derivatives", rule, expr, wrt, vars) }
}

const X: &str = "x";
const XY: &str = "x, y";
const VECTOR: &str = "x: n";
const TWO: &str = "x: n, y: n";
const NEURON: &str = "w: n, x: n, b";
const LAYER: &str = "W: m n, x: n, b: m";
const DATA: &str = "X: m n, w: n, y: m, b";

pub static TEMPLATES: &[Template] = &[
    on("scalar-rules", "power-rule", "{k} x^{p} {s} {l} x", "x", X),
    on("scalar-rules", "sum-rule", "x^{p} {s} {k} {f}(x)", "x", X),
    inwards("product-rule", "x^{p} * {f}(x)", X),
    inwards("quotient-rule", "{f}(x) / (x^2 + {k})", X),
    on("scalar-rules", "reciprocal-rule", "{k} / (x^{p} + {l})", "x", X),
    on("scalar-rules", "constant-multiple", "{k} {f}(x)", "x", X),
    on("scalar-rules", "exponential-rule", "{k}^x {s} x^{p}", "x", X),
    on("scalar-rules", "log", "{k} log(x) {s} x^{p}", "x", X),
    on("scalar-rules", "sqrt", "sqrt(x) {s} {k} x^{p}", "x", X),
    on("partials", "power-rule", "{k} x^{p} * y {s} {l} y^2", "x", XY),
    on("partials", "power-rule", "{k} x^{p} * y^2 {s} {l} x", "y", XY),
    on("partials", "{f}", "y^{p} * {f}(x) {s} {k} y", "x", XY),
    on("partials", "{f}", "{k} x * {f}(x) {s} x * y^{p}", "x", XY),
    on("partials", "exp", "exp({k} x {s} y)", "x", XY),
    on("partials", "reciprocal-rule", "{k} x / (y^2 + {l})", "y", XY),
    on("gradient", "gradient-partials", "{k} x^{p} * y {s} {l} y", "[x, y]", XY),
    on("gradient", "gradient-partials", "x^{p} {s} {k} {f}(y)", "[x, y]", XY),
    on("gradient", "gradient-partials", "{f}(x * y) {s} {k} x", "[x, y]", XY),
    on("gradient", "gradient-partials", "x * y^{p} * z {s} {k} z", "[x, y, z]", "x, y, z"),
    on("gradient", "dot-product", "{k} (y · x)", "x", TWO),
    on("jacobian", "jacobian-rows", "[{k} x^{p} * y, {l} x {s} y^{q}]", "[x, y]", XY),
    on("jacobian", "jacobian-rows", "[{f}(x) {s} y, x * y^{p}]", "[x, y]", XY),
    on("jacobian", "jacobian-rows", "[x * y, {k} x {s} {l} y, {f}(y)]", "[x, y]", XY),
    on("jacobian", "jacobian-rows", "[x^{p}, {k} x, {f}(x)]", "x", X),
    on("jacobian", "linear-map", "{k} A x {s} b", "x", "A: m n, x: n, b: m"),
    on("identity", "element-wise-sum", "x {s} y", "x", TWO),
    on("identity", "element-wise-sum", "y {s} x", "x", TWO),
    on("identity", "scalar-expansion-product", "{k} x {s} y", "x", TWO),
    on("identity", "element-wise-sum", "{k} x {s} a", "x", "x: n, a"),
    on("element-wise", "element-wise-product", "(x ⊙ y) {s} {k} x", "x", TWO),
    on("element-wise", "{f}", "{f}(x) {s} y", "x", TWO),
    on("element-wise", "power-rule", "{k} x.^{p} {s} y", "x", TWO),
    on("element-wise", "element-wise-product", "y ⊙ {f}(x)", "x", TWO),
    on("element-wise", "constant-divisor", "{f}(x) ./ y", "x", TWO),
    on("element-wise", "reciprocal-rule", "{k} (x ./ y)", "y", TWO),
    on("expanded-scalars", "scalar-expansion", "{k} x {s} z", "z", "x: n, z"),
    on("expanded-scalars", "scalar-expansion-product", "{k} x * z", "z", "x: n, z"),
    on("expanded-scalars", "scalar-expansion-product", "{k} z * {f}(x)", "x", "x: n, z"),
    on("expanded-scalars", "scalar-expansion", "{f}(x {s} z)", "z", "x: n, z"),
    on("sums", "sum-reduction", "sum({k} x {s} y)", "x", TWO),
    on("sums", "sum-reduction", "{k} sum({f}(x))", "x", VECTOR),
    on("sums", "sum-reduction", "sum({k} x.^{p})", "x", VECTOR),
    on("sums", "sum-reduction", "sum(x {s} z)", "z", "x: n, z"),
    on("sums", "sum-reduction", "sum({k} x * z)", "z", "x: n, z"),
    on("sums", "mean", "mean({f}(x) {s} y)", "x", TWO),
    on("single-chain", "single-variable-chain-rule", "{f}({k} x^{p})", "x", X),
    on("single-chain", "single-variable-chain-rule", "({k} x {s} {l})^{p}", "x", X),
    on("single-chain", "single-variable-chain-rule", "{f}({g}(x))", "x", X),
    on("single-chain", "single-variable-chain-rule", "log(x^{p} + {k})", "x", X),
    on("single-chain", "single-variable-chain-rule", "sqrt({k} x^2 + {l})", "x", X),
    on("single-chain", "single-variable-chain-rule", "{f}({k} {g}(x)^{p})", "x", X),
    on("total-chain", "total-derivative-chain-rule", "x^{p} * {f}(x)", "x", X),
    on("total-chain", "total-derivative-chain-rule", "{f}(x {s} x^{p})", "x", X),
    on("total-chain", "total-derivative-chain-rule", "{k} x {s} u^{p} where u = {f}(x)", "x", X),
    on("total-chain", "total-derivative-chain-rule", "x * u where u = {f}({k} x)", "x", X),
    on("total-chain", "total-derivative-chain-rule", "{f}(x) * {g}(x)", "x", X),
    on("vector-chain", "vector-chain-rule", "{f}(W x {s} b)", "x", LAYER),
    on("vector-chain", "vector-chain-rule", "{f}({k} x.^{p})", "x", VECTOR),
    on("vector-chain", "vector-chain-rule", "{f}(y ⊙ x)", "x", TWO),
    on("vector-chain", "vector-chain-rule", "{f}(w · x)", "w", "w: n, x: n"),
    on("vector-chain", "vector-chain-rule", "sum({f}(W x))", "x", "W: m n, x: n"),
    on("neuron", "relu", "{k} relu(w · x {s} b)", "w", NEURON),
    on("neuron", "relu", "{k} max(0, w · x {s} b)", "b", NEURON),
    on("neuron", "{f}", "{f}(w · x {s} b)", "w", NEURON),
    on("neuron", "{f}", "{f}(w · x {s} {k} b)", "b", NEURON),
    on("neuron", "relu", "{k} relu(w · x {s} b)", "x", NEURON),
    on("loss", "dot-product", "(y - w · x {s} b)^2", "w", "w: n, x: n, b, y"),
    on("loss", "mean", "mean((y - (X*w {s} b)).^2)", "w", DATA),
    on("loss", "mean", "mean((y - {f}(X*w {s} b)).^2)", "w", DATA),
    on("loss", "sum-reduction", "{k} sum((y - X*w).^2)", "w", "X: m n, w: n, y: m"),
    on("loss", "norm-2", "norm2(y - X*w)^2 {s} {k} sum(w)", "w", "X: m n, w: n, y: m"),
    on("descent", "power-rule", "(y - (w*x {s} b))^2 / {k}", "w", "w, x, b, y"),
    on("descent", "power-rule", "(y - (w*x {s} b))^2 / {k}", "b", "w, x, b, y"),
    on("descent", "mean", "mean((y - (X*w {s} b)).^2)", "b", DATA),
    on("descent", "relu", "(y - relu(w · x {s} b))^2", "w", "w: n, x: n, b, y"),
    on("descent", "relu", "(y - relu(w · x {s} b))^2", "b", "w: n, x: n, b, y"),
    on("matrices", "matrix-product", "{k} (y' * W * x)", "W", "W: m n, x: n, y: m"),
    on("matrices", "trace", "{k} tr(A*X)", "X", "A: n m, X: m n"),
    on("matrices", "trace", "{k} tr(X'*A*X)", "X", "A: m m, X: m n"),
    on("matrices", "matrix-product", "{k} (x' * A * x)", "x", "A: n n, x: n"),
    on("matrices", "sum-reduction", "sum({f}(X))", "X", "X: m n"),
    on("matrices", "norm-2", "norm2(W*x {s} y)^2", "W", "W: m n, x: n, y: m"),
    on("matrices", "log-determinant", "{k} logdet(X) {s} tr(A*X)", "X", "X: n n, A: n n"),
    on("matrices", "inverse", "{k} tr(inv(X)*A)", "X", "X: n n, A: n n"),
    on("matrices", "matrix-product", "{k} A*X*B", "X", "A: k m, X: m n, B: n l"),
    twice("power-rule", "{k} x^{p} {s} {l} x^2", "x", X),
    twice("{f}", "{k} {f}(x) {s} x^{p}", "x", X),
    twice("first-derivative", "{k} x^{p} * y {s} y^2", "[x, y]", XY),
    twice("first-derivative", "x' * A * x {s} {k} (y · x)", "x", "A: n n, x: n, y: n"),
    twice("first-derivative", "sum({k} x.^{p})", "x", VECTOR),
    twice("first-derivative", "norm2(A*x {s} y)^2", "x", "A: m n, x: n, y: m"),
];
