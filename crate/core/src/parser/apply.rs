//! Functions applied: calls, derivatives of abstract functions, sums over an index, tensors by entries.

use super::{Level, Parser, faults};
use crate::ast::{AstId, AstKind};
use crate::error::Result;
use crate::lexer::{Mark, TokenKind};
use crate::names::{is_built_in, primes};
use crate::span::Span;

impl<'a> Parser<'_, 'a> {
    /// The name under the cursor, applied to the bracket behind it.
    pub(super) fn apply(&mut self, name: &'a str, span: Span) -> Result<AstId> {
        let primes = primes(self.tokens, self.at);
        self.at += 1;
        if primes > 0 {
            return self.primed(name, span, primes);
        }
        match name {
            "D" => self.derivative_operator(span),
            "tensor" => self.tensor(span),
            "sum" if self.arguments_ahead() > 1 => self.sum_over(span),
            _ => {
                let (args, end) = self.arguments(name, span)?;
                let call = AstKind::Call { function: name.into(), function_span: span, args };
                Ok(self.ast.push(call, span.to(end)))
            }
        }
    }

    /// `(a, b)`; gives the arguments and the span of the brackets.
    fn arguments(&mut self, function: &str, span: Span) -> Result<(Vec<AstId>, Span)> {
        self.open_bracket();
        if self.is(Mark::CloseRound) {
            let end = self.close_bracket(Mark::CloseRound)?;
            return Err(faults::no_arguments(function, span.to(end)));
        }
        let args = self.deeper(|parser| {
            let mut args = vec![parser.expression(Level::Compare)?];
            while parser.accept(Mark::Comma) {
                args.push(parser.expression(Level::Compare)?);
            }
            Ok(args)
        })?;
        let end = self.close_bracket(Mark::CloseRound)?;
        Ok((args, end))
    }

    /// How many arguments stand in the bracket under the cursor, as far as commas tell.
    fn arguments_ahead(&self) -> usize {
        let mut depth = 0usize;
        let mut commas = 0;
        for at in self.at..self.tokens.len() {
            match self.mark_at(at) {
                Some(Mark::OpenRound | Mark::OpenSquare) => depth += 1,
                Some(Mark::CloseRound | Mark::CloseSquare) => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Some(Mark::Comma) if depth == 1 => commas += 1,
                _ => {}
            }
        }
        commas + 1
    }

    /// `f''(x)`
    fn primed(&mut self, name: &'a str, span: Span, primes: usize) -> Result<AstId> {
        let mut with_primes = span;
        for _ in 0..primes {
            with_primes = with_primes.to(self.here());
            self.at += 1;
        }
        if is_built_in(name) {
            return Err(faults::prime_on_built_in(name, with_primes));
        }
        let (args, end) = self.arguments(name, with_primes)?;
        if args.len() > 1 {
            return Err(faults::prime_with_arguments(name, primes, args.len(), with_primes));
        }
        let derivative = AstKind::Derivative { function: name, function_span: span, slots: vec![1; primes], args };
        Ok(self.ast.push(derivative, span.to(end)))
    }

    /// `D(f)(x)`, `D(f, 2)(x, y)`, `D(D(f, 1), 2)(x, y)`; the cursor stands behind `D`.
    fn derivative_operator(&mut self, span: Span) -> Result<AstId> {
        let mut open = 0;
        while self.is(Mark::OpenRound) {
            self.open_bracket();
            open += 1;
            if self.name_at(self.at) == Some("D") && self.mark_at(self.at + 1) == Some(Mark::OpenRound) {
                self.at += 1;
            } else {
                break;
            }
            if open + self.depth > crate::budget::MAX_NESTING {
                return Err(faults::too_deep(self.here()));
            }
        }
        let function_span = self.here();
        let Some(function) = self.name_at(self.at) else {
            return Err(if self.at < self.tokens.len() {
                faults::derivative_operator(span.to(function_span))
            } else {
                self.never_closed()
            });
        };
        self.at += 1;
        let mut slots = Vec::new();
        let mut end = function_span;
        for _ in 0..open {
            slots.push(self.slot()?);
            end = self.close_bracket(Mark::CloseRound)?;
        }
        let operator = span.to(end);
        if is_built_in(function) {
            return Err(faults::derivative_of_built_in(function, function_span));
        }
        if !self.is(Mark::OpenRound) {
            return Err(faults::derivative_operator(operator));
        }
        let (args, end) = self.arguments(function, operator)?;
        let slots = slots.into_iter().map(|slot| match slot {
            None if args.len() == 1 => Ok(1),
            Some((slot, _)) if slot <= args.len() => Ok(slot),
            Some((_, place)) => Err(faults::derivative_slot(args.len(), place)),
            None => Err(faults::derivative_slot(args.len(), operator)),
        });
        let slots = slots.collect::<Result<Vec<usize>>>()?;
        let derivative = AstKind::Derivative { function, function_span, slots, args };
        Ok(self.ast.push(derivative, span.to(end)))
    }

    /// `, 2` before the closing bracket of `D`.
    fn slot(&mut self) -> Result<Option<(usize, Span)>> {
        if !self.accept(Mark::Comma) {
            return Ok(None);
        }
        let span = self.here();
        let slot = match self.peek() {
            Some(TokenKind::Number(n)) => n.whole().and_then(|n| usize::try_from(n).ok()).filter(|&n| n > 0),
            _ => None,
        };
        self.at += 1;
        slot.map(|slot| Some((slot, span))).ok_or_else(|| faults::derivative_operator(span))
    }

    /// `sum(i, 1, n, body)`
    fn sum_over(&mut self, span: Span) -> Result<AstId> {
        let index = self.name_at(self.at + 1).filter(|_| self.mark_at(self.at + 2) == Some(Mark::Comma));
        let (Some(index), 4) = (index, self.arguments_ahead()) else {
            return Err(faults::sum_form(span));
        };
        self.open_bracket();
        self.at += 2;
        let (low, high, body) = self.deeper(|parser| {
            let low = parser.expression(Level::Compare)?;
            parser.accept(Mark::Comma);
            let high = parser.expression(Level::Compare)?;
            parser.accept(Mark::Comma);
            parser.bound.push(index);
            let body = parser.expression(Level::Compare)?;
            parser.bound.pop();
            Ok((low, high, body))
        })?;
        let end = self.close_bracket(Mark::CloseRound)?;
        Ok(self.ast.push(AstKind::SumOver { index, low, high, body }, span.to(end)))
    }

    /// `tensor(i:m, j:n, body)`
    fn tensor(&mut self, span: Span) -> Result<AstId> {
        self.open_bracket();
        let outer = self.bound.len();
        let (indices, body) = self.deeper(|parser| {
            let mut indices: Vec<(&str, AstId)> = Vec::new();
            while let Some(name) = parser.name_at(parser.at)
                && parser.mark_at(parser.at + 1) == Some(Mark::Colon)
            {
                if indices.iter().any(|(other, _)| *other == name) {
                    return Err(faults::index_twice(name, parser.here()));
                }
                parser.at += 2;
                indices.push((name, parser.expression(Level::Compare)?));
                if !parser.accept(Mark::Comma) {
                    return Err(faults::tensor_form(span));
                }
            }
            if indices.is_empty() {
                return Err(faults::tensor_form(span));
            }
            parser.bound.extend(indices.iter().map(|(name, _)| *name));
            Ok((indices, parser.expression(Level::Compare)?))
        })?;
        self.bound.truncate(outer);
        let end = self.close_bracket(Mark::CloseRound)?;
        Ok(self.ast.push(AstKind::Build { indices, body }, span.to(end)))
    }
}
