import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StepNode } from '../engine/contract.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { prose } from './prose.ts';
import { say } from '../words/steps.ts';
import { Worded } from '../words/worded.ts';

/** Fired when a headline is picked, 0-based. */
export type StepPick = CustomEvent<{ index: number }>;

/** The headlines of a derivation as a numbered list; on phones a line of dots. Fires `step-pick`. */
@customElement('the-way')
export class TheWay extends Worded {
  @property({ attribute: false }) steps: readonly StepNode[] = [];
  @property({ type: Number }) index = 0;
  @property({ attribute: false }) colours: NameColours = noColours;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<nav class="way" aria-label=${say('way')}>
      <h2 class="side-title">${say('way')}</h2>
      <ol class="way-list">
        ${this.steps.map(
          (step, index) => html`<li>
            <button
              type="button"
              class="way-stop ${index < this.index ? 'way-done' : ''}"
              aria-current=${index === this.index ? 'step' : 'false'}
              @click=${() => this.pick(index)}
            ><span class="way-dot" aria-hidden="true">${index + 1}</span
              ><span class="way-name" data-from="engine">${prose(step.title, this.colours)}</span></button>
          </li>`,
        )}
      </ol>
    </nav>`;
  }

  private pick(index: number): void {
    this.dispatchEvent(new CustomEvent('step-pick', { detail: { index }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'the-way': TheWay;
  }
}
