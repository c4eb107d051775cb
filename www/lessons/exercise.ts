import { html, nothing, type TemplateResult } from 'lit';
import { assumptionWords } from '../elements/assumptions.ts';
import { NameColours } from '../elements/name-colours.ts';
import { shapeWords } from '../elements/shape-words.ts';
import type { Engine } from '../engine/client.ts';
import type { Exercise } from '../engine/contract.ts';
import type { AskBlock } from './blocks.ts';
import type { LessonContext } from './context.ts';
import { say, saying } from '../words/practice.ts';

/** An exercise as it is shown: what a lesson can ask, an exercise can ask. */
export interface ShownExercise {
  readonly exercise: Exercise;
  readonly block: AskBlock;
  readonly context: LessonContext;
}

/** The exercise as a block of the lesson `id`. */
export function shownExercise(exercise: Exercise, id: string, engine: Engine): ShownExercise {
  // Any name may be a variable's: pairs, not a bare object.
  const vars = new Map(Object.entries(exercise.vars));
  const assume = new Map(Object.entries(exercise.assume));
  const { topic, seed, expr, wrt, order, way } = exercise;
  const block: AskBlock = {
    kind: 'ask',
    id: `${topic} ${seed}`,
    expr,
    wrt,
    order,
    ...(assume.size === 0 ? {} : { assume }),
    ...(way === undefined ? {} : { way }),
    rule: exercise.rule,
    wrong: [],
    at: [],
  };
  return { exercise, block, context: { id, vars, colours: new NameColours(vars.keys()), engine } };
}

/** What the names are, in words, and how the answer may be written. */
export function given(exercise: Exercise): TemplateResult {
  const names = Object.entries(exercise.vars).map(([name, shape]) => html`<code>${name}</code> ${shapeWords(shape)}`);
  const assumed = Object.entries(exercise.assume).map(
    ([name, what]) => html`<code>${name}</code> ${assumptionWords(what)}`,
  );
  const all = [...names, ...assumed].map((each, place) => (place === 0 ? each : html`, ${each}`));
  return html`${exercise.order === 2 ? say('second') : nothing}${saying('given', { names: all })}`;
}
