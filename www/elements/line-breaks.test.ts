import { describe, expect, test } from 'vitest';
import { groupLines, loosenLines } from './line-breaks.ts';

const equals = '\\allowbreak =\\nobreak ';

describe('groupLines', () => {
  test('breaks before every equals sign at the top', () => {
    expect(groupLines('a = b + 1 = c')).toBe(`{a}${equals}{b + 1}${equals}{c}`);
  });

  test('breaks behind the comma before an explanation, and nowhere inside it', () => {
    expect(groupLines('y = h x,\\quad h = 1')).toBe(`{y}${equals}{h x},\\quad\\allowbreak {h = 1}`);
  });

  test.each([
    '\\frac{a = b}{c}',
    '\\left( a = b \\right)',
    '\\begin{cases} 0 & x = 0 \\\\ 1 & y \\end{cases}',
    '\\htmlData{name=w}{w}',
    'a \\ne b',
    '= a',
    'a\\',
    '',
  ])('leaves %s in one piece', latex => {
    expect(groupLines(latex)).toBe(`{${latex}}`);
  });

  test('escaped braces are no braces', () => {
    expect(groupLines('\\{ a = b')).toBe(`{\\{ a}${equals}{b}`);
  });
});

test('loosenLines breaks there, too, and leaves the rest to KaTeX', () => {
  expect(loosenLines('a = b + 1')).toBe(`a${equals}b + 1`);
});
