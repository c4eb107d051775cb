//! Every error of names and shapes, one constructor each: what is wrong, one way out. The caller adds the place.

use crate::error::{Error, Kind};
use crate::op::Fault;
use crate::sorting;
use crate::span::Span;

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
        format!("`{}` is {}{}", self.text, self.shape, self.because)
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
    name(format!("`{function}` is a function, and its argument is missing."))
        .hint(format!("Write `{function}(…)`, or declare `{function}` as a variable."))
}

pub fn function_as_value(function: &str) -> Error {
    name(format!("`{function}` is declared as a function, and its argument is missing."))
        .hint(format!("Write `{function}(…)`."))
}

pub fn run_together(both: &str, a: &str, b: &str) -> Error {
    name(format!("`{both}` is one name, beside `{a}` and `{b}`."))
        .hint(format!("Write `{a}*{b}` for the product, or declare `{both}`."))
        .replace_by(format!("{a}*{b}"))
}

pub fn unknown_name(unknown: &str, near: Option<&str>, known: &[String]) -> Error {
    let error = name(format!("`{unknown}` is not known here."));
    match near {
        Some(near) => error.hint(format!("Did you mean `{near}`?")).replace_by(near),
        None if known.is_empty() => error.hint("Use numbers only."),
        None => {
            let list: Vec<String> = known.iter().take(8).map(|k| format!("`{k}`")).collect();
            error.hint(format!("The names are {}.", list.join(", ")))
        }
    }
}

pub fn meant_function(unknown: &str, meant: &str, span: Span) -> Error {
    name(format!("There is no function `{unknown}`."))
        .at(span)
        .hint(format!("Did you mean `{meant}`? A function of your own is declared in `funcs`."))
        .replace_by(meant)
}

pub fn component_of_built_in(function: &str, component: &str) -> Error {
    name(format!("There is no function `{function}`."))
        .hint(format!("A component is picked behind the brackets: `{component}`."))
        .replace_by(component)
}

pub fn unknown_function(unknown: &str, span: Span) -> Error {
    name(format!("There is no function `{unknown}`.")).at(span).hint("Use the functions of the expression.")
}

pub fn given_and_declared(twice: &str) -> Error {
    name(format!("`{twice}` is a variable, and `where` gives it a value.")).hint("Choose another name behind `where`.")
}

pub fn given_and_function(twice: &str) -> Error {
    name(format!("`{twice}` is a function, and `where` gives it a value.")).hint("Choose another name behind `where`.")
}

pub fn used_before_given(early: &str) -> Error {
    name(format!("`{early}` is used before it is given.")).hint(format!("Give `{early}` first."))
}

pub fn not_an_index(unbound: &str) -> Error {
    name(format!("`{unbound}` is not an index here."))
        .hint(format!("Write a number, or bind it: `sum({unbound}, 1, n, …)`."))
}

pub fn index_as_size(index: &str) -> Error {
    name(format!("`{index}` is an index, not a size.")).hint("Sizes are whole numbers or dimensions such as `n`.")
}

pub fn variable_as_size(variable: &str) -> Error {
    name(format!("`{variable}` is a variable, not a size.")).hint("Sizes are whole numbers or dimensions such as `n`.")
}

pub fn wrt_not_there(wrt: &str, near: Option<&str>) -> Error {
    let error = name(format!("`{wrt}` is not a name of the expression."));
    match near {
        Some(near) => error.hint(format!("Did you mean `{near}`?")),
        None => error.hint("Differentiate by a name of the expression, or declare the name in `vars`."),
    }
}

pub fn wrt_given(wrt: &str) -> Error {
    name(format!("`{wrt}` is given by `where`, so it does not vary freely."))
        .hint("Differentiate by a variable it depends on.")
}

pub fn wrt_dimension(wrt: &str) -> Error {
    name(format!("`{wrt}` is a dimension: a whole number has no derivative.")).hint("Differentiate by a variable.")
}

pub fn assumed_not_there(assumed: &str) -> Error {
    name(format!("`assume` speaks of `{assumed}`, which is not a variable of the expression."))
        .hint("Use a name of the expression.")
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
    sorting::sort(&mut counts);
    counts.dedup();
    counts.iter().map(usize::to_string).collect::<Vec<_>>().join(" or ")
}

pub fn argument_count(function: &str, wanted: &str, found: usize) -> Error {
    let plural = if wanted == "1" { "" } else { "s" };
    let error = Error::new(Kind::Parse, format!("`{function}` takes {wanted} argument{plural}, and here are {found}."));
    match function {
        "sum" => error.hint("Write `sum(x)`, or `sum(i, 1, n, x[i])`."),
        _ => error.hint("Arguments are separated by commas."),
    }
}

pub fn unreadable_place() -> Error {
    shape("A subscript is a whole number, or a bound index such as `i` or `i+1`.").hint("Write `x[2]` or `x[i+1]`.")
}

pub fn place_below_one(k: i64) -> Error {
    shape(format!("There is no entry {k}: entries are counted from 1.")).hint("The first entry is `x[1]`.")
}

pub fn no_such_entry(k: i64, size: u64) -> Error {
    shape(format!("There is no entry {k}: this runs from 1 to {size}.")).hint(format!("Take one from 1 to {size}."))
}

pub fn index_range(index: &str, range: &str, dim: &str) -> Error {
    shape(format!("`{index}` runs to {range}, but here it has to run to {dim}."))
        .hint("Let the index run over the whole dimension.")
}

pub fn index_beyond(index: &str, range: &str, dim: &str) -> Error {
    shape(format!("`{index}` runs to {range}, and there are {dim} entries.")).hint("Let the index end earlier.")
}

pub fn delta_ranges(i: &str, j: &str) -> Error {
    shape(format!("These indices run to {i} and to {j}: they cannot be compared."))
        .hint("Take indices of one dimension.")
}

pub fn subscript_count(base: Operand, order: usize, found: usize) -> Error {
    let subscripts = |n: usize| if n == 1 { "1 subscript".to_owned() } else { format!("{n} subscripts") };
    if order == 0 {
        return shape(format!("{}: it has no entries to pick.", base.is())).hint("Declare it as a vector or matrix.");
    }
    shape(format!("{}: it takes {}, not {found}.", base.is(), subscripts(order)))
        .hint(format!("Write {}.", subscripts(order)))
}

pub fn not_a_size() -> Error {
    shape("A size is a positive whole number or a dimension.").hint("Write for example `ones(3)` or `ones(n)`.")
}

pub fn sum_bound(span: Span) -> Error {
    shape("A sum begins at a whole number.").at(span).hint("Write `sum(i, 1, n, …)`.")
}

pub fn left_out(most: u64) -> Error {
    shape(format!("How many entries are left out is a whole number from 1 to {most}.")).hint("Write `prod_but(x, 3)`.")
}

pub fn empty_sum(first: i64, last: i64, span: Span) -> Error {
    shape(format!("This sum runs from {first} to {last}: it has no terms.")).at(span).hint("Let it end later.")
}

// --- shapes -----------------------------------------------------------------------------------------------------

pub fn mismatch(product: bool, left: Operand, right: Operand, hint: &str) -> Error {
    let demand = if product {
        "in a product the columns of the left have to match the rows of the right"
    } else {
        "these shapes have to be the same"
    };
    let error = shape(format!("{}, {}: {demand}.", left.is(), right.is()));
    if hint.is_empty() { error.hint("Change one of the shapes, or transpose one with `'`.") } else { error.hint(hint) }
}

pub fn wrong_operand(usage: &str, fault: &Fault, operand: Operand) -> Error {
    let hint = if fault.hint.is_empty() { format!("It is written `{usage}`.") } else { fault.hint.clone() };
    shape(format!("{} Here {}.", fault.message, operand.is())).hint(hint)
}

pub fn unsupported(message: &str, text: &str) -> Error {
    Error::new(Kind::Unsupported, format!("`{}`: {message}", shorten(text)))
        .hint("Write it in another way, if you can.")
}

pub fn two_vectors(left: Operand, right: Operand) -> Error {
    shape(format!("{}, {}: `*` does not multiply two vectors.", left.is(), right.is())).hint(format!(
        "Write `{0} · {1}` for the dot product, `{0} ⊙ {1}` entry by entry, `outer({0}, {1})` for all products.",
        left.text, right.text
    ))
}

pub fn division(right: Operand) -> Error {
    shape(format!("`/` divides by a scalar, and {}.", right.is())).hint("Write `./` to divide entry by entry.")
}

pub fn power_not_square(base: Operand) -> Error {
    shape(format!("{}: only a square matrix has a power.", base.is()))
        .hint("Write `.^` for powers entry by entry.")
        .replace_by(".^")
}

pub fn power_of_matrix(base: Operand) -> Error {
    shape(format!("{}: with `^` a matrix takes a whole exponent.", base.is()))
        .hint("Write `.^` for powers entry by entry.")
        .replace_by(".^")
}

pub fn vector_in_list(entry: Operand, stack: Option<String>) -> Error {
    let error = shape(format!("`[a, b]` lists scalars, and {}.", entry.is()));
    match stack {
        Some(stack) => error.hint(format!("Write `{stack}` to put them one under the other.")).replace_by(stack),
        None => error.hint("Write `[x; y]` to put vectors one under the other."),
    }
}

pub fn entry_not_scalar(body: Operand) -> Error {
    shape(format!("An entry of a tensor is a scalar, and {}.", body.is())).hint("Pick a component, as in `x[i]`.")
}

pub fn constant_of(function: &str, arg: Operand) -> Error {
    shape(format!("`{function}` repeats a scalar, and {}.", arg.is())).hint(format!("Write `{function}(1)`."))
}

pub fn outer_of(arg: Operand) -> Error {
    shape(format!("`outer` takes two vectors, and {}.", arg.is())).hint("Write `outer(x, y)`.")
}

pub fn component_of(function: &str, result: &str) -> Error {
    shape(format!("`{function}` gives {result}, so it has no components."))
        .hint(format!("Declare `{function}` in `funcs` with a vector as its result."))
}

pub fn undeclared_function(function: &str) -> Error {
    shape(format!("The shapes of `{function}` cannot be guessed from this use."))
        .hint(format!("Declare them in `funcs`; for a product write `{function} * (…)`."))
}

pub fn function_arguments(function: &str, wanted: usize, found: usize) -> Error {
    let arguments = |n: usize| if n == 1 { "1 argument".to_owned() } else { format!("{n} arguments") };
    shape(format!("`{function}` has {}, and here are {found}.", arguments(wanted)))
        .hint("Use a function the same way everywhere.")
}

pub fn function_argument(function: &str, wanted: &str, arg: Operand) -> Error {
    shape(format!("`{function}` takes {wanted} here, and {}.", arg.is()))
        .hint("Use a function the same way everywhere.")
}

pub fn nothing_fixes(text: &str) -> Error {
    shape(format!("Nothing fixes the size of `{}`.", shorten(text))).hint("Say it: `ones(n)`, `ones(m, n)`, `eye(n)`.")
}

pub fn changes_dimensions() -> Error {
    shape("This only fits if dimensions were equal that are not.").hint("Look at the shapes of its parts.")
}

pub fn wrt_component(name: &str, order: usize, found: usize) -> Error {
    shape(format!("`wrt` picks a component of `{name}` with {found} subscripts, and it takes {order}."))
        .hint("Write `x[2]` for a vector, `A[1,2]` for a matrix.")
}

pub fn wrt_list_entry(name: &str, described: &str) -> Error {
    shape(format!("A list in `wrt` holds scalars, and `{name}` is {described}.")).hint("Differentiate by it alone.")
}

pub fn assumed_square(name: &str, described: &str) -> Error {
    shape(format!("`assume` needs a square matrix, and `{name}` is {described}.")).hint("Take the assumption away.")
}

/// For what was checked before and cannot happen by what a user types.
pub fn inconsistent(fault: &Fault) -> Error {
    shape(fault.message.clone()).hint("Declare the shapes of the variables.")
}
