import { expect, test } from 'vitest';
import { overPoints } from './descent-run.ts';

/** Tokens as the engine tells them, of the names alone. */
function names(text: string, found: readonly string[]): { start: number; end: number; kind: string }[] {
  return found.map(name => {
    const start = text.search(new RegExp(`\\b${name}\\b`));
    return { start, end: start + name.length, kind: name === 'mean' ? 'function' : 'name' };
  });
}

test('the loss over many points has an entry of each parameter in its place, and everything else as it was', () => {
  const loss = 'mean((w*x + b - y).^2)';
  const tokens = names(loss, ['mean', 'w', 'x', 'b', 'y']);
  expect(overPoints(loss, ['w', 'b'], tokens)).toBe(
    'tensor(at_point:points, mean((w[at_point]*x + b[at_point] - y).^2))',
  );
  // A name is the whole name, and a function no parameter.
  expect(overPoints('mean(wb)', ['w', 'mean'], names('mean(wb)', ['mean', 'wb']))).toBe(
    'tensor(at_point:points, mean(wb))',
  );
});
