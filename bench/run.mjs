// `npm run bench`: training beside its peers in one run, rounds interleaved, medians; a table, and bench/results.json.
// `npm run bench -- 2-8-8` measures the networks whose name has `2-8-8`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { networks, samples, weights } from './networks.mjs';

const here = fileURLToPath(new URL('./', import.meta.url));
if (!existsSync(`${here}node_modules`)) {
  const installed = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
  if (installed.status !== 0) process.exit(installed.status ?? 1);
}

const rounds = 9;
/** A contestant runs for so long in a round, in milliseconds. */
const turn = 60;
/** Chunks between two looks at the clock, in samples: a few milliseconds for the slowest. */
const points = 500;

const tensorflow = await import('./peers/tensorflow.mjs');
const contestants = [
  await import('./peers/chalkgrad.mjs'),
  await import('./peers/plain.mjs'),
  tensorflow.on('cpu'),
  tensorflow.on('wasm'),
  await import('./peers/convnet.mjs'),
  await import('./peers/synaptic.mjs'),
];

/** Whether a contestant can do it at all. */
function takesPart(name, network) {
  if (name === 'synaptic') return network.batch === 1;
  if (name === 'ConvNetJS') return network.layers.length > 2;
  return true;
}

const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const results = { node: process.version, versions: versions(), networks: [] };

for (const network of networks.filter(n => !process.argv[2] || n.name.includes(process.argv[2]))) {
  const data = samples(points, network.layers[0], 7, network.target);
  const first = weights(network.layers, 3);
  const sessions = [];
  for (const peer of contestants.filter(c => takesPart(c.name, network))) {
    const session = await peer.open(network, data, first);
    const before = await session.loss();
    await session.run(network.batch * 50);
    sessions.push({ name: peer.name, session, before, speeds: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { session, speeds } of sessions) {
      const chunk =
        network.batch * Math.ceil((speeds.length ? Math.max(1, speeds.at(-1) * 0.005) : 50) / network.batch);
      const start = performance.now();
      let done = 0;
      do {
        await session.run(chunk);
        done += chunk;
      } while (performance.now() - start < turn);
      speeds.push(done / ((performance.now() - start) / 1000));
    }
  }
  const measured = [];
  for (const { name, session, before, speeds } of sessions) {
    const speed = median(speeds);
    measured.push({
      name,
      samplesPerSecond: Math.round(speed),
      spread: (Math.max(...speeds) - Math.min(...speeds)) / speed,
      before,
      after: await session.loss(),
    });
  }
  results.networks.push({ ...network, measured });
  show(network.name, measured);
}
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 2)}\n`);

/** One network's table: samples a second, how often Chalkgrad goes into it, and that the loss fell. */
function show(title, measured) {
  console.log(`\n${title}`);
  const own = measured[0].samplesPerSecond;
  for (const { name, samplesPerSecond, spread, before, after } of measured) {
    const speed = samplesPerSecond.toLocaleString('en').padStart(14);
    const ratio = (own / samplesPerSecond).toFixed(1).padStart(8);
    console.log(
      `  ${name.padEnd(20)}${speed}/s${ratio}×   spread ${spread.toFixed(2)}   loss ${before.toPrecision(3)} → ${after.toPrecision(3)}`,
    );
  }
}

function versions() {
  const peers = JSON.parse(readFileSync(`${here}package.json`, 'utf8')).dependencies;
  return { ...peers, chalkgrad: JSON.parse(readFileSync(`${here}../package.json`, 'utf8')).version };
}
