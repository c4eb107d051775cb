import { expect, test } from 'vitest';
import { flatten } from '../lessons/numbers.ts';
import { type Dealing, dealNumbers } from './deal-numbers.ts';

const asked: Dealing = {
  vars: new Map([
    ['A', ['n', 'n']],
    ['x', ['n']],
    ['b', []],
    ['__proto__', [2]],
  ]),
  sizes: new Map([['n', 3]]),
  assume: new Map(),
  positive: false,
};

test('every variable gets numbers of its shape, none of them 0, the same ones each time', () => {
  const dealt = dealNumbers(asked);
  expect([...(dealt ?? [])].map(([name, numbers]) => [name, flatten(numbers).length])).toEqual([
    ['A', 9],
    ['x', 3],
    ['b', 1],
    ['__proto__', 2],
  ]);
  const all = [...(dealt?.values() ?? [])].flatMap(flatten);
  expect(all).not.toContain(0);
  expect(all.some(each => each < 0)).toBe(true);
  expect(dealNumbers(asked)).toEqual(dealt);
});

test('what is assumed holds', () => {
  const dealt = dealNumbers({
    ...asked,
    assume: new Map([
      ['A', ['symmetric']],
      ['x', ['positive']],
    ]),
  });
  const rows = dealt?.get('A') as number[][];
  expect(rows[0]?.[2]).toBe(rows[2]?.[0]);
  expect(rows[1]?.[2]).toBe(rows[2]?.[1]);
  const free = dealNumbers(asked)?.get('A') as number[][];
  expect(free.map((_, row) => free.map(line => line[row]))).not.toEqual(free);
  expect(flatten(dealt?.get('x') ?? 0).every(each => each > 0)).toBe(true);
});

test('can be all positive, and gives up where a size is not known', () => {
  const dealt = dealNumbers({ ...asked, positive: true });
  expect([...(dealt?.values() ?? [])].flatMap(flatten).every(each => each > 0)).toBe(true);
  expect(dealNumbers({ ...asked, sizes: new Map() })).toBeUndefined();
});
