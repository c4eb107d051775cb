//! What people type that is no part of the language, each with a way out.

use super::fault;
use crate::error::Error;
use crate::span::Span;

struct Stray {
    text: &'static str,
    message: &'static str,
    hint: &'static str,
    replacements: &'static [&'static str],
}

/// Longer texts before shorter ones that begin alike.
const STRAYS: &[Stray] = &[
    Stray { text: "**", message: "A power is written with `^`.", hint: "Write `^`.", replacements: &["^"] },
    Stray {
        text: "⊗",
        message: "`⊗` means different things to different authors: the element-wise, the outer or the Kronecker product.",
        hint: "Write `a ⊙ b` for the element-wise product, `outer(a, b)` or `kron(A, B)`.",
        replacements: &["⊙"],
    },
    Stray {
        text: "∘",
        message: "`∘` could be the element-wise product or a composition.",
        hint: "Write `⊙` for the element-wise product, `f(g(x))` for a composition.",
        replacements: &["⊙"],
    },
    Stray { text: ".'", message: "A transpose is written with `'` alone.", hint: "Write `'`.", replacements: &["'"] },
    Stray { text: ".+", message: "A sum is element-wise as it is.", hint: "Write `+`.", replacements: &["+"] },
    Stray { text: ".-", message: "A difference is element-wise as it is.", hint: "Write `-`.", replacements: &["-"] },
    Stray {
        text: "==",
        message: "Equations are not values here: compare with `>`, `<`, `>=` or `<=`.",
        hint: "`cases(condition, a, b)` chooses by a comparison.",
        replacements: &[],
    },
    Stray {
        text: "!=",
        message: "`!=` is not a comparison here.",
        hint: "Compare with `>`, `<`, `>=` or `<=`.",
        replacements: &[],
    },
    Stray {
        text: "≠",
        message: "`≠` is not a comparison here.",
        hint: "Compare with `>`, `<`, `>=` or `<=`.",
        replacements: &[],
    },
    Stray { text: "=>", message: "This comparison is written `>=`.", hint: "Write `>=`.", replacements: &[">="] },
    Stray { text: "=<", message: "This comparison is written `<=`.", hint: "Write `<=`.", replacements: &["<="] },
    Stray {
        text: ":=",
        message: "A name is given with `=`, behind `where`.",
        hint: "Write `=`.",
        replacements: &["="],
    },
    Stray {
        text: "|",
        message: "Bars could be an absolute value, a length or a determinant.",
        hint: "Write `abs(x)`, `norm2(x)` or `det(A)`.",
        replacements: &[],
    },
    Stray {
        text: "‖",
        message: "A length is written as a function.",
        hint: "Write `norm2(x)` or `norm1(x)`.",
        replacements: &[],
    },
    Stray {
        text: "√", message: "A root is written as a function.", hint: "Write `sqrt(x)`.", replacements: &["sqrt"]
    },
    Stray {
        text: "∑",
        message: "A sum is written as a function.",
        hint: "Write `sum(x)` or `sum(i, 1, n, x[i])`.",
        replacements: &["sum"],
    },
    Stray {
        text: "∂",
        message: "The expression is typed without `∂`: what to differentiate by is asked for apart.",
        hint: "Type the function itself.",
        replacements: &[],
    },
    Stray {
        text: "∇",
        message: "The expression is typed without `∇`: what to differentiate by is asked for apart.",
        hint: "Type the function itself.",
        replacements: &[],
    },
    Stray {
        text: "{",
        message: "Braces are not used here.",
        hint: "Write round brackets to group, square ones for vectors.",
        replacements: &["("],
    },
    Stray {
        text: "}",
        message: "Braces are not used here.",
        hint: "Write round brackets to group, square ones for vectors.",
        replacements: &[")"],
    },
    Stray {
        text: "\\",
        message: "This is not LaTeX: type the formula plainly.",
        hint: "Write `inv(A) * b` for `A \\ b`, `sigma` for `\\sigma`.",
        replacements: &[],
    },
    Stray {
        text: "!",
        message: "There is no factorial here.",
        hint: "`prod(x)` multiplies the entries of a vector.",
        replacements: &[],
    },
    Stray {
        text: "\"",
        message: "There is no text in a formula.",
        hint: "Names stand as they are.",
        replacements: &[],
    },
    Stray {
        text: "_",
        message: "A name needs a letter before its digits.",
        hint: "`_` may stand inside a name, as in `w_1`.",
        replacements: &[],
    },
    Stray {
        text: ".",
        message: "A point alone is neither a number nor an operator.",
        hint: "Write `·` or `dot(a, b)` for the dot product, `.*` for the element-wise one.",
        replacements: &["·"],
    },
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
    // Nothing begins with these signs but what they are.
    if rest.starts_with(['+', '-', '/', '^', '(', ')', '[', ']', ',', ';', '<', '>', '\'']) {
        return None;
    }
    let stray = STRAYS.iter().find(|s| rest.starts_with(s.text))?;
    if stray.text == "." && rest[1..].starts_with(['*', '/', '^']) {
        return None;
    }
    let span = Span::new(at, at + stray.text.len());
    let error = fault(stray.message, span).hint(stray.hint);
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
        return fault(format!("This `{c}` only looks like `{plain}`: it is another character."), span)
            .hint(format!("Write `{plain}`."))
            .replace_by(plain.to_string());
    }
    if ('\u{300}'..='\u{36f}').contains(&c) || ('\u{20d0}'..='\u{20ff}').contains(&c) {
        return fault("An accent on its own cannot be read.", span).hint("Write `x_hat`, `x_bar` or `x_dot`.");
    }
    let shown = if c.is_control() { format!("U+{:04X}", c as u32) } else { c.to_string() };
    fault(format!("The character `{shown}` has no meaning here."), span)
        .hint("Names are Latin or Greek letters, digits and `_`.")
}

pub fn two_points(text: &str, span: Span) -> Error {
    let error = fault(format!("`{text}` has more than one point, so it is not a number."), span)
        .hint("Write one decimal point, as in `1.2`.");
    // `1..2` is a slip of the finger; with digits between the points nobody can tell.
    let mut parts = text.split('.').filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(whole), Some(part), None) => error.replace_by(format!("{whole}.{part}")),
        _ => error,
    }
}

pub fn hexadecimal(digits: &str, span: Span) -> Error {
    let error = fault("Numbers are decimal here.", span).hint("A product with 0 is written with `*`.");
    match u64::from_str_radix(digits, 16) {
        Ok(value) => error.replace_by(value.to_string()).replace_by(format!("0*x{digits}")),
        Err(_) => error,
    }
}

pub fn too_large(span: Span) -> Error {
    fault("This number is too large.", span).hint("Numbers go up to about 1.8e308.")
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
