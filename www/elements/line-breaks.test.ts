import { describe, expect, test } from 'vitest';
import { breakBeforeEquals } from './line-breaks.ts';

describe('breakBeforeEquals', () => {
  test('at the top', () => {
    expect(breakBeforeEquals('a = b = c')).toBe('a \\allowbreak =\\nobreak  b \\allowbreak =\\nobreak  c');
  });

  test.each([
    '\\frac{a = b}{c}',
    '\\left( a = b \\right)',
    '\\begin{cases} 0 & x = 0 \\\\ 1 & y \\end{cases}',
    '\\htmlData{name=w}{w}',
    'a \\ne b',
    '= a',
    '',
  ])('not in %s', latex => {
    expect(breakBeforeEquals(latex)).toBe(latex);
  });

  test('escaped braces are no braces', () => {
    expect(breakBeforeEquals('\\{ a = b')).toBe('\\{ a \\allowbreak =\\nobreak  b');
  });

  test('a backslash at the end is left alone', () => {
    expect(breakBeforeEquals('a\\')).toBe('a\\');
  });
});
