// Random networks, trained by generated code and by the tape that it stands in for: the same bits, whatever the layers,
// activations, losses, widths and minibatches.

/** Numbers between 0 and 1 (mulberry32).
 * @param {number} seed */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const activations = [
  'tanh(Z)',
  'relu(Z)',
  'sigmoid(Z)',
  'softplus(Z)',
  'Z .* sigmoid(Z)',
  'Z ./ (1 + abs(Z))',
  'exp(-Z.^2)',
  'log(1 + Z.^2)',
  'max(Z, 0.1 * Z)',
  'min(Z, 1)',
  'cases(Z > 0, Z, exp(Z) - 1)',
  'sqrt(1 + Z.^2)',
  // Computed in f64, so left to the tape.
  'sin(Z)',
];
const single = [
  'mean((y - o).^2)',
  'mean(log(1 + exp(-y .* o)))',
  'mean(softplus(-y .* o)) + 0.01 * (v · v)',
  'sum((y - o).^2 ./ (1 + (y - o).^2))',
];
const several = [
  'mean((Y - O).^2)',
  'mean(log(rowsums(exp(O))) - rowsums(Y .* O))',
  '-mean(rowsums(Y .* log(softmax(O))))',
  '-mean(rowsums(Y .* log(sigmoid(O))))',
];

/** A session; `k` decides everything.
 * @param {number} k */
export function network(k) {
  const next = random(k);
  const below = (/** @type {number} */ end) => Math.floor(next() * end);
  /** @template T @param {T[]} from @returns {T} */
  const pick = from => /** @type {T} */ (from[below(from.length)]);
  const matrix = (/** @type {number} */ rows, /** @type {number} */ columns) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.fround(2 * next() - 1)));
  const wide = below(8) === 0;
  const samples = 1 + below(wide ? 90 : 30);
  const features = 1 + below(wide ? 40 : 5);
  /** @type {Record<string, object>} */
  const params = {};
  let inside = 'X';
  let width = features;
  for (let layer = 1; layer <= below(4); layer += 1) {
    const units = 1 + below(wide ? 70 : 18);
    params[`W_${layer}`] = { shape: [width, units], init: matrix(width, units) };
    params[`b_${layer}`] = { shape: [units], init: matrix(1, units)[0] };
    inside = `(${pick(activations).replaceAll('Z', `(${inside} * W_${layer} + ones(N) * b_${layer}')`)})`;
    width = units;
  }
  const X = matrix(samples, features);
  const batch = pick([1, 1, 2, 5, 8, 10, 16, 32, 100]);
  const settings = { batch, rate: 0.02, momentum: pick([0, 0, 0.9]), seed: k };
  if (below(2)) {
    const outputs = 2 + below(4);
    Object.assign(params, { V: { shape: [width, outputs], init: matrix(width, outputs) } });
    Object.assign(params, { c: { shape: [outputs], init: matrix(1, outputs)[0] } });
    const loss = `${pick(several)} where O = ${inside} * V + ones(N) * c'`;
    return { loss, params, data: { X, Y: matrix(samples, outputs) }, ...settings };
  }
  Object.assign(params, { v: { shape: [width], init: matrix(1, width)[0] }, c: { shape: [], init: 0.25 } });
  const y = matrix(samples, 1).map(row => row[0]);
  return { loss: `${pick(single)} where o = ${inside} * v + c`, params, data: { X, y }, ...settings };
}

/** @param {any} glue the engine
 * @param {number} count
 * @param {(holds: boolean, what: string) => void} expect */
export function compare(glue, count, expect) {
  let trained = 0;
  for (let k = 1; k <= count; k += 1) {
    const spec = JSON.stringify(network(k));
    const ends = [glue.Trainer, { new: glue.Trainer.on_tape }].map(which => {
      try {
        const trainer = 'new' in which ? which.new(spec) : new which(spec);
        for (const steps of [1, 2, 7, 60]) trainer.step(steps);
        const end = trainer.snapshot() + trainer.state();
        trainer.free();
        trained += 1;
        return end;
      } catch (error) {
        return String(error);
      }
    });
    expect(ends[0] === ends[1], `generated code and tape part: ${spec}`);
  }
  // Sessions that both refuse would prove nothing.
  expect(trained > 1.8 * count, `only ${trained} of ${2 * count} sessions trained`);
}
