//! Damaged expressions: real ones with letters, words and brackets lost, doubled, swapped, nested or replaced, and soups
//! of tokens. The same seed damages the same way.

use super::rows;
use oorandom::Rand64;
use serde_json::Value;
use std::collections::BTreeSet;

/// Longest text that is made, a little beyond the limit of the language.
const LONGEST: usize = 5_000;

const TOKENS: [&str; 130] = [
    "x",
    "y",
    "w",
    "v",
    "a",
    "b",
    "A",
    "B",
    "W",
    "X",
    "n",
    "m",
    "k",
    "i",
    "xy",
    "x₁",
    "w_i",
    "x_hat",
    "f",
    "e",
    "pi",
    "α",
    "Δ",
    "sin",
    "exp",
    "log",
    "relu",
    "sigmoid",
    "softmax",
    "logsumexp",
    "sum",
    "mean",
    "std",
    "prod",
    "max",
    "min",
    "cases",
    "diag",
    "norm1",
    "norm2",
    "tensor",
    "delta",
    "eye",
    "ones",
    "zeros",
    "vector",
    "matrix",
    "inv",
    "det",
    "logdet",
    "adj",
    "tr",
    "kron",
    "vec",
    "outer",
    "dot",
    "rowsums",
    "colsums",
    "prod_others",
    "transpose",
    "D",
    "where",
    "step",
    "0",
    "1",
    "2",
    "3",
    ".5",
    "1.",
    "1e3",
    "1e999",
    "1e-9",
    "1..2",
    "0x1",
    "99999999999999999999",
    "+",
    "-",
    "−",
    "*",
    "×",
    "∗",
    "/",
    "·",
    "@",
    ".*",
    "⊙",
    "./",
    "⊘",
    "⊗",
    "^",
    ".^",
    "²",
    "⁸",
    "'",
    "''",
    "ᵀ",
    "^T",
    "^-1",
    "(",
    ")",
    "(",
    ")",
    "[",
    "]",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    "=",
    ">",
    "<",
    ">=",
    "≤",
    "==",
    " ",
    "\t",
    "\u{0}",
    "😀",
    "\u{202e}",
    "\u{feff}",
    "\\",
    "\"",
    "é",
    "𝟙",
    "ﬁ",
    "\u{301}",
    "𝒙",
];

const CALLS: [&str; 24] = [
    "sin",
    "exp",
    "log",
    "sqrt",
    "relu",
    "sum",
    "softmax",
    "norm2",
    "diag",
    "inv",
    "det",
    "tr",
    "vec",
    "logsumexp",
    "prod",
    "std",
    "max",
    "adj",
    "transpose",
    "rowsums",
    "logdet",
    "cases",
    "mean",
    "",
];

pub struct Mutator {
    pub random: Rand64,
    pub seeds: Vec<String>,
}

/// The expressions and answers of all tables, and the texts of the corpus.
pub fn seeds() -> Vec<String> {
    let mut seeds = BTreeSet::new();
    for row in all_rows() {
        for field in ["expr", "answer"] {
            if let Some(text) = row[field].as_str().filter(|text| text.len() < 1_000) {
                seeds.insert(text.to_owned());
            }
        }
    }
    let own = std::fs::read_to_string(corpus().join("seeds.txt")).expect("the corpus");
    seeds.extend(own.lines().filter(|line| !line.is_empty()).map(str::to_owned));
    seeds.into_iter().collect()
}

pub fn corpus() -> std::path::PathBuf {
    rows::folder().join("../fuzz/corpus")
}

/// The requests of all tables, in the order of their names.
pub fn all_rows() -> Vec<Value> {
    let mut tables: Vec<_> = std::fs::read_dir(rows::folder())
        .expect("the tables")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    tables.sort();
    tables.iter().flat_map(rows::read).map(|row| row.request).filter(Value::is_object).collect()
}

impl Mutator {
    pub fn new(seed: u128) -> Mutator {
        Mutator { random: Rand64::new(seed), seeds: seeds() }
    }

    pub fn below(&mut self, count: usize) -> usize {
        self.random.rand_range(0..count.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub fn seed(&mut self) -> String {
        let place = self.below(self.seeds.len());
        self.seeds[place].clone()
    }

    /// The next text.
    pub fn text(&mut self) -> String {
        let text = match self.below(8) {
            0 => self.soup(),
            1 => self.nest(),
            _ => {
                let seed = self.seed();
                self.damaged(&seed)
            }
        };
        text.chars().take(LONGEST).collect()
    }

    fn soup(&mut self) -> String {
        let spaced = self.below(2) == 0;
        let length = 1 + self.below(24);
        (0..length).map(|_| format!("{}{}", self.pick(&TOKENS), if spaced { " " } else { "" })).collect()
    }

    /// Something inside itself, many times, closed or not.
    fn nest(&mut self) -> String {
        let depth = *self.pick(&[2, 5, 20, 60, 126, 127, 128, 129, 500, 1_500]);
        let seed = self.seed();
        let inner = if self.below(2) == 0 { "x".to_owned() } else { seed };
        let call = self.pick(&CALLS);
        let (open, close) = match self.below(8) {
            0 => (format!("{call}("), ")".to_owned()),
            1 => ("(".to_owned(), self.pick(&[")", ")'", ")^2", ")[1]"]).to_string()),
            2 => ("[".to_owned(), "]".to_owned()),
            3 => (self.pick(&["-", "+", "2^", "x^", "x + ", "x*", "1/"]).to_string(), String::new()),
            4 => (String::new(), self.pick(&["'", "²", "^2", " + x", "*x", "[1]", ".^2"]).to_string()),
            5 => ("sum(i, 1, n, ".to_owned(), ")".to_owned()),
            6 => ("cases(x > 0, ".to_owned(), ", 1)".to_owned()),
            _ => (format!("{call}(x + "), ")*x".to_owned()),
        };
        let closed = if self.below(4) == 0 { self.below(depth) } else { depth };
        format!("{}{inner}{}", open.repeat(depth), close.repeat(closed))
    }

    /// One to four slips of the pen.
    pub fn damaged(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        for _ in 0..1 + self.below(4) {
            let place = self.below(letters.len() + 1);
            let end = (place + 1 + self.below(6)).min(letters.len());
            let place = place.min(end);
            match self.below(9) {
                0 => drop(letters.drain(place..end)),
                1 => {
                    let copy: Vec<char> = letters[place..end].to_vec();
                    letters.splice(place..place, copy);
                }
                2 | 3 => {
                    let token: Vec<char> = self.pick(&TOKENS).chars().collect();
                    let until = if self.below(2) == 0 { place } else { end };
                    letters.splice(place..until, token);
                }
                4 => {
                    let other = self.below(letters.len());
                    if place < letters.len() {
                        letters.swap(place, other);
                    }
                }
                5 => {
                    let call = format!("{}(", self.pick(&CALLS));
                    letters.splice(end..end, [')']);
                    letters.splice(place..place, call.chars());
                }
                6 => {
                    // A piece of another expression, as an operand.
                    let other: Vec<char> = self.seed().chars().take(60).collect();
                    let from = self.below(other.len());
                    let until = from + self.below(other.len() - from + 1);
                    letters.splice(place..place, other[from..until].iter().copied());
                }
                7 => {
                    // A name becomes another.
                    let names: Vec<usize> = (0..letters.len()).filter(|&at| letters[at].is_alphabetic()).collect();
                    if !names.is_empty() {
                        let at = *self.pick(&names);
                        letters[at] = *self.pick(&['x', 'y', 'A', 'B', 'n', 'a', 'w', 'X', 'i', 'β']);
                    }
                }
                _ => {
                    let from = self.pick(&["*", ".*", "'", "^2", "+", "/", "[1]", " where x = "]);
                    letters.splice(place..place, from.chars());
                }
            }
        }
        letters.into_iter().collect()
    }
}
