import { scaleLinear } from 'd3-scale';

/** Round levels above 0, about as many as asked for, for values that rise from 0. */
export function roundLevels(values: Float64Array, count: number): number[] {
  const highest = values.reduce((a, b) => Math.max(a, b), 0);
  if (!(highest > 0) || !Number.isFinite(highest)) return [];
  return scaleLinear([0, highest], [0, 1])
    .ticks(count)
    .filter(level => level > 0);
}

/**
 * Levels 1, 2, 5, 10, 20, 50 … between the lowest and the highest value: close together in the hollow of a bowl and
 * far apart on its walls, so that the hollow can be seen however steep the walls are.
 */
export function hollowLevels(values: Float64Array, most: number): number[] {
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const highest = values.reduce((a, b) => Math.max(a, b), 0);
  if (!(highest > lowest) || !Number.isFinite(highest)) return [];
  const levels: number[] = [];
  for (let power = Math.ceil(Math.log10(highest)); levels.length < most && power > -9; power -= 1) {
    for (const part of [5, 2, 1]) {
      const level = Number(`${part}e${power}`);
      if (level < highest && level > lowest && levels.length < most) levels.push(level);
    }
    if (Number(`1e${power}`) < lowest) break;
  }
  return levels.reverse();
}

/** Round levels at even distances between the lowest and the highest value, of either sign. */
export function evenLevels(values: readonly number[], count: number): number[] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [];
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  return scaleLinear([low, high], [0, 1])
    .ticks(count)
    .filter(level => level > low && level < high);
}
