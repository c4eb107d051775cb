import type { RuleView, StepNode, View } from '../engine/contract.ts';

/** One more piece of help, each a little closer to the answer. */
export type Hint =
  | { readonly kind: 'names'; readonly titles: readonly string[] }
  | { readonly kind: 'statements'; readonly rules: readonly RuleView[] }
  | { readonly kind: 'step'; readonly step: StepNode; readonly last: boolean };

/** More rules than this in one hint are a list, not a hint. */
const mostRules = 4;

/**
 * The hints of an exercise, mildest first: which rules it takes, what they say, then the derivation step by step. They
 * come from the engine's own derivation, so that a lesson holds no answer. Where the exercise is about one rule (its id),
 * that one comes first, also if it is no formula.
 */
export function hintsOf(view: View, rules: readonly RuleView[], about = ''): Hint[] {
  const own = rules.filter(rule => rule.id === about);
  const known = new Map(rules.map(rule => [rule.title, rule]));
  const titles = [...new Set([...own.map(rule => rule.title), ...ruleTitles(view.steps)])];
  const others = titles.flatMap(title => known.get(title) ?? []).filter(rule => rule.statement !== '');
  const used = [...new Set([...own, ...others])];
  const hints: Hint[] = [];
  if (titles.length > 0) hints.push({ kind: 'names', titles: titles.slice(0, mostRules) });
  if (used.length > 0) hints.push({ kind: 'statements', rules: used.slice(0, mostRules) });
  const last = view.steps.length - 1;
  return [...hints, ...view.steps.map((step, place): Hint => ({ kind: 'step', step, last: place === last }))];
}

/**
 * The rules that a derivation fired, in its order: those its tables name, and those that are carried out inside a step
 * of their own name (as a chain rule is), or that are a whole step (as on the textbook's way). What only keeps house,
 * such as naming and tidying, is none of these.
 */
function ruleTitles(steps: readonly StepNode[]): string[] {
  const titles: string[] = [];
  const waiting = [...steps];
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const { rule } = step;
    titles.push(...step.rows.map(row => row.rule).filter(title => title !== ''));
    const whole = step.level === 'headline' && step.sub.length === 0 && step.statement !== '';
    if (whole || step.sub.some(inside => inside.rule === rule)) titles.push(step.title);
    waiting.unshift(...step.sub);
  }
  return titles;
}
