//! One request of the batch contract, read strictly: every fault names the field.

mod fields;
mod shapes;
#[cfg(test)]
mod tests;
mod values;
mod wrt;

use crate::budget::{self, MAX_NUMBERS, MAX_ORDER};
use crate::error::{Error, Kind, Result};
use crate::expr::Assumption;
use crate::lexer::is_name;
use crate::names::Declared;
use crate::ordered::Ordered;
use crate::span::Span;
use crate::words::{self, LANGUAGES, Language, speaking};
use fields::{FIELDS, Fields};
use serde_json::{Map, Value};
use shapes::{function, variable_shape};
use std::fmt::Display;
use values::values;
use wrt::wrt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Operation {
    #[default]
    Derive,
    Eval,
    Check,
    Parse,
    Tokens,
    Entries,
    Catalog,
    Exercise,
    Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Layout {
    #[default]
    Numerator,
    Denominator,
    Mixed,
}

/// How a derivation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The paper's four steps: name, differentiate each, multiply along paths, substitute back.
    Paths,
    /// d pushed inwards, then read off.
    Differentials,
    /// From the result back to the variable.
    Reverse,
    /// d/dx pushed inwards, for a derivative by a number.
    Textbook,
    /// ∂y_i/∂x_j, entry by entry, put together at the end.
    Index,
}

/// How much of an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Detail {
    #[default]
    Full,
    Result,
    Page,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DimSpec {
    Size(u64),
    Name(String),
    /// `n+1`, `m*n`, `2*n-1`, as answers write the height of `[w; 1]` and the length of `vec(A)`: each product of names
    /// with its factor.
    Formula(Vec<(i64, Vec<String>)>),
}

impl DimSpec {
    pub fn names(&self) -> Vec<&str> {
        match self {
            DimSpec::Size(_) => Vec::new(),
            DimSpec::Name(name) => vec![name],
            DimSpec::Formula(terms) => terms.iter().flat_map(|(_, names)| names.iter().map(String::as_str)).collect(),
        }
    }
}

pub type ShapeSpec = Vec<DimSpec>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionSpec {
    pub args: Vec<ShapeSpec>,
    pub result: ShapeSpec,
}

/// A number, or a regular nest of numbers, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    pub shape: Vec<usize>,
    pub data: Vec<f64>,
}

/// What to differentiate by, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrtSpec {
    Name(String),
    /// `x[2]`, `A[1,2]`
    Component(String, Vec<u64>),
    /// `[x, y]`, of scalars.
    List(Vec<String>),
}

impl WrtSpec {
    pub fn names(&self) -> &[String] {
        match self {
            WrtSpec::Name(name) | WrtSpec::Component(name, _) => std::slice::from_ref(name),
            WrtSpec::List(names) => names,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    pub id: Value,
    pub op: Operation,
    pub expr: String,
    pub wrt: Option<WrtSpec>,
    pub vars: Ordered<String, ShapeSpec>,
    pub funcs: Ordered<String, FunctionSpec>,
    pub at: Ordered<String, Values>,
    pub layout: Layout,
    pub order: u32,
    /// The language of all words in the answer.
    pub language: Language,
    /// The way of the derivation; `None` lets the shapes decide.
    pub way: Option<Way>,
    pub detail: Detail,
    /// Whether formulas are wanted as MathML too (`"detail": "page"`, `parse`).
    pub mathml: bool,
    pub assume: Ordered<String, Vec<Assumption>>,
    /// Sizes for dimension names (`entries`).
    pub sizes: Ordered<String, u64>,
    /// The entry whose own derivation is wanted, row and column from 1 (`entries`).
    pub entry: Option<(u64, u64)>,
    /// The learner's answer (`check`).
    pub answer: Option<String>,
    /// Answers known to be wrong (`check`).
    pub wrong: Vec<String>,
    /// The line before the learner's (`line`); empty for the first, which is d of the expression.
    pub before: String,
    /// What to practise, and which exercise of it (`exercise`).
    pub topic: String,
    pub seed: u64,
}

/// JavaScript has no larger whole numbers.
const LARGEST_SEED: u64 = (1 << 53) - 1;

/// Reads one line. The id comes back even where the rest is faulty; without JSON it is `null`.
pub fn read_line(line: &str) -> (Value, Result<Request>) {
    match Fields::of(line) {
        Ok(Some(fields)) => {
            let id = fields.id.clone().unwrap_or(Value::Null);
            (id, speaking(words::meant(fields.language.as_ref()), || from(fields)))
        }
        Ok(None) => (Value::Null, speaking(Language::English, || Err(no_object()))),
        Err(fault) => {
            let message = say!("request.no_json", column = fault.column());
            (Value::Null, Err(Error::new(Kind::Request, message).hint(say!("request.no_json.hint"))))
        }
    }
}

/// Reads a request that is JSON already.
pub fn read(value: &Value) -> Result<Request> {
    let Value::Object(object) = value else { return Err(no_object()) };
    let mut fields = Fields::default();
    for (name, value) in object {
        *fields.place(name) = Some(value.clone());
    }
    from(fields)
}

fn no_object() -> Error {
    fault(say!("request.no_object")).hint(say!("request.no_object.hint"))
}

/// Of several faults the first in this order is told.
fn from(fields: Fields) -> Result<Request> {
    if let Some(unknown) = fields.strange.first() {
        let all: Vec<String> = fields.strange.iter().take(8).map(|key| format!("`{}`", shorten(key))).collect();
        let error = fault(say!("request.unknown_field", all = all.join(", ")));
        return Err(match crate::names::nearest(unknown, FIELDS.iter().copied()) {
            Some(near) => error.hint(say!("request.did_you_mean", near)),
            None => error.hint(say!("request.fields", all = FIELDS.join(", "))),
        });
    }
    let op = choice("op", fields.op, OPERATIONS)?;
    let request = Request {
        id: fields.id.unwrap_or(Value::Null),
        op,
        expr: expr(fields.expr, op)?,
        wrt: fields.wrt.filter(|v| !v.is_null()).map(wrt).transpose()?,
        vars: map("vars", fields.vars, |name, v| variable_shape(&format_args!("vars.{name}"), v))?,
        funcs: map("funcs", fields.funcs, function)?,
        at: map("at", fields.at, |name, v| values(&format_args!("at.{name}"), v))?,
        layout: choice("layout", fields.layout, LAYOUTS)?,
        order: fields.order.map_or(Ok(1), order)?,
        language: choice("language", fields.language, LANGUAGES)?,
        way: fields.way.map(|v| word(&"way", &v, WAYS)).transpose()?,
        detail: choice("detail", fields.detail, DETAILS)?,
        mathml: fields.mathml.map_or(Ok(false), |v| truth("mathml", v))?,
        assume: map("assume", fields.assume, assumptions)?,
        sizes: map("sizes", fields.sizes, |name, v| size(&format_args!("sizes.{name}"), v))?,
        entry: fields.entry.map(entry).transpose()?,
        answer: fields.answer.map(|v| string("answer", v)).transpose()?,
        wrong: fields.wrong.map_or(Ok(Vec::new()), |v| strings("wrong", v))?,
        before: fields.before.map_or(Ok(String::new()), |v| string("before", v))?,
        topic: fields.topic.map_or(Ok(String::new()), |v| string("topic", v))?,
        seed: fields.seed.map_or(Ok(1), seed)?,
    };
    request.check()?;
    Ok(request)
}

/// The language that is asked for, English where none is.
pub fn language(fields: &Map<String, Value>) -> Result<Language> {
    fields.get("language").map_or(Ok(Language::default()), |value| word(&"language", value, LANGUAGES))
}

const OPERATIONS: &[(&str, Operation)] = &[
    ("derive", Operation::Derive),
    ("eval", Operation::Eval),
    ("check", Operation::Check),
    ("parse", Operation::Parse),
    ("tokens", Operation::Tokens),
    ("entries", Operation::Entries),
    ("catalog", Operation::Catalog),
    ("exercise", Operation::Exercise),
    ("line", Operation::Line),
];
const LAYOUTS: &[(&str, Layout)] =
    &[("numerator", Layout::Numerator), ("denominator", Layout::Denominator), ("mixed", Layout::Mixed)];
pub const WAYS: &[(&str, Way)] = &[
    ("paths", Way::Paths),
    ("textbook", Way::Textbook),
    ("differentials", Way::Differentials),
    ("reverse", Way::Reverse),
    ("index", Way::Index),
];
const DETAILS: &[(&str, Detail)] = &[("full", Detail::Full), ("result", Detail::Result), ("page", Detail::Page)];
const ASSUMPTIONS: &[(&str, Assumption)] =
    &[("symmetric", Assumption::Symmetric), ("invertible", Assumption::Invertible), ("positive", Assumption::Positive)];

impl Request {
    /// What reading the text needs to know of the names.
    pub fn declared(&self) -> Declared<'_> {
        let mut declared = Declared::default();
        // One by one and in order: what `wrt` names is most often there already.
        declared.variables.extend(self.vars.keys().map(String::as_str));
        declared.variables.extend(self.at.keys().map(String::as_str));
        declared.variables.extend(self.wrt.iter().flat_map(WrtSpec::names).map(String::as_str));
        declared.dimensions.extend(self.vars.values().flatten().flat_map(DimSpec::names));
        for (name, function) in &self.funcs {
            declared.functions.insert(name);
            let shapes = function.args.iter().chain([&function.result]);
            declared.dimensions.extend(shapes.flatten().flat_map(DimSpec::names));
        }
        declared
    }

    fn check(&self) -> Result<()> {
        let needs_wrt = matches!(self.op, Operation::Derive | Operation::Check | Operation::Entries | Operation::Line);
        if needs_wrt && self.wrt.is_none() {
            return Err(fault(say!("request.no_wrt")).hint(say!("request.no_wrt.hint")));
        }
        if self.op == Operation::Exercise && self.topic.trim().is_empty() {
            return Err(fault(say!("request.no_topic")).hint(say!("request.no_topic.hint")));
        }
        if self.op == Operation::Check {
            match &self.answer {
                None => return Err(fault(say!("request.no_answer")).hint(say!("request.no_answer.hint"))),
                Some(answer) if answer.trim().is_empty() => {
                    let error = Error::new(Kind::Parse, say!("request.empty_answer")).at(Span::new(0, answer.len()));
                    return Err(error.hint(say!("request.empty_answer.hint")));
                }
                Some(_) => {}
            }
        }
        for name in self.funcs.keys() {
            if crate::names::is_built_in(name) {
                return Err(fault(say!("request.built_in", name)).hint(say!("request.built_in.hint")));
            }
            let twice = |field: &str| Err(fault(say!("request.twice", name, field)).hint(say!("request.twice.hint")));
            if self.vars.contains_key(name) {
                return twice("vars");
            }
            if self.at.contains_key(name) {
                return twice("at");
            }
            if self.wrt.iter().flat_map(WrtSpec::names).any(|wrt| wrt == name) {
                return twice("wrt");
            }
        }
        Ok(())
    }
}

fn fault(message: impl Into<String>) -> Error {
    Error::new(Kind::Request, message)
}

/// `wanted` is a key: `type.number`.
fn wrong_type(field: &dyn Display, wanted: &str, value: &Value) -> Error {
    let wanted = words::text(wanted);
    let found = match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => say!("type.truth_value"),
        Value::Number(_) => say!("type.number"),
        Value::String(_) => say!("type.text"),
        Value::Array(_) => say!("type.list"),
        Value::Object(_) => say!("type.object"),
    };
    fault(say!("request.wrong_type", field, wanted, found)).hint(say!("request.wrong_type.hint", wanted, field))
}

fn shorten(text: &str) -> String {
    if text.chars().count() > 40 { text.chars().take(40).chain(['…']).collect() } else { text.to_owned() }
}

fn string(field: &str, value: Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong_type(&field, "type.text", &other)),
    }
}

fn strings(field: &str, value: Value) -> Result<Vec<String>> {
    match value {
        Value::Array(list) => list.into_iter().map(|item| string(field, item)).collect(),
        other => Err(wrong_type(&field, "type.texts", &other)),
    }
}

fn needs_no_text(op: Operation) -> bool {
    matches!(op, Operation::Catalog | Operation::Exercise)
}

fn expr(value: Option<Value>, op: Operation) -> Result<String> {
    let text = match value {
        Some(value) => string("expr", value)?,
        None if needs_no_text(op) => String::new(),
        None => return Err(fault(say!("request.no_expr")).hint(say!("request.no_expr.hint"))),
    };
    if text.trim().is_empty() && !needs_no_text(op) && op != Operation::Tokens {
        let error = Error::new(Kind::Parse, say!("request.empty_expr")).at(Span::new(0, text.len()));
        return Err(error.hint(say!("request.empty_expr.hint")));
    }
    Ok(text)
}

/// A field with one of a few words as its value; the first is the default.
fn choice<T: Copy + Default>(field: &str, value: Option<Value>, words: &[(&str, T)]) -> Result<T> {
    value.map_or(Ok(T::default()), |value| word(&field, &value, words))
}

fn truth(field: &str, value: Value) -> Result<bool> {
    value.as_bool().ok_or_else(|| wrong_type(&field, "type.true_or_false", &value))
}

fn word<T: Copy>(field: &dyn Display, value: &Value, words: &[(&str, T)]) -> Result<T> {
    let text = value.as_str().ok_or_else(|| wrong_type(field, "type.text", value))?;
    let list = || words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
    found.ok_or_else(|| {
        fault(say!("request.choice", field, text = shorten(text))).hint(say!("request.choice.hint", list = list()))
    })
}

/// An object whose keys are names of the language.
fn map<T>(field: &str, value: Option<Value>, read: impl Fn(&str, &Value) -> Result<T>) -> Result<Ordered<String, T>> {
    let object = match value {
        None => return Ok(Ordered::new()),
        Some(Value::Object(object)) => object,
        Some(other) => return Err(wrong_type(&field, "type.object", &other)),
    };
    let mut result = Ordered::new();
    for (name, value) in object {
        if !is_name(&name) {
            return Err(not_a_name(&field, &name));
        }
        let value = read(&name, &value)?;
        result.insert(name, value);
    }
    Ok(result)
}

fn not_a_name(field: &dyn Display, text: &str) -> Error {
    fault(say!("request.no_name", text = shorten(text), field)).hint(say!("request.no_name.hint"))
}

fn size(field: &dyn Display, value: &Value) -> Result<u64> {
    match value.as_u64() {
        Some(n) if n > MAX_NUMBERS as u64 => {
            Err(Error::new(Kind::Limit, say!("request.large_dimension", field, n, limit = MAX_NUMBERS))
                .hint(say!("request.large_dimension.hint")))
        }
        Some(n) if n > 0 => Ok(n),
        _ if value.is_number() => {
            Err(fault(say!("request.strange_dimension", field, value)).hint(say!("request.strange_dimension.hint")))
        }
        _ => Err(wrong_type(field, "type.positive_integer", value)),
    }
}

/// Which exercise: a whole number that every face can write.
fn seed(value: Value) -> Result<u64> {
    match value.as_u64() {
        Some(seed) if seed <= LARGEST_SEED => Ok(seed),
        _ if value.is_number() => {
            Err(fault(say!("request.seed", limit = LARGEST_SEED)).hint(say!("request.seed.hint")))
        }
        _ => Err(wrong_type(&"seed", "type.whole_number", &value)),
    }
}

fn assumptions(name: &str, value: &Value) -> Result<Vec<Assumption>> {
    let field = format!("assume.{name}");
    match value {
        Value::Array(list) => list.iter().map(|item| word(&field, item, ASSUMPTIONS)).collect(),
        _ => word(&field, value, ASSUMPTIONS).map(|one| vec![one]),
    }
}

/// `[2, 1]`: a row and a column, from 1.
fn entry(value: Value) -> Result<(u64, u64)> {
    let wrong = || wrong_type(&"entry", "type.place", &value);
    match value.as_array().map(Vec::as_slice) {
        Some([row, column]) => match (row.as_u64(), column.as_u64()) {
            (Some(row), Some(column)) if row > 0 && column > 0 => Ok((row, column)),
            _ => Err(wrong()),
        },
        _ => Err(wrong()),
    }
}

fn order(value: Value) -> Result<u32> {
    match value.as_u64().and_then(|n| u32::try_from(n).ok()) {
        Some(n) if n > MAX_ORDER => Err(budget::exceeded("limit.orders", MAX_ORDER as usize)),
        Some(n) if n > 0 => Ok(n),
        _ => Err(wrong_type_or_value(&value)),
    }
}

fn wrong_type_or_value(value: &Value) -> Error {
    if value.is_number() {
        return fault(say!("request.order", value)).hint(say!("request.order.hint"));
    }
    wrong_type(&"order", "type.positive_integer", value)
}
