//! chalkgrad-core: all the mathematics of Chalkgrad. No input or output, no clock, no chance (seeds are arguments).
#![forbid(unsafe_code)]

#[macro_use]
pub mod words;

pub mod answer;
pub mod ast;
pub mod bindings;
pub mod budget;
pub mod check;
pub mod contract;
pub mod derive;
pub mod differential;
pub mod dual;
pub mod entries;
pub mod error;
pub mod eval;
pub mod exact;
pub mod expr;
pub mod graph;
pub mod identification;
pub mod index;
pub mod infer;
pub mod jacobian;
#[cfg(test)]
mod laws;
pub mod layout;
pub mod lexer;
pub mod lines;
pub mod map;
pub mod modular;
pub mod moves;
pub mod names;
pub mod number;
pub mod numbers;
mod one_entry;
pub mod op;
pub mod ops;
pub mod oracle;
pub mod ordered;
pub mod parser;
pub mod practice;
pub mod print;
pub mod proved;
pub mod readback;
mod readings;
pub mod request;
pub mod reverse;
pub mod rule;
pub mod rules;
pub mod sample;
pub mod scalar;
pub mod shape;
mod shifts;
pub mod slips;
pub mod span;
mod splits;
pub mod statement;
mod step_check;
pub mod steps;
pub mod tape;
pub mod tensor;
pub mod tensor_views;
pub mod terms;
pub mod textbook;
pub mod tidy;
pub mod train;
pub mod vectorise;
pub mod verdict;
pub mod view;

pub use answer::call;
