//! Values that depend on bound indices: a node with free indices holds its value for all their combinations, one
//! leading axis for each. Operators are applied slice by slice; sums add slices up, tensors arrange them.

use crate::error::{Error, Kind};
use crate::eval::Evaluated;
use crate::eval::plan::{Step, numbers_shape};
use crate::expr::{Arena, IndexId, Place};
use crate::tensor::Tensor;

/// A step with its arguments: which indices each runs over, and the sizes of one of its slices.
pub(super) struct Indexed<'a, S> {
    pub step: &'a Step,
    pub args: &'a [&'a Tensor<S>],
    pub free: Vec<&'a [(IndexId, usize)]>,
    pub shapes: Vec<&'a [usize]>,
}

/// Calls `visit` with every combination of values (from 0) of the given indices, the last running fastest.
fn combinations(
    indices: &[(IndexId, usize)],
    visit: &mut dyn FnMut(&[usize]) -> Result<(), Error>,
) -> Result<(), Error> {
    let total: usize = indices.iter().map(|&(_, n)| n).product();
    let mut values = vec![0; indices.len()];
    for _ in 0..total {
        visit(&values)?;
        for axis in (0..indices.len()).rev() {
            values[axis] += 1;
            if values[axis] < indices[axis].1 {
                break;
            }
            values[axis] = 0;
        }
    }
    Ok(())
}

/// For each of the running indices, how far one step of it moves in a value with the given free indices.
fn strides(running: &[(IndexId, usize)], free: &[(IndexId, usize)]) -> Vec<usize> {
    let stride = |&(index, _): &(IndexId, usize)| match free.iter().position(|&(i, _)| i == index) {
        Some(axis) => free[axis + 1..].iter().map(|&(_, n)| n).product(),
        None => 0,
    };
    running.iter().map(stride).collect()
}

fn offset(values: &[usize], strides: &[usize]) -> usize {
    values.iter().zip(strides).map(|(v, s)| v * s).sum()
}

impl<S: Evaluated> Indexed<'_, S> {
    fn slice(&self, arg: usize, number: usize) -> &[S] {
        let size: usize = self.shapes[arg].iter().product();
        &self.args[arg].data[number * size..(number + 1) * size]
    }

    /// Applies a function to the slices that belong together, for every combination of the node's free indices.
    pub fn each(
        &self,
        function: impl Fn(&[&Tensor<S>], &[usize]) -> Result<Tensor<S>, Error>,
    ) -> Result<Tensor<S>, Error> {
        if self.step.free.is_empty() {
            return function(self.args, &self.step.shape);
        }
        let strides: Vec<Vec<usize>> = self.free.iter().map(|free| strides(&self.step.free, free)).collect();
        let mut data = Vec::new();
        combinations(&self.step.free, &mut |values| {
            let slice = |arg: usize| Tensor {
                shape: self.shapes[arg].to_vec(),
                data: self.slice(arg, offset(values, &strides[arg])).to_vec(),
            };
            let slices: Vec<Tensor<S>> = (0..self.args.len()).map(slice).collect();
            let slices: Vec<&Tensor<S>> = slices.iter().collect();
            data.extend(function(&slices, &self.step.shape)?.data);
            Ok(())
        })?;
        Ok(Tensor { shape: self.step.full_shape(), data })
    }

    /// All indices the body runs over here: the node's own free ones, then those it binds.
    fn running(&self) -> Vec<(IndexId, usize)> {
        self.step.free.iter().chain(&self.step.binds).copied().collect()
    }

    /// Visits the body's slice for every combination of free and bound indices, in the order of [`Self::running`].
    fn visit(&self, mut visit: impl FnMut(&[S])) {
        let running = self.running();
        let strides = strides(&running, self.free[0]);
        let infallible = combinations(&running, &mut |values| {
            visit(self.slice(0, offset(values, &strides)));
            Ok(())
        });
        debug_assert!(infallible.is_ok());
    }

    /// The body added up over the bound indices, in order.
    pub fn sum(&self) -> Tensor<S> {
        let mut total: Tensor<S> = Tensor::filled(&self.step.full_shape(), 0.0);
        let size: usize = self.step.shape.iter().product();
        let terms: usize = self.step.binds.iter().map(|&(_, n)| n).product();
        let mut seen = 0;
        self.visit(|slice| {
            let start = seen / terms * size;
            total.data[start..start + size].iter_mut().zip(slice).for_each(|(t, &x)| *t = t.plus(x));
            seen += 1;
        });
        total
    }

    /// The body laid out along the bound indices, in the order in which they are bound.
    pub fn tensor(&self) -> Tensor<S> {
        let mut data = Vec::new();
        self.visit(|slice| data.extend_from_slice(slice));
        Tensor { shape: self.step.full_shape(), data }
    }
}

/// A bound index as a number: 1, 2, …
pub(super) fn index_values<S: Evaluated>(step: &Step) -> Tensor<S> {
    Tensor::build(&step.full_shape(), |i| S::from_f64(i[0] as f64 + 1.0))
}

/// Where a subscript points (from 1), given the values (from 0) of the free indices.
fn position(place: Place, free: &[(IndexId, usize)], values: &[usize]) -> i64 {
    match place {
        Place::Fixed(k) => i64::try_from(k).unwrap_or(i64::MAX),
        Place::Index(index, shift) => {
            let axis = free.iter().position(|&(i, _)| i == index);
            (axis.map_or(0, |axis| values[axis]) as i64).saturating_add(shift).saturating_add(1)
        }
    }
}

/// Kronecker's delta of two subscripts.
pub(super) fn delta<S: Evaluated>(arena: &Arena, step: &Step, places: &[Option<Place>]) -> Result<Tensor<S>, Error> {
    let [Some(left), Some(right)] = *places else {
        let name = arena.op(step.node).name;
        return Err(Error::new(Kind::Unsupported, say!("eval.delta", name)));
    };
    let mut data = Vec::new();
    combinations(&step.free, &mut |values| {
        let same = position(left, &step.free, values) == position(right, &step.free, values);
        data.push(S::from_f64(if same { 1.0 } else { 0.0 }));
        Ok(())
    })?;
    Ok(Tensor { shape: step.full_shape(), data })
}

/// The component, row or column that the subscripts choose, for every combination of the free indices.
pub(super) fn pick<S: Evaluated>(
    arena: &Arena,
    call: &Indexed<S>,
    places: &[Option<Place>],
) -> Result<Tensor<S>, Error> {
    let step = call.step;
    let base_shape = call.shapes[0];
    let strides = strides(&step.free, call.free[0]);
    let mut data = Vec::new();
    combinations(&step.free, &mut |values| {
        let base = call.slice(0, offset(values, &strides));
        // Where the chosen part starts, and how far a step along each axis that stays (`:`) moves.
        let mut start = 0;
        let mut kept: Vec<(usize, usize)> = Vec::new();
        for (axis, (&size, place)) in base_shape.iter().zip(places).enumerate() {
            let stride: usize = base_shape[axis + 1..].iter().product();
            match place {
                None => kept.push((size, stride)),
                Some(place) => {
                    let at = position(*place, &step.free, values);
                    if at < 1 || at > size as i64 {
                        return Err(outside(arena, step, at, base_shape));
                    }
                    start += (at as usize - 1) * stride;
                }
            }
        }
        let shape: Vec<usize> = kept.iter().map(|&(size, _)| size).collect();
        let part = Tensor::build(&shape, |i| base[start + i.iter().zip(&kept).map(|(i, (_, s))| i * s).sum::<usize>()]);
        data.extend(part.data);
        Ok(())
    })?;
    Ok(Tensor { shape: step.full_shape(), data })
}

fn outside(arena: &Arena, step: &Step, at: i64, shape: &[usize]) -> Error {
    let base = arena.args(step.node)[0];
    let name = arena.symbol_of(base).map(|symbol| format!("`{}`", arena.symbols[symbol.0 as usize].name));
    let what = name.unwrap_or_else(|| "this".to_owned());
    let message = say!("eval.outside", at, what, shape = numbers_shape(shape));
    Error::new(Kind::Shape, message)
}
