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
pub const IDENTIFY: About = headline(
    "identify",
    "Read the derivative off",
    "What multiplies the entries of the variable's differential is the derivative.",
    "Magnus & Neudecker 9.6",
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
    &IDENTIFY,
    &SPLIT,
    &BY_ENTRIES,
];
