// What is printed while it is measured.
import { limit } from './symbolic/ask.mjs';

/** A network: samples a second, how often Chalkgrad goes into it, and that the loss fell. */
export function showTraining({ name, measured, peak, shareOfPeak }) {
  console.log(
    `\n${name}   (vectors of 128 bits: ${peak.toFixed(0)} GFLOP/s at most, of which ${percent(shareOfPeak)})`,
  );
  const own = measured[0];
  for (const row of measured) {
    const speed = Math.round(row.perSecond).toLocaleString('en').padStart(14);
    const ratio = times(own.perSecond / row.perSecond);
    const best = times(own.best / row.best);
    const losses = `loss ${row.before.toPrecision(3)} → ${row.after.toPrecision(3)}`;
    console.log(
      `  ${row.name.padEnd(22)}${speed}/s${ratio}${best} (best)   spread ${row.spread.toFixed(2)}   ${losses}`,
    );
  }
}

/** A question about derivatives: milliseconds, and how often Chalkgrad's fit into them. */
export function showDerivatives({ name, measured }) {
  console.log(`\n${name}`);
  for (const { name: who, ms, worst, note } of measured) {
    const ratio = ms === null || ms === Number.POSITIVE_INFINITY ? '' : times(ms / measured[0].ms);
    const slowest = worst === undefined ? '' : `   slowest ${milliseconds(worst)}`;
    console.log(`  ${who.padEnd(36)}${milliseconds(ms).padStart(15)}${ratio}${slowest}${note ? `   ${note}` : ''}`);
  }
}

function milliseconds(ms) {
  if (ms === null) return 'fails';
  return ms === Number.POSITIVE_INFINITY ? `over ${limit} s` : `${ms.toFixed(4)} ms`;
}

const times = ratio => `${ratio.toFixed(ratio < 10 ? 2 : 0)}×`.padStart(9);
const percent = share => `${(100 * share).toFixed(0)}%`;
