import { expect, test } from 'vitest';
import { firstSettings } from '../elements/neuron-model.ts';
import { readNeuronAddress, writeNeuronAddress } from './neuron-address.ts';
import { dataSets } from './neuron-data.ts';

const read = (query: string) => readNeuronAddress(new URLSearchParams(query));

test('an empty address is what the page shows first', () => {
  expect(read('')).toEqual({ data: dataSets[0], samples: dataSets[0].samples, settings: firstSettings });
  expect(writeNeuronAddress(read(''))).toBe('#/neuron');
});

test('what is written is read again', () => {
  const address = read('data=xor&rate=0.25&batch=3&seed=99&points=1,2,3;-0.5,0,1');
  expect(address.settings).toEqual({ rate: 0.25, batch: 2, seed: 99 });
  expect(address.samples).toEqual([
    [1, 2, 3],
    [-0.5, 0, 1],
  ]);
  const written = writeNeuronAddress(address);
  expect(read(written.slice(written.indexOf('?') + 1))).toEqual(address);
});

test.each([
  ['data=nowhere', 'data'],
  ['rate=NaN', 'rate'],
  ['rate=', 'rate'],
  ['batch=many', 'batch'],
  ['seed=x', 'seed'],
  ['points=1,2', 'two numbers'],
  ['points=1,2,3,4', 'four numbers'],
  ['points=1,,3', 'a gap'],
  ['points=1,2,1e99', 'a number beyond all pictures'],
])('%s makes no sense and is passed over', query => {
  const { data, samples, settings } = read(query);
  expect(samples).toBe(data.samples);
  expect(settings).toEqual(firstSettings);
});

test('settings out of range are moved to the nearest that work', () => {
  expect(read('rate=1e9&batch=0&seed=-4').settings).toEqual({ rate: 100, batch: 1, seed: 0 });
  expect(read('batch=1000').settings.batch).toBe(dataSets[0].samples.length);
});

test('no more than 200 points are read', () => {
  expect(read(`points=${Array.from({ length: 500 }, () => '1,2,3').join(';')}`).samples).toHaveLength(200);
});
