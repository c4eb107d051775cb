// Chalkgrad itself: the loss as an expression, the derived gradient compiled.
import { readFileSync } from 'node:fs';
import * as glue from '../../www/engine/wasm/chalkgrad_wasm.js';

glue.initSync({ module: readFileSync(new URL('../../www/engine/wasm/chalkgrad_wasm_bg.wasm', import.meta.url)) });

export const name = 'chalkgrad';

/** The loss of a network in the language. */
export function expression(layers, activation) {
  if (layers.length === 2) return `mean((y - ${activation}(X*w + b)).^2)`;
  let inside = 'X';
  for (let k = 1; k < layers.length - 1; k += 1) inside = `${activation}(${inside}*W${k} + ones(N)*b${k}')`;
  return `mean((y - (${inside}*w + b)).^2)`;
}

export function open({ layers, activation, batch, rate }, data, first) {
  const params = {};
  first.forEach(({ W, b }, at) => {
    const last = at === first.length - 1;
    params[last ? 'w' : `W${at + 1}`] = last
      ? { shape: [W.length], init: W.map(row => row[0]) }
      : { shape: [W.length, W[0].length], init: W };
    params[last ? 'b' : `b${at + 1}`] = last ? { shape: [], init: b[0] } : { shape: [b.length], init: b };
  });
  const spec = { loss: expression(layers, activation), params, data, batch, rate, seed: 1 };
  const trainer = new glue.Trainer(JSON.stringify(spec));
  return {
    run: samples => trainer.step(samples / batch),
    loss: () => trainer.loss(),
    state: () => JSON.parse(trainer.state()),
  };
}
