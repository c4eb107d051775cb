//! What a name is: a variable, a function, a constant; and which known name an unknown one was meant to be.

use crate::lexer::{Mark, Token, TokenKind, is_letter};
use crate::ordered::OrderedSet;
use crate::sorting;
use std::cell::OnceCell;

/// The names that a request declares, as far as reading the text depends on them.
#[derive(Clone, Debug, Default)]
pub struct Declared<'a> {
    /// Names in `vars`, `wrt` or `at`: variables, even where a function has that name.
    pub variables: OrderedSet<&'a str>,
    /// Dimension names in `vars` and `funcs`.
    pub dimensions: OrderedSet<&'a str>,
    /// Names in `funcs`.
    pub functions: OrderedSet<&'a str>,
}

/// A function of the language that is no operator: a way of writing, gone once shapes are known.
pub struct Form {
    pub name: &'static str,
    pub usage: &'static str,
    pub about: &'static str,
}

/// All of them; the catalogue lists them beside `ops`.
pub const FORMS: &[Form] = &[
    Form { name: "D", usage: "D(f)(x), D(f, k)(x, y)", about: "The derivative of an abstract function." },
    Form { name: "tensor", usage: "tensor(i:m, j:n, body)", about: "A tensor written by its entries." },
    Form { name: "outer", usage: "outer(a, b)", about: "Outer product of two vectors, a bᵀ." },
    Form {
        name: "prod_but",
        usage: "prod_but(v, k)",
        about: "The entry at k indices is the product of all entries but these; 0 where two of them are the same.",
    },
    Form {
        name: "unvec",
        usage: "unvec(v, m, n)",
        about: "The m × n matrix whose columns stand one under the other in v.",
    },
    Form { name: "split", usage: "split(m, n)", about: "Entry p, i, j is 1 where p = (i − 1) n + j, else 0." },
    Form { name: "ones", usage: "ones(n), ones(m, n)", about: "A vector or matrix of ones." },
    Form { name: "zeros", usage: "zeros(n), zeros(m, n)", about: "A vector or matrix of zeros." },
    Form { name: "eye", usage: "eye(n), eye", about: "The identity matrix." },
    Form { name: "vector", usage: "vector(c)", about: "A constant vector of the size that its place asks for." },
    Form { name: "matrix", usage: "matrix(c)", about: "A constant matrix of the size that its place asks for." },
];

/// True for every name that has a meaning as a function of the language.
pub fn is_built_in(name: &str) -> bool {
    crate::ops::is_function(name) || is_form(name)
}

pub fn is_form(name: &str) -> bool {
    FORMS.iter().any(|form| form.name == name)
}

/// Every name that can be called, with the other names of the same function.
fn built_in_names() -> impl Iterator<Item = &'static str> {
    let operators = crate::ops::all().flat_map(|op| std::iter::once(op.name).chain(op.aliases.iter().copied()));
    FORMS.iter().map(|form| form.name).chain(operators.filter(|name| crate::ops::is_function(name)))
}

/// Which names of a text are values, and so a factor when a bracket follows.
pub struct Roles<'a> {
    tokens: &'a [Token<'a>],
    declared: &'a Declared<'a>,
    /// Names that `where` gives.
    given: OrderedSet<&'a str>,
    /// Names that stand somewhere without a bracket behind them: gathered once a name is met that nothing else explains.
    used_as_value: OnceCell<OrderedSet<&'a str>>,
}

impl<'a> Roles<'a> {
    pub fn of(tokens: &'a [Token<'a>], declared: &'a Declared<'a>) -> Roles<'a> {
        let start = first_where(tokens);
        let given = (start..tokens.len()).filter(|&at| is_given(tokens, start, at));
        let given = given.filter_map(|at| name(tokens, at)).collect();
        Roles { tokens, declared, given, used_as_value: OnceCell::new() }
    }

    fn used_as_values(&self) -> OrderedSet<&'a str> {
        let tokens = self.tokens;
        let start = first_where(tokens);
        let value = |at: usize| {
            !is_given(tokens, start, at) && !looks_called(tokens, at) && !inside_derivative_operator(tokens, at)
        };
        (0..tokens.len()).filter_map(|at| name(tokens, at).filter(|_| value(at))).collect()
    }

    /// True for a variable that is declared or given by `where`.
    pub fn is_variable(&self, name: &str) -> bool {
        self.declared.variables.contains(name) || self.given.contains(name)
    }

    /// True where the name at `at` is applied to the bracket behind it; `bound` are the indices in scope.
    pub fn is_call(&self, at: usize, bound: &[&str]) -> bool {
        name(self.tokens, at).is_some_and(|name| looks_called(self.tokens, at) && !self.is_value(name, bound))
    }

    fn is_value(&self, name: &str, bound: &[&str]) -> bool {
        if bound.contains(&name) || self.is_variable(name) {
            return true;
        }
        if self.declared.functions.contains(name) || is_built_in(name) {
            return false;
        }
        self.declared.dimensions.contains(name)
            || self.used_as_value.get_or_init(|| self.used_as_values()).contains(name)
            // `w_i (x + 1)` where `w_i` is `w[i]`.
            || split_index(name).is_some_and(|(base, index)| {
                bound.contains(&index) && self.is_value(base, bound)
            })
    }
}

/// `w_i` as `w` and `i`.
pub fn split_index(name: &str) -> Option<(&str, &str)> {
    let (base, index) = name.rsplit_once('_')?;
    (!base.is_empty() && !index.is_empty()).then_some((base, index))
}

fn name<'a>(tokens: &[Token<'a>], at: usize) -> Option<&'a str> {
    match tokens[at].kind {
        TokenKind::Name(name) => Some(name),
        _ => None,
    }
}

/// Where the first `where` stands; the end of the text where there is none.
fn first_where(tokens: &[Token]) -> usize {
    tokens.iter().position(|token| matches!(token.kind, TokenKind::Where)).unwrap_or(tokens.len())
}

/// True for a name behind the `where` at `start` that an equals sign follows.
fn is_given(tokens: &[Token], start: usize, at: usize) -> bool {
    at > start && mark(tokens, at + 1) == Some(Mark::Equals)
}

fn mark(tokens: &[Token], at: usize) -> Option<Mark> {
    match tokens.get(at)?.kind {
        TokenKind::Mark(mark) => Some(mark),
        _ => None,
    }
}

/// How many primes stand right behind the name at `at` with a bracket right behind them: `f''(x)`.
pub fn primes(tokens: &[Token], at: usize) -> usize {
    let tight = |k: usize, wanted: Mark| mark(tokens, k) == Some(wanted) && !tokens[k].spaced;
    let count = (at + 1..).take_while(|&k| tight(k, Mark::Prime)).count();
    if tight(at + 1 + count, Mark::OpenRound) { count } else { 0 }
}

/// A name with a bracket behind it, or with primes and a bracket.
fn looks_called(tokens: &[Token], at: usize) -> bool {
    mark(tokens, at + 1) == Some(Mark::OpenRound) || primes(tokens, at) > 0
}

/// The `f` of `D(f)` and `D(f, 2)`.
fn inside_derivative_operator(tokens: &[Token], at: usize) -> bool {
    at >= 2
        && mark(tokens, at - 1) == Some(Mark::OpenRound)
        && name(tokens, at - 2) == Some("D")
        && matches!(mark(tokens, at + 1), Some(Mark::CloseRound | Mark::Comma))
}

/// Names of functions as other languages and books have them, and ours.
const FOREIGN_FUNCTIONS: &[(&str, &str)] = &[
    ("norm", "norm2"),
    ("trace", "tr"),
    ("sgn", "sign"),
    ("heaviside", "step"),
    ("logistic", "sigmoid"),
    ("average", "mean"),
    ("determinant", "det"),
    ("inverse", "inv"),
    ("identity", "eye"),
    ("maximum", "max"),
    ("minimum", "min"),
    ("arctg", "atan"),
    ("tg", "tan"),
    ("hadamard", "⊙"),
];

/// The function that was probably meant by an unknown name in front of a bracket. Careful, for any name may be an
/// abstract function: only what differs in case, is a well-known other name, or is a long name with one slip in it.
pub fn meant_function(name: &str) -> Option<&'static str> {
    if let Some((_, ours)) = FOREIGN_FUNCTIONS.iter().find(|(foreign, _)| *foreign == name) {
        return Some(ours);
    }
    let lower = lower_case(name);
    if lower.len() > 1
        && lower != name
        && let Some(same) = built_in_names().find(|known| *known == lower)
    {
        return Some(same);
    }
    let slip = |known: &&str| match name.chars().count() {
        0..=3 => false,
        4 => is_transposed(name, known) || is_doubled(name, known),
        _ => known.len() > 3 && distance(name, known) == 1,
    };
    built_in_names().find(slip)
}

/// A name in small letters, each by itself: a sigma at the end is like any other.
pub fn lower_case(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).collect()
}

/// The known name nearest to an unknown one, if it is near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match name.chars().count() {
        0..=1 => 0,
        2..=5 => 1,
        _ => 2,
    };
    let near = |candidate: &'a str| {
        let same_but_case = lower_case(candidate) == lower_case(name);
        let steps = if same_but_case { 0 } else { distance(name, candidate) };
        (steps <= allowed).then_some((steps, candidate))
    };
    known.into_iter().filter(|k| *k != name).filter_map(near).min_by_key(|(steps, _)| *steps).map(|(_, k)| k)
}

/// A name that is two known names side by side: `xy` beside `x` and `y`.
pub fn product_of<'a>(name: &'a str, known: &OrderedSet<&str>) -> Option<(&'a str, &'a str)> {
    let cuts = name.char_indices().skip(1).map(|(at, _)| name.split_at(at));
    cuts.into_iter().find(|(a, b)| known.contains(a) && known.contains(b) && b.starts_with(is_letter))
}

/// Edits between two names: insert, delete, replace, or swap two neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let same = usize::from(a[i - 1] != b[j - 1]);
                    let mut least = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + same);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    table[a.len()][b.len()]
}

fn is_transposed(a: &str, b: &str) -> bool {
    a.chars().count() == b.chars().count() && distance(a, b) == 1 && {
        let (mut left, mut right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        sorting::sort(&mut left);
        sorting::sort(&mut right);
        left == right
    }
}

/// `sinn` for `sin`.
fn is_doubled(a: &str, b: &str) -> bool {
    let mut single: Vec<char> = a.chars().collect();
    single.dedup();
    a.chars().count() == b.chars().count() + 1 && single.iter().collect::<String>() == b
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexer::lex;

    fn calls(text: &str, variables: &[&str], bound: &[&str]) -> Vec<String> {
        let declared = Declared { variables: variables.iter().copied().collect(), ..Declared::default() };
        let tokens = lex(text);
        let roles = Roles::of(&tokens, &declared);
        let called = (0..tokens.len()).filter(|&at| roles.is_call(at, bound));
        called.map(|at| text[tokens[at].span.start..tokens[at].span.end].to_owned()).collect()
    }

    #[test]
    fn a_name_used_elsewhere_as_a_value_is_no_function() {
        assert_eq!(calls("x (x + 1)", &[], &[]), Vec::<String>::new());
        assert_eq!(calls("f(x) + g(x)", &[], &[]), ["f", "g"]);
        assert_eq!(calls("w(x + b)", &[], &[]), ["w"]);
        assert_eq!(calls("w(x + b)", &["w"], &[]), Vec::<String>::new());
        assert_eq!(calls("u(x) where u = x", &[], &[]), Vec::<String>::new());
        assert_eq!(calls("f(x) + D(f)(x)", &[], &[]), ["f", "D"]);
    }

    #[test]
    fn a_prime_right_before_a_bracket_is_a_derivative() {
        assert_eq!(calls("f'(x)", &[], &[]), ["f"]);
        assert_eq!(calls("w' (x + b)", &[], &[]), Vec::<String>::new());
        assert_eq!(calls("x'(A*x)", &[], &[]), Vec::<String>::new());
    }

    #[test]
    fn built_in_functions_yield_to_declared_variables_only() {
        assert_eq!(calls("exp(x) + exp", &[], &[]), ["exp"]);
        assert_eq!(calls("delta(x + 1)", &["delta"], &[]), Vec::<String>::new());
        assert_eq!(calls("step(x) * i(x)", &[], &["i"]), ["step"]);
    }

    #[test]
    fn an_indexed_name_is_a_value_where_its_base_is_one() {
        assert_eq!(calls("w_i (x_i + 1)", &["w"], &["i"]), Vec::<String>::new());
        assert_eq!(calls("f_i (x)", &[], &["i"]), ["f_i"]);
    }

    #[test]
    fn slips_of_functions_are_seen_and_short_names_left_alone() {
        for (typed, meant) in
            [("sofmax", "softmax"), ("tahn", "tanh"), ("ReLU", "relu"), ("sinn", "sin"), ("norm", "norm2")]
        {
            assert_eq!(meant_function(typed), Some(meant), "{typed}");
        }
        for own in ["f", "g", "u", "net", "cost", "loss", "h1", "act"] {
            assert_eq!(meant_function(own), None, "{own}");
        }
    }

    #[test]
    fn the_nearest_name_is_found() {
        assert_eq!(nearest("weigth", ["weight", "bias"]), Some("weight"));
        assert_eq!(nearest("W", ["w", "x"]), Some("w"));
        assert_eq!(nearest("q", ["w", "x"]), None);
    }

    #[test]
    fn two_names_side_by_side_are_a_product() {
        let known = OrderedSet::from(["x", "y", "w_1"]);
        assert_eq!(product_of("xy", &known), Some(("x", "y")));
        assert_eq!(product_of("w_1x", &known), Some(("w_1", "x")));
        assert_eq!(product_of("xz", &known), None);
    }
}
