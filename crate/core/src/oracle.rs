//! The oracle: Jacobians by dual numbers, one evaluation for each entry of the variable. It shares no rule and no
//! table with the symbolic derivation, so that an error of either shows.

use crate::dual::{Jet, Layers};
use crate::error::Error;
use crate::eval::{Columns, Env, slopes};
use crate::expr::{Arena, NodeId};
use crate::ordered::Ordered;
use crate::shape::Dim;
use crate::tensor::Tensor;

/// The columns of a derivative by `wrt`: one variable (or a component, row or column of one), or with `is_list` a list
/// of scalars read as one vector.
pub fn columns(arena: &Arena, wrt: &[NodeId], is_list: bool, sizes: &Ordered<Dim, usize>) -> Result<Columns, Error> {
    let mut all = Columns { entries: Vec::new(), shape: Vec::new() };
    for &by in wrt {
        let one = Columns::of(arena, by, sizes)?;
        all.entries.extend(one.entries);
        all.shape = one.shape;
    }
    if is_list || wrt.len() != 1 {
        all.shape = vec![all.entries.len()];
    }
    Ok(all)
}

/// ∂expr/∂wrt at a point, of the shape `shape(expr) ++ shape(wrt)`.
pub fn jacobian(
    arena: &Arena,
    expr: NodeId,
    wrt: &[NodeId],
    is_list: bool,
    env: &Env<f64>,
) -> Result<Tensor<f64>, Error> {
    let columns = columns(arena, wrt, is_list, &env.sizes)?;
    let mut jacobian = slopes(arena, expr, &columns.entries, &env.lifted(Jet::lift), None)?.map_to(Jet::plain);
    jacobian.shape.pop();
    jacobian.shape.extend(columns.shape);
    Ok(jacobian)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::value;
    use crate::op::{Data, Eval, Op, Sample};
    use crate::ops::{self, build, products};
    use crate::shape::{Dims, Shape};
    use oorandom::Rand64;

    fn draw(random: &mut Rand64, sample: Sample) -> f64 {
        let unit = random.rand_float();
        match sample {
            // Away from the kink at 0, on both sides.
            Sample::Real => (0.2 + 1.6 * unit) * if random.rand_float() < 0.5 { -1.0 } else { 1.0 },
            Sample::Positive => 0.2 + 2.0 * unit,
            Sample::AboveOne => 1.2 + 2.0 * unit,
            Sample::Unit => 1.7 * unit - 0.85,
        }
    }

    /// Richardson's central differences, good to about 1e-10 for smooth functions of moderate size.
    fn difference(f: impl Fn(f64) -> Tensor<f64>) -> Vec<f64> {
        let central =
            |h: f64| -> Vec<f64> { f(h).data.iter().zip(f(-h).data).map(|(a, b)| (a - b) / (2.0 * h)).collect() };
        let (fine, coarse) = (central(1e-3), central(2e-3));
        fine.iter().zip(coarse).map(|(f, c)| (4.0 * f - c) / 3.0).collect()
    }

    /// Compares the oracle with differences for one operator at arguments of these shapes; true where it could.
    fn agrees(op: &'static Op, shapes: &[&[u64]], data: &Data, random: &mut Rand64) -> bool {
        let mut arena = Arena::new(Dims::default());
        let mut env = Env::default();
        let args: Vec<NodeId> = shapes
            .iter()
            .enumerate()
            .map(|(k, shape)| {
                let symbol =
                    arena.new_symbol(&format!("x{k}"), Shape(shape.iter().map(|&n| Dim::Size(n)).collect()), None);
                let sizes: Vec<usize> = shape.iter().map(|&n| n as usize).collect();
                env.values.insert(symbol, Tensor::build(&sizes, |_| draw(random, op.sample)));
                arena.symbol(symbol)
            })
            .collect();
        let Ok(node) = arena.make(op, &args, data.clone()) else { return false };
        for &by in &args {
            let symbol = arena.symbol_of(by).unwrap();
            let exact = jacobian(&arena, node, &[by], false, &env).unwrap();
            let columns = env.values[&symbol].len();
            for column in 0..columns {
                let moved = |h: f64| {
                    let mut env = env.clone();
                    env.values.get_mut(&symbol).unwrap().data[column] += h;
                    value(&arena, node, &env).unwrap()
                };
                for (row, want) in difference(moved).into_iter().enumerate() {
                    let got = exact.data[row * columns + column];
                    assert!(
                        (got - want).abs() <= 1e-7 * (1.0 + got.abs()),
                        "{} of {shapes:?}, entry {row} by {column}: {got} {want}",
                        op.name
                    );
                }
            }
        }
        true
    }

    /// Arguments that fit an operator: by their number, the shapes worth trying.
    fn shapes(args: usize) -> Vec<Vec<&'static [u64]>> {
        let single: [&[u64]; 4] = [&[], &[4], &[2, 3], &[3, 3]];
        match args {
            1 => single.iter().map(|&s| vec![s]).collect(),
            2 => {
                let mixed: [[&[u64]; 2]; 5] =
                    [[&[2, 3], &[3]], [&[2, 3], &[3, 4]], [&[1, 3], &[3]], [&[3], &[1, 2]], [&[3], &[2]]];
                let same = single.iter().map(|&s| vec![s, s]);
                same.chain(mixed.into_iter().map(|pair| pair.to_vec())).collect()
            }
            _ => single.iter().map(|&s| vec![s; args]).collect(),
        }
    }

    #[test]
    fn every_operator_agrees_with_differences() {
        let mut random = Rand64::new(20_240_601);
        let with_data = [
            Data::None,
            Data::Shape(Shape::matrix(Dim::Size(2), Dim::Size(3))),
            Data::Grid(1, 3),
            Data::Grid(1, 1),
            Data::Dim(Dim::Size(3)),
            Data::Number(crate::number::Number::int(3)),
        ];
        for op in ops::all() {
            if matches!(op.eval, Eval::Evaluator) {
                continue;
            }
            let mut tried = 0;
            for args in 1..=3 {
                // As many entries as the 2 × 3 matrix that it becomes.
                let shapes = if op.name == "unvec" { vec![vec![&[6][..]]] } else { shapes(args) };
                for shapes in shapes {
                    for data in &with_data {
                        let counted =
                            matches!((arity(op), data), (Some(n), Data::None) if n == args) || arity(op).is_none();
                        if counted && fits(op, args, data) {
                            tried += usize::from(agrees(op, &shapes, data, &mut random));
                        }
                    }
                }
            }
            assert!(tried > 0, "{} was never compared", op.name);
        }
    }

    fn arity(op: &Op) -> Option<usize> {
        match op.eval {
            Eval::Map(_) => Some(1),
            Eval::Map2(_) => Some(2),
            _ => None,
        }
    }

    /// Which operators take this number of arguments and this data.
    fn fits(op: &Op, args: usize, data: &Data) -> bool {
        use crate::op::Typed;
        let wants = match op.name {
            "matrix-power" => matches!(data, Data::Number(_)) && args == 1,
            "prod_but" => matches!(data, Data::Dim(_)) && args == 1,
            "unvec" => matches!(data, Data::Shape(_)) && args == 1,
            "expand" => matches!(data, Data::Shape(_)) && args == 1,
            "grid" => matches!(data, Data::Grid(_, n) if *n == args),
            "dot" | "product" => matches!(data, Data::None) && args == 2,
            _ => matches!(data, Data::None),
        };
        let count = match op.typed {
            Typed::Call { least, most } => (least..=most).contains(&args),
            _ => true,
        };
        wants && count
    }

    #[test]
    fn lists_components_and_matrices_as_variables() {
        let mut arena = Arena::new(Dims::default());
        let mut env = Env::default();
        let (n, m) = (Dim::Size(3), Dim::Size(2));
        let x = arena.new_symbol("x", Shape::vector(n), None);
        let a = arena.new_symbol("A", Shape::matrix(m, n), None);
        env.values.insert(x, Tensor::new(&[3], vec![1.0, 2.0, 3.0]));
        env.values.insert(a, Tensor::new(&[2, 3], vec![1.0, 0.0, 2.0, -1.0, 3.0, 1.0]));
        let (x, a) = (arena.symbol(x), arena.symbol(a));
        let ax = arena.product(a, x).unwrap();
        let by_matrix = jacobian(&arena, ax, &[a], false, &env).unwrap();
        assert_eq!(by_matrix.shape, [2, 2, 3]);
        assert_eq!(by_matrix.data, [1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
        let pick = |arena: &mut Arena, k: u64| {
            arena.must(&build::PICK, &[x], Data::Subscripts(vec![Some(crate::expr::Place::Fixed(k))]))
        };
        let (third, first) = (pick(&mut arena, 3), pick(&mut arena, 1));
        let list = jacobian(&arena, ax, &[third, first], true, &env).unwrap();
        assert_eq!((list.shape, list.data), (vec![2, 2], vec![2.0, 1.0, 1.0, -1.0]));
        let one = jacobian(&arena, ax, &[third], true, &env).unwrap();
        assert_eq!(one.shape, [2, 1]);
        let component = jacobian(&arena, ax, &[third], false, &env).unwrap();
        assert_eq!(component.shape, [2]);
        let dot = arena.must(&products::DOT, &[x, x], Data::None);
        assert_eq!(jacobian(&arena, dot, &[x], false, &env).unwrap().data, [2.0, 4.0, 6.0]);
    }
}
