//! Random well-typed questions: scalars, vectors and matrices times vectors, with every operator and function.
//!
//! Shapes are chosen first and terms of that shape after, so that (almost) everything generated must be accepted.
//! Arguments of functions with a narrow domain are wrapped so that they stay inside it for every real value.

use oorandom::Rand64;
use serde_json::{Map, Value, json};

/// A random question, and where it is asked.
pub struct Question {
    pub expr: String,
    pub wrt: Value,
    /// The places of `at` that the derivative moves, in the order of the Jacobian's last axis.
    pub places: Vec<Place>,
    /// True where the result has no axis for `wrt` (a scalar variable or one component).
    pub wrt_is_scalar: bool,
    pub vars: Value,
    pub at: Value,
}

/// One number of `at`: a name, and the entry of it where it is a vector.
#[derive(Clone)]
pub struct Place {
    pub name: String,
    pub entry: Option<usize>,
}

impl Question {
    /// The question as a `derive` request.
    pub fn request(&self) -> Value {
        json!({"id": "random", "expr": self.expr, "wrt": self.wrt, "vars": self.vars, "at": self.at})
    }

    /// The value of the expression with one place moved by `shift`, as an `eval` request.
    pub fn moved(&self, place: &Place, shift: f64) -> Value {
        let mut at = self.at.clone();
        let number = match place.entry {
            Some(entry) => &mut at[&place.name][entry],
            None => &mut at[&place.name],
        };
        *number = json!(number.as_f64().expect("a number") + shift);
        json!({"id": "moved", "op": "eval", "expr": self.expr, "vars": self.vars, "at": at})
    }

    /// The same with every number scaled a little, each in its own way.
    pub fn shaken(&self, by: f64) -> Value {
        fn shake(value: &mut Value, by: f64, count: &mut u32) {
            match value {
                Value::Array(all) => all.iter_mut().for_each(|v| shake(v, by, count)),
                Value::Object(all) => all.values_mut().for_each(|v| shake(v, by, count)),
                Value::Number(n) => {
                    *count += 1;
                    *value = json!(n.as_f64().expect("a number") * (1.0 + by * f64::from(*count % 7)));
                }
                _ => {}
            }
        }
        let mut at = self.at.clone();
        shake(&mut at, by, &mut 0);
        json!({"id": "shaken", "op": "eval", "expr": self.expr, "vars": self.vars, "at": at})
    }
}

/// How tightly a text binds, loosest first; a looser text is put in brackets.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binds {
    Sum,
    Dot,
    Product,
    Minus,
    Power,
    Atom,
}

#[derive(Clone)]
struct Term {
    text: String,
    binds: Binds,
}

impl Term {
    fn new(binds: Binds, text: impl Into<String>) -> Term {
        Term { text: text.into(), binds }
    }

    fn atom(text: impl Into<String>) -> Term {
        Term::new(Binds::Atom, text)
    }

    /// The text where something at least this tight is needed.
    fn at_least(&self, binds: Binds) -> String {
        if self.binds >= binds { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// The dimension names; their sizes differ from each other.
const DIMS: [&str; 3] = ["n", "m", "k"];
const SCALARS: [&str; 4] = ["a", "b", "c", "t"];
const VECTORS: [(&str, &str); 7] = [("x", "n"), ("y", "n"), ("w", "n"), ("u", "m"), ("v", "m"), ("p", "k"), ("q", "k")];
const MATRICES: [(&str, &str, &str); 5] =
    [("A", "m", "n"), ("B", "n", "m"), ("C", "n", "n"), ("G", "k", "n"), ("H", "m", "k")];

/// Functions that take every real number, and wrappers that make their argument fit where they do not.
const FUNCTIONS: [(&str, &str); 33] = [
    ("exp", "tame"),
    ("log", "positive"),
    ("ln", "positive"),
    ("log2", "positive"),
    ("log10", "positive"),
    ("sqrt", "positive"),
    ("cbrt", "positive"),
    ("abs", ""),
    ("sign", ""),
    ("sin", ""),
    ("cos", ""),
    ("tan", "unit"),
    ("sec", "unit"),
    ("csc", "positive-tame"),
    ("cot", "positive-tame"),
    ("asin", "unit"),
    ("acos", "unit"),
    ("atan", ""),
    ("sinh", "tame"),
    ("cosh", "tame"),
    ("tanh", ""),
    ("asinh", ""),
    ("acosh", "above-one"),
    ("atanh", "unit"),
    ("relu", ""),
    ("sigmoid", ""),
    ("softplus", ""),
    ("step", ""),
    ("erf", ""),
    ("log1p", "positive"),
    ("expm1", "tame"),
    ("arctan", ""),
    ("softplus", ""),
];

/// Writes random questions; the same seed writes the same ones.
pub struct Generator {
    random: Rand64,
    /// Scalar names that may be used now: the declared ones, and those of `where`.
    scalars: Vec<String>,
}

impl Generator {
    pub fn new(seed: u128) -> Generator {
        Generator { random: Rand64::new(seed), scalars: Vec::new() }
    }

    fn below(&mut self, count: usize) -> usize {
        self.random.rand_range(0..count as u64) as usize
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        let place = self.below(from.len());
        from[place].clone()
    }

    /// The next question.
    pub fn question(&mut self) -> Question {
        self.scalars = SCALARS.iter().map(|name| (*name).to_owned()).collect();
        let depth = 1 + self.below(4);
        let definition = if self.chance(5) { Some(self.scalar(2)) } else { None };
        if definition.is_some() {
            self.scalars.push("z".to_owned());
        }
        let body = match self.below(8) {
            0..=3 => self.scalar(depth),
            4..=6 => {
                let dim = self.pick(&DIMS);
                self.vector(dim, depth)
            }
            _ => {
                let entries: Vec<String> = (0..2 + self.below(2)).map(|_| self.scalar(depth.min(2)).text).collect();
                Term::atom(format!("[{}]", entries.join(", ")))
            }
        };
        let expr = match definition {
            Some(definition) => format!("{} where z = {}", body.text, definition.text),
            None => body.text,
        };
        self.ask(expr)
    }

    /// Chooses the point and a variable that occurs, and puts the question together.
    fn ask(&mut self, expr: String) -> Question {
        const SIZES: [[usize; 3]; 6] = [[3, 2, 4], [2, 3, 1], [4, 3, 2], [1, 2, 3], [2, 4, 3], [3, 1, 2]];
        let sizes = self.pick(&SIZES);
        let size = |dim: &str| sizes[DIMS.iter().position(|name| *name == dim).expect("a known dimension")];
        let (mut vars, mut at) = (Map::new(), Map::new());
        for name in SCALARS {
            vars.insert(name.to_owned(), json!([]));
            at.insert(name.to_owned(), self.number());
        }
        for (name, dim) in VECTORS {
            vars.insert(name.to_owned(), json!([dim]));
            at.insert(name.to_owned(), (0..size(dim)).map(|_| self.number()).collect());
        }
        for (name, rows, columns) in MATRICES {
            vars.insert(name.to_owned(), json!([rows, columns]));
            let row = |this: &mut Generator| (0..size(columns)).map(|_| this.number()).collect::<Value>();
            let rows: Vec<Value> = (0..size(rows)).map(|_| row(self)).collect();
            at.insert(name.to_owned(), rows.into());
        }
        let used = |name: &str| words(&expr).any(|word| word == name);
        let vectors: Vec<(&str, &str)> = VECTORS.into_iter().filter(|(name, _)| used(name)).collect();
        let scalars: Vec<&str> = SCALARS.into_iter().filter(|name| used(name)).collect();
        let whole = |name: &str| Place { name: name.to_owned(), entry: None };
        let entry = |name: &str, entry| Place { name: name.to_owned(), entry: Some(entry) };
        let (wrt, places, wrt_is_scalar) = if !vectors.is_empty() && !self.chance(4) {
            let (name, dim) = self.pick(&vectors);
            if self.chance(8) {
                let place = self.below(size(dim));
                (json!(format!("{name}[{}]", place + 1)), vec![entry(name, place)], true)
            } else {
                (json!(name), (0..size(dim)).map(|place| entry(name, place)).collect(), false)
            }
        } else if scalars.len() > 1 && self.chance(2) {
            let names = &scalars[..2];
            (json!(names), names.iter().map(|name| whole(name)).collect(), false)
        } else {
            let name = if scalars.is_empty() { "a" } else { self.pick(&scalars) };
            (json!(name), vec![whole(name)], true)
        };
        Question { expr, wrt, places, wrt_is_scalar, vars: vars.into(), at: at.into() }
    }

    /// A number of either sign, not near zero, with three decimals.
    fn number(&mut self) -> Value {
        let size = 0.2 + 1.5 * self.random.rand_float();
        let signed = if self.chance(2) { -size } else { size };
        json!((signed * 1000.0).round() / 1000.0)
    }

    fn literal(&mut self) -> Term {
        Term::atom(self.pick(&["2", "3", "0.5", ".25", "1.5e-1", "1", "4", "pi", "n", "m"]))
    }

    fn scalar_leaf(&mut self) -> Term {
        match self.below(6) {
            0 => self.literal(),
            1 => {
                let (name, _) = self.pick(&VECTORS);
                Term::atom(self.pick(&[format!("{name}[1]"), format!("{name}₁")]))
            }
            _ => {
                let names = self.scalars.clone();
                Term::atom(self.pick(&names))
            }
        }
    }

    fn scalar(&mut self, depth: usize) -> Term {
        if depth == 0 {
            return self.scalar_leaf();
        }
        let less = depth - 1;
        match self.below(16) {
            0..=2 => self.sum(less, Generator::scalar),
            3 | 4 => {
                let (left, right) = (self.scalar(less), self.scalar(less));
                self.product(&left, &right, &[" * ", " ", " .* "])
            }
            5 => {
                let (above, below) = (self.scalar(less), self.scalar(less));
                Term::new(
                    Binds::Product,
                    format!("{} / (1 + {}^2)", above.at_least(Binds::Product), below.at_least(Binds::Atom)),
                )
            }
            6 => self.power(less, Generator::scalar, "^"),
            7 | 8 => self.function(less, Generator::scalar, "^"),
            9 => self.choice(less, Generator::scalar),
            10 => self.index_sum(),
            11 => self.quadratic(less),
            _ => {
                let dim = self.pick(&DIMS);
                self.reduction(dim, less)
            }
        }
    }

    fn reduction(&mut self, dim: &'static str, less: usize) -> Term {
        let body = self.vector(dim, less);
        match self.below(5) {
            0 => {
                let other = self.vector(dim, less);
                let (left, right) = (&body, &other);
                match self.below(4) {
                    0 => Term::new(
                        Binds::Dot,
                        format!("{} · {}", left.at_least(Binds::Product), right.at_least(Binds::Product)),
                    ),
                    1 => Term::new(
                        Binds::Product,
                        format!("{}' * {}", left.at_least(Binds::Atom), right.at_least(Binds::Power)),
                    ),
                    2 => Term::atom(format!("dot({}, {})", left.text, right.text)),
                    _ => {
                        Term::atom(format!("sum({} ⊙ {})", left.at_least(Binds::Product), right.at_least(Binds::Power)))
                    }
                }
            }
            _ => {
                let name = self.pick(&[
                    "sum",
                    "sum",
                    "mean",
                    "prod",
                    "var",
                    "norm2",
                    "norm1",
                    "logsumexp",
                    "max",
                    "min",
                    "std",
                ]);
                if name == "std" {
                    // Entries that differ whatever the body is: a spread of 0 would be a kink.
                    let entry = self.scalar(less.min(1));
                    return Term::atom(format!("std([{}, 3 + t, 2 a])", entry.text));
                }
                Term::atom(format!("{name}({})", body.text))
            }
        }
    }

    /// `x' * C * x` and `u' * A * x`, juxtaposed or not.
    fn quadratic(&mut self, less: usize) -> Term {
        let (matrix, rows, columns) = self.pick(&MATRICES);
        let (left, right) = (self.vector(rows, less), self.vector(columns, less));
        let times = self.pick(&[" * ", " "]);
        Term::new(
            Binds::Product,
            format!("{}'{times}{matrix}{times}{}", left.at_least(Binds::Atom), right.at_least(Binds::Atom)),
        )
    }

    /// `sum(i, 1, n, body)` over entries of vectors of that dimension.
    fn index_sum(&mut self) -> Term {
        let dim = self.pick(&DIMS);
        let of_dim: Vec<&str> = VECTORS.iter().filter(|(_, of)| *of == dim).map(|(name, _)| *name).collect();
        let (one, other) = (self.pick(&of_dim), self.pick(&of_dim));
        let scalar = self.scalar_leaf().text;
        let body = match self.below(5) {
            0 => format!("{one}[i] * {other}[i]"),
            1 => format!("{one}[i]^2 + {scalar} * {other}[i]"),
            2 => format!("sin({one}[i] * {scalar})"),
            3 => format!("i * {one}[i]^3"),
            _ => format!("exp(-{one}[i]^2) * {other}_i"),
        };
        Term::atom(format!("sum(i, 1, {dim}, {body})"))
    }

    fn vector(&mut self, dim: &'static str, depth: usize) -> Term {
        let of_dim: Vec<&str> = VECTORS.iter().filter(|(_, of)| *of == dim).map(|(name, _)| *name).collect();
        if depth == 0 {
            return match self.below(12) {
                0 => Term::atom(format!("ones({dim})")),
                1 => Term::new(Binds::Product, format!("{}*ones({dim})", self.scalar_leaf().text)),
                _ => Term::atom(self.pick(&of_dim)),
            };
        }
        let less = depth - 1;
        let same = move |this: &mut Generator, depth: usize| this.vector(dim, depth);
        match self.below(16) {
            0..=2 => self.sum(less, same),
            3 | 4 => {
                let (left, right) = (self.vector(dim, less), self.vector(dim, less));
                self.product(&left, &right, &[" ⊙ ", " .* "])
            }
            5 => {
                let (above, below) = (self.vector(dim, less), self.vector(dim, less));
                let over = self.pick(&["⊘", "./"]);
                Term::new(
                    Binds::Product,
                    format!("{} {over} (1 + {}.^2)", above.at_least(Binds::Product), below.at_least(Binds::Atom)),
                )
            }
            6 => {
                let (vector, scalar) = (self.vector(dim, less), self.scalar(less));
                if self.chance(2) {
                    self.product(&scalar, &vector, &[" * ", " "])
                } else {
                    let signs = self.pick(&[" + ", " - "]);
                    Term::new(
                        Binds::Sum,
                        format!("{}{signs}{}", vector.at_least(Binds::Sum), scalar.at_least(Binds::Dot)),
                    )
                }
            }
            7 => self.power(less, same, ".^"),
            8 | 9 => self.function(less, same, ".^"),
            10 => self.choice(less, same),
            11..=13 => self.matrix_times(dim, less),
            14 => {
                let inner = self.vector(dim, less);
                let name = self.pick(&["softmax", "softmax", "prod_others"]);
                Term::atom(format!("{name}({})", inner.text))
            }
            _ => {
                let (one, other) = (self.vector(dim, less), self.vector(dim, less));
                let text = match self.below(3) {
                    0 => format!("diag({}) * {}", one.text, other.at_least(Binds::Power)),
                    1 => format!("outer({}, {}) * {}", one.text, other.text, self.pick(&of_dim)),
                    _ => format!(
                        "{} * {}' * {}",
                        one.at_least(Binds::Product),
                        other.at_least(Binds::Atom),
                        self.pick(&of_dim)
                    ),
                };
                Term::new(Binds::Product, text)
            }
        }
    }

    fn matrix_times(&mut self, dim: &str, less: usize) -> Term {
        let fitting: Vec<(String, &'static str)> = MATRICES
            .iter()
            .flat_map(|(name, rows, columns)| {
                [((*name).to_owned(), *rows, *columns), (format!("{name}'"), *columns, *rows)]
            })
            .filter(|(_, rows, _)| *rows == dim)
            .map(|(name, _, columns)| (name, columns))
            .collect();
        let (matrix, columns) = self.pick(&fitting);
        let times = self.pick(&["*", " ", " @ "]);
        let inner = self.vector(columns, less);
        Term::new(Binds::Product, format!("{matrix}{times}{}", inner.at_least(Binds::Power)))
    }

    fn sum(&mut self, less: usize, part: impl Fn(&mut Generator, usize) -> Term) -> Term {
        let (left, right) = (part(self, less), part(self, less));
        let sign = self.pick(&[" + ", " - ", " − "]);
        Term::new(Binds::Sum, format!("{}{sign}{}", left.at_least(Binds::Sum), right.at_least(Binds::Dot)))
    }

    fn product(&mut self, left: &Term, right: &Term, signs: &[&str]) -> Term {
        let mut sign = self.pick(signs);
        // A bracket behind a name could be read as a call, and a number behind a number as one number.
        let starts_like_a_factor = right.text.starts_with(|c: char| c.is_alphabetic()) && right.binds >= Binds::Power;
        if sign == " " && !starts_like_a_factor {
            sign = " * ";
        }
        Term::new(Binds::Product, format!("{}{sign}{}", left.at_least(Binds::Product), right.at_least(Binds::Power)))
    }

    fn power(&mut self, less: usize, part: impl Fn(&mut Generator, usize) -> Term, sign: &str) -> Term {
        let base = part(self, less);
        match self.below(6) {
            0 => Term::new(Binds::Power, format!("{}²", base.at_least(Binds::Atom))),
            1 => Term::new(Binds::Minus, format!("-{}{sign}2", base.at_least(Binds::Atom))),
            2 => Term::new(Binds::Power, format!("(1 + {}{sign}2){sign}-1", base.at_least(Binds::Atom))),
            3 => Term::new(Binds::Power, format!("(2 + sin({})){sign}1.5", base.text)),
            4 => {
                let exponent = self.scalar_leaf();
                Term::new(Binds::Power, format!("(1.5 + cos({})){sign}{}", base.text, exponent.text))
            }
            _ => Term::new(Binds::Power, format!("{}{sign}3", base.at_least(Binds::Atom))),
        }
    }

    /// A function of one argument; `power` is the operator that squares this shape.
    fn function(&mut self, less: usize, part: impl Fn(&mut Generator, usize) -> Term, power: &str) -> Term {
        let (name, domain) = self.pick(&FUNCTIONS);
        let inner = part(self, less);
        let argument = match domain {
            "positive" => format!("0.5 + {}{power}2", inner.at_least(Binds::Atom)),
            "positive-tame" => format!("1.5 + sin({})", inner.text),
            "above-one" => format!("1.5 + {}{power}2", inner.at_least(Binds::Atom)),
            "unit" => format!("0.8 tanh({})", inner.text),
            "tame" => format!("2 sin({})", inner.text),
            _ => inner.text,
        };
        Term::atom(format!("{name}({argument})"))
    }

    /// `max`, `min` and `cases` of two terms of one shape.
    fn choice(&mut self, less: usize, part: impl Fn(&mut Generator, usize) -> Term) -> Term {
        let (one, other) = (part(self, less), part(self, less));
        let sign = self.pick(&[">", "<", ">=", "≤"]);
        Term::atom(match self.below(5) {
            0 => format!("max({}, {})", one.text, other.text),
            1 => format!("min({}, {})", one.text, other.text),
            2 => format!("max(0, {})", one.text),
            3 => format!("min({}, 0.5)", one.text),
            _ => {
                let (first, second) = (part(self, less), part(self, less));
                let condition = format!("{} {sign} {}", one.at_least(Binds::Sum), other.at_least(Binds::Sum));
                format!("cases({condition}, {}, {})", first.text, second.text)
            }
        })
    }
}

/// The names in a text; `x_i` counts as `x`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty())
}
