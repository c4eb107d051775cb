//! Numbers for people: six digits, columns below each other. `--json` has every bit.

use serde_json::Value;

/// Digits that are shown of a number that is not whole.
const DIGITS: usize = 6;

/// Whole numbers below this are shown in full: doubles still tell each from its neighbours.
const WHOLE: f64 = 1e15;

/// A scalar, or a tensor as nested rows; `indent` is how far right its first line starts.
pub fn tensor(value: &Value, indent: usize) -> String {
    let mut widths = Vec::new();
    measure(value, &mut widths);
    let mut out = String::new();
    rows(&mut out, value, &widths, indent);
    out
}

/// The width of each column: the longest of its numbers, in whichever row that is.
fn measure(value: &Value, widths: &mut Vec<usize>) {
    for (column, part) in value.as_array().into_iter().flatten().enumerate() {
        if part.is_array() {
            measure(part, widths);
            continue;
        }
        if widths.len() <= column {
            widths.push(0);
        }
        widths[column] = widths[column].max(entry(part).len());
    }
}

fn rows(out: &mut String, value: &Value, widths: &[usize], indent: usize) {
    let Some(parts) = value.as_array() else {
        out.push_str(&entry(value));
        return;
    };
    out.push('[');
    for (place, part) in parts.iter().enumerate() {
        if part.is_array() {
            if place > 0 {
                out.push_str(",\n");
                // Matrices within a tensor stand apart, rows of a matrix do not.
                out.push_str(&"\n".repeat(order(part) - 1));
                out.push_str(&" ".repeat(indent + 1));
            }
            rows(out, part, widths, indent + 1);
        } else {
            out.push_str(if place > 0 { ", " } else { "" });
            out.push_str(&format!("{:>width$}", entry(part), width = widths[place]));
        }
    }
    out.push(']');
}

fn order(value: &Value) -> usize {
    value.as_array().map_or(0, |parts| 1 + parts.first().map_or(0, order))
}

/// One number. JSON has no infinities: they come as the texts `inf`, `-inf` and `nan`.
fn entry(value: &Value) -> String {
    match (value.as_f64(), value.as_str()) {
        (Some(number), _) => short(number, DIGITS),
        (None, Some(text)) => text.to_owned(),
        (None, None) => value.to_string(),
    }
}

/// A number with at most so many digits, and none that say nothing: `3`, `-0.5`, `53.4721`, `1.28e-16`.
pub fn short(number: f64, digits: usize) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    if number.fract() == 0.0 && number.abs() < WHOLE {
        return format!("{number}");
    }
    let scientific = format!("{number:.*e}", digits - 1);
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    match exponent.parse::<i32>() {
        Ok(power) if (-4..digits as i32).contains(&power) => {
            let decimals = usize::try_from(digits as i32 - 1 - power).unwrap_or(0);
            trimmed(&format!("{number:.decimals$}")).to_owned()
        }
        _ => format!("{}e{exponent}", trimmed(mantissa)),
    }
}

fn trimmed(decimal: &str) -> &str {
    if decimal.contains('.') { decimal.trim_end_matches('0').trim_end_matches('.') } else { decimal }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_short_and_keep_their_size() {
        let cases = [
            (3.0, "3"),
            (-1.0, "-1"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (53.47207739800077, "53.4721"),
            (0.00012345678, "0.000123457"),
            (-0.000012345678, "-1.23457e-5"),
            (999_999.7, "1e6"),
            (1_234_567.0, "1234567"),
            (1_234_567.8, "1.23457e6"),
            (1e20, "1e20"),
            (1.2758211823542384e-16, "1.27582e-16"),
        ];
        for (number, expected) in cases {
            assert_eq!(short(number, DIGITS), expected);
        }
    }

    #[test]
    fn a_scalar_and_a_vector_take_one_line() {
        assert_eq!(tensor(&json!(1.5), 10), "1.5");
        assert_eq!(tensor(&json!("-inf"), 10), "-inf");
        assert_eq!(tensor(&json!([3.0, -1.0, "nan"]), 10), "[3, -1, nan]");
        assert_eq!(tensor(&json!([]), 10), "[]");
    }

    #[test]
    fn a_matrix_has_its_columns_below_each_other() {
        assert_eq!(tensor(&json!([[1.0, -20.0], [100.5, 3.0]]), 2), "[[    1, -20],\n   [100.5,   3]]");
    }

    #[test]
    fn matrices_of_a_tensor_stand_apart() {
        assert_eq!(
            tensor(&json!([[[1, 2], [0, 0]], [[0, 0], [1, 2]]]), 0),
            "[[[1, 2],\n  [0, 0]],\n\n [[0, 0],\n  [1, 2]]]"
        );
    }
}
