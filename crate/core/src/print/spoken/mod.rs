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
use crate::words::{of, text};

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

/// German inflects an article behind a preposition: "von die Norm" is "von der Norm". The catalogue says after which words
/// what becomes of which; English has nothing to say there.
fn inflected(said: String) -> String {
    ["spoken.dative", "spoken.accusative"].into_iter().fold(said, |said, key| {
        let changes = text(key);
        let Some((prepositions, changes)) = changes.split_once(": ") else { return said };
        let changes: Vec<(&str, &str)> = changes.split(", ").filter_map(|change| change.split_once(" > ")).collect();
        let mut mended = String::with_capacity(said.len());
        let mut rest = said.as_str();
        while let Some((word, behind)) = rest.split_once(' ') {
            mended.push_str(word);
            mended.push(' ');
            rest = behind;
            let change = changes.iter().find(|(from, _)| {
                prepositions.split(' ').any(|known| known == word)
                    && rest.strip_prefix(from).is_some_and(|r| r.starts_with(' '))
            });
            if let Some((from, to)) = change {
                mended.push_str(to);
                rest = &rest[from.len()..];
            }
        }
        mended + rest
    })
}

/// A long formula: what it uses more than once has a name.
fn with_names(arena: &Arena, node: NodeId, manner: Manner) -> String {
    let mut writer = Writer::new(arena, &[node], manner);
    writer.run(&[node], &shared(arena, node));
    let parts = arena.reachable(&[node]).len();
    writer.finish(node, MAX_SPOKEN).unwrap_or_else(|| say!("spoken.too_long", parts))
}

/// "u equals w dot x"; a left side with pauses in it has one at its end.
pub fn equation(left: &Spoken, right: &Spoken) -> Spoken {
    let pause = if left.short.contains(',') { "," } else { "" };
    Spoken {
        short: say!("spoken.equals", left = format!("{}{pause}", left.short), right = right.short),
        long: say!("spoken.equals", left = left.long, right = right.long),
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

/// What entries are listed as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    Vector,
    Row,
    Stack,
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
                let definition = self.tell("spoken.is", &[named.body, value]);
                self.definitions.push(definition);
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
            let and = format!(", {} ", text("spoken.and"));
            let definitions = self.rope.list(&self.definitions.clone(), &and);
            piece = self.tell("spoken.where", &[piece, definitions]);
        }
        (self.rope.size(piece) <= limit).then(|| inflected(self.rope.write(piece)))
    }

    /// A text of the catalogue with pieces in its holes, `{0}`, `{1}`.
    fn tell(&mut self, key: &str, pieces: &[Piece]) -> Piece {
        let template = crate::words::text(key);
        let mut told: Vec<Piece> = Vec::new();
        let mut rest = template.as_str();
        while let Some((before, behind)) = rest.split_once('{') {
            let hole =
                behind.split_once('}').and_then(|(at, after)| Some((pieces.get(at.parse::<usize>().ok()?)?, after)));
            let Some((&piece, after)) = hole else { break };
            told.push(self.rope.letters(before));
            told.push(piece);
            rest = after;
        }
        told.push(self.rope.letters(rest));
        self.rope.list(&told, "")
    }

    fn get(&self, id: NodeId) -> Said {
        self.done[&id]
    }

    fn signed(&mut self, said: Said) -> Piece {
        if said.negative { self.tell("spoken.minus", &[said.body]) } else { said.body }
    }

    /// A place that asks for a level; `more` where something follows. Says too whether the end is open.
    fn place(&mut self, said: Said, least: Level, more: bool) -> (Piece, bool) {
        let piece = self.signed(said);
        let group = said.signed_level() < least;
        match (self.long, group) {
            (true, true) => (self.tell("spoken.paren", &[piece]), false),
            (true, false) => (piece, false),
            (false, group) => {
                let piece = match said.grouped.filter(|_| !said.negative) {
                    Some(words) if group => words,
                    _ if group => self.tell("spoken.quantity", &[piece]),
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
            (Form::Pi, _) => self.constant(&text("spoken.pi")),
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
                    Said::new(self.tell("spoken.indicator_long", &[inner]), Level::Atom)
                } else {
                    Said::phrase(self.tell("spoken.indicator", &[inner]))
                }
            }
            (Form::Cases, _) => self.choice(id),
            (Form::Kron, _) if self.long => {
                self.between(args[0], "spoken.kron_times", args[1], Level::Prefix, Level::Elementwise)
            }
            (Form::Kron, _) => Said::phrase(self.product_of("spoken.kron", &args)),
            (Form::Unvec, Data::Shape(shape)) => {
                let head = say!("spoken.unvec", size = self.by_by(shape));
                self.applied(&head, &args, true)
            }
            (Form::AllBut, data) => {
                let count = words::whole(crate::ops::reductions::left_out(data) as i128);
                self.applied(&say!("spoken.all_but", count), &args, true)
            }
            (Form::Split, Data::Shape(shape)) => {
                let words = say!("spoken.split", size = self.by_by(shape));
                self.atom(&words)
            }
            (Form::Product, _) => self.product(id),
            (Form::Dot, _) => {
                let least = if self.long { Level::Prefix } else { Level::Product };
                let said = self.between(args[0], "spoken.dot", args[1], least, Level::Dot);
                let tight = args.iter().all(|&a| self.get(a).tight);
                let grouped = self.product_of("spoken.dot_product", &args);
                Said { grouped: Some(grouped), ..said.tight(tight) }
            }
            (Form::Transpose, _) => self.transpose(id),
            (Form::List, _) => self.list(&args, Listed::Vector),
            (Form::Stack, _) => self.list(&args, Listed::Stack),
            (Form::Grid, Data::Grid(rows, columns)) => self.grid(&args, *rows, *columns),
            (Form::Pick, Data::Subscripts(places)) => self.pick(id, places),
            (Form::Identity, Data::Dim(dim)) => {
                let size = self.size(*dim);
                let words = self.of_size(text("spoken.identity"), size);
                self.atom(&words)
            }
            (Form::SumOver, Data::Binds(bound)) => self.sum_over(bound, args[0]),
            (Form::Tensor, Data::Binds(bound)) => self.tensor(bound, args[0]),
            (Form::Abstract, Data::Function(function, slots)) => self.abstract_call(*function, slots, &args),
            (Form::Differential, _) => self.differential(args[0]),
            (Form::Partial | Form::Total, _) => self.pending(id),
            _ => match self.arena.op(id).notation {
                Notation::Call { spoken, .. } => {
                    let words = of("op", self.arena.op(id).usage, "spoken", spoken);
                    self.template(id, &words)
                }
                Notation::Printer => self.applied(self.arena.op(id).name, &args, true),
            },
        }
    }

    /// Two operands in the words of a key.
    fn between(&mut self, left: NodeId, key: &str, right: NodeId, least: Level, level: Level) -> Said {
        let (left, right) = (self.get(left), self.get(right));
        let (left, _) = self.place(left, least, true);
        let (right, open) = self.place(right, least, false);
        Said::new(self.tell(key, &[left, right]), level).open(open)
    }

    fn add(&mut self, id: NodeId) -> Said {
        let terms = implicit(self.arena, self.arena.args(id));
        let mut pieces: Vec<Piece> = Vec::new();
        let mut open = false;
        for (at, &term) in terms.iter().enumerate() {
            let said = self.term(term, id);
            let negative = said.negative;
            let (body, ends) = self.place(said.negative(false), Level::Dot, at + 1 < terms.len());
            open = ends;
            let signed = match (at, negative) {
                (0, false) => body,
                (_, true) => self.tell("spoken.minus", &[body]),
                (_, false) => self.tell("spoken.plus", &[body]),
            };
            pieces.push(signed);
        }
        Said::new(self.rope.list(&pieces, " "), Level::Sum).open(open)
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
        let key = match comparison {
            Comparison::Greater => "spoken.greater",
            Comparison::Less => "spoken.less",
            Comparison::GreaterEqual => "spoken.greater_equal",
            Comparison::LessEqual => "spoken.less_equal",
        };
        self.between(args[0], key, args[1], Level::Sum, Level::Compare).body
    }
}

impl Said {
    fn with_level(self, level: Level) -> Said {
        Said { level, ..self }
    }
}
