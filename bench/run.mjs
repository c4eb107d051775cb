// `npm run bench`: training and derivatives beside their peers in one run; a table, and bench/results.json.
// `npm run bench -- training 2-8-8`: only training, in Node, of the networks whose name has `2-8-8`.
// `npm run bench -- browser 2-8-8`: the same in Chromium. `npm run bench -- derivatives`: only derivatives.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setUp } from './setup.mjs';
import { showDerivatives, showTraining } from './table.mjs';

const [part = 'all', only = ''] = process.argv.slice(2);
const does = name => part === 'all' || part === name;
if (!['all', 'training', 'browser', 'derivatives'].includes(part)) {
  console.error('bench: training, browser or derivatives, then part of a name; or nothing for everything.');
  process.exit(2);
}
const file = new URL('./results.json', import.meta.url);
await setUp(does('derivatives'));

// What is not measured this time stays from the last.
const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
Object.assign(results, { date: new Date().toISOString(), node: process.version, versions: versions() });
if (does('training')) {
  const { training } = await import('./training.mjs');
  console.log(`Training in Node ${process.version}`);
  results.training = await training(only, showTraining);
}
if (does('browser')) {
  const { inBrowser } = await import('./browser.mjs');
  const { browser, networks } = await inBrowser(only, showTraining);
  Object.assign(results, { browser, browserTraining: networks });
}
if (does('derivatives')) {
  const { derivatives } = await import('./derivatives.mjs');
  console.log('\nDerivatives in Node');
  results.derivatives = await derivatives(only, showDerivatives);
}
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
process.exit(0);

function versions() {
  const require = createRequire(import.meta.url);
  const peers = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')).dependencies;
  const { version } = require('../package.json');
  return { chalkgrad: version, ...peers, sympy: '1.14.0', mpmath: '1.3.0' };
}
