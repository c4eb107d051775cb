//! Generated modules (crate `chalkgrad-generate`) beside the engine's own: they share its memory, and stand in its table of
//! functions, so that a call goes from wasm to wasm without crossing JavaScript.

use chalkgrad_core::tape::{Compiled, Descent, generated};
use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// What a generated function takes; its crate says what each means.
type Descend = extern "C" fn(*mut f32, *const u32, usize, *mut f32, f32, f32, *const *const f32);

thread_local! {
    /// Places in the table whose sessions have ended.
    static FREE: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

struct Installed {
    slot: u32,
}

/// Makes a module's function callable. `None` where the browser does not let it (a policy without `wasm-unsafe-eval`): the
/// engine then runs the tape.
pub fn install(bytes: &[u8]) -> Option<Box<dyn Compiled<f32>>> {
    let module = WebAssembly::Module::new(&Uint8Array::from(bytes)).ok()?;
    let (imports, shared) = (Object::new(), Object::new());
    let (place, memory) = generated::IMPORT;
    Reflect::set(&shared, &JsValue::from_str(memory), &wasm_bindgen::memory()).ok()?;
    Reflect::set(&imports, &JsValue::from_str(place), &shared).ok()?;
    let instance = WebAssembly::Instance::new(&module, &imports).ok()?;
    let function = Reflect::get(&instance.exports(), &JsValue::from_str(generated::EXPORT)).ok()?;
    let function: Function = function.dyn_into().ok()?;
    let table: WebAssembly::Table = wasm_bindgen::function_table().dyn_into().ok()?;
    let slot = match FREE.with_borrow_mut(Vec::pop) {
        Some(slot) => slot,
        None => table.grow(1).ok()?,
    };
    table.set(slot, &function).ok()?;
    Some(Box::new(Installed { slot }))
}

impl Compiled<f32> for Installed {
    #[allow(unsafe_code)]
    fn descend(&self, descent: &mut Descent<f32>, rows: &[u32], buffer: &mut [f32]) {
        let count = rows.len() / descent.batch;
        if count == 0 {
            return;
        }
        let sources: Vec<*const f32> = descent.sources.iter().map(|source| source.numbers.as_ptr()).collect();
        // Safe: on wasm32 a function's address is its place in the table, and that place holds a function of this very type
        // until this value is dropped. It reads `count` minibatches of rows and the samples they name, and writes the buffer
        // and the velocity, at places inside them that were fixed together with the tape.
        let function: Descend = unsafe { std::mem::transmute(self.slot as usize) };
        function(
            buffer.as_mut_ptr(),
            rows.as_ptr(),
            count,
            descent.velocity.as_mut_ptr(),
            descent.rate,
            descent.momentum,
            sources.as_ptr(),
        );
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        FREE.with_borrow_mut(|free| free.push(self.slot));
    }
}
