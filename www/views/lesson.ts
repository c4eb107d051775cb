import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { lessonBlock } from '../elements/lesson-block.ts';
import { lessonProse } from '../elements/lesson-prose.ts';
import { contextOf, type LessonContext } from '../lessons/context.ts';
import type { Lesson, LessonHead, LessonStep } from '../lessons/lesson.ts';
import '../lessons/exercise.css';
import '../lessons/lesson.css';
import { type LessonPlace, readPlace, writePlace } from '../lessons/lesson-address.ts';
import { lessonHeads, loadLesson } from '../lessons/shelf.ts';
import '../pictures/pictures.css';
import { currentRoute, writeAddress } from '../router.ts';

/** Arrow keys belong to these; everywhere else in the lesson they turn the page. */
const ownArrows = 'input, textarea, select, step-board, entry-grid, [role="grid"], .tex-wide';

/**
 * One lesson, a step at a time: buttons, or ← and → anywhere outside fields and boards. The step stands in the address.
 * Steps that were seen stay as they were left; "Whole lesson" puts all of them on one page.
 */
@customElement('lesson-view')
export class LessonView extends LitElement {
  /** The lesson's id. */
  @property() lesson = '';

  @state() private loaded: Lesson | undefined;
  @state() private missing = false;
  @state() private place: LessonPlace = { index: 0, whole: false };
  /** Steps that were on screen: they stay in the page, hidden, so that nothing done there is lost. */
  @state() private seen: ReadonlySet<number> = new Set();
  @state() private spoken = '';

  private context: LessonContext | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.follow);
    window.addEventListener('popstate', this.follow);
    window.addEventListener('keydown', this.pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.follow);
    window.removeEventListener('popstate', this.follow);
    window.removeEventListener('keydown', this.pressed);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('lesson')) void this.load(this.lesson);
    this.seen = this.seen.has(this.index) ? this.seen : new Set([...this.seen, this.index]);
  }

  private async load(id: string): Promise<void> {
    const lesson = await loadLesson(id);
    if (id !== this.lesson) return;
    this.context = lesson === undefined ? undefined : contextOf(lesson);
    this.place = readPlace(currentRoute().params);
    this.seen = new Set([this.place.index]);
    this.loaded = lesson;
    this.missing = lesson === undefined;
  }

  /** The step on screen, always one that exists. */
  private get index(): number {
    return Math.max(0, Math.min(this.place.index, (this.loaded?.steps.length ?? 1) - 1));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.missing) {
      return html`<section class="page-plain">
        <h1>There is no such lesson</h1>
        <p>The address names a lesson that is not here. <a href="#/lessons">See all lessons</a>.</p>
      </section>`;
    }
    const loaded = this.loaded;
    const context = this.context;
    // While the next lesson is on its way the earlier one is gone: an answer typed now would be lost with it.
    if (loaded === undefined || context === undefined || loaded.head.id !== this.lesson) return nothing;
    // Every lesson has elements of its own: what was said about an exercise never stands beside another one.
    return html`${keyed(loaded.head.id, this.article(loaded, context))}`;
  }

  private article(loaded: Lesson, context: LessonContext): TemplateResult {
    return html`<article class="lesson" data-lesson=${loaded.head.id}>
      <header class="lesson-head">
        <p class="lesson-kicker"><a href="#/lessons">Lesson ${loaded.head.number}</a> · ${loaded.head.paper}</p>
        <h1 class="lesson-title">${loaded.head.title}</h1>
      </header>
      <div class="lesson-columns">
        ${this.way(loaded)}
        <div class="lesson-steps">
          ${this.place.whole ? this.document(loaded, context) : this.stage(loaded, context)}
        </div>
      </div>
      <p class="visually-hidden" role="status">${this.spoken}</p>
    </article>`;
  }

  private way(lesson: Lesson): TemplateResult {
    return html`<nav class="way lesson-way" aria-label="Steps of the lesson">
      <h2 class="side-title">In this lesson</h2>
      <ol class="way-list">
        ${lesson.steps.map(
          (step, index) => html`<li>
            <button
              type="button"
              class="way-stop ${this.seen.has(index) && index !== this.index ? 'way-done' : ''}"
              aria-current=${!this.place.whole && index === this.index ? 'step' : 'false'}
              @click=${() => this.go(index)}
            ><span class="way-dot" aria-hidden="true">${index + 1}</span><span class="way-name">${step.heading}</span></button>
          </li>`,
        )}
      </ol>
      <button type="button" class="button-quiet lesson-whole" @click=${() => this.unfold(!this.place.whole)}>
        ${this.place.whole ? 'One step at a time' : 'Whole lesson on one page'}
      </button>
    </nav>`;
  }

  private stage(lesson: Lesson, context: LessonContext): TemplateResult {
    return html`
      ${lesson.steps.map((step, index) =>
        this.seen.has(index)
          ? html`<section class="lesson-step" data-step=${index + 1} ?hidden=${index !== this.index}>
              ${this.step(step, context)}
            </section>`
          : nothing,
      )}
      ${this.bar(lesson)}
    `;
  }

  private document(lesson: Lesson, context: LessonContext): TemplateResult {
    return html`${lesson.steps.map(
      (step, index) => html`<section class="lesson-step" data-step=${index + 1}>${this.step(step, context)}</section>`,
    )}
    ${this.onward(lesson.head)}`;
  }

  private step(step: LessonStep, context: LessonContext): TemplateResult {
    return html`
      <h2 class="lesson-heading" tabindex="-1">${step.heading}</h2>
      ${lessonProse(step.prose, context)}
      <div class="lesson-block">${lessonBlock(step.block, context, this.place.whole)}</div>
    `;
  }

  private bar(lesson: Lesson): TemplateResult {
    const next = lesson.steps[this.index + 1];
    return html`<div class="lesson-bar">
      <button
        type="button"
        class="button"
        aria-disabled=${this.index === 0 ? 'true' : 'false'}
        @click=${() => this.go(this.index - 1)}
      ><span aria-hidden="true">◀</span> Back</button>
      ${
        next === undefined
          ? this.onward(lesson.head)
          : html`<button type="button" class="button button-main lesson-next" @click=${() => this.go(this.index + 1)}>
              Next<span class="lesson-next-name">: ${next.heading}</span> <span aria-hidden="true">▶</span>
            </button>`
      }
      <span class="lesson-count">${this.index + 1} of ${lesson.steps.length}</span>
    </div>`;
  }

  /** Where to go when the lesson is done. */
  private onward(head: LessonHead): TemplateResult {
    const next = lessonHeads[lessonHeads.findIndex(other => other.id === head.id) + 1];
    return next === undefined
      ? html`<a class="button button-main lesson-next" href="#/lessons">All lessons</a>`
      : html`<a class="button button-main lesson-next" href="#/lessons/${next.id}">Next lesson: ${next.title}</a>`;
  }

  private readonly follow = (): void => {
    const route = currentRoute();
    if (route.view !== 'lessons' || route.rest !== this.lesson) return;
    this.place = readPlace(route.params);
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const { target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (this.place.whole || !(target instanceof Element) || target.closest(ownArrows)) return;
    // Within the page's contents only: the header has arrows of its own.
    if (target !== document.body && target.closest('main') === null) return;
    if (event.key === 'ArrowRight') this.go(this.index + 1);
    else if (event.key === 'ArrowLeft') this.go(this.index - 1);
    else return;
    event.preventDefault();
  };

  private go(index: number): void {
    const step = this.loaded?.steps[index];
    if (this.loaded === undefined || step === undefined) return;
    this.place = { index, whole: false };
    writeAddress(writePlace(this.lesson, this.place), 'push');
    this.spoken = `Step ${index + 1} of ${this.loaded.steps.length}: ${step.heading}`;
    void this.arrive();
  }

  private unfold(whole: boolean): void {
    this.place = { ...this.place, whole };
    writeAddress(writePlace(this.lesson, this.place), 'push');
    this.spoken = whole ? 'The whole lesson is shown' : 'One step at a time';
  }

  /** The reader goes on at the new step's heading. */
  private async arrive(): Promise<void> {
    await this.updateComplete;
    const heading = this.querySelector<HTMLElement>('.lesson-step:not([hidden]) > .lesson-heading');
    heading?.focus({ preventScroll: true });
    const top = this.querySelector('.lesson-columns')?.getBoundingClientRect().top ?? 0;
    if (top < 0) window.scrollBy(0, top);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-view': LessonView;
  }
}
