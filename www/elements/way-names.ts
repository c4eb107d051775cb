/** How the ways are called on screen. */
const names: ReadonlyMap<string, string> = new Map([
  ['paths', 'Paths (the paper)'],
  ['textbook', 'd/dx inwards'],
  ['differentials', 'Differentials'],
  ['reverse', 'Reverse'],
  ['index', 'Index notation'],
]);

/** A way's name on screen; one without is called as in requests. */
export function wayName(way: string): string {
  return names.get(way) ?? way;
}
