//! Tokens to a tree, by precedence climbing. Only brackets, exponents and signs nest, and their depth is counted.

mod apply;
mod brackets;
mod colour;
mod faults;
#[cfg(test)]
mod tests;

pub use colour::tokens;

use crate::ast::{AstId, AstKind, Definition, Infix, Tree};
use crate::budget::{MAX_NESTING, MAX_SOURCE};
use crate::error::{Error, Result};
use crate::lexer::{self, Mark, Token, TokenKind};
use crate::names::{Declared, Roles};
use crate::number::Number;
use crate::span::Span;

/// Reads a text. Nodes come in the order in which they are complete: children before parents, each subtree in one run
/// of ids, the expression before the definitions of its `where`. (The rows of a matrix leave list nodes behind that
/// nothing refers to.)
pub fn parse<'a>(source: &'a str, declared: &Declared) -> Result<Tree<'a>> {
    if source.len() > MAX_SOURCE && source.chars().map(char::len_utf16).sum::<usize>() > MAX_SOURCE {
        return Err(faults::too_long(Span::new(0, source.len())));
    }
    let tokens = lexer::lex(source);
    if tokens.is_empty() {
        return Err(faults::empty(Span::new(0, source.len())));
    }
    if let Some(fault) = lexer::first_fault(&tokens) {
        return Err(fault);
    }
    let roles = Roles::of(&tokens, declared);
    let parser = Parser {
        source,
        tokens: &tokens,
        roles,
        at: 0,
        ast: Tree { nodes: Vec::with_capacity(tokens.len()), ..Tree::default() },
        depth: 0,
        open: Vec::new(),
        bound: Vec::new(),
    };
    parser.whole()
}

/// How tightly an operator binds; the signs and the power are handled on their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Compare,
    Add,
    Dot,
    Multiply,
    Sign,
}

impl Level {
    fn tighter(self) -> Level {
        match self {
            Level::Compare => Level::Add,
            Level::Add => Level::Dot,
            Level::Dot => Level::Multiply,
            Level::Multiply | Level::Sign => Level::Sign,
        }
    }
}

fn infix(mark: Mark) -> Option<(Infix, Level)> {
    Some(match mark {
        Mark::Greater => (Infix::Greater, Level::Compare),
        Mark::Less => (Infix::Less, Level::Compare),
        Mark::GreaterEqual => (Infix::GreaterEqual, Level::Compare),
        Mark::LessEqual => (Infix::LessEqual, Level::Compare),
        Mark::Plus => (Infix::Add, Level::Add),
        Mark::Minus => (Infix::Subtract, Level::Add),
        Mark::Dot => (Infix::Dot, Level::Dot),
        Mark::Times => (Infix::Times, Level::Multiply),
        Mark::Slash => (Infix::Divide, Level::Multiply),
        Mark::DotTimes => (Infix::Elementwise, Level::Multiply),
        Mark::DotSlash => (Infix::ElementwiseDivide, Level::Multiply),
        _ => return None,
    })
}

struct Parser<'t, 'a> {
    source: &'a str,
    tokens: &'t [Token<'a>],
    roles: Roles<'t>,
    at: usize,
    ast: Tree<'a>,
    depth: usize,
    /// The brackets that are open, innermost last.
    open: Vec<Span>,
    /// The indices that are bound here, innermost last.
    bound: Vec<&'a str>,
}

impl<'t, 'a> Parser<'t, 'a> {
    // --- looking at tokens --------------------------------------------------------------------------------------

    fn peek(&self) -> Option<&'t TokenKind<'a>> {
        self.tokens.get(self.at).map(|t| &t.kind)
    }

    fn mark_at(&self, at: usize) -> Option<Mark> {
        match self.tokens.get(at)?.kind {
            TokenKind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    fn is(&self, mark: Mark) -> bool {
        self.mark_at(self.at) == Some(mark)
    }

    fn accept(&mut self, mark: Mark) -> bool {
        let found = self.is(mark);
        self.at += usize::from(found);
        found
    }

    fn name_at(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at)?.kind {
            TokenKind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The span of the current token; behind the last one, of the last one.
    fn here(&self) -> Span {
        self.tokens[self.at.min(self.tokens.len() - 1)].span
    }

    fn previous(&self) -> Option<&'t Token<'a>> {
        self.at.checked_sub(1).map(|at| &self.tokens[at])
    }

    fn text(&self, span: Span) -> &'a str {
        &self.source[span.start..span.end]
    }

    /// True where the current token is joined to the one before: no white space between.
    fn tight(&self) -> bool {
        self.tokens.get(self.at).is_some_and(|t| !t.spaced)
    }

    /// Parses something one level of nesting further in.
    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == MAX_NESTING {
            return Err(faults::too_deep(self.here()));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    // --- the whole text -----------------------------------------------------------------------------------------

    fn whole(mut self) -> Result<Tree<'a>> {
        self.ast.root = Some(self.expression(Level::Compare)?);
        if self.peek() == Some(&TokenKind::Where) {
            self.definitions()?;
        }
        if self.at < self.tokens.len() { Err(self.left_over()) } else { Ok(self.ast) }
    }

    fn definitions(&mut self) -> Result<()> {
        let mut separator = self.here();
        self.at += 1;
        loop {
            let Some(name) = self.name_at(self.at) else {
                let span = if self.at < self.tokens.len() { self.here() } else { separator };
                return Err(faults::where_needs_name(span));
            };
            let name_span = self.here();
            self.at += 1;
            if self.is(Mark::OpenRound) {
                return Err(faults::where_function(name, name_span));
            }
            let equals = self.here();
            if !self.accept(Mark::Equals) {
                return Err(faults::where_needs_equals(name, name_span));
            }
            if self.at == self.tokens.len() {
                return Err(faults::nothing_behind("=", equals));
            }
            let value = self.expression(Level::Compare)?;
            if self.ast.definitions.iter().any(|d| d.name == name) {
                return Err(faults::where_twice(name, name_span));
            }
            self.ast.definitions.push(Definition { name, name_span, value });
            separator = self.here();
            if !self.accept(Mark::Comma) {
                return Ok(());
            }
        }
    }

    /// The fault of a text that goes on where an expression has ended.
    fn left_over(&self) -> Error {
        let span = self.here();
        match self.mark_at(self.at) {
            Some(Mark::CloseRound) => faults::never_opened(")", span),
            Some(Mark::CloseSquare) => faults::never_opened("]", span),
            Some(Mark::Equals) => faults::equals_outside_where(span),
            // With definitions behind it the text cannot simply be put into brackets.
            Some(Mark::Comma) if self.tokens.iter().any(|t| t.kind == TokenKind::Where) => {
                faults::comma_outside("", span)
            }
            Some(Mark::Comma) => {
                let whole = Span::new(self.tokens[0].span.start, self.tokens[self.tokens.len() - 1].span.end);
                faults::comma_outside(self.text(whole), whole)
            }
            Some(Mark::Semicolon) => faults::semicolon_outside(span),
            Some(Mark::Colon) => faults::colon_outside(span),
            _ => faults::unexpected(self.text(span), span),
        }
    }

    // --- operators ----------------------------------------------------------------------------------------------

    fn expression(&mut self, loosest: Level) -> Result<AstId> {
        let mut left = self.signed()?;
        loop {
            let written = self.mark_at(self.at).and_then(infix);
            let (op, level) = match written {
                Some(operator) => operator,
                None if self.peek().is_some_and(begins_operand) => (Infix::Times, Level::Multiply),
                None => return Ok(left),
            };
            if level < loosest {
                return Ok(left);
            }
            let op_span = match written {
                Some(_) => self.here(),
                None => Span::new(self.ast.span(left).end, self.here().start),
            };
            if written.is_some() {
                self.at += 1;
            } else {
                self.refuse_two_numbers()?;
            }
            let right = self.expression(level.tighter())?;
            if level == Level::Compare && self.mark_at(self.at).and_then(infix).is_some_and(|(_, l)| l == level) {
                return Err(faults::chained_comparison(self.here()));
            }
            left = self.infix(op, op_span, left, right);
        }
    }

    fn infix(&mut self, op: Infix, op_span: Span, left: AstId, right: AstId) -> AstId {
        let span = self.ast.span(left).to(self.ast.span(right));
        self.ast.push(AstKind::Infix { op, op_span, left, right }, span)
    }

    fn refuse_two_numbers(&self) -> Result<()> {
        match (self.previous(), self.peek()) {
            (Some(Token { kind: TokenKind::Number(_), span: left, .. }), Some(TokenKind::Number(_))) => {
                let right = self.here();
                Err(faults::two_numbers(self.text(*left), self.text(right), left.to(right)))
            }
            _ => Ok(()),
        }
    }

    /// Signs, then an operand with its powers.
    fn signed(&mut self) -> Result<AstId> {
        let signs = self.signs()?;
        let operand = self.operand()?;
        Ok(self.negated(signs, operand))
    }

    /// The minus signs that stand here, first to last; plus signs mean nothing.
    fn signs(&mut self) -> Result<Vec<Span>> {
        let mut signs = Vec::new();
        while self.is(Mark::Minus) || self.is(Mark::Plus) {
            if self.is(Mark::Minus) {
                signs.push(self.here());
            }
            if self.depth + signs.len() > MAX_NESTING {
                return Err(faults::too_deep(self.here()));
            }
            self.at += 1;
        }
        Ok(signs)
    }

    fn negated(&mut self, signs: Vec<Span>, operand: AstId) -> AstId {
        signs.into_iter().rev().fold(operand, |inner, sign| {
            let span = sign.to(self.ast.span(inner));
            self.ast.push(AstKind::Negate(inner), span)
        })
    }

    /// A primary with what stands behind it: indices, powers, transposes.
    fn operand(&mut self) -> Result<AstId> {
        let mut base = self.primary()?;
        loop {
            base = match self.peek() {
                Some(TokenKind::Mark(Mark::Prime | Mark::Transpose)) => self.transposed(base),
                Some(TokenKind::Mark(Mark::Caret)) if self.transpose_behind_caret() > 0 => self.caret_transposed(base),
                _ => match self.scripts(base)? {
                    Some(longer) => longer,
                    None => return Ok(base),
                },
            };
        }
    }

    /// An exponent: signs, a primary, and powers of it from right to left. A transpose behind it belongs to the whole
    /// power, and so does an index behind a number.
    fn exponent(&mut self) -> Result<AstId> {
        self.deeper(|parser| {
            let signs = parser.signs()?;
            let mut base = parser.primary()?;
            loop {
                let number = matches!(parser.ast.get(base).kind, AstKind::Number(_));
                if number && parser.is(Mark::OpenSquare) {
                    break;
                }
                match parser.scripts(base)? {
                    Some(longer) => base = longer,
                    None => break,
                }
            }
            Ok(parser.negated(signs, base))
        })
    }

    /// What may stand behind an operand except a transpose: `[i]`, `₂`, `^`, `²`.
    fn scripts(&mut self, base: AstId) -> Result<Option<AstId>> {
        let span = self.here();
        let longer = match self.peek() {
            Some(TokenKind::Mark(Mark::OpenSquare))
                if self.tight() && !matches!(self.ast.get(base).kind, AstKind::Number(_)) =>
            {
                self.index(base)?
            }
            Some(TokenKind::Subscript(number)) => {
                self.at += 1;
                let place = self.ast.push(AstKind::Number(*number), span);
                self.subscripted(base, place)
            }
            Some(&TokenKind::SubscriptName(name)) => {
                self.at += 1;
                let place = self.ast.push(AstKind::Name(name), span);
                self.subscripted(base, place)
            }
            Some(TokenKind::Mark(mark @ (Mark::Caret | Mark::DotCaret))) => {
                self.at += 1;
                let exponent = self.exponent()?;
                let op = if *mark == Mark::Caret { Infix::Power } else { Infix::ElementwisePower };
                self.infix(op, span, base, exponent)
            }
            Some(TokenKind::Superscript(number)) => {
                self.at += 1;
                let exponent = self.ast.push(AstKind::Number(*number), span);
                self.superscripted(base, exponent, span)?
            }
            Some(&TokenKind::SuperscriptName(name)) => {
                self.at += 1;
                let exponent = self.ast.push(AstKind::Name(name), span);
                self.superscripted(base, exponent, span)?
            }
            _ => return Ok(None),
        };
        Ok(Some(longer))
    }

    fn subscripted(&mut self, base: AstId, place: AstId) -> AstId {
        let span = self.ast.span(base).to(self.ast.span(place));
        self.ast.push(AstKind::Index { base, subscripts: vec![crate::ast::Subscript::At(place)] }, span)
    }

    /// `x²`, and `x²^3` from right to left.
    fn superscripted(&mut self, base: AstId, mut exponent: AstId, span: Span) -> Result<AstId> {
        if matches!(self.peek(), Some(TokenKind::Mark(Mark::Caret | Mark::DotCaret)))
            && self.transpose_behind_caret() == 0
            && let Some(longer) = self.scripts(exponent)?
        {
            exponent = longer;
        }
        Ok(self.infix(Infix::Power, Span::new(span.start, span.start), base, exponent))
    }

    fn transposed(&mut self, base: AstId) -> AstId {
        let span = self.ast.span(base).to(self.here());
        self.at += 1;
        self.ast.push(AstKind::Transpose(base), span)
    }

    /// How many tokens `^T`, `^ᵀ` or `^-T` takes here; 0 where there is none.
    fn transpose_behind_caret(&self) -> usize {
        if self.mark_at(self.at) != Some(Mark::Caret) {
            return 0;
        }
        let signed = usize::from(self.mark_at(self.at + 1) == Some(Mark::Minus));
        let plain_t = self.name_at(self.at + 1 + signed) == Some("T")
            && !self.roles.is_variable("T")
            && !self.bound.contains(&"T");
        let sign = self.mark_at(self.at + 1) == Some(Mark::Transpose);
        if plain_t || sign { 2 + signed } else { 0 }
    }

    /// `A^T`; and `A^-T`, the transpose of the inverse.
    fn caret_transposed(&mut self, base: AstId) -> AstId {
        let width = self.transpose_behind_caret();
        let caret = self.here();
        let mut base = base;
        if width == 3 {
            let sign = self.tokens[self.at + 1].span;
            let one = self.ast.push(AstKind::Number(Number::ONE), sign);
            let minus = self.ast.push(AstKind::Negate(one), sign);
            base = self.infix(Infix::Power, caret, base, minus);
        }
        self.at += width - 1;
        self.transposed(base)
    }

    // --- operands -----------------------------------------------------------------------------------------------

    fn primary(&mut self) -> Result<AstId> {
        let span = self.here();
        match self.peek() {
            Some(TokenKind::Number(number)) => {
                self.at += 1;
                Ok(self.ast.push(AstKind::Number(*number), span))
            }
            Some(&TokenKind::Name(name)) if self.roles.is_call(self.at, &self.bound) => self.apply(name, span),
            Some(&TokenKind::Name(name)) => {
                self.at += 1;
                Ok(self.ast.push(AstKind::Name(name), span))
            }
            Some(TokenKind::Mark(Mark::OpenRound)) => self.group(),
            Some(TokenKind::Mark(Mark::OpenSquare)) => self.list(),
            _ => Err(self.operand_missing()),
        }
    }

    fn operand_missing(&self) -> Error {
        let span = self.here();
        let at_end = self.at >= self.tokens.len();
        let closing =
            matches!(self.mark_at(self.at), Some(Mark::CloseRound | Mark::CloseSquare | Mark::Comma | Mark::Semicolon));
        let is_where = self.peek() == Some(&TokenKind::Where);
        if (at_end || closing || is_where)
            && let Some(Token { kind: TokenKind::Mark(mark), span: before, .. }) = self.previous()
        {
            match mark {
                Mark::OpenRound | Mark::OpenSquare if at_end => return self.never_closed(),
                Mark::Comma | Mark::Semicolon => return faults::empty_entry(*before),
                Mark::OpenRound | Mark::OpenSquare => {}
                _ => return faults::nothing_behind(self.text(*before), *before),
            }
        }
        match self.mark_at(self.at) {
            Some(Mark::CloseRound | Mark::CloseSquare | Mark::Equals | Mark::Colon) if self.at == 0 => self.left_over(),
            Some(Mark::Comma | Mark::Semicolon) => faults::empty_entry(span),
            Some(mark)
                if infix(mark).is_some()
                    || matches!(mark, Mark::Caret | Mark::DotCaret | Mark::Prime | Mark::Transpose) =>
            {
                faults::nothing_before(self.text(span), span)
            }
            _ if is_where && self.at > 0 => faults::where_inside(span),
            _ => faults::unexpected(self.text(span), span),
        }
    }
}

/// True for a token that can only begin an operand: behind another operand it is a factor.
fn begins_operand(kind: &TokenKind) -> bool {
    matches!(kind, TokenKind::Number(_) | TokenKind::Name(_) | TokenKind::Mark(Mark::OpenRound | Mark::OpenSquare))
}
