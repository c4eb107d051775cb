import { html, type TemplateResult } from 'lit';
import type { LessonContext } from '../lessons/context.ts';
import type { Inline, Prose } from '../lessons/lesson.ts';
import './lesson-formula.ts';

/** The text of a lesson's step. */
export function lessonProse(prose: readonly Prose[], context: LessonContext): TemplateResult {
  return html`<div class="lesson-prose" data-from="lesson">
    ${prose.map(part =>
      part.kind === 'list'
        ? html`<ul>${part.items.map(item => html`<li>${inlines(item, context)}</li>`)}</ul>`
        : html`<p>${inlines(part.children, context)}</p>`,
    )}
  </div>`;
}

/** A sentence in a line: words, emphasis and formulas. */
export function inlines(list: readonly Inline[], context: LessonContext): unknown[] {
  return list.map(inline => inlinePart(inline, context));
}

function inlinePart(inline: Inline, context: LessonContext): unknown {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'emphasis':
      return html`<em>${inlines(inline.children, context)}</em>`;
    case 'strong':
      return html`<strong>${inlines(inline.children, context)}</strong>`;
    case 'link':
      return html`<a href=${inline.href}>${inlines(inline.children, context)}</a>`;
    case 'code':
      return html`<code>${inline.text}</code>`;
    case 'formula':
      return html`<lesson-formula .expr=${inline.expr} .context=${context}></lesson-formula>`;
    case 'question':
      return html`<lesson-formula .expr=${inline.expr} .wrt=${inline.wrt} .context=${context}></lesson-formula>`;
  }
}
