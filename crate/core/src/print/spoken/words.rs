//! Words for numbers, names and sizes.

use super::super::number::{self, Shown};
use super::super::{Level, name};
use super::{Said, Writer};
use crate::expr::{IndexId, NodeId, Place};
use crate::names::lower_case;
use crate::number::Number;
use crate::shape::{Dim, Shape};
use crate::words::{self, text};

/// The word of a list in the catalogue at this place.
fn listed(key: &str, at: usize) -> Option<String> {
    // The pseudo-language brackets the list as a whole.
    let list = text(key);
    let word = list.trim_matches(['⟦', '⟧']).split(' ').nth(at)?;
    Some(if list.starts_with('⟦') { format!("⟦{word}⟧") } else { word.to_owned() })
}

/// "first", "second" …
pub(super) fn ordinal(n: usize) -> String {
    listed("spoken.ordinals", n).unwrap_or_else(|| say!("spoken.nth", n))
}

/// A whole number without its sign: small ones in words.
pub(super) fn whole(n: i128) -> String {
    usize::try_from(n).ok().and_then(|at| listed("spoken.numbers", at)).unwrap_or_else(|| n.to_string())
}

fn digits(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), whole)
}

/// "two thirds"; `None` where there is no such word.
pub(super) fn parts(numerator: &str, denominator: &str) -> Option<String> {
    let size: usize = denominator.parse().ok()?;
    let at = size.checked_sub(2)?;
    if numerator == "1" {
        let part = listed("spoken.parts", at)?;
        return Some(say!("spoken.one_part", part));
    }
    Some(format!("{} {}", digits(numerator), listed("spoken.several_parts", at)?))
}

impl Writer<'_> {
    pub(super) fn number(&mut self, n: Number) -> Said {
        let (negative, shown) = number::shown(n);
        let (words, level) = match shown {
            Shown::Whole(text) => (digits(&text), Level::Atom),
            Shown::Decimal(text) => (text, Level::Atom),
            Shown::Fraction(n, d) => {
                let over = || {
                    let key = if self.long { "spoken.fraction" } else { "spoken.over" };
                    words::fill(key, &[("0", &digits(&n)), ("1", &digits(&d))])
                };
                (parts(&n, &d).unwrap_or_else(over), Level::Prefix)
            }
            Shown::Scientific(mantissa, power) => {
                let size = whole(i128::from(power.unsigned_abs()));
                let power = if power < 0 { words::fill("spoken.minus", &[("0", &size)]) } else { size };
                let power = format!("{} {}", whole(10), words::fill("spoken.power", &[("0", &power)]));
                let front = digits(&mantissa);
                let times = || words::fill("spoken.times", &[("0", &front), ("1", &power)]);
                (if mantissa == "1" { power } else { times() }, Level::Product)
            }
            Shown::Infinite => (text("spoken.infinity"), Level::Atom),
            Shown::NotANumber => (text("spoken.nan"), Level::Atom),
        };
        // "one x", "zero x": such factors would be overlooked.
        let leads = !n.is_one() && !n.is_zero() && level != Level::Product;
        Said::new(self.rope.letters(&words), level).tight(true).negative(negative).beside(leads, false)
    }

    pub(super) fn constant(&mut self, letters: &str) -> Said {
        let words = if self.long { say!("spoken.constant", letters) } else { letters.to_owned() };
        self.atom(&words).beside(true, true)
    }

    /// A variable or intermediate of the given order.
    pub(super) fn name(&mut self, name: &str, order: usize) -> Said {
        let words = self.letters(name);
        let kinds = ["spoken.scalar_named", "spoken.vector_named", "spoken.matrix_named"];
        let kind = kinds.get(order).unwrap_or(&"spoken.array_named");
        let words = if self.long { words::fill(kind, &[("name", &words)]) } else { words };
        let letter = name::is_letter(name);
        // "x sub one y" would put the y below the line too.
        let plain = letter && !words.contains(&sub());
        self.atom(&words).beside(plain, letter)
    }

    /// The letters of a name: "w sub one", "x hat", "capital Gamma".
    pub(super) fn letters(&self, name: &str) -> String {
        let parts: Vec<&str> = name.split('_').collect();
        if parts.iter().any(|part| part.is_empty()) {
            return format!(
                "{}{}",
                self.capital(name),
                name.replace('_', &format!(" {} ", text("spoken.underscore"))).trim().to_owned()
            );
        }
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        if parts.len() == 1 && !stem.is_empty() && stem.len() < name.len() {
            let below = digits(&name[stem.len()..]);
            let between =
                if self.known.contains(stem) || self.known.contains(&format!("{stem}_{}", &name[stem.len()..])) {
                    " ".to_owned()
                } else {
                    sub()
                };
            return format!("{}{}{between}{below}", self.capital(name), letter(stem));
        }
        let mut words = format!("{}{}", self.capital(name), letter(parts[0]));
        for part in &parts[1..] {
            let accent = matches!(*part, "hat" | "tilde" | "bar" | "dot");
            words.push_str(&if accent { " ".to_owned() } else { sub() });
            words.push_str(&letter(&digits(part)));
        }
        words
    }

    /// Capitals are said where the name sounds like another, and of Greek letters.
    fn capital(&self, name: &str) -> String {
        let first = name.split('_').next().unwrap_or(name);
        let is_greek = name::greek_word(first).is_some_and(|word| word.starts_with(char::is_uppercase));
        let is_upper = name.chars().any(char::is_uppercase);
        if is_greek || is_upper && self.twins.contains(&lower_case(name)) {
            format!("{} ", text("spoken.capital"))
        } else {
            String::new()
        }
    }

    pub(super) fn index(&self, index: IndexId) -> String {
        let words = self.letters(&self.indices[&index]);
        if self.long { say!("spoken.index", words) } else { words }
    }

    /// A subscript: "two", "i", "i plus one".
    pub(super) fn subscript(&self, place: Option<Place>) -> String {
        match place {
            None => text("spoken.all"),
            Some(Place::Fixed(k)) => whole(i128::from(k)),
            Some(Place::Index(i, 0)) => self.index(i),
            Some(Place::Index(i, offset)) => {
                let sign = if offset < 0 { "spoken.minus" } else { "spoken.plus" };
                let moved = words::fill(sign, &[("0", &whole(i128::from(offset.unsigned_abs())))]);
                let words = format!("{} {moved}", self.index(i));
                if self.long { say!("spoken.subscript_long", words) } else { words }
            }
        }
    }

    /// A dimension as words, and whether they hold a sum or a product.
    fn dim_words(&self, dim: Dim) -> (String, bool) {
        let terms = self.arena.dims.terms(dim);
        let mut said = String::new();
        for (at, (factor, names)) in terms.iter().enumerate() {
            let number = (factor.abs() != 1 || names.is_empty()).then(|| whole(i128::from(factor.abs())));
            let letters = names.iter().map(|&d| {
                let letters = self.letters(&self.arena.dims.show(d));
                if self.long { say!("spoken.dimension", letters) } else { letters }
            });
            let between = if self.long { format!(" {} ", text("spoken.times_between")) } else { " ".to_owned() };
            let term = number.into_iter().chain(letters).collect::<Vec<_>>().join(&between);
            let term = match (at, *factor < 0) {
                (0, false) => term,
                (_, true) => words::fill("spoken.minus", &[("0", &term)]),
                (_, false) => words::fill("spoken.plus", &[("0", &term)]),
            };
            said.push_str(if at > 0 { " " } else { "" });
            said.push_str(&term);
        }
        let is_one = matches!(&terms[..], [(factor, names)] if names.is_empty() || *factor == 1 && names.len() == 1);
        (said, !is_one)
    }

    /// A dimension as the size of something.
    pub(super) fn size(&self, dim: Dim) -> String {
        match self.dim_words(dim) {
            (words, true) if self.long => say!("spoken.size_long", words),
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

    /// In the long manner with its size.
    pub(super) fn of_size(&self, what: String, size: String) -> String {
        if self.long { say!("spoken.of_size", what, size) } else { what }
    }

    /// "m by n"
    pub(super) fn by_by(&self, shape: &Shape) -> String {
        let sizes: Vec<String> = shape.0.iter().map(|&d| self.size(d)).collect();
        sizes.join(&format!(" {} ", text("spoken.by")))
    }

    /// A scalar in every entry, where notation does not leave it out.
    pub(super) fn expand(&mut self, id: NodeId) -> Said {
        let scalar = self.arena.args(id)[0];
        let shape = self.arena.shape(id).clone();
        let (zeros, ones) = match shape.order() {
            1 => ("spoken.zero_vector", "spoken.vector_of_ones"),
            2 if shape.is_row() && !self.long => ("spoken.zero_row", "spoken.row_of_ones"),
            2 => ("spoken.zero_matrix", "spoken.matrix_of_ones"),
            _ => ("spoken.zero_array", "spoken.array_of_ones"),
        };
        let size = self.by_by(&shape);
        let number = self.arena.number_of(scalar);
        if number.is_some_and(Number::is_zero) {
            let words = self.of_size(text(zeros), size);
            return self.atom(&words);
        }
        let words = self.of_size(text(ones), size);
        let ones = self.atom(&words);
        if number.is_some_and(Number::is_one) {
            return ones;
        }
        let factor = self.get(scalar);
        let (front, _) = self.place(factor.negative(false), Level::Product, true);
        let body = self.tell("spoken.times", &[front, ones.body]);
        Said::new(body, Level::Product).negative(factor.negative)
    }
}

/// What is said between a letter and what stands below it.
fn sub() -> String {
    words::fill("spoken.sub", &[("0", &""), ("1", &"")])
}

/// A part of a name: a Greek letter by its name, anything else as it is.
fn letter(part: &str) -> String {
    match name::greek_word(part) {
        Some(word) => word.strip_prefix("var").map_or(word.to_owned(), |rest| format!("var {rest}")),
        None => part.to_owned(),
    }
}
