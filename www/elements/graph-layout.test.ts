import { describe, expect, test } from 'vitest';
import { type Arrow, fitGraph, layOutGraph, pathOf, type Room } from './graph-layout.ts';

const nodes: Room[] = [60, 90, 40, 120].map(width => ({ width, height: 40 }));
// Two ways from the first to the last, and an arrow past both.
const arrows: Arrow[] = [
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 3],
  [0, 3],
].map(([from = 0, to = 0]) => ({ from, to, width: 70, height: 24 }));

interface Box extends Room {
  readonly x: number;
  readonly y: number;
}

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
}

describe.each(['LR', 'TB'] as const)('heading %s', heading => {
  const places = layOutGraph(nodes, arrows, heading);
  const boxes = [
    ...nodes.map((room, place) => ({ ...room, ...(places.nodes[place] ?? { x: 0, y: 0 }) })),
    ...arrows.map(({ width, height }, place) => ({
      width,
      height,
      ...(places.arrows[place]?.label ?? { x: 0, y: 0 }),
    })),
  ];

  test('no node and no label lies on another, and all lie on the sheet', () => {
    boxes.forEach((box, place) => {
      for (const other of boxes.slice(place + 1)) expect(overlap(box, other)).toBe(false);
      expect(box.x - box.width / 2).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width / 2).toBeLessThanOrEqual(places.width);
      expect(box.y - box.height / 2).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height / 2).toBeLessThanOrEqual(places.height);
    });
  });

  test('every arrow goes one way', () => {
    const along = heading === 'LR' ? 'x' : 'y';
    for (const { from, to } of arrows)
      expect(places.nodes[to]?.[along]).toBeGreaterThan(places.nodes[from]?.[along] ?? Number.NaN);
  });

  test('the same graph is laid out in the same way', () => {
    expect(layOutGraph(nodes, arrows, heading)).toEqual(places);
  });
});

test('a graph turns downwards where there is no room across', () => {
  const across = layOutGraph(nodes, arrows, 'LR');
  expect(fitGraph(nodes, arrows, across.width)).toEqual(across);
  expect(fitGraph(nodes, arrows, across.width - 1)).toEqual(layOutGraph(nodes, arrows, 'TB'));
});

test('a path ends where its last bend is', () => {
  expect(pathOf([])).toBe('');
  const bends = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 20 },
  ];
  expect(pathOf(bends)).toBe('M0.0 0.0Q10.0 0.0 10.0 10.0L10.0 20.0');
});
