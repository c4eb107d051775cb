import { html, type TemplateResult } from 'lit';
import type { NameColours } from './name-colours.ts';
import './tex-math.ts';

/** A sentence of the engine: plain text with formulas between dollar signs, typeset in the line. */
export function prose(sentence: string, colours: NameColours): TemplateResult {
  // Every second piece stands between two dollar signs; an unpaired one leaves its rest as text.
  const pieces = sentence.split('$');
  const formula = (place: number): boolean => place % 2 === 1 && place < pieces.length - 1;
  return html`${pieces.map((piece, place) =>
    formula(place) ? html`<tex-math .latex=${piece} .colours=${colours}></tex-math>` : piece,
  )}`;
}

/** The same sentence without its formulas, for readers that speak. */
export function plainWords(sentence: string): string {
  const words = sentence.split('$').filter((_piece, place) => place % 2 === 0);
  return words.join(' ').replace(/\s+/g, ' ').trim();
}
