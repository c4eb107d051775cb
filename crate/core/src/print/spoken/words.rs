//! Words for numbers, names and sizes.

use super::super::number::{self, Shown};
use super::super::{Level, name};
use super::{Said, Writer};
use crate::expr::{IndexId, NodeId, Place};
use crate::names::lower_case;
use crate::number::Number;
use crate::shape::{Dim, Shape};

const SMALL: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// "first", "second" …
pub(super) fn ordinal(n: usize) -> String {
    let small = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    small.get(n).map_or_else(|| format!("number {n}"), |word| (*word).to_owned())
}

/// One part and several of what is cut into so many.
const PARTS: [(&str, &str); 9] = [
    ("half", "halves"),
    ("third", "thirds"),
    ("quarter", "quarters"),
    ("fifth", "fifths"),
    ("sixth", "sixths"),
    ("seventh", "sevenths"),
    ("eighth", "eighths"),
    ("ninth", "ninths"),
    ("tenth", "tenths"),
];

/// A whole number without its sign: small ones in words.
pub(super) fn whole(n: i128) -> String {
    usize::try_from(n).ok().and_then(|at| SMALL.get(at)).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

fn digits(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), whole)
}

/// "two thirds"; `None` where there is no such word.
pub(super) fn parts(numerator: &str, denominator: &str) -> Option<String> {
    let size: usize = denominator.parse().ok()?;
    let (one, several) = PARTS.get(size.checked_sub(2)?)?;
    Some(format!("{} {}", digits(numerator), if numerator == "1" { one } else { several }))
}

impl Writer<'_> {
    pub(super) fn number(&mut self, n: Number) -> Said {
        let (negative, shown) = number::shown(n);
        let (words, level) = match shown {
            Shown::Whole(text) => (digits(&text), Level::Atom),
            Shown::Decimal(text) => (text, Level::Atom),
            Shown::Fraction(n, d) => {
                let over = || {
                    let (open, close) = if self.long { ("open fraction ", " close fraction") } else { ("", "") };
                    format!("{open}{} over {}{close}", digits(&n), digits(&d))
                };
                (parts(&n, &d).unwrap_or_else(over), Level::Prefix)
            }
            Shown::Scientific(mantissa, power) => {
                let sign = if power < 0 { "minus " } else { "" };
                let power = whole(i128::from(power.unsigned_abs()));
                let front = if mantissa == "1" { String::new() } else { format!("{} times ", digits(&mantissa)) };
                (format!("{front}ten to the power {sign}{power}"), Level::Product)
            }
            Shown::Infinite => ("infinity".to_owned(), Level::Atom),
            Shown::NotANumber => ("not a number".to_owned(), Level::Atom),
        };
        // "one x", "zero x": such factors would be overlooked.
        let leads = !n.is_one() && !n.is_zero() && level != Level::Product;
        Said::new(self.rope.letters(&words), level).tight(true).negative(negative).beside(leads, false)
    }

    pub(super) fn constant(&mut self, letters: &str) -> Said {
        let words = if self.long { format!("the constant {letters}") } else { letters.to_owned() };
        self.atom(&words).beside(true, true)
    }

    /// A variable or intermediate of the given order.
    pub(super) fn name(&mut self, name: &str, order: usize) -> Said {
        let words = self.letters(name);
        let kind = ["scalar", "vector", "matrix"].get(order).unwrap_or(&"array");
        let words = if self.long { format!("{kind} {words}") } else { words };
        let letter = name::is_letter(name);
        // "x sub one y" would put the y below the line too.
        let plain = letter && !words.contains(" sub ");
        self.atom(&words).beside(plain, letter)
    }

    /// The letters of a name: "w sub one", "x hat", "capital Gamma".
    pub(super) fn letters(&self, name: &str) -> String {
        let parts: Vec<&str> = name.split('_').collect();
        if parts.iter().any(|part| part.is_empty()) {
            return format!("{}{}", self.capital(name), name.replace('_', " underscore ").trim().to_owned());
        }
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        if parts.len() == 1 && !stem.is_empty() && stem.len() < name.len() {
            let below = digits(&name[stem.len()..]);
            let between =
                if self.known.contains(stem) || self.known.contains(&format!("{stem}_{}", &name[stem.len()..])) {
                    " "
                } else {
                    " sub "
                };
            return format!("{}{}{between}{below}", self.capital(name), letter(stem));
        }
        let mut words = format!("{}{}", self.capital(name), letter(parts[0]));
        for part in &parts[1..] {
            let accent = matches!(*part, "hat" | "tilde" | "bar" | "dot");
            words.push_str(if accent { " " } else { " sub " });
            words.push_str(&letter(&digits(part)));
        }
        words
    }

    /// Capitals are said where the name sounds like another, and of Greek letters.
    fn capital(&self, name: &str) -> &'static str {
        let first = name.split('_').next().unwrap_or(name);
        let is_greek = name::greek_word(first).is_some_and(|word| word.starts_with(char::is_uppercase));
        let is_upper = name.chars().any(char::is_uppercase);
        if is_greek || is_upper && self.twins.contains(&lower_case(name)) { "capital " } else { "" }
    }

    pub(super) fn index(&self, index: IndexId) -> String {
        let words = self.letters(&self.indices[&index]);
        if self.long { format!("index {words}") } else { words }
    }

    /// A subscript: "two", "i", "i plus one".
    pub(super) fn subscript(&self, place: Option<Place>) -> String {
        match place {
            None => "all".to_owned(),
            Some(Place::Fixed(k)) => whole(i128::from(k)),
            Some(Place::Index(i, 0)) => self.index(i),
            Some(Place::Index(i, offset)) => {
                let sign = if offset < 0 { "minus" } else { "plus" };
                let words = format!("{} {sign} {}", self.index(i), whole(i128::from(offset.unsigned_abs())));
                if self.long { format!("open subscript {words} close subscript") } else { words }
            }
        }
    }

    /// A dimension as words, and whether they hold a sum or a product.
    fn dim_words(&self, dim: Dim) -> (String, bool) {
        let terms = self.arena.dims.terms(dim);
        let mut words = String::new();
        for (at, (factor, names)) in terms.iter().enumerate() {
            words.push_str(match (at, *factor < 0) {
                (0, true) => "minus ",
                (0, false) => "",
                (_, true) => " minus ",
                (_, false) => " plus ",
            });
            let number = (factor.abs() != 1 || names.is_empty()).then(|| whole(i128::from(factor.abs())));
            let letters = names.iter().map(|&d| {
                let letters = self.letters(&self.arena.dims.show(d));
                if self.long { format!("dimension {letters}") } else { letters }
            });
            let between = if self.long { " times " } else { " " };
            words.push_str(&number.into_iter().chain(letters).collect::<Vec<_>>().join(between));
        }
        let is_one = matches!(&terms[..], [(factor, names)] if names.is_empty() || *factor == 1 && names.len() == 1);
        (words, !is_one)
    }

    /// A dimension as the size of something.
    pub(super) fn size(&self, dim: Dim) -> String {
        match self.dim_words(dim) {
            (words, true) if self.long => format!("open size {words} close size"),
            (words, _) => words,
        }
    }

    /// A dimension as a number.
    pub(super) fn dimension(&mut self, dim: Dim) -> Said {
        let (words, several) = self.dim_words(dim);
        let is_sum = self.arena.dims.terms(dim).len() > 1;
        let level = match (several, is_sum) {
            (false, _) => Level::Atom,
            (true, false) => Level::Product,
            (true, true) => Level::Sum,
        };
        Said::new(self.rope.letters(&words), level).tight(!is_sum).beside(!several, !several)
    }

    /// "m by n"
    pub(super) fn by_by(&self, shape: &Shape) -> String {
        let sizes: Vec<String> = shape.0.iter().map(|&d| self.size(d)).collect();
        sizes.join(" by ")
    }

    /// A scalar in every entry, where notation does not leave it out.
    pub(super) fn expand(&mut self, id: NodeId) -> Said {
        let scalar = self.arena.args(id)[0];
        let shape = self.arena.shape(id).clone();
        let what = match shape.order() {
            1 => "vector",
            2 if shape.is_row() && !self.long => "row",
            2 => "matrix",
            _ => "array",
        };
        let size = if self.long { format!(" of size {}", self.by_by(&shape)) } else { String::new() };
        let number = self.arena.number_of(scalar);
        if number.is_some_and(Number::is_zero) {
            return self.atom(&format!("the zero {what}{size}"));
        }
        let ones = self.atom(&format!("the {what} of ones{size}"));
        if number.is_some_and(Number::is_one) {
            return ones;
        }
        let factor = self.get(scalar);
        let (front, _) = self.place(factor.negative(false), Level::Product, true);
        let body = super::join!(self.rope, front, " times ", ones.body);
        Said::new(body, Level::Product).negative(factor.negative)
    }
}

/// A part of a name: a Greek letter by its name, anything else as it is.
fn letter(part: &str) -> String {
    match name::greek_word(part) {
        Some(word) => word.strip_prefix("var").map_or(word.to_owned(), |rest| format!("var {rest}")),
        None => part.to_owned(),
    }
}
