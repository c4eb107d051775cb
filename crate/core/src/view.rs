//! From a derivation to what is shown: the step tree with its words and formulas, and the flat list of the contract.

use crate::bindings;
use crate::contract::{
    Cost, Intermediate, JsonShape, Level, NameView, Spoken, Step as FlatStep, StepBinding, StepCheck, StepMove,
    StepNode, StepPlace, StepRow, TensorView, View,
};
use crate::error::Result;
use crate::eval::Env;
use crate::expr::{Arena, Assumption, NodeId, SymbolId};
use crate::graph;
use crate::layout::{self, flipped};
use crate::map::Set;
use crate::moves;
use crate::ops::arithmetic::MULTIPLY;
use crate::ops::build::TENSOR;
use crate::ops::pending::DIFFERENTIAL;
use crate::ops::products::{PRODUCT, TRANSPOSE};
use crate::ordered::{Ordered, OrderedSet};
use crate::print::{self, latex::Latex, marked, plain};
use crate::readings;
use crate::request::{Layout, WAYS, Way};
use crate::rules::headlines;
use crate::shape::Shape;
use crate::statement;
use crate::step_check;
use crate::steps::Step;

/// How statements are shown: whether transposed, and whether marked for the page.
pub struct Shown {
    pub layout: Layout,
    /// Orders of the value and of the variable of the whole question.
    pub orders: (usize, usize),
    /// The variables that move under a differential.
    pub varying: Vec<SymbolId>,
}

impl Shown {
    /// A statement in the chosen layout. Inner statements (rows of a table) follow their own orders.
    pub(crate) fn lay(&self, arena: &mut Arena, node: NodeId, orders: (usize, usize)) -> NodeId {
        let laid = if layout::is_flipped(self.layout, orders.0, orders.1) { flipped(arena, node) } else { node };
        layout::signed(arena, laid, self.layout)
    }

    pub fn statement(&self, arena: &mut Arena, node: NodeId) -> NodeId {
        self.lay(arena, node, self.orders)
    }
}

/// A shape in words: `scalar`, `n`, `1 × n`.
pub fn shape_in_words(arena: &Arena, shape: &Shape) -> String {
    match shape.0[..] {
        [] => say!("shape.plain_scalar"),
        _ => shape.0.iter().map(|&d| arena.dims.show(d)).collect::<Vec<_>>().join(" × "),
    }
}

/// The shape of a derivative as a matrix on screen.
fn matrix_in_words(arena: &Arena, shape: &Shape) -> String {
    let show = |d| arena.dims.show(d);
    match shape.0[..] {
        [] => "1 × 1".to_owned(),
        [n] => format!("{} × 1", show(n)),
        [m, n] => format!("{} × {}", show(m), show(n)),
        _ => shape_in_words(arena, shape),
    }
}

/// The shapes of factors that multiply: `1 × 1 · 1 × n · n × n = 1 × n`; empty where fewer than two are matrices.
fn factor_shapes(arena: &Arena, node: NodeId) -> String {
    let mut factors = Vec::new();
    let mut open = vec![node];
    while let Some(id) = open.pop() {
        if arena.is(id, &PRODUCT) || arena.is(id, &MULTIPLY) {
            open.extend(arena.args(id).iter().rev());
        } else {
            factors.push(arena.unexpanded(id));
        }
    }
    let matrices = factors.iter().filter(|&&f| arena.number_of(f).is_none()).count();
    if matrices < 2
        || factors.len() > 8
        || arena.shape(node).is_scalar() && factors.iter().all(|&f| arena.shape(f).is_scalar())
    {
        return String::new();
    }
    let parts: Vec<String> = factors
        .iter()
        .filter(|&&f| arena.number_of(f).is_none())
        .map(|&f| matrix_in_words(arena, arena.shape(f)))
        .collect();
    format!("{} = {}", parts.join(" · "), matrix_in_words(arena, arena.shape(node)))
}

/// The variables of a question, in order of first appearance.
pub fn names(arena: &Arena, names: &[(String, SymbolId)], declared: &dyn Fn(&str) -> bool) -> Vec<NameView> {
    let none = Set::default();
    let print = Latex { arena, marks: true, changed: &none };
    names
        .iter()
        .map(|(name, id)| {
            let shape = &arena.symbols[id.0 as usize].shape;
            let kind = ["scalar", "vector", "matrix"].get(shape.order()).unwrap_or(&"tensor");
            NameView {
                name: name.clone(),
                latex: print.symbol(*id),
                shape: arena.dims.json(shape),
                kind: (*kind).to_owned(),
                declared: declared(name),
            }
        })
        .collect()
}

/// What the page needs beside the contract's fields.
pub struct Parts<'a> {
    pub expr: NodeId,
    /// The result in the tensor's own shape, which programs compute.
    pub tensor: NodeId,
    pub derivation: &'a crate::jacobian::Derivation,
    pub names: Vec<NameView>,
    /// The result as displayed (piecewise where it is), marked.
    pub result: String,
    /// The result in words, as it is displayed.
    pub spoken: Spoken,
    /// Whether MathML is asked for too.
    pub mathml: bool,
    /// The ways this question could go, the usual one first, and the one it went.
    pub ways: Vec<Way>,
    pub way: Way,
    pub cost: Option<Cost>,
    pub tensor_views: Vec<TensorView>,
    /// The point of the request, for numbers.
    pub env: Option<&'a Env<f64>>,
}

/// The name of a way in requests and answers.
fn way_name(way: Way) -> String {
    WAYS.iter().find(|(_, known)| *known == way).map_or(String::new(), |(name, _)| (*name).to_owned())
}

/// What a step takes for granted: the variables of whom it uses an assumption.
fn step_conditions(arena: &Arena, step: &Step, before: NodeId) -> Result<Vec<String>> {
    let Some(needs) = step.needs else { return Ok(Vec::new()) };
    let assumed = arena.reachable(&[before]).into_iter().filter(|&id| arena.is_assumed(id, needs));
    assumed.map(|id| Ok(needs.of(&format!("${}$", marked(arena, id)?)))).collect()
}

/// What a formula takes for granted: what the user assumed of its variables, and what must have an inverse.
fn conditions(arena: &Arena, roots: &[NodeId]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for id in arena.reachable(roots) {
        if let Some(symbol) = arena.symbol_of(id) {
            for assumed in &arena.symbols[symbol.0 as usize].assumed {
                all.push(assumed.of(&format!("${}$", marked(arena, id)?)));
            }
        }
        if arena.op(id).name == "inv" {
            let inner = arena.args(id)[0];
            all.push(Assumption::Invertible.of(&format!("${}$", marked(arena, inner)?)));
        }
    }
    let mut seen = OrderedSet::new();
    all.retain(|text| seen.insert(text.clone()));
    Ok(all)
}

pub fn view(arena: &mut Arena, shown: &Shown, parts: Parts) -> Result<View> {
    let question = shown.statement(arena, parts.derivation.question);
    let result = shown.statement(arena, parts.derivation.result);
    let steps = tree(arena, shown, &parts.derivation.steps)?;
    let mut intermediates = Vec::new();
    for &id in &parts.derivation.named {
        let symbol = arena.symbols[id.0 as usize].clone();
        let leaf = arena.symbol(id);
        let definition = symbol.definition.map_or(Ok(String::new()), |d| marked(arena, d))?;
        intermediates.push(Intermediate {
            name: symbol.name.clone(),
            latex: format!("{} = {}", marked(arena, leaf)?, definition),
            shape: shape_in_words(arena, &symbol.shape),
        });
    }
    let input_shape: JsonShape = arena.dims.json(arena.shape(parts.expr));
    let mut view = View {
        input: marked(arena, parts.expr)?,
        input_shape,
        question: marked(arena, question)?,
        result: parts.result,
        result_shape: matrix_in_words(arena, arena.shape(result)),
        names: parts.names,
        intermediates,
        graph: None,
        steps,
        layout_note: layout::note(shown.layout, shown.orders.0, shown.orders.1),
        tensor_views: parts.tensor_views,
        way: way_name(parts.way),
        ways: parts.ways.into_iter().map(way_name).collect(),
        cost: parts.cost,
        conditions: conditions(arena, &[parts.expr, parts.derivation.result])?,
        exports: print::code::exports(arena, parts.tensor),
        spoken: Ordered::new(),
        mathml: Ordered::new(),
    };
    let drawn = graph::graph(arena, shown, parts.derivation, parts.env);
    view.graph = drawn.graph;
    let asked = (parts.spoken, parts.mathml);
    let readings = readings::readings(arena, shown, &view, parts.expr, parts.derivation, &drawn.said, asked);
    (view.spoken, view.mathml) = (readings.spoken, readings.mathml);
    Ok(view)
}

/// The orders of what is no derivative: no layout turns it.
const NO_DERIVATIVE: (usize, usize) = (9, 9);

/// Orders of the two sides of the derivative that a step is about: its own, or the question's.
pub(crate) fn orders_of_step(arena: &Arena, shown: &Shown, step: &Step) -> (usize, usize) {
    let own = orders_of(arena, step.before);
    // A differential has its value's shape, whatever the layout.
    let is_differential = || arena.reachable(&[step.before]).into_iter().any(|id| arena.is(id, &DIFFERENTIAL));
    if own == NO_DERIVATIVE && !is_differential() { shown.orders } else { own }
}

/// Orders of the two sides of a pending derivative, where a row's left side is one.
pub(crate) fn orders_of(arena: &Arena, left: NodeId) -> (usize, usize) {
    match arena.args(left)[..] {
        [value, variable] if arena.op(left).name == "partial" || arena.op(left).name == "total" => {
            (arena.shape(value).order(), arena.shape(variable).order())
        }
        _ => NO_DERIVATIVE,
    }
}

/// The step tree with its words, formulas and checks.
pub fn tree(arena: &mut Arena, shown: &Shown, steps: &[Step]) -> Result<Vec<StepNode>> {
    let numbered = steps.iter().enumerate();
    numbered.map(|(at, step)| node(arena, shown, step, (at + 1).to_string(), &shown.varying)).collect()
}

/// A step with everything below it, while `varying` move under differentials.
fn node(arena: &mut Arena, shown: &Shown, step: &Step, id: String, varying: &[SymbolId]) -> Result<StepNode> {
    let is_table = step.before == step.after;
    let orders = orders_of_step(arena, shown, step);
    let before = shown.lay(arena, step.before, orders);
    let after = shown.lay(arena, step.after, orders);
    let changed: Vec<NodeId> = if is_table {
        Vec::new()
    } else {
        // What is marked is new, and not the whole: a mark around everything says nothing.
        let old: Set<NodeId> = arena.reachable(&[before]).into_iter().collect();
        step.changed.iter().copied().filter(|c| *c != after && !old.contains(c)).collect()
    };
    let mut rows = Vec::new();
    for row in &step.rows {
        let orders = orders_of(arena, row.left);
        let (left, right) = (shown.lay(arena, row.left, orders), shown.lay(arena, row.right, orders));
        let is_definition = row.rule.is_none() && orders == NO_DERIVATIVE;
        let shape = arena.shape(right).clone();
        let [left, written] = sides(arena, left, right, &[], true)?;
        rows.push(StepRow {
            left,
            right: written,
            shape: if is_definition { shape_in_words(arena, &shape) } else { matrix_in_words(arena, &shape) },
            rule: row.rule.map_or(String::new(), |r| r.title()),
        });
    }
    let varying = step.varying.as_deref().unwrap_or(varying);
    let mut sub = Vec::new();
    for below in &step.sub {
        if !looks_alike(arena, shown, below)? {
            sub.push(node(arena, shown, below, format!("{id}.{}", sub.len() + 1), varying)?);
        }
    }
    let below: Vec<StepCheck> = sub.iter().map(|s| s.check.clone()).collect();
    let places = if is_table { Vec::new() } else { moves::places(arena, before, after) };
    // What is shown for one entry shows its place already.
    let is_small = for_one_entry(arena, before, after).is_none();
    let inner = places.iter().filter(|(old, _)| is_small && *old != before).take(MOST_PLACES);
    let told = inner.map(|&(old, new)| Ok(StepPlace { before: marked(arena, old)?, after: marked(arena, new)? }));
    let told: Vec<StepPlace> = told.collect::<Result<_>>()?;
    let [before_latex, mut after_latex] = sides(arena, before, after, &changed, true)?;
    if let Some((marked, _)) = &step.display {
        after_latex = marked.clone();
    }
    Ok(StepNode {
        id,
        rule: step.about.id.to_owned(),
        level: step.level,
        title: step.title.clone().unwrap_or_else(|| step.about.title()),
        why: step.about.why(),
        source: step.about.source(),
        statement: statement::latex(&step.about),
        before: before_latex,
        after: after_latex,
        rows,
        shapes: if is_table { String::new() } else { factor_shapes(arena, after) },
        conditions: step_conditions(arena, step, before)?,
        bindings: step_bindings(arena, step, &places)?,
        moves: step_moves(arena, &places)?,
        places: told,
        check: step_check::check(arena, varying, step, &below)?,
        sub,
    })
}

/// Whether a step of algebra shows nothing: factors that are grouped in another way, but written alike.
fn looks_alike(arena: &mut Arena, shown: &Shown, step: &Step) -> Result<bool> {
    let is_algebra = matches!(step.level, Level::Algebra | Level::Housekeeping);
    if !is_algebra || step.before == step.after || !step.rows.is_empty() || !step.sub.is_empty() {
        return Ok(false);
    }
    let orders = orders_of_step(arena, shown, step);
    let (before, after) = (shown.lay(arena, step.before, orders), shown.lay(arena, step.after, orders));
    let [before, after] = sides(arena, before, after, &[], false)?;
    Ok(before == after)
}

/// Two sides of an equation as they are shown: what holds for all entries is written for one of them.
fn sides(arena: &Arena, left: NodeId, right: NodeId, changed: &[NodeId], marks: bool) -> Result<[String; 2]> {
    let changed: Set<NodeId> = changed.iter().copied().collect();
    let print = Latex { arena, marks, changed: &changed };
    let none = Latex { arena, marks, changed: &Set::default() };
    let Some([left, right]) = for_one_entry(arena, left, right) else {
        return Ok([none.formula(left)?, print.formula(right)?]);
    };
    // Printed together, so that an index has one name on both sides.
    let printed = print.formulas(&[left, right])?;
    Ok([printed[0].clone(), printed[1].clone()])
}

/// What two tensors over the same indices say of one entry.
fn for_one_entry(arena: &Arena, left: NodeId, right: NodeId) -> Option<[NodeId; 2]> {
    let inside = |id: NodeId| if arena.is(id, &TRANSPOSE) { arena.args(id)[0] } else { id };
    let turned = [left, right].map(|id| arena.is(id, &TRANSPOSE));
    let [left, right] = [left, right].map(inside);
    let alike = turned[0] == turned[1] && [left, right].iter().all(|&id| arena.is(id, &TENSOR));
    (alike && arena.get(left).data == arena.get(right).data).then(|| [left, right].map(|id| arena.args(id)[0]))
}

/// How many places of a step are told, and how many parts.
const MOST_PLACES: usize = 4;
const MOST_MOVES: usize = 8;

/// What the letters of a step's rule stand for: those of an operator's rule at its site, those of a rule of algebra at the
/// first place where it made something else.
fn step_bindings(arena: &mut Arena, step: &Step, places: &[(NodeId, NodeId)]) -> Result<Vec<StepBinding>> {
    let found = match (step.site, places.first()) {
        (Some(site), _) => bindings::of_operator(arena, &step.about, site),
        (None, Some(&(before, after))) if step.before != step.after => {
            bindings::of_algebra(arena, &step.about, before, after)
        }
        _ => Vec::new(),
    };
    found.into_iter().map(|b| Ok(StepBinding { letter: b.letter, latex: marked(arena, b.node)? })).collect()
}

/// What became of the parts at a step's places; numbers are no parts, nor is what hangs on an index.
fn step_moves(arena: &Arena, places: &[(NodeId, NodeId)]) -> Result<Vec<StepMove>> {
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let is_part = |id: NodeId| arena.number_of(id).is_none() && arena.get(id).free.is_empty();
    let atoms = moves::atoms(arena, places).into_iter().filter(|a| is_part(a.node));
    let told = atoms.take(MOST_MOVES).map(|atom| {
        let (before, after) = (count(atom.before), count(atom.after));
        Ok(StepMove { latex: marked(arena, atom.node)?, fate: atom.fate().word().to_owned(), before, after })
    });
    told.collect()
}

/// The flat list of the contract: a cut through the tree, headlines with the rules below them, housekeeping left out.
pub fn flat(arena: &mut Arena, shown: &Shown, steps: &[Step], question: NodeId) -> Result<Vec<FlatStep>> {
    let mut cut: Vec<&Step> = Vec::new();
    collect(steps, &mut cut, true);
    if cut.len() > crate::budget::MAX_FLAT_STEPS {
        cut.clear();
        collect(steps, &mut cut, false);
        cut.truncate(crate::budget::MAX_FLAT_STEPS - 1);
        cut.extend(steps.last());
    }
    let question = shown.statement(arena, question);
    let mut flat = Vec::new();
    for step in cut {
        flat.push(line(arena, shown, step, question)?);
    }
    Ok(flat)
}

fn collect<'a>(steps: &'a [Step], cut: &mut Vec<&'a Step>, inside: bool) {
    for step in steps {
        if inside && step.level == Level::Headline {
            // A second look at one step is for who opens it.
            let is_second_look = step.about.id == headlines::IDENTIFY.id;
            let below = step.sub.iter().filter(|s| s.level != Level::Housekeeping && !is_second_look);
            let below: Vec<&Step> = below.collect();
            let ends_alike = below.last().is_some_and(|s| s.after == step.after);
            cut.extend(&below);
            let is_rewrite = step.before != step.after;
            if !(ends_alike && is_rewrite) || step.display.is_some() {
                cut.push(step);
            }
        } else {
            cut.push(step);
        }
    }
}

fn line(arena: &mut Arena, shown: &Shown, step: &Step, question: NodeId) -> Result<FlatStep> {
    let id = step.about.id;
    let title = step.title.clone().unwrap_or_else(|| step.about.title());
    let (mut tex, mut text) = (Vec::new(), Vec::new());
    for row in &step.rows {
        let orders = orders_of(arena, row.left);
        let (left, right) = (shown.lay(arena, row.left, orders), shown.lay(arena, row.right, orders));
        let [left, right] = sides(arena, left, right, &[], false)?;
        tex.push(format!("{left} = {right}"));
        text.push(format!("{} = {}", print::text::text(arena, row.left)?, print::text::text(arena, row.right)?));
    }
    if step.before != step.after || step.display.is_some() {
        let local = orders_of(arena, step.before);
        let own = local != NO_DERIVATIVE && step.level == Level::Rule;
        let (left, after) = if own || orders_of_step(arena, shown, step) == NO_DERIVATIVE {
            (shown.lay(arena, step.before, local), shown.lay(arena, step.after, local))
        } else {
            (question, shown.statement(arena, step.after))
        };
        let right = match &step.display {
            Some((_, plain)) => plain.clone(),
            None => plain(arena, after)?,
        };
        tex.push(format!("{} = {right}", plain(arena, left)?));
        let after = print::text::text(arena, step.after)?;
        // A piecewise display changes the notation only: in text there is one side to show.
        let is_display = step.before == step.after;
        let before = if is_display { None } else { Some(print::text::text(arena, step.before)?) };
        text.push(before.map_or(after.clone(), |before| format!("{before} = {after}")));
    }
    Ok(FlatStep { rule: id.to_owned(), title: title.to_owned(), latex: tex.join(",\\quad "), text: text.join(", ") })
}
