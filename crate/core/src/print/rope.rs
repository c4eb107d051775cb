//! Text under construction: pieces that refer to pieces. A subterm that occurs often is stored once, and the length of
//! a text is known before it is written out, so a formula that would grow without bounds is refused in time.

use std::ops::Range;

/// A piece of text, complete in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece(u32);

/// Up to this many bytes a piece is written out at once: copying a few letters is less work than finding them again.
const SHORT: usize = 64;

/// A place in one of the two buffers of a rope.
enum Stored {
    Letters(Range<usize>),
    /// Joined pieces, and their bytes when written out: more than [`SHORT`].
    Together(Range<usize>, usize),
}

/// What a piece is put together from.
pub enum Part<'a> {
    Letters(&'a str),
    Piece(Piece),
}

impl<'a> From<&'a str> for Part<'a> {
    fn from(letters: &'a str) -> Part<'a> {
        Part::Letters(letters)
    }
}

impl<'a> From<&'a String> for Part<'a> {
    fn from(letters: &'a String) -> Part<'a> {
        Part::Letters(letters)
    }
}

impl From<Piece> for Part<'_> {
    fn from(piece: Piece) -> Part<'static> {
        Part::Piece(piece)
    }
}

impl Part<'_> {
    fn size(&self, rope: &Rope) -> usize {
        match self {
            Part::Letters(letters) => letters.len(),
            Part::Piece(piece) => rope.size(*piece),
        }
    }
}

/// All pieces of one printing.
#[derive(Default)]
pub struct Rope {
    pieces: Vec<Stored>,
    /// What all pieces of letters say, one behind the other, and what all joined pieces are made of.
    letters: String,
    parts: Vec<Piece>,
}

impl Rope {
    /// Makes room for what so many nodes take where they are small.
    pub fn reserve(&mut self, nodes: usize) {
        self.pieces.reserve(2 * nodes);
        self.letters.reserve(16 * nodes);
    }

    fn store(&mut self, stored: Stored) -> Piece {
        self.pieces.push(stored);
        Piece(self.pieces.len() as u32 - 1)
    }

    pub fn letters(&mut self, letters: &str) -> Piece {
        let start = self.letters.len();
        self.letters.push_str(letters);
        self.written_since(start)
    }

    /// The letters from a place on as a piece.
    fn written_since(&mut self, start: usize) -> Piece {
        self.store(Stored::Letters(start..self.letters.len()))
    }

    /// Writes a short piece once more.
    fn repeat(&mut self, piece: Piece) {
        if let Stored::Letters(letters) = &self.pieces[piece.0 as usize] {
            self.letters.extend_from_within(letters.clone());
        }
    }

    /// The parts one behind the other.
    pub fn join(&mut self, parts: &[Part]) -> Piece {
        let size = parts.iter().fold(0usize, |size, part| size.saturating_add(part.size(self)));
        if size <= SHORT {
            let start = self.letters.len();
            for part in parts {
                match part {
                    Part::Letters(letters) => self.letters.push_str(letters),
                    Part::Piece(piece) => self.repeat(*piece),
                }
            }
            return self.written_since(start);
        }
        let start = self.parts.len();
        for part in parts {
            let piece = match part {
                Part::Letters(letters) => self.letters(letters),
                Part::Piece(piece) => *piece,
            };
            self.parts.push(piece);
        }
        self.store(Stored::Together(start..self.parts.len(), size))
    }

    /// `a, b, c`
    pub fn list(&mut self, pieces: &[Piece], separator: &str) -> Piece {
        let between = separator.len().saturating_mul(pieces.len().saturating_sub(1));
        let size = pieces.iter().fold(between, |size, &piece| size.saturating_add(self.size(piece)));
        if size <= SHORT {
            let start = self.letters.len();
            for (at, &piece) in pieces.iter().enumerate() {
                self.letters.push_str(if at > 0 { separator } else { "" });
                self.repeat(piece);
            }
            return self.written_since(start);
        }
        let between = (between > 0).then(|| self.letters(separator));
        let start = self.parts.len();
        for (at, &piece) in pieces.iter().enumerate() {
            self.parts.extend(between.filter(|_| at > 0));
            self.parts.push(piece);
        }
        self.store(Stored::Together(start..self.parts.len(), size))
    }

    /// Bytes of the piece when written out (at most `usize::MAX`).
    pub fn size(&self, piece: Piece) -> usize {
        match &self.pieces[piece.0 as usize] {
            Stored::Letters(letters) => letters.len(),
            Stored::Together(_, size) => *size,
        }
    }

    /// The first sign of the piece.
    pub fn starts_with(&self, mut piece: Piece, sign: char) -> bool {
        loop {
            match &self.pieces[piece.0 as usize] {
                Stored::Letters(letters) => return self.letters[letters.clone()].starts_with(sign),
                Stored::Together(parts, _) => {
                    match self.parts[parts.clone()].iter().find(|part| self.size(**part) > 0) {
                        Some(&first) => piece = first,
                        None => return false,
                    }
                }
            }
        }
    }

    /// True where the piece is one of the given words, all of them short.
    pub fn is_one_of(&self, piece: Piece, words: &[&str]) -> bool {
        match &self.pieces[piece.0 as usize] {
            Stored::Letters(letters) => words.contains(&&self.letters[letters.clone()]),
            Stored::Together(..) => false,
        }
    }

    /// The whole text. The caller has looked at its size.
    pub fn write(&self, piece: Piece) -> String {
        let mut text = String::with_capacity(self.size(piece));
        let mut stack = Vec::new();
        let mut next = Some(piece);
        while let Some(piece) = next {
            match &self.pieces[piece.0 as usize] {
                Stored::Letters(letters) => text.push_str(&self.letters[letters.clone()]),
                Stored::Together(parts, _) => stack.extend(self.parts[parts.clone()].iter().rev()),
            }
            next = stack.pop();
        }
        text
    }
}

/// `join!(rope, "f(", a, ")")`
macro_rules! join {
    ($rope:expr, $($part:expr),+ $(,)?) => {
        $rope.join(&[$($part.into()),+])
    };
}
pub(crate) use join;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_pieces_are_written_each_time_and_counted() {
        let mut rope = Rope::default();
        let x = rope.letters("x");
        let pair = join!(rope, "(", x, ", ", x, ")");
        let both = join!(rope, pair, pair);
        assert_eq!(rope.size(both), 12);
        assert_eq!(rope.write(both), "(x, x)(x, x)");
        let nothing = rope.letters("");
        let late = join!(rope, nothing, both);
        assert!(rope.starts_with(late, '(') && !rope.starts_with(late, 'x') && !rope.starts_with(nothing, '('));
        let many = rope.list(&[nothing, both, both, both, both, both], ", ");
        let long = join!(rope, "", nothing, many, many, "!");
        let text = format!("{0}{0}!", ", (x, x)(x, x)".repeat(5));
        assert_eq!((rope.size(long), rope.write(long)), (text.len(), text));
        assert!(rope.starts_with(long, ',') && rope.is_one_of(x, &["y", "x"]) && !rope.is_one_of(long, &["x"]));
    }

    #[test]
    fn doubling_is_seen_without_writing() {
        let mut rope = Rope::default();
        let mut piece = rope.letters("x");
        for _ in 0..100 {
            piece = join!(rope, piece, piece);
        }
        assert_eq!(rope.size(piece), usize::MAX);
    }
}
