//! Numbers in and out: JSON as the contract has it, and blocks of numbers as the evaluator has them.

use crate::contract::Numbers;
use crate::error::{Error, Kind};
use crate::eval::{Env, numbers_shape, size_of_dim};
use crate::expr::{Arena, SymbolId};
use crate::shape::{Dim, Formula, Shape};
use crate::tensor::Tensor;
use crate::words;
use serde_json::Value;
use std::collections::BTreeMap;

/// One number; what is not finite as a word.
fn number(value: f64) -> Numbers {
    if value.is_nan() {
        Numbers::NotFinite("nan".to_owned())
    } else if value.is_infinite() {
        Numbers::NotFinite(if value > 0.0 { "inf" } else { "-inf" }.to_owned())
    } else {
        Numbers::Number(value)
    }
}

/// Numbers nested by their shape.
pub fn to_json(tensor: &Tensor<f64>) -> Numbers {
    let mut level: Vec<Numbers> = tensor.data.iter().map(|&x| number(x)).collect();
    // From the innermost axis outwards, so many lists at a time as the axis is long.
    for &size in tensor.shape.iter().rev() {
        let mut rest = level.into_iter().peekable();
        let mut lists = Vec::new();
        while rest.peek().is_some() {
            lists.push(Numbers::List(rest.by_ref().take(size).collect()));
        }
        level = lists;
    }
    level.pop().unwrap_or(Numbers::List(Vec::new()))
}

fn refuse(name: &str, what: &str) -> Error {
    Error::new(Kind::Request, say!("numbers.refused", name, what = words::text(what)))
        .hint(say!("numbers.refused.hint"))
}

fn read_number(name: &str, value: &Value) -> Result<f64, Error> {
    match value {
        Value::Number(n) => n.as_f64().ok_or_else(|| refuse(name, "numbers.too_large")),
        Value::String(word) => match word.as_str() {
            "nan" => Ok(f64::NAN),
            "inf" => Ok(f64::INFINITY),
            "-inf" => Ok(f64::NEG_INFINITY),
            _ => Err(refuse(name, "numbers.text")),
        },
        _ => Err(refuse(name, "numbers.strange")),
    }
}

/// Reads a number, a list of numbers, or a list of rows. `name` is for messages.
pub fn from_json(name: &str, value: &Value) -> Result<Tensor<f64>, Error> {
    let Value::Array(rows) = value else { return Ok(Tensor::scalar(read_number(name, value)?)) };
    if rows.is_empty() {
        return Err(refuse(name, "numbers.empty"));
    }
    if !rows.iter().any(Value::is_array) {
        let data: Vec<f64> = rows.iter().map(|x| read_number(name, x)).collect::<Result<_, _>>()?;
        return Ok(Tensor::new(&[data.len()], data));
    }
    let mut data = Vec::new();
    let mut width = None;
    for row in rows {
        let Value::Array(entries) = row else { return Err(refuse(name, "numbers.mixed")) };
        if entries.is_empty() {
            return Err(refuse(name, "numbers.empty_row"));
        }
        if *width.get_or_insert(entries.len()) != entries.len() {
            return Err(refuse(name, "numbers.ragged"));
        }
        for entry in entries {
            if entry.is_array() {
                return Err(refuse(name, "numbers.deep"));
            }
            data.push(read_number(name, entry)?);
        }
    }
    Ok(Tensor::new(&[rows.len(), width.unwrap_or(0)], data))
}

/// Makes the point that the numbers describe: every value in its shape, every dimension with its size.
/// Errors name the variable, with its shape in the user's dimensions and in numbers.
pub fn point(arena: &Arena, given: &[(&str, SymbolId, Tensor<f64>)]) -> Result<Env<f64>, Error> {
    let mut env = Env::default();
    let mut waiting = Vec::new();
    // What fixed a size, for the message when another variable disagrees.
    let mut fixed_by: BTreeMap<Dim, &str> = BTreeMap::new();
    for (name, symbol, value) in given {
        let shape = &arena.symbols[symbol.0 as usize].shape;
        if shape.order() != value.shape.len() {
            return Err(misfit(arena, name, shape, value, ""));
        }
        for (&dim, &size) in shape.0.iter().zip(&value.shape) {
            match arena.dims.resolve(dim) {
                part @ Dim::Name(_) if arena.dims.is_plain(part) => {
                    let known = *env.sizes.entry(part).or_insert(size);
                    let first = *fixed_by.entry(part).or_insert(name);
                    if known != size {
                        let why = format!(" {}", say!("numbers.fixed_by", first, dim = arena.dims.show(dim), known));
                        return Err(misfit(arena, name, shape, value, &why));
                    }
                }
                _ => waiting.push((*name, shape, value, dim, size)),
            }
        }
        env.values.insert(*symbol, value.clone());
    }
    // Formulas of dimensions, and plain sizes: by now their names are known, or one follows from the others. Those that
    // have more unknowns wait for the others.
    while !waiting.is_empty() {
        let unknown = |dim: Dim, env: &Env<f64>| -> Vec<u32> {
            let names = arena.dims.formula(dim).names().into_iter();
            names.filter(|&name| !env.sizes.contains_key(&Dim::Name(name))).collect()
        };
        let next = waiting.iter().position(|(_, _, _, dim, _)| unknown(*dim, &env).len() < 2);
        let Some(next) = next else {
            let (name, _, _, dim, _) = waiting[0];
            let message = say!("numbers.unclear_sizes", dim = arena.dims.show(dim), name);
            return Err(Error::new(Kind::Request, message));
        };
        let (name, shape, value, dim, size) = waiting.remove(next);
        let wrong = || misfit(arena, name, shape, value, "");
        if let [part] = unknown(dim, &env)[..] {
            let with_sizes = arena.dims.formula(dim).with(&|other| match env.sizes.get(&Dim::Name(other)) {
                Some(&known) => Formula::whole(known as i64),
                None => Formula::name(other),
            });
            let solved = with_sizes.plus(&Formula::whole(size as i64), -1).solved_for(part);
            let solved = solved.and_then(|f| f.constant()).and_then(|n| usize::try_from(n).ok());
            env.sizes.insert(Dim::Name(part), solved.filter(|&n| n > 0).ok_or_else(wrong)?);
        }
        if size_of_dim(arena, dim, &env.sizes).ok() != Some(size) {
            return Err(wrong());
        }
    }
    Ok(env)
}

fn misfit(arena: &Arena, name: &str, shape: &Shape, value: &Tensor<f64>, why: &str) -> Error {
    let message =
        say!("numbers.misfit", name, shape = arena.dims.describe(shape), found = numbers_shape(&value.shape), why);
    Error::new(Kind::Shape, message).hint(say!("numbers.misfit.hint", name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Dims;

    fn json(tensor: &Tensor<f64>) -> String {
        serde_json::to_string(&to_json(tensor)).unwrap()
    }

    #[test]
    fn numbers_nest_by_their_shape() {
        assert_eq!(json(&Tensor::scalar(1.5)), "1.5");
        assert_eq!(json(&Tensor::new(&[3], vec![1.0, f64::NAN, f64::NEG_INFINITY])), r#"[1.0,"nan","-inf"]"#);
        assert_eq!(json(&Tensor::new(&[2, 1, 2], vec![1.0, 2.0, 3.0, 4.0])), "[[[1.0,2.0]],[[3.0,4.0]]]");
        assert_eq!(json(&Tensor::new(&[2, 3], (1..7).map(f64::from).collect())), "[[1.0,2.0,3.0],[4.0,5.0,6.0]]");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let read = |text: &str| from_json("x", &serde_json::from_str(text).unwrap());
        assert_eq!(read("2").unwrap(), Tensor::scalar(2.0));
        assert_eq!(read(r#"[1, "inf"]"#).unwrap(), Tensor::new(&[2], vec![1.0, f64::INFINITY]));
        assert_eq!(read("[[1, 2, 3]]").unwrap(), Tensor::new(&[1, 3], vec![1.0, 2.0, 3.0]));
        for (text, word) in [
            ("[]", "empty list"),
            ("[[]]", "empty row"),
            ("[[1], [1, 2]]", "different lengths"),
            ("[[1], 2]", "mix"),
            ("[1, [2]]", "mix"),
            ("[[[1]]]", "two deep"),
            ("[true]", "no number"),
            ("null", "no number"),
            (r#""three""#, "no number"),
            (r#"{"a": 1}"#, "no number"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.kind, Kind::Request);
            assert!(error.message.contains(word) && error.message.contains("`x`"), "{text}: {}", error.message);
        }
    }

    #[test]
    fn sizes_follow_from_the_numbers() {
        let mut dims = Dims::default();
        let (m, n) = (dims.declare("m"), dims.declare("n"));
        let stacked = dims.sum(&[n, Dim::Size(1)]);
        let mut arena = Arena::new(dims);
        let w = arena.new_symbol("W", Shape::matrix(m, n), None);
        let x = arena.new_symbol("x", Shape::vector(n), None);
        let v = arena.new_symbol("v", Shape::vector(stacked), None);
        let zeros = |shape: &[usize]| Tensor::filled(shape, 0.0);
        let env = point(&arena, &[("W", w, zeros(&[2, 3])), ("x", x, zeros(&[3])), ("v", v, zeros(&[4]))]).unwrap();
        assert_eq!((env.sizes[&m], env.sizes[&n]), (2, 3));
        // n alone follows from n + 1.
        assert_eq!(point(&arena, &[("v", v, zeros(&[4]))]).unwrap().sizes[&n], 3);
        assert!(point(&arena, &[("v", v, zeros(&[1]))]).is_err());
        let wrong = point(&arena, &[("W", w, zeros(&[2, 3])), ("x", x, zeros(&[4]))]).unwrap_err();
        assert_eq!(wrong.kind, Kind::Shape);
        assert!(wrong.message.contains("`x` is a vector [n]") && wrong.message.contains("[4]"), "{}", wrong.message);
        assert!(wrong.message.contains("`W` makes n = 3"), "{}", wrong.message);
        assert!(point(&arena, &[("x", x, Tensor::scalar(1.0))]).unwrap_err().message.contains("shape []"));
        assert!(point(&arena, &[("x", x, zeros(&[3])), ("v", v, zeros(&[5]))]).is_err());
    }

    #[test]
    fn declared_numbers_of_entries_must_agree() {
        let mut arena = Arena::new(Dims::default());
        let x = arena.new_symbol("x", Shape::vector(Dim::Size(3)), None);
        assert!(point(&arena, &[("x", x, Tensor::filled(&[3], 0.0))]).is_ok());
        assert!(point(&arena, &[("x", x, Tensor::filled(&[2], 0.0))]).is_err());
    }
}
