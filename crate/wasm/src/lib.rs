//! Chalkgrad for the browser: thin exports over `chalkgrad_core`, no logic.
mod installed;
#[cfg(any(test, target_arch = "wasm32"))]
mod memory;

use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: memory::Memory<rlsf::GlobalTlsf> = memory::Memory::over(rlsf::GlobalTlsf::new());

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

/// A training session that tells everything about itself after each call, in JSON. Refusals are thrown as the engine's error in
/// JSON, here and below.
#[wasm_bindgen]
pub struct Reporter(chalkgrad_core::train::Reporter);

#[wasm_bindgen]
impl Reporter {
    /// Opens a session from its specification in JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: &str) -> Result<Reporter, String> {
        chalkgrad_core::train::Reporter::new(spec).map(Reporter)
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

/// A network, described in JSON, as a loss with its parameters and data: a session's specification and what pictures of it need,
/// in JSON.
#[wasm_bindgen]
pub fn network(description: &str) -> Result<String, String> {
    chalkgrad_core::train::network(description)
}

/// A session that trains as fast as it goes: numbers in f32, many steps in a call, nothing told unless asked.
#[wasm_bindgen]
pub struct Trainer(chalkgrad_core::train::Trainer);

#[wasm_bindgen]
impl Trainer {
    /// Opens a session from its specification in JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: &str) -> Result<Trainer, String> {
        let mut trainer = chalkgrad_core::train::Trainer::new(spec)?;
        trainer.compile(&mut installed::install);
        Ok(Trainer(trainer))
    }

    /// The same session on the tape alone: what generated code is measured and checked against.
    pub fn on_tape(spec: &str) -> Result<Trainer, String> {
        chalkgrad_core::train::Trainer::new(spec).map(Trainer)
    }

    /// Takes so many steps, fewer where one has to be refused (`state` says why); the loss of the last minibatch.
    pub fn step(&mut self, count: u32) -> Result<f64, String> {
        self.0.step(count)
    }

    /// The loss over all data.
    pub fn loss(&mut self) -> Result<f64, String> {
        self.0.loss()
    }

    pub fn param(&self, name: &str) -> Result<Vec<f32>, String> {
        self.0.param(name)
    }

    pub fn set_param(&mut self, name: &str, values: &[f32]) -> Result<(), String> {
        self.0.set_param(name, values)
    }

    pub fn set_rate(&mut self, rate: f64) -> Result<(), String> {
        self.0.set_rate(rate)
    }

    /// The gradient of the loss over all data by a parameter.
    pub fn gradient(&mut self, name: &str) -> Result<Vec<f32>, String> {
        self.0.gradient(name)
    }

    /// An expression at the current parameters; flat, row by row.
    pub fn evaluate(&self, request: &str) -> Result<Vec<f32>, String> {
        self.0.evaluate(request)
    }

    /// Back to the first step; the rate stays.
    pub fn reset(&mut self) -> Result<(), String> {
        self.0.reset()
    }

    /// The state as JSON, to come back to.
    pub fn snapshot(&self) -> String {
        self.0.snapshot()
    }

    pub fn restore(&mut self, snapshot: &str) -> Result<(), String> {
        self.0.restore(snapshot)
    }

    /// Step, losses, parameters, why it stopped and what a learner should know, in JSON.
    pub fn state(&mut self) -> Result<String, String> {
        self.0.state()
    }

    /// The loss, its named parts and the gradients, as they are compiled: LaTeX, in JSON.
    pub fn formulas(&self) -> Result<String, String> {
        self.0.formulas()
    }

    /// The largest rate at which the loss can settle, where it is quadratic in the parameters.
    pub fn largest_rate(&self) -> Option<f64> {
        self.0.largest_rate()
    }
}
