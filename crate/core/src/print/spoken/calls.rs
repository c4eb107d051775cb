//! Functions, components, lists, sums over an index and derivatives not yet taken, in words.

use super::super::{Form, Level, form, implicit};
use super::{Piece, Said, Writer, join, words};
use crate::expr::{FunctionId, IndexId, NodeId, Place};
use crate::ops::pending;

impl Writer<'_> {
    /// An operator's own words: "the trace of {0}", "{0} inverse".
    pub(super) fn template(&mut self, id: NodeId, template: &'static str) -> Said {
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
        self.applied(head.trim_end().trim_end_matches(" of"), &args, true)
    }

    /// "head of a and b"
    pub(super) fn applied(&mut self, head: &str, args: &[NodeId], is_known: bool) -> Said {
        let (list, open, tight) = self.and_list(args);
        // "diag of B x times B": where the argument is more than a name, a pause says where it ends.
        let open = open || !self.long && args.iter().any(|&a| self.get(a).signed_level() < Level::Postfix);
        let body = join!(self.rope, head, " of ", list);
        let said = Said::phrase(body).open(open).tight(tight).beside(false, !head.starts_with("the "));
        // "tanh squared of z", but of f that would be f of f, and "the trace squared of A" is nothing that is said.
        let function = self.rope.letters(head);
        let rest = join!(self.rope, " of ", list);
        let squares = is_known && !head.starts_with("the ") && args.len() == 1;
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
                let between = if self.long || last { " and " } else { ", " };
                pieces.push(self.rope.letters(between));
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
        let name = if self.long { format!("function {letters}") } else { letters };
        let head = match (args.len(), slots) {
            (_, []) => return self.applied(&name, args, false),
            (1, [_]) if scalars => return self.applied(&format!("{name} prime"), args, false),
            (1, [_, _]) if scalars => return self.applied(&format!("{name} double prime"), args, false),
            (1, [_]) => format!("the Jacobian of {name}"),
            (1, _) => format!("the {} derivative of {name}", words::ordinal(slots.len())),
            (_, slots) => {
                let slots: Vec<String> = slots.iter().map(|&k| format!("its {}", words::ordinal(k))).collect();
                format!("the partial derivative of {name} by {} argument", slots.join(" and then by "))
            }
        };
        let (list, open, tight) = self.and_list(args);
        let comma = if args.len() > 1 && !self.long { "," } else { "" };
        Said::phrase(join!(self.rope, &head, comma, " at ", list)).open(open || args.len() > 1).tight(tight)
    }

    pub(super) fn delta(&mut self, places: &[Option<Place>]) -> Said {
        let names: Vec<String> = places.iter().map(|&p| self.subscript(p)).collect();
        let words = if self.long {
            format!("the Kronecker delta of {}", names.join(" and "))
        } else {
            format!("delta sub {}", names.join(if names.iter().any(|n| n.contains(' ')) { ", " } else { " " }))
        };
        self.atom(&words).beside(false, true)
    }

    /// "x sub one", "row i of A"; in the long manner "vector x entry one", "matrix A row index i".
    pub(super) fn pick(&mut self, id: NodeId, places: &[Option<Place>]) -> Said {
        let base = self.arena.args(id)[0];
        let names: Vec<String> = places.iter().map(|&p| self.subscript(p)).collect();
        let (what, at) = match places {
            [Some(_), None] => ("row", names[0].clone()),
            [None, Some(_)] => ("column", names[1].clone()),
            places if places.iter().all(Option::is_some) => ("entry", names.join(", ")),
            _ => ("slice", names.join(", ")),
        };
        let said = self.get(base);
        if self.long {
            let (base, _) = self.place(said, Level::Postfix, true);
            return Said::new(join!(self.rope, base, " ", what, " ", &at), Level::Postfix).tight(true);
        }
        if form(self.arena.op(base)) == Form::Identity {
            let words = if what == "entry" { "delta sub" } else { "the unit vector e sub" };
            let at = names.iter().filter(|n| *n != "all").cloned().collect::<Vec<_>>().join(" ");
            return self.atom(&format!("{words} {at}")).beside(false, what == "entry");
        }
        if what == "entry" && self.arena.symbol_of(base).is_some() {
            let at = names.join(if names.iter().any(|n| n.contains(' ')) { ", " } else { " " });
            let body = join!(self.rope, said.body, " sub ", &at);
            return Said::new(body, Level::Postfix).tight(true).beside(false, said.follows);
        }
        let (inner, open) = self.argument(said, false);
        Said::phrase(join!(self.rope, what, " ", &at, " of ", inner)).open(open).tight(said.tight)
    }

    pub(super) fn transpose(&mut self, id: NodeId) -> Said {
        let arg = self.arena.args(id)[0];
        let said = self.get(arg);
        if !self.long && form(self.arena.op(arg)) == Form::List {
            return self.list(self.arena.args(arg), "row");
        }
        if !self.long && said.signed_level() < Level::Postfix {
            let (inner, _) = self.argument(said, false);
            return Said::phrase(join!(self.rope, "the transpose of ", inner));
        }
        let (base, _) = self.place(said, Level::Postfix, true);
        let said = Said { body: join!(self.rope, base, " transpose"), ..said }.with_level(Level::Postfix);
        said.negative(false).beside(said.follows, said.follows)
    }

    /// Entries or blocks.
    pub(super) fn list(&mut self, args: &[NodeId], what: &str) -> Said {
        let pieces: Vec<Piece> = args
            .iter()
            .map(|&a| {
                let said = self.get(a);
                self.signed(said)
            })
            .collect();
        if self.long {
            let list = self.rope.list(&pieces, " next ");
            let body = join!(self.rope, "open ", what, " ", list, " close ", what);
            return Said::new(body, Level::Atom);
        }
        let list = self.and_pieces(args, &pieces);
        let words = match what {
            "stack" => "the stack of ",
            "row" => "the row with entries ",
            _ => "the vector with entries ",
        };
        Said::phrase(join!(self.rope, words, list))
    }

    /// "a and b", "a, b, and c": the words of some nodes; with a pause where "and" might be heard as part of one.
    fn and_pieces(&mut self, nodes: &[NodeId], pieces: &[Piece]) -> Piece {
        let Some((last, others)) = pieces.split_last().filter(|(_, others)| !others.is_empty()) else {
            return self.rope.list(pieces, "");
        };
        let plain = nodes.len() == 2 && self.get(nodes[0]).tight;
        let others = self.rope.list(others, ", ");
        join!(self.rope, others, if plain { " and " } else { ", and " }, *last)
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
            let entries = if self.long { self.rope.list(&entries, " next ") } else { self.and_pieces(row, &entries) };
            let number = words::whole(at as i128 + 1);
            lines.push(if self.long { entries } else { join!(self.rope, "row ", &number, ": ", entries) });
        }
        if self.long {
            let lines = self.rope.list(&lines, " next row ");
            return Said::new(join!(self.rope, "open matrix row ", lines, " close matrix"), Level::Atom);
        }
        let lines = self.rope.list(&lines, "; ");
        let [rows, columns] = [rows, columns].map(|n| words::whole(n as i128));
        Said::phrase(join!(self.rope, "the ", &rows, " by ", &columns, " matrix with ", lines))
    }

    pub(super) fn sum_over(&mut self, bound: &[IndexId], body: NodeId) -> Said {
        let said = self.get(body);
        let (mut piece, _) = self.place(said, if self.long { Level::Compare } else { Level::Dot }, false);
        for &index in bound.iter().rev() {
            let letter = self.index(index);
            let top = self.size(self.arena.indices[index.0 as usize].dim);
            let head = format!("sum over {letter} from one to {top} of ");
            piece = if self.long {
                join!(self.rope, "open ", &head, piece, " close sum")
            } else {
                join!(self.rope, "the ", &head, piece)
            };
        }
        if self.long { Said::new(piece, Level::Atom) } else { Said::phrase(piece) }
    }

    pub(super) fn tensor(&mut self, bound: &[IndexId], body: NodeId) -> Said {
        let said = self.get(body);
        let inner = self.signed(said);
        let what = ["number", "vector", "matrix"].get(bound.len()).unwrap_or(&"array");
        let names: Vec<String> = bound.iter().map(|&i| self.index(i)).collect();
        if !self.long {
            return Said::phrase(join!(self.rope, "the ", *what, " whose entry ", &names.join(", "), " is ", inner));
        }
        let sizes: Vec<String> = bound
            .iter()
            .zip(&names)
            .map(|(i, name)| format!("{name} from one to {}", self.size(self.arena.indices[i.0 as usize].dim)))
            .collect();
        let body = join!(self.rope, "open array over ", &sizes.join(" and "), " of ", inner, " close array");
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
                join!(self.rope, value, " is not zero")
            }
        };
        let [yes, no] = [1, 2].map(|k| {
            let said = self.get(args[k]);
            self.signed(said)
        });
        if self.long {
            let body = join!(self.rope, "open cases ", yes, " if ", condition, " otherwise ", no, " close cases");
            return Said::new(body, Level::Atom);
        }
        Said::new(join!(self.rope, yes, " if ", condition, ", otherwise ", no), Level::Compare).open(true)
    }

    pub(super) fn differential(&mut self, arg: NodeId) -> Said {
        let said = self.get(arg);
        if self.long {
            let (inner, _) = self.argument(said, false);
            return Said::new(join!(self.rope, "the differential of ", inner), Level::Prefix);
        }
        if said.signed_level() == Level::Atom {
            return Said::new(join!(self.rope, "d ", said.body), Level::Prefix).tight(true).beside(false, true);
        }
        let (inner, open) = self.argument(said, false);
        Said::phrase(join!(self.rope, "d of ", inner)).open(open).tight(said.tight)
    }

    /// "the partial derivative of y with respect to x"; of a number by the one variable it depends on simply "the
    /// derivative", as it is written.
    pub(super) fn pending(&mut self, id: NodeId) -> Said {
        let [value, variable] = [0, 1].map(|k| self.arena.args(id)[k]);
        let scalars = [value, variable].iter().all(|&a| self.arena.shape(a).is_scalar());
        let alone = scalars && self.arena.variables_in(value).iter().all(|&v| v == variable);
        let kind = if self.arena.is(id, &pending::TOTAL) && alone { "derivative" } else { "partial derivative" };
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
        let body = join!(self.rope, "the ", kind, " of ", inner, " with respect to ", by);
        if self.long { Said::new(body, Level::Prefix) } else { Said::phrase(body) }
    }
}
