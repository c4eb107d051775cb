import { expect, test } from 'vitest';
import { makeFrame, shownSpan, spanOf } from './frame.ts';
import { gridOver, gridPoints, sameGrid } from './grid.ts';

const margins = { top: 10, right: 10, bottom: 10, left: 10 };

test('with the same unit on both axes the shorter one shows more, and both spans are inside', () => {
  const frame = makeFrame({ width: 220, height: 120, margins, x: [0, 2], y: [0, 2], sameUnit: true });
  expect(frame.x(1) - frame.x(0)).toBeCloseTo(frame.y(0) - frame.y(1));
  expect(shownSpan(frame.y)).toEqual([0, 2]);
  expect(shownSpan(frame.x)).toEqual([-1, 3]);
});

test('a span holds all values and is never empty', () => {
  expect(spanOf([1, 3], 0, 0)).toEqual([1, 3]);
  expect(spanOf([2, 2], 0.1, 4)).toEqual([0, 4]);
  expect(spanOf([], 0, 2)).toEqual([-1, 1]);
});

test('a grid reaches one cell beyond the frame on every side, rows from below', () => {
  const frame = makeFrame({ width: 120, height: 120, margins, x: [0, 4], y: [0, 4] });
  const grid = gridOver(frame, 7, 7);
  const points = gridPoints(grid);
  expect(points).toHaveLength(49);
  expect(points[0]).toEqual([-1, -1]);
  expect(points[1]).toEqual([0, -1]);
  expect(points[48]).toEqual([5, 5]);
  expect(sameGrid(grid, gridOver(frame, 7, 7))).toBe(true);
  expect(sameGrid(grid, gridOver(frame, 8, 7))).toBe(false);
});
