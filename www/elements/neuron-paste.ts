import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Sample } from '../views/neuron-data.ts';
import { mostSamples, readSamples } from './read-samples.ts';

/** A field for one's own samples. What cannot be read stays in it, with the reason below. Sends `samples-paste`. */
@customElement('neuron-paste')
export class NeuronPaste extends LitElement {
  @state() private fault = '';
  @query('textarea') private readonly field!: HTMLTextAreaElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`
      <label class="neuron-paste">
        <span>Your own samples: a row each, x₁, x₂ and y; up to ${mostSamples} rows</span>
        <textarea
          rows="4"
          spellcheck="false"
          placeholder="0.5, 1.2, 0.9"
          aria-describedby="neuron-paste-fault"
          aria-invalid=${this.fault === '' ? 'false' : 'true'}
        ></textarea>
      </label>
      <button type="button" class="button" @click=${this.use}>Use these rows</button>
      <p id="neuron-paste-fault" class="neuron-note" role="status">${this.fault === '' ? nothing : this.fault}</p>
    `;
  }

  private use(): void {
    const read = readSamples(this.field.value);
    this.fault = 'fault' in read ? read.fault : '';
    if ('samples' in read) {
      this.dispatchEvent(new CustomEvent<readonly Sample[]>('samples-paste', { detail: read.samples }));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-paste': NeuronPaste;
  }
}
