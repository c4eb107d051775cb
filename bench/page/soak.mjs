// Training for a long time, frame after frame, as the page's worker does: so many steps a frame, the decision surface, the loss.
import * as glue from '../../www/engine/wasm/chalkgrad_wasm.js';
import wasm from '../../www/engine/wasm/chalkgrad_wasm_bg.wasm?url';
import { samples } from '../networks.mjs';

/** Trains for `seconds`, twice at once from the same seed; says after each of ten parts how much memory there is.
 * @param {number} seconds */
export async function soak(seconds) {
  await glue.default({ module_or_path: wasm });
  const { X, y } = samples(500, 2, 7, 'xor');
  const spec = JSON.stringify({
    loss: "mean((y - (tanh(tanh(X*W1 + ones(N)*b1')*W2 + ones(N)*b2')*w + b)).^2)",
    params: {
      W1: { shape: [2, 8], init: { uniform: 0.7 } },
      b1: { shape: [8], init: 0.1 },
      W2: { shape: [8, 8], init: { uniform: 0.35 } },
      b2: { shape: [8], init: 0.1 },
      w: { shape: [8], init: { uniform: 0.35 } },
      b: { shape: [], init: 0 },
    },
    data: { X, y },
    batch: 10,
    rate: 0.03,
    seed: 1,
  });
  const surface = JSON.stringify({
    expr: "tanh(tanh(X*W1 + ones(N)*b1')*W2 + ones(N)*b2')*w + ones(N)*b",
    inputs: { X: Array.from({ length: 100 }, (_, k) => [(k % 10) / 5 - 1, Math.floor(k / 10) / 5 - 1]) },
  });
  const trainers = [new glue.Trainer(spec), new glue.Trainer(spec)];
  const parts = [];
  let frames = 0;
  let same = true;
  const start = performance.now();
  for (let part = 1; part <= 10; part += 1) {
    while (performance.now() - start < (part * seconds * 1000) / 10) {
      await new Promise(requestAnimationFrame);
      // A quarter of a frame's time at 60 a second, shared by the two.
      const steps = 10_000;
      trainers.forEach(trainer => {
        trainer.step(steps);
        trainer.loss();
        trainer.evaluate(surface);
      });
      frames += 1;
    }
    same &&= trainers[0].snapshot() === trainers[1].snapshot();
    const heap = performance.memory?.usedJSHeapSize ?? 0;
    parts.push({ frames, steps: frames * 10_000, wasm: glue.memory_size(), heap, loss: trainers[0].loss() });
  }
  return { seconds, parts, same, stopped: JSON.parse(trainers[0].state()).stopped };
}
