//! Every error of the parser, one constructor each: what is wrong, where, one way out.

use crate::budget::{MAX_NESTING, MAX_SOURCE};
use crate::error::{Error, Kind};
use crate::lexer::fault;
use crate::span::Span;
use crate::words;

pub fn empty(span: Span) -> Error {
    fault(say!("parse.empty"), span).hint(say!("parse.empty.hint"))
}

pub fn too_long(span: Span) -> Error {
    Error::new(Kind::Limit, say!("parse.too_long", limit = MAX_SOURCE)).at(span).hint(say!("parse.too_long.hint"))
}

pub fn too_deep(span: Span) -> Error {
    Error::new(Kind::Limit, say!("parse.too_deep", limit = MAX_NESTING)).at(span).hint(say!("parse.too_deep.hint"))
}

/// `x *` at the end of the text or of a bracket.
pub fn nothing_behind(operator: &str, span: Span) -> Error {
    fault(say!("parse.nothing_behind", operator), span).hint(say!("parse.nothing_behind.hint", operator))
}

/// `* x`, `a + * b`.
pub fn nothing_before(operator: &str, span: Span) -> Error {
    fault(say!("parse.nothing_before", operator), span).hint(say!("parse.nothing_before.hint", operator))
}

pub fn unexpected(token: &str, span: Span) -> Error {
    fault(say!("parse.unexpected", token), span).hint(say!("parse.unexpected.hint"))
}

pub fn empty_brackets(span: Span) -> Error {
    fault(say!("parse.empty_brackets"), span).hint(say!("parse.empty_brackets.hint"))
}

pub fn no_arguments(function: &str, span: Span) -> Error {
    fault(say!("parse.no_arguments", function), span).hint(say!("parse.no_arguments.hint", function))
}

/// The opening bracket has no closing one; `rest` is the text from it to the place where it should close.
pub fn never_closed(open: &str, close: &str, rest: &str, span: Span) -> Error {
    fault(say!("parse.never_closed", open), span)
        .hint(say!("parse.never_closed.hint", close))
        .replace_by(format!("{rest}{close}"))
}

pub fn never_opened(close: &str, span: Span) -> Error {
    fault(say!("parse.never_opened", close), span).hint(say!("parse.never_opened.hint"))
}

/// `(x]`
pub fn wrong_bracket(open: &str, close: &str, found: &str, span: Span) -> Error {
    fault(say!("parse.wrong_bracket", open, found), span)
        .hint(say!("parse.wrong_bracket.hint", close))
        .replace_by(close)
}

pub fn two_numbers(left: &str, right: &str, span: Span) -> Error {
    fault(say!("parse.two_numbers"), span)
        .hint(say!("parse.two_numbers.hint"))
        .replace_by(format!("{left}*{right}"))
        .replace_by(format!("{left}{right}"))
}

pub fn chained_comparison(span: Span) -> Error {
    fault(say!("parse.chained_comparison"), span).hint(say!("parse.chained_comparison.hint"))
}

pub fn equals_outside_where(span: Span) -> Error {
    fault(say!("parse.equals_outside_where"), span).hint(say!("parse.equals_outside_where.hint"))
}

pub fn comma_outside(whole: &str, span: Span) -> Error {
    let error = fault(say!("parse.comma_outside"), span);
    if whole.is_empty() {
        return error.hint(say!("parse.comma_outside.hint"));
    }
    error.hint(say!("parse.comma_outside.vector")).replace_by(format!("[{whole}]"))
}

/// `(a, b)`
pub fn comma_in_round(inside: &str, span: Span) -> Error {
    fault(say!("parse.comma_in_round"), span)
        .hint(say!("parse.comma_in_round.hint", inside))
        .replace_by(format!("[{inside}]"))
}

pub fn semicolon_outside(span: Span) -> Error {
    fault(say!("parse.semicolon_outside"), span).hint(say!("parse.semicolon_outside.hint"))
}

pub fn colon_outside(span: Span) -> Error {
    fault(say!("parse.colon_outside"), span).hint(say!("parse.colon_outside.hint"))
}

pub fn where_inside(span: Span) -> Error {
    fault(say!("parse.where_inside"), span).hint(say!("parse.where_inside.hint"))
}

pub fn where_needs_name(span: Span) -> Error {
    fault(say!("parse.where_needs_name"), span).hint(say!("parse.where_needs_name.hint"))
}

pub fn where_needs_equals(name: &str, span: Span) -> Error {
    fault(say!("parse.where_needs_equals", name), span).hint(say!("parse.where_needs_equals.hint", name))
}

pub fn where_function(name: &str, span: Span) -> Error {
    fault(say!("parse.where_function"), span).hint(say!("parse.where_function.hint", name))
}

pub fn where_twice(name: &str, span: Span) -> Error {
    Error::new(Kind::Name, say!("parse.where_twice", name)).at(span).hint(say!("parse.where_twice.hint"))
}

pub fn prime_on_built_in(function: &str, span: Span) -> Error {
    fault(say!("parse.prime_on_built_in", function), span).hint(say!("parse.prime_on_built_in.hint", function))
}

pub fn prime_with_arguments(function: &str, primes: usize, args: usize, span: Span) -> Error {
    let error = fault(say!("parse.prime_with_arguments", function, args), span);
    let open = (1..primes).fold(format!("D({function}, 1)"), |inner, _| format!("D({inner}, 1)"));
    error.hint(say!("parse.prime_with_arguments.hint", function)).replace_by(open)
}

pub fn derivative_operator(span: Span) -> Error {
    fault(say!("parse.derivative_operator"), span).hint(say!("parse.derivative_operator.hint"))
}

pub fn derivative_of_built_in(function: &str, span: Span) -> Error {
    fault(say!("parse.derivative_of_built_in", function), span)
        .hint(say!("parse.derivative_of_built_in.hint", function))
}

pub fn derivative_slot(args: usize, span: Span) -> Error {
    if args == 1 {
        return fault(say!("parse.derivative_slot"), span).hint(say!("parse.derivative_slot.hint"));
    }
    fault(say!("parse.derivative_slot_which", args), span).hint(say!("parse.derivative_slot_which.hint"))
}

pub fn sum_form(span: Span) -> Error {
    fault(say!("parse.sum_form"), span).hint(say!("parse.sum_form.hint"))
}

pub fn tensor_form(span: Span) -> Error {
    fault(say!("parse.tensor_form"), span).hint(say!("parse.tensor_form.hint"))
}

pub fn index_twice(name: &str, span: Span) -> Error {
    Error::new(Kind::Name, say!("parse.index_twice", name)).at(span).hint(say!("parse.index_twice.hint"))
}

pub fn empty_entry(span: Span) -> Error {
    fault(say!("parse.empty_entry"), span).hint(say!("parse.empty_entry.hint"))
}

pub fn ragged_rows(first: usize, other: usize, span: Span) -> Error {
    let entries = |n: usize| words::count("parse.entries", n);
    fault(say!("parse.ragged_rows", first = entries(first), other = entries(other)), span)
        .hint(say!("parse.ragged_rows.hint"))
}

/// `[a, b; c, d]`
pub fn semicolon_matrix(rows: &str, span: Span) -> Error {
    fault(say!("parse.semicolon_matrix"), span).hint(say!("parse.semicolon_matrix.hint", rows)).replace_by(rows)
}

pub fn nested_rows(span: Span) -> Error {
    Error::new(Kind::Unsupported, say!("parse.nested_rows")).at(span).hint(say!("parse.nested_rows.hint"))
}
