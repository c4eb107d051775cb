import { describe, expect, test } from 'vitest';
import { readingOf, rememberReadings } from './readings.ts';

const said = (short: string): object => ({ short, long: `${short} at length` });

describe('readings', () => {
  test('are found by the LaTeX of a formula, with or without a sign of equality at its side', () => {
    rememberReadings({ view: { spoken: { 'x^{2}': said('x squared') } } }, async () => undefined);
    expect(readingOf('x^{2}')?.spoken.short).toBe('x squared');
    expect(readingOf('\\mathrel{=} x^{2}')?.spoken.short).toBe('equals x squared');
    expect(readingOf('= x^{2}')?.spoken.long).toBe('equals x squared at length');
    expect(readingOf('\\displaystyle x^{2} =')?.spoken.short).toBe('x squared equals');
    expect(readingOf('y')).toBeUndefined();
  });

  test('of one answer ask for their trees once', async () => {
    let asked = 0;
    const again = async (): Promise<void> => {
      asked += 1;
      const tree = { tag: 'mi', text: 'a' };
      const view = { spoken: { a: said('a'), b: said('b') }, mathml: { a: tree, b: tree } };
      rememberReadings({ view }, async () => undefined);
    };
    rememberReadings({ view: { spoken: { a: said('a'), b: said('b') } } }, again);
    expect(readingOf('a')?.mathml).toBeUndefined();
    await Promise.all([readingOf('a')?.fetch(), readingOf('b')?.fetch()]);
    expect(asked).toBe(1);
    expect(readingOf('b')?.mathml?.tag).toBe('mi');
    expect(readingOf('= b')?.mathml?.children?.[0]?.text).toBe('=');
  });

  test('of names that objects have by birth are no readings', () => {
    expect(readingOf('__proto__')).toBeUndefined();
    expect(readingOf('constructor')).toBeUndefined();
  });

  test('are not taken from answers that hold none', () => {
    for (const answer of [null, 3, {}, { ok: false, error: {} }, { view: {} }]) {
      expect(() => rememberReadings(answer, async () => undefined)).not.toThrow();
    }
  });
});
