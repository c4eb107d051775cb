//! The step tree: equations between expressions that can be evaluated, not prose. Words and LaTeX are made from it last.

use crate::contract::Level;
use crate::expr::{Assumption, NodeId, SymbolId};
use crate::rule::Rule;
use crate::rules::Tidying;
use crate::rules::assumed::needs;
use crate::tidy::Pass;
use crate::words;

/// What a step cites: any rule of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About {
    pub id: &'static str,
    pub title: &'static str,
    pub why: &'static str,
    pub source: &'static str,
    /// The rule as an equation in our language; empty where it is a procedure.
    pub from: &'static str,
    pub to: &'static str,
    pub given: &'static str,
}

impl About {
    /// The title in the language of the answer; so the others.
    pub fn title(&self) -> String {
        words::of("rule", self.id, "title", self.title)
    }

    pub fn why(&self) -> String {
        words::of("rule", self.id, "why", self.why)
    }

    pub fn source(&self) -> String {
        words::source(self.source)
    }
}

impl From<&'static Rule> for About {
    fn from(r: &'static Rule) -> About {
        About { id: r.id, title: r.title, why: r.why, source: r.source, from: r.from, to: r.to, given: r.given }
    }
}

impl From<&'static Tidying> for About {
    fn from(r: &'static Tidying) -> About {
        About { id: r.id, title: r.title, why: r.why, source: r.source, from: r.from, to: r.to, given: r.given }
    }
}

/// One line of a table step: `left = right`, and the rule that gives it (none for a definition).
#[derive(Clone, Debug)]
pub struct Row {
    pub left: NodeId,
    pub right: NodeId,
    pub rule: Option<About>,
}

/// One step: the whole statement before and after.
#[derive(Clone, Debug)]
pub struct Step {
    pub about: About,
    pub level: Level,
    pub before: NodeId,
    pub after: NodeId,
    /// The nodes of `after` that are new, for the eye.
    pub changed: Vec<NodeId>,
    /// For steps that make a table; `before` and `after` are then the same statement.
    pub rows: Vec<Row>,
    /// How `after` is displayed where that is not its own notation (the piecewise form); marked and plain.
    pub display: Option<(String, String)>,
    pub sub: Vec<Step>,
    /// What the step takes for granted of the variables, besides what every step does.
    pub needs: Option<Assumption>,
    /// A title of its own, e.g. which part it works out; else the rule's.
    pub title: Option<String>,
    /// The node whose rule this is: what stands at its places is what the rule's letters stand for.
    pub site: Option<NodeId>,
    /// The variables that move under differentials in this step and below it; `None` for those of the whole question.
    pub varying: Option<Vec<SymbolId>>,
}

impl Step {
    pub fn rewrite(about: About, level: Level, before: NodeId, after: NodeId) -> Step {
        Step {
            about,
            level,
            before,
            after,
            changed: vec![after],
            rows: Vec::new(),
            display: None,
            sub: Vec::new(),
            needs: None,
            title: None,
            site: None,
            varying: None,
        }
    }

    /// One pass of tidying.
    pub fn from_pass(pass: &Pass) -> Step {
        let level = if pass.rule.housekeeping { Level::Housekeeping } else { Level::Algebra };
        let step = Step::rewrite(pass.rule.into(), level, pass.before, pass.after).changed(pass.made.clone());
        Step { needs: needs(pass.rule), ..step }
    }

    pub fn table(about: About, level: Level, statement: NodeId, rows: Vec<Row>) -> Step {
        Step { rows, changed: Vec::new(), ..Step::rewrite(about, level, statement, statement) }
    }

    pub fn with(mut self, sub: Vec<Step>) -> Step {
        self.sub = sub;
        self
    }

    pub fn changed(mut self, nodes: Vec<NodeId>) -> Step {
        self.changed = nodes;
        self
    }

    /// The rule of an operator, applied to this node.
    pub fn at(mut self, node: NodeId) -> Step {
        self.site = Some(node);
        self
    }

    /// In this step only these variables move under differentials.
    pub fn while_varying(mut self, variables: &[SymbolId]) -> Step {
        self.varying = Some(variables.to_vec());
        self
    }

    /// The step and everything below it take one level down (a derivation inside another).
    pub fn demoted(mut self) -> Step {
        if self.level == Level::Headline {
            self.level = Level::Rule;
        }
        self.sub = self.sub.into_iter().map(Step::demoted).collect();
        self
    }
}
