import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Answer, Entries, Failed, View } from '../engine/contract.ts';
import type { DeriveBlock } from '../lessons/blocks.ts';
import { type LessonContext, questionFields } from '../lessons/context.ts';
import { exploreLink } from '../lessons/explore-link.ts';
import { say, saying } from '../words/lessons.ts';
import { Worded } from '../words/worded.ts';
import './entry-grid.ts';
import './step-board.ts';
import './tex-math.ts';

/** A derivation inside a lesson: the question, and as much of the way to its answer as the lesson wants to show. */
@customElement('lesson-derive')
export class LessonDerive extends Worded {
  @property({ attribute: false }) block!: DeriveBlock;
  @property({ attribute: false }) context!: LessonContext;
  /** All steps as a document, for the whole lesson on one page. */
  @property({ type: Boolean }) unfolded = false;

  @state() private view: View | undefined;
  @state() private entries: Entries | undefined;
  @state() private sizes: ReadonlyMap<string, number> = new Map();
  @state() private trouble = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block') && !changed.has('context')) return;
    void this.fetchView();
    if (this.block.show === 'entries') void this.fetchEntries();
  }

  protected override languageChanged(): void {
    void this.fetchView();
    if (this.block.show === 'entries') void this.fetchEntries();
  }

  private async fetchView(): Promise<void> {
    const { block } = this;
    const request = { ...questionFields(block, this.context, block.layout), detail: 'page' };
    const answer = await this.context.engine.call<Answer | Failed>(request);
    if (block !== this.block) return;
    this.view = 'view' in answer ? answer.view : undefined;
    this.trouble = 'error' in answer ? answer.error.message : '';
  }

  private async fetchEntries(): Promise<void> {
    const fields = questionFields(this.block, this.context, this.block.layout);
    const answer = await this.context.engine.call<Entries | Failed>({ op: 'entries', ...fields, sizes: this.sizes });
    if ('entries' in answer) this.entries = answer;
  }

  protected override render(): TemplateResult {
    if (this.trouble !== '')
      return html`<p class="lesson-trouble">${saying('trouble', { why: html`<span data-from="engine">${this.trouble}</span>` })}</p>`;
    const { view } = this;
    if (view === undefined) return html`<p class="lesson-wait">${say('deriving')}</p>`;
    return html`
      ${this.block.show === 'steps' ? this.steps(view) : this.result(view)}
      ${this.block.show === 'entries' ? this.grid() : nothing}
      <p class="lesson-more"><a href=${exploreLink(this.block, this.context)}>${say('explore')}</a></p>
    `;
  }

  private steps(view: View): TemplateResult {
    // A derivative that is immediate has no steps: then its result is all there is to show.
    return view.steps.length === 0
      ? this.result(view)
      : html`<step-board .steps=${view.steps} .all=${this.unfolded} .colours=${this.context.colours}></step-board>`;
  }

  private result(view: View): TemplateResult {
    return html`<div class="lesson-result">
      ${this.formula(say('result'), `${view.question} = ${view.result}`)}
      <p class="lesson-shape" data-from="engine">${view.result_shape}</p>
    </div>`;
  }

  private grid(): TemplateResult {
    return html`<entry-grid
      .entries=${this.entries}
      .colours=${this.context.colours}
      @size-change=${(event: CustomEvent<{ name: string; size: number }>) => {
        this.sizes = new Map([...this.sizes, [event.detail.name, event.detail.size]]);
        void this.fetchEntries();
      }}
    ></entry-grid>`;
  }

  private formula(label: string, latex: string): TemplateResult {
    return html`<tex-math display label=${label} .latex=${latex} .colours=${this.context.colours}></tex-math>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-derive': LessonDerive;
  }
}
