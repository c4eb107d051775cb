import { expect, test } from 'vitest';
import { evenLevels, hollowLevels, roundLevels } from './levels.ts';

test('round levels lie above 0 and below the highest value', () => {
  expect(roundLevels(Float64Array.of(0, 1, 3.4), 7)).toEqual([0.5, 1, 1.5, 2, 2.5, 3]);
  expect(roundLevels(Float64Array.of(0, 0), 7)).toEqual([]);
  expect(roundLevels(Float64Array.of(0, Number.POSITIVE_INFINITY), 7)).toEqual([]);
});

test('levels of a hollow are 1, 2, 5 times powers of ten between lowest and highest, rising', () => {
  expect(hollowLevels(Float64Array.of(0.03, 7, 1), 12)).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2, 5]);
  expect(hollowLevels(Float64Array.of(0, 100), 4)).toEqual([5, 10, 20, 50]);
  expect(hollowLevels(Float64Array.of(2, 2), 12)).toEqual([]);
  expect(hollowLevels(Float64Array.of(Number.NaN, Number.NaN), 12)).toEqual([]);
});

test('even levels have both signs and none of them is an end', () => {
  expect(evenLevels([-2, 0.5, 2], 4)).toEqual([-1, 0, 1]);
  expect(evenLevels([1, 1], 4)).toEqual([]);
  expect(evenLevels([Number.NaN, Number.POSITIVE_INFINITY], 4)).toEqual([]);
});
