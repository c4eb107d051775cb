import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Entries } from '../engine/contract.ts';
import { showNumber } from '../lessons/numbers.ts';
import type { KnobsPicture } from '../lessons/pictures/knobs.ts';
import { entryName, valueOf, walk } from './cells.ts';
import { choices } from './choices.ts';
import { equation, formula, heading, type Reading, readFunctions, type Whole, wholeDerivative } from './functions.ts';
import { Picture } from './picture.ts';
import { shadeOf } from './shades.ts';
import { type At, evaluate, openEntries } from './values.ts';
import { say, saying } from '../words/pictures.ts';

/** The scalar's knob stands in front of those of the vector's entries. */
const scalarKnob = 0;
/** An arrow of this part of half the drawing is a rate of 1. */
const ratePart = 0.18;

/** What the engine said about one position of the knobs. */
interface Position {
  readonly outputs: readonly number[];
  readonly byScalar: Entries;
  readonly byVector: Entries;
}

/** Bars moved by knobs: the scalar's moves all of them, each of the vector's its own. Beside them the two derivatives. */
@customElement('knobs-picture')
export class KnobsPictureElement extends Picture {
  @property({ attribute: false }) block!: KnobsPicture;

  @state() private functions: readonly Reading[] = [];
  @state() private choice = 0;
  /** Where the knobs stand, the scalar's first. */
  @state() private knobs: readonly number[] = [];
  /** The knob spoken of: its column is lit, and its rates are the arrows. */
  @state() private knob = scalarKnob;
  @state() private row = 0;
  @state() private position: Position | undefined;
  /** Where the bars stood before anything was turned. */
  @state() private startedAt: readonly number[] = [];
  /** The largest size a bar can have. */
  @state() private reach = 1;
  /** Both derivatives as a whole, of any size. */
  @state() private wholes: readonly [Whole, Whole] | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.knobs = [this.block.start, ...this.block.starts];
    this.choice = 0;
    this.knob = scalarKnob;
    void this.start();
  }

  protected override languageChanged(): void {
    void this.start();
  }

  private async start(): Promise<void> {
    const { block } = this;
    const functions = await readFunctions(block.choices, this.context);
    if (block !== this.block) return;
    this.functions = functions;
    await this.fetchFunction();
  }

  private get expr(): string {
    return this.block.choices[this.choice] ?? '';
  }

  private atWith(scalar: number, vector: readonly number[]): At {
    return new Map<string, number | readonly number[]>([
      [this.block.scalar, scalar],
      [this.block.vector, vector],
    ]);
  }

  /** What belongs to the function wherever its knobs stand. */
  private async fetchFunction(): Promise<void> {
    const { block } = this;
    const expr = this.expr;
    const { from, to } = block.range;
    const [low, high, before, byScalar, byVector] = await Promise.all([
      evaluate(`${this.own} low`, expr, this.atWith(from, [from, to])),
      evaluate(`${this.own} high`, expr, this.atWith(to, [from, to])),
      evaluate(`${this.own} before`, expr, this.atWith(block.start, block.starts)),
      wholeDerivative(`${this.own} by scalar`, expr, block.scalar, this.context),
      wholeDerivative(`${this.own} by vector`, expr, block.vector, this.context),
      this.fetchPosition(),
    ]);
    if (!low || !high || !before || byScalar === undefined || byVector === undefined) return;
    this.reach = Math.max(...[...low, ...high].map(Math.abs));
    this.startedAt = before;
    this.wholes = [byScalar, byVector];
  }

  private async fetchPosition(): Promise<void> {
    const { block } = this;
    const expr = this.expr;
    const [scalar = 0, ...vector] = this.knobs;
    const at = this.atWith(scalar, vector);
    const [outputs, byScalar, byVector] = await Promise.all([
      evaluate(`${this.own} outputs`, expr, at),
      openEntries(`${this.own} scalar`, expr, block.scalar, at),
      openEntries(`${this.own} vector`, expr, block.vector, at),
    ]);
    if (!outputs || !byScalar || !byVector) return;
    this.position = { outputs, byScalar, byVector };
    this.tell();
  }

  /** The rates of a knob: a column of one of the two derivatives. */
  private rates(knob: number): readonly number[] {
    const { position } = this;
    if (position === undefined) return [];
    return position.outputs.map((_, row) => valueOf(this.entryAt(row, knob)));
  }

  private entryAt(row: number, knob: number): Entries['entries'][number] | undefined {
    const { byScalar, byVector } = this.position ?? {};
    return knob === scalarKnob ? byScalar?.entries[row] : byVector?.entries[row * byVector.columns + knob - 1];
  }

  private nameOf(knob: number): string {
    return knob === scalarKnob ? this.block.scalar : entryName(this.block.vector, knob - 1);
  }

  private tell(): void {
    const rates = this.rates(this.knob);
    const moving = rates.filter(rate => rate !== 0);
    const knob = this.nameOf(this.knob);
    const holes = {
      knob,
      moving: moving.length,
      all: rates.length,
      rates: moving.map(rate => showNumber(rate)).join(', '),
    };
    const key = moving.length === 0 ? 'knobnone' : moving.length === 1 ? 'knobone' : 'knobmany';
    const name = this.spokenName;
    const coloured = html`<span class="picture-slider-name ${this.context.colours.classOf(name)}" data-name=${name} data-from="lesson">${knob}</span>`;
    this.state(
      () => say(key, holes),
      () => saying(key, { ...holes, knob: coloured }),
    );
  }

  protected override render(): TemplateResult {
    const { position } = this;
    return this.frame(
      html`<div class="vector-picture">
        <div class="vector-pickers">
          ${choices({
            group: `${this.own}-function`,
            legend: say('function'),
            each: this.block.choices.map((text, place) => formula(this.functions[place]?.latex, text, this.context)),
            at: this.choice,
            pick: place => {
              this.moved = true;
              this.choice = place;
              void this.fetchFunction();
            },
          })}
        </div>
        ${position ? html`<div class="knobs-body">${this.bars(position)}${this.cells(position)}</div>` : nothing}
      </div>`,
      html`${this.sliders()}${this.formulas()}`,
      position ? this.table(position) : html``,
    );
  }

  /** Each output as a bar, hollow where it started, with an arrow for the rate of the knob spoken of. */
  private bars({ outputs, byScalar }: Position): TemplateResult {
    const rates = this.rates(this.knob);
    return html`<div class="knobs-bars">
      <p class="knobs-title">${say('bars')}</p>
      <ul>
        ${outputs.map(
          (value, row) => html`<li class=${rates[row] === 0 ? '' : 'knobs-moving'}>
            ${heading(byScalar.row_names[row], say('outputnumber', { number: row + 1 }), this.context)}
            <svg class="knobs-bar" aria-hidden="true">
              ${bar('knobs-start', (this.startedAt[row] ?? value) / this.reach)}
              ${bar('knobs-length', value / this.reach)}
              <line class="kink-middle" x1="50%" x2="50%" y1="0" y2="100%" />
              ${arrow(value / this.reach, rates[row] ?? 0, this.context.colours.classOf(this.spokenName))}
            </svg>
            <span class="kink-value">${showNumber(value)}</span>
          </li>`,
        )}
      </ul>
      <p class="knobs-note">${say('before')}</p>
    </div>`;
  }

  private get spokenName(): string {
    return this.knob === scalarKnob ? this.block.scalar : this.block.vector;
  }

  /** The column of the scalar and the matrix of the vector, row by row beside the bars. */
  private cells({ outputs, byScalar, byVector }: Position): TemplateResult {
    const names = [...byScalar.column_names, ...byVector.column_names];
    return html`<div class="jacobian-scroll">
      <table class="vector-cells knobs-cells" role="grid" aria-label=${say('jacobian', { legend: say('outputsdown') })} @keydown=${this.pressed}>
        <thead>
          <tr>${names.map(
            (name, knob) =>
              html`<th scope="col" class=${knob === this.knob ? 'jacobian-lit' : ''}><span data-from="lesson">${heading(name, this.nameOf(knob), this.context)}</span></th>`,
          )}</tr>
        </thead>
        <tbody>
          ${outputs.map((_, row) => html`<tr>${names.map((_name, knob) => this.cell(row, knob))}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  private cell(row: number, knob: number): TemplateResult {
    const entry = this.entryAt(row, knob);
    const value = entry?.zero ? 0 : valueOf(entry);
    const here = row === this.row && knob === this.knob;
    const choose = (): void => this.choose(row, knob);
    return html`<td role="gridcell">
      <button
        type="button"
        class="vector-cell ${shadeOf(value, entry?.zero ?? false)} ${knob === this.knob ? 'knobs-lit' : ''}"
        data-cell="${row} ${knob}"
        tabindex=${here ? 0 : -1}
        aria-label=${say('rate', { knob: this.nameOf(knob), output: row + 1, value: showNumber(value) })}
        aria-pressed=${here ? 'true' : 'false'}
        @pointerenter=${choose}
        @focus=${choose}
        @click=${choose}
      >${showNumber(value)}</button>
    </td>`;
  }

  private formulas(): TemplateResult | typeof nothing {
    if (this.wholes === undefined) return nothing;
    const inputs = this.block.starts.length;
    const captions = [say('onecolumn', { outputs: inputs }), say('grid', { outputs: inputs, inputs })];
    return html`<div class="knobs-formulas">
      ${this.wholes.map(
        (whole, place) => html`<div>
          ${equation(whole, say('whole'), this.context)}
          <p class="jacobian-where">${captions[place]}</p>
        </div>`,
      )}
    </div>`;
  }

  private sliders(): TemplateResult {
    const { range, scalar, vector } = this.block;
    const [first, ...rest] = this.knobs.map((value, knob) => {
      const speak = (): void => this.choose(this.row, knob);
      return html`<span class="knobs-knob" @focusin=${speak} @pointerenter=${speak}>${this.slider({
        name: knob === scalarKnob ? scalar : vector,
        label: this.nameOf(knob),
        value,
        from: range.from,
        to: range.to,
        step: 0.25,
        set: turned => {
          this.knobs = this.knobs.map((old, place) => (place === knob ? turned : old));
          this.knob = knob;
          void this.fetchPosition();
        },
      })}</span>`;
    });
    return html`<div class="knobs-row">${first}</div><div class="knobs-row">${rest}</div>`;
  }

  private table({ outputs, byScalar }: Position): TemplateResult {
    const knobs = this.knobs.map((_, knob) => knob);
    return html`<div class="jacobian-scroll"><table>
      <caption>${say('each')}</caption>
      <thead>
        <tr><th>${say('output')}</th><th>${say('value')}</th>${knobs.map(knob => html`<th scope="col" data-from="lesson">${this.nameOf(knob)}</th>`)}</tr>
      </thead>
      <tbody>
        ${outputs.map(
          (value, row) => html`<tr>
            <th scope="row">${heading(byScalar.row_names[row], say('outputnumber', { number: row + 1 }), this.context)}</th>
            <td>${showNumber(value, 4)}</td>
            ${knobs.map(knob => html`<td>${showNumber(valueOf(this.entryAt(row, knob)), 4)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table></div>`;
  }

  private choose(row: number, knob: number): void {
    if (row === this.row && knob === this.knob) return;
    this.row = row;
    this.knob = knob;
    this.tell();
  }

  /** One stop for Tab; inside, the arrows walk over the cells. */
  private pressed(event: KeyboardEvent): void {
    const goal = walk(event.key, { row: this.row, column: this.knob }, this.block.starts.length, this.knobs.length);
    if (goal === undefined) return;
    event.preventDefault();
    this.querySelector<HTMLButtonElement>(`[data-cell="${goal.row} ${goal.column}"]`)?.focus();
  }
}

/** How far from the left edge, in percent, a part of half the drawing ends; a little air is left at both edges. */
function across(part: number): number {
  return 50 + Math.min(Math.max(part, -1.2), 1.2) * 40;
}

/** A bar from the middle, drawn in percent: it is as wide as its place. */
function bar(kind: string, part: number): TemplateResult {
  const end = across(part);
  return svg`<rect class=${kind} x="${Math.min(50, end)}%" width="${Math.abs(end - 50)}%" y="25%" height="50%" />`;
}

/** An arrow from the end of a bar, as long as the rate. */
function arrow(part: number, rate: number, colour: string): TemplateResult | typeof nothing {
  if (rate === 0 || Number.isNaN(rate)) return nothing;
  const from = across(part);
  const to = across(part + rate * ratePart);
  const point = to > from ? 'M-7,-5L0,0L-7,5' : 'M7,-5L0,0L7,5';
  return svg`<g class="knobs-arrow ${colour}">
    <line x1="${from}%" x2="${to}%" y1="50%" y2="50%" />
    <svg x="${to}%" y="50%" overflow="visible"><path d=${point} /></svg>
  </g>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'knobs-picture': KnobsPictureElement;
  }
}
