//! What a rule is: an equation written in our own language, with a name, a reason and a source.

use crate::expr::{Arena, NodeId};

/// A rule of calculus.
pub struct Rule {
    /// Stable kebab-case id: what `steps[].rule` says.
    pub id: &'static str,
    /// The name as a teacher says it.
    pub title: &'static str,
    /// Left side, e.g. `d(tanh(u))`. Its names, in order of appearance, are the operator's arguments.
    pub from: &'static str,
    /// Right side, e.g. `(1 - tanh(u).^2) .* d(u)`. It holds while only arguments vary whose `d(…)` it contains.
    pub to: &'static str,
    /// Shapes for which it is stated and tested, e.g. `u: [n], A: [m,n]`; a name left out is a vector.
    pub given: &'static str,
    /// One sentence: why it holds.
    pub why: &'static str,
    /// Paper section, book equation or reference.
    pub source: &'static str,
    /// Further demands on the place where it is applied.
    pub applies: fn(&Site) -> bool,
}

/// A place where a rule may be applied: the node, and which of its arguments vary.
pub struct Site<'a> {
    pub arena: &'a Arena,
    pub node: NodeId,
    pub varies: &'a [bool],
}

impl Site<'_> {
    pub fn is_scalar(&self) -> bool {
        self.arena.shape(self.node).is_scalar()
    }

    pub fn varying(&self) -> usize {
        self.varies.iter().filter(|&&v| v).count()
    }

    /// True where every argument that varies is a scalar expanded to a tensor.
    pub fn varies_by_expansion(&self) -> bool {
        let args = self.arena.args(self.node);
        args.iter().zip(self.varies).all(|(&a, &v)| !v || self.arena.unexpanded(a) != a)
    }

    /// True where some argument is a scalar expanded to a tensor.
    pub fn has_expansion(&self) -> bool {
        self.arena.args(self.node).iter().any(|&a| self.arena.unexpanded(a) != a)
    }
}

/// For rules without further demands.
pub fn always(_: &Site) -> bool {
    true
}
