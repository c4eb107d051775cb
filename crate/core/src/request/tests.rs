use super::*;

fn request(line: &str) -> Request {
    read_line(line).1.unwrap_or_else(|e| panic!("{line}: {}", e.message))
}

#[test]
fn a_full_request_is_read() {
    let line = r#"{"id": 7, "op": "derive", "expr": "f(A*x) + b", "wrt": "x[2]", "vars": {"A": ["m", 3], "b": []},
        "funcs": {"f": {"args": [["m"]], "result": []}}, "at": {"x": [1, "nan", "-inf"], "A": [[1, 2, 3]]},
        "layout": "mixed", "order": 2, "detail": "result", "assume": {"A": "positive"}}"#;
    let r = request(line);
    assert_eq!(r.id, Value::from(7));
    assert_eq!(r.wrt, Some(WrtSpec::Component("x".to_owned(), vec![2])));
    assert_eq!(r.vars["A"], [DimSpec::Name("m".to_owned()), DimSpec::Size(3)]);
    assert_eq!(r.funcs["f"].args.len(), 1);
    assert_eq!(r.at["A"], Values { shape: vec![1, 3], data: vec![1.0, 2.0, 3.0] });
    assert!(r.at["x"].data[1].is_nan() && r.at["x"].data[2] == f64::NEG_INFINITY);
    assert_eq!((r.layout, r.order, r.detail), (Layout::Mixed, 2, Detail::Result));
    assert_eq!(r.assume["A"], [Assumption::Positive]);
    let declared = r.declared();
    assert!(declared.variables.contains("x") && declared.dimensions.contains("m") && declared.functions.contains("f"));
}

#[test]
fn wrt_is_read_in_all_its_forms() {
    let list = |names: &[&str]| WrtSpec::List(names.iter().map(|n| (*n).to_owned()).collect());
    for (text, wanted) in [
        (r#""w""#, WrtSpec::Name("w".to_owned())),
        (r#"" w ""#, WrtSpec::Name("w".to_owned())),
        (r#""x[2]""#, WrtSpec::Component("x".to_owned(), vec![2])),
        (r#""x₂""#, WrtSpec::Component("x".to_owned(), vec![2])),
        (r#""A[1, 2]""#, WrtSpec::Component("A".to_owned(), vec![1, 2])),
        (r#""[x, y]""#, list(&["x", "y"])),
        (r#"["y", "x"]"#, list(&["y", "x"])),
    ] {
        assert_eq!(request(&format!(r#"{{"expr": "1", "wrt": {text}}}"#)).wrt, Some(wanted), "{text}");
    }
}

#[test]
fn names_of_javascript_are_names() {
    let r = request(r#"{"expr": "1", "wrt": "constructor", "vars": {"__proto__": ["n"], "constructor": []}}"#);
    assert_eq!(r.vars.len(), 2);
}

#[test]
fn what_needs_no_wrt_goes_without() {
    for op in ["eval", "parse", "tokens", "catalog"] {
        request(&format!(r#"{{"expr": "x", "op": "{op}"}}"#));
    }
    request(r#"{"op": "catalog"}"#);
    request(r#"{"op": "tokens", "expr": ""}"#);
}

/// A request, the kind of its error, a piece of the message.
const ROWS: &[(&str, Kind, &str)] = &[
    ("{", Kind::Request, "no JSON"),
    ("[]", Kind::Request, "JSON object"),
    (r#"{"wrt": "x"}"#, Kind::Request, "`expr` is missing"),
    (r#"{"expr": 3, "wrt": "x"}"#, Kind::Request, "`expr` has to be a text, not a number"),
    (r#"{"expr": "", "wrt": "x"}"#, Kind::Parse, "no expression"),
    (r#"{"expr": " \n", "wrt": "x"}"#, Kind::Parse, "no expression"),
    (r#"{"expr": "x"}"#, Kind::Request, "`wrt` is missing"),
    (r#"{"expr": "x", "wrt": 2}"#, Kind::Request, "`wrt` has to be"),
    (r#"{"expr": "x", "wrt": "x+1"}"#, Kind::Request, "`wrt` cannot be `x+1`"),
    (r#"{"expr": "x", "wrt": ""}"#, Kind::Request, "`wrt` cannot be"),
    (r#"{"expr": "x", "wrt": "x[0]"}"#, Kind::Request, "`wrt` cannot be"),
    (r#"{"expr": "x", "wrt": []}"#, Kind::Request, "empty list"),
    (r#"{"expr": "x", "wrt": ["x", "x"]}"#, Kind::Request, "twice"),
    (r#"{"expr": "x", "wrt": ["2"]}"#, Kind::Request, "`2` in `wrt` is not a name"),
    (r#"{"expr": "x", "wrt": "x", "var": {}}"#, Kind::Request, "no field `var`"),
    (r#"{"expr": "x", "wrt": "x", "op": "solve"}"#, Kind::Request, "`op` cannot be `solve`"),
    (r#"{"expr": "x", "wrt": "x", "layout": "row"}"#, Kind::Request, "`layout` cannot be"),
    (r#"{"expr": "x", "wrt": "x", "order": 0}"#, Kind::Request, "`order` is 0"),
    (r#"{"expr": "x", "wrt": "x", "order": 1.5}"#, Kind::Request, "`order` is 1.5"),
    (r#"{"expr": "x", "wrt": "x", "order": "2"}"#, Kind::Request, "`order` has to be"),
    (r#"{"expr": "x", "wrt": "x", "vars": []}"#, Kind::Request, "`vars` has to be an object"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": "n"}}"#, Kind::Request, "`vars.x` has to be a list"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": [0]}}"#, Kind::Request, "positive integer"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": [-1]}}"#, Kind::Request, "positive integer"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": [2.5]}}"#, Kind::Request, "positive integer"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": ["2n"]}}"#, Kind::Request, "not a name"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": ["n+"]}}"#, Kind::Request, "not a name"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": [true]}}"#, Kind::Request, "truth value"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x y": []}}"#, Kind::Request, "`x y` in `vars` is not a name"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": [2, 2, 2]}}"#, Kind::Unsupported, "at most two"),
    (r#"{"expr": "x", "wrt": "x", "vars": {"x": [123456789]}}"#, Kind::Limit, "1000000"),
    (r#"{"expr": "x", "wrt": "x", "at": {"x": "1"}}"#, Kind::Request, "`at.x` has to be a number"),
    (r#"{"expr": "x", "wrt": "x", "at": {"x": null}}"#, Kind::Request, "`at.x` has to be"),
    (r#"{"expr": "x", "wrt": "x", "at": {"x": []}}"#, Kind::Request, "`at.x` is empty"),
    (r#"{"expr": "x", "wrt": "x", "at": {"x": [[]]}}"#, Kind::Request, "empty row"),
    (r#"{"expr": "x", "wrt": "x", "at": {"x": [1, [2]]}}"#, Kind::Request, "unevenly"),
    (r#"{"expr": "x", "wrt": "x", "at": {"x": [[1], 2]}}"#, Kind::Request, "rows of one length"),
    (r#"{"expr": "x", "wrt": "x", "at": {"x": [[1], [2, 3]]}}"#, Kind::Request, "differ in length"),
    (r#"{"expr": "x", "wrt": "x", "at": {"x": [[[1]]]}}"#, Kind::Request, "nested too deep"),
    (
        r#"{"expr": "x", "wrt": "x", "funcs": {"sin": {"args": [[]], "result": []}}}"#,
        Kind::Request,
        "function of the language",
    ),
    (r#"{"expr": "x", "wrt": "x", "funcs": {"f": []}}"#, Kind::Request, "`funcs.f` has to be"),
    (r#"{"expr": "x", "wrt": "x", "funcs": {"f": {"args": []}}}"#, Kind::Request, "at least one argument"),
    (r#"{"expr": "x", "wrt": "x", "funcs": {"f": {"args": [[]]}}}"#, Kind::Request, "`funcs.f.result` is missing"),
    (r#"{"expr": "x", "wrt": "x", "funcs": {"f": {"arg": []}}}"#, Kind::Request, "no field `funcs.f.arg`"),
    (
        r#"{"expr": "x", "wrt": "f", "funcs": {"f": {"args": [[]], "result": []}}}"#,
        Kind::Request,
        "in `funcs` and in `wrt`",
    ),
    (r#"{"expr": "x", "wrt": "x", "assume": {"A": "nice"}}"#, Kind::Request, "`assume.A` cannot be"),
    (r#"{"expr": "x", "wrt": "x", "op": "check"}"#, Kind::Request, "`answer` is missing"),
    (r#"{"expr": "x", "wrt": "x", "op": "check", "answer": " "}"#, Kind::Parse, "no answer"),
    (r#"{"expr": "x", "wrt": "x", "sizes": {"n": 0}}"#, Kind::Request, "positive integer"),
];

#[test]
fn each_fault_names_its_field() {
    for (line, kind, piece) in ROWS {
        let error = match read_line(line).1 {
            Err(error) => error,
            Ok(_) => panic!("{line} is accepted"),
        };
        assert_eq!(error.kind, *kind, "{line}: {}", error.message);
        assert!(error.message.contains(piece), "{line}: {}", error.message);
        assert!(!error.hint.is_empty(), "{line}");
    }
}

#[test]
fn the_id_comes_back_even_from_a_faulty_request() {
    assert_eq!(read_line(r#"{"id": "a", "expr": 1}"#).0, Value::from("a"));
    assert_eq!(read_line("no json").0, Value::Null);
    assert_eq!(read_line("3").0, Value::Null);
}
