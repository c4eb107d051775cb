import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Numbers } from '../engine/contract.ts';
import { showNumber, showNumbers } from '../lessons/numbers.ts';
import { type Block, type BlockCell, type BlockGrid, countNumbers, layBlocks } from './block-layout.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { sizer } from './sizer.ts';
import { say, saying } from '../words/entries.ts';
import { Worded } from '../words/worded.ts';

/** A derivative in numbers, at a point that was dealt. */
export interface Example {
  /** The derivative, nested as shape(value) ++ shape(variable); `undefined` where it has no numbers. */
  readonly numbers: Numbers | undefined;
  /** How many indices the variable has. */
  readonly innerOrder: number;
  readonly at: ReadonlyMap<string, Numbers>;
  readonly sizes: ReadonlyMap<string, number>;
}

/** More cells are too small to see and too many to walk through. */
const mostCells = 700;

/** From here on a cell has the next deeper shade. Fixed, so that a shade means the same at every size. */
const shades = [0, 0.5, 1, 2, 4];

/**
 * A derivative beyond matrices as a grid of blocks: a block for each entry of the value, laid out like the variable.
 * Colour says sign and size, a zero is pale. One stop for Tab; the arrows walk over all cells, and a sentence says what
 * the chosen number means. The same numbers stand below as a table. Fires `size-change`.
 */
@customElement('block-picture')
export class BlockPicture extends Worded {
  @property({ attribute: false }) example: Example | undefined;
  /** What is differentiated by. */
  @property() wrt = '';
  /** What is differentiated, in words: its derivative of an order; empty for the value. */
  @property() value = '';
  @property({ attribute: false }) colours: NameColours = noColours;

  /** The chosen cell, by its place in the picture. */
  @state() private chosen = { row: 0, column: 0 };
  @state() private tableOpen = false;

  private grid: BlockGrid | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('example')) return;
    const numbers = this.example?.numbers;
    this.grid =
      numbers === undefined || countNumbers(numbers) > mostCells
        ? undefined
        : layBlocks(numbers, this.example?.innerOrder ?? 0);
    if (!this.cellAt(this.chosen.row, this.chosen.column)) this.chosen = { row: 0, column: 0 };
  }

  protected override updated(): void {
    // Through the CSSOM: the content security policy forbids style attributes.
    for (const element of this.querySelectorAll<HTMLElement>('[data-columns]'))
      element.style.setProperty('--columns', element.dataset['columns'] ?? '1');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { example, grid } = this;
    if (!example) return nothing;
    return html`<figure class="blocks">
      <div class="blocks-head">${[...example.sizes].map(([name, size]) => sizer(this, name, size))}</div>
      ${grid ? this.drawing(grid) : this.without(example)}
      ${grid ? html`<figcaption class="blocks-about">${this.about(grid)} ${this.point(example)}</figcaption>` : nothing}
      ${grid ? this.table(grid) : nothing}
    </figure>`;
  }

  private without({ numbers }: Example): TemplateResult {
    return html`<p class="blocks-none">${
      numbers === undefined ? say('nonumbers') : say('many', { number: countNumbers(numbers).toLocaleString('en') })
    }</p>`;
  }

  private drawing(grid: BlockGrid): TemplateResult {
    return html`<div class="blocks-scroll">
      <div
        class="blocks-grid"
        role="group"
        aria-label=${say('blocksof', { value: this.subject })}
        data-columns=${grid.columns}
        @keydown=${this.pressed}
      >${grid.blocks.map(block => this.block(block))}</div>
    </div>`;
  }

  private block(block: Block): TemplateResult {
    const here = block.cells.some(cell => this.isChosen(cell));
    return html`<div class="block ${here ? 'block-here' : ''}" role="group" aria-label=${say('block', { entry: block.outer.join(', ') })}>
      <span class="block-label" aria-hidden="true">${block.outer.join(', ')}</span>
      <div class="block-cells" data-columns=${block.columns}>${block.cells.map(cell => this.cell(cell))}</div>
    </div>`;
  }

  private get subject(): string {
    return this.value || say('value');
  }

  private cell(cell: BlockCell): TemplateResult {
    const here = this.isChosen(cell);
    return html`<button
      type="button"
      class="block-cell ${shadeOf(cell.value)}"
      data-cell="${cell.row} ${cell.column}"
      tabindex=${here ? 0 : -1}
      data-from="reader"
      aria-pressed=${here ? 'true' : 'false'}
      aria-label="${this.wrt}[${cell.inner.join(', ')}]: ${showNumber(cell.value)}"
      @pointerenter=${() => this.choose(cell)}
      @focus=${() => this.choose(cell)}
      @click=${() => this.choose(cell)}
    >${showNumber(cell.value)}</button>`;
  }

  /** What the picture shows, and what the chosen number says. */
  private about(grid: BlockGrid): TemplateResult {
    const all = grid.blocks.flatMap(block => block.cells);
    const zeros = all.filter(cell => cell.value === 0).length;
    const { height, width } = grid;
    const blocks = say('count', { count: grid.blocks.length, height, width });
    const cell = this.cellAt(this.chosen.row, this.chosen.column);
    return html`<p>${blocks}; ${zeros === 0 ? say('nozeros', { all: all.length }) : say('zeros', { count: zeros, all: all.length })}</p>
      ${cell ? html`<p aria-live="polite">${this.meaning(cell)}</p>` : nothing}`;
  }

  private meaning({ outer, inner, value }: BlockCell): readonly unknown[] {
    const name = html`<span class="blocks-name ${this.colours.classOf(this.wrt)}" data-name=${this.wrt} data-from="reader"
      >${inner.length > 0 ? `${this.wrt}[${inner.join(', ')}]` : this.wrt}</span>`;
    const holes = { name, entry: outer.join(', '), value: this.subject };
    if (value === 0) return saying('stays', holes);
    return Number.isNaN(value) ? saying('norate', holes) : saying('moves', { ...holes, rate: showNumber(value) });
  }

  /** The numbers that were dealt. */
  private point({ at }: Example): TemplateResult {
    const point = [...at].map(
      ([name, numbers], place) => html`${place > 0 ? ', ' : ''}<span
          class="blocks-name ${this.colours.classOf(name)}"
          data-name=${name}
          data-from="reader"
        >${name}</span> = ${showNumbers(numbers)}`,
    );
    return html`<p class="blocks-point">${saying('at', { point })}</p>`;
  }

  private table(grid: BlockGrid): TemplateResult {
    const first = grid.blocks[0]?.cells ?? [];
    return html`<details
      class="blocks-table"
      @toggle=${(event: Event) => {
        this.tableOpen = event.target instanceof HTMLDetailsElement && event.target.open;
      }}
    >
      <summary>${say('table')}</summary>
      ${
        this.tableOpen
          ? html`<div class="blocks-table-scroll" tabindex="0" role="region" aria-label=${say('table')}><table>
              <thead><tr>
                <th scope="col">${say('head')}</th>
                ${first.map(cell => html`<th scope="col" data-from="reader">${this.wrt}[${cell.inner.join(', ')}]</th>`)}
              </tr></thead>
              <tbody>${grid.blocks.map(
                block => html`<tr>
                  <th scope="row">${block.outer.join(', ')}</th>
                  ${block.cells.map(cell => html`<td>${showNumber(cell.value, 4)}</td>`)}
                </tr>`,
              )}</tbody>
            </table></div>`
          : nothing
      }
    </details>`;
  }

  private isChosen(cell: BlockCell): boolean {
    return cell.row === this.chosen.row && cell.column === this.chosen.column;
  }

  private cellAt(row: number, column: number): BlockCell | undefined {
    const { grid } = this;
    if (!grid || row < 0 || column < 0 || column >= grid.columns * grid.width) return undefined;
    const block = grid.blocks[Math.floor(row / grid.height) * grid.columns + Math.floor(column / grid.width)];
    return block?.cells[(row % grid.height) * grid.width + (column % grid.width)];
  }

  private choose({ row, column }: BlockCell): void {
    if (row !== this.chosen.row || column !== this.chosen.column) this.chosen = { row, column };
  }

  private pressed(event: KeyboardEvent): void {
    const { row, column } = this.chosen;
    const last = this.grid?.blocks.at(-1)?.cells.at(-1);
    const goals = new Map([
      ['ArrowLeft', [row, column - 1]],
      ['ArrowRight', [row, column + 1]],
      ['ArrowUp', [row - 1, column]],
      ['ArrowDown', [row + 1, column]],
      ['Home', [0, 0]],
      ['End', [last?.row ?? 0, last?.column ?? 0]],
    ]);
    const [down, across] = goals.get(event.key) ?? [];
    if (down === undefined || across === undefined) return;
    event.preventDefault();
    const goal = this.cellAt(down, across);
    if (goal) this.querySelector<HTMLButtonElement>(`[data-cell="${goal.row} ${goal.column}"]`)?.focus();
  }
}

/** The classes of a cell: by sign and by size; the number in it says the same. */
function shadeOf(value: number): string {
  if (value === 0 || Number.isNaN(value)) return 'block-zero';
  const shade = shades.filter(least => Math.abs(value) > least).length;
  return `${value < 0 ? 'block-below' : 'block-above'} block-shade-${shade}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'block-picture': BlockPicture;
  }
}
