//! Chalkgrad for the browser: thin exports over `chalkgrad_core`, no logic.
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers one request of the batch contract (LANGUAGE reference): JSON in, JSON out, the same bytes as `chalkgrad batch`.
#[wasm_bindgen]
pub fn call(request: &str) -> String {
    chalkgrad_core::call(request)
}
