import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Catalog, Failed, Line, RuleView, Tokens } from '../engine/contract.ts';
import type { Question } from '../lessons/blocks.ts';
import { type LessonContext, questionFields } from '../lessons/context.ts';
import type { FieldError, FormulaChange, FormulaInput } from './formula-input.ts';
import { say } from '../words/practice.ts';
import { Worded } from '../words/worded.ts';
import './formula-input.ts';
import './tex-math.ts';

/** One line of the learner's derivation that was found to follow. */
interface Taken {
  readonly line: Line;
  /** The rule that the learner chose for it; empty for none. */
  readonly rule: string;
}

/**
 * The learner does the derivation: d of the expression stands first, each line typed is held against the one before, and
 * where only d of the variable is left the derivative can be read off. Nothing is judged here: the engine does it.
 */
@customElement('line-by-line')
export class LineByLine extends Worded {
  @property({ attribute: false }) question!: Question;
  @property({ attribute: false }) context!: LessonContext;

  @state() private taken: readonly Taken[] = [];
  @state() private rules: readonly RuleView[] = [];
  @state() private text = '';
  @state() private rule = '';
  @state() private said: { readonly before: string; readonly answer: string; readonly message: string } | undefined;
  @state() private error: FieldError | undefined;
  @state() private busy = false;

  @query('formula-input') private field!: FormulaInput | null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('question')) return;
    this.taken = [];
    void this.start();
  }

  /** The titles of rules, and what was said last, again in the other language; the lines stay. */
  protected override languageChanged(): void {
    void this.fetchRules();
    void this.sayAgain();
  }

  private async fetchRules(): Promise<void> {
    const catalog = await this.context.engine.call<Catalog>({ op: 'catalog' });
    if (catalog.ok) this.rules = catalog.rules;
  }

  private async sayAgain(): Promise<void> {
    const { said } = this;
    if (said === undefined) return;
    const line = await this.context.engine.call<Line | Failed>(this.request(said.before, said.answer));
    if (!('error' in line) && said === this.said) this.said = { ...said, message: line.message };
  }

  private async start(): Promise<void> {
    const [line, catalog] = await Promise.all([
      this.context.engine.call<Line | Failed>(this.request('', '')),
      this.context.engine.call<Catalog>({ op: 'catalog' }),
    ]);
    this.rules = catalog.ok ? catalog.rules : [];
    if (!('error' in line)) this.taken = [{ line, rule: '' }];
  }

  private request(before: string, answer: string): object {
    return { op: 'line', ...questionFields(this.question, this.context), before, answer };
  }

  private get last(): Line | undefined {
    return this.taken.at(-1)?.line;
  }

  protected override render(): TemplateResult | typeof nothing {
    const last = this.last;
    if (last === undefined) return nothing;
    return html`<div class="exercise lines" @keydown=${this.pressed}>
      <ol class="lines-list">
        ${this.taken.map(({ line, rule }) => {
          const title = this.titleOf(rule);
          return html`<li>
            <tex-math display label=${say('line')} .latex=${line.latex} .colours=${this.context.colours}></tex-math>
            ${title === '' ? nothing : html`<span class="exercise-caption" data-from="engine">${title}</span>`}
          </li>`;
        })}
      </ol>
      ${last.done ? html`<p class="exercise-right"><span class="exercise-mark">${say('done')}</span> ${say('finished')}</p>` : this.next(last)}
      <p class="exercise-verdict" role="status" data-from="engine">${this.said?.message}</p>
    </div>`;
  }

  private next(last: Line): TemplateResult {
    const chosen = this.rules.find(rule => rule.id === this.rule);
    return html`
      <label class="lines-rule">
        <span class="exercise-caption">${say('rulehead')}</span>
        <select class="plain-select" @change=${this.choose}>
          <option value="" ?selected=${this.rule === ''}>${say('none')}</option>
          ${last.rules.map(id => html`<option value=${id} ?selected=${id === this.rule} data-from="engine">${this.titleOf(id)}</option>`)}
        </select>
      </label>
      ${
        chosen?.statement
          ? html`<tex-math display label=${say('therule')} .latex=${chosen.statement} .colours=${this.context.colours}></tex-math>`
          : nothing
      }
      <div class="exercise-line lines-line">
        <formula-input
          symbols
          label=${say('yours')}
          placeholder=${say('hint')}
          .value=${this.text}
          .colours=${this.context.colours}
          .error=${this.error}
          .tokenise=${this.tokenise}
          @formula-change=${(event: FormulaChange) => {
            this.text = event.detail.value;
          }}
        ></formula-input>
        <button type="button" class="button button-main" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => void this.check()}>
          ${say('check')}
        </button>
      </div>
    `;
  }

  private titleOf(id: string): string {
    return this.rules.find(rule => rule.id === id)?.title ?? '';
  }

  private choose(event: Event): void {
    if (event.target instanceof HTMLSelectElement) this.rule = event.target.value;
  }

  private readonly tokenise = async (text: string): Promise<Tokens['tokens'] | undefined> => {
    const answer = await this.context.engine.latest<Tokens>(`lines ${this.context.id} tokens`, {
      op: 'tokens',
      expr: text,
    });
    return answer?.ok ? answer.tokens : undefined;
  };

  private pressed(event: KeyboardEvent): void {
    const inField = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (event.key === 'Enter' && inField && !event.isComposing) void this.check();
  }

  private async check(): Promise<void> {
    const last = this.last;
    const text = this.text;
    if (this.busy || last === undefined || text.trim() === '') return;
    this.busy = true;
    try {
      const line = await this.context.engine.call<Line | Failed>(this.request(last.text, text));
      this.error = 'error' in line ? { text, error: line.error } : undefined;
      if ('error' in line) return;
      this.said = { before: last.text, answer: text, message: line.message };
      if (line.verdict !== 'equal') return;
      this.taken = [...this.taken, { line, rule: this.rule }];
      this.text = '';
      this.rule = '';
    } finally {
      // Also where the engine failed: the button must not stay dead.
      this.busy = false;
    }
    await this.updateComplete;
    this.field?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'line-by-line': LineByLine;
  }
}
