//! Whenever a matrix is involved: push d inwards until it stands at the variable alone, bring what is left to a canonical
//! form (`tr(G' dX)` for a scalar, `A dX B` for a matrix), and read the derivative off it (Magnus & Neudecker 9).

use crate::budget::MAX_NODES;
use crate::contract::Level;
use crate::error::Result;
use crate::expr::{Arena, NodeId, Place};
use crate::jacobian::{Derivation, Local, local, row_of, tidy_step, total};
use crate::map::Map;
use crate::op::Data;
use crate::ops::arithmetic::EXPAND;
use crate::ops::build::{PICK, TRACE, basis};
use crate::ops::pending::DIFFERENTIAL;
use crate::ops::products::DOT;
use crate::print::text::text;
use crate::readback::read_back;
use crate::rules::headlines;
use crate::steps::{Row, Step};
use crate::terms::{by_entries, written};
use crate::tidy::tidy;

/// A differential written out in full is shown up to this many symbols; a longer one only by its rules.
const LONGEST_SHOWN: usize = 120;

/// Entries are written out from terms with up to this many factors in all.
const MOST_FACTORS: usize = 24;

/// The derivative by one entry (1-based), picked from the derivative by the whole variable.
pub fn picked(arena: &mut Arena, whole: NodeId, value_order: usize, places: &[u64]) -> NodeId {
    let base = if value_order == 0 && places.len() == 1 { arena.transpose(whole) } else { whole };
    let fixed = places.iter().map(|&k| Some(Place::Fixed(k)));
    let subscripts = std::iter::repeat_n(None, value_order).chain(fixed).collect();
    arena.must(&PICK, &[base], Data::Subscripts(subscripts))
}

/// Derives by the variable, or with `places` (1-based) by one entry of it; without steps where they are not `told`.
pub fn by_differential(
    arena: &mut Arena,
    expr: NodeId,
    variable: NodeId,
    places: Option<&[u64]>,
    told: bool,
) -> Result<Derivation> {
    let order = arena.shape(expr).order();
    let mut question = total(arena, expr, variable);
    let mut found = local(arena, expr, variable)?;
    if let Some(places) = places {
        question = picked(arena, question, order, places);
        one_entry(arena, &mut found, order, variable, places)?;
    }
    let mut steps = Vec::new();
    let immediate = places.is_none() && expr == variable;
    if told && arena.depends_on(expr, variable) && !immediate {
        steps.extend(pushed_inwards(arena, question, &found));
        let form = canonical(arena, expr, variable, question, &found)?;
        // What is read off the canonical form of a number is its gradient, tidy already.
        let tidy_already = form.is_some() && order == 0 && places.is_none();
        steps.extend(form);
        let mut look = if places.is_none() { by_entry(arena, expr, variable, question, &found) } else { Vec::new() };
        if tidy_already {
            if !look.is_empty() {
                look.extend(tidy_step(found.raw, found.tidied, &found.passes).map(Step::demoted));
            }
            steps.push(Step::rewrite(headlines::IDENTIFY, Level::Headline, question, found.tidied).with(look));
        } else {
            steps.push(Step::rewrite(headlines::IDENTIFY, Level::Headline, question, found.raw).with(look));
            steps.extend(tidy_step(found.raw, found.tidied, &found.passes));
        }
    }
    Ok(Derivation { question, result: found.tidied, steps, named: Vec::new() })
}

/// Only one entry of the variable moves: its differential is that entry's times a unit vector along each axis.
fn one_entry(arena: &mut Arena, found: &mut Local, order: usize, variable: NodeId, places: &[u64]) -> Result<()> {
    let axes = arena.shape(variable).0.clone();
    let mut units = Vec::new();
    for (axis, (&dim, &place)) in axes.iter().zip(places).enumerate() {
        units.push((basis(arena, dim, place as usize - 1), vec![axis]));
    }
    found.raw = match &found.differential {
        Some((_, terms)) => {
            let applied = terms.applied(arena, order, &units);
            written(arena, &applied)
        }
        None => picked(arena, found.raw, order, places),
    };
    (found.tidied, found.passes) = tidy(arena, found.raw)?;
    Ok(())
}

/// A second look at reading off: one entry first, then all of them as a matrix. Nothing where there is but one entry,
/// where the result stays by entries anyway, or where writing them out would take much.
fn by_entry(arena: &mut Arena, expr: NodeId, variable: NodeId, question: NodeId, found: &Local) -> Vec<Step> {
    let Some((_, terms)) = &found.differential else { return Vec::new() };
    let factors: usize = terms.terms.iter().map(|t| t.factors.len()).sum();
    let much = factors > MOST_FACTORS || arena.len() > MAX_NODES / 2;
    if terms.free == 0 || much || read_back(arena, terms).is_none() {
        return Vec::new();
    }
    let entries = by_entries(arena, terms);
    let is_row = (arena.shape(expr).order(), arena.shape(variable).order()) == (0, 1);
    let entries = if is_row { row_of(arena, entries) } else { entries };
    vec![
        Step::rewrite(headlines::ENTRY_BY_ENTRY, Level::Rule, question, entries),
        Step::rewrite(headlines::ASSEMBLE, Level::Rule, entries, found.raw),
    ]
}

/// The rules that fired, one line each: what d of every part is in terms of d of its own parts.
fn pushed_inwards(arena: &mut Arena, question: NodeId, found: &Local) -> Option<Step> {
    if found.fired.is_empty() {
        return None;
    }
    let (mut rows, mut sub) = (Vec::new(), Vec::new());
    // A number beside a matrix is written as it stands, and not as a matrix of its copies.
    let mut copies: Map<NodeId, NodeId> = Map::default();
    let mut copied = None;
    for fired in &found.fired {
        let left = arena.must(&DIFFERENTIAL, &[fired.node], Data::None);
        let right = arena.replace(fired.value, &copies);
        if arena.is(fired.node, &EXPAND) && fired.node != found.fired[found.fired.len() - 1].node {
            copies.insert(left, right);
            copied = Some(fired.rule);
            continue;
        }
        let step = Step::rewrite(fired.rule.into(), Level::Rule, left, right).at(fired.node);
        let inner = copied.filter(|_| right != fired.value).map(|rule| {
            let first = Step::rewrite(fired.rule.into(), Level::Rule, left, fired.value).at(fired.node);
            vec![first, Step::rewrite(rule.into(), Level::Rule, fired.value, right)]
        });
        sub.push(step.with(inner.unwrap_or_default()));
        rows.push(Row { left, right, rule: Some(fired.rule.into()) });
    }
    Some(Step::table(headlines::DIFFERENTIAL, Level::Headline, question, rows).with(sub))
}

/// `d(f) = tr(G' d(X))`, or `d(Y) = A d(X) B`: the form from which the derivative can be read off. None where the
/// differential stands in that form already, or does not reduce to matrices.
fn canonical(
    arena: &mut Arena,
    expr: NodeId,
    variable: NodeId,
    question: NodeId,
    found: &Local,
) -> Result<Option<Step>> {
    let Some((forward, terms)) = &found.differential else { return Ok(None) };
    let Some(raw) = action(arena, expr, variable, terms) else { return Ok(None) };
    let (form, passes) = tidy(arena, raw)?;
    let left = arena.must(&DIFFERENTIAL, &[expr], Data::None);
    // As one writes it. But what is tidied away there (a matrix times its inverse) must not come back in the form.
    let (tidied, _) = tidy(arena, *forward)?;
    let mut filled = if has_variables_of(arena, tidied, form) { tidied } else { *forward };
    let is_short = [filled, form].iter().all(|&side| arena.written_size(side) <= LONGEST_SHOWN);
    if filled == form || is_short && text(arena, filled)? == text(arena, form)? {
        if found.fired.iter().filter(|fired| !arena.is(fired.node, &EXPAND)).count() <= 1 {
            return Ok(None);
        }
        filled = form;
    }
    let mut sub = Vec::new();
    let mut at = left;
    if arena.written_size(filled) <= LONGEST_SHOWN && left != filled {
        sub.push(Step::rewrite(headlines::FILL_DIFFERENTIALS, Level::Algebra, left, filled));
        at = filled;
    }
    let is_trace = arena.shape(expr).is_scalar() && arena.shape(variable).is_matrix();
    if is_trace && at != form {
        sub.push(Step::rewrite(headlines::AS_TRACE, Level::Algebra, at, form));
    } else if at != form {
        let (through, told) = if has_variables_of(arena, at, raw) { (raw, &passes[..]) } else { (form, &[][..]) };
        if at != through {
            sub.push(Step::rewrite(headlines::CANONICAL, Level::Algebra, at, through));
        }
        sub.extend(told.iter().map(Step::from_pass));
    }
    let rows = vec![Row { left, right: form, rule: None }];
    Ok(Some(Step::table(headlines::CANONICAL, Level::Headline, question, rows).with(sub)))
}

/// Whether the first has all variables that the second has.
fn has_variables_of(arena: &Arena, first: NodeId, second: NodeId) -> bool {
    let known = arena.variables_in(first);
    arena.variables_in(second).iter().all(|variable| known.contains(variable))
}

/// What the derivative does to a change of the variable: for a scalar the inner product of its gradient with the change
/// (for matrices a trace), for others the map as a product of matrices, where it is one.
pub fn action(arena: &mut Arena, expr: NodeId, variable: NodeId, terms: &crate::terms::Terms) -> Option<NodeId> {
    let change = arena.must(&DIFFERENTIAL, &[variable], Data::None);
    let (order, axes) = (arena.shape(expr).order(), arena.shape(variable).order());
    if order > 0 {
        let applied = terms.applied(arena, order, &[(change, (0..axes).collect())]);
        return read_back(arena, &applied);
    }
    let gradient = read_back(arena, terms)?;
    match axes {
        0 => Some(arena.multiply(&[gradient, change])),
        1 => arena.make(&DOT, &[gradient, change], Data::None).ok(),
        _ => {
            let turned = arena.transpose(gradient);
            let product = arena.product(turned, change).ok()?;
            arena.make(&TRACE, &[product], Data::None).ok()
        }
    }
}
