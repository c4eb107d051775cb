import { expect, test } from 'vitest';
import type { StepNode } from '../engine/contract.ts';
import { findPlace, placeAt } from './keep-place.ts';

const steps = (...rules: string[]): StepNode[] =>
  rules.map(
    (rule, at): StepNode => ({
      id: String(at + 1),
      rule,
      level: 'headline',
      title: rule,
      why: '',
      source: '',
      statement: '',
      before: '',
      after: '',
      rows: [],
      shapes: '',
      bindings: [],
      places: [],
      moves: [],
      conditions: [],
      check: { points: 2, max_relative_error: 0, ok: true },
      sub: [],
    }),
  );

test('the same headline is the same place', () => {
  const paths = steps('name', 'each', 'chain', 'tidy', 'substitute');
  const reverse = steps('name', 'backwards', 'substitute');
  expect(findPlace(reverse, placeAt(paths, 4))).toBe(2);
  expect(findPlace(paths, placeAt(reverse, 2))).toBe(4);
  expect(findPlace(reverse, placeAt(paths, 0))).toBe(0);
});

test('without it the place is as far on the way', () => {
  const long = steps('a', 'b', 'c', 'd', 'e');
  const short = steps('p', 'q', 'r');
  expect(findPlace(short, placeAt(long, 0))).toBe(0);
  expect(findPlace(short, placeAt(long, 2))).toBe(1);
  expect(findPlace(short, placeAt(long, 4))).toBe(2);
  expect(findPlace(long, placeAt(short, 9))).toBe(4);
});

test('nothing to find is the beginning', () => {
  expect(findPlace([], placeAt([], 3))).toBe(0);
});
