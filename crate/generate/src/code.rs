//! The body of the function as it grows: values in locals, places in memory, and for the smallest programs no memory at all.

use crate::{I32, V128};
use wasm_encoder::{InstructionSink, MemArg, MemArgTarget, ValType};

/// The function's parameters, in order.
pub const PARAMETERS: [ValType; 7] = [I32, I32, I32, I32, ValType::F32, ValType::F32, I32];
pub const BUFFER: Pointer = Pointer(0);
pub const ROWS: Pointer = Pointer(1);
pub const COUNT: Pointer = Pointer(2);
pub const VELOCITY: Pointer = Pointer(3);
pub const RATE: u32 = 4;
pub const MOMENTUM: u32 = 5;
pub const SOURCES: Pointer = Pointer(6);

/// Buffers of so many numbers are held in locals, which become registers: a parameter's way from one step to the next is then
/// no longer one through memory.
const IN_LOCALS: usize = 40;
const INTEGERS: u32 = 32;
const CONSTANTS: u32 = 96;
const VALUES: u32 = 512;

/// How many locals there are of each type.
pub type Locals = Vec<(u32, ValType)>;

/// A local that holds an address (or a count).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer(pub u32);

/// A local that holds four numbers, or one in the first of four places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value(u32);

/// Numbers in memory: so many behind an address.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub base: Pointer,
    pub offset: usize,
}

/// A place in the buffer that is known when the code is written.
pub fn fixed(offset: usize) -> Place {
    Place { base: BUFFER, offset }
}

#[derive(Clone, Copy, Debug)]
pub enum Two {
    Add,
    Subtract,
    Multiply,
    Divide,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    Equal,
    Unequal,
    /// b where b < a, else a
    Smaller,
    /// b where a < b, else a
    Larger,
    And,
    Or,
    AddWhole,
    SubtractWhole,
}

#[derive(Clone, Copy, Debug)]
pub enum One {
    Abs,
    Sqrt,
    /// From a whole number.
    Convert,
    ShiftLeft(i32),
    /// Keeps the sign.
    ShiftRight(i32),
}

pub struct Code {
    bytes: Vec<u8>,
    integers: u32,
    values: u32,
    most_values: u32,
    overflow: bool,
    /// Numbers (by their bits) that stand in locals from the start, `CONSTANTS` at most.
    constants: Vec<(u32, Value)>,
    /// Numbers of the buffer, where all are held in locals.
    cells: Option<usize>,
}

impl Code {
    pub fn new(size: usize, batch: usize) -> Code {
        let cells = (size <= IN_LOCALS && batch == 1).then_some(size);
        let (bytes, constants) = (Vec::new(), Vec::new());
        Code { bytes, integers: 0, values: 0, most_values: 0, overflow: false, constants, cells }
    }

    /// Whether numbers are worked on one at a time.
    pub fn in_locals(&self) -> Option<usize> {
        self.cells
    }

    /// Numbers worked on at a time where there are enough.
    pub fn lanes(&self) -> usize {
        if self.cells.is_some() { 1 } else { 4 }
    }

    pub fn sink(&mut self) -> InstructionSink<'_> {
        InstructionSink::new(&mut self.bytes)
    }

    fn first_integer() -> u32 {
        PARAMETERS.len() as u32
    }

    fn first_constant() -> u32 {
        Code::first_integer() + INTEGERS
    }

    fn first_cell() -> u32 {
        Code::first_constant() + CONSTANTS
    }

    fn first_value(&self) -> u32 {
        Code::first_cell() + self.cells.unwrap_or(0) as u32
    }

    /// Declarations of locals and the whole body. `None` where locals did not suffice.
    pub fn finish(self) -> Option<(Locals, Vec<u8>)> {
        if self.overflow {
            return None;
        }
        let vectors = CONSTANTS + self.cells.unwrap_or(0) as u32 + self.most_values;
        let mut body = Vec::new();
        let mut sink = InstructionSink::new(&mut body);
        for &(bits, Value(local)) in &self.constants {
            let four = (0..4).fold(0u128, |four, lane| four | u128::from(bits) << (32 * lane));
            sink.v128_const(four as i128).local_set(local);
        }
        body.extend(self.bytes);
        InstructionSink::new(&mut body).end();
        Some((vec![(INTEGERS, I32), (vectors, V128)], body))
    }

    /// Locals that are taken inside are free again behind it.
    pub fn scope<R>(&mut self, inside: impl FnOnce(&mut Code) -> R) -> R {
        let (integers, values) = (self.integers, self.values);
        let result = inside(self);
        (self.integers, self.values) = (integers, values);
        result
    }

    pub fn pointer(&mut self) -> Pointer {
        self.overflow |= self.integers == INTEGERS;
        self.integers = (self.integers + 1).min(INTEGERS);
        Pointer(Code::first_integer() + self.integers - 1)
    }

    pub fn value(&mut self) -> Value {
        self.overflow |= self.values == VALUES;
        self.values = (self.values + 1).min(VALUES);
        self.most_values = self.most_values.max(self.values);
        Value(self.first_value() + self.values - 1)
    }

    /// A number in all four places.
    pub fn constant(&mut self, x: f32) -> Value {
        self.constant_bits(x.to_bits())
    }

    pub fn constant_bits(&mut self, bits: u32) -> Value {
        if let Some(&(_, known)) = self.constants.iter().find(|(own, _)| *own == bits) {
            return known;
        }
        let at = self.constants.len() as u32;
        if at == CONSTANTS {
            self.overflow = true;
            return Value(Code::first_constant());
        }
        let value = Value(Code::first_constant() + at);
        self.constants.push((bits, value));
        value
    }

    /// A pointer that begins where another is.
    pub fn copy_of(&mut self, from: Pointer) -> Pointer {
        let pointer = self.pointer();
        self.sink().local_get(from.0).local_set(pointer.0);
        pointer
    }

    pub fn advance(&mut self, pointer: Pointer, numbers: usize) {
        self.sink().local_get(pointer.0).i32_const(4 * numbers as i32).i32_add().local_set(pointer.0);
    }

    fn push(&mut self, value: Value) {
        self.sink().local_get(value.0);
    }

    /// A local with what is on the stack.
    fn pop(&mut self) -> Value {
        let value = self.value();
        self.sink().local_set(value.0);
        value
    }

    fn cell(&self, place: Place) -> Option<Value> {
        let size = self.cells?;
        (place.base == BUFFER && place.offset < size).then(|| Value(Code::first_cell() + place.offset as u32))
    }

    fn memory(place: Place) -> MemArg {
        MemArg { offset: 4 * place.offset as u64, target: MemArgTarget::Memory(0), ordering: None, align: 2 }
    }

    /// Four numbers, or one.
    pub fn load(&mut self, place: Place, lanes: usize) -> Value {
        if let Some(cell) = self.cell(place) {
            return cell;
        }
        self.sink().local_get(place.base.0);
        let at = Code::memory(place);
        let mut sink = self.sink();
        if lanes == 4 {
            sink.v128_load(at)
        } else {
            sink.v128_load32_zero(at)
        };
        self.pop()
    }

    /// One number in all four places.
    pub fn spread(&mut self, place: Place) -> Value {
        if let Some(cell) = self.cell(place) {
            return cell;
        }
        self.sink().local_get(place.base.0).v128_load32_splat(Code::memory(place));
        self.pop()
    }

    pub fn store(&mut self, place: Place, lanes: usize, value: Value) {
        if let Some(cell) = self.cell(place) {
            self.assign(cell, value);
            return;
        }
        let at = Code::memory(place);
        let mut sink = self.sink();
        sink.local_get(place.base.0).local_get(value.0);
        if lanes == 4 {
            sink.v128_store(at)
        } else {
            sink.v128_store32_lane(at, 0)
        };
    }

    pub fn assign(&mut self, to: Value, from: Value) {
        self.sink().local_get(from.0).local_set(to.0);
    }

    /// A parameter of the function in all four places.
    pub fn parameter(&mut self, local: u32) -> Value {
        self.sink().local_get(local).f32x4_splat();
        self.pop()
    }

    pub fn one(&mut self, op: One, x: Value) -> Value {
        self.push(x);
        let mut sink = self.sink();
        match op {
            One::Abs => sink.f32x4_abs(),
            One::Sqrt => sink.f32x4_sqrt(),
            One::Convert => sink.f32x4_convert_i32x4_s(),
            One::ShiftLeft(by) => sink.i32_const(by).i32x4_shl(),
            One::ShiftRight(by) => sink.i32_const(by).i32x4_shr_s(),
        };
        self.pop()
    }

    fn operate(&mut self, op: Two) {
        let mut sink = self.sink();
        match op {
            Two::Add => sink.f32x4_add(),
            Two::Subtract => sink.f32x4_sub(),
            Two::Multiply => sink.f32x4_mul(),
            Two::Divide => sink.f32x4_div(),
            Two::Less => sink.f32x4_lt(),
            Two::Greater => sink.f32x4_gt(),
            Two::LessEqual => sink.f32x4_le(),
            Two::GreaterEqual => sink.f32x4_ge(),
            Two::Equal => sink.f32x4_eq(),
            Two::Unequal => sink.f32x4_ne(),
            Two::Smaller => sink.f32x4_pmin(),
            Two::Larger => sink.f32x4_pmax(),
            Two::And => sink.v128_and(),
            Two::Or => sink.v128_or(),
            Two::AddWhole => sink.i32x4_add(),
            Two::SubtractWhole => sink.i32x4_sub(),
        };
    }

    pub fn two(&mut self, op: Two, a: Value, b: Value) -> Value {
        self.push(a);
        self.push(b);
        self.operate(op);
        self.pop()
    }

    /// a where the mask is set, else b.
    pub fn select(&mut self, mask: Value, a: Value, b: Value) -> Value {
        self.sink().local_get(a.0).local_get(b.0).local_get(mask.0).v128_bitselect();
        self.pop()
    }

    /// x where the numbers (single ones) compare as said, else b, by a branch: while it goes the way it went before, as a rule,
    /// nothing waits for the comparison.
    pub fn branch(&mut self, (left, op, right): (Value, Two, Value), x: Value, b: Value) -> Value {
        let result = self.value();
        self.assign(result, b);
        self.push(left);
        self.sink().f32x4_extract_lane(0);
        self.push(right);
        let mut sink = self.sink();
        sink.f32x4_extract_lane(0);
        match op {
            Two::Less => sink.f32_lt(),
            _ => sink.f32_gt(),
        };
        sink.if_(wasm_encoder::BlockType::Empty).local_get(x.0).local_set(result.0).end();
        result
    }

    /// `sum + a b`, put into `sum`.
    pub fn multiply_add(&mut self, sum: Value, a: Value, b: Value) {
        let mut sink = self.sink();
        sink.local_get(sum.0).local_get(a.0).local_get(b.0).f32x4_mul().f32x4_add().local_set(sum.0);
    }

    /// `sum + x`, put into `sum`.
    pub fn add_to(&mut self, sum: &mut Option<Value>, x: Value) {
        match *sum {
            Some(sum) => {
                self.sink().local_get(sum.0).local_get(x.0).f32x4_add().local_set(sum.0);
            }
            None => {
                let own = self.value();
                self.assign(own, x);
                *sum = Some(own);
            }
        }
    }

    /// Four numbers out of the eight of a and b (0 to 3 are a's).
    pub fn pick(&mut self, a: Value, b: Value, places: [u8; 4]) -> Value {
        let mut bytes = [0; 16];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = places[at / 4] * 4 + (at % 4) as u8;
        }
        self.sink().local_get(a.0).local_get(b.0).i8x16_shuffle(bytes);
        self.pop()
    }
}
