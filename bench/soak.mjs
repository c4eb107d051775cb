// `npm run soak -- 600`: so many seconds of training in Chromium (30 minutes without a number): memory must not grow, and two
// sessions of the same seed must stay equal bit for bit.
import { withPage } from './browser.mjs';
import { setUp } from './setup.mjs';

const seconds = Number(process.argv[2] ?? 1800);
await setUp(false);
const { parts, same, stopped } = await withPage(page => page.evaluate(s => window.bench.soak(s), seconds));
for (const { frames, steps, wasm, heap, loss } of parts) {
  const sizes = `wasm ${(wasm / 1e6).toFixed(2)} MB, heap ${(heap / 1e6).toFixed(1)} MB`;
  console.log(
    `${frames} frames, ${steps.toLocaleString('en')} steps a session: ${sizes}, loss ${loss.toExponential(6)}`,
  );
}
// The first part holds what is made once.
const [, second] = parts;
const last = parts[parts.length - 1];
const grown = last.wasm > second.wasm || last.heap > 1.5 * second.heap + 2e6;
console.log(
  `${same ? 'Equal bits in both sessions' : 'The sessions DIFFER'}; memory ${grown ? 'GREW' : 'did not grow'}.`,
);
if (stopped) console.log(`Stopped: ${stopped.message}`);
process.exit(same && !grown && !stopped ? 0 : 1);
