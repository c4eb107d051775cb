import { html, nothing, type TemplateResult } from 'lit';
import type { Hint } from '../lessons/hints.ts';
import type { NameColours } from './name-colours.ts';
import { prose } from './prose.ts';
import { type ArticleContext, stepArticle } from './step-article.ts';
import { say } from '../words/lessons.ts';
import './tex-math.ts';

/** The hints that were asked for, one below the other. */
export function hintList(hints: readonly Hint[], colours: NameColours): TemplateResult | typeof nothing {
  if (hints.length === 0) return nothing;
  return html`<ol class="exercise-hints">${hints.map(hint => html`<li tabindex="-1">${hintBody(hint, colours)}</li>`)}</ol>`;
}

function hintBody(hint: Hint, colours: NameColours): TemplateResult {
  switch (hint.kind) {
    case 'names':
      return html`<p>${say('need')}</p>
        <ul class="exercise-names" data-from="engine">${hint.titles.map(title => html`<li>${prose(title, colours)}</li>`)}</ul>`;
    case 'statements':
      return html`${hint.rules.map(
        rule => html`<div class="exercise-rule" data-from="engine">
          <p class="exercise-caption">${prose(rule.title, colours)}</p>
          ${
            rule.statement === ''
              ? html`<p>${prose(rule.why, colours)}</p>`
              : html`<tex-math display label=${say('rule')} .latex=${rule.statement} .colours=${colours}></tex-math>`
          }
        </div>`,
      )}`;
    case 'step':
      return html`<article class="step" data-here>${stepArticle({ ...hint.step, sub: [] }, quiet(colours), 3)}</article>`;
  }
}

/** A hint shows a step without what is inside it. */
function quiet(colours: NameColours): ArticleContext {
  return { colours, isOpen: () => false, toggle: () => undefined, unfolded: false };
}
