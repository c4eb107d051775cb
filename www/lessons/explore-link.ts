import { readState, writeState } from '../state.ts';
import type { Question } from './blocks.ts';
import type { LessonContext } from './context.ts';

/** The address that opens a lesson's question in Explore, with the lesson's shapes. */
export function exploreLink(question: Question, context: LessonContext): string {
  const wrt = typeof question.wrt === 'string' ? question.wrt : `[${question.wrt.join(', ')}]`;
  const shapes = new Map([...context.vars].map(([name, shape]) => [name, [...shape]]));
  const state = { ...readState(new URLSearchParams()), expr: question.expr, wrt, shapes };
  return `#/explore?${writeState(state)}`;
}
