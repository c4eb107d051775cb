//! What a programming language is to the writer: a table of its words. There is one writer (mod.rs), and one table each
//! for NumPy, PyTorch, JAX and Julia.
//!
//! Operators say their functions in NumPy's words (`Notation::Call`). Another dialect has its own word for a whole
//! template, or renames it word by word; an export that needs a word it does not know is left out.

/// In templates `{0}`, `{1}` are the parts, in order.
pub struct Dialect {
    /// `numpy`
    pub language: &'static str,
    /// As people write it: `NumPy`.
    pub label: &'static str,
    /// The first lines of the code.
    pub opening: &'static [&'static str],
    /// Lines needed where a function is called: its name, then the lines.
    pub needs: &'static [(&'static str, &'static str)],
    /// Words that cannot be variables, and how a variable of that name is written.
    pub keywords: &'static [&'static str],
    pub quoted: &'static str,
    /// Names that the code stands on, beside those of functions.
    pub own: &'static [&'static str],
    /// The place of a first entry.
    pub first: u64,
    pub vectors: Vectors,
    /// Where functions take arrays only: how a plain number becomes one.
    pub lifted: Option<&'static str>,

    pub infinity: &'static str,
    pub not_a_number: &'static str,
    pub pi: &'static str,
    pub euler: &'static str,
    /// The size of a variable along an axis, counted as places are.
    pub size_of: &'static str,
    /// Several sizes together.
    pub sizes: &'static str,
    pub ones: &'static str,
    pub zeros: &'static str,
    pub identity: &'static str,

    /// A comparison as 1 or 0: of plain numbers, and of arrays. (The number stands in front, since truths have no minus.)
    pub truth: &'static str,
    pub truths: &'static str,
    pub choice: &'static str,
    /// Between arrays by a condition of plain numbers, where that is no array of truths.
    pub plain_choice: Option<&'static str>,
    /// A quotient of plain numbers whose divisor may be 0.
    pub quotient: Option<&'static str>,

    pub list: &'static str,
    pub stack: &'static str,
    pub stack_rows: &'static str,
    pub grid: Grid,

    /// The loop over an index, and what closes it.
    pub loop_open: &'static str,
    pub loop_close: Option<&'static str>,
    /// Where variables set in loops need a block around them: what opens and what closes it.
    pub block: Option<(&'static str, &'static str)>,
    /// Sets an entry: array, places, value.
    pub set_entry: &'static str,
    /// `None` for NumPy itself.
    pub translation: Option<Translation>,
}

/// How vectors multiply.
pub enum Vectors {
    /// A vector has one axis, and is a row or a column as its place asks for: `x @ A @ x`. Operators work by entries, and
    /// `power` gives a float whatever it is given.
    OneAxis { outer: &'static str, power: &'static str },
    /// A vector is a column and its transpose a row: `x' * A * x`. Operators by entries have a dot: `x .* y`.
    Columns { dot: &'static str },
}

/// How a matrix is written by its entries.
pub enum Grid {
    /// Row by row: all rows, and one of them.
    Rows(&'static str, &'static str),
    /// The number of columns, and all entries.
    Columns(&'static str),
}

/// From NumPy's words to a dialect's.
pub struct Translation {
    /// Whole templates: NumPy's, for which arguments this holds, and the dialect's own.
    pub phrases: &'static [(&'static str, Of, &'static str)],
    /// Words of other templates.
    pub words: &'static [(&'static str, &'static str)],
}

/// Of which first arguments a phrase holds.
#[derive(Clone, Copy, PartialEq)]
pub enum Of {
    All,
    Vectors,
    Matrices,
}

impl Of {
    fn holds(self, order: usize) -> bool {
        match self {
            Of::All => true,
            Of::Vectors => order == 1,
            Of::Matrices => order == 2,
        }
    }
}

impl Dialect {
    pub fn has_columns(&self) -> bool {
        matches!(self.vectors, Vectors::Columns { .. })
    }

    /// A template of NumPy's in this dialect, for a first argument of the given order; `None` where it cannot say it.
    pub fn says(&self, numpy: &str, order: usize) -> Option<String> {
        let Some(Translation { phrases, words }) = &self.translation else { return Some(numpy.to_owned()) };
        let mut known = phrases.iter().filter(|(known, ..)| *known == numpy).peekable();
        if known.peek().is_some() {
            return known.find(|(_, of, _)| of.holds(order)).map(|(.., own)| (*own).to_owned());
        }
        let mut said = String::new();
        let mut rest = numpy;
        while let Some(at) = rest.find("np.") {
            let end = rest[at..].find(|c: char| !is_letter(c) && c != '.').map_or(rest.len(), |length| at + length);
            let (_, own) = words.iter().find(|(known, _)| *known == &rest[at..end])?;
            said += &rest[..at];
            said += own;
            rest = &rest[end..];
        }
        // A template without a word of NumPy's is none that these tables know.
        if said.is_empty() { None } else { Some(said + rest) }
    }

    /// Whether the code may stand on this name, so that a variable cannot be called like it.
    pub fn stands_on(&self, name: &str) -> bool {
        let templates = [self.ones, self.zeros, self.identity, self.choice, self.size_of, self.stack, self.list];
        let own = self.translation.iter().flat_map(|t| {
            let words = t.words.iter().map(|(_, own)| *own).filter(|own| *own == name);
            t.phrases.iter().map(|(.., own)| *own).filter(|own| calls(own, name)).chain(words)
        });
        self.own.contains(&name) || templates.into_iter().any(|template| calls(template, name)) || own.count() > 0
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '′'
}

/// Whether a function of this name is called in a text, as such and not as a part of something.
pub fn calls(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = &text[at + name.len()..];
        !before.is_some_and(|c| is_letter(c) || c == '.') && (after.starts_with('(') || after.starts_with(".("))
    })
}
