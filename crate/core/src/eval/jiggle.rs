//! Moving numbers a little, to see how large the rounding of a computation is (see [`super::Plan::run_jiggled`]).

use crate::dual::Dual;
use crate::scalar::Scalar;
use crate::tensor::Tensor;
use oorandom::Rand64;

/// How the numbers are moved: each by at most the relative `by`, at random.
#[derive(Clone, Copy, Debug)]
pub struct Jiggle {
    pub seed: u64,
    pub by: f64,
}

impl Jiggle {
    /// Far enough that the answer is not rounding itself, near enough that what follows is in proportion.
    pub const FAR: f64 = 1.0 / (1u64 << 40) as f64;
    /// As far as rounding goes. Where a pivot is rounding (a matrix that is singular everywhere), nothing is in proportion:
    /// what rounding does is then seen only at its own size.
    pub const NEAR: f64 = 1.0 / (1u64 << 50) as f64;

    /// The rounding that a distance of results tells of.
    pub fn rounding(self, distance: f64) -> f64 {
        distance / self.by * f64::EPSILON
    }
}

/// Numbers that can be moved a little. Exact kinds stay as they are.
pub trait Jiggled: Scalar {
    /// The number with value and slope scaled by factors near 1.
    fn scaled(self, value: f64, slope: f64) -> Self;
    /// The largest of its parts.
    fn size(self) -> f64;
    /// The size of the slopes; 0 for plain numbers.
    fn steepness(self) -> f64;
    /// The number with its slopes moved; plain numbers stay.
    fn tilted(self, by: f64) -> Self;
}

impl Jiggled for f64 {
    fn scaled(self, value: f64, _: f64) -> f64 {
        self * value
    }
    fn size(self) -> f64 {
        self.abs()
    }
    fn steepness(self) -> f64 {
        0.0
    }
    fn tilted(self, _: f64) -> f64 {
        self
    }
}

impl<S: Jiggled> Jiggled for Dual<S> {
    fn scaled(self, value: f64, slope: f64) -> Dual<S> {
        Dual { value: self.value.scaled(value, slope), slope: self.slope.scaled(slope, value) }
    }
    fn size(self) -> f64 {
        self.value.size().max(self.slope.size())
    }
    fn steepness(self) -> f64 {
        self.value.steepness().max(self.slope.size())
    }
    fn tilted(self, by: f64) -> Dual<S> {
        Dual { value: self.value.tilted(by), slope: self.slope.plus(S::from_f64(by)) }
    }
}

pub(super) fn jiggled<S: Jiggled>(tensor: &Tensor<S>, by: f64, random: &mut Rand64) -> Tensor<S> {
    let mut factor = || 1.0 + (2.0 * random.rand_float() - 1.0) * by;
    Tensor { shape: tensor.shape.clone(), data: tensor.data.iter().map(|x| x.scaled(factor(), factor())).collect() }
}

/// Inside a function of whole tensors slopes may cancel (softmax where it saturates): what is left of them is rounding
/// of the size of the arguments' slopes, not of the result's.
pub(super) fn tilt<S: Jiggled>(value: &mut Tensor<S>, args: &[&Tensor<S>], by: f64, random: &mut Rand64) {
    let largest = |sizes: &mut dyn Iterator<Item = f64>| sizes.fold(0.0, f64::max);
    let slope = largest(&mut args.iter().flat_map(|a| a.data.iter().map(|x| x.steepness())));
    let size = largest(&mut value.data.iter().map(|x| x.value().abs()));
    for x in &mut value.data {
        *x = x.tilted((2.0 * random.rand_float() - 1.0) * by * slope * size);
    }
}
