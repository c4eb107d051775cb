import type { Catalog, RuleView, StepNode, View } from '../engine/contract.ts';

/** One more piece of help, each a little closer to the answer. */
export type Hint =
  | { readonly kind: 'names'; readonly titles: readonly string[] }
  | { readonly kind: 'statements'; readonly rules: readonly RuleView[] }
  | { readonly kind: 'step'; readonly step: StepNode; readonly last: boolean };

/** More rules than this in one hint are a list, not a hint. */
const mostRules = 3;

/**
 * The hints of an exercise, mildest first: which rules it takes, what they say, then the derivation step by step. They
 * come from the engine's own derivation, so that a lesson holds no answer.
 */
export function hintsOf(view: View, catalog: Catalog): Hint[] {
  const known = new Map(catalog.rules.map(rule => [rule.title, rule]));
  const titles = [...new Set(ruleTitles(view.steps))];
  const used = titles.flatMap(title => known.get(title) ?? []).filter(rule => rule.statement !== '');
  const hints: Hint[] = [];
  const names = used.length > 0 ? used.map(rule => rule.title) : titles;
  if (names.length > 0) hints.push({ kind: 'names', titles: names.slice(0, mostRules) });
  if (used.length > 0) hints.push({ kind: 'statements', rules: used.slice(0, mostRules) });
  const last = view.steps.length - 1;
  return [...hints, ...view.steps.map((step, place): Hint => ({ kind: 'step', step, last: place === last }))];
}

/** The rules that a derivation fired, in its order: those of its tables, and those of the steps themselves. */
function ruleTitles(steps: readonly StepNode[]): string[] {
  const titles: string[] = [];
  const waiting = [...steps];
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    titles.push(...step.rows.map(row => row.rule).filter(title => title !== ''));
    if (step.level === 'rule' || step.statement !== '') titles.push(step.title);
    waiting.unshift(...step.sub);
  }
  return titles;
}
