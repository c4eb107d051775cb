//! What a rule is: an equation written in our own language, with a name, a reason and a source.

/// A rule of calculus or of algebra.
pub struct Rule {
    /// Stable kebab-case id: what `steps[].rule` says.
    pub id: &'static str,
    /// The name as a teacher says it.
    pub title: &'static str,
    /// Left side. Differentials: `d(tanh(u))`; pattern names are the letters of the operator's arguments.
    pub from: &'static str,
    /// Right side: `(1 - tanh(u).^2) .* d(u)`.
    pub to: &'static str,
    /// The shapes of the pattern names for which it is stated and tested, e.g. `u: [n]`; empty: all scalars.
    pub given: &'static str,
    /// One sentence: why it holds.
    pub why: &'static str,
    /// Paper section, book equation or issue.
    pub source: &'static str,
}
