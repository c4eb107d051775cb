//! The command's own words by key, as the core has its: `words/en.txt` and `words/de.txt`.

use chalkgrad_core::words::{Catalogue, Language, filled, language};
use std::fmt::Display;
use std::sync::LazyLock;

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(include_str!("../words/en.txt")));
static GERMAN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(include_str!("../words/de.txt")));

pub fn fill(key: &str, holes: &[(&str, &dyn Display)]) -> String {
    let own = if language() == Language::German { GERMAN.get(key) } else { None };
    filled(own.or_else(|| ENGLISH.get(key)).unwrap_or(key), holes)
}

/// `say!("page.missing", field)`, as in the core.
macro_rules! say {
    ($key:literal $(, $hole:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::fill($key, &[$((stringify!($hole), say!(@ $hole $($value)?))),*])
    };
    (@ $hole:ident) => { &$hole };
    (@ $hole:ident $value:expr) => { &$value };
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, GERMAN};

    #[test]
    fn german_says_all_that_english_says() {
        let holes = |text: &str| {
            let mut holes: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            holes.sort();
            holes
        };
        let all = |catalogue: &'static super::Catalogue| {
            catalogue.all().map(|(key, text)| (key, holes(text))).collect::<Vec<_>>()
        };
        assert_eq!(all(&ENGLISH), all(&GERMAN));
        assert!(all(&ENGLISH).len() > 40);
    }
}
