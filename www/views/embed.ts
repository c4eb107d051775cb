import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../elements/copy-menu.ts';
import { engine } from '../engine/client.ts';
import type { Catalog, Failed } from '../engine/contract.ts';
import { currentGround, onGround } from '../ground.ts';
import { currentRoute, onRoute, writeAddress } from '../router.ts';
import { widgets } from '../widgets/definitions.ts';
import { defineWidget } from '../widgets/lazy-widget.ts';
import {
  attributesOf,
  type EmbedState,
  frameSnippet,
  readEmbed,
  scriptSnippet,
  valueOf,
  writeEmbed,
} from './embed-address.ts';
import { type EmbedField, embedWidgets } from './embed-fields.ts';
import { say } from '../words/embed.ts';
import { Worded } from '../words/worded.ts';
import './embed.css';

/** Typing rests so long before the preview follows. */
const rest = 400;

/** The builder: a widget, its attributes as fields, the widget itself, and the lines that bring it into a page. */
@customElement('embed-view')
export class EmbedView extends Worded {
  @state() private embed: EmbedState = readEmbed('', new URLSearchParams());

  /** What may be typed into a field, where the engine knows it: topics and rules with exercises. */
  @state() private proposals: ReadonlyMap<string, readonly string[]> = new Map();

  private stops: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const widget of widgets) defineWidget(widget);
    this.follow();
    void this.propose();
    this.stops = [onRoute(() => this.follow()), onGround(() => this.show())];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    for (const stop of this.stops) stop();
  }

  private async propose(): Promise<void> {
    const catalog = await engine.call<Catalog | Failed>({ op: 'catalog' });
    if ('error' in catalog) return;
    this.proposals = new Map([
      ['topic', catalog.topics.map(({ id }) => id)],
      ['rule', catalog.rules.filter(({ exercises }) => exercises).map(({ id }) => id)],
    ]);
  }

  private follow(): void {
    const route = currentRoute();
    if (route.view === 'embed') this.embed = readEmbed(route.rest, route.params);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('embed')) return;
    clearTimeout(this.timer);
    const before = changed.get('embed') as EmbedState | undefined;
    const another = before?.widget !== this.embed.widget || !this.querySelector('.embed-stage')?.firstChild;
    this.timer = setTimeout(() => this.show(), another ? 0 : rest);
  }

  protected override render(): TemplateResult {
    const { embed } = this;
    const common = embed.widget.fields.filter(field => !field.rare);
    const rare = embed.widget.fields.filter(field => field.rare);
    return html`<section class="embed">
      <h1>${say('title')}</h1>
      <p class="embed-lead">${say('lead')}</p>
      <nav class="embed-choice segments" aria-label=${say('widgets')}>
        ${embedWidgets.map(
          widget => html`<a
            href=${writeEmbed({ widget, values: new Map() })}
            aria-current=${widget === embed.widget ? 'page' : 'false'}
          >${say(widget.title)}</a>`,
        )}
      </nav>
      <p class="embed-about">${say(embed.widget.about)}</p>
      <div class="embed-columns">
        <form class="embed-settings" aria-label=${say('settings')} @submit=${(event: Event) => event.preventDefault()}>
          ${common.map(field => this.field(field))}
          ${
            rare.length > 0
              ? html`<details ?open=${rare.some(field => embed.values.has(field.name))}>
                  <summary>${say('more')}</summary>
                  <div class="embed-rare">${rare.map(field => this.field(field))}</div>
                </details>`
              : nothing
          }
        </form>
        <div class="embed-preview">
          <h2 class="side-title">${say('preview')}</h2>
          <div class="embed-stage"></div>
          <h2 class="side-title">${say('snippet')}</h2>
          ${this.snippets()}
        </div>
      </div>
    </section>`;
  }

  private snippets(): TemplateResult {
    const script = scriptSnippet(this.embed, new URL('embed.js', baseAddress()).href, say('fallback'));
    const frame = frameSnippet(this.embed, new URL('frame.html', baseAddress()).href);
    const one = (title: string, name: string, code: string, note: string): TemplateResult => html`
      <div class="embed-snippet">
        <h3>${title}</h3>
        <pre tabindex="0" role="region" aria-label=${say('lines', { title })}><code>${code}</code></pre>
        <copy-menu .items=${[{ name, text: code }]}></copy-menu>
        <p class="embed-note">${note}</p>
      </div>
    `;
    return html`${one(say('asscript'), say('script'), script, say('scriptnote'))} ${one(say('asframe'), say('frame'), frame, say('framenote'))}`;
  }

  private field(field: EmbedField): TemplateResult {
    const value = valueOf(this.embed, field);
    const proposed = field.proposed ?? this.proposals.get(field.name);
    const list = proposed ? `embed-${field.name}` : nothing;
    const input = field.choices
      ? html`<select @change=${(event: Event) => this.set(field, event)}>
          ${field.choices.map(({ id, title }) => html`<option value=${id} .selected=${id === value} lang=${field.name === 'lang' && id !== '' ? id : nothing}>${title()}</option>`)}
        </select>`
      : html`<input
          type=${field.number ? 'number' : 'text'}
          min=${field.number?.min ?? nothing}
          max=${field.number?.max ?? nothing}
          list=${list}
          placeholder=${field.example ?? nothing}
          data-from="reader"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          .value=${value}
          @input=${(event: Event) => this.set(field, event)}
        />`;
    return html`<label class="embed-field">
      <span>${say(field.label)}</span>
      ${input}
      ${proposed ? html`<datalist id=${list}>${proposed.map(each => html`<option value=${each}></option>`)}</datalist>` : nothing}
    </label>`;
  }

  private set(field: EmbedField, event: Event): void {
    const { value } = event.currentTarget as HTMLInputElement | HTMLSelectElement;
    const values = new Map(this.embed.values).set(field.name, value);
    if (value === (field.begin ?? field.first)) values.delete(field.name);
    this.embed = { ...this.embed, values };
    writeAddress(writeEmbed(this.embed), 'replace');
  }

  /** Puts the widget on its stage; one that is there already only gets other attributes. */
  private show(): void {
    const stage = this.querySelector('.embed-stage');
    if (!stage) return;
    const name = `chalk-${this.embed.widget.id}`;
    const widget = stage.firstElementChild?.localName === name ? stage.firstElementChild : document.createElement(name);
    const wanted = new Map(attributesOf(this.embed));
    // The preview stands on the page's own ground, which does not always follow the system.
    if (!wanted.has('theme')) wanted.set('theme', currentGround() === 'board' ? 'dark' : 'light');
    for (const { name } of this.embed.widget.fields) {
      const value = wanted.get(name);
      if (value === undefined) widget.removeAttribute(name);
      else if (widget.getAttribute(name) !== value) widget.setAttribute(name, value);
    }
    if (widget.parentElement !== stage) stage.replaceChildren(widget);
  }
}

/** Where the page lies, and embed.js and frame.html beside it. */
function baseAddress(): string {
  return new URL('.', location.href.replace(/[?#].*$/, '')).href;
}

declare global {
  interface HTMLElementTagNameMap {
    'embed-view': EmbedView;
  }
}
