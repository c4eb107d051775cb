import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Answer, Catalog, Checked, Failed, Numbers, Parsed, Tokens } from '../engine/contract.ts';
import type { AskBlock } from '../lessons/blocks.ts';
import { type LessonContext, questionFields, valueMap } from '../lessons/context.ts';
import { type Hint, hintsOf } from '../lessons/hints.ts';
import type { Inline } from '../lessons/lesson.ts';
import { keep, recall } from '../lessons/memory.ts';
import { showNumber, showNumbers } from '../lessons/numbers.ts';
import type { FieldError, FormulaChange, FormulaInput } from './formula-input.ts';
import './formula-input.ts';
import { hintList } from './lesson-hints.ts';
import { inlines } from './lesson-prose.ts';
import { say } from '../words/lessons.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

/** What is said about an answer that was checked. */
interface Verdict {
  /** The text it speaks of; for any other it is out of date and stands back. */
  readonly text: string;
  /** `almost`: every number is right, and they are written in another layout. */
  readonly kind: 'right' | 'almost' | 'wrong';
  readonly message: string | readonly Inline[];
  readonly hint: string;
  /** Both answers at one point, as holes of a sentence; `undefined` where that says nothing. */
  readonly comparison: { readonly point: string; readonly yours: string; readonly theirs: string } | undefined;
}

/**
 * An exercise. The learner types a derivative in any form; the engine judges it by number, names the slip where it
 * knows one, and gives hints out of its own derivation. Fires `lesson-solved` when the answer is right.
 */
@customElement('lesson-ask')
export class LessonAsk extends Worded {
  @property({ attribute: false }) block!: AskBlock;
  @property({ attribute: false }) context!: LessonContext;

  @state() private text = '';
  @state() private question = '';
  /** What was typed, typeset. */
  @state() private typed = '';
  @state() private error: FieldError | undefined;
  @state() private verdict: Verdict | undefined;
  @state() private hints: readonly Hint[] = [];
  @state() private hintsShown = 0;
  @state() private busy = false;

  /** The same exercise may stand on a page twice. */
  private readonly number = ++exercises;

  /** A check was asked for while another was under way: it follows, so that no press is lost. */
  private again = false;

  @query('formula-input') private field!: FormulaInput | null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    // The same exercise in another language: what was typed stands there already.
    if (changed.get('block')?.id !== this.block.id) this.text = recall(this.context.id, this.block.id);
    else if (this.verdict?.text === this.text) void this.check();
    void this.fetchQuestion();
    void this.typeset(this.text);
  }

  protected override languageChanged(): void {
    void this.fetchQuestion();
    if (this.verdict?.text === this.text) void this.check();
  }

  private async fetchQuestion(): Promise<void> {
    const request = { ...questionFields(this.block, this.context), detail: 'page' };
    const [answer, catalog] = await Promise.all([
      this.context.engine.call<Answer>(request),
      this.context.engine.call<Catalog>({ op: 'catalog' }),
    ]);
    if (!answer.ok || answer.view === undefined) return;
    this.question = answer.view.question;
    this.hints = hintsOf(answer.view, catalog.ok ? catalog.rules : [], this.block.rule);
  }

  protected override render(): TemplateResult {
    const stale = this.verdict !== undefined && this.verdict.text !== this.text;
    return html`<div class="exercise" @keydown=${this.pressed}>
      <div class="exercise-line">
        <tex-math .latex=${this.question === '' ? '' : `\\displaystyle ${this.question} =`} .colours=${this.context.colours}></tex-math>
        <formula-input
          symbols
          label=${say('yours')}
          placeholder=${say('type')}
          .value=${this.text}
          .colours=${this.context.colours}
          .error=${this.error}
          .tokenise=${this.tokenise}
          @formula-change=${(event: FormulaChange) => this.changed(event.detail.value)}
        ></formula-input>
        <button type="button" class="button button-main" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => void this.check()}>
          ${say('check')}
        </button>
      </div>
      <div class="exercise-typed">
        ${
          this.typed === ''
            ? nothing
            : html`<span class="exercise-caption">${say('youtyped')}</span>
              <tex-math display label=${say('typed')} .latex=${this.typed} .colours=${this.context.colours}></tex-math>`
        }
      </div>
      <div class="exercise-verdict" role="status" data-stale=${stale ? 'yes' : 'no'}>
        ${
          this.verdict === undefined
            ? html`<p class="exercise-wait">${this.busy ? say('checking') : say('invitation')}</p>`
            : this.judgement(this.verdict)
        }
      </div>
      ${this.help()}
    </div>`;
  }

  private judgement(verdict: Verdict): TemplateResult {
    return html`
      <p class="exercise-${verdict.kind}">
        <span class="exercise-mark">${say(verdict.kind)}</span>
        <span data-from="engine">${typeof verdict.message === 'string' ? verdict.message : inlines(verdict.message, this.context)}</span>
      </p>
      ${verdict.comparison ? html`<p class="exercise-comparison">${say('compared', verdict.comparison)}</p>` : nothing}
      ${verdict.hint ? html`<p class="exercise-hint" data-from="engine">${verdict.hint}</p>` : nothing}
    `;
  }

  private help(): TemplateResult | typeof nothing {
    if (this.hints.length === 0) return nothing;
    const next = this.hints[this.hintsShown];
    return html`<div class="exercise-help">
      ${hintList(this.hints.slice(0, this.hintsShown), this.context.colours)}
      ${
        next === undefined
          ? nothing
          : html`<button type="button" class="button exercise-more" @click=${this.showHint}>${offerOf(next, this.hints[this.hintsShown - 1])}</button>`
      }
    </div>`;
  }

  private readonly tokenise = async (text: string): Promise<Tokens['tokens'] | undefined> => {
    const answer = await this.context.engine.latest<Tokens>(`${this.channel} tokens`, { op: 'tokens', expr: text });
    return answer?.ok ? answer.tokens : undefined;
  };

  private get channel(): string {
    return `lesson ${this.context.id} ${this.block.id} ${this.number}`;
  }

  private changed(text: string): void {
    this.text = text;
    keep(this.context.id, this.block.id, text);
    void this.typeset(text);
  }

  /** Shows what was typed as it is understood. An unfinished formula is no error yet: then nothing is shown. */
  private async typeset(text: string): Promise<void> {
    if (text.trim() === '') {
      this.typed = '';
      return;
    }
    const request = { op: 'parse', expr: text, vars: this.context.vars };
    const parsed = await this.context.engine.latest<Parsed>(`${this.channel} typed`, request);
    if (parsed !== undefined && text === this.text) this.typed = parsed.ok ? parsed.latex : '';
  }

  private pressed(event: KeyboardEvent): void {
    const inField = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (event.key === 'Enter' && inField && !event.isComposing) void this.check();
  }

  /** Checks what is typed. A press during a check is remembered and answered after it. */
  private async check(): Promise<void> {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.again) {
        this.again = false;
        await this.checkOnce(this.text);
      }
    } finally {
      // Also where the engine failed: the button must not stay dead.
      this.busy = false;
    }
  }

  private async checkOnce(text: string): Promise<void> {
    const checked = await this.context.engine.call<Checked | Failed>({
      op: 'check',
      ...questionFields(this.block, this.context),
      answer: text,
      wrong: this.block.wrong.map(wrong => wrong.answer),
    });
    if ('error' in checked) {
      this.error = { text, error: checked.error };
      this.verdict = undefined;
      this.field?.focus();
      return;
    }
    this.error = undefined;
    this.verdict = await this.judge(text, checked);
    if (this.verdict.kind === 'right')
      this.dispatchEvent(new CustomEvent('lesson-solved', { bubbles: true, composed: true }));
  }

  private async judge(text: string, checked: Checked): Promise<Verdict> {
    const right = checked.verdict === 'equal';
    const almost = checked.verdict === 'layout';
    const known = right || checked.wrong === undefined ? undefined : this.block.wrong[checked.wrong];
    return {
      text,
      kind: right ? 'right' : almost ? 'almost' : 'wrong',
      // The lesson knows what this exercise is about; where it foresaw nothing, the engine's own words stand.
      message: known?.say ?? checked.message,
      hint: known === undefined && !right ? checked.hint : '',
      comparison: right || almost ? undefined : await this.compare(text),
    };
  }

  /** Both answers in numbers, at the first of the exercise's points where they differ; else nothing. */
  private async compare(text: string): Promise<Verdict['comparison']> {
    const { vars } = this.context;
    const parsed = await this.context.engine.call<Parsed>({ op: 'parse', expr: text, vars });
    if (!parsed.ok) return undefined;
    const used = new Set(parsed.names.map(each => each.name));
    for (const values of this.block.at) {
      const at = valueMap(values.filter(([name]) => used.has(name)));
      const [typed, asked] = await Promise.all([
        this.context.engine.call<Answer>({ op: 'eval', expr: text, vars, at }),
        this.context.engine.call<Answer>({
          ...questionFields(this.block, this.context),
          at: valueMap(values),
          detail: 'result',
        }),
      ]);
      if (!typed.ok || typed.value === undefined || !asked.ok || asked.jacobian === undefined) continue;
      const [yours, theirs] = [showNumbers(oneRow(typed.value)), showNumbers(asked.jacobian)];
      const point = values.map(([name, value]) => `${name} = ${showPoint(value)}`).join(', ');
      if (yours !== theirs) return { point, yours, theirs };
    }
    return undefined;
  }

  private async showHint(): Promise<void> {
    this.hintsShown += 1;
    await this.updateComplete;
    // The button that was pressed may be gone: what it brought is where the reader goes on.
    if (this.hintsShown === this.hints.length)
      this.querySelector<HTMLElement>('.exercise-hints > li:last-child')?.focus();
  }
}

let exercises = 0;

/** What the next hint would tell, so that nobody sees more than wanted. */
function offerOf(hint: Hint, earlier: Hint | undefined): string {
  switch (hint.kind) {
    case 'names':
      return say('whichrule');
    case 'statements':
      return say('whatrule');
    case 'step':
      if (hint.last) return say('answer');
      return earlier?.kind === 'step' ? say('nextstep') : say('firststep');
  }
}

/** A row is typed as a matrix of one row; the gradient beside it is written as a list. */
function oneRow(numbers: Numbers): Numbers {
  const [row] = Array.isArray(numbers) && numbers.length === 1 ? numbers : [];
  return Array.isArray(row) ? row : numbers;
}

function showPoint(value: unknown): string {
  if (typeof value === 'number') return showNumber(value);
  return Array.isArray(value) ? `[${value.map(showPoint).join(', ')}]` : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-ask': LessonAsk;
  }
}
