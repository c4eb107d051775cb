// TensorFlow.js: variables and `optimizer.minimize`, one call a minibatch. The minibatches are tensors made beforehand, which
// spares it the gathering that everybody else does.
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

setThreadsCount(1);
// The page's server has its files under this name.
setWasmPaths(
  typeof window === 'undefined'
    ? new URL('../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname
    : '/tfjs/',
);

export const version = tf.version.tfjs;

/** A contestant on one of its backends. */
export function on(backend) {
  return { name: `TensorFlow.js ${backend}`, open: (network, data, first) => open(backend, network, data, first) };
}

async function open(backend, { activation, batch, rate }, data, first) {
  await tf.setBackend(backend);
  await tf.ready();
  const W = first.map(layer => tf.variable(tf.tensor2d(layer.W)));
  const b = first.map(layer => tf.variable(tf.tensor1d(layer.b)));
  const activate = activation === 'tanh' ? tf.tanh : tf.relu;
  const count = data.y.length;
  const batches = [];
  for (let from = 0; from + batch <= count; from += batch) {
    batches.push([
      tf.tensor2d(data.X.slice(from, from + batch)),
      tf.tensor2d(data.y.slice(from, from + batch).map(t => [t])),
    ]);
  }
  const optimizer = tf.train.sgd(rate);
  const lossOf = (x, y) => {
    let a = x;
    W.forEach((w, at) => {
      const z = tf.add(tf.matMul(a, w), b[at]);
      a = at < W.length - 1 || W.length === 1 ? activate(z) : z;
    });
    return tf.mean(tf.square(tf.sub(a, y)));
  };
  let place = 0;
  return {
    run: async samples => {
      await tf.setBackend(backend);
      for (let k = 0; k < samples; k += batch) {
        const [x, y] = batches[place];
        optimizer.minimize(() => lossOf(x, y));
        place = (place + 1) % batches.length;
      }
    },
    loss: async () => {
      await tf.setBackend(backend);
      const value = tf.tidy(() => lossOf(tf.tensor2d(data.X), tf.tensor2d(data.y.map(t => [t]))));
      return value.dataSync()[0];
    },
  };
}
