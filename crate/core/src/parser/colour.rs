//! Tokens with their kinds, for a field that is coloured while it is being typed in.

use crate::contract::TokenView;
use crate::lexer::{self, Mark, Token, TokenKind};
use crate::names::{Declared, Roles};

/// The tokens of a text for colouring. Never fails.
pub fn tokens(source: &str, declared: &Declared) -> Vec<TokenView> {
    let tokens = lexer::lex(source);
    let roles = Roles::of(&tokens, declared);
    let mut places = source.char_indices().scan(0u32, |units, (at, c)| {
        let here = *units;
        *units += c.len_utf16() as u32;
        Some((at, here, *units))
    });
    // Spans come in order, so one walk through the text converts them all.
    let mut until = |byte: usize, last: u32| match places.find(|(at, ..)| *at >= byte) {
        Some((_, before, _)) => before,
        None => last,
    };
    let total = source.chars().map(|c| c.len_utf16() as u32).sum();
    let mut views = Vec::new();
    let mut start = None;
    for (at, token) in tokens.iter().enumerate() {
        let begin = match start.take() {
            Some((byte, units)) if byte == token.span.start => units,
            _ => until(token.span.start, total),
        };
        let length: u32 = source[token.span.start..token.span.end].chars().map(|c| c.len_utf16() as u32).sum();
        start = Some((token.span.end, begin + length));
        views.push(TokenView {
            start: begin,
            end: begin + length,
            kind: colour(token, roles.is_call(at, &[])).to_owned(),
        });
    }
    views
}

fn colour(token: &Token, is_call: bool) -> &'static str {
    match &token.kind {
        TokenKind::Number(_) | TokenKind::Subscript(_) => "number",
        TokenKind::Name(_) if is_call => "function",
        TokenKind::Name(_) | TokenKind::SuperscriptName(_) | TokenKind::SubscriptName(_) => "name",
        TokenKind::Where => "keyword",
        TokenKind::Mark(Mark::OpenRound | Mark::CloseRound | Mark::OpenSquare | Mark::CloseSquare) => "bracket",
        TokenKind::Mark(_) | TokenKind::Superscript(_) => "operator",
        TokenKind::Unknown(_) => "unknown",
    }
}
