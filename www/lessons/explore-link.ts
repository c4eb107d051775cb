import { readAssumptions } from '../elements/assumptions.ts';
import { readState, ways, writeState } from '../state.ts';
import type { Question } from './blocks.ts';
import type { LessonContext } from './context.ts';

/** The address that opens a lesson's question in Explore, with the lesson's shapes. */
export function exploreLink(question: Question, context: LessonContext): string {
  const wrt = typeof question.wrt === 'string' ? question.wrt : `[${question.wrt.join(', ')}]`;
  const shapes = new Map([...context.vars].map(([name, shape]) => [name, [...shape]]));
  const assume = new Map([...(question.assume ?? [])].map(([name, what]) => [name, readAssumptions(what) ?? []]));
  const state = {
    ...readState(new URLSearchParams()),
    expr: question.expr,
    wrt,
    shapes,
    assume,
    order: question.order ?? 1,
    way: ways.find(way => way === question.way) ?? ('' as const),
  };
  return `#/explore?${writeState(state)}`;
}
