import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { engine } from '../engine/client.ts';
import type { Catalog, RuleView } from '../engine/contract.ts';
import type { RuleBlock } from '../lessons/blocks.ts';
import type { LessonContext } from '../lessons/context.ts';
import { prose } from './prose.ts';
import { say } from '../words/lessons.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

/** The rules a lesson used, each on a card: name, formula, why it holds. What they say is the engine's catalogue. */
@customElement('lesson-rules')
export class LessonRules extends Worded {
  @property({ attribute: false }) block!: RuleBlock;
  @property({ attribute: false }) context!: LessonContext;

  @state() private rules: readonly RuleView[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('block')) void this.fetch();
  }

  protected override languageChanged(): void {
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    const catalog = await engine.call<Catalog>({ op: 'catalog' });
    if (!catalog.ok) return;
    const known = new Map(catalog.rules.map(rule => [rule.id, rule]));
    this.rules = this.block.rules.flatMap(id => known.get(id) ?? []);
  }

  protected override render(): TemplateResult {
    const { colours } = this.context;
    return html`<ul class="rule-cards" data-from="engine">
      ${this.rules.map(
        rule => html`<li class="rule-card">
          <h3 class="rule-card-title">${prose(rule.title, colours)}</h3>
          ${
            rule.statement
              ? html`<tex-math display label=${say('rule')} .latex=${rule.statement} .colours=${colours}></tex-math>`
              : nothing
          }
          <p class="rule-card-why">${prose(rule.why, colours)}</p>
          ${rule.source ? html`<p class="rule-card-source">${rule.source}</p>` : nothing}
        </li>`,
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-rules': LessonRules;
  }
}
