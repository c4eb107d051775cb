import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { prose } from '../elements/prose.ts';
import type { Entries, Entry } from '../engine/contract.ts';
import { valueMap } from '../lessons/context.ts';
import { showNumber } from '../lessons/numbers.ts';
import type { OperatorsPicture } from '../lessons/pictures/operators.ts';
import { entryName, valueOf, walk } from './cells.ts';
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
import { type At, openEntries } from './values.ts';
import { say, saying } from '../words/pictures.ts';

/** What the engine said about one function, taken by one vector, at one point. */
interface CellMap {
  readonly reading: Reading;
  readonly by: string;
  readonly entries: Entries;
}

/**
 * The Jacobian of a vector function as a map of cells, below the numbers that go in. The learner picks the function and
 * what it is differentiated by; a cell is chosen by a click or with the arrows, and the entries of its column get sliders.
 * Pointing alone chooses nothing: on its way to the sliders the pointer crosses other cells.
 */
@customElement('operators-picture')
export class OperatorsPictureElement extends Picture {
  @property({ attribute: false }) block!: OperatorsPicture;

  @state() private functions: readonly Reading[] = [];
  @state() private inputs: readonly Reading[] = [];
  @state() private choice = 0;
  @state() private by = 0;
  @state() private at: At = new Map();
  @state() private map: CellMap | undefined;
  /** The derivative as a whole, of any size. */
  @state() private whole: Whole | undefined;
  /** What was found so far, by function and operand: it fills a table as the learner picks. */
  @state() private found: ReadonlyMap<string, string> = new Map();
  @state() private chosen = { row: 0, column: 0 };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.at = valueMap(this.block.at);
    this.choice = 0;
    this.by = 0;
    this.found = new Map();
    void this.start();
  }

  private async start(): Promise<void> {
    const { block } = this;
    const [functions, inputs] = await Promise.all([
      readFunctions(block.choices, this.context),
      readFunctions(block.by, this.context),
    ]);
    if (block !== this.block) return;
    this.functions = functions;
    this.inputs = inputs;
    await Promise.all([this.fetchMap(), this.fetchWhole()]);
  }

  protected override languageChanged(): void {
    void this.start();
  }

  private async fetchMap(): Promise<void> {
    const reading = this.functions[this.choice];
    const by = this.block.by[this.by];
    if (reading === undefined || by === undefined) return;
    const used = new Map([...this.at].filter(([name]) => uses(reading, name)));
    const entries = await openEntries(`${this.own} entries`, reading.text, by, used);
    if (entries === undefined) return;
    this.map = { reading, by, entries };
    this.tell(this.map);
  }

  private async fetchWhole(): Promise<void> {
    const expr = this.block.choices[this.choice];
    const by = this.block.by[this.by];
    if (expr === undefined || by === undefined) return;
    const whole = await wholeDerivative(`${this.own} whole`, expr, by, this.context);
    if (whole === undefined) return;
    this.whole = whole;
    this.found = new Map([...this.found, [`${expr} ${by}`, whole.result]]);
  }

  /** Whether only the diagonal can move is read off the entries: the engine marks those that are 0 for good. */
  private tell({ by, entries }: CellMap): void {
    const beside = entries.entries.filter(
      (_, place) => Math.floor(place / entries.columns) !== place % entries.columns,
    );
    const moving = beside.filter(entry => !entry.zero).length;
    const pattern = moving === 0 ? 'diagonal' : 'beyonddiagonal';
    const holes = { moving, all: beside.length };
    const typeset = formula(this.inputs[this.by]?.latex, by, this.context);
    this.state(
      () => say(pattern, { ...holes, name: by }),
      () => saying(pattern, { ...holes, name: typeset }),
    );
  }

  protected override render(): TemplateResult {
    return this.frame(
      html`<div class="vector-picture">${this.pickers()}${this.map ? this.drawing(this.map) : nothing}</div>`,
      html`${this.map ? this.sliders(this.map) : nothing}${this.narrow ? this.results() : nothing}`,
      this.map ? this.table(this.map) : html``,
    );
  }

  private pickers(): TemplateResult {
    const pick = (set: () => void): void => {
      this.moved = true;
      set();
      void this.fetchMap();
      void this.fetchWhole();
    };
    return html`<div class="vector-pickers">
      ${choices({
        group: `${this.own}-function`,
        legend: say('function'),
        each: this.block.choices.map((text, place) => formula(this.functions[place]?.latex, text, this.context)),
        at: this.choice,
        pick: place => pick(() => (this.choice = place)),
      })}
      ${
        this.block.by.length < 2
          ? nothing
          : choices({
              group: `${this.own}-by`,
              legend: say('differentiateby'),
              each: this.block.by.map((text, place) => formula(this.inputs[place]?.latex, text, this.context)),
              at: this.by,
              pick: place => pick(() => (this.by = place)),
            })
      }
    </div>`;
  }

  private drawing(map: CellMap): TemplateResult {
    const { entries } = map;
    return html`
      <div class="vector-body">
        <div class="jacobian-scroll">
          <table class="vector-cells" role="grid" aria-label=${say('jacobian', { legend: say('outputsdown') })} @keydown=${this.pressed}>
            <thead>
              ${this.vectorsIn(map).map(([name, values]) => this.strip(map, name, values))}
              <tr>
                <td></td>
                ${entries.column_names.map((name, column) => this.nameCell(name, 'col', column))}
              </tr>
            </thead>
            <tbody>
              ${entries.row_names.map(
                (name, row) => html`<tr>
                  ${this.nameCell(name, 'row', row)}
                  ${entries.column_names.map((_, column) => this.cell(map, row, column))}
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
        ${this.about(map)}
      </div>
    `;
  }

  /** The vectors of the function, with their numbers. */
  private vectorsIn({ reading }: CellMap): readonly (readonly [string, readonly number[]])[] {
    return [...this.at].flatMap(([name, value]) => {
      if (!uses(reading, name) || typeof value === 'number') return [];
      const numbers = value.filter(entry => typeof entry === 'number');
      return numbers.length === value.length ? [[name, numbers] as const] : [];
    });
  }

  /** A vector's numbers, each above the column it belongs to. */
  private strip({ reading }: CellMap, name: string, values: readonly number[]): TemplateResult {
    return html`<tr class="vector-strip ${this.context.colours.classOf(name)}" data-name=${name}>
      <th scope="row" data-from="lesson">${heading(reading.names.find(each => each.name === name)?.latex, name, this.context)}</th>
      ${values.map((value, column) => html`<td class=${column === this.chosen.column ? 'vector-lit' : ''}>${showNumber(value)}</td>`)}
    </tr>`;
  }

  private nameCell(latex: string, scope: 'row' | 'col', place: number): TemplateResult {
    const lit = place === (scope === 'row' ? this.chosen.row : this.chosen.column);
    const number = place + 1;
    const spoken = scope === 'row' ? say('outputnumber', { number }) : say('inputnumber', { number });
    return html`<th scope=${scope} class=${lit ? 'jacobian-lit' : ''}>${heading(latex, spoken, this.context)}</th>`;
  }

  private cell({ entries }: CellMap, row: number, column: number): TemplateResult {
    const entry = entries.entries[row * entries.columns + column];
    const here = row === this.chosen.row && column === this.chosen.column;
    // What is 0 for good is 0 also where the numbers of the formula are not: 0 / 0 is never asked.
    const value = entry?.zero ? 0 : valueOf(entry);
    const choose = (): void => this.choose(row, column);
    return html`<td role="gridcell">
      <button
        type="button"
        class="vector-cell ${shadeOf(value, entry?.zero ?? false)}"
        data-cell="${row} ${column}"
        tabindex=${here ? 0 : -1}
        aria-label=${say('cell', { output: row + 1, input: column + 1, value: showNumber(value) })}
        aria-pressed=${here ? 'true' : 'false'}
        @focus=${choose}
        @click=${choose}
      >${showNumber(value)}</button>
    </td>`;
  }

  private about({ entries }: CellMap): TemplateResult {
    const entry = entries.entries[this.chosen.row * entries.columns + this.chosen.column];
    return html`<div class="vector-about">
      ${this.whole ? equation(this.whole, say('whole'), this.context) : nothing}
      ${entry ? this.aboutCell(entry) : nothing}
      ${this.narrow ? nothing : this.results()}
    </div>`;
  }

  private aboutCell(entry: Entry): TemplateResult {
    const { row, column } = this.chosen;
    return html`
      <p class="jacobian-where">${say('where', { output: row + 1, input: column + 1 })}</p>
      <tex-math display label=${say('thecell')} .latex=${`${entry.question} = ${entry.latex}`} .colours=${this.context.colours}></tex-math>
      ${entry.reason ? html`<p class="jacobian-reason" data-from="engine">${prose(entry.reason, this.context.colours)}</p>` : nothing}
    `;
  }

  /** Every function by every operand: a place is empty until it was looked at. */
  private results(): TemplateResult | typeof nothing {
    const { by, choices: all } = this.block;
    if (by.length < 2) return nothing;
    return html`<table class="vector-results">
      <caption>${say('found')}</caption>
      <thead>
        <tr>
          <td></td>
          ${by.map(name => html`<th scope="col">${saying('by', { name: formula(this.latexOf(name), name, this.context) })}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${all.map(
          (expr, choice) => html`<tr>
            <th scope="row" data-from="lesson">${formula(this.functions[choice]?.latex, expr, this.context)}</th>
            ${by.map((name, place) => {
              const result = this.found.get(`${expr} ${name}`);
              const here = choice === this.choice && place === this.by ? 'vector-lit' : '';
              return result === undefined
                ? html`<td class="vector-notyet ${here}">${say('notyet')}</td>`
                : html`<td class=${here}>${formula(result, '', this.context)}</td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private latexOf(name: string): string | undefined {
    return this.inputs[this.block.by.indexOf(name)]?.latex;
  }

  /** Sliders for what stands above the chosen column: two or three, not one for every number. */
  private sliders(map: CellMap): TemplateResult {
    const { column } = this.chosen;
    return html`${this.vectorsIn(map).map(([name, values]) =>
      this.slider({
        name,
        label: entryName(name, column),
        value: values[column] ?? 0,
        from: this.block.range.from,
        to: this.block.range.to,
        step: 0.25,
        set: value => {
          const moved = values.map((old, place) => (place === column ? value : old));
          this.at = new Map([...this.at, [name, moved]]);
          void this.fetchMap();
        },
      }),
    )}`;
  }

  private table({ by, entries }: CellMap): TemplateResult {
    return html`<table>
      <caption>${say('each')}</caption>
      <thead><tr><td></td>${entries.column_names.map((_, column) => html`<th scope="col" data-from="lesson">${entryName(by, column)}</th>`)}</tr></thead>
      <tbody>
        ${entries.row_names.map(
          (name, row) => html`<tr>
            <th scope="row">${heading(name, say('outputnumber', { number: row + 1 }), this.context)}</th>
            ${entries.column_names.map((_, column) => {
              const entry = entries.entries[row * entries.columns + column];
              return html`<td>${showNumber(entry?.zero ? 0 : valueOf(entry), 4)}</td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private choose(row: number, column: number): void {
    if (row === this.chosen.row && column === this.chosen.column) return;
    this.chosen = { row, column };
  }

  /** One stop for Tab; inside, the arrows walk over the cells. */
  private pressed(event: KeyboardEvent): void {
    const { rows, columns } = this.map?.entries ?? { rows: 1, columns: 1 };
    const goal = walk(event.key, this.chosen, rows, columns);
    if (goal === undefined) return;
    event.preventDefault();
    this.querySelector<HTMLButtonElement>(`[data-cell="${goal.row} ${goal.column}"]`)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'operators-picture': OperatorsPictureElement;
  }
}
