import { expect, it } from 'vitest';
import { Tally } from './tally.mjs';

it('sums what the runners report, and nothing that only looks like it', () => {
  const tally = new Tally();
  for (const line of [
    'test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s',
    'test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.07s',
    'faces: 40 passed, 1 failed',
    'python: 7 passed, 2 failed',
    'a message: test result: ok. 99 passed; 99 failed;',
  ]) {
    tally.read(line);
  }
  expect({ passed: tally.passed, failed: tally.failed }).toEqual({ passed: 62, failed: 5 });
});
