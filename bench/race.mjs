// Contestants against each other: rounds interleaved, so that whatever else the machine does hits all of them.

/** Milliseconds: of the processor's time in Node, so that other programs disturb little; in a browser the clock's. (Nobody here computes
 * in several threads; what V8 does beside, compiling and collecting, counts.) */
export function now() {
  if (typeof process === 'undefined' || !process.cpuUsage) return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of one run: run again and again until so many have passed, twice as often each time, so that looking at the clock
 * (half a microsecond) is not measured with it.
 * @param {() => unknown} run
 * @param {number} least */
export function timeOf(run, least) {
  for (let count = 1; ; count *= 2) {
    const start = now();
    for (let done = 0; done < count; done += 1) run();
    const took = now() - start;
    if (took >= least) return took / count;
  }
}

export const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** @typedef {{name: string, run: (count: number) => unknown, unit?: number}} Contestant `run` does so many things; counts are
 * multiples of `unit`. */

/** Each contestant's things a second: the median of the rounds, the best one, and how far rounds lie apart.
 * @param {Contestant[]} contestants
 * @param {{rounds: number, turn: number}} settings `turn`: how long one runs in a round, in milliseconds */
export async function race(contestants, { rounds, turn }) {
  const speeds = contestants.map(() => []);
  const chunks = contestants.map(({ unit = 1 }) => unit);
  // First each finds out how much it does in some milliseconds, and gets warm.
  for (const [at, { run, unit = 1 }] of contestants.entries()) {
    const start = now();
    while (now() - start < 2 * turn) {
      const from = now();
      await run(chunks[at]);
      if (now() - from < 2) chunks[at] = Math.ceil((2 * chunks[at]) / unit) * unit;
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { run }] of contestants.entries()) {
      const start = now();
      let done = 0;
      do {
        await run(chunks[at]);
        done += chunks[at];
      } while (now() - start < turn);
      speeds[at].push(done / ((now() - start) / 1000));
    }
  }
  return contestants.map(({ name }, at) => {
    const typical = median(speeds[at]);
    const spread = (Math.max(...speeds[at]) - Math.min(...speeds[at])) / typical;
    return { name, perSecond: typical, best: Math.max(...speeds[at]), spread };
  });
}
