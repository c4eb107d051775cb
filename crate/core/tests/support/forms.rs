//! The forms of the language by shape: each operator and function once for every rank that it takes, as a template.
//! From these questions are put together: each form inside each place of each other one, and at random.
//!
//! A shape is written with letters for its dimensions: `I,J` is a matrix, `I` a vector, the empty text a scalar. In a
//! template `$1` is the first argument and `#I` the dimension that stands for `I`.

/// One form: what it makes of what.
pub struct Form {
    pub result: &'static str,
    pub args: Vec<&'static str>,
    pub text: String,
    /// Stands alone only: its result has sizes that no variable has.
    pub outermost: bool,
    /// One of the many elementwise functions, of which random questions should not consist alone.
    pub elementwise: bool,
}

/// Elementwise functions, and what keeps an argument inside their domain.
const FUNCTIONS: [(&str, &str); 33] = [
    ("exp", "2 sin($1)"),
    ("log", "0.5 + $1²"),
    ("ln", "0.5 + $1²"),
    ("log2", "0.5 + $1²"),
    ("log10", "0.5 + $1²"),
    ("sqrt", "0.5 + $1²"),
    ("cbrt", "1.5 + sin($1)"),
    ("abs", "$1"),
    ("sign", "$1"),
    ("sin", "$1"),
    ("cos", "$1"),
    ("tan", "0.8 tanh($1)"),
    ("sec", "0.8 tanh($1)"),
    ("csc", "1.5 + sin($1)"),
    ("cot", "1.5 + sin($1)"),
    ("asin", "0.8 tanh($1)"),
    ("acos", "0.8 tanh($1)"),
    ("atan", "$1"),
    ("arctan", "$1"),
    ("sinh", "2 sin($1)"),
    ("cosh", "2 sin($1)"),
    ("tanh", "$1"),
    ("asinh", "$1"),
    ("acosh", "1.5 + $1²"),
    ("atanh", "0.8 tanh($1)"),
    ("relu", "$1"),
    ("sigmoid", "$1"),
    ("softplus", "$1"),
    ("step", "$1"),
    ("erf", "$1"),
    ("log1p", "0.5 + $1²"),
    ("expm1", "2 sin($1)"),
    ("exp", "-$1²"),
];

/// Forms that take and give any one shape: `R` is it. `^` and `.^` differ for scalars and matrices, so a power is
/// written `$1²` and `$1.^…`.
const ANY_RANK: [(&str, &str); 23] = [
    ("R R", "$1 + $2"),
    ("R R", "$1 - $2"),
    ("R", "-$1"),
    ("R R", "$1 ⊙ $2"),
    ("R R", "$1 .* $2"),
    ("R R", "$1 ./ (1 + $2²)"),
    ("R s", "$1 / (1 + $2²)"),
    ("R s", "$1 + $2"),
    ("s R", "$1 - $2"),
    ("s R", "$1 * $2"),
    ("R", "$1²"),
    ("R", "$1.^3"),
    ("R", "(1 + $1²).^-1"),
    ("R", "(2 + sin($1)).^1.5"),
    ("R s", "(1.5 + cos($1)).^$2"),
    ("R R", "(1.5 + cos($1)).^$2"),
    ("R R", "max($1, $2)"),
    ("R R", "min($1, $2)"),
    ("R", "max(0, $1)"),
    ("R s", "min($1, $2)"),
    ("R R R R", "cases($1 > $2, $3, $4)"),
    ("R R R", "($1 <= $2) .* $3"),
    ("R", "cases($1 > 0.5, $1, 2)"),
];

/// Everything else: result, arguments, template.
const OTHERS: [(&str, &str, &str); 99] = [
    // vectors
    ("I", "I,J J", "$1 * $2"),
    ("I", "J,I J", "$1' * $2"),
    ("I", "I,J J", "$1 @ $2"),
    ("I", "I,J", "rowsums($1)"),
    ("I", "J,I", "colsums($1)"),
    ("I", "I,I", "diag($1)"),
    ("I", "I,J", "$1[:,1]"),
    ("I", "J,I", "$1[1,:]"),
    ("I", "I", "softmax($1)"),
    ("I", "I", "prod_others($1)"),
    ("I", "I J J", "outer($1, $2) * $3"),
    ("I", "I J J", "$1 * $2' * $3"),
    ("I", "I I", "diag($1) * $2"),
    ("I", "s", "$1 * ones(#I)"),
    ("I", "I,I I", "inv($1) * $2"),
    ("I", "I,I I", "inv(3*eye(#I) + tanh($1)) * $2"),
    ("I", "I,I I", "adj($1) * $2"),
    ("I", "I,I I", "$1^2 * $2"),
    ("I", "I J", "tensor(i:#I, $1[i] * sum(j, 1, #J, $2[j]))"),
    ("I", "I I", "tensor(i:#I, $1[i]^2 + $2[i])"),
    ("I", "I,J J", "tensor(i:#I, sum(j, 1, #J, $1[i,j] * $2[j]))"),
    ("I", "I,J", "tensor(i:#I, sum(j, 1, #J, $1[i,j]^2))"),
    // matrices
    ("I,J", "I,L L,J", "$1 * $2"),
    ("I,J", "L,I L,J", "$1' * $2"),
    ("I,J", "I,L J,L", "$1 * $2'"),
    ("I,J", "J,I", "$1'"),
    ("I,J", "I J", "outer($1, $2)"),
    ("I,J", "I J", "$1 * $2'"),
    ("I,J", "I I,J", "diag($1) * $2"),
    ("I,J", "I,J J", "$1 * diag($2)"),
    ("I,J", "I", "$1 * ones(#J)'"),
    ("I,J", "s", "$1 * ones(#I, #J)"),
    ("I,J", "I,J", "softmax($1)"),
    ("I,J", "I,J", "prod_others($1)"),
    ("I,J", "I J", "tensor(i:#I, j:#J, $1[i] * $2[j])"),
    ("I,J", "I,J J,I", "tensor(i:#I, j:#J, $1[i,j] * $2[j,i])"),
    ("I,I", "I", "diag($1)"),
    ("I,I", "s", "$1 * eye(#I)"),
    ("I,I", "I,I", "$1 + eye"),
    ("I,I", "I,I", "inv($1)"),
    ("I,I", "I,I", "inv(3*eye(#I) + tanh($1))"),
    ("I,I", "I,I", "adj($1)"),
    ("I,I", "I,I", "$1^2"),
    ("I,I", "I,I", "$1^3"),
    ("I,I", "I,I", "$1^-1"),
    ("I,I", "I,I", "$1^-2"),
    ("I,J", "I,I I,J", "inv($1) * $2"),
    ("I,J", "I,J J,J", "$1 * inv($2)"),
    // scalars
    ("", "I", "sum($1)"),
    ("", "I", "mean($1)"),
    ("", "I", "prod($1)"),
    ("", "I", "var($1)"),
    ("", "I", "std($1)"),
    ("", "I", "norm1($1)"),
    ("", "I", "norm2($1)"),
    ("", "I", "norm2($1)^2"),
    ("", "I", "logsumexp($1)"),
    ("", "I", "sum($1) / #I"),
    ("", "I", "max($1)"),
    ("", "I", "min($1)"),
    ("", "I", "$1[1]"),
    ("", "I,J", "sum($1)"),
    ("", "I,J", "mean($1)"),
    ("", "I,J", "prod($1)"),
    ("", "I,J", "var($1)"),
    ("", "I,J", "std($1)"),
    ("", "I,J", "norm1($1)"),
    ("", "I,J", "norm2($1)"),
    ("", "I,J", "norm2($1)^2"),
    ("", "I,J", "logsumexp($1)"),
    ("", "I,J", "max($1)"),
    ("", "I,J", "min($1)"),
    ("", "I,J", "$1[1,1]"),
    ("", "I I", "$1 · $2"),
    ("", "I I", "$1' * $2"),
    ("", "I I", "dot($1, $2)"),
    ("", "I I", "sum($1 ⊙ $2)"),
    ("", "I I,J J", "$1' * $2 * $3"),
    ("", "I,I", "tr($1)"),
    ("", "I,J I,J", "tr($1' * $2)"),
    ("", "I,J J,I", "tr($1 * $2)"),
    ("", "I,I", "det($1)"),
    ("", "I,I", "logdet($1)"),
    ("", "I,I", "log(det(4*eye(#I) + tanh($1)))"),
    ("", "I,I", "tr($1^3)"),
    ("", "I I", "sum(i, 1, #I, $1[i] * $2[i])"),
    ("", "I", "sum(i, 1, #I, i * $1[i]^2)"),
    ("", "I,J J", "sum(i, 1, #I, sum(j, 1, #J, $1[i,j] * $2[j]))"),
    ("", "s s s s", "det([[$1, $2], [$3, 2 + $4²]])"),
    ("", "s s s", "norm2([$1, $2, 1 + $3²])"),
    ("", "I,J I,J", "vec($1) · vec($2)"),
    ("", "I,J", "logsumexp(vec($1))"),
    ("", "I,I J,J", "tr(kron($1, $2))"),
    ("", "I,J J,L", "norm2(kron($1, $2))^2"),
    ("", "I,J L,I I,J", "sum(kron($1, $2) * vec($3))"),
    ("", "I J", "norm2([$1; $2])^2"),
    ("", "I,L J,L", "sum([$1; $2].^2)"),
    ("", "I,J", "sum(i, 1, #I, $1[i,:] · $1[i,:])"),
    ("", "I,J", "sum(j, 1, #J, $1[1,j]^2)"),
];

/// Forms whose results have sizes of their own.
const OUTERMOST: [(&str, &str); 9] = [
    ("I,J L,I", "kron($1, $2)"),
    ("I,J", "vec($1)"),
    ("I J", "[$1; $2]"),
    ("I s", "[$1; $2]"),
    ("s s", "[$1, $2]"),
    ("s s s", "[$1, $2, $3]"),
    ("s s s s", "[[$1, $2], [$3, $4]]"),
    ("I,L J,L", "[$1; $2]"),
    ("I", "$1'"),
];

/// All forms, in a fixed order.
pub fn all() -> Vec<Form> {
    let mut all = Vec::new();
    let shape = |word: &'static str, rank: &'static str| match word {
        "s" => "",
        "R" => rank,
        other => other,
    };
    for rank in ["", "I", "I,J"] {
        let mut add = |args: &'static str, text: String, elementwise: bool| {
            let args: Vec<&str> = args.split(' ').map(|word| shape(word, rank)).collect();
            // A square is `^2` of a scalar and `.^2` of all else; `²` is of whatever it stands behind.
            let text = text.replace('²', if rank.is_empty() { "^2" } else { ".^2" });
            all.push(Form { result: rank, args, text, outermost: false, elementwise });
        };
        for (name, argument) in FUNCTIONS {
            add("R", format!("{name}({argument})"), true);
        }
        for (args, text) in ANY_RANK {
            // The exponent of a power is a scalar's own square there.
            let scalar_square = args.ends_with('s') && text.contains("$2²");
            let text = if scalar_square { text.replace("$2²", "$2^2") } else { text.to_owned() };
            add(args, text, false);
        }
    }
    for (result, args, text) in OTHERS {
        let args = args.split(' ').map(|word| shape(word, "")).collect();
        let text = text.replace('²', "^2");
        all.push(Form { result, args, text, outermost: false, elementwise: false });
    }
    for (args, text) in OUTERMOST {
        let args = args.split(' ').map(|word| shape(word, "")).collect();
        all.push(Form { result: "any", args, text: text.to_owned(), outermost: true, elementwise: false });
    }
    all
}
