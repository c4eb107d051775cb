//! Text to tokens. What is no part of the language becomes an [`Unknown`](TokenKind::Unknown) token that carries its
//! error, so that a field can be coloured while it is being typed in.

mod strays;

use crate::error::{Error, Kind};
use crate::number::Number;
use crate::span::Span;

#[derive(Clone, Debug, PartialEq)]
pub struct Token<'a> {
    pub kind: TokenKind<'a>,
    pub span: Span,
    /// True where white space stands before it (`x[1]` is a component, `x [1, 2]` is not).
    pub spaced: bool,
}

/// Names are parts of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind<'a> {
    Number(Number),
    Name(&'a str),
    /// `where`
    Where,
    Mark(Mark),
    /// `²`, `⁻¹`
    Superscript(Number),
    /// `ⁿ`
    SuperscriptName(&'a str),
    /// `₁₂`
    Subscript(Number),
    /// `ᵢ`
    SubscriptName(&'a str),
    Unknown(Box<Error>),
}

/// Operators and brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Plus,
    Minus,
    /// `*`, `@`, `×`, `∗`
    Times,
    /// `·`
    Dot,
    Slash,
    /// `.*`, `⊙`
    DotTimes,
    /// `./`, `⊘`
    DotSlash,
    Caret,
    DotCaret,
    /// `'`
    Prime,
    /// `ᵀ`, `⊤`
    Transpose,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
    Equals,
    OpenRound,
    CloseRound,
    OpenSquare,
    CloseSquare,
    Comma,
    Semicolon,
    Colon,
}

/// Marks of one character; the plain form and what else is taken as it.
const SINGLE: &[(Mark, &str)] = &[
    (Mark::Plus, "+"),
    (Mark::Minus, "-−–"),
    (Mark::Times, "*@×∗"),
    (Mark::Dot, "·⋅∙"),
    (Mark::Slash, "/÷∕"),
    (Mark::DotTimes, "⊙"),
    (Mark::DotSlash, "⊘"),
    (Mark::Caret, "^"),
    (Mark::Prime, "'’′"),
    (Mark::Transpose, "ᵀ⊤"),
    (Mark::Greater, ">"),
    (Mark::Less, "<"),
    (Mark::GreaterEqual, "≥"),
    (Mark::LessEqual, "≤"),
    (Mark::Equals, "="),
    (Mark::OpenRound, "("),
    (Mark::CloseRound, ")"),
    (Mark::OpenSquare, "["),
    (Mark::CloseSquare, "]"),
    (Mark::Comma, ","),
    (Mark::Semicolon, ";"),
    (Mark::Colon, ":"),
];

/// Those of ASCII by their code.
const PLAIN: [Option<Mark>; 128] = {
    let mut plain = [None; 128];
    let mut at = 0;
    while at < SINGLE.len() {
        let (mark, forms) = (SINGLE[at].0, SINGLE[at].1.as_bytes());
        let mut k = 0;
        while k < forms.len() {
            if forms[k] < 128 {
                plain[forms[k] as usize] = Some(mark);
            }
            k += 1;
        }
        at += 1;
    }
    plain
};

/// Marks of two characters.
const DOUBLE: &[(Mark, &str)] = &[
    (Mark::DotTimes, ".*"),
    (Mark::DotSlash, "./"),
    (Mark::DotCaret, ".^"),
    (Mark::GreaterEqual, ">="),
    (Mark::LessEqual, "<="),
];

const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS: &str = "₀₁₂₃₄₅₆₇₈₉";
const SUBSCRIPT_LETTERS: &[(char, &str)] = &[('ᵢ', "i"), ('ⱼ', "j"), ('ₖ', "k"), ('ₗ', "l"), ('ₘ', "m"), ('ₙ', "n")];

/// A letter that may begin a name: Latin or Greek.
pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='ɏ' | 'Ͱ'..='Ͽ' | 'ἀ'..='ῼ' | 'ℓ') && c.is_alphabetic()
}

/// A letter, a digit or `_`: what may follow in a name.
pub fn is_name_part(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit() || c == '_'
}

/// A letter; underscores before it are allowed (`__proto__`).
fn begins_name(text: &str) -> bool {
    text.trim_start_matches('_').chars().next().is_some_and(is_letter)
}

/// True for a whole text that can be a name.
pub fn is_name(text: &str) -> bool {
    begins_name(text) && text.chars().all(is_name_part) && text != "where"
}

/// White space, and the invisible characters that pasting brings along.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// All tokens of a text. Never fails: faults are tokens too.
pub fn lex(source: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { source, at: 0 };
    // Room for every token of a short text.
    let mut tokens = Vec::with_capacity(source.len().min(16));
    loop {
        let before = lexer.at;
        // Most often there is none: the next sign is a visible one of ASCII.
        if !source.as_bytes().get(before).is_some_and(u8::is_ascii_graphic) {
            lexer.skip(is_blank);
        }
        let start = lexer.at;
        if start == source.len() {
            return tokens;
        }
        let kind = lexer.token();
        tokens.push(Token { kind, span: Span::new(start, lexer.at), spaced: start > before });
    }
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn skip(&mut self, mut wanted: impl FnMut(char) -> bool) {
        let length = self.rest().find(|c| !wanted(c)).unwrap_or(self.rest().len());
        self.at += length;
    }

    fn take(&mut self, mut wanted: impl FnMut(char) -> bool) -> &'a str {
        let start = self.at;
        self.skip(&mut wanted);
        &self.source[start..self.at]
    }

    fn token(&mut self) -> TokenKind<'a> {
        let first = self.peek().unwrap_or(' ');
        if first.is_ascii_digit() || (first == '.' && self.second().is_some_and(|c| c.is_ascii_digit())) {
            return self.number();
        }
        if self.stands_alone(first)
            && let Some(mark) = PLAIN[first as usize]
        {
            self.at += 1;
            return TokenKind::Mark(mark);
        }
        if first.is_ascii_alphabetic() || begins_name(self.rest()) {
            let name = self.take(is_name_part);
            return if name == "where" { TokenKind::Where } else { TokenKind::Name(name) };
        }
        if let Some(kind) = self.script() {
            return kind;
        }
        if let Some(stray) = strays::find(self.source, self.at) {
            self.at = stray.span.map_or(self.source.len(), |span| span.end);
            return TokenKind::Unknown(Box::new(stray));
        }
        for (mark, text) in DOUBLE {
            if self.rest().starts_with(text) {
                self.at += text.len();
                return TokenKind::Mark(*mark);
            }
        }
        let found = match PLAIN.get(first as usize) {
            Some(plain) => *plain,
            None => SINGLE.iter().find(|(_, forms)| forms.contains(first)).map(|(mark, _)| *mark),
        };
        let span = Span::new(self.at, self.at + first.len_utf8());
        self.at = span.end;
        match found {
            Some(mark) => TokenKind::Mark(mark),
            None => TokenKind::Unknown(Box::new(strays::unknown_character(first, span))),
        }
    }

    /// True for a sign of ASCII that begins nothing longer here, and nothing that is no part of the language.
    fn stands_alone(&self, first: char) -> bool {
        match first {
            '+' | '-' | '/' | '^' | '(' | ')' | '[' | ']' | ',' | ';' | '\'' => true,
            '*' => self.second() != Some('*'),
            _ => false,
        }
    }

    /// `3`, `.5`, `2.`, `1.5e-1`. A point right before `*`, `/` or `^` belongs to the operator.
    fn number(&mut self) -> TokenKind<'a> {
        let start = self.at;
        self.skip(|c| c.is_ascii_digit());
        // Most are short and whole, and nothing behind them can belong to them.
        if self.at - start < 10
            && !self.rest().starts_with(['.', 'e', 'E', 'x', 'X'])
            && let Some(number) = Number::parse(&self.source[start..self.at])
        {
            return TokenKind::Number(number);
        }
        if self.peek() == Some('.') && !matches!(self.second(), Some('*' | '/' | '^' | '.')) {
            self.at += 1;
            self.skip(|c| c.is_ascii_digit());
        }
        self.exponent();
        let text = &self.source[start..self.at];
        let rest = self.rest();
        let extra = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let point_again = rest.starts_with('.') && !rest[1..].starts_with(['*', '/', '^']);
        if point_again {
            self.at += extra;
            let span = Span::new(start, self.at);
            return unknown(strays::two_points(&self.source[start..span.end], span));
        }
        if text == "0" && rest.starts_with(['x', 'X']) {
            let word = rest.find(|c| !is_name_part(c)).unwrap_or(rest.len());
            if word > 1 && rest[1..word].chars().all(|c| c.is_ascii_hexdigit()) {
                let span = Span::new(start, self.at + word);
                let digits = rest[1..word].to_owned();
                self.at = span.end;
                return unknown(strays::hexadecimal(&digits, span));
            }
        }
        match Number::parse(text) {
            Some(number) if number.to_f64().is_finite() => TokenKind::Number(number),
            _ => unknown(strays::too_large(Span::new(start, self.at))),
        }
    }

    /// `e` or `E` with digits right behind it.
    fn exponent(&mut self) {
        let rest = self.rest();
        let Some(after) = rest.strip_prefix(['e', 'E']) else { return };
        let digits = after.strip_prefix(['+', '-']).unwrap_or(after);
        if digits.starts_with(|c: char| c.is_ascii_digit()) {
            self.at += rest.len() - digits.len();
            self.skip(|c| c.is_ascii_digit());
        }
    }

    /// Superscripts and subscripts.
    fn script(&mut self) -> Option<TokenKind<'a>> {
        let first = self.peek()?;
        if first.is_ascii() {
            return None;
        }
        if first == 'ⁿ' {
            self.at += first.len_utf8();
            return Some(TokenKind::SuperscriptName("n"));
        }
        if let Some((_, letter)) = SUBSCRIPT_LETTERS.iter().find(|(sub, _)| *sub == first) {
            self.at += first.len_utf8();
            return Some(TokenKind::SubscriptName(letter));
        }
        if SUBSCRIPTS.contains(first) {
            let digits = plain_digits(self.take(|c| SUBSCRIPTS.contains(c)), SUBSCRIPTS);
            return Number::parse(&digits).map(TokenKind::Subscript);
        }
        let sign = matches!(first, '⁻' | '⁺');
        let digit = if sign { self.second() } else { Some(first) };
        if sign && digit == Some('ᵀ') {
            // `A⁻ᵀ`: the inverse, transposed; the `ᵀ` is the next token.
            self.at += first.len_utf8();
            return Some(TokenKind::Superscript(if first == '⁻' { Number::MINUS_ONE } else { Number::ONE }));
        }
        if !digit.is_some_and(|c| SUPERSCRIPTS.contains(c)) {
            return None;
        }
        if sign {
            self.at += first.len_utf8();
        }
        let digits = plain_digits(self.take(|c| SUPERSCRIPTS.contains(c)), SUPERSCRIPTS);
        let number = Number::parse(&digits)?;
        Some(TokenKind::Superscript(if first == '⁻' { number.negated() } else { number }))
    }
}

fn unknown(error: Error) -> TokenKind<'static> {
    TokenKind::Unknown(Box::new(error))
}

/// `²³` as `23`.
fn plain_digits(text: &str, alphabet: &str) -> String {
    text.chars().filter_map(|c| alphabet.chars().position(|d| d == c)).map(|d| d.to_string()).collect()
}

/// The first fault among the tokens.
pub fn first_fault(tokens: &[Token]) -> Option<Error> {
    tokens.iter().find_map(|token| match &token.kind {
        TokenKind::Unknown(error) => Some((**error).clone()),
        _ => None,
    })
}

/// A parse error at a place.
pub(crate) fn fault(message: impl Into<String>, span: Span) -> Error {
    Error::new(Kind::Parse, message).at(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind<'_>> {
        lex(text).into_iter().map(|t| t.kind).collect()
    }

    fn number(text: &str) -> TokenKind<'static> {
        TokenKind::Number(Number::parse(text).unwrap())
    }

    fn name(text: &str) -> TokenKind<'_> {
        TokenKind::Name(text)
    }

    #[test]
    fn numbers_end_where_an_operator_begins() {
        use Mark::*;
        use TokenKind::Mark as M;
        assert_eq!(kinds("2./x"), [number("2"), M(DotSlash), name("x")]);
        assert_eq!(kinds("2.*x"), [number("2"), M(DotTimes), name("x")]);
        assert_eq!(kinds("2.^x"), [number("2"), M(DotCaret), name("x")]);
        assert_eq!(kinds(".5"), [number("0.5")]);
        assert_eq!(kinds("2."), [number("2")]);
        assert_eq!(kinds("2.x"), [number("2"), name("x")]);
        assert_eq!(kinds("1.5e-1"), [number("0.15")]);
        assert_eq!(kinds("1E+2"), [number("100")]);
    }

    #[test]
    fn an_e_without_digits_is_a_name() {
        assert_eq!(kinds("2e"), [number("2"), name("e")]);
        assert_eq!(kinds("2e-x"), [number("2"), name("e"), TokenKind::Mark(Mark::Minus), name("x")]);
        assert_eq!(kinds("2ex"), [number("2"), name("ex")]);
    }

    #[test]
    fn names_are_latin_or_greek() {
        assert_eq!(kinds("w_1 x_hat α θ2"), [name("w_1"), name("x_hat"), name("α"), name("θ2")]);
        assert_eq!(kinds("where"), [TokenKind::Where]);
        assert!(is_name("constructor") && is_name("é") && !is_name("1x") && !is_name("x-1") && !is_name("а"));
    }

    #[test]
    fn scripts_are_read_as_numbers() {
        assert_eq!(kinds("x²"), [name("x"), TokenKind::Superscript(Number::int(2))]);
        assert_eq!(kinds("x⁻¹²"), [name("x"), TokenKind::Superscript(Number::int(-12))]);
        assert_eq!(kinds("x₁₂"), [name("x"), TokenKind::Subscript(Number::int(12))]);
        assert_eq!(kinds("xᵢ"), [name("x"), TokenKind::SubscriptName("i")]);
        let transposed = [name("A"), TokenKind::Superscript(Number::int(-1)), TokenKind::Mark(Mark::Transpose)];
        assert_eq!(kinds("A⁻ᵀ"), transposed);
    }

    #[test]
    fn signs_that_look_alike_are_taken_as_the_plain_ones() {
        use Mark::*;
        let marks: Vec<Mark> = lex("+ - − * @ × ∗ · ⋅ / .* ⊙ ./ ⊘ ^ .^ ' ’ ′ ᵀ > < >= ≥ <= ≤")
            .into_iter()
            .map(|t| match t.kind {
                TokenKind::Mark(mark) => mark,
                other => panic!("{other:?}"),
            })
            .collect();
        let wanted = [
            Plus,
            Minus,
            Minus,
            Times,
            Times,
            Times,
            Times,
            Dot,
            Dot,
            Slash,
            DotTimes,
            DotTimes,
            DotSlash,
            DotSlash,
            Caret,
            DotCaret,
            Prime,
            Prime,
            Prime,
            Transpose,
            Greater,
            Less,
            GreaterEqual,
            GreaterEqual,
            LessEqual,
            LessEqual,
        ];
        assert_eq!(marks, wanted);
    }

    #[test]
    fn spans_are_bytes_and_blanks_are_noted() {
        let tokens = lex("α [1]");
        assert_eq!((tokens[0].span, tokens[0].spaced), (Span::new(0, 2), false));
        assert_eq!((tokens[1].span, tokens[1].spaced), (Span::new(3, 4), true));
        assert!(lex(" \u{a0}\u{200b}\n").is_empty());
    }
}
