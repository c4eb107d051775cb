// A quick look while working on the tape: chalkgrad beside plain JavaScript.
import { networks, samples, weights } from './networks.mjs';
import * as chalkgrad from './peers/chalkgrad.mjs';
import * as plain from './peers/plain.mjs';

const only = process.argv[2];
for (const network of networks.filter(n => !only || n.name.includes(only))) {
  const data = samples(500, network.layers[0], 7, network.target);
  const first = weights(network.layers, 3);
  const speeds = [];
  for (const peer of [plain, chalkgrad]) {
    const session = peer.open(network, data, first);
    const chunk = network.batch * 500;
    session.run(chunk);
    let best = 0;
    for (let round = 0; round < 7; round += 1) {
      const start = performance.now();
      let done = 0;
      do {
        session.run(chunk);
        done += chunk;
      } while (performance.now() - start < 120);
      best = Math.max(best, done / (performance.now() - start) / 1000);
    }
    speeds.push(best);
    console.log(network.name, peer.name, `${best.toFixed(2)} M/s`, 'loss', session.loss());
  }
  console.log(`   ratio ${(speeds[1] / speeds[0]).toFixed(1)}`);
}
