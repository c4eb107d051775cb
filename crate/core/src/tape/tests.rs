//! Tapes against the evaluator, which knows nothing of them.

use super::*;
use crate::eval::evaluate;
use crate::train::{Model, Spec};
use oorandom::Rand64;

/// Loss and gradients of a session on tapes, beside the evaluator's: the largest difference relative to each one's scale.
fn differences<T: Real>(spec: &Spec, seed: u64) -> (f64, (usize, usize)) {
    let model = Model::of(spec).unwrap_or_else(|e| panic!("{}: {}", spec.loss, e.message));
    let mut random = Rand64::new(seed.into());
    let mut env: Env<f64> = Env::default();
    env.sizes.extend(model.samples.map(|dim| (dim, spec.samples().unwrap_or(0))));
    for (parameter, own) in model.params.iter().zip(&spec.params) {
        // Numbers that f32 holds exactly: the point is then the same for both.
        let draw = |_: &[usize]| f64::from((2.0 * random.rand_float() - 1.0) as f32);
        env.values.insert(parameter.symbol, Tensor::build(&own.shape, draw));
    }
    for (symbol, (_, values)) in model.data.iter().zip(&spec.data) {
        env.values.extend(symbol.map(|symbol| (symbol, values.clone())));
    }
    let gradients: Vec<NodeId> = model.params.iter().map(|p| p.gradient).collect();
    let symbols: Vec<SymbolId> = env.values.keys().copied().collect();
    let inputs = Inputs { sizes: &env.sizes, symbols: &symbols, exact: seed.is_multiple_of(2) };
    let mut tape: Tape<T> = Tape::new(&model.arena, &gradients, &[model.loss], &inputs).unwrap();
    for (at, symbol) in symbols.iter().enumerate() {
        let numbers = &env.values[symbol].data;
        tape.input(at).iter_mut().zip(numbers).for_each(|(to, &x)| *to = T::of(x));
    }
    tape.run_firsts(&model.arena).unwrap();
    tape.run_lasts(&model.arena).unwrap();
    let roots: Vec<NodeId> = gradients.iter().copied().chain([model.loss]).collect();
    let right = evaluate(&model.arena, &roots, &env).unwrap();
    let mut worst = 0.0f64;
    for (at, right) in right.iter().enumerate() {
        let is = if at < gradients.len() { tape.first(at) } else { tape.last(0).iter().map(|x| x.to_f64()).collect() };
        assert_eq!(is.len(), right.data.len());
        let scale = right.data.iter().fold(1e-6, |most: f64, x| most.max(x.abs()));
        for (a, b) in is.iter().zip(&right.data) {
            worst = worst.max((a - b).abs() / scale);
        }
    }
    (worst, tape.size())
}

fn spec(loss: &str, params: &[(&str, &str)], data: &[(&str, usize)], samples: usize) -> Spec {
    let mut random = Rand64::new(5);
    let mut text = format!("{{\"loss\": {}, \"params\": {{", serde_json::json!(loss));
    let parts: Vec<String> =
        params.iter().map(|(n, s)| format!("{}: {{\"shape\": {s}}}", serde_json::json!(n))).collect();
    text += &parts.join(",");
    text += "}, \"data\": {";
    let mut number = || f64::from((2.0 * random.rand_float() - 1.0) as f32);
    let mut parts = Vec::new();
    for (name, width) in data {
        let rows: Vec<serde_json::Value> = (0..samples)
            .map(|_| match width {
                0 => serde_json::json!(number()),
                _ => serde_json::json!((0..*width).map(|_| number()).collect::<Vec<f64>>()),
            })
            .collect();
        parts.push(format!("\"{name}\": {}", serde_json::json!(rows)));
    }
    text += &parts.join(",");
    text += "}}";
    Spec::read(&text).unwrap()
}

const NET: &str = "mean((y - tanh(tanh(X*W1 + ones(N)*b1')*W2 + ones(N)*b2')*w3 - b3).^2)";
const NET_PARAMS: [(&str, &str); 6] =
    [("W1", "[2,8]"), ("b1", "[8]"), ("W2", "[8,8]"), ("b2", "[8]"), ("w3", "[8]"), ("b3", "[]")];

/// Everything that the graph treats in a way of its own occurs in some row.
fn rows() -> Vec<Spec> {
    let xy: &[(&str, usize)] = &[("X", 2), ("y", 0)];
    let xyy: &[(&str, usize)] = &[("X", 2), ("Y", 3)];
    let wb: &[(&str, &str)] = &[("w", "[2]"), ("b", "[]")];
    let matrix: &[(&str, &str)] = &[("W", "[2,3]"), ("b", "[3]")];
    [
        ("mean((y - relu(X*w + b)).^2)", wb, xy),
        ("mean((y - (X*w + b)).^2)", wb, xy),
        ("mean(log(1 + exp(-y .* (X*w + b))))", wb, xy),
        ("mean(softplus(-y .* (X*w + b))) + 0.1 * sum(w.^2)", wb, xy),
        ("sum(i, 1, N, (y[i] - relu(X[i,:]·w + b))^2)/N", wb, xy),
        ("mean(abs(y - sigmoid(X*w + b)))", wb, xy),
        ("mean(max(y, X*w + b) + min(X*w, 0.5) + cases(X*w > b, y.^3, y ./ (2 + X*w)))", wb, xy),
        ("mean((y - sin(X*w).*cos(b*y)).^4)", wb, xy),
        ("mean((y - sqrt(1 + (X*w).^2) ./ (1 + b^2)).^2)", wb, xy),
        ("norm2(y - X*w) + var(X*w) + logsumexp(w) + b^2", wb, xy),
        ("(y - X*w - b*ones(N)) · (y - X*w) / N", wb, xy),
        ("(p - 3)^2 + 2 (q + 1)^2 + exp(p q)", &[("p", "[]"), ("q", "[]")], &[]),
        ("w'*A*w + softmax(w)[2]", &[("w", "[3]"), ("A", "[3,3]")], &[]),
        ("mean((Y - tanh(X*W + ones(N)*b')).^2)", matrix, xyy),
        ("-mean(rowsums(Y .* log(sigmoid(X*W + ones(N)*b'))))", matrix, xyy),
        ("mean(log(rowsums(exp(Z))) - rowsums(Y .* Z)) where Z = X*W + ones(N)*b'", matrix, xyy),
        ("sum(colsums((Y - X*W).^2)) / N + sum(W' * W) + b·b", matrix, xyy),
        ("mean((Y - X*W*diag(b)).^2)", matrix, xyy),
        ("mean((y - relu(relu(X*W1 + ones(N)*b1')*W2 + ones(N)*b2')*w3 - b3).^2)", &NET_PARAMS, xy),
        (NET, &NET_PARAMS, xy),
    ]
    .into_iter()
    .map(|(loss, params, data)| spec(loss, params, data, 10))
    .collect()
}

#[test]
fn tapes_agree_with_the_evaluator() {
    for spec in rows() {
        let (double, _) = differences::<f64>(&spec, 3);
        assert!(double < 1e-12, "{}: {double:e}", spec.loss);
        let (single, _) = differences::<f32>(&spec, 4);
        assert!(single < 2e-5, "{}: {single:e}", spec.loss);
    }
}

#[test]
fn the_frequent_losses_need_no_rare_part() {
    let rare: Vec<String> = rows().into_iter().filter(|s| differences::<f64>(s, 3).1.1 > 0).map(|s| s.loss).collect();
    assert!(rare.iter().all(|l| ["sum(i", "var(", "[2]", "diag(b)"].iter().any(|rare| l.contains(rare))), "{rare:?}");
}

/// A network of two hidden layers is a handful of instructions: every activation and every layer's error is there once.
#[test]
fn a_network_is_few_instructions() {
    let net = spec(NET, &NET_PARAMS, &[("X", 2), ("y", 0)], 10);
    let (_, (instructions, rare)) = differences::<f32>(&net, 3);
    assert!(instructions <= 22 && rare == 0, "{instructions} {rare}");
}
