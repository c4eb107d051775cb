//! Formulas as they are said aloud, from the nodes themselves, never from LaTeX.
//!
//! Two manners. *Short* is what a mathematician says to another: "A transpose times the quantity A x minus b". *Long*
//! says of every name what it is and of every group where it begins and ends, so that two formulas that differ never
//! sound alike. (Both ideas, fewer words or none that can be mistaken, are those of MathSpeak's brief and verbose
//! verbosity and of ClearSpeak's "the quantity".)

mod calls;
mod products;
mod words;

use super::rope::{Piece, Rope, join};
use super::{Comparison, Form, Level, form, implicit, name, shared};
use crate::budget::MAX_SPOKEN;
use crate::contract::Spoken;
use crate::expr::{Arena, IndexId, NodeId};
use crate::map::{Map, Set};
use crate::names::lower_case;
use crate::op::{Data, Notation};
use crate::ordered::{Ordered, OrderedSet};

/// Up to this many bytes nothing is named.
const PLAIN: usize = 2_000;
/// What is shorter is repeated rather than named.
const WORTH_A_NAME: usize = 120;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// For listeners who are at home in formulas.
    Short,
    /// What each name is, and where each group begins and ends.
    Long,
}

/// The node in words, in both manners.
pub fn spoken(arena: &Arena, node: NodeId) -> Spoken {
    let say = |manner| in_words(arena, &[node], manner).pop().unwrap_or_default();
    Spoken { short: say(Manner::Short), long: say(Manner::Long) }
}

/// Several nodes in words, whose bound indices are named together. What is too long to be listened to is said to be so.
pub(crate) fn in_words(arena: &Arena, nodes: &[NodeId], manner: Manner) -> Vec<String> {
    let mut plain = Writer::new(arena, nodes, manner);
    plain.run(nodes, &Set::default());
    nodes.iter().map(|&node| plain.finish(node, PLAIN).unwrap_or_else(|| with_names(arena, node, manner))).collect()
}

/// A long formula: what it uses more than once has a name.
fn with_names(arena: &Arena, node: NodeId, manner: Manner) -> String {
    let mut writer = Writer::new(arena, &[node], manner);
    writer.run(&[node], &shared(arena, node));
    let parts = arena.reachable(&[node]).len();
    writer.finish(node, MAX_SPOKEN).unwrap_or_else(|| format!("a formula of {parts} parts, too long to be read aloud"))
}

/// "u equals w dot x"; a left side with pauses in it has one at its end.
pub fn equation(left: &Spoken, right: &Spoken) -> Spoken {
    let pause = if left.short.contains(',') { "," } else { "" };
    Spoken {
        short: format!("{}{pause} equals {}", left.short, right.short),
        long: format!("{} equals {}", left.long, right.long),
    }
}

/// A node in words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    body: Piece,
    /// "minus" stands before the body.
    negative: bool,
    /// Of the body.
    level: Level,
    /// Whatever follows would be heard as part of it, so a pause comes first: "… the quantity a plus b".
    open: bool,
    /// Without joining words inside: an argument of a function as it is ("sine of two x").
    tight: bool,
    /// A function of something, a sum of something: an argument as it is too ("log of the sum of the entries of x").
    phrase: bool,
    /// May stand right before another factor, and right behind one: "two x", "A transpose A".
    leads: bool,
    follows: bool,
    /// A function's name and the rest, between which its exponent is said: "tanh", " of z".
    applied: Option<(Piece, Piece)>,
    /// What is said in place of "the quantity …": "the elementwise product of a and b".
    grouped: Option<Piece>,
}

impl Said {
    fn new(body: Piece, level: Level) -> Said {
        Said {
            body,
            negative: false,
            level,
            open: false,
            tight: false,
            phrase: false,
            leads: false,
            follows: false,
            applied: None,
            grouped: None,
        }
    }

    /// Words that name what they are, "the … of …": whatever follows needs a pause.
    fn phrase(body: Piece) -> Said {
        Said { phrase: true, ..Said::new(body, Level::Prefix).open(true) }
    }

    fn open(self, open: bool) -> Said {
        Said { open, ..self }
    }

    fn negative(self, negative: bool) -> Said {
        Said { negative, ..self }
    }

    fn tight(self, tight: bool) -> Said {
        Said { tight, ..self }
    }

    fn beside(self, leads: bool, follows: bool) -> Said {
        Said { leads, follows, ..self }
    }

    fn signed_level(&self) -> Level {
        if self.negative { self.level.min(Level::Sum) } else { self.level }
    }
}

/// One saying: what is known of the nodes so far.
pub(super) struct Writer<'a> {
    arena: &'a Arena,
    long: bool,
    rope: Rope,
    done: Map<NodeId, Said>,
    indices: Ordered<IndexId, String>,
    /// What means something already.
    known: OrderedSet<String>,
    /// Names, in lower case, that differ in their capitals alone.
    twins: OrderedSet<String>,
    /// "u sub one is …", in order.
    definitions: Vec<Piece>,
}

impl<'a> Writer<'a> {
    fn new(arena: &'a Arena, roots: &[NodeId], manner: Manner) -> Writer<'a> {
        let indices = name::indices(arena, roots);
        let mut known = name::taken(arena, roots);
        known.extend(indices.values().cloned());
        let mut seen = OrderedSet::new();
        let twins = known.iter().map(|name| lower_case(name)).filter(|low| !seen.insert(low.clone())).collect();
        let long = manner == Manner::Long;
        Writer {
            arena,
            long,
            rope: Rope::default(),
            done: Map::default(),
            indices,
            known,
            twins,
            definitions: Vec::new(),
        }
    }

    fn run(&mut self, roots: &[NodeId], shared: &Set<NodeId>) {
        let mut taken = name::taken(self.arena, roots);
        for id in self.arena.reachable(roots) {
            let mut said = self.say(id);
            if !roots.contains(&id) && shared.contains(&id) && self.rope.size(said.body) > WORTH_A_NAME {
                let given = self.arena.given_name(id).map(str::to_owned);
                let letters = given.unwrap_or_else(|| name::fresh(&mut taken, "u", "_"));
                let named = self.name(&letters, self.arena.shape(id).order());
                let value = self.signed(said);
                self.definitions.push(join!(self.rope, named.body, " is ", value));
                said = named;
            }
            self.done.insert(id, said);
        }
    }

    /// The whole, if it is no longer than that.
    fn finish(&mut self, node: NodeId, limit: usize) -> Option<String> {
        let said = self.get(node);
        let mut piece = self.signed(said);
        if !self.definitions.is_empty() {
            let definitions = self.rope.list(&self.definitions.clone(), ", and ");
            piece = join!(self.rope, piece, ", where ", definitions);
        }
        (self.rope.size(piece) <= limit).then(|| self.rope.write(piece))
    }

    fn get(&self, id: NodeId) -> Said {
        self.done[&id]
    }

    fn signed(&mut self, said: Said) -> Piece {
        if said.negative { join!(self.rope, "minus ", said.body) } else { said.body }
    }

    /// A place that asks for a level; `more` where something follows. Says too whether the end is open.
    fn place(&mut self, said: Said, least: Level, more: bool) -> (Piece, bool) {
        let piece = self.signed(said);
        let group = said.signed_level() < least;
        match (self.long, group) {
            (true, true) => (join!(self.rope, "open paren ", piece, " close paren"), false),
            (true, false) => (piece, false),
            (false, group) => {
                let piece = match said.grouped.filter(|_| !said.negative) {
                    Some(words) if group => words,
                    _ if group => join!(self.rope, "the quantity ", piece),
                    _ => piece,
                };
                let open = group || said.open;
                (if open && more { join!(self.rope, piece, ",") } else { piece }, open)
            }
        }
    }

    /// What a function is applied to; the words around it say where it ends.
    fn argument(&mut self, said: Said, more: bool) -> (Piece, bool) {
        let fits = match self.long {
            true => said.signed_level() >= Level::Postfix,
            false => said.tight || said.phrase && !said.negative,
        };
        self.place(Said { level: if fits { Level::Atom } else { Level::Compare }, ..said }, Level::Sum, more)
    }

    fn atom(&mut self, words: &str) -> Said {
        Said::new(self.rope.letters(words), Level::Atom).tight(true)
    }

    fn say(&mut self, id: NodeId) -> Said {
        let args = self.arena.args(id).to_vec();
        let data = self.arena.get(id).data.clone();
        match (form(self.arena.op(id)), &data) {
            (Form::Number, Data::Number(n)) => self.number(*n),
            (Form::Pi, _) => self.constant("pi"),
            (Form::E, _) => self.constant("e"),
            (Form::Symbol, Data::Symbol(symbol)) => {
                let known = &self.arena.symbols[symbol.0 as usize];
                self.name(&known.name, known.shape.order())
            }
            (Form::Dimension, Data::Dim(dim)) => self.dimension(*dim),
            (Form::Index, Data::Index(i)) => {
                let words = self.index(*i);
                self.atom(&words).beside(true, true)
            }
            (Form::Delta, Data::Subscripts(places)) => self.delta(places),
            (Form::Add, _) => self.add(id),
            (Form::Negate, _) => {
                let (body, open) = {
                    let said = self.get(args[0]);
                    self.place(said, Level::Dot, false)
                };
                let inner = self.get(args[0]);
                let level = if inner.signed_level() < Level::Dot { Level::Atom } else { inner.level };
                Said { body, applied: None, ..inner }.open(open).negative(true).with_level(level)
            }
            (Form::Multiply, _) => self.multiply(id),
            (Form::Divide, _) => self.divide(id),
            (Form::Power, _) => self.power(id),
            (Form::MatrixPower, _) => self.matrix_power(id),
            (Form::Expand, _) => self.expand(id),
            (Form::Compare(comparison), _) => {
                let inner = self.comparison(id, comparison);
                if self.long {
                    Said::new(join!(self.rope, "open indicator ", inner, " close indicator"), Level::Atom)
                } else {
                    Said::phrase(join!(self.rope, "the indicator that ", inner))
                }
            }
            (Form::Cases, _) => self.choice(id),
            (Form::Kron, _) if self.long => {
                self.between(args[0], " Kronecker times ", args[1], Level::Prefix, Level::Elementwise)
            }
            (Form::Kron, _) => Said::phrase(self.product_of("the Kronecker product of ", &args)),
            (Form::Unvec, Data::Shape(shape)) => {
                let head = format!("the {} unvec", self.by_by(shape));
                self.applied(&head, &args, true)
            }
            (Form::AllBut, data) => {
                let count = words::whole(crate::ops::reductions::left_out(data) as i128);
                self.applied(&format!("the products of all entries but {count}"), &args, true)
            }
            (Form::Split, Data::Shape(shape)) => {
                let words = format!("the {} splitting array", self.by_by(shape));
                self.atom(&words)
            }
            (Form::Product, _) => self.product(id),
            (Form::Dot, _) => {
                let least = if self.long { Level::Prefix } else { Level::Product };
                let said = self.between(args[0], " dot ", args[1], least, Level::Dot);
                let tight = args.iter().all(|&a| self.get(a).tight);
                let grouped = self.product_of("the dot product of ", &args);
                Said { grouped: Some(grouped), ..said.tight(tight) }
            }
            (Form::Transpose, _) => self.transpose(id),
            (Form::List, _) => self.list(&args, "vector"),
            (Form::Stack, _) => self.list(&args, "stack"),
            (Form::Grid, Data::Grid(rows, columns)) => self.grid(&args, *rows, *columns),
            (Form::Pick, Data::Subscripts(places)) => self.pick(id, places),
            (Form::Identity, Data::Dim(dim)) => {
                let size = if self.long { format!(" of size {}", self.size(*dim)) } else { String::new() };
                self.atom(&format!("the identity matrix{size}"))
            }
            (Form::SumOver, Data::Binds(bound)) => self.sum_over(bound, args[0]),
            (Form::Tensor, Data::Binds(bound)) => self.tensor(bound, args[0]),
            (Form::Abstract, Data::Function(function, slots)) => self.abstract_call(*function, slots, &args),
            (Form::Differential, _) => self.differential(args[0]),
            (Form::Partial | Form::Total, _) => self.pending(id),
            _ => match self.arena.op(id).notation {
                Notation::Call { spoken, .. } => self.template(id, spoken),
                Notation::Printer => self.applied(self.arena.op(id).name, &args, true),
            },
        }
    }

    /// Two operands with words between them.
    fn between(&mut self, left: NodeId, words: &str, right: NodeId, least: Level, level: Level) -> Said {
        let (left, right) = (self.get(left), self.get(right));
        let (left, _) = self.place(left, least, true);
        let (right, open) = self.place(right, least, false);
        Said::new(join!(self.rope, left, words, right), level).open(open)
    }

    fn add(&mut self, id: NodeId) -> Said {
        let terms = implicit(self.arena, self.arena.args(id));
        let mut pieces: Vec<Piece> = Vec::new();
        let mut open = false;
        for (at, &term) in terms.iter().enumerate() {
            let said = self.term(term, id);
            let sign = match (at, said.negative) {
                (0, true) => "minus ",
                (0, false) => "",
                (_, true) => " minus ",
                (_, false) => " plus ",
            };
            let (body, ends) = self.place(said.negative(false), Level::Dot, at + 1 < terms.len());
            open = ends;
            pieces.push(join!(self.rope, sign, body));
        }
        Said::new(self.rope.list(&pieces, ""), Level::Sum).open(open)
    }

    /// A term as it is said: of `x - mean(x)` the expansion goes unsaid behind the sign too.
    fn term(&mut self, term: NodeId, sum: NodeId) -> Said {
        let unsigned = |id: NodeId| if form(self.arena.op(id)) == Form::Negate { self.arena.args(id)[0] } else { id };
        let inner = unsigned(term);
        let is_shaped = self.arena.args(sum).iter().any(|&arg| form(self.arena.op(unsigned(arg))) != Form::Expand);
        if inner == term || !is_shaped {
            return self.get(term);
        }
        let said = self.get(self.arena.unexpanded(inner));
        let (body, open) = self.place(said, Level::Dot, false);
        let level = if said.signed_level() < Level::Dot { Level::Atom } else { said.level };
        Said { body, ..said }.open(open).negative(true).with_level(level)
    }

    /// "a is greater than b"
    fn comparison(&mut self, id: NodeId, comparison: Comparison) -> Piece {
        let args = implicit(self.arena, self.arena.args(id));
        let words = match comparison {
            Comparison::Greater => " is greater than ",
            Comparison::Less => " is less than ",
            Comparison::GreaterEqual => " is at least ",
            Comparison::LessEqual => " is at most ",
        };
        self.between(args[0], words, args[1], Level::Sum, Level::Compare).body
    }
}

impl Said {
    fn with_level(self, level: Level) -> Said {
        Said { level, ..self }
    }
}
