import { html, type TemplateResult } from 'lit';
import { engine } from '../engine/client.ts';
import type { Answer, NameView, Parsed, Tokens } from '../engine/contract.ts';
import type { LessonContext } from '../lessons/context.ts';
import '../elements/tex-math.ts';

/** A function as the lesson writes it, read once by the engine. */
export interface Reading {
  readonly text: string;
  readonly latex: string;
  /** The names in it: an answer's `names` are all that were declared. */
  readonly names: readonly NameView[];
}

/** Reads functions for their formulas and names; one that the engine refuses stands there as it was written. */
export function readFunctions(texts: readonly string[], context: LessonContext): Promise<readonly Reading[]> {
  return Promise.all(
    texts.map(async (text): Promise<Reading> => {
      const [parsed, tokens] = await Promise.all([
        engine.call<Parsed>({ op: 'parse', expr: text, vars: context.vars }),
        engine.call<Tokens>({ op: 'tokens', expr: text }),
      ]);
      if (!parsed.ok || !tokens.ok) return { text, latex: '', names: [] };
      const written = new Set(tokens.tokens.map(({ start, end }) => text.slice(start, end)));
      return { text, latex: parsed.latex, names: parsed.names.filter(({ name }) => written.has(name)) };
    }),
  );
}

/** Whether the name stands in the function. */
export function uses(reading: Reading | undefined, name: string): boolean {
  return reading?.names.some(each => each.name === name) ?? false;
}

/** `∂(w ⊙ x)/∂w` and `diag(x)`: a derivative of any size, as it is asked for and as it comes out. */
export interface Whole {
  readonly question: string;
  readonly result: string;
}

/** The derivative as a whole; `undefined` where a newer question has overtaken this one. */
export async function wholeDerivative(
  channel: string,
  expr: string,
  wrt: string,
  context: LessonContext,
): Promise<Whole | undefined> {
  const request = { expr, wrt, vars: context.vars, detail: 'page' };
  const answer = await engine.latest<Answer>(channel, request);
  return answer?.ok && answer.view ? { question: answer.view.question, result: answer.view.result } : undefined;
}

/** Both sides as one equation on its own line. */
export function equation({ question, result }: Whole, label: string, context: LessonContext): TemplateResult {
  return html`<tex-math display label=${label} .latex=${`${question} = ${result}`} .colours=${context.colours}></tex-math>`;
}

/** A formula in its names' colours; the text itself while it is being read. */
export function formula(latex: string | undefined, text: string, context: LessonContext): TemplateResult {
  return latex ? html`<tex-math .latex=${latex} .colours=${context.colours}></tex-math>` : html`<code>${text}</code>`;
}

/** A formula that is the name of a row or a column, with words for readers that speak; ours, unless they are a name. */
export function heading(latex: string | undefined, spoken: string, context: LessonContext): TemplateResult {
  return html`<span class="visually-hidden">${spoken}</span><span aria-hidden="true">${formula(latex, spoken, context)}</span>`;
}
