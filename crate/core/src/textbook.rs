//! The textbook's way for a derivative by a number: d/dx stands in front of the whole and is pushed inwards, rule by rule,
//! until it stands in front of x alone. The rules are those of the differentials; divided by dx each one is about rates.

use crate::contract::Level;
use crate::differential::{Fired, push};
use crate::error::Result;
use crate::expr::{Arena, NodeId};
use crate::jacobian::{Derivation, tidy_step, total};
use crate::map::Map;
use crate::op::Data;
use crate::ops::pending::DIFFERENTIAL;
use crate::rules::headlines;
use crate::steps::Step;
use crate::tidy::tidy;

/// Up to so many rules are headlines each; more go below one.
const MOST_HEADLINES: usize = 4;

/// Derives `expr` by a scalar that it moves with.
pub fn inwards(arena: &mut Arena, expr: NodeId, variable: NodeId) -> Result<Derivation> {
    let question = total(arena, expr, variable);
    let (_, fired) = push(arena, expr, variable)?;
    let rates = in_rates(arena, &fired, variable);
    let mut statement = question;
    let mut pushes = Vec::new();
    // The outermost rule comes first: it fired last.
    for (one, (rate, value)) in fired.iter().zip(rates).rev() {
        let next = arena.replace(statement, &Map::from_iter([(rate, value)]));
        arena.check_size()?;
        if next != statement {
            let step = Step::rewrite(one.rule.into(), Level::Headline, statement, next).changed(vec![value]);
            pushes.push(step.at(one.node));
            statement = next;
        }
    }
    let mut steps = pushes;
    if steps.len() > MOST_HEADLINES {
        let below = steps.into_iter().map(Step::demoted).collect();
        steps = vec![Step::rewrite(headlines::PUSH_INWARDS, Level::Headline, question, statement).with(below)];
    }
    let (own, one) = (total(arena, variable, variable), arena.int(1));
    let rated = arena.replace(statement, &Map::from_iter([(own, one)]));
    if rated != statement {
        steps.push(Step::rewrite(headlines::BY_ITSELF, Level::Headline, statement, rated).changed(vec![one]));
    }
    let (result, passes) = tidy(arena, rated)?;
    steps.extend(tidy_step(rated, result, &passes));
    Ok(Derivation { question, result, steps, named: Vec::new() })
}

/// Each rule with rates in place of differentials: the rate of its node, and what the rule says of it.
fn in_rates(arena: &mut Arena, fired: &[Fired], variable: NodeId) -> Vec<(NodeId, NodeId)> {
    let mut rate_of: Map<NodeId, NodeId> = Map::default();
    for node in fired.iter().map(|f| f.node).chain([variable]) {
        let change = arena.must(&DIFFERENTIAL, &[node], Data::None);
        let rate = total(arena, node, variable);
        rate_of.insert(change, rate);
    }
    let mut rates = Vec::new();
    for one in fired {
        let value = arena.replace(one.value, &rate_of);
        rates.push((total(arena, one.node, variable), value));
    }
    rates
}
