//! Abstract functions: `f(x)`, known only by their shapes.

use crate::op::{Data, Differential, Eval, Fault, Notation, Op, Sample, Typed};
use crate::shape::Shape;

pub static OPS: &[&Op] = &[&CALL];

/// `f(x, y)`, or its derivative by the arguments named in the data. Made by `Arena::call_function`, which knows the
/// declared shapes. Its differential is written out by differential.rs: `D(f, k)(x, y) · d(k-th argument)`.
pub static CALL: Op = Op {
    name: "abstract",
    aliases: &[],
    usage: "f(x), f'(x), D(f)(x), D(f, k)(x, y)",
    about: "An abstract function and its derivatives.",
    typed: Typed::Notation,
    shape: |_, _, _| -> Result<Shape, Fault> {
        Err(Fault::new(0, "An abstract function has the shape it was declared with."))
    },
    eval: Eval::Evaluator,
    differential: Differential::Unsupported,
    index: None,
    notation: Notation::Printer,
    sample: Sample::Real,
    kinks: &[],
};

/// The slots of a call's data; empty for the function itself.
pub fn slots(data: &Data) -> &[usize] {
    match data {
        Data::Function(_, slots) => slots,
        _ => &[],
    }
}
