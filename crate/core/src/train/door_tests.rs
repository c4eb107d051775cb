use crate::train::Reporter;
use serde_json::{Value, json};

fn neuron() -> Value {
    json!({
        "loss": "mean((y - relu(X*w + b)).^2)",
        "params": {"w": {"shape": [2], "init": {"uniform": 0.5}}, "b": {"shape": [], "init": 0.1}},
        "data": {
            "X": [[1.0, 2.0], [-1.0, 0.5], [0.5, 1.0], [2.0, -1.0], [1.5, 0.2], [-0.3, 2.0]],
            "y": [3.0, 0.5, 1.5, 1.0, 1.9, 1.2],
        },
        "batch": 4, "rate": 0.05, "seed": 3,
    })
}

fn open(spec: &Value) -> Reporter {
    Reporter::new(&spec.to_string()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn refused(spec: &Value) -> Value {
    let Err(refusal) = Reporter::new(&spec.to_string()) else { panic!("{spec} was not refused") };
    serde_json::from_str::<Value>(&refusal).unwrap()["error"].clone()
}

fn read(answer: Result<String, String>) -> Value {
    serde_json::from_str(&answer.unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(list) => list.iter().flat_map(numbers).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

fn with(changes: &[(&str, Value)]) -> Value {
    let mut spec = neuron();
    for (name, value) in changes {
        spec[*name] = value.clone();
    }
    spec
}

#[test]
fn the_neuron_trains_with_the_derived_gradient() {
    let mut trainer = open(&neuron());
    let first = read(trainer.state());
    let last = read(trainer.step(300));
    assert_eq!(last["step"], 300);
    assert_eq!(last["stopped"], Value::Null);
    assert_eq!(numbers(&last["params"]["w"]).len(), 2);
    assert!(last["params"]["b"].is_number());
    assert!(last["loss"].as_f64().unwrap() < 0.2 * first["loss"].as_f64().unwrap(), "{first} {last}");
    assert_eq!(read(trainer.reset()), first);
}

#[test]
fn the_numbers_of_an_update_add_up() {
    let mut trainer = open(&neuron());
    assert!(trainer.detail().unwrap_err().contains("no update yet"));
    let state = read(trainer.step(3));
    let detail = read(trainer.detail());
    assert_eq!(detail["batch"], state["batch"]);
    for parameter in detail["params"].as_array().unwrap() {
        let column = |name: &str| numbers(&parameter[name]);
        for ((before, gradient), after) in column("before").iter().zip(column("gradient")).zip(column("after")) {
            // (Reading JSON may round the last bit; train/tests.rs compares the numbers themselves.)
            assert!((before - 0.05 * gradient - after).abs() <= 1e-15 * (1.0 + after.abs()));
        }
        assert_eq!(parameter["after"], state["params"][parameter["name"].as_str().unwrap()]);
        assert!(parameter["latex"].as_str().unwrap().contains("\\htmlData"));
        // The text is the gradient in the language: evaluated on the batch it gives the numbers shown.
        let rows: Vec<usize> = serde_json::from_value(detail["batch"].clone()).unwrap();
        let pick = |name: &str| Value::Array(rows.iter().map(|&r| neuron()["data"][name][r].clone()).collect());
        let before = |name: &str| {
            let all = detail["params"].as_array().unwrap();
            all.iter().find(|p| p["name"] == name).unwrap()["before"].clone()
        };
        let request = json!({
            "expr": parameter["text"],
            "vars": {"X": ["N", 2], "y": ["N"]},
            "inputs": {"X": pick("X"), "y": pick("y"), "w": before("w"), "b": before("b")},
        });
        let again = trainer.evaluate(&request.to_string()).unwrap_or_else(|e| panic!("{request}: {e}"));
        for (a, b) in again.iter().zip(column("gradient")) {
            assert!((a - b).abs() <= 1e-12 * (1.0 + b.abs()), "{parameter}");
        }
    }
    let parts = detail["intermediates"].as_array().unwrap();
    let names: Vec<&str> = parts.iter().map(|part| part["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["u_1", "u_2", "u_3", "u_4", "u_5", "C"]);
    assert!(parts.iter().any(|part| numbers(&part["values"]).len() == state["batch"].as_array().unwrap().len()));
    assert!(parts.iter().all(|part| part["latex"].as_str().unwrap().contains(" = ")));
}

#[test]
fn the_users_names_are_used_for_intermediates() {
    let loss = "mean((y - a).^2) where z = X*w + b, a = relu(z)";
    let mut trainer = open(&with(&[("loss", json!(loss))]));
    trainer.step(1).unwrap();
    let detail = read(trainer.detail());
    let names: Vec<&str> =
        detail["intermediates"].as_array().unwrap().iter().map(|part| part["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"z") && names.contains(&"a"), "{names:?}");
    let mut plain = open(&neuron());
    assert_eq!(read(plain.step(50))["params"], {
        trainer.reset().unwrap();
        read(trainer.step(50))["params"].clone()
    });
}

#[test]
fn expressions_are_evaluated_at_the_present_state() {
    let mut trainer = open(&neuron());
    trainer.set_param("w", &[1.0, 2.0]).unwrap();
    trainer.set_param("b", &[-1.0]).unwrap();
    let own = trainer.evaluate(r#"{"expr": "X*w + b"}"#).unwrap();
    assert_eq!(own, [4.0, -1.0, 1.5, -1.0, 0.8999999999999999, 2.7]);
    let grid = trainer.evaluate(r#"{"expr": "relu(X*w + b)", "inputs": {"X": [[0, 0], [1, 1]]}}"#).unwrap();
    assert_eq!(grid, [0.0, 2.0]);
    // The loss for many parameters at once, as the picture of the loss asks for it.
    let many = json!({
        "expr": "colsums((y*ones(k)' - relu(X*W + ones(N)*β')).^2)/N",
        "vars": {"X": ["N", 2], "y": ["N"], "W": [2, "k"], "β": ["k"]},
        "inputs": {"X": neuron()["data"]["X"], "y": neuron()["data"]["y"], "W": [[1, 0, 2], [2, 0, 1]], "β": [-1, 0, 3]},
    });
    let losses = trainer.evaluate(&many.to_string()).unwrap();
    let now = read(trainer.state())["loss"].as_f64().unwrap();
    assert_eq!(losses.len(), 3);
    assert!((losses[0] - now).abs() < 1e-12, "{losses:?} {now}");
    for (request, kind, words) in [
        (r#"{"expr": "X*w + c"}"#, "name", "`c`"),
        (r#"{"expr": "X*"}"#, "parse", ""),
        (r#"{"expr": "w", "input": {}}"#, "request", "`input`"),
        (r#"{"expr": "w", "inputs": {"w": []}}"#, "request", "`inputs.w`"),
        (r#"{"inputs": {}}"#, "parse", ""),
        ("nothing", "request", "JSON"),
    ] {
        let refusal: Value = serde_json::from_str(&trainer.evaluate(request).unwrap_err()).unwrap();
        assert_eq!(refusal["ok"], false);
        assert!(refusal["error"]["message"].as_str().unwrap().contains(words), "{request}: {refusal}");
        assert!(kind == refusal["error"]["kind"] || request.contains("inputs\": {}"), "{request}: {refusal}");
    }
}

#[test]
fn sessions_that_cannot_be_opened_say_why() {
    for (spec, kind, words) in [
        (with(&[("loss", json!("mean((y - relu(X*w + c)).^2)"))]), "name", "`c` is neither a parameter nor data"),
        (with(&[("loss", json!("(y - relu(X*w + b)).^2"))]), "shape", "one number"),
        (with(&[("loss", json!("mean(X*w + "))]), "parse", ""),
        (with(&[("loss", json!(""))]), "parse", ""),
        (with(&[("loss", json!("w · w"))]), "name", "`b` does not occur"),
        (with(&[("loss", json!("mean(log(y - 10 - relu(X*w + b)))"))]), "domain", "not a finite number"),
        (with(&[("rate", json!(-1))]), "request", "negative"),
    ] {
        let error = refused(&spec);
        assert_eq!(error["kind"], kind, "{error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
    let error = refused(&with(&[("loss", json!("mean((y - relu(X*w + b + w)).^2)"))]));
    assert!(error["message"].as_str().unwrap().contains("exactly 2 samples"), "{error}");
    // A span in the loss comes back as one.
    let error = refused(&with(&[("loss", json!("mean((y - relu(X*w + b + X)).^2)"))]));
    assert_eq!(error["kind"], "shape");
    assert!(error["span"].is_array(), "{error}");
}

#[test]
fn data_is_optional_and_names_are_free() {
    let mut bowl = open(&json!({"loss": "(p - 3)^2 + 2 (q + 1)^2", "rate": 0.1,
        "params": {"p": {"shape": [], "init": 0}, "q": {"shape": [], "init": 0}}}));
    let state = read(bowl.step(200));
    assert!((state["params"]["p"].as_f64().unwrap() - 3.0).abs() < 1e-9, "{state}");
    assert!((state["params"]["q"].as_f64().unwrap() + 1.0).abs() < 1e-9);
    let mut named = open(&json!({"loss": "mean((N - constructor * __proto__).^2)", "rate": 0.1,
        "params": {"__proto__": {"shape": [], "init": 0.5}},
        "data": {"N": [2, 4, 6], "constructor": [1, 2, 3]}}));
    let state = read(named.step(300));
    assert!((state["params"]["__proto__"].as_f64().unwrap() - 2.0).abs() < 1e-9, "{state}");
}

#[test]
fn a_linear_model_is_told_its_largest_rate() {
    let spec = with(&[("loss", json!("mean((y - X*w - b).^2)")), ("batch", json!(6)), ("rate", json!(5))]);
    let mut trainer = open(&spec);
    let state = read(trainer.step(100));
    let stopped = &state["stopped"];
    assert_eq!(stopped["why"], "diverged", "{state}");
    let advice = stopped["rate_advice"].as_f64().unwrap();
    assert!(advice > 0.05 && advice < 1.0, "{advice}");
    trainer.set_rate(advice).unwrap();
    let after = read(trainer.step(2_000));
    assert_eq!(after["stopped"], Value::Null, "{after}");
}
