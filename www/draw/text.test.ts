import { expect, test } from 'vitest';
import { fixedNumber, plainNumber } from './text.ts';

test.each([
  [0, '0'],
  [1.9437, '1.94'],
  [-0.05, '−0.05'],
  [1930.4, '1930'],
  [100_000, '1e5'],
  [123_456, '1.23e5'],
  [120_000, '1.2e5'],
  [0.00001, '1e−5'],
  [-2.5e-7, '−2.5e−7'],
])('%d is written %s', (value, text) => {
  expect(plainNumber(value)).toBe(text);
});

test('numbers of one column are rounded alike, and nothing is minus zero', () => {
  expect([0.93, -0.00001, -1.23456, 2].map(fixedNumber)).toEqual(['0.9300', '0', '−1.2346', '2.0000']);
});
