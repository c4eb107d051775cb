import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { say } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';

/** The weights as number fields: what dragging the dot does, without dragging. Sends `weights-edit`. */
@customElement('neuron-weights')
export class NeuronWeights extends Worded {
  @property({ attribute: false }) w: readonly [number, number] = [0, 0];
  @property({ type: Number }) b = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div class="neuron-weights" role="group" aria-label=${say('weights')}>
      ${this.field('w₁', 'name-c0', this.w[0], value => [[value, this.w[1]], this.b])}
      ${this.field('w₂', 'name-c0', this.w[1], value => [[this.w[0], value], this.b])}
      ${this.field('b', 'name-c2', this.b, value => [this.w, value])}
    </div>`;
  }

  private field(
    name: string,
    colour: string,
    value: number,
    changed: (value: number) => [readonly [number, number], number],
  ): TemplateResult {
    const shown = value.toFixed(3);
    return html`<label>
      <span class=${colour} data-from="engine">${name}</span>
      <input
        type="number"
        step="0.1"
        inputmode="decimal"
        .value=${shown}
        @change=${(event: Event) => {
          const field = event.currentTarget as HTMLInputElement;
          const next = field.valueAsNumber;
          if (!Number.isFinite(next) || Math.abs(next) > 1e6) {
            field.value = shown;
            return;
          }
          const [w, b] = changed(next);
          this.dispatchEvent(new CustomEvent('weights-edit', { detail: { w, b } }));
        }}
      />
    </label>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-weights': NeuronWeights;
  }
}
