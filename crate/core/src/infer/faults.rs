//! Every error of names and shapes, one constructor each: what is wrong, one way out. The caller adds the place.

use crate::error::{Error, Kind};
use crate::op::Fault;
use crate::span::Span;
use crate::words;

/// An operand in a message.
pub struct Operand {
    pub text: String,
    /// `a vector [n]`
    pub shape: String,
    /// Why, in brackets with a space before; empty where the user said so.
    pub because: String,
}

impl Operand {
    fn is(&self) -> String {
        say!("infer.operand", text = self.text, shape = self.shape, because = self.because)
    }
}

/// A text short enough for a message.
pub fn shorten(text: &str) -> String {
    if text.chars().count() > 40 { text.chars().take(39).chain(['…']).collect() } else { text.to_owned() }
}

fn name(message: impl Into<String>) -> Error {
    Error::new(Kind::Name, message)
}

fn shape(message: impl Into<String>) -> Error {
    Error::new(Kind::Shape, message)
}

// --- names ------------------------------------------------------------------------------------------------------

pub fn built_in_as_value(function: &str) -> Error {
    name(say!("infer.built_in_as_value", function)).hint(say!("infer.built_in_as_value.hint", function))
}

pub fn function_as_value(function: &str) -> Error {
    name(say!("infer.function_as_value", function)).hint(say!("infer.function_as_value.hint", function))
}

pub fn run_together(both: &str, a: &str, b: &str) -> Error {
    name(say!("infer.run_together", both, a, b))
        .hint(say!("infer.run_together.hint", a, b, both))
        .replace_by(format!("{a}*{b}"))
}

pub fn unknown_name(unknown: &str, near: Option<&str>, known: &[String]) -> Error {
    let error = name(say!("infer.unknown_name", unknown));
    match near {
        Some(near) => error.hint(say!("infer.unknown_name.hint", near)).replace_by(near),
        None if known.is_empty() => error.hint(say!("infer.unknown_name.numbers")),
        None => {
            let list: Vec<String> = known.iter().take(8).map(|k| format!("`{k}`")).collect();
            error.hint(say!("infer.unknown_name.list", list = list.join(", ")))
        }
    }
}

pub fn meant_function(unknown: &str, meant: &str, span: Span) -> Error {
    name(say!("infer.meant_function", unknown))
        .at(span)
        .hint(say!("infer.meant_function.hint", meant))
        .replace_by(meant)
}

pub fn component_of_built_in(function: &str, component: &str) -> Error {
    name(say!("infer.component_of_built_in", function))
        .hint(say!("infer.component_of_built_in.hint", component))
        .replace_by(component)
}

pub fn unknown_function(unknown: &str, span: Span) -> Error {
    name(say!("infer.unknown_function", unknown)).at(span).hint(say!("infer.unknown_function.hint"))
}

pub fn given_and_declared(twice: &str) -> Error {
    name(say!("infer.given_and_declared", twice)).hint(say!("infer.given_and_declared.hint"))
}

pub fn given_and_function(twice: &str) -> Error {
    name(say!("infer.given_and_function", twice)).hint(say!("infer.given_and_function.hint"))
}

pub fn used_before_given(early: &str) -> Error {
    name(say!("infer.used_before_given", early)).hint(say!("infer.used_before_given.hint", early))
}

pub fn not_an_index(unbound: &str) -> Error {
    name(say!("infer.not_an_index", unbound)).hint(say!("infer.not_an_index.hint", unbound))
}

pub fn index_as_size(index: &str) -> Error {
    name(say!("infer.index_as_size", index)).hint(say!("infer.index_as_size.hint"))
}

pub fn variable_as_size(variable: &str) -> Error {
    name(say!("infer.variable_as_size", variable)).hint(say!("infer.variable_as_size.hint"))
}

pub fn wrt_not_there(wrt: &str, near: Option<&str>) -> Error {
    let error = name(say!("infer.wrt_not_there", wrt));
    match near {
        Some(near) => error.hint(say!("infer.wrt_not_there.hint", near)),
        None => error.hint(say!("infer.wrt_not_there.declare")),
    }
}

pub fn wrt_given(wrt: &str) -> Error {
    name(say!("infer.wrt_given", wrt)).hint(say!("infer.wrt_given.hint"))
}

pub fn wrt_dimension(wrt: &str) -> Error {
    name(say!("infer.wrt_dimension", wrt)).hint(say!("infer.wrt_dimension.hint"))
}

pub fn assumed_not_there(assumed: &str) -> Error {
    name(say!("infer.assumed_not_there", assumed)).hint(say!("infer.assumed_not_there.hint"))
}

// --- arguments, subscripts, sizes -------------------------------------------------------------------------------

/// `1`, or `1 or 2`, as the operators of that name take them.
pub fn allowed_counts(function: &str) -> String {
    let counts = crate::ops::all().filter(|op| op.name == function || op.aliases.contains(&function));
    let mut counts: Vec<usize> = counts
        .filter_map(|op| match op.typed {
            crate::op::Typed::Call { least, most } => Some(least..=most),
            _ => None,
        })
        .flatten()
        .collect();
    counts.sort_unstable();
    counts.dedup();
    counts.iter().map(usize::to_string).collect::<Vec<_>>().join(&format!(" {} ", say!("infer.or")))
}

pub fn argument_count(function: &str, wanted: &str, found: usize) -> Error {
    let message = match wanted {
        "1" => say!("infer.argument_count.one", function, found),
        _ => say!("infer.argument_count.many", function, wanted, found),
    };
    let error = Error::new(Kind::Parse, message);
    match function {
        "sum" => error.hint(say!("infer.argument_count.hint")),
        _ => error.hint(say!("infer.argument_count.commas")),
    }
}

pub fn unreadable_place() -> Error {
    shape(say!("infer.unreadable_place")).hint(say!("infer.unreadable_place.hint"))
}

pub fn place_below_one(k: i64) -> Error {
    shape(say!("infer.place_below_one", k)).hint(say!("infer.place_below_one.hint"))
}

pub fn no_such_entry(k: i64, size: u64) -> Error {
    shape(say!("infer.no_such_entry", k, size)).hint(say!("infer.no_such_entry.hint", size))
}

pub fn index_range(index: &str, range: &str, dim: &str) -> Error {
    shape(say!("infer.index_range", index, range, dim)).hint(say!("infer.index_range.hint"))
}

pub fn index_beyond(index: &str, range: &str, dim: &str) -> Error {
    shape(say!("infer.index_beyond", index, range, dim)).hint(say!("infer.index_beyond.hint"))
}

pub fn delta_ranges(i: &str, j: &str) -> Error {
    shape(say!("infer.delta_ranges", i, j)).hint(say!("infer.delta_ranges.hint"))
}

pub fn subscript_count(base: Operand, order: usize, found: usize) -> Error {
    if order == 0 {
        return shape(say!("infer.subscript_count", base = base.is())).hint(say!("infer.subscript_count.hint"));
    }
    let wanted = words::count("infer.subscripts", order);
    shape(say!("infer.subscript_count_other", base = base.is(), wanted, found))
        .hint(say!("infer.subscript_count_other.hint", wanted))
}

pub fn not_a_size() -> Error {
    shape(say!("infer.not_a_size")).hint(say!("infer.not_a_size.hint"))
}

pub fn sum_bound(span: Span) -> Error {
    shape(say!("infer.sum_bound")).at(span).hint(say!("infer.sum_bound.hint"))
}

pub fn left_out(most: u64) -> Error {
    shape(say!("infer.left_out", most)).hint(say!("infer.left_out.hint"))
}

pub fn empty_sum(first: i64, last: i64, span: Span) -> Error {
    shape(say!("infer.empty_sum", first, last)).at(span).hint(say!("infer.empty_sum.hint"))
}

// --- shapes -----------------------------------------------------------------------------------------------------

pub fn mismatch(product: bool, left: Operand, right: Operand, hint: &str) -> Error {
    let demand = if product { say!("infer.mismatch") } else { say!("infer.mismatch_same") };
    let error = shape(format!("{}, {}: {demand}.", left.is(), right.is()));
    if hint.is_empty() { error.hint(say!("infer.mismatch.hint")) } else { error.hint(hint) }
}

pub fn wrong_operand(usage: &str, fault: &Fault, operand: Operand) -> Error {
    let hint = if fault.hint.is_empty() { say!("infer.wrong_operand", usage) } else { fault.hint.clone() };
    shape(format!("{} {}", fault.message, say!("infer.here", operand = operand.is()))).hint(hint)
}

pub fn unsupported(message: &str, text: &str) -> Error {
    Error::new(Kind::Unsupported, format!("`{}`: {message}", shorten(text))).hint(say!("infer.unsupported.hint"))
}

pub fn two_vectors(left: Operand, right: Operand) -> Error {
    shape(say!("infer.two_vectors", left = left.is(), right = right.is())).hint(say!(
        "infer.two_vectors.hint",
        left = left.text,
        right = right.text
    ))
}

pub fn division(right: Operand) -> Error {
    shape(say!("infer.division", right = right.is())).hint(say!("infer.division.hint"))
}

pub fn power_not_square(base: Operand) -> Error {
    shape(say!("infer.power_not_square", base = base.is())).hint(say!("infer.power_not_square.hint")).replace_by(".^")
}

pub fn power_of_matrix(base: Operand) -> Error {
    shape(say!("infer.power_of_matrix", base = base.is())).hint(say!("infer.power_of_matrix.hint")).replace_by(".^")
}

pub fn vector_in_list(entry: Operand, stack: Option<String>) -> Error {
    let error = shape(say!("infer.vector_in_list", entry = entry.is()));
    match stack {
        Some(stack) => error.hint(say!("infer.vector_in_list.hint", stack)).replace_by(stack),
        None => error.hint(say!("infer.vector_in_list.stack")),
    }
}

pub fn entry_not_scalar(body: Operand) -> Error {
    shape(say!("infer.entry_not_scalar", body = body.is())).hint(say!("infer.entry_not_scalar.hint"))
}

pub fn constant_of(function: &str, arg: Operand) -> Error {
    shape(say!("infer.constant_of", function, arg = arg.is())).hint(say!("infer.constant_of.hint", function))
}

pub fn outer_of(arg: Operand) -> Error {
    shape(say!("infer.outer_of", arg = arg.is())).hint(say!("infer.outer_of.hint"))
}

pub fn component_of(function: &str, result: &str) -> Error {
    shape(say!("infer.component_of", function, result)).hint(say!("infer.component_of.hint", function))
}

pub fn undeclared_function(function: &str) -> Error {
    shape(say!("infer.undeclared_function", function)).hint(say!("infer.undeclared_function.hint", function))
}

pub fn function_arguments(function: &str, wanted: usize, found: usize) -> Error {
    shape(say!("infer.function_arguments", function, wanted = words::count("infer.arguments", wanted), found))
        .hint(say!("infer.function_arguments.hint"))
}

pub fn function_argument(function: &str, wanted: &str, arg: Operand) -> Error {
    shape(say!("infer.function_argument", function, wanted, arg = arg.is())).hint(say!("infer.function_argument.hint"))
}

pub fn nothing_fixes(text: &str) -> Error {
    shape(say!("infer.nothing_fixes", text = shorten(text))).hint(say!("infer.nothing_fixes.hint"))
}

pub fn changes_dimensions() -> Error {
    shape(say!("infer.changes_dimensions")).hint(say!("infer.changes_dimensions.hint"))
}

pub fn wrt_component(name: &str, order: usize, found: usize) -> Error {
    shape(say!("infer.wrt_component", name, found, order)).hint(say!("infer.wrt_component.hint"))
}

pub fn wrt_list_entry(name: &str, described: &str) -> Error {
    shape(say!("infer.wrt_list_entry", name, described)).hint(say!("infer.wrt_list_entry.hint"))
}

pub fn assumed_square(name: &str, described: &str) -> Error {
    shape(say!("infer.assumed_square", name, described)).hint(say!("infer.assumed_square.hint"))
}

/// For what was checked before and cannot happen by what a user types.
pub fn inconsistent(fault: &Fault) -> Error {
    shape(fault.message.clone()).hint(say!("infer.inconsistent.hint"))
}
