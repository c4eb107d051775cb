import type { MathNode, Parsed, Spoken, View } from './contract.ts';
import { say } from '../words/formula.ts';

/** A formula as it is said, and as MathML where the engine was asked for that. */
export interface Reading {
  readonly spoken: Spoken;
  readonly mathml: MathNode | undefined;
  /** Asks the engine for the MathML of the answer that the formula came in. */
  readonly fetch: () => Promise<void>;
}

/** What an answer came from: asks the same again, with MathML. */
export type AskAgain = () => Promise<unknown>;

/** So many formulas are kept; the oldest go first. */
const kept = 4000;

const readings = new Map<string, Reading>();
const listeners = new Set<() => void>();

/** Calls `listener` when formulas that were known are read otherwise, as in another language. Returns how to stop. */
export function onReadings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps the readings that came with an answer, by the LaTeX of their formulas. */
export function rememberReadings(answer: unknown, again: AskAgain): void {
  let asked: Promise<void> | undefined;
  // All formulas of one answer share one question.
  const fetch = (): Promise<void> => {
    asked ??= again().then(() => undefined);
    return asked;
  };
  let changed = false;
  const keepIt = (latex: string, reading: Reading): void => {
    const earlier = readings.get(latex)?.spoken;
    changed ||= earlier !== undefined && earlier.short !== reading.spoken.short;
    keep(latex, reading);
  };
  if (isParsed(answer)) keepIt(answer.latex, { spoken: answer.spoken, mathml: answer.mathml, fetch });
  const view = viewOf(answer);
  const trees = new Map(Object.entries(view?.mathml ?? {}));
  for (const [latex, spoken] of Object.entries(view?.spoken ?? {})) {
    if (spoken) keepIt(latex, { spoken, mathml: trees.get(latex), fetch });
  }
  if (changed) for (const listener of listeners) listener();
}

/** How a formula is read. The engine says it of whole formulas; a sign of equality in front or behind is ours. */
export function readingOf(latex: string): Reading | undefined {
  const whole = readings.get(latex);
  if (whole) return whole;
  const bare = latex.replace(/^\\displaystyle /, '');
  const behind = /^(?:\\mathrel\{=\}|=) /.exec(bare);
  if (behind) return withSign(readings.get(bare.slice(behind[0].length)), 'before');
  if (bare.endsWith(' =')) return withSign(readings.get(bare.slice(0, -2)), 'after');
  return readings.get(bare);
}

function withSign(reading: Reading | undefined, side: 'before' | 'after'): Reading | undefined {
  if (!reading) return undefined;
  const around = (words: string): string => (side === 'before' ? say('before', { words }) : say('behind', { words }));
  const sign: MathNode = { tag: 'mo', text: '=' };
  const inside = (tree: MathNode): MathNode[] => (side === 'before' ? [sign, tree] : [tree, sign]);
  return {
    spoken: { short: around(reading.spoken.short), long: around(reading.spoken.long) },
    mathml: reading.mathml && { tag: 'mrow', children: inside(reading.mathml) },
    fetch: reading.fetch,
  };
}

function keep(latex: string, reading: Reading): void {
  // What was read last stands last, and a tree once known is not forgotten for an answer without.
  const mathml = reading.mathml ?? readings.get(latex)?.mathml;
  readings.delete(latex);
  readings.set(latex, { ...reading, mathml });
  for (const oldest of readings.keys()) {
    if (readings.size <= kept) break;
    readings.delete(oldest);
  }
}

function isParsed(answer: unknown): answer is Parsed {
  return typeof answer === 'object' && answer !== null && 'latex' in answer && 'spoken' in answer;
}

function viewOf(answer: unknown): View | undefined {
  if (typeof answer !== 'object' || answer === null || !('view' in answer)) return undefined;
  const { view } = answer as { view?: View };
  return view && 'spoken' in view ? view : undefined;
}
