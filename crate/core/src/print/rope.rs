//! Text under construction: pieces that refer to pieces. A subterm that occurs often is stored once, and the length of
//! a text is known before it is written out, so a formula that would grow without bounds is refused in time.

use std::ops::Range;

/// A piece of text, complete in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece(u32);

/// A place in one of the two buffers of a rope.
#[derive(Clone)]
enum Stored {
    Letters(Range<usize>),
    Together(Range<usize>),
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

/// All pieces of one printing.
#[derive(Default)]
pub struct Rope {
    pieces: Vec<Stored>,
    /// What all pieces of letters say, one behind the other, and what all joined pieces are made of.
    letters: String,
    parts: Vec<Piece>,
    /// Bytes of each piece when written out.
    sizes: Vec<usize>,
}

impl Rope {
    fn store(&mut self, stored: Stored, size: usize) -> Piece {
        self.pieces.push(stored);
        self.sizes.push(size);
        Piece(self.pieces.len() as u32 - 1)
    }

    pub fn letters(&mut self, letters: &str) -> Piece {
        let start = self.letters.len();
        self.letters.push_str(letters);
        self.store(Stored::Letters(start..self.letters.len()), letters.len())
    }

    /// The parts one behind the other.
    pub fn join(&mut self, parts: &[Part]) -> Piece {
        let start = self.parts.len();
        let mut size = 0usize;
        for part in parts {
            let piece = match part {
                Part::Letters(letters) => self.letters(letters),
                Part::Piece(piece) => *piece,
            };
            self.parts.push(piece);
            size = size.saturating_add(self.size(piece));
        }
        self.store(Stored::Together(start..self.parts.len()), size)
    }

    /// `a, b, c`
    pub fn list(&mut self, pieces: &[Piece], separator: &str) -> Piece {
        let between = (pieces.len() > 1 && !separator.is_empty()).then(|| self.letters(separator));
        let start = self.parts.len();
        let mut size = separator.len().saturating_mul(pieces.len().saturating_sub(1));
        for (at, &piece) in pieces.iter().enumerate() {
            self.parts.extend(between.filter(|_| at > 0));
            self.parts.push(piece);
            size = size.saturating_add(self.size(piece));
        }
        self.store(Stored::Together(start..self.parts.len()), size)
    }

    /// Bytes of the piece when written out (at most `usize::MAX`).
    pub fn size(&self, piece: Piece) -> usize {
        self.sizes[piece.0 as usize]
    }

    /// The first sign of the piece.
    pub fn starts_with(&self, piece: Piece, sign: char) -> bool {
        let mut stack = vec![piece];
        while let Some(next) = stack.pop() {
            match self.pieces[next.0 as usize].clone() {
                Stored::Letters(letters) if letters.is_empty() => {}
                Stored::Letters(letters) => return self.letters[letters].starts_with(sign),
                Stored::Together(parts) => stack.extend(self.parts[parts].iter().rev()),
            }
        }
        false
    }

    /// True where the piece is one of the given words.
    pub fn is_one_of(&self, piece: Piece, words: &[&str]) -> bool {
        self.size(piece) <= 32 && words.contains(&self.write(piece).as_str())
    }

    /// The whole text. The caller has looked at its size.
    pub fn write(&self, piece: Piece) -> String {
        let mut text = String::with_capacity(self.size(piece));
        let mut stack = vec![piece];
        while let Some(next) = stack.pop() {
            match self.pieces[next.0 as usize].clone() {
                Stored::Letters(letters) => text.push_str(&self.letters[letters]),
                Stored::Together(parts) => stack.extend(self.parts[parts].iter().rev()),
            }
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
