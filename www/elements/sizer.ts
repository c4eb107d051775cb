import { html, type TemplateResult } from 'lit';
import { say } from '../words/entries.ts';

/** Fired when the reader asks for another size of a dimension. */
export type SizeChange = CustomEvent<{ name: string; size: number }>;

/** Sizes a reader may choose from; larger grids say no more and take long to typeset. */
const sizes = { least: 1, most: 5 } as const;

/** The size of a dimension between two buttons. Fires `size-change` from `host`. */
export function sizer(host: Element, name: string, size: number): TemplateResult {
  const resize = (to: number): void => {
    if (to < sizes.least || to > sizes.most) return;
    host.dispatchEvent(new CustomEvent('size-change', { detail: { name, size: to }, bubbles: true, composed: true }));
  };
  const button = (to: number, sign: string, word: 'smaller' | 'larger'): TemplateResult => html`<button
    type="button"
    class="button-quiet"
    aria-label=${say(word, { name })}
    aria-disabled=${to < sizes.least || to > sizes.most ? 'true' : 'false'}
    @click=${() => resize(to)}
  >${sign}</button>`;
  return html`<span class="sizer" role="group" aria-label=${say('size', { name })}>
    ${button(size - 1, '−', 'smaller')}<span class="sizer-value" data-from="reader">${name} = ${size}</span>${button(size + 1, '+', 'larger')}
  </span>`;
}
