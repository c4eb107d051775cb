//! The loop over minibatches: put the samples into the buffer, run the instructions, move the parameters.

use crate::code::{BUFFER, COUNT, Code, MOMENTUM, Place, Pointer, RATE, ROWS, SOURCES, Two, VELOCITY, Value, fixed};
use crate::loops::{once, overlapping, repeat};
use crate::{Plan, instruction, moves};
use wasm_encoder::{BlockType, MemArg, MemArgTarget};

/// Numbers of all samples of a minibatch, and parameters, that are written out.
const SAMPLES: usize = 64;
const PARAMETERS: usize = 256;
/// Numbers of one sample that are written out.
const WIDTH: usize = 256;

fn word(offset: usize) -> MemArg {
    MemArg { offset: 4 * offset as u64, target: MemArgTarget::Memory(0), ordering: None, align: 2 }
}

pub fn descent(code: &mut Code, plan: &Plan) -> Option<()> {
    if plan.sources.len() > 8 || plan.sources.iter().any(|&(width, _)| width > WIDTH) {
        return None;
    }
    code.scope(|code| {
        let mut sources = Vec::new();
        for at in 0..plan.sources.len() {
            let source = code.pointer();
            code.sink().local_get(SOURCES.0).i32_load(word(at)).local_set(source.0);
            sources.push(source);
        }
        let rate = code.parameter(RATE);
        let momentum = code.parameter(MOMENTUM);
        in_from_memory(code);
        code.sink().loop_(BlockType::Empty);
        gather(code, plan, &sources)?;
        code.advance(ROWS, plan.batch);
        plan.program.instructions[..plan.gradients].iter().try_for_each(|i| instruction(code, i))?;
        code.sink().local_get(COUNT.0).i32_const(1).i32_sub().local_tee(COUNT.0).i32_eqz().if_(BlockType::Empty);
        plan.program.instructions[plan.gradients..plan.all].iter().try_for_each(|i| instruction(code, i))?;
        code.sink().end();
        code.sink().local_get(MOMENTUM).f32_const(0.0.into()).f32_eq().if_(BlockType::Empty);
        each(code, plan, &mut |code, place, lanes| move_plainly(code, plan, rate, place, lanes))?;
        code.sink().else_();
        each(code, plan, &mut |code, place, lanes| move_on(code, plan, (rate, momentum), place, lanes))?;
        code.sink().end();
        code.sink().local_get(COUNT.0).br_if(0).end();
        out_to_memory(code);
        Some(())
    })
}

/// The whole buffer into locals, where it is held in them.
fn in_from_memory(code: &mut Code) {
    between_memory(code, true);
}

fn out_to_memory(code: &mut Code) {
    between_memory(code, false);
}

fn between_memory(code: &mut Code, inwards: bool) {
    let Some(size) = code.in_locals() else { return };
    code.scope(|code| {
        // Another name for the buffer's address: what is reached by it is memory.
        let memory = code.copy_of(BUFFER);
        for offset in 0..size {
            let (there, here) = (Place { base: memory, offset }, fixed(offset));
            let (from, to) = if inwards { (there, here) } else { (here, there) };
            moves::copy(code, from, to, 1);
        }
    });
}

/// Puts the samples of a minibatch into the buffer.
fn gather(code: &mut Code, plan: &Plan, sources: &[Pointer]) -> Option<()> {
    let numbers: usize = plan.sources.iter().map(|&(width, _)| width).sum::<usize>() * plan.batch;
    code.scope(|code| {
        let row = code.pointer();
        let sample = code.pointer();
        let copy = |code: &mut Code, source: Pointer, width: usize, to: Place| {
            code.sink().local_get(source.0).local_get(row.0).i32_const(4 * width as i32).i32_mul().i32_add();
            code.sink().local_set(sample.0);
            for (offset, lanes) in overlapping(width, code.lanes()) {
                moves::copy(code, Place { base: sample, offset }, Place { offset: to.offset + offset, ..to }, lanes);
            }
        };
        if numbers <= SAMPLES || code.in_locals().is_some() {
            for at in 0..plan.batch {
                code.sink().local_get(ROWS.0).i32_load(word(at)).local_set(row.0);
                for (&source, &(width, to)) in sources.iter().zip(plan.sources) {
                    copy(code, source, width, fixed(to + at * width));
                }
            }
            return Some(());
        }
        let rows = code.copy_of(ROWS);
        let targets: Vec<Pointer> = sources.iter().map(|_| code.copy_of(BUFFER)).collect();
        let mut moving = vec![(rows, 1)];
        moving.extend(targets.iter().zip(plan.sources).map(|(&target, &(width, _))| (target, width)));
        repeat(code, plan.batch, &moving, |code| {
            code.sink().local_get(rows.0).i32_load(word(0)).local_set(row.0);
            for ((&source, &(width, to)), &target) in sources.iter().zip(plan.sources).zip(&targets) {
                copy(code, source, width, Place { base: target, offset: to });
            }
            Some(())
        })
    })
}

/// Where some parameters stand: an address that moves with them, that of their velocity, and the first one's number.
#[derive(Clone, Copy)]
struct Parameters {
    base: Pointer,
    velocity: Pointer,
    first: usize,
}

/// All parameters, each exactly once.
fn each(code: &mut Code, plan: &Plan, inside: &mut dyn FnMut(&mut Code, Parameters, usize)) -> Option<()> {
    let count = plan.parameters.len();
    let rest = |code: &mut Code, inside: &mut dyn FnMut(&mut Code, Parameters, usize), base, velocity, from, len| {
        for (at, lanes) in once(len, code.lanes()) {
            inside(code, Parameters { base, velocity, first: from + at }, lanes);
        }
    };
    if count <= PARAMETERS || code.in_locals().is_some() {
        rest(code, inside, BUFFER, VELOCITY, 0, count);
        return Some(());
    }
    code.scope(|code| {
        let (base, velocity) = (code.copy_of(BUFFER), code.copy_of(VELOCITY));
        repeat(code, count / 16, &[(base, 16), (velocity, 16)], |code| {
            (0..4).for_each(|k| inside(code, Parameters { base, velocity, first: 4 * k }, 4));
            Some(())
        })?;
        rest(code, inside, base, velocity, 0, count % 16);
        Some(())
    })
}

fn places(plan: &Plan, at: Parameters) -> (Place, Place) {
    let place = |offset: usize| Place { base: at.base, offset: offset + at.first };
    (place(plan.parameters.start), place(plan.gradient))
}

/// parameter − rate · gradient
fn move_plainly(code: &mut Code, plan: &Plan, rate: Value, at: Parameters, lanes: usize) {
    code.scope(|code| {
        let (parameter, gradient) = places(plan, at);
        let slope = code.load(gradient, lanes);
        descend(code, parameter, rate, slope, lanes);
    });
}

/// The velocity becomes the gradient plus momentum times what it was; parameter − rate · velocity.
fn move_on(code: &mut Code, plan: &Plan, (rate, momentum): (Value, Value), at: Parameters, lanes: usize) {
    code.scope(|code| {
        let (parameter, gradient) = places(plan, at);
        let place = Place { base: at.velocity, offset: at.first };
        let slope = code.load(gradient, lanes);
        let before = code.load(place, lanes);
        let kept = code.two(Two::Multiply, momentum, before);
        let velocity = code.two(Two::Add, slope, kept);
        code.store(place, lanes, velocity);
        descend(code, parameter, rate, velocity, lanes);
    });
}

fn descend(code: &mut Code, parameter: Place, rate: Value, along: Value, lanes: usize) {
    let x = code.load(parameter, lanes);
    let way = code.two(Two::Multiply, rate, along);
    let moved = code.two(Two::Subtract, x, way);
    code.store(parameter, lanes, moved);
}
