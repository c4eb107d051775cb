import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Cost } from '../engine/contract.ts';
import { costWords } from './cost-words.ts';
import { Worded } from '../words/worded.ts';
import { wayName } from './way-names.ts';
import { say } from '../words/steps.ts';

/** Fired when the reader picks another way, by its name in requests. */
export type WayChange = CustomEvent<{ way: string }>;

/** The ways a derivation could go; for the reverse one, what it costs beside the forward order. Fires `way-change`. */
@customElement('way-switch')
export class WaySwitch extends Worded {
  /** The ways that this question could go, as the engine offers them. */
  @property({ attribute: false }) ways: readonly string[] = [];
  @property() way = '';
  @property({ attribute: false }) cost: Cost | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.ways.length < 2) return nothing;
    return html`<div class="segments way-switch" role="group" aria-label=${say('ways')}>
        ${this.ways.map(
          way => html`<button
            type="button"
            data-way=${way}
            aria-pressed=${way === this.way ? 'true' : 'false'}
            @click=${() => this.pick(way)}
          >${wayName(way)}</button>`,
        )}
      </div>
      ${this.way === 'reverse' && this.cost ? html`<p class="way-cost">${costWords(this.cost)}</p>` : nothing}`;
  }

  private pick(way: string): void {
    if (way === this.way) return;
    this.dispatchEvent(new CustomEvent('way-change', { detail: { way }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'way-switch': WaySwitch;
  }
}
