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

/// A training session, for the page's worker and the widgets. Refusals are thrown as the engine's error in JSON.
#[wasm_bindgen]
pub struct Trainer(chalkgrad_core::train::Trainer);

#[wasm_bindgen]
impl Trainer {
    /// Opens a session from its specification in JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: &str) -> Result<Trainer, String> {
        chalkgrad_core::train::Trainer::new(spec).map(Trainer)
    }

    /// Takes so many steps; the state in JSON.
    pub fn step(&mut self, count: u32) -> Result<String, String> {
        self.0.step(count)
    }

    pub fn state(&mut self) -> Result<String, String> {
        self.0.state()
    }

    pub fn reset(&mut self) -> Result<String, String> {
        self.0.reset()
    }

    pub fn set_rate(&mut self, rate: f64) -> Result<(), String> {
        self.0.set_rate(rate)
    }

    pub fn set_param(&mut self, name: &str, values: &[f64]) -> Result<(), String> {
        self.0.set_param(name, values)
    }

    /// The last update in full, in JSON.
    pub fn detail(&self) -> Result<String, String> {
        self.0.detail()
    }

    /// An expression at the current parameters; flat, row by row.
    pub fn evaluate(&self, request: &str) -> Result<Vec<f64>, String> {
        self.0.evaluate(request)
    }
}
