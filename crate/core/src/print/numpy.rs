//! Expressions as NumPy: statements that end with `jacobian = …`.
//!
//! What is used more than once becomes a temporary. Sums over an index and tensors by entries are plain loops: they say
//! what they do, and they work wherever statements are executed.

use super::rope::{Piece, Rope, join};
use super::{Form, Level, Printed, form, implicit, name};
use crate::budget::{self, MAX_LATEX};
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, IndexId, NodeId};
use crate::op::{Data, Notation};
use crate::ops::{elementwise, linalg, reductions};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the code sets.
const RESULT: &str = "jacobian";
/// What is shorter is repeated rather than kept in a temporary.
const WORTH_A_NAME: usize = 16;
/// Words of Python that cannot be variables; a variable of that name is looked up by its text.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Python code over `np`, the variables and the dimension names that sets `jacobian` to the node's value.
/// Errors: `limit` where it would be too long, `unsupported` for derivatives not yet taken.
pub fn numpy(arena: &Arena, node: NodeId) -> Result<String> {
    let mut writer = Writer::new(arena, node);
    writer.preface(node);
    let value = writer.block(node, &Scope::default())?;
    if !writer.is_result(value) {
        let line = writer.signed(value);
        writer.statement(0, RESULT, "=", line)?;
    }
    Ok(writer.lines.join("\n"))
}

/// Where statements go: below which loops.
#[derive(Clone, Default)]
struct Scope {
    indices: BTreeSet<IndexId>,
    depth: usize,
}

pub(super) struct Writer<'a> {
    pub arena: &'a Arena,
    pub rope: Rope,
    done: HashMap<NodeId, Printed>,
    pub indices: BTreeMap<IndexId, String>,
    taken: BTreeSet<String>,
    lines: Vec<String>,
    size: usize,
    root: NodeId,
}

impl<'a> Writer<'a> {
    fn new(arena: &'a Arena, root: NodeId) -> Writer<'a> {
        let indices = name::indices(arena, &[root]);
        let mut taken = name::taken(arena, &[root]);
        taken.extend(indices.values().cloned());
        taken.extend(["np", "erf", "range", RESULT].map(str::to_owned));
        let (done, lines) = (HashMap::new(), Vec::new());
        Writer { arena, rope: Rope::default(), done, indices, taken, lines, size: 0, root }
    }

    /// What the code needs beside `np`.
    fn preface(&mut self, root: NodeId) {
        let reachable = self.below(root);
        if reachable.iter().any(|&id| self.arena.is(id, &elementwise::ERF)) {
            self.lines.push("from math import erf".to_owned());
            self.lines.push("erf = np.vectorize(erf, otypes=[np.float64])".to_owned());
        }
        let functions: BTreeSet<String> = reachable.iter().filter_map(|&id| self.function_name(id)).collect();
        if !functions.is_empty() {
            let names: Vec<String> = functions.into_iter().collect();
            self.lines.push(format!("# Functions to supply: {}", names.join(", ")));
        }
    }

    /// The name under which an abstract function, or a derivative of it, is called.
    fn function_name(&self, id: NodeId) -> Option<String> {
        let Data::Function(function, slots) = &self.arena.get(id).data else { return None };
        let name = &self.arena.functions[function.0 as usize].name;
        let slots: String = slots.iter().map(|slot| format!("{slot}_")).collect();
        Some(if slots.is_empty() { name.clone() } else { format!("D_{slots}{name}") })
    }

    /// The arguments of a node; an intermediate stands for its definition.
    fn needs(&self, id: NodeId) -> Vec<NodeId> {
        let definition = self.arena.symbol_of(id).and_then(|s| self.arena.symbols[s.0 as usize].definition);
        definition.map_or_else(|| self.arena.args(id).to_vec(), |d| vec![d])
    }

    /// All nodes below `root` that are not printed yet, arguments first. (A definition is older than its name.)
    fn below(&self, root: NodeId) -> BTreeSet<NodeId> {
        let mut seen = BTreeSet::new();
        let mut stack = vec![root];
        while let Some(id) = stack.pop() {
            if !self.done.contains_key(&id) && seen.insert(id) {
                stack.extend(self.needs(id));
            }
        }
        seen
    }

    /// Writes the statements that `root` needs in this scope, and gives its value. Calls itself once a level of loops.
    fn block(&mut self, root: NodeId, scope: &Scope) -> Result<Printed> {
        let below = self.below(root);
        let here = |writer: &Self, id: NodeId| writer.arena.get(id).free.iter().all(|i| scope.indices.contains(i));
        let mut uses: HashMap<NodeId, usize> = HashMap::new();
        for &id in &below {
            // What a loop uses is used many times.
            let times = if here(self, id) { 1 } else { 2 };
            if matches!(form(self.arena.op(id)), Form::Expand | Form::Transpose) {
                continue;
            }
            for arg in self.needs(id) {
                *uses.entry(self.behind(arg)).or_default() += times;
            }
        }
        for &id in &below {
            if !here(self, id) {
                continue;
            }
            let printed = match form(self.arena.op(id)) {
                Form::SumOver | Form::Tensor => self.looped(id, scope)?,
                _ => self.print(id)?,
            };
            let shared = uses.get(&id).is_some_and(|&count| count > 1) && self.is_worth_a_name(id, printed);
            let printed = if shared && id != root { self.temporary(printed, scope)? } else { printed };
            self.done.insert(id, printed);
        }
        Ok(self.done[&root])
    }

    /// What an expansion or a transpose is made of: they are often not written, and never worth a temporary.
    fn behind(&self, mut id: NodeId) -> NodeId {
        while matches!(form(self.arena.op(id)), Form::Expand | Form::Transpose) {
            id = self.arena.args(id)[0];
        }
        id
    }

    fn is_worth_a_name(&self, id: NodeId, printed: Printed) -> bool {
        !matches!(form(self.arena.op(id)), Form::Transpose | Form::Expand | Form::Symbol | Form::Number)
            && self.rope.size(printed.body) > WORTH_A_NAME
    }

    fn temporary(&mut self, printed: Printed, scope: &Scope) -> Result<Printed> {
        let letters = name::fresh(&mut self.taken, "t", "");
        let value = self.signed(printed);
        self.statement(scope.depth, &letters, "=", value)?;
        Ok(self.atom(&letters))
    }

    fn statement(&mut self, depth: usize, target: &str, sign: &str, value: Piece) -> Result<()> {
        self.size = self.size.saturating_add(self.rope.size(value)).saturating_add(4 * depth + target.len() + 3);
        if self.size > MAX_LATEX {
            return Err(budget::exceeded("bytes of Python", MAX_LATEX));
        }
        let line = format!("{}{target} {sign} {}", "    ".repeat(depth), self.rope.write(value));
        self.lines.push(line);
        Ok(())
    }

    /// `for i in range(n):` … for a sum over an index or a tensor by its entries.
    fn looped(&mut self, id: NodeId, scope: &Scope) -> Result<Printed> {
        let Data::Binds(bound) = self.arena.get(id).data.clone() else { return Err(self.unsupported(id)) };
        let body = self.arena.args(id)[0];
        let is_tensor = form(self.arena.op(id)) == Form::Tensor;
        let letters = if id == self.root { RESULT.to_owned() } else { name::fresh(&mut self.taken, "t", "") };
        let start = if is_tensor {
            let shape = self.arena.shape(id).clone();
            let sizes = self.sizes(&shape);
            join!(self.rope, "np.zeros(", sizes, ")")
        } else {
            self.rope.letters("0.0")
        };
        self.statement(scope.depth, &letters, "=", start)?;
        let mut inner = scope.clone();
        let range = if self.is_variable("range") { "np.arange" } else { "range" };
        for index in &bound {
            let size = self.dimension(self.arena.indices[index.0 as usize].dim);
            let size = self.rope.write(size.body);
            let pad = "    ".repeat(inner.depth);
            self.lines.push(format!("{pad}for {} in {range}({size}):", self.indices[index]));
            inner.indices.insert(*index);
            inner.depth += 1;
        }
        let value = self.block(body, &inner)?;
        let value = self.signed(value);
        if is_tensor {
            let places: Vec<&str> = bound.iter().map(|i| self.indices[i].as_str()).collect();
            let target = format!("{letters}[{}]", places.join(", "));
            self.statement(inner.depth, &target, "=", value)?;
        } else {
            self.statement(inner.depth, &letters, "+=", value)?;
        }
        // What was set inside the loop is not there outside of it.
        let arena = self.arena;
        self.done.retain(|id, _| arena.get(*id).free.iter().all(|i| scope.indices.contains(i)));
        Ok(self.atom(&letters))
    }

    fn is_result(&self, printed: Printed) -> bool {
        self.rope.size(printed.body) == RESULT.len()
            && !printed.negative
            && self.rope.write(printed.body) == RESULT
            && matches!(form(self.arena.op(self.root)), Form::SumOver | Form::Tensor)
    }

    fn unsupported(&self, id: NodeId) -> Error {
        let message = format!("`{}` cannot be written as NumPy.", self.arena.op(id).name);
        Error::new(Kind::Unsupported, message)
    }

    pub fn is_variable(&self, name: &str) -> bool {
        self.arena.symbols.iter().any(|s| s.name == name)
    }

    pub fn get(&self, id: NodeId) -> Printed {
        self.done[&id]
    }

    pub fn signed(&mut self, printed: Printed) -> Piece {
        if printed.negative { join!(self.rope, "-", printed.body) } else { printed.body }
    }

    pub fn place(&mut self, printed: Printed, least: Level) -> Piece {
        let piece = self.signed(printed);
        if printed.signed_level() < least { join!(self.rope, "(", piece, ")") } else { piece }
    }

    pub fn at(&mut self, id: NodeId, least: Level) -> Piece {
        let printed = self.get(id);
        self.place(printed, least)
    }

    pub fn atom(&mut self, letters: &str) -> Printed {
        Printed::new(self.rope.letters(letters), Level::Atom)
    }

    pub fn identifier(&mut self, name: &str) -> Printed {
        if KEYWORDS.contains(&name) { self.atom(&format!("globals()[\"{name}\"]")) } else { self.atom(name) }
    }

    fn print(&mut self, id: NodeId) -> Result<Printed> {
        let args = self.arena.args(id).to_vec();
        Ok(match (form(self.arena.op(id)), &self.arena.get(id).data.clone()) {
            (Form::Number, Data::Number(n)) => self.number(*n),
            (Form::Pi, _) => self.atom("np.pi"),
            (Form::E, _) => self.atom("np.e"),
            (Form::Symbol, Data::Symbol(s)) => {
                let symbol = &self.arena.symbols[s.0 as usize];
                match symbol.definition {
                    Some(definition) => self.get(definition),
                    None => self.identifier(&symbol.name),
                }
            }
            (Form::Dimension, Data::Dim(dim)) => self.dimension(*dim),
            (Form::Index, Data::Index(i)) => {
                let letters = format!("{} + 1", self.indices[i]);
                Printed::new(self.rope.letters(&letters), Level::Sum)
            }
            (Form::Delta, Data::Subscripts(places)) => {
                let places: Vec<String> = places.iter().map(|p| self.place_name(*p)).collect();
                Printed::new(self.rope.letters(&format!("({}) * 1.0", places.join(" == "))), Level::Product)
            }
            (Form::Add, _) => self.add(&implicit(self.arena, &args)),
            (Form::Negate, _) => {
                let printed = self.get(args[0]);
                let body = self.place(printed, Level::Product);
                let level = if printed.signed_level() < Level::Product { Level::Atom } else { printed.level };
                Printed::new(body, level).negative(true)
            }
            (Form::Multiply, _) => self.factors(&implicit(self.arena, &args), " * "),
            (Form::Divide, _) => self.factors(&implicit(self.arena, &args), " / "),
            (Form::Power, _) => self.power(&implicit(self.arena, &args)),
            (Form::MatrixPower, data) => {
                let base = self.at(args[0], Level::Compare);
                let exponent = linalg::exponent(data).to_string();
                let call = join!(self.rope, "np.linalg.matrix_power(", base, ", ", &exponent, ")");
                Printed::new(call, Level::Postfix)
            }
            (Form::Expand, _) => self.expand(id),
            (Form::Compare(_), _) => {
                let condition = self.condition(id);
                Printed::new(join!(self.rope, "(", condition, ") * 1.0"), Level::Product)
            }
            (Form::Cases, _) => {
                let args = implicit(self.arena, &args);
                let condition = self.condition(args[0]);
                let [yes, no] = [1, 2].map(|k| self.at(args[k], Level::Compare));
                Printed::new(join!(self.rope, "np.where(", condition, ", ", yes, ", ", no, ")"), Level::Atom)
            }
            (Form::Kron, _) => self.within("np.kron(", &args, ")"),
            (Form::Unvec, Data::Shape(shape)) => {
                let sizes = self.sizes(shape);
                let vector = self.at(args[0], Level::Compare);
                Printed::new(join!(self.rope, "np.reshape(", vector, ", ", sizes, ", order=\"F\")"), Level::Postfix)
            }
            (Form::AllBut, data) => {
                let vector = self.at(args[0], Level::Compare);
                let count = reductions::left_out(data);
                let function = format!(
                    "(lambda v: np.vectorize(lambda *i: 0.0 if len(set(i)) < {count} else np.prod(np.delete(v, list(i))), \
                     otypes=[np.float64])(*np.indices((v.size,) * {count})))("
                );
                Printed::new(join!(self.rope, &function, vector, ")"), Level::Postfix)
            }
            (Form::Split, Data::Shape(shape)) => {
                let whole = self.dimension(self.arena.shape(id).0[0]).body;
                let [outer, inner] = [0, 1].map(|k| self.dimension(shape.0[k]).body);
                let reshaped = join!(self.rope, ").reshape(-1, ", outer, ", ", inner, ")");
                Printed::new(join!(self.rope, "np.eye(", whole, reshaped), Level::Postfix)
            }
            (Form::Product, _) => self.chain(id),
            (Form::Dot, _) => self.factors(&args, " @ "),
            (Form::Transpose, _) => self.transpose(id),
            (Form::List, _) => self.within("np.array([", &args, "])"),
            (Form::Stack, _) if self.arena.shape(id).is_vector() => self.within("np.hstack([", &args, "])"),
            (Form::Stack, _) => self.within("np.vstack([", &args, "])"),
            (Form::Grid, Data::Grid(_, columns)) => {
                let rows: Vec<Piece> =
                    args.chunks((*columns).max(1)).map(|row| self.within("[", row, "]").body).collect();
                let rows = self.rope.list(&rows, ", ");
                Printed::new(join!(self.rope, "np.array([", rows, "])"), Level::Atom)
            }
            (Form::Pick, Data::Subscripts(places)) => {
                let words: Vec<String> = places.iter().map(|p| self.place_name(*p)).collect();
                let base = self.at(args[0], Level::Postfix);
                Printed::new(join!(self.rope, base, "[", &words.join(", "), "]"), Level::Postfix)
            }
            (Form::Identity, Data::Dim(dim)) => {
                let size = self.dimension(*dim);
                Printed::new(join!(self.rope, "np.eye(", size.body, ")"), Level::Atom)
            }
            (Form::Abstract, _) => {
                let function = self.function_name(id).unwrap_or_default();
                self.within(&format!("{function}("), &args, ")")
            }
            (Form::Call, _) => self.call(id)?,
            _ => return Err(self.unsupported(id)),
        })
    }

    fn within(&mut self, open: &str, args: &[NodeId], close: &str) -> Printed {
        let pieces: Vec<Piece> = args.iter().map(|&a| self.at(a, Level::Compare)).collect();
        let list = self.rope.list(&pieces, ", ");
        Printed::new(join!(self.rope, open, list, close), Level::Atom)
    }

    /// An operator's own template. Arguments always stand between brackets or commas there.
    fn call(&mut self, id: NodeId) -> Result<Printed> {
        let Notation::Call { numpy, .. } = self.arena.op(id).notation else { return Err(self.unsupported(id)) };
        let args = implicit(self.arena, self.arena.args(id));
        let mut pieces = Vec::new();
        let mut rest = numpy;
        let next = |rest: &str| (0..args.len()).filter_map(|k| Some((rest.find(&format!("{{{k}}}"))?, k))).min();
        while let Some((at, slot)) = next(rest) {
            pieces.push(self.rope.letters(&rest[..at]));
            pieces.push(self.at(args[slot], Level::Compare));
            rest = &rest[at + 3..];
        }
        pieces.push(self.rope.letters(rest));
        let level = if numpy.starts_with("1/") { Level::Product } else { Level::Postfix };
        Ok(Printed::new(self.rope.list(&pieces, ""), level))
    }
}
