// Plain JavaScript by hand: typed arrays, one sample after the other, gradients of a minibatch added up, as a person would
// write it who cares for speed.

export const name = 'plain JavaScript';

export function open({ layers, activation, batch, rate }, data, first) {
  const depth = layers.length - 1;
  const count = data.y.length;
  const X = Float32Array.from(data.X.flat());
  const y = Float32Array.from(data.y);
  const width = layers[0];
  const W = first.map(layer => Float32Array.from(layer.W.flat()));
  const b = first.map(layer => Float32Array.from(layer.b));
  const gW = W.map(w => new Float32Array(w.length));
  const gb = b.map(v => new Float32Array(v.length));
  const a = layers.map(n => new Float32Array(n));
  const d = layers.map(n => new Float32Array(n));
  const tanh = activation === 'tanh';
  // The neuron has its activation on the output; a network has none there.
  const lastActive = layers.length === 2;
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  let place = count;

  function sample(row) {
    const input = a[0];
    for (let k = 0; k < width; k += 1) input[k] = X[row * width + k];
    for (let l = 0; l < depth; l += 1) {
      const from = a[l];
      const to = a[l + 1];
      const w = W[l];
      const bias = b[l];
      const n = from.length;
      const m = to.length;
      for (let j = 0; j < m; j += 1) to[j] = bias[j];
      for (let k = 0; k < n; k += 1) {
        const x = from[k];
        const at = k * m;
        for (let j = 0; j < m; j += 1) to[j] += x * w[at + j];
      }
      if (l < depth - 1 || lastActive) {
        if (tanh) for (let j = 0; j < m; j += 1) to[j] = Math.tanh(to[j]);
        else for (let j = 0; j < m; j += 1) to[j] = to[j] > 0 ? to[j] : 0;
      }
    }
    const out = a[depth][0];
    let error = (2 * (out - y[row])) / batch;
    if (lastActive) error *= tanh ? 1 - out * out : out > 0 ? 1 : 0;
    d[depth][0] = error;
    for (let l = depth - 1; l >= 0; l -= 1) {
      const from = a[l];
      const delta = d[l + 1];
      const below = d[l];
      const w = W[l];
      const g = gW[l];
      const n = from.length;
      const m = delta.length;
      for (let j = 0; j < m; j += 1) gb[l][j] += delta[j];
      for (let k = 0; k < n; k += 1) {
        const x = from[k];
        const at = k * m;
        let sum = 0;
        for (let j = 0; j < m; j += 1) {
          g[at + j] += x * delta[j];
          sum += w[at + j] * delta[j];
        }
        if (l > 0) below[k] = tanh ? sum * (1 - x * x) : x > 0 ? sum : 0;
      }
    }
  }

  function step() {
    for (let k = 0; k < batch; k += 1) {
      if (place === count) shuffle();
      sample(order[place]);
      place += 1;
    }
    for (let l = 0; l < depth; l += 1) {
      const w = W[l];
      const g = gW[l];
      for (let k = 0; k < w.length; k += 1) {
        w[k] -= rate * g[k];
        g[k] = 0;
      }
      const v = b[l];
      const h = gb[l];
      for (let k = 0; k < v.length; k += 1) {
        v[k] -= rate * h[k];
        h[k] = 0;
      }
    }
  }

  function shuffle() {
    for (let last = count - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      const kept = order[last];
      order[last] = order[other];
      order[other] = kept;
    }
    place = 0;
  }

  function loss() {
    let total = 0;
    for (let row = 0; row < count; row += 1) {
      let from = X.subarray(row * width, (row + 1) * width);
      for (let l = 0; l < depth; l += 1) {
        const to = new Float32Array(layers[l + 1]);
        for (let j = 0; j < to.length; j += 1) {
          let sum = b[l][j];
          for (let k = 0; k < from.length; k += 1) sum += from[k] * W[l][k * to.length + j];
          const active = l < depth - 1 || lastActive;
          to[j] = active ? (tanh ? Math.tanh(sum) : Math.max(0, sum)) : sum;
        }
        from = to;
      }
      total += (from[0] - y[row]) ** 2;
    }
    return total / count;
  }

  return {
    run: samples => {
      for (let k = 0; k < samples; k += batch) step();
    },
    loss,
  };
}
