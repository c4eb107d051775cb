import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Entries } from '../engine/contract.ts';
import { valueMap } from '../lessons/context.ts';
import { showNumber } from '../lessons/numbers.ts';
import type { AdderPicture } from '../lessons/pictures/adder.ts';
import { valueOf } from './cells.ts';
import { choices } from './choices.ts';
import {
  equation,
  formula,
  heading,
  type Reading,
  readFunctions,
  uses,
  type Whole,
  wholeDerivative,
} from './functions.ts';
import { Picture } from './picture.ts';
import { shadeOf } from './shades.ts';
import { type At, differentiate, openEntries } from './values.ts';
import { say } from '../words/pictures.ts';

/** How long a row falls while the picture plays. */
const rowMilliseconds = 900;

/** What the engine said about the terms of one sum at one point. */
interface Adding {
  readonly entries: Entries;
  /** The derivative of the sum of the last k terms, for k from 0: what stands below once k rows have come down. */
  readonly sums: readonly (readonly number[])[];
}

/**
 * The Jacobian of the terms of a sum, a row for each. Its rows come down one after the other, the lowest first,
 * and are added up below, column by column, until the gradient of the sum stands there. A slider has the time in hand.
 */
@customElement('adder-picture')
export class AdderPictureElement extends Picture {
  @property({ attribute: false }) block!: AdderPicture;

  @state() private functions: readonly Reading[] = [];
  @state() private choice = 0;
  @state() private at: At = new Map();
  @state() private adding: Adding | undefined;
  /** How many rows have come down; between whole numbers one is falling. */
  @state() private time = 0;
  @state() private playing = false;
  /** The derivative of the terms and that of their sum, of any size. */
  @state() private wholes: readonly [Whole, Whole] | undefined;

  private frameAsked = 0;
  private readonly still = window.matchMedia('(prefers-reduced-motion: reduce)');

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.at = valueMap(this.block.at);
    this.choice = 0;
    this.time = 0;
    void this.start();
  }

  protected override languageChanged(): void {
    void this.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
  }

  private async start(): Promise<void> {
    const { block } = this;
    const functions = await readFunctions(block.choices, this.context);
    if (block !== this.block) return;
    this.functions = functions;
    await this.fetchFunction();
  }

  private async fetchFunction(): Promise<void> {
    const { by, choices: all } = this.block;
    const expr = all[this.choice] ?? '';
    const [ofTerms, ofSum] = await Promise.all([
      wholeDerivative(`${this.own} terms`, expr, by, this.context),
      wholeDerivative(`${this.own} sum`, `sum(${expr})`, by, this.context),
      this.fetchAdding(),
    ]);
    if (ofTerms !== undefined && ofSum !== undefined) this.wholes = [ofTerms, ofSum];
  }

  private async fetchAdding(): Promise<void> {
    const reading = this.functions[this.choice];
    if (reading === undefined) return;
    const { by } = this.block;
    const used = new Map([...this.at].filter(([name]) => uses(reading, name)));
    const entries = await openEntries(`${this.own} entries`, reading.text, by, used);
    if (entries === undefined) return;
    const { rows } = entries;
    // The last k terms are picked by a vector of 0s and 1s, so that every sum below is a derivative of the engine's.
    const sums = await Promise.all(
      Array.from({ length: rows + 1 }, async (_, count) => {
        const picked = Array.from({ length: rows }, (_each, row) => (row >= rows - count ? 1 : 0));
        const at = new Map([...used, ['picked', picked] as const]);
        return differentiate(`${this.own} sum of ${count}`, `sum((${reading.text}) ⊙ picked)`, by, at);
      }),
    );
    const rowsOf = sums.flatMap(sum => (sum === undefined ? [] : [sum.derivative]));
    if (rowsOf.length < sums.length) return;
    this.adding = { entries, sums: rowsOf };
    this.tell();
  }

  private get rows(): number {
    return this.adding?.entries.rows ?? 1;
  }

  /** How many rows have arrived. */
  private get landed(): number {
    return Math.floor(this.time);
  }

  private tell(): void {
    const { adding, landed, rows } = this;
    if (adding === undefined) return;
    const { entries, columns } = { entries: adding.entries.entries, columns: adding.entries.columns };
    const row = listOf(adding.sums[landed] ?? []);
    const alone = adding.sums[0]?.every(
      (_, column) => entries.filter((entry, place) => place % columns === column && !entry.zero).length === 1,
    );
    const diagonal = listOf(
      entries.filter((_, place) => Math.floor(place / columns) === place % columns).map(entry => valueOf(entry)),
    );
    this.state(() => {
      if (landed === 0) return say('addnone');
      if (landed < rows) return say('addsome', { added: landed, all: rows, row });
      return alone ? say('addpicked', { row }) : say('addall', { row, diagonal });
    });
  }

  protected override updated(): void {
    // Through the CSSOM: the content security policy forbids style attributes.
    this.querySelectorAll<HTMLElement>('.adder-row').forEach((line, row) => {
      line.style.setProperty('--fallen', String(this.fallen(row) ** 2));
      line.style.setProperty('--below', String(this.rows - row));
    });
  }

  /** How far a row has fallen, from 0 to 1: the lowest is the first. */
  private fallen(row: number): number {
    return Math.min(Math.max(this.time - (this.rows - 1 - row), 0), 1);
  }

  protected override render(): TemplateResult {
    const { adding } = this;
    return this.frame(
      html`<div class="vector-picture">
        <div class="vector-pickers">
          ${choices({
            group: `${this.own}-terms`,
            legend: say('terms'),
            each: this.block.choices.map((text, place) => formula(this.functions[place]?.latex, text, this.context)),
            at: this.choice,
            pick: place => {
              this.moved = true;
              this.choice = place;
              void this.fetchFunction();
            },
          })}
        </div>
        ${adding ? html`<div class="vector-body">${this.drawing(adding)}${this.formulas()}</div>` : nothing}
      </div>`,
      this.controls(),
      adding ? this.table(adding) : html``,
    );
  }

  private drawing({ entries, sums }: Adding): TemplateResult {
    return html`<div class="jacobian-scroll">
      <table class="vector-cells adder-cells">
        <caption class="visually-hidden">${say('addedrows')}</caption>
        <thead>
          <tr><td></td>${entries.column_names.map((name, column) => html`<th scope="col">${heading(name, say('inputnumber', { number: column + 1 }), this.context)}</th>`)}</tr>
        </thead>
        <tbody>
          ${entries.row_names.map((name, row) => this.row(entries, name, row))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${say('sumrow')}</th>
            ${(sums[this.landed] ?? []).map(
              value => html`<td><span class="vector-cell adder-sum ${this.landed === 0 ? 'shade-none' : shadeOf(value, false)}"
                >${this.landed === 0 ? nothing : showNumber(value)}</span></td>`,
            )}
          </tr>
        </tfoot>
      </table>
    </div>`;
  }

  /** A row where it stood, and the same row on its way down; what is 0 for good brings nothing along. */
  private row(entries: Entries, name: string, row: number): TemplateResult {
    const fallen = this.fallen(row);
    return html`<tr class="adder-row" data-fallen=${fallen === 0 ? 'no' : 'yes'}>
      <th scope="row">${heading(name, say('outputnumber', { number: row + 1 }), this.context)}</th>
      ${entries.column_names.map((_, column) => {
        const entry = entries.entries[row * entries.columns + column];
        const value = entry?.zero ? 0 : valueOf(entry);
        const shade = shadeOf(value, entry?.zero ?? false);
        return html`<td>
          <span class="vector-cell ${fallen === 0 ? shade : 'shade-none'}">${showNumber(value)}</span>
          ${fallen > 0 && fallen < 1 && !entry?.zero ? html`<span class="vector-cell adder-falling ${shade}" aria-hidden="true">${showNumber(value)}</span>` : nothing}
        </td>`;
      })}
    </tr>`;
  }

  private formulas(): TemplateResult {
    return html`<div class="vector-about">
      ${(this.wholes ?? []).map(whole => equation(whole, say('whole'), this.context))}
    </div>`;
  }

  private controls(): TemplateResult {
    const { rows } = this;
    const still = this.still.matches;
    const text = say('addedof', { added: showNumber(this.time), all: rows });
    const reading = this.functions[this.choice];
    return html`
      <button type="button" class="button button-main adder-play" @click=${still ? this.addRow : this.toggle}>
        ${this.landed === rows ? say('startover') : still ? say('addrow') : this.playing ? say('addpause') : say('addplay')}
      </button>
      <label class="picture-slider">
        <span>${say('added')}</span>
        <input
          type="range"
          min="0"
          max=${rows}
          step=${still ? 1 : 0.125}
          .value=${String(this.time)}
          aria-label=${say('added')}
          aria-valuetext=${text}
          @input=${(event: Event) => {
            this.moved = true;
            this.pause();
            if (event.target instanceof HTMLInputElement) this.goTo(event.target.valueAsNumber);
          }}
        />
        <output class="picture-slider-value">${this.landed}</output>
      </label>
      ${[...this.at].flatMap(([name, value]) =>
        typeof value === 'number' && uses(reading, name) ? [this.scalar(name, value)] : [],
      )}
    `;
  }

  private scalar(name: string, value: number): TemplateResult {
    return this.slider({
      name,
      value,
      from: this.block.range.from,
      to: this.block.range.to,
      step: 0.25,
      set: to => {
        this.at = new Map([...this.at, [name, to]]);
        void this.fetchAdding();
      },
    });
  }

  private table({ entries, sums }: Adding): TemplateResult {
    return html`<div class="jacobian-scroll"><table>
      <caption>${say('addedrows')}</caption>
      <thead><tr><td></td>${entries.column_names.map((name, column) => html`<th scope="col">${heading(name, say('inputnumber', { number: column + 1 }), this.context)}</th>`)}</tr></thead>
      <tbody>
        ${entries.row_names.map(
          (name, row) => html`<tr>
            <th scope="row">${heading(name, say('outputnumber', { number: row + 1 }), this.context)}</th>
            ${entries.column_names.map(
              (_, column) => html`<td>${showNumber(valueOf(entries.entries[row * entries.columns + column]), 4)}</td>`,
            )}
          </tr>`,
        )}
        ${sums.slice(1).map(
          (sum, place) => html`<tr>
            <th scope="row">${say('addedof', { added: place + 1, all: entries.rows })}</th>
            ${sum.map(value => html`<td>${showNumber(value, 4)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table></div>`;
  }

  private goTo(time: number): void {
    const before = this.landed;
    this.time = Math.min(time, this.rows);
    if (this.landed !== before) this.tell();
  }

  private readonly addRow = (): void => {
    this.moved = true;
    this.goTo(this.landed === this.rows ? 0 : this.landed + 1);
  };

  private readonly toggle = (): void => {
    this.moved = true;
    if (this.playing) {
      this.pause();
      return;
    }
    if (this.landed === this.rows) {
      this.goTo(0);
      return;
    }
    this.playing = true;
    let last: number | undefined;
    const next = (now: number): void => {
      // A page in the background is given no frames: it then goes on where it was.
      const passed = Math.min(now - (last ?? now), 100);
      last = now;
      this.speaking(() => this.goTo(this.time + passed / rowMilliseconds));
      if (this.landed === this.rows) this.pause();
      else this.frameAsked = requestAnimationFrame(next);
    };
    this.frameAsked = requestAnimationFrame(next);
  };

  private pause(): void {
    cancelAnimationFrame(this.frameAsked);
    this.playing = false;
  }
}

function listOf(values: readonly number[]): string {
  return `[${values.map(value => showNumber(value)).join(', ')}]`;
}

declare global {
  interface HTMLElementTagNameMap {
    'adder-picture': AdderPictureElement;
  }
}
