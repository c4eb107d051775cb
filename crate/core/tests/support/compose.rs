//! Questions from forms: each form inside each place of each other one, and random ones, with matrices everywhere.

use super::forms::{self, Form};
use oorandom::Rand64;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub const DIMS: [&str; 3] = ["n", "m", "k"];

/// The variables, by shape. Square ones come in pairs, so that products of two different ones occur.
const VARIABLES: [(&str, &[&str]); 24] = [
    ("a", &[]),
    ("b", &[]),
    ("c", &[]),
    ("t", &[]),
    ("x", &["n"]),
    ("y", &["n"]),
    ("w", &["n"]),
    ("u", &["m"]),
    ("v", &["m"]),
    ("p", &["k"]),
    ("q", &["k"]),
    ("A", &["m", "n"]),
    ("F", &["m", "n"]),
    ("B", &["n", "m"]),
    ("C", &["n", "n"]),
    ("S", &["n", "n"]),
    ("M", &["m", "m"]),
    ("N", &["m", "m"]),
    ("K", &["k", "k"]),
    ("G", &["k", "n"]),
    ("H", &["m", "k"]),
    ("P", &["n", "k"]),
    ("Q", &["k", "m"]),
    ("R", &["k", "k"]),
];

/// A question, without a point: points are drawn for each choice of sizes.
pub struct Question {
    pub expr: String,
    pub wrt: Value,
    pub vars: Value,
}

impl Question {
    pub fn request(&self) -> Value {
        json!({"id": "random", "expr": self.expr, "wrt": self.wrt, "vars": self.vars})
    }
}

type Letters = BTreeMap<char, &'static str>;

#[derive(Clone)]
struct Term {
    text: String,
    /// The variables in it.
    names: BTreeSet<&'static str>,
}

impl Term {
    /// The text as an operand: in brackets unless it is a name, a number or a call.
    fn operand(&self) -> String {
        if is_atom(&self.text) { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// True for a name, a number, and a call whose bracket closes at the very end.
fn is_atom(text: &str) -> bool {
    if text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') {
        return true;
    }
    let Some(open) = text.find('(') else { return false };
    if open == 0 || !text[..open].chars().all(|c| c.is_alphanumeric() || c == '_') {
        return false;
    }
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 && c == ')' {
            return at + 1 == text.len();
        }
    }
    false
}

/// The letters of a shape in their order.
fn letters(shape: &str) -> Vec<char> {
    shape.chars().filter(|c| c.is_ascii_uppercase()).collect()
}

pub struct Composer {
    random: Rand64,
    forms: Vec<Form>,
    /// Places of forms in the table by the rank of what they make.
    by_rank: [Vec<usize>; 3],
}

/// One form at one place of another: what the systematic part asks.
#[derive(Clone, Copy)]
pub struct Pair {
    outer: usize,
    slot: usize,
    inner: usize,
}

impl Composer {
    pub fn new(seed: u128) -> Composer {
        let forms = forms::all();
        let mut by_rank: [Vec<usize>; 3] = Default::default();
        for (at, form) in forms.iter().enumerate().filter(|(_, form)| !form.outermost) {
            by_rank[letters(form.result).len()].push(at);
        }
        Composer { random: Rand64::new(seed), forms, by_rank }
    }

    fn below(&mut self, count: usize) -> usize {
        self.random.rand_range(0..count as u64) as usize
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    /// All pairs that fit by rank, in a fixed order.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (outer, form) in self.forms.iter().enumerate() {
            for (slot, shape) in form.args.iter().enumerate() {
                pairs.extend(self.by_rank[letters(shape).len()].iter().map(|&inner| Pair { outer, slot, inner }));
            }
        }
        pairs
    }

    /// The question for a pair; `None` where no choice of dimensions makes the two fit.
    pub fn pair(&mut self, pair: Pair) -> Option<Question> {
        // First dimensions that differ, then any.
        for attempt in 0..40 {
            let chosen = self.assignment(attempt < 4);
            let wanted: Vec<&'static str> =
                letters(self.forms[pair.outer].args[pair.slot]).iter().map(|letter| chosen[letter]).collect();
            let Some(inner) = self.fill(pair.inner, &wanted, 0) else { continue };
            let names = inner.names.clone();
            let term = self.put(pair.outer, &chosen, Some((pair.slot, inner)), 0);
            return Some(self.ask(term, &names));
        }
        None
    }

    /// A random question.
    pub fn question(&mut self) -> Question {
        let depth = 1 + self.below(4);
        let term = if self.chance(8) {
            let outermost: Vec<usize> = (0..self.forms.len()).filter(|&at| self.forms[at].outermost).collect();
            let form = outermost[self.below(outermost.len())];
            let chosen = self.assignment(true);
            self.put(form, &chosen, None, depth - 1)
        } else {
            let rank = self.below(3);
            let shape: Vec<&'static str> = (0..rank).map(|_| DIMS[self.below(3)]).collect();
            self.term(&shape, depth)
        };
        let names = term.names.clone();
        self.ask(term, &names)
    }

    /// A dimension for each letter.
    fn assignment(&mut self, distinct: bool) -> Letters {
        let mut dims = DIMS;
        for at in (1..3).rev() {
            let other = self.below(at + 1);
            dims.swap(at, other);
        }
        let mut chosen: Letters = ['I', 'J', 'L'].into_iter().zip(dims).collect();
        if !distinct {
            for letter in ['I', 'J', 'L'] {
                let dim = DIMS[self.below(3)];
                chosen.insert(letter, dim);
            }
        }
        chosen
    }

    /// A term of this shape.
    fn term(&mut self, shape: &[&'static str], depth: usize) -> Term {
        if depth == 0 {
            return self.leaf(shape);
        }
        loop {
            let fitting = &self.by_rank[shape.len()];
            let place = self.random.rand_range(0..fitting.len() as u64) as usize;
            let form = fitting[place];
            if self.forms[form].elementwise && !self.chance(2) {
                continue;
            }
            if let Some(term) = self.fill(form, shape, depth - 1) {
                return term;
            }
        }
    }

    /// The form making this shape; `None` where it cannot.
    fn fill(&mut self, form: usize, shape: &[&'static str], depth: usize) -> Option<Term> {
        let pattern = letters(self.forms[form].result);
        let mut chosen = self.assignment(false);
        let mut bound: Letters = BTreeMap::new();
        for (letter, &dim) in pattern.into_iter().zip(shape) {
            if *bound.entry(letter).or_insert(dim) != dim {
                return None;
            }
        }
        chosen.extend(bound);
        Some(self.put(form, &chosen, None, depth))
    }

    /// The form with its arguments: one given, the others made.
    fn put(&mut self, form: usize, chosen: &Letters, given: Option<(usize, Term)>, depth: usize) -> Term {
        let args = self.forms[form].args.clone();
        let mut text = self.forms[form].text.clone();
        let mut names = BTreeSet::new();
        for (slot, pattern) in args.into_iter().enumerate() {
            let arg = match &given {
                Some((at, term)) if *at == slot => term.clone(),
                _ => {
                    let shape: Vec<&'static str> = letters(pattern).iter().map(|letter| chosen[letter]).collect();
                    let depth = self.below(depth + 1);
                    self.term(&shape, depth)
                }
            };
            names.extend(&arg.names);
            text = text.replace(&format!("${}", slot + 1), &arg.operand());
        }
        for (letter, dim) in chosen {
            text = text.replace(&format!("#{letter}"), dim);
        }
        Term { text, names }
    }

    fn leaf(&mut self, shape: &[&'static str]) -> Term {
        if shape.is_empty() && self.chance(6) {
            let numbers = ["2", "3", "0.5", ".25", "1", "pi"];
            return Term { text: numbers[self.below(numbers.len())].to_owned(), names: BTreeSet::new() };
        }
        let fitting: Vec<&'static str> =
            VARIABLES.iter().filter(|(_, of)| *of == shape).map(|(name, _)| *name).collect();
        let name = fitting[self.below(fitting.len())];
        Term { text: name.to_owned(), names: BTreeSet::from([name]) }
    }

    /// Chooses what to differentiate by, among these names, and declares the variables that occur.
    fn ask(&mut self, term: Term, among: &BTreeSet<&'static str>) -> Question {
        let shape_of = |name: &str| VARIABLES.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, shape)| shape);
        let among: Vec<&str> = if among.is_empty() { vec!["a"] } else { among.iter().copied().collect() };
        let name = among[self.below(among.len())];
        let scalars: Vec<&str> = term.names.iter().copied().filter(|name| shape_of(name).is_empty()).collect();
        let order = shape_of(name).len();
        let wrt = if order == 0 && scalars.len() > 1 && self.chance(3) {
            json!(scalars)
        } else if order > 0 && self.chance(8) {
            json!(format!("{name}[{}]", ["1", "1,1"][order - 1]))
        } else {
            json!(name)
        };
        let mut vars = Map::new();
        for &used in term.names.iter().chain([&name]) {
            vars.insert(used.to_owned(), json!(shape_of(used)));
        }
        Question { expr: term.text, wrt, vars: vars.into() }
    }
}
