//! A block of numbers with its sizes, row by row.

use crate::scalar::Scalar;

#[derive(Clone, Debug, PartialEq)]
pub struct Tensor<S> {
    pub shape: Vec<usize>,
    pub data: Vec<S>,
}

impl<S: Scalar> Tensor<S> {
    pub fn scalar(value: S) -> Tensor<S> {
        Tensor { shape: Vec::new(), data: vec![value] }
    }

    pub fn new(shape: &[usize], data: Vec<S>) -> Tensor<S> {
        debug_assert_eq!(shape.iter().product::<usize>(), data.len());
        Tensor { shape: shape.to_vec(), data }
    }

    pub fn filled(shape: &[usize], value: f64) -> Tensor<S> {
        Tensor { shape: shape.to_vec(), data: vec![S::from_f64(value); shape.iter().product()] }
    }

    /// Built by its entries: `entry(indices)`, indices from 0.
    pub fn build(shape: &[usize], mut entry: impl FnMut(&[usize]) -> S) -> Tensor<S> {
        Tensor::built(shape, &mut entry)
    }

    /// The same, once for all closures: their loops need not be copied for each.
    fn built(shape: &[usize], entry: &mut dyn FnMut(&[usize]) -> S) -> Tensor<S> {
        let mut index = vec![0; shape.len()];
        let total: usize = shape.iter().product();
        let mut data = Vec::with_capacity(total);
        for _ in 0..total {
            data.push(entry(&index));
            for axis in (0..shape.len()).rev() {
                index[axis] += 1;
                if index[axis] < shape[axis] {
                    break;
                }
                index[axis] = 0;
            }
        }
        Tensor { shape: shape.to_vec(), data }
    }

    /// The entry at the given indices (from 0).
    pub fn at(&self, index: &[usize]) -> S {
        let mut offset = 0;
        for (i, size) in index.iter().zip(&self.shape) {
            offset = offset * size + i;
        }
        self.data[offset]
    }

    pub fn len(&self) -> usize {
        self.data.len()
    }

    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    pub fn sum(&self) -> S {
        self.data.iter().fold(S::from_f64(0.0), |total, &x| total.plus(x))
    }

    pub fn map(&self, f: impl Fn(S) -> S) -> Tensor<S> {
        Tensor { shape: self.shape.clone(), data: self.data.iter().map(|&x| f(x)).collect() }
    }

    /// The same block in another kind of number.
    pub fn map_to<T: Scalar>(&self, f: impl Fn(S) -> T) -> Tensor<T> {
        Tensor { shape: self.shape.clone(), data: self.data.iter().map(|&x| f(x)).collect() }
    }

    /// Rows and columns, a vector being one column.
    pub fn rows_columns(&self) -> (usize, usize) {
        match self.shape[..] {
            [] => (1, 1),
            [n] => (n, 1),
            [m, ref rest @ ..] => (m, rest.iter().product()),
        }
    }
}

impl<S: Scalar> Tensor<S> {
    /// All index tuples, row by row.
    pub fn indices(&self) -> Vec<Vec<usize>> {
        let mut all = Vec::with_capacity(self.len());
        let numbered = Tensor::<f64>::build(&self.shape, |i| {
            all.push(i.to_vec());
            0.0
        });
        debug_assert_eq!(numbered.len(), self.len());
        all
    }
}
