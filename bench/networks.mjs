// What is trained: 500 points of two dimensions (64 for the wide network), the same for every contestant, from a seed.

/** A generator of numbers between 0 and 1 (mulberry32), so that every run has the same data. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Samples whose target is the sign of the product of the first two entries (exclusive or); of the neuron 2 + x₀/2, so that
 * its ReLU stays on and no update is skipped. */
export function samples(count, width, seed, target) {
  const next = random(seed);
  const X = [];
  const y = [];
  for (let k = 0; k < count; k += 1) {
    const x = Array.from({ length: width }, () => Math.fround(2 * next() - 1));
    X.push(x);
    y.push(target === 'on' ? Math.fround(2 + x[0] / 2) : x[0] * x[1] > 0 ? 1 : -1);
  }
  return { X, y };
}

/** @typedef {{name: string, layers: number[], activation: 'tanh' | 'relu', batch: number, rate: number, target: string}} Network */

export const networks = [
  { name: 'neuron 2-1 relu b1', layers: [2, 1], activation: 'relu', batch: 1, rate: 0.01, target: 'on' },
  { name: '2-8-8-1 tanh b10', layers: [2, 8, 8, 1], activation: 'tanh', batch: 10, rate: 0.03, target: 'xor' },
  { name: '2-8-8-1 relu b10', layers: [2, 8, 8, 1], activation: 'relu', batch: 10, rate: 0.03, target: 'xor' },
  { name: '2-16-16-1 tanh b10', layers: [2, 16, 16, 1], activation: 'tanh', batch: 10, rate: 0.03, target: 'xor' },
  { name: '2-16-16-1 relu b10', layers: [2, 16, 16, 1], activation: 'relu', batch: 10, rate: 0.03, target: 'xor' },
  { name: '64-64-64-1 relu b32', layers: [64, 64, 64, 1], activation: 'relu', batch: 32, rate: 0.01, target: 'xor' },
];

/** First weights, the same for everybody: uniform, scaled by the number of inputs. A matrix is inputs × units, row by row. */
export function weights(layers, seed) {
  const next = random(seed);
  return layers.slice(1).map((units, at) => {
    const inputs = layers[at];
    const reach = 1 / Math.sqrt(inputs);
    return {
      W: Array.from({ length: inputs }, () =>
        Array.from({ length: units }, () => Math.fround(reach * (2 * next() - 1))),
      ),
      // The neuron's ReLU is to be on from the start.
      b: Array.from({ length: units }, () => (layers.length === 2 ? 1.5 : Math.fround(0.1 * next()))),
    };
  });
}
