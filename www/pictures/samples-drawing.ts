import { contours } from 'd3-contour';
import { nothing, svg, type TemplateResult } from 'lit';
import { type Frame, makeFrame, spanOf } from '../draw/frame.ts';
import type { Grid } from '../draw/grid.ts';
import { axes, type Box } from './plot.ts';
import type { Contribution, Contributions } from './samples-numbers.ts';

type Pair = readonly [number, number];

/** Both pictures have the same size, so that they stand side by side. */
export const box: Box = { width: 360, height: 320, left: 44, right: 12, top: 12, bottom: 26 };

/** A frame over pairs of numbers, one unit equally long both ways. */
export function frameOver(pairs: readonly Pair[], padding: number, atLeast: number): Frame {
  return makeFrame({
    width: box.width,
    height: box.height,
    margins: box,
    x: spanOf([0, ...pairs.map(pair => pair[0])], padding, atLeast),
    y: spanOf([0, ...pairs.map(pair => pair[1])], padding, atLeast),
    sameUnit: true,
  });
}

/** Axes with their names at their ends. */
export function namedAxes(frame: Frame, across: string, up: string, colour: string): TemplateResult {
  return svg`${axes(box, frame.x, frame.y)}
    <text class="plot-label ${colour}" x=${box.width - box.right} y=${box.height - box.bottom - 8} text-anchor="end" data-from="lesson">${across}</text>
    <text class="plot-label ${colour}" x=${box.left + 8} y=${box.top + 12} data-from="lesson">${up}</text>`;
}

/** The line on which values over a grid are 0, as rings of places in the drawing. */
export function zeroLine(frame: Frame, grid: Grid, values: readonly number[]): Pair[][] {
  if (values.length !== grid.columns * grid.rows) return [];
  const [shape] = contours().size([grid.columns, grid.rows]).thresholds([0])([...values]);
  const place = ([column = 0, row = 0]: number[]): Pair => [
    frame.x(grid.x0 + (column - 0.5) * grid.dx),
    frame.y(grid.y0 + (row - 0.5) * grid.dy),
  ];
  return (shape?.coordinates ?? []).flatMap(polygon => polygon.map(ring => ring.map(place)));
}

/** Rings as a path. */
export function pathAlong(rings: readonly (readonly Pair[])[]): string {
  return rings.map(ring => `M${ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`).join('');
}

/** The place on a line, well inside the drawing, that is farthest from all samples: there its name hides none. */
export function labelPlace(
  frame: Frame,
  rings: readonly (readonly Pair[])[],
  samples: readonly Pair[],
): Pair | undefined {
  const taken = samples.map(([x, y]): Pair => [frame.x(x), frame.y(y)]);
  const room = (place: Pair): number =>
    Math.min(...taken.map(other => Math.hypot(other[0] - place[0], other[1] - place[1])));
  const inside = rings
    .flat()
    .filter(
      ([x, y]) =>
        x > box.left + 40 && x < box.width - box.right - 30 && y > box.top + 20 && y < box.height - box.bottom - 30,
    );
  return inside.reduce<Pair | undefined>(
    (best, place) => (best === undefined || room(place) > room(best) ? place : best),
    undefined,
  );
}

/** A vector from one place to another, with a head that never is longer than the vector. */
export function arrow(frame: Frame, from: Pair, to: Pair, kind: string): TemplateResult | typeof nothing {
  const [x0, y0, x1, y1] = [frame.x(from[0]), frame.y(from[1]), frame.x(to[0]), frame.y(to[1])];
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 1)) return nothing;
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const head = Math.min(10, length);
  const [x2, y2] = [x1 - ux * head, y1 - uy * head];
  const half = head * 0.42;
  return svg`<path class="samples-line ${kind}" d="M${x0},${y0}L${x2},${y2}" />
    <path class="samples-head ${kind}" d="M${x1},${y1}L${x2 - uy * half},${y2 + ux * half}L${x2 + uy * half},${y2 - ux * half}Z" />`;
}

/** Where a name stands: beyond the tip of its vector, or beside the middle, on the one side or the other. */
type Stand = 'tip' | 1 | -1;

function named(frame: Frame, from: Pair, to: Pair, text: string, kind: string, stand: Stand): TemplateResult {
  const [x0, y0, x1, y1] = [frame.x(from[0]), frame.y(from[1]), frame.x(to[0]), frame.y(to[1])];
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const [aside, down] = stand === 'tip' ? [ux, uy] : [-uy * stand, ux * stand];
  const [x, y] = stand === 'tip' ? [x1, y1] : [(x0 + x1) / 2, (y0 + y1) / 2];
  const anchor = aside > 0.5 ? 'start' : aside < -0.5 ? 'end' : 'middle';
  return svg`<text class="plot-label ${kind}" x=${x + aside * 10} y=${y + down * 14 + 5} text-anchor=${anchor}>${text}</text>`;
}

/** The side of a vector from the origin on which there are fewer of the places. */
function freeSide(frame: Frame, to: Pair, places: readonly Pair[]): Stand {
  const [x0, y0] = [frame.x(0), frame.y(0)];
  const [ux, uy] = [frame.x(to[0]) - x0, frame.y(to[1]) - y0];
  const sides = places.map(([x, y]) => Math.sign(ux * (frame.y(y) - y0) - uy * (frame.x(x) - x0)));
  return sides.reduce((sum, side) => sum + side, 0) > 0 ? -1 : 1;
}

/** The samples as numbered dots: filled where they count, hollow where they are silent, a cross where they are left out. */
export function dots(
  frame: Frame,
  samples: readonly Pair[],
  contributions: readonly Contribution[],
  toggle: (sample: number) => void,
): TemplateResult[] {
  return samples.map((sample, place) => {
    const [x, y] = [frame.x(sample[0]), frame.y(sample[1])];
    const found = contributions.find(each => each.sample === place);
    const counts = found !== undefined && found.through > 0;
    return svg`<g class="samples-dot" @click=${() => toggle(place)}>
      <circle class="samples-reach" cx=${x} cy=${y} r="16" />
      ${
        found === undefined
          ? svg`<path class="samples-out" d="M${x - 5},${y - 5}L${x + 5},${y + 5}M${x - 5},${y + 5}L${x + 5},${y - 5}" />`
          : svg`<circle class=${counts ? 'samples-on' : 'samples-silent'} cx=${x} cy=${y} r="7" />`
      }
      <text class="plot-label" x=${x + 12} y=${y - 8}>${place + 1}</text>
    </g>`;
  });
}

/** The arrows tip to tail, their sum, and the gradient along it. */
export function arrows(
  frame: Frame,
  { each, sum, gradient }: Contributions,
  words: { readonly sum: string; readonly gradient: string },
  colour: string,
): TemplateResult {
  const counting = each.filter(({ through }) => through > 0);
  const none: Pair = [0, 0];
  const side = freeSide(
    frame,
    gradient,
    counting.map(({ tip }) => tip),
  );
  return svg`
    ${counting.map(({ tail, tip }) => arrow(frame, tail, tip, 'samples-share'))}
    ${arrow(frame, none, sum, 'samples-sum')}
    ${arrow(frame, none, gradient, 'samples-gradient')}
    <circle class="samples-origin" cx=${frame.x(0)} cy=${frame.y(0)} r="3" />
    ${counting.map(({ sample, tail, tip }) => named(frame, tail, tip, String(sample + 1), 'samples-number', 1))}
    ${sum[0] === 0 && sum[1] === 0 ? nothing : named(frame, none, sum, words.sum, '', 'tip')}
    ${gradient[0] === 0 && gradient[1] === 0 ? nothing : named(frame, none, gradient, words.gradient, colour, side)}
  `;
}
