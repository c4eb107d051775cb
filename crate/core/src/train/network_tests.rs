use super::*;
use crate::train::{Spec, Trainer};

fn built(description: Value) -> Value {
    let text = network(&description.to_string()).unwrap_or_else(|refusal| panic!("{refusal}"));
    serde_json::from_str(&text).unwrap()
}

fn refused(description: Value) -> Value {
    let refusal = network(&description.to_string()).expect_err("not refused");
    serde_json::from_str::<Value>(&refusal).unwrap()["error"].clone()
}

fn circle(widths: Value, activation: &str, loss: &str) -> Value {
    json!({ "data": { "set": "circle", "count": 60 }, "widths": widths, "activation": activation, "loss": loss })
}

fn trainer(built: &Value, rate: f64) -> Trainer {
    let mut spec = built["spec"].clone();
    (spec["rate"], spec["batch"], spec["seed"]) = (json!(rate), json!(10), json!(2));
    Trainer::new(&spec.to_string()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn a_network_is_an_expression() {
    let two = built(circle(json!([4, 3]), "tanh(z)", "squared"));
    assert_eq!(
        two["spec"]["loss"],
        "mean((y - o).^2) where Z_1 = X*W_1 + ones(N)*b_1', H_1 = tanh(Z_1), Z_2 = H_1*W_2 + ones(N)*b_2', \
         H_2 = tanh(Z_2), o = H_2*w + b"
    );
    assert_eq!(two["spec"]["params"]["W_2"]["shape"], json!([4, 3]));
    assert_eq!(two["spec"]["params"]["b"]["shape"], json!([]));
    assert_eq!(two["parameters"], 2 * 4 + 4 + 4 * 3 + 3 + 3 + 1);
    assert_eq!(two["layers"].as_array().unwrap().len(), 3);
    let swish = built(circle(json!([2]), " z .* sigmoid(z)", "softmax"));
    assert_eq!(
        swish["spec"]["loss"],
        "-sum(Y .* log(softmax(O))) / N where Z_1 = X*W_1 + ones(N)*b_1', H_1 = Z_1 .* sigmoid(Z_1), \
         O = H_1*W_2 + ones(N)*b_2'"
    );
    let bare = built(circle(json!([]), "tanh(z)", "logistic"));
    assert_eq!(bare["spec"]["loss"], "mean(softplus(-y .* o)) where o = X*w + b");
    assert_eq!(bare["output"]["boundary"], 0.5);
}

#[test]
fn weights_start_as_wide_as_their_layer_asks() {
    let reach = |built: &Value, name: &str| built["spec"]["params"][name]["init"]["uniform"].as_f64().unwrap();
    let tanh = built(circle(json!([4]), "tanh(z)", "squared"));
    // Glorot: √(6 / (2 + 4)), √(6 / (4 + 1)).
    assert_eq!((reach(&tanh, "W_1"), reach(&tanh, "w")), (1.0, 1.095));
    for rectifier in ["relu(z)", "max(0.1 * z, z)", "softplus(z)", "z .* sigmoid(z)", "cases(z > 0, z, exp(z) - 1)"] {
        let he = built(circle(json!([4]), rectifier, "squared"));
        // He: √(6 / 2).
        assert_eq!((reach(&he, "W_1"), reach(&he, "w")), (1.732, 1.095), "{rectifier}");
        assert!(he["start"].as_str().unwrap().contains("He"));
    }
    for other in ["sin(z)", "sigmoid(z)", "z", "abs(z)", "z ./ (1 + abs(z))"] {
        assert_eq!(reach(&built(circle(json!([4]), other, "squared")), "W_1"), 1.0, "{other}");
    }
}

#[test]
fn every_network_trains_and_has_a_surface() {
    for loss in ["squared", "logistic", "softmax"] {
        for (widths, activation) in [(json!([]), "tanh(z)"), (json!([8]), "tanh(z)"), (json!([6, 4]), "relu(z)")] {
            let network = built(circle(widths.clone(), activation, loss));
            let mut trainer = trainer(&network, 0.1);
            trainer.step(1500).unwrap();
            let after = trainer.loss().unwrap();
            // What is lost by saying the same of every sample. A circle cannot be parted by a line, and can by hidden units.
            let blind = if loss == "squared" { 1.0 } else { core::f64::consts::LN_2 };
            let learned = after < 0.4 * blind;
            assert_eq!(learned, widths != json!([]), "{loss} {widths}: {after}");
            let request = json!({
                "expr": network["output"]["expr"], "vars": network["output"]["vars"],
                "inputs": { "X": [[0, 0], [2.2, 0], [0, -2.2]] },
            });
            let shown = trainer.evaluate(&request.to_string()).unwrap();
            assert_eq!(shown.len(), 3);
            if learned {
                let boundary = network["output"]["boundary"].as_f64().unwrap() as f32;
                assert!(shown[0] > boundary && shown[1] < boundary && shown[2] < boundary, "{loss} {shown:?}");
            }
        }
    }
}

#[test]
fn formulas_say_the_names_of_the_loss() {
    let network = built(circle(json!([4, 3]), "tanh(z)", "squared"));
    let told: Value = serde_json::from_str(&trainer(&network, 0.1).formulas().unwrap()).unwrap();
    let plain = |latex: &Value| {
        let text = latex.as_str().unwrap().to_owned();
        let mut plain = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find("\\htmlData{") {
            plain.push_str(&rest[..at]);
            rest = &rest[at..][rest[at..].find('}').unwrap() + 1..];
        }
        (plain + rest).replace(['{', '}'], "")
    };
    let parts: Vec<&str> = told["parts"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(parts, ["Z_1", "H_1", "Z_2", "H_2", "o"]);
    let gradient = |name: &str| {
        let all = told["gradients"].as_array().unwrap();
        plain(&all.iter().find(|g| g["name"] == name).unwrap()["latex"])
    };
    // What is said of H_1 is said by its name: no tanh is left.
    for name in ["W_1", "W_2", "b_1", "w", "b"] {
        assert!(!gradient(name).contains("tanh"), "{name}: {}", gradient(name));
    }
    assert!(gradient("W_2").contains("\\mathbfH_1"), "{}", gradient("W_2"));
    assert!(!told["loss"].as_str().unwrap().contains("tanh"));
}

/// The gradient of the built network, as it is shown, is the one that trains: both from one differentiator; here against
/// differences of the loss.
#[test]
fn the_derivative_of_a_weight_is_a_slope_of_the_loss() {
    for loss in ["squared", "logistic", "softmax"] {
        let network = built(circle(json!([3]), "tanh(z)", loss));
        let mut trainer = trainer(&network, 0.1);
        let slopes = trainer.gradient("W_1").unwrap();
        let start = trainer.param("W_1").unwrap();
        for entry in 0..start.len() {
            let mut at = |by: f32| {
                let mut moved = start.clone();
                moved[entry] += by;
                trainer.set_param("W_1", &moved).unwrap();
                trainer.loss().unwrap()
            };
            let difference = (at(0.01) - at(-0.01)) / 0.02;
            assert!(
                (difference - f64::from(slopes[entry])).abs() < 1e-3,
                "{loss} {entry}: {difference} {}",
                slopes[entry]
            );
        }
    }
}

#[test]
fn what_cannot_be_built_is_said_in_words() {
    let activation = |text: &str| refused(circle(json!([3]), text, "squared"));
    for (text, words) in [
        ("sum(z)", "one number for each entry"),
        ("z'", "one number for each entry"),
        ("a * z", "depends on `z` alone, not on `a`"),
        ("z / units", "depends on `z` alone, not on `units`"),
        ("3", "does not depend on `z`"),
        ("q where q = z", "without `where`"),
        ("tanh(", "("),
        ("", "no expression"),
    ] {
        let error = activation(text);
        assert!(error["message"].as_str().unwrap().contains(words), "{text}: {error}");
    }
    assert_eq!(activation("2 * a * z")["span"], json!([4, 5]));
    let rows = |rows: Value| refused(json!({ "data": { "rows": rows } }));
    for (given, words) in [
        (json!([]), "no samples"),
        (json!([[1, 2]]), "3 numbers"),
        (json!([[1, 2, 1], [1, 2]]), "different lengths"),
        (json!([[1, 2, 1], [1, "nan", -1]]), "Row 2"),
        (json!([1, 2, 3]), "3 numbers"),
    ] {
        let error = rows(given);
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
    for (description, words) in [
        (json!({}), "`data` must be"),
        (json!({ "data": { "set": "square" } }), "`circle`"),
        (json!({ "data": { "set": "xor", "count": 1 } }), "from 2 to"),
        (json!({ "data": { "set": "xor", "noise": 7 } }), "from 0 to 1"),
        (json!({ "data": { "set": "xor" }, "widths": [0] }), "`widths`"),
        (json!({ "data": { "set": "xor" }, "widths": [1, 1, 1, 1, 1, 1, 1] }), "at most 6"),
        (json!({ "data": { "set": "xor" }, "loss": "hinge" }), "`softmax`"),
        (json!({ "data": { "set": "xor" }, "layers": 3 }), "no field `layers`"),
    ] {
        let error = refused(description);
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
}

#[test]
fn own_rows_are_trained_as_they_are() {
    let own = built(json!({ "data": { "rows": [[0, 0, 0.25], [1, 1, 3]] } }));
    assert_eq!(own["spec"]["data"]["y"], json!([0.25, 3.0]));
    let read = Spec::read(&own["spec"].to_string()).unwrap();
    assert_eq!(read.samples(), Some(2));
    let classes = built(json!({ "data": { "rows": [[0, 0, 0], [1, 1, 3]] }, "loss": "logistic" }));
    assert_eq!(classes["spec"]["data"]["y"], json!([-1.0, 1.0]));
}
