//! Words for people, by key, in the language that an answer is written in.
//!
//! A catalogue a language, plain text: `words/en.txt` and `words/de.txt`, one line a key, with named holes. What stands
//! beside its mathematics in an entry (a rule's title and why, an operator's line, a slip's question) is English there, and
//! its key follows from its id (`rule.sum-rule.title`), so that `en.txt` holds only what is said by code.
//!
//! The language is set at a door, for the time of one call, and read where words are made. It is no setting: whoever
//! passes no door (tests, other crates) gets English. Passing it as an argument would add one to each function that may
//! fail, and most may.

use std::cell::Cell;
use std::fmt::{Display, Write};
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    German,
    /// English with every text in ⟦brackets⟧, so that a test sees what comes from no catalogue.
    #[cfg(test)]
    Pseudo,
}

/// What the field `language` may say.
pub const LANGUAGES: &[(&str, Language)] = &[
    ("en", Language::English),
    ("de", Language::German),
    #[cfg(test)]
    ("pseudo", Language::Pseudo),
];

thread_local! {
    static NOW: Cell<Language> = const { Cell::new(Language::English) };
}

/// Does the work in this language, and goes back to the one before, even after a panic.
pub fn speaking<T>(language: Language, work: impl FnOnce() -> T) -> T {
    struct Back(Language);
    impl Drop for Back {
        fn drop(&mut self) {
            NOW.set(self.0);
        }
    }
    let _back = Back(NOW.replace(language));
    work()
}

/// The language that some JSON asks for; English where it does not, or for none that there is (reading it says so).
pub fn asked(json: &serde_json::Value) -> Language {
    meant(json.get("language"))
}

/// The same of the field itself.
pub fn meant(field: Option<&serde_json::Value>) -> Language {
    let name = field.and_then(serde_json::Value::as_str).unwrap_or_default();
    LANGUAGES.iter().find(|(known, _)| *known == name).map_or(Language::English, |(_, language)| *language)
}

/// The language of the answer that is being written.
pub fn language() -> Language {
    NOW.get()
}

/// Lines `key = text`, sorted by key.
pub struct Catalogue(Vec<(&'static str, &'static str)>);

impl Catalogue {
    pub fn read(lines: &'static str) -> Catalogue {
        let mut all: Vec<_> =
            lines.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = ")).collect();
        all.sort_unstable_by_key(|&(key, _)| key);
        Catalogue(all)
    }

    /// Keys with their texts.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.iter().copied()
    }

    pub fn get(&self, key: &str) -> Option<&'static str> {
        self.0.binary_search_by_key(&key, |&(key, _)| key).ok().map(|at| self.0[at].1)
    }
}

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(include_str!("../words/en.txt")));
static GERMAN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(include_str!("../words/de.txt")));

/// Where a rule comes from: a citation stays as it is, and words are found by themselves.
pub fn source(english: &str) -> String {
    match language() {
        Language::English => english.to_owned(),
        Language::German => own(&format!("source.{english}"), english),
        #[cfg(test)]
        Language::Pseudo => tests::bracketed(english),
    }
}

fn own(key: &str, english: &str) -> String {
    GERMAN.get(key).unwrap_or(english).to_owned()
}

/// The template of a key. (A key that is missing is found by a test; it would be shown as it is.)
fn template(key: &str) -> String {
    let english = || ENGLISH.get(key).unwrap_or(key).to_owned();
    match language() {
        Language::English => english(),
        Language::German => GERMAN.get(key).map_or_else(english, str::to_owned),
        #[cfg(test)]
        Language::Pseudo => tests::bracketed(&english()),
    }
}

/// A text without holes.
pub fn text(key: &str) -> String {
    template(key)
}

/// A text with its holes filled.
pub fn fill(key: &str, holes: &[(&str, &dyn Display)]) -> String {
    filled(&template(key), holes)
}

/// A template with its holes filled; what is no hole of these keeps its braces.
pub fn filled(template: &str, holes: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16 * holes.len());
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let hole = behind
            .split_once('}')
            .and_then(|(name, after)| holes.iter().find(|(known, _)| *known == name).map(|(_, value)| (value, after)));
        match hole {
            Some((value, after)) => {
                let _ = write!(filled, "{value}");
                rest = after;
            }
            None => {
                filled.push('{');
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// `1 entry`, `3 entries`: the key with `.one` or `.many` behind it.
pub fn count(key: &str, n: usize) -> String {
    fill(&format!("{key}.{}", if n == 1 { "one" } else { "many" }), &[("n", &n)])
}

/// A word of an entry that has its English beside it.
pub fn of(family: &str, id: &str, part: &str, english: &str) -> String {
    match language() {
        Language::English => english.to_owned(),
        Language::German => own(&format!("{family}.{id}.{part}"), english),
        #[cfg(test)]
        Language::Pseudo => tests::bracketed(english),
    }
}

/// Words by key: `say!("parse.no_arguments", function)`; a hole that is no name gets one, `say!("eval.small_size", size = n + 1)`.
macro_rules! say {
    ($key:literal $(, $hole:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::fill($key, &[$((stringify!($hole), say!(@ $hole $($value)?))),*])
    };
    (@ $hole:ident) => { &$hole };
    (@ $hole:ident $value:expr) => { &$value };
}

#[cfg(test)]
pub mod tests;
