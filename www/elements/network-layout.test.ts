import { expect, test } from 'vitest';
import type { BuiltNetwork } from '../engine/client.ts';
import { flat, layOutNetwork, shapeOf } from './network-layout.ts';
import { entryName, entryPlace, rateFinding, rightCount, spoken } from './network-words.ts';

const built: BuiltNetwork = {
  spec: { loss: '', params: {}, data: {} },
  layers: [
    { weights: 'W_1', bias: 'b_1', inputs: 2, outputs: 3 },
    { weights: 'w', bias: 'b', inputs: 3, outputs: 1 },
  ],
  output: { expr: 'o', vars: {}, boundary: 0, low: -1, high: 1 },
  samples: [],
  parameters: 13,
  start: '',
  about: '',
};

const params = {
  W_1: [
    [1, 2, 3],
    [4, 5, -6],
  ],
  b_1: [7, 8, 9],
  w: [-1, -2, -3],
  b: 0.5,
};

test('each weight is a line between the units it joins', () => {
  const picture = layOutNetwork(built, params);
  expect(picture.units).toHaveLength(2 + 3 + 1);
  expect(picture.edges).toHaveLength(2 * 3 + 3);
  expect(picture.largest).toBe(6);
  const edge = picture.edges.find(one => one.name === 'W_1' && one.value === -6);
  expect(edge).toMatchObject({ entry: 5, from: { label: 'x₂' }, to: { bias: { name: 'b_1', entry: 2, value: 9 } } });
  expect(picture.edges.at(-1)).toMatchObject({
    name: 'w',
    entry: 2,
    value: -3,
    to: { bias: { name: 'b', value: 0.5 } },
  });
  for (const { x, y } of picture.units) {
    expect(x > 0 && x < picture.width && y > 0 && y < picture.height).toBe(true);
  }
});

test('entries are named by their place', () => {
  expect(shapeOf(params.W_1)).toEqual([2, 3]);
  expect(flat(params.W_1)).toEqual([1, 2, 3, 4, 5, -6]);
  expect(entryName('W_1', 5, shapeOf(params.W_1))).toBe('W₁[2, 3]');
  expect(entryName('b_12', 1, [3])).toBe('b₁₂[2]');
  expect(entryName('b', 0, [])).toBe('b');
  expect(entryPlace(3, [2, 3])).toBe('2, 1');
  expect(spoken('w')).toBe('w');
});

test('a sample without a finite output is on no side', () => {
  const samples: [number, number, number][] = [
    [0, 0, 1],
    [0, 0, -1],
    [0, 0, 1],
    [0, 0, -1],
  ];
  const output = Float32Array.of(0.5, -0.5, -0.5, Number.NaN);
  expect(rightCount({ samples, output, grid: undefined, gridOutput: new Float32Array(0) }, 0)).toBe(2);
});

test('a rate is measured against the limit where there is one', () => {
  expect(rateFinding(undefined, 1)).toBe('');
  expect(rateFinding(0.3, 0.1)).toContain('below the rate 0.3');
  expect(rateFinding(0.3, 0.1)).not.toContain('Yours');
  expect(rateFinding(0.3, 2)).toContain('Yours, 2, is above');
});
