//! Functions of the language that are not built yet. Calling one is error `unsupported`, never a wrong number.

use crate::op::{Differential, Eval, Fault, Notation, Op, Sample, Typed};
use crate::shape::Shape;

pub static OPS: &[&Op] = &[&DET, &LOGDET, &INV, &ADJ, &KRON, &VEC, &MATRIX_POWER];

const fn planned(name: &'static str, usage: &'static str, about: &'static str) -> Op {
    Op {
        name,
        aliases: &[],
        usage,
        about,
        typed: Typed::Planned,
        shape: |_, _, _| -> Result<Shape, Fault> {
            Err(Fault { unsupported: true, ..Fault::new(0, "This function is not built yet.") })
        },
        eval: Eval::Evaluator,
        differential: Differential::Unsupported,
        index: None,
        notation: Notation::Printer,
        sample: Sample::Real,
        kinks: &[],
    }
}

pub static DET: Op = planned("det", "det(A)", "Determinant.");
pub static LOGDET: Op = planned("logdet", "logdet(A)", "log |det A|.");
pub static INV: Op = planned("inv", "inv(A)", "Inverse.");
pub static ADJ: Op = planned("adj", "adj(A)", "Adjugate.");
pub static KRON: Op = planned("kron", "kron(A, B)", "Kronecker product.");
pub static VEC: Op = planned("vec", "vec(A)", "The columns of A, one under the other.");
pub static MATRIX_POWER: Op = planned("matrix_power", "A^k", "Power of a square matrix.");
