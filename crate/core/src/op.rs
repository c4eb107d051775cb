//! What an operator is: one entry with its shape, its numbers, its notation and its rule. The entries are in `ops/`.
//!
//! A struct literal without defaults: the compiler is the checklist for a new operator.

use crate::dual::Jet;
use crate::expr::{Arena, NodeId};
use crate::modular::ExactJet;
use crate::scalar::{Elementary, Elementary2};
use crate::shape::{Clash, Dims, Shape};
use crate::tensor::Tensor;

/// An operator or a function.
pub struct Op {
    /// Its name: what is typed for a function, an id for what has its own notation.
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// How it is written, for people: `tanh(u)`, `a ⊙ b`.
    pub usage: &'static str,
    /// One line for the catalogue.
    pub about: &'static str,
    pub typed: Typed,
    /// The shape of the value from the shapes of the arguments. Equates dimensions where they must agree.
    pub shape: fn(&mut Dims, &[&Shape], &Data) -> Result<Shape, Fault>,
    pub eval: Eval,
    /// Its differential: the rules, one per argument that may vary, or why there is none.
    pub differential: Differential,
    /// For operators that are linear in each argument: the map from one argument to the value, as factors and labels.
    pub index: Option<fn(&mut Arena, NodeId, usize) -> IndexForm>,
    pub notation: Notation,
    /// Where the arguments of a test are drawn from.
    pub sample: Sample,
    /// Arguments at which there is no derivative (tests look at them apart).
    pub kinks: &'static [f64],
}

impl PartialEq for Op {
    fn eq(&self, other: &Op) -> bool {
        std::ptr::eq(self, other)
    }
}
impl Eq for Op {}

impl std::fmt::Debug for Op {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// How an operator gets into an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// `name(a, b)`, with so many arguments.
    Call { least: usize, most: usize },
    /// By notation of its own (`+`, `[a, b]`, a name).
    Notation,
    /// Only the engine makes it.
    Internal,
}

/// What a node carries beside its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Data {
    #[default]
    None,
    Number(crate::number::Number),
    /// A variable, a named intermediate, or an abstract function.
    Symbol(crate::expr::SymbolId),
    /// A dimension as a number, or the size of a one-dimensional constant.
    Dim(crate::shape::Dim),
    /// The shape of a constant, or the target of an expansion.
    Shape(Shape),
    /// A bound index (its own value as a number).
    Index(crate::expr::IndexId),
    /// Indices that the node binds.
    Binds(Vec<crate::expr::IndexId>),
    /// Subscripts of a component: the argument order is base, then the given subscripts; `None` is `:`.
    Subscripts(Vec<Option<crate::expr::Place>>),
    /// Rows and columns of a matrix written by entries.
    Grid(usize, usize),
    /// An abstract function and by which arguments it was differentiated (1-based, in order).
    Function(crate::expr::FunctionId, Vec<usize>),
}

/// A fault of shapes: which arguments, and what to say. The caller adds the place.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The arguments at fault; both may be the same.
    pub args: (usize, usize),
    pub message: String,
    pub hint: String,
    pub unsupported: bool,
}

impl Fault {
    pub fn new(arg: usize, message: impl Into<String>) -> Fault {
        Fault { args: (arg, arg), message: message.into(), hint: String::new(), unsupported: false }
    }

    pub fn between(left: usize, right: usize, message: impl Into<String>) -> Fault {
        Fault { args: (left, right), ..Fault::new(left, message) }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = hint.into();
        self
    }

    /// Two dimensions that must agree and cannot.
    pub fn clash(dims: &Dims, left: usize, right: usize, shapes: &[&Shape], clash: &Clash) -> Fault {
        Fault::between(
            left,
            right,
            say!(
                "fit.clash",
                left = dims.describe(shapes[left]),
                right = dims.describe(shapes[right]),
                m = dims.show(clash.left),
                n = dims.show(clash.right)
            ),
        )
    }
}

/// How a value is computed. `Map` and `Map2` work entry by entry; `Whole` sees whole tensors.
pub enum Eval {
    Map(Elementary),
    Map2(Elementary2),
    /// The same generic function, instantiated for every kind of number.
    Whole {
        float: fn(&Call<f64>) -> Tensor<f64>,
        jet: fn(&Call<Jet>) -> Tensor<Jet>,
        exact: fn(&Call<ExactJet>) -> Tensor<ExactJet>,
    },
    /// The evaluator knows it: leaves, bound indices, pending derivatives.
    Evaluator,
}

/// A generic function of whole tensors, for every kind of number that the evaluator runs on: the one list of them.
macro_rules! whole {
    ($function:path) => {
        crate::op::Eval::Whole { float: $function, jet: $function, exact: $function }
    };
}
pub(crate) use whole;

/// What an evaluation function is given.
pub struct Call<'a, S> {
    pub args: &'a [&'a Tensor<S>],
    pub data: &'a Data,
    /// The shape of the value, in numbers.
    pub shape: &'a [usize],
}

/// The differential of an operator.
pub enum Differential {
    /// One rule or more; more where the arguments decide which holds (first that matches).
    Rules(&'static [crate::rule::Rule]),
    /// Linear in all arguments together (sums, lists): the differential is the same operator on the differentials.
    Linear(&'static [crate::rule::Rule]),
    /// Linear in each argument: the differential is the sum over the arguments, each replaced by its differential.
    /// The rule says the same in the language, for display, and a test holds them together.
    Multilinear(&'static [crate::rule::Rule]),
    /// Constant wherever it is differentiable (`step`, comparisons) or altogether (numbers): the differential is 0.
    Zero(&'static [crate::rule::Rule]),
    /// The right side is made by code, since it depends on more than the arguments (an exponent); the rule states it for one case.
    Computed(&'static [crate::rule::Rule], fn(&mut Arena, NodeId) -> NodeId),
    /// Not built yet: differentiating it is error `unsupported`.
    Unsupported,
}

/// Labels stand for indices; the value's labels, the argument's labels, and the factors between them.
/// Labels that appear in neither list are summed over. A label twice in one list is a diagonal.
#[derive(Clone, Debug)]
pub struct IndexForm {
    pub value: Vec<Label>,
    pub arg: Vec<Label>,
    pub factors: Vec<(NodeId, Vec<Label>)>,
    /// Dimension of each label.
    pub dims: Vec<crate::shape::Dim>,
    /// Bound indices of the expression that are one of the labels (sums over an index, built tensors).
    pub bound: Vec<(crate::expr::IndexId, Label)>,
}

pub type Label = usize;

/// How an operator is written. In templates `{0}` is an argument; brackets are put by precedence.
pub enum Notation {
    /// `name(a, b)` in text; the LaTeX, the words and the NumPy of the same call.
    Call { latex: &'static str, spoken: &'static str, numpy: &'static str },
    /// The printers know it: sums, products, brackets, indices.
    Printer,
}

/// Where a test draws the arguments of an elementwise function from, all inside its domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sample {
    Real,
    Positive,
    /// Above one.
    AboveOne,
    /// Between −1 and 1.
    Unit,
}

impl Op {
    pub fn rules(&self) -> &'static [crate::rule::Rule] {
        match self.differential {
            Differential::Rules(rules)
            | Differential::Linear(rules)
            | Differential::Multilinear(rules)
            | Differential::Zero(rules)
            | Differential::Computed(rules, _) => rules,
            Differential::Unsupported => &[],
        }
    }
}

impl Op {
    /// Its name and aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}
