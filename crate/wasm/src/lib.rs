//! Chalkgrad for the browser: thin exports over `chalkgrad_core`, no logic.
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs once per instance: a panic's last words go to the console, since the instance itself is lost after it.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// Answers one request of the batch contract (LANGUAGE reference): JSON in, JSON out, the same bytes as `chalkgrad batch`.
#[wasm_bindgen]
pub fn call(request: &str) -> String {
    chalkgrad_core::call(request)
}

/// The size of this instance's memory in bytes. It never shrinks, so a page replaces an instance that has grown large.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn memory_size() -> usize {
    const PAGE: usize = 64 * 1024;
    core::arch::wasm32::memory_size::<0>() * PAGE
}

// The training session `Trainer` goes here, as thin as `call`: each method hands JSON to `chalkgrad_core::train::Session`.
