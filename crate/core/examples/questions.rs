//! Random questions as requests of the batch contract, one a line: `questions COUNT SEED`, COUNT of each kind.
//!
//! For tests outside of Rust. The questions are those of the random tests, of vectors and of matrices everywhere, asked
//! at every combination of the sizes 1 to 3, under names for the dimensions and with the sizes themselves declared.

#[allow(dead_code)]
#[path = "../tests/support/compose.rs"]
mod compose;
#[path = "../tests/support/forms.rs"]
mod forms;
#[allow(dead_code)]
#[path = "../tests/support/generate.rs"]
mod generate;

use compose::{Composer, DIMS, Question};
use generate::Generator;
use oorandom::Rand64;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Sizes go from 1 to this; those that are declared as such from 2, since a declared 1 makes rows of matrices and
/// changes what the question means.
const LARGEST: u64 = 3;

fn main() {
    let given: Vec<u64> =
        std::env::args().skip(1).map(|text| text.parse().expect("COUNT and SEED are numbers")).collect();
    let (count, seed) = (given.first().copied().unwrap_or(100), given.get(1).copied().unwrap_or(1));
    let mut generator = Generator::new(seed.into());
    let mut random = Rand64::new(seed.into());
    for number in 0..count {
        println!("{}", resized(generator.question().request(), number, &mut random));
    }
    let mut composer = Composer::new(seed.into());
    for number in 0..count {
        println!("{}", resized(carried(composer.question()), number, &mut random));
    }
}

/// A composed question as a request, with a variable for every dimension: each has to be read off some numbers.
fn carried(question: Question) -> Value {
    let mut request = question.request();
    for (dim, name) in DIMS.iter().zip(["x", "u", "p"]) {
        request["vars"][name] = json!([dim]);
    }
    request
}

/// The question at the sizes that belong to its number.
fn resized(mut request: Value, number: u64, random: &mut Rand64) -> Value {
    let vars: BTreeMap<String, Vec<String>> = serde_json::from_value(request["vars"].take()).expect("shapes of names");
    let (mut sizes, mut rest) = (BTreeMap::new(), number);
    for dim in vars.values().flatten() {
        if !sizes.contains_key(dim) {
            sizes.insert(dim.clone(), rest % LARGEST + 1);
            rest /= LARGEST;
        }
    }
    // What is left of the number counts the rounds through all sizes.
    let by_size = rest % 2 == 1;
    if by_size {
        sizes.values_mut().for_each(|size| *size = (*size).max(2));
    }
    let expr = request["expr"].as_str().expect("an expression").to_owned();
    let matrices: Vec<&String> =
        vars.iter().filter(|(name, dims)| dims.len() == 2 && expr.contains(*name)).map(|(name, _)| name).collect();
    if !matrices.is_empty() && random.rand_range(0..3) == 0 {
        request["wrt"] = json!(matrices[random.rand_range(0..matrices.len() as u64) as usize]);
    } else if let Some((name, place)) = request["wrt"].as_str().and_then(|text| text.strip_suffix(']')?.split_once('['))
        && let Ok(place) = place.parse::<u64>()
    {
        let size = vars[name].first().map_or(1, |dim| sizes[dim]);
        request["wrt"] = json!(format!("{name}[{}]", place.min(size)));
    }
    let mut numbers = |dims: &[String]| filled(&dims.iter().map(|dim| sizes[dim]).collect::<Vec<_>>(), random);
    request["at"] =
        vars.iter().map(|(name, dims)| (name.clone(), numbers(dims))).collect::<serde_json::Map<_, _>>().into();
    let shape = |dims: &[String]| {
        dims.iter().map(|dim| if by_size { json!(sizes[dim]) } else { json!(dim) }).collect::<Value>()
    };
    request["vars"] =
        vars.iter().map(|(name, dims)| (name.clone(), shape(dims))).collect::<serde_json::Map<_, _>>().into();
    if by_size {
        request["expr"] = with_sizes(&expr, &sizes).into();
    }
    request["id"] = number.into();
    request
}

/// Numbers of either sign, not near zero, nested by the sizes.
fn filled(sizes: &[u64], random: &mut Rand64) -> Value {
    match sizes {
        [] => {
            let size = 0.2 + 1.5 * random.rand_float();
            let signed = if random.rand_range(0..2) == 0 { -size } else { size };
            json!((signed * 1000.0).round() / 1000.0)
        }
        [first, rest @ ..] => (0..*first).map(|_| filled(rest, random)).collect(),
    }
}

/// The text with sizes in place of the names of dimensions; `4 n` becomes a product that can be read.
fn with_sizes(text: &str, sizes: &BTreeMap<String, u64>) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_alphabetic() || c.is_ascii_digit() || c == '_' {
            word.push(c);
        } else {
            let size = sizes.get(&word).map(u64::to_string);
            if size.is_some() && out.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
                out.push_str("* ");
            }
            out.push_str(size.as_ref().unwrap_or(&word));
            word.clear();
            out.push(c);
        }
    }
    out.trim_end_matches('\n').to_owned()
}
