//! Random texts: nothing that is typed may bring the reader down.

use super::*;

/// Random strings of tokens: read, or refused with a place in the text and a way out; never a panic.
#[test]
fn whatever_is_typed_is_read_or_refused() {
    const PIECES: &[&str] = &[
        "x",
        "y",
        "A",
        "B",
        "w_i",
        "i",
        "n",
        "f",
        "α",
        "2",
        ".5",
        "0",
        "1",
        "3",
        " ",
        " ",
        "+",
        "-",
        "*",
        "/",
        "^",
        ".*",
        "./",
        ".^",
        "·",
        "⊙",
        "'",
        "ᵀ",
        "²",
        "₁",
        "ᵢ",
        "(",
        ")",
        "(",
        ")",
        "[",
        "]",
        ",",
        ";",
        ":",
        "=",
        " where ",
        "sum(",
        "sum(i, 1, 3, ",
        "sum(i, 1, n, ",
        "tensor(i:n, ",
        "tensor(i:2, j:m, ",
        "delta(",
        "max(",
        "f(",
        "f'(",
        "D(f)(",
        "D(f, 2)(",
        "f_i(",
        "f_1(",
        "exp(",
        "relu(",
        "softmax(",
        "diag(",
        "tr(",
        "inv(",
        "outer(",
        "ones(",
        "eye",
        "eye(",
        "vector(",
        "matrix(",
        "dot(",
        "cases(",
        "norm2(",
        "x[",
        "A[",
        "[i]",
        "[1,:]",
        "[[",
        "]]",
        "u = ",
        "pi",
        "e",
        ">",
        "<=",
        "^T",
        "^-1",
        "\u{7}",
        "ж",
        "⊗",
        "1..2",
    ];
    let mut random = oorandom::Rand32::new(7);
    let mut read_well = 0;
    for _ in 0..30_000 {
        let length = random.rand_range(1..12);
        let mut text = String::new();
        for _ in 0..length {
            text.push_str(PIECES[random.rand_range(0..PIECES.len() as u32) as usize]);
        }
        let open = text.matches('(').count().saturating_sub(text.matches(')').count());
        let mended = if random.rand_range(0..2) == 0 { text } else { text + &")".repeat(open) };
        let vars =
            if random.rand_range(0..3) == 0 { json!({"x": ["n"], "A": ["m", "n"], "y": [3]}) } else { json!({}) };
        let line = json!({"op": "eval", "expr": mended, "vars": vars});
        let Ok(request) = read_line(&line.to_string()).1 else { continue };
        match read(&request) {
            Ok(q) => {
                read_well += 1;
                assert!(q.arena.get(q.expr).free.is_empty(), "{mended}");
            }
            Err(error) => {
                let span = error.span.unwrap_or_else(|| panic!("{mended}: {} has no place", error.message));
                assert!(mended.get(span.start..span.end).is_some(), "{mended}: {span:?}");
                assert!(!error.hint.is_empty() && !error.message.is_empty(), "{mended}: {}", error.message);
                for replacement in &error.replacements {
                    let text = format!("{}{replacement}{}", &mended[..span.start], &mended[span.end..]);
                    assert_ne!(text, mended, "{}", error.message);
                }
            }
        }
    }
    assert!(read_well > 800, "{read_well}");
}

/// A random expression that follows the grammar.
fn grown(random: &mut oorandom::Rand32, depth: u32) -> String {
    const LEAVES: &[&str] =
        &["x", "y", "w", "A", "B", "a", "b", "2", "0.5", "pi", "n", "x[2]", "A[1,2]", "[a, b]", "eye(n)"];
    const CALLS: &[&str] = &["exp", "tanh", "relu", "sum", "softmax", "norm2", "diag", "tr", "f", "mean", "abs"];
    const SIGNS: &[&str] = &[" + ", " - ", "*", " · ", ".*", "./", "/", " ", " > ", "^", ".^", " @ "];
    let pick = |random: &mut oorandom::Rand32, from: &[&str]| {
        from[random.rand_range(0..from.len() as u32) as usize].to_owned()
    };
    if depth == 0 || random.rand_range(0..6) == 0 {
        return pick(random, LEAVES);
    }
    let inner = grown(random, depth - 1);
    match random.rand_range(0..8) {
        0 => format!("-{inner}"),
        1 => format!("({inner})'"),
        2 => format!("{}({inner})", pick(random, CALLS)),
        3 => format!("max({inner}, {})", grown(random, depth - 1)),
        4 => format!("sum(i, 1, 3, ({inner}) x_i)"),
        _ => {
            let sign = pick(random, SIGNS);
            format!("({inner}{sign}{})", grown(random, depth - 1))
        }
    }
}

/// Whatever the shapes turn out to be, they are those of the nodes, and reading again gives the same.
#[test]
fn grown_expressions_are_read_the_same_way_twice() {
    let mut random = oorandom::Rand32::new(11);
    let mut read_well = 0;
    for _ in 0..4_000 {
        let text = grown(&mut random, 3);
        let declared = json!({"x": ["n"], "y": ["n"], "w": ["n"], "A": ["m", "n"], "B": ["n", "m"]});
        let vars = if random.rand_range(0..2) == 0 { declared } else { json!({}) };
        let first = read(&request(&text, serde_json::Value::Null, vars.clone()));
        let second = read(&request(&text, serde_json::Value::Null, vars));
        match (first, second) {
            (Ok(a), Ok(b)) => {
                read_well += 1;
                assert_eq!((shapes(&a), show(&a.arena, a.expr)), (shapes(&b), show(&b.arena, b.expr)), "{text}");
            }
            (Err(a), Err(b)) => assert_eq!(a, b, "{text}"),
            _ => panic!("{text} is read once and refused once"),
        }
    }
    assert!(read_well > 800, "{read_well}");
}
