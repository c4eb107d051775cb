//! Nested arrays of numbers, as the contract writes them, and how two of them are compared.

use serde_json::Value;

/// The tolerance of the contract, relative to the largest number of the array.
pub const TOLERANCE: f64 = 1e-9;

/// Reads a number, or one of the strings that stand for those JSON has not.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => match text.as_str() {
            "nan" => Some(f64::NAN),
            "inf" => Some(f64::INFINITY),
            "-inf" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

/// The numbers row by row; `None` where something else is found.
pub fn flat(value: &Value) -> Option<Vec<f64>> {
    let mut numbers = Vec::new();
    collect(value, &mut numbers)?;
    Some(numbers)
}

fn collect(value: &Value, into: &mut Vec<f64>) -> Option<()> {
    if let Value::Array(entries) = value {
        entries.iter().try_for_each(|entry| collect(entry, into))
    } else {
        into.push(number(value)?);
        Some(())
    }
}

/// The sizes of the nesting, outermost first; `None` for a ragged one.
pub fn sizes(value: &Value) -> Option<Vec<usize>> {
    let Value::Array(entries) = value else { return Some(Vec::new()) };
    let mut inner = None;
    for entry in entries {
        let found = sizes(entry)?;
        if *inner.get_or_insert_with(|| found.clone()) != found {
            return None;
        }
    }
    let mut all = vec![entries.len()];
    all.extend(inner.unwrap_or_default());
    Some(all)
}

/// The largest finite magnitude.
pub fn scale(numbers: &[f64]) -> f64 {
    numbers.iter().filter(|number| number.is_finite()).fold(0.0, |largest, number| largest.max(number.abs()))
}

/// Says how `got` differs from `expected`, or `None` where it does not: same nesting, same special values, and every
/// number within `tolerance` of the array's scale (of 1e-3 where everything expected is zero).
pub fn difference(got: &Value, expected: &Value, tolerance: f64) -> Option<String> {
    let (Some(got_sizes), Some(expected_sizes)) = (sizes(got), sizes(expected)) else {
        return Some("ragged numbers".to_owned());
    };
    if got_sizes != expected_sizes {
        return Some(format!("sizes {got_sizes:?}, expected {expected_sizes:?}"));
    }
    let Some(got) = flat(got) else { return Some("something that is no number".to_owned()) };
    let expected = flat(expected).expect("the table holds numbers");
    let allowed = match scale(&expected) {
        0.0 => tolerance * 1e-3,
        scale => tolerance * scale,
    };
    for (place, (got, expected)) in got.iter().zip(&expected).enumerate() {
        let same = if expected.is_finite() {
            got.is_finite() && (got - expected).abs() <= allowed
        } else {
            got == expected || (got.is_nan() && expected.is_nan())
        };
        if !same {
            return Some(format!("entry {place} is {got}, expected {expected}"));
        }
    }
    None
}
