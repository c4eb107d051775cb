import { type Frame, shownSpan } from './frame.ts';

/** A regular grid of points over a frame; rows run from the lowest value upwards. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly x0: number;
  readonly y0: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * A grid that covers the frame and one cell more on every side: contour lines then run out of the picture
 * instead of closing along its edge.
 */
export function gridOver(frame: Frame, columns: number, rows: number): Grid {
  const [xFrom, xTo] = shownSpan(frame.x);
  const [yFrom, yTo] = shownSpan(frame.y);
  const dx = (xTo - xFrom) / (columns - 3);
  const dy = (yTo - yFrom) / (rows - 3);
  return { columns, rows, x0: xFrom - dx, y0: yFrom - dy, dx, dy };
}

/** The grid's points, row by row: the order in which their values must come back. */
export function gridPoints(grid: Grid): [number, number][] {
  const points: [number, number][] = [];
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      points.push([grid.x0 + column * grid.dx, grid.y0 + row * grid.dy]);
    }
  }
  return points;
}

/** Whether two grids have the same points. */
export function sameGrid(a: Grid | undefined, b: Grid | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.columns === b.columns && a.rows === b.rows && a.x0 === b.x0 && a.y0 === b.y0 && a.dx === b.dx && a.dy === b.dy
  );
}
