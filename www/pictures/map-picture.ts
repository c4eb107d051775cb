import { html, nothing, svg, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { labelPlace, type LevelLines, levelLines } from '../draw/contours.ts';
import type { Frame } from '../draw/frame.ts';
import { type Grid, gridOver } from '../draw/grid.ts';
import { evenLevels } from '../draw/levels.ts';
import { plainNumber } from '../draw/text.ts';
import type { Range } from '../lessons/blocks.ts';
import { Picture } from './picture.ts';
import { axes, type Box, scalesOf } from './plot.ts';
import { evaluateGrid, spread } from './values.ts';

/** The map's plotting area is a square, so that right angles on it are right angles. */
export const mapBox: Box = { width: 400, height: 394, left: 34, right: 12, top: 14, bottom: 26 };
const fineness = 41;
const levelCount = 7;

/** A place in the plane of the two inputs. */
export type Place = readonly [number, number];

/** What a map's block says. */
export interface MapBlock {
  readonly expr: string;
  readonly inputs: readonly [string, string];
  readonly range: Range;
}

interface Ground {
  readonly lines: readonly LevelLines[];
  readonly low: number;
  readonly high: number;
}

/**
 * What pictures over the plane of two inputs share: contour lines of a function, axes in the inputs' colours, and a
 * place that can be dragged.
 */
export abstract class MapPicture extends Picture {
  /** The function's contour lines, and the values between which it stays. */
  @state() protected ground: Ground = { lines: [], low: -1, high: 1 };

  protected abstract get map(): MapBlock;

  /** The reader took hold of a place, or moves it. */
  protected abstract dragged(place: Place, first: boolean): void;

  protected get frameOfMap(): Frame {
    const { from, to } = this.map.range;
    const { x, y } = scalesOf(mapBox, [from, to], [from, to]);
    const right = mapBox.width - mapBox.right;
    const bottom = mapBox.height - mapBox.bottom;
    return { left: mapBox.left, top: mapBox.top, right, bottom, x, y };
  }

  protected async fetchGround(): Promise<void> {
    const map = this.map;
    const frame = this.frameOfMap;
    const grid = gridOver(frame, fineness, fineness);
    const [across, up] = [alongColumns(grid), alongRows(grid)];
    const values = await evaluateGrid(map.expr, [map.inputs[0], across], [map.inputs[1], up]);
    if (values === undefined || map !== this.map) return;
    // The outermost points lie off the map.
    const inside = values.filter((_, place) => isInside(grid, place));
    const finite = inside.filter(Number.isFinite);
    this.ground = {
      lines: levelLines(frame, grid, values, evenLevels(inside, levelCount)),
      low: finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
      high: finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    };
  }

  /** The map with whatever is drawn `over` its lines and `beside` them, unclipped. */
  protected drawMap(label: string, over: unknown, beside: unknown = nothing): TemplateResult {
    const frame = this.frameOfMap;
    const [across, up] = this.map.inputs;
    return html`<svg
      class="picture-drawing picture-draggable"
      viewBox="0 0 ${mapBox.width} ${mapBox.height}"
      role="img"
      aria-label=${label}
      @pointerdown=${this.grab}
      @pointermove=${this.drag}
    >
      <clipPath id="${this.own}-map">
        <rect x=${frame.left} y=${frame.top} width=${frame.right - frame.left} height=${frame.bottom - frame.top} />
      </clipPath>
      <g clip-path="url(#${this.own}-map)">${this.ground.lines.map(({ lines }) => svg`<path class="map-line" d=${ringsOf(lines)} />`)}</g>
      ${axes(mapBox, frame.x, frame.y)}
      ${this.levels(frame)}
      <text class="plot-label plot-name ${this.context.colours.classOf(across)}" x=${frame.right - 4} y=${frame.bottom - 8} text-anchor="end" data-from="lesson">${across}</text>
      <text class="plot-label plot-name ${this.context.colours.classOf(up)}" x=${frame.left + 8} y=${frame.top + 14} data-from="lesson">${up}</text>
      <g clip-path="url(#${this.own}-map)">${over}</g>
      ${beside}
    </svg>`;
  }

  /** Each level's value on its line. */
  private levels(frame: Frame): TemplateResult[] {
    const taken: [number, number][] = [];
    return this.ground.lines.flatMap(({ level, lines }) => {
      const place = labelPlace(frame, lines, taken);
      if (place === undefined) return [];
      taken.push(place);
      return [
        svg`<text class="map-level" x=${place[0]} y=${place[1] + 4} text-anchor="middle">${plainNumber(level, 2)}</text>`,
      ];
    });
  }

  private readonly grab = (event: PointerEvent): void => {
    if (!(event.currentTarget instanceof SVGSVGElement) || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.dragged(this.placeAt(event.currentTarget, event), true);
  };

  private readonly drag = (event: PointerEvent): void => {
    if (event.buttons !== 1 || !(event.currentTarget instanceof SVGSVGElement)) return;
    this.dragged(this.placeAt(event.currentTarget, event), false);
  };

  private placeAt(drawing: SVGSVGElement, event: PointerEvent): Place {
    const shown = drawing.getBoundingClientRect();
    const frame = this.frameOfMap;
    const x = frame.x.invert(((event.clientX - shown.left) / shown.width) * mapBox.width);
    const y = frame.y.invert(((event.clientY - shown.top) / shown.height) * mapBox.height);
    return [x, y];
  }
}

function isInside(grid: Grid, place: number): boolean {
  const [column, row] = [place % grid.columns, Math.floor(place / grid.columns)];
  return column > 0 && row > 0 && column < grid.columns - 1 && row < grid.rows - 1;
}

function alongColumns(grid: Grid): number[] {
  return spread(grid.x0, grid.x0 + grid.dx * (grid.columns - 1), grid.columns);
}

function alongRows(grid: Grid): number[] {
  return spread(grid.y0, grid.y0 + grid.dy * (grid.rows - 1), grid.rows);
}

function ringsOf(lines: LevelLines['lines']): string {
  return lines.map(line => `M${line.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`).join('');
}
