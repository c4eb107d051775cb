//! What the parser makes: an untyped tree, a span on every node, stored flat (children before parents). Names are parts of
//! the text.

use crate::number::Number;
use crate::span::Span;
use std::borrow::Cow;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AstId(pub u32);

#[derive(Clone, Debug, PartialEq)]
pub struct AstNode<'a> {
    pub kind: AstKind<'a>,
    pub span: Span,
}

/// Operators that stand between two operands, in the table of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Infix {
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
    Add,
    Subtract,
    /// `·`
    Dot,
    /// `*`, `@`, `×`, juxtaposition
    Times,
    /// `.*`, `⊙`
    Elementwise,
    /// `/`
    Divide,
    /// `./`, `⊘`
    ElementwiseDivide,
    /// `^`
    Power,
    /// `.^`
    ElementwisePower,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Subscript {
    /// `x[2]`, `x[i+1]`
    At(AstId),
    /// `A[i,:]`
    All,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AstKind<'a> {
    Number(Number),
    Name(&'a str),
    /// `f(x, y)`: a built-in or an abstract function (a name that is a variable becomes a product instead).
    Call {
        /// In no text where a sum is written out: `f_i` as `f_2`.
        function: Cow<'a, str>,
        function_span: Span,
        args: Vec<AstId>,
    },
    /// `f'(x)` (one prime a derivative), `D(f)(x)`, `D(D(f, 1), 2)(x, y)`: an abstract function differentiated by its
    /// arguments `slots` (1-based), innermost first.
    Derivative {
        function: &'a str,
        function_span: Span,
        slots: Vec<usize>,
        args: Vec<AstId>,
    },
    Negate(AstId),
    Infix {
        op: Infix,
        op_span: Span,
        left: AstId,
        right: AstId,
    },
    Transpose(AstId),
    Index {
        base: AstId,
        subscripts: Vec<Subscript>,
    },
    /// `[a, b, c]`
    List(Vec<AstId>),
    /// `[u; v; b]`
    Stack(Vec<AstId>),
    /// `[[a, b], [c, d]]`
    Rows(Vec<Vec<AstId>>),
    /// `sum(i, 1, n, body)`
    SumOver {
        index: &'a str,
        low: AstId,
        high: AstId,
        body: AstId,
    },
    /// `tensor(i:m, j:n, body)`
    Build {
        indices: Vec<(&'a str, AstId)>,
        body: AstId,
    },
}

/// A parsed expression: its nodes, the root, and the names given by `where`, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree<'a> {
    pub nodes: Vec<AstNode<'a>>,
    pub root: Option<AstId>,
    /// `where u = w·x + b, v = y - u`
    pub definitions: Vec<Definition<'a>>,
}

/// The tree of a rule, whose text is a part of the program.
pub type Ast = Tree<'static>;

#[derive(Clone, Debug, PartialEq)]
pub struct Definition<'a> {
    pub name: &'a str,
    pub name_span: Span,
    pub value: AstId,
}

impl<'a> Tree<'a> {
    pub fn push(&mut self, kind: AstKind<'a>, span: Span) -> AstId {
        self.nodes.push(AstNode { kind, span });
        AstId(self.nodes.len() as u32 - 1)
    }

    pub fn get(&self, id: AstId) -> &AstNode<'a> {
        &self.nodes[id.0 as usize]
    }

    pub fn span(&self, id: AstId) -> Span {
        self.get(id).span
    }
}

/// The nodes directly under a node, in the order of the text.
pub fn children(kind: &AstKind) -> Vec<AstId> {
    let mut children = Vec::new();
    each_child(kind, |child| children.push(child));
    children
}

/// The same one after the other.
pub fn each_child(kind: &AstKind, mut meet: impl FnMut(AstId)) {
    match kind {
        AstKind::Number(_) | AstKind::Name(_) => {}
        AstKind::Negate(a) | AstKind::Transpose(a) => meet(*a),
        AstKind::Infix { left, right, .. } => [*left, *right].into_iter().for_each(meet),
        AstKind::Call { args, .. } | AstKind::Derivative { args, .. } => args.iter().copied().for_each(meet),
        AstKind::List(entries) | AstKind::Stack(entries) => entries.iter().copied().for_each(meet),
        AstKind::Rows(rows) => rows.iter().flatten().copied().for_each(meet),
        AstKind::SumOver { low, high, body, .. } => [*low, *high, *body].into_iter().for_each(meet),
        AstKind::Build { indices, body } => {
            indices.iter().for_each(|(_, dim)| meet(*dim));
            meet(*body);
        }
        AstKind::Index { base, subscripts } => {
            meet(*base);
            subscripts.iter().for_each(|s| match s {
                Subscript::At(place) => meet(*place),
                Subscript::All => {}
            });
        }
    }
}
