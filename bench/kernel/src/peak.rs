//! Multiplications and additions of four numbers, in twelve chains that do not wait for each other.

use core::arch::wasm32::*;

/// Runs `rounds` of them; operations are `rounds · 96`.
#[unsafe(no_mangle)]
pub extern "C" fn peak(rounds: u32, seed: f32) -> f32 {
    let (factor, term) = (f32x4_splat(0.999 + seed), f32x4_splat(0.001 + seed));
    let mut chains = [f32x4_splat(seed); 12];
    for _ in 0..rounds {
        for chain in &mut chains {
            *chain = f32x4_add(f32x4_mul(*chain, factor), term);
        }
    }
    chains.iter().fold(0.0, |sum, &chain| sum + f32x4_extract_lane::<0>(chain))
}
