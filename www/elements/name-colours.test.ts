import { describe, expect, test } from 'vitest';
import { NameColours } from './name-colours.ts';

describe('NameColours', () => {
  const dealt = (names: string): string[] => {
    const colours = new NameColours(names);
    return [...names].map(name => colours.classOf(name));
  };

  test('deals in order of first appearance, a name once', () => {
    expect(dealt('pqpr')).toEqual(['name-c0', 'name-c1', 'name-c0', 'name-c2']);
  });

  test('a usual name has its colour wherever it stands in the formula', () => {
    expect(dealt('yXwb')).toEqual(['name-c3', 'name-c1', 'name-c0', 'name-c2']);
    expect(dealt('x')).toEqual(['name-c1']);
    expect(dealt('bpz')).toEqual(['name-c2', 'name-c0', 'name-c3']);
  });

  test('two usual names of one place differ: the first has it, the other what is left', () => {
    expect(dealt('xX')).toEqual(['name-c1', 'name-c0']);
    expect(dealt('XxwW')).toEqual(['name-c1', 'name-c2', 'name-c0', 'name-c3']);
    expect(dealt('zywxb')).toEqual(['name-c3', 'name-c0 name-m1', 'name-c0', 'name-c1', 'name-c2']);
  });

  test('beyond four a second mark tells names of one colour apart', () => {
    const names = [...'abcdefghijklmnop'];
    const colours = new NameColours(names);
    expect(colours.classOf('e')).toBe('name-c0 name-m1');
    expect(new Set(names.map(name => colours.classOf(name))).size).toBe(16);
  });

  test('names of object properties are names like any other', () => {
    const colours = new NameColours(['__proto__', 'constructor']);
    expect(colours.classOf('__proto__')).toBe('name-c0');
    expect(colours.classOf('constructor')).toBe('name-c1');
    expect(colours.classOf('toString')).toBe('');
  });

  test('equality is about names and places', () => {
    expect(new NameColours(['p', 'q']).equals(new NameColours(['p', 'q']))).toBe(true);
    expect(new NameColours(['p', 'q']).equals(new NameColours(['q', 'p']))).toBe(false);
    expect(new NameColours(['p']).equals(new NameColours(['p', 'q']))).toBe(false);
  });
});
