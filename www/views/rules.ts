import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { noColours } from '../elements/name-colours.ts';
import { prose } from '../elements/prose.ts';
import { engine } from '../engine/client.ts';
import type { Catalog, Failed, FunctionView, RuleView } from '../engine/contract.ts';
import '../elements/tex-math.ts';
import { writePractice } from './practice-address.ts';
import { say } from '../words/rules.ts';
import { Worded } from '../words/worded.ts';

/** Rules: the engine's own catalogue, searchable. Nothing is listed here that the engine does not do. */
@customElement('rules-view')
export class RulesView extends Worded {
  /** The rule the address names: brought into view and marked. */
  @property() rule = '';

  @state() private catalog: Catalog | undefined;
  @state() private failure: string | undefined;
  /** The rule that was brought into view: once, not again with every language. */
  private reached = '';
  @state() private sought = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.catalog) void this.fetch();
  }

  protected override languageChanged(): void {
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    const answer = await engine.call<Catalog | Failed>({ op: 'catalog' });
    if (answer.ok) this.catalog = answer as Catalog;
    else this.failure = (answer as Failed).error.message;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('rule')) this.reached = '';
    if (this.rule === this.reached || !(changed.has('rule') || changed.has('catalog'))) return;
    for (const item of this.querySelectorAll<HTMLElement>('.rule')) {
      if (item.dataset['rule'] !== this.rule) continue;
      item.scrollIntoView({ block: 'center' });
      this.reached = this.rule;
    }
  }

  protected override render(): TemplateResult {
    return html`<section class="rules">
      <h1>${say('title')}</h1>
      <p class="rules-lead">${say('lead')}</p>
      ${this.failure === undefined ? nothing : html`<p class="check check-bad" data-from="engine">${this.failure}</p>`}
      ${this.catalog ? this.lists(this.catalog) : nothing}
    </section>`;
  }

  private lists(catalog: Catalog): TemplateResult {
    const rules = catalog.rules.filter(rule => this.fits(rule.id, rule.title, rule.why, rule.source));
    const functions = catalog.functions.filter(each => this.fits(each.name, ...each.aliases, each.usage, each.about));
    const found = rules.length + functions.length;
    return html`
      <label class="rules-search">
        <span>${say('search')}</span>
        <input type="search" .value=${this.sought} @input=${this.seek} />
      </label>
      <p class="rules-count" role="status">
        ${found === 0 ? say('nothing') : `${say('rules', { count: rules.length })}, ${say('functions', { count: functions.length })}`}
      </p>
      ${rules.length > 0 ? html`<h2>${say('ofderivations')}</h2><ul class="rule-list">${rules.map(rule => this.entry(rule))}</ul>` : nothing}
      ${
        functions.length > 0
          ? html`<h2>${say('operators')}</h2>
            <ul class="rule-list">${functions.map(each => this.operator(each))}</ul>`
          : nothing
      }
    `;
  }

  private entry(rule: RuleView): TemplateResult {
    const sought = rule.id === this.rule;
    return html`<li class="rule ${sought ? 'rule-sought' : ''}" data-rule=${rule.id} aria-current=${sought ? 'true' : 'false'} data-from="engine">
      <h3 class="rule-title">${prose(rule.title, noColours)}</h3>
      ${rule.source ? html`<span class="step-source">${rule.source}</span>` : nothing}
      ${rule.statement ? html`<tex-math display label=${say('rule')} .latex=${rule.statement}></tex-math>` : nothing}
      <p class="rule-why">${prose(rule.why, noColours)}</p>
      ${
        rule.exercises
          ? html`<p class="rule-practice" data-from="words">
              <a href=${writePractice({ topic: rule.id, seed: 1 })}>${say('practise')}<span class="visually-hidden" data-from="engine">: ${rule.title}</span></a>
            </p>`
          : nothing
      }
    </li>`;
  }

  private operator(each: FunctionView): TemplateResult {
    return html`<li class="rule" data-from="engine">
      <h3 class="rule-title"><code>${each.usage}</code></h3>
      ${each.aliases.length > 0 ? html`<span class="step-source" data-from="words">${say('also', { names: each.aliases.join(', ') })}</span>` : nothing}
      ${each.rule ? html`<tex-math display label=${say('itsrule')} .latex=${each.rule}></tex-math>` : nothing}
      <p class="rule-why">${prose(each.about, noColours)}</p>
    </li>`;
  }

  private seek(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.sought = event.target.value;
  }

  /** Whether every word sought occurs somewhere in the texts. */
  private fits(...texts: readonly string[]): boolean {
    const all = texts.join(' ').toLowerCase();
    return this.sought
      .toLowerCase()
      .split(/\s+/)
      .every(word => all.includes(word));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rules-view': RulesView;
  }
}
