//! What to differentiate by.

use super::{WrtSpec, fault, not_a_name, shorten, string, wrong_type};
use crate::error::Result;
use crate::lexer::{Mark, TokenKind, is_name, lex};
use serde_json::Value;

pub fn wrt(value: Value) -> Result<WrtSpec> {
    let spec = match value {
        // Most often it is just a name.
        Value::String(text) if is_name(&text) => WrtSpec::Name(text),
        Value::String(text) => read_wrt(&text)?,
        Value::Array(list) => {
            let names = list.into_iter().map(|item| string("wrt", item)).collect::<Result<Vec<_>>>()?;
            match names.iter().find(|name| !is_name(name)) {
                Some(other) => return Err(not_a_name(&"wrt", other)),
                None => WrtSpec::List(names),
            }
        }
        other => return Err(wrong_type(&"wrt", "type.name_or_names", &other)),
    };
    if let WrtSpec::List(names) = &spec {
        if names.is_empty() {
            return Err(fault(say!("request.wrt_empty")).hint(say!("request.wrt_empty.hint")));
        }
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return Err(fault(say!("request.wrt_twice", name = twice.1)).hint(say!("request.wrt_twice.hint")));
        }
    }
    Ok(spec)
}

/// `x`, `x[2]`, `x₂`, `A[1,2]`, `[x, y]`
fn read_wrt(text: &str) -> Result<WrtSpec> {
    let unreadable = || fault(say!("request.wrt_strange", text = shorten(text))).hint(say!("request.wrt_strange.hint"));
    if text.len() > crate::budget::MAX_SOURCE {
        return Err(unreadable());
    }
    let kinds: Vec<TokenKind> = lex(text).into_iter().map(|token| token.kind).collect();
    let open = TokenKind::Mark(Mark::OpenSquare);
    let close = TokenKind::Mark(Mark::CloseSquare);
    let comma = TokenKind::Mark(Mark::Comma);
    match &kinds[..] {
        [TokenKind::Name(name)] => Ok(WrtSpec::Name((*name).to_owned())),
        [TokenKind::Name(name), TokenKind::Subscript(k)] => {
            let k = k.whole().and_then(|k| u64::try_from(k).ok()).filter(|&k| k > 0);
            k.map(|k| WrtSpec::Component((*name).to_owned(), vec![k])).ok_or_else(unreadable)
        }
        [TokenKind::Name(name), first, inner @ .., last] if *first == open && *last == close => {
            let place = |part: &[TokenKind]| match part {
                [TokenKind::Number(k)] => k.whole().and_then(|k| u64::try_from(k).ok()).filter(|&k| k > 0),
                _ => None,
            };
            let places: Option<Vec<u64>> = inner.split(|kind| *kind == comma).map(place).collect();
            let places = places.filter(|places| places.len() <= 2);
            places.map(|places| WrtSpec::Component((*name).to_owned(), places)).ok_or_else(unreadable)
        }
        [first, inner @ .., last] if *first == open && *last == close => {
            let name = |part: &[TokenKind]| match part {
                [TokenKind::Name(name)] => Some((*name).to_owned()),
                _ => None,
            };
            let names: Option<Vec<String>> = inner.split(|kind| *kind == comma).map(name).collect();
            names.map(WrtSpec::List).ok_or_else(unreadable)
        }
        _ => Err(unreadable()),
    }
}
