import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { chooseMath, currentMath, onMath } from '../math-view.ts';

/**
 * The accessible view of formulas, by one click: native MathML, which screen readers walk through, in place of the
 * drawing; and how much is said of a drawn formula. Both are remembered.
 */
@customElement('math-switch')
export class MathSwitch extends LitElement {
  private stop: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = onMath(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  protected override render(): TemplateResult {
    const { view, manner } = currentMath();
    const native = view === 'native';
    const long = manner === 'long';
    return html`<div class="math-switch" role="group" aria-label="How formulas are given">
      <button
        type="button"
        class="button-quiet"
        aria-pressed=${native}
        @click=${() => chooseMath({ view: native ? 'drawn' : 'native' })}
      >Accessible math view</button>
      ${
        native
          ? nothing
          : html`<button
              type="button"
              class="button-quiet"
              aria-pressed=${long}
              title="Screen readers then hear what each name is, and where each bracket opens and closes"
              @click=${() => chooseMath({ manner: long ? 'short' : 'long' })}
            >Say every bracket</button>`
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'math-switch': MathSwitch;
  }
}
