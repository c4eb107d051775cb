import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { lessonBlock } from '../elements/lesson-block.ts';
import { lessonProse } from '../elements/lesson-prose.ts';
import { contextOf, type LessonContext } from '../lessons/context.ts';
import type { Lesson, LessonHead, LessonStep } from '../lessons/lesson.ts';
import '../lessons/exercise.css';
import '../lessons/lesson.css';
import { type LessonPlace, readPlace, writePlace } from '../lessons/lesson-address.ts';
import { isTranslated, lessonHeads, loadLesson } from '../lessons/shelf.ts';
import '../pictures/pictures.css';
import '../pictures/vectors.css';
import '../pictures/chain-pictures.css';
import '../pictures/map.css';
import '../pictures/unit.css';
import { currentRoute, writeAddress } from '../router.ts';
import { say, saying } from '../words/lessons.ts';
import { Worded } from '../words/worded.ts';
import { pageLanguage } from '../words/language.ts';

/** Arrow keys belong to these; everywhere else in the lesson they turn the page. */
const ownArrows = 'input, textarea, select, step-board, entry-grid, [role="grid"], .tex-wide, .graph-scroll';

/**
 * One lesson, a step at a time: buttons, or ← and → anywhere outside fields and boards. The step stands in the address.
 * Steps that were seen stay as they were left; "Whole lesson" puts all of them on one page.
 */
@customElement('lesson-view')
export class LessonView extends Worded {
  /** The lesson's id. */
  @property() lesson = '';

  @state() private loaded: Lesson | undefined;
  @state() private missing = false;
  @state() private place: LessonPlace = { index: 0, whole: false };
  /** Steps that were on screen: they stay in the page, hidden, so that nothing done there is lost. */
  @state() private seen: ReadonlySet<number> = new Set();
  @state() private spoken = (): string => '';

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

  /** The lesson in the other language: what was done in its steps stays. */
  protected override languageChanged(): void {
    void this.retell(this.lesson);
  }

  private async retell(id: string): Promise<void> {
    const lesson = await loadLesson(id);
    if (id !== this.lesson || lesson === undefined || this.loaded === undefined) return;
    this.loaded = withKnownBlocks(lesson, this.loaded);
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
        <h1>${say('missing')}</h1>
        <p>${saying('names', { link: html`<a href="#/lessons">${say('see')}</a>` })}</p>
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
    return html`<article class="lesson" data-lesson=${loaded.head.id} lang=${isTranslated(loaded.head.id) ? nothing : 'en'}>
      <header class="lesson-head">
        <p class="lesson-kicker"><a href="#/lessons">${say('kicker', { number: loaded.head.number })}</a> · <span data-from="lesson">${loaded.head.paper}</span></p>
        <h1 class="lesson-title" data-from="lesson">${loaded.head.title}</h1>
        ${isTranslated(loaded.head.id) ? nothing : html`<p class="lesson-english" lang=${pageLanguage()}>${say('english')}</p>`}
      </header>
      <div class="lesson-columns">
        ${this.way(loaded)}
        <div class="lesson-steps">
          ${this.place.whole ? this.document(loaded, context) : this.stage(loaded, context)}
        </div>
      </div>
      <p class="visually-hidden" role="status">${this.spoken()}</p>
    </article>`;
  }

  private way(lesson: Lesson): TemplateResult {
    return html`<nav class="way lesson-way" aria-label=${say('steps')}>
      <h2 class="side-title">${say('inside')}</h2>
      <ol class="way-list">
        ${lesson.steps.map(
          (step, index) => html`<li>
            <button
              type="button"
              class="way-stop ${this.seen.has(index) && index !== this.index ? 'way-done' : ''}"
              aria-current=${!this.place.whole && index === this.index ? 'step' : 'false'}
              @click=${() => this.go(index)}
            ><span class="way-dot" aria-hidden="true">${index + 1}</span><span class="way-name" data-from="lesson">${step.heading}</span></button>
          </li>`,
        )}
      </ol>
      <button type="button" class="button-quiet lesson-whole" @click=${() => this.unfold(!this.place.whole)}>
        ${this.place.whole ? say('one') : say('whole')}
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
      <h2 class="lesson-heading" tabindex="-1" data-from="lesson">${step.heading}</h2>
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
      ><span aria-hidden="true">◀</span> ${say('back')}</button>
      ${
        next === undefined
          ? this.onward(lesson.head)
          : html`<button type="button" class="button button-main lesson-next" @click=${() => this.go(this.index + 1)}>
              ${say('next')}<span class="lesson-next-name" data-from="lesson">: ${next.heading}</span> <span aria-hidden="true">▶</span>
            </button>`
      }
      <span class="lesson-count">${say('count', { place: this.index + 1, all: lesson.steps.length })}</span>
    </div>`;
  }

  /** Where to go when the lesson is done. */
  private onward(head: LessonHead): TemplateResult {
    const heads = lessonHeads();
    const next = heads[heads.findIndex(other => other.id === head.id) + 1];
    return next === undefined
      ? html`<a class="button button-main lesson-next" href="#/lessons">${say('all')}</a>`
      : html`<a class="button button-main lesson-next" href="#/lessons/${next.id}">${say('onward', { title: next.title })}</a>`;
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
    this.spoken = () => {
      const steps = this.loaded?.steps ?? [];
      return say('went', { place: index + 1, all: steps.length, heading: steps[index]?.heading ?? '' });
    };
    void this.arrive();
  }

  private unfold(whole: boolean): void {
    this.place = { ...this.place, whole };
    writeAddress(writePlace(this.lesson, this.place), 'push');
    this.spoken = () => (whole ? say('shown') : say('one'));
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

/** A translation says other words about the same things: blocks without words stay the very ones that are on screen. */
function withKnownBlocks(lesson: Lesson, shown: Lesson): Lesson {
  const known = new Map(shown.steps.map(({ block }) => [JSON.stringify(block), block]));
  const steps = lesson.steps.map(step => ({ ...step, block: known.get(JSON.stringify(step.block)) ?? step.block }));
  return { ...lesson, steps };
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-view': LessonView;
  }
}
