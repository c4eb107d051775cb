// A kernel by hand for each network (bench/kernel): what code that was generated from a derived gradient is measured against.
import { bytes } from '../bytes.mjs';
import { networks } from '../networks.mjs';

export const name = 'kernel by hand';

const module = await WebAssembly.compile(
  await bytes(new URL('../kernel/target/wasm32-unknown-unknown/release/kernel.wasm', import.meta.url)),
);
const { exports: kernel } = await WebAssembly.instantiate(module, {});

/** Runs so many rounds of the peak's chains; gives the operations done. */
export function peak(rounds) {
  kernel.peak(rounds, 1e-7);
  return rounds * 96;
}

export function open({ name: which, batch, rate, layers, activation }, data, first) {
  const network = kernel.open(networks.findIndex(n => n.name === which));
  const numbers = (what, count) => new Float32Array(kernel.memory.buffer, kernel.place(network, what), count);
  numbers(0, data.X.length * layers[0]).set(data.X.flat());
  numbers(1, data.y.length).set(data.y);
  const all = first.flatMap(({ W, b }) => [...W.flat(), ...b]);
  numbers(2, all.length).set(all);
  return {
    run: samples => kernel.run(network, samples / batch, rate),
    loss: () => {
      const parameters = numbers(2, all.length);
      let place = 0;
      const take = count => {
        place += count;
        return parameters.subarray(place - count, place);
      };
      const read = first.map(({ W, b }) => ({ W: take(W.length * W[0].length), b: take(b.length) }));
      const squares = data.X.map((x, k) => (forward(read, x, activation, layers.length === 2) - data.y[k]) ** 2);
      return squares.reduce((sum, square) => sum + square, 0) / squares.length;
    },
  };
}

/** What the network says to one sample. */
function forward(read, x, activation, lastActive) {
  let from = x;
  read.forEach(({ W, b }, layer) => {
    const active = layer < read.length - 1 || lastActive;
    from = Array.from(b, (start, unit) => {
      const sum = from.reduce((sum, x, k) => sum + x * W[k * b.length + unit], start);
      if (!active) return sum;
      return activation === 'tanh' ? Math.tanh(sum) : Math.max(0, sum);
    });
  });
  return from[0];
}
