//! Kernels by hand: one network's forward pass, gradient and update for a whole minibatch, every size known to the compiler,
//! vectors of 128 bits. Also the most that one core does in such vectors. A measure for generated code, not part of the product.

#[cfg(target_arch = "wasm32")]
mod network;
#[cfg(target_arch = "wasm32")]
mod peak;

/// Samples of every data set.
pub const POINTS: usize = 500;

/// The order of the samples in an epoch, and how far it has been used.
pub(crate) struct Order {
    rows: [u32; POINTS],
    next: usize,
    state: u64,
}

impl Order {
    pub fn new() -> Order {
        Order { rows: std::array::from_fn(|k| k as u32), next: POINTS, state: 1 }
    }

    /// The samples of the next minibatch; a new order where this one does not hold so many more.
    #[inline(always)]
    pub fn batch(&mut self, size: usize) -> &[u32] {
        if self.next + size > POINTS {
            self.shuffle();
        }
        self.next += size;
        &self.rows[self.next - size..self.next]
    }

    fn shuffle(&mut self) {
        for last in (1..POINTS).rev() {
            // Numbers as in xorshift64* (Vigna 2016).
            self.state ^= self.state >> 12;
            self.state ^= self.state << 25;
            self.state ^= self.state >> 27;
            let number = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
            let other = (number * (last as u64 + 1)) >> 32;
            self.rows.swap(last, other as usize);
        }
        self.next = 0;
    }
}
