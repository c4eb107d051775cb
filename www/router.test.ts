import { describe, expect, test } from 'vitest';
import { readRoute } from './router.ts';

describe('readRoute', () => {
  test.each([
    ['', 'explore', ''],
    ['#', 'explore', ''],
    ['#/', 'explore', ''],
    ['#/lessons', 'lessons', ''],
    ['#/lessons/slope?step=2', 'lessons', 'slope'],
    ['#/lessons/%E0%A4', 'lessons', '%E0%A4'],
    ['#/constructor', 'constructor', ''],
  ])('%s', (hash, view, rest) => {
    expect(readRoute(hash)).toMatchObject({ view, rest });
  });

  test('keeps the parameters', () => {
    expect(readRoute('#/explore?expr=x%3F%20%2B%201&wrt=x').params.get('expr')).toBe('x? + 1');
  });
});
