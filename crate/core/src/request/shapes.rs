//! Shapes as a request writes them: `["m", 3]`, `["n+1"]`, and those of functions.

use super::{DimSpec, FunctionSpec, ShapeSpec, fault, not_a_name, shorten, size, wrong_type};
use crate::error::{Error, Kind, Result};
use crate::lexer::is_name;
use crate::shape::Formula;
use crate::sorting;
use serde_json::Value;
use std::fmt::Display;

fn dimension(field: &dyn Display, value: &Value) -> Result<DimSpec> {
    match value {
        Value::String(name) if is_name(name) => Ok(DimSpec::Name(name.clone())),
        Value::String(text) if text.len() < 200 && text.contains(['+', '-', '*']) => {
            formula(text).map(DimSpec::Formula).ok_or_else(|| not_a_name(field, text))
        }
        Value::String(name) => Err(not_a_name(field, name)),
        Value::Number(_) => size(field, value).map(DimSpec::Size),
        _ => Err(wrong_type(field, "type.names_and_integers", value)),
    }
}

/// Reads `m*n+2*m-1`: products of names and whole numbers, added and subtracted.
fn formula(text: &str) -> Option<Vec<(i64, Vec<String>)>> {
    let mut terms = Vec::new();
    let mut rest = text;
    let mut sign = 1;
    loop {
        let end = rest.find(['+', '-']).unwrap_or(rest.len());
        let (mut factor, mut names) = (sign, Vec::new());
        for word in rest[..end].split('*').map(str::trim) {
            match word.parse::<u32>() {
                Ok(number) => factor = i64::saturating_mul(factor, number.into()),
                Err(_) if is_name(word) => names.push(word.to_owned()),
                Err(_) => return None,
            }
        }
        terms.push((factor, names));
        sign = match rest[end..].chars().next() {
            None => return can_be_a_size(&terms).then_some(terms),
            Some('-') => -1,
            Some(_) => 1,
        };
        rest = &rest[end + 1..];
    }
}

/// False for `n-n`, and for what is too long.
fn can_be_a_size(terms: &[(i64, Vec<String>)]) -> bool {
    let mut known: Vec<&String> = terms.iter().flat_map(|(_, names)| names).collect();
    sorting::sort(&mut known);
    let number = |name: &String| Formula::name(known.partition_point(|k| *k < name) as u32);
    let mut sum = Formula::default();
    for (factor, names) in terms {
        if names.len() > 64 {
            return false;
        }
        let product = names.iter().fold(Formula::whole(1), |product, name| product.times(&number(name)));
        sum = sum.plus(&product, *factor);
    }
    sum.is_short() && sum.constant().is_none_or(|n| n > 0)
}

fn shape(field: &dyn Display, value: &Value) -> Result<ShapeSpec> {
    let list = value.as_array().ok_or_else(|| wrong_type(field, "type.dimensions", value))?;
    list.iter().map(|dim| dimension(field, dim)).collect()
}

pub fn variable_shape(field: &dyn Display, value: &Value) -> Result<ShapeSpec> {
    let shape = shape(field, value)?;
    if shape.len() > 2 {
        let message = say!("request.order_three", field, count = shape.len());
        return Err(Error::new(Kind::Unsupported, message).hint(say!("request.order_three.hint")));
    }
    Ok(shape)
}

pub fn function(name: &str, value: &Value) -> Result<FunctionSpec> {
    let field = format!("funcs.{name}");
    let object = value.as_object().ok_or_else(|| wrong_type(&field, "type.function", value))?;
    if let Some(unknown) = object.keys().find(|key| !matches!(key.as_str(), "args" | "result")) {
        return Err(fault(say!("request.function_field", field, unknown = shorten(unknown)))
            .hint(say!("request.function_field.hint")));
    }
    let part = |part: &str| {
        let missing = || fault(say!("request.function_part", field, part)).hint(say!("request.function_field.hint"));
        object.get(part).ok_or_else(missing)
    };
    let args_field = format!("{field}.args");
    let list = part("args")?;
    let list = list.as_array().ok_or_else(|| wrong_type(&args_field, "type.shapes", list))?;
    if list.is_empty() {
        return Err(fault(say!("request.no_arguments", args_field)).hint(say!("request.no_arguments.hint")));
    }
    let args = list.iter().map(|arg| variable_shape(&args_field, arg)).collect::<Result<_>>()?;
    Ok(FunctionSpec { args, result: variable_shape(&format!("{field}.result"), part("result")?)? })
}
