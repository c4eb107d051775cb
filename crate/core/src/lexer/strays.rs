//! What people type that is no part of the language, each with a way out.

use super::fault;
use crate::error::Error;
use crate::span::Span;
use crate::words;

struct Stray {
    text: &'static str,
    /// The key of its message; with `.hint` behind it that of the way out.
    words: &'static str,
    replacements: &'static [&'static str],
}

/// Longer texts before shorter ones that begin alike.
const STRAYS: &[Stray] = &[
    Stray { text: "**", words: "stray.power", replacements: &["^"] },
    Stray { text: "⊗", words: "stray.circled_times", replacements: &["⊙"] },
    Stray { text: "∘", words: "stray.ring", replacements: &["⊙"] },
    Stray { text: ".'", words: "stray.dot_prime", replacements: &["'"] },
    Stray { text: ".+", words: "stray.dot_plus", replacements: &["+"] },
    Stray { text: ".-", words: "stray.dot_minus", replacements: &["-"] },
    Stray { text: "==", words: "stray.equals", replacements: &[] },
    Stray { text: "!=", words: "stray.not_equal", replacements: &[] },
    Stray { text: "≠", words: "stray.not_equal_sign", replacements: &[] },
    Stray { text: "=>", words: "stray.at_least", replacements: &[">="] },
    Stray { text: "=<", words: "stray.at_most", replacements: &["<="] },
    Stray { text: ":=", words: "stray.assign", replacements: &["="] },
    Stray { text: "|", words: "stray.bar", replacements: &[] },
    Stray { text: "‖", words: "stray.double_bar", replacements: &[] },
    Stray { text: "√", words: "stray.root", replacements: &["sqrt"] },
    Stray { text: "∑", words: "stray.sum", replacements: &["sum"] },
    Stray { text: "∂", words: "stray.partial", replacements: &[] },
    Stray { text: "∇", words: "stray.nabla", replacements: &[] },
    Stray { text: "{", words: "stray.brace", replacements: &["("] },
    Stray { text: "}", words: "stray.brace", replacements: &[")"] },
    Stray { text: "\\", words: "stray.backslash", replacements: &[] },
    Stray { text: "!", words: "stray.factorial", replacements: &[] },
    Stray { text: "\"", words: "stray.quote", replacements: &[] },
    Stray { text: "_", words: "stray.underscore", replacements: &[] },
    Stray { text: ".", words: "stray.point", replacements: &["·"] },
];

/// Letters of other alphabets that cannot be told from Latin or Greek ones, in pairs.
const LOOK_ALIKES: &[(&str, &str)] = &[
    ("аеорсхуіѕјһԁԛԝ", "aeopcxyisjhdqw"),
    ("АВЕКМНОРСТХУІЅЈ", "ABEKMHOPCTXYISJ"),
    // Micro, ohm, ångström and kelvin signs.
    ("\u{b5}\u{2126}\u{212b}\u{212a}", "μΩÅK"),
];

/// The stray at this place, if one begins here.
pub fn find(source: &str, at: usize) -> Option<Error> {
    let rest = &source[at..];
    let stray = STRAYS.iter().find(|s| rest.starts_with(s.text))?;
    if stray.text == "." && rest[1..].starts_with(['*', '/', '^']) {
        return None;
    }
    let span = Span::new(at, at + stray.text.len());
    let error = fault(words::text(stray.words), span).hint(words::text(&format!("{}.hint", stray.words)));
    Some(stray.replacements.iter().fold(error, |error, text| error.replace_by(*text)))
}

fn look_alike(c: char) -> Option<char> {
    for (foreign, plain) in LOOK_ALIKES {
        if let Some(at) = foreign.chars().position(|f| f == c) {
            return plain.chars().nth(at);
        }
    }
    match c as u32 {
        // Full-width forms.
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0),
        // Mathematical letters: bold, italic and so on, each alphabet 52 letters long.
        code @ 0x1d400..=0x1d6a3 => {
            let place = ((code - 0x1d400) % 52) as u8;
            Some((if place < 26 { b'A' + place } else { b'a' + place - 26 }) as char)
        }
        // Mathematical digits: ten a style.
        code @ 0x1d7ce..=0x1d7ff => char::from_u32(u32::from('0') + (code - 0x1d7ce) % 10),
        _ => None,
    }
}

pub fn unknown_character(c: char, span: Span) -> Error {
    if let Some(plain) = look_alike(c) {
        return fault(say!("stray.look_alike", c, plain), span)
            .hint(say!("stray.look_alike.hint", plain))
            .replace_by(plain.to_string());
    }
    if ('\u{300}'..='\u{36f}').contains(&c) || ('\u{20d0}'..='\u{20ff}').contains(&c) {
        return fault(say!("stray.accent"), span).hint(say!("stray.accent.hint"));
    }
    let shown = if c.is_control() { format!("U+{:04X}", c as u32) } else { c.to_string() };
    fault(say!("stray.unknown", shown), span).hint(say!("stray.unknown.hint"))
}

pub fn two_points(text: &str, span: Span) -> Error {
    let error = fault(say!("stray.two_points", text), span).hint(say!("stray.two_points.hint"));
    // `1..2` is a slip of the finger; with digits between the points nobody can tell.
    let mut parts = text.split('.').filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(whole), Some(part), None) => error.replace_by(format!("{whole}.{part}")),
        _ => error,
    }
}

pub fn hexadecimal(digits: &str, span: Span) -> Error {
    let error = fault(say!("stray.hexadecimal"), span).hint(say!("stray.hexadecimal.hint"));
    match u64::from_str_radix(digits, 16) {
        Ok(value) => error.replace_by(value.to_string()).replace_by(format!("0*x{digits}")),
        Err(_) => error,
    }
}

pub fn too_large(span: Span) -> Error {
    fault(say!("stray.too_large"), span).hint(say!("stray.too_large.hint"))
}

#[cfg(test)]
mod tests {
    use crate::lexer::{first_fault, lex};

    /// What is typed, the part at fault, a piece of the message, the replacements.
    const ROWS: &[(&str, &str, &str, &[&str])] = &[
        ("x**2", "**", "power", &["^"]),
        ("a ⊗ b", "⊗", "different things", &["⊙"]),
        ("a ∘ b", "∘", "composition", &["⊙"]),
        ("A.'", ".'", "transpose", &["'"]),
        ("a .+ b", ".+", "sum", &["+"]),
        ("a .- b", ".-", "difference", &["-"]),
        ("a == b", "==", "compare", &[]),
        ("a != b", "!=", "comparison", &[]),
        ("a ≠ b", "≠", "comparison", &[]),
        ("a => b", "=>", ">=", &[">="]),
        ("a =< b", "=<", "<=", &["<="]),
        ("a := b", ":=", "where", &["="]),
        ("|x|", "|", "absolute value", &[]),
        ("‖x‖", "‖", "length", &[]),
        ("√(x)", "√", "root", &["sqrt"]),
        ("∑(x)", "∑", "sum", &["sum"]),
        ("∂x", "∂", "differentiate", &[]),
        ("∇f", "∇", "differentiate", &[]),
        ("2{x}", "{", "Braces", &["("]),
        ("x}", "}", "Braces", &[")"]),
        ("\\sigma", "\\", "LaTeX", &[]),
        ("n!", "!", "factorial", &[]),
        ("\"x\"", "\"", "text", &[]),
        ("_1", "_", "letter", &[]),
        ("w . x", ".", "point", &["·"]),
        ("1..2", "1..2", "more than one point", &["1.2"]),
        ("1.2.3", "1.2.3", "more than one point", &[]),
        ("0x10", "0x10", "decimal", &["16", "0*x10"]),
        ("1e400", "1e400", "too large", &[]),
        ("2 + а", "а", "looks like `a`", &["a"]),
        ("\u{b5}", "\u{b5}", "looks like `μ`", &["μ"]),
        ("𝑥 + 1", "𝑥", "looks like `x`", &["x"]),
        ("𝟚", "𝟚", "looks like `2`", &["2"]),
        ("（x", "（", "looks like `(`", &["("]),
        ("x\u{302}", "\u{302}", "accent", &[]),
        ("x \u{7} y", "\u{7}", "U+0007", &[]),
        ("x # y", "#", "no meaning", &[]),
    ];

    #[test]
    fn each_stray_says_what_is_wrong_and_where() {
        for (typed, part, piece, replacements) in ROWS {
            let error = first_fault(&lex(typed)).unwrap_or_else(|| panic!("{typed} is accepted"));
            let span = error.span.unwrap();
            assert_eq!(&typed[span.start..span.end], *part, "{typed}");
            assert!(error.message.contains(piece), "{typed}: {}", error.message);
            assert_eq!(error.replacements, *replacements, "{typed}");
            assert!(!error.hint.is_empty(), "{typed}");
        }
    }

    #[test]
    fn replacements_mend_the_text() {
        for (typed, ..) in ROWS {
            let error = first_fault(&lex(typed)).unwrap();
            let span = error.span.unwrap();
            for replacement in &error.replacements {
                let mended = format!("{}{replacement}{}", &typed[..span.start], &typed[span.end..]);
                let next = first_fault(&lex(&mended)).and_then(|e| e.span);
                assert!(next.is_none_or(|next| next.start > span.start), "{typed} -> {mended}");
            }
        }
    }
}
