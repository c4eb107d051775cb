//! chalkgrad-generate: the tape of a descent (gather samples, run the gradient's instructions, move the parameters) written as
//! a wasm module of its own, which imports the memory in which the tape's buffer lies. What the tape asks at each instruction
//! (which one, how large, where) is answered once, here, and values stay in registers from a product to the end of its chain.
//!
//! The tape is the reference: the module makes each number by the same operations in the same order, so it is equal bit for bit.
//! What it does not know (functions computed in f64, very large programs) is left to the tape.
#![forbid(unsafe_code)]

mod chain;
mod code;
mod functions;
mod loops;
mod minibatch;
mod moves;
mod product;
mod reduce;

use chalkgrad_tape::{Instruction, Program};
use code::Code;
use std::ops::Range;
use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection, MemoryType, Module,
    TypeSection, ValType,
};

/// A descent whose sizes and places are known.
pub struct Plan<'a> {
    pub program: &'a Program<f32>,
    /// So many instructions give the gradient; the rest, up to `all`, are run on the last minibatch only.
    pub gradients: usize,
    pub all: usize,
    /// Width of a sample, and where a minibatch of them goes in the buffer.
    pub sources: &'a [(usize, usize)],
    pub batch: usize,
    pub parameters: Range<usize>,
    /// Where the gradient begins.
    pub gradient: usize,
}

/// Names by which the module is reached: what it imports, and its one function.
pub const IMPORT: (&str, &str) = ("engine", "memory");
pub const EXPORT: &str = "descend";

/// Code above this many bytes takes longer to compile than it saves.
const LARGEST: usize = 256 * 1024;

/// The module of a descent; `None` where the tape has to do it. Its function takes the addresses of the buffer and of the rows
/// of the minibatches, how many of these there are (at least one), the address of the velocity, the rate, the momentum, and the
/// address of the list of addresses at which the samples of each source begin.
pub fn module(plan: &Plan) -> Option<Vec<u8>> {
    let mut code = Code::new(plan.program.size, plan.batch);
    minibatch::descent(&mut code, plan)?;
    let (locals, body) = code.finish()?;
    if body.len() > LARGEST {
        return None;
    }
    let mut types = TypeSection::new();
    types.ty().function(code::PARAMETERS, []);
    let mut imports = ImportSection::new();
    let memory = MemoryType { minimum: 0, maximum: None, memory64: false, shared: false, page_size_log2: None };
    imports.import(IMPORT.0, IMPORT.1, EntityType::Memory(memory));
    let mut functions = FunctionSection::new();
    functions.function(0);
    let mut exports = ExportSection::new();
    exports.export(EXPORT, ExportKind::Func, 0);
    let mut function = Function::new(locals);
    function.raw(body);
    let mut codes = CodeSection::new();
    codes.function(&function);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&exports).section(&codes);
    Some(module.finish())
}

/// One instruction of the tape.
fn instruction(code: &mut Code, instruction: &Instruction<f32>) -> Option<()> {
    match instruction {
        Instruction::Product { product, steps, out } => product::product(code, product, steps, *out),
        Instruction::Chain { from, rows, columns, steps, out } => {
            chain::chain(code, *from, (*rows, *columns), steps, *out)
        }
        Instruction::Sum { from, len, out } => reduce::sum(code, *from, *len, *out),
        Instruction::RowSums { from, rows, columns, out } => reduce::row_sums(code, *from, (*rows, *columns), *out),
        Instruction::ColumnSums { from, rows, columns, out } => {
            reduce::column_sums(code, *from, (*rows, *columns), *out)
        }
        Instruction::Softmax { from, rows, columns, out } => reduce::softmax(code, *from, (*rows, *columns), *out),
        Instruction::Transpose { from, rows, columns, out } => moves::transpose(code, *from, (*rows, *columns), *out),
        Instruction::Gather { places, out } => moves::gather(code, places, *out),
    }
}

/// The type of a local.
const I32: ValType = ValType::I32;
const V128: ValType = ValType::V128;
