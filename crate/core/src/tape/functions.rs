//! The elementary functions as the tape knows them. Those that training leans on have code of their own there, the others are
//! taken from the scalar's table.

use crate::scalar::{Elementary, Elementary2, Scalar};
use chalkgrad_tape::{Function, Zip};

/// The tape's function for an elementary one. (`Negate` is a coefficient there.)
pub fn function(f: Elementary) -> Function {
    let slow: fn(f64) -> f64 = match f {
        Elementary::Exp => return Function::Exp,
        Elementary::Log => return Function::Log,
        Elementary::Tanh => return Function::Tanh,
        Elementary::Sigmoid => return Function::Sigmoid,
        Elementary::Softplus => return Function::Softplus,
        Elementary::Relu => return Function::Relu,
        Elementary::Step => return Function::Step,
        Elementary::Abs => return Function::Abs,
        Elementary::Sqrt => return Function::Sqrt,
        Elementary::Negate => |x| x.map(Elementary::Negate),
        Elementary::Log2 => |x| x.map(Elementary::Log2),
        Elementary::Log10 => |x| x.map(Elementary::Log10),
        Elementary::Log1p => |x| x.map(Elementary::Log1p),
        Elementary::Expm1 => |x| x.map(Elementary::Expm1),
        Elementary::Cbrt => |x| x.map(Elementary::Cbrt),
        Elementary::Sign => |x| x.map(Elementary::Sign),
        Elementary::Sin => |x| x.map(Elementary::Sin),
        Elementary::Cos => |x| x.map(Elementary::Cos),
        Elementary::Tan => |x| x.map(Elementary::Tan),
        Elementary::Sec => |x| x.map(Elementary::Sec),
        Elementary::Csc => |x| x.map(Elementary::Csc),
        Elementary::Cot => |x| x.map(Elementary::Cot),
        Elementary::Asin => |x| x.map(Elementary::Asin),
        Elementary::Acos => |x| x.map(Elementary::Acos),
        Elementary::Atan => |x| x.map(Elementary::Atan),
        Elementary::Sinh => |x| x.map(Elementary::Sinh),
        Elementary::Cosh => |x| x.map(Elementary::Cosh),
        Elementary::Asinh => |x| x.map(Elementary::Asinh),
        Elementary::Acosh => |x| x.map(Elementary::Acosh),
        Elementary::Atanh => |x| x.map(Elementary::Atanh),
        Elementary::Erf => |x| x.map(Elementary::Erf),
    };
    Function::Other(slow)
}

/// A function of two as the tape knows it.
pub enum Two {
    Zip(Zip),
    Other(fn(f64, f64) -> f64),
}

pub fn function2(f: Elementary2) -> Two {
    Two::Zip(match f {
        Elementary2::Divide => Zip::Divide,
        Elementary2::Max => Zip::Max,
        Elementary2::Min => Zip::Min,
        Elementary2::Greater => Zip::Greater,
        Elementary2::Less => Zip::Less,
        Elementary2::GreaterEqual => Zip::GreaterEqual,
        Elementary2::LessEqual => Zip::LessEqual,
        Elementary2::Power => return Two::Other(|x, y| f64::map2(Elementary2::Power, x, y)),
    })
}
