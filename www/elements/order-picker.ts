import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { say } from '../words/explore.ts';
import { Worded } from '../words/worded.ts';

/** Fired when the reader picks how often to differentiate. */
export type OrderChange = CustomEvent<{ order: number }>;

const ordinals = ['order1', 'order2', 'order3', 'order4', 'order5', 'order6'] as const;

/** Offered always; a higher order comes by a link only. */
const offered = [1, 2];

/** Picks the first or the second derivative. Fires `order-change`. */
@customElement('order-picker')
export class OrderPicker extends Worded {
  @property({ type: Number }) order = 1;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const orders = offered.includes(this.order) ? offered : [...offered, this.order];
    return html`<select class="order-select" aria-label=${say('which')} @change=${this.picked}>
      ${orders.map(
        order =>
          html`<option value=${order} ?selected=${order === this.order}>${say(ordinals[order - 1] ?? 'order1')}</option>`,
      )}
    </select>`;
  }

  private picked(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const order = Number(event.target.value);
    this.dispatchEvent(new CustomEvent('order-change', { detail: { order }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'order-picker': OrderPicker;
  }
}
