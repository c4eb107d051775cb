import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TensorView } from '../engine/contract.ts';
import type { Example } from './block-picture.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { prose } from './prose.ts';
import { tensorKinds } from '../state.ts';
import { say } from '../words/entries.ts';
import { Worded } from '../words/worded.ts';
import './block-picture.ts';
import './tex-math.ts';

/** Fired when the reader picks a view, by its kind. */
export type TensorPick = CustomEvent<{ kind: string }>;

/** How a view is called on screen; one that the page does not know yet stands there by its name in answers. */
function nameOf(kind: string): string {
  const known = tensorKinds.find(each => each === kind);
  return known ? say(known) : kind;
}

/**
 * A derivative that no one matrix can hold, seen in several ways, the best first: tabs, walked through with the arrows.
 * Fires `tensor-pick`.
 */
@customElement('tensor-views')
export class TensorViews extends Worded {
  @property({ attribute: false }) views: readonly TensorView[] = [];
  /** The kind of view shown; where there is none of it, the best. */
  @property() kind = '';
  /** How many indices an entry has. */
  @property({ type: Number }) order = 0;
  @property({ attribute: false }) example: Example | undefined;
  /** What is differentiated by, and what, in words; empty for the value. */
  @property() wrt = '';
  @property() value = '';
  @property({ attribute: false }) colours: NameColours = noColours;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Brings the reader to the tabs. */
  override focus(): void {
    this.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  private get place(): number {
    return Math.max(
      0,
      this.views.findIndex(view => view.kind === this.kind),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { place, views } = this;
    const view = views[place];
    if (!view) return nothing;
    return html`<section class="tensor" aria-label=${say('beyond')}>
      <h2 class="side-title">${say('beyond')}</h2>
      <p class="tensor-why">${say('why', { order: this.order })}</p>
      <div class="segments tensor-tabs" role="tablist" aria-label=${say('tabs')} @keydown=${this.pressed}>
        ${views.map(
          ({ kind }, index) => html`<button
            type="button"
            role="tab"
            id="tensor-tab-${kind}"
            aria-controls="tensor-panel"
            aria-selected=${index === place ? 'true' : 'false'}
            tabindex=${index === place ? 0 : -1}
            @click=${() => this.pick(kind)}
          >${nameOf(kind)}</button>`,
        )}
      </div>
      <div class="tensor-panel" id="tensor-panel" role="tabpanel" aria-labelledby="tensor-tab-${view.kind}">
        ${
          view.latex
            ? html`<tex-math display label=${nameOf(view.kind)} .latex=${view.latex} .colours=${this.colours}></tex-math>`
            : nothing
        }
        ${view.kind === 'blocks' ? this.blocks() : nothing}
        <p class="tensor-note" data-from="engine">${prose(view.note, this.colours)}</p>
      </div>
    </section>`;
  }

  private blocks(): TemplateResult {
    return html`<block-picture
      .example=${this.example}
      .wrt=${this.wrt}
      .value=${this.value}
      .colours=${this.colours}
    ></block-picture>`;
  }

  private pick(kind: string): void {
    this.dispatchEvent(new CustomEvent('tensor-pick', { detail: { kind }, bubbles: true, composed: true }));
  }

  private pressed(event: KeyboardEvent): void {
    const count = this.views.length;
    const goals = new Map([
      ['ArrowLeft', (this.place + count - 1) % count],
      ['ArrowRight', (this.place + 1) % count],
      ['Home', 0],
      ['End', count - 1],
    ]);
    const goal = goals.get(event.key);
    const kind = goal === undefined ? undefined : this.views[goal]?.kind;
    if (kind === undefined) return;
    event.preventDefault();
    this.pick(kind);
    this.querySelector<HTMLElement>(`#tensor-tab-${kind}`)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tensor-views': TensorViews;
  }
}
