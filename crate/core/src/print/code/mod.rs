//! Expressions as programs: statements that end with `jacobian = …`. One writer; what differs from language to language
//! is in the tables of the dialects.
//!
//! What is used more than once becomes a temporary. Sums over an index and tensors by entries are plain loops: they say
//! what they do, and they work wherever statements are executed.

mod dialect;
mod jax;
mod julia;
mod loops;
mod numpy;
mod operators;
mod plain;
mod products;
mod pytorch;
mod sizes;
mod words;

pub use dialect::Dialect;
pub use jax::JAX;
pub use julia::JULIA;
pub use numpy::NUMPY;
pub use pytorch::PYTORCH;
#[cfg(test)]
pub(super) use words::in_numpy;

use super::rope::{Piece, Rope, join};
use super::{Form, Level, Printed, form, name};
use crate::budget::{self, MAX_LATEX};
use crate::contract::Export;
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, IndexId, NodeId};
use crate::map::Map;
use crate::op::Data;
use std::collections::{BTreeMap, BTreeSet};

/// The languages of exports, in the order in which they are offered.
pub static DIALECTS: [&Dialect; 4] = [&NUMPY, &PYTORCH, &JAX, &JULIA];

/// What the code sets.
const RESULT: &str = "jacobian";
/// What is shorter is repeated rather than kept in a temporary.
const WORTH_A_NAME: usize = 16;
const INDENT: &str = "    ";

/// Python code over `np`, the variables and the dimension names that sets `jacobian` to the node's value.
/// Errors: `limit` where it would be too long, `unsupported` for derivatives not yet taken.
pub fn numpy(arena: &Arena, node: NodeId) -> Result<String> {
    code(&NUMPY, arena, node)
}

/// The node in every language that can say it.
pub fn exports(arena: &Arena, node: NodeId) -> Vec<Export> {
    let export = |dialect: &&Dialect| {
        let code = code(dialect, arena, node).ok()?;
        Some(Export { language: dialect.language.to_owned(), label: dialect.label.to_owned(), code })
    };
    DIALECTS.iter().filter_map(export).collect()
}

/// The code of a node in one language. Errors: as for `numpy`, and `unsupported` where this language has no words for it
/// or a variable has taken one of its names.
pub fn code(dialect: &Dialect, arena: &Arena, node: NodeId) -> Result<String> {
    let mut writer = Writer::new(dialect, arena, node)?;
    let value = writer.block(node, &Scope::default())?;
    let is_result = writer.is_result(value);
    let value = writer.as_array(node, Level::Compare);
    let mut lines = writer.preface(node);
    match dialect.block.filter(|_| writer.has_sums) {
        Some((open, close)) => {
            let last = writer.rope.write(value);
            writer.measure(value)?;
            lines.push(format!("{RESULT} = {open}"));
            lines.extend(writer.lines.iter().chain([&last]).map(|line| format!("{INDENT}{line}")));
            lines.push(close.to_owned());
        }
        None => {
            if !is_result {
                writer.statement(0, RESULT, "=", value)?;
            }
            lines.append(&mut writer.lines);
        }
    }
    Ok(lines.join("\n"))
}

/// Where statements go: below which loops.
#[derive(Clone, Default)]
struct Scope {
    indices: BTreeSet<IndexId>,
    depth: usize,
}

struct Writer<'a> {
    dialect: &'a Dialect,
    arena: &'a Arena,
    rope: Rope,
    done: Map<NodeId, Printed>,
    /// Nodes that the code computes without arrays (see plain.rs), and those of them that are above 0.
    plain: BTreeSet<NodeId>,
    positive: BTreeSet<NodeId>,
    indices: BTreeMap<IndexId, String>,
    /// Names of `where` that parts may keep.
    given: BTreeSet<String>,
    taken: BTreeSet<String>,
    lines: Vec<String>,
    size: usize,
    root: NodeId,
    /// Whether a loop changes a variable.
    has_sums: bool,
}

impl<'a> Writer<'a> {
    fn new(dialect: &'a Dialect, arena: &'a Arena, root: NodeId) -> Result<Writer<'a>> {
        let indices = name::indices(arena, &[root]);
        let mut taken = name::taken(arena, &[root]);
        // NumPy's code is always given: where a variable is called like a word of it, the writer looks for a way around.
        if let Some(name) = taken.iter().find(|name| dialect.translation.is_some() && dialect.stands_on(name)) {
            let message = say!("code.taken", name, language = dialect.label);
            return Err(Error::new(Kind::Unsupported, message));
        }
        taken.extend(indices.values().cloned());
        taken.extend(dialect.own.iter().chain([&RESULT]).map(|name| (*name).to_owned()));
        let means_something_else = |name: &String| {
            taken.contains(name) || dialect.stands_on(name) || dialect.keywords.contains(&name.as_str())
        };
        let names = arena.given.iter().map(|(name, _)| name).filter(|name| !means_something_else(name));
        let given: BTreeSet<String> = names.cloned().collect();
        taken.extend(given.iter().cloned());
        Ok(Writer {
            dialect,
            arena,
            rope: Rope::default(),
            done: Map::default(),
            plain: BTreeSet::new(),
            positive: BTreeSet::new(),
            indices,
            given,
            taken,
            lines: Vec::new(),
            size: 0,
            root,
            has_sums: false,
        })
    }

    /// What the code needs in front: imports, and a word on the functions that nobody but the reader knows.
    fn preface(&self, root: NodeId) -> Vec<String> {
        let mut lines: Vec<String> = self.dialect.opening.iter().map(|line| (*line).to_owned()).collect();
        let written = format!("{}\n{}", self.lines.join("\n"), self.rope.write(self.done[&root].body));
        let needed = self.dialect.needs.iter().filter(|(function, _)| dialect::calls(&written, function));
        for (_, line) in needed {
            if !lines.iter().any(|known| known == line) {
                lines.push((*line).to_owned());
            }
        }
        let functions: BTreeSet<String> =
            self.arena.reachable(&[root]).iter().filter_map(|&id| self.function_name(id)).collect();
        if !functions.is_empty() {
            let names: Vec<String> = functions.into_iter().collect();
            lines.push(format!("# Functions to supply: {}", names.join(", ")));
        }
        lines
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
        let mut uses: Map<NodeId, usize> = Map::default();
        let mut repeated: BTreeSet<NodeId> = BTreeSet::new();
        for &id in &below {
            // What a loop uses is used many times.
            let times = if here(self, id) { 1 } else { 2 };
            if matches!(form(self.arena.op(id)), Form::Expand | Form::Transpose) {
                continue;
            }
            repeated.extend(self.repeated(id));
            for arg in self.needs(id) {
                *uses.entry(self.behind(arg)).or_default() += times;
            }
        }
        for &id in &below {
            if !here(self, id) {
                continue;
            }
            self.note_plain(id);
            let printed = match form(self.arena.op(id)) {
                Form::SumOver | Form::Tensor => self.looped(id, scope)?,
                _ => self.print(id)?,
            };
            let shared = uses.get(&id).is_some_and(|&count| count > 1) && self.is_worth_a_name(id, printed)
                || repeated.contains(&id) && !self.is_short(id, printed);
            self.done.insert(id, printed);
            let given = self.given_name(id);
            if (shared || given.is_some()) && id != root {
                let value = self.as_array(id, Level::Compare);
                let letters = given.unwrap_or_else(|| name::fresh(&mut self.taken, "t", ""));
                self.statement(scope.depth, &letters, "=", value)?;
                let printed = self.atom(&letters);
                if self.dialect.lifted.is_some() {
                    // Whatever it was, it is an array from here on.
                    self.plain.remove(&id);
                }
                self.done.insert(id, printed);
            }
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

    /// The user's own name for a part (`where`), as in `text`.
    fn given_name(&self, id: NodeId) -> Option<String> {
        if matches!(form(self.arena.op(id)), Form::Transpose | Form::Expand) {
            return None;
        }
        self.arena.given_name(id).filter(|name| self.given.contains(*name)).map(str::to_owned)
    }

    fn statement(&mut self, depth: usize, target: &str, sign: &str, value: Piece) -> Result<()> {
        self.size = self.size.saturating_add(INDENT.len() * depth + target.len() + 3);
        self.measure(value)?;
        let line = format!("{}{target} {sign} {}", INDENT.repeat(depth), self.rope.write(value));
        self.lines.push(line);
        Ok(())
    }

    /// Counts what is about to be written. Errors: `limit`.
    fn measure(&mut self, value: Piece) -> Result<()> {
        self.size = self.size.saturating_add(self.rope.size(value));
        if self.size > MAX_LATEX {
            return Err(budget::exceeded("limit.program", MAX_LATEX));
        }
        Ok(())
    }

    fn is_result(&self, printed: Printed) -> bool {
        self.rope.size(printed.body) == RESULT.len()
            && !printed.negative
            && self.rope.write(printed.body) == RESULT
            && matches!(form(self.arena.op(self.root)), Form::SumOver | Form::Tensor)
    }

    fn unsupported(&self, id: NodeId) -> Error {
        let message = say!("code.impossible", function = self.arena.op(id).name, language = self.dialect.label);
        Error::new(Kind::Unsupported, message)
    }

    fn is_variable(&self, name: &str) -> bool {
        self.arena.symbols.iter().any(|s| s.name == name)
    }

    fn get(&self, id: NodeId) -> Printed {
        self.done[&id]
    }

    fn signed(&mut self, printed: Printed) -> Piece {
        if printed.negative { self.minus(printed) } else { printed.body }
    }

    /// A minus and the body. `-(a + b)^2` must not be read as a call of `-`, whose value is squared.
    fn minus(&mut self, printed: Printed) -> Piece {
        let looks_like_a_call = printed.level < Level::Postfix && self.rope.starts_with(printed.body, '(');
        if self.dialect.has_columns() && looks_like_a_call {
            return join!(self.rope, "-(", printed.body, ")");
        }
        join!(self.rope, "-", printed.body)
    }

    fn place(&mut self, printed: Printed, least: Level) -> Piece {
        let piece = self.signed(printed);
        if printed.signed_level() < least { join!(self.rope, "(", piece, ")") } else { piece }
    }

    fn at(&mut self, id: NodeId, least: Level) -> Piece {
        let printed = self.get(id);
        self.place(printed, least)
    }

    fn atom(&mut self, letters: &str) -> Printed {
        Printed::new(self.rope.letters(letters), Level::Atom)
    }

    fn identifier(&mut self, name: &str) -> Printed {
        if self.dialect.keywords.contains(&name) {
            let quoted = self.dialect.quoted.replace("{0}", name);
            self.atom(&quoted)
        } else {
            self.atom(name)
        }
    }
}
