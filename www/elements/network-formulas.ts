import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Formulas } from '../engine/client.ts';
import type { NameColours } from './name-colours.ts';
import { say } from '../words/network.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

/** What is trained: the loss and its named parts, as the engine typesets the very expression that it compiles. */
@customElement('network-formulas')
export class NetworkFormulas extends Worded {
  @property({ attribute: false }) formulas: Formulas | undefined;
  @property({ attribute: false }) colours: NameColours | undefined;
  /** The same as text, in the language. */
  @property() text = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { formulas, colours } = this;
    if (!formulas || !colours) return nothing;
    return html`
      <tex-math display label=${say('theloss')} .latex=${`C = ${formulas.loss}`} .colours=${colours}></tex-math>
      <div class="network-parts">
        ${formulas.parts.map(
          ({ name, symbol, latex }) =>
            html`<tex-math display label=${say('what', { name })} .latex=${`${symbol} = ${latex}`} .colours=${colours}></tex-math>`,
        )}
      </div>
      <details class="neuron-more">
        <summary>${say('text')}</summary>
        <p class="network-text" data-from="engine">${this.text}</p>
      </details>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'network-formulas': NetworkFormulas;
  }
}
