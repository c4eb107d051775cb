import { NameColours } from '../elements/name-colours.ts';
import { type Engine, engine } from '../engine/client.ts';
import type { Dimension, Layout, Question, Values } from './blocks.ts';
import type { Lesson } from './lesson.ts';

/** What every part of a lesson shares: its names, with their shapes and colours, and whom it asks. */
export interface LessonContext {
  /** What is typed is kept under this name; empty where nothing shall be kept. */
  readonly id: string;
  readonly vars: ReadonlyMap<string, readonly Dimension[]>;
  readonly colours: NameColours;
  readonly engine: Engine;
}

/** The context of a lesson: names have the colours of their order in its front matter. */
export function contextOf(lesson: Lesson): LessonContext {
  const vars = new Map(lesson.vars);
  return { id: lesson.head.id, vars, colours: new NameColours(vars.keys()), engine };
}

/** The fields of a `derive` request that a lesson's question fixes. */
export function questionFields(question: Question, context: LessonContext, layout?: Layout): object {
  return {
    expr: question.expr,
    wrt: question.wrt,
    vars: context.vars,
    ...(question.order === undefined ? {} : { order: question.order }),
    ...(question.assume === undefined ? {} : { assume: question.assume }),
    ...(question.way === undefined ? {} : { way: question.way }),
    ...(layout === undefined ? {} : { layout }),
  };
}

/** Values as the engine takes them; a `Map`, since any name may be a variable's. */
export function valueMap(values: Values): Map<string, Values[number][1]> {
  return new Map(values);
}
