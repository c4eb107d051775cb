//! The learner does the derivation: each line is an expression with differentials not yet taken, `2 x * d(x) + d(sin(x))`,
//! and is held against the line before it by number. The first is d of the expression; where only d of the variable is
//! left, the derivative can be read off.

use crate::check::Check;
use crate::contract::Line;
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, NodeId, SymbolId};
use crate::infer::{self, Question, Wrt};
use crate::op::Data;
use crate::ops::pending::DIFFERENTIAL;
use crate::print::{self, text::text};
use crate::request::Request;
use crate::rule::Site;

/// Points at which two lines are compared.
const POINTS: u32 = 6;

/// Judges a line. Errors: as for reading a question; of `answer` the span lies in it.
pub fn line(request: &Request) -> Result<Line> {
    let mut question = infer::read(request)?;
    let variables: Vec<NodeId> = question
        .wrt
        .iter()
        .map(|w| match w {
            Wrt::Symbol(v) | Wrt::Component(v, _) => *v,
        })
        .collect();
    let before = if request.before.trim().is_empty() {
        question.arena.must(&DIFFERENTIAL, &[question.expr], Data::None)
    } else {
        read_line(&mut question, &request.before)?
    };
    let said = |verdict: &str, message: String| (verdict.to_owned(), message);
    let (answer, (verdict, message)) = match request.answer.as_deref().filter(|answer| !answer.trim().is_empty()) {
        None => (before, said("equal", say!("lines.start"))),
        Some(answer) => match read_line(&mut question, answer) {
            Ok(node) => (node, judged(&mut question, &variables, before, node)?),
            Err(error) if error.kind == Kind::Shape => (before, ("shape".to_owned(), error.message)),
            Err(error) => return Err(error.in_answer()),
        },
    };
    let arena = &question.arena;
    let current = if verdict == "equal" { answer } else { before };
    Ok(Line {
        id: request.id.clone(),
        ok: true,
        verdict,
        message,
        text: text(arena, current)?,
        latex: print::marked(arena, current)?,
        done: pending(arena, current).into_iter().all(|inner| variables.contains(&inner)),
        rules: rules(arena, current, &variables),
    })
}

fn read_line(question: &mut Question, text: &str) -> Result<NodeId> {
    let known: Vec<(String, SymbolId)> = question.names.clone();
    let known: Vec<(String, NodeId)> = known.into_iter().map(|(name, id)| (name, question.arena.symbol(id))).collect();
    let shape = question.arena.shape(question.expr).clone();
    infer::elaborate_line(&mut question.arena, text, &known, Some(&shape))
}

fn judged(question: &mut Question, variables: &[NodeId], before: NodeId, answer: NodeId) -> Result<(String, String)> {
    let arena = &mut question.arena;
    let said = |verdict: &str, message: String| Ok((verdict.to_owned(), message));
    if arena.shape(before) != arena.shape(answer) {
        return said("shape", say!("lines.shape"));
    }
    let opposite = arena.negate(answer);
    let varying: Vec<SymbolId> = variables.iter().filter_map(|&v| arena.symbol_of(v)).collect();
    let check = Check { varying: Some(varying), defined: Some(question.expr), ..Check::new(arena, POINTS) };
    let found = check.compare(before, answer)?;
    if found.points == 0 {
        let message = say!("lines.no_point");
        return Err(Error::new(Kind::Domain, message).hint(say!("lines.no_point.hint")));
    }
    if found.ok {
        return said("equal", say!("lines.follows"));
    }
    if check.compare(before, opposite)?.ok {
        return said("sign", say!("lines.sign"));
    }
    said("different", say!("lines.wrong"))
}

/// What the differentials of a line are of.
fn pending(arena: &Arena, line: NodeId) -> Vec<NodeId> {
    let reached = arena.reachable(&[line]).into_iter();
    reached.filter(|&id| arena.is(id, &DIFFERENTIAL)).map(|id| arena.args(id)[0]).collect()
}

/// The rules that fit the differentials of a line, each once.
fn rules(arena: &Arena, line: NodeId, variables: &[NodeId]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for node in pending(arena, line) {
        let held = arena.variables_in(node);
        let moves = |arg: &NodeId| arena.variables_in(*arg).iter().any(|v| variables.contains(v));
        let varies: Vec<bool> = arena.args(node).iter().map(moves).collect();
        if !held.iter().any(|v| variables.contains(v)) {
            continue;
        }
        let fitting = arena.op(node).rules().iter().find(|r| (r.applies)(&Site { arena, node, varies: &varies }));
        if let Some(rule) = fitting.filter(|rule| !all.iter().any(|id| id == rule.id)) {
            all.push(rule.id.to_owned());
        }
    }
    all
}
