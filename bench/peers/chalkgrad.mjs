// Chalkgrad itself: the loss as an expression, the derived gradient compiled to a tape and on to a wasm module of its own; and
// the tape alone.
import * as glue from '../../www/engine/wasm/chalkgrad_wasm.js';
import { bytes } from '../bytes.mjs';

glue.initSync({ module: await bytes(new URL('../../www/engine/wasm/chalkgrad_wasm_bg.wasm', import.meta.url)) });

/** One request of the contract. */
export const call = glue.call;

/** The loss of a network in the language. */
export function expression(layers, activation) {
  if (layers.length === 2) return `mean((y - ${activation}(X*w + b)).^2)`;
  let inside = 'X';
  for (let k = 1; k < layers.length - 1; k += 1) inside = `${activation}(${inside}*W${k} + ones(N)*b${k}')`;
  return `mean((y - (${inside}*w + b)).^2)`;
}

export function specification({ layers, activation, batch, rate }, data, first) {
  const params = {};
  first.forEach(({ W, b }, at) => {
    const last = at === first.length - 1;
    params[last ? 'w' : `W${at + 1}`] = last
      ? { shape: [W.length], init: W.map(row => row[0]) }
      : { shape: [W.length, W[0].length], init: W };
    params[last ? 'b' : `b${at + 1}`] = last ? { shape: [], init: b[0] } : { shape: [b.length], init: b };
  });
  return JSON.stringify({ loss: expression(layers, activation), params, data, batch, rate, seed: 1 });
}

function session(trainer, batch) {
  return { run: samples => trainer.step(samples / batch), loss: () => trainer.loss() };
}

export const generated = {
  name: 'Chalkgrad',
  open: (network, data, first) => session(new glue.Trainer(specification(network, data, first)), network.batch),
};

export const tape = {
  name: 'Chalkgrad, tape only',
  open: (network, data, first) => session(glue.Trainer.on_tape(specification(network, data, first)), network.batch),
};
