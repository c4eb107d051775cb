import { expect, test } from 'vitest';
import { readRoute } from '../router.ts';
import { readPractice, writePractice } from './practice-address.ts';

test('an address brings the same exercise back', () => {
  for (const place of [
    { topic: 'neuron', seed: 7 },
    { topic: 'quotient-rule', seed: 0 },
    { topic: 'gradient', seed: 9007199254740991 },
  ]) {
    const route = readRoute(writePractice(place));
    expect(route.view).toBe('practice');
    expect(readPractice(route.rest, route.params)).toEqual(place);
  }
});

test('what makes no sense is the first exercise', () => {
  for (const seed of ['', '-1', '1.5', 'seven', '99999999999999999999', '0x10', '1e3'])
    expect(readPractice('loss', new URLSearchParams({ seed }))).toEqual({ topic: 'loss', seed: 1 });
  expect(readPractice('loss', new URLSearchParams())).toEqual({ topic: 'loss', seed: 1 });
});
