import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainNumber } from '../draw/text.ts';
import { say, saying } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';

/**
 * Why training stopped by itself, and two ways on: a smaller rate (`stop-rate`), or back to where the loss was
 * smallest (`stop-back`).
 */
@customElement('neuron-stop')
export class NeuronStop extends Worded {
  @property() message = '';
  @property({ type: Number }) rate = 0;
  /** A rate at which training is known to be stable, where the engine can tell. */
  @property({ type: Number }) advice: number | undefined;
  /** The step with the smallest loss. */
  @property({ type: Number }) best = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const half = this.rate / 2;
    return html`
      <div class="neuron-stop" role="alert">
        <p>${saying('last', { message: html`<span data-from="engine">${this.message}</span>` })}</p>
        <div class="neuron-buttons">
          <button type="button" class="button" @click=${() => this.send('stop-rate', half)}>
            ${say('halve', { rate: plainNumber(half) })}
          </button>
          ${
            this.advice === undefined
              ? nothing
              : html`<button type="button" class="button" @click=${() => this.send('stop-rate', this.advice)}>
                  ${say('take', { rate: plainNumber(this.advice) })}
                </button>`
          }
          <button type="button" class="button" @click=${() => this.send('stop-back', undefined)}>
            ${say('goback', { step: this.best })}
          </button>
        </div>
      </div>
    `;
  }

  private send(name: string, detail: number | undefined): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-stop': NeuronStop;
  }
}
