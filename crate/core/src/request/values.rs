//! Numbers for variables.

use super::{Values, fault, wrong_type};
use crate::budget::MAX_NUMBERS;
use crate::error::{Error, Kind, Result};
use serde_json::Value;
use std::fmt::Display;

/// Nested numbers of `at`. The nest may be at most two deep, as variables are.
pub fn values(field: &dyn Display, value: &Value) -> Result<Values> {
    let Value::Array(rows) = value else {
        return Ok(Values { shape: Vec::new(), data: vec![number(field, value)?] });
    };
    let too_many = |n: usize| {
        let message = say!("request.many_numbers", field, n, limit = MAX_NUMBERS);
        Error::new(Kind::Limit, message).hint(say!("request.many_numbers.hint"))
    };
    if rows.len() > MAX_NUMBERS {
        return Err(too_many(rows.len()));
    }
    let Some(Value::Array(first)) = rows.first() else {
        if rows.is_empty() {
            return Err(fault(say!("request.empty_vector", field)).hint(say!("request.empty_vector.hint")));
        }
        let data = rows.iter().map(|entry| number(field, entry)).collect::<Result<Vec<f64>>>()?;
        return Ok(Values { shape: vec![rows.len()], data });
    };
    let columns = first.len();
    if columns == 0 {
        return Err(fault(say!("request.empty_row", field)).hint(say!("request.empty_row.hint")));
    }
    if rows.len() * columns > MAX_NUMBERS {
        return Err(too_many(rows.len() * columns));
    }
    let mut data = Vec::with_capacity(rows.len() * columns);
    for row in rows {
        let row = row.as_array().ok_or_else(|| wrong_type(field, "type.even_rows", row))?;
        if row.len() != columns {
            let message = say!("request.ragged_rows", field, columns, other = row.len());
            return Err(fault(message).hint(say!("request.ragged_rows.hint")));
        }
        for entry in row {
            data.push(number(field, entry)?);
        }
    }
    Ok(Values { shape: vec![rows.len(), columns], data })
}

fn number(field: &dyn Display, value: &Value) -> Result<f64> {
    match value {
        Value::Number(n) => n.as_f64().ok_or_else(|| wrong_type(field, "type.number", value)),
        Value::String(text) => match text.as_str() {
            "nan" => Ok(f64::NAN),
            "inf" => Ok(f64::INFINITY),
            "-inf" => Ok(f64::NEG_INFINITY),
            _ => Err(wrong_type(field, "type.number_or_list", value)),
        },
        Value::Array(_) => Err(fault(say!("request.nested", field)).hint(say!("request.nested.hint"))),
        _ => Err(wrong_type(field, "type.number_or_list", value)),
    }
}
