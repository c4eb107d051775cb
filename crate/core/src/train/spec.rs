//! What is to be trained: a loss in the language, its parameters with their start, the data, and how to step.
//! Read strictly: every fault names its field.

use crate::budget::MAX_NUMBERS;
use crate::error::{Error, Kind};
use crate::numbers;
use crate::request;
use crate::tensor::Tensor;
use crate::words::{self, Language, speaking};
use serde_json::{Map, Value};

/// A training session as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    pub loss: String,
    pub params: Vec<Parameter>,
    /// Each with the samples along its first axis; all of the same number of samples.
    pub data: Vec<(String, Tensor<f64>)>,
    /// Samples in one step; `None` for all.
    pub batch: Option<usize>,
    pub rate: f64,
    pub momentum: f64,
    pub seed: u64,
    /// The language of whatever the session says.
    pub language: Language,
}

/// A parameter and where it starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub name: String,
    pub shape: Vec<usize>,
    pub init: Init,
}

/// Where a parameter starts.
#[derive(Clone, Debug, PartialEq)]
pub enum Init {
    /// Between −r and r, drawn by the seed.
    Uniform(f64),
    Exact(Tensor<f64>),
}

const FIELDS: [&str; 8] = ["loss", "params", "data", "batch", "rate", "momentum", "seed", "language"];

fn fault(message: impl Into<String>) -> Error {
    Error::new(Kind::Request, message)
}

impl Spec {
    /// Reads the JSON of a session. Errors: `request`, naming the field.
    pub fn read(json: &str) -> Result<Spec, Error> {
        let value: Value =
            serde_json::from_str(json).map_err(|e| fault(say!("session.no_json", column = e.column())))?;
        let Value::Object(fields) = &value else { return Err(fault(say!("session.no_object"))) };
        speaking(words::asked(&value), || Spec::of(fields))
    }

    fn of(fields: &Map<String, Value>) -> Result<Spec, Error> {
        if let Some(unknown) = fields.keys().find(|key| !FIELDS.contains(&key.as_str())) {
            let message = say!("session.no_field", unknown);
            return Err(fault(message).hint(say!("request.fields", all = FIELDS.join(", "))));
        }
        let Some(Value::String(loss)) = fields.get("loss") else {
            return Err(fault(say!("session.loss")));
        };
        let spec = Spec {
            loss: loss.clone(),
            params: parameters(fields)?,
            data: data(fields)?,
            batch: whole(fields, "batch")?.map(|n| usize::try_from(n).unwrap_or(usize::MAX)),
            rate: check_rate(real(fields, "rate")?.unwrap_or(0.1))?,
            momentum: real(fields, "momentum")?.unwrap_or(0.0),
            seed: whole(fields, "seed")?.unwrap_or(1),
            language: request::language(fields)?,
        };
        if spec.batch == Some(0) {
            return Err(fault(say!("session.batch")));
        }
        if !(0.0..1.0).contains(&spec.momentum) {
            return Err(fault(say!("session.momentum")));
        }
        if let Some(twice) = spec.params.iter().find(|p| spec.data.iter().any(|(name, _)| *name == p.name)) {
            return Err(fault(say!("session.both", name = twice.name)));
        }
        Ok(spec)
    }

    /// The number of samples; `None` without data.
    pub fn samples(&self) -> Option<usize> {
        self.data.first().map(|(_, values)| values.shape[0])
    }
}

/// A rate that a session can take. Errors: not a number, infinite, negative.
pub fn check_rate(rate: f64) -> Result<f64, Error> {
    if !rate.is_finite() {
        return Err(fault(say!("session.rate")));
    }
    if rate < 0.0 {
        return Err(fault(say!("session.rate_negative")));
    }
    Ok(rate)
}

fn real(fields: &Map<String, Value>, name: &str) -> Result<Option<f64>, Error> {
    match fields.get(name) {
        None => Ok(None),
        Some(value) => match value.as_f64().filter(|x| x.is_finite()) {
            Some(x) => Ok(Some(x)),
            None => Err(fault(say!("session.finite", name))),
        },
    }
}

fn whole(fields: &Map<String, Value>, name: &str) -> Result<Option<u64>, Error> {
    match fields.get(name) {
        None => Ok(None),
        Some(value) => match value.as_u64() {
            Some(n) => Ok(Some(n)),
            None => Err(fault(say!("session.whole", name))),
        },
    }
}

fn object<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<Option<&'a Map<String, Value>>, Error> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(_) => Err(fault(say!("session.object", name))),
    }
}

fn parameters(fields: &Map<String, Value>) -> Result<Vec<Parameter>, Error> {
    let Some(map) = object(fields, "params")?.filter(|map| !map.is_empty()) else {
        return Err(fault(say!("session.no_params")));
    };
    map.iter().map(|(name, value)| parameter(name, value)).collect()
}

fn parameter(name: &str, value: &Value) -> Result<Parameter, Error> {
    let Value::Object(fields) = value else {
        let message = say!("session.param", name);
        return Err(fault(message));
    };
    if let Some(unknown) = fields.keys().find(|key| *key != "shape" && *key != "init") {
        let message = say!("session.param_field", name, unknown);
        return Err(fault(message).hint(say!("session.param_fields")));
    }
    let shape = shape(name, fields.get("shape"))?;
    let init = init(name, &shape, fields.get("init"))?;
    Ok(Parameter { name: name.to_owned(), shape, init })
}

fn shape(name: &str, value: Option<&Value>) -> Result<Vec<usize>, Error> {
    let wrong = || fault(say!("session.param_shape", name));
    let Some(Value::Array(sizes)) = value else { return Err(wrong()) };
    let sizes: Option<Vec<usize>> =
        sizes.iter().map(|n| n.as_u64().and_then(|n| usize::try_from(n).ok()).filter(|&n| n > 0)).collect();
    let sizes = sizes.filter(|sizes| sizes.len() <= 2).ok_or_else(wrong)?;
    if sizes.iter().fold(1usize, |product, &n| product.saturating_mul(n)) > MAX_NUMBERS {
        return Err(crate::budget::exceeded("limit.in_parameter", MAX_NUMBERS));
    }
    Ok(sizes)
}

fn init(name: &str, shape: &[usize], value: Option<&Value>) -> Result<Init, Error> {
    let place = format!("params.{name}.init");
    match value {
        None => Ok(Init::Uniform(0.5)),
        Some(Value::Object(fields)) => match (fields.len(), fields.get("uniform").and_then(Value::as_f64)) {
            (1, Some(r)) if r.is_finite() && r >= 0.0 => Ok(Init::Uniform(r)),
            _ => Err(fault(say!("session.init", place))),
        },
        Some(value) => {
            let given = numbers::from_json(&place, value)?;
            if given.data.iter().any(|x| !x.is_finite()) {
                return Err(fault(say!("session.init_finite", place)));
            }
            if given.shape.is_empty() {
                return Ok(Init::Exact(Tensor::filled(shape, given.data[0])));
            }
            if given.shape != shape {
                let (is, wanted) = (crate::eval::numbers_shape(&given.shape), crate::eval::numbers_shape(shape));
                let message = say!("session.init_shape", place, is, wanted);
                return Err(Error::new(Kind::Shape, message));
            }
            Ok(Init::Exact(given))
        }
    }
}

fn data(fields: &Map<String, Value>) -> Result<Vec<(String, Tensor<f64>)>, Error> {
    let mut all: Vec<(String, Tensor<f64>)> = Vec::new();
    for (name, value) in object(fields, "data")?.into_iter().flatten() {
        let values = numbers::from_json(&format!("data.{name}"), value)?;
        let Some(&samples) = values.shape.first() else {
            let message = say!("session.scalar_data", name);
            return Err(fault(message));
        };
        if let Some(at) = values.data.iter().position(|x| !x.is_finite()) {
            let sample = at / (values.len() / samples) + 1;
            return Err(fault(say!("session.data_finite", sample, name)));
        }
        if let Some((first, other)) = all.first()
            && other.shape[0] != samples
        {
            let message = say!("session.data_lengths", first, other = other.shape[0], name, samples);
            return Err(Error::new(Kind::Shape, message).hint(say!("session.data_lengths.hint")));
        }
        all.push((name.clone(), values));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEURON: &str = r#"{"loss": "mean((y - relu(X*w + b)).^2)",
        "params": {"w": {"shape": [2], "init": {"uniform": 0.5}}, "b": {"shape": [], "init": 0.1}},
        "data": {"X": [[1, 2], [3, 4], [5, 6]], "y": [1, 2, 3]}, "batch": 2, "rate": 0.03, "seed": 7}"#;

    #[test]
    fn a_session_is_read() {
        let spec = Spec::read(NEURON).unwrap();
        assert_eq!(spec.samples(), Some(3));
        assert_eq!((spec.batch, spec.rate, spec.momentum, spec.seed), (Some(2), 0.03, 0.0, 7));
        assert_eq!(spec.params[0].init, Init::Exact(Tensor::scalar(0.1)));
        assert_eq!((spec.params[1].name.as_str(), &spec.params[1].shape[..]), ("w", &[2][..]));
        let short = Spec::read(r#"{"loss": "u · u", "params": {"u": {"shape": [2], "init": 3}}}"#).unwrap();
        assert_eq!((short.samples(), short.rate, short.seed), (None, 0.1, 1));
        assert_eq!(short.params[0].init, Init::Exact(Tensor::new(&[2], vec![3.0, 3.0])));
    }

    #[test]
    fn every_fault_names_its_field() {
        let with = |from: &str, to: &str| Spec::read(&NEURON.replacen(from, to, 1)).unwrap_err();
        for (from, to, words) in [
            ("\"seed\"", "\"seeds\"", "`seeds`"),
            ("\"mean((y - relu(X*w + b)).^2)\"", "3", "`loss`"),
            ("0.03", "-1", "negative"),
            ("0.03", "\"fast\"", "`rate`"),
            ("0.03", "1e999", "JSON"),
            ("\"batch\": 2", "\"batch\": 0", "`batch`"),
            ("\"batch\": 2", "\"batch\": 1.5", "`batch`"),
            ("\"seed\": 7", "\"seed\": -1", "`seed`"),
            ("\"seed\": 7", "\"momentum\": 1", "`momentum`"),
            ("[1, 2, 3]", "[]", "empty"),
            ("[1, 2, 3]", "[1, 2]", "3 samples and `data.y` has 2"),
            ("[1, 2, 3]", "[1, \"nan\", 3]", "Sample 2 of `data.y`"),
            ("[1, 2, 3]", "4", "`data.y` is a single number"),
            ("[3, 4]", "[3, 4, 5]", "different lengths"),
            ("\"data\": {", "\"data\": {\"w\": [1, 2, 3], ", "both a parameter and data"),
            ("\"shape\": [2]", "\"shape\": [0]", "`params.w.shape`"),
            ("\"shape\": [2]", "\"shape\": [2, 2, 2]", "at most two"),
            ("\"shape\": [2]", "\"size\": [2]", "`size`"),
            ("{\"uniform\": 0.5}", "{\"uniform\": -1}", "`params.w.init`"),
            ("{\"uniform\": 0.5}", "[1, 2, 3]", "[3], and the parameter has [2]"),
            ("{\"uniform\": 0.5}", "[1, \"inf\"]", "finite"),
        ] {
            let error = with(from, to);
            assert!(error.message.contains(words), "{to}: {}", error.message);
        }
        assert!(Spec::read(r#"{"loss": "1", "params": {}}"#).unwrap_err().message.contains("nothing to train"));
        assert!(Spec::read("[]").unwrap_err().message.contains("object"));
        let huge = with("\"shape\": [2]", "\"shape\": [2000, 2000]");
        assert_eq!(huge.kind, Kind::Limit);
    }
}
