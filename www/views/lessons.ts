import { html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { LessonHead } from '../lessons/lesson.ts';
import '../lessons/lesson.css';
import { lessonHeads } from '../lessons/shelf.ts';

/** The list of lessons. */
@customElement('lessons-view')
export class LessonsView extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<section class="shelf">
      <h1 class="shelf-title">Lessons</h1>
      <p class="shelf-lead">
        Short walks through the matrix calculus of deep learning, after Parr &amp; Howard’s paper. Each has something to
        move and something to work out. Write an answer in any form: it is judged by what it says, not by how it looks.
      </p>
      <ol class="shelf-list">${lessonHeads.map(head => this.entry(head))}</ol>
      <p class="shelf-note">The numbers are places in a course of fourteen lessons. These are ready.</p>
    </section>`;
  }

  private entry(head: LessonHead): TemplateResult {
    const before = lessonHeads.filter(other => head.needs.includes(other.id));
    return html`<li class="shelf-entry">
      <span class="shelf-number" aria-hidden="true">${head.number}</span>
      <div>
        <h2 class="shelf-name"><a href="#/lessons/${head.id}">${head.title}</a></h2>
        <p class="shelf-about">${head.about}</p>
        <p class="shelf-meta">
          ${head.minutes} minutes · ${head.paper}${
            before.length === 0 ? '' : html` · comes after ${before.map(other => other.title).join(' and ')}`
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
