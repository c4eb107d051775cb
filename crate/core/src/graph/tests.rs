use crate::answer::call;
use serde_json::{Value, json};

fn view(question: Value) -> Value {
    let mut question = question;
    question["detail"] = json!("page");
    let answer: Value = serde_json::from_str(&call(&question.to_string())).unwrap();
    assert_eq!(answer["ok"], true, "{answer}");
    answer
}

fn names(graph: &Value) -> Vec<String> {
    let nodes = graph["nodes"].as_array().unwrap();
    nodes.iter().map(|n| n["name"].as_str().unwrap().to_owned()).collect()
}

/// Each number of the nest.
fn flat(numbers: &Value) -> Vec<f64> {
    match numbers {
        Value::Array(list) => list.iter().flat_map(flat).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

/// The sum over all paths of the products of the numbers on their edges; scalars only.
fn summed(graph: &Value) -> f64 {
    let edges = graph["edges"].as_array().unwrap();
    let number = |from: &Value, to: &Value| {
        let edge = edges.iter().find(|e| e["from"] == *from && e["to"] == *to).unwrap();
        flat(&edge["local"]["value"])[0]
    };
    let paths = graph["paths"].as_array().unwrap().iter();
    paths.map(|p| p["nodes"].as_array().unwrap().windows(2).map(|w| number(&w[0], &w[1])).product::<f64>()).sum()
}

#[test]
fn products_along_paths_add_up_to_the_derivative() {
    // The paper's own example of several paths: x + x², and a deeper one.
    for (expr, count) in [("sin(x + x^2)", 2), ("exp(x) * sin(x) + exp(x)^2", 3)] {
        for way in ["paths", "reverse"] {
            let answer = view(json!({"expr": expr, "wrt": "x", "vars": {"x": []}, "at": {"x": 0.7}, "way": way}));
            let graph = &answer["view"]["graph"];
            assert_eq!(graph["path_count"], count, "{expr} {way}");
            assert_eq!(graph["paths"].as_array().unwrap().len(), count);
            let derivative = answer["jacobian"].as_f64().unwrap();
            assert!((summed(graph) - derivative).abs() < 1e-12, "{expr} {way}: {} {derivative}", summed(graph));
            let nodes = graph["nodes"].as_array().unwrap();
            // The last adjoint found is the derivative itself, and the whole's own is 1.
            assert!((flat(&nodes[0]["adjoint"]["value"])[0] - derivative).abs() < 1e-12);
            assert_eq!(nodes.last().unwrap()["adjoint"]["value"], 1.0);
            assert_eq!(nodes.last().unwrap()["value"], answer["value"]);
        }
    }
}

#[test]
fn nodes_stand_behind_what_they_use_and_lead_to_their_steps() {
    for way in ["paths", "reverse"] {
        let answer = view(json!({"expr": "relu(w·x + b)", "wrt": "w", "way": way}));
        let graph = &answer["view"]["graph"];
        assert_eq!(names(graph)[0], "w");
        assert_eq!(names(graph).last().unwrap(), "y");
        for edge in graph["edges"].as_array().unwrap() {
            assert!(edge["from"].as_u64() < edge["to"].as_u64());
            assert_ne!(edge["local"]["formula"], "");
        }
        for node in graph["nodes"].as_array().unwrap() {
            let mut steps = &answer["view"]["steps"];
            let mut last = &Value::Null;
            for part in node["step"].as_str().unwrap().split('.') {
                last = &steps[part.parse::<usize>().unwrap() - 1];
                steps = &last["sub"];
            }
            assert_eq!(last["id"], node["step"], "{way} {node}");
            // Without numbers in the request there are none in the graph.
            assert!(node.get("value").is_none());
        }
    }
}

#[test]
fn every_formula_of_a_graph_can_be_read_aloud() {
    let answer = view(json!({"expr": "sum((W*x - y).^2)", "wrt": "x", "vars": {"W": ["m", "n"]}}));
    let view = &answer["view"];
    let is_said = |latex: &str| assert!(view["spoken"].get(latex).is_some(), "{latex}");
    let edges = view["graph"]["edges"].as_array().unwrap().iter().map(|edge| &edge["local"]);
    let adjoints = view["graph"]["nodes"].as_array().unwrap().iter().map(|node| &node["adjoint"]);
    for rate in edges.chain(adjoints) {
        let [left, right] = ["latex", "formula"].map(|side| rate[side].as_str().unwrap());
        is_said(&format!("{left} = {right}"));
    }
    for path in view["graph"]["paths"].as_array().unwrap() {
        is_said(path["latex"].as_str().unwrap());
    }
}

#[test]
fn a_graph_with_matrices_leaves_out_what_no_matrix_holds() {
    let answer = view(json!({"expr": "sum(tanh(X*W).^2)", "wrt": "W", "way": "reverse"}));
    let graph = &answer["view"]["graph"];
    assert_eq!(graph["edges"][0]["local"]["formula"], "");
    assert_eq!(graph["path_count"], 1);
    assert_ne!(graph["nodes"][0]["adjoint"]["formula"], "");
}

#[test]
fn there_is_no_graph_without_names_and_none_too_large_to_draw() {
    for question in [
        json!({"expr": "x^2", "wrt": "x"}),
        json!({"expr": "x", "wrt": "x"}),
        json!({"expr": "sin(x^2)", "wrt": "x", "way": "differentials", "vars": {"x": []}}),
        json!({"expr": format!("{}x{}", "sin(".repeat(30), ")".repeat(30)), "wrt": "x"}),
    ] {
        assert!(view(question.clone())["view"].get("graph").is_none(), "{question}");
    }
}

#[test]
fn many_paths_are_counted_and_few_are_listed() {
    // Each sum doubles the ways.
    let sums: Vec<String> = (1..6).map(|k| format!("v{} = v{k} + sin(v{k})", k + 1)).collect();
    let expr = format!("v6 + sin(v6) where v1 = exp(x), {}", sums.join(", "));
    let answer = view(json!({"expr": expr, "wrt": "x", "vars": {"x": []}}));
    let graph = &answer["view"]["graph"];
    assert_eq!(graph["path_count"], 64);
    assert_eq!(graph["paths"].as_array().unwrap().len(), super::MOST_PATHS);
}
