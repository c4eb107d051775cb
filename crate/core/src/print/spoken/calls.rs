//! Functions, components, lists, sums over an index and derivatives not yet taken, in words.

use super::super::{Form, Level, form, implicit};
use super::{Listed, Piece, Said, Writer, join, words};
use crate::expr::{FunctionId, IndexId, NodeId, Place};
use crate::ops::pending;
use crate::words::text;

/// "the trace", and not "tanh": it begins with an article.
fn is_noun(head: &str) -> bool {
    text("spoken.articles").split(' ').any(|article| head.split(' ').next() == Some(article))
}

impl Writer<'_> {
    /// An operator's own words: "the trace of {0}", "{0} inverse".
    pub(super) fn template(&mut self, id: NodeId, template: &str) -> Said {
        let args = implicit(self.arena, self.arena.args(id));
        if let Some(words) = template.strip_prefix("{0}") {
            let said = self.get(args[0]);
            let (base, open) = self.behind(said);
            let beside = !open && said.leads;
            return Said::new(join!(self.rope, base, words), Level::Postfix)
                .tight(said.tight && !open)
                .open(open)
                .beside(beside, beside);
        }
        let (head, _) = template.split_once("{0}").unwrap_or((template, ""));
        let of = text("spoken.of").replace("{0}", "").replace("{1}", "");
        self.applied(head.trim_end().trim_end_matches(of.trim_end()), &args, true)
    }

    /// "head of a and b"
    pub(super) fn applied(&mut self, head: &str, args: &[NodeId], is_known: bool) -> Said {
        let (list, open, tight) = self.and_list(args);
        // "diag of B x times B": where the argument is more than a name, a pause says where it ends.
        let open = open || !self.long && args.iter().any(|&a| self.get(a).signed_level() < Level::Postfix);
        let function = self.rope.letters(head);
        let body = self.tell("spoken.of", &[function, list]);
        let is_noun = is_noun(head);
        let said = Said::phrase(body).open(open).tight(tight).beside(false, !is_noun);
        // "tanh squared of z", but of f that would be f of f, and "the trace squared of A" is nothing that is said.
        let rest = self.tell("spoken.of_rest", &[list]);
        let rest = join!(self.rope, " ", rest);
        let squares = is_known && !is_noun && args.len() == 1;
        Said { applied: squares.then_some((function, rest)), ..said }
    }

    /// "a", "a and b", "a, b and c"; whether the end is open, and whether all of it is plain.
    pub(super) fn and_list(&mut self, args: &[NodeId]) -> (Piece, bool, bool) {
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut open, mut tight) = (false, true);
        for (at, &arg) in args.iter().enumerate() {
            let said = self.get(arg);
            let last = at + 1 == args.len();
            let (piece, ends) = self.argument(said, !last);
            if at > 0 {
                let between = if self.long || last { format!(" {} ", text("spoken.and")) } else { ", ".to_owned() };
                pieces.push(self.rope.letters(&between));
            }
            pieces.push(piece);
            (open, tight) = (ends, tight && said.tight);
        }
        (self.rope.list(&pieces, ""), open, tight)
    }

    /// An abstract function or its derivatives: "f of x", "f prime of x", "the Jacobian of f at x".
    pub(super) fn abstract_call(&mut self, function: FunctionId, slots: &[usize], args: &[NodeId]) -> Said {
        let known = &self.arena.functions[function.0 as usize];
        let scalars = known.result.is_scalar() && known.args.iter().all(|a| a.is_scalar());
        let letters = self.letters(&known.name);
        let name = if self.long { say!("spoken.function", letters) } else { letters };
        let head = match (args.len(), slots) {
            (_, []) => return self.applied(&name, args, false),
            (1, [_]) if scalars => return self.applied(&say!("spoken.prime", name), args, false),
            (1, [_, _]) if scalars => return self.applied(&say!("spoken.double_prime", name), args, false),
            (1, [_]) => say!("spoken.jacobian", name),
            (1, _) => say!("spoken.nth_derivative", nth = words::ordinal(slots.len()), name),
            (_, slots) => {
                let slots: Vec<String> = slots.iter().map(|&k| say!("spoken.slot", nth = words::ordinal(k))).collect();
                say!("spoken.partial_by_slots", name, slots = slots.join(&format!(" {} ", text("spoken.then_by"))))
            }
        };
        let (list, open, tight) = self.and_list(args);
        let comma = if args.len() > 1 && !self.long { "," } else { "" };
        let head = join!(self.rope, &head, comma);
        Said::phrase(self.tell("spoken.at", &[head, list])).open(open || args.len() > 1).tight(tight)
    }

    pub(super) fn delta(&mut self, places: &[Option<Place>]) -> Said {
        let names: Vec<String> = places.iter().map(|&p| self.subscript(p)).collect();
        let words = if self.long {
            say!("spoken.delta_long", places = names.join(&format!(" {} ", text("spoken.and"))))
        } else {
            say!("spoken.delta", places = names.join(if names.iter().any(|n| n.contains(' ')) { ", " } else { " " }))
        };
        self.atom(&words).beside(false, true)
    }

    /// "x sub one", "row i of A"; in the long manner "vector x entry one", "matrix A row index i".
    pub(super) fn pick(&mut self, id: NodeId, places: &[Option<Place>]) -> Said {
        let base = self.arena.args(id)[0];
        let names: Vec<String> = places.iter().map(|&p| self.subscript(p)).collect();
        let is_entry = places.iter().all(Option::is_some);
        let (of, behind, at) = match places {
            [Some(_), None] => ("spoken.row_of", "spoken.row_behind", names[0].clone()),
            [None, Some(_)] => ("spoken.column_of", "spoken.column_behind", names[1].clone()),
            _ if is_entry => ("spoken.entry_of", "spoken.entry_behind", names.join(", ")),
            _ => ("spoken.slice_of", "spoken.slice_behind", names.join(", ")),
        };
        let said = self.get(base);
        if self.long {
            let (base, _) = self.place(said, Level::Postfix, true);
            let at = self.rope.letters(&at);
            return Said::new(self.tell(behind, &[base, at]), Level::Postfix).tight(true);
        }
        if form(self.arena.op(base)) == Form::Identity {
            let given = names.iter().zip(places).filter(|(_, place)| place.is_some());
            let places = given.map(|(name, _)| name.clone()).collect::<Vec<_>>().join(" ");
            let words = if is_entry { say!("spoken.delta", places) } else { say!("spoken.unit_vector", places) };
            return self.atom(&words).beside(false, is_entry);
        }
        if is_entry && self.arena.symbol_of(base).is_some() {
            let at = names.join(if names.iter().any(|n| n.contains(' ')) { ", " } else { " " });
            let at = self.rope.letters(&at);
            let body = self.tell("spoken.sub", &[said.body, at]);
            return Said::new(body, Level::Postfix).tight(true).beside(false, said.follows);
        }
        let (inner, open) = self.argument(said, false);
        let at = self.rope.letters(&at);
        Said::phrase(self.tell(of, &[at, inner])).open(open).tight(said.tight)
    }

    pub(super) fn transpose(&mut self, id: NodeId) -> Said {
        let arg = self.arena.args(id)[0];
        let said = self.get(arg);
        if !self.long && form(self.arena.op(arg)) == Form::List {
            return self.list(self.arena.args(arg), Listed::Row);
        }
        if !self.long && said.signed_level() < Level::Postfix {
            let (inner, _) = self.argument(said, false);
            return Said::phrase(self.tell("spoken.transpose_of", &[inner]));
        }
        let (base, _) = self.place(said, Level::Postfix, true);
        let said = Said { body: self.tell("spoken.transpose", &[base]), ..said }.with_level(Level::Postfix);
        said.negative(false).beside(said.follows, said.follows)
    }

    /// Entries or blocks.
    pub(super) fn list(&mut self, args: &[NodeId], what: Listed) -> Said {
        let pieces: Vec<Piece> = args
            .iter()
            .map(|&a| {
                let said = self.get(a);
                self.signed(said)
            })
            .collect();
        if self.long {
            let list = self.rope.list(&pieces, &format!(" {} ", text("spoken.next")));
            let key = match what {
                Listed::Vector => "spoken.vector_long",
                Listed::Row => "spoken.row_long",
                Listed::Stack => "spoken.stack_long",
            };
            return Said::new(self.tell(key, &[list]), Level::Atom);
        }
        let list = self.and_pieces(args, &pieces);
        let key = match what {
            Listed::Vector => "spoken.vector",
            Listed::Row => "spoken.row",
            Listed::Stack => "spoken.stack",
        };
        Said::phrase(self.tell(key, &[list]))
    }

    /// "a and b", "a, b, and c": the words of some nodes; with a pause where "and" might be heard as part of one.
    fn and_pieces(&mut self, nodes: &[NodeId], pieces: &[Piece]) -> Piece {
        let Some((last, others)) = pieces.split_last().filter(|(_, others)| !others.is_empty()) else {
            return self.rope.list(pieces, "");
        };
        let plain = nodes.len() == 2 && self.get(nodes[0]).tight;
        let others = self.rope.list(others, ", ");
        let and = text("spoken.and");
        join!(self.rope, others, if plain { " " } else { ", " }, &and, " ", *last)
    }

    pub(super) fn grid(&mut self, args: &[NodeId], rows: usize, columns: usize) -> Said {
        let mut lines: Vec<Piece> = Vec::new();
        for (at, row) in args.chunks(columns.max(1)).enumerate() {
            let entries: Vec<Piece> = row
                .iter()
                .map(|&a| {
                    let said = self.get(a);
                    self.signed(said)
                })
                .collect();
            let entries = match self.long {
                true => self.rope.list(&entries, &format!(" {} ", text("spoken.next"))),
                false => self.and_pieces(row, &entries),
            };
            let number = words::whole(at as i128 + 1);
            let number = self.rope.letters(&number);
            lines.push(if self.long { entries } else { self.tell("spoken.grid_row", &[number, entries]) });
        }
        if self.long {
            let lines = self.rope.list(&lines, &format!(" {} ", text("spoken.next_row")));
            return Said::new(self.tell("spoken.matrix_long", &[lines]), Level::Atom);
        }
        let lines = self.rope.list(&lines, "; ");
        let [rows, columns] = [rows, columns].map(|n| self.rope.letters(&words::whole(n as i128)));
        Said::phrase(self.tell("spoken.matrix", &[rows, columns, lines]))
    }

    pub(super) fn sum_over(&mut self, bound: &[IndexId], body: NodeId) -> Said {
        let said = self.get(body);
        let (mut piece, _) = self.place(said, if self.long { Level::Compare } else { Level::Dot }, false);
        for &index in bound.iter().rev() {
            let letter = self.index(index);
            let top = self.size(self.arena.indices[index.0 as usize].dim);
            let [letter, top] = [letter, top].map(|words| self.rope.letters(&words));
            let key = if self.long { "spoken.sum_over_long" } else { "spoken.sum_over" };
            piece = self.tell(key, &[letter, top, piece]);
        }
        if self.long { Said::new(piece, Level::Atom) } else { Said::phrase(piece) }
    }

    pub(super) fn tensor(&mut self, bound: &[IndexId], body: NodeId) -> Said {
        let said = self.get(body);
        let inner = self.signed(said);
        let keys = ["spoken.number_by_entries", "spoken.vector_by_entries", "spoken.matrix_by_entries"];
        let key = keys.get(bound.len()).unwrap_or(&"spoken.array_by_entries");
        let names: Vec<String> = bound.iter().map(|&i| self.index(i)).collect();
        if !self.long {
            let names = self.rope.letters(&names.join(", "));
            return Said::phrase(self.tell(key, &[names, inner]));
        }
        let sizes: Vec<String> = bound
            .iter()
            .zip(&names)
            .map(|(i, name)| say!("spoken.from_one_to", name, top = self.size(self.arena.indices[i.0 as usize].dim)))
            .collect();
        let sizes = self.rope.letters(&sizes.join(&format!(" {} ", text("spoken.and"))));
        let body = self.tell("spoken.array_long", &[sizes, inner]);
        Said::new(body, Level::Atom)
    }

    /// "a if the condition, otherwise b"
    pub(super) fn choice(&mut self, id: NodeId) -> Said {
        let args = implicit(self.arena, self.arena.args(id));
        let condition = match form(self.arena.op(args[0])) {
            Form::Compare(comparison) => self.comparison(args[0], comparison),
            _ => {
                let said = self.get(args[0]);
                let (value, _) = self.place(said, Level::Sum, true);
                self.tell("spoken.not_zero", &[value])
            }
        };
        let [yes, no] = [1, 2].map(|k| {
            let said = self.get(args[k]);
            self.signed(said)
        });
        if self.long {
            let body = self.tell("spoken.choice_long", &[yes, condition, no]);
            return Said::new(body, Level::Atom);
        }
        Said::new(self.tell("spoken.choice", &[yes, condition, no]), Level::Compare).open(true)
    }

    pub(super) fn differential(&mut self, arg: NodeId) -> Said {
        let said = self.get(arg);
        if self.long {
            let (inner, _) = self.argument(said, false);
            return Said::new(self.tell("spoken.differential", &[inner]), Level::Prefix);
        }
        if said.signed_level() == Level::Atom {
            return Said::new(join!(self.rope, "d ", said.body), Level::Prefix).tight(true).beside(false, true);
        }
        let (inner, open) = self.argument(said, false);
        Said::phrase(self.tell("spoken.d_of", &[inner])).open(open).tight(said.tight)
    }

    /// "the partial derivative of y with respect to x"; of a number by the one variable it depends on simply "the
    /// derivative", as it is written.
    pub(super) fn pending(&mut self, id: NodeId) -> Said {
        let [value, variable] = [0, 1].map(|k| self.arena.args(id)[k]);
        let scalars = [value, variable].iter().all(|&a| self.arena.shape(a).is_scalar());
        let alone = scalars && self.arena.variables_in(value).iter().all(|&v| v == variable);
        let is_plain = self.arena.is(id, &pending::TOTAL) && alone;
        let (inner, by) = (self.get(value), self.get(variable));
        let (inner, by) = if self.long {
            (self.argument(inner, true).0, self.argument(by, false).0)
        } else {
            let comma = if inner.tight { "" } else { "," };
            let value = self.signed(inner);
            let by = match form(self.arena.op(variable)) {
                Form::List => self.and_list(self.arena.args(variable)).0,
                _ => self.argument(by, false).0,
            };
            (join!(self.rope, value, comma), by)
        };
        let key = if is_plain { "spoken.derivative" } else { "spoken.partial_derivative" };
        let body = self.tell(key, &[inner, by]);
        if self.long { Said::new(body, Level::Prefix) } else { Said::phrase(body) }
    }
}
