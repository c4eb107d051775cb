import { describe, expect, test } from 'vitest';
import { type ExploreState, readState, writeState } from './state.ts';

const start = readState(new URLSearchParams());
const through = (state: ExploreState): ExploreState => readState(new URLSearchParams(writeState(state).toString()));

describe('the address', () => {
  test('brings everything back', () => {
    const state: ExploreState = {
      expr: "x' * A * x + 100%&#=;:",
      wrt: '[x, y]',
      shapes: new Map([
        ['A', ['m', 3]],
        ['b', []],
        ['__proto__', ['n']],
      ]),
      assume: new Map([
        ['A', ['symmetric', 'invertible']],
        ['__proto__', ['positive']],
      ]),
      order: 2,
      way: 'reverse',
      tensor: 'blocks',
      layout: 'denominator',
      step: 4,
      view: 'all',
      sizes: new Map([['n', 3]]),
    };
    expect(through(state)).toEqual(state);
  });

  test('keeps the question and leaves out what is as always', () => {
    expect([...writeState(start).keys()]).toEqual(['expr', 'wrt']);
  });

  test('of earlier versions still opens, with what has come since as always', () => {
    const old = readState(new URLSearchParams('expr=A*x&wrt=x&shapes=A:m,n&layout=mixed&step=2&view=all&sizes=n:2'));
    expect(old).toEqual({
      ...start,
      expr: 'A*x',
      wrt: 'x',
      shapes: new Map([['A', ['m', 'n']]]),
      layout: 'mixed',
      step: 2,
      view: 'all',
      sizes: new Map([['n', 2]]),
    });
    expect(start).toMatchObject({ order: 1, way: '', tensor: '', assume: new Map() });
  });

  test('keeps an emptied field empty', () => {
    expect(through({ ...start, expr: '' }).expr).toBe('');
  });

  test.each([
    ['step', 'NaN'],
    ['step', '0'],
    ['step', '-1'],
    ['step', '1e99'],
    ['layout', 'sideways'],
    ['view', 'constructor'],
    ['order', '0'],
    ['order', '7'],
    ['way', 'sideways'],
    ['tensor', 'constructor'],
  ])('takes the fallback for %s=%s', (key, value) => {
    expect(readState(new URLSearchParams([[key, value]]))).toEqual(start);
  });

  test('drops shapes that are none', () => {
    const { shapes, sizes } = readState(new URLSearchParams('shapes=w:n;:n;x;y:a,b,c;z:0;v:,&sizes=n:0;m:3;k:99'));
    expect([...shapes.keys()]).toEqual(['w']);
    expect([...sizes.keys()]).toEqual(['m']);
  });

  test('drops assumptions that are none', () => {
    const { assume } = readState(new URLSearchParams('assume=A:symmetric,constructor;B:;C:tall;x:positive,positive'));
    expect([...assume]).toEqual([
      ['A', ['symmetric']],
      ['x', ['positive']],
    ]);
  });

  test('cuts what is far too long', () => {
    expect(readState(new URLSearchParams([['expr', 'x'.repeat(1e6)]])).expr.length).toBe(4096);
  });
});
