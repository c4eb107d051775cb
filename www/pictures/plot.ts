import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { svg, type TemplateResult } from 'lit';
import type { Range } from '../lessons/blocks.ts';
import { showNumber } from '../lessons/numbers.ts';

/** A drawing's size and its margins, in its own units. */
export interface Box {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

type Linear = ScaleLinear<number, number>;

/** Scales from values to places in the drawing. */
export function scalesOf(box: Box, x: [number, number], y: [number, number]): { x: Linear; y: Linear } {
  return {
    x: scaleLinear(x, [box.left, box.width - box.right]),
    y: scaleLinear(y, [box.height - box.bottom, box.top]),
  };
}

/** Two quiet axes with a few numbers; the lines through zero are drawn where they are in sight. */
export function axes(box: Box, x: Linear, y: Linear): TemplateResult {
  const bottom = box.height - box.bottom;
  const [low, high] = y.domain() as [number, number];
  const [left, right] = x.domain() as [number, number];
  return svg`<g class="plot-axes">
    <path class="plot-frame" d="M${box.left},${box.top}V${bottom}H${box.width - box.right}" />
    ${low < 0 && high > 0 ? svg`<path class="plot-zero" d="M${box.left},${y(0)}H${box.width - box.right}" />` : ''}
    ${left < 0 && right > 0 ? svg`<path class="plot-zero" d="M${x(0)},${box.top}V${bottom}" />` : ''}
    ${x.ticks(6).map(tick => svg`<text x=${x(tick)} y=${bottom + 18} text-anchor="middle">${showNumber(tick)}</text>`)}
    ${y.ticks(4).map(tick => svg`<text x=${box.left - 8} y=${y(tick) + 4} text-anchor="end">${showNumber(tick)}</text>`)}
  </g>`;
}

/** A line through points; a gap where the engine gave no finite number. */
export function pathOf(
  xs: readonly number[],
  ys: readonly number[],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let pen = 'M';
  xs.forEach((value, place) => {
    const height = ys[place];
    if (height === undefined || !Number.isFinite(height)) {
      pen = 'M';
      return;
    }
    path += `${pen}${x(value).toFixed(2)},${y(height).toFixed(2)}`;
    pen = 'L';
  });
  return path;
}

/** The value within a range that a slider with this step could have. */
export function settled(value: number, range: Range, step: number): number {
  const held = Math.min(Math.max(value, range.from), range.to);
  return Number((Math.round(held / step) * step).toFixed(6));
}
