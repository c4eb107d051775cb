import { describe, expect, test } from 'vitest';
import { german } from './de/index.ts';
import { area, type Catalogue, loadTongue, type Plural, speaking } from './words.ts';

const modules = import.meta.glob<{ english?: Catalogue }>(['./*.ts', '!./*.test.ts'], { eager: true });
const english = new Map(
  Object.entries(modules).flatMap(([path, { english }]) =>
    english ? [[path.slice('./'.length, -'.ts'.length), english] as const] : [],
  ),
);
const translated = new Map<string, Catalogue>(Object.entries(german));

const formsOf = (text: string | Plural): readonly string[] =>
  typeof text === 'string' ? [text] : [text.one, text.other];
const holesOf = (text: string): string[] => [...text.matchAll(/\{([^}]*)\}/g)].map(match => match[1] ?? '').sort();

describe('the words', () => {
  test('are there in German, area by area', () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
  });

  describe.each([...english])('of %s', (name, texts) => {
    test('have the same keys in German', () => {
      expect(Object.keys(translated.get(name) ?? {})).toEqual(Object.keys(texts));
    });

    test.each(Object.entries(texts))('%s has the same holes in German', (key, text) => {
      const german = translated.get(name)?.[key] ?? '';
      const holes = (each: string | Plural): string[] => [...new Set(formsOf(each).flatMap(holesOf))].sort();
      expect(holes(german)).toEqual(holes(text));
      // The reader of a hole's name takes small letters only.
      for (const hole of holes(text)) expect(hole).toMatch(/^[a-z]+$/);
    });
  });
});

describe('saying', () => {
  const { say, saying } = area('steps', {
    step: 'Step {place} of {count}',
    show: { one: 'Show {count} step', other: 'Show {count} steps' },
    twice: 'twice',
  });

  test('fills holes and counts by the rule of the language', async () => {
    await loadTongue('de');
    expect(say('step', { place: 1, count: 3 })).toBe('Step 1 of 3');
    expect(say('show', { count: 1 })).toBe('Show 1 step');
    expect(say('show', { count: 0 })).toBe('Show 0 steps');
    expect(speaking('de', () => say('step', { place: 1, count: 3 }))).toBe('Schritt 1 von 3');
    expect(speaking('de', () => say('twice'))).toBe('zweimal');
    expect(say('twice')).toBe('twice');
  });

  test('gives pieces for a template, and brackets in the language of the tests', () => {
    const link = { link: true };
    expect(saying('step', { place: link, count: 3 })).toEqual(['Step ', link, ' of ', 3, '']);
    const marked = speaking('pseudo', () => [say('twice'), ...saying('step', { place: link, count: 3 })]);
    expect(marked).toEqual(['⟦twice⟧', '⟦Step ⟧', link, '⟦ of ⟧', 3, '']);
  });

  test('takes a hole for what it is, whatever fills it', () => {
    expect(say('step', { place: '{count}', count: '$1' })).toBe('Step {count} of $1');
  });
});
