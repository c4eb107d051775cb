import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../elements/tex-math.ts';
import { engine } from '../engine/client.ts';
import type { Entries, Parsed } from '../engine/contract.ts';
import { showNumber } from '../lessons/numbers.ts';
import type { FactorsPicture } from '../lessons/pictures/factors.ts';
import { single } from './paths.ts';
import { entryName, walk } from './cells.ts';
import { Picture } from './picture.ts';
import { shadeOf } from './shades.ts';
import { bracketed, equals } from './terms.ts';
import { evaluate } from './values.ts';
import { say } from '../words/pictures.ts';

/** A row or a column of a box that shows a shape, in the drawing's units. */
const unit = 20;

/** One cell: its number, and whether it is 0 wherever the inputs stand. */
interface Cell {
  readonly value: number;
  readonly zero: boolean;
}

/** Rows of cells. */
type Cells = readonly (readonly Cell[])[];

/** The outer Jacobian, the inner one, and their product. */
interface Position {
  readonly outer: Cells;
  readonly inner: Cells;
  readonly product: Cells;
}

/** What a side of a map counts. */
type Side = 'outputs' | 'inside' | 'inputs';

/** What stands beside a map: its rows' and its columns' names, and what they count. */
interface Sides {
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly down: Side;
  readonly across: Side;
}

/** Two Jacobians and their product as maps of cells: an entry of the product is its row times its column. */
@customElement('factors-picture')
export class FactorsPictureElement extends Picture {
  @property({ attribute: false }) block!: FactorsPicture;

  @state() private at: readonly number[] = [];
  @state() private position: Position | undefined;
  /** The chosen entry of the product. */
  @state() private row = 0;
  @state() private column = 0;
  /** Typeset functions and names, by their text. */
  @state() private typeset: ReadonlyMap<string, string> = new Map();

  /** Counts positions: what comes late is not shown. */
  private turn = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.at = this.block.at;
    this.row = 0;
    this.column = 0;
    void this.fetchNames();
    void this.fetchPosition();
  }

  /** `g[1]`, `g[2]`, …: what the outer functions see. */
  private get between(): readonly string[] {
    return this.block.inner.map((_, place) => `${this.block.through}[${place + 1}]`);
  }

  private async fetchNames(): Promise<void> {
    const { outer, inner, inputs, through } = this.block;
    const texts = [...outer, ...inner, ...inputs, ...this.between];
    const vars = new Map<string, readonly number[]>([
      ...inputs.map(input => [input, []] as const),
      [through, [inner.length]],
    ]);
    const answers = await Promise.all(texts.map(expr => engine.call<Parsed>({ op: 'parse', expr, vars })));
    this.typeset = new Map(
      texts.flatMap((text, place) => {
        const answer = answers[place];
        return answer?.ok ? [[text, answer.latex] as const] : [];
      }),
    );
  }

  private async fetchPosition(): Promise<void> {
    const turn = ++this.turn;
    const { outer, inner, inputs, through } = this.block;
    const at = new Map(inputs.map((input, place) => [input, this.at[place] ?? 0] as const));
    const outside = `[${outer.join(', ')}]`;
    const inside = `[${inner.join(', ')}]`;
    const values = await evaluate(`${this.own} values`, inside, at);
    if (values === undefined) return;
    const vars = new Map(inputs.map(input => [input, []]));
    const [first, second, third] = await Promise.all([
      this.fetchCells('outer', {
        expr: outside,
        wrt: through,
        vars: new Map([[through, [inner.length]]]),
        at: new Map([[through, values]]),
      }),
      this.fetchCells('inner', { expr: inside, wrt: inputs, vars, at }),
      this.fetchCells('product', { expr: `${outside} where ${through} = ${inside}`, wrt: inputs, vars, at }),
    ]);
    if (turn !== this.turn || !first || !second || !third) return;
    this.position = { outer: first, inner: second, product: third };
    this.tell();
  }

  private async fetchCells(what: string, question: object): Promise<Cells | undefined> {
    const answer = await engine.latest<Entries>(`${this.own} ${what}`, { op: 'entries', ...question });
    if (!answer?.ok) return undefined;
    const { entries, rows, columns } = answer;
    const cells = entries.map(({ value, zero }) => ({ value: single(value), zero }));
    return Array.from({ length: rows }, (_, row) => cells.slice(row * columns, (row + 1) * columns));
  }

  /** The sum that makes the chosen entry, and how many of its terms are a path from the input to the output. */
  private tell(): void {
    const { position } = this;
    if (!position) return;
    this.state(() => {
      const holes = {
        row: this.row + 1,
        column: this.column + 1,
        sum: this.sumOf(this.row, this.column),
        input: this.block.inputs[this.column] ?? '',
      };
      const row = position.outer[this.row] ?? [];
      const count = row.filter(({ zero }, place) => !zero && !position.inner[place]?.[this.column]?.zero).length;
      return count === 0 ? say('nofactors', holes) : say('factors', { ...holes, count });
    });
  }

  /** `1 · 2 + 0 · 3 = 2`, every number the engine's. */
  private sumOf(row: number, column: number): string {
    const { outer = [], inner = [], product = [] } = this.position ?? {};
    const pairs = (outer[row] ?? []).map(({ value }, place) => [value, inner[place]?.[column]?.value ?? Number.NaN]);
    const terms = pairs.map(
      ([left = Number.NaN, right = Number.NaN], place) => `${bracketed(left, place > 0)} · ${bracketed(right, true)}`,
    );
    const sum = product[row]?.[column]?.value ?? Number.NaN;
    return `${terms.join(' + ')} ${equals([...pairs.flat(), sum])} ${showNumber(sum)}`;
  }

  protected override render(): TemplateResult {
    const { range, inputs } = this.block;
    return this.frame(
      this.drawing(),
      html`${inputs.map((name, place) =>
        this.slider({
          name,
          value: this.at[place] ?? 0,
          from: range.from,
          to: range.to,
          step: 0.05,
          set: value => {
            this.at = this.at.map((old, other) => (other === place ? value : old));
            void this.fetchPosition();
          },
        }),
      )}`,
      this.table(),
    );
  }

  private drawing(): TemplateResult {
    const { position } = this;
    if (!position) return html`<div class="factors"></div>`;
    const { outer, inner, inputs, through } = this.block;
    const by = inputs.length === 1 ? inputs[0] : `(${inputs.join(', ')})`;
    const lit = (row: number, column: number) => row === this.row && column === this.column;
    return html`<div class="factors" @keydown=${this.pressed}>
      ${this.map(position.outer, { title: `∂f/∂${through}`, rows: outer, columns: this.between, down: 'outputs', across: 'inside' }, row => row === this.row)}
      <span class="factors-sign" aria-hidden="true">·</span>
      ${this.map(position.inner, { title: `∂${through}/∂${by}`, rows: inner, columns: inputs, down: 'inside', across: 'inputs' }, (_, column) => column === this.column)}
      <span class="factors-sign" aria-hidden="true">=</span>
      ${this.map(position.product, { title: `∂f/∂${by}`, rows: outer.map((_, place) => entryName('f', place)), columns: inputs, down: 'outputs', across: 'inputs' }, lit)}
    </div>`;
  }

  private map(cells: Cells, sides: Sides, lit: (row: number, column: number) => boolean): TemplateResult {
    const { down, across } = sides;
    const chosen = down !== 'inside' && across !== 'inside';
    const [rows, columns] = [cells.length, cells[0]?.length ?? 0];
    return html`<div class="factors-map">
      <p class="factors-title" data-from="lesson">${sides.title}</p>
      <div class="factors-scroll">
        <table class="factors-cells" role=${chosen ? 'grid' : 'table'} aria-label=${say('sizes', { name: sides.title, down: say(down), across: say(across) })}>
          <thead>
            <tr><td></td>${sides.columns.map(text => html`<th scope="col">${this.formula(text)}</th>`)}</tr>
          </thead>
          <tbody>
            ${cells.map(
              (row, place) => html`<tr>
                <th scope="row">${this.formula(sides.rows[place] ?? '')}</th>
                ${row.map((cell, column) => this.cell(cell, place, column, lit(place, column), chosen))}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div class="factors-shape">
        ${this.box(rows, columns, sides)}
        <p>${rows} × ${columns}: ${this.side(down)} × ${this.side(across)}</p>
      </div>
    </div>`;
  }

  private cell({ value, zero }: Cell, row: number, column: number, lit: boolean, chosen: boolean): TemplateResult {
    const kind = `factors-cell ${shadeOf(value, zero)} ${lit ? 'factors-lit' : ''}`;
    if (!chosen) return html`<td><span class=${kind}>${showNumber(value)}</span></td>`;
    return html`<td role="gridcell">
      <button
        type="button"
        class=${kind}
        data-entry="${row} ${column}"
        tabindex=${lit ? 0 : -1}
        aria-label=${say('cell', { output: row + 1, input: column + 1, value: showNumber(value) })}
        aria-pressed=${lit ? 'true' : 'false'}
        @pointerenter=${() => this.choose(row, column)}
        @focus=${() => this.choose(row, column)}
        @click=${() => this.choose(row, column)}
      >${showNumber(value)}</button>
    </td>`;
  }

  /** What a side counts; the inner sides are marked in the words as they are in the box. */
  private side(side: Side): TemplateResult {
    return html`<span class=${side === 'inside' ? 'factors-meet' : ''}>${say(side)}</span>`;
  }

  /** The shape as a box; the two sides that must fit, and vanish in the product, are drawn thick. */
  private box(rows: number, columns: number, { down, across }: Sides): TemplateResult {
    const width = columns * unit;
    const height = rows * unit;
    const thick = across === 'inside' ? `M2,2H${width + 2}` : down === 'inside' ? `M2,2V${height + 2}` : '';
    return html`<svg class="factors-box" width=${width + 4} height=${height + 4} aria-hidden="true">
      <rect x="2" y="2" width=${width} height=${height} /><path class="factors-inner" d=${thick} />
    </svg>`;
  }

  private formula(text: string): TemplateResult {
    const latex = this.typeset.get(text);
    return latex === undefined
      ? html`<span class="factors-name" data-from="lesson">${text}</span>`
      : html`<tex-math .latex=${latex} .colours=${this.context.colours}></tex-math>`;
  }

  private table(): TemplateResult {
    const { product = [] } = this.position ?? {};
    return html`<table>
      <caption>${say('rowtimescolumn')}</caption>
      <thead><tr><th>${say('output')}</th><th>${say('input')}</th><th>${say('sum')}</th></tr></thead>
      <tbody>
        ${product.map((row, place) =>
          row.map(
            (_, column) => html`<tr>
              <td>${place + 1}</td><td data-from="lesson">${this.block.inputs[column]}</td><td>${this.sumOf(place, column)}</td>
            </tr>`,
          ),
        )}
      </tbody>
    </table>`;
  }

  private choose(row: number, column: number): void {
    if (row === this.row && column === this.column) return;
    this.row = row;
    this.column = column;
    this.tell();
  }

  /** One stop for Tab; inside, the arrows walk over the entries of the product. */
  private pressed(event: KeyboardEvent): void {
    const goal = walk(
      event.key,
      { row: this.row, column: this.column },
      this.block.outer.length,
      this.block.inputs.length,
    );
    if (goal === undefined) return;
    event.preventDefault();
    this.querySelector<HTMLButtonElement>(`[data-entry="${goal.row} ${goal.column}"]`)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'factors-picture': FactorsPictureElement;
  }
}
