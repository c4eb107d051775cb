//! NumPy: the contract's `python`. The code stands on `np`, the variables as arrays, and the dimension names as integers.

use super::dialect::{Dialect, Grid, Vectors};

/// Words of Python that cannot be variables; a variable of that name is looked up by its text.
pub const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

pub static NUMPY: Dialect = Dialect {
    language: "numpy",
    label: "NumPy",
    opening: &[],
    needs: &[("erf", "from math import erf\nerf = np.vectorize(erf, otypes=[np.float64])")],
    keywords: KEYWORDS,
    quoted: "globals()[\"{0}\"]",
    own: &["np", "erf", "range"],
    first: 0,
    vectors: Vectors::OneAxis { outer: "np.outer({0}, {1})", power: "np.float_power({0}, {1})" },
    lifted: None,
    infinity: "np.inf",
    not_a_number: "np.nan",
    pi: "np.pi",
    euler: "np.e",
    size_of: "{0}.shape[{1}]",
    sizes: "({0})",
    ones: "np.ones({0})",
    zeros: "np.zeros({0})",
    identity: "np.eye({0})",
    truth: "1.0 * ({0})",
    truths: "1.0 * ({0})",
    choice: "np.where({0}, {1}, {2})",
    plain_choice: None,
    quotient: Some("np.divide({0}, {1})"),
    list: "np.array([{0}])",
    stack: "np.hstack([{0}])",
    stack_rows: "np.vstack([{0}])",
    grid: Grid::Rows("np.array([{0}])", "[{0}]"),
    loop_open: "for {0} in range({1}):",
    loop_close: None,
    block: None,
    set_entry: "{0}[{1}] = {2}",
    translation: None,
};
