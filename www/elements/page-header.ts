import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { exploreStore } from '../explore-store.ts';
import { chooseGround, currentGround, onGround } from '../ground.ts';
import { layouts } from '../state.ts';
import { bringHereInSight } from './in-sight.ts';

/** A place the header leads to. */
export interface Place {
  readonly view: string;
  readonly name: string;
}

/** The top of every page: the wordmark and the places at the left, layout and ground at the right. */
@customElement('page-header')
export class PageHeader extends LitElement {
  @property({ attribute: false }) places: readonly Place[] = [];
  /** The view on screen. */
  @property() view = '';

  private stops: (() => void)[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const again = (): void => this.requestUpdate();
    this.stops = [onGround(again), exploreStore.subscribe(again)];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }

  /** In a row that scrolls, the place on screen is in sight. */
  protected override updated(changed: PropertyValues): void {
    if (!changed.has('view') && !changed.has('places')) return;
    bringHereInSight(this.querySelector('.places'));
  }

  protected override render(): TemplateResult {
    const other = currentGround() === 'paper' ? 'board' : 'paper';
    return html`<header class="top">
      <a class="wordmark" href="#/explore">Chalkgrad</a>
      <nav class="places" aria-label="Places">
        ${this.places.map(
          ({ view, name }) => html`<a
            href=${view === 'explore' ? exploreStore.address : `#/${view}`}
            aria-current=${view === this.view ? 'page' : 'false'}
          >${name}</a>`,
        )}
      </nav>
      <div class="top-settings">
        ${this.view === 'explore' ? this.layout() : nothing}
        <button type="button" class="button-quiet" @click=${() => chooseGround(other)}>
          <span class="visually-hidden">Switch to </span>${other === 'board' ? 'Board' : 'Paper'}
        </button>
      </div>
    </header>`;
  }

  private layout(): TemplateResult {
    const { layout } = exploreStore.current;
    return html`<select class="plain-select" aria-label="Layout of Jacobians" @change=${this.setLayout}>
      ${layouts.map(
        each =>
          html`<option value=${each} ?selected=${each === layout}>${each[0]?.toUpperCase()}${each.slice(1)} layout</option>`,
      )}
    </select>`;
  }

  private setLayout(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const chosen = event.target.value;
    const layout = layouts.find(each => each === chosen);
    if (layout) exploreStore.change({ layout });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-header': PageHeader;
  }
}
