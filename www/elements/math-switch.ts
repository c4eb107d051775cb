import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { chooseMath, currentMath, onMath } from '../math-view.ts';
import { say } from '../words/formula.ts';
import { Worded } from '../words/worded.ts';

/**
 * The accessible view of formulas, by one click: native MathML, which screen readers walk through, in place of the
 * drawing; and how much is said of a drawn formula. Both are remembered.
 */
@customElement('math-switch')
export class MathSwitch extends Worded {
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
    return html`<div class="math-switch" role="group" aria-label=${say('given')}>
      <button
        type="button"
        class="button-quiet"
        aria-pressed=${native}
        @click=${() => chooseMath({ view: native ? 'drawn' : 'native' })}
      >${say('native')}</button>
      ${
        native
          ? nothing
          : html`<button
              type="button"
              class="button-quiet"
              aria-pressed=${long}
              title=${say('long')}
              @click=${() => chooseMath({ manner: long ? 'short' : 'long' })}
            >${say('brackets')}</button>`
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'math-switch': MathSwitch;
  }
}
