//! Round and square brackets: groups, lists, stacks, matrices by rows, indices.

use super::{Level, Parser, faults};
use crate::ast::{AstId, AstKind, Subscript};
use crate::error::{Error, Result};
use crate::lexer::Mark;
use crate::span::Span;

impl Parser<'_, '_> {
    /// Steps over an opening bracket and remembers it.
    pub(super) fn open_bracket(&mut self) {
        self.open.push(self.here());
        self.at += 1;
    }

    /// Expects the closing bracket of the innermost open one; gives the span of both and what is between.
    pub(super) fn close_bracket(&mut self, close: Mark) -> Result<Span> {
        if !self.is(close) {
            return Err(self.not_closed(close));
        }
        let end = self.here();
        self.at += 1;
        let start = self.open.pop().unwrap_or(end);
        Ok(start.to(end))
    }

    fn not_closed(&self, close: Mark) -> Error {
        if self.at >= self.tokens.len() {
            return self.never_closed();
        }
        let span = self.here();
        let open = self.open.last().copied().unwrap_or(span);
        match self.mark_at(self.at) {
            Some(found @ (Mark::CloseRound | Mark::CloseSquare)) if found != close => {
                let wanted = if close == Mark::CloseRound { ")" } else { "]" };
                faults::wrong_bracket(self.text(open), wanted, self.text(span), span)
            }
            Some(Mark::Equals) => faults::equals_outside_where(span),
            Some(Mark::Semicolon) => faults::semicolon_outside(span),
            Some(Mark::Colon) => faults::colon_outside(span),
            _ if self.peek() == Some(&crate::lexer::TokenKind::Where) => self.never_closed(),
            _ => faults::unexpected(self.text(span), span),
        }
    }

    /// The innermost open bracket has no end before the current token.
    pub(super) fn never_closed(&self) -> Error {
        let open = self.open.last().copied().unwrap_or_else(|| self.here());
        let end = self.previous().map_or(open.end, |t| t.span.end).max(open.end);
        let span = Span::new(open.start, end);
        let close = if self.text(open) == "(" { ")" } else { "]" };
        faults::never_closed(self.text(open), close, self.text(span), span)
    }

    /// `( … )`
    pub(super) fn group(&mut self) -> Result<AstId> {
        self.open_bracket();
        if self.is(Mark::CloseRound) {
            return Err(faults::empty_brackets(self.close_bracket(Mark::CloseRound)?));
        }
        let inner = self.deeper(|parser| parser.expression(Level::Compare))?;
        if self.is(Mark::Comma) {
            return Err(self.tuple());
        }
        let span = self.close_bracket(Mark::CloseRound)?;
        // The brackets belong to the span, so that a part of the text can be quoted as it stands.
        self.ast.nodes[inner.0 as usize].span = span;
        Ok(inner)
    }

    fn tuple(&self) -> Error {
        let open = self.open.last().copied().unwrap_or_else(|| self.here());
        match self.matching_close(open) {
            Some(close) => {
                let inside = Span::new(open.end, close.start);
                faults::comma_in_round(self.text(inside), open.to(close))
            }
            None => faults::comma_outside("", self.here()),
        }
    }

    /// The bracket that closes the one at `open`.
    fn matching_close(&self, open: Span) -> Option<Span> {
        let first = self.tokens.iter().position(|t| t.span == open)?;
        let mut depth = 0usize;
        for at in first..self.tokens.len() {
            match self.mark_at(at) {
                Some(Mark::OpenRound | Mark::OpenSquare) => depth += 1,
                Some(Mark::CloseRound | Mark::CloseSquare) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(self.tokens[at].span);
            }
        }
        None
    }

    /// `[a, b]`, `[u; v]`, `[[a, b], [c, d]]`
    pub(super) fn list(&mut self) -> Result<AstId> {
        self.open_bracket();
        if self.is(Mark::CloseSquare) {
            return Err(faults::empty_brackets(self.close_bracket(Mark::CloseSquare)?));
        }
        let (entries, commas, semicolons) = self.deeper(|parser| parser.entries())?;
        let span = self.close_bracket(Mark::CloseSquare)?;
        if commas > 0 && semicolons > 0 {
            return Err(faults::semicolon_matrix(&self.rows_of(span), span));
        }
        if semicolons > 0 {
            return Ok(self.ast.push(AstKind::Stack(entries), span));
        }
        self.list_or_rows(entries, span)
    }

    fn entries(&mut self) -> Result<(Vec<AstId>, usize, usize)> {
        let mut entries = vec![self.expression(Level::Compare)?];
        let (mut commas, mut semicolons) = (0, 0);
        while self.is(Mark::Comma) || self.is(Mark::Semicolon) {
            if self.is(Mark::Comma) {
                commas += 1
            } else {
                semicolons += 1
            }
            self.at += 1;
            entries.push(self.expression(Level::Compare)?);
        }
        Ok((entries, commas, semicolons))
    }

    /// `[a, b; c, d]` as `[[a, b], [c, d]]`.
    fn rows_of(&self, span: Span) -> String {
        let mut rows = String::from("[[");
        let mut depth = 0usize;
        for at in 0..self.tokens.len() {
            let token = self.tokens[at].span;
            if token.start <= span.start || token.end >= span.end {
                continue;
            }
            match self.mark_at(at) {
                Some(Mark::OpenRound | Mark::OpenSquare) => depth += 1,
                Some(Mark::CloseRound | Mark::CloseSquare) => depth -= 1,
                _ => {}
            }
            if depth == 0 && self.mark_at(at) == Some(Mark::Semicolon) {
                rows.push_str("], [");
                continue;
            }
            let opened = rows.ends_with('[');
            if self.tokens[at].spaced && !opened {
                rows.push(' ');
            }
            rows.push_str(self.text(token));
        }
        rows + "]]"
    }

    fn list_or_rows(&mut self, entries: Vec<AstId>, span: Span) -> Result<AstId> {
        let mut rows = Vec::with_capacity(entries.len());
        for &entry in &entries {
            match &self.ast.get(entry).kind {
                AstKind::List(row) => rows.push(row.clone()),
                AstKind::Rows(_) => return Err(faults::nested_rows(span)),
                // Not every entry is a list: shapes decide what is wrong, if anything.
                _ => return Ok(self.ast.push(AstKind::List(entries), span)),
            }
        }
        let length = rows[0].len();
        if let Some(at) = rows.iter().position(|row| row.len() != length) {
            return Err(faults::ragged_rows(length, rows[at].len(), self.ast.span(entries[at])));
        }
        Ok(self.ast.push(AstKind::Rows(rows), span))
    }

    /// `base[…]`
    pub(super) fn index(&mut self, base: AstId) -> Result<AstId> {
        self.open_bracket();
        if self.is(Mark::CloseSquare) {
            return Err(faults::empty_brackets(self.close_bracket(Mark::CloseSquare)?));
        }
        let subscripts = self.deeper(|parser| {
            let mut subscripts = Vec::new();
            loop {
                if parser.accept(Mark::Colon) {
                    subscripts.push(Subscript::All);
                } else {
                    subscripts.push(Subscript::At(parser.expression(Level::Compare)?));
                }
                if !parser.accept(Mark::Comma) {
                    return Ok(subscripts);
                }
            }
        })?;
        let end = self.close_bracket(Mark::CloseSquare)?;
        let span = self.ast.span(base).to(end);
        Ok(self.ast.push(AstKind::Index { base, subscripts }, span))
    }
}
