import { customElement, property } from 'lit/decorators.js';
import { drawArrow } from '../draw/arrow.ts';
import { drawAxes } from '../draw/axes.ts';
import { drawContours } from '../draw/contours.ts';
import { type Frame, insideFrame, makeFrame, spanOf } from '../draw/frame.ts';
import { type Grid, gridOver, sameGrid } from '../draw/grid.ts';
import { roundLevels } from '../draw/levels.ts';
import type { Palette } from '../draw/palette.ts';
import { type Dot, dotAt, drawDots } from '../draw/points.ts';
import type { Surface } from '../draw/surface.ts';
import { drawLabel } from '../draw/text.ts';
import type { Sample } from '../views/neuron-data.ts';
import { NeuronCanvas } from './neuron-canvas.ts';
import { makeDraggable } from './neuron-drag.ts';
import type { PlaneValues } from './neuron-pictures.ts';

/** A sample was dragged: which, to where, and whether it was let go there. */
export interface SampleMove {
  readonly place: number;
  readonly x1: number;
  readonly x2: number;
  readonly done: boolean;
}

const margins = { top: 10, right: 12, bottom: 24, left: 34 };

/**
 * What the neuron sees: the samples, the output as contour lines, the line z = 0 dashed, the weights as an arrow.
 * A sample's size is its target; hollow ones are silent. Sends `sample-move` while a sample is dragged and
 * `grid-change` when the picture needs the output at other points.
 */
@customElement('neuron-plane')
export class NeuronPlane extends NeuronCanvas {
  @property({ attribute: false }) samples: readonly Sample[] = [];
  @property({ attribute: false }) values: PlaneValues | undefined;
  @property({ attribute: false }) w: readonly [number, number] | undefined;
  /** The samples of the last step. */
  @property({ attribute: false }) batch: readonly number[] = [];
  /** How many grid points a side; few for a small picture. */
  @property({ type: Number }) fineness = 41;
  /** Whether samples can be dragged. */
  @property({ type: Boolean }) fixed = false;

  /** The points at which the picture needs the output; undefined while it has no size. */
  grid: Grid | undefined;

  private frame: Frame | undefined;
  private held: number | undefined;
  /** The span stays while a sample is dragged, so that the ground does not move under it. */
  private heldFrame: Frame | undefined;

  protected override firstUpdated(): void {
    if (!this.canvas || this.fixed) return;
    makeDraggable(this.canvas, {
      over: (x, y) => this.at(x, y) !== undefined,
      grab: (x, y) => {
        this.held = this.at(x, y);
        this.heldFrame = this.frame;
        return this.held !== undefined;
      },
      move: (x, y) => this.send(x, y, false),
      drop: () => {
        const sample = this.held === undefined ? undefined : this.samples[this.held];
        if (sample && this.frame) this.send(this.frame.x(sample[0]), this.frame.y(sample[1]), true);
        this.held = undefined;
        this.heldFrame = undefined;
        this.repaint();
      },
    });
  }

  protected override paint({ context, width, height }: Surface, palette: Palette): void {
    const frame = this.heldFrame ?? this.layOut(width, height);
    this.frame = frame;
    this.offerGrid(gridOver(frame, this.fineness, Math.round(this.fineness * 0.8)));
    const values = this.values;
    if (values?.grid) this.paintOutput(context, frame, palette, values, values.grid);
    drawAxes(context, frame, palette, {
      xName: 'x₁',
      yName: 'x₂',
      xColour: palette.names[1] ?? palette.ink,
      yColour: palette.names[1] ?? palette.ink,
    });
    insideFrame(context, frame, () => {
      const blue = palette.names[1] ?? palette.ink;
      drawDots(context, frame, this.dots(), {
        fill: blue,
        rim: palette.ground,
        ground: palette.ground,
        hollow: palette.soft,
        ring: palette.ink,
      });
      if (this.w) drawArrow(context, frame, palette, this.w, 'w', palette.names[0] ?? palette.ink);
    });
  }

  private layOut(width: number, height: number): Frame {
    return makeFrame({
      width,
      height,
      margins,
      x: spanOf([0, ...this.samples.map(sample => sample[0])], 0.08, 2),
      y: spanOf([0, ...this.samples.map(sample => sample[1])], 0.08, 2),
      sameUnit: true,
    });
  }

  private paintOutput(
    context: CanvasRenderingContext2D,
    frame: Frame,
    palette: Palette,
    values: PlaneValues,
    grid: Grid,
  ): void {
    const blue = palette.names[1] ?? palette.ink;
    const levels = roundLevels(values.gridOutput, 7);
    drawContours(context, frame, palette, grid, values.gridOutput, levels, {
      colour: blue,
      width: 0.75,
      tint: 0.06,
      labels: true,
    });
    drawContours(context, frame, palette, grid, values.gridZ, [0], {
      colour: palette.ink,
      width: 1.75,
      dash: [6, 5],
    });
    const edge = boundaryLabelPlace(frame, grid, values.gridZ);
    if (edge) {
      drawLabel(context, palette, 'z = 0', edge[0], edge[1], {
        colour: palette.ink,
        size: 12,
        weight: 600,
        align: 'center',
        rim: true,
      });
    }
  }

  private dots(): Dot[] {
    const largest = Math.max(...this.samples.map(sample => Math.abs(sample[2])), 1e-9);
    const z = this.values?.samples.length === this.samples.length ? this.values.z : undefined;
    return this.samples.map(([x, y, target], place) => ({
      x,
      y,
      // The area grows with the target; even 0 can be seen and grabbed.
      radius: 4 + 6.5 * Math.sqrt(Math.abs(target) / largest),
      hollow: z !== undefined && !((z[place] ?? 0) > 0),
      ringed: place === this.held || this.batch.includes(place),
    }));
  }

  private at(x: number, y: number): number | undefined {
    return this.frame && !this.fixed ? dotAt(this.frame, this.dots(), x, y, 8) : undefined;
  }

  private send(x: number, y: number, done: boolean): void {
    if (this.held === undefined || !this.frame) return;
    const detail: SampleMove = {
      place: this.held,
      x1: rounded(this.frame.x.invert(x)),
      x2: rounded(this.frame.y.invert(y)),
      done,
    };
    this.dispatchEvent(new CustomEvent<SampleMove>('sample-move', { detail, bubbles: true, composed: true }));
  }

  private offerGrid(grid: Grid): void {
    if (sameGrid(this.grid, grid)) return;
    this.grid = grid;
    this.dispatchEvent(new CustomEvent('grid-change', { bubbles: true, composed: true }));
  }
}

/** Two decimals, as the data sets have them: what is shown is what is used. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A place on the line z = 0 near the upper edge of the frame, for its label. */
function boundaryLabelPlace(frame: Frame, grid: Grid, z: Float64Array): [number, number] | undefined {
  for (let row = grid.rows - 4; row > 2; row -= 1) {
    for (let column = 4; column < grid.columns - 5; column += 1) {
      const here = z[row * grid.columns + column] ?? 0;
      const next = z[row * grid.columns + column + 1] ?? 0;
      if (here > 0 !== next > 0) return [frame.x(grid.x0 + column * grid.dx), frame.y(grid.y0 + row * grid.dy)];
    }
  }
  return undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-plane': NeuronPlane;
  }
}
