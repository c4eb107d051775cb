//! Byte spans of the typed text, and the one place that turns them into UTF-16.

/// A half-open range of bytes of the source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same range counted in UTF-16 code units of `source`, as browsers count.
    pub fn utf16(self, source: &str) -> (u32, u32) {
        let units = |until: usize| {
            source.char_indices().take_while(|(at, _)| *at < until).map(|(_, c)| c.len_utf16() as u32).sum()
        };
        (units(self.start), units(self.end))
    }
}
