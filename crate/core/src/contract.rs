//! The JSON that every face speaks: plain data, no behaviour.
//!
//! The fields of [`Answer`] down to `verified` are the batch contract (docs/language.md); everything in [`View`] is
//! an addition for pages, sent only for `"detail": "page"`. `www/engine/contract.ts` is generated from this file.

use crate::ordered::Ordered;
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// A dimension in JSON: a name or a positive integer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(untagged)]
pub enum JsonDim {
    Size(#[cfg_attr(test, ts(type = "number"))] u64),
    Name(String),
}

/// A shape in JSON: `[]`, `["n"]`, `["m", 3]`.
pub type JsonShape = Vec<JsonDim>;

/// A number, a nested array of numbers, or one of the strings `"nan"`, `"inf"`, `"-inf"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(untagged)]
pub enum Numbers {
    Number(f64),
    NotFinite(#[cfg_attr(test, ts(type = "\"nan\" | \"inf\" | \"-inf\""))] String),
    List(Vec<Numbers>),
}

/// One answer to `derive` or `eval`.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Answer {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    /// `shape(expr) ++ shape(wrt)` for `derive`, `shape(expr)` for `eval`.
    pub shape: JsonShape,
    /// The shape of every variable, declared or inferred.
    #[cfg_attr(test, ts(as = "std::collections::BTreeMap<String, JsonShape>"))]
    pub vars: Ordered<String, JsonShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub value: Option<Numbers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub jacobian: Option<Numbers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub latex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub python: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub steps: Option<Vec<Step>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub verified: Option<Verified>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub view: Option<View>,
}

/// One line of the flat list of steps: a cut through the step tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Step {
    /// Stable kebab-case id, a key of the catalogue.
    pub rule: String,
    pub title: String,
    pub latex: String,
    pub text: String,
}

/// How the answer was checked against the two oracles: dual numbers in floats and modulo a prime.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Verified {
    /// Random points, each with its own sizes.
    pub points: u32,
    /// Largest error over all entries and points, relative to the scale of the Jacobian.
    pub max_relative_error: f64,
    /// Random points at which the exact check held, without any tolerance; 0 where it could not tell.
    pub exact_points: u32,
}

/// What a page shows beside the contract's fields. All LaTeX here is marked: every variable stands in
/// `\htmlData{name=w}{…}`, and what a step changed in `\htmlClass{changed}{…}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct View {
    /// The typed expression, typeset.
    pub input: String,
    pub input_shape: JsonShape,
    /// The question: `∂/∂w relu(w·x + b)`.
    pub question: String,
    /// The result, in the chosen layout.
    pub result: String,
    /// The result's shape on screen in the chosen layout, in words such as `1 × n`.
    pub result_shape: String,
    /// The variables in order of first appearance (the order in which colours are dealt).
    pub names: Vec<NameView>,
    pub intermediates: Vec<Intermediate>,
    /// The computation graph of these; none where the derivation does not go by named intermediates, or they are too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub graph: Option<Graph>,
    /// The step tree: 3 to 7 headlines (none for a derivative that is immediate).
    pub steps: Vec<StepNode>,
    /// One sentence on the layout: how rows and columns are to be read.
    pub layout_note: String,
    /// Other ways to write a result that no one matrix can hold, best first; empty up to order 2.
    pub tensor_views: Vec<TensorView>,
    /// The way this derivation goes: `paths` (name, differentiate, multiply), `textbook` (d/dx pushed inwards),
    /// `differentials`, `reverse`, `index` (entry by entry).
    pub way: String,
    /// The ways that this question could go, the default first.
    pub ways: Vec<String>,
    /// Multiplications of the forward and the reverse order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub cost: Option<Cost>,
    /// What the user assumed and this derivation used, e.g. `A` invertible, as marked LaTeX.
    pub conditions: Vec<String>,
    /// The result as a program, NumPy first.
    pub exports: Vec<Export>,
    /// Every formula of this view in words, by its LaTeX; of tables and of the result the equations too (`a = b`).
    #[cfg_attr(test, ts(as = "std::collections::BTreeMap<String, Spoken>"))]
    pub spoken: Ordered<String, Spoken>,
    /// The same formulas as MathML, but for those too large; only where the request says `"mathml": true`.
    #[serde(skip_serializing_if = "Ordered::is_empty")]
    #[cfg_attr(test, ts(optional, type = "{ [key in string]?: MathNode }"))]
    pub mathml: Ordered<String, MathNode>,
}

/// An element of MathML as plain data: whoever shows it makes the element, with the attributes named here alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct MathNode {
    /// `mi`, `mn`, `mo`, `mtext`; `mrow`, `mfrac`, `msup`, `msub`, `mover`, `munderover`, `msqrt`, `mtable`, `mtr`, `mtd`
    pub tag: &'static str,
    /// What a leaf shows; empty for all others.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub text: String,
    /// What the element means, as in MathML's `intent`; empty where it means nothing of its own.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub intent: &'static str,
    /// The variable whose name this is.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub name: String,
    /// Vectors and matrices stand bold.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(optional, type = "boolean"))]
    pub bold: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, type = "MathNode[]"))]
    pub children: Vec<MathNode>,
}

/// A formula as it is said aloud.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Spoken {
    /// For listeners who are at home in formulas: `A transpose times the quantity A x minus b`.
    pub short: String,
    /// What each name is, and where each group begins and ends; no two formulas sound alike.
    pub long: String,
}

/// One way to see a derivative of order 3 or more.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct TensorView {
    /// `action`, `index`, `slices`, `kronecker`, `blocks`
    pub kind: String,
    /// Marked LaTeX: `\mathrm{d}Y = A\,\mathrm{d}X\,B`; empty where the page draws the view itself (`blocks`).
    pub latex: String,
    /// One or two sentences on how to read it, with marked LaTeX between `$…$`.
    pub note: String,
}

/// What a derivative costs, in multiplications, at the sizes given (or small ones).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Cost {
    #[cfg_attr(test, ts(as = "std::collections::BTreeMap<String, u32>"))]
    pub sizes: Ordered<String, u32>,
    /// Jacobians multiplied from the variable towards the result.
    #[cfg_attr(test, ts(type = "number"))]
    pub forward: u64,
    /// From the result back to the variable.
    #[cfg_attr(test, ts(type = "number"))]
    pub reverse: u64,
}

/// The result as a program.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Export {
    /// `numpy`, `pytorch`, `jax`, `julia`
    pub language: String,
    /// As people write it: `NumPy`.
    pub label: String,
    pub code: String,
}

/// A variable as the page lists it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct NameView {
    pub name: String,
    pub latex: String,
    pub shape: JsonShape,
    /// `scalar`, `vector`, `matrix`
    pub kind: String,
    /// True where the request declared the shape; false where it was inferred.
    pub declared: bool,
}

/// A named intermediate of the derivation, `u = w · x`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Intermediate {
    pub name: String,
    /// `u = w · x`
    pub latex: String,
    /// In words: `scalar`, `n`, `m × n`.
    pub shape: String,
}

/// The graph that a derivation goes along. All LaTeX is marked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Graph {
    /// The variable first, then each intermediate behind what it is made of; the whole last.
    pub nodes: Vec<GraphNode>,
    pub edges: Vec<GraphEdge>,
    /// Ways from the variable to the whole, whose products add up to the derivative: at most so many as a page lists.
    pub paths: Vec<GraphPath>,
    /// How many such ways there are.
    pub path_count: u32,
}

/// The variable or a named intermediate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct GraphNode {
    pub name: String,
    /// The name as LaTeX.
    pub latex: String,
    /// What it is made of; empty for the variable.
    pub definition: String,
    /// In words: `scalar`, `n`, `m × n`.
    pub shape: String,
    /// The id of the step that shows its local derivatives (`2.1`), in a reverse derivation the one that finds its adjoint.
    pub step: String,
    /// The derivative of the whole by it; none for what stands in conditions only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub adjoint: Option<GraphRate>,
    /// Its value, where the request has `at`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub value: Option<Numbers>,
}

/// From what stands directly in an intermediate to that intermediate, by place in the list of nodes (0-based).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct GraphEdge {
    pub from: u32,
    pub to: u32,
    /// The local derivative of the one by the other.
    pub local: GraphRate,
}

/// A derivative of the graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct GraphRate {
    /// `∂u/∂x`
    pub latex: String,
    /// What it is, in terms of the names; empty for a local derivative with more than two indices.
    pub formula: String,
    /// Its number in the chosen layout, where the request has `at`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub value: Option<Numbers>,
}

/// One way from the variable to the whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct GraphPath {
    /// The nodes along it, by place in the list of nodes (0-based).
    pub nodes: Vec<u32>,
    /// The product of the local derivatives along it; empty where one of them has more than two indices.
    pub latex: String,
}

/// How far up a step stands: what a reader sees first, and what only who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Headline,
    Rule,
    Algebra,
    Housekeeping,
}

/// One step of the tree: an equation that both sides were evaluated for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct StepNode {
    /// Place in the tree: `2`, `2.1`.
    pub id: String,
    pub rule: String,
    pub level: Level,
    pub title: String,
    /// One sentence: why this may be done.
    pub why: String,
    /// Where to read about it, e.g. `Parr & Howard 4.5.3`; empty where there is nothing to cite.
    pub source: String,
    /// The rule as a formula, e.g. `d(tanh(u)) = …`; empty where the rule has no one formula.
    pub statement: String,
    pub before: String,
    pub after: String,
    /// For steps that make a table (names, local derivatives): its rows. Empty for rewriting steps.
    pub rows: Vec<StepRow>,
    /// Shapes of the factors that multiply, e.g. `1 × 1 · 1 × n · n × n = 1 × n`; empty where nothing multiplies.
    pub shapes: String,
    /// What the letters of `statement` stand for here; empty where that cannot be said.
    pub bindings: Vec<StepBinding>,
    /// Where in the statement something changed; empty where that is the whole of it.
    pub places: Vec<StepPlace>,
    /// What became of the parts at these places.
    pub moves: Vec<StepMove>,
    /// What must hold for the step, in words and formulas; mostly empty.
    pub conditions: Vec<String>,
    pub check: StepCheck,
    pub sub: Vec<StepNode>,
}

/// One row of a table step: `left = right`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct StepRow {
    pub left: String,
    pub right: String,
    pub shape: String,
    /// Title of the rule that gives the row; empty for definitions.
    pub rule: String,
}

/// A letter of a rule and what it stands for: `u`, `W x + b`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct StepBinding {
    pub letter: String,
    pub latex: String,
}

/// A part of the statement, before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct StepPlace {
    pub before: String,
    pub after: String,
}

/// A part that was moved, copied or merged, or that is new or gone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct StepMove {
    pub latex: String,
    /// `moved`, `copied`, `merged`, `born`, `died`
    pub fate: String,
    /// How often it stands at the step's places, before and after.
    pub before: u32,
    pub after: u32,
}

/// Both sides of the step's equation, evaluated at random points.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct StepCheck {
    pub points: u32,
    pub max_relative_error: f64,
    pub ok: bool,
}

/// The answer to `{"op": "parse"}`: what was typed, typeset, with the shapes found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Parsed {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    pub shape: JsonShape,
    /// Marked LaTeX, as in [`View`].
    pub latex: String,
    pub names: Vec<NameView>,
    pub spoken: Spoken,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub mathml: Option<MathNode>,
}

/// The answer to `{"op": "tokens"}`: never an error, so that a field can be coloured while it is being typed in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Tokens {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    pub tokens: Vec<TokenView>,
}

/// One token; `start` and `end` count UTF-16 code units, as the text of a browser does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct TokenView {
    pub start: u32,
    pub end: u32,
    /// `name`, `function`, `number`, `operator`, `bracket`, `keyword`, `unknown`
    pub kind: String,
}

/// The answer to `{"op": "entries"}`: the result opened into its entries, at small sizes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Entries {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    /// The sizes used for the dimension names, e.g. `{"n": 3}`.
    #[cfg_attr(test, ts(as = "std::collections::BTreeMap<String, u32>"))]
    pub sizes: Ordered<String, u32>,
    /// Rows and columns as the chosen layout shows them; a scalar is 1 × 1.
    pub rows: u32,
    pub columns: u32,
    /// What each row and each column belongs to: `y_2`, `w_1`, as marked LaTeX.
    pub row_names: Vec<String>,
    pub column_names: Vec<String>,
    /// Row by row.
    pub entries: Vec<Entry>,
    /// True where the grid is larger than what is shown, or of an order that no grid shows.
    pub cut: bool,
    /// The derivation of the one entry that the request's `entry` asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub derivation: Option<EntryDerivation>,
}

/// One entry with a small derivation of its own: a number by a number. All LaTeX is marked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct EntryDerivation {
    /// Where it stands in the grid, from 1.
    pub row: u32,
    pub column: u32,
    /// `∂y_2/∂w_1`
    pub question: String,
    /// `y_2 = …`, written out at the sizes of the grid.
    pub output: String,
    pub result: String,
    pub steps: Vec<StepNode>,
}

/// One entry of the Jacobian.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Entry {
    /// `∂y_2/∂w_1`, marked LaTeX.
    pub question: String,
    /// Its formula, marked LaTeX.
    pub latex: String,
    pub zero: bool,
    /// One sentence with marked LaTeX between `$…$`: for a zero, why it is zero.
    pub reason: String,
    /// Its number, where the request has `at` (then its sizes are used).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub value: Option<Numbers>,
}

/// The verdict on a learner's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Checked {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    /// `equal`, `layout`, `shape`, `sign`, `factor`, `rule`, `different`
    pub verdict: String,
    pub slip: Option<String>,
    /// Addition: the known slip that explains an answer of the wrong shape (`slip` goes with the verdict `rule` alone).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub shape_slip: Option<String>,
    pub message: String,
    pub hint: String,
    /// Addition: which of the request's `wrong` answers this one equals (0-based).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub wrong: Option<u32>,
}

/// The answer to `{"op": "exercise"}`: a question, and help in three grades. The answer is not in it: `derive` gives it,
/// `check` judges one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Exercise {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    pub topic: String,
    pub title: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub seed: u64,
    /// The rule it is about, a key of the catalogue.
    pub rule: String,
    pub expr: String,
    pub wrt: String,
    #[cfg_attr(test, ts(as = "std::collections::BTreeMap<String, JsonShape>"))]
    pub vars: Ordered<String, JsonShape>,
    pub order: u32,
    /// What is assumed of names: `symmetric`, `invertible`, `positive`; mostly empty.
    #[cfg_attr(test, ts(as = "std::collections::BTreeMap<String, String>"))]
    pub assume: Ordered<String, String>,
    /// The way the derivation goes where the exercise wants one; else left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub way: Option<String>,
    /// The question, marked LaTeX: `∂/∂x sin(x²)`.
    pub latex: String,
    /// Mildest first: `name` (which rule), `statement` (what it says), `step` (what it does here).
    pub hints: Vec<HintView>,
}

/// One piece of help.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct HintView {
    /// `name`, `statement`, `step`
    pub kind: String,
    pub text: String,
    /// Marked LaTeX; empty where words say it all.
    pub latex: String,
}

/// The answer to `{"op": "line"}`: a line of a learner's own derivation, held against the line before it. Without
/// `answer` it says of the line before what can be done there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Line {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    /// `equal`, `sign`, `shape`, `different`
    pub verdict: String,
    pub message: String,
    /// The line in our language and as marked LaTeX: the learner's if it follows, else the one before.
    pub text: String,
    pub latex: String,
    /// Nothing is left but the differential of the variable itself: the derivative can be read off.
    pub done: bool,
    /// The rules that can be used on this line, as keys of the catalogue.
    pub rules: Vec<String>,
}

/// What there are exercises on, beside the single rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct TopicView {
    pub id: String,
    pub title: String,
    pub about: String,
}

/// A failed request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Failed {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    pub error: ErrorView,
}

/// What went wrong, where, and one way out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct ErrorView {
    /// `parse`, `name`, `shape`, `domain`, `limit`, `unsupported`, `request`
    pub kind: String,
    pub message: String,
    /// UTF-16 code units of `expr` (of `answer` for `check`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "[number, number]"))]
    pub span: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub hint: String,
    /// Addition: texts that could replace the span, best first; a page offers them as buttons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, type = "string[]"))]
    pub replacements: Vec<String>,
}

/// The answer to `{"op": "catalog"}`: what there is, for completion, the rules page and the docs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct Catalog {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub id: serde_json::Value,
    pub ok: bool,
    pub functions: Vec<FunctionView>,
    pub rules: Vec<RuleView>,
    /// What exercises are on, in the order of the lessons. Each rule is a topic as well.
    pub topics: Vec<TopicView>,
}

/// An operator or function of the language.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct FunctionView {
    pub name: String,
    pub aliases: Vec<String>,
    /// How it is written: `tanh(u)`, `a ⊙ b`.
    pub usage: String,
    pub about: String,
    /// The rule, printed from the rule's own text; empty where it has none.
    pub rule: String,
}

/// A rule of the engine, citable by id.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct RuleView {
    pub id: String,
    pub title: String,
    pub why: String,
    pub source: String,
    /// LaTeX, printed from the rule's own text.
    pub statement: String,
    /// Whether there are exercises on it.
    pub exercises: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use ts_rs::Config;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/engine/contract.ts");

    fn declaration<T: TS + ?Sized + 'static>() -> String {
        let config = Config::default();
        format!("{}export {}\n", T::docs().unwrap_or_default(), T::decl(&config))
    }

    /// `UPDATE=1 cargo test` writes the file anew.
    #[test]
    fn typescript_types_are_those_of_this_file() {
        let mut text = String::from(
            "// Generated from crate/core/src/contract.rs by its test; `UPDATE=1 cargo test contract` writes it anew.\n\n\
             export type JsonShape = Array<JsonDim>;\n",
        );
        let all = [
            declaration::<JsonDim>(),
            declaration::<Numbers>(),
            declaration::<Answer>(),
            declaration::<Step>(),
            declaration::<Verified>(),
            declaration::<View>(),
            declaration::<Spoken>(),
            declaration::<MathNode>(),
            declaration::<NameView>(),
            declaration::<Intermediate>(),
            declaration::<Graph>(),
            declaration::<GraphNode>(),
            declaration::<GraphEdge>(),
            declaration::<GraphRate>(),
            declaration::<GraphPath>(),
            declaration::<TensorView>(),
            declaration::<Cost>(),
            declaration::<Export>(),
            declaration::<Level>(),
            declaration::<StepNode>(),
            declaration::<StepRow>(),
            declaration::<StepBinding>(),
            declaration::<StepPlace>(),
            declaration::<StepMove>(),
            declaration::<StepCheck>(),
            declaration::<Parsed>(),
            declaration::<Tokens>(),
            declaration::<TokenView>(),
            declaration::<Entries>(),
            declaration::<Entry>(),
            declaration::<EntryDerivation>(),
            declaration::<Checked>(),
            declaration::<Exercise>(),
            declaration::<HintView>(),
            declaration::<Line>(),
            declaration::<TopicView>(),
            declaration::<Failed>(),
            declaration::<ErrorView>(),
            declaration::<Catalog>(),
            declaration::<FunctionView>(),
            declaration::<RuleView>(),
        ];
        for one in all {
            text.push('\n');
            text.push_str(&one);
        }
        let text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(FILE, &text).unwrap();
        }
        let committed = std::fs::read_to_string(FILE).unwrap_or_default();
        assert!(committed == text, "www/engine/contract.ts is out of date: run `UPDATE=1 cargo test contract`");
    }
}
