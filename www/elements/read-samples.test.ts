import { expect, test } from 'vitest';
import { readSamples } from './read-samples.ts';

test('rows are read whatever stands between the numbers; headings and blank rows are passed over', () => {
  expect(readSamples('x1, x2, y\n1, 2, 3\n\n-0.5;1e-1\t0\r\n')).toEqual({
    samples: [
      [1, 2, 3],
      [-0.5, 0.1, 0],
    ],
  });
});

test.each([
  ['', 'no rows'],
  ['a b c', 'no rows'],
  ['1 2', 'Row 1 has 2 entries'],
  ['1 2 3\n4', 'Row 2 has one entry'],
  ['1 2 3 4', 'Row 1 has 4 entries'],
  ['1 2 3\n4 five 6', '“five”'],
  ['1 2 Infinity', '“Infinity”'],
  ['1 2 1e9', '“1e9”'],
  ['1 2 3\n'.repeat(201), 'more than 200'],
])('%j is told apart: %s', (text, fault) => {
  const read = readSamples(text);
  expect('fault' in read && read.fault()).toContain(fault);
});
