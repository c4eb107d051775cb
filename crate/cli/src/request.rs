//! From the words of a command line to a request of the batch contract.

use chalkgrad_core::words::{LANGUAGES, Language, language};
use serde_json::{Map, Number, Value};

/// The language of this run, as requests name it; English needs no field.
pub fn asked_for() -> Option<&'static str> {
    let now = language();
    let named = LANGUAGES.iter().find(|(_, language)| *language == now && now != Language::English);
    named.map(|(name, _)| *name)
}

/// A request in the making.
pub struct Request {
    fields: Map<String, Value>,
}

impl Request {
    pub fn new(op: &str, expr: &str) -> Request {
        let mut fields = Map::new();
        fields.insert("op".to_owned(), op.into());
        if !expr.is_empty() || op != "catalog" {
            fields.insert("expr".to_owned(), expr.into());
        }
        if let Some(language) = asked_for() {
            fields.insert("language".to_owned(), language.into());
        }
        Request { fields }
    }

    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.fields.insert(field.to_owned(), value.into());
    }

    pub fn set_some(&mut self, field: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(field, value);
        }
    }

    /// Sets a field that holds one entry a variable, unless there is none.
    pub fn set_entries(&mut self, field: &str, entries: Map<String, Value>) {
        if !entries.is_empty() {
            self.set(field, entries);
        }
    }

    pub fn text(self) -> String {
        Value::Object(self.fields).to_string()
    }
}

/// `w=n`, `X=m,n`, `b=`: the shapes of `vars`.
pub fn shapes(words: &[String]) -> Result<Map<String, Value>, String> {
    words.iter().map(|word| pair(word).map(|(name, shape)| (name, list(shape, dimension)))).collect()
}

/// `A=symmetric`: the properties of `assume`.
pub fn properties(words: &[String]) -> Result<Map<String, Value>, String> {
    words.iter().map(|word| pair(word).map(|(name, property)| (name, property.into()))).collect()
}

/// `b=0.5`, `w=1,2`, `X=1,2;3,4`, `w=[1, 2]` or a whole JSON object: the numbers of `at`.
pub fn numbers(words: &[String]) -> Result<Map<String, Value>, String> {
    let mut all = Map::new();
    for word in words {
        if word.trim_start().starts_with('{') {
            let object: Map<String, Value> =
                serde_json::from_str(word).map_err(|error| say!("given.no_object", error))?;
            all.extend(object);
        } else {
            let (name, text) = pair(word)?;
            all.insert(name, value(text).ok_or_else(|| say!("given.no_numbers", text, word))?);
        }
    }
    Ok(all)
}

fn pair(word: &str) -> Result<(String, &str), String> {
    let (name, rest) = word.split_once('=').ok_or_else(|| say!("given.no_equals", word))?;
    match name.trim() {
        "" => Err(say!("given.no_name", word)),
        name => Ok((name.to_owned(), rest.trim())),
    }
}

fn list(text: &str, item: fn(&str) -> Value) -> Value {
    let inner = text.trim_start_matches('[').trim_end_matches(']').trim();
    inner.split(',').map(str::trim).filter(|part| !part.is_empty()).map(item).collect()
}

/// A dimension is a name or an integer; which ones are allowed is the engine's to say.
fn dimension(text: &str) -> Value {
    text.parse::<u64>().map_or_else(|_| text.into(), Value::from)
}

fn value(text: &str) -> Option<Value> {
    if text.starts_with('[') {
        return serde_json::from_str(text).ok();
    }
    let rows: Option<Vec<Value>> = text.split(';').map(row).collect();
    let mut rows = rows?;
    if rows.len() == 1 { rows.pop() } else { Some(Value::Array(rows)) }
}

/// `1` is a number, `1,2` and `1,` are vectors.
fn row(text: &str) -> Option<Value> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [one] => number(one),
        [most @ .., ""] | most => most.iter().map(|part| number(part)).collect::<Option<Vec<_>>>().map(Value::Array),
    }
}

fn number(text: &str) -> Option<Value> {
    let read: f64 = text.parse().ok()?;
    // Whole numbers stay as they were typed; what JSON cannot hold (`inf`) is no number of a request.
    text.parse::<i64>().map(Value::from).ok().or_else(|| Number::from_f64(read).map(Value::Number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn shapes_are_lists_of_names_and_integers() {
        let read = shapes(&words(&["b=", "w=n", "X=m, 3", "V=[2,n]"])).unwrap();
        assert_eq!(Value::Object(read), json!({"b": [], "w": ["n"], "X": ["m", 3], "V": [2, "n"]}));
    }

    #[test]
    fn numbers_are_scalars_vectors_matrices_or_json() {
        let given = words(&["b=0.5", "w=1,-2", "one=3,", "X=1,2;3,4", "Y=[[1],[2]]", r#"{"z": [7]}"#]);
        let expected = json!({"b": 0.5, "w": [1, -2], "one": [3], "X": [[1, 2], [3, 4]], "Y": [[1], [2]], "z": [7]});
        assert_eq!(Value::Object(numbers(&given).unwrap()), expected);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for word in ["w", "=1", "w=a", "w=1,,2", "w=inf", "w=[1", "{", "w="] {
            assert!(numbers(&words(&[word])).is_err(), "{word} was taken");
        }
    }
}
