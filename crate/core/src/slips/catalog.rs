//! The list of known slips: data. How each is made is in slips.rs and beside this file.

use super::{Fault, Slip, Turn};

const fn twin(
    id: &'static str,
    of: &'static [&'static str],
    to: &'static str,
    question: &'static str,
    hint: &'static str,
) -> Slip {
    Slip { id, fault: Fault::Twin { of, to }, question, hint, turn: Turn::First }
}

const fn at_places(id: &'static str, fault: Fault, question: &'static str, hint: &'static str) -> Slip {
    Slip { id, fault, question, hint, turn: Turn::First }
}

const fn second(id: &'static str, fault: Fault, question: &'static str, hint: &'static str) -> Slip {
    Slip { id, fault, question, hint, turn: Turn::Second }
}

const fn misshapen(id: &'static str, fault: Fault, question: &'static str, hint: &'static str) -> Slip {
    Slip { id, fault, question, hint, turn: Turn::Shape }
}

/// All slips. The numbers before the groups are those of the list of misconceptions that we keep to; the missing ones
/// have verdicts of their own: 18 (`x` for the gradient `2 x`) is a factor, 19 (`A` for `A'`) and 26 are the layout,
/// 25 is the sign.
pub const SLIPS: &[Slip] = &[
    // 1, 2: the chain rule.
    at_places(
        "inner-derivative-dropped",
        Fault::InnerDropped(0),
        "Is the inner derivative missing?",
        "The chain rule: what stands inside moves too, so its own derivative is a factor.",
    ),
    at_places(
        "outer-derivative-at-wrong-argument",
        Fault::WrongArgument(0),
        "Is the outer derivative taken at the variable instead of at what stands inside?",
        "The outer function is differentiated at its argument; leave the argument as it is.",
    ),
    // 3: the product rule.
    at_places(
        "product-of-derivatives",
        Fault::ProductOfDerivatives,
        "Are the derivatives of the factors multiplied?",
        "The product rule adds: one factor moves at a time, the other stays.",
    ),
    // 4: the quotient rule.
    twin(
        "quotient-order",
        &["quotient-rule"],
        "(u .* d(v) - v .* d(u)) ./ v.^2",
        "Is the order of the two terms in the quotient rule turned round?",
        "The numerator's change comes first: v u' − u v'.",
    ),
    twin(
        "quotient-sign",
        &["quotient-rule"],
        "(v .* d(u) + u .* d(v)) ./ v.^2",
        "Is there a plus in the quotient rule where a minus belongs?",
        "A growing divisor makes the quotient smaller: v u' − u v'.",
    ),
    twin(
        "quotient-divisor-not-squared",
        &["quotient-rule", "reciprocal-rule"],
        "(v .* d(u) - u .* d(v)) ./ v",
        "Is the divisor not squared?",
        "In the quotient rule the whole is divided by v squared.",
    ),
    // 5: the power rule.
    twin(
        "power-factor-missing",
        &["power-rule"],
        "u.^(c - 1) .* d(u)",
        "Did the exponent not come down as a factor?",
        "The exponent comes down in front and drops by one.",
    ),
    twin(
        "power-exponent-kept",
        &["power-rule"],
        "c .* u.^c .* d(u)",
        "Did the exponent stay as it was?",
        "The exponent comes down in front and drops by one.",
    ),
    // 6: symmetry taken for granted.
    at_places(
        "symmetry-assumed",
        Fault::AssumedSymmetric,
        "Does this hold only for a symmetric matrix?",
        "Both places where the variable stands count; the second brings the transpose.",
    ),
    // 7, 8, 22: transposes and order.
    second(
        "transpose-missing",
        Fault::TransposeDropped(0),
        "Is a transpose missing, or one too many?",
        "Check which side the matrix must stand on: shapes alone cannot tell for square ones.",
    ),
    second(
        "factors-in-wrong-order",
        Fault::OrderSwapped(0),
        "Do two factors stand in the wrong order?",
        "Matrices do not commute: keep each factor on its side.",
    ),
    second(
        "outer-product-turned",
        Fault::OuterTurned(0),
        "Is an outer product the wrong way round?",
        "Rows belong to what is multiplied from the left: entry i, j is the i-th of the first times the j-th of the second.",
    ),
    // 9, 10: what should stand on a diagonal.
    misshapen(
        "diagonal-as-vector",
        Fault::DiagonalAsVector { hadamard: false },
        "Is this the diagonal only, where a whole matrix is asked for?",
        "Output i depends on input i alone, so the Jacobian is diag(…): zero elsewhere, but a matrix.",
    ),
    misshapen(
        "other-factor-as-vector",
        Fault::DiagonalAsVector { hadamard: true },
        "Is this the other factor, where a matrix with it on the diagonal is asked for?",
        "Of x ⊙ y each entry is xᵢ yᵢ: its derivative by xᵢ is yᵢ, by all others 0, so diag(y).",
    ),
    // 11, 12: sums and expansion.
    misshapen(
        "sum-forgotten",
        Fault::SumForgotten,
        "Is the sum forgotten?",
        "What is differentiated is one number, the sum of the entries: add their derivatives.",
    ),
    misshapen(
        "ones-of-sum-forgotten",
        Fault::OnesForgotten { of_sum: true },
        "Is this the derivative by one entry, where one for each entry is asked for?",
        "A sum changes at the same rate with each of its entries: a row of them, 1ᵀ.",
    ),
    misshapen(
        "expansion-forgotten",
        Fault::OnesForgotten { of_sum: false },
        "Is this the derivative of one entry, where all of them are asked for?",
        "The value has many entries, and each has its own derivative.",
    ),
    // 13: the mean.
    twin(
        "mean-without-count",
        &["mean"],
        "sum(d(u))",
        "Is the division by the number of entries missing?",
        "A mean is a sum divided by the number of its entries.",
    ),
    // 14: the rectifier.
    twin(
        "relu-as-identity",
        &["relu"],
        "d(u)",
        "Is the rectifier taken to be always on?",
        "Where its argument is negative, nothing passes: the slope is 0 there.",
    ),
    twin(
        "relu-kept",
        &["relu"],
        "relu(u) .* d(u)",
        "Does the rectifier itself stand where its slope belongs?",
        "Its slope is 1 or 0, not the value.",
    ),
    // 15: sigmoid and tanh.
    twin(
        "sigmoid-kept",
        &["sigmoid"],
        "sigmoid(u) .* d(u)",
        "Is the sigmoid taken to be its own derivative?",
        "Its slope is σ (1 − σ).",
    ),
    twin(
        "tanh-not-squared",
        &["tanh"],
        "(1 - tanh(u)) .* d(u)",
        "Is the square missing in 1 − tanh²?",
        "The slope of tanh is 1 minus its square.",
    ),
    // 16: softmax.
    twin(
        "softmax-diagonal-only",
        &["softmax"],
        "softmax(u) .* (1 - softmax(u)) .* d(u)",
        "Is only the diagonal of the softmax Jacobian there?",
        "Each entry depends on all others: off the diagonal stands −sᵢ sⱼ.",
    ),
    // 17: the length.
    twin(
        "norm-not-divided",
        &["norm-2"],
        "sum(u .* d(u))",
        "Is the length's gradient not divided by the length?",
        "It is the direction x/‖x‖, of length 1.",
    ),
    twin(
        "norm-as-square",
        &["norm-2"],
        "2 * sum(u .* d(u))",
        "Is this the gradient of the squared length?",
        "Without the square it is x/‖x‖.",
    ),
    // 20, 21: inverse and determinant.
    twin(
        "inverse-as-square",
        &["inverse"],
        "-inv(A) * inv(A) * d(A)",
        "Are both inverses on the same side?",
        "The change stands between them: −X⁻¹ dX X⁻¹.",
    ),
    twin(
        "inverse-sign",
        &["inverse"],
        "inv(A) * d(A) * inv(A)",
        "Is the minus of the inverse missing?",
        "A growing matrix has a shrinking inverse: −X⁻¹ dX X⁻¹.",
    ),
    twin(
        "determinant-without-inverse",
        &["determinant"],
        "det(A) * tr(A * d(A))",
        "Does the matrix stand where its inverse belongs?",
        "The gradient of the determinant is det(X) X⁻ᵀ.",
    ),
    twin(
        "log-determinant-without-inverse",
        &["log-determinant"],
        "tr(A * d(A))",
        "Does the matrix stand where its inverse belongs?",
        "The gradient of log det(X) is X⁻ᵀ.",
    ),
    twin(
        "determinant-without-factor",
        &["determinant"],
        "tr(inv(A) * d(A))",
        "Is the factor det(X) missing?",
        "That is the gradient of log det(X).",
    ),
    twin(
        "log-determinant-with-factor",
        &["log-determinant"],
        "tr(adj(A) * d(A))",
        "Is this the gradient of the determinant itself?",
        "The logarithm divides by det(X).",
    ),
    // Powers taken for granted where functions stand.
    twin(
        "exponential-as-power",
        &["exp"],
        "u .* exp(u - 1) .* d(u)",
        "Is the power rule used on an exponential?",
        "The exponential is its own derivative.",
    ),
    twin(
        "sine-sign",
        &["sin"],
        "-cos(u) .* d(u)",
        "Is there a minus too many at the sine?",
        "The sine's slope is the cosine; the minus belongs to the cosine's.",
    ),
    twin(
        "cosine-sign",
        &["cos"],
        "sin(u) .* d(u)",
        "Is the minus of the cosine's derivative missing?",
        "The cosine falls where the sine is positive.",
    ),
    // 25, inside: a sign lost on the way.
    twin(
        "minus-lost",
        &["negation"],
        "d(u)",
        "Is a minus lost on the way?",
        "What is subtracted keeps its minus when it is differentiated.",
    ),
    // 23, 24: the right variable, in all its places, and it alone.
    at_places(
        "by-another-variable",
        Fault::AnotherVariable(0),
        "Is this the derivative by another of the variables?",
        "Look again at what is differentiated by: a weight comes with its input as a factor, a bias without.",
    ),
    at_places(
        "constant-as-variable",
        Fault::ConstantMoves(0),
        "Is a constant differentiated too?",
        "Only the variable asked for moves; all others are held fixed.",
    ),
    at_places(
        "intermediate-held-constant",
        Fault::IntermediateHeld(0),
        "Is an intermediate held constant that depends on the variable?",
        "The total derivative goes along every path: what is named or inside moves too.",
    ),
    at_places(
        "one-factor-only",
        Fault::OnlyOneFactor(0),
        "Is only one of the factors differentiated?",
        "The variable stands in several factors: each gives a term.",
    ),
    // 27: one letter for two indices.
    at_places(
        "summation-index-captured",
        Fault::IndexCaptured,
        "Does one index stand for two things, the entry asked for and the one summed over?",
        "In ∂/∂xₖ of a sum over i only the term with i = k is left: give the two indices two names.",
    ),
];
