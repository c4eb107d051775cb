/** From here on a cell has the next deeper shade. Fixed, so that a shade means the same wherever the sliders stand. */
const shades = [0, 0.5, 1, 2, 4];

/** The classes of a cell by its number; a cell that is 0 wherever the inputs stand has a shade of its own. */
export function shadeOf(value: number, alwaysZero: boolean): string {
  const sign = value < 0 ? 'shade-below' : 'shade-above';
  return alwaysZero ? `${sign} shade-none` : `${sign} shade-${shades.filter(least => Math.abs(value) > least).length}`;
}
