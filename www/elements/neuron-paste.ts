import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Sample } from '../views/neuron-data.ts';
import { mostSamples, readSamples } from './read-samples.ts';
import { say } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';

/** A field for one's own samples. What cannot be read stays in it, with the reason below. Sends `samples-paste`. */
@customElement('neuron-paste')
export class NeuronPaste extends Worded {
  @state() private fault: (() => string) | undefined;
  @query('textarea') private readonly field!: HTMLTextAreaElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`
      <label class="neuron-paste">
        <span>${say('pasteown', { most: mostSamples })}</span>
        <textarea
          rows="4"
          spellcheck="false"
          placeholder="0.5, 1.2, 0.9"
          aria-describedby="neuron-paste-fault"
          aria-invalid=${this.fault === undefined ? 'false' : 'true'}
        ></textarea>
      </label>
      <button type="button" class="button" @click=${this.use}>${say('usepasted')}</button>
      <p id="neuron-paste-fault" class="neuron-note" role="status">${this.fault === undefined ? nothing : this.fault()}</p>
    `;
  }

  private use(): void {
    const read = readSamples(this.field.value);
    this.fault = 'fault' in read ? read.fault : undefined;
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
