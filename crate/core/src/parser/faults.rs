//! Every error of the parser, one constructor each: what is wrong, where, one way out.

use crate::budget::{MAX_NESTING, MAX_SOURCE};
use crate::error::{Error, Kind};
use crate::lexer::fault;
use crate::span::Span;

pub fn empty(span: Span) -> Error {
    fault("There is no expression yet.", span).hint("Type one, for example `relu(w·x + b)`.")
}

pub fn too_long(span: Span) -> Error {
    Error::new(Kind::Limit, format!("The text is longer than {MAX_SOURCE} characters, which is the limit here."))
        .at(span)
        .hint("Split the expression, or name shared parts with `where`.")
}

pub fn too_deep(span: Span) -> Error {
    Error::new(
        Kind::Limit,
        format!("Brackets, powers and signs are nested more than {MAX_NESTING} deep, which is the limit here."),
    )
    .at(span)
    .hint("Name inner parts with `where u = …`.")
}

/// `x *` at the end of the text or of a bracket.
pub fn nothing_behind(operator: &str, span: Span) -> Error {
    fault(format!("Something is missing behind `{operator}`."), span)
        .hint(format!("Add what `{operator}` applies to, or take it away."))
}

/// `* x`, `a + * b`.
pub fn nothing_before(operator: &str, span: Span) -> Error {
    fault(format!("Something is missing before `{operator}`."), span)
        .hint(format!("Add what `{operator}` applies to, or take it away."))
}

pub fn unexpected(token: &str, span: Span) -> Error {
    fault(format!("`{token}` is out of place here."), span).hint("Here a number, a name or a bracket is expected.")
}

pub fn empty_brackets(span: Span) -> Error {
    fault("There is nothing between these brackets.", span).hint("Write something between them, or take them away.")
}

pub fn no_arguments(function: &str, span: Span) -> Error {
    fault(format!("`{function}` needs something in its brackets."), span)
        .hint(format!("Write for example `{function}(x)`."))
}

/// The opening bracket has no closing one; `rest` is the text from it to the place where it should close.
pub fn never_closed(open: &str, close: &str, rest: &str, span: Span) -> Error {
    fault(format!("The bracket `{open}` is never closed."), span)
        .hint(format!("Add `{close}`."))
        .replace_by(format!("{rest}{close}"))
}

pub fn never_opened(close: &str, span: Span) -> Error {
    fault(format!("The bracket `{close}` was never opened."), span).hint("Take it away, or open one before it.")
}

/// `(x]`
pub fn wrong_bracket(open: &str, close: &str, found: &str, span: Span) -> Error {
    fault(format!("`{open}` is closed by `{found}` here."), span).hint(format!("Write `{close}`.")).replace_by(close)
}

pub fn two_numbers(left: &str, right: &str, span: Span) -> Error {
    fault("Two numbers stand side by side.", span)
        .hint("Write an operator between them.")
        .replace_by(format!("{left}*{right}"))
        .replace_by(format!("{left}{right}"))
}

pub fn chained_comparison(span: Span) -> Error {
    fault("Comparisons cannot be chained.", span).hint("Multiply two of them: `(a < b) * (b < c)`.")
}

pub fn equals_outside_where(span: Span) -> Error {
    fault("`=` only gives names behind `where`.", span)
        .hint("Type the right side alone, or write `expression where u = …`.")
}

pub fn comma_outside(whole: &str, span: Span) -> Error {
    let error = fault("A comma belongs between square brackets or between arguments.", span);
    if whole.is_empty() {
        return error.hint("Write `[a, b]` for a vector.");
    }
    error.hint("Write a vector in square brackets.").replace_by(format!("[{whole}]"))
}

/// `(a, b)`
pub fn comma_in_round(inside: &str, span: Span) -> Error {
    fault("A vector is written in square brackets.", span)
        .hint(format!("Write `[{inside}]`."))
        .replace_by(format!("[{inside}]"))
}

pub fn semicolon_outside(span: Span) -> Error {
    fault("`;` stacks vectors inside square brackets.", span).hint("Write `[u; v]`.")
}

pub fn colon_outside(span: Span) -> Error {
    fault("`:` stands for a whole row or column inside an index.", span).hint("Write `A[1,:]` or `A[:,2]`.")
}

pub fn where_inside(span: Span) -> Error {
    fault("`where` stands behind the whole expression.", span).hint("Close the brackets first.")
}

pub fn where_needs_name(span: Span) -> Error {
    fault("Behind `where` a name is expected.", span).hint("Write `where u = w·x + b`.")
}

pub fn where_needs_equals(name: &str, span: Span) -> Error {
    fault(format!("`{name}` is not given a value."), span).hint(format!("Write `{name} = …`."))
}

pub fn where_function(name: &str, span: Span) -> Error {
    fault("`where` names values, not functions.", span).hint(format!("Write `{name} = …` without brackets."))
}

pub fn where_twice(name: &str, span: Span) -> Error {
    Error::new(Kind::Name, format!("`{name}` is given twice.")).at(span).hint("Choose another name for one of them.")
}

pub fn prime_on_built_in(function: &str, span: Span) -> Error {
    fault(format!("A prime is for functions without a formula; `{function}` has one."), span)
        .hint(format!("Type `{function}(…)` itself and differentiate it."))
}

pub fn prime_with_arguments(function: &str, primes: usize, args: usize, span: Span) -> Error {
    let error =
        fault(format!("`{function}` has {args} arguments: a prime does not say by which to differentiate."), span);
    let open = (1..primes).fold(format!("D({function}, 1)"), |inner, _| format!("D({inner}, 1)"));
    error.hint(format!("Write `D({function}, 1)(…)` for the first.")).replace_by(open)
}

pub fn derivative_operator(span: Span) -> Error {
    fault("`D` takes the name of a function, then its arguments.", span)
        .hint("Write `D(f)(x)`, or `D(f, 2)(x, y)` for the second argument.")
}

pub fn derivative_of_built_in(function: &str, span: Span) -> Error {
    fault(format!("`D` is for functions without a formula; `{function}` has one."), span)
        .hint(format!("Type `{function}(…)` itself and differentiate it."))
}

pub fn derivative_slot(args: usize, span: Span) -> Error {
    if args == 1 {
        return fault("This function has one argument only.", span).hint("Write `D(f)(x)`.");
    }
    fault(format!("`D` has to say by which of the {args} arguments to differentiate."), span)
        .hint("Write `D(f, 1)(x, y)` for the first.")
}

pub fn sum_form(span: Span) -> Error {
    fault("A sum over an index takes the index, where it begins, where it ends, and what is summed.", span)
        .hint("Write `sum(i, 1, n, x[i])`.")
}

pub fn tensor_form(span: Span) -> Error {
    fault("`tensor` takes its indices with their dimensions, then the entry.", span)
        .hint("Write `tensor(i:m, j:n, A[i,j])`.")
}

pub fn index_twice(name: &str, span: Span) -> Error {
    Error::new(Kind::Name, format!("The index `{name}` is used twice.")).at(span).hint("Choose another letter.")
}

pub fn empty_entry(span: Span) -> Error {
    fault("An entry is missing here.", span).hint("Write it, or take the comma away.")
}

pub fn ragged_rows(first: usize, other: usize, span: Span) -> Error {
    let entries = |n: usize| if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") };
    fault(format!("The rows differ in length: the first has {}, this one {}.", entries(first), entries(other)), span)
        .hint("Give every row the same number of entries.")
}

/// `[a, b; c, d]`
pub fn semicolon_matrix(rows: &str, span: Span) -> Error {
    fault("A matrix is written by rows, each in brackets of its own.", span)
        .hint(format!("Write `{rows}`."))
        .replace_by(rows)
}

pub fn nested_rows(span: Span) -> Error {
    Error::new(Kind::Unsupported, "Brackets three deep would be a tensor of order 3.")
        .at(span)
        .hint("Write `tensor(i:2, j:2, k:2, …)`.")
}
