import { expect, test } from 'vitest';
import { costWords } from './cost-words.ts';

test('says both orders and the sizes they hold for', () => {
  expect(costWords({ sizes: { m: 10, n: 20 }, forward: 8_400_000, reverse: 4200 })).toBe(
    '4,200 multiplications this way, 8,400,000 forward (m = 10, n = 20)',
  );
});

test('needs no sizes, and counts one as one', () => {
  expect(costWords({ sizes: {}, forward: 1, reverse: 1 })).toBe('1 multiplication this way, 1 forward');
});
