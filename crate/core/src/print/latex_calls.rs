//! LaTeX of functions, subscripts, lists, sums over an index, and derivatives not yet taken.

use super::latex::Writer;
use super::name::{self, Face};
use super::rope::{Part, Piece, join};
use super::{Edge, Form, Level, Printed, Reach, form, implicit};
use crate::expr::{NodeId, Place};
use crate::op::Data;

impl Writer<'_> {
    /// An operator's own template; its brackets grow only around tall arguments.
    pub(super) fn template(&mut self, id: NodeId, template: &'static str) -> Printed {
        let args = implicit(self.arena, self.arena.args(id));
        let tall = args.iter().any(|&a| self.get(a).tall) || template.starts_with("\\frac");
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = template;
        while let Some((at, slot)) = next_slot(rest, args.len()) {
            let before = &rest[..at];
            rest = &rest[at + 3..];
            let literal = if tall { before.to_owned() } else { before.replace("\\left", "").replace("\\right", "") };
            pieces.push(self.rope.letters(&literal));
            let least = if rest.starts_with(['^', '_']) {
                Level::Postfix
            } else if rest.trim_start().starts_with('>') {
                Level::Sum
            } else {
                Level::Compare
            };
            let arg = self.get(args[slot]);
            // `1 + -u` wants brackets.
            let least = if before.trim_end().ends_with('+') && arg.negative { Level::Atom } else { least };
            pieces.push(self.place(arg, least, Reach::Terms));
        }
        let literal = if tall { rest.to_owned() } else { rest.replace("\\left", "").replace("\\right", "") };
        pieces.push(self.rope.letters(&literal));
        let level = if template.starts_with("\\frac") || template.starts_with("\\sqrt") {
            Level::Prefix
        } else if template.starts_with("{0}^") {
            Level::Power
        } else {
            Level::Postfix
        };
        Printed::new(self.rope.list(&pieces, ""), level).tall(tall)
    }

    /// For an operator that has no notation yet.
    pub(super) fn plain_call(&mut self, id: NodeId) -> Printed {
        let function = name::latex(self.arena.op(id).name, Face::Function);
        self.applied(&function, id)
    }

    /// `f(a, b)`
    fn applied(&mut self, function: &str, id: NodeId) -> Printed {
        let args = self.arena.args(id).to_vec();
        let tall = self.is_tall(id);
        let pieces: Vec<Piece> = args
            .iter()
            .map(|&a| {
                let printed = self.get(a);
                self.signed(printed)
            })
            .collect();
        let list = self.rope.list(&pieces, ", ");
        let list = self.brackets(list, tall);
        Printed::new(join!(self.rope, function, list), Level::Postfix).tall(tall)
    }

    /// An abstract function or its derivatives: `f(x)`, `f'(x)`, `\mathrm{D}f(x)`, `\frac{\partial f}{\partial y}(x, y)`.
    pub(super) fn abstract_call(&mut self, id: NodeId) -> Printed {
        let Data::Function(function, slots) = self.arena.get(id).data.clone() else { return self.plain_call(id) };
        let known = &self.arena.functions[function.0 as usize];
        let letters = name::latex_in(self.arena, &known.name, Face::Function);
        let args = self.arena.args(id);
        let scalars = known.result.is_scalar() && known.args.iter().all(|a| a.is_scalar());
        let order = slots.len();
        let operator = match (args, &slots[..]) {
            (_, []) => letters,
            ([_], _) if scalars && order <= 3 => format!("{letters}{}", "'".repeat(order)),
            ([_], _) if scalars => format!("{letters}^{{({order})}}"),
            ([_], [_]) => format!("\\mathrm{{D}}{letters}"),
            ([_], _) => format!("\\mathrm{{D}}^{{{order}}}{letters}"),
            (_, [slot]) if self.arena.symbol_of(args[slot - 1]).is_some() => {
                let variable = self.get(args[slot - 1]).body;
                let operator = join!(self.rope, "\\frac{\\partial ", &letters, "}{\\partial ", variable, "}");
                let call = self.applied("", id);
                let body = join!(self.rope, operator, call.body);
                return Printed::new(body, Level::Prefix).tall(true);
            }
            (_, slots) => {
                let slots: Vec<String> = slots.iter().map(usize::to_string).collect();
                format!("\\mathrm{{D}}_{{{}}}{letters}", slots.join(","))
            }
        };
        self.applied(&operator, id)
    }

    /// Subscripts as they stand below the letter; `tight` where single letters need no comma.
    fn places(&mut self, places: &[Option<Place>], tight: bool) -> Piece {
        let words: Vec<String> = places
            .iter()
            .map(|place| match place {
                None => ":".to_owned(),
                Some(Place::Fixed(k)) => k.to_string(),
                Some(Place::Index(i, offset)) => {
                    let name = name::latex(&self.indices[i], Face::Italic);
                    if *offset == 0 { name } else { format!("{name}{offset:+}") }
                }
            })
            .collect();
        let tight = tight && words.iter().all(|w| w.chars().count() == 1 && w.chars().all(char::is_alphabetic));
        self.rope.letters(&words.join(if tight { "" } else { "," }))
    }

    pub(super) fn delta(&mut self, id: NodeId) -> Printed {
        let Data::Subscripts(places) = self.arena.get(id).data.clone() else { return self.plain_call(id) };
        let places = self.places(&places, true);
        Printed::new(join!(self.rope, "\\delta_{", places, "}"), Level::Atom).edges(Edge::Letter, Edge::Letter)
    }

    pub(super) fn pick(&mut self, id: NodeId) -> Printed {
        let base = self.arena.args(id)[0];
        let Data::Subscripts(places) = self.arena.get(id).data.clone() else { return self.plain_call(id) };
        let scalar = self.arena.shape(id).is_scalar();
        if form(self.arena.op(base)) == Form::Identity {
            let (letter, shown) = if scalar { ("\\delta_{", places) } else { ("\\mathbf{e}_{", fixed(&places)) };
            let subscripts = self.places(&shown, true);
            return Printed::new(join!(self.rope, letter, subscripts, "}"), Level::Atom);
        }
        if let Some(printed) = self.place_of_pair(base, &places) {
            return printed;
        }
        let subscripts = self.places(&places, false);
        if let Some(symbol) = self.arena.symbol_of(base) {
            return self.symbol(symbol, Some((subscripts, scalar)));
        }
        let printed = self.get(base);
        // What has subscripts already is held together first.
        let held = !matches!(form(self.arena.op(base)), Form::Pick | Form::Tensor | Form::Expand);
        let base = if held {
            self.place(printed, Level::Postfix, Reach::Closed)
        } else {
            let whole = self.signed(printed);
            self.brackets(whole, printed.tall)
        };
        Printed::new(join!(self.rope, base, "_{", subscripts, "}"), Level::Postfix).tall(printed.tall)
    }

    pub(super) fn transpose(&mut self, id: NodeId) -> Printed {
        let arg = self.arena.args(id)[0];
        if form(self.arena.op(arg)) == Form::List {
            return self.matrix(&[self.arena.args(arg).to_vec()]);
        }
        let printed = self.get(arg);
        let base = self.place(printed, Level::Postfix, Reach::Closed);
        Printed::new(join!(self.rope, base, "^{\\top}"), Level::Power).tall(printed.tall)
    }

    /// Entries or blocks one under the other.
    pub(super) fn column(&mut self, id: NodeId) -> Printed {
        let rows: Vec<Vec<NodeId>> = self.arena.args(id).iter().map(|&a| vec![a]).collect();
        self.matrix(&rows)
    }

    pub(super) fn grid(&mut self, id: NodeId) -> Printed {
        let Data::Grid(_, columns) = self.arena.get(id).data else { return self.plain_call(id) };
        let rows: Vec<Vec<NodeId>> = self.arena.args(id).chunks(columns.max(1)).map(<[NodeId]>::to_vec).collect();
        self.matrix(&rows)
    }

    fn matrix(&mut self, rows: &[Vec<NodeId>]) -> Printed {
        let mut lines = Vec::new();
        for row in rows {
            let entries: Vec<Piece> = row
                .iter()
                .map(|&a| {
                    let printed = self.get(a);
                    self.signed(printed)
                })
                .collect();
            lines.push(self.rope.list(&entries, " & "));
        }
        let lines = self.rope.list(&lines, " \\\\ ");
        let body = join!(self.rope, "\\begin{bmatrix}", lines, "\\end{bmatrix}");
        Printed::new(body, Level::Atom).tall(rows.len() > 1)
    }

    pub(super) fn sum_over(&mut self, id: NodeId) -> Printed {
        let Data::Binds(bound) = self.arena.get(id).data.clone() else { return self.plain_call(id) };
        let mut body = self.get(self.arena.args(id)[0]);
        let negative = std::mem::take(&mut body.negative);
        let mut piece = self.place(body, Level::Dot, Reach::Terms);
        for index in bound.iter().rev() {
            let letter = name::latex(&self.indices[index], Face::Italic);
            let top = self.dimension(self.arena.indices[index.0 as usize].dim).body;
            piece = join!(self.rope, "\\sum_{", &letter, "=1}^{", top, "} ", piece);
        }
        Printed::new(piece, Level::Product).tall(true).reach(Reach::Terms).negative(negative)
    }

    pub(super) fn tensor(&mut self, id: NodeId) -> Printed {
        let Data::Binds(bound) = self.arena.get(id).data.clone() else { return self.plain_call(id) };
        let body = self.get(self.arena.args(id)[0]);
        let inner = self.signed(body);
        let places: Vec<Option<Place>> = bound.iter().map(|&i| Some(Place::Index(i, 0))).collect();
        let places = self.places(&places, false);
        let (left, right) = if body.tall { ("\\left[", "\\right]_{") } else { ("[", "]_{") };
        Printed::new(join!(self.rope, left, inner, right, places, "}"), Level::Postfix).tall(body.tall)
    }

    /// `a` where the condition holds, else `b`.
    pub(super) fn choice(&mut self, id: NodeId) -> Printed {
        let args = implicit(self.arena, self.arena.args(id));
        let condition = self.condition(args[0]);
        let [yes, no] = [1, 2].map(|k| {
            let printed = self.get(args[k]);
            self.signed(printed)
        });
        let otherwise = format!(" & \\text{{{}}} \\end{{cases}}", say!("latex.otherwise"));
        let body = join!(self.rope, "\\begin{cases} ", yes, " & ", condition, " \\\\ ", no, &otherwise);
        Printed::new(body, Level::Product).tall(true).reach(Reach::Terms)
    }

    /// A condition without the brackets that make it a number.
    fn condition(&mut self, id: NodeId) -> Piece {
        match form(self.arena.op(id)) {
            Form::Compare(comparison) => self.comparison(id, comparison),
            _ => {
                let printed = self.get(id);
                let value = self.place(printed, Level::Sum, Reach::Terms);
                join!(self.rope, value, " \\ne 0")
            }
        }
    }

    pub(super) fn differential(&mut self, id: NodeId) -> Printed {
        let printed = self.get(self.arena.args(id)[0]);
        let value = self.place(printed, Level::Atom, Reach::Closed);
        Printed::new(join!(self.rope, "\\mathrm{d}", value), Level::Prefix).tall(printed.tall)
    }

    /// `\frac{\partial z}{\partial \mathbf{w}}`; a long value stands behind the operator.
    pub(super) fn pending(&mut self, id: NodeId, d: &str) -> Printed {
        let [value, variable] = [0, 1].map(|k| self.arena.args(id)[k]);
        let variable = self.variable(variable);
        let below = join!(self.rope, d, " ", variable);
        let short = self.is_named(value);
        let printed = self.get(value);
        let inner = self.signed(printed);
        let body = if short {
            join!(self.rope, "\\frac{", d, " ", inner, "}{", below, "}")
        } else {
            let inner = self.place(printed, Level::Postfix, Reach::Closed);
            join!(self.rope, "\\frac{", d, "}{", below, "}", inner)
        };
        Printed::new(body, Level::Prefix).tall(true)
    }

    /// A variable, an intermediate, or a component of one.
    fn is_named(&self, id: NodeId) -> bool {
        let base = if form(self.arena.op(id)) == Form::Pick { self.arena.args(id)[0] } else { id };
        self.arena.symbol_of(base).is_some()
    }

    /// What a derivative is taken by; a list of variables in round brackets.
    fn variable(&mut self, id: NodeId) -> Piece {
        if form(self.arena.op(id)) != Form::List {
            let printed = self.get(id);
            return self.place(printed, Level::Postfix, Reach::Closed);
        }
        let mut parts: Vec<Part> = vec!["(".into()];
        for (at, &entry) in self.arena.args(id).iter().enumerate() {
            if at > 0 {
                parts.push(", ".into());
            }
            parts.push(self.get(entry).body.into());
        }
        parts.push(")".into());
        self.rope.join(&parts)
    }
}

/// The next `{0}` of a template: where, and which argument. (`\log_{2}` of one argument holds none.)
fn next_slot(template: &str, args: usize) -> Option<(usize, usize)> {
    let slots = (0..args).filter_map(|slot| Some((template.find(&format!("{{{slot}}}"))?, slot)));
    slots.min()
}

/// The subscripts that point somewhere.
fn fixed(places: &[Option<Place>]) -> Vec<Option<Place>> {
    places.iter().copied().filter(Option::is_some).collect()
}
