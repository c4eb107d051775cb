import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Answer, Parsed } from '../engine/contract.ts';
import { type LessonContext, questionFields } from '../lessons/context.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

/** A formula in a lesson's text, written in our own language and typeset by the engine. */
@customElement('lesson-formula')
export class LessonFormula extends Worded {
  @property() expr = '';
  /** With a name here it is the question for the derivative by that name. */
  @property() wrt = '';
  @property({ attribute: false }) context!: LessonContext;

  /** `undefined` until the engine has answered, empty where it could not. */
  @state() private latex: string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('expr') || changed.has('wrt') || changed.has('context')) void this.fetch();
  }

  protected override languageChanged(): void {
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    const { expr, wrt } = this;
    const latex = wrt === '' ? await this.typesetFormula() : await this.typesetQuestion();
    if (expr === this.expr && wrt === this.wrt) this.latex = latex;
  }

  private async typesetFormula(): Promise<string> {
    const parsed = await this.context.engine.call<Parsed>({ op: 'parse', expr: this.expr, vars: this.context.vars });
    return parsed.ok ? parsed.latex : '';
  }

  private async typesetQuestion(): Promise<string> {
    const fields = questionFields({ expr: this.expr, wrt: this.wrt }, this.context);
    const answer = await this.context.engine.call<Answer>({ ...fields, detail: 'page' });
    return answer.ok ? (answer.view?.question ?? '') : '';
  }

  /** Where the engine cannot read it, the formula stands as it was written; until then it only keeps its place. */
  protected override render(): TemplateResult {
    if (this.latex === undefined) return html`<code class="lesson-unset">${this.expr}</code>`;
    return this.latex === ''
      ? html`<code>${this.expr}</code>`
      : html`<tex-math .latex=${this.latex} .colours=${this.context.colours}></tex-math>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-formula': LessonFormula;
  }
}
