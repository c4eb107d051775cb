import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { bringHereInSight } from '../elements/in-sight.ts';
import '../elements/lesson-ask.ts';
import '../elements/line-by-line.ts';
import { engine } from '../engine/client.ts';
import type { Catalog, Exercise, Failed, TopicView } from '../engine/contract.ts';
import { given, type ShownExercise, shownExercise } from '../lessons/exercise.ts';
import { exploreLink } from '../lessons/explore-link.ts';
import '../lessons/exercise.css';
import '../lessons/lesson.css';
import { currentRoute, writeAddress } from '../router.ts';
import './practice.css';
import { type PracticePlace, readPractice, writePractice } from './practice-address.ts';
import { say, saying } from '../words/practice.ts';
import { Worded } from '../words/worded.ts';

/**
 * Practice: one exercise at a time, made by the engine from a topic and a seed, which both stand in the address. The
 * answer is judged and the hints are given as in a lesson.
 */
@customElement('practice-view')
export class PracticeView extends Worded {
  /** The topic that the address names; empty for the first. */
  @property() topic = '';

  @state() private topics: readonly TopicView[] = [];
  @state() private place: PracticePlace = { topic: '', seed: 1 };
  @state() private shown: ShownExercise | undefined;
  @state() private failure: Failed['error'] | undefined;
  @state() private solved = false;
  /** Whether the learner writes the derivation line by line. */
  @state() private inLines = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.follow);
    window.addEventListener('popstate', this.follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.follow);
    window.removeEventListener('popstate', this.follow);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('topic')) this.follow();
  }

  /** Shows what the address names. */
  private readonly follow = (): void => {
    const route = currentRoute();
    if (route.view !== 'practice') return;
    const place = readPractice(route.rest, route.params);
    if (this.shown && place.topic === this.place.topic && place.seed === this.place.seed) return;
    this.place = place;
    void this.load();
  };

  /** The same exercise in the other language; what was typed and solved stays. */
  protected override languageChanged(): void {
    void this.retell(this.solved);
  }

  private async retell(solved: boolean): Promise<void> {
    await this.fetchTopics();
    await this.load();
    this.solved = solved;
  }

  private async fetchTopics(): Promise<void> {
    const catalog = await engine.call<Catalog | Failed>({ op: 'catalog' });
    if ('error' in catalog) this.failure = catalog.error;
    else this.topics = catalog.topics;
  }

  private async load(): Promise<void> {
    if (this.topics.length === 0) await this.fetchTopics();
    const topic = this.place.topic || this.topics[0]?.id;
    if (topic === undefined) return;
    const request = { op: 'exercise', topic, seed: this.place.seed };
    const exercise = await engine.latest<Exercise | Failed>('practice', request);
    if (exercise === undefined) return;
    this.solved = false;
    this.failure = 'error' in exercise ? exercise.error : undefined;
    this.shown = 'error' in exercise ? undefined : shownExercise(exercise, 'practice', engine);
  }

  /** In a row of topics that scrolls, the one that is on screen is in sight. */
  protected override updated(changed: PropertyValues): void {
    if (!changed.has('shown') && !changed.has('topics')) return;
    bringHereInSight(this.querySelector('.practice-list'));
  }

  protected override render(): TemplateResult {
    return html`<article class="lesson practice">
      <header class="lesson-head">
        <p class="lesson-kicker">${say('title')}</p>
        <h1 class="lesson-title" tabindex="-1">${this.heading}</h1>
      </header>
      <div class="lesson-columns">
        ${this.topics.length > 0 ? this.way() : nothing}
        <div class="lesson-steps">${this.body()}</div>
      </div>
      <p class="visually-hidden" role="status">${this.shown ? say('exercise', { seed: this.shown.exercise.seed }) : nothing}</p>
    </article>`;
  }

  private get heading(): TemplateResult | string {
    if (this.shown) return html`<span data-from="engine">${this.shown.exercise.title}</span>`;
    return this.failure ? say('nosuch') : say('title');
  }

  private way(): TemplateResult {
    const here = this.shown?.exercise.topic ?? this.place.topic;
    return html`<nav class="way lesson-way practice-topics" aria-label=${say('topics')}>
      <h2 class="side-title">${say('topics')}</h2>
      <ul class="practice-list" data-from="engine">
        ${this.topics.map(
          topic => html`<li>
            <a
              class="practice-topic"
              href=${writePractice({ topic: topic.id, seed: 1 })}
              aria-current=${topic.id === here ? 'page' : 'false'}
            >${topic.title}</a>
          </li>`,
        )}
      </ul>
      <p class="practice-note">${saying('rules', { link: html`<a href="#/rules">${say('rule')}</a>` })}</p>
    </nav>`;
  }

  private body(): TemplateResult | typeof nothing {
    const { shown, failure } = this;
    if (failure)
      return html`<p class="lesson-trouble" data-from="engine">${failure.message} ${failure.hint ?? nothing}</p>`;
    if (!shown) return html`<p class="lesson-wait">${say('making')}</p>`;
    const { exercise, block, context } = shown;
    const about = this.topics.find(topic => topic.id === exercise.topic)?.about;
    return html`
      <section class="lesson-step" data-exercise=${exercise.seed}>
        ${about === undefined ? nothing : html`<p class="practice-about" data-from="engine">${about}</p>`}
        <p class="practice-given">${given(exercise)}</p>
        ${keyed(
          block.id,
          html`<lesson-ask .block=${block} .context=${context} @lesson-solved=${this.celebrate}></lesson-ask>`,
        )}
        ${exercise.order === 1 ? this.lines(shown) : nothing}
        <p class="lesson-more"><a href=${exploreLink(block, context)}>${say('explore')}</a></p>
      </section>
      ${this.bar(exercise)}
    `;
  }

  /** The derivation in the learner's own lines; it opens where the reader is, below the exercise. */
  private lines({ block, context }: ShownExercise): TemplateResult {
    return html`
      <button
        type="button"
        class="button-quiet practice-lines"
        aria-expanded=${this.inLines ? 'true' : 'false'}
        @click=${() => {
          this.inLines = !this.inLines;
        }}
      >${this.inLines ? say('close') : say('open')}</button>
      ${this.inLines ? keyed(block.id, html`<line-by-line .question=${block} .context=${context}></line-by-line>`) : nothing}
    `;
  }

  private bar(exercise: Exercise): TemplateResult {
    const first = exercise.seed <= 1;
    return html`<div class="lesson-bar">
      <button
        type="button"
        class="button"
        aria-disabled=${first ? 'true' : 'false'}
        @click=${() => first || this.go(exercise.seed - 1)}
      ><span aria-hidden="true">◀</span> ${say('back')}</button>
      <button
        type="button"
        class="button ${this.solved ? 'button-main' : ''} practice-next"
        @click=${() => this.go(exercise.seed + 1)}
      >${say('next')} <span aria-hidden="true">▶</span></button>
      <span class="lesson-count">${say('exercise', { seed: exercise.seed })}</span>
    </div>`;
  }

  private readonly celebrate = (): void => {
    this.solved = true;
  };

  private go(seed: number): void {
    const topic = this.shown?.exercise.topic ?? this.place.topic;
    this.place = { topic, seed };
    writeAddress(writePractice(this.place), 'push');
    void this.load().then(() => this.arrive());
  }

  /** The reader goes on in the new exercise's field. */
  private async arrive(): Promise<void> {
    await this.updateComplete;
    const ask = this.querySelector('lesson-ask');
    await ask?.updateComplete;
    const field = ask?.querySelector('formula-input');
    await field?.updateComplete;
    field?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'practice-view': PracticeView;
  }
}
