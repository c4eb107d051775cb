//! A network as a loss in the language: from widths, an activation and a kind of loss to the expression, its parameters with
//! where they start, and its data. What trains is that text; nothing here knows a derivative.

use crate::error::{Error, Kind};
use crate::eval::value;
use crate::infer;
use crate::lexer::{TokenKind, lex};
use crate::number::float_of;
use crate::numbers::{from_json, point};
use crate::request;
use crate::tensor::Tensor;
use crate::train::datasets::{self, SETS, Sample};
use crate::train::door::{answer, refusal, source};
use crate::words::{self, Language, speaking};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Hidden layers, units in one of them, samples: more than this is not small.
const MAX_LAYERS: usize = 6;
const MAX_WIDTH: usize = 64;
const MAX_SAMPLES: usize = 2_000;
const FIELDS: [&str; 5] = ["data", "widths", "activation", "loss", "language"];
const DATA_FIELDS: [&str; 5] = ["set", "count", "noise", "seed", "rows"];

/// What the network's outputs are compared with, and how.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loss {
    Squared,
    Logistic,
    Softmax,
}

const LOSSES: [(&str, Loss); 3] =
    [("squared", Loss::Squared), ("logistic", Loss::Logistic), ("softmax", Loss::Softmax)];

/// A network, ready to be trained.
#[derive(Serialize)]
struct Built {
    /// `loss`, `params` and `data` of a session.
    spec: Value,
    /// From the inputs to the output.
    layers: Vec<Layer>,
    output: Output,
    /// The two inputs and the class of each sample.
    samples: Vec<Sample>,
    /// How many numbers are learned.
    parameters: usize,
    /// How the weights start, in words.
    start: String,
    /// What is to be seen in the data, in words; empty for own rows.
    about: String,
}

/// One layer's parameters.
#[derive(Serialize)]
struct Layer {
    weights: String,
    bias: String,
    inputs: usize,
    outputs: usize,
}

/// What a picture of the decision shows.
#[derive(Serialize)]
struct Output {
    /// For every row of `X`.
    expr: String,
    vars: Value,
    /// Between the classes.
    boundary: f64,
    low: f64,
    high: f64,
}

fn fault(message: impl Into<String>) -> Error {
    Error::new(Kind::Request, message)
}

/// From `{"data": {"set": "circle", "count": 200, "noise": 0.1, "seed": 1}, "widths": [4, 2], "activation": "tanh(z)", "loss":
/// "squared"}` (or `"data": {"rows": [[x1, x2, class], …]}`) to a session's specification and what a picture of it needs, as JSON.
/// `Err` is the JSON of a failed answer; spans count in the activation.
pub fn network(description: &str) -> Result<String, String> {
    let built = build(description);
    if let Err(error) = &built {
        return Err(refusal(error, &source(description, "activation")));
    }
    answer(built)
}

fn build(description: &str) -> Result<Built, Error> {
    let value: Value =
        serde_json::from_str(description).map_err(|e| fault(say!("network.no_json", column = e.column())))?;
    let Value::Object(fields) = &value else { return Err(fault(say!("network.no_object"))) };
    speaking(words::asked(&value), || of(fields))
}

fn of(fields: &Map<String, Value>) -> Result<Built, Error> {
    known(fields, &FIELDS, &say!("network.itself"))?;
    let language = request::language(fields)?;
    let widths = widths(fields.get("widths"))?;
    let activation = match fields.get("activation") {
        None => "tanh(z)".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(_) => return Err(fault(say!("network.activation"))),
    };
    let loss = match fields.get("loss").map(|v| LOSSES.iter().find(|(name, _)| Some(*name) == v.as_str())) {
        None => Loss::Squared,
        Some(Some((_, loss))) => *loss,
        Some(None) => {
            let names: Vec<String> = LOSSES.iter().map(|(name, _)| format!("`{name}`")).collect();
            return Err(fault(say!("network.loss", names = names.join(", "))));
        }
    };
    let (samples, about) = data(fields.get("data"))?;
    let activation = Activation::read(&activation)?;
    let mut built = write(&widths, &activation, loss, samples, about);
    // The session speaks as the network does; English needs no field.
    if language != Language::English {
        built.spec["language"] = fields["language"].clone();
    }
    Ok(built)
}

fn known(fields: &Map<String, Value>, all: &[&str], who: &str) -> Result<(), Error> {
    match fields.keys().find(|key| !all.contains(&key.as_str())) {
        None => Ok(()),
        Some(strange) => {
            Err(fault(say!("network.no_field", who, strange)).hint(say!("request.fields", all = all.join(", "))))
        }
    }
}

fn widths(value: Option<&Value>) -> Result<Vec<usize>, Error> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let read = |width: &Value| width.as_u64().filter(|&n| (1..=MAX_WIDTH as u64).contains(&n)).map(|n| n as usize);
    let widths: Option<Vec<usize>> = value.as_array().and_then(|all| all.iter().map(read).collect());
    widths
        .filter(|widths| widths.len() <= MAX_LAYERS)
        .ok_or_else(|| fault(say!("network.widths", max_layers = MAX_LAYERS, max_width = MAX_WIDTH)))
}

/// The samples, and what is to be seen in them.
fn data(value: Option<&Value>) -> Result<(Vec<Sample>, String), Error> {
    let Some(Value::Object(fields)) = value else {
        return Err(fault(say!("network.data")));
    };
    known(fields, &DATA_FIELDS, "`data`")?;
    if let Some(rows) = fields.get("rows") {
        return Ok((rows_of(rows)?, String::new()));
    }
    let whole = |name: &str, usual: u64| match fields.get(name) {
        None => Ok(usual),
        Some(value) => value.as_u64().ok_or_else(|| fault(say!("network.whole", name))),
    };
    let (count, seed) = (whole("count", 200)?, whole("seed", 1)?);
    if !(2..=MAX_SAMPLES as u64).contains(&count) {
        return Err(fault(say!("network.count", count, most = MAX_SAMPLES)));
    }
    let noise = match fields.get("noise") {
        None => 0.1,
        Some(value) => {
            value.as_f64().filter(|x| (0.0..=1.0).contains(x)).ok_or_else(|| fault(say!("network.noise")))?
        }
    };
    let name = fields.get("set").and_then(Value::as_str).unwrap_or_default();
    let set = SETS.iter().find(|(set, _)| *set == name);
    match set.and_then(|(set, about)| Some((datasets::samples(set, count as usize, noise, seed)?, *about))) {
        Some((samples, about)) => Ok((samples, words::of("set", name, "about", about))),
        None => {
            let names: Vec<String> = SETS.iter().map(|(set, _)| format!("`{set}`")).collect();
            Err(fault(say!("network.set", names = names.join(", "))))
        }
    }
}

/// Own samples: rows of two inputs and a class.
fn rows_of(value: &Value) -> Result<Vec<Sample>, Error> {
    if value.as_array().is_some_and(Vec::is_empty) {
        return Err(fault(say!("network.no_rows")).hint(say!("network.no_rows.hint")));
    }
    let rows = from_json("data.rows", value)?;
    if rows.shape.len() != 2 || rows.shape[1] != 3 {
        let width = if rows.shape.len() == 2 { rows.shape[1] } else { 1 };
        let message = say!("network.row_width", width);
        return Err(Error::new(Kind::Shape, message));
    }
    if rows.shape[0] > MAX_SAMPLES {
        return Err(crate::budget::exceeded("limit.samples", MAX_SAMPLES));
    }
    if let Some(at) = rows.data.iter().position(|x| !x.is_finite()) {
        return Err(fault(say!("network.row_finite", row = at / 3 + 1)));
    }
    Ok(rows.data.chunks_exact(3).map(|row| [row[0], row[1], row[2]]).collect())
}

/// A function of `z`, typed by the user.
struct Activation {
    text: String,
    /// Where `z` stands in the text.
    places: Vec<(usize, usize)>,
    /// It passes what is large and positive and stops what is negative.
    rectifies: bool,
}

impl Activation {
    /// Errors: those of reading; a name that is not `z`; a value that is not of `z`'s shape.
    fn read(text: &str) -> Result<Activation, Error> {
        let tokens = lex(text);
        if let Some(token) = tokens.iter().find(|token| token.kind == TokenKind::Where) {
            let message = say!("network.where");
            return Err(Error::new(Kind::Unsupported, message).at(token.span).hint(say!("network.where.hint")));
        }
        let vars = json!({ "z": ["samples", "units"] });
        let question = infer::read(&request::read(&json!({ "op": "eval", "expr": text, "vars": vars }))?)?;
        let named = |name: &str| matches!(&tokens[..], all if all.iter().any(|t| t.kind == TokenKind::Name(name)));
        let strange = question.names.iter().map(|(name, _)| name.as_str()).find(|name| *name != "z");
        if let Some(strange) = strange.or(["samples", "units"].into_iter().find(|name| named(name))) {
            let place = tokens.iter().find(|t| t.kind == TokenKind::Name(strange)).map(|t| t.span);
            let error = Error::new(Kind::Name, say!("network.other_name", strange));
            let error = error.hint(say!("network.other_name.hint"));
            return Err(place.map_or(error.clone(), |place| error.at(place)));
        }
        let arena = &question.arena;
        let Some((_, symbol)) = question.names.first().filter(|_| named("z")) else {
            let message = say!("network.no_z");
            return Err(Error::new(Kind::Name, message).hint(say!("network.no_z.hint")));
        };
        let (is, wanted) = (arena.shape(question.expr), &arena.symbols[symbol.0 as usize].shape);
        if is != wanted {
            let message = say!("network.not_elementwise", found = arena.dims.describe(is));
            return Err(Error::new(Kind::Shape, message).hint(say!("network.not_elementwise.hint")));
        }
        let far = 8.0;
        let ends = Tensor::new(&[1, 2], vec![-far, far]);
        let ends = value(arena, question.expr, &point(arena, &[("z", *symbol, ends)])?)?.data;
        let rectifies = ends[0].abs() <= 0.25 * far && ends[1] >= 0.5 * far;
        let is_z = |kind: &TokenKind| *kind == TokenKind::Name("z");
        let places = tokens.iter().filter(|t| is_z(&t.kind)).map(|t| (t.span.start, t.span.end)).collect();
        Ok(Activation { text: text.trim_end().to_owned(), places, rectifies })
    }

    /// The activation of something with a name.
    fn of(&self, name: &str) -> String {
        let mut written = String::new();
        let mut from = 0;
        for &(start, end) in &self.places {
            written.push_str(&self.text[from..start]);
            written.push_str(name);
            from = end;
        }
        written.push_str(&self.text[from..]);
        written.trim().to_owned()
    }

    /// The largest first weight: with such weights signals keep their size from layer to layer. He et al. (2015) for what
    /// rectifies, Glorot and Bengio (2010) for the rest and for outputs.
    fn reach(&self, inputs: usize, outputs: usize, is_output: bool) -> f64 {
        let variance = if self.rectifies && !is_output { 2.0 / inputs as f64 } else { 2.0 / (inputs + outputs) as f64 };
        // Uniform numbers up to r have the variance r²/3. Four digits are shown, so four are used.
        float_of(&format!("{:.3e}", (3.0 * variance).sqrt())).unwrap_or(0.5)
    }
}

/// The network's text, layer by layer.
fn write(widths: &[usize], activation: &Activation, loss: Loss, samples: Vec<Sample>, about: String) -> Built {
    let mut params = Map::new();
    let mut layers = Vec::new();
    let mut parts = Vec::new();
    let (mut before, mut inputs) = ("X".to_owned(), 2);
    let mut layer =
        |params: &mut Map<String, Value>, [weights, bias]: [String; 2], from: usize, to: usize, single: bool| {
            let reach = activation.reach(from, to, layers.len() == widths.len());
            let shapes = if single { (json!([from]), json!([])) } else { (json!([from, to]), json!([to])) };
            params.insert(weights.clone(), json!({ "shape": shapes.0, "init": { "uniform": reach } }));
            params.insert(bias.clone(), json!({ "shape": shapes.1, "init": 0 }));
            layers.push(Layer { weights, bias, inputs: from, outputs: to });
        };
    for (at, &width) in widths.iter().enumerate() {
        let k = at + 1;
        layer(&mut params, [format!("W_{k}"), format!("b_{k}")], inputs, width, false);
        parts.push(format!("Z_{k} = {before}*W_{k} + ones(N)*b_{k}'"));
        parts.push(format!("H_{k} = {}", activation.of(&format!("Z_{k}"))));
        (before, inputs) = (format!("H_{k}"), width);
    }
    let several = loss == Loss::Softmax;
    if several {
        let k = widths.len() + 1;
        layer(&mut params, [format!("W_{k}"), format!("b_{k}")], inputs, 2, false);
        parts.push(format!("O = {before}*W_{k} + ones(N)*b_{k}'"));
    } else {
        layer(&mut params, ["w".to_owned(), "b".to_owned()], inputs, 1, true);
        parts.push(format!("o = {before}*w + b"));
    }
    let (error, shown, boundary, low) = match loss {
        Loss::Squared => ("mean((y - o).^2)", "o", 0.0, -1.0),
        Loss::Logistic => ("mean(softplus(-y .* o))", "sigmoid(o)", 0.5, 0.0),
        Loss::Softmax => ("-sum(Y .* log(softmax(O))) / N", "softmax(O)[:,2]", 0.5, 0.0),
    };
    let parts = parts.join(", ");
    let x: Vec<Value> = samples.iter().map(|[x1, x2, _]| json!([x1, x2])).collect();
    let class = |y: f64| if y > 0.0 { 1.0 } else { -1.0 };
    let mut data = Map::new();
    data.insert("X".to_owned(), x.into());
    match loss {
        Loss::Squared => data.insert("y".to_owned(), samples.iter().map(|s| s[2]).collect()),
        Loss::Logistic => data.insert("y".to_owned(), samples.iter().map(|s| class(s[2])).collect()),
        Loss::Softmax => {
            let row = |s: &Sample| if s[2] > 0.0 { json!([0, 1]) } else { json!([1, 0]) };
            data.insert("Y".to_owned(), samples.iter().map(row).collect())
        }
    };
    let parameters = layers.iter().map(|l| l.inputs * l.outputs + l.outputs).sum();
    let rule = if activation.rectifies && !widths.is_empty() { "He" } else { "Glorot" };
    Built {
        spec: json!({ "loss": format!("{error} where {parts}"), "params": params, "data": data }),
        layers,
        output: Output {
            expr: format!("{shown} where {parts}"),
            vars: json!({ "X": ["N", 2] }),
            boundary,
            low,
            high: 1.0,
        },
        samples,
        parameters,
        start: say!("network.start", rule),
        about,
    }
}

#[cfg(test)]
#[path = "network_tests.rs"]
mod tests;
