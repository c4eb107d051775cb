//! Exercises from seeded templates. A template is a text in our own language with holes, and what may fill them; the same
//! topic and seed give the same exercise everywhere. Answers and hints are made by the one differentiator, never written.

mod lessons;
mod rules;

pub use lessons::TOPICS;

use crate::answer::all_rules;
use crate::error::{Error, Kind, Result};
use crate::expr::NodeId;
use crate::names::nearest;
use crate::steps::{About, Step};
use crate::words;
use oorandom::Rand64;
use serde_json::{Map, Value, json};

/// What exercises are about: a lesson's topic. Every rule of the catalogue is a topic as well, by its id.
pub struct Topic {
    pub id: &'static str,
    pub title: &'static str,
    pub about: &'static str,
}

impl Topic {
    /// The title in the language of the answer.
    pub fn title(&self) -> String {
        words::of("topic", self.id, "title", self.title)
    }
}

/// A kind of exercise.
pub struct Template {
    /// The lesson's topic; empty for exercises of one rule only.
    pub topic: &'static str,
    /// The id of the rule that its derivation must fire; may itself be a hole (`{f}`).
    pub rule: &'static str,
    /// The question in our own language, with holes.
    pub expr: &'static str,
    pub wrt: &'static str,
    /// Names and their dimensions: `x: n, A: m n, b`.
    pub vars: &'static str,
    pub order: u32,
    /// What is assumed of one name, `A: symmetric`, or nothing.
    pub assume: &'static str,
    pub way: Option<&'static str>,
}

/// What may fill a hole. A letter stands for the same filling wherever it occurs; two holes of one line of this table
/// get different ones.
const HOLES: &[(&[&str], &[&str])] = &[
    (&["{k}", "{l}"], &["2", "3", "4", "5", "6", "7", "8", "9"]),
    (&["{p}", "{q}"], &["2", "3", "4", "5"]),
    (&["{s}"], &["+", "-"]),
    (&["{f}", "{g}"], &["sin", "cos", "exp", "tanh", "sigmoid"]),
];

/// One exercise, filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    pub topic: String,
    pub title: String,
    pub seed: u64,
    /// The rule it is about.
    pub rule: String,
    pub expr: String,
    pub wrt: String,
    /// Each name with its dimensions, as a request writes them.
    pub vars: Map<String, Value>,
    pub order: u32,
    pub assume: Map<String, Value>,
    pub way: Option<&'static str>,
}

/// All templates.
pub fn templates() -> impl Iterator<Item = &'static Template> {
    lessons::TEMPLATES.iter().chain(rules::TEMPLATES)
}

/// Whether there are exercises on a topic or rule.
pub fn has(topic: &str) -> bool {
    templates().any(|t| t.topic == topic || t.rule == topic)
}

/// The exercise of a topic and a seed. Neighbouring seeds use different templates of the topic. Errors: `request` for a
/// topic there is none of.
pub fn exercise(topic: &str, seed: u64) -> Result<Exercise> {
    let fitting: Vec<&Template> = templates().filter(|t| t.topic == topic).collect();
    // A rule's exercises are its own, and then those of lessons that are about it.
    let own = templates().filter(|t| t.rule == topic && t.topic.is_empty());
    let fitting = if fitting.is_empty() {
        own.chain(templates().filter(|t| t.rule == topic && !t.topic.is_empty())).collect()
    } else {
        fitting
    };
    if fitting.is_empty() {
        return Err(unknown(topic));
    }
    let template = fitting[(seed % fitting.len() as u64) as usize];
    Ok(filled(template, topic, seed))
}

fn unknown(topic: &str) -> Error {
    let known = TOPICS.iter().map(|t| t.id).chain(templates().filter(|t| t.topic.is_empty()).map(|t| t.rule));
    let shown: String = topic.chars().take(40).collect();
    let error = Error::new(Kind::Request, say!("practice.unknown", shown));
    match nearest(topic, known) {
        Some(near) => error.hint(say!("request.did_you_mean", near)),
        None => {
            let topics: Vec<String> = TOPICS.iter().map(|t| format!("`{}`", t.id)).collect();
            error.hint(say!("practice.topics", topics = topics.join(", ")))
        }
    }
}

/// The title of a topic, also of a rule.
fn title(topic: &str) -> String {
    let lesson = TOPICS.iter().find(|t| t.id == topic).map(Topic::title);
    let rule = || all_rules().into_iter().find(|rule| rule.id == topic).map(|rule| rule.title());
    lesson.or_else(rule).unwrap_or_default()
}

fn filled(template: &Template, topic: &str, seed: u64) -> Exercise {
    // The template has a part in the seed: two of one topic are not filled alike.
    let key = template.expr.bytes().fold(0u64, |key, byte| key.wrapping_mul(31).wrapping_add(byte.into()));
    let mut random = Rand64::new(u128::from(seed) << 64 | u128::from(key));
    // The first numbers of neighbouring seeds are alike.
    random.rand_u64();
    let (mut expr, mut rule) = (template.expr.to_owned(), template.rule.to_owned());
    for (holes, fillings) in HOLES {
        let mut left: Vec<&str> = fillings.to_vec();
        for hole in *holes {
            let filling = left.remove(random.rand_range(0..left.len() as u64) as usize);
            expr = expr.replace(hole, filling);
            rule = rule.replace(hole, filling);
        }
    }
    Exercise {
        topic: topic.to_owned(),
        title: title(topic),
        seed,
        rule,
        expr,
        wrt: template.wrt.to_owned(),
        vars: pairs(template.vars).map(|(name, dims)| (name.to_owned(), shape(dims))).collect(),
        order: template.order,
        assume: pairs(template.assume).map(|(name, what)| (name.to_owned(), json!(what))).collect(),
        way: template.way,
    }
}

/// `x: n, A: m n, b` name by name.
fn pairs(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    entries.map(|entry| entry.split_once(':').map_or((entry, ""), |(name, rest)| (name.trim(), rest.trim())))
}

fn shape(dims: &str) -> Value {
    let dims = dims.split_whitespace().map(|dim| dim.parse::<u64>().map_or_else(|_| json!(dim), |size| json!(size)));
    dims.collect()
}

impl Exercise {
    /// The exercise as a `derive` request.
    pub fn request(&self) -> Value {
        let mut request = json!({"expr": self.expr, "wrt": self.wrt, "vars": self.vars, "order": self.order});
        if !self.assume.is_empty() {
            request["assume"] = json!(self.assume);
        }
        if let Some(way) = self.way {
            request["way"] = json!(way);
        }
        request
    }
}

/// Where a derivation uses a rule.
pub struct Use {
    pub about: About,
    pub left: NodeId,
    pub right: NodeId,
    /// The right side as marked LaTeX, where it is shown otherwise than it is written (piecewise).
    pub shown: Option<String>,
}

/// The first place where the steps use this rule, in the order of reading; `None` where they do not.
pub fn use_of(steps: &[Step], rule: &str) -> Option<Use> {
    let mut waiting: Vec<&Step> = steps.iter().rev().collect();
    while let Some(step) = waiting.pop() {
        for row in &step.rows {
            if let Some(about) = row.rule.filter(|about| about.id == rule) {
                return Some(Use { about, left: row.left, right: row.right, shown: None });
            }
        }
        if step.about.id == rule {
            // A step that makes a table says the same before and after: its first row tells more.
            let table = step.rows.first().filter(|_| step.before == step.after);
            let (left, right) = table.map_or((step.before, step.after), |row| (row.left, row.right));
            let shown = step.display.as_ref().map(|(marked, _)| marked.clone());
            return Some(Use { about: step.about, left, right, shown });
        }
        waiting.extend(step.sub.iter().rev());
    }
    None
}
