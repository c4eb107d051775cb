import type { Cost } from '../engine/contract.ts';
import { say } from '../words/steps.ts';

/** Thousands apart, the same in every locale. */
function grouped(count: number): string {
  return count.toLocaleString('en');
}

/**
 * What the reverse order saves, in words: `33 multiplications this way, 198 forward (m = 4, n = 3)`. The numbers are
 * the engine's.
 */
export function costWords({ sizes, forward, reverse }: Cost): string {
  const at = Object.entries(sizes).map(([name, size]) => `${name} = ${size}`);
  const where = at.length > 0 ? ` (${at.join(', ')})` : '';
  return say('cost', { count: reverse, reverse: grouped(reverse), forward: grouped(forward), where });
}
