//! The numbers that the functions in f32 are made of; whoever computes them elsewhere, bit for bit, needs the same ones.
//!
//! Fitted here: exp and log by Chebyshev approximation of their series' remainder, tanh as a fraction by Lawson's iteration
//! (weighted least squares that level the relative error on |x| ≤ 9.02, which is 7e-9 before rounding).

pub const LOG2_E: f32 = std::f32::consts::LOG2_E;
/// log 2 in two parts; whole numbers up to 2⁸ times the first are exact (Cody and Waite 1980).
pub const LN2_HIGH: f32 = 0.693_359_4;
pub const LN2_LOW: f32 = -2.121_944_4e-4;
/// 1.5 · 2²³: adding it rounds to a whole number, which then stands in the lowest bits.
pub const ROUNDING: f32 = 12_582_912.0;
/// The smallest x whose exponential is a normal number.
pub const SMALLEST: f32 = -87.336_54;

/// Polynomials, from the lowest power on.
pub const EXP: [f32; 5] = [0.5, 0.166_665_76, 0.041_666_552, 0.008_363_333, 0.001_392_637_6];
pub const LOG: [f32; 8] =
    [0.333_333_3, -0.250_003_06, 0.200_010_45, -0.166_412_81, 0.142_144_94, -0.129_981_87, 0.126_223_34, -0.079_027_53];
pub const TANH_NUMERATOR: [f32; 7] =
    [1.0, 0.130_831_78, 0.003_103_024, 1.114_448e-5, -2.018_48e-8, 5.258_138_6e-11, -8.436_87e-14];
pub const TANH_DENOMINATOR: [f32; 4] = [1.0, 0.464_165_04, 0.024_491_473, 2.544_783_4e-4];
