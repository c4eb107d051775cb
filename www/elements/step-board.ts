import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { StepNode } from '../engine/contract.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { plainWords } from './prose.ts';
import { type ArticleContext, checkLine, stepArticle } from './step-article.ts';
import { type Leaving, moveFormula } from './step-motion.ts';
import { say } from '../words/steps.ts';
import { Worded } from '../words/worded.ts';

/** Fired when the reader goes to another step (0-based) or unfolds all of them. */
export type StepChange = CustomEvent<{ index: number; all: boolean }>;

/**
 * The derivation, one step at a time. Buttons, and ← → Home End while the focus is inside; "All steps" turns it into a
 * document, with the smaller steps to open. On the board all steps lie in one grid cell, so the board keeps the height of its tallest step and the buttons stay
 * where they are. Fires `step-change`.
 */
@customElement('step-board')
export class StepBoard extends Worded {
  @property({ attribute: false }) steps: readonly StepNode[] = [];
  /** The step on the board, 0-based. */
  @property({ type: Number }) index = 0;
  /** All steps unfolded, one below the other. */
  @property({ type: Boolean }) all = false;
  @property({ attribute: false }) colours: NameColours = noColours;
  /** Each step leads to its rule in the catalogue: for places that have one. */
  @property({ type: Boolean, attribute: 'rule-links' }) ruleLinks = false;

  /** The id of a smaller step to show (`2.1`): what it stands in is opened, and it is marked. */
  @property() reveal = '';

  /** What stands above the steps, such as the ways to go. */
  @property({ attribute: false }) head: TemplateResult | typeof nothing = nothing;

  @state() private open: ReadonlySet<string> = new Set();
  /** What is said to screen readers; empty until the reader moves, so that nothing talks by itself. */
  @state() private spoken = (): string => '';

  private leaving: Leaving | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The place on the board, always one that exists. */
  private get place(): number {
    return Math.max(0, Math.min(this.index, this.steps.length - 1));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What was opened inside a step closes behind the reader, else it would hold the board at its height.
    if (changed.has('steps') || changed.has('index')) this.open = new Set();
    if ((changed.has('reveal') || changed.has('steps')) && this.reveal)
      this.open = new Set([...this.open, ...parentsOf(this.reveal)]);
    if (changed.has('steps')) this.leaving = undefined;
  }

  protected override render(): TemplateResult {
    const context: ArticleContext = {
      colours: this.colours,
      unfolded: false,
      ruleLinks: this.ruleLinks,
      isOpen: id => this.open.has(id),
      revealed: this.reveal,
      toggle: id => this.toggle(id),
    };
    const step = this.steps[this.place];
    return html`
      <div class="board" role="group" aria-label=${say('board')} @keydown=${this.pressed}>
        ${this.head}
        ${
          this.all
            ? html`<div class="board-top">
                  ${this.opener()}
                  <button type="button" class="button" data-focus="one" @click=${() => this.go(this.place, false)}>
                    ${say('one')}
                  </button>
                </div>
                ${this.document(context)}`
            : html`${this.stage(context)}
                <div class="board-foot">
                  ${step ? checkLine(step.check) : nothing}
                  <div class="board-bar">${this.buttons()}</div>
                </div>`
        }
        <p class="visually-hidden" role="status">${this.spoken()}</p>
      </div>
    `;
  }

  /** In the document: opens every smaller step, or closes them all. */
  private opener(): TemplateResult | typeof nothing {
    const parents = withSmaller(this.steps);
    if (parents.length === 0) return nothing;
    const open = parents.every(id => this.open.has(id));
    return html`<button
      type="button"
      class="button-quiet"
      aria-expanded=${open ? 'true' : 'false'}
      @click=${() => {
        this.open = new Set(open ? [] : parents);
      }}
    >${open ? say('close') : say('open')}</button>`;
  }

  private stage(context: ArticleContext): TemplateResult {
    return html`<div class="stage">
      ${this.steps.map((step, index) => {
        const here = index === this.place;
        return html`<article class="step" ?inert=${!here} aria-hidden=${here ? 'false' : 'true'} ?data-here=${here}>
          ${stepArticle(step, context)}
        </article>`;
      })}
    </div>`;
  }

  private document(context: ArticleContext): TemplateResult {
    return html`<ol class="document">
      ${this.steps.map(
        step => html`<li class="step" data-here>${stepArticle(step, context)} ${checkLine(step.check)}</li>`,
      )}
    </ol>`;
  }

  private buttons(): TemplateResult {
    return html`
      ${this.steps.length > 1 ? this.walk() : nothing}
      <span class="board-count">${this.steps.length > 1 ? say('step', { place: this.place + 1, count: this.steps.length }) : say('single')}</span>
      <button type="button" class="button-quiet board-all" @click=${() => this.go(this.place, true)}>${say('all')}</button>
    `;
  }

  private walk(): TemplateResult {
    const last = this.steps.length - 1;
    return html`
      <button
        type="button"
        class="button"
        aria-disabled=${this.place === 0 ? 'true' : 'false'}
        @click=${() => this.go(this.place - 1)}
      ><span aria-hidden="true">◀</span> ${say('back')}</button>
      <button
        type="button"
        class="button button-main"
        aria-disabled=${this.place === last ? 'true' : 'false'}
        @click=${() => this.go(this.place + 1)}
      >${say('next')} <span aria-hidden="true">▶</span></button>
    `;
  }

  private toggle(id: string): void {
    const open = new Set(this.open);
    if (!open.delete(id)) open.add(id);
    this.open = open;
  }

  private pressed(event: KeyboardEvent): void {
    if (this.all || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target;
    // A field keeps its arrows, and so do a formula that scrolls and a choice.
    if (target instanceof Element && target.closest('input, textarea, select, .tex-wide, .segments')) return;
    const goals = new Map([
      ['ArrowLeft', this.place - 1],
      ['ArrowRight', this.place + 1],
      ['Home', 0],
      ['End', this.steps.length - 1],
    ]);
    const goal = goals.get(event.key);
    if (goal === undefined) return;
    event.preventDefault();
    this.go(goal);
  }

  private go(index: number, all = this.all): void {
    if (index < 0 || index >= this.steps.length) return;
    if (index === this.place && all === this.all) return;
    const unfolded = all !== this.all;
    if (!unfolded && Math.abs(index - this.place) === 1) this.leaving = this.formulaBox(index < this.place);
    this.index = index;
    this.all = all;
    this.spoken = () => {
      const title = plainWords(this.steps[index]?.title ?? '');
      return all ? say('shown') : say('went', { place: index + 1, steps: this.steps.length, title });
    };
    this.dispatchEvent(new CustomEvent('step-change', { detail: { index, all }, bubbles: true, composed: true }));
    if (unfolded) void this.keepFocus();
  }

  /** The button that was pressed is gone: the focus goes to its successor. */
  private async keepFocus(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLButtonElement>('[data-focus="one"], .board-all')?.focus();
  }

  /** Where the formula stands that the neighbouring step begins (or, going back, ends) with. */
  private formulaBox(back: boolean): Leaving | undefined {
    const [kind, into] = back ? (['before', 'after'] as const) : (['after', 'before'] as const);
    const box = this.querySelector(`.stage > [data-here] > .step-formulas > .step-${kind} .tex-box`);
    return box ? { from: box.getBoundingClientRect(), into } : undefined;
  }

  protected override updated(): void {
    if (!this.leaving) return;
    const leaving = this.leaving;
    this.leaving = undefined;
    const here = this.querySelector('.stage > [data-here] > .step-formulas');
    if (here) moveFormula(here, leaving);
  }
}

/** The ids of the steps that a step stands in: `2` and `2.1` for `2.1.3`. */
function parentsOf(id: string): string[] {
  const parts = id.split('.');
  return parts.slice(1).map((_, place) => parts.slice(0, place + 1).join('.'));
}

/** The ids of all steps that have smaller ones inside, at every depth. */
function withSmaller(steps: readonly StepNode[]): string[] {
  return steps.flatMap(step => (step.sub.length > 0 ? [step.id, ...withSmaller(step.sub)] : []));
}

declare global {
  interface HTMLElementTagNameMap {
    'step-board': StepBoard;
  }
}
