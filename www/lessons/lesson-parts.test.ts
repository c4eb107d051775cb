import { describe, expect, test } from 'vitest';
import type { RuleView, StepNode, View } from '../engine/contract.ts';
import { hintsOf } from './hints.ts';
import { readPlace, writePlace } from './lesson-address.ts';
import { flatten, showNumber, showNumbers } from './numbers.ts';

describe('numbers for reading', () => {
  test.each([
    [1.5, '1.5'],
    [-0.75, '−0.75'],
    [2 / 3, '0.67'],
    [-0.001, '0'],
    [1e-9, '0'],
    [Number.NaN, 'undefined'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d is %s', (value, text) => {
    expect(showNumber(value)).toBe(text);
  });

  test('lists keep their brackets, and what JSON cannot hold is read', () => {
    expect(
      showNumbers([
        [1, -2],
        ['nan', 'inf'],
      ]),
    ).toBe('[[1, −2], [undefined, ∞]]');
    expect(
      flatten([
        [1, 2],
        ['-inf', 3],
      ]),
    ).toEqual([1, 2, Number.NEGATIVE_INFINITY, 3]);
  });
});

describe('the place in a lesson', () => {
  test('goes into the address and comes back', () => {
    for (const place of [
      { index: 0, whole: false },
      { index: 4, whole: false },
      { index: 2, whole: true },
    ]) {
      const address = writePlace('slopes', place);
      expect(readPlace(new URLSearchParams(address.split('?')[1] ?? ''))).toEqual(place);
    }
    expect(writePlace('slopes', { index: 0, whole: false })).toBe('#/lessons/slopes');
  });

  test.each(['0', '-1', '1.5', 'three', '', '1e9'])('step %j is the beginning', step => {
    expect(readPlace(new URLSearchParams({ step }))).toEqual({ index: 0, whole: false });
  });
});

describe('hints', () => {
  const check = { points: 2, max_relative_error: 0, ok: true };
  const node = (part: Partial<StepNode>): StepNode => ({
    ...{ id: '1', rule: 'r', level: 'headline', title: 'A headline', why: '', source: '', statement: '' },
    ...{
      before: '',
      after: '',
      rows: [],
      shapes: '',
      bindings: [],
      places: [],
      moves: [],
      conditions: [],
      check,
      sub: [],
    },
    ...part,
  });
  const rule = (title: string, statement: string): RuleView => ({
    id: title,
    title,
    why: '',
    source: '',
    statement,
    exercises: false,
  });
  const rules = [rule('Power rule', 'p'), rule('Sine', 's'), rule('Chain rule', '')];
  const row = { left: 'u', right: 'v', shape: '', rule: 'Sine' };
  const view = (steps: StepNode[]): View => ({
    ...{ input: '', input_shape: [], question: '', result: '', result_shape: '', names: [], intermediates: [] },
    ...{
      steps,
      tensor_views: [],
      way: 'paths',
      ways: ['paths'],
      conditions: [],
      exports: [],
      spoken: {},
      layout_note: '',
    },
  });

  test('begin with the rule that the exercise is about, also where it is no formula', () => {
    const [names, statements] = hintsOf(view([node({ rows: [row] })]), rules, 'Chain rule');
    expect(names).toMatchObject({ kind: 'names', titles: ['Chain rule', 'Sine'] });
    expect(statements).toMatchObject({ kind: 'statements', rules: [{ id: 'Chain rule' }, { id: 'Sine' }] });
  });

  test('name the rules, say them, then show the steps; the last one is the answer', () => {
    const chain = node({ rule: 'chain', title: 'Chain rule', sub: [node({ rule: 'chain', level: 'rule' })] });
    const steps = [node({ rows: [row, row] }), chain, node({ title: 'Tidy', sub: [node({ rule: 'ones' })] })];
    expect(hintsOf(view(steps), rules)).toMatchObject([
      { kind: 'names', titles: ['Sine', 'Chain rule'] },
      // A rule without a formula of its own is named and not stated.
      { kind: 'statements', rules: [{ statement: 's' }] },
      { kind: 'step', last: false },
      { kind: 'step', last: false },
      { kind: 'step', last: true },
    ]);
  });

  test('a step that is one rule as a whole names it', () => {
    const steps = [node({ rule: 'power', title: 'Power rule', statement: 'p' }), node({ title: 'Substitute back' })];
    expect(hintsOf(view(steps), rules)[0]).toMatchObject({ kind: 'names', titles: ['Power rule'] });
  });

  test('a derivation without rules has only its steps', () => {
    expect(hintsOf(view([node({})]), rules)).toMatchObject([{ kind: 'step', last: true }]);
  });
});
