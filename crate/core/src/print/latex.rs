//! LaTeX, the way a mathematician writes: vectors bold, scalars in front, fractions, brackets only where needed.
//!
//! Only the commands written here, in the operators' templates and in name.rs ever appear, whatever was typed.

use super::rope::{Piece, Rope, join};
use super::{Edge, Form, Level, Printed, Reach, form, implicit, name, shared};
use crate::budget::{self, MAX_LATEX};
use crate::error::Error;
use crate::expr::{Arena, IndexId, NodeId, SymbolId};
use crate::map::Map;
use crate::op::{Data, Notation};
use name::Face;
use std::collections::{BTreeMap, BTreeSet};

/// Up to this many bytes without marks nothing is named.
const PLAIN: usize = 6_000;
/// What is shorter is repeated rather than named.
const WORTH_A_NAME: usize = 80;

/// Prints nodes of one arena as LaTeX.
pub struct Latex<'a> {
    pub arena: &'a Arena,
    /// Variables stand in `\htmlData{name=w}{…}`, changed nodes in `\htmlClass{changed}{…}`.
    pub marks: bool,
    pub changed: &'a BTreeSet<NodeId>,
}

impl Latex<'_> {
    /// The formula of a node; a long one names what it uses more than once.
    /// Errors: `limit` where it would still be longer than a formula may be.
    pub fn formula(&self, node: NodeId) -> Result<String, Error> {
        let mut plain = Writer::new(self, &[node]);
        plain.run(&[node], &BTreeSet::new());
        let printed = plain.get(node);
        if plain.rope.size(printed.body) <= if self.marks { 3 * PLAIN } else { PLAIN } {
            return plain.finish(node);
        }
        let mut short = Writer::new(self, &[node]);
        short.run(&[node], &shared(self.arena, node));
        short.finish(node)
    }

    /// Several formulas whose bound indices are named together.
    pub fn formulas(&self, nodes: &[NodeId]) -> Result<Vec<String>, Error> {
        let mut writer = Writer::new(self, nodes);
        writer.run(nodes, &BTreeSet::new());
        nodes.iter().map(|&node| writer.finish(node)).collect()
    }

    /// The name of a variable or intermediate, as it stands in formulas.
    pub fn symbol(&self, symbol: SymbolId) -> String {
        let mut writer = Writer::new(self, &[]);
        let printed = writer.symbol(symbol, None);
        writer.rope.write(printed.body)
    }
}

/// One printing: what is known of the nodes so far.
pub(super) struct Writer<'a> {
    pub arena: &'a Arena,
    marks: bool,
    changed: &'a BTreeSet<NodeId>,
    pub rope: Rope,
    done: Map<NodeId, Printed>,
    pub indices: BTreeMap<IndexId, String>,
    /// `u_{1} = …`, in order.
    definitions: Vec<Piece>,
}

impl<'a> Writer<'a> {
    fn new(latex: &Latex<'a>, roots: &[NodeId]) -> Writer<'a> {
        Writer {
            arena: latex.arena,
            marks: latex.marks,
            changed: latex.changed,
            rope: Rope::default(),
            done: Map::default(),
            indices: name::indices(latex.arena, roots),
            definitions: Vec::new(),
        }
    }

    fn run(&mut self, roots: &[NodeId], shared: &BTreeSet<NodeId>) {
        let mut taken = name::taken(self.arena, roots);
        for id in self.arena.reachable(roots) {
            self.print(id);
            if shared.contains(&id) && !roots.contains(&id) && self.is_worth_a_name(id) {
                let face = if self.arena.shape(id).is_scalar() { Face::Italic } else { Face::Bold };
                let given = self.arena.given_name(id).map(str::to_owned);
                let letters = name::latex(&given.unwrap_or_else(|| name::fresh(&mut taken, "u", "_")), face);
                let printed = self.get(id);
                let value = self.signed(printed);
                self.definitions.push(join!(self.rope, &letters, " = ", value));
                let named = if face == Face::Bold { self.atom(&letters) } else { self.letter(&letters) };
                self.done.insert(id, named);
            }
        }
    }

    /// Powers, signs and the like are taken apart where they stand, so a name would go unused.
    fn is_worth_a_name(&self, id: NodeId) -> bool {
        let kept = !matches!(
            form(self.arena.op(id)),
            Form::Power | Form::Negate | Form::Transpose | Form::List | Form::Symbol | Form::Compare(_)
        );
        kept && self.rope.size(self.get(id).body) > WORTH_A_NAME
    }

    fn finish(&mut self, node: NodeId) -> Result<String, Error> {
        let printed = self.get(node);
        let mut piece = self.signed(printed);
        if !self.definitions.is_empty() {
            let definitions = self.rope.list(&self.definitions.clone(), ",\\quad ");
            let joint = format!("\\quad\\text{{{}}}\\quad ", say!("latex.where"));
            piece = join!(self.rope, piece, &joint, definitions);
        }
        if self.rope.size(piece) > MAX_LATEX {
            return Err(budget::exceeded("limit.latex", MAX_LATEX));
        }
        Ok(self.rope.write(piece))
    }

    pub fn get(&self, id: NodeId) -> Printed {
        self.done[&id]
    }

    /// With its sign.
    pub fn signed(&mut self, printed: Printed) -> Piece {
        if printed.negative { join!(self.rope, "-", printed.body) } else { printed.body }
    }

    /// The text for a place that asks for a level; `last` where nothing follows that it could swallow.
    pub fn place(&mut self, printed: Printed, least: Level, last: Reach) -> Piece {
        let piece = self.signed(printed);
        if printed.signed_level() < least || printed.reach > last {
            return self.brackets(piece, printed.tall);
        }
        piece
    }

    pub fn brackets(&mut self, inner: Piece, tall: bool) -> Piece {
        if tall { join!(self.rope, "\\left(", inner, "\\right)") } else { join!(self.rope, "(", inner, ")") }
    }

    /// The same as an operand that needs no more brackets.
    pub fn bracketed(&mut self, printed: Printed, least: Level, last: Reach) -> Printed {
        let needs = printed.signed_level() < least || printed.reach > last;
        if !needs {
            return printed;
        }
        let body = self.place(printed, least, last);
        // A factor (−1) keeps its dot, lest it look like an argument.
        let left = if printed.negative && printed.edges.0 == Edge::Digit { Edge::Digit } else { Edge::Bracket };
        Printed::new(body, Level::Atom).tall(printed.tall).edges(left, Edge::Other)
    }

    fn print(&mut self, id: NodeId) {
        let printed = match form(self.arena.op(id)) {
            Form::Number => self.number(id),
            Form::Pi => self.letter("\\pi"),
            Form::E => self.letter("e"),
            Form::Symbol => match self.arena.symbol_of(id) {
                Some(symbol) => self.symbol(symbol, None),
                None => self.letter("?"),
            },
            Form::Dimension => match self.arena.get(id).data {
                Data::Dim(dim) => self.dimension(dim),
                _ => self.letter("?"),
            },
            Form::Index => match self.arena.get(id).data {
                Data::Index(i) => {
                    let name = name::latex(&self.indices[&i], Face::Italic);
                    self.letter(&name)
                }
                _ => self.letter("?"),
            },
            Form::Delta => self.delta(id),
            Form::Add => self.add(id),
            Form::Negate => self.negate(id),
            Form::Multiply => self.multiply(id),
            Form::Divide => self.divide(id),
            Form::Power => self.power(id),
            Form::MatrixPower => self.matrix_power(id),
            Form::Expand => self.expand(id),
            Form::Compare(comparison) => {
                let tall = self.is_tall(id);
                let inner = self.comparison(id, comparison);
                let body = if tall {
                    join!(self.rope, "\\left[", inner, "\\right]")
                } else {
                    join!(self.rope, "[", inner, "]")
                };
                Printed::new(body, Level::Postfix).tall(tall)
            }
            Form::Cases => self.choice(id),
            Form::Kron => self.kron(id),
            Form::AllBut => self.all_but(id),
            Form::Unvec | Form::Split => self.rearranged(id),
            Form::Product => self.product(id),
            Form::Dot => {
                let [a, b] = [0, 1].map(|k| self.get(self.arena.args(id)[k]));
                let (left, right) = (self.place(a, Level::Elementwise, Reach::Factors), b);
                let right = self.place(right, Level::Elementwise, Reach::Factors);
                let body = join!(self.rope, left, " \\cdot ", right);
                Printed::new(body, Level::Dot).tall(a.tall || b.tall)
            }
            Form::Transpose => self.transpose(id),
            Form::List | Form::Stack => self.column(id),
            Form::Grid => self.grid(id),
            Form::Pick => self.pick(id),
            Form::Identity => self.atom("\\mathbf{I}"),
            Form::SumOver => self.sum_over(id),
            Form::Tensor => self.tensor(id),
            Form::Abstract => self.abstract_call(id),
            Form::Differential => self.differential(id),
            Form::Partial => self.pending(id, "\\partial"),
            Form::Total => {
                // d where the variable is the only one; ∂ where others are held fixed, and for vectors.
                let [value, variable] = self.arena.args(id)[..] else { return };
                let scalars = [value, variable].iter().all(|&a| self.arena.shape(a).is_scalar());
                let alone = scalars && self.arena.variables_in(value).iter().all(|&v| v == variable);
                self.pending(id, if alone { "d" } else { "\\partial" })
            }
            Form::Call => match self.arena.op(id).notation {
                Notation::Call { latex, .. } => self.template(id, latex),
                Notation::Printer => self.plain_call(id),
            },
        };
        let printed = self.marked(id, printed);
        self.done.insert(id, printed);
    }

    /// Marks what a step changed.
    pub fn marked(&mut self, id: NodeId, printed: Printed) -> Printed {
        if !self.marks || !self.changed.contains(&id) {
            return printed;
        }
        let body = join!(self.rope, "\\htmlClass{changed}{", printed.body, "}");
        Printed { body, ..printed }
    }

    pub fn is_tall(&self, id: NodeId) -> bool {
        self.arena.args(id).iter().any(|&a| self.get(a).tall)
    }

    pub fn atom(&mut self, letters: &str) -> Printed {
        Printed::new(self.rope.letters(letters), Level::Atom)
    }

    pub fn letter(&mut self, letters: &str) -> Printed {
        self.atom(letters).edges(Edge::Letter, Edge::Letter)
    }

    /// A thin space. Marked formulas go to a renderer that counts expansions, and there `\,` is three of them.
    pub fn thin(&self) -> &'static str {
        if self.marks { "\\mkern3mu " } else { "\\," }
    }

    /// A variable; with `entry` the subscripts of a component, which belong to the name.
    pub fn symbol(&mut self, symbol: SymbolId, entry: Option<(Piece, bool)>) -> Printed {
        let known = &self.arena.symbols[symbol.0 as usize];
        let scalar = entry.map_or(known.shape.is_scalar(), |(_, scalar)| scalar);
        let face = if scalar { Face::Italic } else { Face::Bold };
        let letters = name::latex_in(self.arena, &known.name, face);
        let mut body = self.rope.letters(&letters);
        if let Some((subscripts, _)) = entry {
            // An index on top of an index: the name is held together first.
            body = if letters.contains('_') {
                join!(self.rope, "(", body, ")_{", subscripts, "}")
            } else {
                join!(self.rope, body, "_{", subscripts, "}")
            };
        }
        if self.marks {
            body = join!(self.rope, "\\htmlData{name=", &known.name, "}{", body, "}");
        }
        let edge = if scalar && name::is_letter(&known.name) { Edge::Letter } else { Edge::Other };
        Printed::new(body, Level::Atom).edges(edge, edge)
    }

    fn add(&mut self, id: NodeId) -> Printed {
        let terms = implicit(self.arena, self.arena.args(id));
        let mut pieces: Vec<Piece> = Vec::new();
        let mut tall = false;
        let mut negative = false;
        for (at, &term) in terms.iter().enumerate() {
            let printed = self.term(id, at, term);
            let last = if at + 1 == terms.len() { Reach::Terms } else { Reach::Factors };
            let body = self.place(Printed { negative: false, ..printed }, Level::Dot, last);
            tall |= printed.tall;
            if at == 0 {
                // The sign of the first term stays with it: it is not the sign of the sum.
                negative = printed.negative;
            } else {
                pieces.push(self.rope.letters(if printed.negative { " - " } else { " + " }));
            }
            pieces.push(body);
        }
        let sum = self.rope.list(&pieces, "");
        let body = if negative { join!(self.rope, "-", sum) } else { sum };
        Printed::new(body, Level::Sum).tall(tall)
    }

    /// An argument as notation leaves it: if an expansion is not written, what was changed there is marked on its scalar.
    /// So with the negative of an expansion: `x - \operatorname{mean}(x)`.
    pub fn term(&mut self, node: NodeId, at: usize, shown: NodeId) -> Printed {
        let arg = self.arena.args(node)[at];
        let is_sum = form(self.arena.op(node)) == Form::Add;
        let printed = if is_sum && form(self.arena.op(shown)) == Form::Negate && self.is_shaped(node) {
            let scalar = self.arena.unexpanded(self.arena.args(shown)[0]);
            let inner = self.get(scalar);
            let inner = self.bracketed(inner, Level::Dot, Reach::Terms);
            self.marked(shown, Printed { negative: true, ..inner })
        } else {
            self.get(shown)
        };
        if arg == shown { printed } else { self.marked(arg, printed) }
    }

    /// True where some argument shows the shape, so that expanded scalars need no ones.
    fn is_shaped(&self, node: NodeId) -> bool {
        self.arena.args(node).iter().any(|&arg| match form(self.arena.op(arg)) {
            Form::Expand => false,
            Form::Negate => form(self.arena.op(self.arena.args(arg)[0])) != Form::Expand,
            _ => true,
        })
    }

    fn negate(&mut self, id: NodeId) -> Printed {
        let printed = self.get(self.arena.args(id)[0]);
        let inner = self.bracketed(printed, Level::Dot, Reach::Terms);
        Printed { negative: true, ..inner }
    }

    pub fn comparison(&mut self, id: NodeId, comparison: super::Comparison) -> Piece {
        let args = implicit(self.arena, self.arena.args(id));
        let [a, b] = [self.get(args[0]), self.get(args[1])];
        let (left, right) = (self.place(a, Level::Sum, Reach::Terms), self.place(b, Level::Sum, Reach::Terms));
        join!(self.rope, left, " ", comparison.latex(), " ", right)
    }
}
