//! What a session tells: plain data for JSON.

use crate::contract::Numbers;
use crate::ordered::Ordered;
use serde::Serialize;

/// Where training stands. Every number in it is finite.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct State {
    pub step: u64,
    /// Over all samples.
    pub loss: f64,
    /// Over the samples of the last update; before the first one the same as `loss`.
    pub batch_loss: f64,
    pub params: Ordered<String, Numbers>,
    /// The samples of the last update, counted from 0.
    pub batch: Vec<usize>,
    pub rate: f64,
    pub stopped: Option<Stopped>,
    pub notes: Vec<Note>,
}

/// Why the last step was refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stopped {
    /// `diverged`, `steep`
    pub why: String,
    pub message: String,
    /// A rate at which each step is known to land nearer, where that can be computed.
    pub rate_advice: Option<f64>,
}

/// Something that a learner should know about the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// `batch`, `rate`, `constant`, `dead`, `saturated`, `flat`
    pub why: String,
    pub message: String,
}

impl Note {
    pub fn new(why: &str, message: impl Into<String>) -> Note {
        Note { why: why.to_owned(), message: message.into() }
    }
}

/// The last update in full: each of its numbers can be found in the formula that was derived.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Detail {
    /// The step that the update led to.
    pub step: u64,
    pub rate: f64,
    pub momentum: f64,
    pub batch: Vec<usize>,
    pub batch_loss: f64,
    pub loss_latex: String,
    pub params: Vec<ParameterDetail>,
    pub intermediates: Vec<IntermediateDetail>,
}

/// One parameter in the last update.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ParameterDetail {
    pub name: String,
    pub before: Numbers,
    pub gradient: Numbers,
    /// What was subtracted, over the rate: the gradient, with momentum the running sum of gradients.
    pub velocity: Numbers,
    pub after: Numbers,
    /// The derived gradient: marked LaTeX, and in the language.
    pub latex: String,
    pub text: String,
}

/// A named part of the loss with its numbers on the samples of the update.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntermediateDetail {
    pub name: String,
    /// `z = X w + b`, marked LaTeX.
    pub latex: String,
    pub values: Numbers,
}

/// A number for a sentence: three significant digits.
pub fn spoken(x: f64) -> String {
    let size = x.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    if !(1e-3..1e5).contains(&size) {
        let text = format!("{x:.1e}");
        return text.replace(".0e", "e").replace('-', "−");
    }
    let digits = (2 - libm::log10(size).floor() as i32).max(0) as usize;
    let text = format!("{x:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spoken_with_three_digits() {
        for (x, text) in [
            (0.0, "0"),
            (1.94, "1.94"),
            (0.3141592, "0.314"),
            (12.0, "12"),
            (-0.05, "−0.05"),
            (99_999.0, "99999"),
            (8.13e12, "8.1e12"),
            (2e-7, "2e−7"),
        ] {
            assert_eq!(spoken(x), text);
        }
    }
}
