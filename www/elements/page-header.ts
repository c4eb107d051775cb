import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { exploreStore } from '../explore-store.ts';
import { chooseGround, currentGround, onGround } from '../ground.ts';
import { layouts } from '../state.ts';
import { say } from '../words/page.ts';
import { chooseLanguage, pageLanguage } from '../words/language.ts';
import { languages } from '../words/words.ts';
import { Worded } from '../words/worded.ts';
import { bringHereInSight } from './in-sight.ts';

/** A place the header leads to: a view, whose name is a key of the page's words. */
export type Place = 'explore' | 'lessons' | 'practice' | 'neuron' | 'network' | 'rules' | 'embed';

/** The top of every page: the wordmark and the places at the left; layout, language and ground at the right. */
@customElement('page-header')
export class PageHeader extends Worded {
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
      <a class="wordmark" href="#/explore" translate="no">Chalkgrad</a>
      <nav class="places" aria-label=${say('places')}>
        ${this.places.map(
          view => html`<a
            href=${view === 'explore' ? exploreStore.address : `#/${view}`}
            aria-current=${view === this.view ? 'page' : 'false'}
          >${say(view)}</a>`,
        )}
      </nav>
      <div class="top-settings">
        ${this.view === 'explore' ? this.layout() : nothing} ${this.language()}
        <button type="button" class="button-quiet" @click=${() => chooseGround(other)}>
          <span class="visually-hidden">${say('switch')}</span>${say(other)}
        </button>
      </div>
    </header>`;
  }

  /** The other languages, each in its own words: who wants one may not read the one on screen. */
  private language(): readonly TemplateResult[] {
    return languages
      .filter(({ id }) => id !== pageLanguage())
      .map(
        ({ id, name }) => html`<button
          type="button"
          class="button-quiet"
          lang=${id}
          data-language=${id}
          @click=${() => void chooseLanguage(id)}
        >${name}</button>`,
      );
  }

  private layout(): TemplateResult {
    const { layout } = exploreStore.current;
    return html`<select class="plain-select" aria-label=${say('layouts')} @change=${this.setLayout}>
      ${layouts.map(each => html`<option value=${each} ?selected=${each === layout}>${say(each)}</option>`)}
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
