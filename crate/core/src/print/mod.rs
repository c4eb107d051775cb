//! From expressions to what people read: LaTeX, our own language, programs.
//!
//! All of them walk the nodes once, arguments first, and keep for each node a [`Printed`]: its text, its sign, and how
//! tightly it holds together. Brackets come from that alone. The words of functions are the operators' own notation;
//! only what has a notation of its own (sums, products, subscripts, …) is listed here, in [`Form`].

pub mod cases;
pub mod code;
pub mod latex;
mod latex_calls;
mod latex_kronecker;
mod latex_products;
mod latex_sizes;
pub mod mathml;
pub mod name;
mod number;
mod rope;
pub mod spoken;
#[cfg(test)]
mod tests;
pub mod text;
mod text_sizes;

pub use cases::cases;
pub use code::numpy;
pub use latex::Latex;
pub use spoken::spoken;
pub use text::text;

use crate::error::Error;
use crate::expr::{Arena, NodeId};
use crate::map::{Map, Set};
use crate::op::Op;
use crate::ops::{abstracts, arithmetic, build, elementwise, kronecker, leaves, linalg, pending, products, reductions};
use rope::Piece;
use std::borrow::Cow;

/// The plain formula of a node.
pub fn plain(arena: &Arena, node: NodeId) -> Result<String, Error> {
    latex::Latex { arena, marks: false, changed: &Set::default() }.formula(node)
}

/// The formula of a node with its names marked.
pub fn marked(arena: &Arena, node: NodeId) -> Result<String, Error> {
    marking(arena, node, &[])
}

/// The formula with its names and the given nodes marked.
pub fn marking(arena: &Arena, node: NodeId, changed: &[NodeId]) -> Result<String, Error> {
    let changed = changed.iter().copied().collect();
    latex::Latex { arena, marks: true, changed: &changed }.formula(node)
}

/// How tightly a text holds together, loosest first. What is looser than its place asks for goes in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// `a > b`
    Compare,
    /// `a + b`, and everything with a sign
    Sum,
    /// `a · b`
    Dot,
    /// `a ⊙ b` in LaTeX; in text and NumPy the same level as products
    Elementwise,
    /// `a b`, `a / b`
    Product,
    /// `\frac{a}{b}`, `\mathrm{d}x`: a factor as it is, but no base of a power
    Prefix,
    /// `a^b`
    Power,
    /// `a'`, `a[i]`, `f(a)`
    Postfix,
    /// A name, a number, something in brackets
    Atom,
}

/// A node as text, its sign kept apart so that a sum can write `a - b`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printed {
    pub body: Piece,
    /// A minus stands before the body.
    pub negative: bool,
    /// Of the body.
    pub level: Level,
    /// Higher than a line: brackets around it must grow.
    pub tall: bool,
    pub reach: Reach,
    /// What stands at its left and right end: decides the space between factors.
    pub edges: (Edge, Edge),
}

/// What may follow without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Anything.
    Closed,
    /// No further factor (a matrix product, which would swallow it).
    Factors,
    /// Not even a further term (`\sum …`).
    Terms,
}

/// The outermost sign of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Digit,
    /// An italic letter, with or without index and exponent.
    Letter,
    Bracket,
    Other,
}

impl Printed {
    pub fn new(body: Piece, level: Level) -> Printed {
        Printed { body, negative: false, level, tall: false, reach: Reach::Closed, edges: (Edge::Other, Edge::Other) }
    }

    pub fn tall(self, tall: bool) -> Printed {
        Printed { tall, ..self }
    }

    pub fn negative(self, negative: bool) -> Printed {
        Printed { negative, ..self }
    }

    pub fn reach(self, reach: Reach) -> Printed {
        Printed { reach, ..self }
    }

    pub fn edges(self, left: Edge, right: Edge) -> Printed {
        Printed { edges: (left, right), ..self }
    }

    /// The level with the sign.
    pub fn signed_level(&self) -> Level {
        if self.negative { self.level.min(Level::Sum) } else { self.level }
    }
}

/// What has a notation of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Number,
    Pi,
    E,
    Symbol,
    Dimension,
    Index,
    Delta,
    Add,
    Negate,
    Multiply,
    Divide,
    Power,
    MatrixPower,
    Expand,
    Compare(Comparison),
    Cases,
    Kron,
    Unvec,
    AllBut,
    Split,
    Product,
    Dot,
    Transpose,
    List,
    Stack,
    Grid,
    Pick,
    Identity,
    SumOver,
    Tensor,
    Abstract,
    Differential,
    Partial,
    Total,
    /// `name(a, b)`: the operator's own words.
    Call,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
}

impl Comparison {
    /// As in our language and in Python.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Greater => ">",
            Comparison::Less => "<",
            Comparison::GreaterEqual => ">=",
            Comparison::LessEqual => "<=",
        }
    }

    pub fn latex(self) -> &'static str {
        match self {
            Comparison::Greater => ">",
            Comparison::Less => "<",
            Comparison::GreaterEqual => "\\ge",
            Comparison::LessEqual => "\\le",
        }
    }
}

static FORMS: &[(&Op, Form)] = &[
    (&leaves::NUMBER, Form::Number),
    (&leaves::PI, Form::Pi),
    (&leaves::E, Form::E),
    (&leaves::SYMBOL, Form::Symbol),
    (&leaves::DIMENSION, Form::Dimension),
    (&leaves::INDEX, Form::Index),
    (&leaves::DELTA, Form::Delta),
    (&arithmetic::ADD, Form::Add),
    (&arithmetic::NEGATE, Form::Negate),
    (&arithmetic::MULTIPLY, Form::Multiply),
    (&arithmetic::DIVIDE, Form::Divide),
    (&arithmetic::POWER, Form::Power),
    (&linalg::MATRIX_POWER, Form::MatrixPower),
    (&arithmetic::EXPAND, Form::Expand),
    (&elementwise::GREATER, Form::Compare(Comparison::Greater)),
    (&elementwise::LESS, Form::Compare(Comparison::Less)),
    (&elementwise::GREATER_EQUAL, Form::Compare(Comparison::GreaterEqual)),
    (&elementwise::LESS_EQUAL, Form::Compare(Comparison::LessEqual)),
    (&elementwise::CASES, Form::Cases),
    (&kronecker::KRON, Form::Kron),
    (&kronecker::UNVEC, Form::Unvec),
    (&kronecker::SPLIT, Form::Split),
    (&reductions::PROD_BUT, Form::AllBut),
    (&products::PRODUCT, Form::Product),
    (&products::DOT, Form::Dot),
    (&products::TRANSPOSE, Form::Transpose),
    (&build::LIST, Form::List),
    (&build::STACK, Form::Stack),
    (&build::GRID, Form::Grid),
    (&build::PICK, Form::Pick),
    (&build::IDENTITY, Form::Identity),
    (&build::SUM_OVER, Form::SumOver),
    (&build::TENSOR, Form::Tensor),
    (&abstracts::CALL, Form::Abstract),
    (&pending::DIFFERENTIAL, Form::Differential),
    (&pending::PARTIAL, Form::Partial),
    (&pending::TOTAL, Form::Total),
    (&pending::PARTIAL_TURNED, Form::Partial),
    (&pending::TOTAL_TURNED, Form::Total),
];

pub(crate) fn form(op: &'static Op) -> Form {
    FORMS.iter().find(|(known, _)| *known == op).map_or(Form::Call, |(_, form)| *form)
}

/// The arguments of an elementwise operator as notation has them: an expanded scalar is just the scalar, as long as
/// another argument shows the shape. Where none does, the first stays expanded.
pub(crate) fn implicit<'a>(arena: &Arena, args: &'a [NodeId]) -> Cow<'a, [NodeId]> {
    let scalar = |&a: &NodeId| arena.unexpanded(a);
    let kept = args.iter().filter(|a| scalar(a) == **a).count();
    if kept == args.len() {
        return Cow::Borrowed(args);
    }
    let first = if kept == 0 { args[0] } else { scalar(&args[0]) };
    Cow::Owned(std::iter::once(first).chain(args[1..].iter().map(scalar)).collect())
}

/// Nodes that are used more than once and can stand on their own: what a long text gives a name.
pub(crate) fn shared(arena: &Arena, root: NodeId) -> Set<NodeId> {
    let mut uses: Map<NodeId, usize> = Map::default();
    let mut often = Set::default();
    for id in arena.reachable(&[root]).into_iter().filter(|&id| form(arena.op(id)) != Form::Expand) {
        for &arg in arena.args(id) {
            // Notation leaves expansions out: what is used is their scalar.
            let used = arena.unexpanded(arg);
            let count = uses.entry(used).or_default();
            *count += 1;
            if *count == 2 && arena.get(used).free.is_empty() && form(arena.op(used)) != Form::Expand {
                often.insert(used);
            }
        }
    }
    often
}
