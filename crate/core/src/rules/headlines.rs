//! The headlines of a derivation: what a teacher writes in the margin.

use crate::steps::About;

const fn headline(id: &'static str, title: &'static str, why: &'static str, source: &'static str) -> About {
    About { id, title, why, source, from: "", to: "", given: "" }
}

pub const NAME: About = headline(
    "name-intermediates",
    "Name the intermediates",
    "One operator each: every piece is then easy to differentiate alone.",
    "Parr & Howard 4.5.1",
);
pub const EACH: About = headline(
    "differentiate-each",
    "Differentiate each alone",
    "Each intermediate by what stands directly in it, everything else held fixed.",
    "Parr & Howard 4.5.1",
);
pub const SINGLE_CHAIN: About = headline(
    "single-variable-chain-rule",
    "Multiply along the chain",
    "There is one path from the variable to the result: the rates along it multiply.",
    "Parr & Howard 4.5.1",
);
pub const TOTAL_CHAIN: About = headline(
    "total-derivative-chain-rule",
    "Multiply along paths, add over paths",
    "The variable reaches the result by several paths; each contributes, and contributions add.",
    "Parr & Howard 4.5.2",
);
pub const VECTOR_CHAIN: About = headline(
    "vector-chain-rule",
    "Multiply the Jacobians",
    "The result depends on the variable only through the intermediates, so their Jacobians multiply, outermost first.",
    "Parr & Howard 4.5.3",
);
pub const FILL_IN: About =
    headline("fill-in", "Put the derivatives in", "Each factor was found in the step before.", "Parr & Howard 4.5.1");
pub const SUBSTITUTE: About = headline(
    "substitute-back",
    "Substitute back",
    "Replace each name by what it stands for, so that only the original variables are left.",
    "Parr & Howard 4.5.1",
);
pub const TIDY: About =
    headline("tidy", "Tidy", "The same value, written the way one would write it by hand.", "Parr & Howard 4.5.1");
pub const ROWS: About = headline(
    "jacobian-rows",
    "One row for each component",
    "The Jacobian stacks the gradients of the components as rows.",
    "Parr & Howard 4.1",
);
pub const PARTIALS: About = headline(
    "gradient-partials",
    "One partial for each variable",
    "The gradient collects the partial derivatives in a row, in the order of the variables.",
    "Parr & Howard 3",
);
pub const PART: About =
    headline("one-part", "Work out this part", "The other parts wait, unchanged.", "Parr & Howard 4.1");
pub const COMPONENT: About = headline(
    "pick-component",
    "Pick the component",
    "The derivative by one component is one column of the Jacobian.",
    "Parr & Howard 4.1",
);
pub const DIFFERENTIAL: About = headline(
    "take-differential",
    "Take the differential",
    "Push d inwards, operator by operator, until it stands at the variable alone.",
    "Magnus & Neudecker 5.5",
);
pub const FILL_DIFFERENTIALS: About = headline(
    "fill-in-differentials",
    "Put the differentials in",
    "Each inner differential was found above; only that of the variable is left.",
    "Magnus & Neudecker 5.5",
);
pub const CANONICAL: About = headline(
    "canonical-form",
    "Bring the differential to a form that can be read",
    "The change of the variable is moved to one place: as tr(Gᵀ dX) for a number, as A dX B for a matrix.",
    "Magnus & Neudecker 9.2",
);
pub const AS_TRACE: About = headline(
    "as-a-trace",
    "Write it as a trace",
    "A number is its own trace, sum(A ⊙ B) = tr(Aᵀ B), and inside a trace the factors go round: tr(A B) = tr(B A).",
    "Magnus & Neudecker 1.10, 2.4",
);
pub const FIRST: About = headline(
    "first-derivative",
    "Take the first derivative",
    "A second derivative is the derivative of the first, so we begin with that.",
    "Magnus & Neudecker 6.3",
);
pub const AGAIN: About = headline(
    "differentiate-again",
    "Differentiate again",
    "The first derivative is an expression like any other.",
    "Magnus & Neudecker 6.3",
);
pub const BACKWARDS: About = headline(
    "reverse-accumulation",
    "Walk back from the result",
    "Each intermediate's derivative comes from those of what uses it, the result's own being 1.",
    "Griewank & Walther 3.2",
);
pub const ADD_PATHS: About = headline(
    "add-over-users",
    "Add over all users",
    "What is used in several places gets a contribution from each.",
    "Griewank & Walther 3.2",
);
pub const FILL_ADJOINTS: About = headline(
    "fill-in-adjoints",
    "Put the derivatives found on the way in",
    "Each line of the way back uses the ones above it.",
    "Griewank & Walther 3.2",
);
pub const IDENTIFY: About = headline(
    "identify",
    "Read the derivative off",
    "What multiplies the entries of the variable's differential is the derivative.",
    "Magnus & Neudecker 9.6",
);
pub const ENTRY_BY_ENTRY: About = headline(
    "entry-by-entry",
    "Look at one entry",
    "What multiplies the change of one entry of the variable, in one entry of the value, is that entry of the derivative.",
    "Magnus & Neudecker 5.4",
);
pub const ASSEMBLE: About = headline(
    "assemble",
    "Put the entries together",
    "An index that is summed over is a product of matrices, one that two factors share is taken entry by entry.",
    "Parr & Howard 4.1",
);
pub const PUSH_INWARDS: About = headline(
    "push-derivative-inwards",
    "Push the derivative inwards",
    "Each rule takes the derivative of a whole to those of its parts, until only that of the variable is left.",
    "Parr & Howard 2",
);
pub const BY_ITSELF: About = headline(
    "variable-by-itself",
    "The variable changes at the rate 1",
    "By itself it changes exactly as much as it changes.",
    "Parr & Howard 2",
);
pub const INDEX_EACH: About = headline(
    "entries-of-each",
    "Differentiate one entry of each",
    "Entry i of an intermediate, by entry j of what stands directly in it; δ is 1 where its indices agree, else 0.",
    "Parr & Howard 4.1",
);
pub const INDEX_CHAIN: About = headline(
    "chain-rule-by-entries",
    "Chain the entries",
    "Every entry on the way passes its change on, so products are summed over its index; δ picks one term of a sum.",
    "Parr & Howard 4.5.3",
);
pub const SIFT: About = headline(
    "delta-picks",
    "δ picks one term",
    "Of a sum over an index only the term is left in which δ is 1.",
    "Parr & Howard 4.1",
);
pub const SPLIT: About = headline(
    "split-at-the-kink",
    "Split at the kink",
    "On each side of the kink the formula is simple; at the kink itself we take the value on the left.",
    "Parr & Howard 5",
);

pub const BY_ENTRIES: About = headline(
    "by-entries",
    "By its entries",
    "The usual form failed its own check by number; here is the derivative by its entries.",
    "Chalkgrad, proved.rs",
);

/// All headlines, for the catalogue.
pub const ALL: &[&About] = &[
    &NAME,
    &EACH,
    &SINGLE_CHAIN,
    &TOTAL_CHAIN,
    &VECTOR_CHAIN,
    &FILL_IN,
    &SUBSTITUTE,
    &TIDY,
    &ROWS,
    &PARTIALS,
    &PART,
    &COMPONENT,
    &DIFFERENTIAL,
    &FILL_DIFFERENTIALS,
    &CANONICAL,
    &AS_TRACE,
    &IDENTIFY,
    &FIRST,
    &AGAIN,
    &BACKWARDS,
    &ADD_PATHS,
    &FILL_ADJOINTS,
    &ENTRY_BY_ENTRY,
    &ASSEMBLE,
    &PUSH_INWARDS,
    &BY_ITSELF,
    &INDEX_EACH,
    &INDEX_CHAIN,
    &SIFT,
    &SPLIT,
    &BY_ENTRIES,
];
