//! What can go wrong: one [`Error`] with a kind, a message, a place, a hint and, where one is known, a replacement.

use crate::contract::ErrorView;
use crate::span::Span;

/// The kinds of the batch contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Parse,
    Name,
    Shape,
    Domain,
    Limit,
    Unsupported,
    Request,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Parse => "parse",
            Kind::Name => "name",
            Kind::Shape => "shape",
            Kind::Domain => "domain",
            Kind::Limit => "limit",
            Kind::Unsupported => "unsupported",
            Kind::Request => "request",
        }
    }
}

/// One failure: what is wrong, where (bytes of the source), what was meant, one way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    pub kind: Kind,
    pub message: String,
    pub span: Option<Span>,
    pub hint: String,
    /// Texts that could stand in place of the span, best first.
    pub replacements: Vec<String>,
    /// True where the span counts in a learner's `answer` instead of the expression.
    pub in_answer: bool,
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error {
            kind,
            message: message.into(),
            span: None,
            hint: String::new(),
            replacements: Vec::new(),
            in_answer: false,
        }
    }

    pub fn at(mut self, span: Span) -> Error {
        self.span = Some(span);
        self
    }

    /// Sets the place unless a more exact one is known already.
    pub fn or_at(mut self, span: Span) -> Error {
        self.span.get_or_insert(span);
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = hint.into();
        self
    }

    pub fn replace_by(mut self, text: impl Into<String>) -> Error {
        self.replacements.push(text.into());
        self
    }

    /// The place is one of the learner's answer.
    pub fn in_answer(mut self) -> Error {
        self.in_answer = true;
        self
    }

    /// The error as JSON has it; `source` is the text that the span counts in.
    pub fn view(&self, source: &str) -> ErrorView {
        ErrorView {
            kind: self.kind.name().to_owned(),
            message: self.message.clone(),
            span: self.span.map(|span| span.utf16(source)),
            hint: self.hint.clone(),
            replacements: self.replacements.clone(),
        }
    }
}
