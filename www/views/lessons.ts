import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { LessonHead } from '../lessons/lesson.ts';
import '../lessons/lesson.css';
import { lessonHeads } from '../lessons/shelf.ts';
import { say, saying } from '../words/lessons.ts';
import { Worded } from '../words/worded.ts';

/** The list of lessons. */
@customElement('lessons-view')
export class LessonsView extends Worded {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<section class="shelf">
      <h1 class="shelf-title">${say('title')}</h1>
      <p class="shelf-lead">${say('lead')}</p>
      <ol class="shelf-list">${lessonHeads().map(head => this.entry(head))}</ol>
      <p class="shelf-note">${say('note')}</p>
    </section>`;
  }

  private entry(head: LessonHead): TemplateResult {
    const before = lessonHeads().filter(other => head.needs.includes(other.id));
    return html`<li class="shelf-entry" data-from="lesson">
      <span class="shelf-number" aria-hidden="true">${head.number}</span>
      <div>
        <h2 class="shelf-name"><a href="#/lessons/${head.id}">${head.title}</a></h2>
        <p class="shelf-about">${head.about}</p>
        <p class="shelf-meta" data-from="words">
          ${saying('minutes', { minutes: head.minutes, paper: html`<span data-from="lesson">${head.paper}</span>` })}${
            before.length === 0
              ? ''
              : saying('after', {
                  lessons: html`<span data-from="lesson">${before.map(other => other.title).join(say('and'))}</span>`,
                })
          }
        </p>
      </div>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lessons-view': LessonsView;
  }
}
