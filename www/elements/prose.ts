import { html, type TemplateResult } from 'lit';
import type { NameColours } from './name-colours.ts';
import './tex-math.ts';

/**
 * A sentence of the engine: plain text, with formulas between dollar signs, typeset in the line, and what one would
 * type between backticks.
 */
export function prose(sentence: string, colours: NameColours): TemplateResult {
  return html`${between(sentence, '`').map(({ text, inside }) =>
    inside ? html`<code>${text}</code>` : formulas(text, colours),
  )}`;
}

function formulas(sentence: string, colours: NameColours): TemplateResult {
  return html`${between(sentence, '$').map(({ text, inside }) =>
    inside ? html`<tex-math .latex=${text} .colours=${colours}></tex-math>` : text,
  )}`;
}

/** Cuts a sentence at its marks: every second piece stands between two. An unpaired mark leaves its rest as text. */
function between(sentence: string, mark: string): { text: string; inside: boolean }[] {
  const pieces = sentence.split(mark);
  return pieces.map((text, place) => ({ text, inside: place % 2 === 1 && place < pieces.length - 1 }));
}

/** The same sentence without its formulas, for readers that speak. */
export function plainWords(sentence: string): string {
  const words = sentence
    .replaceAll('`', '')
    .split('$')
    .filter((_piece, place) => place % 2 === 0);
  return words.join(' ').replace(/\s+/g, ' ').trim();
}
