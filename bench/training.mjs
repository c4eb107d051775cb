// Training beside its peers, in Node and in a browser: samples a second, where a sample is forward, backward and its share of
// the update; and the most that 128-bit vectors do on this machine, in the same run.
import { networks, samples, weights } from './networks.mjs';
import * as chalkgrad from './peers/chalkgrad.mjs';
import * as convnet from './peers/convnet.mjs';
import * as kernel from './peers/kernel.mjs';
import * as plain from './peers/plain.mjs';
import * as synaptic from './peers/synaptic.mjs';
import * as tensorflow from './peers/tensorflow.mjs';
import { race } from './race.mjs';

// brain.js needs Node's streams. By a variable: the page's bundler is not to look for it.
const inNode = './peers/brain.mjs';
const more = typeof window === 'undefined' ? [await import(/* @vite-ignore */ inNode)] : [];

const points = 500;
const contestants = [
  chalkgrad.generated,
  chalkgrad.tape,
  kernel,
  plain,
  tensorflow.on('cpu'),
  tensorflow.on('wasm'),
  convnet,
  synaptic,
  ...more,
];

/** Whether a contestant can do it at all: ConvNetJS and brain.js have a last layer that the neuron lacks. */
const takesPart = (name, network) => network.layers.length > 2 || !/ConvNetJS|brain/.test(name);

/** Two for each multiply-add of the products; activations are not counted. The first layer's error is not sent further back. */
export function operations(layers) {
  const pairs = layers.slice(1).map((units, at) => layers[at] * units);
  return 2 * (3 * pairs.reduce((sum, pair) => sum + pair, 0) - pairs[0]);
}

/** All networks whose name has `only`; each is told when it is measured.
 * @param {string} only
 * @param {(measured: object) => void} tell */
export async function training(only, tell, settings = { rounds: 7, turn: 40 }) {
  const all = [];
  for (const network of networks.filter(n => n.name.includes(only))) {
    const data = samples(points, network.layers[0], 7, network.target);
    const first = weights(network.layers, 3);
    const sessions = [];
    const before = [];
    for (const peer of contestants.filter(c => takesPart(c.name, network))) {
      const session = await peer.open(network, data, first);
      before.push(await session.loss());
      sessions.push({ name: peer.name, run: session.run, unit: network.batch, loss: session.loss });
    }
    const peak = { name: 'peak', run: count => kernel.peak(count), unit: 1 };
    const measured = await race([...sessions, peak], settings);
    const most = (measured.pop().best * 96) / 1e9;
    for (const [at, row] of measured.entries()) {
      Object.assign(row, { before: before[at], after: await sessions[at].loss() });
    }
    const own = (measured[0].best * operations(network.layers)) / 1e9;
    const result = {
      ...network,
      operations: operations(network.layers),
      peak: most,
      shareOfPeak: own / most,
      measured,
    };
    all.push(result);
    tell(result);
  }
  return all;
}
