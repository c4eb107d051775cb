// Generated from crate/core/src/contract.rs by its test; `UPDATE=1 cargo test contract` writes it anew.

export type JsonShape = Array<JsonDim>;

/**
 * A dimension in JSON: a name or a positive integer.
 */
export type JsonDim = number | string;

/**
 * A number, a nested array of numbers, or one of the strings `"nan"`, `"inf"`, `"-inf"`.
 */
export type Numbers = number | "nan" | "inf" | "-inf" | Array<Numbers>;

/**
 * One answer to `derive` or `eval`.
 */
export type Answer = { id: unknown, ok: boolean,
/**
 * `shape(expr) ++ shape(wrt)` for `derive`, `shape(expr)` for `eval`.
 */
shape: Array<JsonDim>,
/**
 * The shape of every variable, declared or inferred.
 */
vars: { [key in string]: Array<JsonDim> }, value?: Numbers, jacobian?: Numbers, latex?: string, text?: string, python?: string, steps?: Array<Step>, verified?: Verified, view?: View, };

/**
 * One line of the flat list of steps: a cut through the step tree.
 */
export type Step = {
/**
 * Stable kebab-case id, a key of the catalogue.
 */
rule: string, title: string, latex: string, text: string, };

/**
 * How the answer was checked against the two oracles: dual numbers in floats and modulo a prime.
 */
export type Verified = {
/**
 * Random points, each with its own sizes.
 */
points: number,
/**
 * Largest error over all entries and points, relative to the scale of the Jacobian.
 */
max_relative_error: number,
/**
 * Random points at which the exact check held, without any tolerance; 0 where it could not tell.
 */
exact_points: number, };

/**
 * What a page shows beside the contract's fields. All LaTeX here is marked: every variable stands in
 * `\htmlData{name=w}{…}`, and what a step changed in `\htmlClass{changed}{…}`.
 */
export type View = {
/**
 * The typed expression, typeset.
 */
input: string, input_shape: Array<JsonDim>,
/**
 * The question: `∂/∂w relu(w·x + b)`.
 */
question: string,
/**
 * The result, in the chosen layout.
 */
result: string,
/**
 * The result's shape on screen in the chosen layout, in words such as `1 × n`.
 */
result_shape: string,
/**
 * The variables in order of first appearance (the order in which colours are dealt).
 */
names: Array<NameView>, intermediates: Array<Intermediate>,
/**
 * The computation graph of these; none where the derivation does not go by named intermediates, or they are too many.
 */
graph?: Graph,
/**
 * The step tree: 3 to 7 headlines (none for a derivative that is immediate).
 */
steps: Array<StepNode>,
/**
 * One sentence on the layout: how rows and columns are to be read.
 */
layout_note: string,
/**
 * Other ways to write a result that no one matrix can hold, best first; empty up to order 2.
 */
tensor_views: Array<TensorView>,
/**
 * The way this derivation goes: `paths` (name, differentiate, multiply), `textbook` (d/dx pushed inwards),
 * `differentials`, `reverse`, `index` (entry by entry).
 */
way: string,
/**
 * The ways that this question could go, the default first.
 */
ways: Array<string>,
/**
 * Multiplications of the forward and the reverse order.
 */
cost?: Cost,
/**
 * What the user assumed and this derivation used, e.g. `A` invertible, as marked LaTeX.
 */
conditions: Array<string>,
/**
 * The result as a program, NumPy first.
 */
exports: Array<Export>,
/**
 * Every formula of this view in words, by its LaTeX; of tables and of the result the equations too (`a = b`).
 */
spoken: { [key in string]: Spoken },
/**
 * The same formulas as MathML, but for those too large; only where the request says `"mathml": true`.
 */
mathml?: { [key in string]?: MathNode }, };

/**
 * A formula as it is said aloud.
 */
export type Spoken = {
/**
 * For listeners who are at home in formulas: `A transpose times the quantity A x minus b`.
 */
short: string,
/**
 * What each name is, and where each group begins and ends; no two formulas sound alike.
 */
long: string, };

/**
 * An element of MathML as plain data: whoever shows it makes the element, with the attributes named here alone.
 */
export type MathNode = {
/**
 * `mi`, `mn`, `mo`, `mtext`; `mrow`, `mfrac`, `msup`, `msub`, `mover`, `munderover`, `msqrt`, `mtable`, `mtr`, `mtd`
 */
tag: string,
/**
 * What a leaf shows; empty for all others.
 */
text?: string,
/**
 * What the element means, as in MathML's `intent`; empty where it means nothing of its own.
 */
intent?: string,
/**
 * The variable whose name this is.
 */
name?: string,
/**
 * Vectors and matrices stand bold.
 */
bold?: boolean, children?: MathNode[], };

/**
 * A variable as the page lists it.
 */
export type NameView = { name: string, latex: string, shape: Array<JsonDim>,
/**
 * `scalar`, `vector`, `matrix`
 */
kind: string,
/**
 * True where the request declared the shape; false where it was inferred.
 */
declared: boolean, };

/**
 * A named intermediate of the derivation, `u = w · x`.
 */
export type Intermediate = { name: string,
/**
 * `u = w · x`
 */
latex: string,
/**
 * In words: `scalar`, `n`, `m × n`.
 */
shape: string, };

/**
 * The graph that a derivation goes along. All LaTeX is marked.
 */
export type Graph = {
/**
 * The variable first, then each intermediate behind what it is made of; the whole last.
 */
nodes: Array<GraphNode>, edges: Array<GraphEdge>,
/**
 * Ways from the variable to the whole, whose products add up to the derivative: at most so many as a page lists.
 */
paths: Array<GraphPath>,
/**
 * How many such ways there are.
 */
path_count: number, };

/**
 * The variable or a named intermediate.
 */
export type GraphNode = { name: string,
/**
 * The name as LaTeX.
 */
latex: string,
/**
 * What it is made of; empty for the variable.
 */
definition: string,
/**
 * In words: `scalar`, `n`, `m × n`.
 */
shape: string,
/**
 * The id of the step that shows its local derivatives (`2.1`), in a reverse derivation the one that finds its adjoint.
 */
step: string,
/**
 * The derivative of the whole by it; none for what stands in conditions only.
 */
adjoint?: GraphRate,
/**
 * Its value, where the request has `at`.
 */
value?: Numbers, };

/**
 * From what stands directly in an intermediate to that intermediate, by place in the list of nodes (0-based).
 */
export type GraphEdge = { from: number, to: number,
/**
 * The local derivative of the one by the other.
 */
local: GraphRate, };

/**
 * A derivative of the graph.
 */
export type GraphRate = {
/**
 * `∂u/∂x`
 */
latex: string,
/**
 * What it is, in terms of the names; empty for a local derivative with more than two indices.
 */
formula: string,
/**
 * Its number in the chosen layout, where the request has `at`.
 */
value?: Numbers, };

/**
 * One way from the variable to the whole.
 */
export type GraphPath = {
/**
 * The nodes along it, by place in the list of nodes (0-based).
 */
nodes: Array<number>,
/**
 * The product of the local derivatives along it; empty where one of them has more than two indices.
 */
latex: string, };

/**
 * One way to see a derivative of order 3 or more.
 */
export type TensorView = {
/**
 * `action`, `index`, `slices`, `kronecker`, `blocks`
 */
kind: string,
/**
 * Marked LaTeX: `\mathrm{d}Y = A\,\mathrm{d}X\,B`; empty where the page draws the view itself (`blocks`).
 */
latex: string,
/**
 * One or two sentences on how to read it, with marked LaTeX between `$…$`.
 */
note: string, };

/**
 * What a derivative costs, in multiplications, at the sizes given (or small ones).
 */
export type Cost = { sizes: { [key in string]: number },
/**
 * Jacobians multiplied from the variable towards the result.
 */
forward: number,
/**
 * From the result back to the variable.
 */
reverse: number, };

/**
 * The result as a program.
 */
export type Export = {
/**
 * `numpy`, `pytorch`, `jax`, `julia`
 */
language: string,
/**
 * As people write it: `NumPy`.
 */
label: string, code: string, };

/**
 * How far up a step stands: what a reader sees first, and what only who asks.
 */
export type Level = "headline" | "rule" | "algebra" | "housekeeping";

/**
 * One step of the tree: an equation that both sides were evaluated for.
 */
export type StepNode = {
/**
 * Place in the tree: `2`, `2.1`.
 */
id: string, rule: string, level: Level, title: string,
/**
 * One sentence: why this may be done.
 */
why: string,
/**
 * Where to read about it, e.g. `Parr & Howard 4.5.3`; empty where there is nothing to cite.
 */
source: string,
/**
 * The rule as a formula, e.g. `d(tanh(u)) = …`; empty where the rule has no one formula.
 */
statement: string, before: string, after: string,
/**
 * For steps that make a table (names, local derivatives): its rows. Empty for rewriting steps.
 */
rows: Array<StepRow>,
/**
 * Shapes of the factors that multiply, e.g. `1 × 1 · 1 × n · n × n = 1 × n`; empty where nothing multiplies.
 */
shapes: string,
/**
 * What the letters of `statement` stand for here; empty where that cannot be said.
 */
bindings: Array<StepBinding>,
/**
 * Where in the statement something changed; empty where that is the whole of it.
 */
places: Array<StepPlace>,
/**
 * What became of the parts at these places.
 */
moves: Array<StepMove>,
/**
 * What must hold for the step, in words and formulas; mostly empty.
 */
conditions: Array<string>, check: StepCheck, sub: Array<StepNode>, };

/**
 * One row of a table step: `left = right`.
 */
export type StepRow = { left: string, right: string, shape: string,
/**
 * Title of the rule that gives the row; empty for definitions.
 */
rule: string, };

/**
 * A letter of a rule and what it stands for: `u`, `W x + b`.
 */
export type StepBinding = { letter: string, latex: string, };

/**
 * A part of the statement, before and after.
 */
export type StepPlace = { before: string, after: string, };

/**
 * A part that was moved, copied or merged, or that is new or gone.
 */
export type StepMove = { latex: string,
/**
 * `moved`, `copied`, `merged`, `born`, `died`
 */
fate: string,
/**
 * How often it stands at the step's places, before and after.
 */
before: number, after: number, };

/**
 * Both sides of the step's equation, evaluated at random points.
 */
export type StepCheck = { points: number, max_relative_error: number, ok: boolean, };

/**
 * The answer to `{"op": "parse"}`: what was typed, typeset, with the shapes found.
 */
export type Parsed = { id: unknown, ok: boolean, shape: Array<JsonDim>,
/**
 * Marked LaTeX, as in [`View`].
 */
latex: string, names: Array<NameView>, spoken: Spoken, mathml?: MathNode, };

/**
 * The answer to `{"op": "tokens"}`: never an error, so that a field can be coloured while it is being typed in.
 */
export type Tokens = { id: unknown, ok: boolean, tokens: Array<TokenView>, };

/**
 * One token; `start` and `end` count UTF-16 code units, as the text of a browser does.
 */
export type TokenView = { start: number, end: number,
/**
 * `name`, `function`, `number`, `operator`, `bracket`, `keyword`, `unknown`
 */
kind: string, };

/**
 * The answer to `{"op": "entries"}`: the result opened into its entries, at small sizes.
 */
export type Entries = { id: unknown, ok: boolean,
/**
 * The sizes used for the dimension names, e.g. `{"n": 3}`.
 */
sizes: { [key in string]: number },
/**
 * Rows and columns as the chosen layout shows them; a scalar is 1 × 1.
 */
rows: number, columns: number,
/**
 * What each row and each column belongs to: `y_2`, `w_1`, as marked LaTeX.
 */
row_names: Array<string>, column_names: Array<string>,
/**
 * Row by row.
 */
entries: Array<Entry>,
/**
 * True where the grid is larger than what is shown, or of an order that no grid shows.
 */
cut: boolean,
/**
 * The derivation of the one entry that the request's `entry` asks for.
 */
derivation?: EntryDerivation, };

/**
 * One entry of the Jacobian.
 */
export type Entry = {
/**
 * `∂y_2/∂w_1`, marked LaTeX.
 */
question: string,
/**
 * Its formula, marked LaTeX.
 */
latex: string, zero: boolean,
/**
 * One sentence with marked LaTeX between `$…$`: for a zero, why it is zero.
 */
reason: string,
/**
 * Its number, where the request has `at` (then its sizes are used).
 */
value?: Numbers, };

/**
 * One entry with a small derivation of its own: a number by a number. All LaTeX is marked.
 */
export type EntryDerivation = {
/**
 * Where it stands in the grid, from 1.
 */
row: number, column: number,
/**
 * `∂y_2/∂w_1`
 */
question: string,
/**
 * `y_2 = …`, written out at the sizes of the grid.
 */
output: string, result: string, steps: Array<StepNode>, };

/**
 * The verdict on a learner's answer.
 */
export type Checked = { id: unknown, ok: boolean,
/**
 * `equal`, `layout`, `shape`, `sign`, `factor`, `rule`, `different`
 */
verdict: string, slip: string | null,
/**
 * Addition: the known slip that explains an answer of the wrong shape (`slip` goes with the verdict `rule` alone).
 */
shape_slip?: string, message: string, hint: string,
/**
 * Addition: which of the request's `wrong` answers this one equals (0-based).
 */
wrong?: number, };

/**
 * The answer to `{"op": "exercise"}`: a question, and help in three grades. The answer is not in it: `derive` gives it,
 * `check` judges one.
 */
export type Exercise = { id: unknown, ok: boolean, topic: string, title: string, seed: number,
/**
 * The rule it is about, a key of the catalogue.
 */
rule: string, expr: string, wrt: string, vars: { [key in string]: Array<JsonDim> }, order: number,
/**
 * What is assumed of names: `symmetric`, `invertible`, `positive`; mostly empty.
 */
assume: { [key in string]: string },
/**
 * The way the derivation goes where the exercise wants one; else left out.
 */
way?: string,
/**
 * The question, marked LaTeX: `∂/∂x sin(x²)`.
 */
latex: string,
/**
 * Mildest first: `name` (which rule), `statement` (what it says), `step` (what it does here).
 */
hints: Array<HintView>, };

/**
 * One piece of help.
 */
export type HintView = {
/**
 * `name`, `statement`, `step`
 */
kind: string, text: string,
/**
 * Marked LaTeX; empty where words say it all.
 */
latex: string, };

/**
 * The answer to `{"op": "line"}`: a line of a learner's own derivation, held against the line before it. Without
 * `answer` it says of the line before what can be done there.
 */
export type Line = { id: unknown, ok: boolean,
/**
 * `equal`, `sign`, `shape`, `different`
 */
verdict: string, message: string,
/**
 * The line in our language and as marked LaTeX: the learner's if it follows, else the one before.
 */
text: string, latex: string,
/**
 * Nothing is left but the differential of the variable itself: the derivative can be read off.
 */
done: boolean,
/**
 * The rules that can be used on this line, as keys of the catalogue.
 */
rules: Array<string>, };

/**
 * What there are exercises on, beside the single rules.
 */
export type TopicView = { id: string, title: string, about: string, };

/**
 * A failed request.
 */
export type Failed = { id: unknown, ok: boolean, error: ErrorView, };

/**
 * What went wrong, where, and one way out.
 */
export type ErrorView = {
/**
 * `parse`, `name`, `shape`, `domain`, `limit`, `unsupported`, `request`
 */
kind: string, message: string,
/**
 * UTF-16 code units of `expr` (of `answer` for `check`).
 */
span?: [number, number], hint?: string,
/**
 * Addition: texts that could replace the span, best first; a page offers them as buttons.
 */
replacements?: string[], };

/**
 * The answer to `{"op": "catalog"}`: what there is, for completion, the rules page and the docs.
 */
export type Catalog = { id: unknown, ok: boolean, functions: Array<FunctionView>, rules: Array<RuleView>,
/**
 * What exercises are on, in the order of the lessons. Each rule is a topic as well.
 */
topics: Array<TopicView>, };

/**
 * An operator or function of the language.
 */
export type FunctionView = { name: string, aliases: Array<string>,
/**
 * How it is written: `tanh(u)`, `a ⊙ b`.
 */
usage: string, about: string,
/**
 * The rule, printed from the rule's own text; empty where it has none.
 */
rule: string, };

/**
 * A rule of the engine, citable by id.
 */
export type RuleView = { id: string, title: string, why: string, source: string,
/**
 * LaTeX, printed from the rule's own text.
 */
statement: string,
/**
 * Whether there are exercises on it.
 */
exercises: boolean, };
