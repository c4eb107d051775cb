import { html, nothing, type TemplateResult } from 'lit';
import type { StepCheck, StepMove, StepNode, StepRow } from '../engine/contract.ts';
import type { NameColours } from './name-colours.ts';
import { prose } from './prose.ts';
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
    <header class="step-head">
      ${
        heading === 3
          ? html`<h3 class="step-title">${prose(step.title, colours)}</h3>`
          : html`<h4 class="step-title">${prose(step.title, colours)}</h4>`
      }
      ${reference(step, context.ruleLinks ?? false)}
    </header>
    <p class="step-why">${prose(step.why, colours)}</p>
    ${
      step.statement
        ? html`<div class="step-statement">
            <span class="step-caption">The rule</span>
            <tex-math display label="The rule of step ${step.id}" .latex=${step.statement} .colours=${colours}></tex-math>
            ${bindings(step, colours)}
          </div>`
        : nothing
    }
    <div class="step-formulas">
      ${step.before ? formula('step-before', 'Before', step, step.before, colours) : nothing}
      ${step.rows.length > 0 ? rows(step, colours) : nothing}
      ${after ? formula('step-after', 'After', step, after, colours) : nothing}
      ${step.shapes ? html`<p class="step-shapes"><span class="visually-hidden">Shapes: </span>${step.shapes}</p>` : nothing}
    </div>
    ${heading === 4 ? whatMoved(step, colours) : nothing}
    ${
      step.conditions.length > 0
        ? html`<ul class="step-conditions" aria-label="Holds where">${step.conditions.map(text => html`<li>${prose(text, colours)}</li>`)}</ul>`
        : nothing
    }
    ${step.sub.length > 0 ? smaller(step, context) : nothing}
  `;
}

/** What the letters of the rule stand for here; a rule may be stated in the very names of the question. */
function bindings(step: StepNode, colours: NameColours): TemplateResult | typeof nothing {
  if (step.bindings.length === 0) return nothing;
  return html`<p class="step-bindings">with ${step.bindings.map(
    ({ letter, latex }, place) =>
      html`${place > 0 ? ', ' : ''}<tex-math .latex=${`${letter} = ${latex}`} .colours=${colours}></tex-math>`,
  )}</p>`;
}

/** What is said of a part, by its fate: only what a reader might look for. */
const fates: ReadonlyMap<string, (move: StepMove) => string> = new Map([
  ['copied', ({ before, after }: StepMove) => ` stands ${times(after)} instead of ${times(before)}`],
  ['merged', ({ before, after }: StepMove) => ` stands ${times(after)} instead of ${times(before)}`],
  ['died', () => ' is gone'],
]);

/** Where a small step changed something, and the parts that became more or fewer. */
function whatMoved(step: StepNode, colours: NameColours): TemplateResult | typeof nothing {
  // A rule of calculus shows what it did by its letters; rules of algebra happen somewhere in a formula.
  if (step.level !== 'algebra' && step.level !== 'housekeeping') return nothing;
  const told = step.moves.filter(move => fates.has(move.fate));
  if (step.places.length === 0 && told.length === 0) return nothing;
  return html`<ul class="step-moves" aria-label="What changed">
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
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** Where to read on: the paper's section, leading to the rule in the catalogue. */
function reference(step: StepNode, linked: boolean): TemplateResult | typeof nothing {
  if (!linked) return step.source ? html`<span class="step-source">${step.source}</span>` : nothing;
  return html`<a class="step-source" href="#/rules/${encodeURIComponent(step.rule)}"
    ><span class="visually-hidden">The rule, </span>${step.source || 'the rule'}</a>`;
}

function formula(kind: string, word: string, { id }: StepNode, latex: string, colours: NameColours): TemplateResult {
  return html`<div class=${kind}>
    <span class="visually-hidden">${word}: </span>
    <tex-math display label="${word} step ${id}" .latex=${latex} .colours=${colours}></tex-math>
  </div>`;
}

/**
 * The rows of a table step. A single row is one equation on a line of its own; of several, each side may break or
 * scroll in its own cell.
 */
function rows({ id, rows: list }: StepNode, colours: NameColours): TemplateResult {
  const [only] = list;
  if (only && list.length === 1) return oneRow(only, `Equation of step ${id}`, colours);
  const shaped = list.some(row => row.shape);
  const ruled = list.some(row => row.rule);
  return html`<table class="step-rows" role="table">
    <thead class="visually-hidden" role="rowgroup">
      <tr role="row"><th role="columnheader">Name</th><th role="columnheader">Value</th>${
        shaped ? html`<th role="columnheader">Shape</th>` : nothing
      }${ruled ? html`<th role="columnheader">Rule</th>` : nothing}</tr>
    </thead>
    <tbody role="rowgroup">
      ${list.map(
        (row, place) => html`<tr role="row">
          <td class="row-left" role="cell"><tex-math display label="Step ${id}, left side ${place + 1}" .latex=${row.left} .colours=${colours}></tex-math></td>
          <td class="row-right" role="cell"><tex-math display label="Step ${id}, right side ${place + 1}" .latex=${`\\mathrel{=} ${row.right}`} .colours=${colours}></tex-math></td>
          ${shaped ? html`<td class="row-shape" role="cell">${row.shape}</td>` : nothing}
          ${ruled ? html`<td class="row-rule" role="cell">${row.rule}</td>` : nothing}
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
        ? html`<p class="step-row-note">${row.shape ? html`<span class="row-shape">${row.shape}</span>` : nothing}${
            row.rule ? html`<span class="row-rule">${row.rule}</span>` : nothing
          }</p>`
        : nothing
    }
  </div>`;
}

function smaller(step: StepNode, context: ArticleContext): TemplateResult {
  const open = context.unfolded || context.isOpen(step.id);
  const count = step.sub.length;
  const words = count === 1 ? 'the smaller step inside' : `the ${count} smaller steps inside`;
  return html`
    ${
      context.unfolded
        ? nothing
        : html`<button
            type="button"
            class="step-more"
            aria-expanded=${open ? 'true' : 'false'}
            @click=${() => context.toggle(step.id)}
          >${open ? 'Hide' : 'Show'} ${words}</button>`
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
  if (check.points === 0) return html`<p class="check">no example was found to check this on</p>`;
  const examples = check.points === 1 ? '1 random example' : `${check.points} random examples`;
  return check.ok
    ? html`<p class="check check-good">✓ both sides agree on ${examples}</p>`
    : html`<p class="check check-bad">✗ the two sides differ on ${examples}: do not trust this step</p>`;
}
