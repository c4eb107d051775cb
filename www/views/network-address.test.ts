import { expect, test } from 'vitest';
import { firstNetwork } from '../elements/network-model.ts';
import { readNetworkAddress, writeNetworkAddress } from './network-address.ts';

const read = (query: string) => readNetworkAddress(new URLSearchParams(query));

test('an empty address is what the page shows first', () => {
  expect(read('')).toEqual({ settings: firstNetwork, rows: undefined });
  expect(writeNetworkAddress(read(''))).toBe('#/network');
});

test('what is written is read again', () => {
  const address = read(
    'set=spiral&count=120&noise=0.25&dataseed=4&layers=8-3-1&activation=z+.*+sigmoid(z)&loss=softmax&rate=0.3&batch=7&seed=9&points=1,2,1;0,0,-1',
  );
  expect(address.settings).toEqual({
    set: 'spiral',
    count: 120,
    noise: 0.25,
    dataSeed: 4,
    widths: [8, 3, 1],
    activation: 'z .* sigmoid(z)',
    loss: 'softmax',
    rate: 0.3,
    batch: 7,
    seed: 9,
  });
  expect(address.rows).toEqual([
    [1, 2, 1],
    [0, 0, -1],
  ]);
  const written = writeNetworkAddress(address);
  expect(read(written.slice(written.indexOf('?') + 1))).toEqual(address);
});

test('a network without hidden layers has an address', () => {
  expect(read('layers=none').settings.widths).toEqual([]);
  expect(writeNetworkAddress(read('layers=none'))).toBe('#/network?layers=none');
});

test.each([
  'set=square',
  'count=many',
  'layers=',
  'layers=4-',
  'layers=0',
  'layers=9',
  'layers=1-1-1-1-1',
  'layers=2.5',
  'activation=',
  'loss=hinge',
  'rate=x',
  'rate=Infinity',
  'seed=',
])('%s makes no sense and is passed over', query => {
  expect(read(query).settings).toEqual(firstNetwork);
});

test('a rate that the engine will refuse comes through, for it to say why', () => {
  expect(read('rate=-1').settings.rate).toBe(-1);
  expect(read('rate=1e300').settings.rate).toBe(1e300);
  expect(read('rate=0').settings.rate).toBe(0);
});
