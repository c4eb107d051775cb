import type { StepNode } from '../engine/contract.ts';

/** A place in a derivation that should be found again in another one of the same question. */
export interface Place {
  readonly rule: string;
  /** How far on the way: 0 at the first step, 1 at the last. */
  readonly share: number;
}

/** The place of a step (0-based; the last one where there are not so many). */
export function placeAt(steps: readonly StepNode[], index: number): Place {
  const at = Math.min(index, steps.length - 1);
  return { rule: steps[at]?.rule ?? '', share: steps.length > 1 ? at / (steps.length - 1) : 0 };
}

/** The step (0-based) at the same place of another way: the one under the same headline, else the one as far on. */
export function findPlace(steps: readonly StepNode[], place: Place): number {
  const same = steps.findIndex(step => step.rule === place.rule);
  return same >= 0 ? same : Math.round(place.share * Math.max(steps.length - 1, 0));
}
