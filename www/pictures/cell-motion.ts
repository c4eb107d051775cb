/** A cell of the Jacobian by its meaning, whatever the layout does with it. */
export interface Cell {
  readonly output: number;
  readonly input: number;
}

const timing: KeyframeAnimationOptions = { duration: 200, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' };

/** Where every cell is just now. */
export function rememberCells(root: Element): Map<string, DOMRect> {
  return new Map(
    [...root.querySelectorAll('[data-cell]')].map(cell => [
      cell.getAttribute('data-cell') ?? '',
      cell.getBoundingClientRect(),
    ]),
  );
}

/** Moves every cell from where it was to where it is; not for readers who asked for less motion. */
export function moveCells(root: Element, from: ReadonlyMap<string, DOMRect>): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const cell of root.querySelectorAll('[data-cell]')) {
    const before = from.get(cell.getAttribute('data-cell') ?? '');
    if (before === undefined) continue;
    const after = cell.getBoundingClientRect();
    const across = before.left - after.left;
    const down = before.top - after.top;
    if (across === 0 && down === 0) continue;
    cell.animate([{ transform: `translate(${across}px, ${down}px)` }, { transform: 'none' }], timing);
  }
}
