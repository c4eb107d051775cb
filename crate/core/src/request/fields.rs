//! The fields of a request, each in its place: the object of a line is walked once, and no tree of all its fields is made
//! only to be asked for one after the other.

use super::Value;
use crate::ordered::OrderedSet;
use serde::Deserializer;
use serde::de::{Deserialize, DeserializeSeed, Error, MapAccess, Visitor};
use std::fmt::{Formatter, Result as Written};

/// Their names, in the order in which a message lists them.
pub const FIELDS: &[&str] = &[
    "id", "op", "expr", "wrt", "vars", "funcs", "at", "layout", "order", "detail", "assume", "sizes", "answer",
    "wrong", "way", "entry", "mathml", "topic", "seed", "before", "language",
];

#[derive(Default)]
pub struct Fields {
    pub id: Option<Value>,
    pub op: Option<Value>,
    pub expr: Option<Value>,
    pub wrt: Option<Value>,
    pub vars: Option<Value>,
    pub funcs: Option<Value>,
    pub at: Option<Value>,
    pub layout: Option<Value>,
    pub order: Option<Value>,
    pub detail: Option<Value>,
    pub assume: Option<Value>,
    pub sizes: Option<Value>,
    pub answer: Option<Value>,
    pub wrong: Option<Value>,
    pub way: Option<Value>,
    pub entry: Option<Value>,
    pub mathml: Option<Value>,
    pub topic: Option<Value>,
    pub seed: Option<Value>,
    pub before: Option<Value>,
    pub language: Option<Value>,
    /// The names of fields that no request has, and what the last of them said.
    pub strange: OrderedSet<String>,
    unread: Option<Value>,
}

impl Fields {
    /// The fields of a line of JSON; `None` where it is JSON and no object.
    pub fn of(line: &str) -> serde_json::Result<Option<Fields>> {
        if line.trim_start_matches([' ', '\t', '\r', '\n']).starts_with('{') {
            return serde_json::from_str(line).map(Some);
        }
        serde_json::from_str(line).map(|_: Value| None)
    }

    /// Where a field of this name is put. Of several the last one counts.
    pub fn place(&mut self, name: &str) -> &mut Option<Value> {
        match name {
            "id" => &mut self.id,
            "op" => &mut self.op,
            "expr" => &mut self.expr,
            "wrt" => &mut self.wrt,
            "vars" => &mut self.vars,
            "funcs" => &mut self.funcs,
            "at" => &mut self.at,
            "layout" => &mut self.layout,
            "order" => &mut self.order,
            "detail" => &mut self.detail,
            "assume" => &mut self.assume,
            "sizes" => &mut self.sizes,
            "answer" => &mut self.answer,
            "wrong" => &mut self.wrong,
            "way" => &mut self.way,
            "entry" => &mut self.entry,
            "mathml" => &mut self.mathml,
            "topic" => &mut self.topic,
            "seed" => &mut self.seed,
            "before" => &mut self.before,
            "language" => &mut self.language,
            _ => {
                self.strange.insert(name.to_owned());
                &mut self.unread
            }
        }
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_map(Whole)
    }
}

struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = Fields;

    fn expecting(&self, formatter: &mut Formatter) -> Written {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut object: M) -> Result<Fields, M::Error> {
        let mut fields = Fields::default();
        while let Some(place) = object.next_key_seed(Name(&mut fields))? {
            *place = Some(object.next_value()?);
        }
        Ok(fields)
    }
}

/// A field's name, which is read for its place and not kept.
struct Name<'f>(&'f mut Fields);

impl<'de, 'f> DeserializeSeed<'de> for Name<'f> {
    type Value = &'f mut Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'f> Visitor<'_> for Name<'f> {
    type Value = &'f mut Option<Value>;

    fn expecting(&self, formatter: &mut Formatter) -> Written {
        formatter.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.place(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_place() {
        let mut fields = Fields::default();
        for name in FIELDS {
            assert!(fields.place(name).replace(Value::Null).is_none(), "{name}");
        }
        assert!(fields.strange.is_empty());
        fields.place("exp");
        assert!(fields.strange.contains("exp"));
    }

    #[test]
    fn names_may_be_escaped_and_the_last_one_counts() {
        let fields = Fields::of(" {\"e\\u0078pr\": \"y\", \"wrt\": 1, \"wrt\": \"x\", \"b\": 1, \"a\": 2, \"b\": 3}");
        let fields = fields.unwrap().unwrap();
        assert_eq!((fields.expr, fields.wrt), (Some("y".into()), Some("x".into())));
        assert_eq!(fields.strange.iter().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn what_is_no_object_is_json_or_not() {
        assert!(Fields::of("[1]").unwrap().is_none());
        assert!(Fields::of(" 3 ").unwrap().is_none());
        for line in ["", "{", "{} x", "[1", "{\"a\" 1}", "{1: 2}", "{\"a\": 01}", "\u{feff}{}"] {
            let generic = serde_json::from_str::<Value>(line).unwrap_err().to_string();
            assert_eq!(Fields::of(line).err().map(|error| error.to_string()), Some(generic), "{line}");
        }
    }
}
