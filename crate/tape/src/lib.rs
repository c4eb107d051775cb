//! chalkgrad-tape: flat programs over one preallocated buffer of numbers. The core compiles expressions to them; nothing here
//! knows an expression or a derivative.
//!
//! A crate of its own because it is compiled for speed while everything around it is compiled for size, which cargo decides
//! crate by crate. So all code must be instantiated here, for f32 and f64: [`Real::run`] is the only way in.
//!
//! The same bits everywhere: every sum has a fixed order (where lanes are added up there are eight, whatever the machine has),
//! a product and a sum are never contracted to one operation, and functions are computed from these alone.
#![forbid(unsafe_code)]

pub mod coefficients;
mod descent;
mod functions;
mod product;
mod program;
mod real;
mod reduce;
mod steps;

pub use descent::{Compiled, Descent, Source, mixed, shuffle};
pub use product::Product;
pub use program::{Instruction, Program};
pub use real::{Function, Real};
pub use steps::{Extent, Gate, Operand, Step, Zip};
