import { contours } from 'd3-contour';
import type { Frame } from './frame.ts';
import { insideFrame } from './frame.ts';
import type { Grid } from './grid.ts';
import type { Palette } from './palette.ts';
import { drawLabel, plainNumber } from './text.ts';

/** How lines of equal value are drawn. */
export interface ContourStyle {
  readonly colour: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Opacity of the tint laid over everything above a level; tints add up from level to level. */
  readonly tint?: number;
  /** Writes each level's value on its line. */
  readonly labels?: boolean;
}

type Line = [number, number][];

/** The lines on which the values pass one level, as closed rings in the frame's own units. */
export interface LevelLines {
  readonly level: number;
  readonly lines: readonly Line[];
}

/** Finds the lines on which the values, given on the grid row by row, pass the levels. */
export function levelLines(
  frame: Frame,
  grid: Grid,
  values: ArrayLike<number>,
  levels: readonly number[],
): LevelLines[] {
  if (values.length !== grid.columns * grid.rows || levels.length === 0) return [];
  const shapes = contours()
    .size([grid.columns, grid.rows])
    .thresholds([...levels])(Array.from(values));
  return shapes.map(shape => ({
    level: shape.value,
    lines: shape.coordinates.flatMap(polygon => polygon.map(ring => ring.map(place => onCanvas(frame, grid, place)))),
  }));
}

/** Draws the lines on which the values, given on the grid row by row, pass the levels. */
export function drawContours(
  context: CanvasRenderingContext2D,
  frame: Frame,
  palette: Palette,
  grid: Grid,
  values: ArrayLike<number>,
  levels: readonly number[],
  style: ContourStyle,
): void {
  const found = levelLines(frame, grid, values, levels);
  insideFrame(context, frame, () => {
    context.lineWidth = style.width ?? 1;
    context.setLineDash([...(style.dash ?? [])]);
    const labels: [number, number][] = [];
    for (const { level, lines } of found) {
      context.beginPath();
      for (const line of lines) trace(context, line);
      if (style.tint !== undefined) {
        context.globalAlpha = style.tint;
        context.fillStyle = style.colour;
        context.fill('evenodd');
        context.globalAlpha = 1;
      }
      context.strokeStyle = style.colour;
      if ((style.width ?? 1) > 0) context.stroke();
      if (style.labels === true) writeLevel(context, frame, palette, lines, level, style.colour, labels);
    }
  });
}

/** Grid units to pixels: the library puts the value of cell (i, j) at (i + ½, j + ½). */
function onCanvas(frame: Frame, grid: Grid, place: number[]): [number, number] {
  const [column = 0, row = 0] = place;
  return [frame.x(grid.x0 + (column - 0.5) * grid.dx), frame.y(grid.y0 + (row - 0.5) * grid.dy)];
}

function trace(context: CanvasRenderingContext2D, line: Line): void {
  line.forEach(([x, y], index) => {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  context.closePath();
}

/** Lines that enclose less than this, in pixels, get no label: it would hide them. */
const smallest = 44;

/** The room a label needs for itself, in pixels. */
const room = { width: 40, height: 15 };

/**
 * Where a level is best written: where its line comes nearest to the upper right corner but stays well inside and clear
 * of the labels that are there already.
 */
export function labelPlace(
  frame: Frame,
  lines: readonly Line[],
  taken: readonly (readonly [number, number])[],
): [number, number] | undefined {
  let best: [number, number] | undefined;
  for (const line of lines) {
    if (extent(line) < smallest) continue;
    for (const [x, y] of line) {
      const inside = x > frame.left + 22 && x < frame.right - 22 && y > frame.top + 12 && y < frame.bottom - 12;
      if (!inside || (best !== undefined && x - y <= best[0] - best[1])) continue;
      if (taken.every(place => isClear(place, x, y))) best = [x, y];
    }
  }
  return best;
}

function writeLevel(
  context: CanvasRenderingContext2D,
  frame: Frame,
  palette: Palette,
  lines: readonly Line[],
  level: number,
  colour: string,
  taken: [number, number][],
): void {
  const best = labelPlace(frame, lines, taken);
  if (best === undefined) return;
  taken.push(best);
  drawLabel(context, palette, plainNumber(level, 2), best[0], best[1], {
    colour,
    size: 11,
    align: 'center',
    rim: true,
  });
}

function isClear(place: readonly [number, number], x: number, y: number): boolean {
  return Math.abs(place[0] - x) >= room.width || Math.abs(place[1] - y) >= room.height;
}

/** The longer side of the box around a line. */
function extent(line: Line): number {
  const xs = line.map(place => place[0]);
  const ys = line.map(place => place[1]);
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}
