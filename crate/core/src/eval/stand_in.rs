//! Stand-ins for abstract functions in checks: smooth, with all first and second partial derivatives different from
//! zero, chosen by the function's name and a seed. A formula that holds for every `f` holds for them.
//!
//! Over all arguments in one row z: f_i(z) = Σ_j a sin(b z_j + c) + ½ s², s = Σ_j p z_j, with its own a, b, c, p for
//! each i and j. So every derivative has a formula: beyond the second only the sine is left.

use crate::error::Error;
use crate::eval::Evaluated;
use crate::expr::Function;
use crate::scalar::Elementary;
use crate::tensor::Tensor;

/// A number in (0, 1) that the key alone decides.
fn unit(key: [u64; 4]) -> f64 {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    for part in key {
        // The mixing steps of splitmix64.
        state = state.wrapping_add(part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
    }
    ((state >> 12) as f64 + 0.5) / (1u64 << 52) as f64
}

struct Coefficients {
    a: f64,
    b: f64,
    c: f64,
    p: f64,
}

fn coefficients(key: u64, entry: usize, argument: usize) -> Coefficients {
    let draw = |which: u64| unit([key, entry as u64, argument as u64, which]);
    Coefficients { a: 0.5 + draw(0), b: 0.6 + 0.8 * draw(1), c: 6.0 * draw(2), p: 0.3 + 0.6 * draw(3) }
}

fn name_key(name: &str, seed: u64) -> u64 {
    name.bytes().fold(seed, |key, byte| key.wrapping_mul(0x0000_0100_0000_01b3) ^ u64::from(byte))
}

/// The stand-in at the given arguments, differentiated by the arguments in `slots` (1-based): the shape of the result,
/// then that of each slot's argument.
pub(super) fn value<S: Evaluated>(
    function: &Function,
    slots: &[usize],
    args: &[&Tensor<S>],
    shape: &[usize],
    seed: u64,
) -> Result<Tensor<S>, Error> {
    let key = name_key(&function.name, seed);
    let z: Vec<S> = args.iter().flat_map(|arg| arg.data.iter().copied()).collect();
    // Each slot's first place in z, and how many places it has.
    let ranges: Vec<(usize, usize)> =
        slots.iter().map(|&slot| (args[..slot - 1].iter().map(|arg| arg.len()).sum(), args[slot - 1].len())).collect();
    let columns: usize = ranges.iter().map(|&(_, len)| len).product();
    let entries = shape.iter().product::<usize>() / columns.max(1);
    let mut data = Vec::with_capacity(entries * columns);
    for i in 0..entries {
        let weighted = z.iter().enumerate().map(|(j, &x)| S::from_f64(coefficients(key, i, j).p).times(x));
        let s = weighted.fold(S::from_f64(0.0), S::plus);
        for column in 0..columns {
            data.push(entry(key, i, &places(&ranges, column), &z, s));
        }
    }
    Ok(Tensor::new(shape, data))
}

/// Which place of z each slot stands for in the given column (the last slot running fastest).
fn places(ranges: &[(usize, usize)], mut column: usize) -> Vec<usize> {
    let mut places = vec![0; ranges.len()];
    for (place, &(start, len)) in places.iter_mut().zip(ranges).rev() {
        *place = start + column % len;
        column /= len;
    }
    places
}

/// ∂^k f_i / ∂z_j ∂z_l …, the places j, l, … given.
fn entry<S: Evaluated>(key: u64, i: usize, places: &[usize], z: &[S], s: S) -> S {
    let p = |j: usize| S::from_f64(coefficients(key, i, j).p);
    let half = S::from_f64(0.5);
    let square = match *places {
        [] => half.times(s).times(s),
        [j] => p(j).times(s),
        [j, l] => p(j).times(p(l)),
        _ => S::from_f64(0.0),
    };
    let sines = match places.first() {
        None => (0..z.len()).map(|j| sine(key, i, j, 0, z[j])).fold(S::from_f64(0.0), S::plus),
        Some(&j) if places.iter().all(|&other| other == j) => sine(key, i, j, places.len(), z[j]),
        Some(_) => S::from_f64(0.0),
    };
    square.plus(sines)
}

/// The `order`-th derivative of a sin(b x + c).
fn sine<S: Evaluated>(key: u64, i: usize, j: usize, order: usize, x: S) -> S {
    let Coefficients { a, b, c, .. } = coefficients(key, i, j);
    let angle = S::from_f64(b).times(x).plus(S::from_f64(c));
    let (function, sign) =
        [(Elementary::Sin, 1.0), (Elementary::Cos, 1.0), (Elementary::Sin, -1.0), (Elementary::Cos, -1.0)][order % 4];
    // Multiplied in this kind of number: exact kinds do not round.
    let scale = (0..order).fold(S::from_f64(sign * a), |scale, _| scale.times(S::from_f64(b)));
    scale.times(angle.map(function))
}
