//! Products, quotients and powers in words.

use super::super::number::{self, Shown};
use super::super::{Form, Level, form, implicit};
use super::{Piece, Said, Writer, join, words};
use crate::expr::NodeId;
use crate::number::Number;
use crate::ops::linalg;
use crate::words::text;

/// What stands between factors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Times,
    Elementwise,
}

impl Joint {
    fn key(self) -> &'static str {
        match self {
            Joint::Times => "spoken.times_between",
            Joint::Elementwise => "spoken.elementwise_between",
        }
    }
}

impl Writer<'_> {
    /// Scalars first, as they are written; in the short manner negative powers stand below a line.
    pub(super) fn multiply(&mut self, id: NodeId) -> Said {
        let args = implicit(self.arena, self.arena.args(id));
        let is_scalar = |id: &NodeId| self.arena.shape(*id).is_scalar();
        let (scalars, tensors): (Vec<NodeId>, Vec<NodeId>) = args.iter().copied().partition(is_scalar);
        let (front, tensors) = (self.front(&scalars), self.tensors(&tensors));
        match (front, tensors) {
            (Some(front), Some(tensor)) => {
                let negative = front.negative;
                let front = front.negative(false);
                if tensor.level == Level::Elementwise {
                    let (left, _) = self.place(front, Level::Product, true);
                    let (right, open) = self.place(tensor, Level::Elementwise, false);
                    let body = self.tell("spoken.times", &[left, right]);
                    return Said::new(body, Level::Elementwise).open(open).negative(negative);
                }
                self.row(&[front, tensor], Joint::Times, Level::Product).negative(negative)
            }
            (Some(said), None) | (None, Some(said)) => said,
            (None, None) => self.atom(&words::whole(1)),
        }
    }

    /// The scalar factors.
    fn front(&mut self, scalars: &[NodeId]) -> Option<Said> {
        let mut above: Vec<Said> = Vec::new();
        let mut below: Vec<Said> = Vec::new();
        let mut coefficient = None;
        for (at, &scalar) in scalars.iter().enumerate() {
            match self.divisor(scalar) {
                Some(divisor) => below.push(divisor),
                None => {
                    if at == 0 {
                        coefficient = self.arena.number_of(scalar);
                    }
                    above.push(self.get(scalar));
                }
            }
        }
        if scalars.is_empty() {
            return None;
        }
        let negative = above.first_mut().is_some_and(|first| std::mem::take(&mut first.negative));
        let factors = self.arena.args(scalars[0]).len().max(above.len() + below.len());
        if !self.long && coefficient == Some(Number::MINUS_ONE) && factors > 1 && !above.is_empty() {
            above.remove(0);
        }
        if below.is_empty() {
            return (!above.is_empty()).then(|| self.row(&above, Joint::Times, Level::Product).negative(negative));
        }
        if let Some((_, Shown::Fraction(n, d))) = coefficient.map(number::shown) {
            let [n, d] = [n, d].map(|text| self.digits(&text));
            above[0] = n;
            below.insert(0, d);
            if coefficient.and_then(Number::fraction).is_some_and(|(n, _)| n.abs() == 1) {
                above.remove(0);
            }
        }
        let numerator =
            if above.is_empty() { self.atom(&words::whole(1)) } else { self.row(&above, Joint::Times, Level::Product) };
        let denominator = self.row(&below, Joint::Times, Level::Product);
        Some(self.fraction(numerator, denominator).negative(negative))
    }

    fn digits(&mut self, text: &str) -> Said {
        let words = text.parse().map_or_else(|_| text.to_owned(), words::whole);
        self.atom(&words).beside(true, false)
    }

    /// What a negative power puts below the line, in the short manner.
    fn divisor(&mut self, id: NodeId) -> Option<Said> {
        if self.long || form(self.arena.op(id)) != Form::Power {
            return None;
        }
        let exponent = self.arena.number_of(self.arena.args(id)[1]).filter(|n| n.is_negative())?;
        Some(self.raised(id, exponent.negated()))
    }

    fn tensors(&mut self, tensors: &[NodeId]) -> Option<Said> {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for &tensor in tensors {
            match self.divisor(tensor) {
                Some(divisor) => below.push(divisor),
                None => above.push(self.get(tensor)),
            }
        }
        if tensors.is_empty() {
            return None;
        }
        if above.is_empty() {
            above.push(self.atom(&words::whole(1)));
        }
        let negative = std::mem::take(&mut above[0].negative);
        let single = above.len() + below.len() == 1;
        let mut said = if single { above[0] } else { self.row(&above, Joint::Elementwise, Level::Elementwise) };
        if !single && below.is_empty() && !negative {
            said.grouped = Some(self.product_of("spoken.elementwise_product", tensors));
        }
        for divisor in below {
            let (left, _) = self.place(said, Level::Elementwise, true);
            let (right, open) = self.place(divisor, Level::Prefix, false);
            said = Said::new(self.tell("spoken.divided", &[left, right]), Level::Elementwise).open(open);
        }
        Some(said.negative(negative))
    }

    /// "the dot product of a and b"
    pub(super) fn product_of(&mut self, key: &str, args: &[NodeId]) -> Piece {
        let (list, ..) = self.and_list(args);
        self.tell(key, &[list])
    }

    /// Factors one behind the other, with the words between them where they cannot stand side by side.
    fn row(&mut self, factors: &[Said], joint: Joint, level: Level) -> Said {
        let side_by_side = joint == Joint::Times && !self.long;
        let words = format!(" {} ", text(joint.key()));
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut open, mut tight) = (false, true);
        if let [single] = factors {
            return *single;
        }
        for (at, &factor) in factors.iter().enumerate() {
            if at > 0 {
                let close = side_by_side && factors[at - 1].leads && factor.follows;
                tight &= close;
                pieces.push(self.rope.letters(if close { " " } else { &words }));
            }
            let least = if at == 0 && level == Level::Product { Level::Product } else { Level::Prefix };
            let least = if at + 1 == factors.len() && factors.len() == 2 && level == Level::Product {
                least.min(Level::Product)
            } else {
                least
            };
            let (piece, ends) = self.place(factor, least, at + 1 < factors.len());
            tight &= factor.tight && !factor.phrase;
            open = ends;
            pieces.push(piece);
        }
        let follows = side_by_side && tight && factors[0].follows;
        Said::new(self.rope.list(&pieces, ""), level).open(open).tight(tight).beside(false, follows)
    }

    /// Factors of linear algebra; the sign of the first is the sign of the product.
    pub(super) fn product(&mut self, id: NodeId) -> Said {
        let mut factors: Vec<Said> = self.arena.args(id).iter().map(|&a| self.get(a)).collect();
        let negative = std::mem::take(&mut factors[0].negative);
        // Unlike numbers, matrices are never said as one product where two were meant.
        for factor in factors.iter_mut().skip(1).filter(|f| f.signed_level() == Level::Product) {
            factor.level = Level::Elementwise;
        }
        self.row(&factors, Joint::Times, Level::Product).negative(negative)
    }

    pub(super) fn divide(&mut self, id: NodeId) -> Said {
        let args = implicit(self.arena, self.arena.args(id));
        if let Some(words) = self.parts(args[0], args[1]) {
            return Said::new(self.rope.letters(&words), Level::Prefix).tight(true).beside(true, false);
        }
        let [above, below] = [0, 1].map(|k| self.get(args[k]));
        let negative = above.negative;
        let above = above.negative(false);
        if self.arena.shape(args[1]).is_scalar() {
            return self.fraction(above, below).negative(negative);
        }
        let least = if self.long { Level::Prefix } else { Level::Elementwise };
        let (left, _) = self.place(above, least, true);
        let (right, open) = self.place(below, Level::Prefix, false);
        let body = self.tell("spoken.divided", &[left, right]);
        Said::new(body, Level::Elementwise).open(open).negative(negative)
    }

    /// "one third", where that is what was typed.
    fn parts(&self, above: NodeId, below: NodeId) -> Option<String> {
        let whole = |id: NodeId| {
            let number = self.arena.number_of(id).filter(|_| form(self.arena.op(id)) == Form::Number)?;
            number.whole().filter(|n| *n > 0).map(|n| n.to_string())
        };
        if self.long { None } else { words::parts(&whole(above)?, &whole(below)?) }
    }

    /// "a over b"
    fn fraction(&mut self, above: Said, below: Said) -> Said {
        let (top, bottom) = (self.signed(above), self.signed(below));
        if self.long {
            let body = self.tell("spoken.fraction", &[top, bottom]);
            return Said::new(body, Level::Atom);
        }
        let loose = |said: Said| !said.tight || said.negative;
        let is_function = above.level == Level::Prefix && above.signed_level() == Level::Prefix;
        let top = match (is_function, loose(above)) {
            (true, _) => join!(self.rope, top, ","),
            (false, true) => {
                let top = self.tell("spoken.quantity", &[top]);
                join!(self.rope, top, ",")
            }
            (false, false) => top,
        };
        let grouped = loose(below) && below.level < Level::Prefix;
        let bottom = if grouped { self.tell("spoken.quantity", &[bottom]) } else { bottom };
        Said::new(self.tell("spoken.over", &[top, bottom]), Level::Prefix).open(true)
    }

    pub(super) fn power(&mut self, id: NodeId) -> Said {
        let args = implicit(self.arena, self.arena.args(id));
        let exponent = self.arena.number_of(args[1]).filter(|_| form(self.arena.op(args[1])) == Form::Number);
        match exponent {
            Some(n) if n == Number::MINUS_ONE && !self.long && self.arena.shape(id).is_scalar() => {
                let (one, base) = (self.atom(&words::whole(1)), self.get(args[0]));
                self.fraction(one, base)
            }
            Some(n) => self.raised(id, n),
            None => {
                let exponent = self.get(args[1]);
                let whole = self.signed(exponent);
                let grouped = self.long && exponent.signed_level() != Level::Atom;
                let words = self.tell(if grouped { "spoken.power_long" } else { "spoken.power" }, &[whole]);
                let open = !self.long && !exponent.tight;
                {
                    let power = self.with_exponent(id, words);
                    power.open(open || power.open)
                }
            }
        }
    }

    /// The base of a power with another exponent.
    fn raised(&mut self, id: NodeId, exponent: Number) -> Said {
        if exponent.is_one() {
            return self.get(implicit(self.arena, self.arena.args(id))[0]);
        }
        let words = self.exponent(exponent);
        self.with_exponent(id, words)
    }

    /// "squared", "to the power minus one half"
    fn exponent(&mut self, exponent: Number) -> Piece {
        let small = [(2, "spoken.squared"), (3, "spoken.cubed")];
        match small.into_iter().find(|(n, _)| exponent == Number::int(*n)) {
            Some((_, key)) => self.tell(key, &[]),
            None => {
                let said = self.number(exponent);
                let words = self.signed(said);
                self.tell("spoken.power", &[words])
            }
        }
    }

    fn with_exponent(&mut self, id: NodeId, exponent: Piece) -> Said {
        let args = implicit(self.arena, self.arena.args(id));
        let is_scalar = self.arena.shape(id).is_scalar();
        let words = if is_scalar { exponent } else { self.tell("spoken.elementwise", &[exponent]) };
        self.with_words_behind(args[0], words)
    }

    /// `A^{k}` of a square matrix.
    pub(super) fn matrix_power(&mut self, id: NodeId) -> Said {
        let exponent = linalg::exponent(&self.arena.get(id).data);
        let words = self.exponent(Number::int(i64::from(exponent)));
        self.with_words_behind(self.arena.args(id)[0], words)
    }

    /// "x squared", "tanh squared of z", "the quantity a plus b, squared"
    fn with_words_behind(&mut self, base: NodeId, words: Piece) -> Said {
        let said = self.get(base);
        if let Some((function, rest)) = said.applied.filter(|_| !self.long && !said.negative)
            && self.rope.is_one_of(words, &[&text("spoken.squared"), &text("spoken.cubed")])
        {
            let body = join!(self.rope, function, " ", words, rest);
            return Said::new(body, Level::Prefix).open(said.open).tight(said.tight);
        }
        if let Some(head) = self.noun(words).filter(|_| !self.long && said.phrase && !said.negative) {
            return Said::phrase(self.tell(head, &[said.body]));
        }
        let (base, pause) = self.behind(said);
        let power = Said::new(join!(self.rope, base, " ", words), Level::Power);
        let short = self.noun(words).is_some();
        power.open(pause && !self.long).tight(said.tight && !pause && short).beside(false, said.follows && !pause)
    }

    /// What is squared where it is a phrase: the key of "the square of the norm of x".
    fn noun(&self, words: Piece) -> Option<&'static str> {
        let (squared, cubed) = (text("spoken.squared"), text("spoken.cubed"));
        let elementwise = |words: &str| text("spoken.elementwise").replace("{0}", words);
        let nouns = [
            (elementwise(&squared), "spoken.elementwise_square_of"),
            (elementwise(&cubed), "spoken.elementwise_cube_of"),
            (squared, "spoken.square_of"),
            (cubed, "spoken.cube_of"),
        ];
        nouns.iter().find(|(known, _)| self.rope.is_one_of(words, &[known])).map(|(_, noun)| *noun)
    }

    /// What words are said behind of: in the short manner with a pause after anything that is no name.
    pub(super) fn behind(&mut self, said: Said) -> (Piece, bool) {
        if !self.long && said.level == Level::Prefix && !said.negative && !said.open {
            return (join!(self.rope, said.body, ","), true);
        }
        self.place(said, Level::Postfix, true)
    }
}
