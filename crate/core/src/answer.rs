//! The door: one line of JSON in, one line of JSON out.

use crate::budget;
use crate::contract::{
    Answer, Catalog, Checked, Cost, Exercise, Failed, FunctionView, HintView, Level, Parsed, RuleView, Spoken,
    TensorView, Tokens, TopicView,
};
use crate::derive::{self, By, Derived};
use crate::entries::{self, Opening};
use crate::error::{Error, Kind, Result};
use crate::eval::{self, Env, Gaps, Plan};
use crate::expr::{Arena, NodeId, Place, SymbolId};
use crate::infer::{self, Question, Wrt};
use crate::lines;
use crate::map::Set;
use crate::numbers;
use crate::op::Data;
use crate::ops::{self, build::PICK};
use crate::ordered::Ordered;
use crate::parser;
use crate::practice;
use crate::print::{self, cases::Writing, latex::Latex, spoken::Manner};
use crate::proved::{Asking, proved};
use crate::request::{self, Detail, Layout, Operation, Request, Way};
use crate::reverse;
use crate::rules::{self, headlines};
use crate::shape::Dim;
use crate::statement;
use crate::steps::{About, Step};
use crate::tensor::Tensor;
use crate::tensor_views;
use crate::tidy::tidied;
use crate::verdict::{self, Truth};
use crate::view::{self, Parts, Shown};
use crate::words::{self, speaking};
use serde::Serialize;
use serde_json::Value;

/// Answers one line of the batch contract: JSON in, JSON out. Whatever the line holds, an answer comes back.
///
/// ```
/// let answer = chalkgrad_core::call(r#"{"id": "1", "expr": "x^2", "wrt": "x", "vars": {"x": []}, "at": {"x": 3}}"#);
/// assert!(answer.contains(r#""jacobian":6.0"#));
/// ```
pub fn call(line: &str) -> String {
    let (id, request) = request::read_line(line);
    let answered = match &request {
        Ok(request) => speaking(request.language, || guarded(|| answer(request))),
        Err(error) => Err(error.clone()),
    };
    answered.unwrap_or_else(|error| {
        // Spans of a check's answer count in the answer; all others in the expression.
        let source = match &request {
            Ok(r) if error.in_answer => r.answer.clone().unwrap_or_default(),
            Ok(r) => r.expr.clone(),
            Err(_) => expr_of(line),
        };
        json(&Failed { id, ok: false, error: error.view(&source) })
    })
}

/// A defect of the engine must not take a batch down with it: it becomes an error that says so. (In wasm a panic traps,
/// and the page's client starts a new instance.)
fn guarded(work: impl FnOnce() -> Result<String>) -> Result<String> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::new(Kind::Unsupported, say!("answer.defect")).hint(say!("answer.defect.hint"))))
}

fn expr_of(line: &str) -> String {
    let value: Value = serde_json::from_str(line).unwrap_or(Value::Null);
    value.get("expr").and_then(Value::as_str).unwrap_or("").to_owned()
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value)
        .unwrap_or_else(|fault| format!(r#"{{"id":null,"ok":false,"error":{{"kind":"limit","message":"{fault}"}}}}"#))
}

fn answer(request: &Request) -> Result<String> {
    match request.op {
        Operation::Derive => derive_answer(request),
        Operation::Eval => eval_answer(request),
        Operation::Check => check_answer(request),
        Operation::Parse => parse_answer(request),
        Operation::Tokens => Ok(json(&Tokens {
            id: request.id.clone(),
            ok: true,
            tokens: parser::tokens(&request.expr, &request.declared()),
        })),
        Operation::Entries => entries_answer(request),
        Operation::Catalog => Ok(json(&catalog(request.id.clone()))),
        Operation::Exercise => exercise_answer(request),
        Operation::Line => lines::line(request).map(|line| json(&line)),
    }
}

/// A question read, with what to differentiate by.
struct Asked {
    question: Question,
    by: By,
    order: u32,
    way: Option<Way>,
}

fn ask(request: &Request) -> Result<Asked> {
    let question = infer::read(request)?;
    if question.wrt.is_empty() {
        return Err(Error::new(Kind::Request, say!("answer.no_wrt")).hint(say!("answer.no_wrt.hint")));
    }
    let by = match &question.wrt[..] {
        [Wrt::Symbol(v)] if !question.wrt_is_list => By::Variable(*v),
        [Wrt::Component(v, places)] => By::Component(*v, places.clone()),
        all => By::List(
            all.iter()
                .map(|w| match w {
                    Wrt::Symbol(v) | Wrt::Component(v, _) => *v,
                })
                .collect(),
        ),
    };
    Ok(Asked { question, by, order: request.order, way: request.way })
}

impl Asked {
    fn derive(&mut self) -> Result<Derived> {
        let question = &mut self.question;
        let given = question.given.clone();
        let derived = derive::derive_in(&mut question.arena, question.expr, &self.by, given, self.order, self.way)?;
        #[cfg(test)]
        let derived = crate::proved::faults::planted(&mut question.arena, derived);
        Ok(derived)
    }

    /// The result alone. A way that was chosen is gone as it is told.
    fn bare(&mut self) -> Result<NodeId> {
        if self.way.is_some() {
            return Ok(self.derive()?.tensor);
        }
        let question = &mut self.question;
        let given = question.given.clone();
        derive::bare(&mut question.arena, question.expr, &self.by, given, self.order)
    }

    /// Orders of the value and of the variable; of a second derivative the value is the first.
    fn orders(&self) -> (usize, usize) {
        let arena = &self.question.arena;
        let by = match &self.by {
            By::Variable(v) => arena.shape(*v).order(),
            By::Component(..) => 0,
            By::List(_) => 1,
        };
        (arena.shape(self.question.expr).order() + (self.order as usize - 1) * by, by)
    }

    /// The variables that are differentiated by.
    fn variables(&self) -> Vec<SymbolId> {
        let nodes = match &self.by {
            By::Variable(v) | By::Component(v, _) => vec![*v],
            By::List(all) => all.clone(),
        };
        nodes.into_iter().filter_map(|n| self.question.arena.symbol_of(n)).collect()
    }

    /// What the oracle differentiates by: variables, a component as such.
    fn wrt(&mut self) -> Vec<NodeId> {
        match &self.by {
            By::Variable(v) => vec![*v],
            By::List(all) => all.clone(),
            By::Component(v, places) => {
                let places = places.iter().map(|&p| Some(Place::Fixed(p))).collect();
                vec![self.question.arena.must(&PICK, &[*v], Data::Subscripts(places))]
            }
        }
    }
}

/// What a page shows beside the derivation itself.
struct More {
    ways: Vec<Way>,
    cost: Option<Cost>,
    tensor_views: Vec<TensorView>,
}

impl Asked {
    fn more(&mut self, derived: &Derived, sizes: Option<Ordered<Dim, usize>>) -> Result<More> {
        let ways = derive::ways(&self.question.arena, self.question.expr, &self.by);
        let By::Variable(variable) = self.by else { return Ok(More { ways, cost: None, tensor_views: Vec::new() }) };
        let arena = &mut self.question.arena;
        let last = derived.levels.last().map_or(self.question.expr, |level| level.0);
        let tensor_views = tensor_views::views(arena, last, variable)?;
        let sizes = sizes.unwrap_or_else(|| small_sizes(arena, &Ordered::new()));
        let cost = if self.order == 1 { reverse::cost(arena, self.question.expr, variable, &sizes)? } else { None };
        Ok(More { ways, cost, tensor_views })
    }
}

fn vars(question: &Question) -> Ordered<String, crate::contract::JsonShape> {
    let shape = |id: &SymbolId| question.arena.dims.json(&question.arena.symbols[id.0 as usize].shape);
    question.names.iter().map(|(name, id)| (name.clone(), shape(id))).collect()
}

/// The point that `at` describes; `None` without one, or with abstract functions, which have no numbers.
fn point(request: &Request, question: &Question) -> Result<Option<Env<f64>>> {
    if request.at.is_empty() || !question.arena.functions.is_empty() {
        // Without variables there is nothing to give: `at: {}` or no `at` may still ask for a number.
        return Ok(None);
    }
    let mut given = Vec::new();
    for (name, id) in &question.names {
        if let Some(values) = request.at.get(name) {
            given.push((name.as_str(), *id, Tensor::new(&values.shape, values.data.clone())));
        }
    }
    let env = numbers::point(&question.arena, &given)?;
    let used = question.arena.reachable(&[question.expr]);
    let missing = used.iter().filter_map(|&n| question.arena.symbol_of(n)).find(|s| !env.values.contains_key(s));
    if let Some(symbol) = missing {
        let name = &question.arena.symbols[symbol.0 as usize].name;
        return Err(Error::new(Kind::Request, say!("answer.no_value", name)).hint(say!("answer.no_value.hint", name)));
    }
    Ok(Some(env))
}

fn eval_answer(request: &Request) -> Result<String> {
    let question = infer::read(request)?;
    let env = match point(request, &question)? {
        Some(env) => env,
        None if question.arena.functions.is_empty() => Env::default(),
        None => return Err(Error::new(Kind::Unsupported, say!("answer.abstract"))),
    };
    let value = eval::value(&question.arena, question.expr, &env)?;
    Ok(json(&Answer {
        id: request.id.clone(),
        ok: true,
        shape: question.arena.dims.json(question.arena.shape(question.expr)),
        vars: vars(&question),
        value: Some(numbers::to_json(&value)),
        ..Answer::default()
    }))
}

fn derive_answer(request: &Request) -> Result<String> {
    let mut asked = ask(request)?;
    let env = point(request, &asked.question)?;
    if request.detail == Detail::Result {
        let tensor = asked.bare()?;
        return Ok(json(&bare_answer(request, &asked.question, tensor, env.as_ref())?));
    }
    let derived = asked.derive()?;
    let wrt = asked.wrt();
    let asking = Asking { expr: asked.question.expr, by: &asked.by, wrt: &wrt };
    let (mut derived, verified) = proved(&mut asked.question.arena, &asking, derived)?;
    let mut result = bare_answer(request, &asked.question, derived.tensor, env.as_ref())?;
    result.verified = Some(verified);
    let varying = asked.variables();
    let shown = Shown { layout: request.layout, orders: asked.orders(), varying };
    let displayed = display(&mut asked.question.arena, &shown, &mut derived)?;
    let arena = &mut asked.question.arena;
    result.python = Some(print::numpy(arena, derived.tensor)?);
    result.steps = Some(view::flat(arena, &shown, &derived.derivation.steps, derived.derivation.question)?);
    result.latex = Some(displayed.plain);
    if request.detail == Detail::Page {
        let names = view::names(arena, &asked.question.names, &|name| request.vars.contains_key(name));
        let sizes = env.as_ref().map(|env| env.sizes.clone());
        let more = asked.more(&derived, sizes)?;
        let arena = &mut asked.question.arena;
        let parts = Parts {
            expr: asked.question.expr,
            tensor: derived.tensor,
            derivation: &derived.derivation,
            names,
            result: displayed.marked,
            spoken: displayed.spoken,
            mathml: request.mathml,
            way: asked.way.unwrap_or(more.ways[0]),
            ways: more.ways,
            cost: more.cost,
            tensor_views: more.tensor_views,
            env: env.as_ref(),
        };
        result.view = Some(view::view(arena, &shown, parts)?);
    }
    Ok(json(&result))
}

/// What every answer holds.
fn bare_answer(request: &Request, question: &Question, tensor: NodeId, env: Option<&Env<f64>>) -> Result<Answer> {
    let mut answer = Answer {
        id: request.id.clone(),
        ok: true,
        shape: question.arena.dims.json(question.arena.shape(tensor)),
        vars: vars(question),
        text: Some(print::text::text(&question.arena, tensor)?),
        ..Answer::default()
    };
    if let Some(env) = env {
        let plan = Plan::new(&question.arena, &[question.expr, tensor], env)?;
        let mut values = plan.run(&question.arena, env)?;
        answer.value = Some(numbers::to_json(&values[0]));
        if values[1].data.iter().any(|x| !x.is_finite()) {
            plan.run_past_gaps(&question.arena, env, &mut values, Gaps::CHOSEN)?;
        }
        answer.jacobian = Some(numbers::to_json(&values[1]));
    }
    Ok(answer)
}

/// The result as it is shown, plain and marked, and as it is said.
struct Displayed {
    plain: String,
    marked: String,
    spoken: Spoken,
}

/// The result in the chosen layout; where it is piecewise, by cases, with a last step that says so.
fn display(arena: &mut Arena, shown: &Shown, derived: &mut Derived) -> Result<Displayed> {
    let result = shown.statement(arena, derived.derivation.result);
    let mut tidy = |arena: &mut Arena, node: NodeId| tidied(arena, node).unwrap_or(node);
    let mut cases = |arena: &mut Arena, writing: Writing| print::cases::cases(arena, result, writing, &mut tidy);
    let plain = cases(arena, Writing::Latex { marks: false })?;
    let marked = cases(arena, Writing::Latex { marks: true })?;
    let short = cases(arena, Writing::Words(Manner::Short))?;
    let long = cases(arena, Writing::Words(Manner::Long))?;
    if let (Some(plain), Some(marked)) = (plain, marked) {
        if let Some(last) = derived.derivation.steps.last() {
            let end = last.after;
            let mut split = Step::rewrite(headlines::SPLIT, Level::Headline, end, end);
            split.display = Some((marked.clone(), plain.clone()));
            derived.derivation.steps.push(split);
        }
        let spoken = Spoken { short: short.unwrap_or_default(), long: long.unwrap_or_default() };
        return Ok(Displayed { plain, marked, spoken });
    }
    let none = Set::default();
    let marked = Latex { arena, marks: true, changed: &none }.formula(result)?;
    let spoken = print::spoken(arena, result);
    Ok(Displayed { plain: print::plain(arena, result)?, marked, spoken })
}

fn parse_answer(request: &Request) -> Result<String> {
    let question = infer::read(request)?;
    let arena = &question.arena;
    Ok(json(&Parsed {
        id: request.id.clone(),
        ok: true,
        shape: arena.dims.json(arena.shape(question.expr)),
        latex: print::marked(arena, question.expr)?,
        names: view::names(arena, &question.names, &|name| request.vars.contains_key(name)),
        spoken: print::spoken(arena, question.expr),
        mathml: if request.mathml { print::mathml::mathml(arena, question.expr) } else { None },
    }))
}

fn entries_answer(request: &Request) -> Result<String> {
    let mut asked = ask(request)?;
    let env = point(request, &asked.question)?;
    let derived = asked.derive()?;
    let arena = &mut asked.question.arena;
    let sizes = match &env {
        Some(env) => env.sizes.clone(),
        None => small_sizes(arena, &request.sizes),
    };
    let opening = Opening {
        expr: asked.question.expr,
        by: &asked.by,
        layout: request.layout,
        sizes,
        env: env.as_ref(),
        entry: request.entry,
    };
    let mut opened = entries::open(arena, &derived, &opening)?;
    opened.id = request.id.clone();
    Ok(json(&opened))
}

/// A size for every named dimension: the wanted one, else 3, 2, 4, … in order, so that distinct names differ.
fn small_sizes(arena: &Arena, wanted: &Ordered<String, u64>) -> Ordered<Dim, usize> {
    let mut deal = [3, 2, 4, 5, 6].into_iter().cycle();
    let named = arena.dims.names().into_iter().filter(|(d, _)| matches!(d, Dim::Name(_)) && arena.dims.is_plain(*d));
    named
        .map(|(dim, name)| {
            let dealt = deal.next().unwrap_or(3);
            (dim, wanted.get(&name).map_or(dealt, |&n| (n as usize).min(budget::MAX_UNROLLED as usize)))
        })
        .collect()
}

/// A learner's text on the question's own variables and dimensions; it means to have the truth's shape.
fn read_answer(question: &mut Question, text: &str, truth: NodeId) -> Result<NodeId> {
    let known: Vec<(String, SymbolId)> = question.names.clone();
    let known: Vec<(String, NodeId)> = known.into_iter().map(|(name, id)| (name, question.arena.symbol(id))).collect();
    let shape = question.arena.shape(truth).clone();
    infer::elaborate(&mut question.arena, text, &known, Some(&shape))
}

fn check_answer(request: &Request) -> Result<String> {
    let mut asked = ask(request)?;
    let derived = asked.derive()?;
    let question = (asked.order == 1).then(|| (asked.question.expr, asked.by.clone()));
    let truth = Truth {
        derivative: derived.derivation.result,
        orders: asked.orders(),
        layout: request.layout,
        value: asked.question.expr,
        question,
    };
    let text = request.answer.as_deref().unwrap_or("");
    let learner = match read_answer(&mut asked.question, text, truth.derivative) {
        Ok(node) => node,
        // An answer that is ill-shaped in itself is a wrong answer, not a failed request.
        Err(error) if error.kind == Kind::Shape => {
            let checked = Checked {
                id: request.id.clone(),
                ok: true,
                verdict: "shape".to_owned(),
                slip: None,
                shape_slip: None,
                message: error.message,
                hint: error.hint,
                wrong: None,
            };
            return Ok(json(&checked));
        }
        Err(error) => return Err(error.in_answer()),
    };
    let arena = &mut asked.question.arena;
    let judged = verdict::judge(arena, &truth, learner)?;
    let mut wrong = None;
    if judged.verdict != "equal" {
        for (at, text) in request.wrong.iter().enumerate() {
            let known = read_answer(&mut asked.question, text, truth.derivative);
            if let Ok(known) = known
                && verdict::equal(&asked.question.arena, known, learner)?
            {
                wrong = Some(at as u32);
                break;
            }
        }
    }
    Ok(json(&Checked {
        id: request.id.clone(),
        ok: true,
        verdict: judged.verdict.to_owned(),
        slip: judged.slip.map(str::to_owned),
        shape_slip: judged.shape_slip.map(str::to_owned),
        message: judged.message,
        hint: judged.hint,
        wrong,
    }))
}

fn exercise_answer(request: &Request) -> Result<String> {
    let exercise = practice::exercise(&request.topic, request.seed)?;
    let mut asked = ask(&request::read(&exercise.request())?)?;
    let mut derived = asked.derive()?;
    let shown = Shown { layout: Layout::Numerator, orders: asked.orders(), varying: asked.variables() };
    let arena = &mut asked.question.arena;
    let question = shown.statement(arena, derived.derivation.question);
    // Splitting at a kink is a step of its own.
    display(arena, &shown, &mut derived)?;
    let hint = |kind: &str, text: String, latex: String| HintView { kind: kind.to_owned(), text, latex };
    let mut hints = Vec::new();
    if let Some(found) = practice::use_of(&derived.derivation.steps, &exercise.rule) {
        hints.push(hint("name", found.about.title(), String::new()));
        hints.push(hint("statement", found.about.why(), statement::latex(&found.about)));
        let right = found.shown.map_or_else(|| print::marked(arena, found.right), Ok)?;
        let step = format!("{} = {right}", print::marked(arena, found.left)?);
        hints.push(hint("step", say!("answer.here"), step));
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(json(&Exercise {
        id: request.id.clone(),
        ok: true,
        latex: print::marked(arena, question)?,
        hints,
        vars: vars(&asked.question),
        topic: exercise.topic,
        title: exercise.title,
        seed: exercise.seed,
        rule: exercise.rule,
        expr: exercise.expr,
        wrt: exercise.wrt,
        order: exercise.order,
        assume: exercise.assume.iter().map(|(name, what)| (name.clone(), text(what))).collect(),
        way: exercise.way.map(str::to_owned),
    }))
}

/// Every rule of the catalogue, in the order of the families.
pub fn all_rules() -> Vec<About> {
    let mut all: Vec<About> = headlines::ALL.iter().map(|h| **h).collect();
    all.extend(ops::rules().map(About::from));
    all.push(About::from(&crate::differential::CHAIN_OF_ABSTRACT));
    all.extend(rules::all().map(About::from));
    all
}

/// What there is: for completion, the rules page and the docs.
pub fn catalog(id: Value) -> Catalog {
    let functions = ops::all()
        .filter(|op| !matches!(op.typed, crate::op::Typed::Internal))
        .map(|op| FunctionView {
            name: op.name.to_owned(),
            aliases: op.aliases.iter().map(|a| (*a).to_owned()).collect(),
            usage: op.usage.to_owned(),
            about: words::of("op", op.usage, "about", op.about),
            rule: op.rules().last().map_or(String::new(), |r| statement::latex(&About::from(r))),
        })
        .collect();
    let rules = all_rules()
        .iter()
        .map(|r| RuleView {
            id: r.id.to_owned(),
            title: r.title(),
            why: r.why(),
            source: r.source(),
            statement: statement::latex(r),
            exercises: practice::has(r.id),
        })
        .collect();
    let topics = practice::TOPICS.iter();
    let topics = topics
        .map(|t| TopicView { id: t.id.to_owned(), title: t.title(), about: words::of("topic", t.id, "about", t.about) })
        .collect();
    Catalog { id, ok: true, functions, rules, topics }
}

/// The question of a line and its answer before both oracles, with `fault` done to the answer first; `None` where the
/// line is refused.
#[cfg(test)]
pub fn proof_for_test(
    line: &str,
    points: u32,
    fault: Option<crate::proved::faults::Fault>,
) -> Option<(Arena, [NodeId; 2], crate::exact::Proof)> {
    let (_, request) = request::read_line(line);
    let mut asked = ask(&request.ok()?).ok()?;
    let derived = asked.derive().ok()?;
    // Of a second derivative the last step is looked at: the first derivative's own.
    let (expr, wrt, is_list) = (derived.levels.last()?.0, asked.wrt(), matches!(asked.by, By::List(_)));
    let tensor = fault.map_or(derived.tensor, |fault| fault(&mut asked.question.arena, derived.tensor));
    let proof = crate::check::Check::new(&asked.question.arena, points).prove(expr, &wrt, is_list, tensor).ok()?;
    Some((asked.question.arena, [expr, tensor], proof))
}

/// The derivation of a line, for tests of its laws; `None` where the line is refused.
#[cfg(test)]
pub fn derived_for_test(line: &str) -> Option<(Arena, crate::jacobian::Derivation)> {
    let (_, request) = request::read_line(line);
    let mut asked = ask(&request.ok()?).ok()?;
    let derived = asked.derive().ok()?;
    Some((asked.question.arena, derived.derivation))
}

/// A line's question, for tests of the ways it can be derived.
#[cfg(test)]
pub fn asked_for_test(line: &str) -> Option<(Arena, NodeId, By)> {
    let (_, request) = request::read_line(line);
    let asked = ask(&request.ok()?).ok()?;
    Some((asked.question.arena, asked.question.expr, asked.by))
}
