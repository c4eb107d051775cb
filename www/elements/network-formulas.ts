import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Formulas } from '../engine/client.ts';
import type { NameColours } from './name-colours.ts';
import './tex-math.ts';

/** What is trained: the loss and its named parts, as the engine typesets the very expression that it compiles. */
@customElement('network-formulas')
export class NetworkFormulas extends LitElement {
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
      <tex-math display label="The loss" .latex=${`C = ${formulas.loss}`} .colours=${colours}></tex-math>
      <div class="network-parts">
        ${formulas.parts.map(
          ({ name, symbol, latex }) =>
            html`<tex-math display label=${`What ${name} is`} .latex=${`${symbol} = ${latex}`} .colours=${colours}></tex-math>`,
        )}
      </div>
      <details class="neuron-more">
        <summary>As text, in the language</summary>
        <p class="network-text">${this.text}</p>
      </details>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'network-formulas': NetworkFormulas;
  }
}
