import { describe, expect, test } from 'vitest';
import { NameColours } from './name-colours.ts';

describe('NameColours', () => {
  test('deals in order of first appearance, a name once', () => {
    const colours = new NameColours(['w', 'x', 'w', 'b']);
    expect(['w', 'x', 'b'].map(name => colours.classOf(name))).toEqual(['name-c0', 'name-c1', 'name-c2']);
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
    expect(new NameColours(['a', 'b']).equals(new NameColours(['a', 'b']))).toBe(true);
    expect(new NameColours(['a', 'b']).equals(new NameColours(['b', 'a']))).toBe(false);
    expect(new NameColours(['a']).equals(new NameColours(['a', 'b']))).toBe(false);
  });
});
