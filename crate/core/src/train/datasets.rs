//! Samples in two dimensions and two classes, drawn by a seed: what small networks are usually shown on. Coordinates have two
//! decimals, so that what a table shows is what is used.

use core::f64::consts::PI;
use oorandom::Rand64;

/// A sample: its two inputs, then its class, −1 or 1.
pub type Sample = [f64; 3];

/// The sets by name, with what is to be seen in each.
pub const SETS: [(&str, &str); 4] = [
    ("circle", "One class lies inside a ring of the other: no straight line parts them."),
    ("xor", "A class is two opposite corners: both inputs have to be looked at together."),
    ("gauss", "Two clouds side by side: a single layer can part them."),
    ("spiral", "Two arms wind around each other: the hardest of the four, it needs width and depth."),
];

/// How far the samples reach from the middle.
const REACH: f64 = 2.5;

/// So many samples of a set, the classes in turn; `None` for a name that is no set's. `noise` is the standard deviation of what
/// is added to each coordinate.
pub fn samples(set: &str, count: usize, noise: f64, seed: u64) -> Option<Vec<Sample>> {
    let place: fn(f64, usize, &mut Rand64) -> [f64; 2] = match set {
        "circle" => ring,
        "xor" => corner,
        "gauss" => cloud,
        "spiral" => arm,
        _ => return None,
    };
    let mut random = Rand64::new(u128::from(seed) << 64 | 0x6461_7461);
    let one = |at: usize, random: &mut Rand64| {
        let class = if at.is_multiple_of(2) { 1.0 } else { -1.0 };
        // How far along its class the sample stands: evenly, so that few samples look like many.
        let along = (at / 2) as f64 / (count / 2).max(2).saturating_sub(1) as f64;
        let [x, y] = place(class, (along * 1e6) as usize, random);
        let (dx, dy) = normal(random);
        [rounded(x + noise * dx), rounded(y + noise * dy), class]
    };
    Some((0..count).map(|at| one(at, &mut random)).collect())
}

fn rounded(x: f64) -> f64 {
    // Adding 0 takes the sign from −0.
    (x * 100.0).round() / 100.0 + 0.0
}

/// Two independent standard normal numbers (Box and Muller, 1958).
fn normal(random: &mut Rand64) -> (f64, f64) {
    let radius = libm::sqrt(-2.0 * libm::log(1.0 - random.rand_float()));
    let angle = 2.0 * PI * random.rand_float();
    (radius * libm::cos(angle), radius * libm::sin(angle))
}

fn between(random: &mut Rand64, low: f64, high: f64) -> f64 {
    low + (high - low) * random.rand_float()
}

fn turned(radius: f64, angle: f64) -> [f64; 2] {
    [radius * libm::cos(angle), radius * libm::sin(angle)]
}

/// Class 1 in the middle half, the other one in the outer third.
fn ring(class: f64, _: usize, random: &mut Rand64) -> [f64; 2] {
    let radius = if class > 0.0 { between(random, 0.0, 0.5) } else { between(random, 0.7, 1.0) };
    turned(REACH * radius, between(random, 0.0, 2.0 * PI))
}

/// Class 1 where both coordinates have one sign; a path along the axes stays free.
fn corner(class: f64, _: usize, random: &mut Rand64) -> [f64; 2] {
    let x = between(random, 0.2, REACH);
    let y = between(random, 0.2, REACH);
    let side = if random.rand_float() < 0.5 { 1.0 } else { -1.0 };
    [side * x, class * side * y]
}

fn cloud(class: f64, _: usize, random: &mut Rand64) -> [f64; 2] {
    let (dx, dy) = normal(random);
    [class * 1.1 + 0.45 * dx, class * 1.1 + 0.45 * dy]
}

/// One turn and a half, the other arm half a turn away; `millionths` of the way out.
fn arm(class: f64, millionths: usize, _: &mut Rand64) -> [f64; 2] {
    let along = millionths as f64 / 1e6;
    let start = if class > 0.0 { 0.0 } else { PI };
    turned(REACH * (0.1 + 0.9 * along), start + 3.0 * PI * along)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_drawn_by_their_seed() {
        for (set, about) in SETS {
            assert!(about.ends_with('.'));
            let some = samples(set, 200, 0.1, 3).unwrap();
            assert_eq!(some, samples(set, 200, 0.1, 3).unwrap());
            assert_ne!(some, samples(set, 200, 0.1, 4).unwrap());
            assert_eq!(some.iter().filter(|s| s[2] == 1.0).count(), 100);
            for [x, y, _] in some {
                assert!(x.abs() < 4.0 && y.abs() < 4.0, "{set}: {x}, {y}");
                assert!((x * 100.0 - (x * 100.0).round()).abs() < 1e-9);
            }
        }
        assert_eq!(samples("square", 4, 0.0, 1), None);
        assert_eq!(samples("xor", 0, 0.0, 1), Some(Vec::new()));
        assert_eq!(samples("spiral", 1, 0.0, 1).map(|all| all.len()), Some(1));
    }

    #[test]
    fn classes_lie_where_the_words_say() {
        for [x, y, class] in samples("circle", 100, 0.0, 1).unwrap() {
            assert_eq!(x * x + y * y < 2.0, class > 0.0);
        }
        for [x, y, class] in samples("xor", 100, 0.0, 1).unwrap() {
            assert_eq!(x * y > 0.0, class > 0.0);
        }
        let right =
            samples("gauss", 400, 0.0, 1).unwrap().iter().filter(|s| (s[0] + s[1] > 0.0) == (s[2] > 0.0)).count();
        assert!(right > 396, "{right}");
        // The arms are each other turned by half a turn.
        let arms = samples("spiral", 40, 0.0, 1).unwrap();
        for pair in arms.chunks(2) {
            assert!((pair[0][0] + pair[1][0]).abs() < 0.011 && (pair[0][1] + pair[1][1]).abs() < 0.011);
        }
    }
}
