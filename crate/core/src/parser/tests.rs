use super::*;
use crate::error::Kind;

fn declared<'a>(variables: &[&'a str]) -> Declared<'a> {
    Declared { variables: variables.iter().copied().collect(), ..Declared::default() }
}

/// The tree fully bracketed.
fn show(ast: &Tree, id: AstId) -> String {
    let s = |id: &AstId| show(ast, *id);
    let all = |ids: &[AstId]| ids.iter().map(s).collect::<Vec<_>>().join(", ");
    match &ast.get(id).kind {
        AstKind::Number(n) => n.to_f64().to_string(),
        AstKind::Name(name) => (*name).to_owned(),
        AstKind::Call { function, args, .. } => format!("{function}({})", all(args)),
        AstKind::Derivative { function, slots, args, .. } => format!("D{slots:?}{function}({})", all(args)),
        AstKind::Negate(a) => format!("(-{})", s(a)),
        AstKind::Infix { op, left, right, .. } => {
            let sign = match op {
                Infix::Greater => ">",
                Infix::Less => "<",
                Infix::GreaterEqual => ">=",
                Infix::LessEqual => "<=",
                Infix::Add => "+",
                Infix::Subtract => "-",
                Infix::Dot => "·",
                Infix::Times => "*",
                Infix::Elementwise => ".*",
                Infix::Divide => "/",
                Infix::ElementwiseDivide => "./",
                Infix::Power => "^",
                Infix::ElementwisePower => ".^",
            };
            format!("({}{sign}{})", s(left), s(right))
        }
        AstKind::Transpose(a) => format!("{}'", s(a)),
        AstKind::Index { base, subscripts } => {
            let place = |p: &crate::ast::Subscript| match p {
                crate::ast::Subscript::At(id) => s(id),
                crate::ast::Subscript::All => ":".to_owned(),
            };
            format!("{}[{}]", s(base), subscripts.iter().map(place).collect::<Vec<_>>().join(","))
        }
        AstKind::List(entries) => format!("[{}]", all(entries)),
        AstKind::Stack(entries) => format!("[{}]", entries.iter().map(s).collect::<Vec<_>>().join("; ")),
        AstKind::Rows(rows) => format!("rows[{}]", rows.iter().map(|r| all(r)).collect::<Vec<_>>().join(" | ")),
        AstKind::SumOver { index, low, high, body } => format!("Σ{index}={}..{} {}", s(low), s(high), s(body)),
        AstKind::Build { indices, body } => {
            let indices: Vec<String> = indices.iter().map(|(name, dim)| format!("{name}:{}", s(dim))).collect();
            format!("T[{}] {}", indices.join(","), s(body))
        }
    }
}

fn read(text: &str, variables: &[&str]) -> String {
    let ast = parse(text, &declared(variables)).unwrap_or_else(|e| panic!("{text}: {}", e.message));
    check_order(&ast);
    let mut shown = show(&ast, ast.root.unwrap());
    for d in &ast.definitions {
        shown += &format!(" where {}={}", d.name, show(&ast, d.value));
    }
    shown
}

/// Children come before parents and each subtree is without gaps: later passes rely on it.
fn check_order(ast: &Tree) {
    let mut first = Vec::new();
    for (at, node) in ast.nodes.iter().enumerate() {
        let children = crate::ast::children(&node.kind);
        let mut next = at;
        for child in children.iter().rev() {
            let left_behind = matches!(node.kind, AstKind::Rows(_));
            assert!(child.0 as usize + 1 == next || left_behind, "gap before node {at}: {:?}", node.kind);
            next = first[child.0 as usize];
        }
        first.push(next);
    }
}

#[test]
fn operators_bind_as_the_table_says() {
    for (text, tree) in [
        ("3x^2 y", "((3*(x^2))*y)"),
        ("1/2 x", "((1/2)*x)"),
        ("2 (x + y)", "(2*(x+y))"),
        ("A x · y", "((A*x)·y)"),
        ("w·x + b", "((w·x)+b)"),
        ("a·b·c", "((a·b)·c)"),
        ("-x^2", "(-(x^2))"),
        ("-a*b", "((-a)*b)"),
        ("2*-x", "(2*(-x))"),
        ("a - -b", "(a-(-b))"),
        ("--x", "(-(-x))"),
        ("+x + +y", "(x+y)"),
        ("x -y", "(x-y)"),
        ("a - b - c", "((a-b)-c)"),
        ("a / b / c", "((a/b)/c)"),
        ("a / b c", "((a/b)*c)"),
        ("a ./ b .* c", "((a./b).*c)"),
        ("a @ b × c ∗ d", "(((a*b)*c)*d)"),
        ("a + b > c", "((a+b)>c)"),
        ("a <= b - c", "(a<=(b-c))"),
        ("2./x", "(2./x)"),
        ("9 (x + x^2)", "(9*(x+(x^2)))"),
        ("W [x; 1]", "(W*[x; 1])"),
        ("2[x, y]", "(2*[x, y])"),
        ("2e", "(2*e)"),
        ("(a + b)(c + d)", "((a+b)*(c+d))"),
    ] {
        assert_eq!(read(text, &[]), tree, "{text}");
    }
}

#[test]
fn powers_go_from_right_to_left_and_transposes_apply_to_the_whole() {
    for (text, tree) in [
        ("x^2^3", "(x^(2^3))"),
        ("x^-2", "(x^(-2))"),
        ("x^-2^3", "(x^(-(2^3)))"),
        ("X^-1'", "(X^(-1))'"),
        ("x^a'", "(x^a)'"),
        ("x'^2", "(x'^2)"),
        ("x^2'^3", "((x^2)'^3)"),
        ("x''", "x''"),
        ("x²", "(x^2)"),
        ("y⁸ + 1", "((y^8)+1)"),
        ("x⁻²", "(x^-2)"),
        ("x²^3", "(x^(2^3))"),
        ("xⁿ", "(x^n)"),
        ("Aᵀ B", "(A'*B)"),
        ("A^T x", "(A'*x)"),
        ("A^T (x + b)", "(A'*(x+b))"),
        ("A^ᵀ", "A'"),
        ("A^-T", "(A^(-1))'"),
        ("A⁻ᵀ", "(A^-1)'"),
        ("x.^2.^y", "(x.^(2.^y))"),
        ("A^2[1,2]", "(A^2)[1,2]"),
        ("x^a[1]", "(x^a[1])"),
        ("e^-x", "(e^(-x))"),
        ("2x'", "(2*x')"),
        ("-x'", "(-x')"),
        ("x'*A*x", "((x'*A)*x)"),
    ] {
        assert_eq!(read(text, &[]), tree, "{text}");
    }
    assert_eq!(read("A^T", &["T"]), "(A^T)");
    assert_eq!(read("x^T where T = 2", &[]), "(x^T) where T=2");
}

#[test]
fn indices_lists_and_stacks() {
    for (text, tree) in [
        ("x[2]", "x[2]"),
        ("x₁₂", "x[12]"),
        ("A[1,:] + A[:,2]", "(A[1,:]+A[:,2])"),
        ("softmax(x)[2]", "softmax(x)[2]"),
        ("(x + y)[1]", "(x+y)[1]"),
        ("[a, b]", "[a, b]"),
        ("[u; v; b]", "[u; v; b]"),
        ("[[a, b], [c, d]]", "rows[a, b | c, d]"),
        ("[[1, 2]]", "rows[1, 2]"),
        ("[3x^2 y, 2x + y^8]", "[((3*(x^2))*y), ((2*x)+(y^8))]"),
    ] {
        assert_eq!(read(text, &[]), tree, "{text}");
    }
}

#[test]
fn functions_sums_and_tensors() {
    for (text, tree) in [
        ("f(x) + f(y)", "(f(x)+f(y))"),
        ("f(x, u(x))", "f(x, u(x))"),
        ("x (x + 1)", "(x*(x+1))"),
        ("x (x+1)^2", "(x*((x+1)^2))"),
        ("f'(x)", "D[1]f(x)"),
        ("f''(x)", "D[1, 1]f(x)"),
        ("D(f)(x)", "D[1]f(x)"),
        ("D(f, 2)(x, y)", "D[2]f(x, y)"),
        ("D(D(f, 1), 2)(x, y)", "D[1, 2]f(x, y)"),
        ("x'(A*x)", "(x'*(A*x))"),
        ("sum(x)", "sum(x)"),
        ("sum(i, 1, n, w[i]*x[i]) + b", "(Σi=1..n (w[i]*x[i])+b)"),
        ("sum(i, 1, 3, w_i (x_i + 1))", "Σi=1..3 w_i((x_i+1))"),
        ("tensor(i:m, j:n, delta(i, j) x[i])", "T[i:m,j:n] (delta(i, j)*x[i])"),
        ("u + v where u = w·x + b, v = y - u", "(u+v) where u=((w·x)+b) where v=(y-u)"),
        ("max(0, w·x + b)", "max(0, ((w·x)+b))"),
    ] {
        assert_eq!(read(text, &[]), tree, "{text}");
    }
    assert_eq!(read("sum(i, 1, 3, w_i (x_i + 1))", &["w"]), "Σi=1..3 (w_i*(x_i+1))");
    assert_eq!(read("w(x + b)", &["w"]), "(w*(x+b))");
}

/// What is typed, the part at fault, a piece of the message, the first replacement.
const ROWS: &[(&str, &str, &str, &str)] = &[
    ("x*", "*", "missing behind `*`", ""),
    ("x + ", "+", "missing behind `+`", ""),
    ("x^", "^", "missing behind `^`", ""),
    ("(x + ) y", "+", "missing behind `+`", ""),
    ("* x", "*", "missing before `*`", ""),
    ("a + * b", "*", "missing before `*`", ""),
    ("^2", "^", "missing before `^`", ""),
    ("exp(x", "(x", "never closed", "(x)"),
    ("2*(x + y", "(x + y", "never closed", "(x + y)"),
    ("[a, b", "[a, b", "never closed", "[a, b]"),
    ("x[1", "[1", "never closed", "[1]"),
    ("(", "(", "never closed", "()"),
    ("(x where x = 1", "(x", "never closed", "(x)"),
    ("x)", ")", "never opened", ""),
    (")", ")", "never opened", ""),
    ("(x]", "]", "closed by", ")"),
    ("[x)", ")", "closed by", "]"),
    ("()", "()", "nothing between", ""),
    ("[]", "[]", "nothing between", ""),
    ("x[]", "[]", "nothing between", ""),
    ("sin()", "sin()", "`sin` needs", ""),
    ("2 3", "2 3", "Two numbers", "2*3"),
    ("a < b < c", "<", "chained", ""),
    ("y = x^2", "=", "`=` only gives names", ""),
    ("(y = 2)", "=", "`=` only gives names", ""),
    ("x, y", "x, y", "comma", "[x, y]"),
    ("(x, y)", "(x, y)", "square brackets", "[x, y]"),
    ("x; y", ";", "`;` stacks", ""),
    ("(x; y)", ";", "`;` stacks", ""),
    ("x : y", ":", "`:` stands for", ""),
    ("[a, , b]", ",", "entry is missing", ""),
    ("[a, b, ]", ",", "entry is missing", ""),
    ("f(, x)", ",", "entry is missing", ""),
    ("x where", "where", "a name is expected", ""),
    ("x where 2 = 3", "2", "a name is expected", ""),
    ("x where u", "u", "not given a value", ""),
    ("x where u = ", "=", "missing behind `=`", ""),
    ("x where u(t) = t", "u", "values, not functions", ""),
    ("u where u = 1, u = 2", "u", "given twice", ""),
    ("(x + where) where u = 1", "+", "missing behind `+`", ""),
    ("sin'(x)", "sin'", "A prime is for", ""),
    ("f'(x, y)", "f'", "2 arguments", "D(f, 1)"),
    ("f''(x, y)", "f''", "2 arguments", "D(D(f, 1), 1)"),
    ("D(2)(x)", "D(2", "takes the name of a function", ""),
    ("D(f)", "D(f)", "takes the name of a function", ""),
    ("D(f, 0)(x)", "0", "takes the name of a function", ""),
    ("D(sin)(x)", "sin", "`D` is for", ""),
    ("D(f)(x, y)", "D(f)", "which of the 2 arguments", ""),
    ("D(f, 3)(x, y)", "3", "which of the 2 arguments", ""),
    ("D(f, 2)(x)", "2", "one argument only", ""),
    ("sum(i, n, x[i])", "sum", "takes the index", ""),
    ("sum(2, 1, n, x)", "sum", "takes the index", ""),
    ("tensor(x)", "tensor", "indices with their dimensions", ""),
    ("tensor(i:n)", "tensor", "indices with their dimensions", ""),
    ("tensor(i:n, i:m, 1)", "i", "used twice", ""),
    ("[[1, 2], [3]]", "[3]", "differ in length", ""),
    ("[a, b; c, d]", "[a, b; c, d]", "by rows", "[[a, b], [c, d]]"),
    ("[[[1]], [[2]]]", "[[[1]], [[2]]]", "three deep", ""),
    ("x ^ , y", "^", "missing behind `^`", ""),
    ("where", "where", "out of place", ""),
];

#[test]
fn each_error_says_what_is_wrong_and_where() {
    for (typed, part, piece, replacement) in ROWS {
        let error = match parse(typed, &Declared::default()) {
            Err(error) => error,
            Ok(_) => panic!("{typed} is accepted"),
        };
        let span = error.span.unwrap();
        assert_eq!(&typed[span.start..span.end], *part, "{typed}: {}", error.message);
        assert!(error.message.contains(piece), "{typed}: {}", error.message);
        assert_eq!(error.replacements.first().map_or("", String::as_str), *replacement, "{typed}");
        assert!(!error.hint.is_empty(), "{typed}");
    }
}

#[test]
fn nothing_typed_is_an_error_of_its_own() {
    for text in ["", "  ", "\n\t"] {
        let error = parse(text, &Declared::default()).unwrap_err();
        assert_eq!((error.kind, error.span), (Kind::Parse, Some(Span::new(0, text.len()))));
    }
}

#[test]
fn what_is_too_large_or_too_deep_is_refused_at_once() {
    let long = "x+".repeat(500_000);
    let nested = format!("{}x{}", "(".repeat(1000), ")".repeat(1000));
    let signs = format!("{}x", "-".repeat(4000));
    let powers = format!("x{}", "^x".repeat(2000));
    let calls = "exp(".repeat(1000);
    let derivatives = format!("{}f", "D(".repeat(2000));
    for text in [long, nested, signs, powers, calls, derivatives] {
        let error = parse(&text, &Declared::default()).unwrap_err();
        assert_eq!(error.kind, Kind::Limit, "{}", &text[..20]);
        assert!(error.message.contains("4096") || error.message.contains("128"), "{}", error.message);
    }
}

#[test]
fn what_is_within_the_limits_is_read() {
    let nested = format!("{}x{}", "(".repeat(128), ")".repeat(128));
    assert!(parse(&nested, &Declared::default()).is_ok());
    assert!(parse("x+".repeat(2047).trim_end_matches('+'), &Declared::default()).is_ok());
    // Counted in UTF-16 units, not in bytes.
    assert!(parse(&format!("α{}", "·α".repeat(2000)), &Declared::default()).is_ok());
}

#[test]
fn tokens_are_coloured_in_utf16_and_never_fail() {
    let view = |text: &str| -> Vec<(u32, u32, String)> {
        tokens(text, &Declared::default()).into_iter().map(|t| (t.start, t.end, t.kind)).collect()
    };
    let wanted = [
        (0, 4, "function"),
        (4, 5, "bracket"),
        (5, 6, "name"),
        (6, 7, "operator"),
        (7, 8, "name"),
        (9, 10, "operator"),
        (11, 13, "number"),
        (13, 14, "bracket"),
    ];
    assert_eq!(view("relu(α·x + .5)"), wanted.map(|(a, b, k)| (a, b, k.to_owned())));
    let unfinished = view("𝑥 + f(x) where u = \u{7}");
    assert_eq!(unfinished[0], (0, 2, "unknown".to_owned()));
    assert_eq!(unfinished[2], (5, 6, "function".to_owned()));
    assert_eq!(unfinished[6], (10, 15, "keyword".to_owned()));
    assert_eq!(unfinished.last().unwrap().2, "unknown");
    assert!(view("").is_empty());
}
