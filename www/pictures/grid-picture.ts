import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Answer } from '../engine/contract.ts';
import type { Point } from '../lessons/blocks.ts';
import { flatten, showNumber } from '../lessons/numbers.ts';
import type { GridPicture } from '../lessons/pictures/grid.ts';
import { say } from '../words/pictures.ts';
import './grid.css';
import { Picture } from './picture.ts';

/** From here on a cell has the next deeper shade. Fixed, so that a shade means the same wherever the sliders stand. */
const shades = [0, 0.1, 0.5, 1.5, 4];

const arrows = new Map([
  ['ArrowLeft', [0, -1]],
  ['ArrowRight', [0, 1]],
  ['ArrowUp', [-1, 0]],
  ['ArrowDown', [1, 0]],
] as const);

/** What the engine said about one position of the sliders. */
interface Position {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Row by row. */
  readonly cells: readonly number[];
}

/** A derivative that is a matrix, cell by cell, between the numbers of its rows and of its columns. */
@customElement('grid-picture')
export class GridPictureElement extends Picture {
  @property({ attribute: false }) block!: GridPicture;

  @state() private slid: ReadonlyMap<string, readonly number[]> = new Map();
  @state() private position: Position | undefined;
  @state() private chosen = { row: 0, column: 0 };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    const { at, slide } = this.block;
    this.slid = new Map(at.filter(([name]) => slide.includes(name)).map(([name, value]) => [name, numbersIn(value)]));
    void this.fetchPosition();
  }

  private async fetchPosition(): Promise<void> {
    const { expr, wrt, rows, columns, at: given } = this.block;
    const { vars, engine } = this.context;
    const at = new Map<string, Point>([...given, ...this.slid]);
    const [derived, left, above] = await Promise.all([
      engine.latest<Answer>(`${this.own} cells`, { expr, wrt, vars, at, detail: 'result' }),
      engine.latest<Answer>(`${this.own} rows`, { op: 'eval', expr: rows.expr, vars, at }),
      engine.latest<Answer>(`${this.own} columns`, { op: 'eval', expr: columns.expr, vars, at }),
    ]);
    if (!derived?.ok || !left?.ok || !above?.ok) return;
    this.position = {
      cells: flatten(derived.jacobian ?? []),
      rows: flatten(left.value ?? []),
      columns: flatten(above.value ?? []),
    };
    this.tell();
  }

  private cellAt(row: number, column: number): number {
    return this.position?.cells[row * this.position.columns.length + column] ?? Number.NaN;
  }

  private tell(): void {
    const { position, block } = this;
    if (position === undefined) return;
    const { row, column } = this.chosen;
    const [left, above] = [position.rows[row] ?? Number.NaN, position.columns[column] ?? Number.NaN];
    const holes = {
      row: entryName(block.rows.name, row),
      column: entryName(block.columns.name, column),
      value: showNumber(this.cellAt(row, column)),
    };
    if (!block.product) this.state(() => say('pushes', holes));
    else if (above === 0) this.state(() => say('emptycolumn', holes));
    else if (left === 0) this.state(() => say('emptyrow', holes));
    else this.state(() => say('times', { ...holes, left: showNumber(left), above: showNumber(above) }));
  }

  protected override render(): TemplateResult {
    return this.frame(this.drawing(), html`${this.knobs()}`, this.table());
  }

  private drawing(): TemplateResult {
    const { rows = [], columns = [] } = this.position ?? {};
    const { block } = this;
    return html`<div class="jacobian-scroll">
      <table class="jacobian-cells grid-cells" role="grid" aria-label=${say('gridof', { expr: block.expr, name: block.wrt })} @keydown=${this.pressed}>
        <thead>
          <tr>
            <td></td>
            ${columns.map((value, column) => this.head('col', block.columns.name, column, value))}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (value, row) => html`<tr>
              ${this.head('row', block.rows.name, row, value)}
              ${columns.map((_, column) => this.cell(row, column))}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private head(scope: 'row' | 'col', name: string, place: number, value: number): TemplateResult {
    const lit = this.chosen[scope === 'row' ? 'row' : 'column'] === place;
    return html`<th scope=${scope} class=${lit ? 'jacobian-lit' : ''} data-from="lesson">
      <span class="grid-name ${this.context.colours.classOf(name)}" data-name=${name}>${entryName(name, place)}</span>
      = ${showNumber(value)}
    </th>`;
  }

  private cell(row: number, column: number): TemplateResult {
    const value = this.cellAt(row, column);
    const here = row === this.chosen.row && column === this.chosen.column;
    const shade = shades.filter(least => Math.abs(value) > least).length;
    const names = { row: entryName(this.block.rows.name, row), column: entryName(this.block.columns.name, column) };
    return html`<td role="gridcell">
      <button
        type="button"
        class="jacobian-cell ${value < 0 ? 'shade-below' : 'shade-above'} shade-${shade}"
        data-cell="${row} ${column}"
        tabindex=${here ? 0 : -1}
        aria-label=${say('gridcell', { ...names, value: showNumber(value) })}
        aria-pressed=${here ? 'true' : 'false'}
        @pointerenter=${() => this.choose(row, column)}
        @focus=${() => this.choose(row, column)}
        @click=${() => this.choose(row, column)}
      >${showNumber(value)}</button>
    </td>`;
  }

  private knobs(): TemplateResult[] {
    const { from, to } = this.block.range;
    return [...this.slid].flatMap(([name, values]) =>
      values.map((value, place) =>
        this.slider({
          name,
          label: entryName(name, place),
          value,
          from,
          to,
          step: 0.1,
          set: moved => {
            this.slid = new Map([...this.slid, [name, values.map((old, other) => (other === place ? moved : old))]]);
            void this.fetchPosition();
          },
        }),
      ),
    );
  }

  private table(): TemplateResult {
    const { rows = [], columns = [] } = this.position ?? {};
    const { block } = this;
    return html`<table>
      <thead>
        <tr data-from="lesson"><th>${block.rows.name}</th><th>${block.columns.name}</th><th>${block.wrt === block.columns.name ? '∂' : block.wrt}</th></tr>
      </thead>
      <tbody>
        ${rows.map((left, row) =>
          columns.map(
            (above, column) => html`<tr data-from="lesson">
              <td>${entryName(block.rows.name, row)} = ${showNumber(left)}</td>
              <td>${entryName(block.columns.name, column)} = ${showNumber(above)}</td>
              <td>${showNumber(this.cellAt(row, column), 4)}</td>
            </tr>`,
          ),
        )}
      </tbody>
    </table>`;
  }

  private choose(row: number, column: number): void {
    if (row === this.chosen.row && column === this.chosen.column) return;
    this.chosen = { row, column };
    this.tell();
  }

  /** One stop for Tab; inside, the arrows walk over the cells. */
  private pressed(event: KeyboardEvent): void {
    const [down, across] = arrows.get(event.key as 'ArrowLeft') ?? [];
    if (down === undefined || across === undefined) return;
    event.preventDefault();
    const goal = `${this.chosen.row + down} ${this.chosen.column + across}`;
    this.querySelector<HTMLButtonElement>(`[data-cell="${goal}"]`)?.focus();
  }
}

/** `x₂` for the second entry of x. */
function entryName(name: string, place: number): string {
  return name + [...String(place + 1)].map(digit => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
}

function numbersIn(value: Point): number[] {
  return typeof value === 'number' ? [value] : value.flatMap(numbersIn);
}

declare global {
  interface HTMLElementTagNameMap {
    'grid-picture': GridPictureElement;
  }
}
