//! Training for a long time: frame after frame, so many steps each, as the page does at 60 a second. The memory that is held
//! does not grow by a byte, and the same seed ends with the same bits.
//!
//! `CHALKGRAD_SOAK=5200000 cargo test --test soak -- --nocapture` is a day's frames.
#![allow(unsafe_code)] // An allocator that counts.

use chalkgrad_core::train::Trainer;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, Ordering};

struct Counted;

static HELD: AtomicIsize = AtomicIsize::new(0);

// Safe: everything is passed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.fetch_add(layout.size() as isize, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static COUNTED: Counted = Counted;

/// Frames of every test run, and steps in a frame.
const USUAL_FRAMES: u64 = 3_000;
const STEPS: u32 = 10;
/// Frames before the first count: whatever is made once has been made.
const SETTLED: u64 = 600;

/// 60 points on a spiral of two arms.
fn spec() -> String {
    let point = |k: usize| {
        let (arm, t) = (k % 2, (k / 2) as f64 / 30.0);
        let angle = 6.0 * t + std::f64::consts::PI * arm as f64;
        ([t * angle.cos(), t * angle.sin()], if arm == 0 { 1.0 } else { -1.0 })
    };
    let (xs, ys): (Vec<[f64; 2]>, Vec<f64>) = (0..60).map(point).unzip();
    serde_json::json!({
        "loss": "mean((y - (tanh(tanh(X*W1 + ones(N)*b1')*W2 + ones(N)*b2')*w + b)).^2)",
        "params": {"W1": {"shape": [2, 8]}, "b1": {"shape": [8]}, "W2": {"shape": [8, 8]}, "b2": {"shape": [8]},
                   "w": {"shape": [8]}, "b": {"shape": []}},
        "data": {"X": xs, "y": ys}, "batch": 10, "rate": 0.03, "seed": 5
    })
    .to_string()
}

/// Trains for so many frames; how much is held after the first ones and at the end, and the state in the end.
fn trained(frames: u64) -> (isize, isize, String) {
    let mut trainer = Trainer::new(&spec()).expect("a session");
    let mut settled = 0;
    for frame in 0..frames {
        trainer.step(STEPS).expect("steps");
        // What a page asks for now and then.
        if frame % 60 == 0 {
            trainer.loss().expect("a loss");
            trainer.state().expect("a state");
        }
        if frame + 1 == SETTLED.min(frames) {
            settled = HELD.load(Ordering::Relaxed);
        }
    }
    let held = HELD.load(Ordering::Relaxed);
    (settled, held, trainer.snapshot())
}

#[test]
fn memory_does_not_grow_and_bits_repeat() {
    let frames = std::env::var("CHALKGRAD_SOAK").map_or(USUAL_FRAMES, |text| text.parse().expect("frames"));
    let (settled, held, first) = trained(frames);
    println!("{frames} frames of {STEPS} steps: {settled} bytes held after {SETTLED}, {held} in the end");
    assert_eq!(settled, held, "memory grew");
    let (_, _, second) = trained(frames);
    assert!(first == second, "the same seed ended otherwise");
    println!("again, the same bits: {}", &first[..first.len().min(120)]);
}
