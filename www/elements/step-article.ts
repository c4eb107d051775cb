import { html, nothing, type TemplateResult } from 'lit';
import type { StepCheck, StepMove, StepNode, StepRow } from '../engine/contract.ts';
import type { NameColours } from './name-colours.ts';
import { prose } from './prose.ts';
import { say, saying } from '../words/steps.ts';
import './tex-math.ts';

/** What an article needs beside its step. */
export interface ArticleContext {
  readonly colours: NameColours;
  /** Which smaller steps are open, by the id of their parent. */
  isOpen(id: string): boolean;
  toggle(id: string): void;
  /** The id of the smaller step that is pointed at. */
  readonly revealed?: string;
  /** In the document form every smaller step is open and there is nothing to press. */
  readonly unfolded: boolean;
  /** Whether a step leads to its rule in the catalogue. */
  readonly ruleLinks?: boolean;
}

/**
 * One step: the rule's name, why it may be used, before (faint) and after (what changed is marked), the rows of a
 * table step, shapes, conditions, and the smaller steps inside it.
 */
export function stepArticle(step: StepNode, context: ArticleContext, heading: 3 | 4 = 3): TemplateResult {
  const { colours } = context;
  // A step that only makes a table leaves its formula as it was: once is enough.
  const unchanged = step.rows.length > 0 && step.after === step.before;
  // Below a table the formula is the next line of the equation that `before` opened. The sign stands in braces: a line
  // must not break before it, with nothing above.
  const after = unchanged ? '' : step.rows.length > 0 ? `\\mathrel{=} ${step.after}` : step.after;
  return html`
    <header class="step-head" data-from="engine">
      ${
        heading === 3
          ? html`<h3 class="step-title">${prose(step.title, colours)}</h3>`
          : html`<h4 class="step-title">${prose(step.title, colours)}</h4>`
      }
      ${reference(step, context.ruleLinks ?? false)}
    </header>
    <p class="step-why" data-from="engine">${prose(step.why, colours)}</p>
    ${
      step.statement
        ? html`<div class="step-statement">
            <span class="step-caption">${say('rule')}</span>
            <tex-math display label=${say('ruleof', { id: step.id })} .latex=${step.statement} .colours=${colours}></tex-math>
            ${bindings(step, colours)}
          </div>`
        : nothing
    }
    <div class="step-formulas">
      ${step.before ? formula('before', step, step.before, colours) : nothing}
      ${step.rows.length > 0 ? rows(step, colours) : nothing}
      ${after ? formula('after', step, after, colours) : nothing}
      ${
        step.shapes
          ? html`<p class="step-shapes"><span class="visually-hidden">${say('shapes')}</span><span data-from="engine">${step.shapes}</span></p>`
          : nothing
      }
    </div>
    ${heading === 4 ? whatMoved(step, colours) : nothing}
    ${
      step.conditions.length > 0
        ? html`<ul class="step-conditions" aria-label=${say('holds')}>${step.conditions.map(text => html`<li data-from="engine">${prose(text, colours)}</li>`)}</ul>`
        : nothing
    }
    ${step.sub.length > 0 ? smaller(step, context) : nothing}
  `;
}

/** What the letters of the rule stand for here; a rule may be stated in the very names of the question. */
function bindings(step: StepNode, colours: NameColours): TemplateResult | typeof nothing {
  if (step.bindings.length === 0) return nothing;
  const list = step.bindings.map(
    ({ letter, latex }, place) =>
      html`${place > 0 ? ', ' : ''}<tex-math .latex=${`${letter} = ${latex}`} .colours=${colours}></tex-math>`,
  );
  return html`<p class="step-bindings">${saying('with', { bindings: list })}</p>`;
}

const instead = ({ before, after }: StepMove): string => say('instead', { before: times(before), after: times(after) });

/** What is said of a part, by its fate: only what a reader might look for. */
const fates: ReadonlyMap<string, (move: StepMove) => string> = new Map([
  ['copied', instead],
  ['merged', instead],
  ['died', () => say('gone')],
]);

/** Where a small step changed something, and the parts that became more or fewer. */
function whatMoved(step: StepNode, colours: NameColours): TemplateResult | typeof nothing {
  // A rule of calculus shows what it did by its letters; rules of algebra happen somewhere in a formula.
  if (step.level !== 'algebra' && step.level !== 'housekeeping') return nothing;
  const told = step.moves.filter(move => fates.has(move.fate));
  if (step.places.length === 0 && told.length === 0) return nothing;
  return html`<ul class="step-moves" aria-label=${say('moved')}>
    ${step.places.map(
      place =>
        html`<li><tex-math .latex=${`${place.before} ;\to; ${place.after}`} .colours=${colours}></tex-math></li>`,
    )}
    ${told.map(
      move =>
        html`<li><tex-math .latex=${move.latex} .colours=${colours}></tex-math>${fates.get(move.fate)?.(move)}</li>`,
    )}
  </ul>`;
}

function times(count: number): string {
  return count === 1 ? say('once') : count === 2 ? say('twice') : say('times', { number: count });
}

/** Where to read on: the paper's section, leading to the rule in the catalogue. */
function reference(step: StepNode, linked: boolean): TemplateResult | typeof nothing {
  if (!linked) return step.source ? html`<span class="step-source">${step.source}</span>` : nothing;
  return html`<a class="step-source" href="#/rules/${encodeURIComponent(step.rule)}"
    ><span class="visually-hidden">${say('link')}</span>${step.source || say('source')}</a>`;
}

function formula(kind: 'before' | 'after', { id }: StepNode, latex: string, colours: NameColours): TemplateResult {
  return html`<div class="step-${kind}">
    <span class="visually-hidden">${say(kind)}: </span>
    <tex-math display label=${say(`${kind}step`, { id })} .latex=${latex} .colours=${colours}></tex-math>
  </div>`;
}

/**
 * The rows of a table step. A single row is one equation on a line of its own; of several, each side may break or
 * scroll in its own cell.
 */
function rows({ id, rows: list }: StepNode, colours: NameColours): TemplateResult {
  const [only] = list;
  if (only && list.length === 1) return oneRow(only, say('equation', { id }), colours);
  const shaped = list.some(row => row.shape);
  const ruled = list.some(row => row.rule);
  return html`<table class="step-rows" role="table">
    <thead class="visually-hidden" role="rowgroup">
      <tr role="row"><th role="columnheader">${say('name')}</th><th role="columnheader">${say('value')}</th>${
        shaped ? html`<th role="columnheader">${say('shape')}</th>` : nothing
      }${ruled ? html`<th role="columnheader">${say('rulehead')}</th>` : nothing}</tr>
    </thead>
    <tbody role="rowgroup">
      ${list.map(
        (row, place) => html`<tr role="row">
          <td class="row-left" role="cell"><tex-math display label=${say('left', { id, place: place + 1 })} .latex=${row.left} .colours=${colours}></tex-math></td>
          <td class="row-right" role="cell"><tex-math display label=${say('right', { id, place: place + 1 })} .latex=${`\\mathrel{=} ${row.right}`} .colours=${colours}></tex-math></td>
          ${shaped ? html`<td class="row-shape" role="cell" data-from="engine">${row.shape}</td>` : nothing}
          ${ruled ? html`<td class="row-rule" role="cell" data-from="engine">${row.rule}</td>` : nothing}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function oneRow(row: StepRow, label: string, colours: NameColours): TemplateResult {
  return html`<div class="step-row">
    <tex-math display label=${label} .latex=${`${row.left} = ${row.right}`} .colours=${colours}></tex-math>
    ${
      row.shape || row.rule
        ? html`<p class="step-row-note" data-from="engine">${row.shape ? html`<span class="row-shape">${row.shape}</span>` : nothing}${
            row.rule ? html`<span class="row-rule">${row.rule}</span>` : nothing
          }</p>`
        : nothing
    }
  </div>`;
}

function smaller(step: StepNode, context: ArticleContext): TemplateResult {
  const open = context.unfolded || context.isOpen(step.id);
  const count = step.sub.length;

  return html`
    ${
      context.unfolded
        ? nothing
        : html`<button
            type="button"
            class="step-more"
            aria-expanded=${open ? 'true' : 'false'}
            @click=${() => context.toggle(step.id)}
          >${open ? say('hide', { count }) : say('show', { count })}</button>`
    }
    ${
      open
        ? html`<ol class="step-sub">
            ${step.sub.map(
              each => html`<li class="step step-small" data-level=${each.level} ?data-revealed=${each.id === context.revealed}>
                ${stepArticle(each, context, 4)} ${checkLine(each.check)}
              </li>`,
            )}
          </ol>`
        : nothing
    }
  `;
}

/** What the number check of a step's equation found, in words. A failed check is said as plainly as a passed one. */
export function checkLine(check: StepCheck): TemplateResult {
  if (check.points === 0) return html`<p class="check">${say('unchecked')}</p>`;
  const count = check.points;
  return check.ok
    ? html`<p class="check check-good">${say('agree', { count })}</p>`
    : html`<p class="check check-bad">${say('differ', { count })}</p>`;
}
