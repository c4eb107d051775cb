//! Exercises for the rules of the catalogue: a template or more each, and the rule it must fire. (The rule that is left
//! out, `by-entries`, fires only where the engine caught a fault of its own.)

use super::Template;

const fn of(rule: &'static str, expr: &'static str, wrt: &'static str, vars: &'static str) -> Template {
    Template { topic: "", rule, expr, wrt, vars, order: 1, assume: "", way: None }
}

const fn along(
    way: &'static str,
    rule: &'static str,
    expr: &'static str,
    wrt: &'static str,
    vars: &'static str,
) -> Template {
    Template { way: Some(way), ..of(rule, expr, wrt, vars) }
}

/// With d pushed inwards: there the rule of the whole product or quotient stands, not those of its parts.
const fn inwards(rule: &'static str, expr: &'static str, wrt: &'static str, vars: &'static str) -> Template {
    along("differentials", rule, expr, wrt, vars)
}

const fn twice(rule: &'static str, expr: &'static str, wrt: &'static str, vars: &'static str) -> Template {
    Template { order: 2, ..of(rule, expr, wrt, vars) }
}

const fn assuming(
    rule: &'static str,
    expr: &'static str,
    wrt: &'static str,
    vars: &'static str,
    assume: &'static str,
) -> Template {
    Template { assume, ..of(rule, expr, wrt, vars) }
}

const fn backwards(rule: &'static str, expr: &'static str) -> Template {
    along("reverse", rule, expr, "x", "x")
}

const X: &str = "x";
const VECTOR: &str = "x: n";
const TWO: &str = "x: n, y: n";
const SQUARE: &str = "X: n n";
const MATRIX: &str = "X: m n";

pub static TEMPLATES: &[Template] = &[
    // headlines
    of("name-intermediates", "{f}({k} x {s} {l})", "x", X),
    of("differentiate-each", "{k} {f}(x^{p})", "x", X),
    of("fill-in", "{f}(x^{p} {s} {k})", "x", X),
    of("substitute-back", "{f}({g}(x) {s} {k})", "x", X),
    of("tidy", "{k} x^{p} * {f}(x)", "x", X),
    of("one-part", "{k} x^{p} {s} {l} y", "[x, y]", "x, y"),
    of("pick-component", "{k} sum({f}(x))", "x[2]", VECTOR),
    of("take-differential", "{k} X'", "X", MATRIX),
    of("fill-in-differentials", "{k} tr(X'*X)", "X", MATRIX),
    of("canonical-form", "{k} A*inv(X)*B", "X", "A: k m, X: m m, B: m l"),
    of("as-a-trace", "{k} tr(A*X*B)", "X", "A: k m, X: m n, B: n k"),
    of("identify", "{k} tr(A*X)", "X", "A: n m, X: m n"),
    twice("first-derivative", "{k} x^{p} {s} {f}(x)", "x", X),
    twice("differentiate-again", "{k} a*b*c*d*f", "[a, b, c, d, f]", "a, b, c, d, f"),
    backwards("reverse-accumulation", "x*{f}(x) {s} {k} {g}(x)"),
    backwards("add-over-users", "x*{f}(x) {s} {k} {g}(x)"),
    backwards("fill-in-adjoints", "x*{f}(x) {s} {k} {g}(x)"),
    along("textbook", "push-derivative-inwards", "{k} {f}({l} x {s} 1) * x^{p}", "x", X),
    along("textbook", "variable-by-itself", "x^{p} * {f}({k} x)", "x", X),
    along("index", "entry-by-entry", "{k} A*{f}(x)", "x", "A: m n, x: n"),
    along("index", "entries-of-each", "{k} A*{f}(x)", "x", "A: m n, x: n"),
    along("index", "chain-rule-by-entries", "A*{f}(B*x)", "x", "A: m k, B: k n, x: n"),
    along("index", "delta-picks", "A*{f}(B*x)", "x", "A: m k, B: k n, x: n"),
    along("index", "assemble", "{k} {f}(A*x)", "x", "A: m n, x: n"),
    of("products-of-the-others", "{k} a*b*c*g*h*p*q*r*s", "[a, b, c, g, h, p, q, r, s]", "a, b, c, g, h, p, q, r, s"),
    of("split-at-the-kink", "{k} relu({l} x {s} b)", "x", "x, b"),
    // arithmetic
    of("constant", "x > {k}", "x", X),
    of("negation", "-{f}({k} x)", "x", X),
    inwards("product-rule", "{k} {f}(x) * {g}(x)", "x", X),
    of("scalar-expansion-product", "{k} {f}(x) * z", "x", "x: n, z"),
    of("constant-divisor", "{f}({k} x) / {l}", "x", X),
    of("reciprocal-rule", "{k} / {f}(x)", "x", X),
    inwards("quotient-rule", "{f}(x) / (x^{p} + {k})", "x", X),
    of("exponential-rule", "{k}^({l} x)", "x", X),
    inwards("general-power-rule", "x^({k} x)", "x", X),
    inwards("expansion", "{f}({k} x {s} z)", "z", "x: n, z"),
    // functions
    of("exp", "{k} exp({l} x)", "x", X),
    of("log", "{k} log({l} x^2 + 1)", "x", X),
    of("log2", "{k} log2({l} x^2 + 1)", "x", X),
    of("log10", "{k} log10({l} x^2 + 1)", "x", X),
    of("log1p", "{k} log1p({l} x^2)", "x", X),
    of("expm1", "{k} expm1({l} x)", "x", X),
    of("sqrt", "{k} sqrt({l} x^2 + 1)", "x", X),
    of("cbrt", "{k} cbrt({l} x)", "x", X),
    of("erf", "{k} erf({l} x)", "x", X),
    of("sin", "{k} sin({l} x)", "x", X),
    of("cos", "{k} cos({l} x)", "x", X),
    of("tan", "{k} tan({l} x)", "x", X),
    of("sec", "{k} sec({l} x)", "x", X),
    of("csc", "{k} csc({l} x)", "x", X),
    of("cot", "{k} cot({l} x)", "x", X),
    of("asin", "{k} asin(x / {l})", "x", X),
    of("acos", "{k} acos(x / {l})", "x", X),
    of("atan", "{k} atan({l} x)", "x", X),
    of("sinh", "{k} sinh({l} x)", "x", X),
    of("cosh", "{k} cosh({l} x)", "x", X),
    of("tanh", "{k} tanh({l} x)", "x", X),
    of("asinh", "{k} asinh({l} x)", "x", X),
    of("acosh", "{k} acosh({l} x)", "x", X),
    of("atanh", "{k} atanh(x / {l})", "x", X),
    of("abs", "{k} abs({l} x)", "x", X),
    of("sign-flat", "sign(x)", "x", X),
    of("relu", "{k} relu({l} x {s} b)", "x", "x, b"),
    of("sigmoid", "{k} sigmoid({l} x)", "x", X),
    of("softplus", "{k} softplus({l} x)", "x", X),
    of("step-flat", "step(x)", "x", X),
    of("maximum", "{k} max(x, {l})", "x", X),
    of("minimum", "{k} min(x, {l})", "x", X),
    of("cases", "cases(x > {l}, {k} x^{p}, -x)", "x", X),
    // products of linear algebra
    of("linear-map", "{k} A x", "x", "A: m n, x: n"),
    of("matrix-product", "{k} (x' * A * x)", "x", "A: n n, x: n"),
    of("dot-product", "{k} (x · y) {s} {l} (x · x)", "x", TWO),
    of("transpose", "{k} x' {s} y'", "x", TWO),
    of("determinant-of-one", "{k} det(X)", "X", "X: 1 1"),
    of("determinant", "{k} det(X)", "X", SQUARE),
    of("log-determinant-of-one", "{k} logdet(X)", "X", "X: 1 1"),
    of("log-determinant", "{k} logdet(X)", "X", SQUARE),
    of("inverse", "{k} inv(X)", "X", SQUARE),
    of("adjugate-of-one", "{k} adj(X) + X", "X", "X: 1 1"),
    of("adjugate", "{k} adj(X)", "X", SQUARE),
    of("matrix-power", "{k} tr(X^{p})", "X", SQUARE),
    of("kronecker-product", "{k} tr(kron(X, X))", "X", SQUARE),
    of("vectorisation", "{k} vec(X)", "X", MATRIX),
    of("vector-as-matrix", "{k} det(unvec(x, 2, 2))", "x", "x: 4"),
    // reductions
    of("sum-reduction", "sum({k} {f}(x))", "x", VECTOR),
    of("mean", "mean({k} {f}(x))", "x", VECTOR),
    of("rowsums", "{k} rowsums(X)", "X", MATRIX),
    of("colsums", "{k} colsums(X)", "X", MATRIX),
    of("product-of-entries", "{k} prod(x)", "x", VECTOR),
    of("products-of-others", "{k} prod_others(x)", "x", VECTOR),
    of("products-of-all-but-two", "{k} prod_pairs(x)", "x", VECTOR),
    of("products-of-all-but-some", "{k} prod_but(x, 3)", "x", VECTOR),
    of("variance", "{k} var(x)", "x", VECTOR),
    of("standard-deviation", "{k} std(x)", "x", VECTOR),
    of("largest-entry", "{k} max(x)", "x", VECTOR),
    of("smallest-entry", "{k} min(x)", "x", VECTOR),
    of("norm-1", "{k} norm1(x)", "x", VECTOR),
    of("norm-2", "{k} norm2(x {s} y)", "x", TWO),
    of("unit-vector", "{k} unit(x)", "x", VECTOR),
    of("logsumexp", "{k} logsumexp(x)", "x", VECTOR),
    of("logsumexp-of-all", "{k} logsumexp(X)", "X", MATRIX),
    of("softmax", "{k} softmax(x)", "x", VECTOR),
    of("softmax-of-rows", "{k} softmax(X)", "X", MATRIX),
    // building and picking
    of("list", "[{k} tr(X), sum(X)]", "X", SQUARE),
    of("stack", "sum([{k} x; y].^2)", "x", "x: n, y: m"),
    of("grid", "[[x, {k}], [{l}, x^{p}]]", "x", X),
    of("component", "x[{p}]", "x", VECTOR),
    of("diagonal", "{k} diag(x)", "x", VECTOR),
    of("trace", "{k} tr(X)", "X", SQUARE),
    of("sum-over-index", "sum(i, 1, n, {k} x[i]^{p})", "x", VECTOR),
    of("tensor", "tensor(i:n, {k} x[i]^{p})", "x", VECTOR),
    of("abstract-function", "{k} h(x^{p})", "x", X),
    // tidying
    of("drop-zeros", "0 * {f}(x) {s} {k} x^{p}", "x", X),
    of("drop-ones", "A x {s} {k} b", "x", "A: m n, x: n, b: m"),
    of("combine-numbers", "{k} ({l} x)^{p}", "x", X),
    of("order-of-factors", "{k} log(x^{p})", "x", X),
    of("diagonal-of-ones", "softmax(X)", "X", MATRIX),
    of("diagonal-times-diagonal", "{f}(x.^{p})", "x", VECTOR),
    of("row-times-diagonal", "sum((X*w {s} y).^2)", "w", "X: m n, w: n, y: m"),
    of("diagonal-times-vector", "exp(v {f}(x))", "x", "v: n, x"),
    of("ones-as-sum", "sum({k} z x)", "z", "x: n, z"),
    of("row-times-vector", "sqrt({k} x'*x)", "x", VECTOR),
    of("component-of-product", "{k} softmax(x)[2]", "x", VECTOR),
    of("component-of-list", "[x, {k} y] · [y, {l}]", "y", "x, y"),
    of("column-of-transpose", "X'*X", "X[2,1]", MATRIX),
    of("component-entry-by-entry", "x[2]", "x[1]", VECTOR),
    of("transpose-of-product", "{k} (x' * A * x)", "x", "A: n n, x: n"),
    of("transpose-of-sum", "{k} y'*X'*X*y", "y", "X: n n, y: n"),
    of("transpose-of-inverse", "{k} (x' * inv(A') * y)", "x", "A: n n, x: n, y: n"),
    of("symmetric-as-it-stands", "{k} (diag(x)*A)'*y", "y", "A: n n, x: n, y: n"),
    of("expansion-inside", "{k} var(x)", "x", VECTOR),
    of("scalar-in-front", "{k} sum((X*w {s} y).^2)", "w", "X: m n, w: n, y: m"),
    of("length-times-direction", "{k} norm2(x)^2", "x", VECTOR),
    of("sum-of-equal-entries", "{k} std(x)", "x", VECTOR),
    of("collect-factors", "{k} x^-{p}", "x", X),
    of("collect-terms", "{k} x * x^{p}", "x", X),
    of("known-values", "{k} e^x", "x", X),
    of("powers-of-a-matrix", "{k} X^3*X*y", "y", "X: n n, y: n"),
    of("inverse-of-an-inverse", "{k} inv(inv(X))", "X", SQUARE),
    of("adjugate-over-determinant", "{k} log(det(X))", "X", SQUARE),
    assuming("assumed-symmetric", "{k} (x' * A * x)", "x", "A: n n, x: n", "A: symmetric"),
    assuming("adjugate-of-invertible", "{k} det(X)", "X", SQUARE, "X: invertible"),
    assuming("assumed-positive", "{k} norm1(x)", "x", VECTOR, "x: positive"),
    of("common-right-factor", "{k} (x' * A * x)", "x", "A: n n, x: n"),
    of("common-left-factor", "{k} tr(X'*X*B)", "X", "X: m n, B: n n"),
    of("common-number", "{k} A*(2 X + 4 B)*y", "y", "A: n n, X: n n, B: n n, y: n"),
    of("ones-as-column-sums", "{k} sum(A x)", "x", "A: m n, x: n"),
    // multiplied out
    of("multiply-out-to-cancel", "-(y*log(s) + (1 - y)*log(1 - s)) where s = sigmoid({k} x)", "x", "x, y"),
    of("diagonal-less-outer-product", "-sum(y .* log(softmax({k} x)))", "x", TWO),
    of("row-of-diagonal-less-outer", "{k} x[1] - log(softmax(x)[2])", "x", VECTOR),
    of("quotient-times-divisor", "{k} (y · log(softmax(A x)))", "A", "A: m n, x: n, y: m"),
    of("turn-difference", "{k} y - log(sigmoid(x))", "x", "x, y"),
];
