//! The tape's functions (crate/tape/src/functions.rs and real.rs) on four numbers at a time: the same operations in the same
//! order, so the same bits. Where it says `if x > y { y } else { x }`, one instruction does it.

use crate::code::{Code, One, Two, Value};
use chalkgrad_tape::{Function, coefficients as c};

/// f(x); `None` for what is computed in f64.
pub fn map(code: &mut Code, function: Function, x: Value) -> Option<Value> {
    Some(match function {
        Function::Exp => exp(code, x),
        Function::Log => log(code, x),
        Function::Tanh => tanh(code, x),
        Function::Sigmoid => sigmoid(code, x),
        Function::Softplus => softplus(code, x),
        Function::Relu => relu(code, x),
        Function::Step => step(code, x),
        Function::Abs => code.one(One::Abs, x),
        Function::Sqrt => code.one(One::Sqrt, x),
        Function::Other(_) => return None,
    })
}

/// At most `most`; what is not a number stays.
fn at_most(code: &mut Code, x: Value, most: f32) -> Value {
    let most = code.constant(most);
    code.two(Two::Smaller, x, most)
}

fn at_least(code: &mut Code, x: Value, least: f32) -> Value {
    let least = code.constant(least);
    code.two(Two::Larger, x, least)
}

/// `first + x · (…)`: coefficients from the lowest power on.
fn polynomial(code: &mut Code, x: Value, coefficients: &[f32]) -> Value {
    let Some((&last, rest)) = coefficients.split_last() else { return code.constant(0.0) };
    let mut value = code.constant(last);
    for &coefficient in rest.iter().rev() {
        let product = code.two(Two::Multiply, x, value);
        let first = code.constant(coefficient);
        value = code.two(Two::Add, first, product);
    }
    value
}

fn times(code: &mut Code, x: Value, factor: f32) -> Value {
    let factor = code.constant(factor);
    code.two(Two::Multiply, x, factor)
}

fn plus(code: &mut Code, x: Value, term: f32) -> Value {
    let term = code.constant(term);
    code.two(Two::Add, x, term)
}

fn minus(code: &mut Code, x: Value, term: f32) -> Value {
    let term = code.constant(term);
    code.two(Two::Subtract, x, term)
}

fn power_of_two(code: &mut Code, k: Value) -> Value {
    let bias = code.constant_bits(127);
    let shifted = code.two(Two::AddWhole, k, bias);
    code.one(One::ShiftLeft(23), shifted)
}

pub fn exp(code: &mut Code, x: Value) -> Value {
    let within = at_most(code, x, 89.0);
    let within = at_least(code, within, -88.0);
    let scaled = times(code, within, c::LOG2_E);
    let shifted = plus(code, scaled, c::ROUNDING);
    let n = minus(code, shifted, c::ROUNDING);
    let rounding = code.constant(c::ROUNDING);
    let k = code.two(Two::SubtractWhole, shifted, rounding);
    let high = times(code, n, c::LN2_HIGH);
    let low = times(code, n, c::LN2_LOW);
    let r = code.two(Two::Subtract, within, high);
    let r = code.two(Two::Subtract, r, low);
    let q = polynomial(code, r, &c::EXP);
    let square = code.two(Two::Multiply, r, r);
    let rest = code.two(Two::Multiply, square, q);
    let sum = code.two(Two::Add, r, rest);
    let fraction = plus(code, sum, 1.0);
    let half = code.one(One::ShiftRight(1), k);
    let other = code.two(Two::SubtractWhole, k, half);
    let (first, second) = (power_of_two(code, half), power_of_two(code, other));
    let value = code.two(Two::Multiply, fraction, first);
    let value = code.two(Two::Multiply, value, second);
    let (smallest, zero) = (code.constant(c::SMALLEST), code.constant(0.0));
    let too_small = code.two(Two::Less, x, smallest);
    code.select(too_small, zero, value)
}

fn log(code: &mut Code, x: Value) -> Value {
    let (least, zero) = (code.constant(f32::MIN_POSITIVE), code.constant(0.0));
    let tiny = code.two(Two::Less, x, least);
    let raised = times(code, x, 8_388_608.0);
    let normal = code.select(tiny, raised, x);
    let root = code.constant_bits(0x3f35_04f3);
    let difference = code.two(Two::SubtractWhole, normal, root);
    let k = code.one(One::ShiftRight(23), difference);
    let exponent_bits = code.one(One::ShiftLeft(23), k);
    let fraction = code.two(Two::SubtractWhole, normal, exponent_bits);
    let f = minus(code, fraction, 1.0);
    let whole = code.one(One::Convert, k);
    let (by, none) = (code.constant(23.0), zero);
    let lowered = code.select(tiny, by, none);
    let exponent = code.two(Two::Subtract, whole, lowered);
    let q = polynomial(code, f, &c::LOG);
    let square = code.two(Two::Multiply, f, f);
    let inner = code.two(Two::Multiply, f, q);
    let inner = minus(code, inner, 0.5);
    let small = code.two(Two::Multiply, square, inner);
    let low = times(code, exponent, c::LN2_LOW);
    let small = code.two(Two::Add, small, low);
    let high = times(code, exponent, c::LN2_HIGH);
    let sum = code.two(Two::Add, f, small);
    let value = code.two(Two::Add, high, sum);
    let (top, bottom) = (code.constant(f32::INFINITY), code.constant(f32::NEG_INFINITY));
    let is_top = code.two(Two::Equal, x, top);
    let value = code.select(is_top, x, value);
    let is_zero = code.two(Two::Equal, x, zero);
    let value = code.select(is_zero, bottom, value);
    let defined = code.two(Two::GreaterEqual, x, zero);
    let undefined = code.constant(f32::NAN);
    code.select(defined, value, undefined)
}

fn tanh(code: &mut Code, x: Value) -> Value {
    let within = at_most(code, x, 9.02);
    let within = at_least(code, within, -9.02);
    let t = code.two(Two::Multiply, within, within);
    let numerator = polynomial(code, t, &c::TANH_NUMERATOR);
    let denominator = polynomial(code, t, &c::TANH_DENOMINATOR);
    let product = code.two(Two::Multiply, within, numerator);
    let value = code.two(Two::Divide, product, denominator);
    let value = at_most(code, value, 1.0);
    at_least(code, value, -1.0)
}

fn negative(code: &mut Code, x: Value) -> Value {
    // −x is its sign bit turned: 0 − x would lose the sign of 0, and exp(−x) does not see it.
    let zero = code.constant(0.0);
    code.two(Two::Subtract, zero, x)
}

fn sigmoid(code: &mut Code, x: Value) -> Value {
    let turned = negative(code, x);
    let small = exp(code, turned);
    let sum = plus(code, small, 1.0);
    let one = code.constant(1.0);
    code.two(Two::Divide, one, sum)
}

fn log1p(code: &mut Code, t: Value) -> Value {
    let u = plus(code, t, 1.0);
    let logarithm = log(code, u);
    let one = code.constant(1.0);
    let lost = code.two(Two::Subtract, u, one);
    let ratio = code.two(Two::Divide, t, lost);
    let value = code.two(Two::Multiply, logarithm, ratio);
    let is_one = code.two(Two::Equal, u, one);
    code.select(is_one, t, value)
}

fn softplus(code: &mut Code, x: Value) -> Value {
    let positive = relu(code, x);
    let size = code.one(One::Abs, x);
    let turned = negative(code, size);
    let small = exp(code, turned);
    let rest = log1p(code, small);
    code.two(Two::Add, positive, rest)
}

fn relu(code: &mut Code, x: Value) -> Value {
    let zero = code.constant(0.0);
    if code.lanes() == 1 {
        return code.branch((x, Two::Less, zero), zero, x);
    }
    code.two(Two::Larger, x, zero)
}

fn step(code: &mut Code, x: Value) -> Value {
    let (zero, one) = (code.constant(0.0), code.constant(1.0));
    let above = code.two(Two::Greater, x, zero);
    let indicator = code.two(Two::And, above, one);
    let undefined = code.two(Two::Unequal, x, x);
    code.select(undefined, x, indicator)
}
