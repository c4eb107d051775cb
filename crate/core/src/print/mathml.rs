//! Formulas as presentation MathML whose tree is the expression's: every node that is written is one element with its
//! operands inside, and says by `intent` what it is (MathML 4, section 5), so that a reader can be walked through it.
//!
//! The tree is plain data, with at most so many elements as the budget says; whoever shows it makes the elements.
//! Brackets come from the same levels as in text.

use super::number::{self, Shown};
use super::{Form, Level, form, implicit, name};
use crate::budget::MAX_MATHML;
use crate::contract::MathNode;
use crate::expr::{Arena, IndexId, NodeId, Place};
use crate::number::Number;
use crate::op::Data;
use crate::ops::{linalg, reductions};
use crate::shape::{Dim, Shape};
use std::collections::{BTreeMap, HashMap};

/// The node as MathML; `None` where the tree would be too large to be walked through.
pub fn mathml(arena: &Arena, node: NodeId) -> Option<MathNode> {
    let mut writer = Writer { arena, indices: name::indices(arena, &[node]), done: HashMap::new() };
    for id in arena.reachable(&[node]) {
        let set = writer.set(id);
        if set.size > MAX_MATHML {
            return None;
        }
        writer.done.insert(id, set);
    }
    Some(writer.done.remove(&node)?.node)
}

/// `left = right`
pub fn equation(left: &MathNode, right: &MathNode) -> MathNode {
    row("equals", vec![left.clone(), operator("="), right.clone()])
}

/// A node set in MathML.
#[derive(Clone)]
struct Set {
    node: MathNode,
    level: Level,
    /// Elements in it.
    size: usize,
}

struct Writer<'a> {
    arena: &'a Arena,
    indices: BTreeMap<IndexId, String>,
    done: HashMap<NodeId, Set>,
}

fn leaf(tag: &'static str, text: &str) -> MathNode {
    MathNode { tag, text: text.to_owned(), ..MathNode::default() }
}

fn operator(sign: &str) -> MathNode {
    leaf("mo", sign)
}

fn inside(tag: &'static str, intent: &'static str, children: Vec<MathNode>) -> MathNode {
    MathNode { tag, intent, children, ..MathNode::default() }
}

fn row(intent: &'static str, children: Vec<MathNode>) -> MathNode {
    inside("mrow", intent, children)
}

/// The entries of a list, with commas.
fn commas(entries: Vec<MathNode>) -> Vec<MathNode> {
    let mut all = Vec::new();
    for entry in entries {
        if !all.is_empty() {
            all.push(operator(","));
        }
        all.push(entry);
    }
    all
}

fn bracketed(open: &str, inner: Vec<MathNode>, close: &str) -> MathNode {
    let mut children = vec![operator(open)];
    children.extend(inner);
    children.push(operator(close));
    row("", children)
}

/// Multiplication that is not written, and the application of a function: U+2062 and U+2061.
const TIMES: &str = "\u{2062}";
const APPLY: &str = "\u{2061}";

impl Writer<'_> {
    /// An operand, in brackets where it is looser than its place.
    fn at(&self, id: NodeId, least: Level) -> MathNode {
        let set = &self.done[&id];
        if set.level < least { bracketed("(", vec![set.node.clone()], ")") } else { set.node.clone() }
    }

    fn whole(&self, id: NodeId) -> MathNode {
        self.done[&id].node.clone()
    }

    fn set(&self, id: NodeId) -> Set {
        let (node, level) = self.node(id);
        let size = 1 + self.arena.args(id).iter().map(|a| self.done[a].size).sum::<usize>() + node.children.len();
        Set { node, level, size }
    }

    fn node(&self, id: NodeId) -> (MathNode, Level) {
        let args = self.arena.args(id);
        match (form(self.arena.op(id)), &self.arena.get(id).data) {
            (Form::Number, Data::Number(n)) => number_set(*n),
            (Form::Pi, _) => (leaf("mi", "π"), Level::Atom),
            (Form::E, _) => (leaf("mi", "e"), Level::Atom),
            (Form::Symbol, Data::Symbol(s)) => {
                let known = &self.arena.symbols[s.0 as usize];
                (self.letter(&known.name, !known.shape.is_scalar()), Level::Atom)
            }
            (Form::Dimension, Data::Dim(dim)) => (self.size(*dim), self.size_level(*dim)),
            (Form::Index, Data::Index(i)) => (self.index(*i), Level::Atom),
            (Form::Delta, Data::Subscripts(places)) => {
                let below = row("", commas(places.iter().map(|&p| self.place(p)).collect()));
                (inside("msub", "kronecker-delta", vec![leaf("mi", "δ"), below]), Level::Atom)
            }
            (Form::Add, _) => self.add(id),
            (Form::Negate, _) => (row("minus", vec![operator("−"), self.at(args[0], Level::Dot)]), Level::Sum),
            (Form::Multiply, _) => {
                let args = implicit(self.arena, args);
                let (scalars, tensors): (Vec<NodeId>, Vec<NodeId>) =
                    args.iter().copied().partition(|&a| self.arena.shape(a).is_scalar());
                let mut parts = self.between(&scalars, TIMES, Level::Product, Level::Power);
                if !scalars.is_empty() && !tensors.is_empty() {
                    parts.push(operator(TIMES));
                }
                // A single tensor behind scalars needs no brackets: 2 A x.
                let alone = scalars.is_empty() || tensors.len() == 1;
                let first = if alone { Level::Product } else { Level::Power };
                parts.extend(self.between(&tensors, "⊙", first, Level::Power));
                (row(if tensors.len() > 1 { "hadamard-product" } else { "times" }, parts), Level::Product)
            }
            (Form::Divide, _) => {
                let args = implicit(self.arena, args);
                if self.arena.shape(args[1]).is_scalar() {
                    let fraction = inside("mfrac", "divide", vec![self.whole(args[0]), self.whole(args[1])]);
                    return (fraction, Level::Prefix);
                }
                let parts = vec![self.at(args[0], Level::Product), operator("⊘"), self.at(args[1], Level::Power)];
                (row("hadamard-quotient", parts), Level::Product)
            }
            (Form::Power, _) => {
                let pair = implicit(self.arena, args);
                let exponent = self.whole(pair[1]);
                let scalar = self.arena.shape(id).is_scalar();
                let exponent = if scalar { exponent } else { row("", vec![operator("⊙"), exponent]) };
                let intent = if scalar { "power" } else { "hadamard-power" };
                (inside("msup", intent, vec![self.at(pair[0], Level::Postfix), exponent]), Level::Power)
            }
            (Form::MatrixPower, data) => {
                let exponent = leaf("mn", &linalg::exponent(data).to_string());
                (inside("msup", "power", vec![self.at(args[0], Level::Postfix), exponent]), Level::Power)
            }
            (Form::Expand, _) => self.expand(id),
            (Form::Compare(comparison), _) => {
                let args = implicit(self.arena, args);
                let sign = match comparison.sign() {
                    ">=" => "≥",
                    "<=" => "≤",
                    sign => sign,
                };
                let parts = vec![self.at(args[0], Level::Sum), operator(sign), self.at(args[1], Level::Sum)];
                (bracketed("[", parts, "]"), Level::Postfix)
            }
            (Form::Cases, _) => {
                let args = implicit(self.arena, args);
                let line = |value: NodeId, words: &str, condition: Option<NodeId>| {
                    let mut told = vec![leaf("mtext", words)];
                    told.extend(condition.map(|c| self.whole(c)));
                    let cells = vec![vec![self.whole(value)], told];
                    inside("mtr", "", cells.into_iter().map(|cell| inside("mtd", "", cell)).collect())
                };
                let lines = vec![
                    line(args[1], &format!("{} ", say!("mathml.if")), Some(args[0])),
                    line(args[2], &say!("latex.otherwise"), None),
                ];
                (row("cases", vec![operator("{"), inside("mtable", "", lines)]), Level::Compare)
            }
            (Form::Kron, _) => {
                (row("kronecker-product", self.between(args, "⊗", Level::Prefix, Level::Power)), Level::Elementwise)
            }
            (Form::Unvec, Data::Shape(shape)) => self.call_with("unvec", self.by_by(shape), args),
            (Form::Split, Data::Shape(shape)) => self.call_with("split", self.by_by(shape), args),
            (Form::AllBut, data) => {
                self.call_with("prod_but", leaf("mn", &reductions::left_out(data).to_string()), args)
            }
            (Form::Product, _) => {
                (row("times", self.between(args, TIMES, Level::Product, Level::Prefix)), Level::Product)
            }
            (Form::Dot, _) => (row("dot-product", self.between(args, "·", Level::Product, Level::Product)), Level::Dot),
            (Form::Transpose, _) => {
                let base = self.at(args[0], Level::Postfix);
                (inside("msup", "transpose", vec![base, operator("⊤")]), Level::Postfix)
            }
            (Form::List | Form::Stack, _) => (self.matrix(args, 1, "vector"), Level::Atom),
            (Form::Grid, Data::Grid(_, columns)) => (self.matrix(args, *columns, "matrix"), Level::Atom),
            (Form::Pick, Data::Subscripts(places)) => {
                let below = row("", commas(places.iter().map(|&p| self.place(p)).collect()));
                (inside("msub", "index", vec![self.at(args[0], Level::Postfix), below]), Level::Postfix)
            }
            (Form::Identity, Data::Dim(dim)) => {
                (inside("msub", "identity-matrix", vec![bold("I"), self.size(*dim)]), Level::Atom)
            }
            (Form::SumOver, Data::Binds(bound)) => {
                let mut parts: Vec<MathNode> = bound.iter().map(|&i| self.sigma(i)).collect();
                parts.push(self.at(args[0], Level::Dot));
                (row("sum", parts), Level::Sum)
            }
            (Form::Tensor, Data::Binds(bound)) => {
                let inner = bracketed("[", vec![self.whole(args[0])], "]");
                let letter = |i: IndexId| {
                    row("", vec![self.index(i), operator("≤"), self.size(self.arena.indices[i.0 as usize].dim)])
                };
                let below = row("", commas(bound.iter().map(|&i| letter(i)).collect()));
                (inside("msub", "array", vec![inner, below]), Level::Postfix)
            }
            (Form::Abstract, Data::Function(function, slots)) => {
                let known = &self.arena.functions[function.0 as usize];
                let mut head = self.letter(&known.name, false);
                let scalars = known.result.is_scalar() && known.args.iter().all(Shape::is_scalar);
                if scalars && args.len() == 1 && !slots.is_empty() {
                    head = inside("msup", "derivative", vec![head, operator(&"′".repeat(slots.len()))]);
                } else if !slots.is_empty() {
                    let slots = commas(slots.iter().map(|k| leaf("mn", &k.to_string())).collect());
                    let d = inside("msub", "", vec![leaf("mi", "D"), row("", slots)]);
                    head = row("derivative", vec![d, head]);
                }
                (self.applied(head, args), Level::Postfix)
            }
            (Form::Differential, _) => {
                (row("differential", vec![leaf("mi", "d"), self.at(args[0], Level::Atom)]), Level::Prefix)
            }
            (Form::Partial | Form::Total, _) => {
                let d = |inner: Vec<MathNode>| {
                    let mut parts = vec![leaf("mi", "∂")];
                    parts.extend(inner);
                    row("", parts)
                };
                let below = d(vec![self.at(args[1], Level::Postfix)]);
                if self.arena.symbol_of(args[0]).is_some() {
                    let above = d(vec![self.whole(args[0])]);
                    return (inside("mfrac", "partial-derivative", vec![above, below]), Level::Prefix);
                }
                let fraction = inside("mfrac", "", vec![d(Vec::new()), below]);
                (row("partial-derivative", vec![fraction, self.at(args[0], Level::Postfix)]), Level::Prefix)
            }
            _ => self.call(id),
        }
    }

    fn between(&self, args: &[NodeId], sign: &str, first: Level, rest: Level) -> Vec<MathNode> {
        let mut parts = Vec::new();
        for (at, &arg) in args.iter().enumerate() {
            if at > 0 {
                parts.push(operator(sign));
            }
            parts.push(self.at(arg, if at == 0 { first } else { rest }));
        }
        parts
    }

    /// A sum; what is subtracted stands behind a minus.
    fn add(&self, id: NodeId) -> (MathNode, Level) {
        let terms = implicit(self.arena, self.arena.args(id));
        let mut parts = Vec::new();
        for (at, &term) in terms.iter().enumerate() {
            let negated = at > 0 && form(self.arena.op(term)) == Form::Negate;
            if at > 0 {
                parts.push(operator(if negated { "−" } else { "+" }));
            }
            let shown = if negated { self.arena.unexpanded(self.arena.args(term)[0]) } else { term };
            parts.push(self.at(shown, if at == 0 { Level::Sum } else { Level::Dot }));
        }
        (row("plus", parts), Level::Sum)
    }

    /// A function by its name; a few by the signs that everybody knows them by.
    fn call(&self, id: NodeId) -> (MathNode, Level) {
        let args = implicit(self.arena, self.arena.args(id));
        let op = self.arena.op(id);
        let around = |open: &str, close: &str| bracketed(open, vec![self.whole(args[0])], close);
        match op.name {
            "sqrt" => (inside("msqrt", "square-root", vec![self.whole(args[0])]), Level::Postfix),
            "abs" => (around("|", "|"), Level::Atom),
            "norm2" => (around("‖", "‖"), Level::Atom),
            "inv" => {
                let exponent = row("", vec![operator("−"), leaf("mn", "1")]);
                (inside("msup", "inverse", vec![self.at(args[0], Level::Postfix), exponent]), Level::Postfix)
            }
            "sigmoid" => (self.applied(leaf("mi", "σ"), &args), Level::Postfix),
            name => (self.applied(leaf("mi", name), &args), Level::Postfix),
        }
    }

    fn applied(&self, head: MathNode, args: &[NodeId]) -> MathNode {
        let args = commas(args.iter().map(|&a| self.whole(a)).collect());
        row("function", vec![head, operator(APPLY), bracketed("(", args, ")")])
    }

    fn call_with(&self, name: &str, below: MathNode, args: &[NodeId]) -> (MathNode, Level) {
        let head = inside("msub", "", vec![leaf("mi", name), below]);
        (if args.is_empty() { head } else { self.applied(head, args) }, Level::Postfix)
    }

    fn matrix(&self, args: &[NodeId], columns: usize, intent: &'static str) -> MathNode {
        let cell = |&a: &NodeId| inside("mtd", "", vec![self.whole(a)]);
        let lines = args.chunks(columns.max(1)).map(|line| inside("mtr", "", line.iter().map(cell).collect()));
        let table = inside("mtable", "", lines.collect());
        row(intent, vec![operator("["), table, operator("]")])
    }

    fn expand(&self, id: NodeId) -> (MathNode, Level) {
        let scalar = self.arena.args(id)[0];
        let number = self.arena.number_of(scalar);
        let size = self.by_by(self.arena.shape(id));
        let filled = |digit: &str| inside("msub", "constant-array", vec![bold(digit), size.clone()]);
        match number {
            Some(n) if n.is_zero() => (filled("0"), Level::Atom),
            Some(n) if n.is_one() => (filled("1"), Level::Atom),
            _ => (row("times", vec![self.at(scalar, Level::Power), operator(TIMES), filled("1")]), Level::Product),
        }
    }

    fn sigma(&self, index: IndexId) -> MathNode {
        let below = row("", vec![self.index(index), operator("="), leaf("mn", "1")]);
        let top = self.size(self.arena.indices[index.0 as usize].dim);
        inside("munderover", "", vec![operator("∑"), below, top])
    }

    fn index(&self, index: IndexId) -> MathNode {
        self.letter(&self.indices[&index], false)
    }

    fn place(&self, place: Option<Place>) -> MathNode {
        match place {
            None => operator(":"),
            Some(Place::Fixed(k)) => leaf("mn", &k.to_string()),
            Some(Place::Index(i, 0)) => self.index(i),
            Some(Place::Index(i, offset)) => {
                let sign = operator(if offset < 0 { "−" } else { "+" });
                row("", vec![self.index(i), sign, leaf("mn", &offset.unsigned_abs().to_string())])
            }
        }
    }

    /// A name: its letter, marks over it, indices below. It carries the name as typed, for its colour.
    fn letter(&self, name: &str, is_bold: bool) -> MathNode {
        let parts: Vec<&str> = name.split('_').collect();
        let letters = |part: &str| name::greek_letter(part).unwrap_or(part).to_owned();
        let face = |text: String| if is_bold { bold(&text) } else { leaf("mi", &text) };
        if parts.iter().any(|part| part.is_empty()) {
            return MathNode { name: name.to_owned(), ..face(name.to_owned()) };
        }
        let mut node = face(letters(parts[0]));
        let mut below = Vec::new();
        for part in &parts[1..] {
            match ACCENTS.iter().find(|(word, _)| word == part) {
                Some((_, accent)) => node = inside("mover", "", vec![node, operator(accent)]),
                None if part.bytes().all(|b| b.is_ascii_digit()) => below.push(leaf("mn", part)),
                None => below.push(leaf("mi", &letters(part))),
            }
        }
        if !below.is_empty() {
            node = inside("msub", "", vec![node, row("", commas(below))]);
        }
        MathNode { name: name.to_owned(), ..node }
    }

    fn size(&self, dim: Dim) -> MathNode {
        let mut parts = Vec::new();
        for (at, (factor, names)) in self.arena.dims.terms(dim).iter().enumerate() {
            match (at, *factor < 0) {
                (0, false) => {}
                (_, true) => parts.push(operator("−")),
                (_, false) => parts.push(operator("+")),
            }
            let number = (factor.abs() != 1 || names.is_empty()).then(|| leaf("mn", &factor.abs().to_string()));
            let factors: Vec<MathNode> =
                number.into_iter().chain(names.iter().map(|&d| self.letter(&self.arena.dims.show(d), false))).collect();
            for (at, factor) in factors.into_iter().enumerate() {
                if at > 0 {
                    parts.push(operator(TIMES));
                }
                parts.push(factor);
            }
        }
        if parts.len() == 1 { parts.remove(0) } else { row("", parts) }
    }

    fn size_level(&self, dim: Dim) -> Level {
        match &self.arena.dims.terms(dim)[..] {
            [(factor, names)] if names.is_empty() || *factor == 1 && names.len() == 1 => Level::Atom,
            [_] => Level::Product,
            _ => Level::Sum,
        }
    }

    fn by_by(&self, shape: &Shape) -> MathNode {
        let mut parts = Vec::new();
        for &dim in &shape.0 {
            if !parts.is_empty() {
                parts.push(operator("×"));
            }
            parts.push(self.size(dim));
        }
        if parts.len() == 1 { parts.remove(0) } else { row("", parts) }
    }
}

/// Endings of names that are marks over the letter.
const ACCENTS: &[(&str, &str)] = &[("hat", "^"), ("tilde", "~"), ("bar", "¯"), ("dot", "˙")];

fn bold(letters: &str) -> MathNode {
    MathNode { bold: true, ..leaf("mi", letters) }
}

fn number_set(n: Number) -> (MathNode, Level) {
    let (negative, shown) = number::shown(n);
    let (node, level) = match shown {
        Shown::Whole(text) | Shown::Decimal(text) => (leaf("mn", &text), Level::Atom),
        Shown::Fraction(n, d) => (inside("mfrac", "divide", vec![leaf("mn", &n), leaf("mn", &d)]), Level::Prefix),
        Shown::Scientific(mantissa, power) => {
            let ten = inside("msup", "power", vec![leaf("mn", "10"), leaf("mn", &power.to_string())]);
            (row("times", vec![leaf("mn", &mantissa), operator("·"), ten]), Level::Product)
        }
        Shown::Infinite => (leaf("mn", "∞"), Level::Atom),
        Shown::NotANumber => (leaf("mtext", &say!("mathml.nan")), Level::Atom),
    };
    if negative { (row("minus", vec![operator("−"), node]), Level::Sum) } else { (node, level) }
}
